//! Who may do what: accounts, identities, roles, and what a deployer may.

use crate::support::{Value, shop};

#[test]
fn accounts_that_no_workload_brings_along() {
    shop(
        "
        namespaces: {jobs: {}}
        accounts:
          ci: {labels: {team: a}, annotations: {note: b}}
          batch: {namespace: jobs}
          made: {existing: true}
        ",
    )
    .render("--only ServiceAccount")
    .prints(
        "
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: batch
          namespace: jobs
          labels:
            app.kubernetes.io/instance: shop
            app.kubernetes.io/managed-by: k8sgen
            app.kubernetes.io/part-of: shop
        automountServiceAccountToken: false
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: ci
          namespace: shop
          labels:
            app.kubernetes.io/instance: shop
            app.kubernetes.io/managed-by: k8sgen
            app.kubernetes.io/part-of: shop
            team: a
          annotations:
            note: b
        automountServiceAccountToken: false
        ",
    );
    let with = |account: &str| shop(&format!("accounts: {{{account}}}")).render("");
    with("default: {}").mentions(&["existing: true"]);
    with("ci: {existing: true, labels: {a: b}}").mentions(&["made elsewhere"]);
    with("ci: {namespace: job}").mentions(&["no namespace `job`"]);
}

#[test]
fn workloads_share_an_account() {
    let with = |own: &str| {
        shop(&format!(
            "
            accounts: {{app: {{identity: {{aws: 'arn:aws:iam::123456789012:role/app'}}}}}}
            workloads:
              a: {{image: 'a:1', serviceAccount: app}}
              b: {{image: 'b:1', serviceAccount: {own}}}
            "
        ))
        .render("")
    };
    with("app").has(
        "ServiceAccount/app",
        "metadata: {annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/app'}}",
    );
    with("{name: app, labels: {a: b}}").mentions(&["described twice", "k8sgen.yaml:2"]);
    with("{name: app, existing: true}").mentions(&["described twice"]);
}

#[test]
fn identities_of_clouds() {
    let with = |identity: &str| {
        shop(&format!(
            "
            workloads:
              web:
                image: 'w:1'
                serviceAccount: {{name: web, identity: {identity}}}
            "
        ))
        .render("")
    };
    let id = "1f2e3d4c-5b6a-4789-8abc-0123456789ab";
    let azure = with(&format!("{{azure: {id}}}")).objects();
    let find = |kind: &str| azure.iter().find(|object| object["kind"] == kind).unwrap();
    let account = &find("ServiceAccount")["metadata"]["annotations"];
    assert_eq!(account["azure.workload.identity/client-id"], id);
    let labels = &find("Deployment")["spec"]["template"]["metadata"]["labels"];
    assert_eq!(labels["azure.workload.identity/use"], "true");
    let selector = &find("Deployment")["spec"]["selector"]["matchLabels"];
    assert_eq!(selector["azure.workload.identity/use"], Value::Null);
    with("{google: web-app@shop-prod.iam.gserviceaccount.com}").has(
        "ServiceAccount/web",
        "metadata: {annotations: {iam.gke.io/gcp-service-account: web-app@shop-prod.iam.gserviceaccount.com}}",
    );
    with("{aws: web}").mentions(&["IAM role", "arn:aws:iam::ACCOUNT:role/NAME"]);
    with("{azure: web}").mentions(&["8, 4, 4, 4 and 12"]);
    with("{google: web}").mentions(&["PROJECT.iam.gserviceaccount.com"]);
    with("{}").mentions(&["needs a cloud"]);
    with("{gcp: a}").mentions(&["did you mean `google`?"]);
}

#[test]
fn a_role_and_who_has_it() {
    let project = shop(
        "
        accounts: {ci: {}}
        workloads: {web: {image: 'w:1', serviceAccount: web}}
        roles:
          readers:
            rules:
            - {resources: [pods, pods/log, apps/statefulsets, deployments/scale], verbs: [get, list]}
            - {resources: [configmaps], names: [web], verbs: [update]}
            - {resources: [events, argoproj.io/rollouts], verbs: ['*']}
            to: [web, {account: ci, namespace: shop}, {account: argocd, namespace: argocd}, {group: developers}, {user: jane@example.com}]
            labels: {team: a}
            annotations: {note: b}
        ",
    );
    project.render("").has(
        "Role/readers",
        "
        apiVersion: rbac.authorization.k8s.io/v1
        metadata: {namespace: shop, labels: {team: a}, annotations: {note: b}}
        rules:
        - {apiGroups: [''], resources: [pods, pods/log], verbs: [get, list]}
        - {apiGroups: [apps], resources: [statefulsets, deployments/scale], verbs: [get, list]}
        - {apiGroups: [''], resources: [configmaps], resourceNames: [web], verbs: [update]}
        - {apiGroups: ['', events.k8s.io], resources: [events], verbs: ['*']}
        - {apiGroups: [argoproj.io], resources: [rollouts], verbs: ['*']}
        ",
    );
    project.render("").has(
        "RoleBinding/readers",
        "
        metadata: {namespace: shop, labels: {team: a}, annotations: {note: b}}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: readers}
        subjects:
        - {kind: ServiceAccount, name: web, namespace: shop}
        - {kind: ServiceAccount, name: ci, namespace: shop}
        - {kind: ServiceAccount, name: argocd, namespace: argocd}
        - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: developers}
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: jane@example.com}
        ",
    );
}

#[test]
fn where_roles_hold() {
    let names = |role: &str| -> Vec<String> {
        let objects = shop(&format!("namespaces: {{jobs: {{}}}}\nroles: {{r: {{{role}}}}}"))
            .render("")
            .objects();
        let objects = objects.iter().filter(|object| object["kind"] != "Namespace");
        let name = |object: &Value| {
            let home = object["metadata"]["namespace"].as_str().unwrap_or("*");
            let to = object["roleRef"]["name"].as_str().unwrap_or("");
            format!("{} {home} {to}", object["kind"].as_str().unwrap()).trim().to_owned()
        };
        objects.map(name).collect()
    };
    let (rules, to) = ("rules: [{resources: [pods], verbs: [get]}]", "to: [{group: a}]");
    assert_eq!(names(rules), ["Role shop"]);
    assert_eq!(names(&format!("{rules}, {to}")), ["Role shop", "RoleBinding shop r"]);
    assert_eq!(names(&format!("{rules}, namespace: jobs")), ["Role jobs"]);
    assert_eq!(
        names(&format!("{rules}, {to}, namespace: [shop, jobs]")),
        ["Role jobs", "Role shop", "RoleBinding jobs r", "RoleBinding shop r"]
    );
    assert_eq!(
        names(&format!("{rules}, {to}, cluster: true")),
        ["ClusterRole *", "ClusterRoleBinding * r"]
    );
    assert_eq!(
        names(&format!("{rules}, {to}, cluster: true, namespace: jobs")),
        ["ClusterRole *", "RoleBinding jobs r"]
    );
    // One that is there already.
    assert_eq!(names(&format!("clusterRole: view, {to}")), ["RoleBinding shop view"]);
    assert_eq!(
        names(&format!("clusterRole: view, {to}, namespace: [jobs, shop]")),
        ["RoleBinding jobs view", "RoleBinding shop view"]
    );
    assert_eq!(
        names(&format!("clusterRole: view, {to}, cluster: true")),
        ["ClusterRoleBinding * view"]
    );
    let urls = "rules: [{nonResourceURLs: [/healthz, /metrics/*], verbs: [get]}], cluster: true";
    assert_eq!(names(urls), ["ClusterRole *"]);
}

#[test]
fn rules_that_a_server_refuses_or_that_allow_nothing() {
    let rule = |rule: &str| shop(&format!("roles: {{r: {{rules: [{{{rule}}}]}}}}")).render("");
    rule("resources: [pods]").mentions(&["needs `verbs`"]);
    rule("verbs: [get]").mentions(&["needs `resources`"]);
    rule("resources: [pod], verbs: [get]").mentions(&["did you mean `pods`?", "k8sgen.yaml:2"]);
    rule("resources: [apps/statefullsets], verbs: [get]")
        .mentions(&["did you mean `statefulsets`?"]);
    rule("resources: [gadgets], verbs: [get]").mentions(&["goes by its group"]);
    rule("resources: [Pods], verbs: [get]").mentions(&["lower case"]);
    rule("resources: [pods], verbs: [gte]").mentions(&["did you mean `get`?"]);
    rule("resources: [pods], verbs: [get, get]").mentions(&["stands here twice"]);
    rule("resources: [pods], verbs: [get, '*']").mentions(&["allows this too"]);
    rule("resources: [pods], verbs: [bind]").mentions(&["`roles` or `clusterroles`"]);
    rule("resources: [pods], names: [a], verbs: [create]")
        .mentions(&["cannot be limited to `names`"]);
    rule("resources: [nodes], verbs: [get]").mentions(&["live in no namespace", "cluster: true"]);
    rule("nonResourceURLs: [/healthz], verbs: [get]").mentions(&["cluster: true"]);
    rule("nonResourceURLs: [healthz], verbs: [get]").mentions(&["does not start with `/`"]);
    rule("resources: [pods], nonResourceURLs: [/x], verbs: [get]")
        .mentions(&["resources or for addresses"]);
    rule("apiGroups: [apps], resources: [pods], verbs: [get]").mentions(&["apps/statefulsets"]);
    // Its own verbs are another API's business.
    rule("resources: [example.org/gadgets], verbs: [use]").succeeds();
    rule("resources: [pods/exec], names: [a], verbs: [create]").succeeds();
    rule("resources: [namespaces], verbs: [get]").succeeds();
}

#[test]
fn roles_that_contradict_themselves() {
    let role = |role: &str| {
        shop(&format!(
            "
            namespaces: {{jobs: {{}}}}
            accounts: {{cd: {{namespace: jobs}}}}
            workloads:
              a: {{image: 'a:1', namespace: jobs, serviceAccount: ci}}
              b: {{image: 'b:1', serviceAccount: ci}}
            roles: {{r: {{{role}}}}}
            "
        ))
        .render("")
    };
    role("to: [cd]").mentions(&["allows nothing"]);
    role("rules: []").mentions(&["at least one rule"]);
    role("clusterRole: view").mentions(&["nobody has the role"]);
    role("clusterRole: view, deploys: true").mentions(&["exclude each other"]);
    role("clusterRole: view, to: [cd], cluster: true, namespace: jobs").mentions(&["everywhere"]);
    role("clusterRole: view, to: [cdd]").mentions(&["no account `cdd`", "did you mean `cd`?"]);
    role("clusterRole: view, to: [ci]").mentions(&["several namespaces", "`jobs` or `shop`"]);
    role("clusterRole: view, to: [cd, {account: cd, namespace: jobs}]").mentions(&["twice"]);
    role("clusterRole: view, to: [{account: cd, namespace: shop}]")
        .mentions(&["no account `cd` in `shop`"]);
    role("clusterRole: view, to: [{group: a, namespace: jobs}]").mentions(&["only an `account`"]);
    role("clusterRole: view, to: [{account: default, namespace: jobs}]").succeeds();
    role("clusterRole: view, to: [cd], namespace: job").mentions(&["no namespace `job`"]);
    role("clusterRole: view, to: [cd], namespace: [jobs, jobs]").mentions(&["twice"]);
    role("deploys: true, cluster: true, namespace: jobs, to: [cd]").mentions(&["from within one"]);
    role("subjects: [cd]").mentions(&["did you mean `to`?"]);
}

const DEPLOYED: &str = "
namespaces: {jobs: {}, empty: {}}
accounts: {ci: {}}
config: {app: {data: {A: b}}}
secrets:
  keys: {keys: [API], from: {literals: {API: a}}}
  far: {keys: [API], from: {externalSecret: {store: v, prefix: a/}}}
workloads:
  web: {image: 'w:1', ports: {http: 80}, services: {web: {}}, scale: {max: 3, cpu: 500m}}
  db: {kind: StatefulSet, image: 'd:1', ports: {sql: 5432}}
  nightly: {kind: CronJob, image: 'n:1', schedule: '@daily', namespace: jobs}
objects:
  class: {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1}
";

#[test]
fn a_deployer_may_change_the_kinds_that_there_are_and_no_others() {
    let project = shop(&format!(
        "{DEPLOYED}roles: {{ci: {{deploys: true, namespace: [shop, jobs], to: [ci]}}}}"
    ));
    let roles = project.render("--only Role").objects();
    let change = "[get, list, watch, create, update, patch, delete]";
    let expected =
        |text: &str| -> Value { serde_yaml::from_str(&text.replace("CHANGE", change)).unwrap() };
    assert_eq!(roles[0]["metadata"]["namespace"], "jobs");
    assert_eq!(
        roles[0]["rules"],
        expected(
            "
            - {apiGroups: [''], resources: [events, pods], verbs: [get, list, watch]}
            - {apiGroups: [batch], resources: [cronjobs], verbs: CHANGE}
            - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings, roles], verbs: [get, list, watch]}
            "
        )
    );
    assert_eq!(
        roles[1]["rules"],
        expected(
            "
            - {apiGroups: [''], resources: [configmaps, serviceaccounts, services], verbs: CHANGE}
            - {apiGroups: [''], resources: [events, pods], verbs: [get, list, watch]}
            - {apiGroups: [apps], resources: [deployments, statefulsets], verbs: CHANGE}
            - {apiGroups: [apps], resources: [replicasets], verbs: [get, list, watch]}
            - {apiGroups: [autoscaling], resources: [horizontalpodautoscalers], verbs: CHANGE}
            - {apiGroups: [external-secrets.io], resources: [externalsecrets], verbs: CHANGE}
            - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings, roles], verbs: [get, list, watch]}
            - {apiGroups: [''], resources: [secrets], resourceNames: [keys], verbs: [get, update, patch, delete]}
            - {apiGroups: [''], resources: [secrets], verbs: [create]}
            "
        )
    );
}

#[test]
fn what_the_whole_cluster_shares_is_changed_by_name() {
    shop(&format!("{DEPLOYED}roles: {{ci: {{deploys: true, cluster: true, to: [ci]}}}}"))
        .render("")
        .has(
            "ClusterRole/ci",
            "
            rules:
            - {apiGroups: [''], resources: [namespaces], resourceNames: [empty, jobs, shop], verbs: [get, update, patch]}
            - {apiGroups: [''], resources: [namespaces], verbs: [create]}
            - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterrolebindings], resourceNames: [ci], verbs: [get]}
            - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [ci], verbs: [get]}
            - {apiGroups: [scheduling.k8s.io], resources: [priorityclasses], resourceNames: [high], verbs: [get, update, patch]}
            - {apiGroups: [scheduling.k8s.io], resources: [priorityclasses], verbs: [create]}
            ",
        );
}

#[test]
fn a_deployer_has_its_own_rules_too_and_something_to_deploy() {
    let role = |role: &str| shop(&format!("{DEPLOYED}roles: {{ci: {{{role}}}}}")).render("");
    let both =
        role("deploys: true, namespace: jobs, rules: [{resources: [pods/exec], verbs: [create]}]");
    assert_eq!(both.object("Role/ci")["rules"].as_sequence().unwrap().len(), 4);
    role("deploys: true, namespace: empty").mentions(&["nothing of this system lives in `empty`"]);
}

/// A patch changes a role like any other object.
#[test]
fn a_deployers_role_can_be_patched() {
    shop(&format!(
        "{DEPLOYED}roles: {{ci: {{deploys: true}}}}\npatches: {{a: {{target: Role/ci, merge: {{metadata: {{labels: {{a: b}}}}}}}}}}"
    ))
    .render("")
    .has("Role/ci", "metadata: {labels: {a: b}}");
}

#[test]
fn an_account_lives_in_one_namespace() {
    shop(
        "
        namespaces: {jobs: {}}
        accounts: {ci: {identity: {aws: 'arn:aws:iam::123456789012:role/ci'}}}
        workloads: {a: {image: 'a:1', namespace: jobs, serviceAccount: ci}}
        ",
    )
    .render("")
    .mentions(&["the account `ci` lives in `shop`", "these pods live in `jobs`"]);
}

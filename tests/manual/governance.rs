//! What bounds a namespace: Pod Security levels, quotas, limits, priorities.

use crate::support::shop;

#[test]
fn a_level_alone_is_enforced() {
    shop("namespace: {podSecurity: restricted}").render("").has(
        "Namespace/shop",
        "metadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}",
    );
}

#[test]
fn levels_by_mode_with_a_version() {
    shop("namespace: {podSecurity: {enforce: baseline, warn: restricted, version: '1.33'}}")
        .render("")
        .has(
            "Namespace/shop",
            "
            metadata:
              labels:
                pod-security.kubernetes.io/enforce: baseline
                pod-security.kubernetes.io/enforce-version: v1.33
                pod-security.kubernetes.io/warn: restricted
                pod-security.kubernetes.io/warn-version: v1.33
            ",
        );
}

#[test]
fn levels_of_a_namespace_made_elsewhere_stand_there() {
    shop("namespace: {create: false, podSecurity: restricted}")
        .render("")
        .mentions(&["this Namespace is made elsewhere"]);
}

#[test]
fn a_quota_and_a_limit_range() {
    let project = shop(
        r#"
        namespace:
          quotas: {shop-quota: {hard: {requests.cpu: "10", limits.memory: 40Gi, pods: 50}}}
          limitRanges:
            shop-limits:
              container:
                default: {cpu: 500m, memory: 512Mi}
                defaultRequest: {cpu: 100m, memory: 128Mi}
              claim: {max: 100Gi}
        "#,
    );
    project.render("").has(
        "ResourceQuota/shop-quota",
        r#"
        metadata: {namespace: shop}
        spec: {hard: {limits.memory: 40Gi, pods: "50", requests.cpu: "10"}}
        "#,
    );
    project.render("").has(
        "LimitRange/shop-limits",
        "
        spec:
          limits:
          - type: Container
            default: {cpu: 500m, memory: 512Mi}
            defaultRequest: {cpu: 100m, memory: 128Mi}
          - type: PersistentVolumeClaim
            max: {storage: 100Gi}
        ",
    );
}

#[test]
fn an_environment_changes_one_bound() {
    shop("namespace: {quotas: {all: {hard: {pods: 50, requests.cpu: 10}}}}")
        .file("overlays/dev.yaml", "namespace: {quotas: {all: {hard: {pods: 5}}}}\n")
        .render("")
        .has("ResourceQuota/all", r#"spec: {hard: {pods: "5", requests.cpu: "10"}}"#);
}

#[test]
fn a_scope_forbids_what_it_does_not_count() {
    shop("namespace: {quotas: {all: {hard: {requests.storage: 1Ti}, scopes: [NotBestEffort]}}}")
        .render("")
        .says(
            "
            error: a quota with this scope does not bound `requests.storage`
             --> k8sgen.yaml:2:35
              |
            2 | namespace: {quotas: {all: {hard: {requests.storage: 1Ti}, scopes: [NotBestEffort]}}}
              |                                   ^^^^^^^^^^^^^^^^
              |
             ::: k8sgen.yaml:2:68
              |
            2 | namespace: {quotas: {all: {hard: {requests.storage: 1Ti}, scopes: [NotBestEffort]}}}
              |                                                                    ------------- only `pods`, CPU and memory
            ",
        );
    shop("namespace: {quotas: {all: {hard: {pods: 1}, scopes: [Terminating, NotTerminating]}}}")
        .render("")
        .mentions(&["no pod is in both of these scopes"]);
}

#[test]
fn a_priority_class_narrows_a_quota() {
    shop("namespace: {quotas: {batch: {hard: {pods: 5}, priorityClasses: [batch]}}}").render("").has(
        "ResourceQuota/batch",
        "spec: {scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [batch]}]}}",
    );
}

#[test]
fn what_no_quota_bounds() {
    shop("namespace: {quotas: {all: {hard: {request.cpu: 1}}}}")
        .render("")
        .mentions(&["this is not a quota resource", "did you mean `requests.cpu`?"]);
    shop("namespace: {quotas: {all: {hard: {pods: 1.5}}}}")
        .render("")
        .mentions(&["there are only whole pods"]);
}

#[test]
fn limits_lie_in_their_order() {
    shop("namespace: {limitRanges: {all: {container: {min: {cpu: 1}, default: {cpu: 500m}}}}}")
        .render("")
        .mentions(&["`min` of `cpu` is above its `default`"]);
    shop("namespace: {limitRanges: {all: {claim: {}}}}")
        .render("")
        .mentions(&["this limits nothing"]);
    shop("namespace: {limitRanges: {all: {pod: {min: {cpu: 1}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 3}}}}}")
        .render("")
        .mentions(&["`max` is only 2.0 times `min`"]);
}

#[test]
fn priority_classes() {
    let project =
        shop("priorityClasses: {low: 10, critical: {value: 1000000, preemptionPolicy: Never}}");
    assert_eq!(
        project.render("").names(),
        ["Namespace/shop", "PriorityClass/critical", "PriorityClass/low"]
    );
    project.render("").has("PriorityClass/low", "value: 10");
    shop("priorityClasses: {system-x: 2000000000}")
        .render("")
        .mentions(&["names that begin with `system-` are Kubernetes' own", "at most 1000000000"]);
}

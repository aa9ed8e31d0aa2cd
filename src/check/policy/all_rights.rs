//! Roles that allow everything.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::rights::{is_for_cluster, rights};

pub static RULE: Rule = Rule {
    name: "policy/all-rights",
    weight: Weight::RISING,
    summary: "a role allows every verb on every resource",
    page: "A ClusterRole with `*` as groups, resources and verbs is `cluster-admin` by another name: whoever gets hold of one pod with it has the cluster. Name what is used: groups, resources, verbs. What a running workload uses, the audit log of the cluster says. A Role that allows everything in one namespace is a warning.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deployer}
rules:
  - {apiGroups: ['*'], resources: ['*'], verbs: ['*']}
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deployer}
rules:
  - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch, patch]}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    for right in rights(object).filter(|right| right.is_for_all()) {
        let help = "name the groups, resources and verbs that are used";
        match is_for_cluster(object.subject()) {
            true => right.at.fault_with("it allows everything in the cluster", help),
            false => right.at.warn_with("it allows everything in the namespace", help),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn in_a_namespace_it_is_less_grave() {
        assert_eq!(
            findings(&RULE, &RULE.bad.replace("ClusterRole", "Role")),
            ["warning rules[0]: it allows everything in the namespace"]
        );
    }

    #[test]
    fn the_roles_of_every_cluster_are_left_alone() {
        let own = RULE.bad.replace(
            "{name: deployer}",
            "{name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}}",
        );
        assert!(findings(&RULE, &own).is_empty());
        let named = RULE.bad.replace("verbs: ['*']", "verbs: ['*'], resourceNames: [web]");
        assert!(findings(&RULE, &named).is_empty());
    }
}

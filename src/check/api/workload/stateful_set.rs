//! StatefulSets.

use crate::check::api::claim::{validate_claim_spec, warn_of_size};
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsLabel;

use super::{must_be_selected, validate_running_template, validate_selector};

pub static RULE: Rule = Rule {
    name: "api/stateful-set",
    weight: Weight::ERROR,
    summary: "a StatefulSet that a server refuses",
    page: "The selector of a StatefulSet takes the pods that its template makes. `serviceName` is a DNS label: it is a part of the names of the pods. The claims in `volumeClaimTemplates` are volumes of each pod, under their names.",
    bad: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis}
spec:
  serviceName: redis
  podManagementPolicy: Ordered
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers:
        - {name: redis, image: 'registry.example.com/redis:7.2.4'}
",
    good: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis}
spec:
  serviceName: redis
  podManagementPolicy: OrderedReady
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers:
        - {name: redis, image: 'registry.example.com/redis:7.2.4'}
",
    look: Look::Validation,
};

/// `ValidateStatefulSetSpec`.
pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    spec.field("podManagementPolicy").may_be_one_of(&["OrderedReady", "Parallel"]);
    validate_strategy(spec.field("updateStrategy"));
    let retention = spec.field("persistentVolumeClaimRetentionPolicy");
    for name in ["whenDeleted", "whenScaled"] {
        retention.field(name).may_be_one_of(&["Retain", "Delete"]);
    }
    for name in ["replicas", "minReadySeconds"] {
        spec.field(name).must_not_be_negative();
    }
    spec.field("ordinals").field("start").must_not_be_negative();
    spec.field("serviceName").may_be::<DnsLabel>();
    let claims = spec.field("volumeClaimTemplates");
    claims.items().for_each(|claim| validate_claim_spec(claim.field("spec")));
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if validate_selector(selector) {
        must_be_selected(template, selector);
        validate_running_template(template, Some(claims));
    }
    server_warning::of_name_of_hosts(object);
    warn_of_history(spec.field("revisionHistoryLimit"));
    // A server leaves `spec` out of the names of these.
    claims.items().for_each(|claim| warn_of_size(claim.field("spec").named(claim)));
}

/// Of StatefulSets alone a negative one is taken.
fn warn_of_history(limit: At<'_>) {
    if limit.int().is_some_and(|limit| limit < 0) {
        limit.under(&server_warning::RULE).warn("it is negative, and so all of history is kept");
    }
}

fn validate_strategy(strategy: At<'_>) {
    let (kind, rolling) = (strategy.field("type"), strategy.field("rollingUpdate"));
    if !kind.named(strategy).may_be_one_of(&["RollingUpdate", "OnDelete"]) {
        return;
    }
    if kind.text() == Some("OnDelete") {
        rolling.forbid("with `type: OnDelete` nothing rolls");
        return;
    }
    // Up to 1.36 a server drops `maxUnavailable` unread.
    rolling.field("partition").must_not_be_negative();
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{findings, none};
    use crate::source::Place;

    fn with(fields: &str, volumes: &str) -> String {
        format!(
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: db}}\nspec:\n  selector: {{matchLabels: {{app: db}}}}\n  {fields}\n  template:\n    metadata: {{labels: {{app: db}}}}\n    spec:\n      containers: [{{name: a, image: 'a:1', volumeMounts: [{{name: data, mountPath: /data}}]}}]\n      volumes: {volumes}\n"
        )
    }

    const CLAIM: &str = "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]";

    fn faults(manifest: &str) -> Vec<String> {
        findings(manifest).into_iter().map(|finding| finding.field).collect()
    }

    #[test]
    fn claims_are_volumes() {
        none(&with(CLAIM, "[]"));
        // The claim takes the place of a volume of its name.
        none(&with(CLAIM, "[{name: data, emptyDir: {}}]"));
        assert_eq!(
            faults(&with("replicas: 1", "[]")),
            ["spec.template.spec.containers[0].volumeMounts[0].name"]
        );
    }

    #[test]
    fn volumes_are_counted_after_the_claims_and_found_where_they_are() {
        let found = findings(&with(CLAIM, "[{name: tmp, hostPath: {path: ''}}]"));
        assert_eq!(found[0].field, "spec.template.spec.volumes[1].hostPath.path");
        let Place { line, .. } = found[0].place.unwrap();
        assert_eq!(line, 11);
    }

    #[test]
    fn strategies() {
        for (strategy, field) in [
            ("{type: Rolling}", ""),
            ("{type: OnDelete, rollingUpdate: {partition: 1}}", ".rollingUpdate"),
            ("{rollingUpdate: {partition: -1}}", ".rollingUpdate.partition"),
        ] {
            let manifest = with(&format!("{CLAIM}\n  updateStrategy: {strategy}"), "[]");
            assert_eq!(faults(&manifest), [format!("spec.updateStrategy{field}")], "{strategy}");
        }
    }
}

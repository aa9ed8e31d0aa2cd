//! What a server takes with a warning: it works otherwise than it looks, or will not
//! work for long.

use crate::check::api::formats::shown;
use crate::check::api::quantities::is_whole;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName, Scalar};

pub mod annotations;
pub mod containers;
pub mod nodes;
pub mod ports;
pub mod volumes;

pub static RULE: Rule = Rule {
    name: "api/server-warning",
    weight: Weight::WARNING,
    summary: "what a server takes, but warns of",
    page: "A server takes these objects and prints a warning: a variable that hides another one of its name, files of a volume at one path, a selector that is missing and so selects nothing, labels and annotations that are no longer read, or an amount of memory in thousandths of a byte. It is seldom what was meant.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {memory: 512m}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {memory: 512M}}
",
    look: Look::Validation,
};

/// `warningsForPodSpecAndMeta`, of a pod or of a template.
pub fn of_pod<'a>(metadata: At<'a>, spec: At<'a>) {
    let (metadata, spec) = (metadata.under(&RULE), spec.under(&RULE));
    nodes::warn(spec);
    volumes::warn(spec);
    annotations::warn(metadata.field("annotations"), spec);
    containers::warn(spec);
    ports::warn(spec);
    let grace = spec.field("terminationGracePeriodSeconds");
    if grace.int().is_some_and(|seconds| seconds < 0) {
        grace.warn("it is negative, and is taken for 1");
    }
    for (list, field) in [("hostAliases", "ip"), ("imagePullSecrets", "name")] {
        let mut seen = std::collections::HashSet::new();
        for item in spec.field(list).items().map(|item| item.field(field)) {
            let text = item.text_or_empty();
            if text.is_empty() && field == "name" {
                item.warn("`name` is missing");
            } else if !seen.insert(text) {
                item.warn(format!("{} is there twice", shown(text)));
            }
        }
    }
    for name in ["memory", "ephemeral-storage"] {
        must_be_whole_bytes(spec.field("overhead").key(name));
    }
}

/// The pods that an object makes are called after it, and so are their hosts.
pub fn of_name_of_hosts(object: At<'_>) {
    let name = object.under(&RULE).field("metadata").field("name");
    // What is no name at all is refused.
    let is_name = DnsName::parse(name.text_or_empty()).is_ok();
    if let Some(Err(reason)) = name.text().filter(|_| is_name).map(DnsLabel::parse) {
        name.warn(format!(
            "hosts are called after it, and {} is not a DNS label: it {reason}",
            shown(name.text_or_empty())
        ));
    }
}

/// Bytes come whole.
pub fn must_be_whole_bytes(amount: At<'_>) {
    if let Some(bytes) = amount.quantity().filter(|bytes| !is_whole(bytes)) {
        amount.under(&RULE).warn_with(
            format!("{bytes} is a fraction of a byte"),
            "`m` is a thousandth; a million bytes are `1M`, and a mebibyte is `1Mi`",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{none, warnings};

    fn pod(spec: &str) -> String {
        format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{{spec}}}\n")
    }

    fn container(fields: &str) -> String {
        pod(&format!("containers: [{{name: a, image: 'a:1', {fields}}}]"))
    }

    /// What is fine, and what is not.
    #[track_caller]
    fn warns_only_of(bad: &str, fields: &[&str], good: &str) {
        for manifest in [bad, good] {
            none(manifest);
        }
        assert_eq!(warnings(bad), fields);
        assert_eq!(warnings(good), [""; 0]);
    }

    #[test]
    fn variables_that_hide_others() {
        warns_only_of(
            &container("env: [{name: A, value: a}, {name: A, value: b}]"),
            &["spec.containers[0].env[1]"],
            &container("env: [{name: A, value: a}, {name: A, value: '$(A)/b'}]"),
        );
    }

    #[test]
    fn files_that_hide_others() {
        let with = |paths: [&str; 2]| {
            let items = paths.map(|path| format!("{{key: k, path: {path}}}")).join(", ");
            pod(&format!(
                "volumes: [{{name: v, configMap: {{name: c, items: [{items}]}}}}], containers: [{{name: a, image: 'a:1'}}]"
            ))
        };
        let path = "spec.volumes[0].configMap.items";
        warns_only_of(&with(["a", "a/b"]), &[&format!("{path}[1].path")], &with(["a", "ab/b"]));
        warns_only_of(&with(["a/b", "a"]), &[&format!("{path}[0].path")], &with(["b/a", "a"]));
        warns_only_of(&with(["a", "a"]), &[&format!("{path}[1].path")], &with(["a", "b"]));
    }

    #[test]
    fn ports_that_are_listed_twice() {
        let with = |ports: &str| container(&format!("ports: [{ports}]"));
        let udp = with("{containerPort: 53}, {containerPort: 53, protocol: UDP}");
        let second = ["spec.containers[0].ports[1]"];
        warns_only_of(&with("{containerPort: 53}, {containerPort: 53}"), &second, &udp);
        let apart = with(
            "{containerPort: 53, hostPort: 53, hostIP: 10.0.0.1}, {containerPort: 53, hostPort: 53, hostIP: 10.0.0.2}",
        );
        warns_only_of(
            &with(
                "{containerPort: 53, hostPort: 53, hostIP: 10.0.0.1}, {containerPort: 53, hostPort: 53}",
            ),
            &second,
            &apart,
        );
        assert_eq!(
            warnings(&with("{containerPort: 53, hostIP: 10.0.0.1}")),
            ["spec.containers[0].ports[0]"]
        );
    }

    #[test]
    fn names_that_are_no_hosts() {
        let named = |name: &str| {
            container("ports: []").replace("{name: web}", &format!("{{name: {name}}}"))
        };
        warns_only_of(&named("web.v1"), &["metadata.name"], &named("web-v1"));
    }

    #[test]
    fn labels_of_nodes_that_have_other_names() {
        let with = |key: &str| {
            pod(&format!("nodeSelector: {{{key}: amd64}}, containers: [{{name: a, image: 'a:1'}}]"))
        };
        warns_only_of(
            &with("beta.kubernetes.io/arch"),
            &["spec.nodeSelector[beta.kubernetes.io/arch]"],
            &with("kubernetes.io/arch"),
        );
    }
}

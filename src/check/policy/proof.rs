//! Manifests that rules about pods are tested with, and what one rule finds in them.

use crate::check::finding::Finding;
use crate::check::rule::Rule;
use crate::check::settings::Settings;
use crate::check::testing::Objects;

/// What one rule finds in manifests, in the production tier.
pub fn findings(rule: &'static Rule, manifests: &str) -> Vec<Finding> {
    findings_with(rule, manifests, Settings::default())
}

pub fn findings_with(rule: &'static Rule, manifests: &str, settings: Settings) -> Vec<Finding> {
    let settings = Settings { only: vec![rule.name.to_owned()], ..settings };
    Objects::read(manifests).findings(&settings)
}

/// How often a rule fires.
pub fn fires(rule: &'static Rule, manifests: &str) -> usize {
    findings(rule, manifests).len()
}

/// A pod with these fields of its `spec`, in YAML's flow style.
pub fn pod(spec: &str) -> String {
    format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{{spec}}}}}\n")
}

/// A workload of some kind with such a pod.
pub fn workload(kind: &str, spec: &str) -> String {
    let template = format!("{{metadata: {{labels: {{app: a}}}}, spec: {{{spec}}}}}");
    let spec = match kind {
        "CronJob" => {
            format!("{{schedule: 0 2 * * *, jobTemplate: {{spec: {{template: {template}}}}}}}")
        }
        "Job" => format!("{{template: {template}}}"),
        _ => format!("{{selector: {{matchLabels: {{app: a}}}}, template: {template}}}"),
    };
    let group = match kind {
        "CronJob" | "Job" => "batch/v1",
        "Rollout" => "argoproj.io/v1alpha1",
        _ => "apps/v1",
    };
    format!("{{apiVersion: {group}, kind: {kind}, metadata: {{name: a}}, spec: {spec}}}\n")
}

/// A pod with one container that has these fields.
pub fn container(fields: &str) -> String {
    pod(&format!("containers: [{{name: a, image: 'app:v1.2.3', {fields}}}]"))
}

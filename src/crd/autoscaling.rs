//! `autoscaling.k8s.io`: what the VerticalPodAutoscaler reads.

use std::collections::BTreeMap;

use k8s_openapi::api::autoscaling::v1::CrossVersionObjectReference;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use serde::Serialize;

super::custom! {
    /// Sets the requests of pods by what they use.
    VerticalPodAutoscaler, "autoscaling.k8s.io", "v1", "verticalpodautoscalers",
    NamespaceResourceScope, VerticalPodAutoscalerSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VerticalPodAutoscalerSpec {
    pub target_ref: CrossVersionObjectReference,
    pub update_policy: Option<PodUpdatePolicy>,
    pub resource_policy: Option<PodResourcePolicy>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodUpdatePolicy {
    pub update_mode: Option<String>,
    pub min_replicas: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodResourcePolicy {
    pub container_policies: Vec<ContainerResourcePolicy>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerResourcePolicy {
    pub container_name: String,
    pub mode: Option<String>,
    pub min_allowed: Option<BTreeMap<String, Quantity>>,
    pub max_allowed: Option<BTreeMap<String, Quantity>>,
    pub controlled_resources: Option<Vec<String>>,
    pub controlled_values: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::to_value::to_value;

    #[test]
    fn it_is_written_like_an_object_of_kubernetes() {
        let written = to_value(&VerticalPodAutoscaler::default()).unwrap();
        let mut text = Vec::new();
        crate::emit::yaml::write_document(&written, &mut text);
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata: {}\n\
             spec:\n  targetRef:\n    kind: \"\"\n    name: \"\"\n"
        );
    }
}

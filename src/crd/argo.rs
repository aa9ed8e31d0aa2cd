//! `argoproj.io`: Rollouts, and the analyses that judge them.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PodTemplateSpec, SecretKeySelector};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use serde::Serialize;

super::custom! {
    /// Pods whose versions change step by step.
    Rollout, "argoproj.io", "v1alpha1", "rollouts", NamespaceResourceScope, RolloutSpec
}

super::custom! {
    /// What is measured, and when it is good enough.
    AnalysisTemplate, "argoproj.io", "v1alpha1", "analysistemplates", NamespaceResourceScope,
    AnalysisTemplateSpec
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RolloutSpec {
    pub replicas: Option<i32>,
    pub selector: LabelSelector,
    pub strategy: RolloutStrategy,
    pub min_ready_seconds: Option<i32>,
    pub revision_history_limit: Option<i32>,
    pub progress_deadline_seconds: Option<i32>,
    pub template: PodTemplateSpec,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RolloutStrategy {
    pub canary: Option<CanaryStrategy>,
    pub blue_green: Option<BlueGreenStrategy>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanaryStrategy {
    pub stable_service: Option<String>,
    pub canary_service: Option<String>,
    pub max_surge: Option<IntOrString>,
    pub max_unavailable: Option<IntOrString>,
    pub scale_down_delay_seconds: Option<i32>,
    pub abort_scale_down_delay_seconds: Option<i32>,
    pub dynamic_stable_scale: Option<bool>,
    pub traffic_routing: Option<TrafficRouting>,
    pub analysis: Option<RolloutAnalysis>,
    pub steps: Option<Vec<CanaryStep>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CanaryStep {
    pub set_weight: Option<i32>,
    pub pause: Option<RolloutPause>,
    pub analysis: Option<RolloutAnalysis>,
    pub set_canary_scale: Option<SetCanaryScale>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RolloutPause {
    pub duration: Option<IntOrString>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetCanaryScale {
    pub replicas: Option<i32>,
    pub weight: Option<i32>,
    pub match_traffic_weight: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RolloutAnalysis {
    pub starting_step: Option<i32>,
    pub templates: Vec<AnalysisTemplateRef>,
    pub args: Option<Vec<AnalysisRunArgument>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisTemplateRef {
    pub template_name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisRunArgument {
    pub name: String,
    pub value: Option<String>,
    pub value_from: Option<ArgumentValueFrom>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArgumentValueFrom {
    pub pod_template_hash_value: Option<String>,
    pub field_ref: Option<FieldRef>,
    pub secret_key_ref: Option<SecretKeySelector>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldRef {
    pub field_path: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrafficRouting {
    pub nginx: Option<NginxTrafficRouting>,
    pub alb: Option<AlbTrafficRouting>,
    pub istio: Option<IstioTrafficRouting>,
    /// By the name of the plugin.
    pub plugins: Option<BTreeMap<String, serde_json::Value>>,
    pub max_traffic_weight: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NginxTrafficRouting {
    pub annotation_prefix: Option<String>,
    pub stable_ingress: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlbTrafficRouting {
    pub annotation_prefix: Option<String>,
    pub ingress: String,
    pub service_port: i32,
    pub root_service: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IstioTrafficRouting {
    pub virtual_service: IstioVirtualService,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IstioVirtualService {
    pub name: String,
    pub routes: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BlueGreenStrategy {
    pub active_service: String,
    pub preview_service: Option<String>,
    pub auto_promotion_enabled: Option<bool>,
    pub auto_promotion_seconds: Option<i32>,
    pub preview_replica_count: Option<i32>,
    pub scale_down_delay_seconds: Option<i32>,
    pub abort_scale_down_delay_seconds: Option<i32>,
    pub max_unavailable: Option<IntOrString>,
    pub pre_promotion_analysis: Option<RolloutAnalysis>,
    pub post_promotion_analysis: Option<RolloutAnalysis>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AnalysisTemplateSpec {
    pub args: Option<Vec<AnalysisArgument>>,
    pub metrics: Vec<AnalysisMetric>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisArgument {
    pub name: String,
    pub value: Option<String>,
    pub value_from: Option<ArgumentValueFrom>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisMetric {
    pub name: String,
    pub interval: Option<String>,
    pub initial_delay: Option<String>,
    pub count: Option<i32>,
    pub failure_limit: Option<i32>,
    pub inconclusive_limit: Option<i32>,
    pub consecutive_error_limit: Option<i32>,
    pub success_condition: Option<String>,
    pub failure_condition: Option<String>,
    /// One key, the source, and its settings.
    pub provider: serde_json::Value,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PrometheusMetric {
    pub address: String,
    pub query: String,
    pub timeout: Option<i32>,
    pub insecure: Option<bool>,
}

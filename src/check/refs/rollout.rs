//! What a Rollout steers and asks, and that is not there.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::object::kinds;
use crate::object::value::{Value, list_of};

use super::lookup::absent::{self, Wanted};
use super::lookup::services;

pub static RULE: Rule = Rule {
    name: "refs/rollout",
    weight: Weight::ERROR,
    summary: "a Rollout names a Service, Ingress, analysis or workload that is not there",
    page: "Argo Rollouts does nothing for a Rollout that names what does not exist: it is `Degraded` from the start, and no pod is made. The Services, the Ingress and the AnalysisTemplates are in its namespace; a template that other namespaces share is a ClusterAnalysisTemplate, and asked for with `clusterScope: true`.",
    bad: "
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
  strategy: {blueGreen: {activeService: web, previewService: web-preview}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    good: "
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
  strategy: {blueGreen: {activeService: web}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    look: Look::Object(look),
};

const GROUP: &str = "argoproj.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is(GROUP, "Rollout") {
        return;
    }
    let namespace = scene.namespace_of(subject);
    let spec = object.field("spec");
    let workload = spec.field("workloadRef");
    let name = workload.field("name");
    let wanted = Wanted::of(
        kinds::group(workload.field("apiVersion").text_or_empty()),
        workload.field("kind").text_or_empty(),
        namespace,
        name.text_or_empty(),
    );
    absent::lead(scene, name, wanted);
    canary(scene, namespace, spec.field("strategy").field("canary"));
    blue_green(scene, namespace, spec.field("strategy").field("blueGreen"));
}

fn service<'a>(scene: &Scene<'a>, namespace: &'a str, at: At<'a>) {
    absent::lead(scene, at, services::wanted(namespace, at.text_or_empty()));
}

fn blue_green<'a>(scene: &Scene<'a>, namespace: &'a str, strategy: At<'a>) {
    if !strategy.is_set() {
        return;
    }
    service(scene, namespace, strategy.field("activeService"));
    service(scene, namespace, strategy.field("previewService"));
    analysis(scene, namespace, strategy.field("prePromotionAnalysis"));
    analysis(scene, namespace, strategy.field("postPromotionAnalysis"));
}

fn canary<'a>(scene: &Scene<'a>, namespace: &'a str, strategy: At<'a>) {
    if !strategy.is_set() {
        return;
    }
    let stable = strategy.field("stableService");
    service(scene, namespace, stable);
    service(scene, namespace, strategy.field("canaryService"));
    service(scene, namespace, strategy.field("pingPong").field("pingService"));
    service(scene, namespace, strategy.field("pingPong").field("pongService"));
    let routing = strategy.field("trafficRouting");
    let nginx = routing.field("nginx");
    let stable_ingresses = nginx.field("stableIngresses").items();
    for ingress in stable_ingresses.chain([nginx.field("stableIngress")]) {
        must_lead_to(scene, namespace, ingress, stable.text_or_empty());
    }
    let alb = routing.field("alb");
    let root = alb.field("rootService");
    service(scene, namespace, root);
    for ingress in alb.field("ingresses").items().chain([alb.field("ingress")]) {
        must_lead_to(scene, namespace, ingress, root.text_or(stable.text_or_empty()));
    }
    let istio = routing.field("istio");
    let virtual_services = istio.field("virtualServices").items();
    for name in virtual_services.chain([istio.field("virtualService")]).map(|at| at.field("name")) {
        let wanted =
            Wanted::of("networking.istio.io", "VirtualService", namespace, name.text_or_empty());
        absent::lead(scene, name, wanted);
    }
    analysis(scene, namespace, strategy.field("analysis"));
    for step in strategy.field("steps").items() {
        analysis(scene, namespace, step.field("analysis"));
        for one in step.field("experiment").field("analyses").items() {
            template(scene, namespace, one, one.field("args"));
        }
    }
}

/// The controller makes its canary of the rules of this Ingress that lead to the stable
/// Service.
fn must_lead_to<'a>(scene: &Scene<'a>, namespace: &'a str, at: At<'a>, service: &str) {
    let wanted = Wanted::of("networking.k8s.io", "Ingress", namespace, at.text_or_empty());
    let Some(ingress) = absent::lead(scene, at, wanted) else { return };
    if !service.is_empty() && !leads_to(ingress, service) {
        at.fault_with(
            format!("no rule of {} leads to Service {}", ingress.identity, shown(service)),
            "the stable Service must be a backend of it",
        );
    }
}

fn leads_to(ingress: &Subject<'_>, service: &str) -> bool {
    let is_it = |backend: Option<&Value>| {
        let name = backend.and_then(|backend| backend.get("service")?.get("name")?.as_str());
        name == Some(service)
    };
    let spec = ingress.content.get("spec");
    is_it(spec.and_then(|spec| spec.get("defaultBackend")))
        || list_of(spec.and_then(|spec| spec.get("rules")))
            .iter()
            .flat_map(|rule| list_of(rule.get("http").and_then(|http| http.get("paths"))))
            .any(|path| is_it(path.get("backend")))
}

fn analysis<'a>(scene: &Scene<'a>, namespace: &'a str, analysis: At<'a>) {
    for one in analysis.field("templates").items() {
        template(scene, namespace, one, analysis.field("args"));
    }
}

fn template<'a>(scene: &Scene<'a>, namespace: &'a str, reference: At<'a>, given: At<'a>) {
    let name = reference.field("templateName");
    let wanted = match reference.field("clusterScope").is_true() {
        true => Wanted::of_cluster(GROUP, "ClusterAnalysisTemplate", name.text_or_empty()),
        false => Wanted::of(GROUP, "AnalysisTemplate", namespace, name.text_or_empty()),
    };
    let Some(found) = absent::lead(scene, name, wanted) else { return };
    // What a template asks for and has no value of its own for must be given.
    for argument in list_of(found.content.get("spec").and_then(|spec| spec.get("args"))) {
        let Some(asked) = argument.get("name").and_then(Value::as_str) else { continue };
        let has_value = argument.get("value").is_some() || argument.get("valueFrom").is_some();
        if !has_value && !given.items().any(|one| one.field("name").text() == Some(asked)) {
            name.fault_with(
                format!("{} asks for {}", found.identity, shown(asked)),
                "give it among the `args` of the analysis",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn rollout(canary: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  workloadRef: {{apiVersion: apps/v1, kind: Deployment, name: web}}
  strategy: {{canary: {{stableService: web, canaryService: web, {canary}}}}}
---
{{apiVersion: v1, kind: Service, metadata: {{name: web}}, spec: {{ports: [{{port: 80}}]}}}}
---
{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {{selector: {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [{{name: web, image: web}}]}}}}}}}}
---
{{apiVersion: argoproj.io/v1alpha1, kind: AnalysisTemplate, metadata: {{name: errors}}, spec: {{args: [{{name: service}}, {{name: limit, value: '1'}}]}}}}
---
{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: web}}, spec: {{rules: [{{http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}}}
---
{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: other}}, spec: {{}}}}
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn analyses_and_what_they_ask_for() {
        let step = |text: &str| rollout(&format!("steps: [{{analysis: {{{text}}}}}]"));
        assert!(
            step("templates: [{templateName: errors}], args: [{name: service, value: web}]")
                .is_empty()
        );
        let path = "Rollout/web spec.strategy.canary.steps[0].analysis.templates[0].templateName";
        assert_eq!(
            step("templates: [{templateName: errors}]"),
            [format!("error {path}: AnalysisTemplate/errors asks for `service`")]
        );
        assert_eq!(
            step("templates: [{templateName: errors, clusterScope: true}]"),
            [format!("warning {path}: there is no ClusterAnalysisTemplate `errors`")]
        );
    }

    #[test]
    fn the_ingress_leads_to_the_stable_service() {
        let nginx =
            |name: &str| rollout(&format!("trafficRouting: {{nginx: {{stableIngress: {name}}}}}"));
        assert!(nginx("web").is_empty());
        assert_eq!(
            nginx("other"),
            [
                "error Rollout/web spec.strategy.canary.trafficRouting.nginx.stableIngress: no rule of Ingress/other leads to Service `web`"
            ]
        );
        assert_eq!(nginx("none").len(), 1);
    }
}

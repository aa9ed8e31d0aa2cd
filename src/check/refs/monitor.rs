//! Monitors that scrape nothing.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene, Selector};
use crate::check::subject::Subject;

use super::lookup::selecting::{Lack, must_take_pods};
use super::lookup::{absent, ports, services};

pub static RULE: Rule = Rule {
    name: "refs/monitor",
    weight: Weight::ERROR,
    summary: "a ServiceMonitor or PodMonitor selects nothing, or names a port that is not there",
    page: "A ServiceMonitor selects Services by the labels of the Services, not by those of the pods, and its `port` is the name of a port of the Service. A PodMonitor selects pods, and its `port` is the name of a port of a container. Where either leads nowhere Prometheus has no target, and nothing says so: no metrics, and alerts that never fire.",
    bad: "
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrics}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {ports: [{name: http, port: 80}]}
",
    good: "
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {ports: [{name: http, port: 80}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.group() != "monitoring.coreos.com" || subject.is_made() {
        return;
    }
    let spec = object.field("spec");
    let Some(selector) = spec.field("selector").map().map(Selector::Full) else { return };
    let reach = Reach::new(scene, subject, spec.field("namespaceSelector"));
    match subject.kind() {
        "ServiceMonitor" => services_of(scene, &reach, selector, spec),
        "PodMonitor" => pods_of(scene, &reach, selector, spec),
        _ => {}
    }
}

/// The namespaces that a monitor looks in.
struct Reach<'a> {
    /// All of them where there is none.
    namespaces: Option<Vec<&'a str>>,
}

impl<'a> Reach<'a> {
    fn new(scene: &Scene<'a>, subject: &'a Subject<'a>, at: At<'a>) -> Reach<'a> {
        if at.field("any").is_true() {
            return Reach { namespaces: None };
        }
        let named: Vec<&str> = at.field("matchNames").items().filter_map(At::text).collect();
        let own = || vec![scene.namespace_of(subject)];
        Reach { namespaces: Some(if named.is_empty() { own() } else { named }) }
    }

    fn has(&self, namespace: &str) -> bool {
        self.namespaces.as_ref().is_none_or(|all| all.contains(&namespace))
    }

    /// Whether all that it looks in is known here.
    fn is_known(&self, scene: &Scene<'a>) -> bool {
        // What operators make there has labels of their own.
        let is_ours = |namespace: &&str| {
            !scene.namespaces().is_foreign(namespace) && !scene.operators().are_in(namespace)
        };
        self.namespaces.as_ref().is_some_and(|all| all.iter().all(is_ours))
    }
}

fn labels_of(spec: At<'_>) -> At<'_> {
    let selector = spec.field("selector");
    let labels = selector.field("matchLabels");
    if labels.is_set() { labels } else { selector }
}

fn services_of<'a>(scene: &Scene<'a>, reach: &Reach<'a>, selector: Selector<'a>, spec: At<'a>) {
    let name = spec.subject().name();
    let in_reach = |service: &&Subject<'a>| {
        let namespace = scene.namespace_of(service);
        reach.has(namespace) || !scene.settings.complete && namespace == scene.namespace
    };
    let found: Vec<_> =
        scene.labelled_services().select(selector).into_iter().filter(in_reach).collect();
    if found.is_empty() {
        let elsewhere = scene.is_elsewhere("Service", "", name);
        let any_service = scene.of_kind("", "Service").next().is_some();
        if elsewhere || !scene.settings.complete && !any_service {
            return;
        }
        let message = "no Service has these labels";
        let help = "a ServiceMonitor goes by the labels of Services, not of pods, in its own namespace unless `namespaceSelector` says otherwise";
        if reach.is_known(scene) {
            absent::missed(scene, labels_of(spec), message.to_owned(), help);
        } else if scene.settings.complete {
            labels_of(spec).warn_with(message, help);
        }
        return;
    }
    for endpoint in spec.field("endpoints").items() {
        let port = endpoint.field("port");
        let names = || found.iter().flat_map(|service| ports::of_service(service)).map(|p| p.name);
        must_be_named(scene, port, "no Service that is selected has a port", names);
        let target = endpoint.field("targetPort");
        if target.text().is_some_and(|name| name.parse::<u16>().is_err()) {
            let pods: Vec<_> =
                found.iter().flat_map(|service| services::pods(scene, service)).collect();
            if !pods.is_empty() {
                let names = || pods.iter().flat_map(|pod| ports::of_pod(pod)).map(|p| p.name);
                must_be_named(scene, target, "no pod behind it has a port", names);
            }
        }
    }
}

fn pods_of<'a>(scene: &Scene<'a>, reach: &Reach<'a>, selector: Selector<'a>, spec: At<'a>) {
    let mut found: Vec<&Pod<'a>> = Vec::new();
    match &reach.namespaces {
        Some(all) => {
            for namespace in all {
                found.extend(services::selected(scene, namespace, selector));
            }
        }
        None => {
            for namespace in scene.namespaces().names() {
                found.extend(scene.selected(namespace, selector));
            }
        }
    }
    if found.is_empty() {
        if let Some([namespace]) = reach.namespaces.as_deref() {
            must_take_pods(scene, namespace, selector, labels_of(spec), Lack::Missed);
        } else if scene.settings.complete && !scene.is_elsewhere("Pod", "", spec.subject().name()) {
            labels_of(spec).warn("no pod has these labels");
        }
        return;
    }
    for endpoint in spec.field("podMetricsEndpoints").items() {
        let names = || found.iter().flat_map(|pod| ports::of_pod(pod)).map(|port| port.name);
        must_be_named(scene, endpoint.field("port"), "no pod that is selected has a port", names);
    }
}

fn must_be_named<'n, I>(scene: &Scene<'_>, at: At<'_>, lacks: &str, names: impl Fn() -> I)
where
    I: Iterator<Item = &'n str>,
{
    let Some(name) = at.text().filter(|name| !name.is_empty()) else { return };
    if names().any(|own| own == name) {
        return;
    }
    let help = match absent::near(scene, name, names().filter(|name| !name.is_empty())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "give the port this name, or name one that is there".to_owned(),
    };
    absent::missed(scene, at, format!("{lacks} {}", shown(name)), help);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{said, said_under, some_files};

    use super::*;

    const SERVICE: &str = "
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {selector: {app: pod}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: pod}}
spec: {containers: [{name: web, image: web, ports: [{name: metrics, containerPort: 9090}]}]}
";

    fn monitor(kind: &str, namespace: &str, spec: &str) -> String {
        format!(
            "{{apiVersion: monitoring.coreos.com/v1, kind: {kind}, metadata: {{name: m, namespace: {namespace}}}, spec: {{{spec}}}}}{SERVICE}"
        )
    }

    fn service(namespace: &str, spec: &str) -> Vec<String> {
        said(RULE.name, &monitor("ServiceMonitor", namespace, spec))
    }

    #[test]
    fn services_by_their_own_labels() {
        let web = "selector: {matchLabels: {app: web}}";
        assert!(service("shop", &format!("{web}, endpoints: [{{port: http}}]")).is_empty());
        assert_eq!(
            service("shop", "selector: {matchLabels: {app: pod}}"),
            ["error ServiceMonitor/m spec.selector.matchLabels: no Service has these labels"]
        );
        assert_eq!(service("other", web).len(), 1);
        for reach in ["any: true", "matchNames: [shop]"] {
            assert!(service("other", &format!("{web}, namespaceSelector: {{{reach}}}")).is_empty());
        }
        // A file of monitors alone says nothing of Services.
        let alone = "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: m}, spec: {selector: {matchLabels: {app: x}}}}";
        assert!(said_under(&some_files(), RULE.name, alone).is_empty());
    }

    #[test]
    fn what_other_namespaces_have_is_only_odd() {
        let found = service(
            "monitoring",
            "selector: {matchLabels: {app: db}}, namespaceSelector: {matchNames: [database]}",
        );
        assert_eq!(
            found,
            ["warning ServiceMonitor/m spec.selector.matchLabels: no Service has these labels"]
        );
    }

    #[test]
    fn ports_of_services_and_of_pods() {
        let web = "selector: {matchLabels: {app: web}}";
        assert_eq!(
            service(
                "shop",
                &format!(
                    "{web}, endpoints: [{{port: metrics}}, {{targetPort: metrics}}, {{targetPort: 9090}}, {{targetPort: x}}]"
                )
            ),
            [
                "error ServiceMonitor/m spec.endpoints[0].port: no Service that is selected has a port `metrics`",
                "error ServiceMonitor/m spec.endpoints[3].targetPort: no pod behind it has a port `x`",
            ]
        );
        let pods = "selector: {matchLabels: {app: pod}}, podMetricsEndpoints: [{port: metrics}, {port: http}]";
        assert_eq!(
            said(RULE.name, &monitor("PodMonitor", "shop", pods)),
            [
                "error PodMonitor/m spec.podMetricsEndpoints[1].port: no pod that is selected has a port `http`"
            ]
        );
    }
}

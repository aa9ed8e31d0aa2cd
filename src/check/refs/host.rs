//! Hosts in settings that are Services, and lead nowhere.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::scene::hosts::{Form, Host};
use crate::check::subject::Subject;

use super::lookup::hosts::{self, Leads};
use super::lookup::pod_names::{self, PodName};
use super::lookup::{absent, ports, service_port, services};

pub static RULE: Rule = Rule {
    name: "refs/host",
    weight: Weight::ERROR,
    summary: "a setting names a Service, a port of it, or a pod, that is not there",
    page: "Programs find each other by names in their settings: `redis.shop.svc.cluster.local:6379` in a variable, an argument or a ConfigMap. Where the Service does not exist the name is not known, and where it lacks the port nobody answers. The port is that of the Service; a headless one does not translate it, and it is that of the pods. `db-0.db.shop.svc` is a pod of the StatefulSet `db` whose `serviceName` is `db`. Names that are not complete count only where a Service is called nearly so and has the port.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {REDIS: 'redis.default.svc.cluster.local:6397'}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec: {ports: [{port: 6379}]}
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {REDIS: 'redis.default.svc.cluster.local:6379'}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec: {ports: [{port: 6379}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() {
        return;
    }
    if let Some(pod) = scene.pod_of(subject) {
        let spec = pod.holder(object).field("spec");
        for at in hosts::texts(spec) {
            for host in hosts::in_text(scene, at) {
                if !is_alias(spec, host.service) {
                    must_lead_somewhere(scene, pod.namespace, at, &host);
                }
            }
        }
    } else if subject.is("", "ConfigMap") {
        let namespace = scene.namespace_of(subject);
        let data = object.field("data");
        for (key, host) in scene.named().of(namespace, subject.name()) {
            must_lead_somewhere(scene, namespace, data.key(key), host);
        }
    } else if subject.is("argoproj.io", "AnalysisTemplate") {
        for metric in object.down(&["spec", "metrics"]).items() {
            let provider = metric.field("provider");
            for at in [provider.down(&["prometheus", "address"]), provider.down(&["web", "url"])] {
                for host in hosts::in_text(scene, at) {
                    must_lead_somewhere(scene, scene.namespace_of(subject), at, &host);
                }
            }
        }
    }
}

/// Whether a pod knows a name by itself.
fn is_alias(spec: At<'_>, name: &str) -> bool {
    let aliases = spec.field("hostAliases").items();
    aliases.flat_map(|alias| alias.field("hostnames").list()).any(|own| own.as_str() == Some(name))
}

fn must_lead_somewhere<'a>(scene: &Scene<'a>, own: &'a str, at: At<'a>, host: &Host<'a>) {
    match hosts::lead(scene, own, host) {
        Leads::To(service) => {
            must_have_port(scene, at, host, service);
            must_have_pod(scene, at, host, service);
        }
        Leads::Nowhere(namespace) if host.form == Form::Full => {
            absent::lead(scene, at, services::wanted(namespace, host.service));
        }
        // Text that only looks like a host names no namespace that is known.
        Leads::Nowhere(namespace) if host.form == Form::Short => {
            let whole = at.text_or_empty().trim().ends_with(".svc");
            if whole || !scene.namespaces().is_foreign(namespace) {
                absent::lead(scene, at, services::wanted(namespace, host.service));
            }
        }
        Leads::Nowhere(namespace) => {
            let is_file = at.text_or_empty().trim().contains('\n') && host.form == Form::Bare;
            let elsewhere = scene.is_elsewhere("Service", namespace, host.service);
            if !is_file
                && !elsewhere
                && absent::may_suggest(scene, at)
                && let Some(near) = hosts::near(scene, namespace, host)
                && !is_upstream(at, host)
            {
                at.warn_with(
                    format!("there is no Service {}", shown(host.service)),
                    format!("did you mean `{near}`?"),
                );
            }
        }
        Leads::Unknown => {}
    }
}

/// What nginx calls a group of servers stands in URLs like a host.
fn is_upstream(at: At<'_>, host: &Host<'_>) -> bool {
    host.form == Form::Url && at.text_or_empty().contains(&format!("upstream {}", host.service))
}

fn must_have_port<'a>(scene: &Scene<'a>, at: At<'a>, host: &Host<'a>, service: &'a Subject<'a>) {
    let Some(port) = host.port.map(i64::from) else { return };
    if services::is_external(service) {
        return;
    }
    let name = shown(service.name());
    if services::is_headless(service) {
        let pods = services::pods(scene, service);
        let in_pods = |number| {
            pods.iter().flat_map(|pod| ports::of_pod(pod)).any(|port| port.number == number)
        };
        let targets = || {
            let of = |port: ports::ServicePort<'a>| pods.iter().filter_map(move |p| port.in_pod(p));
            ports::of_service(service).flat_map(of).collect::<Vec<i64>>()
        };
        if pods.is_empty() || in_pods(port) || targets().contains(&port) {
            return;
        }
        if let Some(own) = ports::of_service(service).find(|own| own.number == port) {
            let target = pods.iter().find_map(|pod| own.in_pod(pod));
            if let Some(target) = target {
                at.fault_with(
                    format!(
                        "Service {name} is headless and does not lead from port {port} to {target}"
                    ),
                    format!("ask the pods themselves, at {target}"),
                );
            }
            return;
        }
    }
    if is_upstream(at, host) {
        return;
    }
    if let Some(help) = service_port::lacks(service, port) {
        let message = format!("Service {name} has no port {port}");
        if host.form == Form::Bare {
            at.warn_with(message, help);
        } else {
            at.fault_with(message, help);
        }
    }
}

fn must_have_pod<'a>(scene: &Scene<'a>, at: At<'a>, host: &Host<'a>, service: &'a Subject<'a>) {
    let is_full = matches!(host.form, Form::Full | Form::Short);
    let Some(name) = host.pod.filter(|_| is_full) else { return };
    match pod_names::find(scene, service, name) {
        PodName::Unknown | PodName::Fits => {}
        PodName::BeyondTheLast { set, first, count } => at.warn_with(
            format!("{} has no pod {}", set.identity, shown(name)),
            format!("its pods count from {first} to {}", first + count - 1),
        ),
        PodName::Wrong(set) => {
            let message =
                format!("no pod of Service {} is called {}", shown(service.name()), shown(name));
            let help = match set {
                Some(set) => format!("its pods are called `{}-0` and so on", set.name()),
                None => "its pods have no names there: that needs a StatefulSet whose `serviceName` it is".to_owned(),
            };
            at.fault_with(message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{said, said_under, some_files};

    use super::*;

    const SCENERY: &str = "
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec: {type: ExternalName, externalName: a.example.com}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db}]}
";

    fn setting(value: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: p, namespace: shop}}, spec: {{containers: [{{name: p, image: p, env: [{{name: A, value: \"{value}\"}}]}}]}}}}{SCENERY}"
        );
        said(RULE.name, &text)
    }

    fn wrong(value: &str, found: &str) {
        assert_eq!(
            setting(value),
            [found.replacen(' ', " Pod/p spec.containers[0].env[0].value: ", 1)]
        );
    }

    #[test]
    fn services_that_are_there() {
        for value in [
            "web.shop.svc.cluster.local:80",
            "web.shop.svc",
            "http://web",
            "web:80",
            "web.shop:80",
            "http://web.shop/path",
            "outside.shop.svc:443",
            "https://kubernetes.default.svc",
            "kube-dns.kube-system.svc.cluster.local:53",
            "db-1.db.shop.svc.cluster.local:8080",
            "db.shop.svc:8080",
            "example.com:443",
            "web.example:8080",
            "redis:6379",
            "http://somewhere:80",
            "db-0.db:8080",
        ] {
            assert_eq!(setting(value), [""; 0], "{value}");
        }
    }

    #[test]
    fn services_that_are_not() {
        wrong("api.shop.svc:80", "error there is no Service `api` in namespace `shop`");
        wrong("this is api.shop.svc", "error there is no Service `api` in namespace `shop`");
        wrong(
            "loki.logging.svc.cluster.local:3100",
            "warning there is no Service `loki` in namespace `logging`",
        );
        wrong("web.shopp.svc:80", "error there is no Service `web` in namespace `shopp`");
        wrong("wep:80", "warning there is no Service `wep`");
        assert!(setting("this.app.svc = 1").is_empty());
        assert!(setting("wep:81").is_empty());
    }

    #[test]
    fn ports() {
        wrong("web.shop.svc:8080", "error Service `web` has no port 8080");
        wrong("https://web", "error Service `web` has no port 443");
        wrong("web:8080", "warning Service `web` has no port 8080");
        wrong(
            "db.shop.svc:80",
            "error Service `db` is headless and does not lead from port 80 to 8080",
        );
        wrong("db.shop.svc:81", "error Service `db` has no port 81");
    }

    #[test]
    fn pods_of_a_stateful_set() {
        wrong("bd-0.db.shop.svc:8080", "error no pod of Service `db` is called `bd-0`");
        wrong("db-0.web.shop.svc:80", "error no pod of Service `web` is called `db-0`");
        wrong("db-2.db.shop.svc:8080", "warning StatefulSet/db has no pod `db-2`");
    }

    /// Fluentd's settings, scripts and the like.
    #[test]
    fn files() {
        let file = |text: &str| {
            let map = format!(
                "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: m, namespace: shop}}, data: {{f: \"{text}\"}}}}{SCENERY}"
            );
            said(RULE.name, &map)
        };
        assert!(file("a: 1\\nimage: wep:80\\n").is_empty());
        assert_eq!(file("a: 1\\nurl http://wep:80\\n").len(), 1);
        assert_eq!(file("a: 1\\nproxy_pass http://web:81;\\n").len(), 1);
        assert!(file("upstream web { }\\nproxy_pass http://web:81;\\n").is_empty());
        assert_eq!(
            file("host = api.shop.svc.cluster.local\\n"),
            ["error ConfigMap/m data[f]: there is no Service `api` in namespace `shop`"]
        );
    }

    #[test]
    fn of_some_files_services_may_be_elsewhere() {
        let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: p, image: p, args: [--redis=redis.cache.svc:6379, --web=http://web.default.svc]}]}}";
        assert_eq!(
            said_under(&some_files(), RULE.name, pod),
            ["warning Pod/p spec.containers[0].args[1]: no Service `web` is among these objects"]
        );
    }

    #[test]
    fn names_that_the_pod_knows_itself() {
        let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop}, spec: {hostAliases: [{ip: 10.0.0.1, hostnames: [wep]}], containers: [{name: p, image: p, args: ['wep:80']}]}}";
        assert!(said(RULE.name, &format!("{pod}{SCENERY}")).is_empty());
    }
}

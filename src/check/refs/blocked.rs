//! Traffic that pods are set up for and that network policies stop.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;

use super::lookup::effort::{Effort, Exhausted};
use super::lookup::flows::{self, Flow};
use super::lookup::reach::{self, Direction, Traffic};
use super::lookup::replicas::{self, Replicas};
use super::lookup::{absent, ports, services};

pub static RULE: Rule = Rule {
    name: "refs/blocked",
    weight: Weight::WARNING,
    summary: "network policies stop what a pod is set up for",
    page: "A pod that any policy with `Egress` selects may send only what one of them allows, and one that any policy with `Ingress` selects gets only what one of them allows: both ends must agree. The names of Services in variables, arguments and ConfigMaps say whom a pod talks to. Ports are those of the pods, not of the Service; a `podSelector` alone means the policy's own namespace. What is stopped hangs until it times out, and nothing is logged.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: REDIS, value: 'redis.default.svc.cluster.local:6379'}]
---
apiVersion: v1
kind: Pod
metadata: {name: redis, labels: {app: redis}}
spec: {containers: [{name: redis, image: 'redis:7.4.1', ports: [{containerPort: 6379}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec: {selector: {app: redis}, ports: [{port: 6379}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: redis}
spec:
  podSelector: {matchLabels: {app: redis}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: redis}}}], ports: [{port: 6379}]}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: REDIS, value: 'redis.default.svc.cluster.local:6379'}]
---
apiVersion: v1
kind: Pod
metadata: {name: redis, labels: {app: redis}}
spec: {containers: [{name: redis, image: 'redis:7.4.1', ports: [{containerPort: 6379}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec: {selector: {app: redis}, ports: [{port: 6379}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: redis}
spec:
  podSelector: {matchLabels: {app: redis}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 6379}]}]
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let has_policies = scene.of_kind("networking.k8s.io", "NetworkPolicy").next().is_some();
    if !has_policies || pod.is_made() || reach::has_other_policies(scene) {
        return;
    }
    let effort = &mut Effort::of_one(scene);
    for flow in flows::flows(scene, pod, spec) {
        if let Ok(Some(stop)) = stop(scene, pod, &flow, effort)
            && !is_for_another(scene, &flow, effort)
        {
            let (message, help) = stop.told(scene, pod, flow.service, effort);
            absent::missed(scene, flow.at, message, help);
        }
    }
}

/// Whether a setting that several pods have is of use to one of them.
fn is_for_another<'a>(scene: &Scene<'a>, flow: &Flow<'a>, effort: &mut Effort) -> bool {
    const MOST: usize = 50;
    let readers = flow.of_map.map(|map| scene.named().readers(map)).unwrap_or_default();
    readers
        .iter()
        .take(MOST)
        .any(|reader| !matches!(stop(scene, reader, flow, effort), Ok(Some(_))))
}

/// Where traffic is stopped on its way.
struct Stop<'s, 'a> {
    port: i64,
    protocol: &'a str,
    direction: Direction,
    to: &'s Pod<'a>,
}

/// Where a flow is stopped; nothing where it gets to one of the pods, by one of the
/// ports.
fn stop<'s, 'a: 's>(
    scene: &'s Scene<'a>,
    pod: &'s Pod<'a>,
    flow: &Flow<'a>,
    effort: &mut Effort,
) -> Result<Option<Stop<'s, 'a>>, Exhausted> {
    let pods = services::pods_within(scene, flow.service, effort)?;
    let mut first = None;
    for to in pods {
        // A pod reaches itself, and one that is alone nobody else of its kind.
        let is_own = std::ptr::eq(to.owner, pod.owner);
        if is_own && !matches!(replicas::of(scene, pod.owner), Replicas::Several(_)) {
            continue;
        }
        for (port, protocol) in ports_of(flow, to) {
            let traffic = Traffic { from: pod, to, port, protocol };
            let mut stops = |direction| reach::is_stopped(scene, traffic, direction, effort);
            let direction = if stops(Direction::Egress)? {
                Direction::Egress
            } else if stops(Direction::Ingress)? {
                Direction::Ingress
            } else {
                return Ok(None);
            };
            first.get_or_insert(Stop { port, protocol, direction, to });
        }
    }
    Ok(first)
}

/// The ports of a pod that a flow leads to; all of the Service where it names none.
fn ports_of<'a>(flow: &Flow<'a>, to: &Pod<'a>) -> Vec<(i64, &'a str)> {
    let named = flow.port.map(i64::from);
    let of_service = ports::of_service(flow.service).filter_map(|port| {
        let number = port.in_pod(to)?;
        let headless = services::is_headless(flow.service);
        let leads = named.is_none_or(|named| named == if headless { number } else { port.number });
        leads.then_some((number, port.protocol))
    });
    let found: Vec<_> = of_service.collect();
    match named {
        Some(port) if found.is_empty() && services::is_headless(flow.service) => {
            vec![(port, "TCP")]
        }
        _ => found,
    }
}

impl Stop<'_, '_> {
    fn told<'a>(
        &self,
        scene: &Scene<'a>,
        from: &Pod<'a>,
        service: &Subject<'_>,
        effort: &mut Effort,
    ) -> (String, String) {
        let Stop { port, protocol, direction, to } = self;
        let (sender, receiver) = (from.owner.identity, to.owner.identity);
        let (isolated, verb) = match direction {
            Direction::Egress => (from, format!("lets {sender} talk to {receiver}")),
            Direction::Ingress => (*to, format!("of {receiver} lets {sender} in")),
        };
        let policies = reach::isolating(scene, isolated, *direction, effort);
        let policies = policies.unwrap_or_default();
        let policy = policies.first().map(|policy| policy.identity.to_string());
        let side = if *direction == Direction::Egress { "egress" } else { "ingress" };
        (
            format!(
                "no policy {verb} at {port}/{protocol}, which Service {} leads to",
                shown(service.name())
            ),
            format!(
                "allow it by a rule of `{side}`, such as in {}",
                policy.unwrap_or_else(|| "a NetworkPolicy".to_owned())
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{said, said_under, some_files};

    use super::*;

    fn scenery(policies: &str) -> String {
        format!(
            "
{{apiVersion: v1, kind: Namespace, metadata: {{name: shop, labels: {{team: a}}}}}}
---
{{apiVersion: v1, kind: Namespace, metadata: {{name: data}}}}
---
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: shop, labels: {{app: web}}}}
spec: {{containers: [{{name: web, image: web, env: [{{name: A, value: 'db.data.svc:80'}}]}}]}}
---
apiVersion: v1
kind: Pod
metadata: {{name: db, namespace: data, labels: {{app: db}}}}
spec: {{containers: [{{name: db, image: db, ports: [{{name: sql, containerPort: 5432}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: db, namespace: data}}
spec: {{selector: {{app: db}}, ports: [{{port: 80, targetPort: sql}}]}}
{policies}"
        )
    }

    fn policy(namespace: &str, spec: &str) -> String {
        format!(
            "---\n{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: p, namespace: {namespace}}}, spec: {{{spec}}}}}\n"
        )
    }

    fn ingress(rule: &str) -> bool {
        let text = scenery(&policy("data", &format!("podSelector: {{}}, ingress: [{{{rule}}}]")));
        said(RULE.name, &text).is_empty()
    }

    fn egress(rule: &str) -> bool {
        let spec = format!(
            "podSelector: {{matchLabels: {{app: web}}}}, policyTypes: [Egress], egress: [{{{rule}}}]"
        );
        said(RULE.name, &scenery(&policy("shop", &spec))).is_empty()
    }

    #[test]
    fn without_policies_all_is_open() {
        assert!(said(RULE.name, &scenery("")).is_empty());
        let other = policy("shop", "podSelector: {matchLabels: {app: x}}, policyTypes: [Egress]");
        assert!(said(RULE.name, &scenery(&other)).is_empty());
    }

    #[test]
    fn what_is_said() {
        let text = scenery(&policy("shop", "podSelector: {}, policyTypes: [Ingress, Egress]"));
        let message = "Pod/web spec.containers[0].env[0].value: no policy lets Pod/web talk to Pod/db at 5432/TCP, which Service `db` leads to";
        assert_eq!(said(RULE.name, &text), [format!("warning {message}")]);
        assert_eq!(said_under(&some_files(), RULE.name, &text), [format!("warning {message}")]);
        let text = scenery(&policy("data", "podSelector: {}"));
        assert_eq!(
            said(RULE.name, &text),
            [
                "warning Pod/web spec.containers[0].env[0].value: no policy of Pod/db lets Pod/web in at 5432/TCP, which Service `db` leads to"
            ]
        );
    }

    /// The policy of the book whose `matchLabels` slipped beside `podSelector`.
    #[test]
    fn peers_by_pods_and_namespaces() {
        assert!(ingress(""));
        assert!(ingress("from: []"));
        assert!(ingress("from: [{namespaceSelector: {}}]"));
        assert!(ingress("from: [{namespaceSelector: {matchLabels: {team: a}}}]"));
        assert!(ingress(
            "from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: web}}}]"
        ));
        assert!(ingress(
            "from: [{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [b]}]}}]"
        ));
        // Its own namespace alone.
        assert!(!ingress("from: [{podSelector: {}}]"));
        assert!(!ingress("from: [{podSelector: {matchLabels: {app: web}}}]"));
        assert!(!ingress("from: [{namespaceSelector: {matchLabels: {name: shop}}}]"));
        assert!(!ingress("from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: x}}}]"));
        assert!(!ingress(
            "from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: data}}}]"
        ));
        assert!(egress(
            "to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: data}}}]"
        ));
        assert!(!egress("to: [{podSelector: {}}]"));
    }

    #[test]
    fn ports_are_those_of_the_pods() {
        assert!(ingress("ports: [{port: 5432}]"));
        assert!(ingress("ports: [{port: sql}]"));
        assert!(ingress("ports: [{port: 5000, endPort: 6000}]"));
        assert!(ingress("ports: [{protocol: TCP}]"));
        assert!(!ingress("ports: [{port: 80}]"));
        assert!(!ingress("ports: [{port: 5432, protocol: UDP}]"));
        assert!(!ingress("ports: [{port: web}]"));
        assert!(egress("ports: [{port: sql}]"));
    }

    #[test]
    fn blocks_of_addresses_may_hold_pods() {
        assert!(egress("to: [{ipBlock: {cidr: 0.0.0.0/0}}]"));
        assert!(egress("to: [{ipBlock: {cidr: 10.8.0.0/16}}]"));
        assert!(!egress("to: [{ipBlock: {cidr: 203.0.113.0/24}}]"));
        assert!(!egress(
            "to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10]}}]"
        ));
    }

    #[test]
    fn types_that_nobody_names() {
        let both = policy("shop", "podSelector: {}, egress: [{ports: [{port: 53}]}]");
        assert_eq!(said(RULE.name, &scenery(&both)).len(), 1);
        let incoming = policy("shop", "podSelector: {}");
        assert!(said(RULE.name, &scenery(&incoming)).is_empty());
        // Policies add up.
        let more = incoming + &both + &policy("shop", "podSelector: {}, egress: [{}]");
        assert!(said(RULE.name, &scenery(&more)).is_empty());
    }

    #[test]
    fn what_is_not_known_is_let_through() {
        let deny = policy("shop", "podSelector: {}, policyTypes: [Egress]");
        let cilium = "---\n{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: c, namespace: shop}}\n";
        assert!(said(RULE.name, &(scenery(&deny) + cilium)).is_empty());
        let on_host = scenery(&deny).replace(
            "spec: {containers: [{name: web",
            "spec: {hostNetwork: true, containers: [{name: web",
        );
        assert!(said(RULE.name, &on_host).is_empty());
    }

    #[test]
    fn a_shared_config_map_is_not_for_all_of_its_readers() {
        let text = |readers: &str| {
            format!(
                "
{{apiVersion: v1, kind: ConfigMap, metadata: {{name: m}}, data: {{DB: 'db.default.svc:5432', OTHER: x}}}}
---
{{apiVersion: v1, kind: Pod, metadata: {{name: db, labels: {{app: db}}}}, spec: {{containers: [{{name: db, image: db}}]}}}}
---
{{apiVersion: v1, kind: Service, metadata: {{name: db}}, spec: {{selector: {{app: db}}, ports: [{{port: 5432}}]}}}}
---
{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: n}}, spec: {{podSelector: {{}}}}}}
{readers}"
            )
        };
        let reader = |name: &str, spec: &str| {
            format!(
                "---\n{{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}, spec: {{containers: [{{name: c, image: i, {spec}}}]}}}}\n"
            )
        };
        let whole = "envFrom: [{configMapRef: {name: m}}]";
        let found = said(RULE.name, &text(&reader("a", whole)));
        assert!(found[0].starts_with("warning Pod/a spec.containers[0].envFrom[0]"));
        let others = reader("a", whole) + &reader("b", whole);
        assert_eq!(said(RULE.name, &text(&others)).len(), 2);
        // A setting that one of them can use is meant for it.
        let allowed = "---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: o}, spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: b}}}]}]}}\n";
        let others = others.replace("metadata: {name: b}", "metadata: {name: b, labels: {app: b}}");
        assert!(said(RULE.name, &text(&(others + allowed))).is_empty());
        let of_key = |key: &str| {
            let spec = format!(
                "env: [{{name: A, valueFrom: {{configMapKeyRef: {{name: m, key: {key}}}}}}}]"
            );
            said(RULE.name, &text(&reader("a", &spec)))
        };
        assert_eq!(of_key("DB").len(), 1);
        assert!(of_key("OTHER").is_empty());
    }

    /// Peers of a StatefulSet find each other; one that is alone does not look for any.
    #[test]
    fn pods_of_one_kind() {
        let peers = |replicas: &str| {
            let text = format!(
                "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec:
  {replicas}
  serviceName: db
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec: {{containers: [{{name: db, image: db, args: [db-0.db.default.svc.cluster.local]}}]}}
---
{{apiVersion: v1, kind: Service, metadata: {{name: db}}, spec: {{clusterIP: None, selector: {{app: db}}, ports: [{{port: 5432}}]}}}}
---
{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: n}}, spec: {{podSelector: {{}}}}}}
"
            );
            said(RULE.name, &text).len()
        };
        assert_eq!(peers("replicas: 3"), 1);
        assert_eq!(peers("replicas: 1"), 0);
    }
}

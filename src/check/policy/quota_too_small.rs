//! Quotas that what is asked for exceeds even at its smallest.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::asked::{nanos, shown_amount};
use super::quota_scope::Scope;
use super::quotas::objects_counted;

pub static RULE: Rule = Rule {
    name: "policy/quota-too-small",
    weight: Weight::GRAVE,
    summary: "a quota is too small for the smallest scale of what its namespace has",
    page: "A ResourceQuota refuses what goes beyond it: the pods that are too many are never made, and nothing but an event of their ReplicaSet says why. What is added up are the requests and limits of all pods at their smallest scale (`minReplicas`, or `replicas`), with the defaults of LimitRanges, what init containers need at once, the overhead of a runtime class, and the claims of StatefulSets. CronJobs count only when they run, and a DaemonSet counts once.\n\nRaise the quota, or ask for less.",
    bad: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {requests.cpu: 1}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 500m}}}]
",
    good: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {requests.cpu: 2}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 500m}}}]
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let Some(spec) = subject.content.get("spec").filter(|_| subject.is("", "ResourceQuota")) else {
        return;
    };
    let scopes = Scope::of_quota(spec);
    let namespace = scene.namespace_of(subject);
    for (resource, at) in object.field("spec").field("hard").entries() {
        let Some(hard) = at.value().and_then(nanos) else { continue };
        let used = scene.quotas().used(namespace, &scopes, resource);
        if used.least > hard {
            at.fault_with(
                format!(
                    "{} is needed at least: {}",
                    shown_amount(resource, used.least),
                    used.users(resource, |part| part.count.least)
                ),
                "raise the quota, or ask for less",
            );
            continue;
        }
        let counted = scopes.is_empty().then(|| objects_counted(scene, namespace, resource));
        if let Some(count) = counted.flatten()
            && i128::try_from(count).is_ok_and(|count| count * 1_000_000_000 > hard)
        {
            at.fault_with(format!("there are {count} here"), "raise the quota, or drop some");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    /// What a quota finds of a workload: its replicas, its pod and the rest.
    fn found(quota: &str, kind: &str, spec: &str, pod: &str, more: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: v1
kind: ResourceQuota
metadata: {{name: quota}}
spec: {{{quota}}}
---
apiVersion: apps/v1
kind: {kind}
metadata: {{name: web}}
spec: {{{spec} template: {{spec: {{{pod}}}}}}}
{more}"
            ),
        )
    }

    const ONE_CPU: &str = "containers: [{name: a, resources: {requests: {cpu: 1}}}]";

    #[test]
    fn scales() {
        for (spec, fires) in [("replicas: 2,", false), ("replicas: 3,", true), ("", false)] {
            assert_eq!(
                !found("hard: {requests.cpu: 2}", "Deployment", spec, ONE_CPU, "").is_empty(),
                fires
            );
        }
        assert!(!found("hard: {cpu: 500m}", "DaemonSet", "", ONE_CPU, "").is_empty());
        let scaled = "
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 90}
";
        assert!(found("hard: {cpu: 2}", "Deployment", "replicas: 9,", ONE_CPU, scaled).is_empty());
        assert_eq!(
            found("hard: {cpu: 1}", "Deployment", "replicas: 9,", ONE_CPU, scaled),
            ["error spec.hard[cpu]: 2 is needed at least: Deployment/web 2"]
        );
    }

    #[test]
    fn pods_are_added_up_as_the_scheduler_does() {
        let used =
            |pod: &str, hard: &str| found(&format!("hard: {{{hard}}}"), "Deployment", "", pod, "");
        let init = "initContainers: [{name: a, resources: {requests: {memory: 3Gi}}}], containers: [{name: b, resources: {requests: {memory: 1Gi}}}, {name: c, resources: {requests: {memory: 1Gi}}}]";
        assert!(used(init, "requests.memory: 3Gi").is_empty());
        assert_eq!(
            used(init, "requests.memory: 2Gi"),
            ["error spec.hard[requests.memory]: 3Gi is needed at least: Deployment/web 3Gi"]
        );
        let beside = init.replace(
            "{name: a, ",
            "{name: s, restartPolicy: Always, resources: {requests: {memory: 1Gi}}}, {name: a, ",
        );
        assert!(used(&beside, "requests.memory: 4Gi").is_empty());
        assert!(!used(&beside, "requests.memory: 3.9Gi").is_empty());
        assert!(
            !used(&format!("overhead: {{memory: 1Gi}}, {init}"), "requests.memory: 3Gi").is_empty()
        );
        let limits = "containers: [{name: a, resources: {limits: {cpu: 2}}}]";
        assert!(!used(limits, "requests.cpu: 1").is_empty());
        assert!(!used(limits, "limits.cpu: 1").is_empty());
        let whole = "resources: {requests: {cpu: 1}}, containers: [{name: a, resources: {requests: {cpu: 500m}}}]";
        assert!(!used(whole, "requests.cpu: 900m").is_empty());
        assert!(!used(ONE_CPU, "pods: 0").is_empty());
        assert!(used(ONE_CPU, "pods: 1, limits.cpu: 0, requests.memory: 0").is_empty());
        let gpu = "containers: [{name: a, resources: {limits: {nvidia.com/gpu: 2}}}]";
        assert!(!used(gpu, "requests.nvidia.com/gpu: 1").is_empty());
    }

    #[test]
    fn scopes() {
        let of = |scope: &str, pod: &str| {
            found(&format!("{scope}, hard: {{pods: 0}}"), "Deployment", "", pod, "").len()
        };
        let (best, timed) = ("containers: [{name: a}]", "activeDeadlineSeconds: 5, containers: []");
        assert_eq!((of("scopes: [BestEffort]", best), of("scopes: [BestEffort]", ONE_CPU)), (1, 0));
        assert_eq!(
            (of("scopes: [NotBestEffort]", best), of("scopes: [NotBestEffort]", ONE_CPU)),
            (0, 1)
        );
        assert_eq!(
            (of("scopes: [Terminating]", timed), of("scopes: [NotTerminating]", timed)),
            (1, 0)
        );
        let high = "priorityClassName: high, containers: []";
        let class = |operator: &str| {
            format!(
                "scopeSelector: {{matchExpressions: [{{scopeName: PriorityClass, operator: {operator}, values: [high]}}]}}"
            )
        };
        assert_eq!((of(&class("In"), high), of(&class("In"), best)), (1, 0));
        assert_eq!((of(&class("NotIn"), high), of(&class("NotIn"), best)), (0, 1));
        assert_eq!((of(&class("Exists"), high), of(&class("DoesNotExist"), high)), (1, 0));
        assert_eq!(
            (of("scopes: [BestEffort, Terminating]", best), of("scopes: [Unheard]", best)),
            (0, 0)
        );
    }

    #[test]
    fn claims_and_services() {
        let template = "replicas: 2, volumeClaimTemplates: [{metadata: {name: d}, spec: {storageClassName: fast, resources: {requests: {storage: 10Gi}}}}],";
        let of =
            |hard: &str| found(&format!("hard: {{{hard}}}"), "StatefulSet", template, ONE_CPU, "");
        assert!(of("requests.storage: 20Gi, persistentvolumeclaims: 2").is_empty());
        assert_eq!(
            of("requests.storage: 19Gi, persistentvolumeclaims: 1"),
            [
                "error spec.hard[requests.storage]: 20Gi is needed at least: StatefulSet/web 2 × 10Gi",
                "error spec.hard[persistentvolumeclaims]: 2 is needed at least: StatefulSet/web 2"
            ]
        );
        assert_eq!(of("fast.storageclass.storage.k8s.io/requests.storage: 1Gi, slow.storageclass.storage.k8s.io/requests.storage: 1Gi").len(), 1);
        let service = "
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, ports: [{port: 1}, {port: 2}]}
";
        for (hard, fires) in [
            ("services.loadbalancers: 0", true),
            ("services.loadbalancers: 1", false),
            ("services.nodeports: 1", true),
            ("services.nodeports: 2", false),
            ("services: 0", true),
            ("count/services: 1", false),
            ("configmaps: 0", false),
            ("count/deployments.apps: 0", true),
            ("count/pods: 0", true),
            ("count/replicasets.apps: 0", false),
        ] {
            let found = found(&format!("hard: {{{hard}}}"), "Deployment", "", ONE_CPU, service);
            assert_eq!(!found.is_empty(), fires, "{hard}: {found:?}");
        }
    }

    #[test]
    fn what_does_not_run_takes_nothing() {
        let job = |spec: &str| {
            findings(
                &RULE,
                &format!(
                    "
apiVersion: v1
kind: ResourceQuota
metadata: {{name: quota}}
spec: {{hard: {{pods: 1}}}}
---
apiVersion: batch/v1
kind: Job
metadata: {{name: job}}
spec: {{{spec} template: {{spec: {{containers: []}}}}}}
"
                ),
            )
            .len()
        };
        assert_eq!(
            (job(""), job("parallelism: 3,"), job("parallelism: 3, completions: 1,")),
            (0, 1, 0)
        );
        assert_eq!(job("parallelism: 3, suspend: true,"), 0);
    }
}

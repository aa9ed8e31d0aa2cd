//! What the objects of a namespace take of its ResourceQuotas, at their smallest and at
//! their largest scale.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;

use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::asked::{add_overhead, nanos, of_pod, shown_amount};
use super::claims::{claim_templates, ephemeral_claims};
use super::quota_scope::{Scope, Traits};
use super::scale_range::{ScaleRange, number, surge};

/// What a namespace uses.
#[derive(Default)]
pub struct Usage {
    /// Of its pods, by what scopes tell apart.
    pods: HashMap<Traits, Sums, RandomState>,
    /// Of all else.
    others: Sums,
}

/// By resource, as quotas name it.
type Sums = BTreeMap<Box<str>, Sum>;

/// How much is used of one resource.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    /// At the smallest scale of all.
    pub least: i128,
    /// At the largest.
    pub most: i128,
    /// The most that one rollout adds to that.
    pub surge: i128,
    /// Who uses the most, the largest first.
    pub largest: Vec<Part>,
}

/// What one object uses.
#[derive(Clone, Debug)]
pub struct Part {
    pub most: i128,
    pub each: i128,
    /// How many times it is used.
    pub count: ScaleRange,
    /// `StatefulSet/web`.
    pub owner: Box<str>,
}

/// How many parts are told of.
const TOLD: usize = 3;

/// Pods, and those that a rollout adds.
struct Pods {
    count: ScaleRange,
    surge: i64,
}

impl Usage {
    pub fn of(scene: &Scene<'_>, namespace: &str) -> Usage {
        let mut usage = Usage::default();
        for pod in scene.pods_in(namespace) {
            usage.add_pod(scene, pod);
        }
        for claim in scene.in_namespace("", "PersistentVolumeClaim", namespace) {
            // The claims of a cluster come from the templates that are counted.
            if !claim.is_from_cluster() {
                usage.add_claim(claim, claim.content, ONCE);
            }
        }
        for service in scene.in_namespace("", "Service", namespace) {
            usage.add_service(service);
        }
        usage
    }

    /// What a quota with these scopes counts of a resource.
    pub fn sum(&self, scopes: &[Scope], resource: &str) -> Sum {
        let mut used = Sum::default();
        for (traits, sums) in &self.pods {
            if scopes.iter().all(|scope| scope.takes(traits)) {
                sums.get(resource).into_iter().for_each(|sum| used.merge(sum));
            }
        }
        if scopes.is_empty() {
            self.others.get(resource).into_iter().for_each(|sum| used.merge(sum));
        }
        // The order of a hash map is nobody's business.
        used.largest.sort_by(|a, b| b.most.cmp(&a.most).then_with(|| a.owner.cmp(&b.owner)));
        used.largest.truncate(TOLD);
        used
    }

    fn add_pod(&mut self, scene: &Scene<'_>, pod: &Pod<'_>) {
        let Some(Pods { count, surge }) = pods_at_once(scene, pod) else { return };
        let mut asked = of_pod(pod, scene.bounds_in(pod.namespace));
        let traits = Traits::of(scene, pod, &asked);
        add_overhead(&mut asked, scene, pod);
        let owner = pod.owner;
        let sums = self.pods.entry(traits).or_default();
        sums.entry("pods".into()).or_default().add(owner, ONE, count, surge);
        for (side, amounts) in [("requests", asked.requests), ("limits", asked.limits)] {
            for (resource, each) in amounts {
                let name = format!("{side}.{resource}").into();
                sums.entry(name).or_default().add(owner, each, count, surge);
            }
        }
        for template in claim_templates(owner) {
            self.add_claim(owner, template, count);
        }
        for claim in ephemeral_claims(pod) {
            self.add_claim(owner, claim, count);
        }
    }

    fn add_claim(&mut self, owner: &Subject<'_>, claim: &Value, count: ScaleRange) {
        let Some(spec) = claim.get("spec") else { return };
        let size = spec.get("resources").and_then(|r| r.get("requests")?.get("storage"));
        let size = size.and_then(nanos).unwrap_or_default();
        let mut add = |name: &str, each: i128| {
            self.others.entry(name.into()).or_default().add(owner, each, count, 0);
        };
        add("persistentvolumeclaims", ONE);
        add("requests.storage", size);
        if let Some(class) = spec.get("storageClassName").and_then(Value::as_str) {
            let of_class = format!("{class}.storageclass.storage.k8s.io");
            add(&format!("{of_class}/persistentvolumeclaims"), ONE);
            add(&format!("{of_class}/requests.storage"), size);
        }
    }

    fn add_service(&mut self, service: &Subject<'_>) {
        let mut add = |name: &str, each: i128| {
            self.others.entry(name.into()).or_default().add(service, each, ONCE, 0);
        };
        add("services", ONE);
        let Some(spec) = service.content.get("spec") else { return };
        let kind = spec.word("type");
        let allocates =
            !matches!(spec.get("allocateLoadBalancerNodePorts"), Some(Value::Bool(false)));
        if kind == "LoadBalancer" {
            add("services.loadbalancers", ONE);
        }
        if let Some(Value::List(ports)) = spec.get("ports")
            && (kind == "NodePort" || kind == "LoadBalancer" && allocates)
        {
            add("services.nodeports", ONE.saturating_mul(ports.len().try_into().unwrap_or(0)));
        }
    }
}

/// One object, in billionths.
const ONE: i128 = 1_000_000_000;

const ONCE: ScaleRange = ScaleRange { least: 1, most: 1 };

/// The pods of a workload, where one can tell.
fn pods_at_once(scene: &Scene<'_>, pod: &Pod<'_>) -> Option<Pods> {
    let owner = pod.owner;
    if owner.is_made() {
        return None;
    }
    if let Some(count) = scene.scale_of(pod) {
        return Some(Pods { count, surge: surge(owner, count.most) });
    }
    let spec = owner.content.get("spec")?;
    let of_job = |spec: &Value| {
        let parallel = number(spec.get("parallelism")).unwrap_or(1);
        parallel.min(number(spec.get("completions")).unwrap_or(parallel))
    };
    let suspended = matches!(spec.get("suspend"), Some(Value::Bool(true)));
    let (least, most) = match owner.kind() {
        "Job" | "CronJob" if suspended => (0, 0),
        "Job" => (of_job(spec), of_job(spec)),
        "CronJob" => (0, of_job(spec.get("jobTemplate")?.get("spec")?)),
        // One at least: how many nodes there are nobody says.
        "DaemonSet" => (1, 1),
        _ => return None,
    };
    Some(Pods { count: ScaleRange { least, most }, surge: 0 })
}

impl Sum {
    fn add(&mut self, owner: &Subject<'_>, each: i128, count: ScaleRange, surge: i64) {
        let times = |count: i64| each.saturating_mul(count.into());
        self.least = self.least.saturating_add(times(count.least));
        self.most = self.most.saturating_add(times(count.most));
        self.surge = self.surge.max(times(surge));
        let most = times(count.most);
        let is_large = self.largest.len() < TOLD || self.largest.iter().any(|p| p.most < most);
        if is_large && most > 0 {
            let owner = owner.identity.to_string().into();
            self.largest.push(Part { most, each, count, owner });
            self.largest.sort_by_key(|part| std::cmp::Reverse(part.most));
            self.largest.truncate(TOLD);
        }
    }

    fn merge(&mut self, other: &Sum) {
        self.least = self.least.saturating_add(other.least);
        self.most = self.most.saturating_add(other.most);
        self.surge = self.surge.max(other.surge);
        self.largest.extend(other.largest.iter().cloned());
    }

    /// Who uses it: `StatefulSet/web 10 × 500m, Deployment/api 2 × 1`.
    pub fn users(&self, resource: &str, count: impl Fn(&Part) -> i64) -> String {
        let part = |part: &Part| {
            let each = shown_amount(resource, part.each);
            match (count(part), each.as_str()) {
                (1, each) => format!("{} {each}", part.owner),
                (count, "1") => format!("{} {count}", part.owner),
                (count, each) => format!("{} {count} × {each}", part.owner),
            }
        };
        let used = self.largest.iter().filter(|part| count(part) > 0);
        let parts: Vec<String> = used.map(part).collect();
        parts.join(", ")
    }
}

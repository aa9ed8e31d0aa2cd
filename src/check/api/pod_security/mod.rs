//! Pod Security: what the labels of a Namespace forbid its pods. The checks are those of
//! the Pod Security Standards, and other rules may ask for them too.

mod baseline;
mod containers;
mod restricted;

use std::collections::HashSet;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::scalar::KubernetesVersion;

pub static RULE: Rule = Rule {
    name: "api/pod-security",
    weight: Weight::ERROR,
    summary: "a pod that the Pod Security level of its Namespace forbids",
    page: "The label `pod-security.kubernetes.io/enforce` of a Namespace says what its pods may do: `baseline` forbids what reaches into the node, and `restricted` also asks for pods without root, without capabilities and with a seccomp profile. A server refuses pods that do not keep to it. A Deployment or another workload is taken, but it never gets its pods. Where the Namespace only has the label `warn`, this is a warning.

What `restricted` asks for: `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}` for the pod, and `allowPrivilegeEscalation: false` and `capabilities: {drop: [ALL]}` for each container.",
    bad: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: baseline}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {privileged: true}
",
    good: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext:
        allowPrivilegeEscalation: false
        capabilities: {drop: [ALL]}
",
    look: Look::Pod(look),
};

/// How much is forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Privileged,
    Baseline,
    Restricted,
}

/// Which version of the standards is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// A minor version of Kubernetes.
    Minor(u32),
    Latest,
}

/// What a pod does that a level forbids.
pub struct Breach<'a> {
    pub at: At<'a>,
    pub message: String,
    pub help: &'static str,
}

/// A pod that is looked at, and what was found so far.
struct Check<'a> {
    /// What holds its `metadata` and its `spec`.
    holder: At<'a>,
    spec: At<'a>,
    level: Level,
    /// The minor version of Kubernetes whose standards are asked for.
    minor: u32,
    found: Vec<Breach<'a>>,
}

impl Level {
    /// `ParseLevel`.
    pub fn parse(text: &str) -> Option<Level> {
        Some(match text {
            "privileged" => Level::Privileged,
            "baseline" => Level::Baseline,
            "restricted" => Level::Restricted,
            _ => return None,
        })
    }

    pub fn word(self) -> &'static str {
        match self {
            Level::Privileged => "privileged",
            Level::Baseline => "baseline",
            Level::Restricted => "restricted",
        }
    }
}

impl Version {
    /// `ParseVersion`.
    pub fn parse(text: &str) -> Option<Version> {
        if text == "latest" {
            return Some(Version::Latest);
        }
        let digits = text.strip_prefix("v1.")?;
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let has_no_zero = digits == "0" || !digits.starts_with('0');
        // What is too large to be told is newer than any.
        (is_plain && has_no_zero && !digits.is_empty())
            .then(|| digits.parse().map_or(Version::Latest, Version::Minor))
    }

    /// A server knows the standards of its own version, and of those before it.
    fn on(self, kubernetes: KubernetesVersion) -> u32 {
        let newest = u32::from(kubernetes.minor());
        match self {
            Version::Minor(minor) => minor.min(newest),
            Version::Latest => newest,
        }
    }
}

/// What a level forbids of a pod. `holder` has its `metadata` and its `spec`.
pub fn breaches<'a>(
    holder: At<'a>,
    level: Level,
    version: Version,
    kubernetes: KubernetesVersion,
) -> Vec<Breach<'a>> {
    let mut check = Check {
        holder,
        spec: holder.field("spec"),
        level,
        minor: version.on(kubernetes),
        found: Vec::new(),
    };
    if level >= Level::Baseline {
        baseline::look(&mut check);
    }
    if level >= Level::Restricted {
        restricted::look(&mut check);
    }
    check.found
}

impl<'a> Check<'a> {
    fn forbid(&mut self, at: At<'a>, message: impl Into<String>, help: &'static str) {
        self.found.push(Breach { at, message: message.into(), help });
    }

    /// From 1.25 on, what Windows does not have is not asked of its pods.
    fn is_spared_for_windows(&self) -> bool {
        self.minor >= 25 && self.spec.down(&["os", "name"]).text() == Some("windows")
    }

    /// From 1.35 on, a pod that has users of its own may be root among them:
    /// `relaxPolicyForUserNamespacePod`.
    fn has_own_users(&self) -> bool {
        self.minor >= 35 && self.spec.field("hostUsers").flag() == Some(false)
    }
}

/// Which level a Namespace asks for in one mode, if any.
fn asked(namespace: &Subject<'_>, mode: &'static str) -> Option<(Level, Version)> {
    let labels = namespace.content.get("metadata")?.get("labels")?;
    let label = |name: &str| labels.get(&format!("pod-security.kubernetes.io/{name}"))?.as_str();
    // What is no level counts as the strictest: `PolicyToEvaluate`.
    let level = Level::parse(label(mode)?).unwrap_or(Level::Restricted);
    let version = label(&format!("{mode}-version")).and_then(Version::parse);
    Some((level, version.unwrap_or(Version::Latest)))
}

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let Some(namespace) = scene.find_in_cluster("", "Namespace", pod.namespace) else { return };
    let holder = pod.holder(spec.object());
    let kubernetes = scene.settings.kubernetes;
    let mut said = HashSet::new();
    if let Some((level, version)) = asked(namespace, "enforce") {
        for breach in breaches(holder, level, version, kubernetes) {
            said.insert(breach.at.field_text());
            breach.at.fault_with(message(pod, "enforces", level, &breach), breach.help);
        }
    }
    if let Some((level, version)) = asked(namespace, "warn") {
        for breach in breaches(holder, level, version, kubernetes) {
            if !said.contains(&breach.at.field_text()) {
                breach.at.warn_with(message(pod, "warns of", level, &breach), breach.help);
            }
        }
    }
}

fn message(pod: &Pod<'_>, how: &str, level: Level, breach: &Breach<'_>) -> String {
    format!("{}: the namespace `{}` {how} `{}`", breach.message, pod.namespace, level.word())
}

#[cfg(test)]
mod tests;

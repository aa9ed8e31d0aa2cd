//! Whether the target has the version of the API that an object is written in: versions
//! that are gone, that are yet to come, and those that will not stay.

mod built_in;
mod custom;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::diagnostic::{choices, nearest};
use crate::object::kinds;
use crate::scalar::{DnsName, Scalar, ServiceName};

use self::built_in::{NEVER, Version};
use self::custom::{Former, State};

use super::formats::shown;

pub static RULE: Rule = Rule {
    name: "api/removed-version",
    weight: Weight::ERROR,
    summary: "an API version that the target does not have, or will lose",
    page: "Kubernetes drops old API versions: a manifest that worked for years is refused after an upgrade. A later version often wants other fields too, which the message names. The target is what the project, or `--kubernetes`, says. Versions that still work but are deprecated are warnings.

Operators do the same with their custom resources. What is known of them is what their projects publish today: an older operator may still serve a version that is gone.",
    bad: "
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            backend: {serviceName: web, servicePort: 80}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
",
    look: Look::Validation,
};

/// What is known of a kind in its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The target may have it.
    Served,
    /// The target does not have it, which was said.
    Refused,
    /// It is no object of a cluster, which was said.
    File,
    /// Nothing speaks against it, and nothing for it.
    Unknown,
}

/// Whether Kubernetes had such a kind, though it has none of its group today.
pub fn is_of_kubernetes(api_version: &str, kind: &str) -> bool {
    built_in::find(api_version, kind).is_some()
}

/// Says what is known of the version of one of Kubernetes' own kinds.
pub fn of_built_in<'a>(scene: &Scene<'a>, object: At<'a>) -> Known {
    let at = object.under(&RULE).field("apiVersion");
    let kind = object.subject().kind();
    let Some(version) = built_in::find(at.text_or_empty(), kind) else { return Known::Unknown };
    let target = scene.settings.kubernetes;
    let minor = target.minor();
    let instead = version.replacement(kind, minor);
    if version.until <= minor {
        at.fault_with(
            format!(
                "Kubernetes has no {kind} in {} since 1.{}",
                version.api_version, version.until
            ),
            advice(&instead, version.change),
        );
        return Known::Refused;
    }
    if version.since > minor {
        let message = format!(
            "Kubernetes has {kind} in {} from 1.{} on, the target is {target}",
            version.api_version, version.since
        );
        match earlier(version, kind, minor) {
            Some(earlier) => at.fault_with(message, format!("write `{earlier}`")),
            None => at.fault(message),
        }
        return Known::Refused;
    }
    if version.deprecated <= minor {
        let until = match version.until {
            NEVER => String::new(),
            until => format!(", and 1.{until} has it no longer"),
        };
        at.warn_with(
            format!(
                "{kind} in {} is deprecated since Kubernetes 1.{}{until}",
                version.api_version, version.deprecated
            ),
            advice(&instead, version.change),
        );
    } else if version.is_off_by_default() {
        at.warn_with(
            format!("a server has {} only where it was switched on", version.api_version),
            advice(&instead, version.change),
        );
    }
    Known::Served
}

/// The version of a kind that the target has while it does not have a later one.
fn earlier(version: &Version, kind: &str, minor: u8) -> Option<&'static str> {
    let served = |one: &&Version| {
        one.kinds.contains(&kind)
            && kinds::group(one.api_version) == kinds::group(version.api_version)
            && (one.since..one.until).contains(&minor)
    };
    built_in::VERSIONS.iter().rfind(served).map(|one| one.api_version)
}

impl Version {
    /// What the target has instead.
    fn replacement(&self, kind: &str, minor: u8) -> String {
        let there = built_in::find(self.instead, kind)
            .is_none_or(|version| (version.since..version.until).contains(&minor));
        match self.instead {
            "" => String::new(),
            "discovery.k8s.io/v1" if kind == "Endpoints" => {
                "write an EndpointSlice in `discovery.k8s.io/v1`".to_owned()
            }
            instead if there => format!("write `{instead}`"),
            _ => String::new(),
        }
    }
}

/// What to do about a version.
fn advice(instead: &str, change: &str) -> String {
    match (instead, change) {
        ("", "") => "nothing takes its place".to_owned(),
        ("", change) => change.to_owned(),
        (instead, "") => instead.to_owned(),
        (instead, change) => format!("{instead}; {change}"),
    }
}

/// Says what is known of the kind of a custom resource, and of its version.
pub fn of_custom<'a>(scene: &Scene<'a>, object: At<'a>) -> Known {
    let subject = object.subject();
    let at = object.under(&RULE).field("apiVersion");
    let (group, version) = at.text_or_empty().split_once('/').unwrap_or_default();
    let kind = subject.kind();
    if let Some(tool) = custom::tool(group) {
        at.warn(format!("this is a file that {tool} reads, not an object of a cluster"));
        return Known::File;
    }
    if is_defined(scene, group, kind) {
        return Known::Served;
    }
    if let Some(former) = custom::former(group, version, kind) {
        return of_former(at, kind, former);
    }
    if !may_be_defined(object) {
        return Known::Refused;
    }
    of_known_group(object, group, version)
}

fn of_former(at: At<'_>, kind: &str, former: &Former) -> Known {
    let help = advice(&format!("write `{}`", former.instead), former.change);
    let written = at.text_or_empty();
    match former.state {
        State::Gone(since) => {
            at.fault_with(format!("there is no {kind} in {written} since {since}"), help);
            Known::Refused
        }
        State::Deprecated(why) => {
            at.warn_with(format!("{kind} in {written} is deprecated: {why}"), help);
            Known::Served
        }
    }
}

/// Whether objects that are applied with it define its kind.
fn is_defined<'a>(scene: &Scene<'a>, group: &str, kind: &str) -> bool {
    scene.definition(group, kind).is_some_and(|found| !found.is_own)
}

/// Whether any definition could have such a kind: `ValidateCustomResourceDefinition`.
pub fn may_be_defined(object: At<'_>) -> bool {
    let at = object.under(&super::decoding::RULE);
    let (api_version, kind) = (at.field("apiVersion"), at.field("kind"));
    let written = api_version.text_or_empty();
    let (group, version) = written.split_once('/').unwrap_or_default();
    let help = "an API version is a group and a version, such as `apps/v1`";
    let is_group = DnsName::parse(group).is_ok() && group.contains('.');
    if !is_group || ServiceName::parse(version).is_err() {
        api_version.fault_with(format!("no API has the version {}", shown(written)), help);
        return false;
    }
    let name = kind.text_or_empty();
    if ServiceName::parse(&name.to_ascii_lowercase()).is_err() {
        kind.fault_with(
            format!("no API has a kind {}", shown(name)),
            "a kind is a word of letters and digits, such as `Deployment`",
        );
        return false;
    }
    true
}

/// Whether a well known project has such a kind in such a version.
fn of_known_group<'a>(object: At<'a>, group: &str, version: &str) -> Known {
    let Some(known) = custom::group(group) else { return Known::Unknown };
    let at = object.under(&super::decoding::RULE);
    let (api_version, kind) = (at.field("apiVersion"), at.field("kind"));
    let name = kind.text_or_empty();
    let Some(found) = known.kinds.iter().find(|kind| kind.name == name) else {
        // What is known here may be older than what the cluster has.
        let Some(near) = nearest(name, known.kinds.iter().map(|kind| kind.name)) else {
            return Known::Unknown;
        };
        let message = format!("the definitions of {group} have no kind {}", shown(name));
        let help =
            format!("did you mean `{near}`? If there is one, give its definition with `--crds`");
        kind.fault_with(message, help);
        return Known::Refused;
    };
    if !found.versions.contains(&version) {
        let versions = found.versions.iter().copied();
        api_version.fault_with(
            format!("the definitions of {group} have no {name} in {}", shown(version)),
            format!("it is in {}", choices(versions)),
        );
        return Known::Refused;
    }
    Known::Served
}

#[cfg(test)]
mod tests {
    use crate::check::rule::Severity::{Error, Warning};
    use crate::check::settings::Settings;
    use crate::check::testing::{found_by, refused};
    use crate::scalar::{KubernetesVersion, Scalar};

    fn object(version: &str, kind: &str) -> String {
        format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\n")
    }

    #[test]
    fn versions_come_and_go_with_the_target() {
        let flow = ("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema");
        let policy = ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy");
        for ((version, kind), target, expected) in [
            (("extensions/v1beta1", "Ingress"), "1.27", Some(Error)),
            (("policy/v1beta1", "PodSecurityPolicy"), "1.36", Some(Error)),
            (("batch/v1", "CronJob"), "1.27", None),
            (flow, "1.28", None),
            (flow, "1.29", Some(Warning)),
            (flow, "1.31", Some(Warning)),
            (flow, "1.32", Some(Error)),
            (policy, "1.29", Some(Error)),
            (policy, "1.30", None),
            (("resource.k8s.io/v1beta1", "DeviceClass"), "1.34", Some(Warning)),
            (("resource.k8s.io/v1", "DeviceClass"), "1.33", Some(Error)),
            (("v1", "Endpoints"), "1.32", None),
            (("v1", "Endpoints"), "1.33", Some(Warning)),
            (("external-secrets.io/v1beta1", "ExternalSecret"), "1.36", Some(Error)),
            (("external-secrets.io/v1", "ExternalSecret"), "1.36", None),
            (("gateway.networking.k8s.io/v1beta1", "HTTPRoute"), "1.36", Some(Warning)),
            (("gateway.networking.k8s.io/v1beta1", "ReferenceGrant"), "1.36", None),
            (("gateway.networking.k8s.io/v1alpha2", "TCPRoute"), "1.36", None),
            (("karpenter.sh/v1alpha5", "Provisioner"), "1.36", Some(Warning)),
            (("kustomize.config.k8s.io/v1beta1", "Kustomization"), "1.36", Some(Warning)),
            (("example.org/v1", "Widget"), "1.36", None),
        ] {
            let kubernetes = KubernetesVersion::parse(target).unwrap();
            let settings = Settings { kubernetes, ..Settings::default() };
            let found = found_by("api/removed-version", &object(version, kind), &settings);
            let found: Vec<_> = found.into_iter().map(|(severity, _)| severity).collect();
            assert_eq!(found, Vec::from_iter(expected), "{kind} in {version} for {target}");
        }
    }

    #[test]
    fn what_no_api_can_be_called() {
        for (version, kind, fields) in [
            ("example.org/v1", "Widget", vec![]),
            ("example.org/v1", "UPPER", vec![]),
            ("a/b", "Widget", vec!["apiVersion"]),
            ("../up", "Widget", vec!["apiVersion"]),
            ("example.org/1", "Widget", vec!["apiVersion"]),
            ("example.org/v1", "a.b", vec!["kind"]),
            ("example.org/v1", "dash-", vec!["kind"]),
            ("argoproj.io/v1alpha1", "Rolout", vec!["kind"]),
            ("cert-manager.io/v2", "Certificate", vec!["apiVersion"]),
            ("apps/v1", "Deploymnt", vec!["kind"]),
            ("apps/v2", "Deployment", vec!["apiVersion"]),
            ("1", "Widget", vec!["apiVersion"]),
        ] {
            assert_eq!(refused(&object(version, kind)), fields, "{kind} in {version}");
        }
    }

    #[test]
    fn a_definition_beside_it_is_believed() {
        let definition = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: rolouts.argoproj.io}
spec:
  group: argoproj.io
  names: {kind: Rolout, plural: rolouts, singular: rolout}
  scope: Namespaced
  versions:
    - name: v9
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
---";
        assert_eq!(refused(&object("argoproj.io/v9", "Rolout")), ["kind"]);
        let both = format!("{definition}\n{}", object("argoproj.io/v9", "Rolout"));
        assert!(refused(&both).is_empty());
    }

    #[test]
    fn a_kind_that_may_be_new_is_unchecked() {
        let new = object("argoproj.io/v1alpha1", "BrandNew");
        assert!(refused(&new).is_empty());
        let found = found_by("api/unchecked", &new, &Settings::default());
        assert_eq!(found.len(), 1);
    }
}

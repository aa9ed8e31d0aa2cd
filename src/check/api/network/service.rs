//! Services: `ValidateService`.

mod addresses;
mod exposure;
mod ports;
mod warnings;

use crate::check::api::selector::validate_labels;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "api/service",
    weight: Weight::ERROR,
    summary: "a Service that a server refuses",
    page: "A Service gives pods one name and one address. A server wants to know each port by its number, and by a name where there are more than one; and it takes the fields of a type (`nodePort`, `externalName`, `loadBalancerSourceRanges`) only where the Service is of that type.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - {port: 80}
    - {port: 443}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - {name: http, port: 80}
    - {name: https, port: 443}
",
    look: Look::Validation,
};

/// What a Service does, as far as it decides which fields may be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    ClusterIp,
    NodePort,
    LoadBalancer,
    ExternalName,
    /// None that there is.
    Unknown,
}

impl Type {
    fn of(spec: At<'_>) -> Type {
        match spec.field("type").text_or("ClusterIP") {
            "ClusterIP" => Type::ClusterIp,
            "NodePort" => Type::NodePort,
            "LoadBalancer" => Type::LoadBalancer,
            "ExternalName" => Type::ExternalName,
            _ => Type::Unknown,
        }
    }
}

pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let kind = Type::of(spec);
    let minor = scene.settings.kubernetes.minor();
    if kind == Type::Unknown {
        let types = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];
        spec.field("type").must_be_one_of(&types);
    }
    addresses::validate(spec, kind);
    ports::validate(spec, kind);
    validate_labels(spec.field("selector"));
    validate_affinity(spec);
    exposure::validate(object, spec, kind, minor);
    validate_topology(object);
    warnings::warn(object, spec, kind, minor);
}

/// A server fills in the timeout, and drops it where it does nothing.
fn validate_affinity(spec: At<'_>) {
    let affinity = spec.field("sessionAffinity");
    match affinity.text_or("None") {
        "None" => {}
        "ClientIP" => {
            let config = spec.field("sessionAffinityConfig").field("clientIP");
            config.field("timeoutSeconds").must_be_within(1, 86_400);
        }
        _ => {
            affinity.must_be_one_of(&["ClientIP", "None"]);
        }
    }
}

/// The old and the new name of one annotation must say the same.
fn validate_topology(object: At<'_>) {
    let annotations = object.field("metadata").field("annotations");
    let old = annotations.key("service.kubernetes.io/topology-aware-hints");
    let new = annotations.key("service.kubernetes.io/topology-mode");
    if old.is_set() && new.is_set() && old.text() != new.text() {
        new.fault_with(
            "it says otherwise than `service.kubernetes.io/topology-aware-hints`",
            "drop the older one",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::{findings_for, found_by, refused};
    use crate::scalar::{KubernetesVersion, Scalar};

    fn service(spec: &str) -> String {
        format!("{{apiVersion: v1, kind: Service, metadata: {{name: web}}, spec: {spec}}}")
    }

    fn warned(manifest: &str) -> Vec<String> {
        let found = found_by("api/server-warning", manifest, &Settings::default());
        found.into_iter().map(|(_, field)| field).collect()
    }

    fn accepts(specs: &[&str]) {
        for spec in specs {
            assert_eq!(refused(&service(spec)), <[&str; 0]>::default(), "{spec}");
        }
    }

    fn refuses(cases: &[(&str, &[&str])]) {
        for (spec, fields) in cases {
            assert_eq!(refused(&service(spec)), *fields, "{spec}");
        }
    }

    #[test]
    fn ports() {
        accepts(&[
            "{ports: [{port: 80, targetPort: http}]}",
            "{ports: [{port: 80, targetPort: 0}, ]}",
            "{ports: [{name: a, port: 53, protocol: TCP}, {name: b, port: 53, protocol: UDP}]}",
            "{clusterIP: None}",
            "{clusterIPs: [None], clusterIP: None}",
            "{type: ExternalName, externalName: db.example.com.}",
            "{type: NodePort, ports: [{port: 80, nodePort: 31000}]}",
            "{type: ExternalName, externalName: a.b, ports: [{port: 80, nodePort: 31000}]}",
        ]);
        refuses(&[
            ("{}", &["spec.ports"]),
            ("{ports: [{port: 80, targetPort: '80'}]}", &["spec.ports[0].targetPort"]),
            ("{ports: [{port: 80, targetPort: 70000}]}", &["spec.ports[0].targetPort"]),
            ("{ports: [{port: 80}, {name: b, port: 81}]}", &["spec.ports[0].name"]),
            ("{ports: [{name: a.b, port: 80}]}", &["spec.ports[0].name"]),
            ("{ports: [{name: a, port: 80}, {name: b, port: 80}]}", &["spec.ports[1]"]),
            ("{ports: [{port: 80, nodePort: 31000}]}", &["spec.ports[0].nodePort"]),
            ("{ports: [{port: 80, appProtocol: /x}]}", &["spec.ports[0].appProtocol"]),
        ]);
    }

    #[test]
    fn addresses() {
        accepts(&[
            "{clusterIP: 10.0.0.9, ports: [{port: 1}]}",
            "{clusterIP: 10.0.0.9, clusterIPs: [10.0.0.9], ipFamilies: [IPv4], ports: [{port: 1}]}",
            "{clusterIP: 10.0.0.9, clusterIPs: [10.0.0.9, 'fd00::9'], ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack, ports: [{port: 1}]}",
            "{clusterIP: None, ipFamilies: [IPv4, IPv6]}",
        ]);
        refuses(&[
            ("{clusterIP: 10.0.0.300, ports: [{port: 1}]}", &["spec.clusterIPs[0]"]),
            ("{clusterIPs: [10.0.0.9], ports: [{port: 1}]}", &["spec.clusterIPs"]),
            (
                "{clusterIP: 10.0.0.9, clusterIPs: [10.0.0.8], ports: [{port: 1}]}",
                &["spec.clusterIPs"],
            ),
            (
                "{clusterIP: 10.0.0.9, ipFamilies: [IPv6], ports: [{port: 1}]}",
                &["spec.clusterIPs[0]"],
            ),
            ("{ipFamilies: [IPv4, IPv6], ports: [{port: 1}]}", &["spec.ipFamilyPolicy"]),
            ("{type: NodePort, clusterIP: None}", &["spec.clusterIPs[0]"]),
            ("{type: ExternalName, externalName: a.b, clusterIP: None}", &["spec.clusterIPs"]),
        ]);
    }

    #[test]
    fn exposure() {
        accepts(&[
            "{type: LoadBalancer, loadBalancerSourceRanges: [' 10.0.0.0/8 '], ports: [{port: 1}]}",
            "{externalIPs: [192.0.2.1], externalTrafficPolicy: Local, ports: [{port: 1}]}",
            "{type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 31000, ports: [{port: 1}]}",
            "{externalTrafficPolicy: '', ports: [{port: 1}]}",
        ]);
        refuses(&[
            (
                "{loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 1}]}",
                &["spec.LoadBalancerSourceRanges"],
            ),
            ("{externalTrafficPolicy: Local, ports: [{port: 1}]}", &["spec.externalTrafficPolicy"]),
            ("{externalIPs: [127.0.0.1], ports: [{port: 1}]}", &["spec.externalIPs[0]"]),
            ("{externalIPs: [010.0.0.1], ports: [{port: 1}]}", &["spec.externalIPs[0]"]),
            ("{internalTrafficPolicy: '', ports: [{port: 1}]}", &["spec.internalTrafficPolicy"]),
        ]);
    }

    #[test]
    fn older_versions_know_less() {
        let ports = "ports: [{port: 1}], trafficDistribution";
        let at = |minor: &str, word: &str| {
            let kubernetes = KubernetesVersion::parse(minor).unwrap();
            let settings = Settings { kubernetes, ..Settings::default() };
            findings_for(&service(&format!("{{{ports}: {word}}}")), &settings).len()
        };
        assert_eq!((at("1.33", "PreferClose"), at("1.33", "PreferSameZone")), (0, 1));
        assert_eq!((at("1.36", "PreferClose"), at("1.36", "PreferSameZone")), (1, 0));
    }

    #[test]
    fn warnings() {
        let warns = |spec: &str| warned(&service(spec));
        assert_eq!(warns("{externalIPs: [192.0.2.1], ports: [{port: 1}]}"), ["spec.externalIPs"]);
        assert_eq!(warns("{clusterIP: 'FD00::0:9', ports: [{port: 1}]}"), ["spec.clusterIP"]);
        assert_eq!(warns("{clusterIP: None, sessionAffinity: ClientIP}"), ["spec.sessionAffinity"]);
        assert_eq!(warns("{externalName: a.b, ports: [{port: 1}]}"), ["spec.externalName"]);
    }
}

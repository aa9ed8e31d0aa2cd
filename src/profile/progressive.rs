//! How a Rollout of Argo moves from one version to the next: step by step, or
//! from one colour to the other.

use crate::scalar::{
    DnsName, Duration, IntOrPercent, Percentage, PortNumber, Scalar, ServiceName, Surge,
};
use crate::source::Place;
use crate::tree::{Content, Node};

use super::analysis::ArgumentName;
use super::decode::{At, Decode, Named, Raw};
use super::shape::{Shape, choice, record, scalars};
use super::words::FieldPath;
use super::workload::Workload;

record! {
    /// A new version that gets a growing share of the work.
    "canary" pub struct Canary {
        /// What happens, one after another; all at once where nothing is said.
        steps "steps": Vec<At<Step>>, eg "[10%, pause 2m, 50%, {analysis: success-rate}]";
        /// How many pods there may be beyond the wanted number; Argo's 25% where nothing is said.
        max_surge "maxSurge": Option<At<Surge>>, eg "1"|"25%";
        /// How many pods may be missing meanwhile; Argo's 25% where nothing is said.
        max_unavailable "maxUnavailable": Option<At<IntOrPercent>>, eg "0";
        /// The workload's Service that leads to the stable version.
        stable_service "stableService": Option<At<ServiceName>>, else "with `trafficRouting` its one Service, or one of its own", eg "web";
        /// The workload's Service that leads to the new version.
        canary_service "canaryService": Option<At<ServiceName>>, else "with `trafficRouting` the stable Service's name and `-canary`", eg "web-canary";
        /// Who divides the traffic. Without one the share is a number of pods.
        traffic_routing "trafficRouting": Option<At<TrafficRouting>>, eg "{nginx: main}";
        /// Analyses that run beside the steps.
        analysis "analysis": Option<At<BackgroundAnalysis>>, eg "success-rate";
        /// How long the old pods stay once the new version has all traffic. With `trafficRouting`.
        scale_down_delay "scaleDownDelay": Option<At<Duration>>, eg "30s";
        /// How long the new pods stay once it was given up; 0 for ever.
        abort_scale_down_delay "abortScaleDownDelay": Option<At<Duration>>, eg "30s";
        /// Whether the old version has fewer pods as its share shrinks. With `trafficRouting`.
        dynamic_stable_scale "dynamicStableScale": Option<At<bool>>;
    }
    short "steps";
    hint "stable" => "did you mean `stableService`?";
    hint "canary" => "did you mean `canaryService`?";
    hint "scaleDownDelaySeconds" => "write it as `scaleDownDelay: 30s`";
    hint "abortScaleDownDelaySeconds" => "write it as `abortScaleDownDelay: 30s`";
}

record! {
    /// One step of a canary.
    "step" pub struct CanaryStep {
        /// The share that the new version has from here on.
        weight "weight": Option<At<Weight>>, eg "10%";
        /// A wait of some time, or until somebody promotes.
        pause "pause": Option<At<Pause>>, eg "2m"|"forever";
        /// Analyses that must succeed before it goes on.
        analysis "analysis": Option<At<AnalysisUse>>, eg "success-rate";
        /// How many pods the new version has, whatever its share of the traffic is.
        canary_scale "canaryScale": Option<At<CanaryScale>>;
    }
    one_of ["weight", "pause", "analysis", "canaryScale"];
    needs_one "something to do";
    hint "setWeight" => "did you mean `weight`?";
    hint "setCanaryScale" => "did you mean `canaryScale`?";
}

/// A step, written out or as a word.
#[derive(Clone, Debug)]
pub struct Step(pub CanaryStep);

impl Decode for Step {
    fn shape() -> Shape {
        Shape::OneOf(&[StepWord::shape, CanaryStep::shape])
    }

    fn decode(node: &Node, report: &mut crate::diagnostic::Report) -> Option<Step> {
        let empty = CanaryStep { weight: None, pause: None, analysis: None, canary_scale: None };
        let at = |value| Some(At { value, place: node.place });
        if !matches!(node.content, Content::Scalar(_)) {
            return CanaryStep::decode(node, report).map(Step);
        }
        Some(Step(match StepWord::decode(node, report)? {
            StepWord::Weight(weight) => {
                CanaryStep { weight: Some(At { value: weight, place: node.place }), ..empty }
            }
            StepWord::Pause(time) => {
                let duration = Some(At { value: time, place: node.place });
                CanaryStep { pause: at(Pause { duration }), ..empty }
            }
        }))
    }
}

/// A step in a word or two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StepWord {
    Weight(Weight),
    Pause(PauseTime),
}

impl Scalar for StepWord {
    const NAME: &'static str = "step";
    const DOC: &'static str = "The share of the new version, a pause of some time, or one until somebody promotes: `N%`, `pause DURATION`, `pause`.";
    const EXAMPLES: &'static [&'static str] = &["10%", "pause 2m", "pause"];
    const PATTERN: &'static str = "^([0-9]+%|pause( [0-9a-z.]+)?)$";

    fn parse(text: &str) -> Result<StepWord, String> {
        match text.split_once(' ') {
            None if text == "pause" => Ok(StepWord::Pause(PauseTime(None))),
            Some(("pause", time)) => PauseTime::parse(time).map(StepWord::Pause),
            _ if text.ends_with('%') => Weight::parse(text).map(StepWord::Weight),
            _ => Err("expected `10%`, `pause 2m` or `pause`".to_owned()),
        }
    }
}

/// A share of the traffic or the pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weight {
    pub amount: u32,
    /// Whether it is out of a hundred, whatever the routing counts in.
    pub percent: bool,
}

impl Scalar for Weight {
    const NAME: &'static str = "share";
    const DOC: &'static str =
        "A percentage up to 100%, or a number of what the weights are parts of.";
    const EXAMPLES: &'static [&'static str] = &["10%", "10"];
    const PATTERN: &'static str = "^[0-9]+%?$";

    fn parse(text: &str) -> Result<Weight, String> {
        let percent = text.ends_with('%');
        let written = if percent { text.to_owned() } else { format!("{text}%") };
        let amount = Percentage::parse(&written)?.value();
        match percent && amount > 100 {
            true => Err("is above 100%".to_owned()),
            false => Ok(Weight { amount, percent }),
        }
    }
}

record! {
    /// A wait.
    "pause" pub struct Pause {
        /// How long; until somebody promotes where nothing is said.
        duration "duration": Option<At<PauseTime>>, eg "2m";
    }
    short "duration";
}

/// How long a pause is; none is one until somebody promotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PauseTime(pub Option<Duration>);

impl Scalar for PauseTime {
    const NAME: &'static str = "pause";
    const DOC: &'static str = "A duration in whole seconds, or `forever`: until somebody promotes.";
    const EXAMPLES: &'static [&'static str] = &["2m", "forever"];
    const PATTERN: &'static str = "^(forever|[0-9a-z.]+)$";

    fn parse(text: &str) -> Result<PauseTime, String> {
        if text == "forever" {
            return Ok(PauseTime(None));
        }
        let time = Duration::parse(text)?;
        match time.as_secs_exact() {
            Some(1..) => Ok(PauseTime(Some(time))),
            _ => Err("at least 1s, in whole seconds; or `forever`".to_owned()),
        }
    }
}

record! {
    /// How many pods a new version has. With `trafficRouting` alone.
    "canary scale" pub struct CanaryScale {
        /// A number of pods.
        replicas "replicas": Option<At<u32>>, eg "2";
        /// A share of the wanted number.
        weight "weight": Option<At<Weight>>, eg "25%";
        /// As many as its share of the traffic.
        match_traffic_weight "matchTrafficWeight": Option<At<bool>>;
    }
    one_of ["replicas", "weight", "matchTrafficWeight"];
    needs_one "a number";
}

record! {
    /// Analyses under the profile's `analysis`, and what they are asked about.
    "analysis" pub struct AnalysisUse {
        /// Their names: one, or a list.
        templates "templates": Templates, eg "success-rate"|"[success-rate, latency]";
        /// Values of their arguments.
        args "args": Named<ArgumentName, Argument>, eg "{service: web-canary}";
    }
    short "templates";
    hint "templateName" => "did you mean `templates`?";
    hint "template" => "did you mean `templates`?";
}

record! {
    /// Analyses that run beside the steps of a canary.
    "analysis" pub struct BackgroundAnalysis {
        /// The number of the step with which they start, from 0.
        starting_step "startingStep": Option<At<u32>>, eg "2";
    }
    include analysis: AnalysisUse;
    short "templates";
    hint "templateName" => "did you mean `templates`?";
    hint "template" => "did you mean `templates`?";
}

/// One analysis or several.
#[derive(Clone, Debug)]
pub struct Templates(pub Vec<At<DnsName>>);

impl Decode for Templates {
    fn shape() -> Shape {
        Shape::OneOf(&[DnsName::shape, Vec::<DnsName>::shape])
    }

    fn decode(node: &Node, report: &mut crate::diagnostic::Report) -> Option<Templates> {
        match &node.content {
            Content::List(items) if items.is_empty() => {
                report.error(node.place, "at least one analysis");
                None
            }
            Content::List(_) => Vec::decode(node, report).map(Templates),
            _ => At::decode(node, report).map(|name| Templates(vec![name])),
        }
    }
}

record! {
    /// The value of an analysis's argument.
    "argument" pub struct Argument {
        /// The value itself.
        value "value": Option<At<String>>, eg "web-canary";
        /// The hash of the pods of one of the two versions.
        pod_template_hash "podTemplateHash": Option<At<Version>>;
        /// A field of the Rollout's metadata.
        field "field": Option<At<FieldPath>>, eg "metadata.namespace";
    }
    short "value";
    one_of ["value", "podTemplateHash", "field"];
    needs_one "a value";
}

choice! {
    /// One of the two versions.
    "version" pub enum Version {
        /// The one that runs.
        Stable "Stable",
        /// The new one.
        Latest "Latest",
    }
}

record! {
    /// Who divides the traffic between two versions.
    "traffic routing" pub struct TrafficRouting {
        /// ingress-nginx, which gets a second Ingress.
        nginx "nginx": Option<At<NginxRouting>>, eg "main";
        /// An HTTPRoute of the Gateway API, by Argo's plugin for it.
        gateway "gateway": Option<At<GatewayRouting>>, eg "web";
        /// The load balancer of AWS.
        alb "alb": Option<At<AlbRouting>>;
        /// Istio.
        istio "istio": Option<At<IstioRouting>>, eg "web";
        /// Other plugins by name, each with its own settings.
        plugins "plugins": Option<Raw>;
        /// What the weights are parts of; 100 where nothing is said. For `nginx`, `gateway` and `plugins`.
        max_weight "maxTrafficWeight": Option<At<u32>>, eg "1000";
    }
    one_of ["nginx", "gateway", "alb", "istio", "plugins"];
    companions ["maxTrafficWeight"];
    needs_one "somebody who divides the traffic";
}

record! {
    /// ingress-nginx.
    "routing by nginx" pub struct NginxRouting {
        /// The Ingress that leads to the stable Service.
        ingress "ingress": At<DnsName>, eg "main";
        /// What the annotations of ingress-nginx begin with, where it is not the usual.
        annotation_prefix "annotationPrefix": Option<String>, eg "nginx.ingress.kubernetes.io";
    }
    short "ingress";
    hint "stableIngress" => "did you mean `ingress`?";
}

record! {
    /// An HTTPRoute.
    "routing by a gateway" pub struct GatewayRouting {
        /// The HTTPRoute that leads to both Services.
        http_route "httpRoute": At<DnsName>, eg "web";
    }
    short "httpRoute";
}

record! {
    /// The load balancer of AWS.
    "routing by ALB" pub struct AlbRouting {
        /// The Ingress.
        ingress "ingress": At<DnsName>, eg "main";
        /// The port of the Services.
        service_port "servicePort": At<PortNumber>, eg "80";
        /// The Service that the Ingress names; the stable one where nothing is said.
        root_service "rootService": Option<At<ServiceName>>;
        /// What the annotations begin with, where it is not the usual.
        annotation_prefix "annotationPrefix": Option<String>;
    }
}

record! {
    /// Istio.
    "routing by Istio" pub struct IstioRouting {
        /// The VirtualService that leads to both Services.
        virtual_service "virtualService": At<DnsName>, eg "web";
        /// Its routes by name; its only one where nothing is said.
        routes "routes": Vec<String>, eg "[primary]";
    }
    short "virtualService";
}

record! {
    /// A new version that stands ready beside the old one, and takes over at once.
    "blue/green" pub struct BlueGreen {
        /// The workload's Service that leads to the version in use.
        active_service "activeService": Option<At<ServiceName>>, else "its one Service, or one of its own", eg "web";
        /// The workload's Service that leads to the new version.
        preview_service "previewService": Option<At<ServiceName>>, else "the active Service's name and `-preview`", eg "web-preview";
        /// Whether the new version takes over without being asked; Argo's `true` where nothing is said.
        auto_promotion "autoPromotion": Option<At<bool>>;
        /// How long it waits before it takes over.
        auto_promotion_after "autoPromotionAfter": Option<At<Duration>>, eg "10m";
        /// How many pods the new version has until then; all where nothing is said.
        preview_replicas "previewReplicas": Option<At<u32>>, eg "1";
        /// How long the old pods stay; Argo's 30s where nothing is said.
        scale_down_delay "scaleDownDelay": Option<At<Duration>>, eg "10m";
        /// How long the new pods stay once it was given up; 0 for ever.
        abort_scale_down_delay "abortScaleDownDelay": Option<At<Duration>>, eg "30s";
        /// How many pods may be missing meanwhile.
        max_unavailable "maxUnavailable": Option<At<IntOrPercent>>, eg "0";
        /// Analyses that must succeed before it takes over.
        pre_promotion_analysis "prePromotionAnalysis": Option<At<AnalysisUse>>, eg "smoke";
        /// Analyses that take it back where they fail.
        post_promotion_analysis "postPromotionAnalysis": Option<At<AnalysisUse>>, eg "success-rate";
    }
    hint "active" => "did you mean `activeService`?";
    hint "preview" => "did you mean `previewService`?";
    hint "autoPromotionEnabled" => "did you mean `autoPromotion`?";
    hint "autoPromotionSeconds" => "write it as `autoPromotionAfter: 10m`";
    hint "previewReplicaCount" => "did you mean `previewReplicas`?";
    hint "scaleDownDelaySeconds" => "write it as `scaleDownDelay: 30s`";
}

/// The two Services of a Rollout: the one in use, and the one of the new
/// version. They are names, which may be those of Services yet to derive.
pub struct ServicePair {
    pub current: Option<String>,
    pub next: Option<String>,
}

/// The Services that a Rollout needs, or the place where it cannot be known
/// which of several it is.
pub fn service_pair(name: &str, workload: &Workload) -> Result<ServicePair, Place> {
    let (current, next, suffix, place) = match (&workload.canary, &workload.blue_green) {
        (Some(canary), _) => {
            let pair = (&canary.stable_service, &canary.canary_service);
            let Some(routing) = &canary.traffic_routing else {
                let name = |name: &Option<At<ServiceName>>| name.as_ref().map(|n| n.to_string());
                return Ok(ServicePair { current: name(pair.0), next: name(pair.1) });
            };
            (pair.0, pair.1, "canary", routing.place)
        }
        (None, Some(colours)) => {
            (&colours.active_service, &colours.preview_service, "preview", colours.place)
        }
        (None, None) => return Ok(ServicePair { current: None, next: None }),
    };
    let current = match current {
        Some(written) => written.to_string(),
        None => {
            let suffix = format!("-{suffix}");
            let other = |service: &&ServiceName| match next {
                Some(next) => **service != next.value,
                None => !service.as_str().ends_with(&suffix),
            };
            let services = workload.services.iter();
            let reached = services.filter(|(_, service)| !service.is_headless());
            let mut own = reached.map(|(name, _)| name).filter(other);
            match (own.next(), own.next()) {
                (None, _) => name.to_owned(),
                (Some(only), None) => only.to_string(),
                (Some(_), Some(_)) => return Err(place),
            }
        }
    };
    let next = match next {
        Some(written) => written.to_string(),
        None => format!("{current}-{suffix}"),
    };
    Ok(ServicePair { current: Some(current), next: Some(next) })
}

scalars!(StepWord, Weight, PauseTime);

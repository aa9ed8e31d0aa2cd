//! How a Rollout moves to a new version. The rules are those of Argo's own
//! controller, which would refuse the Rollout only once it runs.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::crd::argo;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::decode::{At, place};
use crate::profile::progressive::{
    BlueGreen, Canary, CanaryScale, Step, TrafficRouting, Weight, service_pair,
};
use crate::profile::workload::Workload;
use crate::scalar::{DnsLabel, ServiceName};

use super::analysis::{analysis_use, background_analysis};
use super::context::{Context, count, seconds};
use super::meta::some_list;
use super::rollout::is_zero;
use super::scaling::int_or_string;
use super::{raw, traffic};

/// The plugin for HTTPRoutes, by the name under which Argo's documentation
/// installs it.
const GATEWAY_PLUGIN: &str = "argoproj-labs/gatewayAPI";

/// The strategy of a Rollout.
pub fn strategy(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    report: &mut Report,
) -> argo::RolloutStrategy {
    let progress = Progress { context, name, workload };
    argo::RolloutStrategy {
        canary: workload.canary.as_ref().map(|canary| progress.canary(canary, report)),
        blue_green: workload
            .blue_green
            .as_ref()
            .and_then(|colours| progress.blue_green(colours, report)),
    }
}

struct Progress<'a, 'p> {
    context: &'a Context<'p>,
    name: &'a DnsLabel,
    workload: &'a Workload,
}

impl Progress<'_, '_> {
    fn canary(&self, canary: &At<Canary>, report: &mut Report) -> argo::CanaryStrategy {
        check_bounds(canary, report);
        check_companions(canary, report);
        let (stable_service, canary_service) =
            self.services(&canary.stable_service, &canary.canary_service, report);
        let most = most_weight(canary, report);
        let steps: Vec<argo::CanaryStep> =
            canary.steps.iter().map(|step| self.step(canary, step, most, report)).collect();
        argo::CanaryStrategy {
            max_surge: canary.max_surge.as_ref().map(|surge| int_or_string(surge)),
            max_unavailable: canary.max_unavailable.as_ref().map(|bound| int_or_string(bound)),
            scale_down_delay_seconds: whole(&canary.scale_down_delay, report),
            abort_scale_down_delay_seconds: whole(&canary.abort_scale_down_delay, report),
            dynamic_stable_scale: canary.dynamic_stable_scale.as_ref().map(|flag| **flag),
            traffic_routing: canary.traffic_routing.as_ref().and_then(|routing| {
                self.routing(routing, stable_service.as_deref(), canary_service.as_deref(), report)
            }),
            analysis: canary.analysis.as_ref().map(|background| {
                let steps = canary.steps.len();
                background_analysis(self.context, self.workload, background, steps, report)
            }),
            steps: some_list(steps),
            stable_service,
            canary_service,
        }
    }

    fn step(
        &self,
        canary: &Canary,
        step: &At<Step>,
        most: u32,
        report: &mut Report,
    ) -> argo::CanaryStep {
        let step = &step.value.0;
        if let (Some(scale), None) = (&step.canary_scale, &canary.traffic_routing) {
            report.error(
                scale.place,
                "without `trafficRouting` the number of pods is the share: write `weight`",
            );
        }
        argo::CanaryStep {
            set_weight: step.weight.as_ref().map(|share| weight(share, most, report)),
            pause: step.pause.as_ref().map(|pause| {
                let time = pause.duration.as_ref().and_then(|time| time.0);
                argo::RolloutPause { duration: time.map(|time| IntOrString::String(time.to_go())) }
            }),
            analysis: step
                .analysis
                .as_ref()
                .map(|used| analysis_use(self.context, self.workload, used, report)),
            set_canary_scale: step.canary_scale.as_ref().map(|scale| canary_scale(scale, report)),
        }
    }

    fn blue_green(
        &self,
        colours: &At<BlueGreen>,
        report: &mut Report,
    ) -> Option<argo::BlueGreenStrategy> {
        let (active, preview) =
            self.services(&colours.active_service, &colours.preview_service, report);
        if let (Some(flag), Some(time)) = (&colours.auto_promotion, &colours.auto_promotion_after)
            && !**flag
        {
            report.add(
                Diagnostic::new("without promotion of its own it never takes over by itself")
                    .at(time.place)
                    .related(flag.place, "this says so"),
            );
        }
        if let Some(replicas) = &colours.preview_replicas
            && **replicas == 0
        {
            report.error(replicas.place, "at least one pod must show that the version is fit");
        }
        let used = |used: &Option<At<_>>, report: &mut Report| {
            let used = used.as_ref()?;
            Some(analysis_use(self.context, self.workload, used, report))
        };
        Some(argo::BlueGreenStrategy {
            auto_promotion_enabled: colours.auto_promotion.as_ref().map(|flag| **flag),
            auto_promotion_seconds: whole(&colours.auto_promotion_after, report),
            preview_replica_count: colours.preview_replicas.as_ref().map(|number| count(**number)),
            scale_down_delay_seconds: whole(&colours.scale_down_delay, report),
            abort_scale_down_delay_seconds: whole(&colours.abort_scale_down_delay, report),
            max_unavailable: colours.max_unavailable.as_ref().map(|b| int_or_string(b)),
            pre_promotion_analysis: used(&colours.pre_promotion_analysis, report),
            post_promotion_analysis: used(&colours.post_promotion_analysis, report),
            active_service: active?,
            preview_service: preview,
        })
    }

    /// The Services of both versions. Those that are written must be the
    /// workload's: the controller changes what they select.
    fn services(
        &self,
        current: &Option<At<ServiceName>>,
        next: &Option<At<ServiceName>>,
        report: &mut Report,
    ) -> (Option<String>, Option<String>) {
        for written in [current, next].into_iter().flatten() {
            if !self.workload.services.contains_key(&written.value) {
                let known = self.workload.services.keys().map(ServiceName::as_str);
                let message = format!("this workload has no Service `{}`", written.value);
                report.add(Unknown::new(message, written.as_str(), known).at(written.place));
            }
        }
        if let (Some(current), Some(next)) = (current, next)
            && current.value == next.value
        {
            report.add(
                Diagnostic::new("two versions need two Services")
                    .at(next.place)
                    .related(current.place, "the other version's"),
            );
        }
        match service_pair(self.name.as_str(), self.workload) {
            Ok(pair) => (pair.current, pair.next),
            Err(place) => {
                let key = match &self.workload.canary {
                    Some(_) => "stableService",
                    None => "activeService",
                };
                report.add(
                    Diagnostic::new("several Services: which one leads to the version in use?")
                        .at(place)
                        .help(format!("say it with `{key}: NAME`")),
                );
                (None, None)
            }
        }
    }

    fn routing(
        &self,
        routing: &At<TrafficRouting>,
        stable: Option<&str>,
        canary: Option<&str>,
        report: &mut Report,
    ) -> Option<argo::TrafficRouting> {
        traffic::check(self.context, routing, stable, canary, report);
        let mut plugins = BTreeMap::new();
        if let Some(gateway) = &routing.gateway {
            let home = self.context.index.home(&self.workload.namespace);
            let settings =
                serde_json::json!({"httpRoute": gateway.http_route.as_str(), "namespace": home});
            plugins.insert(GATEWAY_PLUGIN.to_owned(), settings);
        }
        if let Some(written) = &routing.plugins {
            plugins = raw::part(written, report)?;
            if plugins.is_empty() {
                report.error(written.0.place, "no plugin is named here");
            }
        }
        let alb = routing.alb.as_ref().map(|alb| {
            let root = alb.root_service.as_ref();
            let views = self.context.index.services_of(self.name.as_str());
            if let Some(root) = root.filter(|root| !views.iter().any(|v| v.name == root.as_str())) {
                let known = views.iter().map(|view| view.name.as_str());
                let message = format!("this workload has no Service `{}`", root.value);
                report.add(Unknown::new(message, root.as_str(), known).at(root.place));
            }
            let reached = root.map(|root| root.as_str()).or(stable);
            let view = views.iter().find(|view| Some(view.name.as_str()) == reached);
            if let Some(view) = view
                && !view.ports.iter().any(|port| port.number == alb.service_port.get())
            {
                let message =
                    format!("the Service `{}` has no port {}", view.name, alb.service_port.get());
                report.error(alb.service_port.place, message);
            }
            argo::AlbTrafficRouting {
                annotation_prefix: alb.annotation_prefix.clone(),
                ingress: alb.ingress.to_string(),
                service_port: i32::from(alb.service_port.get()),
                root_service: root.map(ToString::to_string),
            }
        });
        Some(argo::TrafficRouting {
            nginx: routing.nginx.as_ref().map(|nginx| argo::NginxTrafficRouting {
                annotation_prefix: nginx.annotation_prefix.clone(),
                stable_ingress: nginx.ingress.to_string(),
            }),
            alb,
            istio: routing.istio.as_ref().map(|istio| argo::IstioTrafficRouting {
                virtual_service: argo::IstioVirtualService {
                    name: istio.virtual_service.to_string(),
                    routes: some_list(istio.routes.clone()),
                },
            }),
            plugins: (!plugins.is_empty()).then_some(plugins),
            max_traffic_weight: routing.max_weight.as_ref().map(|most| count(**most)),
        })
    }
}

/// What weights are parts of.
fn most_weight(canary: &Canary, report: &mut Report) -> u32 {
    let Some(routing) = &canary.traffic_routing else { return 100 };
    let Some(most) = &routing.max_weight else { return 100 };
    if let Some(other) = place(&routing.alb).or(place(&routing.istio)) {
        report.add(
            Diagnostic::new("this routing counts in hundredths")
                .at(most.place)
                .related(other, "the routing"),
        );
    }
    if **most == 0 {
        report.error(most.place, "the whole is above 0");
    }
    **most
}

fn weight(share: &At<Weight>, most: u32, report: &mut Report) -> i32 {
    let amount = match share.percent {
        true => u64::from(share.amount) * u64::from(most) / 100,
        false => u64::from(share.amount),
    };
    if amount > u64::from(most) {
        report.error(share.place, format!("a share is at most {most}"));
    } else if share.percent && u64::from(share.amount) * u64::from(most) % 100 != 0 {
        report.error(share.place, format!("of {most} this is no whole number"));
    }
    i32::try_from(amount).unwrap_or(i32::MAX)
}

fn canary_scale(scale: &CanaryScale, report: &mut Report) -> argo::SetCanaryScale {
    if let Some(flag) = scale.match_traffic_weight.as_ref().filter(|flag| !flag.value) {
        report.error(flag.place, "say `true`, or a number of pods");
    }
    argo::SetCanaryScale {
        replicas: scale.replicas.as_ref().map(|number| count(**number)),
        weight: scale.weight.as_ref().map(|share| weight(share, 100, report)),
        match_traffic_weight: scale.match_traffic_weight.as_ref().map(|flag| **flag),
    }
}

/// Argo's own defaults of both bounds are 25%.
fn check_bounds(canary: &Canary, report: &mut Report) {
    if let (Some(surge), Some(unavailable)) = (&canary.max_surge, &canary.max_unavailable)
        && is_zero(surge)
        && is_zero(unavailable)
    {
        report.add(
            Diagnostic::new("with both bounds at 0 no pod can be replaced")
                .at(unavailable.place)
                .related(surge.place, "the other bound"),
        );
    }
}

fn check_companions(canary: &Canary, report: &mut Report) {
    let (delay, dynamic) = (place(&canary.scale_down_delay), place(&canary.dynamic_stable_scale));
    if canary.traffic_routing.is_none() {
        for (key, at) in [("scaleDownDelay", delay), ("dynamicStableScale", dynamic)] {
            if let Some(at) = at {
                report.error(at, format!("`{key}` belongs to `trafficRouting`"));
            }
        }
        return;
    }
    let shrinks = canary.dynamic_stable_scale.as_ref().is_some_and(|flag| flag.value);
    if let (Some(delay), Some(dynamic), true) = (delay, dynamic, shrinks) {
        report.add(
            Diagnostic::new("the old version has no pods left to keep")
                .at(delay)
                .related(dynamic, "they go as its share shrinks"),
        );
    }
}

fn whole(time: &Option<At<crate::scalar::Duration>>, report: &mut Report) -> Option<i32> {
    time.as_ref().and_then(|time| seconds(time, report))
}

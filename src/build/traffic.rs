//! Who divides the traffic of a canary must lead to it: an Ingress or a route that
//! leads elsewhere would leave the weights without effect.

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::decode::{At, Item};
use crate::profile::ingress::Ingress;
use crate::profile::progressive::TrafficRouting;
use crate::scalar::DnsName;
use crate::tree::Node;

use super::context::Context;

/// Holds the Ingress or route of a routing against the two Services.
pub fn check(
    context: &Context<'_>,
    routing: &TrafficRouting,
    stable: Option<&str>,
    canary: Option<&str>,
    report: &mut Report,
) {
    let Some(stable) = stable else { return };
    if let Some(nginx) = &routing.nginx
        && let Some(ingress) = ingress(context, &nginx.ingress, report)
    {
        leads_to(ingress, &nginx.ingress, stable, report);
    }
    if let Some(alb) = &routing.alb
        && let Some(ingress) = ingress(context, &alb.ingress, report)
    {
        let root = alb.root_service.as_ref().map_or(stable, |root| root.as_str());
        leads_to(ingress, &alb.ingress, root, report);
    }
    let (Some(gateway), Some(canary)) = (&routing.gateway, canary) else { return };
    let name = &gateway.http_route;
    let Some(route) = context.index.system.routes.get(&name.value) else {
        // Where the profile has none they are made elsewhere.
        let none = context.index.system.routes.is_empty();
        if !none && !is_written(context, "HTTPRoute", name) {
            let known = context.index.system.routes.keys().map(DnsName::as_str);
            let message = format!("there is no `{}` under `routes`", name.value);
            report.add(Unknown::new(message, name.as_str(), known).at(name.place));
        }
        return;
    };
    let names = route.rules.values().flat_map(|rule| rule.to.iter());
    let names: Vec<String> =
        names.flat_map(|to| to.iter().map(|(to, _)| to.service.to_string())).collect();
    let missing = [stable, canary].into_iter().find(|own| !names.iter().any(|name| name == own));
    if let Some(missing) = missing {
        report.add(
            Diagnostic::new(format!("the route leads not to `{missing}`"))
                .at(name.place)
                .related(route.key, "the route")
                .help(format!(
                    "Argo sets the weights of both Services: `to: {{{stable}/http: 100, {canary}/http: 0}}`"
                )),
        );
    }
}

fn ingress<'p>(
    context: &Context<'p>,
    name: &At<DnsName>,
    report: &mut Report,
) -> Option<&'p Item<Ingress>> {
    let all = &context.index.system.ingresses;
    let found = all.get(&name.value);
    // Where the profile has none they are made elsewhere.
    if found.is_none() && !all.is_empty() && !is_written(context, "Ingress", name) {
        let message = format!("there is no `{}` under `ingresses`", name.value);
        report.add(
            Unknown::new(message, name.as_str(), all.keys().map(DnsName::as_str)).at(name.place),
        );
    }
    found
}

/// Whether `objects` has it.
fn is_written(context: &Context<'_>, kind: &str, name: &DnsName) -> bool {
    let text = |node: Option<&Node>| node.and_then(Node::as_text).map(str::to_owned);
    context.index.system.objects.values().any(|own| {
        let written = &own.value.0;
        let named = written.get("metadata").and_then(|metadata| metadata.get("name"));
        text(written.get("kind")).as_deref() == Some(kind)
            && text(named).as_deref() == Some(name.as_str())
    })
}

fn leads_to(ingress: &Item<Ingress>, name: &At<DnsName>, service: &str, report: &mut Report) {
    let paths = ingress.hosts.values().flat_map(|paths| paths.value.value.values());
    let mut all = ingress.default.iter().chain(paths.map(|path| &path.to));
    if !all.any(|to| to.service.as_str() == service) {
        report.add(
            Diagnostic::new(format!("the Ingress `{}` leads not to `{service}`", name.value))
                .at(name.place)
                .related(ingress.key, "the Ingress"),
        );
    }
}

/// Whether the load balancer of AWS divides the traffic of a Service behind an
/// Ingress: its weights then stand in an annotation.
pub fn divided_by_alb(context: &Context<'_>, ingress: &str, service: &str) -> bool {
    let workloads = context.index.system.workloads.iter();
    let mut routings = workloads.filter_map(|(name, workload)| {
        let alb = workload.canary.as_ref()?.traffic_routing.as_ref()?.alb.as_ref()?;
        let pair = crate::profile::progressive::service_pair(name.as_str(), workload).ok()?;
        let root = alb.root_service.as_ref().map(ToString::to_string).or(pair.current)?;
        Some((alb.ingress.as_str(), root))
    });
    routings.any(|(own, root)| own == ingress && root == service)
}

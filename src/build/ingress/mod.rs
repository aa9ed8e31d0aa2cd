//! Layer 3: Ingresses. What a user wants of the controller is made into wishes,
//! and the controller's own file makes each an annotation, or refuses it.

mod alb;
mod haproxy;
mod nginx;
mod rules;
mod tls;
mod traefik;
mod wishes;

use std::collections::HashMap;

use k8s_openapi::api::networking::v1 as networking;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::ingress::{Controller, Ingress};
use crate::scalar::DnsName;
use crate::source::Place;

use super::context::Context;
use super::meta::{Pairs, extend};
pub use rules::tcp_endpoint;
pub use tls::check_certificate;
use wishes::{Refusal, Wish, wishes};

/// How a class was written before it had a field.
const CLASS: &str = "kubernetes.io/ingress.class";

/// All Ingresses.
pub fn ingresses(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.ingresses;
    refuse_shared_paths(all.values(), report);
    all.iter().filter_map(|(name, item)| ingress(context, name, item, report)).collect()
}

fn ingress(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<Ingress>,
    report: &mut Report,
) -> Option<Object> {
    let ingress = &item.value;
    let home = context.index.home(&ingress.namespace);
    if ingress.hosts.is_empty() && ingress.default.is_none() {
        report.add(
            Diagnostic::missing(format!("the Ingress `{name}` leads nowhere"))
                .at(item.key)
                .help("for example `hosts: {api.example.com: {/: web/http}}`"),
        );
    }
    let controller = controller(ingress);
    if controller == Some(Controller::Alb) {
        alb::check_default_target(item, context, report);
    }
    let mut labels = context.common_labels();
    extend(&mut labels, &ingress.labels);
    let mut metadata = context.namespaced(home, name.as_str(), labels, &ingress.annotations);
    let mut made = Pairs::new();
    made.extend(tls::issuer_annotation(context, ingress, home, controller, report));
    made.extend(annotations(context, ingress, controller, report));
    for (key, value) in &ingress.annotations {
        if made.contains_key(key.as_str()) {
            report.error(value.key, format!("another setting of `{name}` makes this annotation"));
        }
    }
    if let Some(class) = &ingress.class
        && metadata.annotations.as_ref().is_some_and(|all| all.contains_key(CLASS))
    {
        // ValidateIngressCreate.
        report.error(
            class.place,
            format!("the annotation `{CLASS}` says a class too; leave out one"),
        );
    }
    if !made.is_empty() {
        metadata.annotations.get_or_insert_default().extend(made);
    }
    let object = networking::Ingress {
        metadata,
        spec: Some(networking::IngressSpec {
            ingress_class_name: ingress.class.as_ref().map(ToString::to_string),
            default_backend: ingress
                .default
                .as_ref()
                .and_then(|to| rules::backend(context, name.as_str(), to, home, report)),
            rules: rules::rules(context, name.as_str(), ingress, home, controller, report),
            tls: tls::tls(context, name, ingress, controller, report),
        }),
        status: None,
    };
    super::raw::object(&object, item.key, report)
}

/// Whose annotations an Ingress bears.
pub fn controller(ingress: &Ingress) -> Option<Controller> {
    let chosen = ingress.controller.as_ref().map(|controller| controller.value);
    chosen.or_else(|| Controller::of_class(ingress.class.as_ref()?.as_str()))
}

/// What the controller makes of all that is wanted of it.
fn annotations(
    context: &Context<'_>,
    ingress: &Ingress,
    controller: Option<Controller>,
    report: &mut Report,
) -> Pairs {
    let wishes = wishes(ingress, report);
    let Some(controller) = controller else {
        if let Some(first) = wishes.iter().find(|wish| !matches!(wish.value, Wish::Tls)) {
            report.add(
                Diagnostic::missing(format!(
                    "nothing says which controller does `{}`",
                    first.value.option()
                ))
                .at(first.place)
                .help("write `controller: nginx`, or another; each has annotations of its own"),
            );
        }
        return Pairs::new();
    };
    if let Some(auth) = &ingress.basic_auth
        && let Err(unknown) = context.index.secret(&auth.secret)
    {
        report.add(unknown.at(auth.secret.place));
    }
    let mut made = Pairs::new();
    let mut all_granted = true;
    for wish in &wishes {
        let answer = match controller {
            Controller::Nginx => nginx::annotations(wish, context),
            Controller::Traefik => traefik::annotations(wish),
            Controller::Haproxy => haproxy::annotations(wish),
            Controller::Alb => alb::annotations(wish, ingress, context),
        };
        match answer {
            Ok(pairs) => {
                let prefix = prefix(controller);
                made.extend(
                    pairs.into_iter().map(|(key, value)| (format!("{prefix}/{key}"), value)),
                );
            }
            Err(refusal) => {
                all_granted = false;
                report.add(refused(wish, controller, refusal));
            }
        }
    }
    if let Some(chosen) = ingress.controller.as_ref().filter(|_| made.is_empty() && all_granted) {
        report.error(chosen.place, "nothing is wanted of a controller here; leave this out");
    }
    made
}

fn prefix(controller: Controller) -> &'static str {
    match controller {
        Controller::Nginx => "nginx.ingress.kubernetes.io",
        Controller::Traefik => "traefik.ingress.kubernetes.io",
        Controller::Haproxy => "haproxy.org",
        Controller::Alb => "alb.ingress.kubernetes.io",
    }
}

fn refused(wish: &At<Wish<'_>>, controller: Controller, refusal: Refusal) -> Diagnostic {
    let option = wish.value.option();
    match refusal {
        Refusal::Never(help) => {
            let title = controller.title();
            let fault = Diagnostic::new(format!("{title} has no annotation for `{option}`"));
            let fault = fault.at(wish.place);
            match help {
                Some(help) => fault.help(help),
                None => fault,
            }
        }
        Refusal::Value(reason) => {
            Diagnostic::new(format!("{} does not take this `{option}`", controller.title()))
                .at(wish.place)
                .label(reason)
        }
    }
}

/// Of two Ingresses of one class that serve the same path of a host, one would
/// never be asked.
fn refuse_shared_paths<'p>(all: impl Iterator<Item = &'p Item<Ingress>>, report: &mut Report) {
    let mut seen: HashMap<_, Place> = HashMap::new();
    for ingress in all {
        let class = ingress.class.as_ref().map(|class| class.as_str());
        for (host, paths) in &ingress.hosts {
            for (path, to) in paths.value.value.iter() {
                let key = (class, host, path, to.path_type.value);
                if let Some(first) = seen.insert(key, to.key) {
                    report.add(
                        Diagnostic::new(format!("two Ingresses of one class serve `{host}{path}`"))
                            .at(to.key)
                            .related(first, "the other one"),
                    );
                }
            }
        }
    }
}

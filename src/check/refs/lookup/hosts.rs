//! What the hosts lead to that a pod or a ConfigMap names.

use crate::check::at::At;
use crate::check::scene::hosts::{Form, Host, hosts};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;

use super::{absent, services};

/// Where a host leads.
#[derive(Clone, Copy)]
pub enum Leads<'a> {
    To(&'a Subject<'a>),
    /// To a Service that is not there, of this namespace.
    Nowhere(&'a str),
    /// Perhaps out of the cluster.
    Unknown,
}

/// The texts of a pod that may name hosts: variables and command lines.
pub fn texts<'a>(spec: At<'a>) -> impl Iterator<Item = At<'a>> {
    Pod::containers(spec).flat_map(|container| {
        let variables = container.at.field("env").items().map(|one| one.field("value"));
        let command = container.at.field("command").items();
        variables.chain(command).chain(container.at.field("args").items())
    })
}

/// The hosts of a text.
pub fn in_text<'a>(scene: &Scene<'a>, at: At<'a>) -> Vec<Host<'a>> {
    // Most texts name none, and are not worth a look.
    let text = at.text().filter(|text| text.contains(':') || text.contains(".svc"));
    text.map(|text| hosts(text, &scene.settings.cluster_domain)).unwrap_or_default()
}

/// Where a host leads, as it is looked up from a namespace.
pub fn lead<'a>(scene: &Scene<'a>, own: &'a str, host: &Host<'a>) -> Leads<'a> {
    let find = |namespace, name| services::wanted(namespace, name).find(scene);
    let is_full = matches!(host.form, Form::Full | Form::Short);
    match host.namespace {
        Some("default") if host.service == "kubernetes" => Leads::Unknown,
        Some(namespace) if is_full => match find(namespace, host.service) {
            Some(service) => Leads::To(service),
            None => Leads::Nowhere(namespace),
        },
        Some(namespace) => {
            // `web.shop` is a Service of a namespace, `db-0.db` a pod of a Service, and
            // `example.com` neither.
            let known = !scene.namespaces().is_foreign(namespace);
            match find(namespace, host.service).filter(|_| known) {
                Some(service) => Leads::To(service),
                None => find(own, namespace).map_or(Leads::Unknown, Leads::To),
            }
        }
        None => match find(own, host.service) {
            Some(service) => Leads::To(service),
            None => Leads::Nowhere(own),
        },
    }
}

/// The name of a Service that may be meant by one that is not complete: it has the port.
pub fn near<'a>(scene: &Scene<'a>, namespace: &'a str, host: &Host<'_>) -> Option<&'a str> {
    let port = i64::from(host.port?);
    let names = scene.in_namespace("", "Service", namespace).map(Subject::name);
    let near = absent::near(scene, host.service, names)?;
    let service = scene.find("", "Service", namespace, near)?;
    super::ports::of_service(service).any(|own| own.number == port).then_some(near)
}

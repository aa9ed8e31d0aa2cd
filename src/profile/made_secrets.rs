//! Secrets that cert-manager makes: for everything that refers to Secrets they
//! are like any that is made elsewhere, without being written twice.

use crate::diagnostic::{Diagnostic, Report};
use crate::scalar::{DnsLabel, DnsName, Scalar};
use crate::source::Place;
use crate::tree::{Content, Entry, Node, ScalarKind, Table};

use super::decode::{At, Decode, Item};
use super::secret::Secret;
use super::system::System;

/// The Secret of an Ingress whose certificate is issued.
pub fn of_ingress(name: &str, secret: Option<&At<DnsName>>) -> String {
    secret.map_or_else(|| format!("{name}-tls"), |secret| secret.to_string())
}

/// A Secret that is made.
struct Made {
    name: DnsName,
    place: Place,
    home: String,
    /// Whether another namespace has one of the name.
    elsewhere: bool,
}

/// Adds them to the Secrets that the user wrote.
pub fn add(system: &mut System, report: &mut Report) {
    for made in all(system, report) {
        if let Some(own) = system.secrets.get(&made.name) {
            let from = own.from.as_ref();
            if let Some(from) = from.filter(|from| from.value.existing.is_none()) {
                report.add(
                    Diagnostic::new(format!("cert-manager makes the Secret `{}`", made.name))
                        .at(made.place)
                        .related(from.place, "and so would this"),
                );
            }
            continue;
        }
        let node = as_written(&made);
        if let Some(secret) = Secret::decode(&node, report) {
            system.secrets.insert(made.name, Item { key: made.place, value: secret });
        }
    }
}

fn all(system: &System, report: &mut Report) -> Vec<Made> {
    let mut all: Vec<Made> = Vec::new();
    for made in each(system) {
        match all.iter_mut().find(|first| first.name == made.name) {
            None => all.push(made),
            Some(first) if first.home != made.home => first.elsewhere = true,
            Some(first) => report.add(
                Diagnostic::new(format!("two certificates are kept in the Secret `{}`", made.name))
                    .at(made.place)
                    .related(first.place, "the other one"),
            ),
        }
    }
    all
}

fn each(system: &System) -> impl Iterator<Item = Made> {
    let own = system.namespace.as_ref().and_then(|namespace| namespace.name.as_ref());
    let own = own.map_or(system.system.as_str(), |name| name.as_str());
    let home = move |written: &Option<At<DnsLabel>>| {
        written.as_ref().map_or(own, |name| name.as_str()).to_owned()
    };
    let certificates = system.certificates.iter().map(move |(name, certificate)| {
        let secret = certificate.secret.as_ref();
        Made {
            name: secret.map_or_else(|| name.clone(), |secret| secret.value.clone()),
            place: secret.map_or(certificate.key, |secret| secret.place),
            home: home(&certificate.namespace),
            elsewhere: false,
        }
    });
    let ingresses = system.ingresses.iter().filter_map(move |(name, ingress)| {
        let tls = ingress.tls.as_ref().filter(|tls| tls.issuer.is_some())?;
        let secret = tls.secret.as_ref();
        Some(Made {
            name: DnsName::parse(&of_ingress(name.as_str(), secret)).ok()?,
            place: secret.map_or(tls.place, |secret| secret.place),
            home: home(&ingress.namespace),
            elsewhere: false,
        })
    });
    certificates.chain(ingresses)
}

/// As a user would write it. A node and no value of the type itself: what else
/// a Secret may say has nothing to do with this.
fn as_written(made: &Made) -> Node {
    let text = |text: &str| Node { place: made.place, content: ScalarKind::String.of(text) };
    let list = |keys: &[&str]| Node {
        place: made.place,
        content: Content::List(keys.iter().map(|key| text(key)).collect()),
    };
    let mut table = Table::default();
    let mut insert = |key: &str, value: Node| {
        table.insert(key.to_owned(), Entry { key: made.place, value });
    };
    insert("from", text("existing"));
    insert("keys", list(&["tls.crt", "tls.key"]));
    insert("optionalKeys", list(&["ca.crt"]));
    if !made.elsewhere {
        insert("namespace", text(&made.home));
    }
    Node { place: made.place, content: Content::Map(table) }
}

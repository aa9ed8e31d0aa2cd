//! Layer 1: Secrets. A plaintext value leaves the profile only where it says
//! so in words, never in a production tier, and only into the Secret itself.

mod external;
mod plain;
mod sealed;
mod typed;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::object::value::Value;
use crate::profile::decode::{Item, place};
use crate::profile::secret::{Secret, SecretFrom};
use crate::profile::system::Tier;
use crate::scalar::DnsName;
use crate::source::Place;

use super::context::Context;
use super::meta::{Pairs, extend};

pub use plain::contents;

/// Why a Secret holds plain text in a staging tier.
const WAIVER: &str = "k8sgen/waiver";

pub fn secrets(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.secrets;
    all.iter().flat_map(|(name, secret)| objects_of(context, name, secret, report)).collect()
}

/// What makes a Secret in each namespace that has it.
fn objects_of(
    context: &Context<'_>,
    name: &DnsName,
    secret: &Item<Secret>,
    report: &mut Report,
) -> Vec<Object> {
    let Some(from) = secret.from.as_ref().filter(|from| !from.is_empty()) else {
        report.add(
            Diagnostic::missing(format!("nothing says where the values of `{name}` come from"))
                .at(place(&secret.from).unwrap_or(secret.key))
                .help(format!(
                    "in the environment's overlay: `secrets: {{{name}: {{from: existing}}}}` for \
                     one that is made elsewhere, or `from: {{externalSecret: …}}`, \
                     `{{sealed: …}}`, or in a development tier `{{literals: …}}`"
                )),
        );
        return Vec::new();
    };
    refuse_companions(from, report);
    let homes = context.index.homes_of_secret(name, secret);
    if let Some(external) = &from.external {
        return external::objects(context, &homes, name, secret, external, report);
    }
    if let Some(values) = &from.sealed {
        return sealed::objects(context, &homes, name, secret, values, report);
    }
    if from.is_plaintext() {
        return match may_be_plain(context, name, from, report) {
            true => plain::objects(context, &homes, name, secret, from, report),
            false => Vec::new(),
        };
    }
    refuse_settings(secret, report);
    Vec::new()
}

/// What means nothing without another key beside it.
fn refuse_companions(from: &SecretFrom, report: &mut Report) {
    if let (Some(scope), None) = (&from.scope, &from.sealed) {
        report.error(scope.place, "`scope` belongs to `sealed`");
    }
    if let (Some(waiver), None) = (&from.waiver, &from.literals) {
        report.error(waiver.place, "`waiver` belongs to `literals`");
    }
}

/// Whether the tier lets plain text out, with the words that it asks for.
fn may_be_plain(
    context: &Context<'_>,
    name: &DnsName,
    from: &SecretFrom,
    report: &mut Report,
) -> bool {
    const ELSEWHERE: &str = "take them from a store (`externalSecret`), seal them (`sealed`), or \
                             name what is made elsewhere: `from: existing`";
    let tier = context.index.system.tier;
    let plain = |place, where_: &str| {
        Diagnostic::new(format!("the values of `{name}` {where_} in plain text"))
            .at(place)
            .label(format!("not in a {} tier", tier.as_str()))
    };
    let Some(values) = &from.literals else {
        if tier == Tier::Production {
            let place = first_read(from).unwrap_or(context.index.system.system.place);
            report.add(plain(place, "would be put out").help(ELSEWHERE));
        }
        return tier != Tier::Production;
    };
    let literal = plain(values.place, "stand in the profile");
    match (tier, &from.waiver) {
        (Tier::Development, None) => true,
        (Tier::Development, Some(waiver)) => {
            report.error(waiver.place, "a development tier needs no `waiver`");
            false
        }
        (Tier::Staging, Some(waiver)) => {
            if waiver.trim().is_empty() {
                report.error(waiver.place, "a `waiver` says why");
            }
            true
        }
        (Tier::Staging, None) => {
            let help = format!("{ELSEWHERE}; or say with `waiver: …` beside them why they may");
            report.add(literal.help(help));
            false
        }
        (Tier::Production, waiver) => {
            let literal = literal.help(ELSEWHERE);
            report.add(match waiver {
                Some(waiver) => literal.related(waiver.place, "no waiver holds there"),
                None => literal,
            });
            false
        }
    }
}

/// The first key whose value is read where the profile is rendered.
fn first_read(from: &SecretFrom) -> Option<Place> {
    let variables = from.env.values().map(|item| item.key);
    variables.chain(from.files.values().map(|item| item.key)).next()
}

/// The labels of a Secret and of what makes it.
fn labels(context: &Context<'_>, secret: &Secret) -> Pairs {
    let mut labels = context.common_labels();
    extend(&mut labels, &secret.labels);
    labels
}

/// The annotations of a Secret that something else makes.
fn annotations(context: &Context<'_>, secret: &Secret) -> Pairs {
    let mut annotations = Pairs::new();
    super::meta::add(&mut annotations, &context.index.system.annotations);
    super::meta::add(&mut annotations, &secret.annotations);
    annotations
}

/// What is made elsewhere has its settings there. Its type may say which keys
/// it has.
fn refuse_settings(secret: &Item<Secret>, report: &mut Report) {
    let labels = secret.labels.values().map(|item| item.key);
    let annotations = secret.annotations.values().map(|item| item.key);
    let settings = [place(&secret.immutable), place(&secret.server)];
    let kind = secret.secret_type.as_ref().filter(|_| secret.implied_keys().next().is_none());
    let kind = kind.map(|kind| kind.place);
    for place in labels.chain(annotations).chain(settings.into_iter().flatten()).chain(kind) {
        report.error(place, "this Secret is made elsewhere, and its settings with it");
    }
}

/// Manifests and patches may bring plaintext too; the rule is the same, and
/// only what was allowed by a Secret's own words is.
pub fn refuse_plaintext(context: &Context<'_>, objects: &[Object], report: &mut Report) {
    let tier = context.index.system.tier;
    if tier == Tier::Development {
        return;
    }
    for object in objects.iter().filter(|object| object.identity.kind == "Secret") {
        let holds = |key: &str| {
            object.content.get(key).and_then(Value::as_map).is_some_and(|map| !map.is_empty())
        };
        if !(holds("data") || holds("stringData")) || is_allowed(context, object) {
            continue;
        }
        let name = &object.identity.name;
        let plain = format!("the values of `{name}` stand in the profile in plain text");
        let plain = Diagnostic::new(plain)
            .at(object.patched.unwrap_or(object.place))
            .label(format!("not in a {} tier", tier.as_str()));
        report.add(match tier {
            Tier::Staging => plain.help(
                "as `literals` under `secrets` they may stand there with a `waiver`, and a \
                 patch may change them",
            ),
            _ => plain,
        });
    }
}

/// A Secret of the profile's own. Only a waiver allows more plain text than
/// what was read.
fn is_allowed(context: &Context<'_>, object: &Object) -> bool {
    let system = context.index.system;
    let secret = system.secrets.get(object.identity.name.as_str());
    let own = secret.filter(|secret| secret.key == object.place);
    let from = own.and_then(|secret| secret.from.as_ref());
    from.is_some_and(|from| match from.literals {
        Some(_) => system.tier == Tier::Staging && from.waiver.is_some(),
        None => system.tier == Tier::Staging && from.is_read() && object.patched.is_none(),
    })
}

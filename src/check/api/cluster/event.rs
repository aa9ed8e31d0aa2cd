//! Events.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::scalar::LabelKey;

use crate::check::api::formats::not_a;

pub static RULE: Rule = Rule {
    name: "api/event",
    weight: Weight::ERROR,
    summary: "an Event that a server refuses",
    page: "An Event lives in the namespace of what it is of. One with an `eventTime` also says who reports it, what was done and why.",
    bad: "
apiVersion: v1
kind: Event
metadata: {name: web.1, namespace: shop}
involvedObject: {kind: Pod, name: web, namespace: office}
",
    good: "
apiVersion: v1
kind: Event
metadata: {name: web.1, namespace: shop}
involvedObject: {kind: Pod, name: web, namespace: shop}
",
    look: Look::Validation,
};

/// `ValidateEventCreate`. The two APIs call some fields differently, and a server names
/// all of them as the older one does.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) {
    let object = object.under(&RULE);
    let is_old = object.subject().group().is_empty();
    let field = |old: &'static str, new: &'static str| match is_old {
        true => object.field(old),
        false => object.field(new).named(object.field(old)),
    };
    let time = object.field("eventTime");
    let of = field("involvedObject", "regarding").field("namespace");
    let own = scene.namespace_of(object.subject());
    let there = of.text_or_empty();
    let agrees = match (time.is_empty(), there) {
        (true, "") => own == "default",
        (true, there) => own == there,
        (false, "") => matches!(own, "default" | "kube-system"),
        (false, _) => true,
    };
    if !agrees {
        of.fault(format!("the Event is in the namespace `{own}`, and this is not"));
    }
    if !time.is_empty() {
        let reporter = match is_old {
            true => object.field("reportingComponent").named(object.field("reportingController")),
            false => object.field("reportingController"),
        };
        if reporter.required()
            && let Some(reason) = not_a::<LabelKey>(reporter.text_or_empty())
        {
            reporter.fault(reason);
        }
        for name in ["reportingInstance", "action", "reason"] {
            if object.field(name).required() {
                object.field(name).must_not_be_longer_than(128);
            }
        }
        field("message", "note").must_not_be_longer_than(1024);
    }
    if !is_old {
        of_today(object, time);
    }
}

/// What the newer API asks for besides.
fn of_today<'a>(object: At<'a>, time: At<'a>) {
    time.required();
    let series = object.field("series");
    if series.is_set() {
        if series.field("count").int().unwrap_or_default() < 2 {
            series.field("count").fault("a series has two Events at least");
        }
        series.field("lastObservedTime").must_be_set();
    }
    let kind = object.field("type");
    if !matches!(kind.text_or_empty(), "Normal" | "Warning") {
        kind.fault("must be `Normal` or `Warning`");
    }
    for (name, called) in [
        ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"),
        ("deprecatedSource", "source"),
    ] {
        let old = object.field(name).named(object.field(called));
        if !old.is_empty() {
            old.fault("Events of `events.k8s.io` have it no longer");
        }
    }
    let count = object.field("deprecatedCount").named(object.field("count"));
    if count.int().is_some_and(|count| count != 0) {
        count.fault("Events of `events.k8s.io` have it no longer");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn events() {
        none(
            "apiVersion: v1\nkind: Event\nmetadata: {name: a}\ninvolvedObject: {kind: Node, name: b}\n",
        );
        let today = |rest: &str| {
            format!(
                "apiVersion: events.k8s.io/v1\nkind: Event\nmetadata: {{name: a, namespace: default}}\nregarding: {{kind: Pod, name: b, namespace: default}}\n{rest}\n"
            )
        };
        let full = "eventTime: '2024-01-01T00:00:00.000000Z'\nreportingController: example.com/a\nreportingInstance: b\naction: c\nreason: d\ntype: Normal";
        none(&today(full));
        assert_eq!(faults(&today("")), ["eventTime", "type"]);
        assert_eq!(faults(&today(&format!("{full}\ndeprecatedCount: 1"))), ["count"]);
        assert_eq!(
            faults(&today(&format!("{full}\nseries: {{}}"))),
            ["series.count", "series.lastObservedTime"]
        );
        assert_eq!(
            faults(&today(&full.replace("reportingController: example.com/a\n", ""))),
            ["reportingController"]
        );
    }
}

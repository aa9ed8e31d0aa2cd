//! PriorityLevelConfigurations: `ValidatePriorityLevelConfiguration`.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/priority-level",
    weight: Weight::ERROR,
    summary: "a PriorityLevelConfiguration that a server refuses",
    page: "A PriorityLevelConfiguration says how many requests a server works on at once, and what the others do: they wait in queues, or are refused. Only the one that is called `exempt` is of the type `Exempt`.",
    bad: "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: operators}
spec:
  type: Limited
  limited:
    nominalConcurrencyShares: 10
    limitResponse: {type: Queue}
",
    good: "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: operators}
spec:
  type: Limited
  limited:
    nominalConcurrencyShares: 10
    limitResponse: {type: Queue, queuing: {queues: 64, handSize: 6, queueLengthLimit: 50}}
",
    look: Look::Validation,
};

const EXEMPT: &str = "exempt";
const MOST_QUEUES: i64 = 10_000_000;

/// So many bits of a hash choose the queues of a request: `MaxHashBits`.
const HASH_BITS: f64 = 60.0;

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let (kind, limited, exempt) = (spec.field("type"), spec.field("limited"), spec.field("exempt"));
    if !kind.required() || !kind.must_be_one_of(&["Exempt", "Limited"]) {
        return;
    }
    let is_exempt = kind.text() == Some("Exempt");
    if is_exempt != (object.subject().name() == EXEMPT) {
        kind.fault("the level `exempt` is of the type `Exempt`, and no other one is");
    }
    if is_exempt {
        limited.forbid("the type is `Exempt`");
        validate_shares(exempt);
        return;
    }
    exempt.forbid("the type is `Limited`");
    if limited.must_be_set() {
        validate_shares(limited);
        limited.field("borrowingLimitPercent").must_not_be_negative();
        validate_response(limited.field("limitResponse"));
    }
}

fn validate_shares(level: At<'_>) {
    level.field("nominalConcurrencyShares").must_not_be_negative();
    level.field("lendablePercent").must_be_within(0, 100);
}

/// `ValidateLimitResponse`.
fn validate_response(response: At<'_>) {
    let (kind, queuing) = (response.field("type"), response.field("queuing"));
    match kind.text_or_empty() {
        "Reject" => queuing.forbid("requests do not wait: the type is `Reject`"),
        "Queue" if queuing.must_be_set() => validate_queuing(queuing),
        "Queue" => {}
        "" => kind.missing(),
        _ => {
            kind.must_be_one_of(&["Queue", "Reject"]);
        }
    }
}

/// `ValidatePriorityLevelQueuingConfiguration`. What is missing or nothing a server
/// fills in.
fn validate_queuing(queuing: At<'_>) {
    let number = |field, default| match queuing.field(field).int() {
        None | Some(0) => default,
        Some(number) => number,
    };
    let (queues, hand) = (number("queues", 64), number("handSize", 8));
    queuing.field("queueLengthLimit").must_not_be_negative();
    if !(1..=MOST_QUEUES).contains(&queues) {
        queuing.field("queues").must_be_within(1, MOST_QUEUES);
    }
    let at = queuing.field("handSize");
    if hand < 1 {
        at.must_be_at_least(1);
    } else if hand > queues {
        at.fault(format!("{hand} of {queues} queues cannot be chosen"));
    } else if bits_to_choose(hand, queues) > HASH_BITS {
        at.fault_with(
            format!("there are too many ways to choose {hand} of {queues} queues"),
            "make one of the two smaller",
        );
    }
}

/// `RequiredEntropyBits`.
fn bits_to_choose(hand: i64, queues: i64) -> f64 {
    let [hand, queues] = [hand, queues].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    (f64::from(queues).log2() * f64::from(hand)).ceil()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    #[test]
    fn queues() {
        let queuing = |queuing: &str| {
            refused(&format!(
                "{{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: PriorityLevelConfiguration, metadata: {{name: a}}, spec: {{type: Limited, limited: {{limitResponse: {{type: Queue, queuing: {queuing}}}}}}}}}"
            ))
        };
        for good in ["{}", "{queues: 1024, handSize: 6}", "{queues: 8}"] {
            assert_eq!(queuing(good), <[&str; 0]>::default(), "{good}");
        }
        let at = "spec.limited.limitResponse.queuing";
        for (bad, field) in [
            ("{queues: -1}", "queues"),
            ("{queues: 4}", "handSize"),
            ("{queues: 1024, handSize: 7}", "handSize"),
            ("{handSize: -1}", "handSize"),
            ("{queueLengthLimit: -1}", "queueLengthLimit"),
        ] {
            assert!(queuing(bad).contains(&format!("{at}.{field}")), "{bad}");
        }
    }
}

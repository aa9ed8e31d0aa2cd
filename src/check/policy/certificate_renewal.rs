//! Certificates that would be renewed too early or too late.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::scalar::{Duration, Scalar};

pub static RULE: Rule = Rule {
    name: "policy/certificate-renewal",
    weight: Weight::ERROR,
    summary: "a certificate is renewed before it begins, or is valid too briefly",
    page: "cert-manager renews a certificate `renewBefore` its end. That must be less than its `duration`, which is 90 days (`2160h`) where nothing says otherwise: else it would be renewed again and again from the start. The webhook of cert-manager refuses such a Certificate, and also a `duration` below an hour and a `renewBefore` below five minutes.",
    bad: "
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: own}
spec: {selfSigned: {}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec:
  secretName: web-tls
  dnsNames: [www.example.com]
  issuerRef: {name: own}
  duration: 24h
  renewBefore: 48h
",
    good: "
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: own}
spec: {selfSigned: {}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web}
spec:
  secretName: web-tls
  dnsNames: [www.example.com]
  issuerRef: {name: own}
  duration: 2160h
  renewBefore: 360h
",
    look: Look::Object(look),
};

const HOUR: u64 = 3_600_000;
/// What cert-manager takes where nothing is said: 90 days.
const DEFAULT: u64 = 2160 * HOUR;

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("cert-manager.io", "Certificate") {
        return;
    }
    let spec = object.field("spec");
    let (duration, before) = (spec.field("duration"), spec.field("renewBefore"));
    let millis =
        |at: At<'a>| at.text().and_then(|text| Duration::parse(text).ok()).map(Duration::as_millis);
    // One that cannot be read is not our concern here.
    let Some(lives) = millis(duration).or((!duration.is_set()).then_some(DEFAULT)) else { return };
    if lives < HOUR {
        duration.fault_with("a certificate lives an hour at least", "say `duration: 1h` or more");
        return;
    }
    let Some(early) = millis(before) else { return };
    if early < HOUR / 12 {
        before.fault_with("five minutes is the least", "say `renewBefore: 5m` or more");
    } else if early >= lives {
        let whole = duration.text().unwrap_or("2160h");
        before.fault_with(
            format!("the certificate lives {whole}: it would be renewed before it begins"),
            "say less than its `duration`, such as a third of it",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn durations() {
        for (duration, before, count) in [
            ("2160h", "360h", 0),
            ("24h", "24h", 1),
            ("24h", "23h59m", 0),
            ("59m", "10m", 1),
            ("1h", "5m", 0),
            ("1h", "4m59s", 1),
            ("2160h0m0s", "360h0m0s", 0),
            ("null", "2160h", 1),
            ("null", "2159h", 0),
            ("soon", "2160h", 0),
        ] {
            let text = RULE.bad.replace("duration: 24h", &format!("duration: {duration}"));
            let text = text.replace("renewBefore: 48h", &format!("renewBefore: {before}"));
            assert_eq!(findings(&RULE, &text).len(), count, "{duration} {before}");
        }
    }
}

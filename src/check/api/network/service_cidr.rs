//! ServiceCIDRs: `ValidateServiceCIDR`.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{Cidr, Scalar};

pub static RULE: Rule = Rule {
    name: "api/service-cidr",
    weight: Weight::ERROR,
    summary: "a ServiceCIDR that a server refuses",
    page: "A ServiceCIDR gives a cluster addresses for its Services: one block, or one of IPv4 and one of IPv6.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: more}
spec: {cidrs: [10.96.0.0/16, 10.97.0.0/16]}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: more}
spec: {cidrs: [10.96.0.0/16, 'fd00:96::/112']}
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let blocks = object.field("spec").field("cidrs");
    if !blocks.required() {
        return;
    }
    if blocks.list().len() > 2 {
        blocks.fault("it has two blocks at most, one of IPv4 and one of IPv6");
        return;
    }
    let mut of_v4 = Vec::new();
    for block in blocks.items() {
        let text = block.text_or_empty();
        match Cidr::parse(text) {
            Ok(parsed) => {
                if parsed.to_string() != text {
                    block.fault_with(
                        format!("{} is not short", shown(text)),
                        format!("use `{parsed}`"),
                    );
                }
                of_v4.push(parsed.network().is_ipv4());
            }
            Err(_) => block.must_be_text::<Cidr>(text),
        }
    }
    if matches!(of_v4[..], [one, other] if one == other) {
        blocks.fault("both blocks are of one family");
    }
}

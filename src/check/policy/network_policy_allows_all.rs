//! Network policies that allow everything.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/network-policy-allows-all",
    weight: Weight::ADVICE,
    summary: "a network policy allows every connection",
    page: "Policies add up: one rule that allows every address and every port undoes all others that select the same pods. A rule without `from` and without `ports` is such a rule, and so is `0.0.0.0/0` without `ports`. Name the ports at least, and of the internet leave out the addresses of your own network and of the cloud's metadata (`except: [10.0.0.0/8, 169.254.169.254/32]`).",
    bad: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{}]
",
    good: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.169.254/32]}}]
      ports: [{port: 443, protocol: TCP}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("networking.k8s.io", "NetworkPolicy") {
        return;
    }
    let spec = object.field("spec");
    for (direction, peers, what) in
        [("ingress", "from", "from everywhere"), ("egress", "to", "to everywhere")]
    {
        for rule in spec.field(direction).items() {
            let peers = rule.field(peers);
            let everywhere = peers.items().find(|peer| {
                let block = peer.field("ipBlock");
                matches!(block.field("cidr").text(), Some("0.0.0.0/0" | "::/0"))
                    && block.field("except").is_empty()
            });
            let at = if peers.is_empty() { Some(rule) } else { everywhere };
            if let Some(at) = at.filter(|_| rule.field("ports").is_empty()) {
                at.fault_with(
                    format!("it allows every connection {what}, and undoes every other policy for these pods"),
                    "name who may connect, or the ports at least",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(rules: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a}}\nspec: {{podSelector: {{}}, {rules}}}\n"
            ),
        )
    }

    #[test]
    fn rules() {
        for (rules, count) in [
            ("ingress: [{}]", 1),
            ("ingress: []", 0),
            ("ingress: [{from: [], ports: []}]", 1),
            ("ingress: [{ports: [{port: 80}]}]", 0),
            ("ingress: [{from: [{podSelector: {}}]}]", 0),
            ("ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]", 1),
            ("ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 80}]}]", 0),
            ("egress: [{to: [{ipBlock: {cidr: '::/0'}}]}]", 1),
            ("egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]", 0),
            ("egress: [{}, {}]", 2),
        ] {
            assert_eq!(found(rules).len(), count, "{rules}");
        }
    }
}

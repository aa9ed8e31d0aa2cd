//! Exactly the declared flows pass, whatever workloads, namespaces and ports
//! there are.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::rendering::config;
use crate::support::network::Network;
use crate::support::shop;

/// A system: for each workload its namespace, the port of its pods, and whom it
/// connects to.
#[derive(Clone, Debug)]
struct Plan {
    deny: bool,
    workloads: Vec<(usize, u16, BTreeSet<usize>)>,
}

const NAMESPACES: [&str; 3] = ["shop", "jobs", "edge"];

fn plan() -> impl Strategy<Value = Plan> {
    (2_usize..7).prop_flat_map(|count| {
        let one =
            (0..NAMESPACES.len(), 1000_u16..1004, prop::collection::btree_set(0..count, 0..3));
        (any::<bool>(), prop::collection::vec(one, count))
            .prop_map(|(deny, workloads)| Plan { deny, workloads })
    })
}

impl Plan {
    /// Every workload has one port beside its own, which nobody may reach, and its
    /// Service another number than its pods.
    fn text(&self) -> String {
        let mut text = format!(
            "namespaces: {{jobs: {{}}, edge: {{}}}}\nnetworkPolicy: {{defaultDeny: {}}}\nworkloads:\n",
            self.deny
        );
        for (at, (home, port, targets)) in self.workloads.iter().enumerate() {
            let targets: Vec<String> = targets.iter().map(|to| format!("s{to}/main")).collect();
            let home = match NAMESPACES[*home] {
                "shop" => String::new(),
                other => format!("namespace: {other}, "),
            };
            writeln!(
                text,
                "  w{at}: {{image: 'a:1', {home}ports: {{main: {port}, admin: 9999}}, services: {{s{at}: {{ports: {{main: 80}}}}}}, connects: [{}]}}",
                targets.join(", ")
            )
            .unwrap();
        }
        text
    }

    fn declares(&self, from: usize, to: usize, port: u16) -> bool {
        self.workloads[from].2.contains(&to) && self.workloads[to].1 == port
    }

    fn sends_freely(&self, from: usize) -> bool {
        !self.deny && self.workloads[from].2.is_empty()
    }

    fn takes_freely(&self, to: usize) -> bool {
        !self.deny && !self.workloads.iter().any(|(_, _, targets)| targets.contains(&to))
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn exactly_the_declared_flows_pass(plan in plan()) {
        let network = Network::new(&shop(&plan.text()).render("").objects());
        for from in 0..plan.workloads.len() {
            for to in 0..plan.workloads.len() {
                for port in [80, 1000, 1001, 1002, 1003, 9999] {
                    let ends = (network.pod(&format!("w{from}")), network.pod(&format!("w{to}")));
                    let declared = plan.declares(from, to, port);
                    let expected =
                        declared || (plan.sends_freely(from) && plan.takes_freely(to));
                    prop_assert_eq!(
                        network.lets(&ends.0, &ends.1, port, "TCP"),
                        expected,
                        "w{} to w{}:{}", from, to, port
                    );
                }
            }
        }
    }
}

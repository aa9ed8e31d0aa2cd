//! All rules, by family. A new rule is its file, and its line in its family's list.

use super::rule::Rule;
use super::{api, policy, refs, waivers};

/// Every rule there is.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [api::RULES, refs::RULES, policy::RULES, waivers::RULES].into_iter().flatten().copied()
}

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::check::rule::{Look, Severity};
    use crate::check::trial::findings;

    #[test]
    fn each_rule_fires_in_its_bad_example_and_not_in_its_good_one() {
        for rule in all().filter(|rule| !matches!(rule.look, Look::Waivers)) {
            let bad = findings(rule.bad);
            assert!(bad.iter().any(|f| f.rule.name == rule.name), "{} in {bad:#?}", rule.name);
            for finding in findings(rule.good) {
                let grave =
                    finding.severity == Severity::Error && finding.rule.family() != "policy";
                assert!(!grave && finding.rule.name != rule.name, "{}: {finding:#?}", rule.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_within_a_family() {
        let mut names = HashSet::new();
        for rule in all() {
            assert!(names.insert(rule.name), "{}", rule.name);
            assert!(matches!(rule.family(), "api" | "refs" | "policy"), "{}", rule.name);
            assert!(!rule.summary.ends_with('.') && !rule.page.is_empty(), "{}", rule.name);
        }
    }
}

//! All rules, by family. A new rule is its file, and its line in its family's list.

use super::rule::Rule;
use super::{api, policy, refs, waivers};
use crate::diagnostic::nearest;

/// Every rule there is.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [api::RULES, refs::RULES, policy::RULES, waivers::RULES].into_iter().flatten().copied()
}

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// The rule that may be meant by a name that none has: its family need not be said.
pub fn near(wrong: &str) -> Option<&'static str> {
    let short = |rule: &Rule| rule.name.split_once('/').map_or("", |(_, short)| short);
    nearest(wrong, all().map(|rule| rule.name)).or_else(|| {
        let near = nearest(wrong, all().map(short))?;
        all().find(|rule| short(rule) == near).map(|rule| rule.name)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::check::finding::Finding;
    use crate::check::rule::{Look, Severity};
    use crate::check::settings::Settings;
    use crate::check::testing::Objects;

    fn findings(example: &str, complete: bool) -> Vec<Finding> {
        Objects::read(example).findings(&Settings { complete, ..Settings::default() })
    }

    #[test]
    fn each_rule_fires_in_its_bad_example_and_not_in_its_good_one() {
        let mut wrong = Vec::new();
        for rule in all().filter(|rule| !matches!(rule.look, Look::Waivers)) {
            let fires = |findings: &[Finding]| findings.iter().any(|f| f.rule.name == rule.name);
            let bad = findings(rule.bad, true);
            if !fires(&bad) {
                wrong.push(format!("{} does not fire: {bad:#?}", rule.name));
            }
            if fires(&findings(rule.good, true)) {
                wrong.push(format!("{} fires in its good example", rule.name));
            }
            // Where a rule is not about references, its examples may lead elsewhere.
            for finding in findings(rule.good, rule.family() == "refs") {
                if finding.severity == Severity::Error && finding.rule.family() != "policy" {
                    wrong.push(format!("{}: {finding:#?}", rule.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

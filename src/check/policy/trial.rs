//! Runs one rule over manifests: what tests of rules stand on.

use crate::check::rule::Rule;
use crate::check::settings::Settings;
use crate::check::testing::Objects;

/// What a rule finds in production: `error FIELD: MESSAGE`.
pub fn findings(rule: &Rule, manifests: &str) -> Vec<String> {
    findings_with(rule, manifests, |_| {})
}

/// The same under other settings.
pub fn findings_with(
    rule: &Rule,
    manifests: &str,
    change: impl FnOnce(&mut Settings),
) -> Vec<String> {
    let mut settings = Settings { only: vec![rule.name.to_owned()], ..Settings::default() };
    change(&mut settings);
    let found = Objects::read(manifests).findings(&settings);
    found.iter().map(|f| format!("{} {}: {}", f.severity.word(), f.field, f.message)).collect()
}

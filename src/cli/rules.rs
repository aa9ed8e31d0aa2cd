//! What `check` tells about its rules: the list, and the page of one.

use anyhow::{Result, bail};

use crate::check::registry;
use crate::check::rule::{Rule, Severity};
use crate::diagnostic::nearest;

/// All rules in a table.
pub fn list() -> String {
    let width = registry::all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}  development  staging  production\n", "rule");
    for rule in registry::all() {
        let weight = |severity: Option<Severity>| severity.map_or("off", Severity::word);
        text.push_str(&format!(
            "{:width$}  {:11}  {:7}  {:10}  {}\n",
            rule.name,
            weight(rule.weight.development),
            weight(rule.weight.staging),
            weight(rule.weight.production),
            rule.summary
        ));
    }
    text
}

/// The page of a rule.
pub fn explain(name: &str) -> Result<String> {
    Ok(page(rule(name)?, 1))
}

/// A rule by its name, with or without its family.
fn rule(name: &str) -> Result<&'static Rule> {
    let found = registry::all().find(|rule| {
        rule.name == name || rule.name.split_once('/').is_some_and(|(_, short)| short == name)
    });
    match found {
        Some(rule) => Ok(rule),
        None => bail!("{}", unknown(name)),
    }
}

/// Refuses what is neither a rule nor a family.
pub fn known(name: &str) -> Result<()> {
    let is = |rule: &Rule| rule.name == name || rule.family() == name;
    match registry::all().any(is) {
        true => Ok(()),
        false => bail!("{}", unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    let shown: String = name.chars().take(80).collect();
    let near = nearest(name, registry::all().map(|rule| rule.name));
    let short = |rule: &Rule| rule.name.split_once('/').map_or("", |(_, short)| short);
    let near = near.or_else(|| {
        let near = nearest(name, registry::all().map(short))?;
        registry::all().find(|rule| short(rule) == near).map(|rule| rule.name)
    });
    match near {
        Some(near) => format!("there is no rule `{shown}`; did you mean `{near}`?"),
        None => format!("there is no rule `{shown}`; `k8sgen check --list` shows them all"),
    }
}

/// A rule as Markdown, its heading at a level.
pub fn page(rule: &Rule, level: usize) -> String {
    let heading = "#".repeat(level);
    let weight = |severity: Option<Severity>| severity.map_or("off", Severity::word);
    let weights = format!(
        "development: {} · staging: {} · production: {}",
        weight(rule.weight.development),
        weight(rule.weight.staging),
        weight(rule.weight.production)
    );
    format!(
        "{heading} {}\n\nIt fires where {}.\n\n{weights}\n\n{}\n\nBad:\n\n```yaml\n{}\n```\n\nGood:\n\n```yaml\n{}\n```\n",
        rule.name,
        rule.summary,
        rule.page.trim(),
        rule.bad.trim(),
        rule.good.trim()
    )
}

//! What `check` tells about its rules: the list, and the page of one.

use anyhow::{Result, bail};

use crate::check::registry;
use crate::check::rule::{Rule, Severity};
use crate::check::settings::Settings;

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

/// The page of a rule, or those of a family, or all.
pub fn explain(name: &str) -> Result<String> {
    let is = |rule: &&Rule| {
        let short = rule.name.split_once('/').map_or(rule.name, |(_, short)| short);
        name == "all" || [rule.name, rule.family(), short].contains(&name)
    };
    let pages: Vec<String> = registry::all().filter(is).map(page).collect();
    match pages.is_empty() {
        true => bail!("{}", unknown(name)),
        false => Ok(pages.join("\n")),
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

/// Refuses a choice that leaves nothing to look for.
pub fn left(settings: &Settings) -> Result<()> {
    match registry::all().any(|rule| settings.is_chosen(rule)) {
        true => Ok(()),
        false => bail!("`--only` and `--skip` together leave no rule"),
    }
}

fn unknown(name: &str) -> String {
    let shown: String = name.chars().take(80).collect();
    match registry::near(name) {
        Some(near) => format!("there is no rule `{shown}`; did you mean `{near}`?"),
        None => format!("there is no rule `{shown}`; `k8sgen check --list` shows them all"),
    }
}

/// A rule as Markdown.
fn page(rule: &Rule) -> String {
    let weight = |severity: Option<Severity>| severity.map_or("off", Severity::word);
    let weights = format!(
        "development: {} · staging: {} · production: {}",
        weight(rule.weight.development),
        weight(rule.weight.staging),
        weight(rule.weight.production)
    );
    format!(
        "## {}\n\nWhat it finds: {}.\n\n{weights}\n\n{}\n\nBad:\n\n```yaml\n{}\n```\n\nGood:\n\n```yaml\n{}\n```\n",
        rule.name,
        rule.summary,
        rule.page.trim(),
        rule.bad.trim(),
        rule.good.trim()
    )
}

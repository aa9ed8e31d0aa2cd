//! What a check is told besides the objects: the tier, the target version, which
//! rules count how much, and what lives elsewhere.

use std::collections::HashMap;
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Report, Unknown, nearest};
use crate::profile::checks::{Checks, ObjectPattern, RuleName, Weight};
use crate::profile::elsewhere::elsewhere;
use crate::profile::system::{System, Tier};
use crate::scalar::{Date, KubernetesVersion};
use crate::source::Place;

use super::api::custom::definitions::Definitions;
use super::registry;
use super::rule::{Rule, Severity};

/// How objects are checked.
#[derive(Clone, Debug)]
pub struct Settings {
    pub tier: Tier,
    pub kubernetes: KubernetesVersion,
    /// The namespace of objects that name none.
    pub namespace: String,
    /// The DNS domain of the cluster.
    pub cluster_domain: String,
    /// Whether the objects are all there are but for those declared elsewhere. Of
    /// some files that may not be so: what they do not have is then only odd.
    pub complete: bool,
    /// Whether that holds even for what clusters and operators have of their own.
    pub all_there_is: bool,
    pub elsewhere: Elsewhere,
    /// The definitions of custom resources that the cluster has.
    pub definitions: Definitions,
    /// Rules that count otherwise than their tier has it; `None` is off.
    pub severities: HashMap<String, Option<Severity>>,
    /// Families and rules that alone are looked at; all where there are none.
    pub only: Vec<String>,
    /// Families and rules that are not looked at.
    pub skip: Vec<String>,
    /// Whether a profile asks for the objects: what lives elsewhere is declared there.
    pub of_project: bool,
    /// What is less severe is only counted.
    pub least: Severity,
    pub waivers: Vec<Waiver>,
    /// The day on which waivers are looked at.
    pub today: Date,
}

/// Findings of one rule in some objects that are accepted until a day.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub name: String,
    pub rule: &'static Rule,
    pub object: ObjectPattern,
    pub until: Date,
    pub place: Place,
}

/// Objects that are known to live elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere(pub Vec<ObjectPattern>);

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            tier: Tier::Production,
            kubernetes: KubernetesVersion::NEWEST_KNOWN,
            namespace: "default".to_owned(),
            cluster_domain: "cluster.local".to_owned(),
            complete: true,
            all_there_is: false,
            elsewhere: Elsewhere::default(),
            definitions: Definitions::default(),
            severities: HashMap::new(),
            only: Vec::new(),
            skip: Vec::new(),
            of_project: false,
            least: Severity::Warning,
            waivers: Vec::new(),
            today: today(),
        }
    }
}

/// The day of this run: today, or the one that `SOURCE_DATE_EPOCH` names for builds
/// that must come out the same on any day.
fn today() -> Date {
    let set = source_date().ok().flatten();
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::of_seconds(set.unwrap_or_else(now))
}

/// The seconds that `SOURCE_DATE_EPOCH` names, where it is set.
pub fn source_date() -> Result<Option<u64>, String> {
    const NAME: &str = "SOURCE_DATE_EPOCH";
    let Some(text) = env::var_os(NAME).filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = text.to_string_lossy();
    let seconds = text.parse().map(Some);
    seconds.map_err(|_| format!("`{NAME}` is `{text}`, and must be a number of seconds"))
}

impl Settings {
    /// How a profile wants its objects checked.
    pub fn of_profile(system: &System, namespace: &str, report: &mut Report) -> Settings {
        let mut settings = Settings {
            tier: system.tier,
            kubernetes: system.kubernetes.value,
            namespace: namespace.to_owned(),
            cluster_domain: system.cluster_domain.to_string(),
            elsewhere: Elsewhere(elsewhere(system)),
            of_project: true,
            ..Settings::default()
        };
        if let Some(checks) = &system.checks {
            settings.take(checks, report);
        }
        settings
    }

    fn take(&mut self, checks: &Checks, report: &mut Report) {
        for (name, weight) in &checks.rules {
            let is_family = registry::all().any(|rule| rule.family() == name.as_str());
            if !is_family && registry::find(name.as_str()).is_none() {
                report.add(unknown(name).at(weight.key));
            } else if matches!(name.as_str().split('/').next(), Some("api")) {
                // What a server refuses is never printed.
                report.error(weight.key, "what a server refuses cannot be set otherwise");
            }
            let severity = match weight.value {
                Weight::Off => None,
                Weight::Warning => Some(Severity::Warning),
                Weight::Error => Some(Severity::Error),
            };
            self.severities.insert(name.to_string(), severity);
        }
        for (name, waiver) in &checks.waivers {
            match registry::find(waiver.rule.value.as_str()) {
                Some(rule) => self.waivers.push(Waiver {
                    name: name.to_string(),
                    rule,
                    object: waiver.object.value.clone(),
                    until: waiver.until,
                    place: waiver.key,
                }),
                None => report.add(unknown(&waiver.rule.value).at(waiver.rule.place)),
            }
        }
    }

    /// Whether somebody asked for a rule, or did not ask for others.
    pub fn is_chosen(&self, rule: &Rule) -> bool {
        let named =
            |list: &[String]| list.iter().any(|one| one == rule.name || one == rule.family());
        !named(&self.skip) && (self.only.is_empty() || named(&self.only))
    }

    /// How much a finding of a rule matters here; `None` where it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        if !self.is_chosen(rule) {
            return None;
        }
        let own = self.severities.get(rule.name).or_else(|| self.severities.get(rule.family()));
        own.copied().unwrap_or_else(|| rule.weight.in_tier(self.tier))
    }
}

impl Elsewhere {
    pub fn has(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.0.iter().any(|pattern| pattern.matches(kind, namespace, name))
    }
}

fn unknown(name: &RuleName) -> Unknown {
    let families = ["api", "refs", "policy"];
    let near = nearest(name.as_str(), families).or_else(|| registry::near(name.as_str()));
    let label = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`k8sgen check --list` shows them all".to_owned(),
    };
    Unknown::new(format!("there is no rule `{name}`"), name.as_str(), []).instead(label)
}

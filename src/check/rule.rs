//! What a rule is: its name, how much it weighs in each tier, and its page.

use crate::profile::system::Tier;

use super::at::At;
use super::scene::{Container, Pod, Scene};

/// One rule. Its file holds nothing else; the registry lists it.
pub struct Rule {
    /// `policy/latest-tag`: the family and the rule.
    pub name: &'static str,
    pub weight: Weight,
    /// One line: what must not be.
    pub summary: &'static str,
    /// Why, and what to do about it: Markdown.
    pub page: &'static str,
    /// Manifests in which it fires.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    pub look: Look,
}

/// How a rule looks at objects.
pub enum Look {
    /// While an object is validated: `api` calls it where it belongs.
    Validation,
    /// At each object.
    Object(for<'a> fn(&Scene<'a>, At<'a>)),
    /// At each pod, or template of pods: at its `spec`.
    Pod(for<'a> fn(&Scene<'a>, &Pod<'a>, At<'a>)),
    /// At each container of each pod.
    Container(for<'a> fn(&Scene<'a>, &Pod<'a>, Container<'a>)),
    /// Not at objects: at the waivers of a profile.
    Waivers,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Warning,
    Error,
}

/// How much a rule weighs in each tier; `None` is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    pub development: Option<Severity>,
    pub staging: Option<Severity>,
    pub production: Option<Severity>,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl Weight {
    /// An error in every tier.
    pub const ERROR: Weight = Weight::of(Some(Severity::Error));
    /// A warning in every tier.
    pub const WARNING: Weight = Weight::of(Some(Severity::Warning));
    /// An error in production, a warning in staging, off in development.
    pub const RISING: Weight = Weight {
        development: None,
        staging: Some(Severity::Warning),
        production: Some(Severity::Error),
    };
    /// A warning in production and staging.
    pub const ADVICE: Weight = Weight { development: None, ..Weight::WARNING };
    /// A warning in production alone.
    pub const PRODUCTION_ADVICE: Weight = Weight { staging: None, ..Weight::ADVICE };
    /// An error in production and staging, a warning in development.
    pub const GRAVE: Weight = Weight { development: Some(Severity::Warning), ..Weight::ERROR };

    const fn of(severity: Option<Severity>) -> Weight {
        Weight { development: severity, staging: severity, production: severity }
    }

    pub fn in_tier(self, tier: Tier) -> Option<Severity> {
        match tier {
            Tier::Development => self.development,
            Tier::Staging => self.staging,
            Tier::Production => self.production,
        }
    }
}

impl Rule {
    /// `api`, `refs` or `policy`.
    pub fn family(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(family, _)| family)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

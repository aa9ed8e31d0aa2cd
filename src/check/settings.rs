//! What a check is told besides the objects: the tier, the target version, which
//! rules count how much, and what lives elsewhere.

use std::collections::HashMap;

use crate::profile::system::Tier;
use crate::scalar::KubernetesVersion;

use super::api::custom::definitions::Definitions;
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
    pub elsewhere: Elsewhere,
    /// The definitions of custom resources that the cluster has.
    pub definitions: Definitions,
    /// Rules that count otherwise than their tier has it; `None` is off.
    pub severities: HashMap<String, Option<Severity>>,
    /// Families and rules that alone are looked at; all where there are none.
    pub only: Vec<String>,
    /// Families and rules that are not looked at.
    pub skip: Vec<String>,
}

/// Objects that are known to live elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    /// `KIND/NAME` or `KIND/NAMESPACE/NAME`; a name may end in `*`.
    patterns: Vec<(String, Option<String>, String)>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            tier: Tier::Production,
            kubernetes: KubernetesVersion::NEWEST_KNOWN,
            namespace: "default".to_owned(),
            cluster_domain: "cluster.local".to_owned(),
            complete: true,
            elsewhere: Elsewhere::default(),
            definitions: Definitions::default(),
            severities: HashMap::new(),
            only: Vec::new(),
            skip: Vec::new(),
        }
    }
}

impl Settings {
    /// How much a finding of a rule matters here; `None` where it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let named =
            |list: &[String]| list.iter().any(|one| one == rule.name || one == rule.family());
        if named(&self.skip) || !(self.only.is_empty() || named(&self.only)) {
            return None;
        }
        let own = self.severities.get(rule.name).or_else(|| self.severities.get(rule.family()));
        own.copied().unwrap_or_else(|| rule.weight.in_tier(self.tier))
    }
}

impl Elsewhere {
    /// Declares `KIND/NAME` or `KIND/NAMESPACE/NAME`; a name may end in `*`.
    pub fn declare(&mut self, text: &str) -> Result<(), String> {
        let mut parts = text.split('/');
        let (kind, first, second) = (parts.next(), parts.next(), parts.next());
        match (kind, first, second, parts.next()) {
            (Some(kind), Some(name), None, None) if !kind.is_empty() && !name.is_empty() => {
                self.patterns.push((kind.to_owned(), None, name.to_owned()));
                Ok(())
            }
            (Some(kind), Some(namespace), Some(name), None) if !kind.is_empty() => {
                self.patterns.push((kind.to_owned(), Some(namespace.to_owned()), name.to_owned()));
                Ok(())
            }
            _ => Err("expected `KIND/NAME` or `KIND/NAMESPACE/NAME`".to_owned()),
        }
    }

    pub fn has(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.patterns.iter().any(|(of, within, pattern)| {
            of.eq_ignore_ascii_case(kind)
                && within.as_ref().is_none_or(|within| within == namespace)
                && match pattern.strip_suffix('*') {
                    Some(start) => name.starts_with(start),
                    None => name == pattern,
                }
        })
    }
}

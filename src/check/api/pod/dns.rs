//! How names are looked up in a pod.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsName, IpAddress, Scalar};

pub static RULE: Rule = Rule {
    name: "api/pod-dns",
    weight: Weight::ERROR,
    summary: "DNS settings or host aliases of a pod that a server refuses",
    page: "With `dnsPolicy: None` a pod has only what its `dnsConfig` says, and that needs a name server. There are at most 3 name servers, which are IP addresses, and 32 search domains. The names of a host alias are DNS names.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  dnsPolicy: None
  dnsConfig: {searches: [example.com]}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  dnsPolicy: None
  dnsConfig: {nameservers: [10.0.0.10], searches: [example.com]}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

const MOST_SERVERS: usize = 3;
const MOST_SEARCHES: usize = 32;
const MOST_SEARCH_BYTES: usize = 2048;

/// `validateDNSPolicy`, `validatePodDNSConfig` and `ValidateHostAliases`.
pub fn validate(spec: At<'_>) {
    let spec = spec.under(&RULE);
    let policy = spec.field("dnsPolicy");
    policy.may_be_one_of(&["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]);
    let config = spec.field("dnsConfig");
    let is_alone = policy.text() == Some("None");
    if is_alone && !config.is_set() {
        config.fault_with("`dnsPolicy: None` needs a `dnsConfig`", "list its `nameservers`");
    } else if is_alone && config.field("nameservers").is_empty() {
        config.field("nameservers").fault("`dnsPolicy: None` needs a name server");
    } else if config.is_set() {
        validate_config(config);
    }
    for alias in spec.field("hostAliases").items() {
        alias.field("ip").required_as::<IpAddress>();
        let names = alias.field("hostnames");
        names.items().for_each(At::required_as::<DnsName>);
    }
}

fn validate_config(config: At<'_>) {
    let servers = config.field("nameservers");
    servers.must_not_have_more_than(MOST_SERVERS);
    servers.items().for_each(At::required_as::<IpAddress>);
    let searches = config.field("searches");
    searches.must_not_have_more_than(MOST_SEARCHES);
    let bytes = searches.items().map(|search| search.text_or_empty().len() + 1).sum::<usize>();
    if bytes > MOST_SEARCH_BYTES + 1 {
        searches.fault(format!("has {} bytes, the limit is {MOST_SEARCH_BYTES}", bytes - 1));
    }
    searches.items().for_each(must_be_search_domain);
    for option in config.field("options").items() {
        if option.field("name").is_empty() {
            option.fault("the option has no `name`");
        }
    }
}

/// A DNS name whose parts may start with `_`, and which may end with a dot, or be one:
/// `IsDNS1123SubdomainWithUnderscore`.
fn must_be_search_domain(at: At<'_>) {
    let text = at.text_or_empty();
    if text == "." {
        return;
    }
    let name = text.strip_suffix('.').unwrap_or(text);
    let plain: Vec<String> = name.split('.').map(without_underscores).collect();
    if let Err(reason) = DnsName::parse(&plain.join(".")) {
        at.fault(format!("{} is not a search domain: it {reason}", shown(text)));
    }
}

/// The part of a name as it would be without the underscores that may be in it.
fn without_underscores(part: &str) -> String {
    let rest = part.strip_prefix('_').unwrap_or(part);
    rest.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(dns: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  {dns}\n  containers: [{{name: a, image: 'a:1'}}]\n"
        )
    }

    #[test]
    fn search_domains() {
        for search in [".", "a", "a.b.", "_sip._tcp.example.com", "a_b.c"] {
            none(&with(&format!("dnsConfig: {{searches: ['{search}']}}")));
        }
        for search in ["", "..", "A", "a..b", "_", "a_", "-a"] {
            let found = faults(&with(&format!("dnsConfig: {{searches: ['{search}']}}")));
            assert_eq!(found, ["spec.dnsConfig.searches[0]"], "{search}");
        }
    }

    #[test]
    fn a_policy_of_none_says_it_all_itself() {
        assert_eq!(faults(&with("dnsPolicy: None")), ["spec.dnsConfig"]);
        let without_servers = with("dnsPolicy: None\n  dnsConfig: {}");
        assert_eq!(faults(&without_servers), ["spec.dnsConfig.nameservers"]);
        none(&with("dnsPolicy: ''"));
    }
}

//! What only containers on Windows have.

use crate::check::api::formats::shown;
use crate::check::api::pod::containers;
use crate::check::at::At;
use crate::scalar::DnsName;

/// `validateWindowsSecurityContextOptions`.
pub fn validate(options: At<'_>) {
    if !options.is_set() {
        return;
    }
    options.field("gmsaCredentialSpecName").must_be::<DnsName>();
    for (name, most) in [("gmsaCredentialSpec", 64 * 1024), ("runAsUserName", usize::MAX)] {
        let text = options.field(name);
        if text.is_set() {
            text.required();
            text.must_not_be_longer_than(most);
        }
    }
    let user = options.field("runAsUserName");
    if let Some(reason) = user.text().filter(|text| !text.is_empty()).and_then(user_fault) {
        user.fault(format!("{} is no user of Windows: {reason}", shown(user.text_or_empty())));
    }
}

/// What is wrong with `DOMAIN\USER` or `USER`.
fn user_fault(text: &str) -> Option<&'static str> {
    if text.contains(|c: char| c.is_ascii_control()) {
        return Some("it has a control character");
    }
    let (domain, user) = match text.split_once('\\') {
        Some((domain, user)) => (Some(domain), user),
        None => (None, text),
    };
    let forbidden = |c: char| "\"/:;|=,+*?<>@[]".contains(c);
    if user.contains('\\') {
        Some("it has more than one backslash")
    } else if domain.is_some_and(|domain| domain.len() >= 256) {
        Some("its domain has more than 255 bytes")
    } else if domain.is_some_and(|domain| !is_net_bios(domain) && !is_dns(domain)) {
        Some("its domain is neither a NetBIOS name nor a DNS name")
    } else if user.is_empty() {
        Some("it has no user")
    } else if user.len() > 104 {
        Some("its user has more than 104 bytes")
    } else if user.chars().all(|c| c == '.' || c == ' ') {
        Some("its user has only dots and spaces")
    } else if user.contains(forbidden) {
        Some("its user has one of \" / : ; | = , + * ? < > @ [ ]")
    } else {
        None
    }
}

fn is_net_bios(domain: &str) -> bool {
    let length = domain.chars().count();
    (1..=15).contains(&length)
        && !domain.starts_with('.')
        && !domain.contains(|c: char| "\\/:*?\"<>|".contains(c))
}

fn is_dns(domain: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    domain.split('.').all(|part| {
        (1..=63).contains(&part.len())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && is_edge(part.chars().next())
            && is_edge(part.chars().next_back())
    })
}

/// Containers that are processes of the node: all of a pod are, or none.
/// `validateWindowsHostProcessPod`.
pub fn validate_host_processes(spec: At<'_>) {
    let asks = |at: At<'_>| at.field("windowsOptions").field("hostProcess").flag();
    let of_pod = asks(spec.field("securityContext"));
    let (mut all, mut on_host) = (0, 0);
    for container in containers(spec) {
        all += 1;
        let context = container.field("securityContext");
        let own = if context.is_empty() { None } else { asks(context) };
        if own.is_some() && of_pod.is_some() && own != of_pod {
            context
                .field("windowsOptions")
                .field("hostProcess")
                .fault("its pod says otherwise of all its containers");
        }
        on_host += usize::from(own.or(of_pod) == Some(true));
    }
    if on_host == 0 {
        return;
    }
    if on_host != all {
        spec.fault("either all of its containers are processes of the node, or none");
    }
    if !spec.field("hostNetwork").is_true() {
        spec.field("hostNetwork")
            .fault("processes of the node are on its network: it must be true");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_of_windows() {
        for user in ["Administrator", "NT AUTHORITY\\SYSTEM", "example.com\\web", "a b"] {
            assert_eq!(user_fault(user), None, "{user}");
        }
        for user in ["a\\b\\c", "\\web", "example.com\\", ".. .", "web@example.com", "a\tb"] {
            assert!(user_fault(user).is_some(), "{user}");
        }
    }
}

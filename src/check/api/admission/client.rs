//! Where a webhook is: `ValidateWebhookService` and `ValidateWebhookURL`.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::DnsName;

pub fn validate(client: At<'_>) {
    let (url, service) = (client.field("url"), client.field("service"));
    match (url.is_set(), service.is_set()) {
        (true, true) => client.fault("it has both a `url` and a `service`"),
        (false, false) => {
            client.fault_with("it leads nowhere", "name a Service, or give a URL");
        }
        (true, false) => validate_url(url),
        (false, true) => validate_service(service),
    }
}

/// A server mixes up the two when it says which one is missing.
pub fn validate_service(service: At<'_>) {
    for (field, called) in [("namespace", "name"), ("name", "namespace")] {
        if service.field(field).is_empty() {
            let at = service.field(field).named(service.field(called));
            at.fault(format!("`{field}` is missing"));
        }
    }
    service.field("port").must_be_within(1, u16::MAX.into());
    let path = service.field("path");
    let text = path.text_or_empty();
    if matches!(text, "" | "/") {
        return;
    }
    let Some(steps) = text.strip_prefix('/') else {
        path.fault_with(format!("{} does not start with `/`", shown(text)), "such as `/validate`");
        return;
    };
    for step in steps.strip_suffix('/').unwrap_or(steps).split('/') {
        match step {
            "" => path.fault(format!("{} has two `/` in a row", shown(text))),
            step => path.must_be_text::<DnsName>(step),
        }
    }
}

pub fn validate_url(at: At<'_>) {
    if let Some(reason) = url_fault(at.text_or_empty()) {
        at.fault_with(reason, "such as `https://hooks.example.com/validate`");
    }
}

/// Why it is not `https://host[:port][/path]`.
fn url_fault(url: &str) -> Option<String> {
    if url.chars().any(char::is_control) {
        return Some("the URL has a control character".to_owned());
    }
    let (before, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (before, query) = before.split_once('?').unwrap_or((before, ""));
    let Some(rest) =
        before.split_once("://").filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https"))
    else {
        return Some(format!("{} does not start with `https://`", shown(url)));
    };
    let authority = rest.1.split('/').next().unwrap_or_default();
    let fault = if authority.contains('@') {
        "names a user"
    } else if authority.is_empty() || authority.starts_with(':') {
        "has no host"
    } else if !has_good_port(authority) {
        "has a port that is not a number"
    } else if authority.contains(|c: char| c.is_whitespace() || "<>\"\\^`{|}".contains(c)) {
        "has a host that none can have"
    } else if !fragment.is_empty() {
        "has something behind a `#`"
    } else if !query.is_empty() {
        "has something behind a `?`"
    } else {
        return None;
    };
    Some(format!("{} {fault}", shown(url)))
}

fn has_good_port(authority: &str) -> bool {
    // The colons of an IPv6 address stand within brackets.
    let behind = authority.rsplit_once(']').map_or(authority, |(_, behind)| behind);
    let port = behind.rsplit_once(':').map_or("", |(_, port)| port);
    port.bytes().all(|byte| byte.is_ascii_digit())
}

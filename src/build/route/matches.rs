//! Which requests a rule of a route is for.

use crate::crd::gateway as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::profile::decode::{At, Item, Named, place};
use crate::profile::edge_words::plain_path_fault;
use crate::profile::route::{RouteMatch, RoutePathType, RouteRule, RouteText};
use crate::profile::words::HeaderName;
use crate::source::Place;

use super::super::meta::some_list;

/// Its one match, or several. None at all takes every request.
pub fn matches(item: &Item<RouteRule>, report: &mut Report) -> Vec<crd::HttpRouteMatch> {
    let only = &item.only;
    let own = place(&only.path)
        .or(place(&only.path_type))
        .or(place(&only.method))
        .or(only.headers.values().next().map(|header| header.key))
        .or(only.query.values().next().map(|parameter| parameter.key));
    match (&item.matches, own) {
        (Some(several), Some(own)) => {
            report.add(
                Diagnostic::new("a rule has one match, or several under `matches`")
                    .at(own)
                    .related(several.place, "the others"),
            );
            Vec::new()
        }
        (Some(several), None) => {
            if several.is_empty() || several.len() > 64 {
                report.error(several.place, "1 to 64 matches");
            }
            several.values().map(|item| one(item, item.key, report)).collect()
        }
        (None, Some(own)) => vec![one(only, own, report)],
        (None, None) => Vec::new(),
    }
}

fn one(written: &RouteMatch, place: Place, report: &mut Report) -> crd::HttpRouteMatch {
    let built = crd::HttpRouteMatch {
        path: path(written, report),
        headers: some_list(values(&written.headers, 4096, true, report)),
        query_params: some_list(values(&written.query, 1024, false, report)),
        method: written.method.as_ref().map(|method| method.as_str().to_owned()),
    };
    if built == crd::HttpRouteMatch::default() {
        report.error(place, "this matches by nothing");
    }
    built
}

fn path(written: &RouteMatch, report: &mut Report) -> Option<crd::PathMatch> {
    let kind = written.path_type.as_ref().map(|kind| kind.value);
    let Some(path) = &written.path else {
        if let Some(kind) = &written.path_type {
            report.error(kind.place, "`pathType` belongs to a `path`");
        }
        return None;
    };
    let kind = kind.unwrap_or(RoutePathType::PathPrefix);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-/._~!$&'()*+,;=:@".contains(c);
    let fault = match kind {
        _ if path.is_empty() || path.len() > 1024 => Some("1 to 1024 characters".to_owned()),
        RoutePathType::RegularExpression => None,
        _ => plain_path_fault(path).or_else(|| {
            let sound = escapes_removed(path).is_some_and(|rest| rest.chars().all(plain));
            (!sound)
                .then(|| "letters, digits, `-/._~!$&'()*+,;=:@` and escapes as `%20`".to_owned())
        }),
    };
    if let Some(reason) = fault {
        report.add(Diagnostic::new("this is no path to compare with").at(path.place).label(reason));
    }
    Some(crd::PathMatch { type_: kind.as_str().to_owned(), value: path.value.clone() })
}

/// The path without `%20` and the like; none where a `%` begins nothing.
fn escapes_removed(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut rest = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let code = part.get(..2).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))?;
        rest.push_str(&part[code.len()..]);
    }
    Some(rest)
}

fn values(
    written: &Named<HeaderName, At<RouteText>>,
    longest: usize,
    ignore_case: bool,
    report: &mut Report,
) -> Vec<crd::ValueMatch> {
    if let Some(first) = written.values().nth(16) {
        report.error(first.key, "at most 16 of them");
    }
    refuse_twins(written, ignore_case, report);
    let all = written.iter().filter_map(|(name, text)| {
        let (kind, value) = match (&text.value.value.value, &text.regex) {
            (Some(value), _) => ("Exact", value),
            (None, Some(regex)) => ("RegularExpression", regex),
            (None, None) => return None,
        };
        if value.is_empty() || value.len() > longest {
            report.error(value.place, format!("a value has 1 to {longest} characters"));
        }
        Some(crd::ValueMatch {
            type_: kind.to_owned(),
            name: name.to_string(),
            value: value.value.clone(),
        })
    });
    all.collect()
}

/// Headers that differ in upper and lower case alone are one.
pub fn refuse_twins<T>(headers: &Named<HeaderName, T>, ignore_case: bool, report: &mut Report) {
    let mut seen = std::collections::HashMap::with_capacity(headers.len());
    for (name, item) in headers {
        if name.as_str().len() > 256 {
            report.error(item.key, "a name has at most 256 characters");
        }
        let key = if ignore_case { name.as_str().to_ascii_lowercase() } else { name.to_string() };
        if let Some(first) = seen.insert(key, item.key) {
            report.add(
                Diagnostic::new("this header is here twice")
                    .at(item.key)
                    .related(first, "the other one"),
            );
        }
    }
}

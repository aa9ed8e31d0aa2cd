//! What becomes of the requests of a rule on their way.

use crate::crd::gateway as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::profile::decode::{At, Item, Named};
use crate::profile::route::{
    HeaderChanges, RouteMirror, RouteRedirect, RouteRewrite, RouteRule, UrlScheme,
};
use crate::profile::words::HeaderName;

use super::Edge;
use super::matches::refuse_twins;
use crate::build::context::count;
use crate::build::meta::some_list;

pub fn filters(
    edge: &mut Edge<'_, '_>,
    item: &Item<RouteRule>,
    matches: &[crd::HttpRouteMatch],
    report: &mut Report,
) -> Vec<crd::Filter> {
    let mut made = Vec::new();
    let base = |kind: &str| crd::Filter { type_: kind.to_owned(), ..crd::Filter::default() };
    if let Some(changes) = &item.request_headers {
        let modifier = Some(header_modifier(changes, report));
        made.push(crd::Filter {
            request_header_modifier: modifier,
            ..base("RequestHeaderModifier")
        });
    }
    if let Some(changes) = &item.response_headers {
        let modifier = Some(header_modifier(changes, report));
        made.push(crd::Filter {
            response_header_modifier: modifier,
            ..base("ResponseHeaderModifier")
        });
    }
    if let (Some(redirect), Some(rewrite)) = (&item.redirect, &item.rewrite) {
        report.add(
            Diagnostic::new("what is redirected is not rewritten")
                .at(rewrite.place)
                .related(redirect.place, "where the client is sent"),
        );
    }
    if let Some(redirect) = &item.redirect {
        let redirect = Some(self::redirect(redirect, matches, report));
        made.push(crd::Filter { request_redirect: redirect, ..base("RequestRedirect") });
    }
    if let Some(rewrite) = &item.rewrite {
        let rewrite = Some(self::rewrite(rewrite, matches, report));
        made.push(crd::Filter { url_rewrite: rewrite, ..base("URLRewrite") });
    }
    if let Some(mirror) = &item.mirror
        && let Some(mirror) = self::mirror(edge, mirror, report)
    {
        made.push(crd::Filter { request_mirror: Some(mirror), ..base("RequestMirror") });
    }
    made
}

fn header_modifier(changes: &At<HeaderChanges>, report: &mut Report) -> crd::HeaderModifier {
    if changes.set.is_empty() && changes.add.is_empty() && changes.remove.is_empty() {
        report.error(changes.place, "this changes no header");
    }
    for (at, name) in changes.remove.iter().enumerate() {
        let same = |other: &&At<HeaderName>| other.as_str().eq_ignore_ascii_case(name.as_str());
        if changes.remove[..at].iter().find(same).is_some() {
            report.error(name.place, "this header is listed twice");
        }
    }
    crd::HeaderModifier {
        set: some_list(headers(&changes.set, report)),
        add: some_list(headers(&changes.add, report)),
        remove: some_list(changes.remove.iter().map(|name| name.to_string()).collect()),
    }
}

fn headers(written: &Named<HeaderName, At<String>>, report: &mut Report) -> Vec<crd::Header> {
    if let Some(first) = written.values().nth(16) {
        report.error(first.key, "at most 16 of them");
    }
    refuse_twins(written, true, report);
    let all = written.iter().map(|(name, value)| {
        let value = &value.value;
        if value.is_empty() || value.len() > 4096 || value.chars().any(char::is_control) {
            report.error(value.place, "a header's value is one line of 1 to 4096 characters");
        }
        crd::Header { name: name.to_string(), value: value.value.clone() }
    });
    all.collect()
}

fn redirect(
    redirect: &At<RouteRedirect>,
    matches: &[crd::HttpRouteMatch],
    report: &mut Report,
) -> crd::Redirect {
    if let Some(status) = redirect.status.as_ref()
        && !matches!(**status, 301 | 302 | 303 | 307 | 308)
    {
        report.error(status.place, "301, 302, 303, 307 or 308");
    }
    let built = crd::Redirect {
        scheme: redirect.scheme.map(UrlScheme::as_str).map(str::to_owned),
        hostname: redirect.hostname.as_ref().map(ToString::to_string),
        path: path_change(&redirect.path, &redirect.prefix, matches, report),
        port: redirect.port.map(|port| port.get().into()),
        status_code: None,
    };
    if built == crd::Redirect::default() {
        report.add(
            Diagnostic::missing("this sends a client to where it is")
                .at(redirect.place)
                .help("for example `redirect: {scheme: https}`"),
        );
    }
    crd::Redirect { status_code: redirect.status.as_ref().map(|status| count(**status)), ..built }
}

fn rewrite(
    rewrite: &At<RouteRewrite>,
    matches: &[crd::HttpRouteMatch],
    report: &mut Report,
) -> crd::Rewrite {
    let built = crd::Rewrite {
        hostname: rewrite.hostname.as_ref().map(ToString::to_string),
        path: path_change(&rewrite.path, &rewrite.prefix, matches, report),
    };
    if built == crd::Rewrite::default() {
        report.error(rewrite.place, "this changes nothing");
    }
    built
}

/// The whole path, or the prefix that exactly one match has.
fn path_change(
    whole: &Option<At<String>>,
    prefix: &Option<At<String>>,
    matches: &[crd::HttpRouteMatch],
    report: &mut Report,
) -> Option<crd::PathChange> {
    if let Some(path) = whole.as_ref().or(prefix.as_ref())
        && path.len() > 1024
    {
        report.error(path.place, "a path has at most 1024 characters");
    }
    if let Some(prefix) = prefix {
        let has_prefix = match matches {
            // None takes every request, by the prefix `/`.
            [] => true,
            [one] => one.path.as_ref().is_none_or(|path| path.type_ == "PathPrefix"),
            _ => false,
        };
        // The definition wants the match written.
        let written = matches.first().is_some_and(|one| one.path.is_some());
        if !has_prefix || !written {
            report.add(
                Diagnostic::new("a prefix is replaced where one prefix is matched")
                    .at(prefix.place)
                    .help("give the rule one match, with a `path`"),
            );
        }
    }
    match (whole, prefix) {
        (Some(path), _) => Some(crd::PathChange {
            type_: "ReplaceFullPath".to_owned(),
            replace_full_path: Some(path.value.clone()),
            replace_prefix_match: None,
        }),
        (None, Some(prefix)) => Some(crd::PathChange {
            type_: "ReplacePrefixMatch".to_owned(),
            replace_full_path: None,
            replace_prefix_match: Some(prefix.value.clone()),
        }),
        (None, None) => None,
    }
}

fn mirror(
    edge: &mut Edge<'_, '_>,
    mirror: &At<RouteMirror>,
    report: &mut Report,
) -> Option<crd::Mirror> {
    if let Some(share) = mirror.percent.as_ref().filter(|share| share.value.value() > 100) {
        report.error(share.place, "at most 100%");
    }
    Some(crd::Mirror {
        backend_ref: edge.backend(&mirror.to, report)?,
        percent: mirror.percent.as_ref().map(|share| count(share.value.value())),
    })
}

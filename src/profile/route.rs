//! Routes of the Gateway API: requests that come through a Gateway.

use crate::diagnostic::Report;
use crate::scalar::{DnsLabel, DnsName, Duration, Percentage, PortNumber};
use crate::tree::{Content, Node};

use super::decode::{At, Decode, Item, Named};
use super::edge_words::{HostPattern, HttpMethod};
use super::refs::Endpoint;
use super::shape::{Shape, choice, record};
use super::system::{Annotations, Labels};
use super::words::HeaderName;

record! {
    /// Requests that come through a Gateway, and where they go: an HTTPRoute.
    "route" pub struct Route {
        /// The namespace it lives in.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "edge";
        /// The Gateways it belongs to, each under a name of your choice.
        parents "parents": Named<DnsLabel, RouteParent>, eg "{public: {namespace: gateways}}";
        /// The hosts that requests are for; all of the Gateway's where there are none.
        hosts "hosts": Vec<At<HostPattern>>, eg "[api.example.com]";
        /// What happens with which requests, by name.
        rules "rules": Named<DnsName, RouteRule>, eg "{all: {to: web/http}}";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    hint "hostnames" => "did you mean `hosts`?";
    hint "parentRefs" => "did you mean `parents`?";
}

record! {
    /// A Gateway.
    "parent" pub struct RouteParent {
        /// The Gateway's name.
        gateway "gateway": Option<DnsName>, else "the name it stands under", eg "public";
        /// The Gateway's namespace, which may be one that the profile does not know.
        namespace "namespace": Option<DnsLabel>, else "the route's own", eg "gateways";
        /// One of the Gateway's listeners, by name.
        section "section": Option<At<DnsName>>, eg "https";
        /// One of the Gateway's ports.
        port "port": Option<At<PortNumber>>, eg "443";
    }
    hint "sectionName" => "did you mean `section`?";
    hint "name" => "did you mean `gateway`?";
}

record! {
    /// Some requests and what happens with them. The keys of its one match stand
    /// beside its own.
    "rule" pub struct RouteRule {
        /// Several matches by name; one of them is enough.
        matches "matches": Option<At<Named<DnsLabel, RouteMatch>>>;
        /// Where the requests go: a Service's port, or several with their shares.
        to "to": Option<At<Backends>>, eg "web/http"|"{web/http: 90, canary/http: 10}";
        /// What becomes of the requests' headers.
        request_headers "requestHeaders": Option<At<HeaderChanges>>;
        /// What becomes of the responses' headers.
        response_headers "responseHeaders": Option<At<HeaderChanges>>;
        /// Where the client is sent instead.
        redirect "redirect": Option<At<RouteRedirect>>;
        /// What becomes of the address on the way to the Service.
        rewrite "rewrite": Option<At<RouteRewrite>>;
        /// A Service that gets a copy of the requests.
        mirror "mirror": Option<At<RouteMirror>>, eg "shadow/http";
        /// How long the requests may take.
        timeouts "timeouts": Option<At<RouteTimeouts>>;
    }
    include only: RouteMatch;
    hint "backendRefs" => "did you mean `to`?";
    hint "filters" => "write them as `requestHeaders`, `responseHeaders`, `redirect`, `rewrite` and `mirror`";
}

record! {
    /// Which requests are meant: those for which all of this holds.
    "match" pub struct RouteMatch {
        /// The path.
        path "path": Option<At<String>>, else "/", eg "/api";
        /// How the path is compared.
        path_type "pathType": Option<At<RoutePathType>>, else "PathPrefix";
        /// Headers and their values.
        headers "headers": Named<HeaderName, At<RouteText>>, eg "{X-Version: v2}";
        /// Parameters of the query and their values.
        query "query": Named<HeaderName, At<RouteText>>, eg "{beta: \"1\"}";
        /// The method.
        method "method": Option<At<HttpMethod>>, eg "GET";
    }
}

choice! {
    /// How a path is compared.
    "path type" pub enum RoutePathType {
        /// It is the path itself.
        Exact "Exact",
        /// It is where the path begins, part by part.
        PathPrefix "PathPrefix",
        /// It is a regular expression, of the implementation's kind.
        RegularExpression "RegularExpression",
    }
}

record! {
    /// A value, or what values look like.
    "value" pub struct RouteText {
        /// The value itself.
        value "value": Option<At<String>>, eg "v2";
        /// A regular expression, of the implementation's kind.
        regex "regex": Option<At<String>>, eg "v[23]";
    }
    short "value";
    one_of ["value", "regex"];
    needs_one "a value";
}

record! {
    /// What becomes of headers.
    "header changes" pub struct HeaderChanges {
        /// Headers that are there with these values alone.
        set "set": Named<HeaderName, At<String>>, eg "{X-Edge: \"yes\"}";
        /// Values that headers get beside those they have.
        add "add": Named<HeaderName, At<String>>;
        /// Headers that go.
        remove "remove": Vec<At<HeaderName>>, eg "[Server]";
    }
}

record! {
    /// Where a client is sent instead. What is not written stays as it is.
    "redirect" pub struct RouteRedirect {
        /// `http` or `https`.
        scheme "scheme": Option<UrlScheme>, eg "https";
        /// The host.
        hostname "hostname": Option<DnsName>, eg "www.example.com";
        /// The port.
        port "port": Option<PortNumber>, eg "8443";
        /// The whole path.
        path "path": Option<At<String>>, eg "/new";
        /// What the prefix that matched becomes.
        prefix "prefix": Option<At<String>>, eg "/v2";
        /// The status that says so.
        status "status": Option<At<u32>>, else "302", eg "301";
    }
    one_of ["path", "prefix"];
    hint "statusCode" => "did you mean `status`?";
}

choice! {
    /// With or without TLS.
    "scheme" pub enum UrlScheme {
        /// Without.
        Http "http",
        /// With.
        Https "https",
    }
}

record! {
    /// What becomes of the address on the way to the Service.
    "rewrite" pub struct RouteRewrite {
        /// The host.
        hostname "hostname": Option<DnsName>, eg "internal.example.com";
        /// The whole path.
        path "path": Option<At<String>>, eg "/";
        /// What the prefix that matched becomes.
        prefix "prefix": Option<At<String>>, eg "/";
    }
    one_of ["path", "prefix"];
}

record! {
    /// A Service that gets a copy of the requests; nobody waits for its answers.
    "mirror" pub struct RouteMirror {
        /// The Service and its port.
        to "to": At<Endpoint>, eg "shadow/http";
        /// The share of requests that are copied.
        percent "percent": Option<At<Percentage>>, else "all", eg "10%";
    }
    short "to";
}

record! {
    /// How long requests may take.
    "timeouts" pub struct RouteTimeouts {
        /// In all.
        request "request": Option<At<Duration>>, eg "30s";
        /// Each try at the Service.
        backend_request "backendRequest": Option<At<Duration>>, eg "10s";
    }
}

/// One Service, or several with their shares.
#[derive(Clone, Debug)]
pub enum Backends {
    One(At<Endpoint>),
    Shared(Named<Endpoint, At<u32>>),
}

impl Backends {
    /// Each with its place and its share, where there is one.
    pub fn iter(&self) -> impl Iterator<Item = (At<Endpoint>, Option<&At<u32>>)> {
        let (one, shared) = match self {
            Backends::One(one) => (Some(one), None),
            Backends::Shared(shared) => (None, Some(shared)),
        };
        let placed = |(endpoint, weight): (&Endpoint, &Item<At<u32>>)| At {
            value: endpoint.clone(),
            place: weight.key,
        };
        let shared = shared.into_iter().flatten();
        let shared = shared.map(move |(e, weight)| (placed((e, weight)), Some(&weight.value)));
        one.into_iter().map(|one| (one.clone(), None)).chain(shared)
    }
}

impl Decode for Backends {
    fn shape() -> Shape {
        Shape::OneOf(&[Endpoint::shape, Named::<Endpoint, At<u32>>::shape])
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Backends> {
        match &node.content {
            Content::Map(table) if table.is_empty() => {
                report.error(node.place, "at least one Service");
                None
            }
            Content::Map(_) => Named::decode(node, report).map(Backends::Shared),
            _ => At::decode(node, report).map(Backends::One),
        }
    }
}

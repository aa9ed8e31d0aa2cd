//! What is wanted of a controller, one by one: every controller answers to each,
//! so that none is forgotten.

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::decode::{At, Named};
use crate::profile::edge_words::{HttpPath, Rate};
use crate::profile::ingress::{
    AlbScheme, AlbTarget, BackendProtocol, BasicAuth, Cors, Ingress, MiddlewareRef,
};
use crate::profile::words::HeaderName;
use crate::scalar::{Cidr, DnsLabel, DnsName, Duration, Quantity};
use crate::source::Place;

use super::super::context::seconds_from;

pub type Headers = Named<HeaderName, At<String>>;

/// One thing.
pub enum Wish<'p> {
    Tls,
    Rate(Rate),
    /// How many above the rate.
    Burst(u32, Rate),
    Connections(u32),
    Cors(&'p Cors),
    BasicAuth(&'p BasicAuth),
    BodySize(&'p Quantity),
    ConnectTimeout(i32),
    ReadTimeout(i32),
    SendTimeout(i32),
    IdleTimeout(i32),
    RequestHeaders(&'p Headers),
    ResponseHeaders(&'p Headers),
    RedirectToHttps(bool),
    Rewrite(&'p str),
    Allow(&'p [Cidr]),
    Deny(&'p [Cidr]),
    BackendProtocol(BackendProtocol),
    EntryPoints(&'p [At<DnsLabel>]),
    Middlewares(&'p [At<MiddlewareRef>]),
    Priority(u32),
    Scheme(AlbScheme),
    TargetType(AlbTarget),
    Group(&'p DnsName),
    Certificates(&'p [At<String>]),
    HealthPath(&'p HttpPath),
}

impl Wish<'_> {
    /// The key that says it.
    pub fn option(&self) -> &'static str {
        match self {
            Wish::Tls => "tls",
            Wish::Rate(_) => "rateLimit",
            Wish::Burst(..) => "burst",
            Wish::Connections(_) => "connections",
            Wish::Cors(_) => "cors",
            Wish::BasicAuth(_) => "basicAuth",
            Wish::BodySize(_) => "bodySize",
            Wish::ConnectTimeout(_) => "timeouts.connect",
            Wish::ReadTimeout(_) => "timeouts.read",
            Wish::SendTimeout(_) => "timeouts.send",
            Wish::IdleTimeout(_) => "timeouts.idle",
            Wish::RequestHeaders(_) => "requestHeaders",
            Wish::ResponseHeaders(_) => "responseHeaders",
            Wish::RedirectToHttps(_) => "redirectToHttps",
            Wish::Rewrite(_) => "rewrite",
            Wish::Allow(_) => "allow",
            Wish::Deny(_) => "deny",
            Wish::BackendProtocol(_) => "backendProtocol",
            Wish::EntryPoints(_) => "traefik.entryPoints",
            Wish::Middlewares(_) => "traefik.middlewares",
            Wish::Priority(_) => "traefik.priority",
            Wish::Scheme(_) => "alb.scheme",
            Wish::TargetType(_) => "alb.targetType",
            Wish::Group(_) => "alb.group",
            Wish::Certificates(_) => "alb.certificates",
            Wish::HealthPath(_) => "alb.healthPath",
        }
    }
}

/// Annotations without their domain, or why there are none.
pub type Answer = Result<Vec<(&'static str, String)>, Refusal>;

/// Why a wish is not granted.
pub enum Refusal {
    /// The controller has nothing for it; what to do instead.
    Never(Option<&'static str>),
    /// It has, but not for this.
    Value(String),
}

pub fn never() -> Answer {
    Err(Refusal::Never(None))
}

pub fn instead(help: &'static str) -> Answer {
    Err(Refusal::Never(Some(help)))
}

pub fn wrong(reason: impl Into<String>) -> Answer {
    Err(Refusal::Value(reason.into()))
}

pub fn one<T: ToString + ?Sized>(key: &'static str, value: &T) -> Answer {
    Ok(vec![(key, value.to_string())])
}

/// What a list is in an annotation.
pub fn joined<T: ToString>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(between)
}

/// The methods and headers that other origins may use, as nginx and HAProxy
/// both name them.
pub fn allowed_by_cors(cors: &Cors) -> impl Iterator<Item = (&'static str, String)> {
    let methods = cors.methods.iter().map(|methods| {
        let methods = methods.iter().map(|method| method.as_str());
        ("cors-allow-methods", joined(methods, ", "))
    });
    let headers =
        cors.headers.iter().map(|headers| ("cors-allow-headers", joined(headers.iter(), ", ")));
    methods.chain(headers)
}

/// All that an Ingress wants.
pub fn wishes<'p>(ingress: &'p Ingress, report: &mut Report) -> Vec<At<Wish<'p>>> {
    let mut all = Wishes(Vec::new());
    all.maybe(&ingress.tls, |_| Wish::Tls);
    rate_limit(ingress, &mut all, report);
    if let Some(cors) = &ingress.cors {
        if cors.origins.is_empty() {
            report.error(cors.origins.place, "at least one origin, or `\"*\"`");
        }
        let any = cors.origins.iter().find(|origin| origin.as_str() == "*");
        if let (Some(any), true) = (any, cors.origins.len() > 1) {
            report.error(any.place, "`*` is every origin; leave out the others");
        }
        if let (Some(any), true) = (any, cors.credentials) {
            report.error(any.place, "browsers refuse `*` together with `credentials`");
        }
        if let Some(age) = &cors.max_age {
            seconds_from(1, age, report);
        }
        all.add(cors.place, Wish::Cors(cors));
    }
    all.maybe(&ingress.basic_auth, Wish::BasicAuth);
    if let Some(size) = &ingress.body_size {
        if size.is_negative() || size.nanos() % 1_000_000_000 != 0 {
            report.error(size.place, "a size is a whole number of bytes, from 0");
        } else {
            all.add(size.place, Wish::BodySize(size));
        }
    }
    timeouts(ingress, &mut all, report);
    headers(&ingress.request_headers, Wish::RequestHeaders, &mut all, report);
    headers(&ingress.response_headers, Wish::ResponseHeaders, &mut all, report);
    all.maybe(&ingress.redirect_to_https, |flag| Wish::RedirectToHttps(*flag));
    all.maybe(&ingress.rewrite, |text| Wish::Rewrite(text));
    for (list, wish) in
        [(&ingress.allow, Wish::Allow as fn(&'p [Cidr]) -> Wish<'p>), (&ingress.deny, Wish::Deny)]
    {
        let Some(list) = list else { continue };
        if list.is_empty() {
            report.error(list.place, "at least one block of addresses");
        }
        all.add(list.place, wish(list));
    }
    all.maybe(&ingress.backend_protocol, |protocol| Wish::BackendProtocol(*protocol));
    own_settings(ingress, &mut all, report);
    all.0
}

struct Wishes<'p>(Vec<At<Wish<'p>>>);

impl<'p> Wishes<'p> {
    fn add(&mut self, place: Place, value: Wish<'p>) {
        self.0.push(At { value, place });
    }

    fn maybe<T>(&mut self, written: &'p Option<At<T>>, wish: impl Fn(&'p T) -> Wish<'p>) {
        if let Some(written) = written {
            self.add(written.place, wish(&written.value));
        }
    }
}

fn rate_limit<'p>(ingress: &'p Ingress, all: &mut Wishes<'p>, report: &mut Report) {
    let Some(limit) = &ingress.rate_limit else { return };
    all.maybe(&limit.rate, |rate| Wish::Rate(*rate));
    all.maybe(&limit.connections, |count| Wish::Connections(*count));
    match (&limit.burst, &limit.rate) {
        (Some(burst), Some(rate)) => all.add(burst.place, Wish::Burst(**burst, **rate)),
        (Some(burst), None) => report.error(burst.place, "`burst` belongs to a `rate`"),
        (None, _) => {}
    }
    if let Some(count) = limit.connections.as_ref().filter(|count| ***count == 0) {
        report.error(count.place, "at least 1 connection");
    }
    if limit.rate.is_none() && limit.burst.is_none() && limit.connections.is_none() {
        report.add(
            Diagnostic::missing("this limits nothing")
                .at(limit.place)
                .help("for example `100 per 1s`"),
        );
    }
}

fn timeouts<'p>(ingress: &'p Ingress, all: &mut Wishes<'p>, report: &mut Report) {
    let Some(timeouts) = &ingress.timeouts else { return };
    let mut written = 0;
    let mut timeout = |duration: &'p Option<At<Duration>>, wish: fn(i32) -> Wish<'p>| {
        let Some(duration) = duration else { return };
        written += 1;
        if let Some(secs) = seconds_from(1, duration, report) {
            all.add(duration.place, wish(secs));
        }
    };
    timeout(&timeouts.connect, Wish::ConnectTimeout);
    timeout(&timeouts.read, Wish::ReadTimeout);
    timeout(&timeouts.send, Wish::SendTimeout);
    timeout(&timeouts.idle, Wish::IdleTimeout);
    if written == 0 {
        report.error(timeouts.place, "no timeout is written here");
    }
}

fn headers<'p>(
    headers: &'p Headers,
    wish: fn(&'p Headers) -> Wish<'p>,
    all: &mut Wishes<'p>,
    report: &mut Report,
) {
    let Some(first) = headers.values().next() else { return };
    for value in headers.values() {
        if value.is_empty() || value.chars().any(char::is_control) {
            report.error(value.value.place, "a header's value is one line, and not empty");
        }
    }
    all.add(first.key, wish(headers));
}

fn own_settings<'p>(ingress: &'p Ingress, all: &mut Wishes<'p>, report: &mut Report) {
    if let Some(traefik) = &ingress.traefik {
        let before = all.0.len();
        if let Some(first) = traefik.entry_points.first() {
            all.add(first.place, Wish::EntryPoints(&traefik.entry_points));
        }
        if let Some(first) = traefik.middlewares.first() {
            all.add(first.place, Wish::Middlewares(&traefik.middlewares));
        }
        all.maybe(&traefik.priority, |priority| Wish::Priority(*priority));
        if all.0.len() == before {
            report.error(traefik.place, "no setting is written here");
        }
    }
    if let Some(alb) = &ingress.alb {
        let before = all.0.len();
        all.maybe(&alb.scheme, |scheme| Wish::Scheme(*scheme));
        all.maybe(&alb.target_type, |target| Wish::TargetType(*target));
        all.maybe(&alb.group, Wish::Group);
        if let Some(first) = alb.certificates.first() {
            all.add(first.place, Wish::Certificates(&alb.certificates));
        }
        all.maybe(&alb.health_path, Wish::HealthPath);
        if all.0.len() == before {
            report.error(alb.place, "no setting is written here");
        }
    }
}

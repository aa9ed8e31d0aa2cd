//! Ingresses: requests from outside, by host and path, and what a controller
//! does with them on their way.

use crate::scalar::{Cidr, DnsLabel, DnsName, Duration, Quantity, kept_text};

use super::decode::{At, Named};
use super::edge_words::{HostPattern, HttpMethod, HttpPath, Origin, Rate};
use super::refs::Endpoint;
use super::shape::{choice, record};
use super::system::{Annotations, Labels};
use super::words::HeaderName;

record! {
    /// Requests from outside to Services, by host and path. What a controller does
    /// with them becomes its annotations; what it has none for is an error.
    "ingress" pub struct Ingress {
        /// The namespace it lives in, with the Services that it leads to.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "edge";
        /// Which controller serves it, by the name of an IngressClass.
        class "class": Option<At<DnsName>>, else "the cluster's default class", eg "nginx";
        /// Whose annotations it bears.
        controller "controller": Option<At<Controller>>, else "the one that the class is called after", eg "nginx";
        /// Services by host and path.
        hosts "hosts": Named<HostPattern, At<IngressPaths>>, eg "{api.example.com: {/: web/http}}";
        /// Where everything else goes.
        default "default": Option<At<Endpoint>>, eg "web/http";
        /// Which certificate it shows.
        tls "tls": Option<At<IngressTls>>, eg "letsencrypt";
        /// How much one client may ask.
        rate_limit "rateLimit": Option<At<RateLimit>>, eg "100 per 1s";
        /// Whose scripts may ask from a browser.
        cors "cors": Option<At<Cors>>;
        /// Names and passwords that are asked for.
        basic_auth "basicAuth": Option<At<BasicAuth>>, eg "rpc-auth";
        /// The most that a request may hold; `0` for any amount.
        body_size "bodySize": Option<At<Quantity>>, eg "8Mi";
        /// How long anything may take.
        timeouts "timeouts": Option<At<IngressTimeouts>>;
        /// Headers that requests get on their way in.
        request_headers "requestHeaders": Named<HeaderName, At<String>>;
        /// Headers that responses get on their way out.
        response_headers "responseHeaders": Named<HeaderName, At<String>>;
        /// Whether requests without TLS are sent to where there is TLS.
        redirect_to_https "redirectToHttps": Option<At<bool>>, eg "true";
        /// What the path becomes, as the controller writes it.
        rewrite "rewrite": Option<At<String>>, eg "/$2";
        /// Who may ask; nobody else may.
        allow "allow": Option<At<Vec<Cidr>>>, eg "[10.0.0.0/8]";
        /// Who may not ask.
        deny "deny": Option<At<Vec<Cidr>>>, eg "[203.0.113.0/24]";
        /// What the pods speak.
        backend_protocol "backendProtocol": Option<At<BackendProtocol>>, eg "GRPC";
        /// What Traefik alone has.
        traefik "traefik": Option<At<TraefikIngress>>;
        /// What the AWS Load Balancer Controller alone has.
        alb "alb": Option<At<AlbIngress>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    hint "ingressClassName" => "did you mean `class`?";
    hint "rules" => "did you mean `hosts`?";
    hint "defaultBackend" => "did you mean `default`?";
    hint "websockets" => "every controller lets them through; for long ones raise `timeouts`";
    hint "issuer" => "write it as `tls: {issuer: …}`";
    hint "auth" => "did you mean `basicAuth`?";
}

/// Services by path.
pub type IngressPaths = Named<HttpPath, IngressPath>;

record! {
    /// Where requests to one path go.
    "path" pub struct IngressPath {
        /// The Service and its port.
        to "to": At<Endpoint>, eg "web/http";
        /// How the path is compared.
        path_type "pathType": At<PathType> = "Prefix";
    }
    short "to";
    hint "backend" => "did you mean `to`?";
}

choice! {
    /// How a path is compared.
    "path type" pub enum PathType {
        /// It is the path itself.
        Exact "Exact",
        /// It is where the path begins, part by part.
        Prefix "Prefix",
        /// It is what the controller takes it for: a regular expression, for some.
        ImplementationSpecific "ImplementationSpecific",
    }
}

choice! {
    /// A controller that serves Ingresses.
    "controller" pub enum Controller {
        /// ingress-nginx, of the Kubernetes project.
        Nginx "nginx",
        /// Traefik.
        Traefik "traefik",
        /// HAProxy Kubernetes Ingress Controller, by HAProxy Technologies.
        Haproxy "haproxy",
        /// AWS Load Balancer Controller.
        Alb "alb",
    }
}

impl Controller {
    /// What messages call it.
    pub fn title(self) -> &'static str {
        match self {
            Controller::Nginx => "ingress-nginx",
            Controller::Traefik => "Traefik",
            Controller::Haproxy => "the HAProxy controller",
            Controller::Alb => "the AWS Load Balancer Controller",
        }
    }

    /// The one that a class is called after.
    pub fn of_class(class: &str) -> Option<Controller> {
        let all = [Controller::Nginx, Controller::Traefik, Controller::Haproxy, Controller::Alb];
        all.into_iter().find(|controller| controller.as_str() == class)
    }
}

record! {
    /// The certificate that an Ingress shows. Without `issuer` and `secret` it is the
    /// controller's own choice.
    "tls" pub struct IngressTls {
        /// Who issues it: one under `issuers`.
        issuer "issuer": Option<At<DnsName>>, eg "letsencrypt";
        /// The Secret that holds it: with `issuer` it is made, otherwise it is one under `secrets` or of a certificate.
        secret "secret": Option<At<DnsName>>, else "with `issuer`, the Ingress's name and `-tls`", eg "api-tls";
        /// The hosts it is for.
        hosts "hosts": Option<At<Vec<At<HostPattern>>>>, else "all that the Ingress serves", eg "[api.example.com]";
    }
    short "issuer";
    hint "secretName" => "did you mean `secret`?";
}

record! {
    /// How much one client may ask.
    "rate limit" pub struct RateLimit {
        /// How many requests in a period.
        rate "rate": Option<At<Rate>>, eg "100 per 1s";
        /// How many at once above that.
        burst "burst": Option<At<u32>>, eg "500";
        /// How many connections at once.
        connections "connections": Option<At<u32>>, eg "20";
    }
    short "rate";
}

record! {
    /// Whose scripts may ask from a browser, and what.
    "cors" pub struct Cors {
        /// Where the scripts come from.
        origins "origins": At<Vec<At<Origin>>>, eg "[https://app.example.com]";
        /// The methods they may use.
        methods "methods": Option<At<Vec<HttpMethod>>>, else "the controller's own", eg "[GET, POST]";
        /// The headers they may send.
        headers "headers": Option<At<Vec<HeaderName>>>, else "the controller's own", eg "[Authorization]";
        /// The headers of responses they may see.
        expose_headers "exposeHeaders": Option<At<Vec<HeaderName>>>;
        /// Whether they may send cookies and the like.
        credentials "credentials": bool = "false";
        /// How long a browser may keep the answer.
        max_age "maxAge": Option<At<Duration>>, eg "1d";
    }
    hint "allowOrigins" => "did you mean `origins`?";
}

record! {
    /// Names and passwords that are asked for.
    "basic auth" pub struct BasicAuth {
        /// The Secret that holds them: for ingress-nginx a htpasswd file under the key `auth`, for HAProxy one key for each name.
        secret "secret": At<DnsName>, eg "rpc-auth";
        /// What a browser shows above the question.
        realm "realm": Option<At<String>>, eg "Admin Area";
    }
    short "secret";
}

record! {
    /// How long anything may take.
    "timeouts" pub struct IngressTimeouts {
        /// Until a pod takes the connection.
        connect "connect": Option<At<Duration>>, eg "5s";
        /// Between two reads from a pod.
        read "read": Option<At<Duration>>, eg "60s";
        /// Between two writes to a pod.
        send "send": Option<At<Duration>>, eg "60s";
        /// Until a connection without traffic is closed.
        idle "idle": Option<At<Duration>>, eg "60s";
    }
}

choice! {
    /// What the pods speak.
    "protocol" pub enum BackendProtocol {
        /// HTTP.
        Http "HTTP",
        /// HTTP with TLS.
        Https "HTTPS",
        /// gRPC.
        Grpc "GRPC",
        /// gRPC with TLS.
        Grpcs "GRPCS",
    }
}

record! {
    /// What Traefik alone has.
    "settings of Traefik" pub struct TraefikIngress {
        /// The entry points it listens on.
        entry_points "entryPoints": Vec<At<DnsLabel>>, eg "[websecure]";
        /// Middlewares that requests pass, as Traefik names them.
        middlewares "middlewares": Vec<At<MiddlewareRef>>, eg "[shop-auth@kubernetescrd]";
        /// Which router comes first, where several take a request.
        priority "priority": Option<At<u32>>;
    }
}

record! {
    /// What the AWS Load Balancer Controller alone has.
    "settings of the load balancer" pub struct AlbIngress {
        /// From where it is reached.
        scheme "scheme": Option<At<AlbScheme>>, eg "internet-facing";
        /// Whether requests go to pods or to ports of nodes.
        target_type "targetType": Option<At<AlbTarget>>, eg "ip";
        /// The Ingresses that share one load balancer.
        group "group": Option<At<DnsName>>, eg "shop";
        /// Certificates by their ARNs; those that match the hosts where nothing is said.
        certificates "certificates": Vec<At<String>>, eg "[arn:aws:acm:eu-west-1:123456789012:certificate/x]";
        /// The path that it asks whether a pod is well.
        health_path "healthPath": Option<At<HttpPath>>, eg "/healthz";
    }
}

choice! {
    /// From where a load balancer is reached.
    "scheme" pub enum AlbScheme {
        /// From anywhere.
        InternetFacing "internet-facing",
        /// From the private network.
        Internal "internal",
    }
}

choice! {
    /// Where a load balancer sends requests.
    "target type" pub enum AlbTarget {
        /// To the pods.
        Ip "ip",
        /// To ports of the nodes.
        Instance "instance",
    }
}

kept_text! {
    /// A middleware as Traefik names it.
    MiddlewareRef
}

impl crate::scalar::Scalar for MiddlewareRef {
    const NAME: &'static str = "middleware";
    const DOC: &'static str =
        "A middleware and who provides it: `NAMESPACE-NAME@kubernetescrd`, `NAME@file`.";
    const EXAMPLES: &'static [&'static str] = &["shop-auth@kubernetescrd", "auth@file"];
    const PATTERN: &'static str = "^[A-Za-z0-9_.-]+@[a-z0-9]+$";

    fn parse(text: &str) -> Result<MiddlewareRef, String> {
        let (name, provider) =
            text.split_once('@').ok_or("its provider is missing: `…@kubernetescrd`")?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty()
            || provider.is_empty()
            || !(name.chars().chain(provider.chars())).all(plain)
        {
            return Err("expected `NAMESPACE-NAME@kubernetescrd`".to_owned());
        }
        Ok(MiddlewareRef(text.into()))
    }
}

super::shape::scalars!(MiddlewareRef);

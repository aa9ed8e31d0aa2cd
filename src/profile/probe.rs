//! How Kubernetes learns whether a container works, and what runs at its ends.

use crate::scalar::Duration;

use super::decode::{At, Named};
use super::refs::{GrpcTarget, HttpTarget, PortRef};
use super::shape::{choice, record};
use super::words::HeaderName;

record! {
    /// The three questions Kubernetes asks a container.
    "set of probes" pub struct Probes {
        /// Is it alive? If not, it is restarted.
        liveness "liveness": Option<Box<At<Probe>>>;
        /// Does it take requests? If not, Services leave it out.
        readiness "readiness": Option<Box<At<Probe>>>;
        /// Has it started? Until then the other two wait.
        startup "startup": Option<Box<At<Probe>>>;
    }
}

record! {
    /// One way of asking, and how often.
    "probe" pub struct Probe {
        /// An HTTP request.
        http "http": Option<At<HttpTarget>>, eg "http/healthz";
        /// A TCP connection.
        tcp "tcp": Option<At<PortRef>>, eg "redis";
        /// A gRPC health check.
        grpc "grpc": Option<At<GrpcTarget>>, eg "9000";
        /// A command in the container.
        exec "exec": Option<At<Vec<String>>>, eg "[redis-cli, ping]";
        /// HTTP or HTTPS.
        scheme "scheme": Option<At<Scheme>>;
        /// Headers of the HTTP request.
        headers "headers": Option<At<Named<HeaderName, String>>>;
        /// The host name of the HTTP request or TCP connection; the pod's address where nothing is said.
        host "host": Option<At<String>>;
        /// How long after the start the first one comes.
        initial_delay "initialDelay": Option<At<Duration>>, eg "30s";
        /// How long from one to the next.
        period "period": Option<At<Duration>>, eg "10s";
        /// How long an answer may take.
        timeout "timeout": Option<At<Duration>>, eg "5s";
        /// How many good answers in a row it takes.
        success_threshold "successThreshold": Option<At<u32>>;
        /// How many bad answers in a row it takes.
        failure_threshold "failureThreshold": Option<At<u32>>, eg "3";
        /// How long a pod that failed it has to end.
        termination_grace_period "terminationGracePeriod": Option<At<Duration>>;
    }
    one_of ["http", "tcp", "grpc", "exec"];
    companions ["scheme", "headers", "host"];
    needs_one "a way of asking";
    hint "httpGet" => "write it as `http: PORT/PATH`";
    hint "tcpSocket" => "write it as `tcp: PORT`";
    hint "initialDelaySeconds" => "write it as `initialDelay: 30s`";
    hint "periodSeconds" => "write it as `period: 10s`";
    hint "timeoutSeconds" => "write it as `timeout: 5s`";
}

choice! {
    /// How an HTTP request is sent.
    "scheme" pub enum Scheme {
        /// In plain text.
        Http "HTTP",
        /// Over TLS; the certificate is not checked.
        Https "HTTPS",
    }
}

record! {
    /// What runs at the ends of a container.
    "lifecycle" pub struct Lifecycle {
        /// Right after its start, beside the program.
        post_start "postStart": Option<Hook>;
        /// Before it is told to end.
        pre_stop "preStop": Option<Hook>;
    }
}

record! {
    /// What runs at one end of a container.
    "hook" pub struct Hook {
        /// A command in the container.
        exec "exec": Option<At<Vec<String>>>, eg "[/bin/sh, -c, sleep 10]";
        /// An HTTP request.
        http "http": Option<At<HttpTarget>>, eg "http/shutdown";
        /// Nothing but time.
        sleep "sleep": Option<At<Duration>>, eg "10s";
    }
    one_of ["exec", "http", "sleep"];
    needs_one "something to do";
}

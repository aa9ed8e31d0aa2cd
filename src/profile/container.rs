//! One container of a pod.

use crate::scalar::{AbsolutePath, EnvName, IpAddress, PortName, PortNumber, Quantity};

use super::decode::{At, Named, Raw};
use super::env::{EnvFrom, EnvValue};
use super::hardening::Writes;
use super::image::PullPolicy;
use super::mount::Mount;
use super::probe::{Lifecycle, Probes};
use super::refs::ImageUse;
use super::shape::{choice, record};
use super::words::ResourceName;

record! {
    /// One container.
    "container" pub struct Container {
        /// An image under `images`, or a reference.
        image "image": At<ImageUse>, eg "web"|"redis:7-alpine";
        /// When nodes pull the image; what the image says where nothing is said.
        pull_policy "pullPolicy": Option<PullPolicy>;
        /// The program, instead of the image's own.
        command "command": Option<Vec<String>>, eg "[/app/server]";
        /// Its arguments.
        args "args": Option<Vec<String>>, eg "[--appendonly, \"yes\"]";
        /// The directory it starts in.
        working_dir "workingDir": Option<AbsolutePath>, eg "/app";
        /// The ports it listens on, by name.
        ports "ports": Named<PortName, ContainerPort>, eg "{http: 8080}";
        /// Environment variables by name.
        env "env": Named<EnvName, EnvValue>;
        /// ConfigMaps and Secrets whose keys all become variables; later ones win.
        env_from "envFrom": Vec<EnvFrom>;
        /// What lies at which path.
        mounts "mounts": Named<AbsolutePath, Mount>;
        /// Where it writes beside its mounts, in scratch space that goes with the pod.
        writes "writes": Option<At<Writes>>, eg "[/tmp]"|"{/tmp: 64Mi}";
        /// What it asks for and what it may use.
        resources "resources": Option<Resources>;
        /// How Kubernetes learns whether it works.
        probes "probes": Option<At<Probes>>;
        /// What runs after its start and before its end.
        lifecycle "lifecycle": Option<Lifecycle>;
        /// Its security context, as Kubernetes defines it.
        security_context "securityContext": Option<Raw>;
        /// Whether it has a terminal.
        tty "tty": Option<bool>;
        /// Whether its standard input stays open.
        stdin "stdin": Option<bool>;
        /// Where its last words are read from when it fails.
        termination_message_policy "terminationMessagePolicy": Option<TerminationMessagePolicy>;
    }
    hint "imagePullPolicy" => "did you mean `pullPolicy`?";
    hint "volumeMounts" => "did you mean `mounts`?";
    hint "livenessProbe" => "write it as `probes: {liveness: …}`";
    hint "readinessProbe" => "write it as `probes: {readiness: …}`";
    hint "startupProbe" => "write it as `probes: {startup: …}`";
}

choice! {
    /// Where the last words of a container are read from.
    "termination message policy" pub enum TerminationMessagePolicy {
        /// From its file.
        File "File",
        /// From its log, where the file is empty.
        FallbackToLogsOnError "FallbackToLogsOnError",
    }
}

record! {
    /// A port that a container listens on.
    "port" pub struct ContainerPort {
        /// Its number.
        port "port": At<PortNumber>, eg "8080";
        /// Its protocol.
        protocol "protocol": Protocol = "TCP";
        /// The same port on the node itself.
        host_port "hostPort": Option<PortNumber>;
        /// The address of the node that it binds to.
        host_ip "hostIP": Option<IpAddress>;
    }
    short "port";
    hint "containerPort" => "did you mean `port`?";
}

choice! {
    /// The protocol of a port.
    "protocol" pub enum Protocol {
        /// TCP.
        Tcp "TCP",
        /// UDP.
        Udp "UDP",
        /// SCTP.
        Sctp "SCTP",
    }
}

record! {
    /// What a container asks for and what it may use.
    "set of resources" pub struct Resources {
        /// What the scheduler keeps free for it.
        requests "requests": Named<ResourceName, At<Quantity>>, eg "{cpu: 100m, memory: 128Mi}";
        /// What it may use at most.
        limits "limits": Named<ResourceName, At<Quantity>>, eg "{cpu: \"1\", memory: 256Mi}";
    }
}

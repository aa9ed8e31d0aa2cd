//! Which paths of a node are worth more than others.

use crate::check::at::At;

/// Sockets through which whoever reaches them starts containers with all rights.
const SOCKETS: [&str; 7] = [
    "docker.sock",
    "containerd.sock",
    "crio.sock",
    "cri-dockerd.sock",
    "dockershim.sock",
    "podman.sock",
    "buildkitd.sock",
];

/// These themselves: what is below them may be harmless, such as `/etc/localtime`.
const WHOLE: [&str; 14] = [
    "/",
    "/etc",
    "/var",
    "/var/lib",
    "/run",
    "/var/run",
    "/usr",
    "/usr/bin",
    "/usr/local/bin",
    "/lib",
    "/lib64",
    "/sys",
    "/dev",
    "/home",
];

/// These and all that is below them.
const BELOW: [&str; 20] = [
    "/bin",
    "/sbin",
    "/boot",
    "/root",
    "/proc",
    "/etc/kubernetes",
    "/etc/cni",
    "/etc/ssh",
    "/etc/shadow",
    "/etc/sudoers",
    "/etc/sudoers.d",
    "/etc/cron.d",
    "/etc/systemd",
    "/opt/cni",
    "/run/containerd",
    "/var/lib/kubelet",
    "/var/lib/docker",
    "/var/lib/containerd",
    "/var/lib/containers",
    "/var/lib/etcd",
];

/// What a path of the node gives away.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// The runtime, and with it the node.
    Socket,
    /// The node's programs, keys or other pods' data.
    Node,
    Little,
}

/// The path of a `hostPath` volume, without what changes nothing in it.
pub fn host_path(volume: At<'_>) -> Option<String> {
    let path = volume.field("hostPath").field("path").text()?;
    let parts = path.split('/').filter(|part| !part.is_empty() && *part != ".");
    Some(format!("/{}", parts.collect::<Vec<_>>().join("/")))
}

pub fn worth(path: &str) -> Worth {
    let last = path.rsplit('/').next().unwrap_or_default();
    let below = |root: &&str| {
        path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if SOCKETS.contains(&last) {
        Worth::Socket
    } else if WHOLE.contains(&path) || BELOW.iter().any(below) {
        Worth::Node
    } else {
        Worth::Little
    }
}

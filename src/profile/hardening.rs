//! How little a pod may do.

use crate::scalar::{AbsolutePath, Scalar, kept_text};

use super::decode::At;
use super::governance::SecurityLevel;
use super::mount::EmptyDir;
use super::names::Names;
use super::shape::{choice, record, scalars};

record! {
    /// The security context of pods and their containers, by the Pod Security level
    /// that they keep. A workload's settings lie on the system's, and Kubernetes' own
    /// `podSecurityContext` and `securityContext` on both.
    "security" pub struct Security {
        /// The level: all that it asks for is set, and what is beyond it is an error.
        level "level": Option<At<SecurityLevel>>, eg "restricted";
        /// The user that the processes run as.
        run_as_user "runAsUser": Option<At<u32>>, else "the image's", eg "1000";
        /// The group that the processes run as.
        run_as_group "runAsGroup": Option<At<u32>>, else "the image's", eg "1000";
        /// The group that volumes belong to.
        fs_group "fsGroup": Option<At<u32>>, eg "1000";
        /// When the files of a volume are given to that group.
        fs_group_change_policy "fsGroupChangePolicy": Option<At<FsGroupChangePolicy>>;
        /// Whether the containers may write nowhere but where `writes` or a mount says.
        read_only "readOnlyRootFilesystem": Option<At<bool>>;
        /// Capabilities that the processes need nevertheless.
        capabilities "addCapabilities": Option<At<Vec<Capability>>>, eg "[NET_BIND_SERVICE]";
    }
    short "level";
    hint "capabilities" => "did you mean `addCapabilities`? All others are dropped by `restricted`";
}

choice! {
    /// When the files of a volume are given to the group.
    "policy" pub enum FsGroupChangePolicy {
        /// Where the volume's root does not belong to it.
        OnRootMismatch "OnRootMismatch",
        /// Always: slow with many files.
        Always "Always",
    }
}

impl Security {
    /// These settings, and where they say nothing those of the system.
    pub fn over(&self, system: Option<&Security>) -> Security {
        let Some(system) = system else { return self.clone() };
        Security {
            level: self.level.clone().or(system.level.clone()),
            run_as_user: self.run_as_user.clone().or(system.run_as_user.clone()),
            run_as_group: self.run_as_group.clone().or(system.run_as_group.clone()),
            fs_group: self.fs_group.clone().or(system.fs_group.clone()),
            fs_group_change_policy: self
                .fs_group_change_policy
                .clone()
                .or(system.fs_group_change_policy.clone()),
            read_only: self.read_only.clone().or(system.read_only.clone()),
            capabilities: self.capabilities.clone().or(system.capabilities.clone()),
        }
    }
}

/// Where a container writes beside its mounts: scratch space at each path.
pub type Writes = Names<AbsolutePath, EmptyDir>;

kept_text! {
    /// A right of the kernel's.
    Capability
}

impl Scalar for Capability {
    const NAME: &'static str = "capability";
    const DOC: &'static str = "A capability of Linux, without `CAP_`.";
    const EXAMPLES: &'static [&'static str] = &["NET_BIND_SERVICE", "SYS_PTRACE"];
    const PATTERN: &'static str = "^[A-Z_]+$";

    fn parse(text: &str) -> Result<Capability, String> {
        if let Some(name) = text.strip_prefix("CAP_") {
            return Err(format!("Kubernetes writes it as `{name}`"));
        }
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_') {
            return Err("consists of capital letters and `_`".to_owned());
        }
        Ok(Capability(text.into()))
    }
}

scalars!(Capability);

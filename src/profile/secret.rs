//! Secrets, and where an environment takes their values from.

use std::fmt;

use crate::diagnostic::Report;
use crate::scalar::{ConfigKey, DnsLabel, EnvName, RelativePath};
use crate::tree::Node;

use super::decode::{At, Decode, Named, wrong_type};
use super::external::ExternalSecret;
use super::secret_type::{RegistryServer, SecretType};
use super::shape::{Shape, choice, record};
use super::system::{Annotations, Labels};

record! {
    /// A Secret. An environment says in `from` where its values come from.
    "secret" pub struct Secret {
        /// Kubernetes' type of it, in full or as one word. It says which keys the Secret has where `keys` says nothing.
        secret_type "type": Option<At<SecretType>>, else "Opaque", eg "tls";
        /// The keys that it has.
        keys "keys": Vec<At<ConfigKey>>, else "those of its type";
        /// Keys that it may have; pods start without them.
        optional_keys "optionalKeys": Vec<At<ConfigKey>>;
        /// The registry that `username` and `password` are for. For the type `registry`, with values that stand in the profile or are read where it is rendered.
        server "server": Option<At<RegistryServer>>, eg "ghcr.io";
        /// Where its values come from in this environment.
        from "from": Option<At<SecretFrom>>;
        /// The namespace it lives in; wherever it is read where nothing is said.
        namespace "namespace": Option<At<DnsLabel>>, else "that of each workload that reads it", eg "jobs";
        /// Whether Kubernetes refuses to change it.
        immutable "immutable": Option<At<bool>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    hint "data" => "values stand in `from: {literals: …}`, in an environment's overlay";
    hint "stringData" => "values stand in `from: {literals: …}`, in an environment's overlay";
    hint "externalSecret" => "it stands under `from`, in an environment's overlay";
    hint "sealed" => "it stands under `from`, in an environment's overlay";
}

record! {
    /// Where the values of a Secret come from: one way for each environment. `env` and `files` are one way together.
    "source" pub struct SecretFrom {
        /// It is made elsewhere: `from: existing`.
        existing "existing": Option<Existing>, eg "true";
        /// The External Secrets Operator makes it from what a store holds.
        external "externalSecret": Option<At<ExternalSecret>>;
        /// Values that kubeseal encrypted: the sealed-secrets controller makes the Secret. New ciphertext restarts the pods that read it.
        sealed "sealed": Option<At<Named<ConfigKey, SecretText>>>;
        /// Where the sealed values may be used.
        scope "scope": Option<At<SealedScope>>, else "strict", eg "namespace-wide";
        /// Environment variables of the machine that renders, by key. Not in a production tier.
        env "env": Named<ConfigKey, At<EnvName>>, eg "{API_KEY: CI_API_KEY}";
        /// Files of the project, by key; they may be binary. Not in a production tier.
        files "files": Named<ConfigKey, At<RelativePath>>, eg "{tls.key: secrets/tls.key}";
        /// The values themselves. In a development tier, or in a staging tier with a `waiver`.
        literals "literals": Option<At<Named<ConfigKey, SecretText>>>;
        /// Why these values may stand in plain text in a staging tier. The Secret bears it as the annotation `k8sgen/waiver`.
        waiver "waiver": Option<At<String>>, eg "made-up keys of the load test";
    }
    short "existing";
    one_of ["existing", "externalSecret", "sealed", "env", "literals"];
    one_of ["existing", "externalSecret", "sealed", "files", "literals"];
    companions ["scope", "waiver"];
    hint "external" => "did you mean `externalSecret`?";
    hint "sealedSecret" => "did you mean `sealed`?";
    hint "file" => "did you mean `files`?";
}

choice! {
    /// The word for what is made elsewhere.
    "source" pub enum Existing {
        /// It is made elsewhere.
        Existing "existing",
        /// It is made elsewhere.
        True "true",
    }
}

choice! {
    /// Where sealed values may be used.
    "scope" pub enum SealedScope {
        /// In the Secret and the namespace that they were sealed for.
        Strict "strict",
        /// In the namespace that they were sealed for, under any name.
        NamespaceWide "namespace-wide",
        /// Anywhere.
        ClusterWide "cluster-wide",
    }
}

/// A value of a Secret, plain or sealed. It shows itself to nobody.
#[derive(Clone)]
pub struct SecretText(pub String);

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

impl Decode for SecretText {
    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, report: &mut Report) -> Option<SecretText> {
        match node.as_text() {
            Some(text) => Some(SecretText(text.to_owned())),
            None => {
                report.add(wrong_type(node, "a string"));
                None
            }
        }
    }
}

/// What of `from` may be shown: where values come from, but no values, plain or
/// sealed. What is pasted as sealed may be plain by mistake.
pub const SHOWN: [&str; 6] = ["existing", "externalSecret", "env", "files", "scope", "waiver"];

impl SecretFrom {
    /// Whether it says any way at all.
    pub fn is_empty(&self) -> bool {
        let whole = self.existing.is_none() && self.external.is_none() && self.sealed.is_none();
        whole && self.literals.is_none() && !self.is_read()
    }

    /// Whether the values are read where the profile is rendered.
    pub fn is_read(&self) -> bool {
        !self.env.is_empty() || !self.files.is_empty()
    }

    /// Whether the output holds the values in plain text.
    pub fn is_plaintext(&self) -> bool {
        self.literals.is_some() || self.is_read()
    }

    /// The keys that are written one by one.
    fn own_keys(&self) -> impl Iterator<Item = &ConfigKey> {
        let texts = [&self.sealed, &self.literals].into_iter().flatten();
        let texts = texts.flat_map(|texts| texts.value.keys());
        let external = self.external.iter().flat_map(|external| external.keys.keys());
        texts.chain(self.env.keys()).chain(self.files.keys()).chain(external)
    }
}

impl Secret {
    /// Its keys, and whether each may be missing.
    pub fn all_keys(&self) -> impl Iterator<Item = (&ConfigKey, bool)> {
        let own = self.keys.iter().map(|key| (&key.value, false));
        let optional = self.optional_keys.iter().map(|key| (&key.value, true));
        let of_source = self.from.iter().flat_map(|from| from.own_keys());
        // A registry's own parts go into one key.
        let of_source = of_source.filter(|_| self.server.is_none()).map(|key| (key, false));
        own.chain(optional).chain(of_source).chain(self.implied_keys().map(|key| (key, false)))
    }

    /// The keys that its type gives it, where nothing says which ones it has.
    pub fn implied_keys(&self) -> impl Iterator<Item = &ConfigKey> {
        let lists = self.from.as_ref().is_some_and(|from| {
            from.sealed.is_some() || (from.is_plaintext() && self.server.is_none())
        });
        let implied = self.secret_type.as_ref().filter(|_| self.keys.is_empty() && !lists);
        implied.into_iter().flat_map(|kind| kind.keys())
    }
}

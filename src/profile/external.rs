//! What the External Secrets Operator is told: a store, and where in it each
//! key of a Secret is kept.

use crate::scalar::{ConfigKey, DnsName, Duration, Scalar, kept_text};

use super::decode::{At, Named};
use super::shape::{choice, record, scalars};

record! {
    /// A Secret that the External Secrets Operator makes from what a store holds. Each of the Secret's `keys` is kept where `keys` here says, or else where `prefix`, `propertiesOf` or `extract` lead. One that the store does not have fails the whole Secret; so the Secret's `optionalKeys` are asked for only where `keys` here names them.
    "external secret" pub struct ExternalSecret {
        /// The store, which the cluster has.
        store "store": Store, eg "cloud-secrets";
        /// How often the values are read again; `0s` for once.
        refresh "refresh": Option<At<Duration>>, else "1h, as the operator has it", eg "15m";
        /// Each key is kept under its own name behind this.
        prefix "prefix": Option<At<RemoteName>>, eg "shop/";
        /// Each key is the property of the same name of this.
        properties_of "propertiesOf": Option<At<RemoteRef>>, eg "shop/web";
        /// All properties of this become keys, whatever they are called.
        extract "extract": Option<At<RemoteRef>>, eg "shop/web";
        /// Where single keys are kept, in full.
        keys "keys": Named<ConfigKey, RemoteRef>, eg "{API_KEY: shared/api-key}";
        /// Who owns the Secret.
        creation_policy "creationPolicy": Option<At<CreationPolicy>>;
        /// What happens to the Secret where the store has none of its values any more.
        deletion_policy "deletionPolicy": Option<At<DeletionPolicy>>;
        /// The name of the ExternalSecret object.
        name "name": Option<DnsName>, else "the Secret's name", eg "shop-keys";
    }
    one_of ["prefix", "propertiesOf", "extract"];
    hint "secretStoreRef" => "did you mean `store`?";
    hint "refreshInterval" => "did you mean `refresh`?";
    hint "data" => "did you mean `keys`?";
    hint "dataFrom" => "did you mean `extract`?";
}

record! {
    /// A store of secrets.
    "store" pub struct Store {
        /// Its name.
        name "name": At<DnsName>, eg "cloud-secrets";
        /// Whether it serves the whole cluster.
        kind "kind": StoreKind = "ClusterSecretStore";
    }
    short "name";
}

choice! {
    /// Whom a store serves.
    "kind of store" pub enum StoreKind {
        /// The whole cluster.
        ClusterSecretStore "ClusterSecretStore",
        /// The namespace of the Secret.
        SecretStore "SecretStore",
    }
}

record! {
    /// Where a store keeps something.
    "remote secret" pub struct RemoteRef {
        /// Its name in the store.
        key "key": At<RemoteName>, eg "shop/api-key";
        /// A property of it, where it has several.
        property "property": Option<At<RemoteName>>, eg "password";
        /// Which version of it.
        version "version": Option<At<RemoteName>>, else "the newest", eg "v2";
        /// How its bytes are decoded.
        decoding "decodingStrategy": Option<Decoding>;
        /// What becomes of signs that a key cannot have. With `extract`.
        conversion "conversionStrategy": Option<At<Conversion>>;
        /// Whether its metadata is read instead of its value.
        metadata "metadataPolicy": Option<MetadataPolicy>;
    }
    short "key";
}

choice! {
    /// How bytes are decoded.
    "decoding" pub enum Decoding {
        /// They are taken as they are.
        None "None",
        /// From base64, where they are.
        Auto "Auto",
        /// From base64.
        Base64 "Base64",
        /// From base64 for URLs.
        Base64Url "Base64URL",
    }
}

choice! {
    /// What becomes of signs that a key cannot have.
    "conversion" pub enum Conversion {
        /// They become `_`.
        Default "Default",
        /// They become their code, as `_U0024_`.
        Unicode "Unicode",
    }
}

choice! {
    /// What is read.
    "metadata policy" pub enum MetadataPolicy {
        /// The value.
        None "None",
        /// Its tags, labels and annotations.
        Fetch "Fetch",
    }
}

choice! {
    /// Who owns a Secret.
    "creation policy" pub enum CreationPolicy {
        /// The ExternalSecret: both are deleted together.
        Owner "Owner",
        /// Nobody: it stays when the ExternalSecret goes.
        Orphan "Orphan",
        /// Somebody else made it; the keys are added.
        Merge "Merge",
    }
}

choice! {
    /// What happens where the store has nothing any more.
    "deletion policy" pub enum DeletionPolicy {
        /// The Secret stays as it was.
        Retain "Retain",
        /// The Secret is deleted.
        Delete "Delete",
        /// Its keys are taken out.
        Merge "Merge",
    }
}

kept_text! {
    /// What a store calls something: a path, an ARN, a name.
    RemoteName
}

impl Scalar for RemoteName {
    const NAME: &'static str = "name in a store";
    const DOC: &'static str =
        "What a store of secrets calls something: no blanks at its ends, no control characters.";
    const EXAMPLES: &'static [&'static str] = &["shop/api-key", "projects/shop/db"];
    const PATTERN: &'static str = "^\\S(.*\\S)?$";

    fn parse(text: &str) -> Result<RemoteName, String> {
        if text.is_empty() {
            return Err("is empty".to_owned());
        }
        if text.chars().any(char::is_control) {
            return Err("has a control character".to_owned());
        }
        if text.trim() != text {
            return Err("begins or ends with a blank".to_owned());
        }
        Ok(RemoteName(text.into()))
    }
}

scalars!(RemoteName);

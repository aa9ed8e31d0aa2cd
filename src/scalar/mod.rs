//! Scalars with a grammar of their own. Each is parsed once, where the profile
//! is read, and carries its meaning from there on as a type.

mod cidr;
mod config_key;
mod cron;
mod date;
mod dns;
mod duration;
mod env_name;
mod image;
mod int_or_percent;
mod kept_text;
mod label;
mod mode;
mod number;
mod path;
mod percentage;
mod port;
mod quantity;
#[cfg(test)]
mod table;
mod time_zone;
mod version;
mod word;

pub use cidr::{Cidr, IpAddress};
pub use config_key::ConfigKey;
pub use cron::CronSchedule;
pub use date::Date;
pub use dns::{DnsLabel, DnsName, ServiceName, mask_trailing_dash};
pub use duration::Duration;
pub use env_name::EnvName;
pub use image::{ImageDigest, ImageName, ImageReference, ImageTag};
pub use int_or_percent::{IntOrPercent, Surge};
pub(crate) use kept_text::kept_text;
pub use label::{AnnotationKey, LabelKey, LabelValue};
pub use mode::OctalMode;
pub use path::{AbsolutePath, RelativePath};
pub use percentage::Percentage;
pub use port::{PortName, PortNumber};
pub use quantity::Quantity;
pub use time_zone::TimeZone;
pub use version::KubernetesVersion;

/// A scalar that a user writes as one word and that has rules.
pub trait Scalar: Sized {
    /// What messages and the reference call it, without an article: `quantity`.
    const NAME: &'static str;
    /// One sentence for the reference: what may be written.
    const DOC: &'static str;
    /// Valid values, for the reference and the JSON Schema.
    const EXAMPLES: &'static [&'static str];
    /// A regular expression (ECMAScript, anchored) for editors. It may accept
    /// more than `parse` does, never less.
    const PATTERN: &'static str;

    /// Reads the text exactly as it stands in the file. The error is the
    /// reason, in the words Kubernetes would use, without the value itself.
    fn parse(text: &str) -> Result<Self, String>;
}

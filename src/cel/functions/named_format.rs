//! Kubernetes' named formats: `format.dns1123Label().validate(name)`.

use std::sync::LazyLock;

use crate::re2::{Flaw, Regex};
use crate::scalar::{
    DnsLabel, DnsName, LabelKey, LabelValue, Scalar, ServiceName, mask_trailing_dash,
};

use super::super::time;
use super::super::url::url;
use super::super::value::{Error, Outcome, Value};
use super::{Function, base64};

static FORMATS: [&str; 13] = [
    "dns1123Label",
    "dns1123Subdomain",
    "dns1035Label",
    "qualifiedName",
    "dns1123LabelPrefix",
    "dns1123SubdomainPrefix",
    "dns1035LabelPrefix",
    "labelValue",
    "uri",
    "uuid",
    "byte",
    "date",
    "datetime",
];

pub fn find(name: &str) -> Option<&'static str> {
    FORMATS.into_iter().find(|known| *known == name)
}

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    match (function, values) {
        (Function::NamedFormat(name), []) => Ok(Value::Format(name)),
        (Function::FormatNamed, [Value::Text(name)]) => {
            Ok(Value::optional(find(name).map(Value::Format)))
        }
        (Function::Validate, [Value::Format(name), Value::Text(text)]) => {
            let faults = fault(name, text).map(|reason| Value::list(vec![Value::text(reason)]));
            Ok(Value::optional(faults))
        }
        _ => Err(Error::no_overload()),
    }
}

/// What is wrong with a text.
fn fault(name: &str, text: &str) -> Option<String> {
    match name {
        "dns1123Label" => DnsLabel::parse(text).err(),
        "dns1123LabelPrefix" => DnsLabel::parse(&mask_trailing_dash(text)).err(),
        "dns1123Subdomain" => DnsName::parse(text).err(),
        "dns1123SubdomainPrefix" => DnsName::parse(&mask_trailing_dash(text)).err(),
        "dns1035Label" => ServiceName::parse(text).err(),
        "dns1035LabelPrefix" => ServiceName::parse(&mask_trailing_dash(text)).err(),
        "qualifiedName" => LabelKey::parse(text).err(),
        "labelValue" => LabelValue::parse(text).err(),
        "uri" => url(text).is_none().then(|| "is no absolute URL".to_owned()),
        "uuid" => (!is_uuid(text)).then(|| "does not match the UUID format".to_owned()),
        "byte" => (text.is_empty() || base64(text).is_none()).then(|| "invalid base64".to_owned()),
        "date" => time::date(text).is_none().then(|| "invalid date".to_owned()),
        _ => {
            let valid = text.len() > 10 && time::timestamp(text).is_some();
            (!valid).then(|| "invalid datetime".to_owned())
        }
    }
}

fn is_uuid(text: &str) -> bool {
    const PATTERN: &str = "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$";
    static UUID: LazyLock<Result<Regex, Flaw>> = LazyLock::new(|| Regex::new(PATTERN));
    // It goes no further than it fits.
    UUID.as_ref().is_ok_and(|regex| regex.is_match(text, &mut { u64::MAX }) == Ok(true))
}

//! What texts of a `format` must be, as kube-openapi's `strfmt` has it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cel;

/// A format that a server checks. Those that it takes no notice of are none, and so are
/// few that nobody uses and that are not worth their code: `email`, `creditcard`,
/// `isbn`, `ssn`, `rgbcolor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFormat {
    Ipv4,
    Ipv6,
    Cidr,
    Mac,
    Uuid,
    /// With its version.
    UuidOf(u8),
    Uri,
    Hostname,
    Bytes,
    Date,
    DateTime,
    Duration,
    HexColour,
    ObjectId,
}

impl TextFormat {
    pub fn find(name: &str) -> Option<TextFormat> {
        // Dashes count for nothing.
        Some(match &*name.replace('-', "") {
            "ipv4" => TextFormat::Ipv4,
            "ipv6" => TextFormat::Ipv6,
            "cidr" => TextFormat::Cidr,
            "mac" => TextFormat::Mac,
            "uuid" => TextFormat::Uuid,
            "uuid3" => TextFormat::UuidOf(3),
            "uuid4" => TextFormat::UuidOf(4),
            "uuid5" => TextFormat::UuidOf(5),
            "uri" => TextFormat::Uri,
            "hostname" => TextFormat::Hostname,
            "byte" => TextFormat::Bytes,
            "date" => TextFormat::Date,
            "datetime" => TextFormat::DateTime,
            "duration" => TextFormat::Duration,
            "hexcolor" => TextFormat::HexColour,
            "bsonobjectid" => TextFormat::ObjectId,
            _ => return None,
        })
    }

    /// What a message calls it.
    pub fn name(self) -> &'static str {
        match self {
            TextFormat::Ipv4 => "IPv4 address",
            TextFormat::Ipv6 => "IPv6 address",
            TextFormat::Cidr => "network such as 10.0.0.0/8",
            TextFormat::Mac => "MAC address",
            TextFormat::Uuid | TextFormat::UuidOf(_) => "UUID",
            TextFormat::Uri => "absolute URI",
            TextFormat::Hostname => "host name",
            TextFormat::Bytes => "base64 text",
            TextFormat::Date => "date such as 2024-05-31",
            TextFormat::DateTime => "time such as 2024-05-31T12:00:00Z",
            TextFormat::Duration => "duration such as 90s",
            TextFormat::HexColour => "colour such as #ffcc00",
            TextFormat::ObjectId => "object ID of 24 hexadecimal digits",
        }
    }

    pub fn fits(self, text: &str) -> bool {
        match self {
            TextFormat::Ipv4 => is_ipv4(text),
            TextFormat::Ipv6 => is_address(text) && text.contains(':'),
            TextFormat::Cidr => is_cidr(text),
            TextFormat::Mac => is_mac(text),
            TextFormat::Uuid => is_uuid(text, None),
            TextFormat::UuidOf(version) => is_uuid(text, Some(version)),
            TextFormat::Uri => cel::url::url(text).is_some(),
            TextFormat::Hostname => is_hostname(text),
            TextFormat::Bytes => is_base64(text),
            TextFormat::Date => cel::time::date(text).is_some(),
            TextFormat::DateTime => is_date_time(text),
            TextFormat::Duration => cel::time::loose_duration(text).is_some(),
            TextFormat::HexColour => {
                let digits = text.strip_prefix('#').unwrap_or(text);
                matches!(digits.len(), 3 | 6) && is_hex(digits)
            }
            TextFormat::ObjectId => text.len() == 24 && is_hex(text),
        }
    }
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_address(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

/// An address of IPv4 may be written within one of IPv6.
fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.contains('.') && text.parse::<Ipv6Addr>().is_ok()
}

fn is_cidr(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let widest = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    let plain = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
    plain && length.parse::<u32>().is_ok_and(|length| length <= widest)
}

/// Six, eight or twenty bytes, as Go's `net.ParseMAC` reads them.
fn is_mac(text: &str) -> bool {
    let parts = |mark: char, width: usize| {
        let parts: Vec<&str> = text.split(mark).collect();
        let good = parts.iter().all(|part| part.len() == width && is_hex(part));
        good && matches!(parts.len() * width, 12 | 16 | 40)
    };
    parts(':', 2) || parts('-', 2) || parts('.', 4)
}

fn is_uuid(text: &str, version: Option<u8>) -> bool {
    // Each dash may be left out on its own.
    let mut rest = text;
    let mut digits = String::with_capacity(32);
    for (number, width) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if number > 0 {
            rest = rest.strip_prefix('-').unwrap_or(rest);
        }
        let Some((part, behind)) = rest.split_at_checked(width) else { return false };
        digits.push_str(part);
        rest = behind;
    }
    let digit = |at: usize| digits.as_bytes().get(at).copied().unwrap_or_default();
    let good_version = version.is_none_or(|version| digit(12) == b'0' + version);
    let variant = matches!(digit(16), b'8' | b'9' | b'a' | b'b' | b'A' | b'B');
    rest.is_empty()
        && is_hex(&digits)
        && good_version
        && (variant || version.is_none_or(|v| v == 3))
}

/// With its padding, and not empty.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    !text.is_empty()
        && text.len().is_multiple_of(4)
        && padding <= 2
        && digits.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// A date, `T`, and a time of day with its offset.
fn is_date_time(text: &str) -> bool {
    let lowered = text.to_ascii_lowercase();
    let Some((date, time)) = lowered.split_once('t') else { return false };
    let Some((clock, rest)) = time.split_at_checked(8) else { return false };
    let parts: Vec<&str> = clock.split(':').collect();
    let within = |part: &&str, most: &str| {
        part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && **part <= *most
    };
    let [hour, minute, second] = parts.as_slice() else { return false };
    let zone = match rest.split_at_checked(1) {
        // The pattern takes any character for the point.
        Some((_, fraction))
            if fraction.starts_with(|c: char| c.is_ascii_digit()) && !is_zone(rest) =>
        {
            fraction.trim_start_matches(|c: char| c.is_ascii_digit())
        }
        _ => rest,
    };
    cel::time::date(date).is_some()
        && within(hour, "23")
        && within(minute, "59")
        && within(second, "59")
        && is_zone(zone)
}

fn is_zone(text: &str) -> bool {
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    let offset = text.strip_prefix(['+', '-']).and_then(|rest| rest.split_once(':'));
    text == "z" || offset.is_some_and(|(hours, minutes)| digits(hours) && digits(minutes))
}

/// Labels of letters, digits, symbols and dashes. What Go's pattern says of the last
/// label is not repeated: this takes a little more.
fn is_hostname(text: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "-+$<=>^`|~".contains(c);
    let label = |label: &str| {
        let edges = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && label.len() <= 63 && !edges && label.chars().all(good)
    };
    !text.is_empty() && text.len() <= 255 && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_their_formats() {
        for (name, good, bad) in [
            ("ipv4", &["10.0.0.1", "::ffff:1.2.3.4"][..], &["10.0.0", "::1", "010.0.0.1"][..]),
            ("ipv6", &["::1", "2001:db8::"], &["10.0.0.1", ":::"]),
            ("cidr", &["10.0.0.0/8", "::/0"], &["10.0.0.0", "10.0.0.0/33"]),
            ("mac", &["00:00:5e:00:53:01", "0000.5e00.5301"], &["00:00:5e:00:53", "x"]),
            (
                "uuid",
                &["123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000"],
                &["123e4567", ""],
            ),
            (
                "uuid4",
                &["123e4567-e89b-42d3-a456-426614174000"],
                &["123e4567-e89b-12d3-a456-426614174000"],
            ),
            ("uri", &["https://example.com", "/path"], &["example.com", ""]),
            ("hostname", &["example.com", "a-b.c", "ü.de"], &["-a", "a..b", "a b", ""]),
            ("byte", &["aGk=", "aGkh"], &["aGk", "", "a===", "a b="]),
            ("date", &["2024-02-29"], &["2024-02-30", "2024-2-3"]),
            (
                "date-time",
                &["2024-05-31T12:00:00Z", "2024-05-31t12:00:00.123+02:00"],
                &["2024-05-31", "2024-05-31T12:00:00", "2024-05-31T25:00:00Z", "soon"],
            ),
            ("duration", &["90s", "1h30m", "3 days"], &["soon", "5"]),
            ("hexcolor", &["#fff", "ffcc00"], &["#ff", "red"]),
        ] {
            let format = TextFormat::find(name).unwrap();
            good.iter().for_each(|text| assert!(format.fits(text), "{name}: {text}"));
            bad.iter().for_each(|text| assert!(!format.fits(text), "{name}: {text}"));
        }
        assert_eq!(TextFormat::find("password"), None);
    }
}

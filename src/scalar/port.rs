//! Ports of containers and Services: by number, and by name.

use std::fmt;

use super::Scalar;
use super::kept_text::kept_text;
use super::number::whole;
use super::word::Word;

/// A port of TCP, UDP or SCTP; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortNumber(u16);

impl PortNumber {
    pub fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for PortNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Scalar for PortNumber {
    const NAME: &'static str = "port number";
    const DOC: &'static str = "A whole number from 1 to 65535.";
    const EXAMPLES: &'static [&'static str] = &["80", "2001", "8443"];
    const PATTERN: &'static str = "^[1-9][0-9]{0,4}$";

    fn parse(text: &str) -> Result<Self, String> {
        match u16::try_from(whole(text, u16::MAX.into())?) {
            Ok(0) => Err("is below 1".into()),
            Ok(number) => Ok(Self(number)),
            Err(_) => Err(format!("is above {}", u16::MAX)),
        }
    }
}

kept_text! {
    /// What a container calls one of its ports.
    PortName
}

const NAME: Word = Word { upper: false, marks: "-", bounded: true, longest: 15 };

/// `IsValidPortName` of Kubernetes, after the IANA service names of RFC 6335.
fn name_fault(text: &str) -> Option<String> {
    NAME.fault(text).or_else(|| {
        if text.contains("--") {
            Some("has two hyphens in a row".into())
        } else if !text.contains(|c: char| c.is_ascii_lowercase()) {
            Some("has no letter".into())
        } else {
            None
        }
    })
}

impl Scalar for PortName {
    const NAME: &'static str = "port name";
    const DOC: &'static str = "Up to 15 lower-case letters, digits and single `-`, with at least one letter, starting and ending with a letter or a digit.";
    const EXAMPLES: &'static [&'static str] = &["http", "p2p", "grpc-web"];
    const PATTERN: &'static str = "^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$";

    fn parse(text: &str) -> Result<Self, String> {
        NAME.keep(text, '-', name_fault).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(PortNumber::parse("65535").unwrap().get(), 65535);
        keeps::<PortNumber>(&["1", "80", "65535"]);
        refuses::<PortNumber>(&[
            ("0", "is below 1"),
            ("65536", "is above 65535"),
            ("-1", "is negative"),
            ("080", "has a leading zero"),
            ("http", "is not a whole number"),
            ("80/tcp", "is not a whole number"),
            ("", "is empty"),
        ]);
    }

    #[test]
    fn names() {
        keeps::<PortName>(&["a", "http", "p2p", "1a", "abcdefghijklmno"]);
        refuses::<PortName>(&[
            ("", "is empty"),
            ("80", "has no letter"),
            ("a--b", "has two hyphens in a row"),
            ("-a", "starts with `-`"),
            ("a-", "ends with `-`"),
            ("HTTP", "has an upper-case letter; use `http`"),
            ("my_port", "has `_`; use `my-port`"),
            ("abcdefghijklmnop", "has 16 characters, the limit is 15"),
        ]);
    }
}

//! IP addresses and blocks of them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Scalar;
use super::number::whole;

/// An IPv4 or IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IpAddress(IpAddr);

impl IpAddress {
    pub fn value(self) -> IpAddr {
        self.0
    }
}

/// A block of addresses, with no bit set behind its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cidr {
    network: IpAddr,
    prefix: u8,
}

impl Cidr {
    /// The first address of the block.
    pub fn network(&self) -> IpAddr {
        self.network
    }

    /// The block around an address that is written with its length, wherever in it the
    /// address is: `ParseCIDRSloppy`.
    pub fn around(text: &str) -> Option<Cidr> {
        let (address, length) = text.split_once('/')?;
        let (address, prefix) = (address.parse::<IpAddr>().ok()?, length.parse::<u8>().ok()?);
        let longest = if address.is_ipv4() { 32 } else { 128 };
        (prefix <= longest).then(|| Cidr { network: first_of(address, prefix), prefix })
    }

    pub fn prefix(&self) -> u8 {
        self.prefix
    }

    /// The other block lies within this one, or is this one.
    pub fn contains(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && first_of(other.network, self.prefix) == self.network
    }

    pub fn contains_address(&self, address: IpAddress) -> bool {
        first_of(address.0, self.prefix) == self.network
    }
}

/// The address with every bit behind the prefix cleared.
fn first_of(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let host_bits = 32_u32.saturating_sub(prefix.into());
            let mask = u32::MAX.checked_shl(host_bits).unwrap_or(0);
            Ipv4Addr::from_bits(v4.to_bits() & mask).into()
        }
        IpAddr::V6(v6) => {
            let host_bits = 128_u32.saturating_sub(prefix.into());
            let mask = u128::MAX.checked_shl(host_bits).unwrap_or(0);
            Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

/// Stricter than the API server, which warns of leading zeros and of IPv4 in
/// IPv6 and will refuse them in a later release. A suggestion ends with `rest`.
fn address(text: &str, rest: &str) -> Result<IpAddr, String> {
    match text.parse() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) if rest.is_empty() => Err(format!("is IPv4 in the form of IPv6; use `{v4}`")),
            Some(_) => Err("is IPv4 in the form of IPv6".into()),
            None => Ok(v6.into()),
        },
        Ok(v4) => Ok(v4),
        Err(_) => Err(match without_leading_zeros(text) {
            Some(v4) => format!("has a leading zero; use `{v4}{rest}`"),
            None => "is not an IPv4 or IPv6 address".into(),
        }),
    }
}

fn without_leading_zeros(text: &str) -> Option<Ipv4Addr> {
    if text.len() > 40 {
        return None;
    }
    let short = |part: &str| match part.trim_start_matches('0') {
        "" if part.is_empty() => String::new(),
        "" => "0".into(),
        rest => rest.into(),
    };
    let parts: Vec<_> = text.split('.').map(short).collect();
    parts.join(".").parse().ok()
}

impl Scalar for IpAddress {
    const NAME: &'static str = "IP address";
    const DOC: &'static str = "An IPv4 or IPv6 address.";
    const EXAMPLES: &'static [&'static str] = &["10.0.0.10", "2001:db8::1"];
    const PATTERN: &'static str = "^[0-9A-Fa-f:.]{2,45}$";

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("is empty".into());
        }
        address(text, "").map(Self)
    }
}

impl Scalar for Cidr {
    const NAME: &'static str = "CIDR";
    const DOC: &'static str =
        "The first address of a block, IPv4 or IPv6, and the length of its prefix after a `/`.";
    const EXAMPLES: &'static [&'static str] = &["10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32"];
    const PATTERN: &'static str = "^[0-9A-Fa-f:.]{2,45}/(0|[1-9][0-9]{0,2})$";

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("is empty".into());
        }
        let Some((start, length)) = text.split_once('/') else {
            return Err(match address(text, "")? {
                IpAddr::V4(v4) => format!("has no prefix length; a single address is `{v4}/32`"),
                IpAddr::V6(v6) => format!("has no prefix length; a single address is `{v6}/128`"),
            });
        };
        let rest = text.get(start.len()..).filter(|rest| rest.len() <= 4);
        let start = address(start, rest.unwrap_or_default())?;
        let longest = if start.is_ipv4() { 32 } else { 128 };
        let length = whole(length, longest).map_err(|reason| format!("prefix length {reason}"))?;
        let prefix = u8::try_from(length).map_err(|_| "prefix length is too large")?;
        let network = first_of(start, prefix);
        if network != start {
            return Err(format!(
                "has bits set behind the prefix; use `{network}/{prefix}`, or `{start}/{longest}` for the one address"
            ));
        }
        Ok(Self { network, prefix })
    }
}

impl fmt::Display for IpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    fn cidr(text: &str) -> Cidr {
        Cidr::parse(text).unwrap()
    }

    #[test]
    fn addresses() {
        keeps::<IpAddress>(&["10.0.0.10", "0.0.0.0", "::", "2001:db8::1"]);
        assert_eq!(IpAddress::parse("2001:DB8:0::1").unwrap().to_string(), "2001:db8::1");
        refuses::<IpAddress>(&[
            ("", "is empty"),
            ("010.0.0.1", "has a leading zero; use `10.0.0.1`"),
            ("::ffff:10.0.0.1", "use `10.0.0.1`"),
            ("10.0.0", "is not an IPv4 or IPv6 address"),
            ("10.0.0.256", "is not an IPv4 or IPv6 address"),
            ("fe80::1%eth0", "is not an IPv4 or IPv6 address"),
            ("10.0.0.0/8", "is not an IPv4 or IPv6 address"),
            ("localhost", "is not an IPv4 or IPv6 address"),
        ]);
    }

    #[test]
    fn blocks() {
        keeps::<Cidr>(&[
            "0.0.0.0/0",
            "10.0.0.0/8",
            "1.2.3.4/32",
            "::/0",
            "2001:db8::/32",
            "::1/128",
        ]);
        refuses::<Cidr>(&[
            ("", "is empty"),
            ("10.0.0.1", "a single address is `10.0.0.1/32`"),
            ("::1", "a single address is `::1/128`"),
            ("10.1.2.3/8", "use `10.0.0.0/8`, or `10.1.2.3/32`"),
            ("2001:db8::1/32", "use `2001:db8::/32`"),
            ("10.00.0.0/8", "has a leading zero; use `10.0.0.0/8`"),
            ("::ffff:10.0.0.0/104", "is IPv4 in the form of IPv6"),
            ("10.0.0.0/08", "prefix length has a leading zero"),
            ("10.0.0.0/33", "prefix length is above 32"),
            ("::/129", "prefix length is above 128"),
            ("10.0.0.0/", "prefix length is empty"),
            ("10.0.0.0/8/8", "prefix length is not a whole number"),
            ("10.0.0.0/255.0.0.0", "prefix length is not a whole number"),
            ("/8", "is not an IPv4 or IPv6 address"),
        ]);
    }

    #[test]
    fn one_block_in_another() {
        assert!(cidr("10.0.0.0/8").contains(&cidr("10.1.0.0/16")));
        assert!(cidr("0.0.0.0/0").contains(&cidr("10.0.0.0/8")));
        assert!(cidr("::/0").contains(&cidr("::1/128")));
        assert!(cidr("10.0.0.0/8").contains(&cidr("10.0.0.0/8")));
        assert!(!cidr("10.1.0.0/16").contains(&cidr("10.0.0.0/8")));
        assert!(!cidr("10.0.0.0/8").contains(&cidr("11.0.0.0/16")));
        assert!(!cidr("0.0.0.0/0").contains(&cidr("::/0")));
        let one = IpAddress::parse("10.9.9.9").unwrap();
        assert!(cidr("10.0.0.0/8").contains_address(one));
        assert!(!cidr("10.0.0.0/16").contains_address(one));
    }
}

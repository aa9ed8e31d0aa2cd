//! Addresses and networks, as Kubernetes' CEL libraries read them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address with the length of its prefix. The bits behind it may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    pub address: IpAddr,
    pub bits: u8,
}

/// An address: no zone, and none of IPv4 within IPv6.
pub fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().filter(|found| match found {
        IpAddr::V4(_) => true,
        IpAddr::V6(six) => six.to_ipv4_mapped().is_none(),
    })
}

/// `10.0.0.0/8`.
pub fn cidr(text: &str) -> Option<Cidr> {
    let (start, length) = text.rsplit_once('/')?;
    let address = address(start)?;
    let plain =
        !length.is_empty() && length.len() <= 3 && length.bytes().all(|b| b.is_ascii_digit());
    let leading = length.len() > 1 && length.starts_with('0');
    let bits: u8 = length.parse().ok().filter(|_| plain && !leading)?;
    (bits <= width(address)).then_some(Cidr { address, bits })
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl Cidr {
    /// With the bits behind the prefix unset.
    pub fn masked(self) -> Cidr {
        Cidr { address: masked(self.address, self.bits), bits: self.bits }
    }

    pub fn has(self, other: IpAddr) -> bool {
        self.address.is_ipv4() == other.is_ipv4()
            && masked(self.address, self.bits) == masked(other, self.bits)
    }

    /// As a server's `containsCIDR` has it: the other must have no bits of its own
    /// behind its start in this one.
    pub fn has_network(self, other: Cidr) -> bool {
        self.bits <= other.bits && self.has(other.address)
    }
}

fn masked(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(four) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or_default();
            IpAddr::V4(Ipv4Addr::from_bits(four.to_bits() & mask))
        }
        IpAddr::V6(six) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or_default();
            IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & mask))
        }
    }
}

/// What Go's `IsLinkLocalMulticast` says.
pub fn is_link_local_multicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.octets().starts_with(&[224, 0, 0]),
        IpAddr::V6(six) => six.segments().first().is_some_and(|first| first & 0xff0f == 0xff02),
    }
}

pub fn is_link_local_unicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_link_local(),
        IpAddr::V6(six) => six.segments().first().is_some_and(|first| first & 0xffc0 == 0xfe80),
    }
}

pub fn is_global_unicast(address: IpAddr) -> bool {
    let broadcast = matches!(address, IpAddr::V4(four) if four.is_broadcast());
    !(broadcast
        || address.is_unspecified()
        || address.is_loopback()
        || address.is_multicast()
        || is_link_local_unicast(address))
}

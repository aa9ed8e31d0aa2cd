//! IP addresses and blocks of them, as the fields of several kinds hold them.

use std::net::{IpAddr, Ipv4Addr};

use crate::check::api::formats::shown;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::scalar::{Cidr, IpAddress, Scalar};

impl At<'_> {
    /// It must be an address that something else can be reached at:
    /// `ValidateEndpointIP`.
    pub fn must_be_reachable_address(self) {
        let text = self.text_or_empty();
        match IpAddress::parse(text) {
            Ok(address) => self.must_be_reachable(address.value()),
            Err(_) => self.must_be_text::<IpAddress>(text),
        }
    }

    fn must_be_reachable(self, address: IpAddr) {
        let what = if address.is_unspecified() {
            "stands for no address at all"
        } else if address.is_loopback() {
            "is this machine itself"
        } else if is_link_local(address) {
            "works on one link only"
        } else if is_link_local_multicast(address) {
            "is for all machines of one link"
        } else {
            return;
        };
        self.fault_with(
            format!("`{address}` cannot be reached from elsewhere: it {what}"),
            "use an address that other machines can reach",
        );
    }

    /// Warns of an IPv6 address that could be shorter: `GetWarningsForIP`.
    pub fn warn_of_long_address(self) {
        let text = self.text_or_empty();
        if let Ok(address) = IpAddress::parse(text)
            && address.to_string() != text
        {
            self.warn_of_long_form(text, &address.to_string());
        }
    }

    /// Warns of an IPv6 block that could be shorter: `GetWarningsForCIDR`.
    pub fn warn_of_long_block(self) {
        let text = self.text_or_empty().trim();
        if let Ok(block) = Cidr::parse(text)
            && block.to_string() != text
        {
            self.warn_of_long_form(text, &block.to_string());
        }
    }

    fn warn_of_long_form(self, text: &str, short: &str) {
        self.under(&server_warning::RULE).warn_with(
            format!("{} is not in its short form", shown(text)),
            format!("use `{short}`"),
        );
    }
}

/// Whether a server would read it as an address, be it not written as one should:
/// `ParseIPSloppy` takes zeros in front of the parts of IPv4.
pub fn is_address(text: &str) -> bool {
    // `u8` is read with zeros in front, but with a sign too.
    let is_part = |part: &str| part.parse::<u8>().is_ok() && !part.starts_with('+');
    text.parse::<IpAddr>().is_ok() || (text.split('.').count() == 4 && text.split('.').all(is_part))
}

fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    }
}

fn is_link_local_multicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4 & Ipv4Addr::new(255, 255, 255, 0) == Ipv4Addr::new(224, 0, 0, 0),
        IpAddr::V6(v6) => v6.segments()[0] & 0xff0f == 0xff02,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_link() {
        let is = |text: &str| is_link_local_multicast(text.parse().unwrap());
        assert!(is("224.0.0.251") && is("ff02::fb") && is("ff12::1"));
        assert!(!is("224.0.1.1") && !is("ff05::1") && !is("10.0.0.1"));
    }
}

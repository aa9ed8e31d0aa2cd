//! Functions of addresses and networks.

use super::super::network::{
    address, cidr, is_global_unicast, is_link_local_multicast, is_link_local_unicast,
};
use super::super::value::{Error, Outcome, Value};
use super::Function;

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    use Function as F;
    let no = |text: &str, what: &str| Error::failed(format!("`{text}` is no {what}"));
    let to_address = |text: &str| address(text).ok_or_else(|| no(text, "IP address"));
    let to_cidr = |text: &str| cidr(text).ok_or_else(|| no(text, "CIDR"));
    Ok(match (function, values) {
        (F::Ip, [Value::Text(text)]) => Value::Ip(to_address(text)?),
        (F::Ip, [Value::Cidr(cidr)]) => Value::Ip(cidr.address),
        (F::IsIp, [Value::Text(text)]) => Value::Bool(address(text).is_some()),
        (F::IsCanonical, [Value::Text(text)]) => {
            Value::Bool(to_address(text)?.to_string() == **text)
        }
        (F::AddressFamily, [Value::Ip(ip)]) => Value::Int(if ip.is_ipv4() { 4 } else { 6 }),
        (F::IsUnspecified, [Value::Ip(ip)]) => Value::Bool(ip.is_unspecified()),
        (F::IsLoopback, [Value::Ip(ip)]) => Value::Bool(ip.is_loopback()),
        (F::IsLinkLocalMulticast, [Value::Ip(ip)]) => Value::Bool(is_link_local_multicast(*ip)),
        (F::IsLinkLocalUnicast, [Value::Ip(ip)]) => Value::Bool(is_link_local_unicast(*ip)),
        (F::IsGlobalUnicast, [Value::Ip(ip)]) => Value::Bool(is_global_unicast(*ip)),
        (F::Cidr, [Value::Text(text)]) => Value::Cidr(to_cidr(text)?),
        (F::IsCidr, [Value::Text(text)]) => Value::Bool(cidr(text).is_some()),
        (F::ContainsIp, [Value::Cidr(own), Value::Ip(ip)]) => Value::Bool(own.has(*ip)),
        (F::ContainsIp, [Value::Cidr(own), Value::Text(text)]) => {
            Value::Bool(own.has(to_address(text)?))
        }
        (F::ContainsCidr, [Value::Cidr(own), Value::Cidr(other)]) => {
            Value::Bool(own.has_network(*other))
        }
        (F::ContainsCidr, [Value::Cidr(own), Value::Text(text)]) => {
            Value::Bool(own.has_network(to_cidr(text)?))
        }
        (F::Masked, [Value::Cidr(cidr)]) => Value::Cidr(cidr.masked()),
        (F::PrefixLength, [Value::Cidr(cidr)]) => Value::Int(cidr.bits.into()),
        _ => return Err(Error::no_overload()),
    })
}

//! Any text as any scalar. What is read is written so that it reads again as
//! an equal value, and a reason fits into a line.

use std::fmt::{Debug, Display};

use k8sgen::profile::refs::*;
use k8sgen::profile::service::SessionAffinity;
use k8sgen::profile::words::*;
use k8sgen::scalar::*;

pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    round_trip::<AbsolutePath>(text);
    round_trip::<AnnotationKey>(text);
    round_trip::<Cidr>(text);
    round_trip::<ConfigKey>(text);
    round_trip::<CronSchedule>(text);
    round_trip::<DnsLabel>(text);
    round_trip::<DnsName>(text);
    round_trip::<Duration>(text);
    round_trip::<EnvName>(text);
    round_trip::<ImageDigest>(text);
    round_trip::<ImageName>(text);
    round_trip::<ImageReference>(text);
    round_trip::<ImageTag>(text);
    round_trip::<IntOrPercent>(text);
    round_trip::<IpAddress>(text);
    round_trip::<KubernetesVersion>(text);
    round_trip::<LabelKey>(text);
    round_trip::<LabelValue>(text);
    round_trip::<OctalMode>(text);
    round_trip::<Percentage>(text);
    round_trip::<PortName>(text);
    round_trip::<PortNumber>(text);
    round_trip::<Quantity>(text);
    round_trip::<RelativePath>(text);
    round_trip::<ServiceName>(text);
    round_trip::<PortRef>(text);
    round_trip::<Endpoint>(text);
    read::<KeyRef>(text);
    read::<FileRef>(text);
    read::<HttpTarget>(text);
    read::<GrpcTarget>(text);
    read::<ImageUse>(text);
    read::<ObjectRef>(text);
    read::<ResourceName>(text);
    read::<FieldPath>(text);
    read::<ResourceField>(text);
    read::<ScalePolicy>(text);
    read::<MetricTarget>(text);
    read::<Topology>(text);
    read::<HeaderName>(text);
    read::<SessionAffinity>(text);
    if let Ok(quantity) = Quantity::parse(text) {
        let _ = (quantity.is_zero(), quantity.is_negative());
    }
}

fn read<T: Scalar>(text: &str) -> Option<T> {
    match T::parse(text) {
        Ok(value) => Some(value),
        Err(reason) => {
            assert!(!reason.is_empty() && reason.len() <= 300, "{}: {reason}", T::NAME);
            assert!(!reason.contains('\n'), "{}: {reason}", T::NAME);
            None
        }
    }
}

fn round_trip<T: Scalar + Display + Debug + PartialEq>(text: &str) {
    let Some(value) = read::<T>(text) else { return };
    let written = value.to_string();
    match T::parse(&written) {
        Ok(again) => assert!(again == value, "{} {text:?} → {written:?}", T::NAME),
        Err(reason) => panic!("{} {text:?} → {written:?}: {reason}", T::NAME),
    }
}

//! How the tests of the scalars are written: tables of what is kept and what is
//! refused, and what holds for every reason.

use std::fmt::Display;

use super::*;

/// All of these are read and come out as they were written.
pub fn keeps<T: Scalar + Display>(texts: &[&str]) {
    for text in texts {
        match T::parse(text) {
            Ok(value) => assert_eq!(value.to_string(), *text),
            Err(reason) => panic!("{} {text:?} is refused: {reason}", T::NAME),
        }
    }
}

/// Each of these is refused for a reason that has the second text in it.
pub fn refuses<T: Scalar>(faults: &[(&str, &str)]) {
    for (text, fragment) in faults {
        let Err(reason) = T::parse(text) else {
            panic!("{} {text:?} is accepted", T::NAME);
        };
        assert!(reason.contains(fragment), "{text:?}: {reason}");
        assert_terse(text, &reason);
    }
}

/// A reason goes into one line of a message and into logs.
fn assert_terse(text: &str, reason: &str) {
    assert!(!reason.is_empty() && reason.len() <= 200, "{reason}");
    assert!(!reason.ends_with('.') && !reason.contains('\n'), "{reason}");
    assert!(text.len() <= 80 || !reason.contains(text), "{reason}");
}

/// A great deal of anything is answered at once, and never repeated.
fn survives_hostile_input<T: Scalar>() {
    const MANY: usize = 1 << 16;
    let pieces = [
        "0", "9", "a", "A", ".", "-", "/", ":", "%", " ", ",", "é", "\u{0}", "1h", "0,", "::", "%%",
    ];
    for piece in pieces {
        let long = piece.repeat(MANY);
        for text in [
            long.clone(),
            format!("1{long}"),
            format!("/{long}"),
            format!("@every {long}"),
            format!("{long}@"),
        ] {
            if let Err(reason) = T::parse(&text) {
                assert_terse(&text, &reason);
            }
        }
        for text in
            [piece.to_string(), format!("{piece}{piece}"), format!("1{piece}"), format!("{piece}1")]
        {
            if let Err(reason) = T::parse(&text) {
                assert_terse(&text, &reason);
            }
        }
    }
}

fn documented<T: Scalar>() {
    assert!(!T::NAME.is_empty() && !T::NAME.starts_with("a "));
    assert!(T::DOC.ends_with('.') && !T::DOC.trim_end_matches('.').contains(". "));
    assert!(T::PATTERN.starts_with('^') && T::PATTERN.ends_with('$'));
    assert!(!T::EXAMPLES.is_empty());
    for example in T::EXAMPLES {
        assert!(T::parse(example).is_ok(), "{} {example:?}", T::NAME);
    }
    survives_hostile_input::<T>();
}

#[test]
fn every_scalar_is_documented_and_survives_hostile_input() {
    documented::<AbsolutePath>();
    documented::<AnnotationKey>();
    documented::<Cidr>();
    documented::<ConfigKey>();
    documented::<CronSchedule>();
    documented::<Date>();
    documented::<DnsLabel>();
    documented::<DnsName>();
    documented::<Duration>();
    documented::<EnvName>();
    documented::<ImageDigest>();
    documented::<ImageName>();
    documented::<ImageReference>();
    documented::<ImageTag>();
    documented::<IntOrPercent>();
    documented::<IpAddress>();
    documented::<KubernetesVersion>();
    documented::<LabelKey>();
    documented::<LabelValue>();
    documented::<OctalMode>();
    documented::<Percentage>();
    documented::<PortName>();
    documented::<PortNumber>();
    documented::<Quantity>();
    documented::<RelativePath>();
    documented::<ServiceName>();
}

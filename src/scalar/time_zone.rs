//! Time zones by their names in the database of IANA, release 2025b, which an API
//! server looks them up in.

use super::Scalar;
use super::kept_text::kept_text;
use crate::diagnostic::nearest;

kept_text! {
    /// The name of a time zone.
    TimeZone
}

const ZONES: &str = include_str!("time_zones.txt");

fn zones() -> impl Iterator<Item = &'static str> {
    ZONES.lines()
}

impl Scalar for TimeZone {
    const NAME: &'static str = "time zone";
    const DOC: &'static str = "A time zone of the IANA database.";
    const EXAMPLES: &'static [&'static str] = &["Europe/Berlin", "Etc/UTC"];
    const PATTERN: &'static str = "^[A-Za-z0-9_+/-]+$";

    fn parse(text: &str) -> Result<Self, String> {
        if zones().any(|zone| zone == text) {
            return Ok(Self(text.into()));
        }
        Err(match nearest(text, zones()) {
            Some(zone) => format!("did you mean `{zone}`?"),
            None => "the database has no zone of this name".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn zones_of_the_database() {
        keeps::<TimeZone>(&["UTC", "Etc/UTC", "Europe/Berlin", "America/Argentina/Salta"]);
        refuses::<TimeZone>(&[
            ("Europe/Berln", "did you mean `Europe/Berlin`?"),
            ("Local", "the database has no zone of this name"),
            ("", "the database has no zone of this name"),
        ]);
    }

    #[test]
    fn names_stand_in_their_order() {
        assert!(zones().is_sorted());
    }
}

use super::*;

/// More steps than any of these searches needs.
const MANY: u64 = 10_000_000;

fn found<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    let (start, end) = Regex::new(pattern).unwrap().find_at(text, 0, &mut { MANY }).unwrap()?;
    Some(&text[start..end])
}

#[test]
fn patterns_are_read_as_go_reads_them() {
    for (pattern, text, wanted) in [
        ("abc", "xabcx", Some("abc")),
        ("^abc$", "xabc", None),
        ("a|ab", "ab", Some("a")),
        ("(a|ab)(c|bcd)", "abcd", Some("abcd")),
        ("a*?b", "aab", Some("aab")),
        ("a+?", "aaa", Some("a")),
        ("a{2,3}", "aaaa", Some("aaa")),
        ("a{2,3}?", "aaaa", Some("aa")),
        ("a{,3}", "xa{,3}", Some("a{,3}")),
        ("x{", "x{", Some("x{")),
        ("[]a]+", "]a", Some("]a")),
        ("[^]a]", "]b", Some("b")),
        ("[a-]+", "-a", Some("-a")),
        ("[[a]+", "[a", Some("[a")),
        ("[a&&b]+", "&", Some("&")),
        (r"[\d-x]+", "1-x", Some("1-x")),
        ("[[:alpha:]_]+", "1ab_2", Some("ab_")),
        ("[[:^digit:]]", "1a", Some("a")),
        (r"\Qa.b*\E+", "a.b**", Some("a.b**")),
        (r"\bfoo\b", "a foo.", Some("foo")),
        (r"\Boo", "foo", Some("oo")),
        (r"\x41\x{42}\103", "ABC", Some("ABC")),
        ("(?i)straSSe", "STRASSE", Some("STRASSE")),
        ("^(?i)(abort|warn)?$", "Warn", Some("Warn")),
        ("(?i:a)b", "Ab", Some("Ab")),
        ("(?i:a)b", "AB", None),
        ("((?i)a)b", "AB", None),
        ("(?m)^b$", "a\nb\nc", Some("b")),
        ("^b$", "a\nb\nc", None),
        ("a.c", "a\nc", None),
        ("(?s)a.c", "a\nc", Some("a\nc")),
        ("(?U)a+", "aaa", Some("a")),
        ("(?P<year>[0-9]{4})-(?<month>[0-9]{2})", "2024-05", Some("2024-05")),
        (r"[^\s]+( [^\s]+){4}", "*/5 * * * *", Some("*/5 * * * *")),
        ("ü+", "xüü", Some("üü")),
        ("(?i)ü", "Ü", Some("Ü")),
        ("(?i)k", "\u{212a}", Some("\u{212a}")),
        ("(a*)*", "b", Some("")),
        ("(a*)+$", "aab", Some("")),
        ("(|a)+", "aa", Some("")),
        ("$^", "", Some("")),
        (r"a\z", "ba", Some("a")),
        ("", "abc", Some("")),
        ("^Hostname|IPAddress$", "xIPAddress", Some("IPAddress")),
    ] {
        assert_eq!(found(pattern, text), wanted, "{pattern} in {text:?}");
    }
}

#[test]
fn what_go_does_not_read_is_refused() {
    for pattern in [
        "(",
        ")",
        "(?",
        "[",
        "[a",
        "[z-a]",
        "a**",
        "a{2}{3}",
        "*a",
        "|*",
        r"\",
        r"\8",
        r"\1",
        r"\y",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?-)",
        "a{1001}",
        "a{3,2}",
        "(a{500}){3}",
        "[[:foo:]]",
        r"\x4",
        r"\x{110000}",
        "(?P<>a)",
        r"[a-\d]",
    ] {
        assert!(matches!(Regex::new(pattern), Err(Flaw::Syntax(_))), "{pattern}");
    }
    for pattern in [r"\pL", r"[\p{Greek}]", &"(".repeat(300)] {
        assert!(matches!(Regex::new(pattern), Err(Flaw::Unsupported(_))), "{pattern}");
    }
}

#[test]
fn all_places_are_found_as_go_finds_them() {
    let all = |pattern, text| {
        Regex::new(pattern).unwrap().find_all(text, usize::MAX, &mut { MANY }).unwrap()
    };
    assert_eq!(all("[0-9]+", "123 abc 456"), ["123", "456"]);
    assert_eq!(all("[0-9]*", "12a"), ["12", ""]);
    assert_eq!(all("a*", "baac"), ["", "aa", ""]);
    assert_eq!(all("", "äb"), ["", "", ""]);
    assert_eq!(all("xyz", "abc"), [""; 0]);
    assert_eq!(Regex::new("[a-z]").unwrap().find_all("abc", 2, &mut { MANY }).unwrap(), ["a", "b"]);
}

#[test]
fn patterns_that_make_others_hang_take_no_time() {
    let is_match =
        |pattern: &str, text: &str| Regex::new(pattern).unwrap().is_match(text, &mut { MANY });
    let text = "a".repeat(5000);
    assert_eq!(is_match("^(a+)+$", &format!("{text}!")), Ok(false));
    assert_eq!(is_match("^(a|a)*b", &text), Ok(false));
    assert_eq!(is_match("^[a-z]{1,1000}$", &text[..1000]), Ok(true));
    assert!(matches!(Regex::new("((a?){30}){30}"), Err(Flaw::Unsupported(_)) | Ok(_)));
}

/// Go's time is the text times the pattern as well, but a server gives it up.
#[test]
fn a_search_that_takes_too_long_is_given_up() {
    let long = Regex::new(&("a{1000}".repeat(9) + "b")).unwrap();
    let text = "a".repeat(100_000);
    assert_eq!(long.is_match(&text, &mut { MANY }), Err(TooLong));
    assert_eq!(long.is_match(&text[..100], &mut { MANY }), Ok(false));
    let mut steps = 1000;
    assert_eq!(Regex::new("^[a-z]+$").unwrap().is_match("abc", &mut steps), Ok(true));
    assert!((900..1000).contains(&steps), "{steps}");
}

#[test]
fn a_pattern_that_grows_beyond_bounds_is_refused() {
    for pattern in ["(|){1000}".repeat(300), "[a-cx-zä-ü]{1000}".repeat(9) + &"(|)".repeat(90_000)]
    {
        assert!(matches!(Regex::new(&pattern), Err(Flaw::Unsupported(_))), "{}", pattern.len());
    }
}

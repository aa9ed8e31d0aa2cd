//! Expressions of Prometheus, read by a real parser when the profile is read.

use std::sync::Once;

use promql_parser::parser::value::ValueType;
use promql_parser::parser::{Function, parse, register_extra_functions};

use crate::scalar::{Scalar, kept_text};

use super::shape::scalars;

kept_text! {
    /// An expression that Prometheus takes, as it was written.
    PromQl
}

/// Longer than any that people write.
const LONGEST: usize = 16 << 10;
/// The parser checks and drops its tree by recursion: more brackets in each
/// other, or more operators and brackets in all, could take its stack.
const DEEPEST: usize = 64;
const MOST_PARTS: usize = 2_000;

impl Scalar for PromQl {
    const NAME: &'static str = "PromQL expression";
    const DOC: &'static str = "An expression of Prometheus.";
    const EXAMPLES: &'static [&'static str] = &["up == 0", "rate(http_requests_total[5m]) > 10"];
    const PATTERN: &'static str = "^[\\s\\S]+$";

    fn parse(text: &str) -> Result<PromQl, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} bytes"));
        }
        if text.trim().is_empty() {
            return Err("is empty".to_owned());
        }
        check_brackets(text)?;
        know_older_functions();
        match parse(text) {
            Ok(_) => Ok(PromQl(text.into())),
            Err(reason) => Err(short(&reason)),
        }
    }
}

/// The parser knows the functions of Prometheus 3. One had another name before,
/// and there is still many a Prometheus 2.
fn know_older_functions() {
    static KNOWN: Once = Once::new();
    KNOWN.call_once(|| {
        let arguments = vec![ValueType::Matrix, ValueType::Scalar, ValueType::Scalar];
        let older = Function::new("holt_winters", arguments, 0, ValueType::Vector, false);
        // It fails where the parser knows the function itself.
        let _ = register_extra_functions(vec![older]);
    });
}

/// The parser's reason on one line.
fn short(reason: &str) -> String {
    let line = reason.lines().next().unwrap_or_default().trim();
    match line {
        "" | "invalid promql query" => "Prometheus would not understand this".to_owned(),
        line => line.chars().take(200).collect(),
    }
}

/// Brackets that are never closed, and what the parser cannot take: it has no
/// bound of its own for depth, and none for spans of time.
fn check_brackets(text: &str) -> Result<(), String> {
    let mut open: Vec<char> = Vec::new();
    let mut parts = 0;
    let mut word = String::new();
    let mut before = String::new();
    let mut chars = text.chars();
    // A blank at the end closes the last word.
    while let Some(c) = chars.next() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') {
            word.push(c);
            continue;
        }
        check_word(&word, &before, open.last() == Some(&'['))?;
        if !word.is_empty() {
            before = std::mem::take(&mut word);
        }
        match c {
            '"' | '\'' | '`' => skip_string(&mut chars, c)?,
            '#' => drop(chars.by_ref().find(|c| *c == '\n')),
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                let wanted = match c {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                match open.pop() {
                    Some(last) if last == wanted => {}
                    Some(last) => return Err(format!("`{last}` is closed by `{c}`")),
                    None => return Err(format!("`{c}` closes nothing")),
                }
            }
            _ => {}
        }
        parts += usize::from(!c.is_whitespace());
        if open.len() > DEEPEST || parts > MOST_PARTS {
            return Err("is too complicated".to_owned());
        }
    }
    check_word(&word, &before, open.last() == Some(&'['))?;
    match open.last() {
        Some(bracket) => Err(format!("`{bracket}` is never closed")),
        None => Ok(()),
    }
}

/// A span of time that no clock has: the parser ends the program with it.
fn check_word(word: &str, before: &str, in_range: bool) -> Result<(), String> {
    let spans = in_range || before.eq_ignore_ascii_case("offset");
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let lower = word.to_ascii_lowercase();
    let strange = lower.starts_with("inf") || lower.starts_with("nan") || lower.starts_with("0x");
    let power = word.starts_with(|c: char| c.is_ascii_digit() || c == '.') && lower.contains('e');
    match spans && (digits > 15 || strange || power) {
        true => Err("a span of time is a number with a unit, such as `5m`".to_owned()),
        false => Ok(()),
    }
}

fn skip_string(chars: &mut std::str::Chars<'_>, quote: char) -> Result<(), String> {
    while let Some(c) = chars.next() {
        match c {
            '\\' if quote != '`' => drop(chars.next()),
            c if c == quote => return Ok(()),
            _ => {}
        }
    }
    Err(format!("a string is never closed with `{quote}`"))
}

scalars!(PromQl);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        for text in [
            "up == 0",
            "1",
            "up{job=~\"a|b\", x!='y'} offset 5m",
            "sum by (pod) (rate(x_total[5m])) / on (pod) group_left y > 0.9",
            "max_over_time(deriv(a[5m])[1h:1m] @ end()) # why\n unless b",
            "histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m])))",
            "x{a=\"}\"}",
            "predict_linear(a[1h], 4 * 3600) < 0",
            "absent(up{job='x'}) or vector(0)",
            "holt_winters(a[1h], 0.5, 0.5)",
        ] {
            assert!(PromQl::parse(text).is_ok(), "{text}: {:?}", PromQl::parse(text));
        }
        for (text, reason) in [
            ("", "is empty"),
            ("up{", "`{` is never closed"),
            ("sum(up]", "`(` is closed by `]`"),
            ("up)", "`)` closes nothing"),
            ("up{a=\"b}", "a string is never closed with `\"`"),
            ("up ==", "Prometheus would not understand this"),
            ("nope(up)", "unknown function with name 'nope'"),
        ] {
            assert_eq!(PromQl::parse(text).unwrap_err(), reason, "{text}");
        }
        for wrong in ["rate(up)", "up[5m] > 1", "sum(\"a\")", "up{a=~\"(\"}", "5 and 6", "{}"] {
            assert!(PromQl::parse(wrong).is_err(), "{wrong}");
        }
    }

    /// On a thread, whose stack is smaller than the program's.
    #[test]
    fn nothing_takes_the_stack_or_panics() {
        for text in [
            "(".repeat(5000),
            format!("{}1{}", "(".repeat(60), ")".repeat(60)),
            format!("{}1{}", "abs(".repeat(60), ")".repeat(60)),
            format!("{}1", "-".repeat(5000)),
            format!("{}1", "-".repeat(1900)),
            format!("1{}", " + 1".repeat(1900)),
            format!("1{}", " ^ 1".repeat(1900)),
            format!("a{}", " and a".repeat(2600)),
            format!("a{}", " or a".repeat(3000)),
            format!("a{}", "[5m:1m]".repeat(300)),
            format!("a{}", " offset 5m".repeat(1400)),
            format!("a{}", " @ 5".repeat(1400)),
            format!("a{{{}}}", "b=\"c\",".repeat(400)),
            "a[99999999999999999999999999]".to_owned(),
            "a[1e300]".to_owned(),
            "a[5m:1e300]".to_owned(),
            "a[-5m]".to_owned(),
            "a[-5]".to_owned(),
            "a[inf]".to_owned(),
            "a[+Inf]".to_owned(),
            "a[nan]".to_owned(),
            "a[0xffffffffffffffffff]".to_owned(),
            "a offset 1e300".to_owned(),
            "a offset -1e300".to_owned(),
            "a offset inf".to_owned(),
            "a offset -NaN".to_owned(),
            "a[999999999y]".to_owned(),
            "a[999999999999999]".to_owned(),
            "a offset 999999999999999".to_owned(),
            "a @ 1e300".to_owned(),
            "a @ nan".to_owned(),
            "a @ -inf".to_owned(),
            "a fill(1e400) b".to_owned(),
            "\"\\xff\"".to_owned(),
            "a{b=\"\\u{110000}\"}".to_owned(),
            "sum(a) by (".to_owned(),
            "count_values(\"\", a)".to_owned(),
        ] {
            let _ = PromQl::parse(&text);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config {
            cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(500),
            failure_persistence: None,
            ..Default::default()
        })]

        /// The parser is another's: whatever stands in an expression, it gives
        /// a tree or a reason.
        #[test]
        fn any_words_are_read_or_refused(
            words in proptest::collection::vec(proptest::sample::select(WORDS), 0..14),
            other in "\\PC{0,4}",
        ) {
            let _ = PromQl::parse(&words.concat());
            let _ = PromQl::parse(&words.join(" "));
            let _ = PromQl::parse(&(words.concat() + &other));
        }
    }

    const WORDS: &[&str] = &[
        "a",
        "b:c",
        "up",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        "5m",
        "1h30m",
        "5",
        "1e9",
        "1e999",
        "0x1f",
        "-1",
        "-",
        "+",
        "*",
        "/",
        "%",
        "^",
        "==",
        "!=",
        "=~",
        "!~",
        "=",
        ">",
        "<=",
        "@",
        "start()",
        "end()",
        "offset",
        "bool",
        "and",
        "or",
        "unless",
        "on",
        "ignoring",
        "group_left",
        "group_right",
        "by",
        "without",
        "sum",
        "topk",
        "count_values",
        "quantile",
        "rate",
        "abs",
        "time",
        "absent",
        "label_replace",
        "histogram_quantile",
        "inf",
        "NaN",
        "Inf",
        "\"x\"",
        "'y'",
        "`z`",
        "\"\\",
        "\"$1\"",
        "(",
        ")",
        ":",
        "[5m]",
        "[5m:]",
        "[5m:1m]",
        "[1e3]",
        "[99999999999999]",
        "offset 5m",
        "offset -5m",
        "offset 999999999999999",
        "@ 5",
        "@ 1e300",
        "@ -1e18",
        "@ nan",
        "9999999999999y",
        "fill(",
        "step()",
        "range()",
        "é",
        "#",
        "\n",
        "__name__",
        "1.5.5",
        "anchored",
        "smoothed",
        "atan2",
        "info",
        "max_of",
        "0",
        "00",
        ".",
        "..",
        "1_000",
        "5m5",
        "-5m",
        "{a=\"b\"}",
    ];
}

//! What the YAML scanner finds wrong, in the words of who wrote the file.

use saphyr_parser::{ScanError, Span};

use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source, SourceId, Sources};

use super::read::{place_of, too_deep};

pub const RENDER_FIRST: &str =
    "text with `{{` at its start needs quotes; a template is rendered first, as by `helm template`";

/// Whether a line has the braces of Helm's or Jinja's templates.
pub fn is_template(line: &str) -> bool {
    ["{{", "{%"].iter().any(|open| line.contains(open))
}

/// The scanner's fault in a reader's words.
pub fn scan_error(error: &ScanError, source: SourceId, sources: &Sources) -> Diagnostic {
    let marker = error.marker();
    let mut place = place_of(source, Span::new(*marker, *marker));
    let lines = sources.get(source).map_or(1, |source| source.text.lines().count().max(1));
    if usize::try_from(place.line).is_ok_and(|line| line > lines) {
        // Past the end there is nothing to show: the last line is the nearest.
        place.line = u32::try_from(lines).unwrap_or(u32::MAX);
        place.column = u32::MAX;
    }
    let line = sources.get(source).map_or("", |source: &Source| source.line(place.line));
    let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    if let Some(tab) = indent.find('\t') {
        let column = u32::try_from(tab).unwrap_or(0) + 1;
        return Diagnostic::new("a tab indents this line")
            .at(Place { column, length: 1, ..place })
            .label("YAML indents with spaces only");
    }
    if error.info() == "recursion limit exceeded" {
        return too_deep(place);
    }
    let help = match error.info() {
        _ if is_template(line) => Some(RENDER_FIRST),
        info if info.contains("mapping values are not allowed") => {
            Some("text with `: ` in it needs quotes; or this line is indented too far")
        }
        info if info.contains("unknown anchor") => {
            Some("define it above with `&name`; text that starts with `*` needs quotes")
        }
        info if info.contains("unexpected character") => {
            Some("text that starts with a sign of YAML's own (`@`, a backtick, `%`) needs quotes")
        }
        info if info.contains("simple key expect") => {
            Some("a key is followed by `:`; or the line above is not closed")
        }
        _ => None,
    };
    let diagnostic = Diagnostic::new("this is not valid YAML").at(place).label(error.info());
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

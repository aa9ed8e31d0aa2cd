//! What k8sgen has to say about its input: messages with places, collected so
//! that all of them come at once, and printed as a compiler prints them.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::redact;
use crate::source::{Place, Sources};
use crate::tree::{Content, Node};

/// Past this many, a run's errors are counted instead of printed.
pub const MOST_PRINTED: usize = 200;

/// One error, or a warning.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub message: String,
    pub place: Option<Place>,
    /// What stands behind the carets.
    pub label: String,
    /// Other places that explain it: "first written here".
    pub related: Vec<(Place, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// The rule that found it, if one did.
    rule: Option<&'static str>,
    is_warning: bool,
    /// Whether its line holds what nobody should read.
    is_secret: bool,
    presumes: Presumes,
}

/// What must have been read for an error to be one. Reading goes on after a
/// fault, so that all come at once; what only follows from it is not said.
#[derive(Clone, Debug, PartialEq)]
enum Presumes {
    Nothing,
    /// Something of this name may be there, and be broken.
    Name(String),
    /// Something is missing, and may be what is broken.
    All,
}

/// A name that leads nowhere.
#[derive(Clone, Debug)]
pub struct Unknown {
    message: String,
    name: String,
    label: String,
}

impl Unknown {
    pub fn new<'a>(
        message: impl Into<String>,
        name: impl Into<String>,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Unknown {
        let name = name.into();
        let mut known = known.into_iter().peekable();
        let label = if known.peek().is_none() {
            "there is none yet".to_owned()
        } else if !may_suggest() {
            String::new()
        } else {
            let known: Vec<&str> = known.collect();
            match nearest(&name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there is {}", choices(known)),
            }
        };
        Unknown { message: message.into(), name, label }
    }

    /// The name by which it would be known to be broken, where it is another.
    pub fn known_as(mut self, name: &str) -> Unknown {
        self.name = name.to_owned();
        self
    }

    /// What to say instead of the nearest name.
    pub fn instead(mut self, label: String) -> Unknown {
        self.label = label;
        self
    }

    pub fn at(self, place: Place) -> Diagnostic {
        Diagnostic {
            presumes: Presumes::Name(self.name),
            ..Diagnostic::new(self.message).at(place).label(self.label)
        }
    }
}

impl Diagnostic {
    pub fn new(message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            help: None,
            rule: None,
            is_warning: false,
            is_secret: false,
            presumes: Presumes::Nothing,
        }
    }

    /// Something that is missing: said only where all else could be read.
    pub fn missing(message: impl Into<String>) -> Diagnostic {
        Diagnostic { presumes: Presumes::All, ..Diagnostic::new(message) }
    }

    /// It follows from other faults, where there are any.
    pub fn only_where_all_is_read(mut self) -> Diagnostic {
        self.presumes = Presumes::All;
        self
    }

    /// It was found by a rule.
    pub fn of_rule(mut self, rule: &'static str) -> Diagnostic {
        self.rule = Some(rule);
        self
    }

    /// Of its line only the key is shown.
    pub fn as_secret(mut self) -> Diagnostic {
        self.is_secret = true;
        self
    }

    /// It stops nothing.
    pub fn as_warning(mut self) -> Diagnostic {
        self.is_warning = true;
        self
    }

    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    pub fn related(mut self, place: Place, label: impl Into<String>) -> Diagnostic {
        self.related.push((place, label.into()));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }
}

/// The errors of one run.
#[derive(Debug, Default)]
pub struct Report {
    list: Vec<Diagnostic>,
    /// The named items that are being read, outermost first, so that a message
    /// can say which workload it speaks of.
    items: Vec<(Place, String)>,
    /// How many of them are open. The others keep their memory for the next:
    /// every name of a profile passes through here.
    open: usize,
    /// The names of what could not be read.
    broken: Arc<HashSet<String>>,
    /// How many threads may read beside each other.
    threads: usize,
}

impl Report {
    pub fn add(&mut self, diagnostic: Diagnostic) {
        let follows = match &diagnostic.presumes {
            Presumes::Nothing => false,
            Presumes::Name(name) => self.broken.contains(name),
            Presumes::All => !self.broken.is_empty(),
        };
        if !follows {
            self.list.push(diagnostic);
        }
    }

    /// Notes that something could not be read, with everything in it.
    pub fn broken(&mut self, key: &str, node: &Node) {
        let names = Arc::make_mut(&mut self.broken);
        names.insert(key.to_owned());
        collect_keys(node, names);
    }

    /// Lets so many threads read what this report is for.
    pub fn set_threads(&mut self, threads: usize) {
        self.threads = threads;
    }

    pub fn threads(&self) -> usize {
        self.threads
    }

    /// An empty report that knows what is broken.
    pub fn part(&self) -> Report {
        // A part is one thread's own.
        Report { broken: Arc::clone(&self.broken), ..Report::default() }
    }

    /// Adds an error at a place.
    pub fn error(&mut self, place: Place, message: impl Into<String>) {
        self.add(Diagnostic::new(message).at(place));
    }

    /// Begins to read a named item.
    pub fn enter(&mut self, name: &str, place: Place) {
        if let Some((at, text)) = self.items.get_mut(self.open) {
            *at = place;
            text.clear();
            text.push_str(name);
        } else {
            self.items.push((place, name.to_owned()));
        }
        self.open += 1;
    }

    pub fn leave(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// The name of the item that stands at a place, while it is read.
    pub fn item_at(&self, place: Place) -> Option<&str> {
        let open = self.items.iter().take(self.open);
        open.rev().find(|(at, _)| *at == place).map(|(_, name)| name.as_str())
    }

    /// Adds a right name to what was said of an item since `start`: what seems
    /// to lack everything may be another item, with its name mistyped.
    pub fn suggest<'a>(
        &mut self,
        start: usize,
        place: Place,
        near: impl FnOnce() -> Option<&'a str>,
    ) {
        let of_item = self.list.iter_mut().skip(start).find(|d| d.place == Some(place));
        if let Some(diagnostic) = of_item.filter(|_| may_suggest())
            && let Some(near) = near()
        {
            let label = &mut diagnostic.label;
            let gap = if label.is_empty() { "" } else { "; " };
            label.push_str(&format!("{gap}or did you mean `{near}`?"));
        }
    }

    pub fn append(&mut self, other: Report) {
        self.list.extend(other.list);
        if !Arc::ptr_eq(&self.broken, &other.broken) && !other.broken.is_empty() {
            Arc::make_mut(&mut self.broken).extend(other.broken.iter().cloned());
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// By file and line, each error once: a node that is read twice (through
    /// an alias, or by two workloads) is still one mistake.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        self.sorted()
    }

    /// The same, without giving them away.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut list = self.list.clone();
        list.sort_by(|a, b| (a.place, &a.message).cmp(&(b.place, &b.message)));
        let mut seen = HashSet::new();
        list.retain(|d| seen.insert((d.place, d.message.clone())));
        list
    }
}

fn collect_keys(node: &Node, names: &mut HashSet<String>) {
    match &node.content {
        Content::Map(table) => {
            for (key, entry) in table {
                names.insert(key.clone());
                collect_keys(&entry.value, names);
            }
        }
        Content::List(items) => items.iter().for_each(|item| collect_keys(item, names)),
        Content::Scalar(scalar) => {
            names.insert(scalar.text.clone());
        }
        Content::Null => {}
    }
}

/// The errors as text for a terminal.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    render_first(diagnostics, diagnostics.len(), sources, colour)
}

/// The same of so many, of which only the first need be given.
pub fn render_first(first: &[Diagnostic], count: usize, sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in first.iter().take(MOST_PRINTED) {
        out.push_str(&render_one(diagnostic, sources, &renderer));
        out.push_str("\n\n");
    }
    if count > MOST_PRINTED {
        let more = count - MOST_PRINTED;
        out.push_str(&format!("… and {more} more\n\n"));
    }
    out
}

fn render_one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = if diagnostic.is_warning { Level::WARNING } else { Level::ERROR };
    let message = printable(&diagnostic.message);
    let title = level.primary_title(&*message);
    let mut group = Group::with_title(match diagnostic.rule {
        Some(rule) => title.id(rule),
        None => title,
    });
    let spots: Vec<Spot> = diagnostic
        .place
        .iter()
        .map(|place| (place, &diagnostic.label))
        .chain(diagnostic.related.iter().map(|(place, label)| (place, label)))
        .filter_map(|(place, label)| Spot::find(*place, label, diagnostic.is_secret, sources))
        .collect();
    for (index, spot) in spots.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = (!spot.label.is_empty()).then_some(&*spot.label);
        group = group.element(
            Snippet::source(&spot.line)
                .path(&*spot.path)
                .line_start(spot.number)
                .annotation(kind.span(spot.span.clone()).label(label)),
        );
    }
    let help = diagnostic.help.as_deref().map(printable);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
}

/// One line of a text with the stretch to underline.
struct Spot<'a> {
    path: Cow<'a, str>,
    number: usize,
    line: String,
    span: std::ops::Range<usize>,
    label: Cow<'a, str>,
}

impl<'a> Spot<'a> {
    fn find(
        place: Place,
        label: &'a str,
        is_secret: bool,
        sources: &'a Sources,
    ) -> Option<Spot<'a>> {
        let source = sources.get(place.source)?;
        let start = source.start_of_line(place.line)?;
        let mut whole = redact::line(&source.text, start, source.documents());
        if is_secret {
            whole = redact::without_value(&whole);
        }
        let whole = whole.trim_end_matches('\r').trim_start_matches('\u{feff}');
        let start = usize::try_from(place.column).ok()?.saturating_sub(1);
        let line = printable(whole).into_owned();
        let byte = |chars| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
        let from = byte(start);
        let to = byte(start + usize::from(place.length.max(1))).max(from);
        let number = usize::try_from(place.line).ok()?;
        let (path, label) = (printable(&source.label), printable(label));
        Some(Spot { path, number, line, span: from..to, label })
    }
}

/// A text without what a terminal takes for a command: what the input holds, in a line
/// that is shown or in a name that is told, must not reach it. Neither must what turns
/// the direction of writing, and shows a text as another.
pub fn printable(text: &str) -> Cow<'_, str> {
    let commands = |c: char| {
        c.is_control() && !matches!(c, '\t' | '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match text.contains(commands) {
        true => Cow::Owned(text.replace(commands, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

thread_local! {
    static SUGGESTED: Cell<usize> = const { Cell::new(0) };
}

/// Whether another right name is looked for. One look compares all names, and
/// a mistake that is made thousands of times would take the square of them;
/// past what is printed nobody sees the difference.
fn may_suggest() -> bool {
    SUGGESTED.with(|count| {
        count.set(count.get() + 1);
        count.get() <= 3 * MOST_PRINTED
    })
}

/// Begins a run: names are looked for again.
pub fn begin() {
    SUGGESTED.with(|count| count.set(0));
}

/// The nearest of the known names, where one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > 64 {
        return None;
    }
    let lowered = wrong.to_lowercase();
    let letters = letters_of(&lowered);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let most = allowed(name, wrong);
        if name.len() > 64 || name.len().abs_diff(wrong.len()) > 5 {
            continue;
        }
        // Each edit changes at most two letters of the set: most names are out
        // before the costly comparison.
        if (letters_of(name) ^ letters).count_ones() > 2 * most {
            continue;
        }
        // Of those that are equally near the first is meant.
        let most = best.map_or(most as usize, |(least, _)| (least - 1).min(most as usize));
        let is_low = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let low = if is_low { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) };
        let Some(distance) = distance(&lowered, &low, most) else { continue };
        best = Some((distance, name));
        if distance == 0 {
            break;
        }
    }
    best.map(|(_, name)| name)
}

/// How many edits two names are apart, where these are no more than so many. What they
/// begin and end with alike costs next to nothing: names of one system look alike.
fn distance(one: &str, two: &str, most: usize) -> Option<usize> {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize =
        one.chars().zip(two.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (one, two) = (&one[start..], &two[start..]);
    let backwards = one.chars().rev().zip(two.chars().rev());
    let end: usize = backwards.take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (one, two) = (&one[..one.len() - end], &two[..two.len() - end]);
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    if one.len().abs_diff(two.len()) > most {
        return None;
    }
    // The rows of a table of what turns each beginning of one into each of the other, of
    // which only what is near its diagonal can count.
    let far = most + 1;
    let mut row: Vec<usize> = (0..=two.len()).collect();
    let (mut above, mut before) = (vec![far; row.len()], vec![far; row.len()]);
    for (i, c) in one.iter().enumerate() {
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
        row.fill(far);
        row[0] = i + 1;
        let band = i.saturating_sub(most)..(i + most + 1).min(two.len());
        for j in band {
            let change = above[j] + usize::from(*c != two[j]);
            let swap = match i > 0 && j > 0 && one[i - 1] == two[j] && *c == two[j - 1] {
                true => before[j - 1] + 1,
                false => far,
            };
            row[j + 1] = change.min(swap).min(above[j + 1] + 1).min(row[j] + 1);
        }
        if row.iter().all(|distance| *distance >= far) {
            return None;
        }
    }
    Some(row[two.len()]).filter(|distance| *distance <= most)
}

/// How many edits two names may be apart for one to be meant by the other.
fn allowed(name: &str, wrong: &str) -> u32 {
    let longer = u32::try_from(name.len().max(wrong.len())).unwrap_or(u32::MAX);
    (longer / 3).clamp(1, 5)
}

/// The letters and digits of a name as a set, without regard to case.
fn letters_of(name: &str) -> u64 {
    name.bytes().fold(0, |set, b| set | 1 << (b.to_ascii_lowercase() & 63))
}

/// `a`, `b` or `c`: the names a reader may choose from.
pub fn choices<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

/// `a`, `b` and `c`: names that are all meant.
pub fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    const MOST: usize = 12;
    let names: Vec<&str> = names.into_iter().collect();
    let quoted: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) if names.len() <= MOST => format!("{} {word} {last}", rest.join(", ")),
        Some(_) => format!("{} and {} more", quoted.join(", "), names.len() - MOST),
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, printable};

    #[test]
    fn edits() {
        for (one, two, apart) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("abc", "ab", 1),
            ("redis", "rdeis", 1),
            ("webserver", "web-server", 1),
            ("kitten", "sitting", 3),
            ("é", "e", 1),
            ("aaa", "a", 2),
        ] {
            assert_eq!(distance(one, two, 5), Some(apart), "{one} {two}");
            assert_eq!(distance(two, one, apart), Some(apart), "{two} {one}");
            assert!(apart == 0 || distance(one, two, apart - 1).is_none(), "{one} {two}");
        }
    }

    #[test]
    fn nothing_commands_a_terminal() {
        assert_eq!(
            printable("a\x1b[31mb\u{202e}\r\u{9b}c\td\n"),
            "a\u{fffd}[31mb\u{fffd}\u{fffd}\u{fffd}c\td\n"
        );
        assert!(matches!(printable("ü: …"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn the_first_of_the_nearest() {
        assert_eq!(nearest("web-2", ["web-10", "web-1", "web-3"]), Some("web-1"));
        assert_eq!(nearest("Web", ["webs", "web"]), Some("web"));
        assert_eq!(nearest("web", ["redis", "db"]), None);
    }
}

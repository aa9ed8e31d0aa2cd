//! Contents of files from templates. The delimiters belong to nobody else:
//! `<%= %>` and `<% %>`, so that Prometheus' and Grafana's `{{ }}`, GitHub's
//! `${{ }}`, shell and TOML pass through as they stand.

mod filters;
mod view;
mod watch;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};

use crate::diagnostic::{Diagnostic, Report, choices, nearest};
use crate::profile::index::Index;
use crate::profile::project::{Content, Project};
use crate::source::{Place, SourceId, Sources};
use crate::tree::Node;

/// Steps of one template: far more than a file of 1 MiB takes.
const FUEL: u64 = 5_000_000;
/// The engine reads tags by recursion: more of them, or longer ones, than
/// people write could take its stack.
const MOST_TAGS: usize = 2_000;
const LONGEST_TAG: usize = 4_000;
/// The most a template may write: no ConfigMap holds more.
const LARGEST: usize = 1 << 20;

/// Renders templates of one environment.
pub struct Engine {
    environment: Environment<'static>,
    texts: Texts,
    context: minijinja::Value,
    watch: watch::Watch,
}

/// Templates that were read, for the places of their faults, and why the last
/// one that was not there was not.
#[derive(Default)]
struct Read {
    texts: HashMap<String, String>,
    not_found: Option<String>,
}

type Texts = Arc<Mutex<Read>>;

impl Engine {
    pub fn new(project: &Project, index: &Index<'_>, profile: Arc<Node>, name: &str) -> Engine {
        let mut environment = Environment::new();
        if let Some(syntax) = syntax() {
            environment.set_syntax(syntax);
        }
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_formatter(|out, state, value| {
            if let Some(reason) = view::without_text(value) {
                return Err(Error::new(ErrorKind::InvalidOperation, reason));
            }
            minijinja::escape_formatter(out, state, value)
        });
        let texts = Texts::default();
        let (project, read) = (project.clone(), Arc::clone(&texts));
        environment.set_loader(move |path| load(&project, &read, path));
        filters::add(&mut environment);
        view::add_functions(&mut environment, index);
        let tier = index.system.tier.as_str();
        let context = context! {
            env => context! { name => name, tier => tier, namespace => index.namespace },
            system => view::system(profile),
        };
        Engine { environment, texts, context, watch: watch::Watch::start() }
    }

    /// Renders `templates/PATH`. A fault is reported with its own place, and
    /// with the place that asked for the template.
    pub fn render(
        &self,
        path: &str,
        asked: Place,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Option<String> {
        let mut out = Bounded { bytes: Vec::new() };
        self.watch.begin(path);
        let rendered = self
            .environment
            .get_template(path)
            .and_then(|template| template.render_captured_to(&self.context, &mut out).map(|_| ()));
        self.watch.end();
        match rendered {
            // What templates write is text.
            Ok(()) => Some(String::from_utf8_lossy(&out.bytes).into_owned()),
            Err(error) => {
                report.add(self.diagnostic(&error, asked, sources));
                None
            }
        }
    }

    fn diagnostic(&self, error: &Error, asked: Place, sources: &mut Sources) -> Diagnostic {
        let error = innermost(error);
        if let (ErrorKind::TemplateNotFound, None) = (error.kind(), error.name()) {
            let detail = error.detail().unwrap_or("there is no such template");
            return Diagnostic::new(detail.to_owned()).at(asked);
        }
        // What is undefined may be what could not be read.
        let diagnostic = |reason: String| match error.kind() {
            ErrorKind::UndefinedError | ErrorKind::InvalidOperation => Diagnostic::missing(reason),
            _ => Diagnostic::new(reason),
        };
        let read = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let reason = match (error.kind(), &read.not_found) {
            (ErrorKind::TemplateNotFound, Some(reason)) => reason.clone(),
            _ => reason(error),
        };
        let name = error.name().unwrap_or_default();
        let Some(text) = read.texts.get(name) else {
            return diagnostic(reason).at(asked);
        };
        let label = format!("templates/{name}");
        let source =
            sources.find_label(&label).unwrap_or_else(|| sources.add_file(label, text.clone()));
        let place = place_in(text, error, source);
        diagnostic(reason).at(place).related(asked, "the template is used here")
    }
}

fn syntax() -> Option<SyntaxConfig> {
    SyntaxConfig::builder()
        .block_delimiters("<%", "%>")
        .variable_delimiters("<%=", "%>")
        .comment_delimiters("<%#", "%>")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .ok()
}

fn load(project: &Project, texts: &Texts, path: &str) -> Result<Option<String>, Error> {
    let mut read = texts.lock().unwrap_or_else(PoisonError::into_inner);
    let mut not_found = |reason: String| {
        let reason = format!("`templates/{path}`: {reason}");
        read.not_found = Some(reason.clone());
        Error::new(ErrorKind::TemplateNotFound, reason)
    };
    let clean = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    if !clean || path.contains('\\') {
        return Err(not_found("this leads out of `templates/`".to_owned()));
    }
    match project.file_below("templates", path) {
        Ok(Content::Text(text)) => {
            if let Some(reason) = too_much(&text) {
                return Err(not_found(reason));
            }
            read.texts.insert(path.to_owned(), text.clone());
            Ok(Some(text))
        }
        Ok(Content::Binary(_)) => Err(not_found("this is not UTF-8".to_owned())),
        Err(reason) => Err(not_found(reason)),
    }
}

/// Why a template is refused before the engine sees it.
fn too_much(text: &str) -> Option<String> {
    let tags = || text.split("<%").skip(1);
    if tags().count() > MOST_TAGS {
        return Some(format!("more than {MOST_TAGS} tags"));
    }
    let length = |tag: &str| tag.find("%>").unwrap_or(tag.len());
    let too_long = tags().any(|tag| length(tag) > LONGEST_TAG);
    too_long.then(|| format!("a tag of more than {LONGEST_TAG} characters"))
}

/// The error of the template itself, below those of the templates around it.
/// That another is not found has no place: the one that asks for it has.
fn innermost(error: &Error) -> &Error {
    let mut found = error;
    let mut next = std::error::Error::source(error);
    while let Some(below) = next {
        match below.downcast_ref::<Error>() {
            Some(inner) if inner.name().is_some() => found = inner,
            _ => {}
        }
        next = below.source();
    }
    found
}

fn reason(error: &Error) -> String {
    match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, None) => "this is not defined".to_owned(),
        (ErrorKind::OutOfFuel, _) => "this template takes too long".to_owned(),
        (ErrorKind::WriteFailure, _) => "this template writes more than 1 MiB".to_owned(),
        (ErrorKind::UnknownFilter, detail) => {
            let name = detail.and_then(|d| d.split_whitespace().nth(1)).unwrap_or_default();
            let unknown = format!("unknown filter `{name}`");
            match nearest(name, filters::NAMES.iter().copied()) {
                Some(near) => format!("{unknown}; did you mean `{near}`?"),
                None => format!(
                    "{unknown}; besides Jinja's own there are {}",
                    choices(filters::NAMES.iter().copied())
                ),
            }
        }
        (ErrorKind::InvalidOperation, Some(detail)) => detail.to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    }
}

fn place_in(text: &str, error: &Error, source: SourceId) -> Place {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match error.range() {
        Some(range) if text.is_char_boundary(range.start) && range.start <= text.len() => {
            let before = &text[..range.start];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let end = range.end.clamp(range.start, text.len());
            let token = text.get(range.start..end).unwrap_or("");
            let length = token.lines().next().map_or(1, |line| line.chars().count());
            Place {
                source,
                line: narrow(before.matches('\n').count() + 1),
                column: narrow(before[line_start..].chars().count() + 1),
                length: u16::try_from(length).unwrap_or(1),
            }
        }
        _ => Place { line: narrow(error.line().unwrap_or(1)), ..Place::start_of(source) },
    }
}

/// Takes what a template writes, up to a bound.
struct Bounded {
    bytes: Vec<u8>,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > LARGEST {
            return Err(io::Error::other("too much"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! From a tree to types. Every type of the profile says what it looks like
//! (for the reference and the JSON Schema) and how it is read, in one place;
//! all faults are reported, not only the first.

use std::hash::Hash;

use crate::diagnostic::{Diagnostic, Report, choices, nearest};
use crate::scalar::{
    AbsolutePath, AnnotationKey, Cidr, ConfigKey, CronSchedule, DnsLabel, DnsName, Duration,
    EnvName, ImageDigest, ImageName, ImageReference, ImageTag, IntOrPercent, IpAddress,
    KubernetesVersion, LabelKey, LabelValue, OctalMode, Percentage, PortName, PortNumber, Quantity,
    RelativePath, Scalar, ServiceName, Surge, TimeZone,
};
use crate::shares;
use crate::source::Place;
use crate::tree::plain::{integer, read_otherwise};
use crate::tree::{Content, Entry, Node, Ordered, Scalar as Written, ScalarKind, Table};

use super::shape::{ScalarShape, Shape, scalars};

/// A type that is read from a node of the tree.
pub trait Decode: Sized {
    /// What may be written.
    fn shape() -> Shape;

    /// `None` means that the report says why. What is broken inside a larger
    /// whole is left out of it and noted, so that the rest can be checked too.
    fn decode(node: &Node, report: &mut Report) -> Option<Self>;

    /// What stands for a key that nobody wrote; `None` where it must be written.
    fn absent() -> Option<Self> {
        None
    }
}

/// A value with the place where it was written.
#[derive(Clone, Debug)]
pub struct At<T> {
    pub value: T,
    pub place: Place,
}

/// What knows where it was written.
pub trait Placed {
    fn place(&self) -> Place;
}

impl<T> Placed for At<T> {
    fn place(&self) -> Place {
        self.place
    }
}

impl<T: Placed> Placed for Box<T> {
    fn place(&self) -> Place {
        self.as_ref().place()
    }
}

/// Where a setting was written, if it was.
pub fn place<T: Placed>(setting: &Option<T>) -> Option<Place> {
    setting.as_ref().map(Placed::place)
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: std::fmt::Display> std::fmt::Display for At<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Decode> Decode for At<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn decode(node: &Node, report: &mut Report) -> Option<At<T>> {
        Some(At { value: T::decode(node, report)?, place: node.place })
    }
}

impl<T: Decode> Decode for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Option<T>> {
        T::decode(node, report).map(Some)
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Box<T>> {
        T::decode(node, report).map(Box::new)
    }

    fn absent() -> Option<Box<T>> {
        T::absent().map(Box::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Vec<T>> {
        let Content::List(items) = &node.content else {
            report.add(wrong_type(node, "a list"));
            return None;
        };
        let read = items.iter().filter_map(|item| {
            let value = T::decode(item, report);
            if value.is_none() {
                report.broken("", item);
            }
            value
        });
        Some(read.collect())
    }

    fn absent() -> Option<Vec<T>> {
        Some(Vec::new())
    }
}

/// What a profile keys by name, in the order in which it was written.
pub type Named<K, T> = Ordered<K, Item<T>>;

/// A value with the place of its key.
#[derive(Clone, Debug)]
pub struct Item<T> {
    pub key: Place,
    pub value: T,
}

impl<T> std::ops::Deref for Item<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Fewer items than this are read sooner than a thread is started.
const WORTH_A_THREAD: usize = 256;
/// Only of items that hold much there are ever so many: workloads, ConfigMaps.
const LARGE: usize = 256;

impl<K: Scalar + Hash + Eq + Send, T: Decode + Send> Decode for Named<K, T> {
    fn shape() -> Shape {
        Shape::Map(ScalarShape::of::<K>(), T::shape)
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Named<K, T>> {
        let Content::Map(table) = &node.content else {
            report.add(not_named(node));
            return None;
        };
        // With room for all from the start: workloads are large to move.
        let mut read = Ordered::with_capacity_and_hasher(table.len(), Default::default());
        let threads = report.threads().min(table.len() / WORTH_A_THREAD);
        if size_of::<T>() < LARGE || threads < 2 {
            read.extend(table.iter().filter_map(|item| self::item(item, table, report)));
            return Some(read);
        }
        let items: Vec<_> = table.iter().collect();
        let parts = shares::each(&shares::even(&items, threads), |share| {
            let mut report = report.part();
            let items = share.iter().filter_map(|own| item(*own, table, &mut report));
            (items.collect::<Vec<(K, Item<T>)>>(), report)
        });
        for (some, found) in parts {
            read.extend(some);
            report.append(found);
        }
        Some(read)
    }

    fn absent() -> Option<Named<K, T>> {
        Some(Ordered::default())
    }
}

#[cold]
fn not_named(node: &Node) -> Diagnostic {
    let wrong = wrong_type(node, "a map");
    match node.content {
        Content::List(_) => {
            wrong.help("what an environment may change goes by its name: `{NAME: …}`")
        }
        _ => wrong,
    }
}

/// Reads one item of a map. Two callers would have two copies of a whole record.
#[inline(never)]
fn item<K: Scalar, T: Decode>(
    (key, entry): (&String, &Entry),
    table: &Table,
    report: &mut Report,
) -> Option<(K, Item<T>)> {
    let name = parse::<K>(key, entry.key, report);
    report.enter(key, entry.value.place);
    let found_before = report.len();
    let value = T::decode(&entry.value, report);
    report.leave();
    if value.is_none() {
        suggest_sibling(key, entry, table, found_before, report);
    }
    if name.is_none() || value.is_none() {
        report.broken(key, &entry.value);
    }
    Some((name?, Item { key: entry.key, value: value? }))
}

/// What is wrong with an item may come of its name being a wrong one.
#[cold]
fn suggest_sibling(
    key: &str,
    entry: &Entry,
    table: &Table,
    found_before: usize,
    report: &mut Report,
) {
    let siblings = || table.keys().map(String::as_str).filter(|other| *other != key);
    report.suggest(found_before, entry.value.place, || nearest(key, siblings()));
}

impl Decode for bool {
    fn shape() -> Shape {
        Shape::Bool
    }

    fn decode(node: &Node, report: &mut Report) -> Option<bool> {
        match &node.content {
            Content::Scalar(Written { kind: ScalarKind::Bool(flag), .. }) => Some(*flag),
            _ => {
                let wrong = wrong_type(node, "`true` or `false`");
                report.add(match node.as_text().map(str::to_lowercase).as_deref() {
                    Some("yes" | "on" | "y") => {
                        wrong.help("in YAML 1.2 this is a string; write `true`")
                    }
                    Some("no" | "off" | "n") => {
                        wrong.help("in YAML 1.2 this is a string; write `false`")
                    }
                    Some("true" | "false") => wrong.help("leave out the quotes"),
                    _ => wrong,
                });
                None
            }
        }
    }
}

impl Decode for u32 {
    fn shape() -> Shape {
        Shape::Integer { least: 0 }
    }

    /// Up to 2147483647, as Kubernetes' own counts are 32-bit and signed.
    fn decode(node: &Node, report: &mut Report) -> Option<u32> {
        let number = match &node.content {
            Content::Scalar(Written { kind: ScalarKind::Integer, text }) => integer(text)
                .and_then(|number| i32::try_from(number).ok())
                .and_then(|number| u32::try_from(number).ok()),
            _ => {
                let wrong = wrong_type(node, "a whole number");
                let quoted = node.as_text().is_some_and(|text| text.parse::<u32>().is_ok());
                report.add(if quoted { wrong.help("leave out the quotes") } else { wrong });
                return None;
            }
        };
        if number.is_none() {
            report.add(
                Diagnostic::new("this number is out of range")
                    .at(node.place)
                    .label("expected 0 to 2147483647"),
            );
        }
        number
    }
}

/// A signed number, where Kubernetes takes negative ones.
impl Decode for i32 {
    fn shape() -> Shape {
        Shape::Integer { least: i32::MIN }
    }

    fn decode(node: &Node, report: &mut Report) -> Option<i32> {
        let number = match &node.content {
            Content::Scalar(Written { kind: ScalarKind::Integer, text }) => {
                integer(text).and_then(|number| i32::try_from(number).ok())
            }
            _ => None,
        };
        if number.is_none() {
            report.add(wrong_type(node, "a whole number of 32 bits"));
        }
        number
    }
}

/// Free text. Numbers and booleans are taken as they were written.
impl Decode for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn decode(node: &Node, report: &mut Report) -> Option<String> {
        match node.as_text() {
            Some(text) => Some(text.to_owned()),
            None => {
                report.add(wrong_type(node, "a string"));
                None
            }
        }
    }
}

/// A part that Kubernetes defines, as the user wrote it. `build` gives it its
/// type.
#[derive(Clone, Debug)]
pub struct Raw(pub Node);

impl Decode for Raw {
    fn shape() -> Shape {
        Shape::Kubernetes
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Raw> {
        refuse_doubtful(node, report)?;
        Some(Raw(node.clone()))
    }
}

/// Scalars that two versions of YAML read differently.
fn refuse_doubtful(node: &Node, report: &mut Report) -> Option<()> {
    match &node.content {
        Content::Null => Some(()),
        Content::List(items) => {
            items.iter().map(|item| refuse_doubtful(item, report)).fold(Some(()), Option::and)
        }
        Content::Map(table) => {
            let entries = table.values().map(|entry| refuse_doubtful(&entry.value, report));
            entries.fold(Some(()), Option::and)
        }
        Content::Scalar(Written { text, kind }) => match read_otherwise(text, *kind) {
            None => Some(()),
            Some(why) => {
                report.add(
                    Diagnostic::new("kubectl reads this differently").at(node.place).label(why),
                );
                None
            }
        },
    }
}

/// Reads a scalar with a grammar of its own.
pub fn scalar<T: Scalar>(node: &Node, report: &mut Report) -> Option<T> {
    match &node.content {
        Content::Scalar(Written { text, kind }) if !matches!(kind, ScalarKind::Bool(_)) => {
            parse(text, node.place, report)
        }
        _ => {
            report.add(not_text(node, T::NAME, T::EXAMPLES));
            None
        }
    }
}

#[cold]
fn not_text(node: &Node, name: &str, examples: &[&str]) -> Diagnostic {
    let wrong = wrong_type(node, &with_article(name));
    wrong.help(match node.content {
        Content::Scalar(_) => "quote it, if the text is meant".to_owned(),
        _ => example_of(examples),
    })
}

fn parse<T: Scalar>(text: &str, place: Place, report: &mut Report) -> Option<T> {
    match T::parse(text) {
        Ok(value) => Some(value),
        Err(reason) => {
            report.add(unfit(reason, place, T::NAME, T::EXAMPLES));
            None
        }
    }
}

#[cold]
fn unfit(reason: String, place: Place, name: &str, examples: &[&str]) -> Diagnostic {
    Diagnostic::new(format!("this is not {}", with_article(name)))
        .at(place)
        .label(reason)
        .help(example_of(examples))
}

fn example_of(examples: &[&str]) -> String {
    format!("for example {}", choices(examples.iter().copied()))
}

/// `a quantity`, `an image reference`.
pub fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

pub fn wrong_type(node: &Node, expected: &str) -> Diagnostic {
    Diagnostic::new(format!("expected {expected}, found {}", node.describe())).at(node.place)
}

/// Reads one of a few words.
pub fn choice<T: Copy>(
    node: &Node,
    what: &str,
    words: &[&str],
    values: &[T],
    report: &mut Report,
) -> Option<T> {
    let names = || words.iter().copied();
    let Some(text) = node.as_text() else {
        report.add(wrong_type(node, &choices(names())));
        return None;
    };
    if let Some(index) = words.iter().position(|word| *word == text) {
        return values.get(index).copied();
    }
    let unknown = Diagnostic::new(format!("unknown {what}")).at(node.place);
    report.add(match nearest(text, names()) {
        Some(name) => unknown.label(format!("did you mean `{name}`?")),
        None => unknown.label(format!("expected {}", choices(names()))),
    });
    None
}

scalars!(
    AbsolutePath,
    AnnotationKey,
    Cidr,
    ConfigKey,
    CronSchedule,
    DnsLabel,
    DnsName,
    Duration,
    EnvName,
    ImageDigest,
    ImageName,
    ImageReference,
    ImageTag,
    IntOrPercent,
    IpAddress,
    KubernetesVersion,
    LabelKey,
    LabelValue,
    OctalMode,
    Percentage,
    PortName,
    PortNumber,
    Quantity,
    RelativePath,
    ServiceName,
    Surge,
    TimeZone,
);

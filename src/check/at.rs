//! A value of an object together with the way to it: what rules read from, and
//! what they report at.

use std::cell::{Cell, RefCell};

use crate::object::from_value::{Step, path_text};
use crate::object::value::{Map, Value};

use super::rule::{Rule, Severity};
use super::subject::Subject;

/// A value, or the place where one would stand. `null` is the same as nothing, as
/// it is to a server.
#[derive(Clone, Copy)]
pub struct At<'a> {
    value: Option<&'a Value>,
    /// Which of the visit's ways leads here; none does to the object itself.
    way: Option<u32>,
    /// The way that a server names, where it is another.
    named: Option<u32>,
    rule: &'static Rule,
    visit: &'a Visit<'a>,
}

/// Looks at objects, one after the other: the ways that were gone, and what was found.
pub struct Visit<'a> {
    subject: Cell<&'a Subject<'a>>,
    ways: RefCell<Vec<Way<'a>>>,
    found: RefCell<Vec<Found<'a>>>,
    /// For how many names of the object another one was sought that may be meant.
    sought: Cell<usize>,
}

/// The last step of a way, and the way before it.
#[derive(Clone, Copy)]
struct Way<'a> {
    before: Option<u32>,
    step: WayStep<'a>,
}

#[derive(Clone, Copy, PartialEq)]
enum WayStep<'a> {
    Field(&'a str),
    /// A key that a user chose: `data[Settings.toml]`.
    Key(&'a str),
    Index(usize),
}

/// What was found, before anybody asks for it: most of it is only counted.
struct Found<'a> {
    rule: &'static Rule,
    spot: Spot<'a>,
    message: String,
    help: Option<String>,
    at_most: Severity,
}

#[derive(PartialEq)]
enum Spot<'a> {
    /// Where a way leads, and the way that a server names.
    Way {
        steps: Vec<WayStep<'a>>,
        named: Option<Vec<WayStep<'a>>>,
    },
    Given {
        path: Vec<Step>,
        field: String,
    },
}

/// What a rule has against a value.
#[derive(Clone, Debug)]
pub struct Fault {
    pub rule: &'static Rule,
    pub path: Vec<Step>,
    /// `spec.containers[0].image`.
    pub field: String,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// At most this severe, whatever the rule weighs.
    pub at_most: Severity,
}

impl<'a> Visit<'a> {
    pub fn new(first: &'a Subject<'a>) -> Visit<'a> {
        Visit {
            subject: Cell::new(first),
            ways: RefCell::default(),
            found: RefCell::default(),
            sought: Cell::default(),
        }
    }

    /// Goes on to another object.
    pub fn enter(&self, subject: &'a Subject<'a>) {
        self.subject.set(subject);
        self.sought.set(0);
        self.forget_ways_since(0);
    }

    /// How many ways were gone in the object.
    pub fn known_ways(&self) -> usize {
        self.ways.borrow().len()
    }

    /// Makes room: no value is looked at any more to which a later way leads.
    pub fn forget_ways_since(&self, known: usize) {
        self.ways.borrow_mut().truncate(known);
    }

    /// The object, looked at by a rule.
    pub fn root(&'a self, rule: &'static Rule) -> At<'a> {
        let value = Some(self.subject.get().content);
        At { value, way: None, named: None, rule, visit: self }
    }

    fn add(&self, new: Found<'a>) {
        let mut found = self.found.borrow_mut();
        let same = |known: &Found<'a>| known.spot == new.spot && known.message == new.message;
        // Looking back a little finds what two rules say of one value.
        if !found.iter().rev().take(8).any(same) {
            found.push(new);
        }
    }

    /// What was found in the object. What is less severe than wanted, as `severity` has
    /// it, is counted.
    pub fn take(
        &self,
        least: Severity,
        severity: impl Fn(&'static Rule) -> Option<Severity>,
    ) -> (Vec<(Fault, Severity)>, usize) {
        let mut wanted = Vec::new();
        let mut others = 0;
        for found in self.found.borrow_mut().drain(..) {
            match severity(found.rule).map(|weight| weight.min(found.at_most)) {
                Some(severity) if severity >= least => wanted.push((found.fault(), severity)),
                Some(_) => others += 1,
                None => {}
            }
        }
        (wanted, others)
    }

    /// The steps of a way, from the object on.
    fn steps(&self, mut way: Option<u32>) -> Vec<WayStep<'a>> {
        let ways = self.ways.borrow();
        let mut steps = Vec::new();
        while let Some(Way { before, step }) = way.and_then(|way| ways.get(way as usize)) {
            steps.push(*step);
            way = *before;
        }
        steps.reverse();
        steps
    }
}

impl Found<'_> {
    fn fault(self) -> Fault {
        let (path, field) = match self.spot {
            Spot::Given { path, field } => (path, field),
            Spot::Way { steps, named } => {
                let field = field_text(named.as_deref().unwrap_or(&steps));
                (steps.iter().map(|step| step.owned()).collect(), field)
            }
        };
        let Found { rule, message, help, at_most, .. } = self;
        Fault { rule, path, field, message, help, at_most }
    }
}

impl WayStep<'_> {
    fn owned(self) -> Step {
        match self {
            WayStep::Index(index) => Step::Index(index),
            WayStep::Key(key) | WayStep::Field(key) => Step::Key(key.to_owned()),
        }
    }
}

/// `spec.containers[0].image`.
fn field_text(steps: &[WayStep<'_>]) -> String {
    let mut field = String::new();
    for step in steps {
        match step {
            WayStep::Index(index) => field.push_str(&format!("[{index}]")),
            WayStep::Key(key) => field.push_str(&format!("[{key}]")),
            WayStep::Field(key) => {
                if !field.is_empty() {
                    field.push('.');
                }
                field.push_str(key);
            }
        }
    }
    field
}

impl Fault {
    /// What reading the type found.
    pub fn of_type(rule: &'static Rule, found: crate::object::from_value::Fault) -> Fault {
        Fault {
            rule,
            field: path_text(&found.path),
            path: found.path,
            message: found.message,
            help: found.hint,
            at_most: Severity::Error,
        }
    }
}

impl<'a> At<'a> {
    /// The same value, looked at by another rule.
    pub fn under(self, rule: &'static Rule) -> At<'a> {
        At { rule, ..self }
    }

    /// The same value, named as another is: a server does not always name a field
    /// by its place. The place stays its own.
    pub fn named(self, other: At<'a>) -> At<'a> {
        At { named: other.named.or(other.way), ..self }
    }

    /// The object that it is in.
    pub fn object(self) -> At<'a> {
        self.visit.root(self.rule)
    }

    pub fn subject(self) -> &'a Subject<'a> {
        self.visit.subject.get()
    }

    fn step(self, value: Option<&'a Value>, step: WayStep<'a>) -> At<'a> {
        let mut ways = self.visit.ways.borrow_mut();
        let mut go = |before| {
            let way = u32::try_from(ways.len()).ok();
            ways.push(Way { before, step });
            way
        };
        let way = go(self.way);
        let named = self.named.and_then(|named| go(Some(named)));
        At { value, way, named, ..self }
    }

    /// A field of a map. Rules ask for thousands: in place of each call it would be a
    /// tenth of the program.
    #[inline(never)]
    pub fn field(self, name: &'a str) -> At<'a> {
        let value = self.map().and_then(|map| map.get(name));
        self.step(value, WayStep::Field(name))
    }

    /// What a key that the user chose has.
    #[inline(never)]
    pub fn key(self, key: &'a str) -> At<'a> {
        let value = self.map().and_then(|map| map.get(key));
        self.step(value, WayStep::Key(key))
    }

    /// A field of a field of a field.
    pub fn down(self, fields: &[&'static str]) -> At<'a> {
        fields.iter().fold(self, |at, field| at.field(field))
    }

    pub fn index(self, index: usize) -> At<'a> {
        let value = self.list().get(index);
        self.step(value, WayStep::Index(index))
    }

    /// The items of a list; of nothing there are none.
    pub fn items(self) -> impl Iterator<Item = At<'a>> {
        self.list()
            .iter()
            .enumerate()
            .map(move |(index, item)| self.step(Some(item), WayStep::Index(index)))
    }

    /// The entries of a map whose keys the user chose.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, At<'a>)> {
        let entries = self.map().map(|map| map.0.as_slice()).unwrap_or_default();
        entries.iter().map(move |(key, value)| (&**key, self.step(Some(value), WayStep::Key(key))))
    }

    /// The value; nothing where it is `null`.
    pub fn value(self) -> Option<&'a Value> {
        self.value.filter(|value| !matches!(value, Value::Null))
    }

    /// Whether anything is there, be it empty.
    pub fn is_set(self) -> bool {
        self.value().is_some()
    }

    /// Whether nothing is there, or what holds nothing: Go's zero of strings, lists
    /// and maps.
    pub fn is_empty(self) -> bool {
        match self.value() {
            None => true,
            Some(Value::String(text)) => text.is_empty(),
            Some(Value::List(items)) => items.is_empty(),
            Some(Value::Map(map)) => map.is_empty(),
            Some(_) => false,
        }
    }

    pub fn text(self) -> Option<&'a str> {
        self.value.and_then(Value::as_str)
    }

    /// The text; the empty one where there is none.
    pub fn text_or_empty(self) -> &'a str {
        self.text().unwrap_or_default()
    }

    /// The text; another one where it is missing or empty, as a server fills it in.
    pub fn text_or(self, default: &'a str) -> &'a str {
        self.text().filter(|text| !text.is_empty()).unwrap_or(default)
    }

    pub fn int(self) -> Option<i64> {
        match self.value {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }

    pub fn flag(self) -> Option<bool> {
        match self.value {
            Some(Value::Bool(flag)) => Some(*flag),
            _ => None,
        }
    }

    pub fn is_true(self) -> bool {
        self.flag() == Some(true)
    }

    pub fn map(self) -> Option<&'a Map> {
        self.value.and_then(Value::as_map)
    }

    pub fn list(self) -> &'a [Value] {
        match self.value {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// `spec.containers[0].image`.
    pub fn field_text(self) -> String {
        field_text(&self.visit.steps(self.named.or(self.way)))
    }

    /// The way to it from the object.
    pub fn path(self) -> Vec<Step> {
        self.visit.steps(self.way).iter().map(|step| step.owned()).collect()
    }

    /// Counts that a name is sought which may be meant by one of the object, and says how
    /// often that was done before.
    pub fn count_sought(self) -> usize {
        self.visit.sought.replace(self.visit.sought.get() + 1)
    }

    /// How much has been found in the object so far.
    pub fn found(self) -> usize {
        self.visit.found.borrow().len()
    }

    /// Adds what was found without walking.
    pub fn add(self, fault: Fault) {
        let Fault { rule, path, field, message, help, at_most } = fault;
        self.visit.add(Found { rule, spot: Spot::Given { path, field }, message, help, at_most });
    }

    /// Says what is wrong with it.
    pub fn fault(self, message: impl Into<String>) {
        self.report(message.into(), None, Severity::Error);
    }

    /// Says what is wrong with it, and what to do.
    pub fn fault_with(self, message: impl Into<String>, help: impl Into<String>) {
        self.report(message.into(), Some(help.into()), Severity::Error);
    }

    /// Says what is odd about it: a warning whatever its rule weighs.
    pub fn warn(self, message: impl Into<String>) {
        self.report(message.into(), None, Severity::Warning);
    }

    pub fn warn_with(self, message: impl Into<String>, help: impl Into<String>) {
        self.report(message.into(), Some(help.into()), Severity::Warning);
    }

    #[cold]
    fn report(self, message: String, help: Option<String>, at_most: Severity) {
        let spot = Spot::Way {
            steps: self.visit.steps(self.way),
            named: self.named.map(|named| self.visit.steps(Some(named))),
        };
        self.visit.add(Found { rule: self.rule, spot, message, help, at_most });
    }
}

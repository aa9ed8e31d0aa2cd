//! Calls that are read otherwise than they are written: `has`, `all`, `map` …

use super::SyntaxError;
use super::parse::{Built, Parser, above};
use super::syntax::{Fold, FoldKind, Node, OptionalMap};

pub enum Expanded {
    To(Built),
    /// It is a plain call.
    Not(Option<Built>, Vec<Built>),
}

/// What a call stands for.
pub fn expand(
    parser: &Parser<'_>,
    name: &str,
    target: Option<Built>,
    arguments: Vec<Built>,
) -> Result<Expanded, SyntaxError> {
    match (name, target) {
        ("has", None) if arguments.len() == 1 => has(parser, arguments).map(Expanded::To),
        ("optMap" | "optFlatMap", Some(target)) if arguments.len() == 2 => {
            optional_map(parser, name, target, arguments).map(Expanded::To)
        }
        (_, Some(target)) => match fold_kind(name, arguments.len()) {
            Some(shape) => fold(parser, shape, target, arguments).map(Expanded::To),
            None => Ok(Expanded::Not(Some(target), arguments)),
        },
        (_, None) => Ok(Expanded::Not(None, arguments)),
    }
}

fn has(parser: &Parser<'_>, mut arguments: Vec<Built>) -> Result<Built, SyntaxError> {
    let argument = arguments.pop();
    match argument.map(|argument| (argument.node, argument.height)) {
        Some((Node::Select { of, field, optional: false }, height)) => {
            parser.build(Node::Has { of, field }, height)
        }
        _ => Err(parser.error("`has` asks for a field: `has(self.field)`")),
    }
}

/// What a macro does, how many names it gives, and whether it filters.
#[derive(Clone, Copy)]
struct Form {
    kind: FoldKind,
    names: usize,
    filters: bool,
}

fn fold_kind(name: &str, arguments: usize) -> Option<Form> {
    let form = |kind, names, filters| Some(Form { kind, names, filters });
    match (name, arguments) {
        ("all", 2) => form(FoldKind::All, 1, false),
        ("all", 3) => form(FoldKind::All, 2, false),
        ("exists", 2) => form(FoldKind::Exists, 1, false),
        ("exists", 3) => form(FoldKind::Exists, 2, false),
        ("exists_one" | "existsOne", 2) => form(FoldKind::ExistsOne, 1, false),
        ("exists_one" | "existsOne", 3) => form(FoldKind::ExistsOne, 2, false),
        ("filter", 2) => form(FoldKind::Filter, 1, false),
        ("map", 2) => form(FoldKind::List, 1, false),
        ("map", 3) => form(FoldKind::List, 1, true),
        ("transformList", 3) => form(FoldKind::List, 2, false),
        ("transformList", 4) => form(FoldKind::List, 2, true),
        ("transformMap", 3) => form(FoldKind::Map, 2, false),
        ("transformMap", 4) => form(FoldKind::Map, 2, true),
        ("transformMapEntry", 3) => form(FoldKind::Entries, 2, false),
        ("transformMapEntry", 4) => form(FoldKind::Entries, 2, true),
        _ => None,
    }
}

fn fold(
    parser: &Parser<'_>,
    form: Form,
    target: Built,
    arguments: Vec<Built>,
) -> Result<Built, SyntaxError> {
    let height = above(&arguments).max(target.height + 1);
    let mut arguments = arguments.into_iter().map(|argument| argument.node);
    let mut name = || match arguments.next() {
        Some(Node::Name(name)) => Ok(name),
        _ => Err(parser.error("a macro names its items by a simple name")),
    };
    let first = name()?;
    let second = if form.names == 2 { Some(name()?) } else { None };
    if second.as_ref() == Some(&first) {
        return Err(parser.error(format!("two names of a macro are `{first}`")));
    }
    let filter = if form.filters { arguments.next() } else { None };
    let Some(body) = arguments.next() else { return Err(parser.error("a macro lacks its body")) };
    let fold =
        Fold { kind: form.kind, over: target.node, name: first, value_name: second, filter, body };
    parser.build(Node::Fold(Box::new(fold)), height)
}

fn optional_map(
    parser: &Parser<'_>,
    name: &str,
    target: Built,
    arguments: Vec<Built>,
) -> Result<Built, SyntaxError> {
    let height = above(&arguments).max(target.height + 1);
    let mut arguments = arguments.into_iter().map(|argument| argument.node);
    match (arguments.next(), arguments.next()) {
        (Some(Node::Name(own)), Some(body)) => {
            let flat = name == "optFlatMap";
            let map = OptionalMap { target: target.node, name: own, body, flat };
            parser.build(Node::OptionalMap(Box::new(map)), height)
        }
        _ => Err(parser.error(format!("`{name}` names its value by a simple name"))),
    }
}

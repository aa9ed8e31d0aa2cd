//! Of what type an expression is, as far as that can be told before it is evaluated, and
//! what a compiler would refuse in it for certain: names that nothing has, fields that are
//! not there, operators between types that have none.

use crate::re2::{Flaw, Regex};

use super::Expression;
use super::functions::{Function, literal_pattern, type_of_name};
use super::shape::{Form, Shape, unescaped};
use super::syntax::{Call, Fold, FoldKind, Node, Operator};
use super::time::duration;

/// What is known of the type of a part.
#[derive(Clone, Copy)]
pub enum Type<'s> {
    /// One that is not looked into here.
    Unknown,
    /// Any, as the compiler has it: only evaluating tells.
    Dynamic,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Bytes,
    List,
    Map,
    /// Data that a schema describes.
    Data(&'s dyn Shape),
    /// An object with these fields and no others.
    Record(&'s [(&'s str, Type<'s>)]),
}

/// The functions of the authorizer and of patches, which are not evaluated here, and those
/// that only some of a server's environments have.
const ELSEWHERE: [&str; 29] = [
    "path",
    "group",
    "serviceAccount",
    "resource",
    "subresource",
    "namespace",
    "name",
    "fieldSelector",
    "labelSelector",
    "check",
    "allowed",
    "reason",
    "errored",
    "error",
    "escapeKey",
    "image",
    "isImage",
    "containsDigest",
    "registry",
    "repository",
    "identifier",
    "tag",
    "digest",
    "bind",
    "sortBy",
    "first",
    "last",
    "unwrap",
    "unwrapOpt",
];

impl Expression {
    /// Its type where these names are given, or why it does not compile.
    pub fn type_with<'s>(&'s self, names: &[(&'s str, Type<'s>)]) -> Result<Type<'s>, String> {
        Checker { names, bound: Vec::new() }.check(&self.root)
    }
}

impl<'s> Type<'s> {
    /// What data of a shape is.
    pub fn of(shape: &'s dyn Shape) -> Type<'s> {
        match shape.form() {
            Form::Any => Type::Dynamic,
            Form::Fields | Form::Map | Form::List => Type::Data(shape),
            Form::Text => Type::Text,
            Form::Bytes => Type::Bytes,
            Form::Integer => Type::Int,
            Form::Number => Type::Double,
            Form::Boolean => Type::Bool,
            Form::Duration | Form::Date | Form::DateTime | Form::Opaque => Type::Unknown,
            Form::IntOrText => Type::Dynamic,
        }
    }

    /// What messages call it; nothing where it may be anything.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Type::Unknown | Type::Dynamic => return None,
            Type::Null => "null",
            Type::Bool => "a boolean",
            Type::Int => "a whole number",
            Type::Uint => "an unsigned number",
            Type::Double => "a number",
            Type::Text => "a text",
            Type::Bytes => "bytes",
            Type::List => "a list",
            Type::Map => "a map",
            Type::Data(shape) if shape.form() == Form::List => "a list",
            Type::Data(_) | Type::Record(_) => "a map",
        })
    }

    /// What is known of it without what it was told from.
    pub fn alone(self) -> Type<'static> {
        match self {
            Type::Unknown | Type::Data(_) | Type::Record(_) => Type::Unknown,
            Type::Dynamic => Type::Dynamic,
            Type::Null => Type::Null,
            Type::Bool => Type::Bool,
            Type::Int => Type::Int,
            Type::Uint => Type::Uint,
            Type::Double => Type::Double,
            Type::Text => Type::Text,
            Type::Bytes => Type::Bytes,
            Type::List => Type::List,
            Type::Map => Type::Map,
        }
    }

    /// Whether it may be true or false when it is evaluated.
    fn may_be_bool(self) -> bool {
        matches!(self, Type::Unknown | Type::Dynamic | Type::Bool)
    }

    fn is_number(self) -> bool {
        matches!(self, Type::Int | Type::Uint | Type::Double)
    }

    /// Whether it is one of the simple types, which are never the same as another.
    fn is_scalar(self) -> bool {
        self.is_number() || matches!(self, Type::Bool | Type::Text | Type::Bytes)
    }

    fn is_same_scalar(self, other: Type<'_>) -> bool {
        self.is_scalar() && std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// The items of a list, or the values of a map.
    fn item(self) -> Type<'s> {
        match self {
            Type::Dynamic => Type::Dynamic,
            Type::Data(shape) => shape.item().map_or(Type::Unknown, Type::of),
            _ => Type::Unknown,
        }
    }

    /// What a macro calls by its first name where it has one alone.
    fn first_of_fold(self) -> Type<'s> {
        match self {
            Type::Data(shape) if shape.form() == Form::Map => Type::Text,
            _ => self.item(),
        }
    }
}

struct Checker<'n, 's> {
    names: &'n [(&'s str, Type<'s>)],
    /// The names that macros give, the innermost last.
    bound: Vec<(&'s str, Type<'s>)>,
}

type Checked<'s> = Result<Type<'s>, String>;

impl<'s> Checker<'_, 's> {
    fn check(&mut self, node: &'s Node) -> Checked<'s> {
        Ok(match node {
            Node::Null => Type::Null,
            Node::Bool(_) => Type::Bool,
            Node::Int(_) => Type::Int,
            Node::Uint(_) => Type::Uint,
            Node::Double(_) => Type::Double,
            Node::Text(_) => Type::Text,
            Node::Bytes(_) => Type::Bytes,
            Node::Type(_) | Node::Message(_) => Type::Unknown,
            Node::Name(name) => self.name(name)?,
            Node::Select { of, field, .. } => {
                let of = self.check(of)?;
                field_of(of, field)?
            }
            Node::Has { of, field } => {
                let of = self.check(of)?;
                field_of(of, field)?;
                Type::Bool
            }
            Node::Index { of, index, .. } => {
                let of = self.check(of)?;
                self.check(index)?;
                if let Some(name) = of.name().filter(|_| of.is_scalar()) {
                    return Err(format!("{name} has no items"));
                }
                of.item()
            }
            Node::Call(call) => self.call(call)?,
            Node::List(items) => {
                for item in items {
                    self.check(&item.value)?;
                }
                Type::List
            }
            Node::Map(entries) => {
                for entry in entries {
                    self.check(&entry.key)?;
                    self.check(&entry.value)?;
                }
                Type::Map
            }
            Node::And(all) | Node::Or(all) => {
                for one in all {
                    self.condition(one)?;
                }
                Type::Bool
            }
            Node::Not(of) => self.condition(of)?,
            Node::Negative(of) => match self.check(of)? {
                of @ (Type::Bool | Type::Text | Type::Bytes | Type::Uint) => {
                    return Err(format!("{} cannot be negative", of.name().unwrap_or_default()));
                }
                of => of,
            },
            Node::Binary(operator, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.check(left)?, self.check(right)?);
                binary(*operator, left, right)?
            }
            Node::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                self.condition(condition)?;
                let (then, otherwise) = (self.check(then)?, self.check(otherwise)?);
                if then.is_same_scalar(otherwise) {
                    then
                } else if then.is_scalar() && otherwise.is_scalar() {
                    return Err(apart("the two sides of `?`", then, otherwise));
                } else {
                    Type::Unknown
                }
            }
            Node::Fold(fold) => self.fold(fold)?,
            Node::OptionalMap(map) => {
                self.check(&map.target)?;
                self.bound.push((&map.name, Type::Unknown));
                self.check(&map.body)?;
                self.bound.pop();
                Type::Unknown
            }
        })
    }

    fn name(&self, name: &str) -> Checked<'s> {
        let known = self.bound.iter().rev().chain(self.names).find(|(known, _)| *known == name);
        match known {
            Some((_, known)) => Ok(*known),
            None if type_of_name(name).is_some() => Ok(Type::Unknown),
            None => Err(format!("there is nothing called `{name}`")),
        }
    }

    fn condition(&mut self, node: &'s Node) -> Checked<'s> {
        let of = self.check(node)?;
        match of.name().filter(|_| !of.may_be_bool()) {
            Some(name) => Err(format!("{name} is neither true nor false")),
            None => Ok(Type::Bool),
        }
    }

    fn call(&mut self, call: &'s Call) -> Checked<'s> {
        if let Function::Unknown(name) = &call.function {
            if !ELSEWHERE.contains(&&**name) {
                return Err(format!("there is no function `{name}`"));
            }
            // Their first argument is a name that they give.
            if matches!(&**name, "bind" | "sortBy") {
                return Ok(Type::Unknown);
            }
        }
        literals(call)?;
        let target = call.target.as_ref().map(|target| self.check(target)).transpose()?;
        for argument in &call.arguments {
            self.check(argument)?;
        }
        use Function::{
            Bool, Contains, Double, EndsWith, HasValue, Int, IsCidr, IsIp, IsQuantity, IsSemver,
            IsUrl, LowerAscii, Matches, Replace, Size, StartsWith, Substring, ToString, Trim, Uint,
            UpperAscii,
        };
        let of_texts = matches!(
            call.function,
            Contains
                | EndsWith
                | LowerAscii
                | Matches
                | Replace
                | StartsWith
                | Substring
                | Trim
                | UpperAscii
        );
        if let Some(target) = target.filter(|of| of_texts && of.is_scalar())
            && !matches!(target, Type::Text)
        {
            return Err(format!("{} is no text", target.name().unwrap_or_default()));
        }
        Ok(match call.function {
            Bool | Contains | EndsWith | HasValue | IsCidr | IsIp | IsQuantity | IsSemver
            | IsUrl | Matches | StartsWith => Type::Bool,
            Int | Size => Type::Int,
            Uint => Type::Uint,
            Double => Type::Double,
            LowerAscii | Replace | Substring | ToString | Trim | UpperAscii => Type::Text,
            Function::Dyn => Type::Dynamic,
            _ => Type::Unknown,
        })
    }

    fn fold(&mut self, fold: &'s Fold) -> Checked<'s> {
        let over = self.check(&fold.over)?;
        if let Some(name) = over.name().filter(|_| over.is_scalar()) {
            return Err(format!("{name} has no items"));
        }
        let before = self.bound.len();
        match &fold.value_name {
            None => self.bound.push((&fold.name, over.first_of_fold())),
            Some(value) => {
                self.bound.push((&fold.name, Type::Unknown));
                self.bound.push((value, over.item()));
            }
        }
        if let Some(filter) = &fold.filter {
            self.condition(filter)?;
        }
        let asks = matches!(
            fold.kind,
            FoldKind::All | FoldKind::Exists | FoldKind::ExistsOne | FoldKind::Filter
        );
        match asks {
            true => self.condition(&fold.body)?,
            false => self.check(&fold.body)?,
        };
        self.bound.truncate(before);
        Ok(match fold.kind {
            FoldKind::All | FoldKind::Exists | FoldKind::ExistsOne => Type::Bool,
            FoldKind::Filter => match over {
                Type::Data(shape) if shape.form() == Form::List => over,
                _ => Type::List,
            },
            FoldKind::List => Type::List,
            FoldKind::Map | FoldKind::Entries => Type::Map,
        })
    }
}

/// What a compiler reads at once where it is written out: patterns and durations.
fn literals(call: &Call) -> Result<(), String> {
    if call.function == Function::Matches
        && let Some(pattern) = literal_pattern(call)
        && let Err(Flaw::Syntax(reason)) = Regex::new(pattern)
    {
        return Err(format!("`{pattern}` is no pattern: {reason}"));
    }
    match (&call.function, &call.target, call.arguments.as_slice()) {
        (Function::Duration, None, [Node::Text(text)]) if duration(text).is_none() => {
            Err(format!("`{text}` is no duration"))
        }
        _ => Ok(()),
    }
}

fn field_of<'s>(of: Type<'s>, field: &str) -> Checked<'s> {
    let missing = || Err(format!("there is no field `{field}`"));
    match of {
        Type::Dynamic => Ok(Type::Dynamic),
        Type::Unknown | Type::Map => Ok(Type::Unknown),
        Type::Record(fields) => match fields.iter().find(|(known, _)| *known == field) {
            Some((_, known)) => Ok(*known),
            None => missing(),
        },
        Type::Data(shape) => match shape.form() {
            Form::Map => Ok(of.item()),
            Form::Fields => {
                let own = unescaped(field);
                match own.as_deref().and_then(|own| shape.field(own)) {
                    Some(shape) => Ok(Type::of(shape)),
                    None => missing(),
                }
            }
            _ => Err("a list has no fields".to_owned()),
        },
        _ => Err(format!("{} has no fields", of.name().unwrap_or_default())),
    }
}

fn binary<'s>(operator: Operator, left: Type<'s>, right: Type<'s>) -> Checked<'s> {
    let both_simple = left.is_scalar() && right.is_scalar();
    let same = left.is_same_scalar(right);
    match operator {
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            let numbers = left.is_number() && right.is_number();
            if both_simple && !same && !numbers {
                return Err(apart("what is compared", left, right));
            }
            Ok(Type::Bool)
        }
        Operator::Equal | Operator::Unequal => {
            // What is in order with each other is not equal for that: `1 == 1.0` has no value.
            let one_simple = left.is_scalar() || right.is_scalar();
            if one_simple && !same && left.name().is_some() && right.name().is_some() {
                return Err(apart("what is compared", left, right));
            }
            Ok(Type::Bool)
        }
        Operator::In => match right.name().filter(|_| right.is_scalar()) {
            Some(name) => Err(format!("{name} has no items")),
            None => Ok(Type::Bool),
        },
        Operator::Add if same && !matches!(left, Type::Bool) => Ok(left),
        Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder
            if same && left.is_number() =>
        {
            Ok(left)
        }
        _ if both_simple => Err(apart("what is reckoned with", left, right)),
        _ => Ok(Type::Unknown),
    }
}

fn apart(what: &str, one: Type<'_>, other: Type<'_>) -> String {
    let [one, other] = [one, other].map(|of| of.name().unwrap_or_default());
    match one == other {
        true => format!("{what} is {one}, which has no such operator"),
        false => format!("{what} is {one} here and {other} there"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cel;

    const USER: &[(&str, Type<'static>)] = &[("name", Type::Text), ("age", Type::Int)];
    const NAMES: &[(&str, Type<'static>)] =
        &[("object", Type::Dynamic), ("user", Type::Record(USER)), ("who", Type::Unknown)];

    fn refused(text: &str) -> bool {
        cel::parse(text).unwrap().type_with(NAMES).is_err()
    }

    #[test]
    fn what_compiles() {
        for good in [
            "object.spec.replicas <= 5 && user.age > 3 && user.name.startsWith('a')",
            "object.items.all(i, i.size() > 0 && has(i.a) ? true : false)",
            "who.group('').resource('pods').check('get').allowed()",
            "user.age < 1.5 || double(user.age) == 1.0",
            "object.items.sortBy(i, i.name).size() > 1 && user.name.matches('^a')",
            "['a'].map(x, x + user.name).exists(y, y == 'b')",
            "cel.bind(x, 5, x)",
            "type(user.age) == int && duration('1s') > duration('0s')",
            "object == null && user.name in ['a'] && object.?a.orValue(1) == 1",
            "[1, 'a'][0] == 1 && {'a': 1}.a == 1",
        ] {
            assert_eq!(cel::parse(good).unwrap().type_with(NAMES).err(), None, "{good}");
        }
    }

    #[test]
    fn what_does_not_compile() {
        for bad in [
            "objct.spec.replicas <= 5",
            "user.nme == 'a'",
            "has(user.email)",
            "user.age > '3'",
            "user.age == 'a'",
            "user.age == 1.0",
            "user.name == null",
            "user.name == ['a']",
            "user.name.matches('(')",
            "duration('soon') > duration('1s')",
            "user.age && true",
            "!user.name",
            "-user.name == 'a'",
            "user.name + user.age == ''",
            "true + true",
            "user.age.startsWith('a')",
            "user.age.exists(x, true)",
            "object.items.all(i, 'a')",
            "object.name.startWith('a')",
            "noSuch(1)",
            "user.age.years > 1",
            "user.name[0] == 'a'",
            "'a' in user.name",
            "true ? 1 : 'a'",
            "[1].map(x, y)",
        ] {
            assert!(refused(bad), "{bad}");
        }
    }

    #[test]
    fn what_it_gives() {
        let named = |text: &str| cel::parse(text).unwrap().type_with(NAMES).unwrap().name();
        assert_eq!(named("user.age + 1"), Some("a whole number"));
        assert_eq!(named("user.age > 1 ? 'a' : user.name"), Some("a text"));
        assert_eq!(named("object.a"), None);
        assert_eq!(named("object.a == 1"), Some("a boolean"));
        assert_eq!(named("[1].filter(x, x > 1)"), Some("a list"));
    }
}

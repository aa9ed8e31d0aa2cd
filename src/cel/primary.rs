//! The innermost parts of an expression: literals, names, calls, lists and maps, and what
//! stands behind them.

use std::sync::OnceLock;

use super::SyntaxError;
use super::functions::{self, Function};
use super::macros;
use super::parse::{Built, Parser, above};
use super::syntax::{Call, Element, Entry, Node};
use super::token::Kind;

/// Words that are no names: cel-go's `reservedIds`, which are Kubernetes'
/// `celReservedSymbols` as well. As fields they may be written in some places.
pub fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "true"
            | "false"
            | "null"
            | "in"
            | "as"
            | "break"
            | "const"
            | "continue"
            | "else"
            | "for"
            | "function"
            | "if"
            | "import"
            | "let"
            | "loop"
            | "package"
            | "namespace"
            | "return"
            | "var"
            | "void"
            | "while"
    )
}

impl Parser<'_> {
    pub fn primary(&mut self) -> Result<Built, SyntaxError> {
        let token = self.advance()?;
        let leaf = |node: Node| Ok(Built::leaf(node));
        match token.kind {
            Kind::Int(number) => match i64::try_from(number) {
                Ok(number) => leaf(Node::Int(number)),
                Err(_) => Err(at("a number is too large", token.start)),
            },
            Kind::Uint(number) => leaf(Node::Uint(number)),
            Kind::Double(number) => leaf(Node::Double(number)),
            Kind::Text(text) => leaf(Node::Text(text.into())),
            Kind::Bytes(bytes) => leaf(Node::Bytes(bytes.into())),
            Kind::Name("true") => leaf(Node::Bool(true)),
            Kind::Name("false") => leaf(Node::Bool(false)),
            Kind::Name("null") => leaf(Node::Null),
            Kind::Name(word) if is_reserved(word) => {
                Err(at(format!("`{word}` is a reserved word"), token.start))
            }
            Kind::Name(name) => self.name(name),
            Kind::Mark(".") => match self.advance()?.kind {
                Kind::Name(name) => self.name(name),
                _ => Err(at("expected a name behind `.`", token.end)),
            },
            Kind::Mark("(") => {
                let inner = self.expression()?;
                self.expect(")")?;
                // What is in parentheses is no part of a row around them.
                Ok(inner)
            }
            Kind::Mark("[") => self.list(),
            Kind::Mark("{") => self.map(),
            Kind::End => Err(at("it ends too early", token.start)),
            Kind::Mark(mark) => Err(at(format!("`{mark}` does not belong here"), token.start)),
            Kind::Quoted(_) => Err(at("a quoted name stands behind a `.`", token.start)),
        }
    }

    /// A variable, a type, or a call.
    fn name(&mut self, name: &str) -> Result<Built, SyntaxError> {
        if !self.takes("(")? {
            return Ok(Built::leaf(Node::Name(name.into())));
        }
        let arguments = self.arguments()?;
        self.call(name, None, arguments)
    }

    /// A call, or what its macro stands for.
    fn call(
        &mut self,
        name: &str,
        target: Option<Built>,
        arguments: Vec<Built>,
    ) -> Result<Built, SyntaxError> {
        let (target, mut arguments) = match macros::expand(self, name, target, arguments)? {
            macros::Expanded::To(built) => return Ok(built),
            macros::Expanded::Not(target, arguments) => (target, arguments),
        };
        let height = above(&arguments).max(target.as_ref().map_or(0, |t| t.height) + 1);
        let mut target = target.map(|target| target.node);
        // `sets.contains(…)` is one function, and `sets` no variable.
        let qualified = match &target {
            Some(Node::Name(space)) => Function::find(&format!("{space}.{name}")),
            _ => None,
        };
        if qualified.is_some() {
            target = None;
        }
        let known = qualified.or_else(|| Function::find(name));
        let function = known.unwrap_or_else(|| Function::Unknown(name.into()));
        let arguments = arguments.drain(..).map(|argument| argument.node).collect();
        let call = Call { function, target, arguments, pattern: OnceLock::new() };
        self.build(Node::Call(Box::new(call)), height)
    }

    /// Behind an opening parenthesis, up to its end.
    fn arguments(&mut self) -> Result<Vec<Built>, SyntaxError> {
        let mut arguments = Vec::new();
        if self.takes(")")? {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression()?);
            if self.takes(")")? {
                return Ok(arguments);
            }
            self.expect(",")?;
        }
    }

    /// What stands behind a part: `.field`, `.call()`, `[index]`.
    pub fn behind(&mut self, mut of: Built) -> Result<Built, SyntaxError> {
        loop {
            if self.takes(".")? {
                let optional = self.takes("?")?;
                let token = self.advance()?;
                let field = match token.kind {
                    Kind::Name(word) if !matches!(word, "true" | "false" | "null" | "in") => word,
                    Kind::Quoted(name) => name,
                    _ => return Err(at("expected the name of a field", token.start)),
                };
                let named = matches!(token.kind, Kind::Name(_));
                if named && !optional && self.takes("(")? {
                    let arguments = self.arguments()?;
                    of = self.call(field, Some(of), arguments)?;
                    continue;
                }
                let height = of.height + 1;
                let node = match functions::type_of_path(&of.node, field).filter(|_| !optional) {
                    Some(name) => Node::Type(name),
                    None => Node::Select { of: Box::new(of.node), field: field.into(), optional },
                };
                of = self.build(node, height)?;
            } else if self.takes("[")? {
                let optional = self.takes("?")?;
                let index = self.expression()?;
                self.expect("]")?;
                let height = of.height.max(index.height) + 1;
                let (of_node, index) = (Box::new(of.node), Box::new(index.node));
                of = self.build(Node::Index { of: of_node, index, optional }, height)?;
            } else if self.is("{")
                && let Some(name) = type_name(&of.node)
            {
                self.advance()?;
                self.map()?;
                of = Built::leaf(Node::Message(name.into()));
            } else {
                return Ok(of);
            }
        }
    }

    /// Behind an opening bracket.
    fn list(&mut self) -> Result<Built, SyntaxError> {
        let (mut items, mut height) = (Vec::new(), 0);
        while !self.takes("]")? {
            let optional = self.takes("?")?;
            let item = self.expression()?;
            height = height.max(item.height);
            items.push(Element { value: item.node, optional });
            if !self.takes(",")? {
                self.expect("]")?;
                break;
            }
        }
        self.build(Node::List(items), height + 1)
    }

    /// Behind an opening brace.
    fn map(&mut self) -> Result<Built, SyntaxError> {
        let (mut entries, mut height) = (Vec::new(), 0);
        while !self.takes("}")? {
            let optional = self.takes("?")?;
            let key = self.expression()?;
            self.expect(":")?;
            let value = self.expression()?;
            height = height.max(key.height).max(value.height);
            entries.push(Entry { key: key.node, value: value.node, optional });
            if !self.takes(",")? {
                self.expect("}")?;
                break;
            }
        }
        self.build(Node::Map(entries), height + 1)
    }
}

fn at(message: impl Into<String>, at: usize) -> SyntaxError {
    SyntaxError { message: message.into(), at, is_limit: false }
}

/// `google.protobuf.Duration`, as the name of a type is written.
fn type_name(node: &Node) -> Option<String> {
    match node {
        Node::Name(name) => Some(name.to_string()),
        Node::Select { of, field, optional: false } => Some(type_name(of)? + "." + field),
        _ => None,
    }
}

//! From the tokens of an expression to its parts.

use std::sync::OnceLock;

use super::SyntaxError;
use super::functions::{self, Function};
use super::macros;
use super::syntax::{Call, Element, Entry, Node, Operator};
use super::token::{Kind, Token, Tokens};

/// How high the tree of an expression may be: whoever walks it may recurse.
const HIGHEST: u32 = 150;
/// How deep parentheses and the like may stand in each other.
const DEEPEST: u32 = 60;
/// How long an expression may be, as a server has it.
const LONGEST: usize = 100_000;

/// Words that are no names; as fields they may be written in some places.
static RESERVED: [&str; 16] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
];

/// A part, and how high it is.
pub struct Built {
    pub node: Node,
    pub height: u32,
}

pub struct Parser<'t> {
    tokens: Tokens<'t>,
    next: Token<'t>,
    depth: u32,
}

/// Reads a whole expression.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    if text.len() > LONGEST {
        let message = format!("it is longer than {LONGEST} bytes");
        return Err(SyntaxError { message, at: 0 });
    }
    let mut tokens = Tokens::new(text);
    let next = tokens.next()?;
    let mut parser = Parser { tokens, next, depth: 0 };
    if parser.next.kind == Kind::End {
        return Err(parser.error("there is no expression"));
    }
    let built = parser.expression()?;
    match parser.next.kind {
        Kind::End => Ok(built.node),
        _ => Err(parser.unexpected("the end")),
    }
}

impl Built {
    pub fn leaf(node: Node) -> Built {
        Built { node, height: 1 }
    }
}

/// The height above parts.
pub fn above(parts: &[Built]) -> u32 {
    1 + parts.iter().map(|part| part.height).max().unwrap_or_default()
}

impl<'t> Parser<'t> {
    fn advance(&mut self) -> Result<Token<'t>, SyntaxError> {
        let next = self.tokens.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn is(&self, mark: &str) -> bool {
        matches!(self.next.kind, Kind::Mark(found) if found == mark)
    }

    fn takes(&mut self, mark: &str) -> Result<bool, SyntaxError> {
        let found = self.is(mark);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect(&mut self, mark: &str) -> Result<(), SyntaxError> {
        match self.takes(mark)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{mark}`"))),
        }
    }

    pub fn error(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError { message: message.into(), at: self.next.start }
    }

    fn unexpected(&self, expected: &str) -> SyntaxError {
        let found = match &self.next.kind {
            Kind::Name(name) | Kind::Quoted(name) => format!("`{name}`"),
            Kind::Mark(mark) => format!("`{mark}`"),
            Kind::End => "the end".to_owned(),
            Kind::Text(_) | Kind::Bytes(_) => "a text".to_owned(),
            Kind::Int(_) | Kind::Uint(_) | Kind::Double(_) => "a number".to_owned(),
        };
        self.error(format!("expected {expected}, found {found}"))
    }

    /// A part made of others, if it is not too high.
    pub fn build(&self, node: Node, height: u32) -> Result<Built, SyntaxError> {
        match height <= HIGHEST {
            true => Ok(Built { node, height }),
            false => Err(self.error("its parts stand too deep in each other")),
        }
    }

    pub fn expression(&mut self) -> Result<Built, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("its parts stand too deep in each other"));
        }
        let condition = self.binary(0)?;
        let built = if self.takes("?")? {
            let then = self.binary(0)?;
            self.expect(":")?;
            let otherwise = self.expression()?;
            let parts = [condition, then, otherwise];
            let height = above(&parts);
            self.build(Node::If(Box::new(parts.map(|part| part.node))), height)?
        } else {
            condition
        };
        self.depth -= 1;
        Ok(built)
    }

    /// The operator that comes next, and how strongly it binds.
    fn operator(&self) -> Option<(u32, Joint)> {
        let Kind::Mark(mark) = self.next.kind else {
            let is_in = matches!(self.next.kind, Kind::Name("in"));
            return is_in.then_some((2, Joint::Binary(Operator::In)));
        };
        Some(match mark {
            "||" => (0, Joint::Or),
            "&&" => (1, Joint::And),
            "<" => (2, Joint::Binary(Operator::Less)),
            "<=" => (2, Joint::Binary(Operator::LessOrEqual)),
            ">" => (2, Joint::Binary(Operator::Greater)),
            ">=" => (2, Joint::Binary(Operator::GreaterOrEqual)),
            "==" => (2, Joint::Binary(Operator::Equal)),
            "!=" => (2, Joint::Binary(Operator::Unequal)),
            "+" => (3, Joint::Binary(Operator::Add)),
            "-" => (3, Joint::Binary(Operator::Subtract)),
            "*" => (4, Joint::Binary(Operator::Multiply)),
            "/" => (4, Joint::Binary(Operator::Divide)),
            "%" => (4, Joint::Binary(Operator::Remainder)),
            _ => return None,
        })
    }

    /// Operators that bind at least so strongly, and what stands between them.
    fn binary(&mut self, weakest: u32) -> Result<Built, SyntaxError> {
        let mut left = self.unary()?;
        while let Some((strength, joint)) = self.operator().filter(|(found, _)| *found >= weakest) {
            self.advance()?;
            let right = self.binary(strength + 1)?;
            let height = left.height.max(right.height) + 1;
            left = match (joint, left.node) {
                // A row of them is one part, however long it is.
                (Joint::And, Node::And(mut all)) => {
                    all.push(right.node);
                    self.build(Node::And(all), left.height.max(right.height + 1))?
                }
                (Joint::Or, Node::Or(mut all)) => {
                    all.push(right.node);
                    self.build(Node::Or(all), left.height.max(right.height + 1))?
                }
                (Joint::And, first) => self.build(Node::And(vec![first, right.node]), height)?,
                (Joint::Or, first) => self.build(Node::Or(vec![first, right.node]), height)?,
                (Joint::Binary(operator), first) => {
                    let sides = Box::new([first, right.node]);
                    self.build(Node::Binary(operator, sides), height)?
                }
            };
        }
        Ok(left)
    }

    /// `!a` or `-a`.
    fn unary(&mut self) -> Result<Built, SyntaxError> {
        let mut marks = 0u32;
        let mark = if self.is("!") { "!" } else { "-" };
        let start = self.next.end;
        while self.takes(mark)? {
            marks += 1;
        }
        // The least number has no positive one.
        if mark == "-" && marks == 1 && self.next.start == start {
            match self.next.kind {
                Kind::Int(number) if number <= 1 << 63 => {
                    self.advance()?;
                    let literal = Node::Int((number as i64).wrapping_neg());
                    return self.behind(Built::leaf(literal));
                }
                Kind::Double(number) => {
                    self.advance()?;
                    return self.behind(Built::leaf(Node::Double(-number)));
                }
                _ => {}
            }
        }
        let first = self.primary()?;
        let inner = self.behind(first)?;
        match (marks % 2, mark) {
            _ if marks == 0 => Ok(inner),
            // Twice is not quite nothing: what is no boolean still fails.
            (0, "!") => {
                let once = Node::Not(Box::new(inner.node));
                self.build(Node::Not(Box::new(once)), inner.height + 2)
            }
            (0, _) => {
                let once = Node::Negative(Box::new(inner.node));
                self.build(Node::Negative(Box::new(once)), inner.height + 2)
            }
            (_, "!") => self.build(Node::Not(Box::new(inner.node)), inner.height + 1),
            _ => self.build(Node::Negative(Box::new(inner.node)), inner.height + 1),
        }
    }

    fn primary(&mut self) -> Result<Built, SyntaxError> {
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
            Kind::Name(word) if word == "in" || RESERVED.contains(&word) => {
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
    fn behind(&mut self, mut of: Built) -> Result<Built, SyntaxError> {
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

enum Joint {
    And,
    Or,
    Binary(Operator),
}

fn at(message: impl Into<String>, at: usize) -> SyntaxError {
    SyntaxError { message: message.into(), at }
}

/// `google.protobuf.Duration`, as the name of a type is written.
fn type_name(node: &Node) -> Option<String> {
    match node {
        Node::Name(name) => Some(name.to_string()),
        Node::Select { of, field, optional: false } => Some(type_name(of)? + "." + field),
        _ => None,
    }
}

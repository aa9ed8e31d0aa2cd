//! From the tokens of an expression to its parts.

use std::thread;

use super::SyntaxError;
use super::syntax::{Node, Operator};
use super::token::{Kind, Token, Tokens};

/// How high the tree of an expression may be, as cel-go has it: whoever walks it may
/// recurse.
const HIGHEST: u32 = 250;
/// How deep parentheses and the like may stand in each other, as cel-go has it.
const DEEPEST: u32 = 250;
/// What is deeper is read by a thread of its own, with room for all of it: each level
/// takes several calls.
const DEEP: u32 = 50;
const ROOM: usize = 32 << 20;
/// How long an expression may be, as a server has it.
const LONGEST: usize = 100_000;

/// A part, and how high it is.
pub struct Built {
    pub node: Node,
    pub height: u32,
}

pub struct Parser<'t> {
    tokens: Tokens<'t>,
    pub next: Token<'t>,
    /// How many of its parts stand in each other here, which is no less than it ever was
    /// where reading ended for that.
    depth: u32,
    deepest: u32,
}

/// Reads a whole expression.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    if text.len() > LONGEST {
        let message = format!("it is longer than {LONGEST} bytes");
        return Err(SyntaxError { message, at: 0, is_limit: false });
    }
    let (found, is_deep) = parse_within(DEEP, text);
    if !is_deep {
        return found;
    }
    let roomy = thread::Builder::new().stack_size(ROOM);
    thread::scope(|scope| {
        let started = roomy.spawn_scoped(scope, || parse_within(DEEPEST, text).0);
        // Where no thread can be had, what was found out is that it is too deep.
        started.ok().and_then(|running| running.join().ok()).unwrap_or(found)
    })
}

/// The same, where its parts stand no deeper than so in each other, and whether they do.
fn parse_within(deepest: u32, text: &str) -> (Result<Node, SyntaxError>, bool) {
    let mut parser = match Parser::new(deepest, text) {
        Ok(parser) => parser,
        Err(error) => return (Err(error), false),
    };
    let found = parser.whole();
    (found, parser.depth > deepest)
}

impl<'t> Parser<'t> {
    fn new(deepest: u32, text: &'t str) -> Result<Parser<'t>, SyntaxError> {
        let mut tokens = Tokens::new(text);
        let next = tokens.next()?;
        Ok(Parser { tokens, next, depth: 0, deepest })
    }

    fn whole(&mut self) -> Result<Node, SyntaxError> {
        if self.next.kind == Kind::End {
            return Err(self.error("there is no expression"));
        }
        let built = self.expression()?;
        match self.next.kind {
            Kind::End => Ok(built.node),
            _ => Err(self.unexpected("the end")),
        }
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
    pub fn advance(&mut self) -> Result<Token<'t>, SyntaxError> {
        let next = self.tokens.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    pub fn is(&self, mark: &str) -> bool {
        matches!(self.next.kind, Kind::Mark(found) if found == mark)
    }

    pub fn takes(&mut self, mark: &str) -> Result<bool, SyntaxError> {
        let found = self.is(mark);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub fn expect(&mut self, mark: &str) -> Result<(), SyntaxError> {
        match self.takes(mark)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{mark}`"))),
        }
    }

    pub fn error(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError { message: message.into(), at: self.next.start, is_limit: false }
    }

    fn too_deep(&self) -> SyntaxError {
        SyntaxError { is_limit: true, ..self.error("its parts stand too deep in each other") }
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
            false => Err(self.too_deep()),
        }
    }

    pub fn expression(&mut self) -> Result<Built, SyntaxError> {
        self.depth += 1;
        if self.depth > self.deepest {
            return Err(self.too_deep());
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
}

enum Joint {
    And,
    Or,
    Binary(Operator),
}

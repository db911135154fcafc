//! The parser of rule expressions: a scanner, and one function for each level of the grammar.

use super::value::Operand;
use super::{Comparison, FUNCTIONS, Node};
use crate::domain::date::CivilDate;
use crate::domain::quality::rule::{Field, Number};

/// Bytes of one expression.
pub const EXPRESSION_BYTES_MAX: usize = 4_096;

/// Nested brackets and `not`s of one expression.
const DEPTH_MAX: usize = 64;

/// Bytes of a compiled pattern: bounds memory, matching is linear anyhow.
pub const PATTERN_SIZE_MAX: usize = 1 << 20;

/// Where an expression could not be read, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {position}: {message}")]
pub struct SyntaxError {
    /// Characters before the place, from 1.
    pub position: usize,
    /// What was expected or is wrong.
    pub message: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Number(String),
    Sign(&'static str),
    End,
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

/// Reads a whole expression.
pub fn expression(text: &str) -> Parsed<Node> {
    if text.len() > EXPRESSION_BYTES_MAX {
        let message = format!("an expression may have at most {EXPRESSION_BYTES_MAX} bytes");
        return Err(SyntaxError { position: EXPRESSION_BYTES_MAX, message });
    }
    let mut parser = Parser { tokens: scan(text)?, next: 0, depth: 0 };
    let node = parser.either()?;
    match parser.peek() {
        Token::End => Ok(node),
        _ => Err(parser.error("expected and, or, a comparison or the end")),
    }
}

const SIGNS: &[&str] = &["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","];

fn scan(text: &str) -> Parsed<Vec<(usize, Token)>> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let start = at;
        let rest = chars.get(at..).unwrap_or_default();
        let run = |accept: fn(char) -> bool| rest.iter().take_while(|c| accept(**c)).count();
        let taken = |count: usize| rest.iter().take(count).collect::<String>();
        let token = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c == '"' || c == '\'' {
            let (text, length) = quoted(rest, c)
                .ok_or_else(|| SyntaxError { position: start + 1, message: "the text is never closed".to_owned() })?;
            at += length;
            Token::Text(text)
        } else if c.is_ascii_digit() || (c == '-' && rest.get(1).is_some_and(char::is_ascii_digit)) {
            let length = 1 + rest.iter().skip(1).take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).count();
            at += length;
            Token::Number(taken(length))
        } else if c.is_alphabetic() || c == '_' {
            let length = run(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.'));
            at += length;
            Token::Word(taken(length))
        } else {
            let pair = taken(2);
            let sign = SIGNS
                .iter()
                .find(|sign| pair.starts_with(**sign))
                .ok_or_else(|| SyntaxError { position: start + 1, message: format!("\"{c}\" means nothing here") })?;
            at += sign.len();
            Token::Sign(sign)
        };
        tokens.push((start + 1, token));
    }
    tokens.push((chars.len() + 1, Token::End));
    Ok(tokens)
}

/// A text in quotes and the characters it takes; a backslash escapes only the quote, so that patterns stay readable.
fn quoted(rest: &[char], quote: char) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut at = 1;
    loop {
        match (rest.get(at)?, rest.get(at + 1)) {
            ('\\', Some(next)) if *next == quote => {
                text.push(quote);
                at += 2;
            }
            (c, _) if *c == quote => return Some((text, at + 1)),
            (c, _) => {
                text.push(*c);
                at += 1;
            }
        }
    }
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |(_, token)| token)
    }

    fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn error(&self, message: impl Into<String>) -> SyntaxError {
        let last = self.tokens.last().map_or(1, |(position, _)| *position);
        let position = self.tokens.get(self.next).map_or(last, |(position, _)| *position);
        SyntaxError { position, message: message.into() }
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Token::Word(found) if found == word);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(found) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn expect_sign(&mut self, sign: &str) -> Parsed<()> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.error(format!("expected \"{sign}\""))) }
    }

    fn either(&mut self) -> Parsed<Node> {
        let mut node = self.both()?;
        while self.take_word("or") {
            node = Node::Or(Box::new(node), Box::new(self.both()?));
        }
        Ok(node)
    }

    fn both(&mut self) -> Parsed<Node> {
        let mut node = self.negated()?;
        while self.take_word("and") {
            node = Node::And(Box::new(node), Box::new(self.negated()?));
        }
        Ok(node)
    }

    fn negated(&mut self) -> Parsed<Node> {
        if !self.take_word("not") {
            return self.comparison();
        }
        self.deeper(|parser| Ok(Node::Not(Box::new(parser.negated()?))))
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<Node>) -> Parsed<Node> {
        if self.depth == DEPTH_MAX {
            return Err(self.error(format!("nested deeper than {DEPTH_MAX}")));
        }
        self.depth += 1;
        let node = inner(self);
        self.depth -= 1;
        node
    }

    fn comparison(&mut self) -> Parsed<Node> {
        let left = self.primary()?;
        if self.take_word("in") {
            return Ok(Node::In(Box::new(left), self.list()?));
        }
        if self.take_word("matches") {
            let Token::Text(pattern) = self.advance() else {
                return Err(self.error("expected a pattern in quotes after matches"));
            };
            let pattern = regex::RegexBuilder::new(&pattern)
                .size_limit(PATTERN_SIZE_MAX)
                .build()
                .map_err(|error| self.error(format!("the pattern cannot be used: {error}")))?;
            return Ok(Node::Matches(Box::new(left), pattern));
        }
        let comparison = match self.peek() {
            Token::Sign("==") => Comparison::Equal,
            Token::Sign("!=") => Comparison::NotEqual,
            Token::Sign("<") => Comparison::Less,
            Token::Sign("<=") => Comparison::LessOrEqual,
            Token::Sign(">") => Comparison::Greater,
            Token::Sign(">=") => Comparison::GreaterOrEqual,
            _ => return Ok(left),
        };
        self.next += 1;
        Ok(Node::Compare(comparison, Box::new(left), Box::new(self.primary()?)))
    }

    fn list(&mut self) -> Parsed<Vec<Operand>> {
        self.expect_sign("[")?;
        let mut list = Vec::new();
        loop {
            match self.primary()? {
                Node::Literal(operand) => list.push(operand),
                _ => return Err(self.error("a list holds texts, numbers and dates only")),
            }
            if !self.take_sign(",") {
                self.expect_sign("]")?;
                return Ok(list);
            }
        }
    }

    fn primary(&mut self) -> Parsed<Node> {
        let unexpected = self.error("expected a field, a function, a text, a number or a date");
        match self.advance() {
            Token::Text(text) => Ok(Node::Literal(Operand::Text(text))),
            Token::Number(text) => literal(&text)
                .map(Node::Literal)
                .ok_or_else(|| SyntaxError { message: format!("\"{text}\" is no number and no date"), ..unexpected }),
            Token::Word(word) => self.named(word, unexpected),
            Token::Sign("(") => {
                let node = self.deeper(Self::either)?;
                self.expect_sign(")")?;
                Ok(node)
            }
            _ => Err(unexpected),
        }
    }

    fn named(&mut self, word: String, unexpected: SyntaxError) -> Parsed<Node> {
        match word.as_str() {
            "true" => return Ok(Node::Literal(Operand::Truth(true))),
            "false" => return Ok(Node::Literal(Operand::Truth(false))),
            "source" => return Ok(Node::Source),
            "owner" => return Ok(Node::Owner),
            _ => {}
        }
        if !self.take_sign("(") {
            let field = Field::parse(&word);
            let message =
                format!("there is no field \"{word}\"; write an attribute kind such as phone or phone:mobile");
            return field.map(Node::Field).ok_or(SyntaxError { message, ..unexpected });
        }
        let function = FUNCTIONS.iter().find(|(name, _)| *name == word).map(|(_, function)| *function);
        let known: Vec<&str> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
        let message = format!("there is no function \"{word}\"; there are {}", known.join(", "));
        let function = function.ok_or(SyntaxError { message, ..unexpected })?;
        let field = match self.advance() {
            Token::Word(word) => Field::parse(&word),
            _ => None,
        };
        let field = field.ok_or_else(|| self.error("expected a field such as phone or phone:mobile before this"))?;
        self.expect_sign(")")?;
        Ok(Node::Call(function, field))
    }
}

fn literal(text: &str) -> Option<Operand> {
    Number::parse(text).map(Operand::Number).or_else(|| CivilDate::parse(text).map(Operand::Day))
}

//! Takes a date's text apart into numbers, names of months, units, separators and words.

use super::super::super::text::width;
use super::numerals::{self, Number};
use super::words::{self, PartOfDay, Word};

/// A unit behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// One piece of a date's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number, and whether it was written in Chinese or English words.
    Number(Number, bool),
    /// The name of a month.
    Month(u32),
    Unit(Unit),
    /// 半, 一刻: minutes of the hour.
    Minutes(u32),
    PartOfDay(PartOfDay),
    /// Offset east of UTC in minutes, where known.
    Zone(Option<i32>),
    /// The T between date and time.
    Stamp,
    /// The W of a week's number.
    Week,
    /// The number before it is a day.
    Ordinal,
    /// The number behind it is a year.
    Apostrophe,
    Colon,
    /// `-`, `/`, `.`, `,`, `+`.
    Separator(char),
    Blank,
    Weekday,
    /// Nothing that stands in dates.
    Unknown,
}

/// Tokens of a text; texts of more than this many are no dates.
const TOKENS_MAX: usize = 60;

/// Takes a cleaned text apart.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let folded = if text.is_ascii() { text.to_owned() } else { width::fold_dashes(&width::fold_digits(text)) };
    let mut lexer = Lexer { rest: &folded, tokens: Vec::with_capacity(16), words: Vec::new() };
    while let Some(c) = lexer.rest.chars().next() {
        if lexer.tokens.len() > TOKENS_MAX {
            lexer.tokens.push(Token::Unknown);
            break;
        }
        lexer.step(c);
    }
    lexer.flush_words();
    lexer.tokens
}

struct Lexer<'a> {
    rest: &'a str,
    tokens: Vec<Token>,
    /// English number words not yet joined: twenty two.
    words: Vec<String>,
}

impl<'a> Lexer<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (head, tail) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = tail;
        head
    }

    fn take_while(&mut self, class: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !class(c)).unwrap_or(self.rest.len());
        self.take(end)
    }

    fn push(&mut self, token: Token) {
        self.flush_words();
        self.tokens.push(token);
    }

    fn step(&mut self, c: char) {
        if c.is_ascii_digit() {
            let number = numerals::parse(self.take_while(|c| c.is_ascii_digit()));
            self.push(number.map_or(Token::Unknown, |number| Token::Number(number, false)));
        } else if c == ' ' || c == '\t' {
            self.take_while(|c| c == ' ' || c == '\t');
            if self.words.is_empty() {
                self.tokens.push(Token::Blank);
            }
        } else if c == '-' && !self.words.is_empty() {
            // twenty-two
            self.take(1);
        } else if c.is_ascii() && !c.is_ascii_alphabetic() {
            self.take(1);
            self.push(match c {
                ':' => Token::Colon,
                '\'' => Token::Apostrophe,
                '-' | '/' | '.' | ',' | '+' => Token::Separator(c),
                '\\' => Token::Separator('/'),
                '_' => Token::Separator('-'),
                '(' | ')' | '[' | ']' | ';' => return self.bracket(c),
                _ => Token::Unknown,
            });
        } else if let Some(token) = self.cjk() {
            self.push(token);
        } else if numerals::is_han(c) {
            let number = numerals::parse(self.take_while(numerals::is_han));
            self.push(number.map_or(Token::Unknown, |number| Token::Number(number, true)));
        } else if is_letter(c) {
            let word = words::fold(self.take_while(is_letter));
            self.word(word);
        } else {
            self.take(c.len_utf8());
            self.push(match c {
                '、' | '。' | '，' => Token::Separator(','),
                '’' | '‘' | '＇' => Token::Apostrophe,
                '·' | '•' => Token::Separator('.'),
                'º' | 'ª' | '°' => Token::Ordinal,
                _ => Token::Unknown,
            });
        }
    }

    /// A bracket separates, unless a day of the week stands in it.
    fn bracket(&mut self, c: char) {
        let whole = (c == '(').then(|| format!("({}", self.rest)).and_then(|text| words::weekday_length(&text));
        match whole {
            Some(length) => {
                self.take(length - 1);
                self.tokens.push(Token::Weekday);
            }
            None => self.tokens.push(Token::Blank),
        }
    }

    /// Units, parts of the day and days of the week in Chinese, Japanese and Korean.
    fn cjk(&mut self) -> Option<Token> {
        const NAMES: [(&str, Token); 28] = [
            ("年", Token::Unit(Unit::Year)),
            ("년", Token::Unit(Unit::Year)),
            ("月份", Token::Unit(Unit::Month)),
            ("月", Token::Unit(Unit::Month)),
            ("월", Token::Unit(Unit::Month)),
            ("日", Token::Unit(Unit::Day)),
            ("号", Token::Unit(Unit::Day)),
            ("號", Token::Unit(Unit::Day)),
            ("일", Token::Unit(Unit::Day)),
            ("点钟", Token::Unit(Unit::Hour)),
            ("点整", Token::Unit(Unit::Hour)),
            ("點鐘", Token::Unit(Unit::Hour)),
            ("点", Token::Unit(Unit::Hour)),
            ("點", Token::Unit(Unit::Hour)),
            ("时", Token::Unit(Unit::Hour)),
            ("時", Token::Unit(Unit::Hour)),
            ("시", Token::Unit(Unit::Hour)),
            ("分", Token::Unit(Unit::Minute)),
            ("분", Token::Unit(Unit::Minute)),
            ("秒", Token::Unit(Unit::Second)),
            ("초", Token::Unit(Unit::Second)),
            ("半", Token::Minutes(30)),
            ("一刻", Token::Minutes(15)),
            ("三刻", Token::Minutes(45)),
            ("出生于", Token::Blank),
            ("出生", Token::Blank),
            ("生于", Token::Blank),
            ("生", Token::Blank),
        ];
        const BLANKS: [&str; 12] =
            ["の", "公元", "西元", "西暦", "西曆", "公历", "公曆", "阳历", "陽曆", "新历", "生日", "整"];
        if self.rest.starts_with(|c: char| c.is_ascii()) {
            return None;
        }
        if let Some(blank) = BLANKS.iter().find(|blank| self.rest.starts_with(**blank)) {
            self.take(blank.len());
            return Some(Token::Blank);
        }
        if let Some(length) = words::weekday_length(self.rest) {
            self.take(length);
            return Some(Token::Weekday);
        }
        if let Some((part, length)) = words::part_of_day(self.rest) {
            self.take(length);
            return Some(Token::PartOfDay(part));
        }
        let (name, token) = NAMES.iter().find(|(name, _)| self.rest.starts_with(name))?;
        self.take(name.len());
        Some(*token)
    }

    fn word(&mut self, word: String) {
        if numerals::english(&word).is_some() || matches!(word.as_str(), "hundred" | "thousand") {
            return self.words.push(word);
        }
        if word == "and" {
            return if self.words.is_empty() { self.push(Token::Unknown) } else { self.words.push(word) };
        }
        let before_digit = self.rest.starts_with(|c: char| c.is_ascii_digit());
        let meaning = words::meaning(&word);
        let token = match meaning {
            Some(Word::Month(month)) => Token::Month(month),
            Some(Word::Weekday) => Token::Weekday,
            Some(Word::Filler) => Token::Blank,
            Some(Word::Ordinal) => Token::Ordinal,
            Some(Word::Am) => Token::PartOfDay(PartOfDay::SmallHours),
            Some(Word::Pm) => Token::PartOfDay(PartOfDay::Afternoon),
            Some(Word::Hour) => Token::Unit(Unit::Hour),
            Some(Word::Stamp) if before_digit => Token::Stamp,
            Some(Word::Week) => Token::Week,
            Some(Word::Zone(offset)) => Token::Zone(offset),
            Some(Word::Stamp) | None => self.dotted_half(&word),
        };
        self.push(token);
    }

    /// a.m. and p.m.
    fn dotted_half(&mut self, word: &str) -> Token {
        let dotted = self.rest.strip_prefix(['.']).and_then(|rest| rest.strip_prefix(['m', 'M']));
        let part = match word {
            "a" => PartOfDay::SmallHours,
            "p" => PartOfDay::Afternoon,
            _ => return Token::Unknown,
        };
        let Some(rest) = dotted else { return Token::Unknown };
        self.rest = rest.strip_prefix('.').unwrap_or(rest);
        Token::PartOfDay(part)
    }

    /// Joins number words: one number, or a day and a year (twenty two, two thousand and eighteen).
    fn flush_words(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let written = std::mem::take(&mut self.words);
        let words: Vec<&str> = written.iter().map(String::as_str).collect();
        let sensible = |value: &u32| *value <= 31 || *value >= 1_000;
        let split = |at: usize| {
            let day = numerals::english_run(words.get(..at)?).filter(|day| (1..=31).contains(day))?;
            let year = numerals::english_run(words.get(at..)?).filter(|year| *year >= 1_000)?;
            Some((day, year))
        };
        let number = |value: u32| Token::Number(Number { value: value.into(), digits: value.to_string().len() }, true);
        if let Some(value) = numerals::english_run(&words).filter(sensible) {
            self.tokens.push(number(value));
        } else if let Some((day, year)) = (1..words.len().min(6)).find_map(split) {
            self.tokens.extend([number(day), Token::Blank, number(year)]);
        } else {
            self.tokens.push(Token::Unknown);
        }
        self.tokens.push(Token::Blank);
    }
}

/// Letters and the marks that belong to them in Indic and Thai scripts.
fn is_letter(c: char) -> bool {
    let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{e7f}');
    (c.is_alphabetic() || mark)
        && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | 'º' | 'ª')
}

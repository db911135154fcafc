//! The grammar of an address: RFC 5321 `Mailbox` with what RFC 6531 adds, nothing repaired.
//!
//! Comments and folding white space (RFC 5322) belong to message headers, not to the address, and are refused.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::domain_name::{self, DomainName};
use super::policy;

/// RFC 5321 4.5.3.1.1, in octets.
const LOCAL_BYTES_MAX: usize = 64;
/// RFC 5321 4.5.3.1.3, less the angle brackets.
const ADDRESS_BYTES_MAX: usize = 254;

/// An address by the grammar.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mailbox<'a> {
    /// Before the `@`: NFC, without quotes where it needs none.
    pub local: Cow<'a, str>,
    /// The local part needs its quotes.
    pub quoted: bool,
    /// Behind the `@`.
    pub host: Host,
}

/// Where the mail goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// By name.
    Name(DomainName),
    /// By IP address, in its brackets.
    Literal(String),
}

impl Host {
    /// Whether it is a mass provider, where the local part is compared without case.
    pub fn is_provider(&self) -> bool {
        match self {
            Self::Name(name) => matches!(name.display, Cow::Borrowed(_)),
            Self::Literal(_) => false,
        }
    }

    /// As people read it.
    pub fn display(&self) -> &str {
        match self {
            Self::Name(name) => &name.display,
            Self::Literal(literal) => literal,
        }
    }

    /// [`Host::ascii`], without a copy of what is kept.
    pub fn into_ascii(self) -> Cow<'static, str> {
        match self {
            Self::Name(name) => name.into_ascii(),
            Self::Literal(literal) => Cow::Owned(literal),
        }
    }

    /// As DNS and SMTP carry it.
    pub fn ascii(&self) -> &str {
        match self {
            Self::Name(name) => name.ascii(),
            Self::Literal(literal) => literal,
        }
    }
}

/// Why a text is no address, in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// In simplified Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// The fault is one of length.
    pub length: bool,
}

const fn fault(zh: &'static str, en: &'static str) -> Fault {
    Fault { zh, en, length: false }
}

pub(super) const NO_AT: Fault = fault("没有 @", "no @");
const LOCAL_EMPTY: Fault = fault("@ 前没有内容", "nothing before the @");
const LOCAL_LONG: Fault = fault("@ 前超过 64 字节", "more than 64 octets before the @");
const LOCAL_DOT: Fault = fault("@ 前的点号位置不对", "a dot at the wrong place before the @");
const LOCAL_CHARACTER: Fault = fault("@ 前有不允许的字符", "a character not allowed before the @");
const LOCAL_QUOTES: Fault = fault("@ 前的引号不对", "quotation marks at the wrong place before the @");
const DOMAIN_FORM: Fault = fault("域名不合规则", "not a domain name");
const DOMAIN_TOP: Fault = fault("没有这样的域名后缀", "no top-level domain can be so");
const LITERAL_FORM: Fault = fault("方括号里不是 IP 地址", "no IP address in the brackets");
const ADDRESS_LONG: Fault = Fault { zh: "超过 254 字节", en: "more than 254 octets", length: true };

/// Reads an address exactly as it stands.
pub(super) fn parse(text: &str) -> Result<Mailbox<'_>, Fault> {
    let at = text.bytes().rposition(|b| b == b'@').ok_or(NO_AT)?;
    let (local, domain) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    if text.len() > 4 * ADDRESS_BYTES_MAX {
        return Err(ADDRESS_LONG);
    }
    let (local, quoted) = parse_local(local)?;
    let host = parse_host(domain)?;
    let longest = host.display().len().max(host.ascii().len());
    if local.len() + 1 + longest > ADDRESS_BYTES_MAX {
        return Err(ADDRESS_LONG);
    }
    Ok(Mailbox { local, quoted, host })
}

fn parse_local(local: &str) -> Result<(Cow<'_, str>, bool), Fault> {
    let composed: Cow<'_, str> = if local.is_ascii() || is_nfc_quick(local.chars()) == IsNormalized::Yes {
        Cow::Borrowed(local)
    } else {
        Cow::Owned(local.nfc().collect())
    };
    if composed.is_empty() {
        return Err(LOCAL_EMPTY);
    }
    if composed.starts_with(is_combining_mark) {
        return Err(LOCAL_CHARACTER);
    }
    if composed.len().max(local.len()) > LOCAL_BYTES_MAX {
        return Err(LOCAL_LONG);
    }
    if composed.starts_with('"') {
        let plain = unquoted(&composed).ok_or(LOCAL_QUOTES)?;
        let needs_quotes = dot_atom(&plain).is_err();
        return Ok(if needs_quotes { (composed, true) } else { (Cow::Owned(plain), false) });
    }
    dot_atom(&composed)?;
    Ok((composed, false))
}

/// The text of a quoted local part without its quotes and escapes (`qtextSMTP`, `quoted-pairSMTP`).
fn unquoted(local: &str) -> Option<String> {
    let inner = local.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => text.push(chars.next().filter(|c| matches!(c, ' '..='~'))?),
            ' '..='~' => text.push(c),
            _ if is_international(c) => text.push(c),
            _ => return None,
        }
    }
    Some(text)
}

/// `Dot-string`: atoms of allowed characters with single dots between them.
fn dot_atom(local: &str) -> Result<(), Fault> {
    let mut previous = '.';
    for c in local.chars() {
        if c == '.' && previous == '.' {
            return Err(LOCAL_DOT);
        }
        if c != '.' && !is_atom_character(c) {
            return Err(if c == '"' { LOCAL_QUOTES } else { LOCAL_CHARACTER });
        }
        previous = c;
    }
    if previous == '.' { Err(if local.is_empty() { LOCAL_EMPTY } else { LOCAL_DOT }) } else { Ok(()) }
}

/// `atext`, and what RFC 6531 adds.
pub(super) fn is_atom_character(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '!' | '#'..='\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^'..='`' | '{'..='~')
        || is_international(c)
}

/// Visible characters beyond ASCII that have a meaning: no blanks, controls, format or private characters.
fn is_international(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_unsafe(c)
}

/// Characters that cannot be seen, or say that a character was lost. Joiners belong to some scripts' words.
fn is_unsafe(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

fn parse_host(domain: &str) -> Result<Host, Fault> {
    if let Some(provider) = policy::provider(domain) {
        return Ok(Host::Name(DomainName::known(provider)));
    }
    if let Some(inner) = domain.strip_prefix('[') {
        let literal = inner.strip_suffix(']').ok_or(LITERAL_FORM)?;
        let tag = literal.get(..5).filter(|tag| tag.eq_ignore_ascii_case("IPv6:"));
        let address = tag.and_then(|_| literal.get(5..)).unwrap_or(literal);
        let canonical = match tag {
            Some(_) => address.parse::<Ipv6Addr>().map(|address| format!("[IPv6:{address}]")),
            None => address.parse::<Ipv4Addr>().map(|address| format!("[{address}]")),
        };
        return canonical.map(Host::Literal).map_err(|_| LITERAL_FORM);
    }
    let name = domain_name::parse(domain).ok_or(DOMAIN_FORM)?;
    let name = policy::provider(&name.display).map_or(name, DomainName::known);
    if domain_name::has_impossible_top_level(&name.display) { Err(DOMAIN_TOP) } else { Ok(Host::Name(name)) }
}

/// The address in `name <address>`, where the name is a phrase as RFC 5322 has it (atoms or one quoted text) or empty.
pub(super) fn without_display_name(text: &str) -> Option<&str> {
    let inner = text.strip_suffix('>')?;
    let start = if inner.starts_with('"') {
        let close = closing_quote(inner)?;
        close + inner.get(close..)?.find('<')?
    } else {
        inner.find('<')?
    };
    let (name, address) = (inner.get(..start)?.trim_end_matches(' '), inner.get(start + 1..)?);
    let phrase = if name.starts_with('"') {
        closing_quote(name) == Some(name.len())
    } else {
        name.chars().all(|c| c == ' ' || c == '\u{200d}' || is_atom_character(c))
    };
    phrase.then_some(address)
}

/// The position behind the quotation mark that closes the one at the beginning.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    let close = text.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    close.map(|(index, _)| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar() {
        let valid = [
            "o'neil+x@b-c.cn",
            "\"a b\"@b.cn",
            "a@[192.0.2.1]",
            "a@[IPv6:2001:db8::1]",
            "张三@例子.中国",
            "\"\"@b.cn",
            "a@b",
        ];
        for text in valid {
            assert!(parse(text).is_ok(), "{text}");
        }
        let invalid = [
            ("a", NO_AT),
            ("@b.cn", LOCAL_EMPTY),
            ("a..b@b.cn", LOCAL_DOT),
            ("a.@b.cn", LOCAL_DOT),
            ("a b@b.cn", LOCAL_CHARACTER),
            ("a\u{200b}@b.cn", LOCAL_CHARACTER),
            ("a(x)@b.cn", LOCAL_CHARACTER),
            ("\"a\"b\"@b.cn", LOCAL_QUOTES),
            ("\"a\u{7}\"@b.cn", LOCAL_QUOTES),
            ("a@b.cn.", DOMAIN_FORM),
            ("a@b..cn", DOMAIN_FORM),
            ("a@b.cn ", DOMAIN_FORM),
            ("a@b.1", DOMAIN_TOP),
            ("a@[300.0.2.1]", LITERAL_FORM),
            ("a@[x:y]", LITERAL_FORM),
        ];
        for (text, expected) in invalid {
            assert_eq!(parse(text), Err(expected), "{text}");
        }
        assert_eq!(without_display_name("\"张, 三\" <a@b.cn>"), Some("a@b.cn"));
        assert_eq!(without_display_name("<x><a@b.cn>"), Some("x><a@b.cn"));
        assert_eq!(without_display_name("a;b <a@b.cn>"), None);
    }
}

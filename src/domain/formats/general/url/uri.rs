//! URIs by RFC 3986 and IRIs by RFC 3987, by the grammar alone: any scheme, nothing folded or completed.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::domain::finding::{Checked, Defect, Finding};

/// Judges an absolute or relative-free URI (RFC 3986 `URI`).
pub fn check_uri(text: &str) -> Checked {
    verdict(text, has_scheme(text) && is_reference(text, false))
}

/// Judges a URI or a relative reference (RFC 3986 `URI-reference`).
pub fn check_uri_reference(text: &str) -> Checked {
    verdict(text, is_reference(text, false))
}

/// Judges an internationalised URI (RFC 3987 `IRI`).
pub fn check_iri(text: &str) -> Checked {
    verdict(text, has_scheme(text) && is_reference(text, true))
}

/// Judges an IRI or a relative reference (RFC 3987 `IRI-reference`).
pub fn check_iri_reference(text: &str) -> Checked {
    verdict(text, is_reference(text, true))
}

fn verdict(text: &str, holds: bool) -> Checked {
    if holds {
        return Checked::valid(text);
    }
    Checked::invalid(
        text,
        Finding::with_detail(Defect::Format, "不合 RFC 3986 的语法", "not by the grammar of RFC 3986"),
    )
}

/// The scheme and what follows its colon.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let letters = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((scheme, rest))
}

fn has_scheme(text: &str) -> bool {
    split_scheme(text).is_some()
}

fn is_reference(text: &str, international: bool) -> bool {
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (hierarchy, query) = before.split_once('?').unwrap_or((before, ""));
    let scheme = split_scheme(hierarchy);
    let rest = scheme.map_or(hierarchy, |(_, rest)| rest);
    let (authority, path) = match rest.strip_prefix("//") {
        Some(place) => place.split_at(place.find('/').unwrap_or(place.len())),
        None => ("", rest),
    };
    // Without a scheme a colon in the first segment would read as one.
    let first = path.split('/').next().unwrap_or_default();
    let colon_first = scheme.is_none() && !rest.starts_with("//") && first.contains(':');
    let in_path = |c: char| c == '/' || is_path_character(c, international);
    let in_query = |c: char| in_path(c) || c == '?' || international && is_private(c);
    let in_fragment = |c: char| in_path(c) || c == '?';
    !colon_first
        && is_authority(authority, international)
        && is_encoded(path, in_path)
        && is_encoded(query, in_query)
        && is_encoded(fragment, in_fragment)
}

/// Whether every character is allowed or part of a percent-encoded octet.
fn is_encoded(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let holds = match c {
            '%' => (0..2).all(|_| chars.next().is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => allowed(c),
        };
        if !holds {
            return false;
        }
    }
    true
}

fn is_authority(authority: &str, international: bool) -> bool {
    let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
    let in_name = |c: char| is_name_character(c, international);
    if !is_encoded(user, |c| c == ':' || in_name(c)) {
        return false;
    }
    let (host, port) = match place.strip_prefix('[') {
        Some(inner) => {
            let Some((literal, port)) = inner.split_once(']') else { return false };
            if !is_literal(literal) || !(port.is_empty() || port.starts_with(':')) {
                return false;
            }
            ("", port.trim_start_matches(':'))
        }
        None => place.split_once(':').unwrap_or((place, "")),
    };
    is_encoded(host, in_name) && port.bytes().all(|b| b.is_ascii_digit())
}

/// `IPv6address` or `IPvFuture`.
fn is_literal(literal: &str) -> bool {
    if literal.starts_with(['v', 'V']) {
        let Some((version, rest)) = literal.get(1..).and_then(|rest| rest.split_once('.')) else { return false };
        let hexadecimal = !version.is_empty() && version.bytes().all(|b| b.is_ascii_hexdigit());
        return hexadecimal && !rest.is_empty() && rest.chars().all(|c| c == ':' || is_name_character(c, false));
    }
    let embedded = literal.rsplit(':').next().filter(|last| last.contains('.'));
    literal.parse::<Ipv6Addr>().is_ok() && embedded.is_none_or(|address| address.parse::<Ipv4Addr>().is_ok())
}

/// `pchar` without percent-encoding.
fn is_path_character(c: char, international: bool) -> bool {
    matches!(c, ':' | '@') || is_name_character(c, international)
}

/// `unreserved` and `sub-delims`.
fn is_name_character(c: char, international: bool) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '.' | '_' | '~' | '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=')
        || international && is_ucs(c)
}

/// `ucschar` of RFC 3987.
fn is_ucs(c: char) -> bool {
    let plane_end = u32::from(c) & 0xffff >= 0xfffe;
    let basic = matches!(c, '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}');
    basic || matches!(c, '\u{10000}'..='\u{dffff}' | '\u{e1000}'..='\u{effff}') && !plane_end
}

/// `iprivate` of RFC 3987: in queries only.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Validity;

    #[test]
    fn the_grammar() {
        let uri = |text| check_uri(text).validity == Validity::Valid;
        for text in
            ["http://a.example/b?c#d", "urn:isbn:0451450523", "a:", "x://[v1.a]:80/", "http://u:p@h:/", "tel:+1-2"]
        {
            assert!(uri(text), "{text}");
        }
        for text in [
            "",
            "a",
            "1a:b",
            "a:b c",
            "a:%2",
            "http://[::1",
            "http://h:x/",
            "a://b@c@d",
            "a:b#c#d",
            "http://é/",
            "a:[b]",
        ] {
            assert!(!uri(text), "{text}");
        }
        assert_eq!(check_uri_reference("a/b:c").validity, Validity::Valid);
        assert_eq!(check_uri_reference("b:c d").validity, Validity::Invalid);
        assert_eq!(check_uri_reference("1:b").validity, Validity::Invalid);
        assert_eq!(check_iri("http://例子.中国/路?问").validity, Validity::Valid);
        assert_eq!(check_iri_reference("路\u{e000}").validity, Validity::Invalid);
    }
}

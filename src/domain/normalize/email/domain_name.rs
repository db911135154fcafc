//! 域名, domain names: letters–digits–hyphen labels (RFC 1123), internationalised names (IDNA 2008, RFC 5890–5893, mapped
//! as UTS 46 does), the top-level domains that exist, and the names that never lead anywhere (RFC 2606, RFC 6761).

use std::borrow::Cow;
use std::sync::LazyLock;

use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
use rustc_hash::FxHashSet;
use unicode_normalization::char::is_combining_mark;

use crate::domain::finding::{Checked, Defect, Finding};

/// RFC 1035 2.3.4, in octets of the ASCII form.
const LABEL_BYTES_MAX: usize = 63;
/// RFC 1035 2.3.4, less the two octets that DNS needs.
const DOMAIN_BYTES_MAX: usize = 253;

/// The top-level domains of the root zone, in Unicode.
static TOP_LEVEL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words(include_str!("tlds.dat")).collect());

/// Second labels below a country's own domain under which names are registered (`com.cn`, `co.uk`).
const REGISTRY_LABELS: [&str; 12] = ["com", "co", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "mil", "gob"];

/// A domain name in both its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainName {
    /// As people read it: lower case, Unicode.
    pub display: Cow<'static, str>,
    /// As DNS carries it; `None` when that is the same.
    ascii_only: Option<String>,
}

impl DomainName {
    /// As DNS carries it: lower-case ASCII.
    pub fn ascii(&self) -> &str {
        self.ascii_only.as_deref().unwrap_or(&self.display)
    }

    /// [`DomainName::ascii`], without a copy.
    pub fn into_ascii(self) -> Cow<'static, str> {
        self.ascii_only.map_or(self.display, Cow::Owned)
    }

    /// A name in lower-case ASCII that is known to be one.
    pub fn known(name: &'static str) -> Self {
        Self { display: Cow::Borrowed(name), ascii_only: None }
    }

    /// Whether the name has a form beyond ASCII.
    pub fn is_international(&self) -> bool {
        self.ascii_only.is_some()
    }
}

/// Words of a table without its header.
pub(super) fn words(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_ascii_whitespace)
}

/// Reads a domain name of one or more labels, without a final dot; `None` when it is none.
pub fn parse(text: &str) -> Option<DomainName> {
    if text.is_ascii() && !contains_ace(text) {
        let display = Cow::Owned(text.to_ascii_lowercase());
        return is_ldh_name(&display).then_some(DomainName { display, ascii_only: None });
    }
    let (display, outcome) = Uts46::new().to_unicode(text.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    outcome.ok()?;
    let sound = display.split('.').all(is_u_label);
    let ascii = ascii_of(&display)?;
    let ascii_only = (ascii != display).then(|| ascii.into_owned());
    let name = DomainName { display: Cow::Owned(display.into_owned()), ascii_only };
    (sound && is_ldh_name(name.ascii())).then_some(name)
}

fn ascii_of(display: &str) -> Option<Cow<'_, str>> {
    use idna::uts46::DnsLength;
    Uts46::new().to_ascii(display.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Ignore).ok()
}

fn contains_ace(text: &str) -> bool {
    let starts = |label: &str| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    text.as_bytes().windows(2).any(|pair| pair == b"--") && text.split('.').any(starts)
}

/// Letters, digits and inner hyphens; two hyphens in the third and fourth place are for encoded names only.
fn is_ldh_name(name: &str) -> bool {
    name.len() <= DOMAIN_BYTES_MAX && name.as_bytes().split(|b| *b == b'.').all(is_ldh_label)
}

fn is_ldh_label(bytes: &[u8]) -> bool {
    let edges = bytes.first() != Some(&b'-') && bytes.last() != Some(&b'-');
    let reserved = bytes.get(2..4) == Some(b"--") && !bytes.starts_with(b"xn--");
    let letters = bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    (1..=LABEL_BYTES_MAX).contains(&bytes.len()) && edges && letters && !reserved
}

/// What IDNA 2008 allows beyond the mapping and the bidi and joiner rules that were checked before (RFC 5892).
fn is_u_label(label: &str) -> bool {
    if label.is_ascii() {
        return true;
    }
    let digits = |range: std::ops::RangeInclusive<char>| label.chars().any(|c| range.contains(&c));
    let mixed_digits = digits('\u{660}'..='\u{669}') && digits('\u{6f0}'..='\u{6f9}');
    let chars: Vec<char> = label.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    let holds = |(index, c): (usize, &char)| is_allowed_at(*c, at(index.checked_sub(1)), at(Some(index + 1)), label);
    !mixed_digits && chars.iter().enumerate().all(holds)
}

/// The table of RFC 5892: disallowed exceptions, contextual rules, then letters, marks and digits.
fn is_allowed_at(c: char, before: Option<char>, after: Option<char>, label: &str) -> bool {
    match c {
        '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}' => false,
        '\u{b7}' => before == Some('l') && after == Some('l'),
        '\u{375}' => after.is_some_and(|c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')),
        '\u{5f3}' | '\u{5f4}' => before.is_some_and(|c| matches!(c, '\u{591}'..='\u{5f2}' | '\u{fb1d}'..='\u{fb4f}')),
        '\u{30fb}' => label.chars().any(is_japanese_or_han),
        '\u{6fd}' | '\u{6fe}' | '\u{f0b}' | '\u{3007}' | '\u{200c}' | '\u{200d}' | '-' => true,
        _ => c.is_alphanumeric() || is_combining_mark(c),
    }
}

fn is_japanese_or_han(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3005}' | '\u{3007}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The last label.
pub fn top_level(display: &str) -> &str {
    let dot = display.bytes().rposition(|b| b == b'.');
    dot.and_then(|dot| display.get(dot + 1..)).unwrap_or(display)
}

/// Whether the last label is in the root zone of DNS.
pub fn has_known_top_level(display: &str) -> bool {
    match top_level(display) {
        "com" | "cn" | "net" => true,
        top => TOP_LEVEL.contains(top),
    }
}

/// A last label that can never be in the root zone: digits only, or behind a dot a single ASCII letter.
pub fn has_impossible_top_level(display: &str) -> bool {
    let top = top_level(display);
    top.len() == 1 && display.len() > 1 || top.bytes().all(|b| b.is_ascii_digit())
}

/// Names that no registry will ever give to anyone (RFC 6761, RFC 6762, RFC 7686, RFC 3172).
pub fn is_special_use(display: &str) -> bool {
    matches!(top_level(display), "invalid" | "test" | "localhost" | "local" | "onion" | "arpa" | "internal")
}

/// Names kept for examples (RFC 2606).
pub fn is_example(display: &str) -> bool {
    if top_level(display) == "example" {
        return true;
    }
    let stem = display.rsplit_once('.').filter(|(_, top)| matches!(*top, "com" | "net" | "org")).map(|(stem, _)| stem);
    stem.is_some_and(|stem| stem == "example" || stem.ends_with(".example"))
}

/// A name under which others are registered (`com.cn`) rather than somebody's own.
pub fn is_public_suffix(display: &str) -> bool {
    match display.rsplit_once('.') {
        None => TOP_LEVEL.contains(display),
        Some((second, top)) => top.len() == 2 && REGISTRY_LABELS.contains(&second),
    }
}

/// Judges a host name of ASCII letters (RFC 1123); encoded labels must decode by IDNA 2008.
pub fn check_hostname(text: &str) -> Checked {
    verdict(text, parse(text).filter(|_| text.is_ascii() && !has_foreign_dot(text)))
}

/// Judges an internationalised host name (RFC 5890); the ideographic full stops separate labels too.
pub fn check_idn_hostname(text: &str) -> Checked {
    verdict(text, parse(text))
}

fn has_foreign_dot(text: &str) -> bool {
    text.contains(['\u{3002}', '\u{ff0e}', '\u{ff61}'])
}

fn verdict(text: &str, name: Option<DomainName>) -> Checked {
    let Some(name) = name else {
        let (zh, en) = ("不是主机名", "not a host name");
        return Checked::invalid(text, Finding::with_detail(Defect::Format, zh, en));
    };
    let mut checked = Checked::valid(&*name.display);
    if name.is_international() {
        checked.fact("ascii_domain", name.ascii());
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_two_forms() {
        let cases = [
            ("Example.COM", "example.com", "example.com"),
            ("例子.中国", "例子.中国", "xn--fsqu00a.xn--fiqs8s"),
            ("xn--fsqu00a.xn--fiqs8s", "例子.中国", "xn--fsqu00a.xn--fiqs8s"),
            ("BÜCHER。de", "bücher.de", "xn--bcher-kva.de"),
            ("faß.de", "faß.de", "xn--fa-hia.de"),
        ];
        for (text, display, ascii) in cases {
            let name = parse(text);
            assert_eq!(name.as_ref().map(|name| (&*name.display, name.ascii())), Some((display, ascii)), "{text}");
        }
        let long = "a".repeat(64);
        for text in
            ["", ".", "a.", ".a", "-a", "a-", "a_b", "ab--c", "xn--0", "xn--", "a©.com", "⒈a.com", long.as_str()]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn suffixes() {
        assert!(has_known_top_level("a.museum") && has_known_top_level("例子.中国") && !has_known_top_level("163.con"));
        assert!(is_public_suffix("com.cn") && is_public_suffix("com") && !is_public_suffix("com.cn.com"));
        assert!(is_example("a.example.org") && !is_example("myexample.org") && is_special_use("localhost"));
    }
}

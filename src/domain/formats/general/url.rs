//! 网址, Uniform resource locator (URL).
//!
//! Structure: scheme `://` host, then port, path, query and fragment as far as there are any; without a scheme `http` is
//! taken where the host is a public one. The normal form follows WHATWG: scheme and host in lower case, an international
//! host in its ASCII form, the scheme's own port dropped, an empty path written `/`, dot segments resolved, characters
//! beyond ASCII percent-encoded; path, query and fragment keep their letters. `uri` holds the checks of RFC 3986 and 3987.
//! Source: WHATWG URL Standard; RFC 3986 (from memory, 2026-11-22).
//! Computed examples: http://www.example.com/b, https://guiyi.example/a?b=c.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::fmt::Write;

use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::normalize::email::domain_name;
use crate::domain::text::width;

mod uri;

pub use uri::{check_iri, check_iri_reference, check_uri, check_uri_reference};

/// 网址.
pub const FORMAT: Declared = Declared {
    code: "url",
    name_zh: "网址",
    name_en: "Uniform resource locator (URL)",
    source: "WHATWG URL, RFC 3986",
    example: "https://guiyi.example/a?b=c",
    check_digit: false,
    check,
};

/// The schemes of addresses that customers have, with the port that goes without saying.
const SCHEMES: [(&str, u16); 3] = [("http", 80), ("https", 443), ("ftp", 21)];

/// The parts of an address as written.
struct Parts<'a> {
    scheme: Option<String>,
    user: Option<&'a str>,
    host: &'a str,
    port: Option<u16>,
    tail: &'a str,
}

fn check(input: &str) -> Checked {
    let text = width::to_halfwidth(input.trim_matches(' '));
    let refuse = |(zh, en): (&'static str, &'static str)| {
        Checked::invalid(text.as_str(), Finding::with_detail(Defect::Format, zh, en))
    };
    let parts = match split(&text) {
        Ok(parts) => parts,
        Err(fault) => return refuse(fault),
    };
    let (host, place) = match judge_host(parts.host) {
        Ok(judged) => judged,
        Err(fault) => return refuse(fault),
    };
    let scheme = parts.scheme.as_deref().unwrap_or("http");
    let own_port = SCHEMES.iter().find(|(name, _)| *name == scheme).map(|(_, port)| *port);
    let mut normal = format!("{scheme}://");
    normal.extend(parts.user.map(|user| format!("{}@", user.trim_end_matches(':'))));
    normal.push_str(&host);
    normal.extend(parts.port.filter(|port| Some(*port) != own_port).map(|port| format!(":{port}")));
    push_tail(parts.tail, &mut normal);
    let mut checked = Checked::valid(normal);
    record_changes(&parts, &host, own_port, input != text, &mut checked);
    if own_port.is_none() {
        let finding = Finding::with_detail(Defect::UnknownComponent, "不是网页的协议", "not a scheme of the web");
        checked.worsen(Validity::Suspect, finding);
    }
    if place == Place::Local {
        let finding = Finding::with_detail(Defect::UnknownComponent, "不是公网域名", "not a public domain");
        checked.worsen(Validity::Suspect, finding);
    }
    if parts.scheme.is_none() {
        checked.note(Finding::with_detail(Defect::Partial, "没有写协议", "without a scheme"));
    }
    checked.fact("host", host);
    checked
}

fn record_changes(parts: &Parts<'_>, host: &str, own_port: Option<u16>, folded: bool, checked: &mut Checked) {
    if folded {
        checked.act(Action::FullwidthToHalfwidth);
    }
    if parts.host.bytes().any(|b| b.is_ascii_uppercase()) {
        checked.act(Action::CaseFolded);
    }
    if parts.scheme.is_none() {
        checked.act(Action::Completed);
    }
    if parts.port.is_some() && parts.port == own_port || !checked.normal.ends_with(parts.tail) {
        checked.act(Action::SeparatorsNormalized);
    }
    if let Some(name) = domain_name::parse(host).filter(domain_name::DomainName::is_international) {
        checked.fact("host_unicode", name.display);
    }
}

type FaultText = (&'static str, &'static str);

fn split(text: &str) -> Result<Parts<'_>, FaultText> {
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|')) {
        return Err(("有空白或不允许的字符", "a blank or a character not allowed"));
    }
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    };
    let named = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme));
    let (scheme, rest) = named.map_or((None, text), |(scheme, rest)| (Some(scheme.to_ascii_lowercase()), rest));
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, place) = authority.rsplit_once('@').map_or((None, authority), |(user, place)| (Some(user), place));
    if scheme.is_none() && user.is_some_and(is_script_scheme) {
        return Err(("不是网页地址", "not an address of the web"));
    }
    if user.is_some_and(|user| user.starts_with(':') || user.is_empty() || user.matches(':').count() > 1) {
        return Err(("用户名不对", "not a user name"));
    }
    if user.is_some_and(|user| user.contains([',', '(', ')', ';'])) {
        return Err(("用户名中有不允许的字符", "a character not allowed in the user name"));
    }
    let (host, port) = split_port(place).ok_or(("端口不对", "not a port"))?;
    Ok(Parts { scheme, user, host, port, tail })
}

/// `javascript:…@host` runs a script rather than naming a user.
fn is_script_scheme(user: &str) -> bool {
    let scheme = user.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "mailto")
}

/// Host and port; a colon without digits is no port.
fn split_port(place: &str) -> Option<(&str, Option<u16>)> {
    let inside = place.rfind(']').unwrap_or(0);
    let Some(at) = place.rfind(':').filter(|at| *at >= inside) else { return Some((place, None)) };
    let (host, port) = (place.get(..at)?, place.get(at + 1..)?);
    if port.is_empty() {
        return Some((host, None));
    }
    let digits = port.bytes().all(|b| b.is_ascii_digit());
    port.parse().ok().filter(|_| digits).map(|port| (host, Some(port)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// One label, as in a company's own network.
    Local,
    Public,
}

/// The host in its ASCII form.
fn judge_host(host: &str) -> Result<(String, Place), FaultText> {
    const NO_HOST: FaultText = ("主机名不对", "not the name of a host");
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let lower = host.to_ascii_lowercase();
        return if inner.parse::<Ipv6Addr>().is_ok() { Ok((lower, Place::Public)) } else { Err(NO_HOST) };
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let top = name.rsplit('.').next().unwrap_or_default();
    if !top.is_empty() && top.bytes().all(|b| b.is_ascii_digit()) {
        let public = name.parse::<Ipv4Addr>().is_ok();
        return if public { Ok((name.to_owned(), Place::Public)) } else { Err(NO_HOST) };
    }
    if name.contains('_') {
        // Names with underscores are found in DNS, but are no host names.
        let plain = name.replace('_', "x");
        return domain_name::parse(&plain).map(|_| (name.to_lowercase(), Place::Local)).ok_or(NO_HOST);
    }
    let parsed = domain_name::parse(name).ok_or(NO_HOST)?;
    let display = &*parsed.display;
    if matches!(domain_name::top_level(display), "localhost" | "invalid" | "local") {
        return Err(("保留的主机名", "a reserved host name"));
    }
    if display.contains('.') && domain_name::has_impossible_top_level(display) {
        return Err(("没有这样的域名后缀", "no top-level domain can be so"));
    }
    let place = if display.contains('.') { Place::Public } else { Place::Local };
    let dot = if host.ends_with('.') { "." } else { "" };
    Ok((format!("{}{dot}", parsed.ascii()), place))
}

/// The path with `.` and `..` resolved and an empty one written `/`, then query and fragment, percent-encoded.
fn push_tail(tail: &str, normal: &mut String) {
    let (path, rest) = tail.split_at(tail.find(['?', '#']).unwrap_or(tail.len()));
    let mut segments: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." | "%2e" | "%2E" => {}
            ".." | ".%2e" | ".%2E" | "%2e." | "%2E." | "%2e%2e" | "%2E%2E" | "%2e%2E" | "%2E%2e" => {
                segments.pop();
            }
            _ => {
                segments.push(part);
                continue;
            }
        }
        if last {
            segments.push("");
        }
    }
    normal.push('/');
    for (index, segment) in segments.iter().enumerate() {
        if index > 0 {
            normal.push('/');
        }
        push_encoded(segment, normal);
    }
    push_encoded(rest, normal);
}

fn push_encoded(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() && c != '`' {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                // Writing to a text never fails.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

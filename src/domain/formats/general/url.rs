//! 网址, Uniform resource locator (URL).
//!
//! Structure: scheme `://` host, then port, path, query and fragment as far as there are any; without a scheme `http` is
//! taken and the value is suspect. The normal form follows WHATWG: scheme and host in lower case, the scheme's own port
//! dropped, an empty path written `/`, dot segments resolved; path, query and fragment keep their letters.
//! Source: WHATWG URL Standard; RFC 3986 (from memory, 2026-11-22).
//! Computed examples: http://www.example.com/b, https://guiyi.example/a?b=c.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::text::width;

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
/// RFC 1035 2.3.4.
const HOST_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;

fn check(input: &str) -> Checked {
    let text = width::to_halfwidth(input.trim());
    let refuse = |zh: &str, en: &str| Checked::invalid(text.as_str(), Finding::with_detail(Defect::Format, zh, en));
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|')) {
        return refuse("有空白或不允许的字符", "a blank or a character not allowed");
    }
    let named = text.split_once("://").filter(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()));
    let (scheme, rest) = named.map_or(("http", text.as_str()), |(scheme, rest)| (scheme, rest));
    let scheme = scheme.to_ascii_lowercase();
    let own_port = SCHEMES.iter().find(|(name, _)| *name == scheme).map(|(_, port)| *port);
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, place) = authority.rsplit_once('@').map_or((None, authority), |(user, place)| (Some(user), place));
    if user.is_some_and(|user| user.starts_with(':') || user.is_empty() || user.matches(':').count() > 1) {
        return refuse("用户名不对", "not a user name");
    }
    let Some((host, port)) = split_port(place) else { return refuse("端口不对", "not a port") };
    let host = host.to_lowercase();
    let known = match judge_host(&host) {
        Host::None => return refuse("主机名不对", "not the name of a host"),
        Host::Local => false,
        Host::Public => true,
    };
    let mut normal = format!("{scheme}://");
    normal.extend(user.map(|user| format!("{user}@")));
    normal.push_str(&host);
    normal.extend(port.filter(|port| Some(*port) != own_port).map(|port| format!(":{port}")));
    normal.push_str(&resolved(tail));
    let mut checked = Checked::valid(normal);
    checked.fact("host", host);
    if own_port.is_none() {
        let finding = Finding::with_detail(Defect::UnknownComponent, "不是网页的协议", "not a scheme of the web");
        checked.worsen(Validity::Suspect, finding);
    }
    if !known {
        let finding = Finding::with_detail(Defect::UnknownComponent, "不是公网域名", "not a public domain");
        checked.worsen(Validity::Suspect, finding);
    }
    if named.is_none() {
        let finding = Finding::with_detail(Defect::Partial, "没有写协议", "without a scheme");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
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

enum Host {
    None,
    /// One label, as in a company's own network.
    Local,
    Public,
}

fn judge_host(host: &str) -> Host {
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return if inner.parse::<Ipv6Addr>().is_ok() { Host::Public } else { Host::None };
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let top = name.rsplit('.').next().unwrap_or_default();
    if !top.is_empty() && top.bytes().all(|b| b.is_ascii_digit()) {
        return if name.parse::<Ipv4Addr>().is_ok() { Host::Public } else { Host::None };
    }
    let label_holds = |label: &str| {
        let edges = label.starts_with('-') || label.ends_with('-');
        let letters = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii());
        (1..=LABEL_BYTES_MAX).contains(&label.len()) && !edges && letters
    };
    if name.len() > HOST_BYTES_MAX || !name.split('.').all(label_holds) {
        return Host::None;
    }
    let public = name.contains('.') && top.chars().count() > 1 && !name.contains('_');
    if public { Host::Public } else { Host::Local }
}

/// The path with `.` and `..` resolved and an empty one written `/`; query and fragment as they are.
fn resolved(tail: &str) -> String {
    let (path, rest) = tail.split_at(tail.find(['?', '#']).unwrap_or(tail.len()));
    let mut segments: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." | "%2e" | "%2E" => {}
            ".." => {
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
    format!("/{}{rest}", segments.join("/"))
}

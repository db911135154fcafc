//! 完全限定域名, Fully qualified domain name.
//!
//! Structure: two or more labels of 1–63 letters, digits and hyphens (none at an end), 253 characters at most; the last,
//! the top-level domain, has two or more letters or is an `xn--` one. Letters of any script are understood. A dot at the
//! end and a wildcard in front are suspect. No check digit. Source: RFC 1034, RFC 1123, RFC 3696, RFC 4592 (from memory,
//! 2026-11-22). Examples: www.example.com, example.cn.

use super::ip::exact;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};

/// 完全限定域名.
pub const FORMAT: Declared = Declared {
    code: "internet.fqdn",
    name_zh: "完全限定域名",
    name_en: "Fully qualified domain name",
    source: "RFC 1034, RFC 1123, RFC 3696",
    example: "www.example.com",
    check_digit: false,
    check: |input| exact(input, check),
};

const LABEL_LENGTH_MAX: usize = 63;
const NAME_LENGTH_MAX: usize = 253;

fn check(text: &str) -> Checked {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let name = bare.strip_prefix("*.").unwrap_or(bare);
    let normal = name.to_lowercase();
    if name.chars().count() > NAME_LENGTH_MAX {
        return shape::wrong_length(normal, "1–253");
    }
    let Some((_, top)) = name.rsplit_once('.') else { return shape::wrong_shape(normal) };
    if !name.split('.').all(is_label) {
        return shape::wrong_shape(normal);
    }
    if !is_top_level(top) {
        return shape::wrong_component(normal, "顶级域名不存在", "no such top-level domain");
    }
    let mut checked = Checked::valid(normal.as_str());
    if name != text {
        let finding = Finding::with_detail(Defect::Format, "末尾有点或是通配符", "a dot at the end or a wildcard");
        checked.worsen(Validity::Suspect, finding.suggest(normal, "主机名本身", "the name itself"));
    }
    checked
}

fn is_label(label: &str) -> bool {
    let fits = (1..=LABEL_LENGTH_MAX).contains(&label.chars().count());
    fits && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(|c| c == '-' || is_letter_or_digit(c))
}

/// Letters and digits in half width: full-width ones are another spelling, not a name.
fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !matches!(c, '\u{FF01}'..='\u{FF5E}')
}

fn is_top_level(label: &str) -> bool {
    let is_encoded = label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) && label.len() > 4;
    is_encoded || label.chars().count() >= 2 && label.chars().all(char::is_alphabetic)
}

//! Transport dirt: what spreadsheets, CSV files, web forms and wrong encodings did to a text on its way here.

use super::width::halfwidth_char;
use crate::domain::finding::{Defect, Finding};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text without transport dirt, and what was seen while cleaning it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The clean text: NFC, single spaces, trimmed, half-width ASCII, no invisible characters.
    pub text: String,
    /// What was removed or is damaged.
    pub findings: Vec<Finding>,
}

/// Cleans a text as delivered. Never changes what it means; titles, masks and remarks stay.
pub fn clean(raw: &str) -> Cleaned {
    if is_plain(raw) {
        return Cleaned { text: raw.to_owned(), findings: Vec::new() };
    }
    let mut findings = Vec::new();
    let repaired = repaired_mojibake(raw, &mut findings);
    let decoded = decode_entities(repaired.as_deref().unwrap_or(raw));
    let visible = without_invisible(&decoded, &mut findings);
    let mut text = unwrap_spreadsheet_guard(&spaced(&visible)).to_owned();
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = text.nfc().collect();
    }
    if text.contains('\u{FFFD}') {
        let en = "contains U+FFFD: characters were lost";
        findings.push(Finding::with_detail(Defect::EncodingDamaged, "含有 U+FFFD，字符已丢失", en));
    }
    Cleaned { text, findings }
}

/// Whether nothing can need cleaning: printable ASCII and common Han, single inner spaces, no guard, no entity.
fn is_plain(raw: &str) -> bool {
    let mut after_space = true;
    for c in raw.chars() {
        match c {
            ' ' if after_space => return false,
            ' ' => after_space = true,
            '&' => return false,
            '!'..='~' | '\u{4E00}'..='\u{9FFF}' | '·' => after_space = false,
            _ => return false,
        }
    }
    raw.is_empty() || !(after_space || raw.starts_with(['\'', '=']))
}

/// UTF-8 that was read as Latin-1 or Windows-1252: repaired where the way back is loss-free and gives Han.
fn repaired_mojibake(raw: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let high = |c: &char| matches!(*c as u32, 0xC2..=0xF4);
    if !raw.chars().any(|c| high(&c)) {
        return None;
    }
    let bytes: Option<Vec<u8>> = raw.chars().map(windows_1252_byte).collect();
    let decoded = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some(text) = decoded {
        let (zh, en) = ("UTF-8 被当作 Latin-1 读取", "UTF-8 was read as Latin-1");
        let damage = Finding::with_detail(Defect::EncodingDamaged, zh, en).suggest(text.as_str(), zh, en);
        findings.push(damage);
        return text.chars().any(super::han::is_han).then_some(text);
    }
    if looks_like_double_byte(raw) {
        let (zh, en) = ("疑似中文编码被当作 Latin-1 读取", "looks like Chinese text read as Latin-1");
        findings.push(Finding::with_detail(Defect::EncodingDamaged, zh, en));
    }
    None
}

/// Four Latin-1 characters above U+00A0 in a row, or a UTF-8 lead with its continuation: no language writes so.
fn looks_like_double_byte(raw: &str) -> bool {
    let mut run = 0;
    let mut previous = ' ';
    for c in raw.chars() {
        run = if matches!(c, '\u{A1}'..='\u{FF}') { run + 1 } else { 0 };
        let lead_and_continuation = matches!(previous, 'ã'..='é') && matches!(c, '\u{80}'..='\u{BF}');
        if run >= 4 || lead_and_continuation {
            return true;
        }
        previous = c;
    }
    false
}

/// The byte that Windows-1252 (or Latin-1, for its unassigned bytes) decodes to this character.
fn windows_1252_byte(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    if let Ok(byte) = u8::try_from(c as u32) {
        return Some(byte);
    }
    HIGH.iter().position(|&high| high == c).and_then(|i| u8::try_from(0x80 + i).ok())
}

/// Decodes character references once: `&amp;middot;` becomes `&middot;`, not `·`.
fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // The longest reference here is &#x10FFFF; - looking no further keeps the whole linear.
        let window = after.char_indices().nth(10).map_or(after, |(end, _)| after.get(..end).unwrap_or(after));
        match window.split_once(';').and_then(|(name, _)| Some((entity(name)?, name.len() + 1))) {
            Some((c, length)) => {
                out.push(c);
                rest = after.get(length..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse::<u32>(), |hex| u32::from_str_radix(hex, 16)).ok()?;
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "middot" | "centerdot" => '·',
        "bull" => '•',
        "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "eacute" => 'é',
        "uuml" => 'ü',
        "ouml" => 'ö',
        "auml" => 'ä',
        _ => return None,
    })
}

/// Removes invisible characters, folds controls and Unicode spaces to a blank and full-width forms to ASCII.
fn without_invisible(text: &str, findings: &mut Vec<Finding>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut removed, mut private) = (false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joins_emoji = c == '\u{200D}'
            && out.chars().next_back().is_some_and(is_emoji)
            && chars.peek().copied().is_some_and(is_emoji);
        if joins_emoji {
            out.push(c);
        } else if is_invisible(c) {
            // Selectors after an emoji are how phones type it: nothing to report.
            removed |= !matches!(c, '\u{FE0F}' | '\u{FE0E}');
        } else if c.is_control() || is_space(c) {
            out.push(' ');
        } else if matches!(c, '\u{2F00}'..='\u{2FD5}') {
            // Kangxi radicals come from copying out of PDF files.
            out.extend(std::iter::once(c).nfkc());
        } else if c == '\u{E863}' {
            // Its place in GB 18030-2000, before Unicode had the character.
            out.push('䶮');
        } else {
            private |= matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}');
            out.push(halfwidth_char(c));
        }
    }
    if removed {
        findings.push(Finding::of(Defect::InvisibleRemoved));
    }
    if private {
        let en = "contains private-use characters";
        findings.push(Finding::with_detail(Defect::EncodingDamaged, "含有私用区字符", en));
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{3164}' | '\u{2800}' | '\u{FFA0}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{FE0F}')
}

/// Trims and collapses runs of blanks.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// `="110…"` and `'138…`: how spreadsheets are kept from reading a number.
fn unwrap_spreadsheet_guard(text: &str) -> &str {
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner.trim();
    }
    let is_number = |rest: &&str| {
        rest.contains(|c: char| c.is_ascii_digit())
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '(' | ')' | '/' | 'X' | 'x'))
    };
    text.strip_prefix(['\'', '‘', '’', '`']).filter(is_number).unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_table_a() {
        let cases = [
            ("１３８００１３８０００", "13800138000"),
            ("\u{3000}张\u{3000}三\u{00A0}", "张 三"),
            ("\u{FEFF}姓名", "姓名"),
            ("张\u{200B}三\u{202E}", "张三"),
            ("'13800138000", "13800138000"),
            ("’138 0013 8000", "138 0013 8000"),
            ("'t Hooft", "'t Hooft"),
            ("=\"01012345678\"", "01012345678"),
            ("张\t三\r\n李\u{2028}四\0", "张 三 李 四"),
            ("阿卜杜&middot;毛力", "阿卜杜·毛力"),
            ("A &#183; B &#x4E00;", "A · B 一"),
            ("e\u{301}", "é"),
            ("\u{F900}\u{FA11}", "\u{8C48}\u{FA11}"),
            ("\u{2F00}", "一"),
            ("葛\u{E0100}", "葛"),
            ("  a   b  ", "a b"),
            ("", ""),
            ("   ", ""),
            ("🌸小张🌸", "🌸小张🌸"),
        ];
        for (raw, expected) in cases {
            assert_eq!(clean(raw).text, expected, "{raw:?}");
            assert_eq!(clean(expected).text, expected, "clean twice {raw:?}");
        }
        assert_eq!(clean("&amp;middot; & AT&T;").text, "&middot; & AT&T;", "decoded once only");
    }

    #[test]
    fn findings_tell_what_was_removed() {
        let defects = |raw| clean(raw).findings.iter().map(|f| f.defect).collect::<Vec<_>>();
        assert_eq!(defects("张\u{200B}三"), [Defect::InvisibleRemoved]);
        assert_eq!(defects("张\u{FFFD}"), [Defect::EncodingDamaged]);
        assert_eq!(defects("ÕÅÈý"), [Defect::EncodingDamaged]);
        assert_eq!(defects("å¼ ä¸‰"), [Defect::EncodingDamaged]);
        assert_eq!(defects("张三"), []);
        for honest in ["José Müller", "Ørsted", "Grün Straße 5", "Zoë Ähn", "Nguyễn", "ÀÉ"] {
            assert_eq!(defects(honest), [], "{honest}");
        }
    }

    #[test]
    fn mojibake_is_repaired_only_when_loss_free_and_han() {
        assert_eq!(clean("å¼\u{A0}ä¸\u{89}").text, "张三");
        assert_eq!(clean("å¼\u{A0}ä¸‰").text, "张三");
        let latin = clean("MÃ¼ller");
        assert_eq!(latin.text, "MÃ¼ller");
        assert_eq!(latin.findings[0].suggestion.as_ref().map(|s| s.value.as_str()), Some("Müller"));
    }
}

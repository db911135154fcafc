//! Transport dirt: what spreadsheets, CSV files, web forms and wrong encodings did to a text on its way here.

use super::script;
use super::width::halfwidth_char;
use crate::domain::action::{Action, Actions};
use crate::domain::finding::{Defect, Finding};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text without transport dirt, and what was seen while cleaning it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The clean text: NFC, single spaces, trimmed, half-width ASCII, no invisible characters.
    pub text: String,
    /// What was removed or is damaged.
    pub findings: Vec<Finding>,
    /// What was done.
    pub actions: Actions,
}

impl Cleaned {
    /// Whether the text is too damaged to tell anything: not where it was repaired, and private-use characters leave the
    /// rest of a text readable.
    pub fn is_unreadable(&self) -> bool {
        let damages = self.findings.iter().filter(|finding| finding.defect == Defect::EncodingDamaged).count();
        let repaired = usize::from(self.actions.contains(&Action::MojibakeRepaired));
        let private = usize::from(damages > repaired && self.text.chars().any(is_private));
        damages > repaired + private || private > 0 && !self.text.contains(char::is_alphanumeric)
    }
}

/// Cleans a text as delivered. Never changes what it means; titles, masks and remarks stay.
pub fn clean(raw: &str) -> Cleaned {
    if is_plain(raw) {
        return Cleaned { text: raw.to_owned(), ..Cleaned::default() };
    }
    clean_dirty(raw)
}

/// The same for a text that is known not to be plain.
pub fn clean_dirty(raw: &str) -> Cleaned {
    let mut findings = Vec::new();
    let repaired = repaired_mojibake(raw, &mut findings);
    let readable = repaired.as_deref().unwrap_or(raw);
    let decoded = decode_entities(readable);
    let entities_decoded = matches!(decoded, Cow::Owned(_)) && decoded != readable;
    let mut visible = Visible::of(&decoded);
    let mut text = unwrap_spreadsheet_guard(&visible.text).to_owned();
    let unguarded = text.len() != visible.text.len();
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        let composed: String = text.nfc().collect();
        visible.unified |= composed != text;
        text = composed;
    }
    findings.extend(visible.findings());
    if visible.replacement {
        let en = "contains U+FFFD: characters were lost";
        findings.push(Finding::with_detail(Defect::EncodingDamaged, "含有 U+FFFD，字符已丢失", en));
    }
    findings.extend(script::with_latin_letters(&text).map(|latin| {
        let (zh, en) = ("拉丁字母中混有形近的西里尔或希腊字母", "Cyrillic or Greek letters that look like Latin ones");
        Finding::with_detail(Defect::Typo, zh, en).suggest(latin, zh, en)
    }));
    let done = [
        (Action::MojibakeRepaired, repaired.is_some()),
        (Action::EntitiesDecoded, entities_decoded),
        (Action::InvisibleRemoved, visible.removed),
        (Action::CharactersUnified, visible.unified),
        (Action::FullwidthToHalfwidth, visible.narrowed),
        (Action::SpacesNormalized, visible.spaced),
        (Action::SpreadsheetGuardRemoved, unguarded),
    ];
    Cleaned { text, findings, actions: done.into_iter().filter(|(_, done)| *done).map(|(action, _)| action).collect() }
}

/// Whether nothing can need cleaning: printable ASCII, common Han and kana with their punctuation, single inner spaces,
/// no guard, no entity. [`clean`] returns such a text as it is.
pub fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    if let [b'\'' | b'=' | b'`', ..] = bytes {
        return false;
    }
    // Most values are ASCII and Han: one look at every byte, without a branch.
    let seen = bytes.iter().fold(0, |seen, byte| seen | PLAIN_BYTES.get(usize::from(*byte)).copied().unwrap_or(OTHER));
    match seen {
        0 => true,
        _ if seen & OTHER != 0 => is_plain_by_characters(raw),
        _ => {
            let mut before = b' ';
            let stray = bytes.iter().any(|byte| {
                let stray = *byte == b' ' && before == b' ' || *byte == 0xB7 && before == 0xE4;
                before = *byte;
                stray
            });
            !stray && before != b' '
        }
    }
}

/// A byte that may stand anywhere in a text that needs cleaning.
const OTHER: u8 = 1;
/// A byte whose neighbour has to be looked at: a blank, and E4, for U+4DC0–U+4DFF (E4 B7) are no Han.
const WITH_NEIGHBOUR: u8 = 2;

/// The bytes of printable ASCII but `&` and those of U+4000–U+9FFF have 0 or [`WITH_NEIGHBOUR`]. A byte of continuation
/// (80–BF) tells nothing: the first byte of its character stands before it.
static PLAIN_BYTES: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < table.len() {
        if matches!(byte, 0x21..=0x25 | 0x27..=0x7E | 0x80..=0xBF | 0xE5..=0xE9) {
            table[byte] = 0;
        } else if matches!(byte, 0x20 | 0xE4) {
            table[byte] = WITH_NEIGHBOUR;
        }
        byte += 1;
    }
    table
};

/// The same, character by character.
fn is_plain_by_characters(raw: &str) -> bool {
    let mut after_space = true;
    let mut rest = raw;
    while let Some(first) = rest.as_bytes().first() {
        let length = match first {
            b' ' if after_space => return false,
            b' ' | b'!'..=b'%' | b'\''..=b'~' => 1,
            // U+5000–U+9FFF, nearly all Han.
            0xE5..=0xE9 => 3,
            _ => match rest.chars().next() {
                Some(c) if is_plain_character(c) => c.len_utf8(),
                _ => return false,
            },
        };
        after_space = *first == b' ';
        rest = rest.get(length..).unwrap_or_default();
    }
    !after_space
}

/// A character beyond ASCII that stays as it is.
fn is_plain_character(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '·' | '—' | '\u{3001}'..='\u{3011}')
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}' | '\u{3400}'..='\u{4DBF}')
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
fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
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
    Cow::Owned(out)
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

/// What people see of a text, and what had to be done for it.
#[derive(Default)]
struct Visible {
    /// Without invisible characters, with single blanks, trimmed, full-width forms as ASCII.
    text: String,
    /// Invisible characters were removed.
    removed: bool,
    /// Among them such as turn the direction of reading.
    bidirectional: bool,
    /// Characters of no standard are left.
    private: bool,
    /// U+FFFD is left.
    replacement: bool,
    /// Radicals and places of old encodings became ordinary characters.
    unified: bool,
    /// Full-width forms became half-width.
    narrowed: bool,
    /// Blanks were changed.
    spaced: bool,
}

impl Visible {
    fn of(text: &str) -> Self {
        let mut seen = Self { text: String::with_capacity(text.len()), ..Self::default() };
        let mut chars = text.chars().peekable();
        let mut blank = false;
        while let Some(c) = chars.next() {
            let joins_emoji = c == '\u{200D}'
                && seen.text.chars().next_back().is_some_and(is_emoji)
                && chars.peek().copied().is_some_and(is_emoji);
            if is_space(c) {
                seen.spaced |= blank || c != ' ' || seen.text.is_empty();
                blank = true;
            } else if c.is_control() || is_invisible(c) && !joins_emoji {
                // Selectors after an emoji are how phones type it: nothing to report.
                let follows_letter = seen.text.chars().next_back().is_none_or(char::is_alphabetic);
                seen.removed |= !matches!(c, '\u{FE0F}' | '\u{FE0E}') || follows_letter;
                seen.bidirectional |= is_bidirectional(c);
            } else {
                if blank && !seen.text.is_empty() {
                    seen.text.push(' ');
                }
                blank = false;
                seen.push(c);
            }
        }
        seen.spaced |= blank;
        seen
    }

    fn push(&mut self, c: char) {
        let ordinary = ordinary_character(c);
        let narrow = halfwidth_char(ordinary);
        self.unified |= ordinary != c;
        self.narrowed |= narrow != ordinary;
        self.private |= is_private(narrow);
        self.replacement |= narrow == '\u{FFFD}';
        self.text.push(narrow);
    }

    fn findings(&self) -> impl Iterator<Item = Finding> {
        let (zh, en) = ("含有双向控制字符，可用于伪装", "bidirectional controls, which can disguise a text");
        let removed = match self.bidirectional {
            true => Finding::with_detail(Defect::InvisibleRemoved, zh, en),
            false => Finding::of(Defect::InvisibleRemoved),
        };
        let en = "contains private-use characters";
        let private = Finding::with_detail(Defect::EncodingDamaged, "含有私用区字符", en);
        self.removed.then_some(removed).into_iter().chain(self.private.then_some(private))
    }
}

/// The ordinary form of a radical (copied out of PDF files) or of a place that GBK and GB 18030-2000 used before Unicode
/// had the character; other characters unchanged.
fn ordinary_character(c: char) -> char {
    match c {
        '\u{2F00}'..='\u{2FD5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        '\u{2E80}'..='\u{2EF3}' => {
            let found = RADICALS.binary_search_by_key(&c, |(radical, _)| *radical).ok();
            found.and_then(|i| RADICALS.get(i)).map_or(c, |(_, whole)| *whole)
        }
        '\u{E815}'..='\u{E864}' => GBK_PRIVATE.chars().nth(c as usize - 0xE815).unwrap_or(c),
        '\u{E7C7}' => 'ḿ',
        other => other,
    }
}

/// Supplementary radicals that are whole characters of daily use (Unicode, EquivalentUnifiedIdeograph; from the names of
/// the code chart). The others are parts of characters and stay.
const RADICALS: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// GBK FE50–FEA0, which older tables put at U+E815–U+E864: the characters of GB 18030-2022 in that order.
const GBK_PRIVATE: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹\
    䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

fn is_space(c: char) -> bool {
    // The four separators of ASCII part fields as blanks do; no other control character does.
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}' | '\u{3164}' | '\u{2800}' | '\u{FFA0}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{FE0F}')
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
            ("⺟亲⻓⻢", "母亲长马"),
            ("\u{E863}\u{E815}\u{E864}", "䶮⺁龻"),
            ("5² № ½ ①", "5² № ½ ①"),
            ("AB\u{1}CD\u{7F}", "ABCD"),
            ("甲\u{1F}乙", "甲 乙"),
            ("`13800138000", "13800138000"),
            ("《归一》、カタ—", "《归一》、カタ—"),
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
        assert_eq!(defects("张\u{7}三"), [Defect::InvisibleRemoved]);
        assert_eq!(defects("张\u{FE0F}三"), [Defect::InvisibleRemoved]);
        assert_eq!(defects("张三❤\u{FE0F}"), [], "how phones type it");
        assert_eq!(defects("Ivаn"), [Defect::Typo], "with a Cyrillic а");
        assert_eq!(defects("张\u{FFFD}"), [Defect::EncodingDamaged]);
        assert_eq!(defects("ÕÅÈý"), [Defect::EncodingDamaged]);
        assert_eq!(defects("å¼ ä¸‰"), [Defect::EncodingDamaged]);
        assert_eq!(defects("张三"), []);
        assert_eq!(defects("\u{E000}"), [Defect::EncodingDamaged]);
        assert_eq!(defects("\u{E863}"), [], "the place of 䶮");
        assert!(clean("张\u{202E}三").findings[0].detail_en.contains("disguise"));
        assert!(clean("张\u{200B}三").findings[0].detail_en.is_empty());
        for honest in ["José Müller", "Ørsted", "Grün Straße 5", "Zoë Ähn", "Nguyễn", "ÀÉ"] {
            assert_eq!(defects(honest), [], "{honest}");
        }
    }

    #[test]
    fn what_is_unreadable_is_no_evidence() {
        for (raw, unreadable) in [
            ("å¼\u{A0}ä¸‰", false),
            ("å¼ ä¸‰", true),
            ("张\u{FFFD}", true),
            ("\u{E000}", true),
            ("\u{E000}\u{E001}·", true),
            ("张\u{E000}", false),
            ("张\u{E000}\u{FFFD}", true),
            ("张三", false),
        ] {
            assert_eq!(clean(raw).is_unreadable(), unreadable, "{raw:?}");
        }
    }

    #[test]
    fn long_values_take_linear_time() {
        for piece in ["&", "张 ", "\u{200B}", "é", "Ã©", "e\u{301}", "&#x4E00;", "'"] {
            let long = piece.repeat(300_000);
            assert!(clean(&long).text.len() <= long.len(), "{piece}");
        }
    }

    #[test]
    fn actions_tell_what_was_done() {
        let cases: [(&str, &[Action]); 5] = [
            ("张三", &[]),
            (" 张\u{3000}三", &[Action::SpacesNormalized]),
            ("１３８", &[Action::FullwidthToHalfwidth]),
            ("⻩e\u{301}", &[Action::CharactersUnified]),
            ("=\"01\"", &[Action::SpreadsheetGuardRemoved]),
        ];
        for (raw, actions) in cases {
            assert_eq!(&*clean(raw).actions, actions, "{raw}");
        }
    }

    #[test]
    fn mojibake_is_repaired_only_when_loss_free_and_han() {
        assert_eq!(clean("å¼\u{A0}ä¸\u{89}").text, "张三");
        assert_eq!(clean("å¼\u{A0}ä¸‰").text, "张三");
        let latin = clean("MÃ¼ller");
        assert_eq!(latin.text, "MÃ¼ller");
        assert_eq!(latin.findings[0].suggestion().map(|s| s.value.as_str()), Some("Müller"));
    }
}

//! Which encoding a file is in: UTF-8 or UTF-16 (with or without BOM), GB18030 or Big5.

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are looked at for UTF-16 without BOM.
const UTF_16_SAMPLE_BYTES: usize = 64 << 10;
/// Of a hundred lines that are not ASCII, those that may fail to decode under the encoding chosen.
const BROKEN_LINES_PERCENT_MAX: u64 = 10;

/// The encoding of a file, and the length of its byte order mark.
///
/// A file that is not UTF-8 is taken for a Chinese encoding only when most of its lines decode and lines of valid
/// multi-byte UTF-8 are not the majority: a UTF-8 file with a few broken rows stays UTF-8, and those rows are rejected
/// one by one.
pub fn sniff(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, mark_length)) = Encoding::for_bom(bytes) {
        return (encoding, mark_length);
    }
    if bytes.contains(&0) {
        return (utf_16_without_mark(bytes).unwrap_or(UTF_8), 0);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0);
    }
    let (mut broken, mut multi_byte) = (0u64, 0u64);
    for line in lines(bytes) {
        match std::str::from_utf8(line) {
            Ok(_) => multi_byte += 1,
            Err(_) => broken += 1,
        }
    }
    (if broken > multi_byte { chinese(bytes).unwrap_or(UTF_8) } else { UTF_8 }, 0)
}

/// The text of a whole file, or nothing where a part of it does not decode.
pub fn decode_whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        // Rows cannot be told apart before decoding, so half a surrogate pair becomes U+FFFD in its field.
        return Some(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    decode(encoding, bytes)
}

/// Decodes one field. Where a file does not decode as a whole, it is split first: in UTF-8, GB18030 and Big5 a comma,
/// tab, semicolon, quote or line feed is never a part of another character.
pub fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    decoded(encoding, bytes).map(Cow::into_owned)
}

/// The same, in place where it can be.
pub fn decoded<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The lines in which there is something to decide.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii())
}

/// Of a thousand characters of Chinese text, those in common use at least. Traditional characters under GB18030 are not in common use
/// there, yet figures, places and many names are. Western letters and Shift JIS have next to none.
const COMMON_PER_MILLE_MIN: u64 = 150;

/// Characters from which on it tells that something that Chinese text has is missing altogether.
const TELLING_CHARACTERS_MIN: u64 = 30;

/// GB18030 or Big5: the one under which fewer lines are broken, then the one under which more of the text is common
/// characters. GB18030 wins where both are equal. Nothing where the text is no Chinese: Western, Japanese and Korean encodings decode as
/// GB18030, too, and what comes out is rubbish.
fn chinese(bytes: &[u8]) -> Option<&'static Encoding> {
    let (gb, big5) = (common_share(bytes, &GB_COMMON), common_share(bytes, &BIG5_COMMON));
    let pairs = Pairs::of(bytes);
    let is_gb = gb >= COMMON_PER_MILLE_MIN && !pairs.is_foreign();
    let is_big5 = big5 >= COMMON_PER_MILLE_MIN && pairs.may_be_big5();
    let total = lines(bytes).count() as u64;
    let broken = |encoding: &'static Encoding| lines(bytes).filter(|line| decode(encoding, line).is_none()).count();
    let usable = |encoding: &'static Encoding| broken(encoding) as u64 * 100 <= total * BROKEN_LINES_PERCENT_MAX;
    match (is_gb && usable(GB18030), is_big5 && usable(BIG5)) {
        (true, true) if big5 > gb => Some(BIG5),
        (true, _) => Some(GB18030),
        (false, true) => Some(BIG5),
        (false, false) => None,
    }
}

/// What the pairs of bytes of a text tell of its encoding, symbols left out.
#[derive(Default)]
struct Pairs {
    all: u64,
    /// Whose second byte is below 0x80.
    low: u64,
    /// Where GB/T 2312 and JIS X 0208 have kana.
    kana: u64,
    /// Where GB/T 2312 has the characters of level 1 from A to Q, by their sounds, and KS X 1001 all its syllables.
    first_half: u64,
    /// Where GB/T 2312 has rare characters.
    rare: u64,
}

impl Pairs {
    fn of(bytes: &[u8]) -> Self {
        let mut pairs = Self::default();
        let mut rest = bytes.iter();
        while let Some(&lead) = rest.next() {
            if lead < 0x81 {
                continue;
            }
            let trail = rest.next().copied().unwrap_or_default();
            if [0xA1, 0xA3].contains(&lead) {
                continue;
            }
            let upper = trail >= 0xA1;
            pairs.all += 1;
            pairs.low += u64::from(trail < 0x80);
            pairs.kana += u64::from(upper && matches!(lead, 0xA4 | 0xA5));
            pairs.first_half += u64::from(upper && (0xB0..=0xC8).contains(&lead));
            pairs.rare += u64::from(upper && lead >= 0xD8);
        }
        pairs
    }

    /// EUC-JP is full of kana, for which Chinese has no use; EUC-KR has nothing but its syllables; Cyrillic letters read as rare characters.
    fn is_foreign(&self) -> bool {
        let hangul = self.all >= TELLING_CHARACTERS_MIN && self.first_half == self.all;
        self.kana * 10 > self.all || self.rare * 2 > self.all || hangul
    }

    /// Two of five characters of Big5 have a second byte below 0x80.
    fn may_be_big5(&self) -> bool {
        self.all < TELLING_CHARACTERS_MIN || self.low * 10 > self.all
    }
}

/// Where an encoding keeps the characters in common use, and where symbols, which say nothing.
struct CommonCharacters {
    common: std::ops::RangeInclusive<u16>,
    symbols: [u8; 2],
}

/// GB/T 2312 level 1: 3,755 characters, rows 16 to 55.
const GB_COMMON: CommonCharacters = CommonCharacters { common: 0xB0A1..=0xD7F9, symbols: [0xA1, 0xA3] };
/// Big5 level 1: 5,401 characters.
const BIG5_COMMON: CommonCharacters = CommonCharacters { common: 0xA440..=0xC67E, symbols: [0xA1, 0xA2] };

/// Characters in common use of a thousand that are no symbols.
fn common_share(bytes: &[u8], table: &CommonCharacters) -> u64 {
    let (mut common, mut all) = (0u64, 0u64);
    let mut rest = bytes.iter();
    while let Some(&lead) = rest.next() {
        if lead < 0x81 {
            continue;
        }
        let trail = rest.next().copied().unwrap_or_default();
        // The common GB characters have both bytes above 0xA0; Big5 has a gap between 0x7E and 0xA1.
        let plausible =
            trail >= 0xA1 || table.common.start() == BIG5_COMMON.common.start() && (0x40..0x7F).contains(&trail);
        if !table.symbols.contains(&lead) {
            all += 1;
            common += u64::from(plausible && table.common.contains(&u16::from_be_bytes([lead, trail])));
        }
    }
    (common * 1000).checked_div(all).unwrap_or(0)
}

/// UTF-16 without BOM: the upper byte of every delimiter, digit and line feed is zero, so zeros crowd on one side, and the
/// text reads as lines.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let end = bytes.len().min(UTF_16_SAMPLE_BYTES) & !1;
    let sample = bytes.get(..end)?;
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let encoding = if zeros(1) > zeros(0) { UTF_16LE } else { UTF_16BE };
    let text = encoding.decode_without_bom_handling(sample).0;
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    let is_table = bytes.len().is_multiple_of(2) && text.contains('\n');
    // The sample may end within a surrogate pair.
    let broken = text.trim_end_matches('\u{fffd}').contains('\u{fffd}');
    (is_table && !broken && !text.chars().any(is_control)).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_encodings_are_told_apart_by_common_characters() {
        let simplified = "姓名,地址\n张伟,上海市浦东新区世纪大道一百号\n李娜,北京市\n";
        let traditional = "姓名,地址\n張偉,臺北市信義區市府路一號\n李娜,高雄市\n";
        let short = "姓名\n王芳\n";
        for (text, encoding) in [
            (simplified, GB18030),
            (traditional, BIG5),
            (traditional, GB18030),
            (short, GB18030),
            (short, BIG5),
            ("客户姓名;手机号\n张伟;13800138000\n", GB18030),
            ("客戶姓名;電話\n陳志明;0912345678\n", BIG5),
        ] {
            let bytes = encoding.encode(text).0;
            let (found, mark) = sniff(&bytes);
            assert_eq!((found, mark), (encoding, 0), "{text}");
            assert_eq!(decode_whole(found, &bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_not_chinese_is_not_taken_for_it() {
        use encoding_rs::{EUC_JP, EUC_KR, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
        let german = "id;Name;Ort\n1;Jürgen Müller;München\n2;Björn Krüger;Köln\n";
        let japanese =
            "番号,氏名,フリガナ,住所\n1,山田太郎,ヤマダタロウ,東京都千代田区\n2,鈴木一郎,スズキイチロウ,大阪府\n";
        let korean = "번호,이름,주소\n1,김민준,서울특별시 강남구 테헤란로\n2,이서연,부산광역시 해운대구 우동\n";
        let russian = "номер;имя\n1;Иван Петров\n2;Мария Смирнова\n";
        for (text, encoding) in [
            (german, WINDOWS_1252),
            (japanese, SHIFT_JIS),
            (japanese, EUC_JP),
            (korean, EUC_KR),
            (russian, WINDOWS_1251),
        ] {
            let bytes = encoding.encode(text).0;
            assert_eq!(sniff(&bytes).0, UTF_8, "{}", encoding.name());
        }
    }

    #[test]
    fn utf_16_is_found_without_mark_and_stray_zeros_are_not_utf_16() {
        for text in ["姓名,手机\n张伟,1\n", "id,name\n1,Smith\n"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!((sniff(&little).0, sniff(&big).0), (UTF_16LE, UTF_16BE));
        }
        assert_eq!(sniff(b"id,name\n1,a\0b\n").0, UTF_8);
        assert_eq!(sniff(b"id,\0\0").0, UTF_8);
        assert_eq!(sniff(&[0; 32]).0, UTF_8);
    }

    #[test]
    fn one_broken_line_does_not_change_the_encoding_of_the_others() {
        let mut bytes = GB18030.encode(&"姓名,张伟,上海市\n".repeat(30)).0.into_owned();
        bytes.extend(b"\xff\xff,x\n");
        assert_eq!(sniff(&bytes).0, GB18030);
        assert_eq!(decode_whole(GB18030, &bytes), None);
    }
}

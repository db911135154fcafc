//! Which encoding a file is in: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 that was taken for UTF-8.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of a file, and the length of its byte order mark.
///
/// A file that is not UTF-8 is taken for GB18030 only when all of it decodes and lines of valid multi-byte UTF-8 are not
/// the majority: a UTF-8 file with a few broken rows stays UTF-8, and those rows are rejected one by one.
pub fn sniff(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, mark_length)) = Encoding::for_bom(bytes) {
        return (encoding, mark_length);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0);
    }
    let (mut broken, mut multi_byte) = (0u64, 0u64);
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => multi_byte += 1,
            Err(_) => broken += 1,
        }
    }
    let decodes = || GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    if broken > multi_byte && decodes() { (GB18030, 0) } else { (UTF_8, 0) }
}

/// Decodes one field. CSV may be split before decoding for UTF-8 and GB18030, in neither of which a comma, quote or line
/// feed is ever a part of another character.
pub fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).ok().map(str::to_owned);
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// UTF-16 cannot be split before decoding.
pub fn needs_transcoding(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

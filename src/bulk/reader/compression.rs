//! Compressed input: gzip and Zstandard, known by their first bytes, whatever the file is called.

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The extensions that compressed files add to their name.
pub const EXTENSIONS: [&str; 4] = ["gz", "gzip", "zst", "zstd"];

/// Bytes of a decompressed file; a few kilobytes may claim to be any number of them.
pub const EXPANDED_BYTES_MAX: u64 = 8 << 30;

/// How a file is compressed: `gzip`, `zstd`; empty where it is not.
pub fn of(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(GZIP) {
        "gzip"
    } else if bytes.starts_with(ZSTD) {
        "zstd"
    } else {
        ""
    }
}

/// The content of a file, decompressed where it is compressed. Several streams one after the other are one content.
pub fn expanded(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    expanded_within(path, bytes, EXPANDED_BYTES_MAX)
}

fn expanded_within(path: &Path, bytes: Vec<u8>, bytes_max: u64) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    let read = if bytes.starts_with(GZIP) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(bytes_max + 1).read_to_end(&mut plain)
    } else if bytes.starts_with(ZSTD) {
        zstd_streams(&bytes, &mut plain, bytes_max)
    } else {
        return Ok(bytes);
    };
    match read {
        Ok(_) if plain.len() as u64 > bytes_max => Err(Error::input(
            path,
            format!("the content is more than {bytes_max} bytes when decompressed; split it into smaller files"),
        )),
        Ok(_) => Ok(plain),
        Err(error) => Err(Error::input(
            path,
            format!(
                "the compressed content is damaged or cut off after {} bytes ({error}); fetch the file again",
                plain.len()
            ),
        )),
    }
}

/// Decompresses one Zstandard stream after the other, up to one byte more than allowed.
fn zstd_streams(mut bytes: &[u8], plain: &mut Vec<u8>, bytes_max: u64) -> std::io::Result<usize> {
    let before = plain.len();
    while !bytes.is_empty() && plain.len() as u64 <= bytes_max {
        let decoder = ruzstd::decoding::StreamingDecoder::new(&mut bytes).map_err(std::io::Error::other)?;
        decoder.take(bytes_max + 1 - plain.len() as u64).read_to_end(plain)?;
    }
    Ok(plain.len() - before)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn both_forms_expand_also_several_streams_in_one_file() {
        let path = Path::new("a");
        assert_eq!(expanded(path, b"id\n".to_vec()).unwrap(), b"id\n");
        assert_eq!(expanded(path, [gzip(b"id\n"), gzip(b"1\n")].concat()).unwrap(), b"id\n1\n");
        assert_eq!(expanded(path, [zstd(b"id\n"), zstd(b"1\n")].concat()).unwrap(), b"id\n1\n");
    }

    #[test]
    fn content_is_taken_up_to_the_limit_and_refused_beyond() {
        let text = vec![b'x'; 10_000];
        for packed in [gzip(&text), zstd(&text), [zstd(&text[..6_000]), zstd(&text[6_000..])].concat()] {
            let within = |bytes_max| expanded_within(Path::new("a.gz"), packed.clone(), bytes_max);
            assert_eq!(within(10_000).unwrap(), text);
            let message = within(9_999).unwrap_err().to_string();
            assert!(message.contains("more than 9999 bytes") && message.contains("smaller files"), "{message}");
        }
    }

    #[test]
    fn whatever_is_cut_off_is_an_error_and_never_half_a_file() {
        let text = b"id,name\n1,\xe5\xbc\xa0\n".repeat(40);
        for whole in [gzip(&text), zstd(&text)] {
            for end in 4..whole.len() {
                let message = expanded(Path::new("a.gz"), whole[..end].to_vec()).unwrap_err().to_string();
                assert!(message.contains("fetch the file again"), "{message}");
            }
        }
    }
}

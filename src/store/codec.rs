//! The envelope of every stored value: magic, version, checksum, payload. The one place where encryption will fit.

use prost::Message;

use crate::error::{Error, Result};

const MAGIC: u8 = 0x67;
const VERSION: u8 = 1;
const HEADER_BYTES: usize = 6;

/// Wraps a message.
pub fn encode(message: &impl Message) -> Vec<u8> {
    let payload = message.encode_to_vec();
    let mut value = Vec::with_capacity(HEADER_BYTES + payload.len());
    value.extend_from_slice(&[MAGIC, VERSION]);
    value.extend_from_slice(&crc32fast::hash(&payload).to_be_bytes());
    value.extend_from_slice(&payload);
    value
}

/// Unwraps a message; a wrong checksum or an unknown version is an error, never a value.
pub fn decode<M: Message + Default>(value: &[u8]) -> Result<M> {
    let damaged = |what: &str| Error::store(format!("a stored value is damaged ({what}); restore from a backup"));
    let (header, payload) = value.split_at_checked(HEADER_BYTES).ok_or_else(|| damaged("too short"))?;
    match header {
        [MAGIC, VERSION, ..] if header.get(2..) == Some(&crc32fast::hash(payload).to_be_bytes()[..]) => {
            M::decode(payload).map_err(|error| damaged(&error.to_string()))
        }
        [MAGIC, VERSION, ..] => Err(damaged("wrong checksum")),
        [MAGIC, version, ..] => {
            Err(Error::store(format!("a stored value has version {version}; this program reads {VERSION}")))
        }
        _ => Err(damaged("wrong magic")),
    }
}

/// Checksum of an encoded value, as a cheap stand-in for its content.
pub fn checksum(value: &[u8]) -> u32 {
    value.get(2..HEADER_BYTES).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::stored::StoredProfile;

    #[test]
    fn a_flipped_bit_is_noticed() {
        let profile = StoredProfile { revision: 7, ..StoredProfile::default() };
        let mut value = encode(&profile);
        assert_eq!(decode::<StoredProfile>(&value).unwrap(), profile);
        for position in 0..value.len() {
            value[position] ^= 1;
            assert!(decode::<StoredProfile>(&value).is_err(), "byte {position}");
            value[position] ^= 1;
        }
        assert!(decode::<StoredProfile>(&[]).is_err());
    }
}

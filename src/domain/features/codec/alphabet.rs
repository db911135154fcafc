//! Alphabets of texts: the fewer signs, the fewer bits each.

use std::sync::LazyLock;

use super::bits::{Reader, Writer};

/// Signs that are packed alike, narrow ones first. The place is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// 0–9, with what parts numbers.
    Digits,
    /// a–z, with what parts words.
    Letters,
    /// 0–9, a–z, A–Z, `-` and `_`.
    Mixed,
    /// The commonest characters of addresses and company names.
    CommonHan,
    /// U+4E00 to U+9FFF.
    Han,
    /// Every sign.
    Any,
}

const DIGITS: &str = "0123456789-*# XA";
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz .-_'@";
const MIXED: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
/// 128 characters that addresses and names of companies are made of, with digits.
const COMMON_HAN: &str = "0123456789-省市区县镇乡村路街道号栋幢单元室层楼组座弄巷里园苑小花城广东西南北中山大海江河湖州\
    安平和新华阳林金龙天福宁明长青白云石门湾港岛岗塘桥泉坪川京上沙田水井高开发工业科技术信息电子网络贸易商实有限公\
    司集团股份文化传媒建设材料国际";

impl Alphabet {
    /// Every alphabet, narrow ones first.
    pub const ALL: [Self; 6] = [Self::Digits, Self::Letters, Self::Mixed, Self::CommonHan, Self::Han, Self::Any];
    /// Bits of a place in [`Self::ALL`].
    pub const CODE_BITS: u32 = 3;

    /// Bits of one sign.
    fn sign_bits(self) -> u32 {
        match self {
            Self::Digits => 4,
            Self::Letters => 5,
            Self::Mixed => 6,
            Self::CommonHan => 7,
            Self::Han => 15,
            Self::Any => 21,
        }
    }

    fn place(self, sign: char) -> Option<u64> {
        let limit = 1u64 << self.sign_bits();
        let place = match self {
            Self::Han => u64::from(u32::from(sign)).checked_sub(FIRST_HAN)?,
            Self::Any => u64::from(u32::from(sign)),
            _ => u64::from(PLACES.get(self as usize)?.get(u32::from(sign) as usize)?.checked_sub(1)?),
        };
        (place < limit).then_some(place)
    }

    /// How many signs at the beginning of a text belong to each alphabet.
    pub fn lengths(text: &[char]) -> [usize; 6] {
        let mut lengths = [0; 6];
        let mut fitting = u8::MAX;
        for (sign, length) in text.iter().zip(1..) {
            fitting &= alphabets_of(*sign);
            for (alphabet, longest) in lengths.iter_mut().enumerate() {
                if fitting >> alphabet & 1 == 1 {
                    *longest = length;
                }
            }
        }
        lengths
    }

    /// Writes a sign that belongs to the alphabet.
    pub fn put(self, sign: char, bits: &mut Writer) {
        bits.put(self.place(sign).unwrap_or_default(), self.sign_bits());
    }

    /// Reads a sign.
    pub fn take(self, bits: &mut Reader<'_>) -> Option<char> {
        let place = bits.take(self.sign_bits())?;
        match self {
            Self::Han => char::from_u32(u32::try_from(place + FIRST_HAN).ok()?),
            Self::Any => char::from_u32(u32::try_from(place).ok()?),
            _ => TABLES.get(self as usize)?.get(place as usize).copied(),
        }
    }
}

/// The alphabets that a sign belongs to, a bit each.
fn alphabets_of(sign: char) -> u8 {
    static ASCII: LazyLock<[u8; 128]> = LazyLock::new(|| std::array::from_fn(|code| looked_up(code as u8 as char)));
    ASCII.get(sign as usize).copied().unwrap_or_else(|| looked_up(sign))
}

fn looked_up(sign: char) -> u8 {
    let bit = |alphabet: &Alphabet| u8::from(alphabet.place(sign).is_some()) << (*alphabet as u8);
    Alphabet::ALL.iter().map(bit).sum()
}

const FIRST_HAN: u64 = 0x4e00;

/// The signs by alphabet and place.
static TABLES: LazyLock<[Vec<char>; 4]> =
    LazyLock::new(|| [DIGITS, LETTERS, MIXED, COMMON_HAN].map(|t| t.chars().collect()));

/// The places by alphabet and sign, counted from 1; 0 for signs that do not belong to it.
static PLACES: LazyLock<[Vec<u8>; 4]> = LazyLock::new(|| {
    std::array::from_fn(|alphabet| {
        let signs = TABLES.get(alphabet).map(Vec::as_slice).unwrap_or_default();
        let last = signs.iter().map(|sign| u32::from(*sign) as usize).max().unwrap_or(0);
        let mut places = vec![0; last + 1];
        for (place, sign) in signs.iter().enumerate().rev() {
            if let Some(entry) = places.get_mut(u32::from(*sign) as usize) {
                *entry = place as u8 + 1;
            }
        }
        places
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_the_place_at_which_it_stands() {
        for alphabet in Alphabet::ALL {
            let signs = TABLES.get(alphabet as usize).map(Vec::as_slice).unwrap_or_default();
            for (place, sign) in signs.iter().enumerate() {
                let first = signs.iter().position(|known| known == sign);
                assert!(first < Some(place) || alphabet.place(*sign) == Some(place as u64), "{alphabet:?} {sign}");
            }
        }
        assert_eq!((Alphabet::Letters.place('q'), Alphabet::Letters.place('Q')), (Some(16), None));
        assert_eq!((Alphabet::CommonHan.place('省'), Alphabet::CommonHan.place('龘')), (Some(11), None));
    }
}

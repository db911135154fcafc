//! A stream of bits, the highest first.

/// Writes bits.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    /// The bits that are not among the bytes yet, the last one lowest.
    pending: u64,
    /// How many these are, at most 31.
    pending_bits: u32,
}

impl Writer {
    /// Adds the lowest `count` bits of a value, at most 32.
    pub fn put(&mut self, value: u64, count: u32) {
        let count = count.min(32);
        self.pending = self.pending << count | value & ((1 << count) - 1);
        self.pending_bits += count;
        if let Some(left) = self.pending_bits.checked_sub(32) {
            self.bytes.extend_from_slice(&((self.pending >> left) as u32).to_be_bytes());
            self.pending_bits = left;
        }
    }

    /// Adds one bit.
    pub fn flag(&mut self, flag: bool) {
        self.put(u64::from(flag), 1);
    }

    /// Adds a number, small ones in few bits: three at a time, each group but the last one marked.
    pub fn number(&mut self, value: u64) {
        let groups = (u64::BITS - value.leading_zeros()).div_ceil(3).max(1);
        for group in (0..groups).rev() {
            self.flag(group > 0);
            self.put(value >> (3 * group) & 0b111, 3);
        }
    }

    /// The bytes; the last one is filled up with zeros.
    pub fn finish(mut self) -> Vec<u8> {
        let last = (self.pending << (32 - self.pending_bits)) as u32;
        let bytes = self.pending_bits.div_ceil(8) as usize;
        self.bytes.extend(last.to_be_bytes().into_iter().take(bytes));
        self.bytes
    }
}

/// Reads bits back; `None` behind the end.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first bit.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next bits as a number, at most 32.
    pub fn take(&mut self, count: u32) -> Option<u64> {
        // All but the last bits of a record have eight bytes in front of them.
        let window = self.bytes.get(self.at / 8..).and_then(|rest| rest.first_chunk::<8>());
        if let Some(window) = window.filter(|_| (1..=32).contains(&count)) {
            let value = u64::from_be_bytes(*window) << (self.at % 8) >> (u64::BITS - count);
            self.at += count as usize;
            return Some(value);
        }
        let mut value = 0;
        let mut left = count.min(32);
        while left > 0 {
            let byte = u64::from(*self.bytes.get(self.at / 8)?);
            let room = 8 - (self.at % 8) as u32;
            let taken = room.min(left);
            value = value << taken | byte >> (room - taken) & ((1 << taken) - 1);
            self.at += taken as usize;
            left -= taken;
        }
        Some(value)
    }

    /// The next bit.
    pub fn flag(&mut self) -> Option<bool> {
        self.take(1).map(|bit| bit == 1)
    }

    /// A number of up to 33 bits.
    pub fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for _ in 0..11 {
            let more = self.flag()?;
            value = value << 3 | self.take(3)?;
            if !more {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let mut writer = Writer::default();
        let numbers = [0, 1, 7, 8, 63, 64, 500, 4_095, u64::from(u32::MAX)];
        numbers.iter().for_each(|number| writer.number(*number));
        writer.put(0b1011, 4);
        writer.put(u64::from(u32::MAX), 32);
        writer.flag(true);
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes);
        for number in numbers {
            assert_eq!(reader.number(), Some(number));
        }
        assert_eq!(
            (reader.take(4), reader.take(32), reader.flag()),
            (Some(0b1011), Some(u64::from(u32::MAX)), Some(true))
        );
        assert_eq!(reader.take(32), None);
    }
}

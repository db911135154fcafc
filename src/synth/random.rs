//! Deterministic randomness in whole numbers: a generator, weighted choice and a keyed permutation.
//! The standard library has no random numbers, and the same seed must give the same bytes on every machine
//! for ever, so the few lines needed stand here.

const GOLDEN_RATIO: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes all bits of a word (the finaliser of splitmix64).
pub fn mix(value: u64) -> u64 {
    let mut word = value.wrapping_add(GOLDEN_RATIO);
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// A xoshiro256** generator.
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// A generator for one purpose: the same seed and purpose give the same numbers.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let first = mix(seed ^ mix(purpose));
        let second = mix(first);
        let third = mix(second);
        Self { state: [first, second, third, mix(third)] }
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let [s0, s1, s2, s3] = self.state;
        let result = s1.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let mixed2 = s2 ^ s0;
        let mixed3 = s3 ^ s1;
        self.state = [s0 ^ mixed3, s1 ^ mixed2, mixed2 ^ (s1 << 17), mixed3.rotate_left(45)];
        result
    }

    /// A number from 0 to `limit - 1`; 0 when the limit is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        // The product of two 32-bit numbers shifted right by 32 is less than the second.
        (((self.bits() >> 32) * u64::from(limit)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `per_ten_thousand` of 10,000 cases.
    pub fn chance(&mut self, per_ten_thousand: u32) -> bool {
        self.below(10_000) < per_ten_thousand
    }

    /// One item of a table that is not empty.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        // All tables are constants that hold something, and `below` stays under their length.
        items[self.below(items.len() as u32) as usize]
    }
}

/// A table of weights to draw positions from.
pub struct Weighted {
    cumulative: Vec<u32>,
}

impl Weighted {
    /// Weights in table order; their sum must fit 32 bits.
    pub fn new(weights: impl Iterator<Item = u32>) -> Self {
        let mut sum = 0u32;
        let cumulative = weights
            .map(|weight| {
                sum = sum.saturating_add(weight);
                sum
            })
            .collect();
        Self { cumulative }
    }

    /// Weights of a list ordered by popularity: the share falls with the rank, as Zipf's law has it.
    pub fn ranked(length: usize, flatness: u32) -> Self {
        Self::new((0..length as u32).map(|rank| 1_000_000 / (rank + flatness)))
    }

    /// A position, drawn by weight.
    pub fn draw(&self, random: &mut Random) -> usize {
        let total = self.cumulative.last().copied().unwrap_or(0);
        let target = random.below(total);
        self.cumulative.partition_point(|&sum| sum <= target)
    }
}

/// A keyed one-to-one mapping of the numbers below a limit (a small Feistel network walked until it is in
/// range): numbers that never repeat and show no order.
pub struct Permutation {
    keys: [u64; 4],
    half_bits: u32,
    limit: u64,
}

impl Permutation {
    /// A permutation of `0..limit`.
    pub fn new(seed: u64, purpose: u64, limit: u64) -> Self {
        let bits = u64::BITS - limit.saturating_sub(1).leading_zeros();
        let mut random = Random::new(seed, purpose);
        let keys = [random.bits(), random.bits(), random.bits(), random.bits()];
        Self { keys, half_bits: bits.div_ceil(2).max(1), limit: limit.max(1) }
    }

    /// The image of `index`, which is first reduced below the limit.
    pub fn apply(&self, index: u64) -> u64 {
        let mut value = index % self.limit;
        loop {
            value = self.round_trip(value);
            if value < self.limit {
                return value;
            }
        }
    }

    fn round_trip(&self, value: u64) -> u64 {
        let mask = (1u64 << self.half_bits) - 1;
        let (mut left, mut right) = (value >> self.half_bits, value & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & mask));
        }
        (left << self.half_bits) | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permutation_repeats_nothing() {
        for limit in [1, 2, 10, 1000, 5000] {
            let permutation = Permutation::new(7, 1, limit);
            let mut seen: Vec<u64> = (0..limit).map(|index| permutation.apply(index)).collect();
            seen.sort_unstable();
            assert!(seen.iter().copied().eq(0..limit), "limit {limit}");
        }
    }

    #[test]
    fn weights_are_followed() {
        let table = Weighted::new([0, 3, 0, 1].into_iter());
        let mut random = Random::new(1, 1);
        let mut counts = [0u32; 4];
        for _ in 0..4000 {
            counts[table.draw(&mut random)] += 1;
        }
        assert_eq!((counts[0], counts[2]), (0, 0));
        assert!((2800..3200).contains(&counts[1]), "{counts:?}");
    }

    #[test]
    fn chance_keeps_its_share() {
        let mut random = Random::new(3, 3);
        let hits = (0..100_000).filter(|_| random.chance(2500)).count();
        assert!((24_000..26_000).contains(&hits), "{hits}");
    }
}

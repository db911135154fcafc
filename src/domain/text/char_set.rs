//! Sets of characters as bit maps: asked for every character of every text.

/// A set of characters.
pub struct CharSet(Vec<u64>);

impl CharSet {
    /// The set of these characters.
    pub fn of(chars: impl IntoIterator<Item = char>) -> Self {
        let mut words = Vec::new();
        for code in chars.into_iter().map(|c| c as usize) {
            if words.len() <= code / 64 {
                words.resize(code / 64 + 1, 0);
            }
            if let Some(word) = words.get_mut(code / 64) {
                *word |= 1 << (code % 64);
            }
        }
        Self(words)
    }

    /// Whether a text has a character of the set.
    pub fn occurs_in(&self, text: &str) -> bool {
        text.chars().any(|c| self.contains(c))
    }

    /// Whether the set has a character.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        let set = CharSet::of("a张𠮷".chars());
        assert!("a张𠮷".chars().all(|c| set.contains(c)));
        assert!(!"b三\u{0}\u{10FFFF}".chars().any(|c| set.contains(c)));
    }
}

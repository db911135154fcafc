//! String similarities over prepared slices. strsim does the work; short-cuts keep the common cases cheap.

/// Jaro–Winkler similarity in thousandths, an integer so that no rounding decides a level.
pub fn jaro_winkler(a: &[char], b: &[char]) -> u32 {
    if a == b {
        return 1000;
    }
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let similarity = strsim::generic_jaro_winkler(&Slice(a), &Slice(b));
    // Both operands are small fractions of small integers: the product is far from a rounding boundary.
    (similarity * 1000.0) as u32
}

/// Jaro–Winkler of two texts, in thousandths.
pub fn jaro_winkler_str(a: &str, b: &str) -> u32 {
    if a == b {
        return 1000;
    }
    (strsim::jaro_winkler(a, b) * 1000.0) as u32
}

/// Whether the texts differ by exactly one insertion, deletion, substitution or adjacent transposition.
pub fn one_edit_apart(a: &str, b: &str) -> bool {
    let close_in_length = a.len().abs_diff(b.len()) <= 4;
    close_in_length && a != b && strsim::osa_distance(a, b) == 1
}

/// Share of character bigrams that the two have in common (Dice), in thousandths.
pub fn bigram_dice(a: &[char], b: &[char]) -> u32 {
    if a.len() < 2 || b.len() < 2 {
        return if a == b { 1000 } else { 0 };
    }
    let (first, second) = (sorted_bigrams(a), sorted_bigrams(b));
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (first.get(i), second.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    (2000 * common / (first.len() + second.len())) as u32
}

fn sorted_bigrams(text: &[char]) -> Vec<(char, char)> {
    let mut bigrams: Vec<(char, char)> = text.iter().copied().zip(text.iter().copied().skip(1)).collect();
    bigrams.sort_unstable();
    bigrams
}

/// strsim's generic functions ask for references that iterate by value.
struct Slice<'a>(&'a [char]);

impl<'a> IntoIterator for &Slice<'a> {
    type Item = char;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, char>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn similarities_are_integers_with_the_usual_values() {
        assert_eq!(jaro_winkler(&chars("martha"), &chars("marhta")), 961);
        assert_eq!(jaro_winkler_str("martha", "marhta"), 961);
        assert_eq!(jaro_winkler(&chars("张伟"), &chars("张伟")), 1000);
        assert_eq!(jaro_winkler(&[], &chars("a")), 0);
        assert_eq!(bigram_dice(&chars("night"), &chars("nacht")), 250);
        assert_eq!(bigram_dice(&chars("一"), &chars("一")), 1000);
    }

    #[test]
    fn one_edit_counts_transpositions_once() {
        assert!(one_edit_apart("13800138000", "13800183000"));
        assert!(one_edit_apart("abc", "ab"));
        assert!(!one_edit_apart("abc", "abc"));
        assert!(!one_edit_apart("abcd", "dcba"));
    }
}

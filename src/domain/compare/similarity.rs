//! String similarities over prepared slices, without allocation for values of ordinary length. strsim serves for long
//! ones, and as the oracle in the tests.

/// Jaro–Winkler similarity in thousandths, an integer so that no rounding decides a level.
pub fn jaro_winkler(a: &[char], b: &[char]) -> u32 {
    if a == b {
        return 1000;
    }
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let similarity = match b.len() <= SHORT_MAX && a.len() <= SHORT_MAX {
        true => jaro_winkler_short(a, b),
        false => strsim::generic_jaro_winkler(&Slice(a), &Slice(b)),
    };
    // Both operands are small fractions of small integers: the product is far from a rounding boundary.
    (similarity * 1000.0) as u32
}

/// Jaro–Winkler of two texts, in thousandths.
pub fn jaro_winkler_str(a: &str, b: &str) -> u32 {
    if a == b {
        return 1000;
    }
    let short = a.is_ascii() && b.is_ascii() && a.len() <= SHORT_MAX && b.len() <= SHORT_MAX;
    let similarity = match short {
        true => jaro_winkler_short(a.as_bytes(), b.as_bytes()),
        false => strsim::jaro_winkler(a, b),
    };
    (similarity * 1000.0) as u32
}

/// Values up to this length have a bit each in a machine word.
const SHORT_MAX: usize = 64;

/// Jaro–Winkler of values of up to [`SHORT_MAX`] signs, operation for operation as strsim computes it.
fn jaro_winkler_short<T: Copy + PartialEq>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return if a.len() == b.len() { 1.0 } else { 0.0 };
    }
    let range = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut matched_a, mut matched_b) = (0u64, 0u64);
    for (i, x) in a.iter().enumerate() {
        let first = i.saturating_sub(range);
        let window = b.get(first..b.len().min(i + range + 1)).unwrap_or_default();
        let partner = (first..).zip(window).find(|(j, y)| *y == x && matched_b >> j & 1 == 0);
        if let Some((j, _)) = partner {
            matched_a |= 1 << i;
            matched_b |= 1 << j;
        }
    }
    let matches = matched_a.count_ones();
    if matches == 0 {
        return 0.0;
    }
    let out_of_order = matched(a, matched_a).zip(matched(b, matched_b)).filter(|(x, y)| x != y).count() as u32;
    let matching = f64::from(matches);
    let similarity =
        (matching / a.len() as f64 + matching / b.len() as f64 + f64::from(matches - out_of_order / 2) / matching)
            / 3.0;
    if similarity > 0.7 {
        let prefix = a.iter().take(4).zip(b).take_while(|(x, y)| x == y).count();
        return similarity + 0.1 * prefix as f64 * (1.0 - similarity);
    }
    similarity
}

/// The signs that a mask names.
fn matched<T: Copy>(signs: &[T], mask: u64) -> impl Iterator<Item = T> + '_ {
    signs.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1).map(|(_, sign)| *sign)
}

/// Whether the texts differ by exactly one insertion, deletion, substitution or adjacent transposition.
pub fn one_edit_apart(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 4 || a == b {
        return false;
    }
    // One edit is what is left between the common beginning and the common end.
    let mut start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    while !a.is_char_boundary(start) || !b.is_char_boundary(start) {
        start -= 1;
    }
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let mut end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    while !a.is_char_boundary(a.len() - end) || !b.is_char_boundary(b.len() - end) {
        end -= 1;
    }
    let mut left = a.get(..a.len() - end).unwrap_or_default().chars();
    let mut right = b.get(..b.len() - end).unwrap_or_default().chars();
    let (first, second) = ((left.next(), left.next()), (right.next(), right.next()));
    let nothing_follows = left.next().is_none() && right.next().is_none();
    nothing_follows
        && match (first, second) {
            ((_, None), (_, None)) => true,
            ((x, Some(y)), (v, Some(w))) => x == Some(w) && v == Some(y),
            ((_, Some(_)), (_, None)) | ((_, None), (_, Some(_))) => false,
        }
}

/// Share of character bigrams that the two have in common (Dice), in thousandths.
pub fn bigram_dice(a: &[char], b: &[char]) -> u32 {
    if a.len() < 2 || b.len() < 2 {
        return if a == b { 1000 } else { 0 };
    }
    bigrams_in_common(&bigrams(a), &bigrams(b))
}

/// The same of prepared [`bigrams`], of which each side has some.
pub fn bigrams_in_common(first: &[u64], second: &[u64]) -> u32 {
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (first.get(i), second.get(j)) {
        common += usize::from(x == y);
        (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
    }
    (2000 * common / (first.len() + second.len()).max(1)) as u32
}

/// The pairs of neighbouring characters, ascending.
pub fn bigrams(text: &[char]) -> Vec<u64> {
    let pairs = text.iter().zip(text.iter().skip(1));
    let mut bigrams: Vec<u64> = pairs.map(|(x, y)| u64::from(u32::from(*x)) << 32 | u64::from(u32::from(*y))).collect();
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

    #[test]
    fn the_oracle_agrees() {
        // Every text of up to five of these signs against every other: the shapes in which edits and matches overlap.
        let signs = ['a', 'b', '张', '弡'];
        let mut texts = vec![String::new()];
        for length in 0..5 {
            let longer: Vec<String> = texts.iter().filter(|t| t.chars().count() == length).cloned().collect();
            texts.extend(longer.iter().flat_map(|t| signs.iter().map(move |sign| format!("{t}{sign}"))));
        }
        let long =
            ["recreational facilities", "facilities, recreational", "ab".repeat(32).as_str(), "ba".repeat(33).as_str()]
                .map(str::to_owned);
        texts.extend(long);
        for a in &texts {
            let step = if a.len() > 2 { 7 } else { 1 };
            for b in texts.iter().step_by(step) {
                let close = a.len().abs_diff(b.len()) <= 4 && strsim::osa_distance(a, b) == 1;
                assert_eq!(one_edit_apart(a, b), close, "{a} {b}");
                let expected = (strsim::jaro_winkler(a, b) * 1000.0) as u32;
                assert_eq!(jaro_winkler_str(a, b), expected, "{a} {b}");
                if !a.is_empty() && !b.is_empty() {
                    assert_eq!(jaro_winkler(&chars(a), &chars(b)), expected, "{a} {b}");
                }
            }
        }
    }
}

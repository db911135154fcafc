//! How values are shown in the report, and which of many are shown.

/// Whether people's data can be read in the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Letters and digits are stars, but for an end or two.
    #[default]
    Masked,
    /// As delivered.
    Plain,
}

/// Characters that a run of stars has at most: a longer one would tell how long the value is.
const STARS_MAX: usize = 8;

/// Characters of an example that are shown.
const EXAMPLE_CHARACTERS_MAX: usize = 80;

/// Values shown for each finding and each action of a field.
pub const EXAMPLES_MAX: usize = 3;

impl Shown {
    /// A value of a record or profile.
    pub fn value(self, text: &str) -> String {
        match self {
            Self::Masked => masked(text),
            Self::Plain => cut(text),
        }
    }

    /// A value before or after a change: masked, it keeps blanks and punctuation, for these are what most changes are about.
    pub fn shape(self, text: &str) -> String {
        match self {
            Self::Masked => shape(text),
            Self::Plain => cut(text),
        }
    }
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(EXAMPLE_CHARACTERS_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// A value that cannot be read back: of a short one the first character is left, of a longer one the first and the last.
pub fn masked(text: &str) -> String {
    let signs: Vec<char> = text.trim().chars().collect();
    let Some(first) = signs.first() else { return String::new() };
    let last = signs.last().filter(|_| signs.len() > 3);
    let hidden = signs.len() - 1 - usize::from(last.is_some());
    let mut masked = String::from(*first);
    masked.extend(std::iter::repeat_n('*', hidden.clamp(1, STARS_MAX)));
    masked.extend(last);
    masked
}

/// The same with blanks and punctuation left in their places; full-width characters become full-width stars.
fn shape(text: &str) -> String {
    let text = cut(text);
    let hides = |c: char| !(c.is_whitespace() || c.is_ascii_punctuation() || is_wide_punctuation(c));
    let hidden = text.chars().filter(|c| hides(*c)).count();
    let (mut shape, mut seen, mut stars) = (String::with_capacity(text.len()), 0, 0);
    for c in text.chars() {
        if !hides(c) {
            shape.push(c);
            stars = 0;
            continue;
        }
        seen += 1;
        if seen == 1 && hidden > 1 || seen == hidden && hidden > 3 {
            shape.push(c);
            continue;
        }
        stars += 1;
        if stars <= STARS_MAX {
            shape.push(if ('\u{ff01}'..='\u{ff5e}').contains(&c) { '＊' } else { '*' });
        }
    }
    shape
}

/// Punctuation beyond ASCII: general, Chinese, full-width.
fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '·' | '…' | '\u{2010}'..='\u{201f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// A few of many, the same ones in whatever order they are met: those of the smallest ranks, ascending, each rank once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examples<T>(Vec<(u64, T)>);

impl<T> Default for Examples<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Examples<T> {
    /// Offers an example, which is only made when it is kept. The rank is a hash of what it is made of.
    pub fn offer(&mut self, rank: u64, make: impl FnOnce() -> T) {
        let place = self.0.partition_point(|(other, _)| *other < rank);
        let known = self.0.get(place).is_some_and(|(other, _)| *other == rank);
        if place < EXAMPLES_MAX && !known {
            self.0.insert(place, (rank, make()));
            self.0.truncate(EXAMPLES_MAX);
        }
    }

    /// Adds the examples kept elsewhere.
    pub fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|(rank, example)| self.offer(rank, || example));
    }

    /// What was kept; what looks the same once masked only once.
    pub fn into_vec(self) -> Vec<T> {
        let mut kept: Vec<T> = Vec::with_capacity(self.0.len());
        for (_, example) in self.0 {
            if !kept.contains(&example) {
                kept.push(example);
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_value_keeps_an_end_or_two() {
        for (text, shown) in [
            ("", ""),
            ("张", "张*"),
            ("张伟", "张*"),
            ("欧阳娜", "欧**"),
            ("13912345679", "1********9"),
            (" ab12 ", "a**2"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn a_masked_change_shows_blanks_and_punctuation_and_no_more() {
        for (text, shown) in [
            ("", ""),
            ("张", "*"),
            (" 张 伟", " 张 *"),
            ("139-1234-5679", "1**-****-***9"),
            ("１３９（ab）", "１＊＊（*b）"),
            ("13912345679", "1********9"),
            ("a.b@example.com", "a.*@*******.**m"),
        ] {
            assert_eq!(Shown::Masked.shape(text), shown);
            assert_eq!(Shown::Plain.shape(text), text);
        }
        let long = "张".repeat(100);
        assert_eq!(Shown::Plain.value(&long).chars().count(), EXAMPLE_CHARACTERS_MAX + 1);
        assert_eq!(Shown::Masked.shape(&long), "张********张…");
    }

    #[test]
    fn the_same_examples_are_kept_in_any_order() {
        let ranks = [9u64, 4, 7, 4, 1, 8, 7];
        let mut forwards: Examples<u64> = Examples::default();
        let (mut first, mut second) = (Examples::default(), Examples::default());
        for (place, rank) in ranks.into_iter().enumerate() {
            forwards.offer(rank, || rank);
            let half = if place.is_multiple_of(2) { &mut second } else { &mut first };
            half.offer(rank, || rank);
        }
        first.merge(second);
        assert_eq!(first, forwards);
        assert_eq!(forwards.into_vec(), [1, 4, 7]);
        let mut none: Examples<&str> = Examples::default();
        [3, 2, 1].into_iter().for_each(|rank| none.offer(rank, || "1**"));
        none.offer(5, || panic!("it is not kept, so it is not made"));
        assert_eq!(none.into_vec(), ["1**"], "values that look the same are shown once");
    }
}

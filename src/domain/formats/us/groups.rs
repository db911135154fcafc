//! Nine digits in groups, as the forms of the Internal Revenue Service print them.

use crate::domain::finding::Checked;
use crate::domain::formats::shape;

/// The digits without hyphens; the verdict when they are not in groups of these sizes. Hyphens may be missing
/// altogether, but where they stand they must separate the groups: 12-3456789 is no social security number.
pub fn digits(input: &str, sizes: &[usize]) -> Result<String, Checked> {
    let written = shape::compact(input, " ");
    let groups: Vec<&str> = written.split('-').collect();
    let number = groups.concat();
    if number.is_empty() || !shape::is_digits(&number) {
        return Err(shape::wrong_alphabet(written));
    }
    if number.len() != sizes.iter().sum::<usize>() {
        return Err(shape::wrong_length(written, "9"));
    }
    let fits = groups.len() == 1 || groups.iter().map(|group| group.len()).eq(sizes.iter().copied());
    if fits { Ok(number) } else { Err(shape::wrong_shape(written)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_stand_between_groups_or_nowhere() {
        let fits = |text: &str, sizes: &[usize]| digits(text, sizes).is_ok();
        assert!(fits("123-45-6789", &[3, 2, 4]) && fits("123456789", &[3, 2, 4]) && fits("12-3456789", &[2, 7]));
        assert!(!fits("12-3456789", &[3, 2, 4]) && !fits("123-456789", &[3, 2, 4]) && !fits("", &[2, 7]));
    }
}

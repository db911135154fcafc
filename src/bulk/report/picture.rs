//! The report's pictures, as SVG inside the page.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::CombinationReport;
use super::page::{count as parted, escape};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 220.0;
const BASE: f64 = 180.0;
const COLOUR: &str = "#0072b2";
const MARK: &str = "#d55e00";

/// Sizes from which on all are one bar.
const SIZES_MAX: usize = 12;

/// Combinations drawn.
const COMBINATIONS_MAX: usize = 14;

/// Profiles by number of records, the largest sizes together.
pub fn sizes(counts: &BTreeMap<usize, u64>) -> Vec<(String, u64)> {
    let mut bars: Vec<(String, u64)> = Vec::new();
    let largest = counts.keys().next_back().copied().unwrap_or(0);
    for size in 1..=largest.min(SIZES_MAX - 1) {
        bars.push((size.to_string(), counts.get(&size).copied().unwrap_or(0)));
    }
    let more: u64 = counts.range(SIZES_MAX..).map(|(_, count)| count).sum();
    if more > 0 {
        bars.push((format!("{SIZES_MAX}+"), more));
    }
    bars
}

/// A bar for every whole number from the first to the last.
pub fn without_gaps(counts: &BTreeMap<i32, u64>) -> Vec<(String, u64)> {
    let (Some(first), Some(last)) = (counts.keys().next(), counts.keys().next_back()) else { return Vec::new() };
    (*first..=*last).map(|bits| (bits.to_string(), counts.get(&bits).copied().unwrap_or(0))).collect()
}

/// A bar for each count; marks are lines at a place counted in bars.
pub fn bars(counts: &[(String, u64)], marks: &[(&str, f64)]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let largest = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let width = (WIDTH - 40.0) / counts.len() as f64;
    let mut svg = begin(HEIGHT);
    for (place, (label, count)) in counts.iter().enumerate() {
        let (x, height) = (20.0 + width * place as f64, 140.0 * *count as f64 / largest as f64);
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{COLOUR}\">\
             <title>{label}: {}</title></rect>",
            BASE - height,
            (width - 2.0).max(1.0),
            parted(*count)
        );
        let centre = x + width / 2.0 - 1.0;
        if counts.len() <= 24 || place % 5 == 0 {
            let _ = write!(svg, "<text x=\"{centre:.1}\" y=\"196\" text-anchor=\"middle\">{label}</text>");
        }
        if counts.len() <= 16 {
            let y = BASE - height - 4.0;
            let _ =
                write!(svg, "<text x=\"{centre:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>", parted(*count));
        }
    }
    for (number, (name, place)) in marks.iter().enumerate().filter(|(_, (_, place))| *place >= 0.0) {
        let (x, y) = (20.0 + width * place, 14.0 * (number + 1) as f64);
        let _ = write!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{y}\" x2=\"{x:.1}\" y2=\"{BASE}\" stroke=\"{MARK}\" stroke-dasharray=\"5 3\"/>\
             <text x=\"{:.1}\" y=\"{y}\" fill=\"{MARK}\">{name}</text>",
            x + 4.0
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Profiles by the sources that know them: a bar for each combination, below it a dot for each of its sources.
pub fn overlaps(combinations: &[CombinationReport]) -> String {
    let shown = combinations.get(..COMBINATIONS_MAX).unwrap_or(combinations);
    let mut sources: Vec<&str> = shown.iter().flat_map(|c| &c.sources).map(String::as_str).collect();
    sources.sort_unstable();
    sources.dedup();
    if sources.len() < 2 {
        return String::new();
    }
    let largest = shown.iter().map(|c| c.profiles).max().unwrap_or(1).max(1);
    let (left, width) = (150.0, (WIDTH - 170.0) / shown.len() as f64);
    let line = |place: usize| BASE + 22.0 + 20.0 * place as f64;
    let mut svg = begin(line(sources.len()) + 4.0);
    for (place, source) in sources.iter().enumerate() {
        let y = line(place) + 4.0;
        let _ = write!(svg, "<text x=\"{}\" y=\"{y}\" text-anchor=\"end\">{}</text>", left - 10.0, escape(source));
    }
    for (place, combination) in shown.iter().enumerate() {
        let (x, height) = (left + width * place as f64, 150.0 * combination.profiles as f64 / largest as f64);
        let centre = x + width / 2.0;
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{COLOUR}\"/>\
             <text x=\"{centre:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x + 3.0,
            BASE - height,
            width - 6.0,
            BASE - height - 4.0,
            parted(combination.profiles)
        );
        let places: Vec<usize> = (0..sources.len())
            .filter(|at| combination.sources.iter().any(|s| Some(&s.as_str()) == sources.get(*at)))
            .collect();
        if let (Some(first), Some(last)) = (places.first(), places.last()) {
            let (from, to) = (line(*first), line(*last));
            let _ = write!(
                svg,
                "<line x1=\"{centre:.1}\" y1=\"{from}\" x2=\"{centre:.1}\" y2=\"{to}\" stroke=\"#1c2330\" stroke-width=\"2\"/>"
            );
        }
        for at in 0..sources.len() {
            let fill = if places.contains(&at) { "#1c2330" } else { "#e6eaf0" };
            let _ = write!(svg, "<circle cx=\"{centre:.1}\" cy=\"{}\" r=\"6\" fill=\"{fill}\"/>", line(at));
        }
    }
    svg.push_str("</svg>");
    svg
}

fn begin(height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"12\">"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_sizes_are_one_bar_and_gaps_are_drawn() {
        let counts = [(1, 10), (3, 2), (12, 1), (40, 1)].into_iter().collect();
        let bars = sizes(&counts);
        assert_eq!((bars.len(), bars[1].clone(), bars[11].clone()), (12, ("2".to_owned(), 0), ("12+".to_owned(), 2)));
        let weights = [(-1, 4), (2, 1)].into_iter().collect();
        let filled = without_gaps(&weights);
        assert_eq!(filled.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [4, 0, 0, 1]);
    }

    #[test]
    fn an_overlap_has_a_bar_for_each_combination_and_names_are_escaped() {
        let combination = |sources: &[&str], profiles| CombinationReport {
            sources: sources.iter().map(|s| (*s).to_owned()).collect(),
            profiles,
        };
        let svg = overlaps(&[combination(&["a<b", "web"], 5), combination(&["web"], 2)]);
        assert_eq!((svg.matches("<rect").count(), svg.matches("<circle").count()), (2, 4));
        assert!(svg.contains("a&lt;b") && !svg.contains("a<b"));
        assert_eq!(overlaps(&[combination(&["web"], 2)]), "", "one source overlaps with nothing");
    }
}

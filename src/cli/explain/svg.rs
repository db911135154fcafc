//! The waterfall as a chart: one bar a step from the sum before it to the sum after it, thresholds as lines.

use std::fmt::Write;

use super::{Pair, text};
use crate::cli::args::Language;
use crate::domain::id::MatchWeight;

const WIDTH: f64 = 1_000.0;
/// Where the bars begin; texts stand to the left.
const CHART_LEFT: f64 = 420.0;
const CHART_RIGHT: f64 = 930.0;
const TOP: f64 = 84.0;
const ROW_HEIGHT: f64 = 44.0;
/// Widths of texts, in Latin letters: a step's name, one record's values, a line below the chart.
const TITLE_WIDTH_MAX: usize = 56;
const VALUE_WIDTH_MAX: usize = 30;
const LINE_WIDTH_MAX: usize = 130;

const GREY: &str = "#8a8f98";
const GREEN: &str = "#2e8b57";
const RED: &str = "#c0392b";
const BLUE: &str = "#2c5fa8";

struct Row {
    title: String,
    values: String,
    /// The sums before and after, in milli-bits.
    from: i32,
    to: i32,
    colour: &'static str,
}

/// Draws a pair.
pub fn pair(pair: &Pair<'_>, lang: Language) -> String {
    let rows = rows(pair, lang);
    let thresholds = thresholds(pair, lang);
    let marks = thresholds.iter().map(|(_, weight)| weight.0);
    let sums: Vec<i32> = rows.iter().flat_map(|row| [row.from, row.to]).chain(marks).collect();
    let low = f64::from(sums.iter().copied().min().unwrap_or(0));
    let high = f64::from(sums.iter().copied().max().unwrap_or(0)).max(low + 1.0);
    let x = |millibits: i32| CHART_LEFT + (f64::from(millibits) - low) / (high - low) * (CHART_RIGHT - CHART_LEFT);
    let bottom = TOP + ROW_HEIGHT * rows.len() as f64;
    let below = below(pair, lang);
    let height = bottom + 46.0 + 20.0 * below.len() as f64;
    let title = format!("{}  vs  {}", pair.left, pair.right);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" font-family=\"'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif\" font-size=\"13\">\n\
         <title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"20\" y=\"32\" font-size=\"18\" fill=\"#222\">{0}</text>\n\
         <text x=\"20\" y=\"54\" fill=\"{GREY}\">{1}</text>\n",
        escaped(&title),
        escaped(&pair.model.version.to_string()),
    );
    for (position, (name, weight)) in thresholds.iter().enumerate() {
        let (at, label_y) = (x(weight.0), bottom + 16.0 + 14.0 * (position % 2) as f64);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" y1=\"{:.1}\" x2=\"{at:.1}\" y2=\"{bottom:.1}\" stroke=\"{GREY}\" stroke-dasharray=\"4 3\"/>\n\
             <text x=\"{at:.1}\" y=\"{label_y:.1}\" text-anchor=\"middle\" font-size=\"11\" fill=\"{GREY}\">{}</text>",
            TOP - 8.0,
            escaped(name),
        );
    }
    for (position, row) in rows.iter().enumerate() {
        let next = rows.get(position + 1).map(|_| x(row.to));
        draw_row(&mut svg, row, TOP + ROW_HEIGHT * position as f64, [x(row.from), x(row.to)], next);
    }
    for (position, line) in below.iter().enumerate() {
        let y = bottom + 52.0 + 20.0 * position as f64;
        let _ = writeln!(svg, "<text x=\"20\" y=\"{y:.1}\" fill=\"#222\">{}</text>", escaped(line));
    }
    svg.push_str("</svg>\n");
    svg
}

/// One bar with its texts, and the line that carries its sum to the next one.
fn draw_row(svg: &mut String, row: &Row, y: f64, [from, to]: [f64; 2], next: Option<f64>) {
    let (left, width) = (from.min(to), (from - to).abs().max(1.5));
    let _ = writeln!(
        svg,
        "<text x=\"20\" y=\"{:.1}\" fill=\"#222\">{}</text>\n\
         <text x=\"20\" y=\"{:.1}\" font-size=\"11\" fill=\"{GREY}\">{}</text>\n\
         <rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"20\" rx=\"2\" fill=\"{}\"/>\n\
         <text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\" fill=\"{}\">{}</text>",
        y + 16.0,
        escaped(&row.title),
        y + 32.0,
        escaped(&row.values),
        y + 6.0,
        row.colour,
        left + width + 5.0,
        y + 21.0,
        row.colour,
        MatchWeight(row.to.saturating_sub(row.from)),
    );
    if let Some(at) = next {
        let (y1, y2) = (y + 26.0, y + ROW_HEIGHT + 6.0);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" y1=\"{y1:.1}\" x2=\"{at:.1}\" y2=\"{y2:.1}\" stroke=\"{GREY}\" stroke-width=\"0.7\"/>"
        );
    }
}

fn rows(pair: &Pair<'_>, lang: Language) -> Vec<Row> {
    let explanation = &pair.explanation;
    let prior = explanation.prior.0;
    let row = |title: String, values: String, from: i32, to: i32, colour| Row { title, values, from, to, colour };
    let mut rows = vec![row(lang.say("先验", "prior"), String::new(), 0, prior, GREY)];
    let mut sum = prior;
    let mut add = |title: String, values: String, weight: MatchWeight| {
        let to = sum.saturating_add(weight.0);
        rows.push(row(title, values, sum, to, if weight.0 < 0 { RED } else { GREEN }));
        sum = to;
    };
    for step in &explanation.steps {
        let values = format!("{}  |  {}", cut(&step.left, VALUE_WIDTH_MAX), cut(&step.right, VALUE_WIDTH_MAX));
        add(cut(&text::step_title(step, lang), TITLE_WIDTH_MAX), values, step.weight);
    }
    if let Some(relation) = explanation.shown_relation() {
        add(cut(&text::relation_text(relation, lang), TITLE_WIDTH_MAX), String::new(), explanation.relation_weight);
    }
    if let Some(code) = explanation.sole_evidence {
        let title = cut(&text::sole_evidence_text(code, lang), TITLE_WIDTH_MAX);
        add(title, String::new(), explanation.sole_evidence_weight);
    }
    let decision = pair.decision();
    let meaning = lang.say(decision.name_zh(), decision.name_en());
    let total = format!("{}: {}", lang.say("合计", "sum"), decision.code());
    rows.push(row(total, meaning, 0, explanation.weight.0, BLUE));
    rows
}

/// The lines of the chart; thresholds at one place share one.
fn thresholds(pair: &Pair<'_>, lang: Language) -> Vec<(String, MatchWeight)> {
    let t = &pair.model.thresholds;
    let named = [
        (lang.say("复核", "review"), t.review),
        (lang.say("连接", "link"), t.link),
        (lang.say("合并", "merge"), t.merge),
    ];
    let mut lines: Vec<(String, MatchWeight)> = Vec::new();
    for (name, weight) in named {
        match lines.iter_mut().find(|(_, known)| *known == weight) {
            Some((names, _)) => *names = format!("{names}, {name}"),
            None => lines.push((name, weight)),
        }
    }
    for (name, weight) in &mut lines {
        *name = format!("{name} {weight}");
    }
    lines
}

fn below(pair: &Pair<'_>, lang: Language) -> Vec<String> {
    let flip = &pair.explanation.flip;
    let texts = match lang {
        Language::ZhCn => vec![flip.text_zh()],
        Language::En => vec![flip.text_en()],
        Language::Both => vec![flip.text_zh(), flip.text_en()],
    };
    texts.iter().flat_map(|text| wrapped(text)).collect()
}

/// Han characters are twice as wide as Latin letters.
fn width(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

/// Lines of at most [`LINE_WIDTH_MAX`], parted at spaces where there are any.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for character in text.chars() {
        if used + width(character) > LINE_WIDTH_MAX {
            let (kept, moved) = line.rsplit_once(' ').unwrap_or((line.as_str(), ""));
            let (kept, moved) = (kept.to_owned(), moved.to_owned());
            lines.push(kept);
            used = moved.chars().map(width).sum();
            line = moved;
        }
        used += width(character);
        line.push(character);
    }
    lines.push(line);
    lines
}

fn cut(text: &str, width_max: usize) -> String {
    if text.chars().map(width).sum::<usize>() <= width_max {
        return text.to_owned();
    }
    let mut used = 2;
    let kept = text.chars().take_while(|character| {
        used += width(*character);
        used <= width_max
    });
    kept.chain(['…']).collect()
}

/// Text as XML; characters that XML does not allow are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_safe_in_xml_and_short() {
        assert_eq!(escaped("<a href=\"x\">&\u{1}"), "&lt;a href=&quot;x&quot;&gt;&amp; ");
        assert_eq!(cut("欧阳思远", 7), "欧阳…");
        assert_eq!((cut("欧阳思远", 8).as_str(), cut("abc", 3).as_str()), ("欧阳思远", "abc"));
        let lines = wrapped(&"word ".repeat(40));
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.len() <= LINE_WIDTH_MAX && line.starts_with("word")), "{lines:?}");
        assert_eq!(wrapped(&"欧".repeat(70)).len(), 2);
    }
}

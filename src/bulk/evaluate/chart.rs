//! The threshold table as a chart: a self-contained SVG.

use std::fmt::Write;

use super::thresholds::{ThresholdRow, Thresholds};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 60.0;
const BOTTOM: f64 = 60.0;
/// At most so many labels on the axis of thresholds.
const LABELS_MAX: i32 = 16;

type Figure = fn(&ThresholdRow) -> f64;

/// Name, colour and dashes of each curve; told apart without colours too.
const CURVES: [(&str, &str, &str, Figure); 3] = [
    ("precision", "#0072b2", "none", |row| row.pairwise.precision),
    ("recall", "#d55e00", "7 4", |row| row.pairwise.recall),
    ("F1", "#222222", "2 3", |row| row.pairwise.f1),
];

/// Draws precision, recall and F1 against the threshold.
pub fn svg(thresholds: &Thresholds) -> String {
    let first = thresholds.rows.first().map_or(0, |row| row.bits);
    let last = thresholds.rows.last().map_or(0, |row| row.bits).max(first + 1);
    let axes = Axes { first, last };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\">\n<title>Precision, recall and F1 of candidate \
         pairs against the match weight threshold</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    axes.draw(&mut svg);
    axes.mark(&mut svg, thresholds.link_bits, "link");
    for (number, (name, colour, dashes, figure)) in CURVES.iter().enumerate() {
        let points: Vec<String> = thresholds
            .rows
            .iter()
            .map(|row| format!("{:.1},{:.1}", axes.x(f64::from(row.bits)), axes.y(figure(row))))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\" points=\"{}\"/>",
            points.join(" ")
        );
        let x = LEFT + 110.0 * number as f64;
        let _ = writeln!(
            svg,
            "<line x1=\"{x}\" y1=\"40\" x2=\"{}\" y2=\"40\" stroke=\"{colour}\" stroke-width=\"2\" \
             stroke-dasharray=\"{dashes}\"/><text x=\"{}\" y=\"44\">{name}</text>",
            x + 26.0,
            x + 32.0
        );
    }
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"20\" font-weight=\"bold\">{}</text>", escaped(&thresholds.model));
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Thresholds from `first` to `last` bits across, shares from 0 to 1 upwards.
struct Axes {
    first: i32,
    last: i32,
}

impl Axes {
    fn x(&self, bits: f64) -> f64 {
        let span = f64::from(self.last - self.first);
        LEFT + (bits - f64::from(self.first)) / span * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, share: f64) -> f64 {
        TOP + (1.0 - share) * (HEIGHT - TOP - BOTTOM)
    }

    fn draw(&self, svg: &mut String) {
        let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
        for tenth in 0..=10 {
            let y = self.y(f64::from(tenth) / 10.0);
            let _ = writeln!(
                svg,
                "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/><text x=\"{}\" \
                 y=\"{:.1}\" text-anchor=\"end\">{:.1}</text>",
                LEFT - 8.0,
                y + 4.0,
                f64::from(tenth) / 10.0
            );
        }
        let step =
            [1, 2, 5, 10, 20].into_iter().find(|step| (self.last - self.first) / step < LABELS_MAX).unwrap_or(20);
        for bits in (self.first..=self.last).filter(|bits| bits % step == 0) {
            let x = self.x(f64::from(bits));
            let _ = writeln!(
                svg,
                "<line x1=\"{x:.1}\" y1=\"{bottom}\" x2=\"{x:.1}\" y2=\"{}\" stroke=\"black\"/><text x=\"{x:.1}\" \
                 y=\"{}\" text-anchor=\"middle\">{bits}</text>",
                bottom + 5.0,
                bottom + 20.0
            );
        }
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"black\"/>\n<text x=\"{}\" y=\"{}\" \
             text-anchor=\"middle\">threshold: match weight in bits · 阈值（比特）</text>\n<text \
             transform=\"translate(20 {})rotate(-90)\" text-anchor=\"middle\">share of pairs · 比例</text>",
            (LEFT + right) / 2.0,
            HEIGHT - 18.0,
            (TOP + bottom) / 2.0
        );
    }

    /// A vertical line at a threshold that matters.
    fn mark(&self, svg: &mut String, bits: f64, name: &str) {
        if bits < f64::from(self.first) || bits > f64::from(self.last) {
            return;
        }
        let x = self.x(bits);
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{}\" stroke=\"#888888\" stroke-dasharray=\"4 4\"/><text \
             x=\"{:.1}\" y=\"{}\" fill=\"#555555\">{name} {bits}</text>",
            HEIGHT - BOTTOM,
            x + 4.0,
            HEIGHT - BOTTOM - 6.0
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair_score;
    use super::*;

    #[test]
    fn curves_marks_and_labels_are_there() {
        let row = |bits: i32| ThresholdRow { bits, found_pairs: 10, correct_pairs: 5, pairwise: pair_score(5, 10, 20) };
        let mut thresholds = Thresholds {
            model: "<m>@1".to_owned(),
            link_bits: 0.0,
            best_bits: Some(1),
            candidate_pairs: 1,
            candidate_true_pairs: 1,
            true_pairs: 20,
            rows: (-20..30).map(row).collect(),
        };
        let chart = svg(&thresholds);
        for part in ["<polyline", "precision", "recall", "F1", "match weight in bits", "link 0", "&lt;m&gt;@1", ">-20<"]
        {
            assert!(chart.contains(part), "{part} is not in {chart}");
        }
        assert_eq!(chart.matches("<polyline").count(), 3);
        assert!(!chart.contains("NaN") && !chart.contains("inf"), "{chart}");
        thresholds.rows.clear();
        assert!(!svg(&thresholds).contains("NaN"));
    }
}

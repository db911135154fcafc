//! Ratios estimated from a random sample, with 95 % intervals that stay honest near 0 and 1.
//!
//! The estimate is a ratio of means with the correction of its bias of order 1/n; the standard error is that of the linearized
//! ratio under drawing without replacement (Cochran, Sampling Techniques, 1977, chapter 6; Binette et al. 2022). A sample that
//! saw no error must not claim that there is none, so the interval is not estimate ± 2 errors but that of a share with as many
//! observations as the sample is worth (Korn and Graubard 1998, after Clopper and Pearson 1934).

/// What one draw adds to a ratio.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// To the numerator; between 0 and `whole`.
    pub part: f64,
    /// To the denominator.
    pub whole: f64,
}

/// An estimated share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, corrected for bias.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Draws' worth of all-or-nothing that every variance is blended with.
const PSEUDO_DRAWS: f64 = 5.0;
/// Two-sided quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_963_985;
/// Probability left out on each side.
const TAIL: f64 = 0.025;

/// Estimates Σ part / Σ whole over a population of `population` units from draws without replacement.
/// Nothing when the draws say nothing: every `whole` is 0.
pub fn estimate(draws: &[Share], population: u64) -> Option<Estimate> {
    let count = draws.len() as f64;
    let unseen = (1.0 - count / population as f64).max(0.0);
    let (part, whole) = (sum(draws, |d| d.part), sum(draws, |d| d.whole));
    if whole <= 0.0 {
        return None;
    }
    let ratio = (part / whole).clamp(0.0, 1.0);
    let (mean_part, mean_whole) = (part / count, whole / count);
    let freedom = (count - 1.0).max(1.0);
    let variance_of_whole = sum(draws, |d| (d.whole - mean_whole).powi(2)) / freedom;
    let covariance = sum(draws, |d| (d.part - mean_part) * (d.whole - mean_whole)) / freedom;
    let bias =
        if part > 0.0 { covariance / (mean_part * mean_whole) - variance_of_whole / mean_whole.powi(2) } else { 0.0 };
    let residual = sum(draws, |d| (d.part - ratio * d.whole).powi(2)) / freedom;
    let variance = unseen * residual / (count * mean_whole.powi(2));
    let value = (ratio * (1.0 + unseen * bias / count)).clamp(0.0, 1.0);
    let (low, high) = interval(draws, ratio, variance, unseen);
    Some(Estimate { value, standard_error: variance.sqrt(), low: low.min(value), high: high.max(value) })
}

fn sum(draws: &[Share], of: impl Fn(&Share) -> f64) -> f64 {
    draws.iter().map(of).sum()
}

/// The interval of a share that was seen in as many observations as the draws are worth. Their variance says how many that
/// is, but only once enough of them differ: a few draws with faults are drawn towards what their weights alone allow.
fn interval(draws: &[Share], ratio: f64, variance: f64, unseen: f64) -> (f64, f64) {
    if unseen == 0.0 {
        return (ratio, ratio);
    }
    let count = |holds: fn(&&Share) -> bool| draws.iter().filter(holds).count() as f64;
    let telling = count(|d| d.whole > 0.0);
    let differing = count(|d| d.part < d.whole).min(count(|d| d.part > 0.0));
    let by_weight = sum(draws, |d| d.whole).powi(2) / sum(draws, |d| d.whole * d.whole) / unseen;
    let by_variance = if variance > 0.0 { ratio * (1.0 - ratio) / variance } else { by_weight };
    let blended = (differing + PSEUDO_DRAWS) / (differing / by_variance + PSEUDO_DRAWS / by_weight);
    let worth = blended.min(by_variance) * (Z / student_quantile(telling - 1.0)).powi(2);
    share_interval(ratio * worth, worth)
}

/// Interval of a share seen in `seen` of `trials` observations (Clopper and Pearson); neither need be whole.
pub fn share_interval(seen: f64, trials: f64) -> (f64, f64) {
    let missed = (trials - seen).max(0.0);
    let low = if seen <= 0.0 { 0.0 } else { beta_quantile(TAIL, seen, missed + 1.0) };
    let high = if missed <= 0.0 { 1.0 } else { beta_quantile(1.0 - TAIL, seen + 1.0, missed) };
    (low, high)
}

/// The 97.5 % quantile of Student's t, by the Cornish–Fisher expansion, good to 1 % from three degrees of freedom.
fn student_quantile(freedom: f64) -> f64 {
    let d = freedom.max(3.0);
    let z = Z;
    z + (z.powi(3) + z) / (4.0 * d)
        + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * d * d)
        + (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / (384.0 * d.powi(3))
}

/// Where the beta distribution reaches a probability, by bisection.
fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if beta_distribution(middle, a, b) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The regularized incomplete beta function (DiDonato and Morris 1992; continued fraction by Lentz's method).
fn beta_distribution(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    // The fraction converges quickly on one side of the mean only.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(x, a, b) / a
    } else {
        1.0 - front * continued_fraction(1.0 - x, b, a) / b
    }
}

fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    let kept = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-14 {
            break;
        }
    }
    fraction
}

/// Logarithm of the gamma function for positive arguments (Stirling's series above 10, recurrence below).
fn ln_gamma(x: f64) -> f64 {
    let (mut shifted, mut product) = (x, 1.0);
    while shifted < 10.0 {
        product *= shifted;
        shifted += 1.0;
    }
    let inverse = 1.0 / shifted;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (shifted - 0.5) * shifted.ln() - shifted + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() < tolerance, "{a} is not {b}");
    }

    #[test]
    fn functions_have_their_tabulated_values() {
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-11);
        near(ln_gamma(11.0), 3_628_800f64.ln(), 1e-11);
        near(student_quantile(10.0), 2.228, 0.002);
        near(student_quantile(4.0), 2.776, 0.03);
        // Clopper and Pearson: 10 of 20, 0 of 10, 1 of 10.
        let (low, high) = share_interval(10.0, 20.0);
        near(low, 0.2720, 1e-4);
        near(high, 0.7280, 1e-4);
        near(share_interval(0.0, 10.0).1, 0.3085, 1e-4);
        near(share_interval(1.0, 10.0).0, 0.0025, 1e-4);
        near(share_interval(1.0, 10.0).1, 0.4450, 1e-4);
        assert_eq!(share_interval(10.0, 10.0).1, 1.0);
    }

    #[test]
    fn nothing_seen_is_not_nothing_there() {
        let perfect = vec![Share { part: 1.0, whole: 1.0 }; 50];
        let found = estimate(&perfect, 10_000).unwrap();
        assert_eq!((found.value, found.standard_error, found.high), (1.0, 0.0, 1.0));
        assert!(found.low < 0.94 && found.low > 0.9, "{found:?}");
        // Everything seen leaves nothing open.
        assert_eq!(estimate(&perfect, 50).unwrap().low, 1.0);
        assert_eq!(estimate(&[Share::default(); 50], 10_000), None);
        assert_eq!(estimate(&[], 10_000), None);
    }

    #[test]
    fn equal_weights_give_the_usual_standard_error() {
        let draws: Vec<Share> = (0..400).map(|i| Share { part: f64::from(u8::from(i % 4 != 0)), whole: 1.0 }).collect();
        let found = estimate(&draws, u64::MAX).unwrap();
        near(found.value, 0.75, 1e-9);
        near(found.standard_error, (0.75 * 0.25 / 399.0f64).sqrt(), 1e-9);
        assert!(found.low > 0.70 && found.low < 0.71 && found.high > 0.79 && found.high < 0.80, "{found:?}");
    }
}

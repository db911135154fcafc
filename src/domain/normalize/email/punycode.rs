//! Domain names beyond ASCII in the form that DNS carries (RFC 3492), both ways, as far as e-mail needs it.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const FIRST_CODE: u32 = 128;
const FIRST_BIAS: u32 = 72;

/// The ASCII form of a domain; `None` when a label overflows the encoding.
pub(super) fn ascii_domain(domain: &str) -> Option<String> {
    let labels: Option<Vec<String>> = domain.split('.').map(ascii_label).collect();
    labels.map(|labels| labels.join("."))
}

fn ascii_label(label: &str) -> Option<String> {
    if label.is_ascii() { Some(label.to_owned()) } else { encode(label).map(|code| format!("xn--{code}")) }
}

/// Whether a label that claims to be encoded (`xn--…`) decodes to something that needed encoding.
pub(super) fn is_sound(label: &str) -> bool {
    let Some(code) = label.strip_prefix("xn--") else { return true };
    decode(code).is_some_and(|text| !text.is_ascii() && encode(&text).is_some_and(|again| again == code))
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    const DAMP: u32 = 700;
    const SKEW: u32 = 38;
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points.max(1);
    let mut bias = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        bias += BASE;
    }
    bias + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

fn threshold(position: u32, bias: u32) -> u32 {
    position.saturating_sub(bias).clamp(T_MIN, T_MAX)
}

fn digit_to_char(digit: u32) -> char {
    char::from_digit(if digit < 26 { digit + 10 } else { digit - 26 }, BASE).unwrap_or('0')
}

fn char_to_digit(c: char) -> Option<u32> {
    match c {
        'a'..='z' => Some(u32::from(c) - u32::from('a')),
        '0'..='9' => Some(u32::from(c) - u32::from('0') + 26),
        _ => None,
    }
}

fn encode(text: &str) -> Option<String> {
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    let mut out: String = text.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (FIRST_CODE, 0_u32, FIRST_BIAS, basic);
    let total = u32::try_from(points.len()).ok()?;
    while handled < total {
        let next = points.iter().copied().filter(|point| *point >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for point in &points {
            if *point < code {
                delta = delta.checked_add(1)?;
            } else if *point == code {
                push_number(delta, bias, &mut out);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code = code.checked_add(1)?;
    }
    Some(out)
}

fn push_number(number: u32, bias: u32, out: &mut String) {
    let (mut rest, mut position) = (number, BASE);
    loop {
        let limit = threshold(position, bias);
        if rest < limit {
            break;
        }
        out.push(digit_to_char(limit + (rest - limit) % (BASE - limit)));
        rest = (rest - limit) / (BASE - limit);
        position += BASE;
    }
    out.push(digit_to_char(rest));
}

fn decode(code: &str) -> Option<String> {
    let (basic, digits) = code.rsplit_once('-').unwrap_or(("", code));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut point, mut at, mut bias) = (FIRST_CODE, 0_u32, FIRST_BIAS);
    let mut digits = digits.chars().peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut position) = (at, 1_u32, BASE);
        loop {
            let digit = char_to_digit(digits.next()?)?;
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let limit = threshold(position, bias);
            if digit < limit {
                break;
            }
            weight = weight.checked_mul(BASE - limit)?;
            position += BASE;
        }
        let length = u32::try_from(out.len()).ok()? + 1;
        bias = adapt(at - before, length, before == 0);
        point = point.checked_add(at / length)?;
        at %= length;
        out.insert(usize::try_from(at).ok()?, char::from_u32(point)?);
        at += 1;
    }
    Some(out.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_encoded_and_decoded() {
        for (text, code) in
            [("bücher.de", "xn--bcher-kva.de"), ("例子.中国", "xn--fsqu00a.xn--fiqs8s"), ("a.cn", "a.cn")]
        {
            assert_eq!(ascii_domain(text).as_deref(), Some(code));
            assert!(code.split('.').all(is_sound), "{code}");
        }
        for unsound in ["xn--0", "xn--", "xn--abc-", "xn--99999999999"] {
            assert!(!is_sound(unsound), "{unsound}");
        }
    }
}

//! Numbers as text, without the machinery of `format!`: every row needs dozens.

/// Appends a number with at least `width` digits.
pub fn push_padded(text: &mut String, number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    let mut rest = number;
    while rest > 0 || digits.len() - start < width {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    // ASCII digits are UTF-8; the check costs less than pushing one character at a time.
    if let Ok(written) = std::str::from_utf8(&digits[start..]) {
        text.push_str(written);
    }
}

/// Appends a number below 1,000 in Chinese numerals: 十五, 一百零二, 三百二十.
pub fn push_han_number(output: &mut String, number: u32) {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: u32| DIGITS[(value % 10) as usize];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if hundreds > 0 {
        output.push(digit(hundreds));
        output.push('百');
    }
    if tens > 0 {
        if tens > 1 || hundreds > 0 {
            output.push(digit(tens));
        }
        output.push('十');
    } else if hundreds > 0 && ones > 0 {
        output.push('零');
    }
    if ones > 0 || number == 0 {
        output.push(digit(ones));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_chinese() {
        for (number, expected) in
            [(5, "五"), (15, "十五"), (20, "二十"), (102, "一百零二"), (320, "三百二十"), (999, "九百九十九")]
        {
            let mut text = String::new();
            push_han_number(&mut text, number);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn numbers_are_padded() {
        let mut text = String::new();
        push_padded(&mut text, 7, 3);
        push_padded(&mut text, 1234, 3);
        push_padded(&mut text, 0, 0);
        assert_eq!(text, "0071234");
    }
}

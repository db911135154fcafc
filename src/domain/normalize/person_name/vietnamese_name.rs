//! Vietnamese names: family name first, then middle and given names (Nguyễn Văn An).

/// Whether words, folded, in the order written, are a Vietnamese name. `marked`: the text has letters of Vietnamese alone.
pub fn is_vietnamese(keys: &[String], marked: bool) -> bool {
    let [family, middle, ..] = keys else { return false };
    let known = |list: &[&str], word: &str| list.contains(&word);
    let known_last = keys.last().is_some_and(|last| known(CERTAIN, last));
    match marked {
        true => known(CERTAIN, family) || known(COMMON, family),
        false if keys.len() < 3 => false,
        false => known(CERTAIN, family) && !known_last || (known(COMMON, family) && known(MIDDLE, middle)),
    }
}

/// Whether a letter is used in Vietnamese and in no western language.
pub fn is_marked_letter(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}')
}

/// Family names that no other people has.
const CERTAIN: &[&str] = &["nguyen", "huynh", "phan", "truong", "trinh", "dinh", "duong", "thach", "quach", "khuu"];

/// Family names that are spelled like names elsewhere.
const COMMON: &[&str] = &[
    "tran", "le", "pham", "hoang", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "ly", "dao", "doan", "vuong", "mai",
    "lam", "to", "ta", "chu", "luong", "luu", "cao", "phung", "thai", "ha", "tang", "la", "kieu", "tong", "chau", "tu",
    "ton", "khuong", "nghiem",
];

/// Middle names that tell a Vietnamese name.
const MIDDLE: &[&str] =
    &["van", "thi", "huu", "duc", "dinh", "ngoc", "quoc", "xuan", "minh", "thanh", "hoang", "quang", "kim"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_told_by_family_and_middle_name() {
        let keys = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (text, marked, expected) in [
            ("nguyen van an", false, true),
            ("tran thi hoa", false, true),
            ("nguyen an", true, true),
            ("kim nguyen", false, false),
            ("van anh nguyen", false, false),
            ("le bron james", false, false),
            ("tran", true, false),
        ] {
            assert_eq!(is_vietnamese(&keys(text), marked), expected, "{text}");
        }
        assert!("ễĐă".chars().all(is_marked_letter) && !"éüñ".chars().any(is_marked_letter));
    }
}

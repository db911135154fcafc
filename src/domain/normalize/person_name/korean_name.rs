//! Korean names in Hangul: one word, the family name first, of one syllable or, rarely, two.

use crate::domain::text::script::Script;

/// A name written in Hangul alone (김철수, 남궁 민수): family name as it is spelled abroad, given name in Hangul.
pub fn family_and_given(text: &str) -> Option<(String, String)> {
    if text.is_ascii() {
        return None;
    }
    let letters: String = text.chars().filter(|c| *c != ' ').collect();
    let length = letters.chars().count();
    let hangul = letters.chars().all(|c| Script::of(c) == Some(Script::Hangul));
    if !(2..=5).contains(&length) || !hangul {
        return None;
    }
    let written_family = text.split_once(' ').map(|(family, _)| family.chars().count());
    let double = length >= 3 && DOUBLE.iter().any(|family| letters.starts_with(family));
    let size = match written_family {
        Some(size @ 1..=2) => size,
        Some(_) => return None,
        None => 1 + usize::from(double),
    };
    let (family, given): (String, String) =
        (letters.chars().take(size).collect(), letters.chars().skip(size).collect());
    let spelled = SPELLINGS.iter().find(|(name, _)| *name == family).map(|(_, spelling)| (*spelling).to_owned());
    (!given.is_empty()).then(|| (spelled.unwrap_or(family), given))
}

const DOUBLE: [&str; 8] = ["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"];

/// Family names whose usual spelling is not the Revised Romanization; the commonest of them.
const SPELLINGS: &[(&str, &str)] = &[
    ("김", "kim"),
    ("이", "lee"),
    ("박", "park"),
    ("정", "jung"),
    ("강", "kang"),
    ("조", "cho"),
    ("윤", "yoon"),
    ("임", "lim"),
    ("오", "oh"),
    ("신", "shin"),
    ("권", "kwon"),
    ("안", "ahn"),
    ("유", "yoo"),
    ("류", "ryu"),
    ("고", "ko"),
    ("문", "moon"),
    ("심", "shim"),
    ("노", "noh"),
    ("곽", "kwak"),
    ("성", "sung"),
    ("주", "joo"),
    ("우", "woo"),
    ("구", "koo"),
    ("천", "chun"),
    ("공", "kong"),
    ("현", "hyun"),
    ("변", "byun"),
    ("추", "choo"),
    ("선", "sun"),
    ("명", "myung"),
    ("기", "ki"),
    ("금", "keum"),
    ("국", "kook"),
    ("남궁", "namgung"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_name_first() {
        for (text, expected) in [
            ("김철수", Some(("kim", "철수"))),
            ("김 철수", Some(("kim", "철수"))),
            ("이영", Some(("lee", "영"))),
            ("최민수", Some(("최", "민수"))),
            ("남궁민수", Some(("namgung", "민수"))),
            ("Kim", None),
            ("김", None),
            ("안녕하세요여러분", None),
        ] {
            let seen = family_and_given(text);
            assert_eq!(seen.as_ref().map(|(family, given)| (family.as_str(), given.as_str())), expected, "{text}");
        }
    }
}

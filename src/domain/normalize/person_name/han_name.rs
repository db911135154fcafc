//! Han names: titles and nicknames of address split off, masks recognised, surname found.

use crate::domain::record::{Gender, PersonName};
use crate::domain::text::han::{COMPOUND_SURNAMES, is_han, is_surname, name_to_simplified, surname_len};
use crate::domain::text::pinyin;

/// A Han name as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HanName {
    /// Simplified, without titles; only the surname where no more is known.
    pub han: String,
    /// Characters of the surname; 0 when unknown.
    pub surname_len: usize,
    /// The given name is not known.
    pub surname_only: bool,
    /// What the title says.
    pub gender: Option<Gender>,
    /// A title, nickname prefix or remark was split off.
    pub titled: bool,
    /// Part of it is hidden.
    pub masked: bool,
    /// For people: the name, with its mask where there is one.
    pub shown: String,
}

impl HanName {
    /// Writes the Han parts into a name.
    pub fn fill(&self, name: &mut PersonName) {
        name.han.clone_from(&self.han);
        name.han_surname_len = self.surname_len;
        name.surname_only = self.surname_only;
        let letters: String = self.han.chars().filter(|c| *c != '·').collect();
        name.syllables = pinyin::syllables(&letters, self.surname_len);
    }
}

/// Reads the Han part of a name: Han characters, middle dots (already folded to `·`) and `*` for hidden ones.
pub fn parse(text: &str) -> HanName {
    let packed: String = text.chars().filter(|c| is_han(*c) || matches!(c, '·' | '*')).collect();
    let packed = packed.trim_matches('·');
    if packed.contains('*') || is_anonymised(packed) {
        return masked(&name_to_simplified(packed));
    }
    let simplified = name_to_simplified(packed);
    let (rest, gender) = without_title(&simplified);
    let mut name = HanName { gender, titled: rest.len() < simplified.len(), ..HanName::default() };
    let bare = nicknamed_surname(rest);
    name.titled |= bare.is_some();
    name.han = bare.unwrap_or(rest).to_owned();
    name.surname_len = surname_len(&name.han);
    let length = name.han.chars().count();
    // 张先生, 小张, 欧阳老师 and a single character: whatever stands there is the surname.
    name.surname_only =
        length == 1 || bare.is_some() || (length == 2 && COMPOUND_SURNAMES.contains(&name.han.as_str()));
    if name.surname_only && name.surname_len == 0 {
        name.surname_len = length;
    }
    name.shown.clone_from(&name.han);
    name
}

/// The same from a family and a given column.
pub fn from_columns(family: &str, given: &str) -> HanName {
    let mut name = parse(&format!("{family}{given}"));
    let length = parse(family).han.chars().count();
    if length > 0 && !name.masked && name.han.chars().count() >= length {
        name.surname_len = length;
        name.surname_only = name.han.chars().count() == length;
    }
    name
}

/// 张某, 张某某, 某先生: legal and journalistic anonymity.
fn is_anonymised(text: &str) -> bool {
    text.chars().skip(1).any(|c| c == '某') && text.chars().skip(1).all(|c| matches!(c, '某' | '人'))
}

fn masked(text: &str) -> HanName {
    let visible_head: String = text.chars().take_while(|c| !matches!(c, '*' | '某')).collect();
    let length = surname_len(&visible_head).max(usize::from(!visible_head.is_empty()));
    HanName {
        han: visible_head.chars().take(length).collect(),
        surname_len: length,
        surname_only: true,
        masked: true,
        shown: text.replace('某', "*"),
        ..HanName::default()
    }
}

/// Splits off titles at the end, as many as there are: 王总经理先生.
fn without_title(name: &str) -> (&str, Option<Gender>) {
    let (mut rest, mut gender) = (name, None);
    while let Some((shorter, said)) = TITLES.iter().find_map(|(title, said)| Some((rest.strip_suffix(title)?, *said))) {
        if shorter.is_empty() {
            break;
        }
        rest = shorter;
        gender = gender.or(said);
    }
    let mut chars = rest.chars();
    let last = chars.next_back();
    let before = chars.as_str();
    // One character is a title only directly after a surname: 王总, but 王建总 is a name.
    let after_surname =
        COMPOUND_SURNAMES.contains(&before) || (before.chars().count() == 1 && before.chars().all(is_surname));
    match last.and_then(|last| SHORT_TITLES.iter().find(|(title, _)| *title == last)) {
        Some((_, said)) if after_surname => (before, gender.or(*said)),
        _ => (rest, gender),
    }
}

/// A text that is a title and nothing else, with the gender that it says.
pub fn title_alone(text: &str) -> Option<Option<Gender>> {
    TITLES.iter().find(|(title, _)| *title == text).map(|(_, gender)| *gender)
}

/// 小张, 老王, 阿黄: a nickname prefix before a bare surname.
fn nicknamed_surname(name: &str) -> Option<&str> {
    let rest = name.strip_prefix(['小', '老', '阿', '大'])?;
    let is_bare = COMPOUND_SURNAMES.contains(&rest) || (rest.chars().count() == 1 && rest.chars().all(is_surname));
    is_bare.then_some(rest)
}

const MALE: Option<Gender> = Some(Gender::Male);
const FEMALE: Option<Gender> = Some(Gender::Female);

/// Longer titles before those that end them.
const TITLES: &[(&str, Option<Gender>)] = &[
    ("先生", MALE),
    ("女士", FEMALE),
    ("小姐姐", FEMALE),
    ("小姐", FEMALE),
    ("太太", FEMALE),
    ("夫人", FEMALE),
    ("阿姨", FEMALE),
    ("大姐", FEMALE),
    ("老板娘", FEMALE),
    ("叔叔", MALE),
    ("大哥", MALE),
    ("老师", None),
    ("副总经理", None),
    ("总经理", None),
    ("经理", None),
    ("医生", None),
    ("大夫", None),
    ("护士", None),
    ("主任", None),
    ("总监", None),
    ("董事长", None),
    ("总裁", None),
    ("老板", None),
    ("师傅", None),
    ("教授", None),
    ("博士", None),
    ("律师", None),
    ("工程师", None),
    ("主管", None),
    ("局长", None),
    ("处长", None),
    ("科长", None),
    ("部长", None),
    ("院长", None),
    ("校长", None),
    ("所长", None),
    ("店长", None),
    ("会计", None),
    ("秘书", None),
    ("助理", None),
    ("同学", None),
    ("同志", None),
    ("夫妇", None),
    ("夫妻", None),
    ("一家", None),
    ("本人", None),
    ("收", None),
];

const SHORT_TITLES: &[(char, Option<Gender>)] = &[
    ('总', None),
    ('董', None),
    ('工', None),
    ('哥', MALE),
    ('姐', FEMALE),
    ('叔', MALE),
    ('姨', FEMALE),
    ('嫂', FEMALE),
    ('局', None),
    ('处', None),
    ('导', None),
    ('某', None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_titles_masks_and_surnames() {
        let cases = [
            ("张伟", "张伟", 1, false, false),
            ("张 三", "张三", 1, false, false),
            ("張偉先生", "张伟", 1, false, true),
            ("张先生", "张", 1, true, true),
            ("王总", "王", 1, true, true),
            ("王经理", "王", 1, true, true),
            ("欧阳老师", "欧阳", 2, true, true),
            ("欧阳娜娜", "欧阳娜娜", 2, false, false),
            ("小张", "张", 1, true, true),
            ("老王", "王", 1, true, true),
            ("阿黄", "黄", 1, true, true),
            ("张*", "张", 1, true, false),
            ("韦*璞", "韦", 1, true, false),
            ("张某某", "张", 1, true, false),
            ("欧阳**", "欧阳", 2, true, false),
            ("*伟", "", 0, true, false),
            ("阿卜杜尼亚孜·毛力尼亚孜", "阿卜杜尼亚孜·毛力尼亚孜", 0, false, false),
            ("扎西", "扎西", 0, false, false),
            ("李", "李", 1, true, false),
            ("𠮷", "𠮷", 1, true, false),
            ("先生", "先生", 0, false, false),
            ("蕭乾", "萧乾", 1, false, false),
        ];
        for (text, han, surname_len, surname_only, titled) in cases {
            let name = parse(text);
            let seen = (name.han.as_str(), name.surname_len, name.surname_only, name.titled);
            assert_eq!(seen, (han, surname_len, surname_only, titled), "{text}");
        }
        assert_eq!(parse("李女士").gender, Some(Gender::Female));
        assert_eq!(parse("韦*璞").shown, "韦*璞");
    }

    #[test]
    fn columns_tell_the_surname() {
        let name = from_columns("張", "偉明");
        assert_eq!((name.han.as_str(), name.surname_len, name.surname_only), ("张伟明", 1, false));
        assert!(from_columns("张", "").surname_only);
    }
}

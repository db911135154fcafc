//! Han names: titles and nicknames of address split off, masks recognised, surname found.

use super::{japanese_name, not_one_person};
use crate::domain::record::{Gender, PersonName};
use crate::domain::text::char_set::CharSet;
use crate::domain::text::han::{COMPOUND_SURNAMES, has_middle_dot, is_han, is_surname, name_simplified, surname_len};
use crate::domain::text::pinyin;
use crate::domain::text::placeholder::is_placeholder_name;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};
use std::sync::LazyLock;

/// A Han name as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HanName {
    /// Simplified, without titles; only the surname where no more is known.
    pub han: SmolStr,
    /// Characters of the surname; 0 when unknown.
    pub surname_len: usize,
    /// The given name is not known.
    pub surname_only: bool,
    /// What the title says.
    pub gender: Option<Gender>,
    /// A title, nickname prefix or remark was split off.
    pub titled: bool,
    /// The titles behind the name: 先生, 总经理.
    pub title: SmolStr,
    /// Part of it is hidden.
    pub masked: bool,
    /// For people: the name, with its mask where there is one.
    pub shown: SmolStr,
}

impl HanName {
    /// Writes the Han parts into a name.
    pub fn fill(self, name: &mut PersonName) {
        name.syllables = match has_middle_dot(&self.han) {
            true => pinyin::syllables(&self.han.replace('·', ""), self.surname_len),
            false => pinyin::syllables(&self.han, self.surname_len),
        };
        name.han = self.han;
        name.han_surname_len = self.surname_len;
        name.surname_only = self.surname_only;
    }
}

/// Reads a name that needs no taking apart: two to four common Han characters after a known surname, none of which occurs
/// in titles, placeholders or organisations; `None` where that is not certain. What [`parse`] would read, faster.
pub fn plain(text: &str) -> Option<HanName> {
    let length = text.chars().count();
    let mut last_tells = false;
    let mut plain = |(position, c): (usize, char)| {
        let last = position + 1 == length;
        let tells = match if IS_TELLING.contains(c) { TELLING.get(&c) } else { None } {
            None => false,
            Some(Place::First) => position == 0,
            Some(Place::Last) => {
                last_tells |= last;
                false
            }
            Some(Place::NotFirst) => position > 0,
            Some(Place::Anywhere) => true,
        };
        matches!(c, '\u{4E00}'..='\u{9FFF}') && !tells
    };
    if !(2..=4).contains(&length) || !text.chars().enumerate().all(&mut plain) {
        return None;
    }
    let han = simplified(text);
    let surname_len = family_len(&han);
    if surname_len == 0 || surname_len == length {
        return None;
    }
    // 罗福生 ends as 先生 does, and is a name.
    let more = || {
        without_title(&han).0.len() < han.len()
            || not_one_person::wrong_column(text).is_some()
            || is_placeholder_name(text)
    };
    if last_tells && more() {
        return None;
    }
    Some(HanName { shown: han.clone(), han, surname_len, ..HanName::default() })
}

/// Where in a text a character tells that it may be more or less than a name.
#[derive(Clone, Copy)]
enum Place {
    First,
    Last,
    NotFirst,
    Anywhere,
}

/// Characters of titles, nicknames of address, placeholders, several persons and organisations; the widest place counts.
static TELLING: LazyLock<FxHashMap<char, Place>> = LazyLock::new(|| {
    let titles = TITLES.iter().filter_map(|(title, _)| title.chars().next_back());
    let short = SHORT_TITLES.iter().map(|(title, _)| *title);
    let last = titles.chain(short).chain(LAST_OF_PLACEHOLDERS.chars()).chain(not_one_person::last_of_endings());
    let mut places: FxHashMap<char, Place> = last.map(|c| (c, Place::Last)).collect();
    places.extend(['小', '老', '阿', '大'].map(|c| (c, Place::First)));
    places.extend(not_one_person::last_of_words().map(|c| (c, Place::NotFirst)));
    places.extend(OTHERS.chars().map(|c| (c, Place::Anywhere)));
    places
});

static IS_TELLING: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(TELLING.keys().copied()));

const LAST_OF_PLACEHOLDERS: &str = "客戶户人员家己亲甲者氏生士太板理认称字";

const OTHERS: &str = "和与某测试測試彡灬丶丨丿乀亅名空无未不信息数据";

/// Reads the Han part of a name: Han characters, middle dots (already folded to `·`) and `*` for hidden ones.
pub fn parse(text: &str) -> HanName {
    let packed: String = text.chars().filter(|c| is_han(*c) || matches!(c, '·' | '*')).collect();
    let packed = packed.trim_matches(|c| c == '·' || is_decoration(c));
    if packed.contains('*') || is_anonymised(packed) {
        return masked(&simplified(packed));
    }
    let simplified = simplified(packed);
    let (rest, gender) = without_title(&simplified);
    let title = SmolStr::new(simplified.get(rest.len()..).unwrap_or_default());
    let mut name = HanName { gender, titled: !title.is_empty(), title, ..HanName::default() };
    let bare = nicknamed_surname(rest);
    name.titled |= bare.is_some();
    name.han = SmolStr::new(bare.unwrap_or(rest));
    name.surname_len = family_len(&name.han);
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

/// Simplified characters; 於 at the front is a surname of its own beside 于.
fn simplified(text: &str) -> SmolStr {
    let simplified = name_simplified(text);
    match simplified.strip_prefix('于').filter(|_| text.starts_with('於')) {
        Some(rest) => format_smolstr!("於{rest}"),
        None => simplified.into(),
    }
}

/// Strokes and radicals that decorate nicknames (☆彡, 丶小张灬): no name begins or ends with them.
fn is_decoration(c: char) -> bool {
    matches!(c, '彡' | '灬' | '丶' | '丨' | '丿' | '乀' | '亅')
}

/// 陈李丽华: a husband's surname before the maiden name, or the surnames of both parents. The name without the first.
pub fn name_after_first_surname(han: &str) -> Option<&str> {
    let mut chars = han.chars();
    let (first, second, third) = (chars.next()?, chars.next()?, chars.next()?);
    let four = chars.next().is_some() && chars.next().is_none();
    let two_surnames = four && is_surname(first) && is_surname(second) && !is_surname(third);
    let compound = || COMPOUND_SURNAMES.iter().any(|surname| han.starts_with(surname));
    if two_surnames && !compound() { han.get(first.len_utf8()..) } else { None }
}

/// Characters of the family name, Chinese or Japanese.
fn family_len(han: &str) -> usize {
    match surname_len(han) {
        2 => 2,
        chinese => {
            let is_chinese = chinese > 0 || han.chars().next().is_some_and(is_surname);
            match japanese_name::surname_len(han, is_chinese) {
                0 => chinese,
                japanese => japanese,
            }
        }
    }
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
        shown: text.replace('某', "*").into(),
        ..HanName::default()
    }
}

/// Splits off titles at the end, as many as there are: 王总经理先生.
fn without_title(name: &str) -> (&str, Option<Gender>) {
    let (mut rest, mut gender) = (name, None);
    while rest.chars().next_back().is_some_and(|last| TITLE_ENDS.contains(last))
        && let Some((shorter, said)) = TITLES.iter().find_map(|(title, said)| Some((rest.strip_suffix(title)?, *said)))
    {
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
    text.chars().next_back().filter(|last| TITLE_ENDS.contains(*last))?;
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
    ("先森", MALE),
    ("女士", FEMALE),
    ("女仕", FEMALE),
    ("老师傅", None),
    ("副董事长", None),
    ("副总裁", None),
    ("副总监", None),
    ("副总", None),
    ("副经理", None),
    ("副主任", None),
    ("副主席", None),
    ("副书记", None),
    ("副局长", None),
    ("副处长", None),
    ("副科长", None),
    ("副部长", None),
    ("副院长", None),
    ("副校长", None),
    ("副所长", None),
    ("副教授", None),
    ("董事", None),
    ("主席", None),
    ("书记", None),
    ("县长", None),
    ("镇长", None),
    ("村长", None),
    ("班长", None),
    ("组长", None),
    ("队长", None),
    ("厂长", None),
    ("行长", None),
    ("司机", None),
    ("老总", None),
    ("老弟", MALE),
    ("大爷", MALE),
    ("大叔", MALE),
    ("伯伯", MALE),
    ("爷爷", MALE),
    ("大妈", FEMALE),
    ("大婶", FEMALE),
    ("奶奶", FEMALE),
    ("婆婆", FEMALE),
    ("美女", FEMALE),
    ("帅哥", MALE),
    ("采购", None),
    ("销售", None),
    ("客服", None),
    ("财务", None),
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

/// The last characters of the titles: most names end in none of them.
static TITLE_ENDS: LazyLock<CharSet> =
    LazyLock::new(|| CharSet::of(TITLES.iter().filter_map(|(title, _)| title.chars().next_back())));

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
    fn plain_names_are_read_as_all_others() {
        for text in ["张伟", "欧阳娜娜", "張偉", "李小龙", "覃文", "山本健", "蕭乾", "陈李丽华"] {
            assert!(plain(text).is_none_or(|name| name == parse(text)), "{text}");
        }
        for text in
            ["王总", "张先生", "无名氏", "老王", "张三和李四", "李", "扎西", "单于", "张·伟", "张某", "路人甲", "张a"]
        {
            assert_eq!(plain(text), None, "{text}");
        }
        assert!(plain("张伟").is_some() && plain("欧阳娜娜").is_some());
    }

    #[test]
    fn columns_tell_the_surname() {
        let name = from_columns("張", "偉明");
        assert_eq!((name.han.as_str(), name.surname_len, name.surname_only), ("张伟明", 1, false));
        assert!(from_columns("张", "").surname_only);
    }
}

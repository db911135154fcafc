//! Han characters: recognising them, traditional to simplified, variants for match keys, Chinese numerals.

use super::char_set::CharSet;
use super::width::han_digit;
use opencc_fmmseg::{DictionaryMaxlength, OpenCC};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Whether a character is Han: unified ideographs with extensions A–I, compatibility ideographs, 〇 and 々.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2EE5F}'
        | '\u{2F800}'..='\u{2FA1F}' | '\u{30000}'..='\u{323AF}' | '〇' | '々')
}

/// Simplifies traditional text, aware of phrases (乾隆 stays, 乾燥 becomes 干燥).
///
/// A text without any traditional character is returned as it is, even where OpenCC would change a phrase of it:
/// 沈香 is a name far more often than a misspelt 沉香.
pub fn to_simplified(text: &str) -> String {
    simplified(text).into_owned()
}

/// The same without a copy where nothing is traditional.
pub fn simplified(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !TABLES.changing.occurs_in(text) {
        return Cow::Borrowed(text);
    }
    let tables = &*TABLES;
    let traditional = text.chars().any(|c| tables.simplify.contains_key(&c));
    let mut simplified = if traditional { tables.converter.t2s(text, false) } else { text.to_owned() };
    for (from, to) in SUPPLEMENT.iter().filter(|(from, _)| text.contains(first_char(from))) {
        simplified = simplified.replace(from, to);
    }
    Cow::Owned(simplified)
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

/// What the crate's dictionary lacks of OpenCC's: a variant of 并 and a Taiwanese spelling of 幺.
const SUPPLEMENT: &[(&str, &str)] = &[("幷", "并"), ("老么", "老幺")];

/// Simplifies a person's name: phrase-aware, but only characters that are traditional may change, and 乾 (qián) stays.
pub fn name_to_simplified(name: &str) -> String {
    name_simplified(name).into_owned()
}

/// The same without a copy where nothing is traditional.
pub fn name_simplified(name: &str) -> Cow<'_, str> {
    let simplified = simplified(name);
    if matches!(simplified, Cow::Borrowed(_))
        || simplified == name
        || simplified.chars().count() != name.chars().count()
    {
        return simplified;
    }
    let tables = &*TABLES;
    let may_change = |c: &char| *c != '乾' && tables.simplify.contains_key(c);
    let kept = name.chars().zip(simplified.chars()).map(|(old, new)| if may_change(&old) { new } else { old });
    Cow::Owned(kept.collect())
}

/// Folds single characters for match keys: traditional and Japanese forms to simplified ones, name variants to one
/// (喆 = 哲, 堃 = 坤). Never for display: variants are different names in the register.
pub fn fold_variants(text: &str) -> String {
    text.chars().map(fold_variant).collect()
}

/// The same of one character.
pub fn fold_variant(c: char) -> char {
    let tables = &*TABLES;
    let simple = tables.changing.contains(c).then(|| tables.simplify.get(&c).copied()).flatten().unwrap_or(c);
    variant(simple).unwrap_or(simple)
}

/// Replaces Chinese numerals by digits (十五 → 15, 一百二十 → 120, 二〇三 → 203). For house, building and room numbers.
pub fn numerals_to_digits(text: &str) -> String {
    let is_numeral = |c: char| han_digit(c).is_some() || unit_of(c).is_some();
    if text.is_ascii() || !text.chars().any(is_numeral) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_numeral(c) {
            run.push(c);
        } else {
            flush_numeral(&mut run, &mut out);
            out.push(c);
        }
    }
    flush_numeral(&mut run, &mut out);
    out
}

/// How many characters of a simplified Han name are the surname; 0 where that cannot be told.
///
/// Unknown first characters are no surname: Tibetan, Mongol and Uyghur names have none (扎西, 那仁花).
pub fn surname_len(name: &str) -> usize {
    let Some(first) = name.chars().next() else { return 0 };
    let longer = if FIRST_OF_LONGER.contains(first) { LONGER.get(&first) } else { None };
    if longer.is_some_and(|longer| longer.surnames.iter().any(|surname| name.starts_with(surname))) {
        return 2;
    }
    let without = || longer.is_some_and(|longer| longer.given.iter().any(|given| name.starts_with(given)));
    usize::from(is_surname(first) && name.chars().nth(4).is_none() && !has_middle_dot(name) && !without())
}

/// Whether a text has a `·`; quick where no character of its block occurs.
pub fn has_middle_dot(text: &str) -> bool {
    const BLOCK: u8 = 0xC2;
    text.bytes().any(|byte| byte == BLOCK) && text.contains('·')
}

/// What names may begin with besides a surname of one character.
#[derive(Default)]
struct Longer {
    surnames: Vec<&'static str>,
    given: Vec<&'static str>,
}

/// Compound surnames, and the names of peoples without surnames, by their first character.
static LONGER: LazyLock<FxHashMap<char, Longer>> = LazyLock::new(|| {
    let mut longer: FxHashMap<char, Longer> = FxHashMap::default();
    for surname in COMPOUND_SURNAMES {
        longer.entry(first_char(surname)).or_default().surnames.push(surname);
    }
    for given in WITHOUT_SURNAME {
        longer.entry(first_char(given)).or_default().given.push(given);
    }
    longer
});

static FIRST_OF_LONGER: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(LONGER.keys().copied()));

/// Whether a character is a known Chinese surname of one character (simplified).
pub fn is_surname(c: char) -> bool {
    SINGLE_SURNAME_SET.contains(c)
}

static SINGLE_SURNAME_SET: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(SINGLE_SURNAMES.chars()));

/// Surnames of two characters.
pub const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "尉迟", "单于", "夏侯", "令狐", "皇甫", "公孙", "万俟", "闻人", "东方", "赫连",
    "澹台", "公冶", "宗政", "濮阳", "淳于", "太叔", "申屠", "轩辕", "钟离", "宇文", "长孙", "慕容", "鲜于", "闾丘",
    "司徒", "司空", "端木", "百里", "呼延", "东郭", "南宫", "独孤", "拓跋", "西门", "南门", "第五", "完颜", "纳兰",
    "公羊", "谷梁", "拓拔", "夹谷", "段干", "漆雕", "乐正", "壤驷", "公良", "颛孙", "巫马", "公西", "东门", "左丘",
    "梁丘", "范姜",
];

/// Surnames of one character: the Hundred Family Surnames and the commonest of today's register.
pub const SINGLE_SURNAMES: &str = "\
    骆习闻王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁\
    任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向\
    汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍\
    涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫\
    费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡\
    鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国\
    狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢\
    嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由言竹凤钮宓蓬郗贡充终衮空沃蔚越晟蒯\
    鱼木水火山归隗经冒虎步昌从伯弓牧侬甯芈贲璩濮扶堵桓汲邴糜松郦双莘翦逄钭郏浑咸籍赖诸凡刀仉旷么苌乜占郄郇撒\
    晃宛楮寸续薜佴腾蹇塔尕才拜刚孜奎禄";

/// Given names of peoples without surnames whose first character looks like one.
const WITHOUT_SURNAME: &[&str] = &[
    "扎西",
    "卓玛",
    "索朗",
    "索南",
    "达瓦",
    "白玛",
    "格桑",
    "洛桑",
    "旦增",
    "丹增",
    "多吉",
    "平措",
    "拉姆",
    "才让",
    "那仁",
    "乌云",
    "其其格",
    "阿旺",
    "阿依",
    "古丽",
    "买买提",
    "次仁",
    "尼玛",
    "央金",
    "巴桑",
    "强巴",
    "边巴",
    "米玛",
    "云丹",
    "安多",
    "哈斯",
    "巴特尔",
    "宝音",
];

fn flush_numeral(run: &mut Vec<char>, out: &mut String) {
    match numeral(run) {
        Some(number) => out.push_str(&number),
        None => out.extend(run.iter()),
    }
    run.clear();
}

/// Reads one numeral: positional (二〇三) when it has no unit, else by units (二百零三).
fn numeral(run: &[char]) -> Option<String> {
    if run.is_empty() || run.len() > 16 {
        return None;
    }
    if run.iter().all(|c| unit_of(*c).is_none()) {
        return run.iter().map(|c| han_digit(*c).and_then(|d| char::from_digit(d, 10))).collect();
    }
    let (mut total, mut section, mut digit) = (0u64, 0u64, None::<u64>);
    for &c in run {
        match (han_digit(c), unit_of(c)) {
            (Some(d), _) => digit = Some(u64::from(d)),
            (None, Some(10_000)) => {
                total = total.checked_add((section + digit.take().unwrap_or(0)).checked_mul(10_000)?)?;
                section = 0;
            }
            (None, Some(unit)) => section += digit.take().unwrap_or(1) * unit,
            (None, None) => return None,
        }
    }
    Some((total + section + digit.unwrap_or(0)).to_string())
}

fn unit_of(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        _ => return None,
    })
}

struct Tables {
    converter: OpenCC,
    /// Traditional characters that have another simplified form.
    simplify: FxHashMap<char, char>,
    /// These, and the first characters of the supplement.
    changing: CharSet,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    // The dictionary is compiled in; should it ever not load, nothing is converted rather than nothing works.
    let dictionary = DictionaryMaxlength::new().unwrap_or_default();
    let pair = |(key, value): (&[char], &str)| match (key, value.chars().next()) {
        ([from], Some(to)) if *from != to => Some((*from, to)),
        _ => None,
    };
    let simplify: FxHashMap<char, char> = dictionary.ts_characters.iter().filter_map(pair).collect();
    let changing = simplify.keys().copied().chain(SUPPLEMENT.iter().map(|(from, _)| first_char(from)));
    let changing = CharSet::of(changing);
    let mut converter = OpenCC::from_dictionary(dictionary);
    // Short texts only, and the callers are parallel already.
    converter.set_parallel(false);
    Tables { converter, simplify, changing }
});

/// Variants of one character in personal names and places, after simplification; Japanese new forms.
fn variant(c: char) -> Option<char> {
    Some(match c {
        '喆' => '哲',
        '堃' => '坤',
        '甯' | '寗' => '宁',
        '於' => '于',
        '锺' => '钟',
        '祐' => '佑',
        '乾' => '干',
        '徵' => '征',
        '邨' => '村',
        '仝' => '同',
        '甦' => '苏',
        '凃' => '涂',
        '邱' => '丘',
        '晧' | '皜' => '皓',
        '琹' => '琴',
        '淼' => '渺',
        '勛' => '勋',
        '凢' => '凡',
        '囯' | '圀' | '国' => '国',
        '﨑' | '嵜' => '崎',
        '髙' => '高',
        '呉' => '吴',
        '沢' => '泽',
        '辺' => '边',
        '斉' | '斎' => '齐',
        '広' => '广',
        '桜' => '樱',
        '恵' => '惠',
        '徳' => '德',
        '浜' => '滨',
        '竜' => '龙',
        '亜' => '亚',
        '関' => '关',
        '渕' => '渊',
        '黒' => '黑',
        '塩' => '盐',
        '栄' => '荣',
        '実' => '实',
        '穂' => '穗',
        '経' => '经',
        '戸' => '户',
        '浅' => '浅',
        '𠮷' => '吉',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_blocks() {
        assert!("张䶮㛃𠮷𬭎豈﨑〇𫖯".chars().all(is_han));
        assert!(!"aア가·。1・".chars().any(is_han));
    }

    #[test]
    fn simplifies_by_phrases() {
        for (from, to) in
            [("張偉", "张伟"), ("蕭乾", "萧乾"), ("瀋陽", "沈阳"), ("頭髮", "头发"), ("鐘錶", "钟表"), ("abc", "abc")]
        {
            assert_eq!(to_simplified(from), to, "{from}");
        }
    }

    #[test]
    fn names_keep_what_is_not_traditional() {
        let cases = [
            ("沈香", "沈香"),
            ("李乾", "李乾"),
            ("李乾偉", "李乾伟"),
            ("於梨華", "於梨华"),
            ("王喆", "王喆"),
            ("范姜", "范姜"),
        ];
        for (from, to) in cases {
            assert_eq!(name_to_simplified(from), to, "{from}");
        }
        assert_eq!(fold_variants("於喆鐘"), "于哲钟");
    }

    #[test]
    fn surnames_of_one_and_two_characters() {
        let cases = [
            ("欧阳娜娜", 2),
            ("司马光", 2),
            ("张伟", 1),
            ("扎西", 0),
            ("那仁花", 0),
            ("悠然自得", 0),
            ("阿卜杜·毛力", 0),
        ];
        for (name, length) in cases {
            assert_eq!(surname_len(name), length, "{name}");
        }
    }

    #[test]
    fn numerals() {
        let cases = [
            ("十五", "15"),
            ("一百二十", "120"),
            ("二〇三", "203"),
            ("三十", "30"),
            ("二十七", "27"),
            ("一千零一", "1001"),
        ];
        for (from, to) in cases {
            assert_eq!(numerals_to_digits(from), to, "{from}");
        }
        assert_eq!(numerals_to_digits("二号楼3单元十层"), "2号楼3单元10层");
        assert_eq!(numerals_to_digits("一二三四五六七八九一二三四五六七八九"), "一二三四五六七八九一二三四五六七八九");
        numerals_to_digits("九万九万九万九千九百万万万万万万万");
    }
}

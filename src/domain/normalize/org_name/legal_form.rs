//! Legal forms of organisations, Chinese, East Asian and of the rest of the world, with their class.
//!
//! Classes: `limited` (members liable for their shares: LLC, GmbH, 有限公司), `joint_stock` (PLC, AG, 股份有限公司),
//! `corporation` (US Inc.), `company` (a company of unknown form), `partnership`, `cooperative`, `nonprofit`,
//! `sole_trader`, `sole_proprietorship`, `institution` (schools, hospitals, institutes), `government`.
//! Inspired by ISO 20275 (Entity Legal Forms); written from general knowledge, 2026-11-22.

use super::legal_form_words::WORDS;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Chinese, Japanese and Korean-Hanja legal forms with their class, longer ones before those that end them.
/// Simplified, as the normalizer sees them.
pub const CHINESE_FORMS: &[(&str, &str)] = &[
    ("股份有限责任公司", "joint_stock"),
    ("股份有限公司", "joint_stock"),
    ("有限责任公司", "limited"),
    ("无限责任公司", "company"),
    ("无限公司", "company"),
    ("有限公司", "limited"),
    ("股份公司", "joint_stock"),
    ("总公司", "company"),
    ("公司", "company"),
    ("有限合伙企业", "partnership"),
    ("普通合伙企业", "partnership"),
    ("特殊普通合伙", "partnership"),
    ("有限合伙", "partnership"),
    ("普通合伙", "partnership"),
    ("合伙企业", "partnership"),
    ("个人独资企业", "sole_proprietorship"),
    ("个人独资", "sole_proprietorship"),
    ("个体工商户", "sole_trader"),
    ("个体经营", "sole_trader"),
    ("个体户", "sole_trader"),
    ("农民专业合作社联合社", "cooperative"),
    ("农民专业合作社", "cooperative"),
    ("专业合作社", "cooperative"),
    ("股份合作社", "cooperative"),
    ("合作社", "cooperative"),
    ("股份合作制", "cooperative"),
    ("股份合作", "cooperative"),
    ("民办非企业单位", "nonprofit"),
    ("事业单位", "institution"),
    ("特定非营利活动法人", "nonprofit"),
    ("公益财团法人", "nonprofit"),
    ("公益社团法人", "nonprofit"),
    ("一般财团法人", "nonprofit"),
    ("一般社团法人", "nonprofit"),
    ("社会福祉法人", "nonprofit"),
    ("财团法人", "nonprofit"),
    ("社团法人", "nonprofit"),
    ("医疗法人", "nonprofit"),
    ("学校法人", "nonprofit"),
    ("株式会社", "joint_stock"),
    ("株式會社", "joint_stock"),
    ("有限会社", "limited"),
    ("合同会社", "limited"),
    ("合资会社", "partnership"),
    ("合名会社", "partnership"),
];

/// Forms that only count inside brackets: ㈱ and ㈲ write them so, a company may be called 株 or 有 otherwise.
pub const BRACKETED_FORMS: &[(&str, &str)] = &[
    ("株", "joint_stock"),
    ("有", "limited"),
    ("合", "limited"),
    ("个体", "sole_trader"),
    ("个人", "sole_trader"),
    ("个独", "sole_proprietorship"),
    ("有限", "limited"),
    ("股份", "joint_stock"),
];

/// Forms that stand in front of the name as often as behind it.
pub const FORMS_IN_FRONT: &[&str] = &[
    "株式会社",
    "株式會社",
    "有限会社",
    "合同会社",
    "合资会社",
    "合名会社",
    "特定非营利活动法人",
    "公益财团法人",
    "公益社团法人",
    "一般财团法人",
    "一般社团法人",
    "社会福祉法人",
    "财团法人",
    "社团法人",
    "医疗法人",
    "学校法人",
];

/// Kinds of organisation that are told by the end of the name and belong to it: 北京大学, 工人医院, 书画协会.
pub const KINDS: &[(&str, &str)] = &[
    ("大学", "institution"),
    ("学院", "institution"),
    ("学校", "institution"),
    ("中学", "institution"),
    ("小学", "institution"),
    ("职高", "institution"),
    ("技校", "institution"),
    ("幼儿园", "institution"),
    ("托儿所", "institution"),
    ("医院", "institution"),
    ("卫生院", "institution"),
    ("卫生所", "institution"),
    ("卫生室", "institution"),
    ("疾控中心", "institution"),
    ("服务中心", "institution"),
    ("研究院", "institution"),
    ("研究所", "institution"),
    ("科学院", "institution"),
    ("设计院", "institution"),
    ("图书馆", "institution"),
    ("博物馆", "institution"),
    ("文化馆", "institution"),
    ("福利院", "institution"),
    ("敬老院", "institution"),
    ("人民政府", "government"),
    ("街道办事处", "government"),
    ("村民委员会", "government"),
    ("居民委员会", "government"),
    ("村委会", "government"),
    ("居委会", "government"),
    ("管理委员会", "government"),
    ("管委会", "government"),
    ("委员会", "government"),
    ("人民法院", "government"),
    ("检察院", "government"),
    ("派出所", "government"),
    ("公安局", "government"),
    ("税务局", "government"),
    ("管理局", "government"),
    ("教育局", "government"),
    ("财政局", "government"),
    ("协会", "nonprofit"),
    ("学会", "nonprofit"),
    ("商会", "nonprofit"),
    ("基金会", "nonprofit"),
    ("联合会", "nonprofit"),
    ("促进会", "nonprofit"),
    ("研究会", "nonprofit"),
    ("工会", "nonprofit"),
    ("红十字会", "nonprofit"),
];

/// Korean and Thai legal forms, which stand at either end of the name without a blank, lower case.
pub const AFFIXES: &[(&str, &str)] = &[
    ("유한책임회사", "limited"),
    ("유한회사", "limited"),
    ("주식회사", "joint_stock"),
    ("합자회사", "partnership"),
    ("합명회사", "partnership"),
    ("사회복지법인", "nonprofit"),
    ("재단법인", "nonprofit"),
    ("사단법인", "nonprofit"),
    ("의료법인", "nonprofit"),
    ("학교법인", "nonprofit"),
    ("협동조합", "cooperative"),
    ("(주)", "joint_stock"),
    ("(유)", "limited"),
    ("(재)", "nonprofit"),
    ("(사)", "nonprofit"),
    ("จำกัด (มหาชน)", "joint_stock"),
    ("จำกัด(มหาชน)", "joint_stock"),
    ("ห้างหุ้นส่วนจำกัด", "partnership"),
    ("จำกัด", "limited"),
    ("บริษัท", ""),
    ("บมจ.", "joint_stock"),
    ("บจก.", "limited"),
    ("หจก.", "partnership"),
];

/// Legal forms in words of other scripts, lower case without dots. They stand at either end of the name.
pub const NATIVE_WORDS: &[(&str, &str)] = &[
    ("شمم", "limited"),
    ("ذمم", "limited"),
    ("شمع", "joint_stock"),
    ("شم", "joint_stock"),
    ("شركة", ""),
    ("شركت", ""),
    ("شرکت", ""),
    ("בעמ", "limited"),
    ("ооо", "limited"),
    ("тоо", "limited"),
    ("тов", "limited"),
    ("оао", "joint_stock"),
    ("зао", "joint_stock"),
    ("пао", "joint_stock"),
    ("нао", "joint_stock"),
    ("прат", "joint_stock"),
    ("ао", "joint_stock"),
    ("ат", "joint_stock"),
    ("еоод", "limited"),
    ("оод", "limited"),
    ("еад", "joint_stock"),
    ("ад", "joint_stock"),
    ("доо", "limited"),
    ("ип", "sole_trader"),
    ("чп", "sole_trader"),
    ("фоп", "sole_trader"),
    ("пп", "limited"),
    ("ано", "nonprofit"),
    ("нко", "nonprofit"),
    ("гуп", "company"),
    ("муп", "company"),
    ("фгуп", "company"),
    ("общество с ограниченной ответственностью", "limited"),
    ("товарищество с ограниченной ответственностью", "limited"),
    ("товариство з обмеженою відповідальністю", "limited"),
    ("публичное акционерное общество", "joint_stock"),
    ("открытое акционерное общество", "joint_stock"),
    ("закрытое акционерное общество", "joint_stock"),
    ("непубличное акционерное общество", "joint_stock"),
    ("акционерное общество", "joint_stock"),
    ("индивидуальный предприниматель", "sole_trader"),
    ("αε", "joint_stock"),
    ("επε", "limited"),
    ("μικε", "limited"),
    ("ικε", "limited"),
    ("οε", "partnership"),
    ("εε", "partnership"),
];

/// [`CHINESE_FORMS`] by their last characters.
pub static FORM_ENDINGS: LazyLock<Endings> = LazyLock::new(|| Endings::of(CHINESE_FORMS));

/// [`KINDS`] by their last characters.
pub static KIND_ENDINGS: LazyLock<Endings> = LazyLock::new(|| Endings::of(KINDS));

/// Words that end a name, with their class, by the last character.
pub struct Endings(FxHashMap<char, Vec<(&'static str, &'static str)>>);

impl Endings {
    fn of(words: &[(&'static str, &'static str)]) -> Self {
        let mut by_last: FxHashMap<char, Vec<_>> = FxHashMap::default();
        for (word, class) in words {
            by_last.entry(word.chars().next_back().unwrap_or_default()).or_default().push((*word, *class));
        }
        Self(by_last)
    }

    /// What stands before the first word of the table that ends the text, and its class; `None` where nothing does.
    pub fn split<'a>(&self, text: &'a str) -> Option<(&'a str, &'static str)> {
        let candidates = self.0.get(&text.chars().next_back()?)?;
        let found = candidates.iter().find_map(|(word, class)| Some((text.strip_suffix(word)?, *class)));
        found.filter(|(rest, _)| !rest.is_empty())
    }
}

/// The class of a legal form, given as its folded words joined; an empty class only marks a form.
pub fn class_of_words(joined: &str) -> Option<&'static str> {
    FORMS.get(joined).copied()
}

/// The most words that a legal form has.
pub const FORM_WORDS_MAX: usize = 9;

/// Folded words joined, to the class. `S. A.`, `S.A.` and `SA` are one.
static FORMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let latin = WORDS.iter().flat_map(|(class, forms)| forms.iter().map(move |form| (*form, *class)));
    latin.chain(NATIVE_WORDS.iter().copied()).map(|(form, class)| (form.replace(' ', ""), class)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_forms_come_before_those_that_end_them() {
        for (at, (form, _)) in CHINESE_FORMS.iter().enumerate() {
            let hidden = CHINESE_FORMS.iter().take(at).find(|(earlier, _)| form.ends_with(earlier));
            assert_eq!(hidden, None, "{form}");
        }
        for (_, forms) in WORDS {
            assert!(forms.iter().all(|form| form.split(' ').count() <= FORM_WORDS_MAX));
        }
    }

    #[test]
    fn every_word_has_one_class() {
        let count: usize = WORDS.iter().map(|(_, forms)| forms.len()).sum();
        assert_eq!(FORMS.len(), count + NATIVE_WORDS.len());
    }
}

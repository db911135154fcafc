//! Actions: what was done to a raw value on its way to the normal form. Raw is always kept, so every action can be checked.

use std::fmt;
use std::ops::Deref;

/// One kind of change. Each has a code, and a name in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Full-width letters, digits and punctuation became half-width.
    FullwidthToHalfwidth,
    /// Blanks and line breaks were trimmed, collapsed or removed.
    SpacesNormalized,
    /// Invisible, bidirectional and control characters were removed.
    InvisibleRemoved,
    /// Character references such as `&middot;` were decoded.
    EntitiesDecoded,
    /// Text read in a wrong encoding was decoded again, loss-free.
    MojibakeRepaired,
    /// The guard of a spreadsheet (`'`, `="…"`) was taken off.
    SpreadsheetGuardRemoved,
    /// Radicals, private-use and decomposed characters became the ordinary ones.
    CharactersUnified,
    /// Separators such as hyphens, dots and brackets were removed or unified.
    SeparatorsNormalized,
    /// Letter case was changed.
    CaseFolded,
    /// Traditional characters became simplified ones.
    TraditionalToSimplified,
    /// Chinese numerals became digits.
    NumeralsToDigits,
    /// A number mangled by a spreadsheet (`.0`, `E+10`, thousands separators) was restored, loss-free.
    NumberRestored,
    /// The country code was added or its spelling unified.
    CountryCodeAdded,
    /// A carrier-selection or international prefix was taken off.
    DialPrefixRemoved,
    /// A title, remark, label or number was split off.
    RemarkSplit,
    /// One field became several values.
    ValuesSplit,
    /// A calendar other than the Gregorian one was converted.
    CalendarConverted,
    /// A form no longer issued became today's (15 to 18 digits, an abolished region's name).
    HistoricUpdated,
    /// A shortened name or missing level was completed from a registry.
    Completed,
    /// The parts of a value were put in the usual order.
    Reordered,
    /// The value was cut at the limit for matching.
    Truncated,
}

impl Action {
    /// Every action, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::FullwidthToHalfwidth,
        Self::SpacesNormalized,
        Self::InvisibleRemoved,
        Self::EntitiesDecoded,
        Self::MojibakeRepaired,
        Self::SpreadsheetGuardRemoved,
        Self::CharactersUnified,
        Self::SeparatorsNormalized,
        Self::CaseFolded,
        Self::TraditionalToSimplified,
        Self::NumeralsToDigits,
        Self::NumberRestored,
        Self::CountryCodeAdded,
        Self::DialPrefixRemoved,
        Self::RemarkSplit,
        Self::ValuesSplit,
        Self::CalendarConverted,
        Self::HistoricUpdated,
        Self::Completed,
        Self::Reordered,
        Self::Truncated,
    ];

    /// The stable code used in files and answers.
    pub fn code(self) -> &'static str {
        self.entry().0
    }

    /// What was done, in simplified Chinese.
    pub fn name_zh(self) -> &'static str {
        self.entry().1
    }

    /// What was done, in English.
    pub fn name_en(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::FullwidthToHalfwidth => ("fullwidth_to_halfwidth", "全角转半角", "full width to half width"),
            Self::SpacesNormalized => ("spaces_normalized", "整理空白", "blanks trimmed or collapsed"),
            Self::InvisibleRemoved => ("invisible_removed", "删除不可见字符", "invisible characters removed"),
            Self::EntitiesDecoded => ("entities_decoded", "还原字符实体", "character references decoded"),
            Self::MojibakeRepaired => ("mojibake_repaired", "修复乱码", "wrong encoding repaired"),
            Self::SpreadsheetGuardRemoved => {
                ("spreadsheet_guard_removed", "去除电子表格前缀", "spreadsheet guard removed")
            }
            Self::CharactersUnified => ("characters_unified", "统一异形字符", "unusual code points unified"),
            Self::SeparatorsNormalized => ("separators_normalized", "统一分隔符", "separators removed or unified"),
            Self::CaseFolded => ("case_folded", "统一大小写", "letter case changed"),
            Self::TraditionalToSimplified => ("traditional_to_simplified", "繁体转简体", "traditional to simplified"),
            Self::NumeralsToDigits => ("numerals_to_digits", "中文数字转阿拉伯数字", "Chinese numerals to digits"),
            Self::NumberRestored => ("number_restored", "还原被电子表格改写的数字", "spreadsheet number restored"),
            Self::CountryCodeAdded => ("country_code_added", "补充国家代码", "country code added"),
            Self::DialPrefixRemoved => ("dial_prefix_removed", "去除拨号前缀", "dialling prefix removed"),
            Self::RemarkSplit => ("remark_split", "分离称谓或备注", "title or remark split off"),
            Self::ValuesSplit => ("values_split", "拆分为多个值", "split into several values"),
            Self::CalendarConverted => ("calendar_converted", "历法换算", "calendar converted"),
            Self::HistoricUpdated => ("historic_updated", "旧式写法更新", "historic form updated"),
            Self::Completed => ("completed", "补全名称或层级", "completed from a registry"),
            Self::Reordered => ("reordered", "调整顺序", "parts put in order"),
            Self::Truncated => ("truncated", "超长截断", "cut at the limit"),
        }
    }
}

/// What was done to one value, in the order done, each action once. Needs no memory of its own.
#[derive(Clone, Copy)]
pub struct Actions {
    done: [Action; Action::ALL.len()],
    count: u8,
}

impl Actions {
    /// Adds an action; a second time of the same is not repeated.
    pub fn add(&mut self, action: Action) {
        if self.contains(&action) {
            return;
        }
        if let Some(slot) = self.done.get_mut(usize::from(self.count)) {
            *slot = action;
            self.count += 1;
        }
    }
}

impl Default for Actions {
    fn default() -> Self {
        Self { done: [Action::FullwidthToHalfwidth; Action::ALL.len()], count: 0 }
    }
}

impl Deref for Actions {
    type Target = [Action];

    fn deref(&self) -> &[Action] {
        self.done.get(..usize::from(self.count)).unwrap_or_default()
    }
}

impl PartialEq for Actions {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Actions {}

impl fmt::Debug for Actions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Extend<Action> for Actions {
    fn extend<T: IntoIterator<Item = Action>>(&mut self, actions: T) {
        actions.into_iter().for_each(|action| self.add(action));
    }
}

impl FromIterator<Action> for Actions {
    fn from_iter<T: IntoIterator<Item = Action>>(actions: T) -> Self {
        let mut all = Self::default();
        all.extend(actions);
        all
    }
}

impl IntoIterator for Actions {
    type Item = Action;
    type IntoIter = std::iter::Take<std::array::IntoIter<Action, { Action::ALL.len() }>>;

    fn into_iter(self) -> Self::IntoIter {
        self.done.into_iter().take(usize::from(self.count))
    }
}

impl<'a> IntoIterator for &'a Actions {
    type Item = &'a Action;
    type IntoIter = std::slice::Iter<'a, Action>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique() {
        let codes: BTreeSet<_> = Action::ALL.iter().map(|action| action.code()).collect();
        assert_eq!(codes.len(), Action::ALL.len());
        assert!(codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
    }

    #[test]
    fn every_action_is_kept_once_and_in_order() {
        let mut actions: Actions = [Action::Truncated, Action::Reordered, Action::Truncated].into_iter().collect();
        assert_eq!(&*actions, [Action::Truncated, Action::Reordered]);
        actions.extend(Action::ALL.iter().copied());
        assert_eq!(actions.len(), Action::ALL.len());
        assert_eq!(actions.into_iter().nth(2), Some(Action::FullwidthToHalfwidth));
    }
}

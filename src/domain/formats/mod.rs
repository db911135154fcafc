//! Identifier formats, one file each. To add one: write the file, list it in [`ALL`], add `fixtures/formats/…toml`.

use super::finding::Checked;

pub mod check_digit;
pub mod cn;
pub mod division;

/// One identifier format: pure functions over text.
pub trait IdFormat: Sync {
    /// The stable code, `country.name` (`cn.resident_id`).
    fn code(&self) -> &'static str;
    /// Its name in simplified Chinese.
    fn name_zh(&self) -> &'static str;
    /// Its name in English.
    fn name_en(&self) -> &'static str;
    /// The standard or registry that it follows.
    fn source(&self) -> &'static str;
    /// A computed, fictitious example that is valid.
    fn example(&self) -> &'static str;
    /// Judges a value: verdict, normal form, findings, facts, suggestions. Never fails and never panics.
    fn check(&self, input: &str) -> Checked;
    /// The form used for comparing two values of this format: the normal form unless a format says otherwise.
    fn match_key(&self, normal: &str) -> String {
        normal.to_owned()
    }
    /// Whether a valid value is proved by a check digit.
    fn has_check_digit(&self) -> bool {
        false
    }
}

/// Every identifier format, in the order of the documentation.
pub const ALL: &[&dyn IdFormat] = &[
    &cn::resident_id::ResidentId,
    &cn::uscc::UnifiedSocialCreditCode,
    &cn::hk_macau_permit::HkMacauPermit,
    &cn::taiwan_permit::TaiwanPermit,
    &cn::passport::Passport,
    &cn::bank_card::BankCard,
    &cn::postcode::Postcode,
];

/// Finds a format by its code.
pub fn by_code(code: &str) -> Option<&'static dyn IdFormat> {
    let code = if code == "cn.ric" { "cn.resident_id" } else { code };
    ALL.iter().copied().find(|format| format.code() == code)
}

//! 纳税人识别号, taxpayer identification number of China.
//!
//! Structure: 15: 6 digits region, 9 characters organisation code (before 2015); 18: the unified social credit code, or
//! the resident identity number of a person; 17 and 20: a resident identity number of 15 or 18 characters with 2 digits
//! that count a person's businesses (from memory). Every check is that of the number inside.
//! Standard: Guoshuifa [1993] and [2015], GB 32100-2015, GB 11714-1997, GB 11643-1999.
//! Examples: 91110000600037341L, 110105600037341 (computed).

use super::business_registration::judge_region;
use super::resident_id::ResidentId;
use super::uscc::UnifiedSocialCreditCode;
use super::{compact, is_digits, is_masked, is_scientific, org_code};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{IdFormat, declared::Declared, part, shape};

/// 纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "cn.taxpayer_id",
    name_zh: "纳税人识别号",
    name_en: "Chinese taxpayer identification number",
    source: "State Taxation Administration; GB 32100-2015, GB 11714-1997, GB 11643-1999",
    example: "91110000600037341L",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    match text.chars().count() {
        18 => of_18(text),
        // A code that holds may contain three X in a row.
        15 if org_code::holds(text.get(6..).unwrap_or_default()) => of_organisation(text),
        _ if is_masked(&text) => Checked::suspect(text, Finding::of(Defect::Masked)),
        15 => of_15(text),
        17 | 20 => of_person_with_counter(text),
        _ => shape::wrong_length(text, "15/17/18/20"),
    }
}

fn of_18(text: String) -> Checked {
    let person = ResidentId.check(&text);
    let mut organisation = UnifiedSocialCreditCode.check(&text);
    // Codes of organisations begin with 91, 92 or 11, as some numbers of persons do: the check characters decide.
    let is_person = match (person.validity, organisation.validity) {
        (Validity::Invalid, Validity::Invalid) => person.facts.len() > 2 && organisation.has(Defect::UnknownComponent),
        (person, organisation) => person < organisation,
    };
    if is_person {
        return with_person(text, person);
    }
    if organisation.validity != Validity::Invalid {
        organisation.fact("uscc", text);
    }
    organisation
}

fn of_15(text: String) -> Checked {
    if is_digits(&text) {
        let person = ResidentId.check(&text);
        if person.validity != Validity::Invalid {
            let mut checked = with_person(text, person);
            let (zh, en) =
                ("是 15 位身份证号，还是组织机构代码有误", "a resident's number, or a wrong organisation code");
            checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
            return checked;
        }
    }
    if !part::has_shape(&text, "######*********") {
        return shape::wrong_alphabet(text);
    }
    let mut checked = shape::wrong_check_digit(text.clone());
    judge_region(&text, &mut checked);
    checked
}

/// Region and organisation code, whose check character has been found to fit.
fn of_organisation(text: String) -> Checked {
    if !part::has_shape(&text, "######*********") {
        return shape::wrong_alphabet(text);
    }
    let mut checked = Checked::valid(text.as_str());
    let (zh, en) = ("15 位旧税号", "the form of 15 characters");
    checked.note(Finding::with_detail(Defect::Historic, zh, en));
    judge_region(&text, &mut checked);
    checked.fact("org_code", text.get(6..).unwrap_or_default());
    checked
}

fn of_person_with_counter(text: String) -> Checked {
    let Some((at, _)) = text.char_indices().nth_back(1) else { return shape::wrong_shape(text) };
    let (number, counter) = text.split_at(at);
    if !is_digits(counter) {
        return shape::wrong_alphabet(text);
    }
    let mut person = ResidentId.check(number);
    for finding in &mut person.findings {
        // What the number inside should be is not what the whole should be.
        finding.suggestions.clear();
    }
    with_person(text.clone(), person)
}

/// The verdict on the resident's number inside, for the whole number.
fn with_person(text: String, mut person: Checked) -> Checked {
    if person.validity != Validity::Invalid {
        let number = std::mem::replace(&mut person.normal, text.into());
        person.fact("resident_id", number);
    } else {
        person.normal = text.into();
    }
    person
}

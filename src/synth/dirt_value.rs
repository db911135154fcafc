//! Phones and identity numbers as sources write them.

use super::channel::{Row, Scribe};
use super::contact::Phone;
use super::dirt::{IdError, IdForm, PhoneError, PhoneForm, PhoneOwner};
use super::documents::{DocumentKind, fifteen_digits};
use super::person::Person;
use super::spoil::{drop_digit, transpose_digits, widen, wrong_digit};

/// People born before this day (1980-01-01) may still have a number of 15 digits on file.
const FIFTEEN_DIGITS_BEFORE: i32 = 3652;

impl Scribe<'_> {
    /// Writes the phone.
    pub fn write_phone(&mut self, person: &Person, row: &mut Row) {
        let (phone, points) = self.choose_phone(person, row);
        let mut digits = String::with_capacity(24);
        let fixed_digits = push_digits(&mut digits, phone);
        row.evidence += points;
        if let Some(error) = self.errors.draw::<PhoneError>(row.source, &mut self.random)
            && self.apply_phone_error(error, &mut digits, fixed_digits)
        {
            self.errors.note(error, row.source);
            match error {
                PhoneError::WrongDigit | PhoneError::Transposed | PhoneError::DroppedDigit => {}
                PhoneError::Masked | PhoneError::Placeholder => {
                    row.evidence -= points;
                    row.phone.push_str(&digits);
                    return;
                }
            }
        }
        if let Some(form) = self.errors.draw::<PhoneForm>(row.source, &mut self.random)
            && self.push_phone_form(&mut row.phone, form, phone, &digits)
        {
            self.errors.note(form, row.source);
            return;
        }
        push_usual_form(&mut row.phone, phone, &digits);
    }

    /// The phone given, and how much it says about the person.
    fn choose_phone(&mut self, person: &Person, row: &Row) -> (Phone, u32) {
        let own = match person.spare_mobile {
            Some(spare) if self.random.chance(3500) => spare,
            Some(_) | None => person.mobile_at(row.time),
        };
        let Some(owner) = self.errors.draw::<PhoneOwner>(row.source, &mut self.random) else { return (own, 2) };
        let chosen = match owner {
            PhoneOwner::Landline => person.landline.map(|phone| (phone, 1)),
            PhoneOwner::Office => person.company.as_ref().map(|company| {
                let extension = if self.random.chance(6000) { person.extension } else { 0 };
                (with_extension(company.switchboard, extension), 1)
            }),
            PhoneOwner::Relative => person.relative_mobile.map(|phone| (phone, 1)),
            PhoneOwner::Former => {
                person.next_mobile.filter(|(_, since)| *since <= row.time).map(|_| (person.mobile, 2))
            }
        };
        match chosen {
            Some(chosen) => {
                self.errors.note(owner, row.source);
                chosen
            }
            None => (own, 2),
        }
    }

    fn apply_phone_error(&mut self, error: PhoneError, digits: &mut String, fixed: usize) -> bool {
        match error {
            PhoneError::WrongDigit => wrong_digit(digits, fixed, &mut self.random),
            PhoneError::Transposed => transpose_digits(digits, fixed, &mut self.random),
            PhoneError::DroppedDigit => drop_digit(digits, fixed, &mut self.random),
            PhoneError::Masked => {
                if digits.len() < 11 {
                    return false;
                }
                digits.replace_range(3..7, "****");
                true
            }
            PhoneError::Placeholder => {
                digits.clear();
                digits.push_str(self.random.pick(&[
                    "13800138000",
                    "13800138000",
                    "11111111111",
                    "00000000000",
                    "13888888888",
                    "12345678901",
                    "13000000000",
                ]));
                true
            }
        }
    }

    fn push_phone_form(&mut self, text: &mut String, form: PhoneForm, phone: Phone, digits: &str) -> bool {
        if let Phone::Abroad { code, .. } = phone {
            return self.push_abroad_form(text, form, code, digits);
        }
        let mobile = matches!(phone, Phone::Mobile(_));
        let head = match phone {
            Phone::Landline { area, .. } => area.len(),
            Phone::Mobile(_) | Phone::Abroad { .. } => 3,
        };
        let split = split_at(digits, head);
        match form {
            PhoneForm::Dashes if mobile => {
                let (middle, tail) = split_at(split.1, 4);
                push_all(text, &[split.0, "-", middle, "-", tail]);
            }
            PhoneForm::Spaces if mobile => {
                let (middle, tail) = split_at(split.1, 4);
                push_all(text, &[split.0, " ", middle, " ", tail]);
            }
            PhoneForm::PlusCode if mobile => {
                let joint = self.random.pick(&["+86", "+86 ", "+86-", "(+86)"]);
                push_all(text, &[joint, digits]);
            }
            PhoneForm::ZeroCode if mobile => push_all(text, &[self.random.pick(&["0086", "0086-"]), digits]),
            PhoneForm::BareCode if mobile => push_all(text, &["86", digits]),
            PhoneForm::PlusCode => push_all(text, &["+86", digits.strip_prefix('0').unwrap_or(digits)]),
            PhoneForm::Spaces => push_all(text, &[split.0, " ", split.1]),
            PhoneForm::Dashes => push_all(text, &["(", split.0, ")", split.1]),
            PhoneForm::ZeroCode | PhoneForm::BareCode => push_all(text, &[digits]),
            PhoneForm::Wide => push_all(text, &[&widen(digits)]),
            PhoneForm::Decimal => {
                if !mobile {
                    return false;
                }
                push_all(text, &[digits, ".0"]);
            }
            PhoneForm::LeadingMark => push_all(text, &[self.random.pick(&["'", " ", "　"]), digits]),
        }
        true
    }

    fn push_abroad_form(&mut self, text: &mut String, form: PhoneForm, code: u16, digits: &str) -> bool {
        let code = code.to_string();
        match form {
            PhoneForm::Dashes => push_all(text, &["+", &code, "-", digits]),
            PhoneForm::Spaces => {
                let (head, tail) = split_at(digits, digits.len().saturating_sub(4));
                push_all(text, &["+", &code, " ", head, " ", tail]);
            }
            PhoneForm::ZeroCode => push_all(text, &["00", &code, "-", digits]),
            PhoneForm::BareCode => push_all(text, &[&code, digits]),
            PhoneForm::Wide => push_all(text, &[&widen("+"), &widen(&code), &widen(digits)]),
            PhoneForm::PlusCode | PhoneForm::Decimal | PhoneForm::LeadingMark => return false,
        }
        true
    }

    /// Writes the identity number.
    pub fn write_id_number(&mut self, person: &Person, row: &mut Row) {
        row.id_number.push_str(&person.document.text);
        row.evidence += 2;
        let kind = person.document.kind;
        if let Some(error) = self.errors.draw::<IdError>(row.source, &mut self.random)
            && self.apply_id_error(error, kind, &mut row.id_number)
        {
            self.errors.note(error, row.source);
            return;
        }
        if let Some(form) = self.errors.draw::<IdForm>(row.source, &mut self.random)
            && self.apply_id_form(form, person, &mut row.id_number)
        {
            self.errors.note(form, row.source);
        }
    }

    fn apply_id_error(&mut self, error: IdError, kind: DocumentKind, text: &mut String) -> bool {
        let resident = kind == DocumentKind::ResidentId;
        // The first digits are a region people know by heart.
        let from = if resident { 4 } else { 1 };
        match error {
            IdError::WrongDigit => wrong_digit(text, from, &mut self.random),
            IdError::Transposed => transpose_digits(text, from, &mut self.random),
            IdError::DroppedDigit => drop_digit(text, from, &mut self.random),
            IdError::Masked => {
                if resident {
                    text.replace_range(6..14, "********");
                }
                resident
            }
            // Excel keeps fifteen digits of a number; an X makes the cell a text, which survives.
            IdError::ExcelTruncated => {
                let lossy = resident && !text.ends_with('X');
                if lossy {
                    text.replace_range(15..18, "000");
                }
                lossy
            }
        }
    }

    fn apply_id_form(&mut self, form: IdForm, person: &Person, text: &mut String) -> bool {
        let resident = person.document.kind == DocumentKind::ResidentId;
        match form {
            IdForm::LowerX => {
                let ends_in_x = resident && text.ends_with('X');
                if ends_in_x {
                    text.make_ascii_lowercase();
                }
                ends_in_x
            }
            IdForm::Spaced => {
                if resident {
                    text.insert(14, ' ');
                    text.insert(6, ' ');
                }
                resident
            }
            IdForm::Wide => {
                *text = widen(text);
                true
            }
            IdForm::RenewalCounter => {
                let permit = person.document.kind == DocumentKind::HongKongPermit;
                if permit {
                    text.push_str(self.random.pick(&["00", "01", "02"]));
                }
                permit
            }
            IdForm::FifteenDigits => match fifteen_digits(text) {
                Some(old) if resident && person.birth < FIFTEEN_DIGITS_BEFORE => {
                    *text = old;
                    true
                }
                Some(_) | None => false,
            },
        }
    }
}

fn with_extension(phone: Phone, extension: u16) -> Phone {
    match phone {
        Phone::Landline { area, number, .. } => Phone::Landline { area, number, extension },
        Phone::Mobile(_) | Phone::Abroad { .. } => phone,
    }
}

/// Appends the digits to be damaged, and tells how many of the first people never get wrong.
fn push_digits(digits: &mut String, phone: Phone) -> usize {
    match phone {
        Phone::Mobile(number) => {
            digits.push_str(&number.to_string());
            2
        }
        Phone::Landline { area, number, .. } => {
            digits.push_str(area);
            digits.push_str(&number.to_string());
            area.len()
        }
        Phone::Abroad { number, .. } => {
            digits.push_str(&number.to_string());
            1
        }
    }
}

fn push_usual_form(text: &mut String, phone: Phone, digits: &str) {
    match phone {
        Phone::Mobile(_) => text.push_str(digits),
        Phone::Landline { area, extension, .. } => {
            let local = digits.get(area.len()..).unwrap_or("");
            push_all(text, &[area, "-", local]);
            if extension > 0 {
                push_all(text, &["-", &extension.to_string()]);
            }
        }
        Phone::Abroad { code, .. } => push_all(text, &["+", &code.to_string(), digits]),
    }
}

fn split_at(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn push_all(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

//! Addresses and companies as sources write them.

use super::address::{AddressStyle, Division, House, Place};
use super::channel::{Row, Scribe};
use super::company::CompanyStyle;
use super::dirt::{
    AddressDivision, AddressError, AddressGap, AddressHouse, AddressLanguage, AddressNoise, AddressOwner, CompanyForm,
    CompanyLanguage,
};
use super::names::Culture;
use super::person::Person;
use super::spoil::{HanSlip, slip_han, widen, wrong_digit};
use super::street_tables::{ADDRESS_REMARKS, COMPANY_PLACEHOLDERS};

impl Scribe<'_> {
    /// Writes the address.
    pub fn write_address(&mut self, person: &Person, row: &mut Row) {
        let address = self.choose_address(person, row);
        row.evidence += 1;
        let foreigner = matches!(person.name.culture, Culture::Western | Culture::HongKong | Culture::Taiwan);
        if foreigner
            && !address.is_rural()
            && let Some(language) = self.errors.draw::<AddressLanguage>(row.source, &mut self.random)
        {
            address.push_english(&mut row.address, &self.tables.gazetteer, &self.tables.hanzi);
            self.errors.note(language, row.source);
            return;
        }
        let style = self.address_style(&address, row);
        address.push_chinese(&mut row.address, &self.tables.gazetteer, style);
        if let Some(error) = self.errors.draw::<AddressError>(row.source, &mut self.random)
            && self.apply_address_error(error, &mut row.address)
        {
            self.errors.note(error, row.source);
        }
        if let Some(noise) = self.errors.draw::<AddressNoise>(row.source, &mut self.random)
            && self.apply_address_noise(noise, address.place, &mut row.address)
        {
            self.errors.note(noise, row.source);
        }
    }

    fn choose_address(&mut self, person: &Person, row: &Row) -> super::address::Address {
        let current = person.home_at(row.time);
        let Some(owner) = self.errors.draw::<AddressOwner>(row.source, &mut self.random) else { return current };
        let chosen = match owner {
            AddressOwner::Former => person.next_home.filter(|(_, since)| *since <= row.time).map(|_| person.home),
            AddressOwner::Office => person.company.as_ref().map(|company| company.address),
        };
        if chosen.is_some() {
            self.errors.note(owner, row.source);
        }
        chosen.unwrap_or(current)
    }

    fn address_style(&mut self, address: &super::address::Address, row: &Row) -> AddressStyle {
        let mut style =
            AddressStyle { division: Division::Full, house: House::Plain, road: true, estate: true, room: true };
        if let Some(division) = self.errors.draw::<AddressDivision>(row.source, &mut self.random) {
            style.division = match division {
                AddressDivision::NoProvince => Division::NoProvince,
                AddressDivision::CountyOnly => Division::CountyOnly,
                AddressDivision::Short => Division::Short,
                AddressDivision::Nothing => Division::Nothing,
            };
            self.errors.note(division, row.source);
        }
        if let Some(house) = self.errors.draw::<AddressHouse>(row.source, &mut self.random) {
            style.house = match house {
                AddressHouse::Hash => House::Hash,
                AddressHouse::Dashes => House::Dashes,
                AddressHouse::HanNumerals => House::HanNumerals,
                AddressHouse::Zhuang => House::Zhuang,
                AddressHouse::Zuo => House::Zuo,
                AddressHouse::HaoLou => House::HaoLou,
            };
            self.errors.note(house, row.source);
        }
        if let Some(gap) = self.errors.draw::<AddressGap>(row.source, &mut self.random) {
            let possible = match gap {
                AddressGap::Estate | AddressGap::Road => address.has_estate(),
                AddressGap::Room => !address.is_rural(),
            };
            if possible {
                match gap {
                    AddressGap::Estate => style.estate = false,
                    AddressGap::Road => style.road = false,
                    AddressGap::Room => style.room = false,
                }
                self.errors.note(gap, row.source);
            }
        }
        style
    }

    fn apply_address_error(&mut self, error: AddressError, text: &mut String) -> bool {
        let (hanzi, random) = (&self.tables.hanzi, &mut self.random);
        match error {
            AddressError::LookAlike => slip_han(text, HanSlip::LookAlike, hanzi, random),
            AddressError::Homophone => slip_han(text, HanSlip::Homophone, hanzi, random),
            AddressError::WrongDigit => wrong_digit(text, 0, random),
        }
    }

    fn apply_address_noise(&mut self, noise: AddressNoise, place: Place, text: &mut String) -> bool {
        let hanzi = &self.tables.hanzi;
        match (noise, place) {
            (AddressNoise::Remark, _) => text.push_str(self.random.pick(&ADDRESS_REMARKS)),
            (AddressNoise::Postcode, Place::Mainland(county)) => {
                let city = self.tables.gazetteer.city_of(usize::from(county));
                let code = self.tables.gazetteer.county(usize::from(county)).code;
                text.insert_str(0, &format!("{}{:02} ", city.postal, code % 50));
            }
            (AddressNoise::Spaces, _) => {
                *text = text.replace('区', "区 ").replace('市', "市 ").replace('号', "号 ");
            }
            (AddressNoise::Wide, _) => *text = widen(text),
            (AddressNoise::Traditional, Place::Mainland(_)) => {
                *text = text.chars().map(|c| hanzi.traditional(c)).collect();
            }
            (AddressNoise::Simplified, Place::Overseas(_)) => {
                *text = text.chars().map(|c| hanzi.simplified(c)).collect();
            }
            (AddressNoise::Postcode | AddressNoise::Traditional, Place::Overseas(_))
            | (AddressNoise::Simplified, Place::Mainland(_)) => return false,
        }
        true
    }

    /// Writes the company; people without one leave it empty or write that they have none.
    pub fn write_company(&mut self, person: &Person, row: &mut Row) {
        let form = self.errors.draw::<CompanyForm>(row.source, &mut self.random);
        if form == Some(CompanyForm::Placeholder) {
            row.company.push_str(self.random.pick(&COMPANY_PLACEHOLDERS));
            self.errors.note(CompanyForm::Placeholder, row.source);
            return;
        }
        let Some(company) = &person.company else { return };
        let hanzi = &self.tables.hanzi;
        row.evidence += 1;
        if person.name.culture == Culture::Western
            && let Some(language) = self.errors.draw::<CompanyLanguage>(row.source, &mut self.random)
        {
            company.push_name(&mut row.company, hanzi, CompanyStyle::English);
            self.errors.note(language, row.source);
            return;
        }
        let (style, slip) = match form {
            None | Some(CompanyForm::Placeholder) => (CompanyStyle::Full, None),
            Some(CompanyForm::Short) => (CompanyStyle::Short, None),
            Some(CompanyForm::NoPlace) => (CompanyStyle::NoPlace, None),
            Some(CompanyForm::Bracketed) => (CompanyStyle::BracketedPlace, None),
            Some(CompanyForm::LookAlike) => (CompanyStyle::Full, Some(HanSlip::LookAlike)),
            Some(CompanyForm::Homophone) => (CompanyStyle::Full, Some(HanSlip::Homophone)),
        };
        company.push_name(&mut row.company, hanzi, style);
        let applied = slip.is_none_or(|slip| slip_han(&mut row.company, slip, hanzi, &mut self.random));
        if let Some(form) = form.filter(|_| applied) {
            self.errors.note(form, row.source);
        }
    }
}

//! Employers: a name in its parts, an office and a switchboard. Some employ many customers, most only one.

use super::address::{Address, Place, draw_address, short_division};
use super::contact::{Phone, landline};
use super::gazetteer::Gazetteer;
use super::hanzi::Hanzi;
use super::names::pairs;
use super::random::{Random, Weighted};
use super::romanize::capitalized;
use super::street_tables::{BRANDS, LEGAL_FORMS, TRADES};

/// An employer.
#[derive(Clone, Debug)]
pub struct Company {
    city: String,
    brand: String,
    trade: &'static str,
    trade_english: &'static str,
    legal_form: &'static str,
    /// The office.
    pub address: Address,
    /// The number all colleagues share.
    pub switchboard: Phone,
    /// Domain of its e-mail addresses.
    pub domain: String,
}

/// One way of writing a company's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanyStyle {
    /// 深圳恒泰科技有限公司
    Full,
    /// 恒泰科技有限公司
    NoPlace,
    /// 恒泰科技
    Short,
    /// 恒泰科技（深圳）有限公司
    BracketedPlace,
    /// Hengtai Technology Co., Ltd.
    English,
}

/// Makes companies.
pub struct Trades {
    brands: Vec<char>,
    brand_weights: Weighted,
    trades: Vec<(&'static str, &'static str)>,
    legal_weights: Weighted,
}

impl Trades {
    /// Reads the tables.
    pub fn new() -> Self {
        let brands: Vec<char> = BRANDS.chars().collect();
        Self {
            brand_weights: Weighted::ranked(brands.len(), 25),
            brands,
            trades: pairs(TRADES),
            legal_weights: Weighted::new(LEGAL_FORMS.iter().map(|(_, share)| *share)),
        }
    }

    /// A company in a mainland county.
    pub fn company(&self, gazetteer: &Gazetteer, hanzi: &Hanzi, county: usize, random: &mut Random) -> Company {
        let length = if random.chance(7000) { 2 } else { 3 };
        let brand: String = (0..length).map(|_| self.brands[self.brand_weights.draw(random)]).collect();
        let (trade, trade_english) = random.pick(&self.trades);
        let city = gazetteer.city_of(county);
        let ending = random.pick(&[".com", ".com", ".com.cn", ".cn", ".net"]);
        let domain = format!("{}{}{ending}", hanzi.pinyin(&brand), initial_letters(hanzi, trade));
        Company {
            city: short_division(city.name).to_owned(),
            brand,
            trade,
            trade_english,
            legal_form: LEGAL_FORMS[self.legal_weights.draw(random)].0,
            address: draw_address(gazetteer, Place::Mainland(county as u16), random),
            switchboard: landline(city, random),
            domain,
        }
    }
}

fn initial_letters(hanzi: &Hanzi, text: &str) -> String {
    text.chars().take(3).filter_map(|c| hanzi.syllable(c)?.chars().next()).collect()
}

impl Company {
    /// Appends the name.
    pub fn push_name(&self, output: &mut String, hanzi: &Hanzi, style: CompanyStyle) {
        match style {
            CompanyStyle::Full => self.push_parts(output, &[&self.city, &self.brand, self.trade, self.legal_form]),
            CompanyStyle::NoPlace => self.push_parts(output, &[&self.brand, self.trade, self.legal_form]),
            CompanyStyle::Short => self.push_parts(output, &[&self.brand, self.trade]),
            CompanyStyle::BracketedPlace => {
                self.push_parts(output, &[&self.brand, self.trade, "（", &self.city, "）", self.legal_form]);
            }
            CompanyStyle::English => {
                let brand = capitalized(&hanzi.pinyin(&self.brand));
                let trade = self.trade_english.replace('_', " ");
                self.push_parts(output, &[&brand, " ", &trade, " Co., Ltd."]);
            }
        }
    }

    fn push_parts(&self, output: &mut String, parts: &[&str]) {
        for part in parts {
            output.push_str(part);
        }
    }
}

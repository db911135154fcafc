//! The error model: every kind of dirt with its rate in each source. Kinds that exclude one another share a
//! slot, of which at most one happens to a field. The table of docs/SYNTH.md is this table; a test holds it.

use super::random::Random;
use super::source::{SOURCE_COUNT, Source};

/// One kind of dirt and its rates in 1/10,000 of the fields it can happen to, by source.
pub struct DirtKind<K> {
    /// The kind.
    pub kind: K,
    /// Rates for crm, web, wechat, call centre and store.
    pub rates: [u32; SOURCE_COUNT],
    /// Name in the documentation.
    #[cfg(test)]
    pub label: &'static str,
    /// An example for the documentation.
    #[cfg(test)]
    pub example: &'static str,
}

/// A slot: kinds of dirt of which at most one happens.
pub trait Slot: Copy + PartialEq + 'static {
    /// Its kinds.
    const TABLE: &'static [DirtKind<Self>];
    /// Sum of the rates, by source.
    const TOTALS: [u32; SOURCE_COUNT] = totals(Self::TABLE);
}

const fn totals<K>(table: &[DirtKind<K>]) -> [u32; SOURCE_COUNT] {
    let mut sums = [0; SOURCE_COUNT];
    let mut row = 0;
    while row < table.len() {
        let mut source = 0;
        while source < SOURCE_COUNT {
            sums[source] += table[row].rates[source];
            source += 1;
        }
        row += 1;
    }
    sums
}

macro_rules! slots {
    ($($(#[$doc:meta])* $slot:ident { $($kind:ident $label:literal [$($rate:literal),*] $example:literal;)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, Debug)]
            pub enum $slot { $(#[doc = $example] $kind,)* }

            impl Slot for $slot {
                const TABLE: &'static [DirtKind<Self>] = &[$(DirtKind {
                    kind: $slot::$kind,
                    rates: [$($rate),*],
                    #[cfg(test)]
                    label: $label,
                    #[cfg(test)]
                    example: $example,
                },)*];
            }
        )*

        /// Every kind as (slot, label, rates, example).
        #[cfg(test)]
        pub fn all_kinds() -> Vec<(&'static str, &'static str, [u32; SOURCE_COUNT], &'static str)> {
            let mut rows = Vec::new();
            $(rows.extend($slot::TABLE.iter().map(|row| (stringify!($slot), row.label, row.rates, row.example)));)*
            rows
        }
    };
}

slots! {
    /// The name written as something else.
    NameForm {
        PinyinSpaced    "name_pinyin"           [ 40,  220,  260,   10,   10] "Zhang Wei";
        PinyinUpper     "name_pinyin_upper"     [ 40,  120,   60,   20,   40] "ZHANG WEI";
        PinyinReversed  "name_pinyin_reversed"  [ 10,  110,   50,   10,   10] "Wei Zhang";
        PinyinJoined    "name_pinyin_joined"    [ 10,   90,  130,    0,    0] "zhangwei";
        EnglishBeside   "name_english_beside"   [900, 1200, 1200,  400,  200] "张伟 David, of those who have an English name";
        CommaOrder      "name_comma_order"      [500,  100,   50,  200,  600] "Smith, James, of western names";
        Initial         "name_initial"          [300,  200,  150,  300,  500] "J. Smith, of western names";
        Masked          "name_masked"           [ 30,  250,   60,   20,   20] "张*";
        SurnameTitle    "name_surname_title"    [ 60,   60,   80,  500,  600] "张先生";
        Nickname        "name_nickname"         [  0,   40, 2200,    0,   20] "一米阳光";
        Placeholder     "name_placeholder"      [ 50,   80,   60,   80,  180] "未知";
    }
    /// The script of the name.
    NameScript {
        Traditional     "name_traditional"      [120,  150,  130,   30,   60] "張偉, of mainland names";
        Simplified      "name_simplified"       [6000, 1000,  500, 9000, 8000] "陈大文, of names from Hong Kong and Taiwan";
    }
    /// One character or letter wrong.
    NameCharacter {
        Homophone       "name_homophone"        [ 80,   60,   70,  900,  200] "张玮";
        NearSound       "name_near_sound"       [ 20,   20,   20,  400,   50] "臧伟";
        LookAlike       "name_look_alike"       [150,   30,   30,   80,  650] "张纬";
        Typo            "name_typo"             [ 80,  140,  120,  110,  160] "张伟伟, Jmaes Smith";
    }
    /// Something around the name.
    NameDecoration {
        Title           "name_title"            [100,   20,   30,  250,  600] "张伟先生";
        Remark          "name_remark"           [450,   10,  120,   80,   40] "张伟(采购)";
        InnerSpace      "name_inner_space"      [150,   50,   50,   20,  150] "张 伟";
        WideSpace       "name_wide_space"       [100,   30,   50,   10,   60] "张　伟";
        TrailingMark    "name_trailing_mark"    [ 90,   40,   40,   20,   60] "张伟2";
    }
    /// The sex.
    GenderError {
        WrongSex        "gender_wrong"          [ 70,   70,  150,  120,  100] "女 for 男";
        UnknownSex      "gender_unknown"        [150,  100,  500,  100,  100] "未知";
    }
    /// The birth date is not the right one.
    BirthError {
        DefaultDate     "date_default"          [200,  300,  700,   80,  150] "1990-01-01";
        Partial         "date_partial"          [ 60,   20,   60,  250,  250] "1985-03";
        DayMonthSwapped "date_day_month"        [  0,  250,    0,    0,    0] "1985-12-03 for 1985-03-12";
        WrongDigit      "date_digit"            [ 80,  100,   60,  250,  250] "1985-03-17";
        Lunar           "date_lunar"            [2000, 2000, 4000, 6000, 6000] "1985-01-21, of people who keep the lunar birthday";
    }
    /// The birth date is written in another form than 1985-03-12.
    BirthForm {
        Slashes         "date_slashes"          [400, 1200,  100, 4500,  900] "1985/3/12";
        Compact         "date_compact"          [700,  300, 3500,  500,  600] "19850312";
        Chinese         "date_chinese"          [300,  100,  200,  400, 3500] "1985年3月12日";
        HanDigits       "date_han_digits"       [ 20,   10,   20,   20,  150] "一九八五年三月十二日";
        Wide            "date_full_width"       [120,   20,   40,   10,   40] "１９８５－０３－１２";
        ExcelSerial     "date_excel_serial"     [150,   20,    0,   20,   80] "31118";
        Dots            "date_dots"             [200,   60,   60,  100,  500] "1985.3.12";
        DayFirst        "date_day_first"        [  0,  700,    0,    0,    0] "12/03/1985, of westerners";
    }
    /// Whose phone it is.
    PhoneOwner {
        Landline        "phone_landline"        [900,  200,   40, 1200,  700] "010-65529988, of people who have one";
        Office          "phone_office"          [1300, 120,    0,  500,   80] "0755-26888888-801, of employees";
        Relative        "phone_relative"        [800,  900,  300, 2500, 2500] "the child's or spouse's mobile, of people who have such help";
        Former          "phone_former"          [3000, 800,  500, 1000,  800] "the number given up before, of people who changed it";
    }
    /// The phone number is not the right one.
    PhoneError {
        WrongDigit      "phone_digit"           [ 70,   60,   50,  230,  260] "13800138001";
        Transposed      "phone_transposed"      [ 40,   40,   20,  130,  110] "13801038000";
        DroppedDigit    "phone_dropped_digit"   [ 30,   30,   20,   70,   70] "1380013800";
        Masked          "phone_masked"          [ 20,  250,   60,   20,   60] "138****8000";
        Placeholder     "phone_placeholder"     [ 70,   60,   50,   50,  150] "13800138000, 11111111111, 00000000000";
    }
    /// The phone number is written in another form than 13800138000.
    PhoneForm {
        Dashes          "phone_dashes"          [500,  200,  200, 1100,  500] "138-0013-8000";
        Spaces          "phone_spaces"          [400,  700,  500,  400,  400] "138 0013 8000";
        PlusCode        "phone_plus_code"       [600,  600, 1600,  100,  100] "+86 13800138000";
        ZeroCode        "phone_zero_code"       [120,   60,   60,   60,   20] "008613800138000";
        BareCode        "phone_bare_code"       [ 60,  100,  300,   40,   20] "8613800138000";
        Wide            "phone_full_width"      [250,   30,   60,   10,   50] "１３８００１３８０００";
        Decimal         "phone_decimal"         [150,   10,    0,   50,   80] "13800138000.0";
        LeadingMark     "phone_leading_mark"    [100,   80,   30,   30,   60] "'13800138000";
    }
    /// The identity number is not the right one.
    IdError {
        WrongDigit      "id_digit"              [120,  120,  120,  400,  450] "110105194912310020";
        Transposed      "id_transposed"         [ 80,   80,   60,  250,  150] "110105194912310200";
        Masked          "id_masked"             [100,  800,  500,  100,  150] "110105********002X";
        ExcelTruncated  "id_excel_truncated"    [250,   30,    0,   80,  250] "110105194912310000";
        DroppedDigit    "id_dropped_digit"      [ 40,   40,   40,  120,  100] "11010519491231002";
    }
    /// The identity number is written in another form.
    IdForm {
        LowerX          "id_lower_x"            [1500, 3500, 3500, 2500, 2500] "11010519491231002x, of numbers that end in X";
        Spaced          "id_spaced"             [200,  100,   60,  150,  250] "110105 19491231 002X";
        Wide            "id_full_width"         [180,   20,   20,   10,   40] "１１０１０５…";
        RenewalCounter  "id_renewal_counter"    [1500, 1500, 1500, 1000, 1000] "H1234567801, of permits from Hong Kong and Macau";
        FifteenDigits   "id_fifteen"            [900,    0,    0,    0,  100] "110105491231002, of people born before 1980";
    }
    /// The e-mail address.
    EmailError {
        DomainTypo      "email_domain_typo"     [100,  180,  150,  400,  450] "@gmial.com, @163.con";
        LocalTypo       "email_local_typo"      [ 80,   90,   80,  500,  500] "zhangwie1985@163.com";
        UpperCase       "email_upper"           [200,  150,   50,   80,  250] "ZHANGWEI1985@163.COM";
        Wide            "email_full_width"      [ 60,   30,   30,   10,   40] "zhangwei1985＠163．com";
        Placeholder     "email_placeholder"     [120,   80,   50,   60,   80] "test@test.com";
    }
    /// Which address it is.
    AddressOwner {
        Former          "address_former"        [3500, 700,  700,  700,  700] "the old address, of people who moved";
        Office          "address_office"        [1000, 2000, 400, 400, 200] "the office, of employees";
    }
    /// How the province, the city and the county are written.
    AddressDivision {
        NoProvince      "address_no_province"   [1500, 500,  900, 1900, 1800] "深圳市南山区…";
        CountyOnly      "address_county_only"   [300,   80,  300,  700,  900] "南山区…";
        Short           "address_short"         [300,  150,  300,  700,  500] "广东深圳南山区…";
        Nothing         "address_no_division"   [ 60,   20,   60,  200,  300] "科苑路15号…";
    }
    /// The language of the address.
    AddressLanguage {
        English         "address_english"       [1500, 5500, 2500, 300, 300] "Room 1201, Unit 2, …, Shenzhen, of westerners and people of Hong Kong and Taiwan";
    }
    /// How the house is written.
    AddressHouse {
        Hash            "address_hash"          [300,  150,  300,  300,  900] "15#3栋2单元1201";
        Dashes          "address_dashes"        [900,  900, 1200, 1200, 1500] "15号3-2-1201";
        HanNumerals     "address_han_numerals"  [ 60,   30,   30,  150,  200] "十五号三栋二单元1201室";
        Zhuang          "address_zhuang"        [900,  700,  500,  400,  400] "15号3幢2单元1201";
        Zuo             "address_zuo"           [400,  500,  400,  300,  300] "15号3座2单元1201室";
        HaoLou          "address_haolou"        [600,  700,  500,  500,  400] "15号3号楼2单元1201";
    }
    /// A part of the address is missing.
    AddressGap {
        Estate          "address_no_estate"     [1500, 700, 1200, 1800, 2000] "without the housing estate";
        Room            "address_no_room"       [500,  100,  400,  900, 1200] "without building and room";
        Road            "address_no_road"       [250,  300,  400,  400,  500] "without the road";
    }
    /// The address has something in it that does not belong there, or another script.
    AddressNoise {
        Remark          "address_remark"        [ 60,  600,   80,  120,   60] "（菜鸟驿站）";
        Postcode        "address_postcode"      [250,  100,   20,   60,   40] "518000 广东省…";
        Spaces          "address_spaces"        [120,  200,  120,   40,  120] "blanks between the parts";
        Wide            "address_full_width"    [120,   40,   50,   10,   30] "１５号";
        Traditional     "address_traditional"   [ 40,   60,   60,   10,   30] "廣東省深圳市…";
        Simplified      "address_simplified"    [6000, 1500, 1000, 9000, 8000] "香港九龙…, of addresses in Hong Kong and Taiwan";
    }
    /// One character of the address is wrong.
    AddressError {
        LookAlike       "address_look_alike"    [ 80,   30,   30,   40,  600] "解放路 read as 触放路";
        Homophone       "address_homophone"     [ 40,   40,   40,  600,   80] "和平路 heard as 禾平路";
        WrongDigit      "address_digit"         [ 80,   60,   60,  250,  250] "1202室 for 1201室";
    }
    /// How the company is written.
    CompanyForm {
        Short           "company_short"         [1500, 1500, 3500, 3500, 3000] "恒泰科技";
        NoPlace         "company_no_place"      [900,  600,  800, 1000,  800] "恒泰科技有限公司";
        Bracketed       "company_bracketed"     [500,  300,  200,  100,  200] "恒泰科技（深圳）有限公司";
        LookAlike       "company_look_alike"    [ 80,   30,   30,   60,  400] "恒秦科技有限公司";
        Homophone       "company_homophone"     [ 30,   30,   30,  600,   60] "横泰科技有限公司";
        Placeholder     "company_placeholder"   [400,  200,  100,  100,  100] "无, 个人, 退休";
    }
    /// The language of the company.
    CompanyLanguage {
        English         "company_english"       [800, 1500, 600, 50, 50] "Hengtai Technology Co., Ltd., of westerners";
    }
    /// A missing value is written as a word.
    MissingWord {
        Word            "missing_word"          [250,   80,   20,  100,  150] "无, -, N/A, null";
    }
}

/// Draws kinds of dirt, and counts in tests what came of them.
pub struct ErrorModel {
    difficulty_percent: u32,
    #[cfg(test)]
    counts: std::collections::BTreeMap<&'static str, [u64; SOURCE_COUNT]>,
}

impl ErrorModel {
    /// A model with all rates scaled.
    pub fn new(difficulty_percent: u32) -> Self {
        Self {
            difficulty_percent,
            #[cfg(test)]
            counts: std::collections::BTreeMap::new(),
        }
    }

    /// The kind that happens to a field of a record, if any. However great the difficulty, at least one field
    /// in twenty stays without.
    pub fn draw<S: Slot>(&self, source: Source, random: &mut Random) -> Option<S> {
        let source = source.index();
        let percent = u64::from(self.difficulty_percent);
        let total = u64::from(S::TOTALS[source]) * percent / 100;
        let limit = (total + total / 19).max(10_000);
        let roll = u64::from(random.below(u32::try_from(limit).unwrap_or(u32::MAX)));
        if roll >= total {
            return None;
        }
        let target = roll * 100 / percent;
        let mut sum = 0;
        S::TABLE.iter().find_map(|row| {
            sum += u64::from(row.rates[source]);
            (target < sum).then_some(row.kind)
        })
    }

    /// Notes that a kind happened.
    #[cfg(not(test))]
    pub fn note<S: Slot>(&mut self, _kind: S, _source: Source) {}

    /// Notes that a kind happened.
    #[cfg(test)]
    pub fn note<S: Slot>(&mut self, kind: S, source: Source) {
        if let Some(row) = S::TABLE.iter().find(|row| row.kind == kind) {
            self.counts.entry(row.label).or_default()[source.index()] += 1;
        }
    }

    /// How often each kind happened, by source.
    #[cfg(test)]
    pub fn counts(&self) -> &std::collections::BTreeMap<&'static str, [u64; SOURCE_COUNT]> {
        &self.counts
    }
}

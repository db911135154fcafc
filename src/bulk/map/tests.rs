//! Drafts of whole files, and of single columns by the cases of a table.

use super::*;
use crate::bulk::reader::csv;

fn drafted(text: &str) -> Draft {
    let path = Path::new("crm.csv");
    draft(path, &csv::read(path, text.as_bytes().to_vec()).unwrap(), None).unwrap()
}

fn kinds(draft: &Draft) -> Vec<&str> {
    draft.columns.iter().map(|(_, guess)| guess.as_ref().map_or("", |guess| guess.kind.code())).collect()
}

#[test]
fn content_decides_where_headers_say_nothing_or_the_wrong_thing() {
    let draft = drafted(
        "a,b,c,电话,备注\n1,张伟,13912340007,a@example.com,x\n2,李娜,13800138000,b@example.com,\n3,王芳,13700137000,c@example.com,\n",
    );
    assert_eq!(kinds(&draft), ["", "person_name", "phone", "email", ""]);
    assert!(draft.text.contains("record_id = \"a\"") && draft.text.contains("name = \"crm\""), "{}", draft.text);
    assert!(draft.text.contains("139****0007") && !draft.text.contains("13912340007"), "{}", draft.text);
    assert!(draft.text.contains("although the header says phone"), "{}", draft.text);
}

#[test]
fn columns_of_one_kind_get_labels_and_parts_stay_together() {
    let draft = drafted("id,手机,备用手机,手机2,first_name,surname,city,postcode\n1,1,2,3,a,b,c,2000\n");
    let labels: Vec<&str> = draft.columns.iter().flat_map(|(_, guess)| guess).map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["", "备用", "2", "", "", "", ""]);
    assert_eq!(draft.columns[7].1.as_ref().unwrap().part, Part::PostalCode);
}

#[test]
fn without_an_identifier_the_draft_says_so_and_odd_headers_still_load() {
    let draft = drafted("\"a\"\"b\\\",姓名,\n1,张伟,\n1,李娜,\n");
    assert_eq!(draft.warnings.len(), 1);
    assert!(draft.text.contains("# CHECK: no column is filled"), "{}", draft.text);
    assert!(sources::parse("t", &draft.text).is_ok());
}

/// What a column is in a draft: kind[/part][:format or label], a role, or `-`.
fn seen(draft: &Draft, header: &str) -> String {
    for role in ["record_id", "observed_time", "owner"] {
        if draft.text.lines().any(|line| line == format!("{role} = {}", toml::Value::String(header.to_owned()))) {
            return role.to_owned();
        }
    }
    if draft.text.contains(&format!("source = {{ column = {} }}", toml::Value::String(header.to_owned()))) {
        return "source".to_owned();
    }
    let (_, guess) = draft.columns.iter().find(|(name, _)| name == header).unwrap();
    let Some(guess) = guess else { return "-".to_owned() };
    let part = if guess.part == Part::Full { String::new() } else { format!("/{}", guess.part.code()) };
    let extra = if guess.format.is_empty() { guess.label.as_str() } else { guess.format };
    let extra = if extra.is_empty() { String::new() } else { format!(":{extra}") };
    format!("{}{part}{extra}", guess.kind.code())
}

/// A file of an id, the column, and e-mail addresses (telephone numbers beside a column of e-mail addresses).
fn file_of(header: &str, values: &str) -> String {
    let values: Vec<&str> = values.split(';').collect();
    let is_email = values[0].contains('@');
    let mut text = format!("rowid,\"{header}\",{}\n", if is_email { "phone" } else { "email" });
    for (row, value) in values.iter().enumerate() {
        let other = if is_email { format!("1391234{:04}", 5000 + row) } else { format!("row{row}@example.com") };
        text.push_str(&format!("{},\"{value}\",{other}\n", row + 1));
    }
    text
}

#[test]
fn columns_are_taken_for_what_they_are() {
    let cases = include_str!("../../../fixtures/map/columns.tsv");
    let mut faults = Vec::new();
    let mut count = 0;
    for case in cases.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<&str> = case.split('\t').collect();
        let draft = drafted(&file_of(fields[0], fields[1]));
        let found = seen(&draft, fields[0]);
        count += 1;
        if found != fields[2] {
            faults.push(format!("{}: {found}, wanted {}", fields[0], fields[2]));
        }
    }
    assert!(count >= 100 && faults.is_empty(), "{} of {count} wrong:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_telephone_number_amount_or_day_identifies_a_row() {
    for (text, wanted) in [
        ("收货人,收货人手机,付款金额\n张伟,13912346578,12.50\n李娜,13912346579,99\n", None),
        ("会员姓名,手机号,注册时间,累计消费\n张伟,13912346578,2024-01-02,12\n李娜,13912346579,2024-01-03,99\n", None),
        (
            "姓名,累计消费,openid\n张伟,12,oABCDEFGHIJKLMNOPQRSTUVWXYZ1\n李娜,99,oABCDEFGHIJKLMNOPQRSTUVWXYZ2\n",
            Some("openid"),
        ),
        ("姓名,手机号,订单号\n张伟,13912346578,A-77\n李娜,13912346579,A-12\n", Some("订单号")),
        ("手机号,会员卡号,姓名\n13912346578,80017,张伟\n13912346579,80055,李娜\n", Some("会员卡号")),
        ("订单号,客户编号,姓名\n9,K7,张伟\n8,K8,李娜\n", Some("客户编号")),
        ("姓名,备注,邮箱\n张伟,1001,a@example.org\n李娜,1002,b@example.org\n", None),
    ] {
        let draft = drafted(text);
        assert_eq!(draft.warnings.len(), usize::from(wanted.is_none()), "{}", draft.text);
        match wanted {
            Some(header) => {
                assert!(draft.text.contains(&format!("\nrecord_id = \"{header}\"")), "{}", draft.text)
            }
            None => {
                assert!(
                    !draft.text.contains("\nrecord_id") && draft.text.contains("\n# record_id = \"…\""),
                    "{}",
                    draft.text
                );
                assert!(
                    draft.text.contains("# CHECK: no column") && draft.text.contains("row numbers"),
                    "{}",
                    draft.text
                );
                assert!(sources::parse("t", &draft.text).is_ok());
            }
        }
    }
}

#[test]
fn a_record_id_that_the_header_does_not_say_is_to_be_checked() {
    let draft = drafted("x,姓名\n1001,张伟\n1002,李娜\n");
    assert!(draft.text.contains("# CHECK: record_id = \"x\" is a guess"), "{}", draft.text);
    let draft = drafted("姓名,车牌号\n张伟,浙A12345\n李娜,浙A12346\n");
    assert!(draft.text.contains("# CHECK: record_id = \"车牌号\" is a guess"), "{}", draft.text);
    // The account is a record id and evidence as well.
    let draft = drafted("姓名,openid\n张伟,oABCDEFGHIJKLMNOPQRSTUVWXYZ1\n李娜,oABCDEFGHIJKLMNOPQRSTUVWXYZ2\n");
    assert!(
        draft.text.contains("record_id = \"openid\"") && draft.text.contains("kind = \"social_id\""),
        "{}",
        draft.text
    );
    let draft = drafted("会员号,姓名\n13912346578,张伟\n13912346579,李娜\n");
    assert!(draft.text.contains("# CHECK: record_id = \"会员号\" by its header, but"), "{}", draft.text);
}

#[test]
fn only_one_column_becomes_the_name_by_its_content() {
    let draft = drafted("id,c1,c2,手机号\n1,张伟,李娜,13912346578\n2,王芳,李娜,13912346579\n3,赵敏,周杰,13912346571\n");
    assert_eq!(kinds(&draft), ["", "person_name", "", "phone"]);
    let draft = drafted("id,美容师甲,姓名\n1,张伟,李娜\n2,王芳,周杰\n");
    assert_eq!(kinds(&draft), ["", "", "person_name"]);
    // Staff of a shop: names, but few of them.
    let rows: String =
        (0..40).map(|n| format!("{n},{},1391234{:04}\n", ["张伟", "李娜", "王芳"][n % 3], 5000 + n)).collect();
    assert_eq!(kinds(&drafted(&format!("id,c1,手机号\n{rows}"))), ["", "", "phone"]);
}

#[test]
fn a_contact_is_the_customer_of_a_company_and_another_person_beside_a_person() {
    let rows = "13912346578,李娜,13912346579\n";
    let draft = drafted(&format!("id,患者姓名,手机,联系人,联系人电话\n1,张伟,{rows}2,王芳,{rows}"));
    assert_eq!(kinds(&draft), ["", "person_name", "phone", "", ""]);
    let draft = drafted(&format!("id,企业名称,电话,联系人,联系人电话\n1,光盛有限公司,{rows}2,远大有限公司,{rows}"));
    assert_eq!(kinds(&draft), ["", "org_name", "phone", "person_name", "phone"]);
    let draft = drafted("id,姓名,联系人电话\n1,张伟,13912346578\n");
    assert_eq!(kinds(&draft), ["", "person_name", "phone"]);
}

#[test]
fn parts_of_one_address_stay_together() {
    let draft = drafted(
        "订单编号,收货人姓名,收货人手机号,收货省份,收货城市,收货区县,收货地址,买家留言,实付金额\n\
         A1,张伟,13912346578,浙江省,杭州市,西湖区,文三路100号,无,9.9\n\
         A2,李娜,13912346579,江苏省,南京市,鼓楼区,中山路1号,快,19.9\n",
    );
    assert_eq!(kinds(&draft), ["", "person_name", "phone", "address", "address", "address", "address", "", ""]);
    assert!(draft.columns.iter().filter_map(|(_, guess)| guess.as_ref()).all(|guess| guess.label.is_empty()));
    let parts: Vec<Part> = draft.columns.iter().filter_map(|(_, guess)| Some(guess.as_ref()?.part)).collect();
    assert_eq!(parts, [Part::Full, Part::Full, Part::Region, Part::City, Part::District, Part::Full]);
    assert!(draft.text.contains("record_id = \"订单编号\"") && draft.warnings.is_empty(), "{}", draft.text);
}

#[test]
fn a_name_beside_its_other_part_is_a_part() {
    let parts = |text: &str| -> Vec<Part> {
        drafted(text).columns.iter().filter_map(|(_, guess)| Some(guess.as_ref()?.part)).collect()
    };
    assert_eq!(parts("id,Nom,Prénom\n1,Martin,Marie\n2,Petit,Jean\n"), [Part::Family, Part::Given]);
    assert_eq!(parts("id,Nombre,Apellidos\n1,Ana,García\n2,Luis,Pérez\n"), [Part::Given, Part::Family]);
    assert_eq!(parts("id,Name,Surname\n1,Ann Lee,Lee\n2,Bob Ray,Ray\n"), [Part::Full]);
    assert_eq!(parts("id,Name,First Name,Last Name\n1,Ann Lee,Ann,Lee\n2,Bob Ray,Bob,Ray\n"), [Part::Full]);
}

#[test]
fn the_country_is_said_where_it_is_clear() {
    for (text, wanted) in [
        ("id,氏名,フリガナ,電話番号\n1,佐藤太郎,サトウタロウ,090-1234-5678\n", Some("JP")),
        ("id,氏名,住所,電話\n1,佐藤太郎,東京都渋谷区神南1-2-3,090-1234-5678\n", Some("JP")),
        ("id,이름,전화번호\n1,김철수,010-1234-5678\n", Some("KR")),
        ("id,name,phone\n1,김철수,010-1234-5678\n2,이영희,010-1234-5679\n", Some("KR")),
        ("id,姓名,行動電話,身分證字號\n1,陳怡君,0912345678,A123456789\n", Some("TW")),
        ("id,姓名,手機\n1,陳怡君,0912-345-678\n2,林志明,0923456789\n", Some("TW")),
        ("id,Vorname,Nachname,PLZ,Telefon\n1,Anna,Groß,10115,030 1234567\n", Some("DE")),
        ("id,Vorname,Nachname,PLZ,Telefon\n1,Anna,Groß,1010,01 1234567\n", None),
        ("id,Nom,Prénom,Code postal,Téléphone\n1,Petit,Jean,75002,01 23 45 67 89\n", Some("FR")),
        ("id,Nom,Prénom,Code postal,Téléphone\n1,Petit,Jean,1000,02 123 45 67\n", None),
        ("id,姓名,手机号\n1,张伟,13912346578\n", Some("CN")),
        ("id,昵称,手机号\n1,小の猫,13912346578\n2,张伟,13912346579\n", Some("CN")),
        ("id,name,phone\n1,John Smith,702-919-1300\n", None),
    ] {
        let draft = drafted(text);
        let found = draft.text.lines().find_map(|line| line.strip_prefix("country = "));
        assert_eq!(found, wanted.map(|country| format!("\"{country}\"")).as_deref(), "{text}{}", draft.text);
    }
}

//! No allocation per character: preparing a value four times as long may take a few more allocations (buffers grow by
//! doubling), but not four times as many.

use guiyi::domain::normalize::{self, Context};
use guiyi::domain::record::{AttributeKind, RawAttribute};

/// Doublings of one buffer when its content grows fourfold, for so many buffers.
const GROWN_MAX: u64 = 2 * 8;

/// The allocations of this thread while one value is prepared and dropped.
fn allocations(kind: AttributeKind, text: &str) -> u64 {
    let raw = RawAttribute::full(kind, text);
    let prepare = || drop(normalize::attribute(&raw, &Context::default()));
    // Tables are built on first use.
    prepare();
    allocation_counter::measure(prepare).count_total
}

#[test]
fn allocations_do_not_grow_with_the_characters() {
    use AttributeKind::{
        Address, BankCard, BirthDate, Company, Consent, Email, Gender, IdDocument, OrgName, PersonName, Phone,
        PostalCode, SocialId, Tag, Text,
    };
    // Kind, what stands before and behind, and the piece that is repeated.
    let cases = [
        (Text, "", "张三住在北京", ""),
        (Text, "", "臺灣頭髮 ＡＢＣ　", ""),
        (Text, "", "Straße é\u{200B}", ""),
        (Tag, "", "金卡", ""),
        (Consent, "", "yes", ""),
        (PersonName, "", "阿卜杜", ""),
        (PersonName, "阿卜杜", "尼亚孜", "·毛力尼亚孜"),
        (PersonName, "Maria ", "anna", " Schmidt"),
        (PersonName, "张", " ", "三"),
        (OrgName, "上海", "归一示例", "科技有限公司"),
        (Company, "Hello", "world", " Ltd."),
        (Email, "", "zhangsan", "@example.cn"),
        (Email, "zhang", " ", "@qq.com"),
        (Address, "北京市朝阳区建国", "门外", "大街88号2号楼3单元401室"),
        (Address, "1 George", "town", " Street, Sydney NSW 2000"),
        (IdDocument, "110105", " ", "19491231002X"),
        (IdDocument, "", "E1234567", ""),
        (Phone, "139", " ", "12340007"),
        (Phone, "", "0", "13912340007"),
        (BankCard, "6283", " ", "875070985593"),
        (BankCard, "", "62838750", ""),
        (PostalCode, "", " ", "100020"),
        (SocialId, "wxid_", "ab12cd34", ""),
        (BirthDate, "1985-", " ", "03-12"),
        (Gender, "", " ", "男"),
    ];
    const PIECES: usize = 8;
    let mut grown = Vec::new();
    for (kind, before, piece, behind) in cases {
        let value = |count: usize| format!("{before}{}{behind}", piece.repeat(count));
        let (short, long) = (allocations(kind, &value(PIECES)), allocations(kind, &value(4 * PIECES)));
        if long > short + GROWN_MAX {
            grown.push(format!("{} {before}{piece}…{behind}: {short} became {long}", kind.code()));
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}

//! Addresses as people write them, and what they are taken apart into.

use super::*;
use crate::domain::normalize::{Context, attribute};
use crate::domain::record::AttributeKind;

fn prepare(raw: &RawAttribute) -> (Attribute, Address) {
    let attribute = attribute(raw, &Context::default()).pop().unwrap();
    let Value::Address(address) = &attribute.value else { panic!() };
    (attribute.clone(), Address::clone(address))
}

fn read(text: &str) -> (Attribute, Address) {
    prepare(&RawAttribute::full(AttributeKind::Address, text))
}

/// region | city | district | street | number | community | unit
fn tree(address: &Address) -> String {
    let Address { region, city, district, street, number, community, unit, .. } = address;
    [region, city, district, street, number, community, unit].map(|part| part.as_str()).join("|")
}

#[test]
fn chinese_addresses() {
    let cases = [
        ("福建省南平市浦城县石桥三路282号锦绣华庭27栋3单元704室", "福建|南平|浦城|石桥三路|282|锦绣华庭|27-3-704"),
        ("广东省深圳市南山区太胡西路11号和谐小区24-2-2706", "广东|深圳|南山|太胡西路|11|和谐小区|24-2-2706"),
        ("於田縣江濱大街652號翡翠嘉園27棟5-2703", "新疆|和田|于田|江滨大街|652|翡翠嘉园|27-5-2703"),
        ("福建廈門湖裏區孔廟南路656號楓林裏九#2單元2508室", "福建|厦门|湖里|孔庙南路|656|枫林里|9-2-2508"),
        ("北京市大兴区北辰国际10号楼2单元2106室", "北京|北京|大兴|||北辰国际|10-2-2106"),
        ("北京市市辖区朝阳区建国路88号SOHO现代城", "北京|北京|朝阳|建国路|88|soho现代城|"),
        ("北京北京市朝阳区", "北京|北京|朝阳||||"),
        ("上海市徐汇区虹漕路461号58号楼5楼", "上海|上海|徐汇|虹漕路|461||58-5"),
        ("上海市浦东新区东明路街道三林路15号", "上海|上海|浦东|三林路|15||"),
        ("贵州省黔南布依族苗族自治州长顺县长寨街道和平中路28号", "贵州|黔南|长顺|和平中路|28||"),
        ("内蒙呼市新城区", "内蒙古|呼和浩特|新城||||"),
        ("内蒙古自治区巴彦淖尔市乌拉特中旗华润花园", "内蒙古|巴彦淖尔|乌拉特中|||华润花园|"),
        ("广西南宁良庆区银河路4号4-1-1007", "广西|南宁|良庆|银河路|4||4-1-1007"),
        ("山西长治沁源县金融路71号枫林府15幢5-1805", "山西|长治|沁源|金融路|71|枫林府|15-5-1805"),
        ("重庆忠县建设东路295号绿城城4-5-2504", "重庆|重庆|忠县|建设东路|295|绿城城|4-5-2504"),
        ("四川省成都市简阳市青年街944号碧桂国际5幢2单元1506室", "四川|成都|简阳|青年街|944|碧桂国际|5-2-1506"),
        ("鹤山区金山里239号25-5-906 送货前电话联系", "河南|鹤壁|鹤山|金山里|239||25-5-906"),
        ("上海市普陀区长江里742号康乐湾8栋3-103(放门卫)", "上海|上海|普陀|长江里|742|康乐湾|8-3-103"),
        ("科苑路15号A座12层1201室", "|||科苑路|15||a-1201"),
        ("科苑路15#A-1201", "|||科苑路|15||a-1201"),
        ("科苑路十五号A栋1201", "|||科苑路|15||a-1201"),
        ("上海路111号", "|||上海路|111||"),
        ("南京东路100弄5号301室", "|||南京东路|100-5||301"),
        ("河北区", "天津|天津|河北||||"),
        ("吉林省吉林市昌邑区", "吉林|吉林|昌邑||||"),
        ("娄底娄星区", "湖南|娄底|娄星||||"),
        ("山东省济宁市市中区", "山东|济宁|任城||||"),
        ("江西省景德镇市昌江区", "江西|景德镇|昌江||||"),
        ("幸福小区3号楼", "|||||幸福小区|3"),
        ("苏州市工业园区", "江苏|苏州|工业园||||"),
        ("台北市信義區信義路五段7號", "台湾|台北|信义|信义路五段|7||"),
        ("河南省郑州市上街区公园北路69号", "河南|郑州|上街|公园北路|69||"),
        ("陕西省西安市碑林区辽河巷965号", "陕西|西安|碑林|辽河巷|965||"),
        ("萧山区绿城豪庭，不要放快递柜", "浙江|杭州|萧山|||绿城豪庭|"),
        ("海南藏族自治州共和县", "青海|海南|共和||||"),
        ("湖北恩施州利川市", "湖北|恩施|利川||||"),
    ];
    let differing = cases.iter().filter_map(|(text, expected)| {
        let found = tree(&read(text).1);
        (found != *expected).then(|| format!("(\"{text}\", \"{found}\"),"))
    });
    let differing: Vec<String> = differing.collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn what_is_no_address_is_split_off() {
    let (attribute, address) = read("张三 13800138001 北京市海淀区中关村大街1号 邮编100080");
    assert_eq!(tree(&address), "北京|北京|海淀|中关村大街|1||");
    assert_eq!((address.postal_code.as_str(), attribute.normal.as_str()), ("100080", "北京市海淀区中关村大街1号"));
    assert!(attribute.facts.iter().any(|fact| fact.name == "recipient" && fact.value == "张三"));
    assert_eq!(address.line, "北京海淀中关村大街1");
    assert_eq!(read("朝阳区建国路８８号").1.line, read("朝陽區 建國路88號").1.line);
}

#[test]
fn foreign_addresses() {
    let cases = [
        ("706 Bridge St, Portland, OR 97237", "or|portland||bridge st|706||", "97237"),
        ("125 Grove Pl #403, Houston, TX 77056, USA", "tx|houston||gr pl|125||403", "77056"),
        ("123 Main Street, Las Vegas NV 89132", "nv|las vegas||main st|123||", "89132"),
        ("9304 W. 15th St La Blanca, FL 60527", "fl|la blanca||w 15th st|9304||", "60527"),
        ("80 Delaware Ave SE Washington DC 40040", "dc|washington||delaware ave se|80||", "40040"),
        ("1450 N City Rd Suite 900", "|||n city rd|1450||900", ""),
        ("821 Mill Road, Kowloon", "|kowloon||mill rd|821||", ""),
        ("10 Downing Street, London SW1A 2AA, UK", "|london||downing st|10||", "sw1a2aa"),
        (
            "Room 2406, Unit 4, Building 21, No. 334 Ruijin North Road, Baoan District, Shenzhen",
            "广东|深圳|宝安|ruijin n rd|334||21-4-2406",
            "",
        ),
        ("No. 88 Jianguo Road, Chaoyang District, Beijing, China 100022", "北京|北京|朝阳|jianguo rd|88||", "100022"),
    ];
    for (text, expected, code) in cases {
        let address = read(text).1;
        assert_eq!((tree(&address).as_str(), address.postal_code.as_str()), (expected, code), "{text}");
    }
}

#[test]
fn columns_are_believed() {
    let mut raw = RawAttribute::full(AttributeKind::Address, "");
    let part = |part, text: &str| (part, text.into());
    raw.parts = smallvec::smallvec![
        part(Part::StreetNumber, "8"),
        part(Part::Street, "Stanley Street"),
        part(Part::City, "Winston Hills"),
        part(Part::PostalCode, "4223"),
        part(Part::Region, "New South Wales"),
    ];
    let (attribute, address) = prepare(&raw);
    assert_eq!(tree(&address), "nsw|winston hills||stanley st|8||");
    assert_eq!(attribute.normal, "8 Stanley Street, Winston Hills, 4223, New South Wales");
    raw.parts = smallvec::smallvec![
        part(Part::City, "深圳市"),
        part(Part::Region, "广东省"),
        part(Part::Line, "南山区科苑路15号")
    ];
    assert_eq!(tree(&prepare(&raw).1), "广东|深圳|南山|科苑路|15||");
}

#[test]
fn nothing_panics() {
    for text in [
        "省", "市", "区", "路", "号", "#", "-", "号楼", "弄", "1弄", "1", "里1号", ",", "No.", "PO Box", "()", "(((",
        "镇", "中国",
    ] {
        attribute(&RawAttribute::full(AttributeKind::Address, text), &Context::default());
        let _ = (rename(text), parse_parts(text));
    }
    for unit in ["市", "路1号", "北京市", "上海 ", "#1", "一号", "省", "a,", "1-", "一", "(", "区 ", "13800138001 "]
    {
        let text = unit.repeat(2_000);
        attribute(&RawAttribute::full(AttributeKind::Address, text.as_str()), &Context::default());
        let _ = (rename(&text), parse_parts(&text));
    }
}

#[test]
fn levels_are_filled_and_shortenings_completed() {
    let cases = [
        ("徐汇区虹漕路461号", "上海市|上海市|徐汇区|虹漕路461号|310104"),
        ("深圳南山科技园", "广东省|深圳市|南山区|科技园|440305"),
        ("上海南京东路", "上海市|上海市||南京东路|310000"),
        ("南京路步行街", "|||南京路步行街|"),
        ("内蒙呼市", "内蒙古自治区|呼和浩特市|||150100"),
        ("新疆巴州库尔勒市", "新疆维吾尔自治区|巴音郭楞蒙古自治州|库尔勒市||652801"),
        ("黔南", "贵州省|黔南布依族苗族自治州|||522700"),
        ("北京市市辖区朝阳区", "北京市|北京市|朝阳区||110105"),
        ("上海市上海市", "上海市|上海市|||310000"),
        ("吉林吉林市", "吉林省|吉林市|||220200"),
        ("湖北仙桃市沔城镇", "湖北省||仙桃市|沔城镇|429004"),
        ("东莞市长安镇", "广东省|东莞市||长安镇|441900"),
        ("淮安市市辖区", "江苏省|淮安市|市辖区||320801"),
        ("福建省鼓楼区鼓楼医院", "福建省|福州市|鼓楼区|鼓楼医院|350102"),
        ("福建省南平市政和县", "福建省|南平市|政和县||350725"),
        ("甘肃张掖山丹县", "甘肃省|张掖市|山丹县||620725"),
        ("我家的地址是江苏淮安清江浦区上海路111号", "江苏省|淮安市|清江浦区|上海路111号|320812"),
        ("香港湾仔区轩尼诗道1号", "香港特别行政区|香港|湾仔区|轩尼诗道1号|810000"),
        ("西湖区文三路", "||西湖区|文三路|"),
        ("河北省桥西区", "河北省||桥西区||130000"),
        ("新疆生产建设兵团第八师石河子市", "新疆维吾尔自治区||石河子市||659001"),
        ("重庆市县忠县", "重庆市|重庆市|忠县||500233"),
        ("粤 深圳", "广东省|深圳市|||440300"),
        ("浙江宁波宁海县城关镇", "浙江省|宁波市|宁海县|城关镇|330226"),
    ];
    for (text, expected) in cases {
        let Parts { province, city, county, detail, adcode, .. } = parse_parts(text);
        assert_eq!([province, city, county, detail, adcode].join("|"), expected, "{text}");
    }
}

#[test]
fn old_names_lead_to_those_of_today() {
    let cases = [
        ("湖北省襄樊市宜城市", Some("湖北省襄阳市宜城市")),
        ("广西壮族自治区柳州地区象州县", Some("广西壮族自治区来宾市象州县")),
        ("广西壮族自治区柳州地区三江县", Some("广西壮族自治区柳州市三江县")),
        ("安徽省巢湖市居巢区", Some("安徽省合肥市巢湖市")),
        ("云南省思茅地区", Some("云南省普洱市")),
        ("北京市宣武区", Some("北京市西城区")),
        ("上海市闸北区", Some("上海市静安区")),
        ("山东省莱芜市莱城区", Some("山东省济南市莱芜区")),
        ("浙江省杭州市江干区", Some("浙江省杭州市上城区")),
        ("四川省重庆市", Some("重庆市")),
        ("湖南省宁乡县", Some("湖南省长沙市宁乡市")),
        ("广东省深圳市南山区", Some("广东省深圳市南山区")),
        ("西湖区", None),
        ("幸福小区", None),
    ];
    for (text, expected) in cases {
        assert_eq!(rename(text).as_deref(), expected, "{text}");
    }
    assert_eq!(tree(&read("北京市崇文区光明路1号").1), tree(&read("北京市东城区光明路1号").1));
}

#[test]
fn facts_say_where_the_door_is() {
    let facts = |text: &str| {
        let facts = read(text).0.facts;
        let names = ["town", "road", "number", "community", "building", "unit", "floor", "room"];
        let value = |name: &str| facts.iter().find(|fact| fact.name == name).map_or("", |fact| &*fact.value);
        names.map(value).join("|")
    };
    let cases = [
        ("科苑路15号A座12层1201", "|科苑路|15||A||12|1201"),
        ("科苑路15#A-1201", "|科苑路|15||A||12|1201"),
        ("幸福小区27-3-704", "|||幸福小区|27|3|7|704"),
        ("虹漕路461号58号楼5楼", "|虹漕路|461||58||5|"),
        ("建国路5楼302室", "|建国路|||5||3|302"),
        ("虹桥路100弄5支弄3号", "|虹桥路|100-5-3|||||"),
        ("复兴路甲15号院3号楼2门501", "|复兴路|甲15||3|2|5|501"),
        ("双流区东升镇太平村3组12号", "东升镇||12|太平村3组||||"),
        ("107国道88号", "|107国道|88|||||"),
        ("人民路88现代城", "|人民路|88|现代城||||"),
        ("三林镇长清路88号", "三林镇|长清路|88|||||"),
        ("粤海街道科技园社区高新南一道9号", "粤海街道|高新南一道|9|科技园社区||||"),
    ];
    for (text, expected) in cases {
        assert_eq!(facts(text), expected, "{text}");
    }
}

#[test]
fn findings_say_what_is_doubtful() {
    use Defect::{Ambiguous, Conflict, Format, Historic, Typo, UnknownComponent, WrongColumn};
    let cases = [
        ("鼓楼区中山路12号", Some(Ambiguous), Some("江苏省南京市鼓楼区中山路12号")),
        ("广东省深圳市科苑路15号 邮编100080", Some(Conflict), None),
        ("湖北省襄樊市解放路1号", Some(Historic), None),
        ("僵苏省南京市人民路1号", Some(Typo), None),
        ("湖北省武汉市菡南区人民路1号", Some(Typo), Some("湖北省武汉市汉南区人民路1号")),
        ("广东省深圳市天河口区人民路1号", Some(UnknownComponent), None),
        ("13912340007", Some(WrongColumn), None),
        ("zhang@example.cn", Some(WrongColumn), None),
        ("123", Some(Format), None),
        ("A", Some(Format), None),
        ("广东省深圳市科苑路15号", None, None),
    ];
    for (text, defect, suggestion) in cases {
        let attribute = attribute(&RawAttribute::full(AttributeKind::Address, text), &Context::default()).remove(0);
        let first = attribute.findings.first();
        assert_eq!(first.map(|finding| finding.defect), defect, "{text}");
        let suggested = first.and_then(Finding::suggestion).map(|suggestion| suggestion.value.as_str());
        assert!(suggestion.is_none() || suggested == suggestion, "{text}: {suggested:?}");
    }
}

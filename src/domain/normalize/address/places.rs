//! Short names of provinces and prefecture-level cities for company names; the signs of delivery remarks.
//!
//! Addresses have the gazetteer. Here names that are words or parts of other names as often (安康, 阿里, 朝阳) are left out.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Provinces, autonomous regions and special administrative regions: short name, then every longer way to write it.
pub const PROVINCES: &[(&str, &[&str])] = &[
    ("内蒙古", &["内蒙古自治区", "内蒙古", "内蒙"]),
    ("广西", &["广西壮族自治区", "广西自治区", "广西省", "广西"]),
    ("西藏", &["西藏自治区", "西藏"]),
    ("宁夏", &["宁夏回族自治区", "宁夏自治区", "宁夏省", "宁夏"]),
    ("新疆", &["新疆维吾尔自治区", "新疆自治区", "新疆省", "新疆"]),
    ("香港", &["香港特别行政区", "香港特区", "香港"]),
    ("澳门", &["澳门特别行政区", "澳门特区", "澳门"]),
    ("黑龙江", &["黑龙江省", "黑龙江"]),
    ("河北", &["河北省", "河北"]),
    ("山西", &["山西省", "山西"]),
    ("辽宁", &["辽宁省", "辽宁"]),
    ("吉林", &["吉林省", "吉林"]),
    ("江苏", &["江苏省", "江苏"]),
    ("浙江", &["浙江省", "浙江"]),
    ("安徽", &["安徽省", "安徽"]),
    ("福建", &["福建省", "福建"]),
    ("江西", &["江西省", "江西"]),
    ("山东", &["山东省", "山东"]),
    ("河南", &["河南省", "河南"]),
    ("湖北", &["湖北省", "湖北"]),
    ("湖南", &["湖南省", "湖南"]),
    ("广东", &["广东省", "广东"]),
    ("海南", &["海南省", "海南"]),
    ("四川", &["四川省", "四川"]),
    ("贵州", &["贵州省", "贵州"]),
    ("云南", &["云南省", "云南"]),
    ("陕西", &["陕西省", "陕西"]),
    ("甘肃", &["甘肃省", "甘肃"]),
    ("青海", &["青海省", "青海"]),
    ("台湾", &["台湾省", "台湾"]),
];

/// The four cities that are their own province.
pub const MUNICIPALITIES: &[&str] = &["北京", "天津", "上海", "重庆"];

/// Where an instruction to the courier begins.
pub const REMARKS: &[&str] = &[
    "送货前",
    "送货上门",
    "请提前",
    "请电话",
    "提前电话",
    "电话联系",
    "放门卫",
    "放门口",
    "放丰巢",
    "放快递柜",
    "放驿站",
    "工作日",
    "周末送",
    "勿放",
    "不要放",
    "到了打电话",
    "联系电话",
];

/// Whether a text is the short name of a known province or city.
pub fn is_place(text: &str) -> bool {
    PLACES.contains(text)
}

/// The longest known short name at the start of a text.
pub fn at_start(text: &str) -> Option<&'static str> {
    let places = BY_FIRST.get(&text.chars().next()?)?;
    places.iter().find(|place| text.starts_with(**place)).copied()
}

static PLACES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let provinces = PROVINCES.iter().map(|(short, _)| *short);
    provinces.chain(MUNICIPALITIES.iter().copied()).chain(CITIES.split_whitespace()).collect()
});

/// The names by their first character, longer ones before those that begin them.
static BY_FIRST: LazyLock<FxHashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_first: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for place in PLACES.iter() {
        by_first.entry(place.chars().next().unwrap_or_default()).or_default().push(place);
    }
    by_first
        .values_mut()
        .for_each(|places| places.sort_unstable_by_key(|place| (std::cmp::Reverse(place.len()), *place)));
    by_first
});

const CITIES: &str = "中国 \
    石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 \
    朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 \
    乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 \
    辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 \
    黑河 绥化 大兴安岭 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 \
    昆山 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 合肥 芜湖 蚌埠 淮南 \
    马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 \
    漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 宜春 抚州 上饶 济南 青岛 淄博 \
    枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 \
    安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 \
    十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 长沙 株洲 湘潭 衡阳 \
    邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 \
    湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 \
    梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 \
    攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 \
    甘孜 凉山 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 \
    丽江 普洱 临沧 楚雄 文山 西双版纳 大理 德宏 怒江 迪庆 拉萨 日喀则 昌都 林芝 山南 那曲 \
    西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 商洛 兰州 嘉峪关 金昌 天水 武威 张掖 酒泉 庆阳 \
    定西 陇南 临夏 甘南 西宁 海东 海北 黄南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 乌鲁木齐 \
    克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰 \
    石河子 台北 高雄 台中 台南 新北";

//! Words of trade (行业) at the end of Chinese company names, and shop words that sole traders are named by.

use crate::domain::text::char_set::CharSet;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Characters of the longest word in the lists.
const WORD_CHARS_MAX: usize = 6;

/// Splits the words of trade off the end: 归一网络科技 is 归一 and 网络科技. At least two characters stay in front.
pub fn split_trade(core: &str) -> (&str, &str) {
    let mut head = core;
    while let Some(shorter) = without_last_word(head) {
        head = shorter;
    }
    (head, core.get(head.len()..).unwrap_or_default())
}

/// Whether a name ends in a word for a shop or workshop.
pub fn is_shop(trade: &str) -> bool {
    let mut ends = trade.char_indices().rev().map(|(at, _)| at).take(WORD_CHARS_MAX);
    ends.any(|at| trade.get(at..).is_some_and(|tail| SHOPS.contains(tail)))
}

/// Whether a text consists of words of trade and ends in one for a shop: 便利店, 水产批发部.
pub fn is_whole_shop(text: &str) -> bool {
    is_shop(text) && (SHOPS.contains(text) || TRADES.contains(text) || TRADES.contains(split_trade(text).0))
}

/// Where the last shop word in a name ends: 归一便利店|第一.
pub fn last_shop_end(name: &str) -> Option<usize> {
    let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.rev().find(|end| name.get(..*end).is_some_and(is_shop))
}

fn without_last_word(text: &str) -> Option<&str> {
    let last = text.chars().next_back().filter(|c| LAST_CHARACTERS.contains(*c))?;
    let lengths = *LENGTHS.get(&last)?;
    // The longest word wins: 信息技术 before 技术.
    let starts = text.char_indices().rev().map(|(at, _)| at).enumerate().skip(1).take(WORD_CHARS_MAX - 1);
    let may_start = starts.filter(|(before, _)| lengths >> (before + 1) & 1 == 1).map(|(_, at)| at);
    let heads = may_start.filter(|at| text.get(*at..).is_some_and(|tail| TRADES.contains(tail)));
    heads.filter_map(|at| text.get(..at)).filter(|head| head.chars().nth(1).is_some()).last()
}

static TRADES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| TRADE_WORDS.split_whitespace().chain(SHOP_WORDS.split_whitespace()).collect());

/// A bit for every number of characters that words with this last character have.
static LENGTHS: LazyLock<FxHashMap<char, u32>> = LazyLock::new(|| {
    let mut lengths: FxHashMap<char, u32> = FxHashMap::default();
    for word in TRADES.iter() {
        *lengths.entry(word.chars().next_back().unwrap_or_default()).or_default() |= 1 << word.chars().count();
    }
    lengths
});

static LAST_CHARACTERS: LazyLock<CharSet> =
    LazyLock::new(|| CharSet::of(TRADES.iter().filter_map(|word| word.chars().next_back())));

static SHOPS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| SHOP_WORDS.split_whitespace().collect());

/// What companies do, after the national classification of industries (GB/T 4754) and common usage.
const TRADE_WORDS: &str = "\
    科技 网络 网络科技 信息 信息技术 信息科技 技术 技术开发 技术服务 软件 软件开发 电子 电子科技 电子商务 数码 数据 \
    数字科技 智能 智能科技 智能装备 互联网 通信 通讯 通信技术 光电 半导体 微电子 集成电路 物联网 人工智能 机器人 \
    贸易 商贸 经贸 国际贸易 进出口 进出口贸易 外贸 工贸 商业 百货 批发 零售 销售 购物 供应链 供应链管理 电商 \
    实业 工业 产业 企业 企业管理 企业管理咨询 企业咨询 管理 管理咨询 咨询 咨询服务 商务 商务咨询 商务服务 信息咨询 \
    投资 投资管理 投资咨询 资产管理 资本 创业投资 股权投资 基金 基金管理 证券 期货 保险 保险代理 保险经纪 信托 担保 \
    融资担保 融资租赁 租赁 小额贷款 典当 金融 金融服务 财务 财务咨询 财税 代理记账 税务师 会计 \
    文化 文化传媒 文化传播 文化艺术 文化发展 文化创意 传媒 传播 广告 广告传媒 广告设计 影视 影视文化 影业 动漫 出版 \
    印刷 印务 图文 会展 会展服务 展览 展示 体育 体育文化 健身 旅游 旅行社 国际旅行社 旅游开发 票务 演艺 娱乐 \
    教育 教育科技 教育咨询 培训 教育培训 职业培训 人力资源 人才服务 劳务 劳务派遣 劳务服务 家政 家政服务 保安 \
    保安服务 保洁 保洁服务 物业 物业管理 物业服务 后勤 \
    餐饮 餐饮管理 餐饮服务 食品 食品科技 食品加工 饮料 酒业 酒店 大酒店 酒店管理 宾馆 茶业 茶叶 乳业 粮油 水产 肉业 \
    肉类 果业 农业 农业科技 农业开发 农业发展 农资 种业 种植 养殖 畜牧 牧业 渔业 林业 园林 园林绿化 绿化 景观 花卉 \
    建筑 建筑工程 建筑劳务 建筑装饰 建设 建设工程 建设集团 市政工程 工程 工程技术 工程咨询 工程管理 工程机械 安装 \
    安装工程 装饰 装饰工程 装饰设计 装修 建材 建筑材料 水泥 混凝土 钢铁 钢结构 钢材 门窗 幕墙 家居 家具 家具制造 \
    房地产 房地产开发 房产 房地产经纪 地产 置业 置地 土地开发 城市建设 开发 发展 设计 规划设计 测绘 监理 勘察 \
    机械 机械设备 机械制造 机电 机电设备 设备 设备制造 重工 装备 装备制造 制造 加工 模具 五金 五金制品 五金机电 金属 \
    金属制品 金属材料 精密机械 精工 电器 电气 电气设备 电力 电力工程 电力设备 电缆 线缆 电机 仪器 仪表 仪器仪表 照明 \
    自动化 自动化设备 轴承 阀门 泵业 锅炉 工具 工艺品 玩具 礼品 文具 \
    化工 化学 石化 石油 燃气 天然气 能源 新能源 新能源科技 光伏 太阳能 煤业 矿业 矿山 环保 环保科技 环境 环境科技 \
    环境工程 水务 水利 节能 节能科技 再生资源 材料 新材料 材料科技 塑料 塑胶 橡胶 橡塑 涂料 包装 包装制品 包装材料 \
    纸业 纸品 玻璃 陶瓷 石材 木业 \
    医药 医药科技 药业 制药 生物 生物科技 生物技术 生物医药 医疗 医疗器械 医疗科技 健康 健康管理 健康科技 健康咨询 \
    养老 养老服务 康复 美容 美容美发 美业 化妆品 日化 日用品 母婴 宠物 \
    服装 服饰 制衣 纺织 针织 鞋业 皮革 皮具 箱包 珠宝 珠宝首饰 首饰 眼镜 钟表 \
    物流 运输 货运 货运代理 国际物流 国际货运代理 快递 速递 仓储 航空 航运 船舶 船务 港务 铁路 公路 交通 客运 出租汽车 \
    汽车 汽车销售 汽车服务 汽车销售服务 汽车租赁 汽车零部件 汽车配件 汽车维修 汽车贸易 摩托车 电动车 轮胎 新能源汽车 \
    服务 律师 律师事务所 会计师事务所 税务师事务所 事务所 知识产权 知识产权代理 专利代理 检测 检测技术 认证 银行 \
    农村商业银行 村镇银行 信用社 国际 集团 控股";

/// What shops and workshops are called.
const SHOP_WORDS: &str = "\
    店 便利店 商店 超市 小卖部 小卖铺 杂货店 副食店 食品店 烟酒店 烟酒行 百货店 百货商店 日用品店 五金店 五金商店 建材店 \
    建材商行 装饰材料店 灯具店 家具店 家电店 电器店 手机店 通讯店 数码店 电脑店 文具店 书店 图文店 打印店 复印店 广告店 \
    花店 鲜花店 水果店 水果超市 蔬菜店 粮油店 肉铺 鲜肉店 水产店 海鲜店 茶叶店 茶庄 茶行 茶楼 茶馆 酒行 酒庄 酒吧 奶茶店 \
    咖啡店 咖啡馆 咖啡厅 面包店 蛋糕店 烘焙店 甜品店 冷饮店 餐厅 餐馆 饭店 小饭店 饭馆 饭庄 酒家 酒楼 农家乐 快餐店 小吃 \
    小吃店 早餐店 早点铺 面馆 拉面馆 面店 粉店 米粉店 米线店 饺子馆 包子铺 包子店 馒头店 烧烤店 烧烤 火锅店 火锅 串串店 \
    麻辣烫店 麻辣烫 卤菜店 卤味店 熟食店 炸鸡店 汉堡店 旅馆 旅店 旅社 宾馆 客栈 民宿 招待所 理发店 美发店 美发厅 理发室 \
    发廊 美容院 美容店 美容美发店 美甲店 养生馆 足浴店 足疗店 按摩店 推拿店 浴室 洗浴中心 健身房 瑜伽馆 舞蹈室 服装店 \
    童装店 女装店 鞋店 箱包店 饰品店 眼镜店 钟表店 珠宝店 金店 化妆品店 母婴店 玩具店 渔具店 宠物店 宠物医院 诊所 药店 \
    药房 大药房 牙科诊所 口腔诊所 门诊部 卫生所 修理店 修理部 维修店 维修部 汽修店 汽修厂 修理厂 汽车修理厂 汽车修理店 \
    洗车店 洗车行 洗车场 轮胎店 汽配店 汽车配件店 摩托车店 电动车店 自行车店 照相馆 影楼 摄影店 摄影工作室 工作室 网吧 \
    网咖 棋牌室 台球室 台球厅 幼儿园 干洗店 洗衣店 裁缝店 制衣厂 服装厂 加工厂 加工部 加工店 加工坊 豆腐坊 油坊 磨坊 \
    作坊 家具厂 食品厂 印刷厂 砖厂 木材厂 塑料厂 五金厂 厂 经营部 经销部 经销处 经营店 服务部 服务站 服务店 批发部 批发行 \
    门市部 门市 供应站 收购站 回收站 配送站 加油站 代理部 中介所 咨询部 设计部 销售部 商行 贸易商行 贸易行 商贸行 车行 \
    农资店 农机店 种子店 饲料店 兽药店 养殖场 种植园 家庭农场 农场 果园 苗圃 专卖店 旗舰店 体验店 精品店 直营店 加盟店 \
    生活馆 体验馆 展厅 卖场 商场 商城 商铺 铺 摊 摊位 馆 坊";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trade_words_are_split_off_the_end() {
        let cases = [
            ("归一网络科技", "归一", "网络科技"),
            ("腾云示例信息科技", "腾云示例", "信息科技"),
            ("归一示例集团", "归一示例", "集团"),
            ("科技", "科技", ""),
            ("网络科技", "网络", "科技"),
            ("张三便利店", "张三", "便利店"),
            ("归一", "归一", ""),
        ];
        for (core, head, trade) in cases {
            assert_eq!(split_trade(core), (head, trade), "{core}");
        }
        assert!(is_shop("便利店") && is_shop("归一修理厂") && !is_shop("科技"));
        assert_eq!(last_shop_end("归一便利店第一"), Some("归一便利店".len()));
    }
}

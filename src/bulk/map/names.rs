//! Which short Han texts may be a person's name: many words begin with a character that is a surname too (金卡, 经理, 温州).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::domain::normalize::address::parse_parts;
use crate::domain::score::term_frequency::is_surname;
use crate::domain::text::han::{is_han, surname_len, to_simplified};

/// Characters at the end of words for places, shops, levels and positions, rarely of names.
const ENDS: &str = "市省区县州旗盟店卡路街镇乡村部级员师族色座户类型款班组厂队课处局室层号楼站馆所院点";

/// Words of customer files that begin as names do. A name among them is lost in one row; a column has others.
const WORDS: &str = "\
    经理 总经理 副总 总监 高级 高中 高职 高管 普通 白金 白银 黄金 金牌 银牌 金融 和平 安卓 华为 成功 安全 常规 单身 单位 农民 农业 农村 司机 文员 文秘 \
    会计 石油 宣传 卫生 应届 广告 平台 平安 关注 时尚 文化 方便 包月 包年 包邮 单品 成人 应收 程序 项目 党员 群众 凌晨 全部 全国 公众 官网 官方 费用 \
    常客 贵宾 干部 家属 家用 商用 商务 商家 满意 车主 车位 通知 通过 支付 支票 余额 时间 明细 水电 房产 房东 包装 乐器 花卉 冷链 双方 双人 单人 单双 全款 \
    全职 全新 全家 解除 解约 强烈 权益 利息 利率 关闭 关联 危险 暴露 计划 计算 计时 充值 终止 空白 高端 高频 高净值 方案 白领 蓝领 金领 金葵花 钻石 黑金 \
    金银 金钻 银钻 米黄 向上 向下 左右 游客 游戏 温馨 温和 安装 安心 安静 和谐 齐全 甘油 宁静 施工 牛奶 牛肉 石材 连锁 连续 相关 相同 索赔 练习 门诊 \
    门市 门禁 国有 国企 国内 国际 国外 来电 来访 来源 都市 羊毛 皮革 那里 况且 计生 车险 寿险 顾问 顾客 康复 祝福 童装 时装 商品 商城 仲裁 全额";

static WORD_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// Whether a text may be the name of a person in Han characters.
pub fn is_name(text: &str) -> bool {
    let characters = text.chars().count();
    if !(2..=4).contains(&characters) || !text.chars().all(is_han) {
        return false;
    }
    let simplified = to_simplified(text);
    surname_len(&simplified) > 0 && !simplified.ends_with(is_end) && !WORD_SET.contains(simplified.as_str())
}

/// Whether a name is of a common surname and of characters that given names are commonly made of.
pub fn is_common(name: &str) -> bool {
    let simplified = to_simplified(name);
    let surname = surname_len(&simplified);
    let first = simplified.chars().next().is_some_and(|c| surname == 2 || is_surname(c));
    let mut given = simplified.chars().skip(surname).peekable();
    first && given.peek().is_some() && given.all(|c| GIVEN.contains(&c))
}

/// Whether a text is the name of a Chinese province, city or county and nothing more.
pub fn is_place(text: &str) -> bool {
    let characters = text.chars().count();
    if !(2..=12).contains(&characters) || !text.chars().all(is_han) {
        return false;
    }
    let parts = parse_parts(text);
    parts.detail.is_empty() && !(parts.province.is_empty() && parts.county.is_empty() && parts.candidates.is_empty())
}

fn is_end(c: char) -> bool {
    ENDS.contains(c)
}

/// How many of the commonest characters of given names count as common; the table goes on with rare ones.
const COMMON_CHARACTERS: usize = 700;

static GIVEN: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    let rows = include_str!("../../domain/score/given_characters.dat").lines().filter(|line| !line.starts_with('#'));
    rows.take(COMMON_CHARACTERS).filter_map(|row| row.chars().next()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_names() {
        for name in ["张伟", "王芳", "欧阳娜娜", "李", "陈嘉怡", "張偉", "金秀贤", "江山美", "高安琪", "石磊"]
        {
            assert_eq!(is_name(name) && is_common(name), name != "李", "{name}");
        }
        for word in ["金卡", "银卡", "普通", "经理", "杭州市", "南京路店", "高级", "白金卡", "全国", "施工员"]
        {
            assert!(!is_name(word), "{word}");
        }
        assert!(is_place("杭州") && is_place("浙江省") && is_place("西湖区") && !is_place("张伟"));
    }
}

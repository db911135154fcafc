//! Japanese names in Han characters: where the family name ends. There is no rule, only the list of frequent family names.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// How many characters at the start of a simplified Han name are a Japanese family name; 0 when none is known.
///
/// Only where a Chinese reading is unlikely: four to six characters (山田太郎), or three whose first is no Chinese surname
/// (山本健). 高桥美 stays Chinese.
pub fn surname_len(name: &str, is_chinese_surname: bool) -> usize {
    let length = name.chars().count();
    if !(4..=6).contains(&length) && (length != 3 || is_chinese_surname) {
        return 0;
    }
    let family = |size: usize| {
        let end = name.char_indices().nth(size).map_or(name.len(), |(start, _)| start);
        name.get(..end).is_some_and(|head| FAMILY_NAMES.contains(head))
    };
    [3, 2].into_iter().find(|size| *size < length && length - size <= 3 && family(*size)).unwrap_or(0)
}

/// Whether a text is a Japanese family name and nothing else.
pub fn is_family_name(text: &str) -> bool {
    FAMILY_NAMES.contains(text)
}

static FAMILY_NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| FAMILIES.split(' ').filter(|name| !name.is_empty()).collect());

/// The commonest family names, in the form that simplification leaves (髙橋 → 髙桥, 斎藤 stays).
const FAMILIES: &str = "\
    佐藤 铃木 高桥 田中 伊藤 渡边 渡辺 山本 中村 小林 加藤 吉田 山田 佐佐木 佐々木 山口 松本 井上 木村 斋藤 斎藤 斉藤 \
    清水 山崎 山﨑 阿部 森田 池田 桥本 石川 山下 中岛 中島 小川 石井 前田 冈田 长谷川 藤田 后藤 近藤 村上 远藤 青木 坂本 \
    福田 太田 西村 藤井 金子 藤原 三浦 中野 中川 原田 松田 竹内 小野 中山 田村 石田 和田 上田 丸山 菅原 柴田 酒井 横山 \
    宫崎 宫本 内田 高木 谷口 安藤 大野 丸山 今井 高田 藤本 河野 小岛 小島 武田 村田 上野 杉山 增田 増田 平野 菅野 久保 \
    小山 千叶 松井 岩崎 樱井 桜井 木下 野口 松尾 野村 菊地 菊池 佐野 大西 杉本 新井 古川 滨田 浜田 市川 水野 小松 岛田 \
    小泽 小沢 川口 熊谷 山内 西田 东 川崎 饭田 菊池 吉川 五十岚 北村 安田 久保田 川村 本田 辻 关 岩田 中田 服部 樋口 \
    福岛 川上 永井 松冈 田口 山中 森本 矢野 秋山 大岛 小田 石原 大冢 大塚 大桥 松浦 荒木 野田 平田 望月 松村 早川 菅 \
    西川 片山 吉冈 大久保 黑田 内藤 横田 浅野 渡部 土屋 宫田 广瀬 広瀬 成田 中西 佐久间 田边 田辺 高野 荒川 堀 石冢 石塚 \
    岛崎 吉村 大石 福井 星野 永田 奥村 片冈 白石 川岛 关口 平井 堀内 小池 西山 须藤 栗原 坂口 尾崎 富田 马场 桑原 松永 \
    八木 三宅 小西 工藤 津田 土井 神田 三上 大谷 宇野 天野 长岛 浅井 织田 德川 丰臣 明智 真田 上杉 毛利 岛津 伊达 前川 \
    夏目 芥川 川端 三岛 大江 村山 宫泽 宫沢 黑泽 黒沢 黒澤 宫部 东野 东条 山县 西乡 坂井 柏木 深田 深泽 新垣 石原 绫濑 \
    长泽 长沢 户田 戸田 滨崎 北川 泷泽 泷沢 二阶堂 本木 岸本 尾田 鸟山 手冢 手塚 高畑 押井 今村 沟口 大庭 大友 小室 坂上 \
    宇多田 安倍 岸田 福田 麻生 鸠山 小泉 桥下 羽田 羽生 本庄 村主 荒井 荒卷 织部 稻垣 稲垣 稻田 稲田 内村 桐谷 相泽 相沢";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_names() {
        for (name, chinese, length) in [
            ("山田太郎", false, 2),
            ("佐藤花子", false, 2),
            ("长谷川健", true, 3),
            ("长谷川太郎", true, 3),
            ("山本健", false, 2),
            ("高桥美", true, 0),
            ("高桥美铃", true, 2),
            ("山田", false, 0),
            ("欢乐时光", false, 0),
        ] {
            assert_eq!(surname_len(name, chinese), length, "{name}");
        }
    }
}

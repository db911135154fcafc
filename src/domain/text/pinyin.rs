//! Pinyin: readings of Han names, with those that characters have as surnames, and splitting of written syllables.

use super::han;
use pinyin::ToPinyin;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The longest word that is split into syllables; a name of six syllables has at most 36 letters.
const WORD_LETTERS_MAX: usize = 36;

/// One syllable with its tone digit for each character (`zhang1`, `lv3`); a character without reading stands for itself.
///
/// The first `surname_len` characters are read as a surname (单 shan4, 万俟 mo4 qi2).
pub fn syllables(han: &str, surname_len: usize) -> Vec<String> {
    let surname: String = han.chars().take(surname_len).collect();
    let surname_reading = SURNAMES.iter().find(|(name, _)| *name == surname).map(|(_, reading)| *reading);
    let mut out: Vec<String> = surname_reading.map(|r| r.split(' ').map(str::to_owned).collect()).unwrap_or_default();
    out.extend(han.chars().skip(out.len()).map(syllable));
    out
}

fn syllable(c: char) -> String {
    match c.to_pinyin() {
        Some(reading) => {
            let written = reading.with_tone_num_end().replace('ü', "v");
            let has_tone = written.ends_with(|last: char| last.is_ascii_digit());
            if has_tone { written } else { written + "5" }
        }
        None => c.to_string(),
    }
}

/// A syllable without its tone digit.
pub fn toneless(syllable: &str) -> &str {
    syllable.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether a lower-case word is one syllable of Mandarin, written with v, yu or u for ü (`lv`, `lyu`, `lue`).
pub fn is_pinyin_syllable(word: &str) -> bool {
    let Some(rest) = word.strip_prefix([
        'b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't', 'w', 'x', 'y', 'z',
    ]) else {
        return ZERO_INITIAL.contains(&word);
    };
    let (initial, last) = match rest.strip_prefix('h') {
        Some(last) if word.starts_with(['z', 'c', 's']) => (word.get(..2).unwrap_or(word), last),
        _ => (word.get(..1).unwrap_or(word), rest),
    };
    FINALS.iter().find(|(name, _)| *name == initial).is_some_and(|(_, finals)| finals.split(' ').any(|f| f == last))
}

/// Splits a word written without blanks into syllables (`zhangwei` → zhang, wei); `None` when it is not pinyin.
///
/// Fewest syllables win (`xian` is one); among equals the one with fewest inner vowel starts, as the orthography has it
/// (`fangan` is fan gan: fang an is written fang'an), then the longest first syllable. An apostrophe always separates.
pub fn split_pinyin(word: &str) -> Option<Vec<String>> {
    let folded = word.to_lowercase().replace('ü', "v");
    let mut out = Vec::new();
    for piece in folded.split(['\'', '’', '-']) {
        if piece.is_empty() || piece.len() > WORD_LETTERS_MAX || !piece.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        out.extend(split_letters(piece)?);
    }
    Some(out)
}

/// Best split of the letters from each position on, filled from the end: (syllables, vowel starts, first length).
fn split_letters(letters: &str) -> Option<Vec<String>> {
    let length = letters.len();
    let mut best: Vec<Option<(usize, usize, usize)>> = vec![None; length + 1];
    if let Some(end) = best.last_mut() {
        *end = Some((0, 0, 0));
    }
    for start in (0..length).rev() {
        let mut choice: Option<(usize, usize, usize)> = None;
        for size in (1..=6.min(length - start)).rev() {
            let Some(Some((count, vowels, _))) = best.get(start + size).copied() else { continue };
            let candidate = letters.get(start..start + size).unwrap_or("");
            if !is_pinyin_syllable(candidate) {
                continue;
            }
            let inner_vowel = usize::from(start > 0 && candidate.starts_with(['a', 'e', 'o']));
            let cost = (count + 1, vowels + inner_vowel, size);
            if choice.is_none_or(|(c, v, _)| (cost.0, cost.1) < (c, v)) {
                choice = Some(cost);
            }
        }
        if let Some(slot) = best.get_mut(start) {
            *slot = choice;
        }
    }
    let mut out = Vec::new();
    let mut start = 0;
    while start < length {
        let (_, _, size) = best.get(start).copied().flatten()?;
        out.push(letters.get(start..start + size)?.to_owned());
        start += size;
    }
    Some(out)
}

/// Folds the spellings of 吕 and 女 to one: lyu, lue, lü → lv; nyu, nü → nv. Other words unchanged.
pub fn surname_lv_fold(word: &str) -> &str {
    match word {
        "lyu" | "lue" | "lü" | "lu:" | "lv" => "lv",
        "nyu" | "nü" | "nu:" | "nv" => "nv",
        other => other,
    }
}

/// How likely a toneless syllable (or two) is a surname: 0 no, 1 rare, 2 one of the commonest sixty.
pub fn surname_rank(word: &str) -> u8 {
    let folded = surname_lv_fold(word);
    if COMMON_SURNAMES.split(' ').any(|surname| surname == folded) {
        2
    } else {
        u8::from(SURNAME_READINGS.contains(folded))
    }
}

/// The toneless readings of every surname in [`han::SINGLE_SURNAMES`] and [`han::COMPOUND_SURNAMES`].
static SURNAME_READINGS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let plain = |name: &str| syllables(name, name.chars().count()).iter().map(|s| toneless(s).to_owned()).collect();
    let single = han::SINGLE_SURNAMES.chars().map(|c| plain(c.encode_utf8(&mut [0; 4])));
    single.chain(han::COMPOUND_SURNAMES.iter().map(|name| plain(name))).collect()
});

const COMMON_SURNAMES: &str = "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo \
    zheng liang xie song tang feng deng cao peng zeng xiao tian dong yuan pan jiang cai yu du ye cheng su wei lv \
    ding ren shen yao lu cui zhong tan fan jin shi liao jia han";

const ZERO_INITIAL: [&str; 12] = ["a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "o", "ou"];

/// The finals that go with each initial.
const FINALS: [(&str, &str); 23] = [
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo v ve yu yue"),
    ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve yu yue"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing o ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
];

/// Surnames whose reading is not the commonest one of the character.
const SURNAMES: &[(&str, &str)] = &[
    ("单", "shan4"),
    ("曾", "zeng1"),
    ("仇", "qiu2"),
    ("解", "xie4"),
    ("区", "ou1"),
    ("查", "zha1"),
    ("盖", "ge3"),
    ("朴", "piao2"),
    ("乐", "yue4"),
    ("翟", "zhai2"),
    ("覃", "qin2"),
    ("任", "ren2"),
    ("宁", "ning4"),
    ("华", "hua4"),
    ("纪", "ji3"),
    ("葛", "ge3"),
    ("重", "chong2"),
    ("过", "guo1"),
    ("尉", "wei4"),
    ("逄", "pang2"),
    ("尹", "yin3"),
    ("缪", "miao4"),
    ("谌", "chen2"),
    ("种", "chong2"),
    ("召", "shao4"),
    ("石", "shi2"),
    ("冼", "xian3"),
    ("祭", "zhai4"),
    ("能", "nai4"),
    ("员", "yun4"),
    ("晟", "cheng2"),
    ("晁", "chao2"),
    ("炅", "gui4"),
    ("佴", "nai4"),
    ("适", "kuo4"),
    ("黑", "he4"),
    ("折", "she2"),
    ("秘", "bi4"),
    ("曲", "qu1"),
    ("强", "qiang2"),
    ("尧", "yao2"),
    ("车", "che1"),
    ("卜", "bu3"),
    ("长", "zhang3"),
    ("訾", "zi1"),
    ("洗", "xian3"),
    ("洪", "hong2"),
    ("那", "na1"),
    ("牟", "mu4"),
    ("阚", "kan4"),
    ("隗", "wei3"),
    ("句", "gou1"),
    ("哈", "ha3"),
    ("柏", "bai3"),
    ("应", "ying1"),
    ("燕", "yan1"),
    ("相", "xiang4"),
    ("令", "ling2"),
    ("占", "zhan1"),
    ("粘", "nian2"),
    ("称", "cheng1"),
    ("藏", "zang1"),
    ("臧", "zang1"),
    ("阿", "a1"),
    ("都", "du1"),
    ("娄", "lou2"),
    ("彭", "peng2"),
    ("都", "du1"),
    ("干", "gan1"),
    ("角", "jue2"),
    ("合", "he2"),
    ("盛", "sheng4"),
    ("乜", "nie4"),
    ("沈", "shen3"),
    ("舍", "she4"),
    ("贾", "jia3"),
    ("俞", "yu2"),
    ("褚", "chu3"),
    ("於", "yu1"),
    ("费", "fei4"),
    ("郇", "xun2"),
    ("甄", "zhen1"),
    ("钭", "tou3"),
    ("郗", "xi1"),
    ("行", "xing2"),
    ("朱", "zhu1"),
    ("薄", "bo2"),
    ("车", "che1"),
    ("参", "can1"),
    ("万", "wan4"),
    ("丁", "ding1"),
    ("孙", "sun1"),
    ("柳", "liu3"),
    ("叶", "ye4"),
    ("陆", "lu4"),
    ("吕", "lv3"),
    ("姚", "yao2"),
    ("万俟", "mo4 qi2"),
    ("尉迟", "yu4 chi2"),
    ("单于", "chan2 yu2"),
    ("长孙", "zhang3 sun1"),
    ("澹台", "tan2 tai2"),
    ("令狐", "ling2 hu2"),
    ("皇甫", "huang2 fu3"),
    ("宿六斤", "su4 liu4 jin1"),
    ("拓跋", "tuo4 ba2"),
    ("百里", "bai3 li3"),
    ("濮阳", "pu2 yang2"),
    ("呼延", "hu1 yan2"),
    ("鲜于", "xian1 yu2"),
    ("相里", "xiang4 li3"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_their_own_readings() {
        let cases = [
            ("单雄信", 1, "shan4 xiong2 xin4"),
            ("简单", 1, "jian3 dan1"),
            ("万俟卨", 2, "mo4 qi2 xie4"),
            ("吕布", 1, "lv3 bu4"),
            ("曾国藩", 1, "zeng1 guo2 fan1"),
            ("张伟", 1, "zhang1 wei3"),
        ];
        for (han, surname_len, expected) in cases {
            assert_eq!(syllables(han, surname_len).join(" "), expected);
        }
        let unknown = syllables("𠮷·乐", 0);
        assert_eq!(unknown.len(), 3);
        assert_eq!(toneless("zhang1"), "zhang");
        assert_eq!(syllables("单", 9), ["shan4"]);
    }

    #[test]
    fn every_reading_is_in_the_syllable_table() {
        for code in 0x4E00..0x9FA5u32 {
            let Some(reading) = char::from_u32(code).map(syllable) else { continue };
            let plain = toneless(&reading);
            let rare = [
                "hm", "hng", "m", "n", "ng", "yo", "ê", "lo", "yai", "dia", "fiao", "din", "nou", "cei", "zhei", "rua",
            ];
            assert!(is_pinyin_syllable(plain) || rare.contains(&plain) || !plain.is_ascii(), "{code:x} {plain}");
        }
    }

    #[test]
    fn splits_written_pinyin() {
        let cases = [
            ("zhangwei", "zhang wei"),
            ("ZhangSan", "zhang san"),
            ("xian", "xian"),
            ("xi'an", "xi an"),
            ("liuyanling", "liu yan ling"),
            ("zhaomingjuan", "zhao ming juan"),
            ("fangan", "fan gan"),
            ("lvbu", "lv bu"),
            ("wangyiyi", "wang yi yi"),
        ];
        for (word, expected) in cases {
            assert_eq!(split_pinyin(word).map(|s| s.join(" ")).as_deref(), Some(expected), "{word}");
        }
        for word in ["smith", "john", "", "zhang wei", "张", "wong", &"a".repeat(1000)] {
            assert_eq!(split_pinyin(word), None, "{word}");
        }
        assert_eq!(surname_lv_fold("lyu"), "lv");
        assert_eq!(surname_lv_fold("lu"), "lu");
    }
}

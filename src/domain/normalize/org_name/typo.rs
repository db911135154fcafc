//! Misspelt legal forms: what 有限公公司, 限公司 and 有艮公司 were meant to be. For suggestions and match keys, never for
//! the displayed name.

/// The name with its legal form spelt right; `None` where nothing is misspelt.
pub fn repaired(name: &str) -> Option<String> {
    // Every misspelling keeps two of these near the end; names of shops and schools leave here.
    let mut tail = name.chars().rev().take(6).filter(|c| matches!(c, '有' | '限' | '公' | '司' | '责'));
    tail.nth(1)?;
    let (head, form) = misspelt_company(name)?;
    let (head, qualifier) = misspelt_qualifier(head, form);
    Some(format!("{head}{qualifier}{form}"))
}

/// The head and the right form of a name that ends in a misspelt 公司.
fn misspelt_company(name: &str) -> Option<(&str, &'static str)> {
    if let Some(head) = name.strip_suffix("有限公司") {
        // 股分有限公司, 有限责仼有限公司: only what stands before may be wrong.
        return (!misspelt_qualifier(head, "有限公司").1.is_empty()).then_some((head, "有限公司"));
    }
    if name.ends_with("有限责任公司") || name.ends_with("无限公司") {
        return None;
    }
    if let Some((wrong, right)) = WHOLE.iter().find(|(wrong, _)| name.ends_with(wrong)) {
        return name.strip_suffix(wrong).filter(|head| !head.is_empty()).map(|head| (head, *right));
    }
    let (head, [a, b, c, d]) = last_four(name)?;
    let wrong = match (a, b, c, d) {
        ('有', '限', '公', d) => !"寓园路社馆会厂".contains(d),
        ('有', '限', c, '司') => c != '寿',
        ('有', b, '公', '司') => LIKE_XIAN.contains(b),
        (a, '限', '公', '司') => LIKE_YOU.contains(a),
        _ => false,
    };
    if wrong && !head.is_empty() {
        return Some((head, "有限公司"));
    }
    let head = name.strip_suffix("限公司")?;
    let is_word = head.chars().next_back().is_none_or(|last| "无极期权上下年时界局有".contains(last));
    (!is_word).then_some((head, "有限公司"))
}

/// 股份 misspelt before a right form: the head without it and the right spelling.
fn misspelt_qualifier<'a>(head: &'a str, form: &str) -> (&'a str, &'static str) {
    const WRONG: [&str; 8] = ["股分", "股扮", "胶份", "般份", "股份份", "股股份", "股仹", "股玢"];
    let open = form == "有限公司" && head.ends_with(['份', '分', '扮', '仹', '玢']);
    let rest = open.then(|| WRONG.iter().find_map(|wrong| head.strip_suffix(wrong))).flatten();
    rest.map_or((head, ""), |rest| (rest, "股份"))
}

fn last_four(name: &str) -> Option<(&str, [char; 4])> {
    let mut chars = name.char_indices().rev();
    let (d, c, b, a) = (chars.next()?.1, chars.next()?.1, chars.next()?.1, chars.next()?);
    Some((name.get(..a.0)?, [a.1, b, c, d]))
}

/// Read or typed instead of 限.
const LIKE_XIAN: &str = "艮跟根很恨狠垠银眼线现先县陷险献显宪馅羡见哏";

/// Read or typed instead of 有. Not 无: a company may be unlimited.
const LIKE_YOU: &str = "又右冇友由油肴宥木存布育佑育";

/// Doubled, dropped and swapped characters; longer ones first where one ends another.
const WHOLE: &[(&str, &str)] = &[
    ("有限公公司", "有限公司"),
    ("有限限公司", "有限公司"),
    ("有有限公司", "有限公司"),
    ("有限公司司", "有限公司"),
    ("有限的公司", "有限公司"),
    ("有公限司", "有限公司"),
    ("限有公司", "有限公司"),
    ("有限司公", "有限公司"),
    ("有公司限", "有限公司"),
    ("有限责责任公司", "有限责任公司"),
    ("有限责任任公司", "有限责任公司"),
    ("有限责任公公司", "有限责任公司"),
    ("有限责任公司司", "有限责任公司"),
    ("有限责任公可", "有限责任公司"),
    ("有限责任工司", "有限责任公司"),
    ("有限责任公", "有限责任公司"),
    ("有限责任司", "有限责任公司"),
    ("有限责公司", "有限责任公司"),
    ("有限任公司", "有限责任公司"),
    ("有限责仼公司", "有限责任公司"),
    ("有限责仁公司", "有限责任公司"),
    ("有限责认公司", "有限责任公司"),
    ("有限贵任公司", "有限责任公司"),
    ("有限青任公司", "有限责任公司"),
    ("有艮责任公司", "有限责任公司"),
    ("有限任责公司", "有限责任公司"),
    ("限责任公司", "有限责任公司"),
    ("有限责任", "有限责任公司"),
    ("有限公", "有限公司"),
    ("有限司", "有限公司"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_forms_are_repaired() {
        let cases = [
            ("归一示例科技有限公公司", "归一示例科技有限公司"),
            ("归一示例科技限公司", "归一示例科技有限公司"),
            ("归一示例科技有艮公司", "归一示例科技有限公司"),
            ("归一示例科技有限公可", "归一示例科技有限公司"),
            ("归一示例科技友限公司", "归一示例科技有限公司"),
            ("归一示例科技有限公", "归一示例科技有限公司"),
            ("归一示例科技有限工司", "归一示例科技有限公司"),
            ("归一示例科技有公限司", "归一示例科技有限公司"),
            ("归一示例股分有限公司", "归一示例股份有限公司"),
            ("归一示例股份有限公可", "归一示例股份有限公司"),
            ("归一示例有限责仼公司", "归一示例有限责任公司"),
            ("归一示例限责任公司", "归一示例有限责任公司"),
        ];
        for (wrong, right) in cases {
            assert_eq!(repaired(wrong).as_deref(), Some(right), "{wrong}");
            assert_eq!(repaired(right), None, "{right}");
        }
        for right in ["归一无限公司", "归一极限公司", "归一公司", "有限公寓", "归一有限公寓", "限公司", "公司", ""]
        {
            assert_eq!(repaired(right), None, "{right}");
        }
    }
}

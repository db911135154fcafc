//! Other names of an organisation in the field of its name: former ones (曾用名) and those it trades under.

/// A name without the other names beside it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct WithoutRemarks {
    /// The current name.
    pub current: String,
    /// What it was called before.
    pub former: Vec<String>,
    /// What it trades as.
    pub trading: Option<String>,
}

/// Words that announce a former name, longer ones first. Those of one character count in brackets only.
const FORMER: [&str; 16] = [
    "formerly known as",
    "previously known as",
    "formerly",
    "previously",
    "曾用名称",
    "曾用名",
    "原名称",
    "原名",
    "更名前",
    "旧名",
    "旧称",
    "前身为",
    "前身",
    "曾名",
    "f/k/a",
    "fka",
];

/// Words that announce a trading name.
const TRADING: [&str; 6] = ["doing business as", "trading as", "d/b/a", "dba", "t/a", "t/as"];

/// Splits the other names off; `None` where there are none, as nearly always.
pub fn split(text: &str) -> Option<WithoutRemarks> {
    // Nearly no name has any of the characters that announce one.
    let announced = !text.is_ascii() && text.chars().any(|c| matches!(c, '曾' | '原' | '旧' | '更' | '前'));
    let latin = text.contains(' ') && text.bytes().any(|b| b.is_ascii_alphabetic());
    if !announced && !latin {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (at, word) = FORMER
        .iter()
        .chain(&TRADING)
        .filter(|word| if word.is_ascii() { latin } else { announced })
        .filter_map(|word| Some((position(&lower, word)?, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()))
        .or_else(|| Some((bracketed_old(text)?, "原")))?;
    let (head, tail) = text.split_at_checked(at)?;
    let told = tail.get(word.len()..)?.trim_start_matches(is_mark);
    let bracketed = head.trim_end().ends_with(['(', '[', '【', '〔', '{']);
    let (names, rest) = match told.find([')', ']', '】', '〕', '}']).filter(|_| bracketed) {
        // The last bracket closes: the former name may have brackets of its own.
        Some(first) => {
            let close = told.rfind([')', ']', '】', '〕', '}']).unwrap_or(first);
            let inner_opens = told.get(..first).is_some_and(|inner| inner.contains('('));
            let end = if inner_opens { close } else { first };
            (told.get(..end)?, told.get(end..)?.trim_start_matches([')', ']', '】', '〕', '}']))
        }
        None => (told, ""),
    };
    let head = head.trim_end_matches(|c: char| is_mark(c) || matches!(c, '(' | '[' | '【' | '〔' | '{'));
    let mut names = names.split(['、', ';', '；', '/']).map(str::trim).filter(|name| name.chars().nth(1).is_some());
    let mut found = WithoutRemarks { current: format!("{head}{rest}"), ..WithoutRemarks::default() };
    if TRADING.contains(&word) {
        found.trading = Some(names.next()?.to_owned());
    } else {
        found.former = names.map(str::to_owned).collect();
    }
    (!head.is_empty() && (found.trading.is_some() || !found.former.is_empty())).then_some(found)
}

/// Where the word stands, not at the very start; Latin words stand alone.
fn position(lower: &str, word: &str) -> Option<usize> {
    let at = lower.find(word).filter(|at| *at > 0)?;
    if !word.is_ascii() {
        return Some(at);
    }
    let before = lower.get(..at)?.chars().next_back()?;
    let after = lower.get(at + word.len()..)?.chars().next()?;
    (!before.is_alphanumeric() && !after.is_alphanumeric()).then_some(at)
}

/// 归一(原腾云科技有限公司): 原 behind a bracket and before a whole name.
fn bracketed_old(text: &str) -> Option<usize> {
    let open = ["(原", "[原", "【原"].iter().find_map(|open| text.find(open)).filter(|at| *at > 0)?;
    let at = open + text.get(open..)?.chars().next()?.len_utf8();
    let inside = text.get(at..)?.split([')', ']', '】']).next()?;
    let whole = ["公司", "厂", "店", "行", "社", "所", "院", "校", "集团"].iter().any(|end| inside.ends_with(end));
    (whole && inside.chars().nth(4).is_some()).then_some(at)
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，' | '为' | '是' | '-' | '—' | ';' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_are_split_off() {
        let cases = [
            ("归一有限公司(曾用名:腾云有限公司)", "归一有限公司", "腾云有限公司"),
            (
                "归一有限公司(曾用名：腾云有限公司、腾云(北京)有限公司)",
                "归一有限公司",
                "腾云有限公司;腾云(北京)有限公司",
            ),
            ("归一有限公司(原腾云科技有限公司)", "归一有限公司", "腾云科技有限公司"),
            ("归一有限公司 原名:腾云有限公司", "归一有限公司", "腾云有限公司"),
            ("Acme Ltd (formerly Widget Ltd)", "Acme Ltd", "Widget Ltd"),
            ("Acme Ltd f/k/a Widget Ltd", "Acme Ltd", "Widget Ltd"),
        ];
        for (text, current, former) in cases {
            let found = split(text).unwrap_or_default();
            assert_eq!((found.current.as_str(), found.former.join(";").as_str()), (current, former), "{text}");
        }
        assert_eq!(split("Acme Ltd dba Widgets").and_then(|found| found.trading).as_deref(), Some("Widgets"));
        for text in ["归一(原点)科技有限公司", "曾用名:归一", "Fka Ltd", "原名有限公司", "Dba Group", "()曾用名"]
        {
            assert_eq!(split(text), None, "{text}");
        }
    }
}

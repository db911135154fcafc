//! E-mail addresses: unwrapped, split, judged by RFC 5321 as far as customers' addresses go, folded for comparison.

use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::record::{Attribute, Email, RawAttribute, Value};
use super::super::text::{self, Cleaned, width};
use super::{Context, prepared, truncated};

/// RFC 5321 4.5.3.1.1, in octets.
const LOCAL_BYTES_MAX: usize = 64;
/// RFC 5321 4.5.3.1.2, less the two octets that DNS needs.
const DOMAIN_BYTES_MAX: usize = 253;
/// RFC 5321 4.5.3.1.3, less the angle brackets.
const ADDRESS_BYTES_MAX: usize = 254;
/// RFC 1035 2.3.4.
const LABEL_BYTES_MAX: usize = 63;
/// Addresses taken from one field.
const ADDRESSES_MAX: usize = 10;

/// The providers most used by customers; a domain one letter away from one of them is a typing error.
const PROVIDERS: [&str; 41] = [
    "qq.com",
    "163.com",
    "126.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "foxmail.com",
    "139.com",
    "189.cn",
    "icloud.com",
    "live.com",
    "live.cn",
    "msn.com",
    "yeah.net",
    "aliyun.com",
    "vip.qq.com",
    "vip.163.com",
    "vip.sina.com",
    "wo.cn",
    "tom.com",
    "21cn.com",
    "263.net",
    "188.com",
    "me.com",
    "mac.com",
    "aol.com",
    "googlemail.com",
    "yahoo.com.cn",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com.hk",
    "yahoo.com.tw",
    "hotmail.co.uk",
    "protonmail.com",
    "naver.com",
    "mail.ru",
    "bigpond.com",
];
/// Real domains one letter away from a provider.
const NOT_TYPOS: [&str; 12] = [
    "mail.com",
    "ymail.com",
    "email.com",
    "qq.cn",
    "126.cn",
    "163.cn",
    "163.net",
    "263.com",
    "yahoo.cn",
    "we.com",
    "outlook.co",
    "live.ca",
];
/// RFC 2606 and what forms are filled with.
const RESERVED: [&str; 9] = [
    "example.com",
    "example.org",
    "example.net",
    "test.com",
    "none.com",
    "noemail.com",
    "email.invalid",
    "a.com",
    "abc.com",
];
const FILLER_LOCALS: [&str; 9] = ["test", "noemail", "none", "no", "xxx", "noreply", "no-reply", "null", "nomail"];

/// Prepares the addresses of a field.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    let folded = width::to_halfwidth(&cleaned.text);
    let pieces = split(&folded);
    let several = pieces.len() > 1;
    let attribute = |(index, piece): (usize, &String)| {
        let (mut checked, value) = judge(piece);
        if several && index == 0 {
            checked.note(Finding::of(Defect::MultipleValues));
        }
        let cleaned = if index == 0 { cleaned.clone() } else { Cleaned { findings: Vec::new(), ..cleaned.clone() } };
        prepared(raw, &cleaned, checked, value)
    };
    pieces.iter().enumerate().map(attribute).collect()
}

/// The addresses of a field, without `mailto:`, display names and brackets; at least one text.
fn split(text: &str) -> Vec<String> {
    let many = text.bytes().filter(|b| *b == b'@').count() > 1;
    let separates =
        |c: char| matches!(c, ';' | '；' | '、' | '\n') || many && matches!(c, ',' | '，' | ' ' | '/' | '|');
    let pieces = text.split(separates).map(unwrap_address).filter(|piece| !piece.is_empty());
    let mut pieces: Vec<String> = pieces.take(ADDRESSES_MAX).collect();
    if many {
        // 张三 <a@b.cn> 李四 <c@d.cn>: the names between are not addresses.
        pieces.retain(|piece| piece.contains('@'));
    }
    if pieces.is_empty() { vec![text.to_owned()] } else { pieces }
}

fn unwrap_address(piece: &str) -> String {
    let bracketed = piece.rsplit_once('<').map_or(piece, |(_, rest)| rest.split('>').next().unwrap_or(rest));
    let trimmed = bracketed.trim().trim_end_matches(['.', '。', '｡', ',', '，', '>', ';']).trim();
    let scheme_len = "mailto:".len();
    match trimmed.get(..scheme_len) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            trimmed.get(scheme_len..).and_then(|rest| rest.split('?').next()).unwrap_or_default().trim().to_owned()
        }
        _ => trimmed.to_owned(),
    }
}

fn judge(piece: &str) -> (Checked, Value) {
    let as_text = |checked: Checked| {
        let value = Value::Text(checked.normal.clone());
        (checked, value)
    };
    let dotted = piece.replace(['。', '｡', '．'], ".");
    let Some((local, domain)) = dotted.rsplit_once('@') else {
        let wrong_column = dotted.bytes().filter(u8::is_ascii_digit).count() >= 7;
        let defect = if wrong_column { Defect::WrongColumn } else { Defect::Format };
        return as_text(Checked::invalid(&*dotted, Finding::with_detail(defect, "没有 @", "no @")));
    };
    if dotted.contains('*') {
        return as_text(Checked::suspect(&*dotted, Finding::of(Defect::Masked)));
    }
    let domain = domain.to_lowercase();
    let mut checked = Checked::valid(format!("{local}@{domain}"));
    judge_local(local, &mut checked);
    judge_domain(local, &domain, &mut checked);
    if checked.normal.len() > ADDRESS_BYTES_MAX {
        checked.worsen(Validity::Invalid, Finding::of(Defect::Length));
    }
    if checked.validity == Validity::Invalid {
        return as_text(checked);
    }
    judge_provider(local, &domain, &mut checked);
    let email = folded(local, &domain);
    if is_placeholder(&email) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    if matches!(email.domain.as_str(), "qq.com" | "vip.qq.com") && is_qq_number(&email.local) {
        checked.fact("qq", email.local.as_str());
    }
    (checked, Value::Email(email))
}

fn judge_local(local: &str, checked: &mut Checked) {
    let mut refuse = |zh: &str, en: &str| {
        checked.worsen(Validity::Invalid, Finding::with_detail(Defect::Format, zh, en));
    };
    if local.is_empty() {
        refuse("@ 前没有内容", "nothing before the @");
    } else if local.len() > LOCAL_BYTES_MAX {
        refuse("@ 前超过 64 字节", "more than 64 octets before the @");
    } else if local.len() > 2 && local.starts_with('"') && local.ends_with('"') {
        let finding = Finding::with_detail(Defect::Format, "带引号的地址很少见", "quoted local parts are rare");
        checked.worsen(Validity::Suspect, finding);
    } else if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        refuse("@ 前的点号位置不对", "a dot at the wrong place before the @");
    } else if !local.chars().all(is_atom_character) {
        refuse("@ 前有不允许的字符", "a character not allowed before the @");
    } else if !local.is_ascii() {
        let finding = Finding::with_detail(Defect::Format, "@ 前有非 ASCII 字符", "non-ASCII local part (RFC 6531)");
        checked.worsen(Validity::Suspect, finding);
    }
}

fn is_label_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || is_international(c)
}

/// Anything visible beyond ASCII, as RFC 6531 allows: vowel signs of Indian scripts are no letters.
fn is_international(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control()
}

/// RFC 5322 atext with the dot, and what RFC 6531 adds.
fn is_atom_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_international(c) || c == '.' || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn judge_domain(local: &str, domain: &str, checked: &mut Checked) {
    if domain.starts_with('[') {
        let finding = Finding::with_detail(Defect::Format, "域名是 IP 地址", "an address literal");
        return checked.worsen(Validity::Suspect, finding);
    }
    if domain.contains(',') {
        let fixed = format!("{local}@{}", domain.replace(',', "."));
        let finding = Finding::with_detail(Defect::Format, "逗号应为点号", "a comma instead of a dot");
        return checked.worsen(Validity::Invalid, finding.suggest(fixed, "逗号改为点号", "dot for comma"));
    }
    let label_holds = |label: &str| {
        let bounded = !label.is_empty() && label.len() <= LABEL_BYTES_MAX;
        bounded && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_label_character)
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    if domain.len() > DOMAIN_BYTES_MAX || !domain.split('.').all(label_holds) {
        let finding = Finding::with_detail(Defect::Format, "域名不合规则", "not a domain name");
        checked.worsen(Validity::Invalid, finding);
    } else if !domain.contains('.') {
        let finding = Finding::with_detail(Defect::Format, "域名没有后缀", "a domain of one label");
        checked.worsen(Validity::Suspect, finding);
    } else if top.bytes().all(|b| b.is_ascii_digit()) {
        let finding = Finding::with_detail(Defect::Format, "域名后缀不能是数字", "a top-level domain of digits");
        checked.worsen(Validity::Invalid, finding);
    }
}

/// A domain one letter (or one swap) away from a provider is probably a typing error; the address stays as it is.
fn judge_provider(local: &str, domain: &str, checked: &mut Checked) {
    if PROVIDERS.contains(&domain) || NOT_TYPOS.contains(&domain) || RESERVED.contains(&domain) {
        return;
    }
    let near = PROVIDERS.iter().filter(|provider| domain.len().abs_diff(provider.len()) <= 1);
    let meant = near.copied().find(|provider| is_typo_of(domain, provider));
    if let Some(provider) = meant {
        let finding = Finding::with_detail(Defect::Typo, format!("疑为 {provider}"), format!("perhaps {provider}"));
        let fixed = format!("{local}@{provider}");
        let (zh, en) = ("与常用邮箱域名只差一处", "one change away from a common provider");
        checked.worsen(Validity::Suspect, finding.suggest(fixed, zh, en));
    }
}

/// Short names (qq, wo) have many honest neighbours, so with them only the suffix may be misspelt.
fn is_typo_of(domain: &str, provider: &str) -> bool {
    if strsim::osa_distance(domain, provider) != 1 {
        return false;
    }
    let name = |domain: &str| domain.split('.').next().map(str::to_owned);
    let name_len = provider.split('.').next().map_or(0, str::len);
    let suffix = domain.rsplit('.').next().unwrap_or_default();
    // A country's own suffix (hotmail.co → .co is Colombia's) counts as a slip of .com, but yahoo.ca does not.
    let slip = matches!(
        suffix,
        "con" | "cm" | "co" | "om" | "cim" | "vom" | "xom" | "cpm" | "comm" | "ocm" | "cmo" | "coom" | "cn"
    );
    if name(domain) == name(provider) { slip && suffix != "cn" || suffix.len() > 4 } else { name_len >= 4 }
}

/// The form for comparing: lower case, the rules of providers that are known to ignore dots and tags.
fn folded(local: &str, domain: &str) -> Email {
    let mut local = local.to_lowercase();
    let domain = if domain == "googlemail.com" { "gmail.com".to_owned() } else { domain.to_owned() };
    if domain == "gmail.com" {
        local = local.split('+').next().unwrap_or_default().replace('.', "");
    }
    Email { match_key: format!("{local}@{domain}"), local, domain }
}

fn is_placeholder(email: &Email) -> bool {
    let name = email.domain.split('.').next().unwrap_or_default();
    let reserved_top = matches!(email.domain.rsplit('.').next(), Some("invalid" | "test" | "example" | "localhost"));
    let local = email.local.as_str();
    let repeated = local.len() >= 2 && local.chars().all(|c| local.starts_with(c));
    let run = matches!(local, "123" | "1234" | "12345" | "123456" | "1234567" | "12345678" | "123456789" | "abc");
    let repeats_domain = local == name && (local.len() <= 2 || FILLER_LOCALS.contains(&local));
    let letters = !local.bytes().any(|b| b.is_ascii_digit());
    RESERVED.contains(&email.domain.as_str())
        || reserved_top
        || FILLER_LOCALS.contains(&local)
        || repeats_domain
        || run && local != "12345"
        || repeated && (letters || local.len() >= 5)
}

/// 5–11 digits, no leading zero.
fn is_qq_number(local: &str) -> bool {
    (5..=11).contains(&local.len()) && !local.starts_with('0') && local.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::record::AttributeKind;

    fn all(input: &str) -> Vec<Attribute> {
        normalize(&RawAttribute::full(AttributeKind::Email, input), &Context::default())
    }

    fn key(attribute: &Attribute) -> &str {
        match &attribute.value {
            Value::Email(email) => &email.match_key,
            _ => "",
        }
    }

    #[test]
    fn honest_addresses_are_folded() {
        let cases = [
            ("Ｔｅｓｔer＠ＱＱ．ＣＯＭ", "tester@qq.com"),
            ("tester@qq。com", "tester@qq.com"),
            ("ZHANG@Sina.com.cn", "zhang@sina.com.cn"),
            ("a.b+tag@gmail.com", "ab@gmail.com"),
            ("A.B@googlemail.com", "ab@gmail.com"),
            ("mailto:zhang@b.cn", "zhang@b.cn"),
            ("张三 <zhang@b.cn>", "zhang@b.cn"),
            ("zhang@b.cn。", "zhang@b.cn"),
            ("wang+x@例子.中国", "wang+x@例子.中国"),
            ("o'neil@x-y.com.au", "o'neil@x-y.com.au"),
        ];
        for (input, expected) in cases {
            let attributes = all(input);
            assert_eq!((attributes.len(), key(&attributes[0])), (1, expected), "{input}");
            assert_eq!((attributes[0].validity, attributes[0].evidence), (Validity::Valid, true), "{input}");
        }
        assert_eq!(all("12345@qq.com")[0].facts[0].value, "12345");
        assert_eq!(all("zhang@qq.com;li@163.com").iter().map(key).collect::<Vec<_>>(), ["zhang@qq.com", "li@163.com"]);
    }

    #[test]
    fn typing_errors_get_a_suggestion_and_stay_evidence() {
        let cases = [
            ("zhang@gmial.com", "zhang@gmail.com"),
            ("z@163.con", "z@163.com"),
            ("z@qq.cm", "z@qq.com"),
            ("z@hotmail.co", "z@hotmail.com"),
            ("z@126.cim", "z@126.com"),
            ("z@gmai.com", "z@gmail.com"),
        ];
        for (input, expected) in cases {
            let attribute = all(input).remove(0);
            let suggestion = attribute.findings[0].suggestion.as_ref().unwrap();
            assert_eq!((suggestion.value.as_str(), attribute.evidence), (expected, true), "{input}");
        }
        for honest in ["z@yahoo.ca", "z@mail.com", "z@qq.cn", "z@wq.com", "z@163.net"] {
            assert_eq!(all(honest)[0].validity, Validity::Valid, "{honest}");
        }
    }

    #[test]
    fn wrong_ones_are_told_apart() {
        use Validity::{Invalid, Suspect};
        let long_local = format!("{}@b.cn", "a".repeat(65));
        let long_label = format!("zh@{}.cn", "a".repeat(64));
        let cases = [
            ("test@test.com", Suspect, Defect::Placeholder),
            ("a@a.com", Suspect, Defect::Placeholder),
            ("123@qq.com", Suspect, Defect::Placeholder),
            ("xx@163.com", Suspect, Defect::Placeholder),
            ("zhang@example.com", Suspect, Defect::Placeholder),
            ("none@none", Suspect, Defect::Format),
            ("\"a b\"@x.com", Suspect, Defect::Format),
            ("zh@[127.0.0.1]", Suspect, Defect::Format),
            ("用户@qq.com", Suspect, Defect::Format),
            ("z***g@qq.com", Suspect, Defect::Masked),
            ("@qq.com", Invalid, Defect::Format),
            ("a..b@qq.com", Invalid, Defect::Format),
            (".a@qq.com", Invalid, Defect::Format),
            ("a.@qq.com", Invalid, Defect::Format),
            ("zhang@qq,com", Invalid, Defect::Format),
            ("zhang.qq.com", Invalid, Defect::Format),
            ("13912340000", Invalid, Defect::WrongColumn),
            ("zh@-b.cn", Invalid, Defect::Format),
            ("zh@1.2.3.4", Invalid, Defect::Format),
            (long_local.as_str(), Invalid, Defect::Format),
            (long_label.as_str(), Invalid, Defect::Format),
        ];
        for (input, validity, defect) in cases {
            let attribute = all(input).remove(0);
            assert_eq!((attribute.validity, attribute.findings[0].defect), (validity, defect), "{input}");
        }
        assert_eq!(all("zhang@qq,com")[0].findings[0].suggestion.as_ref().unwrap().value, "zhang@qq.com");
    }
}

//! E-mail addresses: unwrapped, split, judged by RFC 5321 as far as customers' addresses go, folded for comparison.

use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::record::{Attribute, Email, RawAttribute, Value};
use super::super::text::{self, Cleaned, width};
use super::{Context, prepared, truncated};

mod punycode;

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
    let written = truncated(&raw.raw());
    let cleaned = text::clean(&written);
    let folded = width::to_halfwidth(&cleaned.text);
    // What only the repairs made readable is worth a look: width in one part alone, hidden characters, brackets.
    let repaired = written.contains('@') && width::to_halfwidth(&written) != written
        || cleaned.findings.iter().any(|finding| finding.defect == Defect::InvisibleRemoved)
        || folded.matches('<').count() > folded.matches('@').count();
    let pieces = split(&folded);
    let several = pieces.len() > 1;
    let attribute = |(index, piece): (usize, &String)| {
        let (mut checked, value) = judge(piece);
        if repaired || ends_with_stop(&cleaned.text) {
            if checked.findings.is_empty() && cleaned.findings.is_empty() {
                let (zh, en) = ("全角字符或句末标点", "full-width characters or a full stop");
                checked.note(Finding::with_detail(Defect::RemarkRemoved, zh, en));
            }
            checked.validity = checked.validity.max(Validity::Suspect);
        }
        if several && index == 0 {
            checked.note(Finding::of(Defect::MultipleValues));
        }
        let cleaned = if index == 0 { cleaned.clone() } else { Cleaned { findings: Vec::new(), ..cleaned.clone() } };
        prepared(raw, &cleaned, checked, value)
    };
    pieces.iter().enumerate().map(attribute).collect()
}

/// The full stop of a sentence behind the address; it is dropped.
fn ends_with_stop(text: &str) -> bool {
    text.trim_end_matches('>').trim_end().ends_with(['.', '。', '｡', '．'])
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
    let trimmed = bracketed.trim().trim_end_matches(['.', '。', '｡', '．', ',', '，', '>', ';']).trim();
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
    let plain = unquoted(local).filter(|text| is_dot_atom(text));
    let mut checked = Checked::valid(format!("{}@{domain}", plain.as_deref().unwrap_or(local)));
    judge_local(local, &mut checked);
    let local = plain.as_deref().unwrap_or(local);
    judge_domain(local, &domain, &mut checked);
    let in_dns = punycode::ascii_domain(&domain);
    if local.len() + 1 + in_dns.as_ref().map_or(usize::MAX / 2, String::len) > ADDRESS_BYTES_MAX {
        checked.worsen(Validity::Invalid, Finding::of(Defect::Length));
    }
    if let Some(in_dns) = in_dns.filter(|in_dns| *in_dns != domain && checked.validity != Validity::Invalid) {
        checked.fact("ascii_domain", in_dns);
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
    } else if unquoted(local).is_some() {
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

/// The text of a quoted local part without its quotes and escapes; `None` when it is not one.
fn unquoted(local: &str) -> Option<String> {
    let inner = local.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => text.push(chars.next()?),
            _ => text.push(c),
        }
    }
    Some(text)
}

fn is_dot_atom(local: &str) -> bool {
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    !local.is_empty() && !dots && local.chars().all(is_atom_character)
}

fn is_label_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || is_international(c) && c != '\u{fffd}' && !is_enclosed(c)
}

/// ⒈, ⑴ and their like, which internationalised domain names exclude (UTS 46).
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2474}'..='\u{249b}')
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
    } else if top.len() == 1 {
        let finding =
            Finding::with_detail(Defect::UnknownComponent, "没有单字母后缀", "no top-level domain of a letter");
        checked.worsen(Validity::Suspect, finding);
    } else {
        judge_labels(domain, checked);
    }
}

/// What is a domain name by its shape, but by no registry's rules.
fn judge_labels(domain: &str, checked: &mut Checked) {
    let in_dns = punycode::ascii_domain(domain).unwrap_or_default();
    let too_long = in_dns.len() > DOMAIN_BYTES_MAX || in_dns.split('.').any(|label| label.len() > LABEL_BYTES_MAX);
    if in_dns.is_empty() || too_long || !domain.split('.').all(punycode::is_sound) {
        let finding = Finding::with_detail(Defect::Format, "国际化域名编码不对", "not an internationalised name");
        return checked.worsen(Validity::Invalid, finding);
    }
    let reserved = |label: &str| label.get(2..4) == Some("--") && !label.starts_with("xn--");
    // Vowel signs and other marks are no letters, but belong to words; pictures and signs do not.
    let symbol = |c: char| matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    if domain.contains('_') || domain.split('.').any(reserved) || domain.chars().any(|c| symbol(c) && c != '·') {
        let finding = Finding::with_detail(Defect::Format, "域名中有不寻常的字符", "unusual characters in the domain");
        checked.worsen(Validity::Suspect, finding);
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
    let reserved_top = matches!(
        email.domain.rsplit('.').next(),
        Some("invalid" | "test" | "example" | "localhost" | "local" | "onion")
    );
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
mod tests;

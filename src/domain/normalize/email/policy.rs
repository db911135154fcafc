//! What the grammar cannot tell of an address: whether it is a customer's own. Providers and slips of typing their names,
//! role and disposable mailboxes, fillers of forms.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::domain_name;

/// The providers most used by customers, the most used first; none of them tells capital from small letters.
const PROVIDERS: [&str; 47] = [
    "qq.com",
    "163.com",
    "126.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "foxmail.com",
    "sina.com",
    "139.com",
    "yahoo.com",
    "icloud.com",
    "sohu.com",
    "189.cn",
    "live.com",
    "sina.com.cn",
    "sina.cn",
    "live.cn",
    "msn.com",
    "yeah.net",
    "aliyun.com",
    "vip.qq.com",
    "vip.163.com",
    "vip.126.com",
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
    "proton.me",
    "naver.com",
    "mail.ru",
    "yandex.ru",
    "bigpond.com",
    "gmx.de",
    "web.de",
];

/// Real domains one letter away from a provider.
const NOT_TYPOS: [&str; 19] = [
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
    "gmx.com",
    "gmx.net",
    "gmx.at",
    "yandex.com",
    "mail.de",
    "rocketmail.com",
    "hotmail.ca",
];

/// Domains that forms are filled with.
const FILLER_DOMAINS: [&str; 9] =
    ["test.com", "none.com", "noemail.com", "a.com", "abc.com", "aa.com", "aaa.com", "xxx.com", "nomail.com"];

const FILLER_LOCALS: [&str; 10] =
    ["test", "noemail", "none", "no", "xxx", "noreply", "no-reply", "donotreply", "null", "nomail"];

/// Mailboxes of an office, not of a person (RFC 2142, and what companies use; pinyin for Chinese ones).
const ROLES: [&str; 64] = [
    "abuse",
    "account",
    "accounting",
    "accounts",
    "admin",
    "administrator",
    "bangong",
    "bangongshi",
    "billing",
    "booking",
    "business",
    "caigou",
    "caiwu",
    "career",
    "careers",
    "contact",
    "contactus",
    "customercare",
    "customerservice",
    "enquiries",
    "enquiry",
    "feedback",
    "finance",
    "ftp",
    "help",
    "helpdesk",
    "hostmaster",
    "hr",
    "info",
    "information",
    "inquiry",
    "invoice",
    "it",
    "job",
    "jobs",
    "kefu",
    "legal",
    "list",
    "mailer-daemon",
    "marketing",
    "media",
    "news",
    "newsletter",
    "noc",
    "office",
    "order",
    "orders",
    "postmaster",
    "pr",
    "press",
    "privacy",
    "purchase",
    "reception",
    "renshi",
    "root",
    "sales",
    "security",
    "service",
    "services",
    "shichang",
    "support",
    "webmaster",
    "xiaoshou",
    "zhaopin",
];

/// Endings that only a slip of the finger puts in the place of `com`, although some are a country's own.
const SLIPS_OF_COM: [&str; 16] =
    ["con", "cm", "co", "om", "cim", "vom", "xom", "cpm", "comm", "ocm", "cmo", "coom", "c0m", "dom", "ccom", "coml"];
/// Endings that an unknown one may stand for, the most used first.
const COMMON_ENDINGS: [&str; 4] = ["com", "cn", "net", "org"];

/// Domains offered for one misspelt name.
const SUGGESTIONS_MAX: usize = 3;

static DISPOSABLE: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| domain_name::words(include_str!("disposable.dat")).collect());

static PROVIDER_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| PROVIDERS.into_iter().collect());

static ROLE_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| ROLES.into_iter().collect());

/// The letters of every provider's name: names with other letters need no closer look.
static PROVIDER_LETTERS: LazyLock<[u64; PROVIDERS.len()]> = LazyLock::new(|| PROVIDERS.map(letters_of));

/// The domain of a mass provider, when it is one.
pub(super) fn provider(domain: &str) -> Option<&'static str> {
    PROVIDER_SET.get(domain).copied()
}

/// A mailbox that is given up after use and open to anyone.
pub(super) fn is_disposable(domain: &str) -> bool {
    let parent = domain.split_once('.').map_or("", |(_, parent)| parent);
    DISPOSABLE.contains(domain) || DISPOSABLE.contains(parent)
}

/// The mailbox of an office; companies number them (`sales01`), at mass providers a number makes it somebody's own.
pub(super) fn is_role(local: &str, at_provider: bool) -> bool {
    let base = local.bytes().position(|b| b == b'+').and_then(|plus| local.get(..plus)).unwrap_or(local);
    if at_provider {
        return ROLE_SET.contains(base);
    }
    let numbered = base.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['.', '-', '_']);
    ROLE_SET.contains(base) || numbered.len() < base.len() && ROLE_SET.contains(numbered)
}

/// What is typed where no address is wanted: test@test.com, a@a.com, xx@163.com, 123@qq.com.
pub(super) fn is_filler(local: &str, domain: &str) -> bool {
    const RUNS: [&str; 8] = ["123", "1234", "123456", "1234567", "12345678", "123456789", "1234567890", "abc"];
    let short =
        local.len() <= 2 && domain.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let first = local.chars().next();
    let repeated = || local.len() >= 2 && local.chars().all(|c| Some(c) == first);
    let letters = || !local.bytes().any(|b| b.is_ascii_digit());
    FILLER_DOMAINS.contains(&domain)
        || FILLER_LOCALS.contains(&local)
        || short
        || RUNS.contains(&local)
        || repeated() && (local.len() >= 5 || letters())
}

/// The domains probably meant by a misspelt one, the likeliest first; empty where nothing looks misspelt.
pub(super) fn probable_domains(domain: &str) -> Vec<String> {
    if PROVIDER_SET.contains(domain) || NOT_TYPOS.contains(&domain) {
        return Vec::new();
    }
    let known_top = domain.contains('.') && domain_name::has_known_top_level(domain);
    // An edit changes at most two of the letters that occur.
    let (edits_max, signs_max) = if known_top { (1, 2) } else { (2, 4) };
    let letters = letters_of(domain);
    let candidates = PROVIDERS.iter().zip(PROVIDER_LETTERS.iter()).enumerate();
    let near = candidates.filter_map(|(rank, (provider, theirs))| {
        let far = domain.len().abs_diff(provider.len()) > edits_max || (letters ^ theirs).count_ones() > signs_max;
        let distance = if far { None } else { slip_distance(domain, provider, known_top) };
        distance.map(|distance| (distance, rank, *provider))
    });
    let mut ranked: Vec<_> = near.collect();
    ranked.sort_unstable();
    if ranked.is_empty() && !known_top {
        return mended_ending(domain).into_iter().collect();
    }
    ranked.into_iter().take(SUGGESTIONS_MAX).map(|(_, _, provider)| provider.to_owned()).collect()
}

/// A bit for every letter, digit and sign that occurs.
fn letters_of(text: &str) -> u64 {
    text.bytes().fold(0, |bits, b| bits | 1 << (b & 63))
}

/// Edits from a provider's domain where they are few enough for a slip. A domain that exists by its ending must be one
/// edit away; short names (qq, wo) have many honest neighbours, so with them only the ending may be misspelt.
fn slip_distance(domain: &str, provider: &str, known_top: bool) -> Option<usize> {
    let (name, ending) = domain.split_once('.').unwrap_or((domain, ""));
    let (meant, meant_ending) = provider.split_once('.').unwrap_or((provider, ""));
    let dot_lost = ending.is_empty()
        && domain.len() + 1 == provider.len()
        && domain.starts_with(meant)
        && domain.ends_with(meant_ending);
    let ending_slips = name == meant && (SLIPS_OF_COM.contains(&ending) || !known_top);
    let name_slips = ending == meant_ending && meant.len() >= 4;
    let may_be_one = ending_slips || name_slips || dot_lost;
    let may_be_two = !known_top && (name == meant || meant.len() >= 5) && !ending.is_empty();
    if !(may_be_one || may_be_two) {
        return None;
    }
    let distance = strsim::osa_distance(domain, provider);
    let slip = if distance == 1 { may_be_one } else { distance == 2 && may_be_two };
    slip.then_some(distance)
}

/// The domain with the common ending one edit away from its unknown one.
fn mended_ending(domain: &str) -> Option<String> {
    let (stem, ending) = domain.rsplit_once('.')?;
    if ending.len() < 2 || ending.len() > 4 {
        return None;
    }
    let meant = COMMON_ENDINGS.iter().find(|common| strsim::osa_distance(ending, common) == 1)?;
    Some(format!("{stem}.{meant}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_domains() {
        let cases = [
            ("gmial.com", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("163.con", "163.com"),
            ("qq.cm", "qq.com"),
            ("hotmail.co", "hotmail.com"),
            ("126.cim", "126.com"),
            ("gmailcom", "gmail.com"),
            ("qqcom", "qq.com"),
            ("hotmial.con", "hotmail.com"),
            ("outlok.com", "outlook.com"),
            ("guiyi-kehu.con", "guiyi-kehu.com"),
        ];
        for (typed, meant) in cases {
            assert_eq!(probable_domains(typed).first().map(String::as_str), Some(meant), "{typed}");
        }
        for honest in ["qq.com", "wq.com", "yahoo.ca", "163.net", "mail.com", "iana.co-uk", "b.cn", "a.tld", "guiyi.cn"]
        {
            assert_eq!(probable_domains(honest), Vec::<String>::new(), "{honest}");
        }
    }

    #[test]
    fn whose_mailbox() {
        assert!(
            is_role("sales", true)
                && is_role("kefu02", false)
                && !is_role("kefu02", true)
                && !is_role("salesman", false)
        );
        assert!(is_disposable("mailinator.com") && is_disposable("x.yopmail.com") && !is_disposable("qq.com"));
        for (local, domain) in
            [("test", "test.com"), ("a", "a.com"), ("123", "qq.com"), ("xx", "163.com"), ("noemail", "b.cn")]
        {
            assert!(is_filler(local, domain), "{local}@{domain}");
        }
        assert!(!is_filler("12345", "qq.com") && !is_filler("zhang", "qq.com"));
    }
}

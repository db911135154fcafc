//! 电子邮箱, e-mail addresses: read by the grammar, judged at three levels, folded for comparison.
//!
//! Levels, as the facts `level_rfc`, `level_deliverable`, `level_policy` (each `valid` or `invalid`, each needs the one
//! before): *rfc*, a mailbox by RFC 5321 with RFC 6531 (quoted local parts and address literals included, comments of
//! message headers not); *deliverable*, a domain of two or more labels under a known top-level domain, neither reserved nor
//! a registry's own suffix; *policy*, a plain ASCII mailbox that may be a customer's: no filler, no disposable provider, no
//! probable slip of typing. Role mailboxes (`info@`) pass, but are nobody's own evidence (`NOT_PERSONAL`).
//!
//! Two askers, two rules. The *type check* ([`check_address`]) asks whether the text is an address as it stands: what any
//! standard calls one is VALID and the rest is said in notes; only masks, probable slips and unknown single labels are
//! SUSPECT. *Records* ([`normalize`]) ask for a customer's address: repaired first, then SUSPECT below the policy level.
//! Source: RFC 5321, 5322, 6531, 2142, 2606, 6761, 5890–5893; UTS 46.

use std::borrow::Cow;

use smol_str::{SmolStr, SmolStrBuilder};

use super::super::action::Action;
use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::record::{Attribute, Email, Value};
use super::super::text::{self, Cleaned, width};
use super::{Field, prepared, within_limit};
use syntax::{Fault, Host, Mailbox};

pub mod domain_name;
mod policy;
mod syntax;

/// Addresses taken from one field.
const ADDRESSES_MAX: usize = 10;

/// Who asks for the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Is this an address?
    TypeCheck,
    /// Is this a customer's address?
    Record,
}

/// Prepares the addresses of a field.
pub fn normalize(field: &Field<'_>, out: &mut Vec<Attribute>) {
    let Field { raw, text, plain, cleaned } = *field;
    if plain && let Some(piece) = only_address(text) {
        let (mut checked, value) = judge_piece(piece);
        if piece != text {
            checked.act(Action::RemarkSplit);
        }
        doubt_repaired(&mut checked, cleaned, ends_with_stop(text));
        out.push(prepared(raw, cleaned, checked, value));
        return;
    }
    let whole = raw.raw_text();
    let written = within_limit(&whole);
    let folded = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(width::to_halfwidth(text)) };
    let pieces = split(&folded);
    // What only the repairs made readable is worth a look: width in one part alone, hidden characters, brackets.
    let mixed_width = |piece: &&str| width::to_halfwidth(written) != written && !written.contains(piece);
    let repaired = !written.is_ascii() && written.contains('@') && pieces.iter().any(mixed_width)
        || cleaned.findings.iter().any(|finding| finding.defect == Defect::InvisibleRemoved)
        || folded.contains('<') && folded.matches('<').count() > folded.matches('@').count();
    let several = pieces.len() > 1;
    let quiet = Cleaned { actions: cleaned.actions, ..Cleaned::default() };
    for (index, piece) in pieces.into_iter().enumerate() {
        let (mut checked, value) = judge_piece(piece);
        if piece != folded {
            checked.act(if several { Action::ValuesSplit } else { Action::RemarkSplit });
        }
        doubt_repaired(&mut checked, cleaned, repaired || ends_with_stop(text));
        if several && index == 0 {
            checked.note(Finding::of(Defect::MultipleValues));
        }
        out.push(prepared(raw, if index == 0 { cleaned } else { &quiet }, checked, value));
    }
}

/// What only a repair made an address may not be the one that was meant.
fn doubt_repaired(checked: &mut Checked, cleaned: &Cleaned, repaired: bool) {
    if !repaired {
        return;
    }
    if checked.findings.is_empty() && cleaned.findings.is_empty() {
        let (zh, en) = ("全角字符或句末标点", "full-width characters or a full stop");
        checked.note(Finding::with_detail(Defect::RemarkRemoved, zh, en));
    }
    checked.validity = checked.validity.max(Validity::Suspect);
}

/// Judges a text that should be one address as it stands (type `email`). `mailto:` and a display name are taken off, and
/// an address typed in full width altogether is read; nothing else is repaired, but suggested.
pub fn check_address(text: &str) -> Checked {
    let mut actions = Vec::new();
    let whole_width = !text.contains('@') && text.contains('＠');
    let folded = if whole_width { Cow::Owned(width::to_halfwidth(text)) } else { Cow::Borrowed(text) };
    if whole_width {
        actions.push(Action::FullwidthToHalfwidth);
    }
    let bare = without_scheme(&folded);
    let unwrapped = if bare.ends_with('>') { syntax::without_display_name(bare) } else { Some(bare) };
    let address = unwrapped.unwrap_or(bare);
    if unwrapped.is_some() && address != folded {
        actions.push(Action::RemarkSplit);
    }
    let mut checked = match syntax::parse(address) {
        Err(fault) => refused(address, fault),
        Ok(mailbox) => match slip_of_width(address) {
            Some(fixed) => {
                let finding = Finding::with_detail(Defect::Alphabet, "部分为全角字符", "partly in full width");
                let finding = finding.suggest(fixed.as_str(), "全角转半角", "half width");
                with_levels(Checked::invalid(fixed, finding), [false; 3])
            }
            None => judge(address, mailbox, Purpose::TypeCheck).0,
        },
    };
    for action in actions {
        checked.act(action);
    }
    checked
}

/// Judges a `mailto:` link (RFC 6068): its addresses and header fields.
pub fn check_mailto(text: &str) -> Checked {
    let refuse =
        |zh: &'static str, en: &'static str| Checked::invalid(text, Finding::with_detail(Defect::Format, zh, en));
    let scheme = text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let Some(rest) = scheme.and_then(|_| text.get(7..)) else { return refuse("没有 mailto:", "no mailto:") };
    let (to, headers) = rest.split_once('?').unwrap_or((rest, ""));
    let all_addresses =
        |list: &str| list.split(',').map(str::trim).filter(|part| !part.is_empty()).all(is_link_address);
    if !all_addresses(to) {
        return refuse("收件人不是邮箱", "the addressee is no address");
    }
    let header_holds = |header: &str| match header.split_once('=') {
        Some(("cc" | "bcc" | "to", list)) => all_addresses(list),
        Some((name, _)) => matches!(name, "subject" | "body" | "in-reply-to" | "references" | "keywords"),
        None => false,
    };
    if !headers.split('&').filter(|header| !header.is_empty()).all(header_holds) {
        return refuse("邮件头不对", "not a header field");
    }
    if to.is_empty() && headers.is_empty() {
        return refuse("没有内容", "nothing in it");
    }
    Checked::valid(format!("mailto:{rest}"))
}

/// An address in a link is ASCII; other characters are percent-encoded.
fn is_link_address(address: &str) -> bool {
    let named = |mailbox: Mailbox<'_>| matches!(&mailbox.host, Host::Name(name) if name.display.contains('.'));
    address.is_ascii() && syntax::parse(address).is_ok_and(named)
}

/// The full stop of a sentence behind the address; it is dropped.
fn ends_with_stop(text: &str) -> bool {
    text.trim_end_matches('>').trim_end().ends_with(['.', '。', '｡', '．'])
}

/// The text of a field that holds one ASCII address and neither brackets nor labels, as nearly every field does.
fn only_address(text: &str) -> Option<&str> {
    let mut signs = 0;
    for byte in text.bytes() {
        match byte {
            b'@' => signs += 1,
            b';' | b'<' | b':' | b'\n' | 0x80.. => return None,
            _ => {}
        }
    }
    let piece = Some(text.trim_end_matches(STOPS).trim()).filter(|_| signs <= 1)?;
    Some(if piece.is_empty() { text } else { piece })
}

/// The addresses of a field, without `mailto:`, display names and brackets; at least one text.
fn split(text: &str) -> Vec<&str> {
    let many = text.bytes().filter(|b| *b == b'@').count() > 1;
    if !many && text.is_ascii() && !text.bytes().any(|b| matches!(b, b';' | b'\n')) {
        let piece = unwrap_address(text);
        return vec![if piece.is_empty() { text } else { piece }];
    }
    let separates =
        |c: char| matches!(c, ';' | '；' | '、' | '\n') || many && matches!(c, ',' | '，' | ' ' | '/' | '|');
    let pieces = text.split(separates).map(unwrap_address).filter(|piece| !piece.is_empty());
    let mut pieces: Vec<&str> = pieces.take(ADDRESSES_MAX).collect();
    if many {
        // 张三 <a@b.cn> 李四 <c@d.cn>: the names between are not addresses.
        pieces.retain(|piece| piece.contains('@'));
    }
    if pieces.is_empty() { vec![text] } else { pieces }
}

/// What ends a sentence, or was left of brackets and lists.
const STOPS: [char; 8] = ['.', '。', '｡', '．', ',', '，', '>', ';'];

fn unwrap_address(piece: &str) -> &str {
    if !piece.bytes().any(|b| matches!(b, b'<' | b':')) {
        return piece.trim().trim_end_matches(STOPS).trim();
    }
    let bracketed = piece.rsplit_once('<').map_or(piece, |(_, rest)| rest.split('>').next().unwrap_or(rest));
    let trimmed = bracketed.trim().trim_end_matches(STOPS).trim();
    without_label(without_scheme(trimmed).trim())
}

/// 邮箱：a@b.cn: what stands before the colon tells whose address it is.
fn without_label(text: &str) -> &str {
    let local = text.split('@').next().filter(|local| !local.contains('"') && local.len() < text.len());
    let label = local.and_then(|local| local.rfind(':'));
    label.and_then(|colon| text.get(colon + 1..)).map_or(text, str::trim_start)
}

/// The text without `mailto:` and what follows the address in such a link.
fn without_scheme(text: &str) -> &str {
    match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            text.get(7..).and_then(|rest| rest.split('?').next()).unwrap_or_default()
        }
        _ => text,
    }
}

/// One repaired piece of a field.
fn judge_piece(piece: &str) -> (Checked, Value) {
    let outcome = match syntax::parse(piece) {
        Ok(mailbox) => judge(piece, mailbox, Purpose::Record),
        Err(fault) => (refused(piece, fault), None),
    };
    match outcome {
        (checked, Some(email)) => (checked, Value::Email(email)),
        (checked, None) => {
            let value = Value::Text(checked.normal.clone());
            (checked, value)
        }
    }
}

/// The verdict on what is no address, with the address that was probably meant.
fn refused(text: &str, fault: Fault) -> Checked {
    if text.contains('@') && is_masked(text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let defect = match fault {
        syntax::NO_AT if digits >= 7 => Defect::WrongColumn,
        Fault { length: true, .. } => Defect::Length,
        _ => Defect::Format,
    };
    let finding = Finding::with_detail(defect, fault.zh, fault.en);
    let meant = mended(text);
    let finding = match meant {
        Some(meant) => finding.suggest(meant, "改正后是邮箱", "an address when mended"),
        None => finding,
    };
    with_levels(Checked::invalid(text, finding), [false; 3])
}

/// The address left after the slips of typing: blanks, hidden characters, commas for dots, doubled signs, stops around it.
fn mended(text: &str) -> Option<String> {
    let cleaned = width::to_halfwidth(&text::clean(text).text).replace(' ', "").replace("@@", "@");
    let (local, domain) = cleaned.rsplit_once('@').or_else(|| cleaned.split_once('#'))?;
    let mut domain = domain.replace([',', '。', '、'], ".");
    while domain.contains("..") {
        domain = domain.replace("..", ".");
    }
    let fixed = format!("{}@{}", local.trim_matches('.'), domain.trim_matches('.'));
    let named = |mailbox: &Mailbox<'_>| matches!(&mailbox.host, Host::Name(name) if name.display.contains('.'));
    (fixed != text && syntax::parse(&fixed).is_ok_and(|mailbox| named(&mailbox))).then_some(fixed)
}

/// The address meant by one partly in full width, where that is one: an input method was left on for a part of it.
/// Neither RFC 6531 nor IDNA 2008 has such letters; the ideographic full stops are read as dots everywhere.
fn slip_of_width(address: &str) -> Option<String> {
    let wide = |c: char| c != '\u{ff0e}' && width::halfwidth_char(c) != c;
    if address.is_ascii() || !address.contains(wide) {
        return None;
    }
    let fixed = width::to_halfwidth(address);
    syntax::parse(&fixed).is_ok().then_some(fixed)
}

/// `z***g@…`: asterisks in a row, or one where everything else is plain.
fn is_masked(address: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '*' | '.' | '_' | '-' | '@');
    address.contains('*') && (address.contains("**") || address.chars().all(plain))
}

/// The verdict on an address, and its form for comparing; `written` is the text it was read from.
fn judge(written: &str, mailbox: Mailbox<'_>, purpose: Purpose) -> (Checked, Option<Email>) {
    let domain = mailbox.host.display();
    let at_provider = mailbox.host.is_provider();
    let lower = if is_lower(&mailbox.local) { None } else { Some(mailbox.local.to_lowercase()) };
    let local = lower.as_deref().filter(|_| at_provider).unwrap_or(&mailbox.local);
    let mut checked = Checked { facts: Vec::with_capacity(FACTS_USUAL), ..Checked::valid(join(local, domain)) };
    if checked.normal != written {
        checked.act(change_of(written, &mailbox));
    }
    if is_masked(&checked.normal) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Masked));
        return (checked, None);
    }
    let plain = judge_form(&mailbox, purpose, &mut checked);
    let spelled = at_provider || judge_spelling(&mailbox.host, &mut checked);
    let deliverable = at_provider || judge_domain(&mailbox.host, purpose, &mut checked);
    let Mailbox { local, host, .. } = mailbox;
    let lower = lower.map_or(local, Cow::Owned);
    let owned = judge_owner(&lower, &host, at_provider, purpose, &mut checked);
    let checked = with_levels(checked, [true, deliverable, plain && spelled && deliverable && owned]);
    let email = folded(&lower, host, &checked.normal);
    (checked, Some(email))
}

/// Facts of most addresses: three levels, the provider and its number.
const FACTS_USUAL: usize = 5;

/// What reading alone changed: quotes that were not needed, other full stops, full width, letter case.
fn change_of(written: &str, mailbox: &Mailbox<'_>) -> Action {
    let unquoted = written.starts_with('"') && !mailbox.quoted;
    if unquoted || written.contains(['\u{3002}', '\u{ff61}', '\u{ff0e}']) {
        Action::SeparatorsNormalized
    } else if written.chars().any(|c| width::halfwidth_char(c) != c) {
        Action::FullwidthToHalfwidth
    } else {
        Action::CaseFolded
    }
}

fn is_lower(text: &str) -> bool {
    text.is_ascii() && !text.bytes().any(|b| b.is_ascii_uppercase())
}

fn join(local: &str, domain: &str) -> SmolStr {
    let mut address = SmolStrBuilder::new();
    address.push_str(local);
    address.push('@');
    address.push_str(domain);
    address.finish()
}

fn with_levels(mut checked: Checked, levels: [bool; 3]) -> Checked {
    checked.facts.reserve(levels.len());
    for (name, holds) in ["level_rfc", "level_deliverable", "level_policy"].into_iter().zip(levels) {
        checked.word(name, if holds { "valid" } else { "invalid" });
    }
    checked
}

/// Forms that the standards allow and customers hardly have: facts for the type check, doubts in a record.
fn judge_form(mailbox: &Mailbox<'_>, purpose: Purpose, checked: &mut Checked) -> bool {
    let literal = matches!(mailbox.host, Host::Literal(_));
    let forms = [
        (mailbox.quoted, "quoted", "带引号的地址很少见", "quoted local parts are rare"),
        (!mailbox.local.is_ascii(), "eai", "@ 前有非 ASCII 字符", "non-ASCII local part (RFC 6531)"),
        (literal, "address_literal", "域名是 IP 地址", "an address literal"),
    ];
    let mut plain = true;
    for (_, fact, zh, en) in forms.into_iter().filter(|(holds, ..)| *holds) {
        plain = false;
        checked.word(fact, "true");
        if purpose == Purpose::Record {
            checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Format, zh, en));
        }
    }
    plain
}

/// Whether mail can be sent to the domain at all, as far as its name tells.
fn judge_domain(host: &Host, purpose: Purpose, checked: &mut Checked) -> bool {
    let Host::Name(name) = host else { return false };
    let domain = &*name.display;
    if name.is_international() {
        checked.fact("ascii_domain", name.ascii());
    }
    let known_top = domain_name::has_known_top_level(domain);
    let below_policy = if purpose == Purpose::Record { Validity::Suspect } else { Validity::Valid };
    if !domain.contains('.') {
        let finding = Finding::with_detail(Defect::Format, "域名没有后缀", "a domain of one label");
        if purpose == Purpose::Record || !known_top {
            checked.worsen(Validity::Suspect, finding);
        }
    }
    if domain_name::is_special_use(domain) {
        let validity = if purpose == Purpose::Record { Validity::Suspect } else { Validity::Invalid };
        let (zh, en) = ("保留的域名，不会收信", "a reserved name that never receives mail");
        checked.worsen(validity, Finding::with_detail(Defect::Placeholder, zh, en));
        return false;
    }
    if domain_name::is_example(domain) {
        let finding = Finding::with_detail(Defect::Placeholder, "示例域名", "a name kept for examples");
        checked.worsen(below_policy, finding);
        return false;
    }
    if !domain.contains('.') {
        return false;
    }
    if !known_top {
        if !checked.has(Defect::Typo) {
            let finding = Finding::with_detail(Defect::UnknownComponent, "域名后缀不在根区", "not a top-level domain");
            checked.worsen(below_policy, finding);
        }
        return false;
    }
    if domain_name::is_public_suffix(domain) {
        let finding = Finding::with_detail(Defect::Partial, "只有公共后缀", "only a registry's suffix");
        checked.worsen(below_policy, finding);
        return false;
    }
    true
}

/// Whether the mailbox may be a customer's own.
fn judge_owner(local: &str, host: &Host, at_provider: bool, purpose: Purpose, checked: &mut Checked) -> bool {
    let domain = host.display();
    let below_policy = if purpose == Purpose::Record { Validity::Suspect } else { Validity::Valid };
    let mut owned = true;
    if !at_provider && policy::is_disposable(domain) {
        owned = false;
        checked.word("disposable", "true");
        checked.worsen(below_policy, Finding::with_detail(Defect::NotPersonal, "一次性邮箱", "a disposable mailbox"));
    }
    if !checked.has(Defect::Placeholder) && policy::is_filler(local, domain) {
        owned = false;
        checked.worsen(below_policy, Finding::of(Defect::Placeholder));
    }
    if policy::is_role(local, at_provider) {
        checked.word("role", "true");
        checked.note(Finding::with_detail(Defect::NotPersonal, "岗位邮箱", "a role mailbox"));
    }
    if matches!(domain, "qq.com" | "vip.qq.com" | "foxmail.com") {
        checked.word("provider", "qq");
        if domain != "foxmail.com" && is_qq_number(local) {
            checked.fact("qq", local);
        }
    }
    owned
}

/// A domain that differs from a provider's by a slip is doubted and stays as it is.
fn judge_spelling(host: &Host, checked: &mut Checked) -> bool {
    let Host::Name(name) = host else { return true };
    let meant = policy::probable_domains(&name.display);
    let Some(first) = meant.first() else { return true };
    let mut finding = Finding::with_detail(Defect::Typo, format!("疑为 {first}"), format!("perhaps {first}"));
    let local = checked.normal.rsplit_once('@').map_or("", |(local, _)| local);
    for domain in &meant {
        finding = finding.suggest(format!("{local}@{domain}"), "与常用邮箱域名相近", "close to a common domain");
    }
    checked.worsen(Validity::Suspect, finding);
    false
}

/// The form for comparing, which mostly is the one `shown`: lower case, ASCII domain, the rules of providers that are
/// known to give a mailbox several names.
fn folded(local: &str, host: Host, shown: &SmolStr) -> Email {
    let domain = match host.ascii() {
        "googlemail.com" => SmolStr::new_static("gmail.com"),
        "vip.qq.com" if is_qq_number(local) => SmolStr::new_static("qq.com"),
        _ => match host.into_ascii() {
            Cow::Borrowed(known) => SmolStr::new_static(known),
            Cow::Owned(other) => other.into(),
        },
    };
    let local = match &*domain {
        "gmail.com" => local.split('+').next().unwrap_or_default().replace('.', "").into(),
        _ => SmolStr::new(local),
    };
    let same = shown.len() == local.len() + 1 + domain.len() && shown.starts_with(&*local) && shown.ends_with(&*domain);
    Email { match_key: if same { shown.clone() } else { join(&local, &domain) }, local, domain }
}

/// 5–11 digits, no leading zero.
fn is_qq_number(local: &str) -> bool {
    (5..=11).contains(&local.len()) && !local.starts_with('0') && local.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests;

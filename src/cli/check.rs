//! `guiyi check`: one answer line for every input line, in order.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::Path;

use serde::Deserialize;

use super::ExitStatus;
use super::args::Check;
use crate::domain::check::{self, Judge, Verdict};
use crate::domain::finding::{Fact, Finding, Validity};
use crate::error::{Error, Result, did_you_mean};

/// Bytes of one input line; the rest of a longer one is not looked at.
const LINE_BYTES_MAX: usize = 1 << 20;
/// Bytes read at once.
const READ_BYTES: usize = 256 << 10;
/// Bytes of answers that are written at once.
const WRITE_BYTES: usize = 64 << 10;

#[derive(Deserialize)]
struct Request {
    #[serde(rename = "type")]
    code: Option<String>,
    country: Option<String>,
    input: String,
    /// The day that relative dates count from.
    #[serde(default)]
    reference: String,
    /// The variant of a conversion.
    #[serde(default)]
    config: String,
    /// The language of the text.
    #[serde(default, rename = "lang")]
    language: String,
}

/// The type and default region of every line, when the command names them.
struct Named<'a> {
    code: &'a str,
    country: Option<&'a str>,
    judge: Judge,
}

/// Runs the subcommand on standard input.
pub fn run(args: &Check) -> Result<ExitStatus> {
    let named = args.format.as_deref().map(|code| named(code, args.country.as_deref())).transpose()?;
    let mut input = BufReader::with_capacity(READ_BYTES, std::io::stdin().lock());
    let mut output = Output { to: std::io::stdout().lock(), answers: Vec::with_capacity(2 * WRITE_BYTES) };
    match answer_lines(named.as_ref(), &mut input, &mut output) {
        Err(Stopped::Read(error)) => Err(Error::read(Path::new("stdin"), error)),
        Err(Stopped::Write(error)) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::write(Path::new("stdout"), error))
        }
        Err(Stopped::Write(_)) | Ok(()) => Ok(ExitStatus::Ok),
    }
}

fn named<'a>(code: &'a str, country: Option<&'a str>) -> Result<Named<'a>> {
    let Some(judge) = check::resolve(code) else {
        let known = check::all();
        let hint = did_you_mean(code, known.iter().map(|entry| entry.code));
        return Err(Error::config("--format", format!("no format is called \"{code}\"{hint}; see guiyi formats")));
    };
    Ok(Named { code, country, judge })
}

/// Why reading and answering ended before the end of the input.
enum Stopped {
    Read(std::io::Error),
    Write(std::io::Error),
}

/// Answers not yet written, and where they go.
struct Output<W> {
    to: W,
    answers: Vec<u8>,
}

impl<W: Write> Output<W> {
    fn write(&mut self) -> std::result::Result<(), Stopped> {
        let written = self.to.write_all(&self.answers).and_then(|()| self.to.flush());
        self.answers.clear();
        written.map_err(Stopped::Write)
    }
}

fn answer_lines<R: std::io::Read, W: Write>(
    named: Option<&Named<'_>>,
    input: &mut BufReader<R>,
    output: &mut Output<W>,
) -> std::result::Result<(), Stopped> {
    // The beginning of a line whose end has not been read yet.
    let mut begun = Vec::new();
    loop {
        // The next read may have to wait, so whoever asked gets the answers so far.
        if output.answers.len() >= WRITE_BYTES || input.buffer().is_empty() && !output.answers.is_empty() {
            output.write()?;
        }
        let available = input.fill_buf().map_err(Stopped::Read)?;
        if available.is_empty() {
            break;
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let (rest, consumed) =
            end.map_or((available, available.len()), |end| (available.get(..end).unwrap_or_default(), end + 1));
        match end {
            Some(_) if begun.is_empty() => answer(named, rest, &mut output.answers),
            Some(_) => {
                extend_within_limit(&mut begun, rest);
                answer(named, &begun, &mut output.answers);
                begun.clear();
            }
            None => extend_within_limit(&mut begun, rest),
        }
        input.consume(consumed);
    }
    if !begun.is_empty() {
        answer(named, &begun, &mut output.answers);
    }
    output.write()
}

fn extend_within_limit(line: &mut Vec<u8>, more: &[u8]) {
    let room = LINE_BYTES_MAX.saturating_sub(line.len());
    line.extend(more.iter().take(room));
}

/// Adds the answer to one line, without its line feed.
fn answer(named: Option<&Named<'_>>, line: &[u8], out: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches('\r');
    if let Some(Named { code, country, judge }) = named {
        push_answer(out, text, code, Some(&judge.check(*country, text)));
        return;
    }
    match serde_json::from_str::<Request>(text) {
        Ok(Request { code: Some(code), country, input, reference, config, language }) => {
            let country = country.as_deref();
            let request =
                check::Request { country, input: &input, reference: &reference, config: &config, language: &language };
            let verdict = check::resolve(&code).map(|judge| judge.answer(&request));
            push_answer(out, &input, &code, verdict.as_ref());
        }
        Ok(_) => push_unreadable(out, text, "\"type\" is missing; or name one with --format"),
        Err(error) => push_unreadable(out, text, &error.to_string()),
    }
}

/// Writes one answer; no verdict: a type that is not known.
fn push_answer(out: &mut Vec<u8>, input: &str, code: &str, verdict: Option<&Verdict>) {
    let validity = verdict.and_then(|verdict| verdict.validity).map_or("UNSUPPORTED", Validity::code);
    push_member(out, "{\"input\":", input);
    push_member(out, ",\"format\":", code);
    push_member(out, ",\"validity\":", validity);
    push_member(out, ",\"normal\":", verdict.map_or("", |verdict| &verdict.normal));
    out.extend(b",\"findings\":[");
    push_list(out, verdict.map_or(&[], |verdict| &verdict.findings), push_finding);
    out.extend(b"],\"facts\":{");
    push_facts(out, verdict.map_or(&[], |verdict| &verdict.facts));
    out.extend(b"},\"actions\":[");
    push_list(out, verdict.map_or(&[], |verdict| &verdict.actions), |out, action| push_text(out, action.code()));
    out.extend(b"]}\n");
}

fn push_finding(out: &mut Vec<u8>, finding: &Finding) {
    push_member(out, "{\"code\":", finding.defect.code());
    push_member(out, ",\"severity\":", finding.defect.severity().code());
    push_member(out, ",\"message\":", &finding.message_en());
    push_member(out, ",\"message_zh\":", &finding.message_zh());
    if let Some(suggestion) = finding.suggestion() {
        push_member(out, ",\"suggestion\":", &suggestion.value);
        push_member(out, ",\"reason\":", &suggestion.reason_en);
        push_member(out, ",\"reason_zh\":", &suggestion.reason_zh);
        out.extend(b",\"suggestions\":[");
        push_list(out, &finding.suggestions, |out, suggestion| push_text(out, &suggestion.value));
        out.push(b']');
    }
    out.push(b'}');
}

/// Facts by name; of two facts of one name the later counts.
fn push_facts(out: &mut Vec<u8>, facts: &[Fact]) {
    let mut first = true;
    for (position, fact) in facts.iter().enumerate() {
        if facts.iter().skip(position + 1).any(|later| later.name == fact.name) {
            continue;
        }
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        push_text(out, fact.name);
        push_member(out, ":", &fact.value);
    }
}

fn push_unreadable(out: &mut Vec<u8>, line: &str, problem: &str) {
    let message = format!("not a JSON object {{\"type\",\"country\",\"input\"}}: {problem}");
    push_member(out, "{\"input\":", line);
    out.extend(b",\"format\":\"\",\"validity\":\"UNSUPPORTED\",\"normal\":\"\",\"facts\":{},\"actions\":[]");
    push_member(out, ",\"findings\":[{\"code\":\"UNREADABLE_LINE\",\"message\":", &message);
    out.extend(b"}]}\n");
}

fn push_list<T>(out: &mut Vec<u8>, items: &[T], mut push: impl FnMut(&mut Vec<u8>, &T)) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        push(out, item);
    }
}

fn push_member(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend(name.as_bytes());
    push_text(out, value);
}

/// A JSON string: quotes, backslashes and controls escaped, everything else as it is.
fn push_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut plain = text.as_bytes();
    // Hardly any text has one: all bytes are asked at once before the first is looked for.
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    let any_special = plain.iter().fold(false, |any, byte| any | is_special(byte));
    while any_special && let Some(at) = plain.iter().position(is_special) {
        let (before, special) = plain.split_at(at);
        out.extend(before);
        if let Some((byte, rest)) = special.split_first() {
            match byte {
                b'"' => out.extend(b"\\\""),
                b'\\' => out.extend(b"\\\\"),
                b'\n' => out.extend(b"\\n"),
                b'\r' => out.extend(b"\\r"),
                b'\t' => out.extend(b"\\t"),
                control => out.extend(format!("\\u{control:04x}").bytes()),
            }
            plain = rest;
        }
    }
    out.extend(plain);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn answers(named: Option<&Named<'_>>, text: &[u8], read_bytes: usize) -> Vec<serde_json::Value> {
        let mut input = BufReader::with_capacity(read_bytes, text);
        let mut output = Output { to: Vec::new(), answers: Vec::new() };
        assert!(answer_lines(named, &mut input, &mut output).is_ok());
        let lines = std::str::from_utf8(&output.to).unwrap().lines();
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_line_gets_one_answer_however_it_is_read() {
        let named = named("cn.resident_id", None).ok().unwrap();
        let text = "11010519491231002X\r\n\n张\"三\\\u{1}\t\n11010519491231002x".as_bytes();
        for read_bytes in [1, 7, 64, 4096] {
            let answers = answers(Some(&named), text, read_bytes);
            let inputs: Vec<_> = answers.iter().map(|answer| answer["input"].as_str().unwrap()).collect();
            assert_eq!(inputs, ["11010519491231002X", "", "张\"三\\\u{1}\t", "11010519491231002x"]);
            assert_eq!(answers[0]["validity"], "VALID");
            assert_eq!(answers[0]["facts"]["birth_date"], "1949-12-31");
            assert_eq!(answers[2]["validity"], "INVALID");
        }
    }

    #[test]
    fn suggestions_and_unreadable_lines_are_told() {
        let text = b"{\"type\":\"cn.resident_id\",\"input\":\"11010519491213002X\"}\n{\"input\":\"1\"}\n{\"type\":\"x.y\",\"input\":\"1\"}\n\xFF\n";
        let answers = answers(None, text, 16);
        let finding = &answers[0]["findings"][0];
        assert_eq!((&finding["code"], &finding["severity"]), (&"CHECKSUM".into(), &"ERROR".into()));
        assert!(finding["suggestions"].as_array().unwrap().contains(&finding["suggestion"]));
        assert_eq!(answers[1]["findings"][0]["code"], "UNREADABLE_LINE");
        assert_eq!(
            (answers[2]["validity"].as_str(), answers[2]["format"].as_str()),
            (Some("UNSUPPORTED"), Some("x.y"))
        );
        assert_eq!(answers.len(), 4);
    }

    #[test]
    fn a_long_line_is_cut() {
        let named = named("cn.resident_id", None).ok().unwrap();
        let long = [vec![b'1'; LINE_BYTES_MAX + 10], b"\n2\n".to_vec()].concat();
        let answers = answers(Some(&named), &long, 4096);
        assert_eq!(answers.len(), 2);
        assert_eq!(answers[0]["input"].as_str().unwrap().len(), LINE_BYTES_MAX);
    }
}

//! `guiyi check`: one answer line for every input line, in order.

use std::io::{BufRead, BufWriter, Read, Write};
use std::path::Path;

use serde::Deserialize;

use super::ExitStatus;
use super::args::Check;
use crate::domain::check::{self, Verdict};
use crate::domain::finding::Validity;
use crate::error::{Error, Result, did_you_mean};

/// Bytes of one input line; the rest of a longer one is not looked at.
const LINE_BYTES_MAX: u64 = 1 << 20;

#[derive(Deserialize)]
struct Request {
    #[serde(rename = "type")]
    code: Option<String>,
    country: Option<String>,
    input: String,
}

/// Runs the subcommand on standard input.
pub fn run(args: &Check) -> Result<ExitStatus> {
    if let Some(code) = args.format.as_deref().filter(|code| !check::is_known(code)) {
        let known = check::all();
        let hint = did_you_mean(code, known.iter().map(|entry| entry.code));
        return Err(Error::config("--format", format!("no format is called \"{code}\"{hint}; see guiyi formats")));
    }
    let stdin = std::io::stdin();
    let mut input = stdin.lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut input).take(LINE_BYTES_MAX).read_until(b'\n', &mut line);
        if read.map_err(|error| Error::read(Path::new("stdin"), error))? == 0 {
            break;
        }
        if !line.ends_with(b"\n") && line.len() as u64 == LINE_BYTES_MAX {
            skip_rest_of_line(&mut input)?;
        }
        let text = String::from_utf8_lossy(&line);
        let answer = answer(args, text.trim_end_matches(['\n', '\r']));
        match writeln!(output, "{answer}") {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(ExitStatus::Ok),
            Err(error) => return Err(Error::write(Path::new("stdout"), error)),
            Ok(()) => {}
        }
    }
    output.flush().map_err(|error| Error::write(Path::new("stdout"), error))?;
    Ok(ExitStatus::Ok)
}

fn skip_rest_of_line(input: &mut impl BufRead) -> Result<()> {
    input.skip_until(b'\n').map(|_| ()).map_err(|error| Error::read(Path::new("stdin"), error))
}

fn answer(args: &Check, line: &str) -> serde_json::Value {
    let request = match &args.format {
        Some(code) => Request { code: Some(code.clone()), country: args.country.clone(), input: line.to_owned() },
        None => match serde_json::from_str::<Request>(line) {
            Ok(request) => request,
            Err(error) => return unreadable(line, &error.to_string()),
        },
    };
    let Some(code) = request.code else { return unreadable(line, "\"type\" is missing; or name one with --format") };
    to_json(&request.input, &code, &check::check(&code, request.country.as_deref(), &request.input))
}

fn to_json(input: &str, code: &str, verdict: &Verdict) -> serde_json::Value {
    let findings: Vec<serde_json::Value> = verdict.findings.iter().map(finding_json).collect();
    let facts: serde_json::Map<String, serde_json::Value> =
        verdict.facts.iter().map(|fact| (fact.name.to_owned(), fact.value.clone().into())).collect();
    serde_json::json!({
        "input": input,
        "format": code,
        "validity": verdict.validity.map_or("UNSUPPORTED", Validity::code),
        "normal": verdict.normal,
        "findings": findings,
        "facts": facts,
    })
}

fn finding_json(finding: &crate::domain::finding::Finding) -> serde_json::Value {
    let mut value = serde_json::json!({
        "code": finding.defect.code(),
        "severity": finding.defect.severity().code(),
        "message": finding.message_en(),
        "message_zh": finding.message_zh(),
    });
    if let Some(suggestion) = &finding.suggestion {
        value["suggestion"] = suggestion.value.as_str().into();
        value["reason"] = suggestion.reason_en.as_str().into();
        value["reason_zh"] = suggestion.reason_zh.as_str().into();
    }
    value
}

fn unreadable(line: &str, problem: &str) -> serde_json::Value {
    serde_json::json!({
        "input": line, "format": "", "validity": "UNSUPPORTED", "normal": "", "facts": {},
        "findings": [{ "code": "UNREADABLE_LINE", "message": format!("not a JSON object {{\"type\",\"country\",\"input\"}}: {problem}") }],
    })
}

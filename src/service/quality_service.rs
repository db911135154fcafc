//! `QualityService`: validation and normalization without storing anything.

use tonic::{Request, async_trait};

use super::proto::quality_service_server::QualityService;
use super::shell::{Answer, Shell};
use super::{convert, proto};
use crate::catalog::documents;
use crate::domain::check;
use crate::domain::finding::Defect;
use crate::domain::prepare::prepare;
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::evaluate::{RuleContext, SharedValues};
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::engine::{Engine, RECORD_TEXT_BYTES_MAX};
use crate::error::{Error, Result};

/// Records of one request.
const RECORDS_MAX: usize = 1_000;

#[async_trait]
impl QualityService for Shell {
    async fn validate_records(
        &self,
        request: Request<proto::ValidateRecordsRequest>,
    ) -> Answer<proto::ValidateRecordsResponse> {
        self.read(request, validate).await
    }

    async fn normalize_records(
        &self,
        request: Request<proto::NormalizeRecordsRequest>,
    ) -> Answer<proto::NormalizeRecordsResponse> {
        self.read(request, normalize).await
    }

    async fn list_formats(&self, request: Request<proto::ListFormatsRequest>) -> Answer<proto::ListFormatsResponse> {
        self.read(request, list_formats).await
    }

    async fn check_format(&self, request: Request<proto::CheckFormatRequest>) -> Answer<proto::CheckFormatResponse> {
        self.read(request, check_format).await
    }
}

fn validate(engine: &Engine, request: proto::ValidateRecordsRequest) -> Result<proto::ValidateRecordsResponse> {
    let prepared = prepare_all(&request.records)?;
    let rules = engine.record_rules();
    let mut shared = SharedValues::default();
    for (_, record) in &prepared {
        shared.add(record, rules);
    }
    let context = RuleContext { as_of: engine.today(), shared: Some(&shared) };
    let results = prepared.iter().zip(&request.records).map(|((raw, record), asked)| {
        let own = convert::all_findings(&convert::record_out(record, raw, asked));
        let broken = convert::rule_findings(rules, record, raw, &context);
        let validity = convert::worst_validity(record).into();
        proto::RecordValidation { validity, findings: [own, broken].concat() }
    });
    Ok(proto::ValidateRecordsResponse { results: results.collect() })
}

fn normalize(_: &Engine, request: proto::NormalizeRecordsRequest) -> Result<proto::NormalizeRecordsResponse> {
    let prepared = prepare_all(&request.records)?;
    let records =
        prepared.iter().zip(&request.records).map(|((raw, record), asked)| convert::record_out(record, raw, asked));
    Ok(proto::NormalizeRecordsResponse { records: records.collect() })
}

fn prepare_all(records: &[proto::Record]) -> Result<Vec<(RawRecord, PreparedRecord)>> {
    if records.len() > RECORDS_MAX {
        return Err(Error::invalid(
            "records",
            format!("has {} entries, at most {RECORDS_MAX} are allowed", records.len()),
        ));
    }
    let prepared = records.iter().enumerate().map(|(index, record)| {
        let raw = convert::unnamed_record_in(&format!("records[{index}]"), record)?;
        let prepared = prepare(&raw);
        Ok((raw, prepared))
    });
    prepared.collect()
}

fn list_formats(_: &Engine, _: proto::ListFormatsRequest) -> Result<proto::ListFormatsResponse> {
    let formats = check::all().into_iter().map(|entry| proto::Format {
        code: entry.code.to_owned(),
        display_name: convert::text_out(entry.name_zh, entry.name_en),
        source: entry.source.to_owned(),
        example: entry.example.to_owned(),
        documentation: documents::section(entry.code).unwrap_or_default().to_owned(),
    });
    let finding_types = Defect::ALL.iter().map(|defect| proto::FindingType {
        code: defect.code().to_owned(),
        severity: convert::severity_out(defect.severity()).into(),
        message: convert::text_out(defect.message_zh(), defect.message_en()),
        example_format: defect.example().map(|(format, _)| format.to_owned()).unwrap_or_default(),
        example_input: defect.example().map(|(_, input)| input.to_owned()).unwrap_or_default(),
        dimension: Dimension::of(*defect).code().to_owned(),
    });
    Ok(proto::ListFormatsResponse { formats: formats.collect(), finding_types: finding_types.collect() })
}

fn check_format(_: &Engine, request: proto::CheckFormatRequest) -> Result<proto::CheckFormatResponse> {
    if request.format.is_empty() {
        return Err(Error::invalid("format", "is empty; take a code of ListFormats"));
    }
    if request.input.len() > RECORD_TEXT_BYTES_MAX {
        return Err(Error::invalid("input", format!("is longer than {RECORD_TEXT_BYTES_MAX} bytes")));
    }
    // The same synonym as on the command line.
    let code = request.format.as_str();
    let country = Some(request.country.as_str()).filter(|country| !country.is_empty());
    let verdict = check::check(code, country, &request.input);
    let validity = convert::checked_validity_out(&verdict);
    let findings = verdict.findings.iter();
    Ok(proto::CheckFormatResponse {
        format: code.to_owned(),
        validity: validity.into(),
        normal: verdict.normal.to_string(),
        findings: findings.map(|f| convert::finding_out(f, validity, &verdict.facts, "input".to_owned())).collect(),
        facts: convert::facts_out(&verdict.facts),
        actions: convert::actions_out(&verdict.actions),
    })
}

//! Properties of the generated tables.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::dirt::all_kinds;
use super::documents::check_character;
use super::*;

struct Generated {
    customers: String,
    truth: String,
    summary: SynthSummary,
    counts: BTreeMap<&'static str, [u64; source::SOURCE_COUNT]>,
}

fn generated(records: u64, seed: u64, difficulty_percent: u32) -> io::Result<Generated> {
    let options = SynthOptions { records, seed, difficulty_percent };
    let tables = Tables::new();
    let mut scribe = Scribe::new(&tables, seed, difficulty_percent);
    let (mut customers, mut truth) = (Vec::new(), Vec::new());
    let summary = generate(&options, &tables, &mut scribe, &mut customers, &mut truth, &mut |_| {})?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| io::Error::other(error.to_string()));
    Ok(Generated { customers: text(customers)?, truth: text(truth)?, summary, counts: scribe.errors.counts().clone() })
}

/// Fields of a line; enough of RFC 4180 for lines without line breaks.
fn fields(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            _ => {
                if let Some(last) = all.last_mut() {
                    last.push(character);
                }
            }
        }
    }
    all
}

#[test]
fn the_same_seed_gives_the_same_bytes() -> io::Result<()> {
    let (first, second, other) = (generated(3000, 7, 100)?, generated(3000, 7, 100)?, generated(3000, 8, 100)?);
    assert_eq!(first.customers, second.customers);
    assert_eq!(first.truth, second.truth);
    assert_ne!(first.customers, other.customers);
    Ok(())
}

#[test]
fn there_are_exactly_as_many_rows_as_asked_for() -> io::Result<()> {
    for records in [0, 1, 2, 999, 16_384, 16_385, 20_000] {
        let data = generated(records, 3, 100)?;
        assert_eq!(data.customers.lines().count() as u64, records + 1);
        assert_eq!(data.truth.lines().count() as u64, records + 1);
        assert_eq!(data.summary.records, records);
    }
    Ok(())
}

#[test]
fn the_truth_is_complete() -> io::Result<()> {
    let data = generated(20_000, 11, 100)?;
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for (row, truth) in data.customers.lines().zip(data.truth.lines()).skip(1) {
        let (id, cluster) = truth.split_once(',').unwrap_or(("", ""));
        assert_eq!(row.split(',').next(), Some(id));
        assert!(ids.insert(id), "record number {id} stands twice");
        *sizes.entry(cluster).or_default() += 1;
    }
    assert!(sizes.values().all(|size| (1..=12).contains(size)));
    assert!(sizes.values().any(|&size| size >= 9));
    assert_eq!(sizes.len() as u64, data.summary.customers);
    assert_eq!(sizes.values().map(|size| size * (size - 1) / 2).sum::<u64>(), data.summary.pairs);
    let mean_in_hundredths = data.summary.records * 100 / data.summary.customers;
    assert!((235..265).contains(&mean_in_hundredths), "{mean_in_hundredths}");
    Ok(())
}

#[test]
fn without_dirt_all_ids_are_valid_and_all_forms_usual() -> io::Result<()> {
    let data = generated(20_000, 5, 0)?;
    assert!(data.counts.is_empty(), "{:?}", data.counts);
    let mut resident_ids = 0;
    for line in data.customers.lines().skip(1) {
        let row = fields(line);
        assert_eq!(row.len(), 12, "{line}");
        let id = &row[8];
        if id.len() == 18 {
            resident_ids += 1;
            assert_eq!(id.chars().last(), Some(check_character(&id[..17])), "{id}");
            if !row[5].is_empty() {
                assert_eq!(id[6..14], row[5].replace('-', ""), "{line}");
            }
        }
    }
    assert!(resident_ids > 1000);
    Ok(())
}

#[test]
fn every_kind_of_dirt_occurs_in_twenty_thousand_rows() -> io::Result<()> {
    let data = generated(20_000, 2026, 100)?;
    for (_, label, rates, _) in all_kinds() {
        let counts = data.counts.get(label).copied().unwrap_or_default();
        assert!(counts.iter().sum::<u64>() > 0, "{label} did not occur");
        for (count, rate) in counts.into_iter().zip(rates) {
            assert!(rate > 0 || count == 0, "{label} occurs where its rate is zero");
        }
    }
    Ok(())
}

#[test]
fn rates_of_a_slot_leave_room_and_labels_are_unique() {
    let mut sums: BTreeMap<&str, [u32; source::SOURCE_COUNT]> = BTreeMap::new();
    let mut labels = BTreeSet::new();
    for (slot, label, rates, _) in all_kinds() {
        assert!(labels.insert(label), "{label} stands twice");
        let sum = sums.entry(slot).or_default();
        for (total, rate) in sum.iter_mut().zip(rates) {
            *total += rate;
        }
    }
    assert!(sums.values().flatten().all(|&sum| sum <= 9500), "{sums:?}");
}

#[test]
fn difficulty_scales_the_dirt() -> io::Result<()> {
    let total = |data: &Generated| data.counts.values().flatten().sum::<u64>();
    let (easy, usual, hard) = (generated(10_000, 4, 50)?, generated(10_000, 4, 100)?, generated(10_000, 4, 200)?);
    assert!(total(&easy) * 3 < total(&usual) * 2);
    assert!(total(&usual) * 4 < total(&hard) * 3);
    generated(1000, 4, DIFFICULTY_MAX)?;
    Ok(())
}

#[test]
fn the_document_holds_the_table() {
    let document = include_str!("../../docs/SYNTH.md");
    for (_, label, rates, example) in all_kinds() {
        let percent = |rate: u32| match (rate / 100, rate % 100) {
            (whole, 0) => format!("{whole}"),
            (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
            (whole, part) => format!("{whole}.{part:02}"),
        };
        let cells: Vec<String> = rates.into_iter().map(percent).collect();
        let row = format!("| {label} | {} | {example} |", cells.join(" | "));
        assert!(document.contains(&row), "docs/SYNTH.md lacks the line\n{row}");
    }
}

#[test]
fn files_are_written() -> io::Result<()> {
    let directory = std::env::temp_dir().join(format!("guiyi-synth-{}", std::process::id()));
    let mut last = 0;
    let options = SynthOptions { records: 25_000, seed: 1, difficulty_percent: 100 };
    let summary = write(&options, &directory, &mut |rows| last = rows)?;
    assert_eq!((last, summary.records), (25_000, 25_000));
    assert_eq!(fs::read_to_string(directory.join("mapping.toml"))?, MAPPING);
    assert!(fs::read_to_string(directory.join("customers.csv"))?.starts_with(output::CUSTOMERS_HEADER));
    assert!(fs::read_to_string(directory.join("truth.csv"))?.starts_with(output::TRUTH_HEADER));
    fs::remove_dir_all(&directory)?;
    let too_many = SynthOptions { records: NUMBERS + 1, ..options };
    assert!(write(&too_many, &directory, &mut |_| {}).is_err());
    Ok(())
}

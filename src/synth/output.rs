//! The files: a bounded buffer that parts the records of a customer, and the lines of both tables.

use std::io::{self, Write};

use super::calendar::push_time;
use super::channel::Row;
use super::numerals::push_padded;
use super::random::{Permutation, Random};

/// Records held back so that those of one customer do not follow one another.
const BUFFER_RECORDS: usize = 16_384;
/// Record and cluster numbers lie below this.
pub const NUMBERS: u64 = 1 << 32;

/// The header of the customers' table.
pub const CUSTOMERS_HEADER: &str =
    "record_id,source,updated_at,name,gender,birth_date,phone,email,id_number,address,company,wechat_unionid\n";
/// The header of the truth.
pub const TRUTH_HEADER: &str = "record_id,cluster_id\n";

/// A record that waits: the letter of its source, its customer, and its line without the record number.
struct Waiting {
    letter: char,
    customer: u64,
    line: String,
}

/// Shuffles and writes.
pub struct Output<C: Write, T: Write> {
    customers: C,
    truth: T,
    waiting: Vec<Waiting>,
    random: Random,
    record_numbers: Permutation,
    cluster_numbers: Permutation,
    written: u64,
    id: String,
}

impl<C: Write, T: Write> Output<C, T> {
    /// Writes the headers.
    pub fn new(mut customers: C, mut truth: T, seed: u64) -> io::Result<Self> {
        customers.write_all(CUSTOMERS_HEADER.as_bytes())?;
        truth.write_all(TRUTH_HEADER.as_bytes())?;
        Ok(Self {
            customers,
            truth,
            waiting: Vec::new(),
            random: Random::new(seed, 3),
            record_numbers: Permutation::new(seed, 11, NUMBERS),
            cluster_numbers: Permutation::new(seed, 12, NUMBERS),
            written: 0,
            id: String::new(),
        })
    }

    /// Lines written so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Takes a record; another may be written for it.
    pub fn push(&mut self, row: &Row, customer: u64) -> io::Result<()> {
        if self.waiting.len() < BUFFER_RECORDS {
            let mut line = String::with_capacity(256);
            push_line(&mut line, row);
            self.waiting.push(Waiting { letter: row.source.letter(), customer, line });
            return Ok(());
        }
        let at = self.random.below(BUFFER_RECORDS as u32) as usize;
        self.emit(at)?;
        let place = &mut self.waiting[at];
        place.letter = row.source.letter();
        place.customer = customer;
        place.line.clear();
        push_line(&mut place.line, row);
        Ok(())
    }

    /// Writes what still waits.
    pub fn finish(mut self) -> io::Result<u64> {
        while !self.waiting.is_empty() {
            let at = self.random.below(self.waiting.len() as u32) as usize;
            self.emit(at)?;
            self.waiting.swap_remove(at);
        }
        self.customers.flush()?;
        self.truth.flush()?;
        Ok(self.written)
    }

    fn emit(&mut self, at: usize) -> io::Result<()> {
        let Some(waiting) = self.waiting.get(at) else { return Ok(()) };
        self.id.clear();
        self.id.push(waiting.letter);
        push_padded(&mut self.id, self.record_numbers.apply(self.written), 10);
        self.customers.write_all(self.id.as_bytes())?;
        self.customers.write_all(waiting.line.as_bytes())?;
        self.id.push(',');
        push_padded(&mut self.id, self.cluster_numbers.apply(waiting.customer), 1);
        self.id.push('\n');
        self.truth.write_all(self.id.as_bytes())?;
        self.written += 1;
        Ok(())
    }
}

/// Appends the line of a record from its source on.
fn push_line(line: &mut String, row: &Row) {
    line.push(',');
    line.push_str(row.source.name());
    line.push(',');
    push_time(line, row.time);
    for field in [
        &row.name,
        &row.gender,
        &row.birth_date,
        &row.phone,
        &row.email,
        &row.id_number,
        &row.address,
        &row.company,
        &row.unionid,
    ] {
        line.push(',');
        push_field(line, field);
    }
    line.push('\n');
}

/// Quotes a field when RFC 4180 asks for it.
fn push_field(line: &mut String, field: &str) {
    if !field.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        line.push_str(field);
        return;
    }
    line.push('"');
    for character in field.chars() {
        if character == '"' {
            line.push('"');
        }
        line.push(character);
    }
    line.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_when_needed() {
        let mut line = String::new();
        for field in ["张伟", "a,b", "say \"x\""] {
            push_field(&mut line, field);
            line.push('|');
        }
        assert_eq!(line, "张伟|\"a,b\"|\"say \"\"x\"\"\"|");
    }
}

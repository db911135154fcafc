//! What relations read of all profiles, in memory or on disk.
//!
//! On disk each profile has its bytes in a file, and the hashes of what it may share are dealt into parts. Part by part, the profiles that share
//! something are read and compared; what two parts find twice is the same.

use std::fs::File;

use rayon::prelude::*;

use super::Spill;
use super::rows::{Dealer, Parts};
use crate::bulk::spool::{self, SpoolWriter};
use crate::domain::relation::packed::{employments_among, is_telling};
use crate::domain::relation::{self, Party, ProfileRelation};
use crate::error::{Error, Result};

/// Parts into which hashes are dealt.
const PARTS: usize = 64;

/// What relations read of profiles, which are added in the order of their ids.
pub enum Parties<'s> {
    /// In memory.
    Held(Vec<Party>),
    /// On disk.
    Filed(Box<Filed<'s>>),
}

impl<'s> Parties<'s> {
    /// None so far; they are on disk where the run spills.
    pub fn new(spill: Option<Spill<'s>>) -> Result<Self> {
        match spill {
            None => Ok(Self::Held(Vec::new())),
            Some(spill) => Filed::create(spill).map(|filed| Self::Filed(Box::new(filed))),
        }
    }

    /// Adds profiles.
    pub fn extend(&mut self, parties: Vec<Party>) -> Result<()> {
        match self {
            Self::Held(held) => {
                held.extend(parties);
                Ok(())
            }
            Self::Filed(filed) => parties.iter().try_for_each(|party| filed.push(party)),
        }
    }

    /// Profiles.
    pub fn len(&self) -> usize {
        match self {
            Self::Held(held) => held.len(),
            Self::Filed(filed) => filed.starts.len(),
        }
    }

    /// No profiles.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What [`relation::relations`] gives of them.
    pub fn relations(self) -> Result<Vec<ProfileRelation>> {
        match self {
            Self::Held(held) => Ok(relation::relations(&held)),
            Self::Filed(filed) => filed.relations(),
        }
    }
}

/// Profiles on disk.
pub struct Filed<'s> {
    spill: Spill<'s>,
    file: SpoolWriter,
    /// Where the bytes of each profile begin.
    starts: Vec<u64>,
    contacts: Dealer<(u64, u32)>,
    names: Dealer<(u64, u32)>,
    bytes: Vec<u8>,
}

const FILE: &str = "parties.rows";

fn part(hash: u64) -> usize {
    hash as usize % PARTS
}

impl<'s> Filed<'s> {
    fn create(spill: Spill<'s>) -> Result<Self> {
        let dealer = |name: &str| Dealer::create(&spill.path(name), PARTS, spill.share(16));
        Ok(Self {
            file: SpoolWriter::create(&spill.path(FILE))?,
            starts: Vec::new(),
            contacts: dealer("contacts.rows")?,
            names: dealer("names.rows")?,
            bytes: Vec::new(),
            spill,
        })
    }

    fn push(&mut self, party: &Party) -> Result<()> {
        let number = self.starts.len() as u32;
        for hash in party.contacts() {
            self.contacts.push(part(hash), (hash, number))?;
        }
        for hash in party.names() {
            self.names.push(part(hash), (hash, number))?;
        }
        self.bytes.clear();
        party.pack(&mut self.bytes);
        self.starts.push(self.file.plain(&self.bytes)?);
        Ok(())
    }

    fn relations(self) -> Result<Vec<ProfileRelation>> {
        let path = self.spill.path(FILE);
        let (bytes, _) = self.file.finish()?;
        let file = File::open(&path).map_err(|error| Error::read(&path, error))?;
        let read = |number: u32| -> Result<Party> {
            let start = self.starts.get(number as usize).copied().unwrap_or(bytes);
            let end = self.starts.get(number as usize + 1).copied().unwrap_or(bytes);
            let mut bytes = vec![0; (end - start) as usize];
            spool::read_at(&file, &mut bytes, start).map_err(|error| Error::read(&path, error))?;
            let damaged = || Error::input(&path, "the temporary file is damaged; check the disk and run again");
            Party::unpack(&bytes).ok_or_else(damaged)
        };
        let (contacts, names) = (self.contacts.finish()?, self.names.finish()?);
        let mut found = Vec::new();
        for part in 0..PARTS {
            found.extend(by_contact(&contacts, part, &read)?);
            found.extend(by_name(&names, part, &read)?);
            // What a pair shares besides is found in other parts too.
            relation::order(&mut found);
        }
        contacts.remove();
        names.remove();
        let _ = std::fs::remove_file(&path);
        Ok(found)
    }
}

type Read<'r> = &'r (dyn Fn(u32) -> Result<Party> + Sync);

/// Buckets of one hash that are looked at together.
const BUCKETS_TOGETHER: usize = 1_024;

/// The relations of profiles that share a contact of a part.
fn by_contact(contacts: &Parts<(u64, u32)>, part: usize, read: Read<'_>) -> Result<Vec<ProfileRelation>> {
    let rows = contacts.part(part)?;
    let buckets: Vec<&[(u64, u32)]> =
        rows.chunk_by(|a, b| a.0 == b.0).filter(|bucket| is_telling(bucket.len())).collect();
    let related = |buckets: &[&[(u64, u32)]]| -> Result<Vec<ProfileRelation>> {
        let mut found = Vec::new();
        for bucket in buckets {
            let parties: Vec<Party> = bucket.iter().map(|(_, number)| read(*number)).collect::<Result<_>>()?;
            for (i, a) in parties.iter().enumerate() {
                found.extend(parties.iter().skip(i + 1).filter_map(|b| a.related_by_contact(b)));
            }
        }
        Ok(found)
    };
    let found: Vec<Vec<ProfileRelation>> = buckets.par_chunks(BUCKETS_TOGETHER).map(related).collect::<Result<_>>()?;
    Ok(found.concat())
}

/// The employments by the names of a part.
fn by_name(names: &Parts<(u64, u32)>, of: usize, read: Read<'_>) -> Result<Vec<ProfileRelation>> {
    let rows = names.part(of)?;
    let buckets = rows.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1);
    let mut numbers: Vec<u32> = buckets.flatten().map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let parties = |number: &u32| -> Result<Party> {
        let mut party = read(*number)?;
        party.keep_names(&|hash| part(hash) == of);
        Ok(party)
    };
    let parties: Vec<Party> = numbers.par_iter().with_min_len(256).map(parties).collect::<Result<_>>()?;
    Ok(employments_among(&parties))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::hash::mix;
    use crate::domain::id::{ProfileId, RecordKey};
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, PreparedRecord, RawAttribute, RawRecord};

    fn party(id: u64) -> Party {
        let draw = |salt: u64, count: u64| mix(id * 31 + salt) % count;
        let family = ["王", "李", "张"][draw(1, 3) as usize];
        let given = ["芳", "伟", "娜", "强"][draw(2, 4) as usize];
        let company = format!("上海{}贸易有限公司", ["明珠", "长江", "东海", "南山"][draw(3, 4) as usize]);
        let mut values = vec![
            (AttributeKind::Phone, format!("139123{:05}", draw(4, 150))),
            (AttributeKind::Address, format!("上海市黄浦区南京东路{}号5幢301室", 1 + draw(5, 150))),
        ];
        match draw(6, 8) {
            0 => values.push((AttributeKind::OrgName, company)),
            1 => values.push((AttributeKind::OrgName, format!("黄浦区{family}{given}{given}五金店"))),
            _ => values.extend([
                (AttributeKind::PersonName, format!("{family}{given}{given}")),
                (AttributeKind::Company, company),
            ]),
        }
        let attribute = |(kind, text)| RawAttribute { country: Some("CN".into()), ..RawAttribute::full(kind, text) };
        let attributes = values.into_iter().map(attribute).collect();
        let raw =
            RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes };
        let record: PreparedRecord = prepare(&raw);
        Party::of(ProfileId(id), &[&record])
    }

    #[test]
    fn relations_of_profiles_on_disk_are_those_in_memory() {
        let parties: Vec<Party> = (1..=400).map(party).collect();
        let expected = relation::relations(&parties);
        let kinds = |code: &str| expected.iter().filter(|relation| relation.kind.code() == code).count();
        assert!(["HOUSEHOLD", "EMPLOYEE_OF", "OWNER_OF"].iter().all(|code| kinds(code) > 0), "{expected:?}");
        let folder = tempfile::tempdir().unwrap();
        let mut filed = Parties::new(Some(Spill::new(folder.path(), 1))).unwrap();
        filed.extend(parties).unwrap();
        assert_eq!(filed.len(), 400);
        assert_eq!(filed.relations().unwrap(), expected);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
    }
}

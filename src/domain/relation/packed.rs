//! What relations read of a profile as bytes, for runs that hold it on disk, and relations found part by part.

use super::{OrganisationName, PARTIES_MAX, Party, ProfileRelation, Share, employments, related};
use crate::domain::hash::{mix, stable_hash};
use crate::domain::id::ProfileId;

impl Share {
    const ALL: [Self; 5] = [Self::Phone, Self::Email, Self::Home, Self::FamilyName, Self::PersonName];
}

impl Party {
    /// Hashes of what brings a profile together with others: telephones, e-mail addresses and homes.
    pub fn contacts(&self) -> impl Iterator<Item = u64> {
        let contacts = self.shares.iter().filter(|(share, _)| share.is_contact());
        contacts.map(|(share, hash)| mix(*hash ^ stable_hash(&[share.code()])))
    }

    /// Hashes of the names by which employments go: of an organisation its own, of a person those of the employers.
    pub fn names(&self) -> impl Iterator<Item = u64> {
        let names = if self.organisation { &self.names } else { &self.employers };
        names.iter().map(|name| stable_hash(&[&name.core]))
    }

    /// Forgets the names whose hashes are not wanted.
    pub fn keep_names(&mut self, wanted: &dyn Fn(u64) -> bool) {
        for names in [&mut self.names, &mut self.employers] {
            names.retain(|name| wanted(stable_hash(&[&name.core])));
        }
    }

    /// How two profiles that share a contact belong together.
    pub fn related_by_contact(&self, other: &Self) -> Option<ProfileRelation> {
        related(self, other)
    }

    /// Adds the bytes.
    pub fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.profile.0.to_le_bytes());
        out.push(u8::from(self.organisation) | u8::from(self.sole_trader) << 1);
        put_count(self.shares.len(), out);
        for (share, hash) in &self.shares {
            out.push(*share as u8);
            out.extend_from_slice(&hash.to_le_bytes());
        }
        for names in [&self.names, &self.employers] {
            put_count(names.len(), out);
            for OrganisationName { core, place } in names {
                put_text(core, out);
                put_text(place, out);
            }
        }
        put_count(self.han_names.len(), out);
        self.han_names.iter().for_each(|name| put_text(name, out));
    }

    /// Reads it back; nothing where the bytes are damaged.
    pub fn unpack(mut bytes: &[u8]) -> Option<Self> {
        let input = &mut bytes;
        let profile = ProfileId(u64::from_le_bytes(take(input)?));
        let [flags] = take(input)?;
        let share = |input: &mut &[u8]| {
            let [share] = take(input)?;
            Some((*Share::ALL.get(usize::from(share))?, u64::from_le_bytes(take(input)?)))
        };
        let shares = (0..take_count(input)?).map(|_| share(input)).collect::<Option<_>>()?;
        let name = |input: &mut &[u8]| Some(OrganisationName { core: take_text(input)?, place: take_text(input)? });
        let names = (0..take_count(input)?).map(|_| name(input)).collect::<Option<_>>()?;
        let employers = (0..take_count(input)?).map(|_| name(input)).collect::<Option<_>>()?;
        let han_names = (0..take_count(input)?).map(|_| take_text(input)).collect::<Option<_>>()?;
        let (organisation, sole_trader) = (flags & 1 != 0, flags & 2 != 0);
        Some(Self { profile, organisation, sole_trader, shares, names, employers, han_names })
    }
}

/// Whether so many profiles share a contact that it says something.
pub fn is_telling(parties: usize) -> bool {
    (2..=PARTIES_MAX).contains(&parties)
}

/// Employments among profiles of which some names are left (see [`Party::keep_names`]): all profiles that have one of them.
pub fn employments_among(parties: &[Party]) -> Vec<ProfileRelation> {
    employments(parties)
}

fn put_count(count: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(count as u32).to_le_bytes());
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    put_count(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

fn take<const N: usize>(input: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, rest) = input.split_first_chunk::<N>()?;
    *input = rest;
    Some(*bytes)
}

fn take_count(input: &mut &[u8]) -> Option<usize> {
    take(input).map(|bytes| u32::from_le_bytes(bytes) as usize)
}

fn take_text(input: &mut &[u8]) -> Option<String> {
    let length = take_count(input)?;
    let (text, rest) = input.split_at_checked(length)?;
    *input = rest;
    std::str::from_utf8(text).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_party_comes_back_and_cut_off_bytes_do_not() {
        let name = |core: &str| OrganisationName { core: core.to_owned(), place: "上海".to_owned() };
        let party = Party {
            profile: ProfileId(9),
            organisation: true,
            sole_trader: true,
            shares: Share::ALL.iter().map(|share| (*share, 70 + *share as u64)).collect(),
            names: vec![name("明珠"), name("五金")],
            employers: vec![name("贸易")],
            han_names: vec!["欧阳若曦".to_owned()],
        };
        let mut bytes = Vec::new();
        party.pack(&mut bytes);
        assert_eq!(Party::unpack(&bytes), Some(party));
        for end in 0..bytes.len() {
            assert_eq!(Party::unpack(&bytes[..end]), None, "{end}");
        }
    }
}

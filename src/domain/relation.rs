//! How profiles belong together without being one customer: who works where, who owns what, who lives together.
//!
//! People and organisations are different customers, and so are two people of one home; that they belong together is worth
//! knowing all the same. Every relation rests on values that two profiles share, and names them. A value that more than
//! [`PARTIES_MAX`] profiles share belongs to a switchboard, a dormitory or an agent and says nothing, which also keeps the work
//! proportional to the number of profiles.

pub mod packed;

use super::hash::stable_hash;
use super::id::ProfileId;
use super::record::{Address, AttributeKind, OrgName, PersonName, PreparedRecord, Value};

/// Profiles that share a telephone, an e-mail address, a home or the name of an organisation; more of them are no relation.
const PARTIES_MAX: usize = 8;

/// How two profiles belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// The person runs the business: it bears the person's name or is a sole trader's, and the two share a telephone, e-mail or address.
    OwnerOf,
    /// The organisation's records name the person, and the two share a telephone, e-mail or address.
    RepresentativeOf,
    /// The person's records name the organisation as the employer.
    EmployeeOf,
    /// Two people with different names of whom two things out of home, telephone, e-mail and family name agree.
    Household,
}

impl RelationKind {
    /// The name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnerOf => "OWNER_OF",
            Self::RepresentativeOf => "REPRESENTATIVE_OF",
            Self::EmployeeOf => "EMPLOYEE_OF",
            Self::Household => "HOUSEHOLD",
        }
    }
}

/// Two profiles in a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProfileRelation {
    /// The person; of two people the one with the smaller id.
    pub from: ProfileId,
    /// The organisation or the other person.
    pub to: ProfileId,
    /// What they are to each other.
    pub kind: RelationKind,
    /// What they share, by the codes of attribute kinds; `family_name` beside them.
    pub because: Vec<&'static str>,
}

/// Something of a profile that another may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Phone,
    Email,
    Home,
    FamilyName,
    PersonName,
}

impl Share {
    fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Home => "address",
            Self::FamilyName => "family_name",
            Self::PersonName => "person_name",
        }
    }

    /// What brings two profiles together at all: names are too common.
    fn is_contact(self) -> bool {
        matches!(self, Self::Phone | Self::Email | Self::Home)
    }
}

/// An organisation's name as far as relations go by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OrganisationName {
    core: String,
    place: String,
}

/// What relations read of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    profile: ProfileId,
    /// The customer is an organisation.
    organisation: bool,
    /// Some name of the organisation says that one person trades under it.
    sole_trader: bool,
    /// Hashes of what others may share, ascending, each once.
    shares: Vec<(Share, u64)>,
    /// Names of the organisation itself.
    names: Vec<OrganisationName>,
    /// Names of employers.
    employers: Vec<OrganisationName>,
    /// The person's names in Han characters.
    han_names: Vec<String>,
}

impl Party {
    /// Reads a profile's records.
    pub fn of(profile: ProfileId, records: &[&PreparedRecord]) -> Self {
        let mut party = Self {
            profile,
            organisation: false,
            sole_trader: false,
            shares: Vec::new(),
            names: Vec::new(),
            employers: Vec::new(),
            han_names: Vec::new(),
        };
        for attribute in records.iter().flat_map(|record| &record.attributes).filter(|attribute| attribute.evidence) {
            match (attribute.kind, &attribute.value) {
                (AttributeKind::OrgName, Value::OrgName(name)) => party.add_own_name(name),
                (_, Value::OrgName(name)) => party.employers.extend(organisation_name(name)),
                (_, Value::PersonName(name)) => party.add_person(name),
                (_, Value::Phone(phone)) if phone.personal => party.add(Share::Phone, &[&phone.e164]),
                (_, Value::Email(email)) => party.add(Share::Email, &[&email.match_key]),
                (_, Value::Address(address)) => party.add_home(address),
                (
                    _,
                    Value::Missing
                    | Value::Phone(_)
                    | Value::Date(_)
                    | Value::Gender(_)
                    | Value::Identifier(_)
                    | Value::Text(_),
                ) => {}
            }
        }
        party.shares.sort_unstable();
        party.shares.dedup();
        for names in [&mut party.names, &mut party.employers] {
            names.sort_unstable();
            names.dedup();
        }
        party
    }

    fn add(&mut self, share: Share, parts: &[&str]) {
        self.shares.push((share, stable_hash(parts)));
    }

    fn add_own_name(&mut self, name: &OrgName) {
        self.organisation = true;
        self.sole_trader |= name.legal_form == "sole_trader";
        self.names.extend(organisation_name(name));
    }

    fn add_person(&mut self, name: &PersonName) {
        if name.surname_only {
            return;
        }
        let surname: String = name.han.chars().take(name.han_surname_len).collect();
        let family = if surname.is_empty() { name.family.as_str() } else { &surname };
        if !family.is_empty() {
            self.add(Share::FamilyName, &[family]);
        }
        if name.han.chars().count() >= 2 {
            self.add(Share::PersonName, &[&name.han]);
            self.han_names.push(name.han.to_string());
        }
        if name.words.len() >= 2 {
            let mut words: Vec<&str> = name.words.iter().map(String::as_str).collect();
            words.sort_unstable();
            self.add(Share::PersonName, &words);
        }
    }

    /// A house or a room; a road or an estate alone is no home.
    fn add_home(&mut self, address: &Address) {
        let Address { city, street, community, number, unit, .. } = address;
        let road = !street.is_empty() || !community.is_empty();
        let door = !number.is_empty() || !unit.is_empty();
        if road && door {
            self.add(Share::Home, &[city, street, community, number, unit]);
        }
    }

    /// What two profiles share.
    fn common(&self, other: &Self) -> Vec<Share> {
        let mut common: Vec<Share> =
            self.shares.iter().filter(|s| other.shares.binary_search(s).is_ok()).map(|(share, _)| *share).collect();
        common.dedup();
        common
    }

    /// The organisation bears the person's name: 张伟五金店.
    fn bears_name_of(&self, person: &Self) -> bool {
        self.names.iter().any(|name| person.han_names.iter().any(|han| name.core.contains(han.as_str())))
    }
}

fn organisation_name(name: &OrgName) -> Option<OrganisationName> {
    (!name.core.is_empty()).then(|| OrganisationName { core: name.core.to_string(), place: name.place.to_string() })
}

/// The relations between profiles, in the order of their ids.
pub fn relations(parties: &[Party]) -> Vec<ProfileRelation> {
    let mut found: Vec<ProfileRelation> = contacts(parties)
        .into_iter()
        .filter_map(|(a, b)| related(parties.get(a)?, parties.get(b)?))
        .chain(employments(parties))
        .collect();
    order(&mut found);
    found
}

/// Puts relations into their order, one for each two profiles.
pub fn order(found: &mut Vec<ProfileRelation>) {
    // Of one organisation a person is said to be the owner rather than an employee.
    found.sort_unstable();
    found.dedup_by(|later, earlier| (later.from, later.to) == (earlier.from, earlier.to));
}

/// Positions of two profiles that share a telephone, an e-mail address or a home.
fn contacts(parties: &[Party]) -> Vec<(usize, usize)> {
    let mut keyed: Vec<((Share, u64), usize)> = Vec::new();
    for (position, party) in parties.iter().enumerate() {
        keyed.extend(party.shares.iter().filter(|(share, _)| share.is_contact()).map(|key| (*key, position)));
    }
    keyed.sort_unstable();
    let mut pairs = Vec::new();
    for bucket in keyed.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() <= PARTIES_MAX) {
        for (i, (_, a)) in bucket.iter().enumerate() {
            pairs.extend(bucket.iter().skip(i + 1).map(|(_, b)| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn related(a: &Party, b: &Party) -> Option<ProfileRelation> {
    let common = a.common(b);
    let (from, to, kind) = match (a.organisation, b.organisation) {
        (true, true) => return None,
        (false, false) => {
            let shared = common.iter().filter(|share| **share != Share::PersonName).count();
            // Two of one name are a question about one person, not a household.
            if common.contains(&Share::PersonName) || shared < 2 {
                return None;
            }
            (a.profile.min(b.profile), a.profile.max(b.profile), RelationKind::Household)
        }
        (a_is_organisation, _) => {
            let (person, organisation) = if a_is_organisation { (b, a) } else { (a, b) };
            let bears_name = organisation.bears_name_of(person);
            let named = common.contains(&Share::PersonName);
            let kind = match (bears_name, named) {
                (true, _) => RelationKind::OwnerOf,
                (false, true) if organisation.sole_trader => RelationKind::OwnerOf,
                (false, true) => RelationKind::RepresentativeOf,
                (false, false) => return None,
            };
            (person.profile, organisation.profile, kind)
        }
    };
    let because = common.into_iter().map(Share::code).collect();
    Some(ProfileRelation { from, to, kind, because })
}

/// People whose employer is an organisation among the profiles: of one name, and of one place where both say it. Where one does
/// not, only when no other organisation has the name.
fn employments(parties: &[Party]) -> Vec<ProfileRelation> {
    let mut names: Vec<(&str, bool, &str, usize)> = Vec::new();
    for (position, party) in parties.iter().enumerate() {
        let (own, listed) = if party.organisation { (true, &party.names) } else { (false, &party.employers) };
        names.extend(listed.iter().map(|name| (name.core.as_str(), own, name.place.as_str(), position)));
    }
    names.sort_unstable();
    let mut found = Vec::new();
    for bucket in names.chunk_by(|a, b| a.0 == b.0) {
        let (people, organisations) = bucket.split_at(bucket.partition_point(|(_, own, ..)| !own));
        let mut distinct: Vec<usize> = organisations.iter().map(|(.., position)| *position).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.is_empty() || distinct.len() > PARTIES_MAX {
            continue;
        }
        for (_, _, place, person) in people {
            for (_, _, own_place, organisation) in organisations {
                let unstated = place.is_empty() || own_place.is_empty();
                if place != own_place && !(unstated && distinct.len() == 1) {
                    continue;
                }
                let (Some(person), Some(organisation)) = (parties.get(*person), parties.get(*organisation)) else {
                    continue;
                };
                let mut because = vec![AttributeKind::Company.code()];
                because.extend(person.common(organisation).into_iter().map(Share::code));
                let (from, to) = (person.profile, organisation.profile);
                found.push(ProfileRelation { from, to, kind: RelationKind::EmployeeOf, because });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{RawAttribute, RawRecord};

    use AttributeKind::{Address as At, Company, Email, OrgName as Org, PersonName as Name, Phone};

    fn party(id: u64, values: &[(AttributeKind, &str)]) -> Party {
        let attribute = |(kind, text): &(AttributeKind, &str)| RawAttribute {
            country: Some("CN".into()),
            ..RawAttribute::full(*kind, *text)
        };
        let attributes = values.iter().map(attribute).collect();
        let raw =
            RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes };
        Party::of(ProfileId(id), &[&prepare(&raw)])
    }

    fn found(parties: &[Party]) -> Vec<(u64, &'static str, u64, String)> {
        let relations = relations(parties).into_iter();
        relations.map(|r| (r.from.0, r.kind.code(), r.to.0, r.because.join(" "))).collect()
    }

    const MOBILE: (AttributeKind, &str) = (Phone, "13912340007");
    const ROOM: (AttributeKind, &str) = (At, "上海市黄浦区南京东路100号5幢301室");

    #[test]
    fn a_sole_trader_and_the_business() {
        let person = party(1, &[(Name, "欧阳若曦"), MOBILE]);
        let shop = party(2, &[(Org, "黄浦区欧阳若曦五金店"), MOBILE]);
        assert_eq!(found(&[person.clone(), shop]), [(1, "OWNER_OF", 2, "phone".to_owned())]);
        let company = party(3, &[(Org, "上海明珠贸易有限公司"), (Name, "欧阳若曦"), MOBILE]);
        assert_eq!(
            found(&[company, person.clone()]),
            [(1, "REPRESENTATIVE_OF", 3, "phone family_name person_name".to_owned())]
        );
        // A telephone alone makes nobody the owner of anything.
        assert_eq!(found(&[person, party(4, &[(Org, "上海明珠贸易有限公司"), MOBILE])]), []);
    }

    #[test]
    fn an_employee_and_the_company() {
        let employee = party(1, &[(Name, "王芳"), (Company, "上海明珠贸易有限公司")]);
        let here = party(2, &[(Org, "上海明珠贸易有限公司")]);
        let elsewhere = party(3, &[(Org, "北京明珠贸易有限公司")]);
        let expected = [(1, "EMPLOYEE_OF", 2, "company".to_owned())];
        assert_eq!(found(&[employee.clone(), here.clone()]), expected);
        assert_eq!(found(&[employee, here, elsewhere]), expected);
    }

    #[test]
    fn people_of_one_home() {
        let mother = party(1, &[(Name, "王芳"), ROOM, MOBILE]);
        let son = party(2, &[(Name, "王子轩"), ROOM]);
        assert_eq!(found(&[mother.clone(), son]), [(1, "HOUSEHOLD", 2, "address family_name".to_owned())]);
        let husband = party(3, &[(Name, "李建国"), ROOM, MOBILE]);
        assert_eq!(found(&[husband, mother.clone()]), [(1, "HOUSEHOLD", 3, "phone address".to_owned())]);
        let lodger = party(4, &[(Name, "赵磊"), ROOM]);
        assert_eq!(found(&[mother.clone(), lodger]), [], "one thing in common is a coincidence or a move");
        let namesake = party(5, &[(Name, "王芳"), ROOM, (Email, "wf@example.com")]);
        assert_eq!(found(&[mother, namesake]), [], "a question about one person");
    }

    #[test]
    fn what_everybody_shares_relates_nobody() {
        let dormitory = |count: u64| {
            (1..=count)
                .map(|id| {
                    party(
                        id,
                        &[
                            (
                                Name,
                                &format!(
                                    "王{}",
                                    ["芳", "伟", "娜", "强", "磊", "军", "洋", "勇", "艳"][id as usize - 1]
                                ),
                            ),
                            ROOM,
                        ],
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&dormitory(8)).len(), 28);
        assert_eq!(found(&dormitory(9)), []);
    }
}

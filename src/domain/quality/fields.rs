//! Something for each field, kind and label, as values of it are met.

use crate::domain::record::{Attribute, AttributeKind};
use crate::domain::text::same;

/// The name of a field: `phone`, `phone:mobile`.
pub fn field_name(kind: AttributeKind, label: &str) -> String {
    if label.is_empty() { kind.code().to_owned() } else { format!("{}:{label}", kind.code()) }
}

/// Something for each field that was met.
#[derive(Clone, Debug)]
pub struct Fields<T> {
    kinds: [OfKind<T>; AttributeKind::ALL.len()],
}

#[derive(Clone, Debug)]
struct OfKind<T> {
    fields: Vec<OfField<T>>,
    /// Where the next field is looked for first: records of a source have theirs in one order.
    next: usize,
}

/// One field.
#[derive(Clone, Debug)]
pub struct OfField<T> {
    /// Its kind.
    pub kind: AttributeKind,
    /// Its label.
    pub label: String,
    /// Its name.
    pub name: String,
    /// What there is for it.
    pub value: T,
}

impl<T> Default for Fields<T> {
    fn default() -> Self {
        Self { kinds: std::array::from_fn(|_| OfKind { fields: Vec::new(), next: 0 }) }
    }
}

impl<T: Default> Fields<T> {
    /// What there is for the field of a value.
    pub fn of(&mut self, attribute: &Attribute) -> &mut T {
        self.entry(attribute.kind, &attribute.label)
    }

    /// What there is for a field.
    pub fn entry(&mut self, kind: AttributeKind, label: &str) -> &mut T {
        let OfKind { fields, next } = &mut self.kinds[kind as usize];
        let (before, after) = fields.split_at(*next);
        let of_label = |field: &OfField<T>| same(&field.label, label);
        let place = match after.iter().position(of_label) {
            Some(place) => before.len() + place,
            None => before.iter().position(of_label).unwrap_or(fields.len()),
        };
        if place == fields.len() {
            let name = field_name(kind, label);
            fields.push(OfField { kind, label: label.to_owned(), name, value: T::default() });
        }
        *next = if place + 1 == fields.len() { 0 } else { place + 1 };
        &mut fields[place].value
    }

    /// Adds what there is for the fields elsewhere.
    pub fn merge(&mut self, other: Self, add: impl Fn(&mut T, T)) {
        for field in other.kinds.into_iter().flat_map(|kind| kind.fields) {
            add(self.entry(field.kind, &field.label), field.value);
        }
    }
}

impl<T> Fields<T> {
    /// All fields, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = &OfField<T>> {
        self.kinds.iter().flat_map(|kind| &kind.fields)
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut OfField<T>> {
        self.kinds.iter_mut().flat_map(|kind| &mut kind.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_again_whatever_was_met_before() {
        let mut fields: Fields<u32> = Fields::default();
        let met = [("a", 1), ("b", 2), ("a", 10), ("", 100), ("b", 20), ("c", 3), ("a", 1_000)];
        for (label, count) in met {
            *fields.entry(AttributeKind::Phone, label) += count;
        }
        *fields.entry(AttributeKind::Text, "a") += 7;
        let mut twice = fields.clone();
        twice.merge(fields, |sum, more| *sum += more);
        let mut found: Vec<(String, u32)> = twice.iter().map(|field| (field.name.clone(), field.value)).collect();
        found.sort();
        let expected = [("phone", 200), ("phone:a", 2_022), ("phone:b", 44), ("phone:c", 6), ("text:a", 14)];
        assert_eq!(found, expected.map(|(name, count)| (name.to_owned(), count)));
    }
}

//! Generic values: what so many records share that it says nothing about who is who. Learnt from the data: a value becomes generic when
//! one more record than the model's limit has it, and ceases to be when records go. People may say otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::fingerprint;
use super::read::Page;
use super::{Engine, rows};
use crate::domain::block;
use crate::domain::generic::{DeclaredValue, GenericOverride, GenericOverrides, key_of};
use crate::domain::id::{BlockKey, RecordHandle};
use crate::error::{Error, Result};
use crate::store::posting::Posting;
use crate::store::stored::{StoredAnswer, StoredOverride};
use crate::store::workspace::Workspace;
use crate::store::{Space, codec, keys};

/// A generic value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenericValue {
    /// The blocking rule under which it is a key.
    pub rule: String,
    /// The value, part by part as the rule reads it.
    pub parts: Vec<String>,
    /// Records that have it.
    pub record_count: u64,
    /// It makes no candidates.
    pub generic: bool,
    /// What a person said about it.
    pub said: Option<GenericOverride>,
}

impl Engine {
    /// Lists generic values in the order of their keys, each with the key after which a next page starts.
    pub fn generic_values(&self, after: Option<&[u8]>, limit: usize) -> Result<Page<(Vec<u8>, GenericValue)>> {
        let scope = self.scope(false)?;
        let mut items = Vec::new();
        let mut position = after.map(<[u8]>::to_vec);
        loop {
            let rows = scope.scan(Space::BlockRecords, &[], position.as_deref(), 1)?;
            let Some((row, _)) = rows.first() else { return Ok(Page { items, next: None }) };
            let (Some(key), Some(first)) = (keys::first(row).map(BlockKey), keys::second(row).map(RecordHandle)) else {
                return Ok(Page { items, next: None });
            };
            // Past the other records of the key.
            let last = keys::block_record(key, RecordHandle(u64::MAX));
            position = Some(last.clone());
            let record = self.hot_indexed(&scope, first)?;
            let posting = Posting::decode(scope.get_bytes(Space::Blocks, &keys::block(key))?.as_deref())?;
            if let Some((rule, parts)) = block::describe(record.whole(), key) {
                items.push((last, generic_value(rule.to_owned(), parts, &posting, scope.overrides.get(key))));
            }
            if items.len() == limit {
                return Ok(Page { items, next: position });
            }
        }
    }

    /// Lists what people said about values, in the order of the values' keys; learnt or not, generic or not.
    pub fn overridden_values(&self, after: Option<&[u8]>, limit: usize) -> Result<Page<(Vec<u8>, GenericValue)>> {
        let scope = self.scope(false)?;
        let rows = scope.scan(Space::Overrides, &[], after, limit)?;
        let next = rows.last().filter(|_| rows.len() == limit).map(|(key, _)| key.clone());
        let items = rows.into_iter().map(|(key, value)| {
            let StoredOverride { rule, parts, generic, .. } = codec::decode(&value)?;
            let posting = Posting::decode(scope.get_bytes(Space::Blocks, &key)?.as_deref())?;
            Ok((key, generic_value(rule, parts, &posting, Some(said(generic)))))
        });
        Ok(Page { items: items.collect::<Result<_>>()?, next })
    }

    /// Says that a value is generic or specific whatever the data say, or withdraws that (`None`): pairs that are candidates by nothing
    /// else come apart or together at once.
    pub fn override_generic_value(
        &self,
        request_id: &str,
        actor: &str,
        (rule, parts): (&str, &[String]),
        said: Option<GenericOverride>,
        reason: &str,
    ) -> Result<GenericValue> {
        let key = key_of(rule, parts).ok_or_else(|| {
            Error::invalid(
                "generic_value",
                "names no blocking rule or has an empty part; ListGenericValues shows how values are named",
            )
        })?;
        let texts =
            [&[rule, rows::said(said), reason], &parts.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat();
        let fingerprint = fingerprint("override", &texts.iter().map(|text| text.as_bytes()).collect::<Vec<_>>());
        {
            let mut writer = self.lock_writer()?;
            let scope = self.scope(true)?;
            if self.answered(&scope, request_id, fingerprint)?.is_none() {
                let mut overrides = GenericOverrides::clone(&scope.overrides);
                overrides.set(key, said);
                match said {
                    Some(said) => {
                        let declared = DeclaredValue { rule: rule.to_owned(), parts: parts.to_vec(), said };
                        scope.put(Space::Overrides, keys::block(key), &rows::declared(&declared, reason));
                    }
                    None => scope.delete(Space::Overrides, keys::block(key)),
                }
                scope.log(rows::declaration((rule, parts), said, reason));
                let limit = overrides.limit(key, scope.active.model.limits.block_records_max);
                let touched = self.limit_block(&scope, key, limit)?;
                self.resolve(&scope, &touched, &BTreeMap::new())?;
                let answer_micros = self.clock.now().micros;
                self.remember(
                    &scope,
                    request_id,
                    StoredAnswer { fingerprint, answer_micros, ..StoredAnswer::default() },
                );
                self.commit(&mut writer, actor, scope)?;
                // Under the writer's lock: commands begin with a look at this.
                self.set_overrides(overrides);
            }
        }
        self.sync()?;
        let scope = self.scope(false)?;
        let posting = Posting::decode(scope.get_bytes(Space::Blocks, &keys::block(key))?.as_deref())?;
        Ok(generic_value(rule.to_owned(), parts.to_vec(), &posting, scope.overrides.get(key)))
    }

    /// Reads what people said.
    pub(super) fn open_overrides(&self) -> Result<()> {
        let mut overrides = GenericOverrides::default();
        for (key, value) in Workspace::new(self.store.snapshot()?).scan(Space::Overrides, &[], None, usize::MAX)? {
            let stored: StoredOverride = codec::decode(&value)?;
            if let Some(key) = keys::first(&key).map(BlockKey) {
                overrides.set(key, Some(said(stored.generic)));
            }
        }
        self.set_overrides(overrides);
        Ok(())
    }

    pub(super) fn overrides(&self) -> Arc<GenericOverrides> {
        Arc::clone(&self.overrides.read().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn set_overrides(&self, overrides: GenericOverrides) {
        *self.overrides.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Arc::new(overrides);
    }
}

fn said(generic: bool) -> GenericOverride {
    if generic { GenericOverride::Generic } else { GenericOverride::Specific }
}

fn generic_value(rule: String, parts: Vec<String>, posting: &Posting, said: Option<GenericOverride>) -> GenericValue {
    // A declared value that nobody has is generic, too.
    let generic = matches!(posting, Posting::Generic(_)) || said == Some(GenericOverride::Generic);
    GenericValue { rule, parts, record_count: posting.record_count() as u64, generic, said }
}

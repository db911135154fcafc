//! Putting another match model in force while the engine serves.
//!
//! A model is *evaluated* first: step by step every record gets its edges under it, beside those in force, and every command
//! meanwhile keeps both up to date. Then it is known what the model would change, and it can be put *in force*: one batch switches the
//! edges, reclusters and tells the followers. Progress is on disk, so an interrupted evaluation goes on where it was. The
//! way back is to put the former model in force again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::commit::Scope;
use super::feed::{ProfileEvent, profile_event};
use super::generation::Generations;
use super::neighbourhood::put_edge;
use super::{Contents, Engine, FORMAT_VERSION, META, REBUILT_FROM_VERSION, rows};
use crate::catalog::models;
use crate::domain::event::Event;
use crate::domain::id::RecordHandle;
use crate::domain::model::MatchModel;
use crate::domain::plan::ChangeKind;
use crate::error::{Error, Result};
use crate::store::stored::{StoredChange, StoredDifference, StoredEvaluation, StoredMeta, StoredModel};
use crate::store::{Durability, Space, codec, keys};

/// Records evaluated under the writer's lock at a time: a few milliseconds.
pub const EVALUATED_RECORDS_PER_STEP: usize = 64;
/// Changes named in a difference.
const LARGEST_MAX: usize = 20;
/// Bytes of a model file and of its frequency file.
const MODEL_BYTES_MAX: usize = 4 << 20;

/// Where a model stands.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelState {
    /// In force.
    Active,
    /// Records are getting their edges under it; the count of those that have them.
    Evaluating(u64),
    /// Evaluated, and kept up to date: what it would change.
    Evaluated(ModelDifference),
    /// Known.
    Available,
}

/// What a change of the model does to profiles.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelDifference {
    /// Profiles that take over others.
    pub merged: u64,
    /// Profiles that come into being out of others.
    pub split: u64,
    /// Profiles that are taken over.
    pub redirected: u64,
    /// Profiles whose records change otherwise.
    pub changed: u64,
    /// The largest of these changes.
    pub largest: Vec<ProfileEvent>,
}

/// A model of the store.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelView {
    /// `name@version`.
    pub name: String,
    /// Where it stands.
    pub state: ModelState,
    /// Its files.
    pub stored: StoredModel,
}

impl Engine {
    /// Opens the store's models: a new store is bound to `model`; a known one goes on with its own and with whatever was being
    /// evaluated. A layout before `oldest` is refused.
    pub(super) fn open_models(&self, model: &MatchModel, oldest: u32) -> Result<()> {
        let scope = self.scope(false)?;
        let meta = match scope.get::<StoredMeta>(Space::Meta, META)? {
            Some(meta) => meta,
            None => {
                Contents::of(&*self.store.snapshot()?)?.check_whole()?;
                return self.store.commit(&rows::binding(model, self.clock.now().micros), Durability::Synced);
            }
        };
        let found = meta.format_version;
        if !(oldest..=FORMAT_VERSION).contains(&found) {
            let advice = match found {
                REBUILT_FROM_VERSION..FORMAT_VERSION => "`guiyi rebuild` brings it up to date",
                _ => "open it with the version that made it, or load the records into a new folder (`guiyi load`)",
            };
            let message = format!("the store has format {found}, this program reads {FORMAT_VERSION}; {advice}");
            return Err(Error::store(message));
        }
        let edges = if meta.edges_swapped { Space::EdgesNext } else { Space::Edges };
        let mut generations = Generations::of(Arc::new(self.read_model(&scope, &meta.model)?), edges);
        if let Some(evaluation) = &meta.evaluation {
            generations = generations.with_next(Arc::new(self.read_model(&scope, &evaluation.model)?));
        }
        self.set_generations(generations);
        Ok(())
    }

    fn stored_model(&self, model: &MatchModel) -> StoredModel {
        rows::model(model, self.clock.now().micros)
    }

    fn read_model(&self, scope: &Scope<'_>, name: &str) -> Result<MatchModel> {
        match scope.get::<StoredModel>(Space::Models, name.as_bytes())? {
            Some(stored) => parse(name, &stored),
            None => models::load(name).map_err(|_| Error::not_found(format!("matchModels/{name}"))),
        }
    }

    /// The models that the store has met and those built in, by name.
    pub fn models(&self) -> Result<Vec<ModelView>> {
        let scope = self.scope(false)?;
        let mut found = BTreeMap::new();
        for entry in models::BUILT_IN {
            found.insert(entry.name.to_owned(), self.stored_model(&models::load(entry.name)?));
        }
        for (key, value) in scope.scan(Space::Models, &[], None, usize::MAX)? {
            found.insert(String::from_utf8_lossy(&key).into_owned(), codec::decode(&value)?);
        }
        let meta: StoredMeta = scope.get(Space::Meta, META)?.unwrap_or_default();
        let view = |(name, stored): (String, StoredModel)| ModelView { state: state_of(&meta, &name), name, stored };
        Ok(found.into_iter().map(view).collect())
    }

    /// One model.
    pub fn match_model(&self, name: &str) -> Result<ModelView> {
        let found = self.models()?.into_iter().find(|model| model.name == name);
        found.ok_or_else(|| Error::not_found(format!("matchModels/{name}")))
    }

    /// Keeps a model for later. A released model never changes: another one under a known name is an error.
    pub fn create_model(&self, actor: &str, text: &str, frequencies: Option<&str>) -> Result<ModelView> {
        if text.len().max(frequencies.map_or(0, str::len)) > MODEL_BYTES_MAX {
            return Err(Error::invalid("match_model", format!("has a file of more than {MODEL_BYTES_MAX} bytes")));
        }
        let stored = StoredModel {
            text: text.to_owned(),
            frequencies: frequencies.map(str::to_owned),
            create_micros: self.clock.now().micros,
        };
        let model =
            parse("match_model.toml", &stored).map_err(|error| Error::invalid("match_model", error.to_string()))?;
        let name = model.version.to_string();
        let known = models::load(&name).ok();
        self.command(actor, Durability::Synced, |scope| {
            let known = match scope.get::<StoredModel>(Space::Models, name.as_bytes())? {
                Some(stored) => Some(parse(&name, &stored)?),
                None => known,
            };
            match known {
                Some(known) if known == model => {}
                Some(_) => {
                    let message = format!("another model is called {name}; a change is a new version");
                    return Err(Error::precondition("MODEL_EXISTS", message));
                }
                None => {
                    scope.put(Space::Models, name.clone().into_bytes(), &stored);
                    scope.log(Event::ModelCreated(model.version.clone()));
                }
            }
            Ok(())
        })?;
        self.match_model(&name)
    }

    /// Begins to evaluate a model, and puts it in force once that is done unless it is a dry run. Of the model in force it gives up
    /// whatever is being evaluated. [`Engine::evaluate_step`] does the work.
    pub fn activate_model(&self, actor: &str, name: &str, dry_run: bool) -> Result<ModelView> {
        let model = self.match_model(name)?;
        let parsed = Arc::new(parse(name, &model.stored)?);
        if parsed.limits.block_records_max != self.model().limits.block_records_max {
            let message = "the model has another block_records_max, on which the index depends; load the records into a new store";
            return Err(Error::precondition("INDEX_LIMIT_DIFFERS", message));
        }
        self.exclusive(actor, |scope| {
            scope.log(Event::ModelRequested(parsed.version.clone(), !dry_run));
            let mut meta: StoredMeta = scope.get(Space::Meta, META)?.unwrap_or_default();
            if meta.model == name {
                if let Some(next) = &scope.next {
                    scope.clear(next.edges);
                }
                meta.evaluation = None;
                scope.put(Space::Meta, META.to_vec(), &meta);
                return Ok(Generations { active: scope.active.clone(), next: None });
            }
            let known = meta.evaluation.take().filter(|evaluation| evaluation.model == name);
            let generations = Generations { active: scope.active.clone(), next: None }.with_next(parsed);
            if known.is_none() {
                scope.put(Space::Models, name.as_bytes().to_vec(), &model.stored);
                if let Some(next) = &generations.next {
                    scope.clear(next.edges);
                }
            }
            let fresh = StoredEvaluation { model: name.to_owned(), ..StoredEvaluation::default() };
            meta.evaluation = Some(StoredEvaluation { activate: !dry_run, ..known.unwrap_or(fresh) });
            scope.put(Space::Meta, META.to_vec(), &meta);
            Ok(generations)
        })?;
        self.match_model(name)
    }

    /// Runs a command after which other generations are in force.
    fn exclusive(&self, actor: &str, work: impl FnOnce(&Scope<'_>) -> Result<Generations>) -> Result<()> {
        {
            let mut writer = self.lock_writer()?;
            let scope = self.scope(true)?;
            let generations = work(&scope)?;
            self.commit(&mut writer, actor, scope)?;
            self.set_generations(generations);
        }
        self.sync()
    }

    /// Whether there is something to evaluate or to put in force.
    pub fn has_evaluation(&self) -> Result<bool> {
        let meta: StoredMeta = self.scope(false)?.get(Space::Meta, META)?.unwrap_or_default();
        Ok(meta.evaluation.is_some_and(|evaluation| !evaluation.done || evaluation.activate))
    }

    /// Does the next bit of an evaluation; false when there is nothing left to do.
    pub fn evaluate_step(&self) -> Result<bool> {
        if !self.has_evaluation()? {
            return Ok(false);
        }
        if self.command("", Durability::Deferred, |scope| self.evaluate_some(scope))? {
            return Ok(true);
        }
        if !self.switch()? {
            self.note_difference()?;
        }
        Ok(false)
    }

    /// Scores the pairs of the next records under the model under evaluation; false when there are no more.
    fn evaluate_some(&self, scope: &Scope<'_>) -> Result<bool> {
        let mut meta: StoredMeta = scope.get(Space::Meta, META)?.unwrap_or_default();
        let (Some(evaluation), Some(next)) = (&mut meta.evaluation, &scope.next) else { return Ok(false) };
        if evaluation.done {
            return Ok(false);
        }
        let after = evaluation.cursor.map(|cursor| keys::record(RecordHandle(cursor)));
        let rows = scope.scan(Space::Features, &[], after.as_deref(), EVALUATED_RECORDS_PER_STEP)?;
        evaluation.done = rows.len() < EVALUATED_RECORDS_PER_STEP;
        evaluation.records += rows.len() as u64;
        for (key, _) in rows {
            let Some(handle) = keys::first(&key).map(RecordHandle) else { continue };
            evaluation.cursor = Some(handle.0);
            let record = self.hot_indexed(scope, handle)?;
            for other in self.candidates(scope, &record)?.into_iter().filter(|other| *other > handle) {
                put_edge(scope, next, &record, &*self.hot_indexed(scope, other)?)?;
            }
        }
        let done = evaluation.done;
        scope.put(Space::Meta, META.to_vec(), &meta);
        Ok(!done)
    }

    /// Finds out, from a snapshot, what the evaluated model would change.
    fn note_difference(&self) -> Result<()> {
        let scope = self.scope(false)?;
        let Some(evaluated) = scope.next.as_ref().map(|next| next.model.version.to_string()) else { return Ok(()) };
        let scope = scope.promote();
        self.recluster_all(&scope)?;
        let difference = difference(scope.into_told());
        self.command("", Durability::Synced, |scope| {
            let mut meta: StoredMeta = scope.get(Space::Meta, META)?.unwrap_or_default();
            // Meanwhile somebody may have asked for another model.
            let same = meta.evaluation.as_mut().filter(|evaluation| evaluation.done && evaluation.model == evaluated);
            if let Some(evaluation) = same {
                evaluation.difference = Some(difference);
                scope.put(Space::Meta, META.to_vec(), &meta);
            }
            Ok(())
        })
    }

    /// Puts the evaluated model in force, in one batch; false when nobody asked for more than a dry run.
    fn switch(&self) -> Result<bool> {
        let mut writer = self.lock_writer()?;
        let scope = self.scope(true)?;
        let mut meta: StoredMeta = scope.get(Space::Meta, META)?.unwrap_or_default();
        let wanted = meta.evaluation.take().filter(|evaluation| evaluation.done && evaluation.activate);
        let Some(evaluation) = wanted else { return Ok(false) };
        let former = scope.active.edges;
        let scope = scope.promote();
        self.recluster_all(&scope)?;
        meta.model = evaluation.model;
        meta.edges_swapped = scope.active.edges == Space::EdgesNext;
        scope.put(Space::Meta, META.to_vec(), &meta);
        scope.clear(former);
        scope.log(Event::ModelActivated(scope.active.model.version.clone()));
        let generations = Generations::of(Arc::clone(&scope.active.model), scope.active.edges);
        self.commit(&mut writer, "", scope)?;
        self.set_generations(generations);
        drop(writer);
        self.sync()?;
        Ok(true)
    }

    fn recluster_all(&self, scope: &Scope<'_>) -> Result<()> {
        let rows = scope.scan(Space::Features, &[], None, usize::MAX)?;
        let all = rows.iter().filter_map(|(key, _)| keys::first(key)).map(RecordHandle).collect();
        self.resolve(scope, &all, &BTreeMap::new()).map(drop)
    }
}

fn difference(mut changes: Vec<StoredChange>) -> StoredDifference {
    let count = |kind: ChangeKind| changes.iter().filter(|change| change.kind == kind.number()).count() as u64;
    let counts = [ChangeKind::Merged, ChangeKind::Split, ChangeKind::Redirected, ChangeKind::Changed].map(count);
    let [merged, split, redirected, changed] = counts;
    changes.sort_by_key(|change| (std::cmp::Reverse(change.before.len().max(change.after.len())), change.profile));
    changes.truncate(LARGEST_MAX);
    StoredDifference { merged, split, redirected, changed, largest: changes }
}

fn parse(name: &str, stored: &StoredModel) -> Result<MatchModel> {
    models::parse(name, &stored.text, &|file| {
        let missing = || Error::config(name, format!("names the frequency file \"{file}\", which was not given"));
        stored.frequencies.clone().ok_or_else(missing)
    })
}

fn state_of(meta: &StoredMeta, name: &str) -> ModelState {
    if meta.model == name {
        return ModelState::Active;
    }
    match &meta.evaluation {
        Some(evaluation) if evaluation.model == name => match &evaluation.difference {
            Some(difference) if evaluation.done => ModelState::Evaluated(ModelDifference {
                merged: difference.merged,
                split: difference.split,
                redirected: difference.redirected,
                changed: difference.changed,
                largest: difference.largest.iter().filter_map(|change| profile_event(change, None)).collect(),
            }),
            _ => ModelState::Evaluating(evaluation.records),
        },
        _ => ModelState::Available,
    }
}

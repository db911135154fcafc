//! Generations of edges: those of the model in force, and, while another model is being evaluated, those of that one beside
//! them. Both are kept up to date by every command, so that the switch is one batch at any time.

use std::sync::Arc;

use super::Engine;
use super::hot::HotRecord;
use crate::domain::features::Features;
use crate::domain::model::MatchModel;
use crate::store::Space;

/// A model and the space of its edges.
#[derive(Clone, Debug)]
pub(super) struct Generation {
    /// The model.
    pub(super) model: Arc<MatchModel>,
    /// Where the edges that it scored are.
    pub(super) edges: Space,
    /// Which of a record's features carry the rarities of this model.
    pub(super) is_next: bool,
}

/// The generation in force and the one under evaluation.
#[derive(Clone, Debug)]
pub(super) struct Generations {
    pub(super) active: Generation,
    pub(super) next: Option<Generation>,
}

impl Generation {
    /// The features of a record as this generation rates them.
    pub(super) fn features<'r>(&self, record: &'r HotRecord) -> &'r Features {
        match &record.next {
            Some(next) if self.is_next => next,
            _ => &record.features,
        }
    }
}

impl Generations {
    /// A model in force with its edges in `edges`.
    pub(super) fn of(model: Arc<MatchModel>, edges: Space) -> Self {
        Self { active: Generation { model, edges, is_next: false }, next: None }
    }

    /// Whether these are the models in force and under evaluation.
    pub(super) fn models_are(&self, active: &Generation, next: Option<&Generation>) -> bool {
        let same = |a: &Generation, b: &Generation| Arc::ptr_eq(&a.model, &b.model);
        let same_next = match (&self.next, next) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        };
        same(&self.active, active) && same_next
    }

    /// The same while another model is being evaluated.
    pub(super) fn with_next(self, model: Arc<MatchModel>) -> Self {
        let edges = if self.active.edges == Space::Edges { Space::EdgesNext } else { Space::Edges };
        Self { next: Some(Generation { model, edges, is_next: true }), ..self }
    }
}

impl Engine {
    pub(super) fn generations(&self) -> Generations {
        self.generations.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Under the writer's lock: commands begin with a look at this.
    pub(super) fn set_generations(&self, generations: Generations) {
        *self.generations.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = generations;
        self.cache.clear();
    }

    /// The match model in force.
    pub fn model(&self) -> Arc<MatchModel> {
        self.generations().active.model
    }
}

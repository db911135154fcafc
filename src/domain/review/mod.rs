//! Clerical review: which pairs deserve a steward's look, and what may happen to a task.

pub mod queue;
pub mod task;

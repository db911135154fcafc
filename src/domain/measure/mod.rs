//! Measures of quality from samples: what a few people's work, or none at all, says about a clustering.
//!
//! [`entity`] turns fully resolved entities into estimates of precision and recall, [`ratio`] gives them intervals, and
//! [`decoy`] makes records that belong to nobody, so that every link to one is false.

pub mod decoy;
pub mod entity;
pub mod ratio;

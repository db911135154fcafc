//! Record-level quality: what one attribute says about another.

pub mod cross_field;

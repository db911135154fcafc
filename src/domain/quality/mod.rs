//! Quality of records: what one attribute says about another, the rules of a company, and how well each source does.

pub mod cross_field;
pub mod dimension;
pub mod evaluate;
pub mod expression;
pub mod fields;
pub mod rule;
pub mod scorecard;
#[cfg(test)]
mod tests;

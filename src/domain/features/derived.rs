//! What follows from the rest of a value and is dear to work out: worked out when it is first asked for.

use std::sync::OnceLock;

/// A derived form. It adds nothing to the value, so that all are equal.
#[derive(Clone, Debug)]
pub struct Derived<T>(OnceLock<T>);

impl<T> Derived<T> {
    /// The form, worked out by `derive` the first time.
    pub fn get(&self, derive: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(derive)
    }
}

impl<T> Default for Derived<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> PartialEq for Derived<T> {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl<T> Eq for Derived<T> {}

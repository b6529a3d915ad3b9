//! Replaces `citation` in a program built without hayagriva: there are no styles, so sites have no
//! bibliography.

use std::sync::Arc;

use crate::base::diagnostic::Reported;
use crate::config::Config;
use crate::world::World;

/// A citation style: a type without values.
pub enum Citer {}

/// A source as a style writes it.
#[derive(Default)]
pub(crate) struct Reference {
    pub html: String,
    /// Without any markup.
    pub words: String,
}

impl Citer {
    /// Returns no style, whatever the settings name.
    pub(crate) fn read(_: &dyn World, _: &Config) -> Reported<Option<Arc<Citer>>> {
        Reported { value: None, diagnostics: Vec::new() }
    }

    /// Never called: there is no value to call it on.
    pub(crate) fn reference(
        &self,
        _: &str,
        _: &str,
        _: &str,
        _: &dyn Fn(&str, &mut String),
    ) -> Option<Reference> {
        match *self {}
    }
}

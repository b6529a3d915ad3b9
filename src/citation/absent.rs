//! What stands for [`citation`](self) in a program that was built without hayagriva: no style, so no bibliography.

use std::sync::Arc;

use crate::base::diagnostic::Reported;
use crate::config::Config;
use crate::world::World;

/// A citation style; there are none.
pub enum Citer {}

/// A source as a style writes it.
#[derive(Default)]
pub struct Reference {
    /// In HTML.
    pub html: String,
    /// Without any markup.
    pub words: String,
}

impl Citer {
    /// No style, whatever the settings name.
    pub fn read(_: &dyn World, _: &Config) -> Reported<Option<Arc<Citer>>> {
        Reported { value: None, diagnostics: Vec::new() }
    }

    /// The reference to a source.
    pub fn reference(&self, _: &str, _: &str, _: &dyn Fn(&str, &mut String)) -> Option<Reference> {
        match *self {}
    }
}

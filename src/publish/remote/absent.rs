//! Replaces `remote` in a program built without OpenDAL: opening a store fails, and says how to have it.

use super::PublishError;
use super::store::{Entry, Headers, Store, StoreError};
use crate::base::part::Part;
use crate::config::publish::Target;

/// A store: a type without values.
pub(crate) enum Remote {}

impl Remote {
    /// Refuses the target.
    ///
    /// # Errors
    /// Always.
    pub(crate) fn open(_: &Target, _: &dyn Fn(&str) -> Option<String>) -> Result<Remote, PublishError> {
        Err(PublishError::Target(Part::Stores.lacking()))
    }

    /// Refuses the address.
    ///
    /// # Errors
    /// Always.
    pub(crate) fn site(_: &str) -> Result<Remote, PublishError> {
        Err(PublishError::Target(Part::Stores.lacking()))
    }
}

impl Store for Remote {
    fn read(&self, _: &str, _: u64) -> Result<Option<Vec<u8>>, StoreError> {
        match *self {}
    }

    fn write(&self, _: &str, _: Vec<u8>, _: &Headers) -> Result<(), StoreError> {
        match *self {}
    }

    fn delete(&self, _: &str) -> Result<(), StoreError> {
        match *self {}
    }

    fn list(&self, _: &str) -> Result<Vec<Entry>, StoreError> {
        match *self {}
    }
}

//! What stands for [`remote`](self) in a program that was built without OpenDAL: no store can be reached.

use std::path::Path;

use super::PublishError;
use super::store::{Headers, Store, StoreError};
use crate::base::part::Part;
use crate::config::publish::Target;

/// A store; there are none.
pub enum Remote {}

impl Remote {
    /// Opens a target.
    ///
    /// # Errors
    /// Always.
    pub fn open(_: &Target, _: &Path, _: &dyn Fn(&str) -> Option<String>) -> Result<Remote, PublishError> {
        Err(PublishError::Target(Part::Stores.lacking()))
    }

    /// A site as any reader has it.
    ///
    /// # Errors
    /// Always.
    pub fn site(_: &str) -> Result<Remote, PublishError> {
        Err(PublishError::Target(Part::Stores.lacking()))
    }
}

impl Store for Remote {
    fn read(&self, _: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match *self {}
    }

    fn write(&self, _: &str, _: Vec<u8>, _: &Headers) -> Result<(), StoreError> {
        match *self {}
    }

    fn delete(&self, _: &str) -> Result<(), StoreError> {
        match *self {}
    }

    fn list(&self, _: &str) -> Result<Vec<String>, StoreError> {
        match *self {}
    }
}

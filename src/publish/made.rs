//! The site to publish.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::edition::Edition;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::emit::sums;
use crate::outputs::{Content, Press};

/// A site whose every file was made once, to compute its hash; a file is made again when it has to be sent.
pub struct Made<'a> {
    press: Press<'a>,
    files: BTreeMap<SitePath, Content>,
    /// The edition.
    pub edition: Edition,
}

impl<'a> Made<'a> {
    /// Makes every file. `begin` is called with the number of files, and returns a function to call for each.
    ///
    /// # Errors
    /// Why some files could not be made.
    pub fn of<P: Fn() + Sync>(
        press: Press<'a>,
        begin: impl FnOnce(usize) -> P,
    ) -> Result<Made<'a>, Vec<Diagnostic>> {
        let files = press.bundle().files().clone();
        let has_sums = press.site.config().sums;
        let tell = begin(files.len());
        let hashes: Vec<_> = files
            .par_iter()
            .map(|(path, content)| {
                let hash = press.bytes(content).map(|bytes| {
                    (path.clone(), Fingerprint::of(&bytes), has_sums.then(|| sums::sum(&bytes)))
                });
                tell();
                hash
            })
            .collect();
        let (mut edition, mut failed) = (Vec::new(), Vec::new());
        for hash in hashes {
            match hash {
                Ok(file) => edition.push(file),
                Err(why) => failed.push(why),
            }
        }
        if !failed.is_empty() {
            return Err(failed);
        }
        let listed = edition.iter().filter_map(|(path, _, sum)| Some((path, (*sum)?)));
        let list = has_sums.then(|| sums::list(listed));
        let edition = Edition::of(edition.into_iter().map(|(path, hash, _)| (path, hash)));
        let mut made = Made { edition, files, press };
        made.extend(list.map(|list| (SitePath::from(sums::FILE), list.into())).into_iter().collect());
        Ok(made)
    }

    /// Adds files that only this target needs.
    pub fn extend(&mut self, files: Vec<(SitePath, Vec<u8>)>) {
        for (path, bytes) in files {
            self.edition.files.insert(path.clone(), Some(Fingerprint::of(&bytes)));
            self.files.insert(path, Content::Bytes(bytes));
        }
    }

    /// The content of a file.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn bytes(&self, path: &SitePath) -> Result<Vec<u8>, String> {
        let content = self.files.get(path).ok_or("it is not a file of the site")?;
        self.press.bytes(content).map(|bytes| bytes.into_owned()).map_err(|why| why.message)
    }
}

//! The site to publish.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::edition::{Content, Edition};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::emit::sums;
use crate::outputs::SiteBuilder;
use crate::site::Route;

/// A site whose every file was made once, to compute its hash; a file is made again when it has to be sent.
pub(crate) struct Made<'a> {
    builder: SiteBuilder<'a>,
    routes: BTreeMap<SitePath, Route>,
    /// What is not the builder's: files that only this target has, and the list of sums.
    extras: BTreeMap<SitePath, Vec<u8>>,
    /// What it comes to.
    pub edition: Edition,
    /// What stores may say of its files.
    pub contents: BTreeMap<SitePath, Content>,
}

impl<'a> Made<'a> {
    /// Makes every file, and says why some cannot be made; they are left out. `begin` is called with the
    /// number of files, and returns a function to call for each.
    pub(crate) fn of<P: Fn() + Sync>(
        builder: SiteBuilder<'a>,
        begin: impl FnOnce(usize) -> P,
    ) -> (Made<'a>, Vec<Diagnostic>) {
        let routes = builder.files();
        let has_sums = builder.site.config().sums;
        let tell = begin(routes.len());
        let hashes: Vec<_> = routes
            .par_iter()
            .map(|(path, route)| {
                let hash = builder.bytes(path, route).map(|bytes| {
                    let sum = has_sums.then(|| sums::sum(&bytes));
                    (path.clone(), Fingerprint::of(&bytes), Content::of(&bytes), sum)
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
        failed.extend(builder.bugs());
        let listed = edition.iter().filter_map(|(path, _, _, sum)| Some((path, (*sum)?)));
        let list = has_sums.then(|| sums::list(listed));
        let contents = edition.iter().map(|(path, _, content, _)| (path.clone(), content.clone())).collect();
        let edition = Edition::of(edition.into_iter().map(|(path, hash, ..)| (path, hash)));
        let routes = routes.into_iter().collect();
        let mut made = Made { edition, contents, routes, extras: BTreeMap::new(), builder };
        if let Some(list) = list {
            made.add(sums::FILE.into(), list.into());
        }
        (made, failed)
    }

    /// Adds files that only this target has.
    ///
    /// # Errors
    /// The first that the site has too, where it holds something else.
    pub(crate) fn extend(&mut self, files: Vec<(SitePath, Vec<u8>)>) -> Result<(), SitePath> {
        for (path, bytes) in files {
            let own = self.edition.files.get(&path);
            if own.is_some_and(|own| *own != Some(Fingerprint::of(&bytes))) {
                return Err(path);
            }
            self.add(path, bytes);
        }
        Ok(())
    }

    /// Counts files that the target has already, and that are not made again.
    pub(crate) fn keep(&mut self, files: Vec<(SitePath, Fingerprint)>) {
        self.edition.files.extend(files.into_iter().map(|(path, hash)| (path, Some(hash))));
    }

    fn add(&mut self, path: SitePath, bytes: Vec<u8>) {
        self.edition.files.insert(path.clone(), Some(Fingerprint::of(&bytes)));
        self.contents.insert(path.clone(), Content::of(&bytes));
        self.extras.insert(path, bytes);
    }

    /// The content of a file.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub(crate) fn bytes(&self, path: &SitePath) -> Result<Vec<u8>, String> {
        if let Some(bytes) = self.extras.get(path) {
            return Ok(bytes.clone());
        }
        let route = self.routes.get(path).ok_or("it is not a file of the site")?;
        self.builder.bytes(path, route).map_err(|why| why.message)
    }
}

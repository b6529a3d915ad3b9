//! Maps each address to its route.

use std::collections::HashMap;

use super::{OutputId, PageId, Route};
use crate::base::path::SitePath;

/// Every address of a site, with its route.
///
/// Two addresses that differ only in case or in Unicode composition count as one, because macOS and Windows
/// store them as one file. If two routes claim the same address, the first keeps it and the second becomes a
/// [`Collision`].
#[derive(Debug, Default)]
pub struct SiteMap {
    /// In insertion order.
    files: Vec<(SitePath, Route)>,
    /// The index of each file, by its [folded](SitePath::folded) path.
    by_path: HashMap<SitePath, u32>,
    /// Every folder that contains a file, by its folded path, with the index of its first file.
    folders: HashMap<SitePath, u32>,
    reserved: Vec<(SitePath, Option<OutputId>)>,
    collisions: Vec<Collision>,
}

/// A route whose address was already taken.
#[derive(Clone, Debug)]
pub struct Collision {
    /// The address that the route asked for.
    pub path: SitePath,
    /// The route that lost.
    pub route: Route,
    /// The address already in use.
    pub taken: SitePath,
    /// What occupies it.
    pub(crate) holder: Holder,
}

/// What occupies an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Holder {
    File(Route),
    /// The site reserves the address and everything below it.
    Site,
}

impl SiteMap {
    /// Adds a file, or records a collision if its address is taken.
    pub(crate) fn insert(&mut self, path: SitePath, route: Route) {
        let key = path.folded();
        if let Some((taken, holder)) = self.holder(&key, &route) {
            self.collisions.push(Collision { path, route, taken, holder });
            return;
        }
        let number = self.files.len() as u32;
        let mut folder = key.folder();
        while !folder.is_empty() && !self.folders.contains_key(folder) {
            self.folders.insert(folder.into(), number);
            folder = folder.rfind('/').map_or("", |at| &folder[..at]);
        }
        self.by_path.insert(key, number);
        self.files.push((path, route));
    }

    /// Reserves an address, and everything below it, so that no author's file can go there. The folder's
    /// files are named by their content, so their names are known only after they are made. `members_of` is
    /// the output that lists them, or `None` if nothing needs to list them.
    pub(crate) fn reserve(&mut self, path: SitePath, members_of: Option<OutputId>) {
        self.reserved.push((path, members_of));
    }

    /// Returns the route at an address. Members of reserved folders are not included.
    pub fn find(&self, path: &SitePath) -> Option<&Route> {
        let (found, route) = &self.files[*self.by_path.get(&path.folded())? as usize];
        (found == path).then_some(route)
    }

    /// Returns the output that may have a file at an address in a reserved folder.
    pub(crate) fn members_of(&self, path: &SitePath) -> Option<OutputId> {
        let is_there = |(folder, _): &&(SitePath, Option<OutputId>)| is_at_or_below(path.as_str(), folder);
        self.reserved.iter().filter(is_there).find_map(|(_, output)| *output)
    }

    /// The outputs that have reserved a folder.
    pub(crate) fn reserved(&self) -> impl Iterator<Item = OutputId> {
        let mut outputs: Vec<OutputId> = self.reserved.iter().filter_map(|(_, output)| *output).collect();
        outputs.dedup();
        outputs.into_iter()
    }

    /// Every file whose address is known in advance, in insertion order.
    pub fn files(&self) -> &[(SitePath, Route)] {
        &self.files
    }

    /// Every page, with its address.
    pub fn pages(&self) -> impl Iterator<Item = (&SitePath, &PageId)> {
        self.files.iter().filter_map(|(path, route)| match route {
            Route::Page(id) => Some((path, id)),
            Route::Input(_) | Route::File(..) => None,
        })
    }

    /// The routes whose addresses were already taken.
    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    /// Finds what already occupies the address of a file.
    fn holder(&self, key: &SitePath, route: &Route) -> Option<(SitePath, Holder)> {
        if let Route::Input(_) = route
            && let Some((path, _)) =
                self.reserved.iter().find(|(path, _)| is_at_or_below(key.as_str(), &path.folded()))
        {
            return Some((path.clone(), Holder::Site));
        }
        let mut number = self.by_path.get(key).or_else(|| self.folders.get(key));
        let mut folder = key.folder();
        // A known folder cannot have a file in its place, and neither can its parents.
        while number.is_none() && !folder.is_empty() && !self.folders.contains_key(folder) {
            number = self.by_path.get(folder);
            folder = folder.rfind('/').map_or("", |at| &folder[..at]);
        }
        let (path, route) = &self.files[*number? as usize];
        Some((path.clone(), Holder::File(route.clone())))
    }
}

/// Whether two addresses are the same on a file system that ignores case and Unicode composition.
pub(crate) fn same_address(a: &SitePath, b: &SitePath) -> bool {
    a.folded() == b.folded()
}

fn is_at_or_below(path: &str, folder: &SitePath) -> bool {
    path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(path: &str) -> Route {
        Route::Input(format!("content/{path}").into())
    }

    #[test]
    fn the_first_holds_an_address_and_others_are_remembered() {
        let mut map = SiteMap::default();
        let output = OutputId { number: 3, name: "search" };
        map.reserve("evidence/search".into(), Some(output));
        map.reserve("SHA256SUMS".into(), None);
        let paths = [
            ("a/b.html", None),
            ("A/B.html", Some("a/b.html")),
            ("a", Some("a/b.html")),
            ("a/b.html/c", Some("a/b.html")),
            ("a/b.html/c/d", Some("a/b.html")),
            ("a/B", None),
            ("cafe\u{301}", None),
            ("caf\u{e9}/x", Some("cafe\u{301}")),
            ("evidence/Search/words.js", Some("evidence/search")),
            ("evidence/searches", None),
            ("sha256sums", Some("SHA256SUMS")),
        ];
        for (path, _) in paths {
            map.insert(path.into(), input(path));
        }
        let found = |path: &str| {
            map.collisions()
                .iter()
                .find(|found| found.path.as_str() == path)
                .map(|found| found.taken.as_str())
        };
        for (path, taken) in paths {
            assert_eq!(found(path), taken, "{path}");
            assert_eq!(map.find(&path.into()).is_some(), taken.is_none(), "{path}");
        }
        assert_eq!(map.find(&"a/b".into()), None);
        assert_eq!(map.members_of(&"evidence/search/words-1.js".into()), Some(output));
        assert_eq!(map.members_of(&"evidence/searches".into()), None);
    }
}

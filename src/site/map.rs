//! Address → route.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{OutputId, PageId, Route};
use crate::base::path::SitePath;

/// Every address of a site, and what is there.
///
/// Addresses that differ only in case or in the composition of their letters are one: they are one file on
/// macOS and Windows. Of two routes to one address, the first holds it; the other is a [`Collision`].
#[derive(Debug, Default)]
pub struct SiteMap {
    /// In the order in which they were inserted.
    files: Vec<(SitePath, Route)>,
    /// The number of each file, by its [folded] path.
    by_path: HashMap<SitePath, u32>,
    /// Every folder that has a file, by its folded path, and the number of its first file.
    folders: HashMap<SitePath, u32>,
    reserved: Vec<(SitePath, Option<OutputId>)>,
    collisions: Vec<Collision>,
}

/// A route that found its address taken.
#[derive(Clone, Debug)]
pub struct Collision {
    /// The address that was asked for.
    pub path: SitePath,
    /// What would have been there.
    pub route: Route,
    /// The address that is taken.
    pub taken: SitePath,
    /// What holds it.
    pub(crate) holder: Holder,
}

/// What holds an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Holder {
    File(Route),
    /// The site itself, with all that is below the address.
    Site,
}

impl SiteMap {
    /// Adds a file, unless its address is taken.
    pub(crate) fn insert(&mut self, path: SitePath, route: Route) {
        let key = folded(&path);
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

    /// Keeps an address, and all below it, from authors' files. It is a folder whose files are named by what
    /// they hold, so that they are known only once that is made: `members_of` is the output that knows them.
    /// `None` where nobody has to be asked.
    pub(crate) fn reserve(&mut self, path: SitePath, members_of: Option<OutputId>) {
        self.reserved.push((path, members_of));
    }

    /// What is at an address. Members of reserved folders are not known here.
    pub fn find(&self, path: &SitePath) -> Option<&Route> {
        let (found, route) = &self.files[*self.by_path.get(&folded(path))? as usize];
        (found == path).then_some(route)
    }

    /// The output that may have a member of a reserved folder at an address.
    pub(crate) fn members_of(&self, path: &SitePath) -> Option<OutputId> {
        let is_there = |(folder, _): &&(SitePath, Option<OutputId>)| is_at_or_below(path.as_str(), folder);
        self.reserved.iter().filter(is_there).find_map(|(_, output)| *output)
    }

    /// The outputs that have reserved a folder for their members.
    pub(crate) fn reserved(&self) -> impl Iterator<Item = OutputId> {
        let mut outputs: Vec<OutputId> = self.reserved.iter().filter_map(|(_, output)| *output).collect();
        outputs.dedup();
        outputs.into_iter()
    }

    /// Every file whose address is known beforehand, in the order in which they were inserted.
    pub fn files(&self) -> &[(SitePath, Route)] {
        &self.files
    }

    /// Every page.
    pub fn pages(&self) -> impl Iterator<Item = (&SitePath, &PageId)> {
        self.files.iter().filter_map(|(path, route)| match route {
            Route::Page(id) => Some((path, id)),
            Route::Input(_) | Route::File(..) => None,
        })
    }

    /// The routes that found their addresses taken.
    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    /// What is in the way of a file.
    fn holder(&self, key: &SitePath, route: &Route) -> Option<(SitePath, Holder)> {
        if let Route::Input(_) = route
            && let Some((path, _)) =
                self.reserved.iter().find(|(path, _)| is_at_or_below(key.as_str(), &folded(path)))
        {
            return Some((path.clone(), Holder::Site));
        }
        let mut number = self.by_path.get(key).or_else(|| self.folders.get(key));
        let mut folder = key.folder();
        // A folder that is known has no file in its place, nor have those above it.
        while number.is_none() && !folder.is_empty() && !self.folders.contains_key(folder) {
            number = self.by_path.get(folder);
            folder = folder.rfind('/').map_or("", |at| &folder[..at]);
        }
        let (path, route) = &self.files[*number? as usize];
        Some((path.clone(), Holder::File(route.clone())))
    }
}

/// Whether two addresses are one on a file system that does not tell case or composition apart.
pub(crate) fn same_address(a: &SitePath, b: &SitePath) -> bool {
    folded(a) == folded(b)
}

fn is_at_or_below(path: &str, folder: &SitePath) -> bool {
    path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// An address as it is compared: composed, and in lower case.
fn folded(path: &SitePath) -> SitePath {
    let text = path.as_str();
    match (text.is_ascii(), text.bytes().any(|byte| byte.is_ascii_uppercase())) {
        (true, false) => path.clone(),
        (true, true) => text.to_ascii_lowercase().into(),
        (false, _) => text.nfc().flat_map(char::to_lowercase).collect::<String>().into(),
    }
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

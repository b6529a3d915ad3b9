//! Publishing, on a store in memory that may refuse at any step: wherever a run ends, the next one finishes it, and no
//! reader is caught out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dossier::base::hash::Fingerprint;
use dossier::base::path::SitePath;
use dossier::publish::PublishError;
use dossier::publish::edition::{Content, Difference, Edition};
use dossier::publish::plan::{Plan, Stage};
use dossier::publish::run::Site;
use dossier::publish::store::{Entry, Headers, OWN, Store, StoreError};
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use proptest::prelude::*;

type Files = BTreeMap<String, String>;

/// A store in memory. It looks at itself after each change, and refuses all from the step of that number on.
#[derive(Default)]
struct Memory {
    files: Mutex<Files>,
    steps: AtomicUsize,
    fails_from: Option<usize>,
    is_near: bool,
    /// Whether it is a share of macOS or Windows, with folders, and names in any case.
    is_share: bool,
    /// What it says is the MD5 of a content.
    md5: Option<fn(&str) -> String>,
    /// The folders that it was told to delete. A folder that it lists is a file whose name ends with a slash.
    cleared: Mutex<Vec<String>>,
    /// What a reader was caught by.
    caught: Mutex<Vec<String>>,
}

impl Memory {
    fn step(&self) -> Result<(), StoreError> {
        let step = self.steps.fetch_add(1, Ordering::SeqCst);
        match self.fails_from.is_some_and(|from| step >= from) {
            true => Err(StoreError("the server is gone".into())),
            false => Ok(()),
        }
    }

    /// A page of these tests is a list of the assets that it loads.
    fn look(&self, files: &Files) {
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            for asset in text.lines().filter(|asset| !files.contains_key(*asset)) {
                self.caught.lock().unwrap().push(format!("{path} lacks {asset}"));
            }
        }
    }

    /// The name under which a file is there, if it is.
    fn name(&self, files: &Files, path: &str) -> Option<String> {
        let is_it =
            |name: &&String| *name == path || self.is_share && name.to_lowercase() == path.to_lowercase();
        files.keys().find(is_it).cloned()
    }

    fn site(&self) -> Files {
        let files = self.files.lock().unwrap();
        files.iter().filter(|(path, _)| !path.starts_with(OWN)).map(|(p, t)| (p.clone(), t.clone())).collect()
    }

    /// The same files, on a server that works again.
    fn repaired(self) -> Memory {
        assert_eq!(*self.caught.lock().unwrap(), Vec::<String>::new());
        Memory { files: self.files, is_share: self.is_share, ..Memory::default() }
    }
}

impl Store for Memory {
    fn read(&self, path: &str, _: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.step()?;
        let files = self.files.lock().unwrap();
        Ok(self.name(&files, path).map(|name| files[&name].clone().into_bytes()))
    }

    fn write(&self, path: &str, bytes: Vec<u8>, _: &Headers) -> Result<(), StoreError> {
        self.step()?;
        let mut files = self.files.lock().unwrap();
        let name = self.name(&files, path).unwrap_or_else(|| path.to_owned());
        let (is_folder, below_file) = (format!("{path}/").to_lowercase(), path.to_lowercase());
        let clashes = |other: &String| {
            let other = other.to_lowercase();
            other.starts_with(&is_folder) || below_file.starts_with(&format!("{other}/"))
        };
        if self.is_share && files.keys().any(clashes) {
            return Err(StoreError(format!("{path} is a file and a folder")));
        }
        files.insert(name, String::from_utf8(bytes).unwrap());
        self.look(&files);
        Ok(())
    }

    fn delete(&self, path: &str) -> Result<(), StoreError> {
        self.step()?;
        let mut files = self.files.lock().unwrap();
        if let Some(name) = self.name(&files, path) {
            files.remove(&name);
        }
        self.look(&files);
        Ok(())
    }

    fn delete_folder(&self, path: &str) -> Result<(), StoreError> {
        self.step()?;
        self.cleared.lock().unwrap().push(path.to_owned());
        self.files.lock().unwrap().remove(&format!("{path}/"));
        Ok(())
    }

    fn is_near(&self) -> bool {
        self.is_near
    }

    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        self.step()?;
        let files = self.files.lock().unwrap();
        let entry = |(path, text): (&String, &String)| Entry {
            path: path.clone(),
            length: text.len() as u64,
            md5: self.md5.map(|md5| md5(text)),
            is_special: false,
        };
        Ok(files.iter().filter(|(path, _)| path.starts_with(folder)).map(entry).collect())
    }
}

fn edition(site: &Files) -> Edition {
    Edition::of(site.iter().map(|(path, text)| (path.as_str().into(), Fingerprint::of(text.as_bytes()))))
}

fn publish(store: &Memory, site: &Files) -> Result<Plan, PublishError> {
    publish_keeping(store, site, true)
}

fn publish_keeping(store: &Memory, site: &Files, keep: bool) -> Result<Plan, PublishError> {
    let bytes = |path: &SitePath| Ok(site[path.as_str()].clone().into_bytes());
    Site::open(store)?.publish(&edition(site), &bytes, keep, &|_| {})
}

fn roll_back(store: &Memory) -> Result<Plan, PublishError> {
    Site::open(store)?.roll_back(&|_| {})
}

/// Pages that load assets by fingerprinted names: each a number that tells its content.
fn site(pages: &[(u8, Vec<u8>)]) -> Files {
    let mut files = Files::new();
    for (page, assets) in pages {
        let names: Vec<String> = assets.iter().map(|asset| format!("assets/a.{asset}.css")).collect();
        for name in &names {
            files.insert(name.clone(), format!("content of {name}"));
        }
        files.insert(format!("page-{page}.html"), names.join("\n"));
    }
    let pages: Vec<&str> = files.keys().filter(|path| path.ends_with(".html")).map(String::as_str).collect();
    let map = pages.join("\n");
    files.insert("sitemap.xml".into(), map);
    files
}

fn sites() -> impl Strategy<Value = Files> {
    let page = (0..6_u8, proptest::collection::vec(0..5_u8, 0..3));
    proptest::collection::vec(page, 0..6).prop_map(|pages| site(&pages))
}

/// Files whose names differ in case only, and files where others have a folder.
fn clashing() -> impl Strategy<Value = Files> {
    let names =
        ["Foo.txt", "foo.txt", "thing", "thing/a.txt", "Thing/B.txt", "thing/a.txt/deep", "other.txt"];
    let some = proptest::sample::subsequence(names.to_vec(), 0..=4);
    (some, 0..2_u8).prop_filter_map("a site has no such names", |(names, words)| {
        let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let clash = |(at, name): (usize, &String)| {
            folded
                .iter()
                .enumerate()
                .any(|(other, path)| at != other && (path == name || path.starts_with(&format!("{name}/"))))
        };
        (!folded.iter().enumerate().any(clash))
            .then(|| names.iter().map(|name| ((*name).to_owned(), format!("{words}"))).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// On stores of both sorts, from wherever a run ended.
    #[test]
    fn names_that_cannot_stand_together_follow_each_other(
        first in clashing(), second in clashing(), third in clashing(), is_share: bool
    ) {
        for step in 0.. {
            let store = Memory { is_share, ..Memory::default() };
            publish(&store, &first).unwrap();
            let failing = Memory { fails_from: Some(step), ..store.repaired() };
            let was_done = publish(&failing, &second).is_ok();
            let store = failing.repaired();
            for site in [&second, &third] {
                let files = Mutex::new(store.files.lock().unwrap().clone());
                let copy = Memory { files, is_share, ..Memory::default() };
                publish(&copy, site).unwrap();
                prop_assert_eq!(&copy.site(), site);
                prop_assert!(publish(&copy, site).unwrap().is_empty());
            }
            if was_done {
                if edition(&second) != edition(&first) {
                    roll_back(&store).unwrap();
                    prop_assert_eq!(&store.site(), &first);
                }
                break;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn interrupted_at_any_step_and_run_again_it_finishes(first in sites(), second in sites(), third in sites()) {
        for step in 0.. {
            let store = Memory::default();
            publish(&store, &first).unwrap();
            let failing = Memory { fails_from: Some(step), ..store.repaired() };
            let was_done = publish(&failing, &second).is_ok();
            let store = failing.repaired();
            // The author may have gone on meanwhile.
            for (site, is_last) in [(&second, false), (&third, true)] {
                let copy = Memory { files: Mutex::new(store.files.lock().unwrap().clone()), ..Memory::default() };
                publish(&copy, site).unwrap();
                prop_assert_eq!(&copy.site(), site);
                prop_assert!(publish(&copy, site).unwrap().is_empty());
                if edition(site) != edition(&first) && !is_last {
                    roll_back(&copy).unwrap();
                    prop_assert_eq!(&copy.site(), &first);
                }
                copy.repaired();
            }
            if was_done {
                break;
            }
        }
    }

    #[test]
    fn a_rollback_interrupted_at_any_step_finishes_too(first in sites(), second in sites()) {
        prop_assume!(first != second);
        for step in 0.. {
            let store = Memory::default();
            publish(&store, &first).unwrap();
            publish(&store, &second).unwrap();
            let failing = Memory { fails_from: Some(step), ..store.repaired() };
            if roll_back(&failing).is_ok() {
                prop_assert_eq!(&failing.site(), &first);
                // And back again.
                let store = failing.repaired();
                roll_back(&store).unwrap();
                prop_assert_eq!(&store.site(), &second);
                break;
            }
            let store = failing.repaired();
            let has_ended = Site::open(&store).unwrap().standing == edition(&first);
            let again = roll_back(&store);
            prop_assert!(again.is_ok() || has_ended, "{:?}", again.err());
            if again.is_ok() {
                prop_assert_eq!(&store.site(), &first);
            }
            store.repaired();
        }
    }

    #[test]
    fn nothing_is_deleted_before_all_has_arrived(first in sites(), second in sites()) {
        for step in 0.. {
            let store = Memory::default();
            publish(&store, &first).unwrap();
            let failing = Memory { fails_from: Some(step), ..store.repaired() };
            let result = publish(&failing, &second);
            if matches!(result, Err(PublishError::Uploads(_))) {
                let left = failing.site();
                prop_assert!(first.keys().all(|path| left.contains_key(path)));
            }
            if result.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn a_plan_has_assets_then_pages_then_lists_and_deletes_in_the_other_order() {
    let before = edition(&site(&[(1, vec![1]), (2, vec![2])]));
    let plan = Plan::of(&before, &edition(&site(&[(1, vec![3])])));
    let stages: Vec<Stage> = plan.uploads.iter().map(|upload| upload.stage).collect();
    assert_eq!(stages, Stage::ALL);
    let deleted: Vec<&str> = plan.deletions.iter().map(SitePath::as_str).collect();
    assert_eq!(deleted, ["page-2.html", "assets/a.1.css", "assets/a.2.css"]);
}

/// The overview of the search names the pieces: they are there before it, and leave after it.
#[test]
fn the_overview_of_the_search_comes_last_and_leaves_first() {
    let paths = ["en/evidence/search/index.js", "en/evidence/search/words-0.0a1b2c3d.js", "index.html"];
    let files: Files = paths.iter().map(|path| ((*path).to_owned(), String::new())).collect();
    let (none, all) = (edition(&Files::new()), edition(&files));
    let arriving: Vec<SitePath> =
        Plan::of(&none, &all).uploads.into_iter().map(|upload| upload.path).collect();
    let [overview, piece, page] = paths.map(SitePath::from);
    assert_eq!(arriving, [piece.clone(), page.clone(), overview.clone()]);
    assert_eq!(Plan::of(&all, &none).deletions, [overview, page, piece]);
}

#[test]
fn a_plan_tells_new_files_from_changed_and_from_unchanged_ones() {
    let (before, after) = (site(&[(1, vec![1])]), site(&[(1, vec![1]), (2, vec![2])]));
    let plan = Plan::of(&edition(&before), &edition(&after));
    let uploads: Vec<(&str, bool)> =
        plan.uploads.iter().map(|upload| (upload.path.as_str(), upload.is_new)).collect();
    assert_eq!(uploads, [("assets/a.2.css", true), ("page-2.html", true), ("sitemap.xml", false)]);
    assert_eq!((plan.unchanged, plan.deletions.len(), plan.is_empty()), (2, 0, false));
    let back = Plan::of(
        &edition(&after),
        &Edition { files: edition(&after).files.into_iter().take(2).collect(), is_whole: true },
    );
    assert!(back.uploads.is_empty() && back.deletions.len() == 3 && !back.is_empty());
    let same = Plan::of(&edition(&after), &edition(&after));
    assert_eq!((same.unchanged, same.is_empty()), (5, true));
}

#[test]
fn every_file_that_arrives_is_counted() {
    let store = Memory::default();
    let site = site(&[(1, vec![1, 2]), (2, vec![])]);
    let told = Mutex::new(Vec::new());
    let bytes = |path: &SitePath| Ok(site[path.as_str()].clone().into_bytes());
    let tell = |count| told.lock().unwrap().push(count);
    Site::open(&store).unwrap().publish(&edition(&site), &bytes, true, &tell).unwrap();
    let mut told = told.into_inner().unwrap();
    told.sort_unstable();
    assert_eq!(told, [1, 2, 3, 4, 5]);
}

#[test]
fn a_file_that_changes_while_it_is_published_is_not_uploaded() {
    let store = Memory::default();
    let site = site(&[(1, vec![1])]);
    let bytes = |path: &SitePath| Ok(format!("{} ", site[path.as_str()]).into_bytes());
    let failed = Site::open(&store).unwrap().publish(&edition(&site), &bytes, true, &|_| {});
    assert!(matches!(&failed, Err(PublishError::Uploads(failed)) if failed.len() == 1), "{failed:?}");
    assert_eq!(
        failed.unwrap_err().to_string(),
        "not published after repeated attempts: `assets/a.1.css` (it changed while it was being published); \
         nothing was deleted; run the command again to resume"
    );
    assert_eq!(store.site(), Files::new());
    // Nor does the record take it for uploaded.
    publish(&store, &site).unwrap();
    assert_eq!(store.site(), site);
}

#[test]
fn there_is_no_way_back_to_what_stands() {
    let (first, second) = (site(&[(1, vec![1])]), site(&[(2, vec![2])]));
    for step in 0.. {
        let store = Memory::default();
        publish(&store, &first).unwrap();
        let failing = Memory { fails_from: Some(step), ..store.repaired() };
        let was_done = publish(&failing, &second).is_ok();
        let store = failing.repaired();
        // At the end all that fails is to tidy up.
        if was_done || Site::open(&store).unwrap().standing == edition(&second) {
            break;
        }
        publish(&store, &first).unwrap();
        assert!(matches!(roll_back(&store), Err(PublishError::NoPrevious(_))), "{step}");
        assert_eq!(store.site(), first);
    }
}

#[test]
fn errors_name_some_files_and_say_what_to_do() {
    let foreign =
        |count: u8| PublishError::Foreign((1..=count).map(|n| format!("{n}").into()).collect()).to_string();
    assert_eq!(
        foreign(5),
        "files whose content this program did not write are in the way: `1`, `2`, `3`, `4`, `5`; \
         choose another folder with `prefix`, or replace them with `--allow foreign`"
    );
    assert!(foreign(6).contains("`5` and more; ") && foreign(1).contains("way: `1`; "));
    let store = PublishError::Store("read `a`".into(), StoreError("it is gone".into()));
    assert_eq!(store.to_string(), "cannot read `a`: it is gone");
}

#[test]
fn files_of_others_are_in_the_way_and_are_never_deleted() {
    let store = Memory::default();
    store.files.lock().unwrap().insert("page-1.html".into(), String::new());
    store.files.lock().unwrap().insert("theirs.txt".into(), "theirs".into());
    let wanted = site(&[(1, vec![1])]);
    let opened = Site::open(&store).unwrap();
    let plan = Plan::of(&opened.standing, &edition(&wanted));
    assert_eq!(opened.foreign(&plan), [SitePath::from("page-1.html")]);
    publish(&store, &wanted).unwrap();
    publish(&store, &Files::new()).unwrap();
    assert_eq!(store.site(), Files::from([("theirs.txt".into(), "theirs".into())]));
}

#[test]
fn only_a_folder_that_is_in_the_way_is_deleted() {
    let store = Memory::default();
    store.files.lock().unwrap().insert("page-1.html/".into(), String::new());
    let wanted = site(&[(1, vec![]), (2, vec![])]);
    publish(&store, &wanted).unwrap();
    assert_eq!(*store.cleared.lock().unwrap(), ["page-1.html"]);
    assert_eq!(store.site(), wanted);
}

/// Object stores can have both.
#[test]
fn a_file_is_deleted_though_somebody_has_a_folder_of_its_name() {
    let store = Memory::default();
    publish(&store, &site(&[(1, vec![])])).unwrap();
    let theirs = Files::from([("page-1.html/".into(), String::new()), ("page-1.html/a".into(), "x".into())]);
    store.files.lock().unwrap().extend(theirs.clone());
    publish(&store, &Files::new()).unwrap();
    assert_eq!(store.site(), theirs);
}

#[test]
fn a_file_where_a_folder_is_needed_is_in_the_way_too() {
    let store = Memory::default();
    for theirs in ["assets", "page-1.html/a.txt", "PAGE-1.html", "else"] {
        store.files.lock().unwrap().insert(theirs.into(), "theirs".into());
    }
    let opened = Site::open(&store).unwrap();
    let plan = Plan::of(&opened.standing, &edition(&site(&[(1, vec![1])])));
    let foreign: Vec<String> = opened.foreign(&plan).iter().map(SitePath::to_string).collect();
    assert_eq!(foreign, ["assets", "PAGE-1.html", "page-1.html/a.txt"]);
}

#[test]
fn what_was_lost_or_changed_at_the_store_is_found_and_uploaded_again() {
    let wanted = site(&[(1, vec![1]), (2, vec![2])]);
    let contents: BTreeMap<SitePath, Content> =
        wanted.iter().map(|(path, text)| (path.as_str().into(), Content::of(text.as_bytes()))).collect();
    let store = Memory::default();
    publish(&store, &wanted).unwrap();
    let differing = |reads| {
        let opened = Site::open(&store).unwrap();
        opened.differing(&edition(&wanted), &contents, reads).unwrap()
    };
    assert_eq!(differing(true), []);
    // Of somebody else, where names in another case are others.
    store.files.lock().unwrap().insert("PAGE-1.html".into(), "theirs".into());
    assert_eq!(differing(true), []);
    store.files.lock().unwrap().remove("PAGE-1.html");
    {
        let mut files = store.files.lock().unwrap();
        files.remove("assets/a.1.css");
        files.insert("page-1.html".into(), "longer than it was before".into());
        let page = files["page-2.html"].to_uppercase();
        files.insert("page-2.html".into(), page);
    }
    let [lost, longer, other] = [
        ("assets/a.1.css".into(), Difference::Missing),
        ("page-1.html".into(), Difference::Changed),
        ("page-2.html".into(), Difference::Changed),
    ];
    assert_eq!(differing(false), [lost.clone(), longer.clone()]);
    assert_eq!(differing(true), [lost, longer, other]);
    let mut opened = Site::open(&store).unwrap();
    opened.standing.files.extend(differing(true).into_iter().map(|(path, _)| (path, None)));
    let bytes = |path: &SitePath| Ok(wanted[path.as_str()].clone().into_bytes());
    assert_eq!(opened.publish(&edition(&wanted), &bytes, true, &|_| {}).unwrap().uploads.len(), 3);
    assert_eq!(store.site(), wanted);
    assert_eq!(differing(true), []);
}

/// What would be replaced is compared only where reading costs nothing.
#[test]
fn what_somebody_changed_is_theirs() {
    let left = |is_near: bool, wanted: &Files| {
        let store = Memory { is_near, ..Memory::default() };
        publish(&store, &site(&[(1, vec![1]), (2, vec![2]), (3, vec![])])).unwrap();
        store.files.lock().unwrap().insert("page-2.html".into(), "theirs".into());
        let mut opened = Site::open(&store).unwrap();
        let left = opened.leave_changed(&edition(wanted), false).unwrap();
        let foreign = opened.foreign(&Plan::of(&opened.standing, &edition(wanted)));
        let bytes = |path: &SitePath| Ok(wanted[path.as_str()].clone().into_bytes());
        opened.publish(&edition(wanted), &bytes, true, &|_| {}).unwrap();
        // The next run knows of nothing.
        let mut again = Site::open(&store).unwrap();
        assert_eq!(again.leave_changed(&edition(wanted), false).unwrap(), []);
        (left, foreign, store.site())
    };
    let page = || SitePath::from("page-2.html");
    let without = site(&[(1, vec![1])]);
    for is_near in [false, true] {
        let (left, foreign, mut standing) = left(is_near, &without);
        assert_eq!((left, foreign), (vec![page()], vec![]));
        assert_eq!(standing.remove("page-2.html").as_deref(), Some("theirs"));
        assert_eq!(standing, without);
    }
    let other = site(&[(1, vec![1]), (2, vec![1])]);
    assert_eq!(left(false, &other), (vec![], vec![], other.clone()));
    let (left, foreign, _) = left(true, &other);
    assert_eq!((left, foreign), (vec![], vec![page()]));
}

/// The edition before the last is still the one to return to.
#[test]
fn a_file_that_is_only_left_changes_no_edition() {
    let store = Memory::default();
    let second = site(&[(1, vec![]), (2, vec![])]);
    let mut first = second.clone();
    first.remove("page-2.html");
    publish(&store, &first).unwrap();
    publish(&store, &second).unwrap();
    store.files.lock().unwrap().insert("page-2.html".into(), "theirs".into());
    let previous = Site::open(&store).unwrap().previous;
    let mut opened = Site::open(&store).unwrap();
    assert_eq!(opened.leave_changed(&edition(&first), false).unwrap(), [SitePath::from("page-2.html")]);
    assert!(
        opened
            .publish(&edition(&first), &|_| Err("nothing is sent".into()), true, &|_| {})
            .unwrap()
            .is_empty()
    );
    let opened = Site::open(&store).unwrap();
    assert_eq!((opened.standing, opened.previous), (edition(&first), previous));
}

#[test]
fn what_a_store_says_of_its_files_is_enough_if_some_of_it_is_true() {
    let wanted = site(&[(1, vec![1]), (2, vec![2])]);
    let contents: BTreeMap<SitePath, Content> =
        wanted.iter().map(|(path, text)| (path.as_str().into(), Content::of(text.as_bytes()))).collect();
    let found = |md5: fn(&str) -> String, reads| {
        let store = Memory { md5: Some(md5), ..Memory::default() };
        publish(&store, &wanted).unwrap();
        {
            let mut files = store.files.lock().unwrap();
            let page = files["page-1.html"].to_uppercase();
            files.insert("page-1.html".into(), page);
        }
        Site::open(&store).unwrap().differing(&edition(&wanted), &contents, reads).unwrap()
    };
    let changed = [("page-1.html".into(), Difference::Changed)];
    let right = |text: &str| Content::of(text.as_bytes()).md5;
    assert_eq!((found(right, false), found(right, true)), (changed.to_vec(), changed.to_vec()));
    // As of files that are encrypted.
    let wrong = |text: &str| Content::of(format!("salt {text}").as_bytes()).md5;
    assert_eq!((found(wrong, false), found(wrong, true)), (Vec::new(), changed.to_vec()));
}

#[test]
fn a_rollback_brings_back_nothing_that_was_changed_or_lost() {
    let (first, second) = (site(&[(1, vec![1])]), site(&[(2, vec![2])]));
    let altered = |alter: &dyn Fn(&mut Files, &str)| {
        let store = Memory::default();
        publish(&store, &first).unwrap();
        publish(&store, &second).unwrap();
        let page = format!("{OWN}kept/{}", Fingerprint::of(first["page-1.html"].as_bytes()));
        assert!(store.files.lock().unwrap().contains_key(&page));
        alter(&mut store.files.lock().unwrap(), &page);
        let refused = roll_back(&store);
        let Err(PublishError::Uploads(failed)) = refused else { panic!("{refused:?}") };
        assert!(!store.site().contains_key("page-1.html"));
        // What was published before still stands, and can be published again.
        assert_eq!(store.site()["page-2.html"], second["page-2.html"]);
        publish(&store, &second).unwrap();
        assert_eq!(store.site(), second);
        failed
    };
    let changed = altered(&|files, page| drop(files.insert(page.to_owned(), "theirs".into())));
    assert_eq!(changed, [("page-1.html".into(), "the copy kept at the target was changed".to_owned())]);
    let lost = altered(&|files, page| drop(files.remove(page)));
    assert_eq!(lost, [("page-1.html".into(), "it is no longer kept at the target".to_owned())]);
}

#[test]
fn what_is_forgotten_is_not_kept() {
    let store = Memory::default();
    publish(&store, &site(&[(1, vec![1])])).unwrap();
    publish(&store, &site(&[(2, vec![2])])).unwrap();
    assert!(store.files.lock().unwrap().keys().any(|path| path.starts_with(".dossier/kept/")));
    publish_keeping(&store, &site(&[(2, vec![2])]), false).unwrap();
    let own: Vec<String> = store.list(OWN).unwrap().into_iter().map(|entry| entry.path).collect();
    assert_eq!(own, [".dossier/edition"]);
    assert!(matches!(roll_back(&store), Err(PublishError::NoPrevious(_))));
}

#[test]
fn a_record_that_leads_elsewhere_is_damaged() {
    let hash = Fingerprint::of(b"");
    assert_eq!(Edition::parse(&format!("dossier edition 1, whole\n{hash}  ../a\n")), None);
    assert_eq!(Edition::parse("another format\n"), None);
    assert_eq!(Edition::parse("dossier edition 1, whole\nnonsense  a\n"), None);
    let edition = edition(&site(&[(1, vec![1])]));
    assert_eq!(Edition::parse(&edition.text()), Some(edition.clone()));
    let mut under_way = Edition { is_whole: false, ..edition };
    under_way.files.insert("unsure.html".into(), None);
    assert_eq!(Edition::parse(&under_way.text()), Some(under_way));
}

#[test]
fn a_prefix_leads_nowhere_else() {
    let is_good = |prefix: &str| {
        let target = format!("[publish.www]\nservice = \"folder\"\npath = \"../www\"\nprefix = {prefix:?}\n");
        let world = MemoryWorld::new()
            .with("dossier.toml", format!("title = \"T\"\nlanguages = [\"en\"]\n{target}"))
            .with("content/article.md", "---\ntitle: T\n---\n");
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        !snapshot.problems().iter().any(|found| found.code == "invalid-value")
    };
    for good in ["", "voyage", "a/b/", "/var/www/voyage", "a..b"] {
        assert!(is_good(good), "{good}");
    }
    for bad in
        ["..", "../x", "a/../../b", "/../a/.git", ".GIT", "a/.dossier", "a//b", "a\\b", "c:/x", "a\nb", "."]
    {
        assert!(!is_good(bad), "{bad}");
    }
}

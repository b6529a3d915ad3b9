//! A session that takes up changes gives what a clean start gives: every finding, and every file, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use dossier::base::date::Day;
use dossier::base::hash::Fingerprint;
use dossier::base::path::InputPath;
use dossier::outputs::RenderCache;
use dossier::session::{Changes, Options, Session, Snapshot};
use dossier::site::LONGEST_LIST;
use dossier::world::disk::DiskWorld;
use dossier::world::memory::MemoryWorld;
use dossier::world::{Entry, World};
use proptest::prelude::*;

/// A world that is edited while it is looked at.
struct Draft(Mutex<MemoryWorld>);

impl World for Draft {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.0.lock().unwrap().list(folder)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        self.0.lock().unwrap().read(path)
    }

    fn today(&self) -> Day {
        self.0.lock().unwrap().today()
    }
}

impl Draft {
    /// The dossier of `tests/sites/voyage`.
    fn voyage() -> Draft {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/voyage");
        let disk = DiskWorld::open(&root).unwrap();
        let mut memory = MemoryWorld::new();
        for entry in disk.list("").unwrap() {
            if !entry.path.as_str().starts_with("expected/") {
                memory = memory.with(entry.path.as_str(), disk.read(&entry.path).unwrap());
            }
        }
        Draft(Mutex::new(memory))
    }

    fn paths(&self, folder: &str) -> Vec<InputPath> {
        self.list(folder).unwrap().into_iter().map(|entry| entry.path).collect()
    }

    fn text(&self, path: &InputPath) -> String {
        String::from_utf8_lossy(&self.read(path).unwrap()).into_owned()
    }

    fn write(&self, path: &InputPath, text: impl AsRef<[u8]>) {
        let mut world = self.0.lock().unwrap();
        *world = std::mem::take(&mut *world).with(path.as_str(), text);
    }

    fn remove(&self, path: &InputPath) {
        let mut world = self.0.lock().unwrap();
        *world = std::mem::take(&mut *world).without(path.as_str());
    }

    /// Replaces the first of these words that a file holds, or adds the second at its end.
    fn edit(&self, path: &InputPath, from: &str, to: &str) {
        let text = self.text(path);
        let edited = match text.contains(from) {
            true => text.replacen(from, to, 1),
            false => format!("{text}\n{to}\n"),
        };
        self.write(path, edited);
    }
}

/// Something that happens to a dossier. Numbers choose a file, or a word.
#[derive(Clone, Debug)]
enum Edit {
    Body(usize, usize),
    Title(usize, usize),
    Summary(usize),
    Status(usize),
    Alias(usize),
    Target(usize),
    Heading(usize),
    Break(usize),
    Repair,
    Draft(usize),
    Embargo(usize),
    Create(usize),
    Translate(usize),
    Delete(usize),
    DeleteFolder(usize),
    Rename(usize),
    RenameCase(usize),
    Asset(usize),
    Table(usize),
    Template,
    Strings,
    Config(usize),
    Tomorrow,
    Touch(usize),
}

/// Words that refer, and words that do not.
const SCRAPS: [&str; 8] = [
    "Plain words.",
    "See [[grup]].",
    "See [[baru]] and [[Kapal Baru]].",
    "See [the route](../routes/pelayaran.md#ringkas).",
    "![[empat-puluh]]",
    "![A ship](../kapal.png)",
    "See [[grup#Nama lain]].",
    "<b>bold</b>[^1]\n\n[^1]: A note.",
];

const TITLES: [&str; 5] = ["Kapal Baru", "Aaron", "Zulu \"besar\"", "Perusahaan Kapal", "Éclair"];

fn any_edit() -> impl Strategy<Value = Edit> {
    let n = 0..64_usize;
    prop_oneof![
        4 => (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Body(a, b)),
        3 => (n.clone(), n.clone()).prop_map(|(a, b)| Edit::Title(a, b)),
        1 => n.clone().prop_map(Edit::Summary),
        1 => n.clone().prop_map(Edit::Status),
        1 => n.clone().prop_map(Edit::Alias),
        1 => n.clone().prop_map(Edit::Target),
        1 => n.clone().prop_map(Edit::Heading),
        1 => n.clone().prop_map(Edit::Break),
        1 => Just(Edit::Repair),
        1 => n.clone().prop_map(Edit::Draft),
        1 => n.clone().prop_map(Edit::Embargo),
        2 => n.clone().prop_map(Edit::Create),
        1 => n.clone().prop_map(Edit::Translate),
        1 => n.clone().prop_map(Edit::Delete),
        1 => n.clone().prop_map(Edit::DeleteFolder),
        1 => n.clone().prop_map(Edit::Rename),
        1 => n.clone().prop_map(Edit::RenameCase),
        1 => n.clone().prop_map(Edit::Asset),
        2 => n.clone().prop_map(Edit::Table),
        1 => Just(Edit::Template),
        1 => Just(Edit::Strings),
        1 => n.clone().prop_map(Edit::Config),
        1 => Just(Edit::Tomorrow),
        1 => n.prop_map(Edit::Touch),
    ]
}

/// Does it. Returns what a watcher would hint at.
fn carry_out(change: &Edit, draft: &Draft) -> BTreeSet<InputPath> {
    let files: Vec<InputPath> =
        draft.paths("content").into_iter().filter(|path| path.extension() == Some("md")).collect();
    let file = |number: &usize| files.get(number % files.len().max(1)).cloned();
    let mut touched = BTreeSet::new();
    let mut edit = |path: Option<InputPath>, from: &str, to: &str| {
        if let Some(path) = path {
            draft.edit(&path, from, to);
            touched.insert(path);
        }
    };
    let move_to = |from: InputPath, to: InputPath| {
        let text = draft.text(&from);
        draft.remove(&from);
        draft.write(&to, text);
        BTreeSet::from([from, to])
    };
    match change {
        Edit::Body(at, scrap) => edit(file(at), "\u{0}", SCRAPS[scrap % SCRAPS.len()]),
        Edit::Title(at, title) => {
            let Some(path) = file(at) else { return touched };
            let text = draft.text(&path);
            let title = format!("title: '{}'", TITLES[title % TITLES.len()]);
            let line = text.lines().find(|line| line.starts_with("title:")).unwrap_or("---").to_owned();
            edit(Some(path), &line, &title);
        }
        Edit::Summary(at) => edit(file(at), "title:", "summary: Perusahaan Kapal ada di sini.\ntitle:"),
        Edit::Status(at) => edit(file(at), "status: reported", "status: disputed"),
        Edit::Alias(at) => edit(file(at), "title:", "aliases: [Kapal Baru]\ntitle:"),
        Edit::Target(at) => {
            edit(file(at), "targets:", "targets: {source: article, exact: berangkat dari}\nx:")
        }
        Edit::Heading(at) => edit(file(at), "\u{0}", "## Nama lain\n\nBeberapa kata."),
        Edit::Break(at) => edit(file(at), "title:", "titel: [oops\ntitle:"),
        Edit::Repair => {
            let broken = files.iter().find(|path| draft.text(path).contains("titel: [oops\n")).cloned();
            edit(broken, "titel: [oops\n", "");
        }
        Edit::Draft(at) => {
            let is_draft = file(at).is_some_and(|path| draft.text(&path).contains("draft: true\n"));
            match is_draft {
                true => edit(file(at), "draft: true\n", ""),
                false => edit(file(at), "title:", "draft: true\ntitle:"),
            }
        }
        Edit::Embargo(at) => edit(file(at), "title:", "embargo: 2024-01-03\ntitle:"),
        Edit::Create(n) => {
            let (folder, name) =
                (["actors", "claims", "notes", "places"][n % 4], ["baru", "lagi", "grup"][n % 3]);
            let path: InputPath = format!("content/{folder}/{name}.md").into();
            let kind = if folder == "claims" { "date: 2023-01-01\n" } else { "" };
            draft.write(&path, format!("---\ntitle: Yang baru {n}\n{kind}---\nSee [[grup]].\n"));
            return BTreeSet::from([path]);
        }
        Edit::Translate(at) => {
            let Some(path) = file(at) else { return touched };
            let path: InputPath = format!("{}.en.md", path.as_str().trim_end_matches(".md")).into();
            draft.write(&path, "---\ntitle: Translated\n---\nIn other words, [[grup]].\n");
            return BTreeSet::from([path]);
        }
        Edit::Delete(at) => {
            let Some(path) = file(at).filter(|_| files.len() > 3) else { return touched };
            draft.remove(&path);
            return BTreeSet::from([path]);
        }
        Edit::DeleteFolder(n) => {
            let folder = ["content/claims", "content/notes", "content/places"][n % 3];
            draft.paths(folder).iter().for_each(|path| draft.remove(path));
            // A watcher may tell of the folder alone.
            return BTreeSet::from([folder.into()]);
        }
        Edit::Rename(at) => {
            let Some(path) = file(at) else { return touched };
            let to = format!("{}/{}-2.md", path.folder(), path.name().split('.').next().unwrap());
            return move_to(path, to.into());
        }
        Edit::RenameCase(at) => {
            let Some(path) = file(at) else { return touched };
            let name = path.name();
            let to = format!("{}/{}{}", path.folder(), name[..1].to_uppercase(), &name[1..]);
            return if to == path.as_str() { touched } else { move_to(path, to.into()) };
        }
        Edit::Asset(n) => {
            let path: InputPath = ["content/kapal.png", "content/notes/data.csv"][n % 2].into();
            match n % 3 {
                0 => draft.remove(&path),
                _ => draft.write(&path, format!("{n} bytes")),
            }
            return BTreeSet::from([path]);
        }
        Edit::Table(n) => {
            let path: InputPath = ["content/notes.csv", "content/actors.csv"][n % 2].into();
            let rows = [
                "baru,Yang baru,See [[grup]]\nlagi,Lagi,",
                "lagi,Kapal Baru,\nbaru,Aaron,[[lagi]]",
                "tabel,Dari tabel,\n,Tanpa id,\nlagi,Lagi,",
            ];
            match n % 4 {
                3 => draft.remove(&path),
                kind => draft.write(&path, format!("id,title,text,title@en\n{},Row {n}\n", rows[kind])),
            }
            return BTreeSet::from([path]);
        }
        Edit::Template => edit(Some("themes/plain/templates/dump.html".into()), "\u{0}", "<!-- more -->"),
        Edit::Strings => {
            let path: InputPath = "themes/plain/strings/id.toml".into();
            draft.write(&path, "[roles]\nmention = \"menyinggung\"\n[nav]\nhome = \"Muka\"\n");
            return BTreeSet::from([path]);
        }
        Edit::Config(n) => {
            let lines = [
                "html = \"allow\"",
                "description = \"Other\"",
                "languages = [\"id\", \"en\", \"ko\"]",
                "oops",
            ];
            edit(
                Some("dossier.toml".into()),
                "theme = \"plain\"",
                &format!("theme = \"plain\"\n{}", lines[n % 4]),
            );
        }
        Edit::Tomorrow => {
            let mut world = draft.0.lock().unwrap();
            let day = world.today().day + 1;
            *world = std::mem::take(&mut *world).on(Day::new(2024, 1, day.min(28)).unwrap());
        }
        Edit::Touch(at) => touched.extend(file(at)),
    }
    touched
}

/// Gives what a file is made from in its place: what is made from the same is the same.
struct Sources;

impl RenderCache for Sources {
    fn get(&self, made_from: Fingerprint) -> Option<Vec<u8>> {
        Some(made_from.as_bytes().to_vec())
    }

    fn put(&self, _: Fingerprint, _: &[u8]) {}
}

/// Every file of the site, or why there is none.
fn files(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let builder = match snapshot.builder() {
        Ok(builder) => builder.with_cache(&Sources),
        Err(why) => return BTreeMap::from([("!".into(), format!("{why:?}").into_bytes())]),
    };
    let bytes = |path, route| match builder.bytes(path, route) {
        Ok(bytes) => bytes,
        Err(why) => format!("{why:?}").into_bytes(),
    };
    builder.files().iter().map(|(path, route)| (path.to_string(), bytes(path, route))).collect()
}

/// The paths at which two sites differ.
fn differences(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

fn check(batches: &[(Vec<Edit>, bool)], drafts: bool) -> Result<(), TestCaseError> {
    let draft = Arc::new(Draft::voyage());
    let options = Options { drafts, ..Options::default() };
    let mut session = Session::open(draft.clone(), options.clone());
    let mut shown = files(&session.snapshot());
    for (edits, hinted) in batches {
        let mut touched = BTreeSet::new();
        edits.iter().for_each(|change| touched.extend(carry_out(change, &draft)));
        let changes = if *hinted { Changes::Paths(touched) } else { Changes::Everything };
        if let Some(snapshot) = session.refresh(&changes) {
            shown = files(&snapshot);
        }
        let clean = Snapshot::take(draft.clone(), &options);
        let wanted = files(&clean);
        prop_assert_eq!(differences(&shown, &wanted), Vec::<String>::new(), "after {:?}", edits);
        let snapshot = session.snapshot();
        prop_assert_eq!(snapshot.diagnostics(), clean.diagnostics(), "after {:?}", edits);
        // Every page can be found by its path alone.
        if let Ok(builder) = snapshot.builder() {
            for (path, route) in builder.files() {
                prop_assert_eq!(builder.find(&path), Some(route));
            }
        }
    }
    Ok(())
}

fn batches() -> impl Strategy<Value = Vec<(Vec<Edit>, bool)>> {
    prop::collection::vec((prop::collection::vec(any_edit(), 1..4), prop::bool::weighted(0.85)), 1..8)
}

// Two tests, so that they run beside each other: no others take as long.
proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_end_where_a_clean_start_does(batches in batches()) {
        check(&batches, false)?;
    }

    #[test]
    fn any_edits_end_where_a_clean_start_does_with_drafts_or_without(
        batches in batches(),
        drafts in prop::bool::weighted(0.4),
    ) {
        check(&batches, drafts)?;
    }
}

#[test]
fn every_deed_alone() {
    let n = 5;
    let edits = [
        Edit::Body(n, 0),
        Edit::Body(n, 1),
        Edit::Body(n, 2),
        Edit::Title(n, 0),
        Edit::Summary(n),
        Edit::Status(n),
        Edit::Alias(n),
        Edit::Target(n),
        Edit::Heading(n),
        Edit::Break(n),
        Edit::Repair,
        Edit::Draft(n),
        Edit::Draft(n),
        Edit::Embargo(n),
        Edit::Tomorrow,
        Edit::Tomorrow,
        Edit::Tomorrow,
        Edit::Create(0),
        Edit::Create(4),
        Edit::Translate(n),
        Edit::Rename(n),
        Edit::RenameCase(n),
        Edit::Asset(0),
        Edit::Asset(1),
        Edit::Asset(2),
        Edit::Table(0),
        Edit::Create(2),
        Edit::Table(4),
        Edit::DeleteFolder(1),
        Edit::Table(8),
        Edit::Table(1),
        Edit::Table(3),
        Edit::Template,
        Edit::Strings,
        Edit::Config(0),
        Edit::Config(2),
        Edit::Delete(n),
        Edit::DeleteFolder(0),
        Edit::Touch(n),
    ];
    let batches: Vec<(Vec<Edit>, bool)> = edits.into_iter().map(|change| (vec![change], true)).collect();
    check(&batches, false).unwrap();
}

/// The pieces that an overview of the search names.
fn overview_names(path: &str, overview: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(overview).unwrap();
    let data = text.strip_prefix("dossierData(").and_then(|text| text.strip_suffix(");\n")).unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let folder = path.strip_suffix("index.js").unwrap();
    let of = |sort: &'static str| {
        let hashes = data[sort].as_array().unwrap().iter().enumerate();
        hashes.map(move |(number, hash)| format!("{folder}{sort}-{number}.{}.js", hash.as_str().unwrap()))
    };
    of("words").chain(of("texts")).collect()
}

/// What a kind of edit changes. Pages are drawn when they are asked for, so this is what a reader's browser, and a
/// second build, have to do with it.
#[test]
fn an_edit_changes_what_shows_it_and_no_more() {
    let draft = Arc::new(Draft::voyage());
    let mut session = Session::open(draft.clone(), Options::default());
    let mut changed = |path: &str, from: &str, to: &str| {
        let before = files(&session.snapshot());
        draft.edit(&path.into(), from, to);
        session.refresh(&Changes::Paths(BTreeSet::from([path.into()])));
        let after = files(&session.snapshot());
        let differing = differences(&before, &after);
        // What the search reads holds the words of all pages, in a few pieces. The new edition of a piece has a new
        // name.
        let (search, pages): (Vec<_>, Vec<_>) =
            differing.into_iter().partition(|path| path.contains("evidence/search/"));
        let mut pieces: Vec<&str> = search.iter().filter_map(|path| path.split('.').next()).collect();
        pieces.dedup();
        assert!(pieces.len() <= 6, "{search:?}");
        // A browser may have either edition of a piece in its cache, or both: neither goes by the other's name.
        let same_name = |path: &&String| before.contains_key(*path) && after.contains_key(*path);
        assert!(search.iter().filter(same_name).all(|path| path.ends_with("/index.js")), "{search:?}");
        for (path, overview) in after.iter().filter(|(path, _)| path.ends_with("evidence/search/index.js")) {
            let names = overview_names(path, overview);
            assert!(names.len() > 1 && names.iter().all(|name| after.contains_key(name)), "{names:?}");
        }
        pages
    };
    // A body, without a reference.
    assert_eq!(
        changed("content/claims/tiga-puluh.md", "\u{0}", "Words."),
        ["claims/tiga-puluh.html", "en/claims/tiga-puluh.html"]
    );
    // A body that refers to something: the two pages.
    let referred = changed("content/places/utara.md", "\u{0}", "See [[grup]].");
    assert_eq!(
        referred,
        ["actors/grup.html", "en/actors/grup.html", "en/places/utara.html", "places/utara.html"]
    );
    // A translation's body.
    assert_eq!(
        changed("content/claims/empat-puluh.en.md", "\u{0}", "Words."),
        ["en/claims/empat-puluh.html"]
    );
    // A title: its page, its list, its neighbours, and all that name it.
    let titled = changed("content/actors/grup.md", "title: ", "title: The ");
    assert!(
        titled.contains(&"actors/index.html".into()) && titled.contains(&"actors/perusahaan.html".into())
    );
    assert!(titled.len() < files(&session.snapshot()).len() / 2, "{titled:?}");
}

/// A body decides whether its page is among those who refer to another, and so how many pages that list goes over.
#[test]
fn an_edit_of_a_body_may_bring_and_take_a_page_of_referrers() {
    let mut world = MemoryWorld::new().with("content/actors/hub.md", "---\ntitle: Hub\n---\n");
    for number in 0..=LONGEST_LIST {
        let link = if number > 0 { "[[hub]] [[hub]]" } else { "" };
        let text = format!("---\ntitle: N{number}\n---\nWords. {link}\n");
        world = world.with(&format!("content/notes/n{number}.md"), text);
    }
    let draft = Arc::new(Draft(Mutex::new(world)));
    let mut session = Session::open(draft.clone(), Options::default());
    let further = "actors/hub.part-2.html".into();
    let mut edit = |from: &str, to: &str| {
        let path = InputPath::from("content/notes/n0.md");
        draft.edit(&path, from, to);
        let before = session.snapshot();
        let kept = std::ptr::from_ref(before.map());
        let after = session.refresh(&Changes::Paths(BTreeSet::from([path]))).unwrap();
        let clean = Snapshot::take(draft.clone(), &Options::default());
        assert_eq!(after.map().files(), clean.map().files(), "{to}");
        (after.map().find(&further).is_some(), std::ptr::eq(kept, after.map()))
    };
    assert_eq!(edit("Words.", "Other words."), (false, true));
    assert_eq!(edit("Other words.", "[[hub]]."), (true, false));
    assert_eq!(edit("[[hub]].", "[[hub]] and [[hub]]."), (true, true));
    assert_eq!(edit("[[hub]] and [[hub]].", "Words."), (false, false));
}

/// The list may lie where nobody looks for changes.
#[test]
fn a_list_of_redactions_elsewhere_is_read_again_with_the_next_change() {
    let draft = Arc::new(Draft::voyage());
    let list = |words: &str| format!("[[redact]]\nwords = [{words:?}]\nwith = \"█\"\n");
    let settings = draft.text(&"dossier.toml".into());
    draft.write(&"dossier.toml".into(), format!("redactions = \"notes/secret.txt\"\n{settings}"));
    draft.write(&"notes/secret.txt".into(), list("Perusahaan"));
    let options = || Options { redact: true, ..Options::default() };
    let mut session = Session::open(draft.clone(), options());
    for words in ["kapal", "perusahaan kapal"] {
        draft.write(&"notes/secret.txt".into(), list(words));
        session.refresh(&Changes::Paths(BTreeSet::from(["content/claims/tiga-puluh.md".into()])));
        let clean = Snapshot::take(draft.clone(), &options());
        assert_eq!(differences(&files(&session.snapshot()), &files(&clean)), Vec::<String>::new(), "{words}");
    }
}

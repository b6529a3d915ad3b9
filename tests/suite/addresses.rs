//! Every address of a site has one owner, and a file in its way is reported.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use dossier::base::diagnostic::Diagnostic;
use dossier::base::path::{InputPath, SitePath};
use dossier::check::{Context, RULES, Texts};
use dossier::course::Courses;
use dossier::link::layout;
use dossier::outputs;
use dossier::session::{Options, Snapshot};
use dossier::site::{Route, SiteInput};
use dossier::world::World;
use dossier::world::disk::DiskWorld;
use dossier::world::memory::MemoryWorld;

/// The shipped dossier, and whom to tell of its weaknesses.
pub fn shipped() -> MemoryWorld {
    let disk = DiskWorld::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut world = MemoryWorld::new();
    for entry in disk.list("content").unwrap() {
        world = world.with(entry.path.as_str(), disk.read(&entry.path).unwrap());
    }
    let settings = String::from_utf8(disk.read(&"dossier.toml".into()).unwrap().to_vec()).unwrap();
    world.with("dossier.toml", format!("{settings}\n{SECURITY}"))
}

const SECURITY: &str = "[security]\ncontact = \"mailto:desk@example.org\"\nexpires = \"2027-06-30\"\n";

/// The findings of `output-collision` with one more file in `content/`, and whether that would be published.
fn with_file(snapshot: &Snapshot, courses: &Courses, path: &str) -> (Vec<Diagnostic>, bool) {
    let input = InputPath::from(format!("content/{path}"));
    let mut graph = snapshot.graph.clone();
    Arc::make_mut(&mut graph.assets).insert(input.clone());
    Arc::make_mut(&mut graph.files).published.insert(input.clone());
    let (graph, config, evidence) = (&graph, snapshot.config(), snapshot.evidence());
    let map = outputs::site_map(&SiteInput { graph, config, evidence, has_bibliography: true });
    let world = &**snapshot.world();
    let copied = std::collections::BTreeMap::new();
    let (today, texts) = (world.today(), Texts::default());
    let context = Context {
        graph,
        evidence,
        config,
        locales: &[],
        courses,
        map: &map,
        copied: &copied,
        today,
        world,
        unread: String::new(),
        is_blind: false,
        texts,
    };
    let rule = RULES.iter().find(|rule| rule.code.name == "output-collision").unwrap();
    let mut found = Vec::new();
    (rule.check)(&context, &mut found);
    found.retain(|found| found.labels.iter().any(|label| label.path == input));
    let is_published = map.find(&path.into()) == Some(&Route::Input(input));
    (found, is_published)
}

#[test]
fn no_file_of_an_author_is_lost_in_silence() {
    let snapshot = Snapshot::take(Arc::new(shipped()), &Options::default());
    assert_eq!(snapshot.map().collisions().len(), 0);
    let files = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}")).files();
    let mut paths: Vec<SitePath> = files.into_iter().map(|(path, _)| path).collect();
    paths.push(layout::SUMS.into());
    for known in [".well-known/security.txt", "_headers", "_redirects", "map.geojson", "SHA256SUMS"] {
        assert!(paths.iter().any(|path| path.as_str() == known), "{known}");
    }
    let assets = &snapshot.graph.assets;
    paths.retain(|path| !assets.contains(format!("content/{path}").as_str()));
    // The same file again, in capitals, as a folder, and in a folder's place.
    let variants = |path: &SitePath| {
        [path.to_string(), path.as_str().to_uppercase(), format!("{path}/x.txt"), path.folder().to_owned()]
    };
    let variants: BTreeSet<String> =
        paths.iter().flat_map(variants).filter(|path| !path.is_empty()).collect();
    let courses = Courses::of(&snapshot.graph, &**snapshot.world());
    for path in &variants {
        let (found, is_published) = with_file(&snapshot, &courses, path);
        assert_eq!((found.len(), is_published), (1, false), "{path}: {found:?}");
    }
    for free in ["free.pdf", "actors/free.pdf", "evidences/free.pdf", ".nojekyll"] {
        assert_eq!(with_file(&snapshot, &courses, free), (Vec::new(), true), "{free}");
    }
}

#[test]
fn hidden_files_that_hosts_look_for_are_published_or_reported() {
    let world = |settings: &str| {
        MemoryWorld::new()
            .with("dossier.toml", settings)
            .with("content/.well-known/security.txt", "Mine")
            .with("content/.nojekyll", "")
            .with("content/.env", "KEY=1")
    };
    let find = |world: MemoryWorld, path: &str| {
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
        let bytes = builder.find(&path.into()).map(|route| builder.bytes(&path.into(), &route).unwrap());
        let codes = snapshot.diagnostics().iter().map(|found| found.code).collect::<Vec<_>>();
        (bytes, codes.contains(&"output-collision"), codes.contains(&"hidden-file"))
    };
    let security = ".well-known/security.txt";
    assert_eq!(find(world(""), security), (Some(b"Mine".to_vec()), false, true));
    assert_eq!(find(world(""), ".nojekyll"), (Some(Vec::new()), false, true));
    assert_eq!(find(world(""), ".env"), (None, false, true));
    let (bytes, is_reported, _) = find(world(SECURITY), security);
    assert!(is_reported && bytes.unwrap().starts_with(b"Contact: "));
}

#[test]
fn no_setting_lets_a_file_go_missing() {
    for level in ["off", "note", "warn"] {
        let world = MemoryWorld::new()
            .with(
                "dossier.toml",
                format!("title = \"T\"\nlanguages = [\"en\"]\npublish_files = [\"*.xml\"]\n[rules]\noutput-collision = \"{level}\"\n"),
            )
            .with("content/article.md", "---\ntitle: T\n---\n")
            .with("content/atom.xml", "<feed/>");
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let errors: Vec<&str> = snapshot.problems().iter().map(|found| found.code).collect();
        assert!(
            errors.contains(&"output-collision") && errors.contains(&"invalid-value"),
            "{level}: {errors:?}"
        );
        assert!(snapshot.has_errors());
    }
}

//! Names that macOS and Windows take for one: in another case, or with letters composed in another way.

use std::sync::Arc;

use dossier::base::diagnostic::Severity;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use unicode_normalization::UnicodeNormalization;

fn take(files: &[(&str, &str)]) -> Arc<Snapshot> {
    let settings = "languages = [\"en\", \"id\"]\nsocial_cards = []\nbooks = {formats = []}\n[rules]\norphan-entity = \"off\"\n\
                    unverified-unsaid = \"off\"\nclaim-without-source = \"off\"\nmissing-alt-text = \"off\"\n";
    let world =
        files.iter().fold(MemoryWorld::new().with("dossier.toml", settings), |world, (path, text)| {
            world.with(&format!("content/{path}"), *text)
        });
    Snapshot::take(Arc::new(world), &Options::default())
}

fn findings(snapshot: &Snapshot) -> Vec<String> {
    let found = snapshot.diagnostics().iter().filter(|found| found.severity != Severity::Note);
    found.map(|found| format!("{}: {}", found.code, found.message)).collect()
}

fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// A picture, as far as the program looks at it.
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>";

/// Every way to name something, in each form of its letters and each form of its file.
#[test]
fn letters_may_be_composed_in_another_way() {
    let text = "[[Müller]] [[actors/Müller]] [[Inês]] [[Ámbar]] [a](../actors/Müller.md) [b](../actors/M%C3%BCller.md#über-uns) \
                [c](../actors/Mu%CC%88ller) ![d](Bild-ä.svg) ![e](Bild-%C3%A4.svg) ![[Bild-ä.svg]] [f](#é) [[#É]]\n\n## É\n";
    let head = "by: Müller\nimage: {src: Bild-ä.svg, alt: x}\nabout: [Müller]\n";
    let actor = "---\ntitle: Inês Müller\naliases: [Inês, Ámbar]\n---\n\n## Über uns\n";
    for (form, written) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let in_form = |form: i32, text: &str| if form == 1 { nfd(text) } else { text.to_owned() };
        let claim = format!("---\ntitle: C\n{head}---\n{text}\n");
        let files = [
            (in_form(form, "actors/Müller.md"), in_form(1 - written, actor)),
            (in_form(form, "actors/Müller.id.md"), actor.to_owned()),
            (in_form(form, "claims/Bild-ä.svg"), PICTURE.to_owned()),
            ("claims/c.md".to_owned(), in_form(written, &claim)),
        ];
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let snapshot = take(&files);
        assert!(findings(&snapshot).is_empty(), "{form} {written}: {:?}", findings(&snapshot));
        let builder = snapshot.builder().unwrap();
        for (path, route) in &builder.files() {
            assert_eq!(path.as_str(), path.as_str().nfc().collect::<String>());
            if path.as_str().ends_with("c.html") {
                let page = String::from_utf8(builder.bytes(path, route).unwrap()).unwrap();
                assert!(!page.contains("%CC%8"), "{path}: letters that are not composed");
                for address in ["actors/M%C3%BCller.html", "Bild-%C3%A4.svg"] {
                    assert!(page.contains(address), "{path}: {address}");
                }
            }
        }
    }
}

#[test]
fn what_differs_in_capitals_is_found_and_paths_are_reported() {
    let actor = ("actors/nis.md", "---\ntitle: Intelligence\n---\n\n## How many?\n");
    let picture = ("claims/foto pelabuhan.svg", PICTURE);
    let names = "[[NIS]] [[Actors/NIS]] [[ACTORS/nis#how many?]] [[nis#HOW-MANY?]] [a](../actors/nis.md#How-Many) [[INTELLIGENCE]]";
    let claim = format!("---\ntitle: C\nby: NIS\nabout: [actors/Nis]\n---\n{}\n", names);
    assert_eq!(
        findings(&take(&[actor, picture, ("claims/c.md", &claim)])),
        [
            "unpublished-file: `content/claims/foto pelabuhan.svg` is not published, because no published text refers to it"
        ]
    );
    for (written, is_reported) in [
        ("![a](Foto%20Pelabuhan.SVG)", true),
        ("![a](<Foto Pelabuhan.svg>)", true),
        ("![a](<../Claims/foto pelabuhan.svg>)", true),
        ("![[Foto Pelabuhan.svg]]", true),
        ("![[foto pelabuhan.svg]]", false),
        ("![a](foto%20pelabuhan.svg)", false),
        ("<img src=\"Foto Pelabuhan.svg\" alt=\"a\">", true),
        ("<img src=\"foto pelabuhan.svg\" alt=\"a\">", false),
        ("![a](foto%20pelabuhan.svg) [b](../Actors/nis.md)", true),
        ("![a](foto%20pelabuhan.svg) [b](../actors/NIS.md#how-many)", true),
        ("![a](foto%20pelabuhan.svg) [b](../actors/NIS)", true),
    ] {
        let claim = format!("---\ntitle: C\nby: nis\n---\n{written}\n");
        let snapshot = take(&[actor, picture, ("claims/c.md", &claim)]);
        let found = snapshot.diagnostics();
        let found: Vec<_> = found.iter().filter(|found| found.severity != Severity::Note).collect();
        assert_eq!(found.len(), usize::from(is_reported), "{written}: {found:?}");
        assert!(
            found.iter().all(|found| found.code == "case-mismatch" && found.fix.is_some()),
            "{written}: {found:?}"
        );
        // After the fix, nothing is left to say.
        let Some(fix) = found.first().and_then(|found| found.fix.as_ref()) else { continue };
        let file = format!("---\ntitle: C\nby: nis\n---\n{written}\n");
        let edits: Vec<_> = fix.edits.iter().collect();
        let (fixed, _) = dossier::world::edit::apply(&file, &edits);
        let left = findings(&take(&[actor, picture, ("claims/c.md", &fixed)]));
        assert!(left.is_empty(), "{fixed}: {left:?}");
    }
}

#[test]
fn an_address_in_html_is_as_the_page_has_it() {
    let html = format!("---\ntitle: C\n---\n<img src=\"{}\" alt=\"a\">\n", nfd("Bild-ä.svg"));
    let found = findings(&take(&[("notes/n.md", &html), (&nfd("notes/Bild-ä.svg"), PICTURE)]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("case-mismatch: the letters of"), "{found:?}");
}

#[test]
fn two_files_that_are_one_elsewhere_are_an_error() {
    let note = "---\ntitle: N\n---\n";
    for (files, code) in [
        ([("actors/nis.md", note), ("actors/NIS.md", note)], "duplicate-id"),
        ([("actors/nis.md", note), ("places/Nis.md", note)], "duplicate-id"),
        ([("actors/m\u{fc}ller.md", note), ("actors/mu\u{308}ller.md", note)], "duplicate-id"),
        ([("actors/\u{c9}.md", note), ("notes/e\u{301}.md", note)], "duplicate-id"),
        ([("a.svg", PICTURE), ("A.svg", PICTURE)], "output-collision"),
        ([("x/\u{e9}.svg", PICTURE), ("x/e\u{301}.svg", PICTURE)], "output-collision"),
    ] {
        let found = take(&files);
        let errors: Vec<_> =
            found.diagnostics().iter().filter(|found| found.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{files:?}: {errors:?}");
        assert_eq!((errors[0].code, errors[0].labels.len()), (code, 2), "{files:?}: {errors:?}");
    }
}

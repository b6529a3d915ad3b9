//! What holds of any text: nothing panics, and every place lies within it.

use std::sync::Arc;

use dossier::base::date::{Day, Edtf};
use dossier::base::hash::Fingerprint;
use dossier::base::id::{EntityId, Lang};
use dossier::base::near::all_nearest;
use dossier::base::path;
use dossier::base::span::Span;
use dossier::config::{self, Config};
use dossier::data;
use dossier::kinds::KindId;
use dossier::load::{self, Input};
use dossier::parse::{self, Parsed, sentence};
use dossier::session::{Options, Snapshot};
use dossier::world::edit;
use dossier::world::memory::MemoryWorld;
use proptest::prelude::*;

/// What Markdown, YAML and TOML are made of, and what trips those who count bytes.
const SCRAPS: [&str; 63] = [
    "[[",
    "]]",
    "![[",
    "[",
    "](",
    ")",
    "![",
    "|",
    "\\|",
    "#",
    "# ",
    "## ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "> [!note]\n",
    "`",
    "```",
    "~~~\n",
    "*",
    "**",
    "_",
    "~~",
    "[^1]",
    "[^1]: ",
    "[x]: y.md\n",
    "[x]",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "https://a.b/",
    "<https://a.b>",
    "| a | b |\n|---|---|\n",
    "Term\n: ",
    "$$",
    "$\\",
    "{#id}",
    "&amp;",
    "&#0;",
    "\\",
    "\r\n",
    "\t",
    "    ",
    "\u{a0}",
    "é",
    "中文",
    "🚢",
    "e\u{301}",
    "“",
    "nis",
    "NIS",
    "actors/nis.md",
    "Kim Jong Un",
    "...",
    "--",
    "\"",
    "'",
    ": ",
];

/// What front matter is made of.
const KEYS: [&str; 42] = [
    "---\n",
    "+++\n",
    "title: x\n",
    "title = \"x\"\n",
    "date: 2023-10\n",
    "by: [nis, kim]\n",
    "legs:\n",
    "  - {from: a, to: b, mode: sea}\n",
    "  - ",
    "sources: s\n",
    "status: confirmed\n",
    "about: [[nis]]\n",
    "a: &a [1]\n",
    "b: *a\n",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\n",
    "  ",
    "|\n",
    ">\n",
    "'",
    "\"",
    "#",
    "é",
    "中",
    "🚢",
    "!!str ",
    "%YAML\n",
    "...\n",
    "coordinates: [1, 2]\n",
    "drat: 1\n",
    "targets:\n  - {source: article, exact: x}\n",
    "formerly: [../x, y]\n",
    "aliases: [Kim]\n",
    "[rules]\n",
    "x = 2023-01-01\n",
    "\t",
];

fn words(scraps: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let scrap = prop_oneof![8 => prop::sample::select(scraps).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec(scrap, 0..most).prop_map(|scraps| scraps.concat())
}

fn body() -> impl Strategy<Value = String> {
    words(&SCRAPS, 40)
}

fn front_matter() -> impl Strategy<Value = String> {
    words(&KEYS, 25)
}

/// A file: perhaps fenced, perhaps not.
fn file() -> impl Strategy<Value = String> {
    (front_matter(), body(), 0..4u8).prop_map(|(head, body, fence)| match fence {
        0 => body,
        1 => format!("+++\n{head}+++\n{body}"),
        2 => format!("\u{feff}---\r\ntitle: x\r\n{head}"),
        _ => format!("---\ntitle: x\n{head}\n---\n{body}"),
    })
}

fn settings() -> Config {
    config::read(&MemoryWorld::new().with("dossier.toml", "languages = [\"en\", \"id\"]"), None).value
}

fn input(text: &str, kind: KindId, lang: &str) -> Input {
    Input {
        path: "content/actors/x.md".into(),
        kind,
        id: EntityId::new("x"),
        lang: Lang::parse(lang).unwrap(),
        hash: Fingerprint::of(text.as_bytes()),
    }
}

#[track_caller]
fn assert_within(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} {span:?} is not within {text:?}");
}

fn assert_sound(text: &str, parsed: &Parsed) {
    let prose = &parsed.prose;
    assert_within(text, parsed.head.span, "the front matter");
    let mut last = 0;
    for segment in &prose.segments {
        assert_within(text, segment.source, "a segment");
        let (start, length) = (segment.plain as usize, segment.source.range().len());
        assert_eq!(prose.plain.get(start..start + length), Some(&text[segment.source.range()]), "{text:?}");
        assert!(start >= last, "segments are in order: {text:?}");
        last = start + length;
    }
    for link in &prose.links {
        assert_within(text, link.span, "a link");
        if let Some(span) = link.target_span {
            assert_within(text, span, "a target");
            assert_eq!(&text[span.range()], link.target, "{text:?}");
        }
        for range in [&link.words, &link.sentence] {
            assert!(
                prose.plain.get(range.start as usize..range.end as usize).is_some(),
                "{range:?} in {text:?}"
            );
        }
        assert!(
            link.sentence.start <= link.words.start && link.words.end <= link.sentence.end,
            "{link:?} in {text:?}"
        );
        let _ = prose.sentence(link);
    }
    let mut ids: Vec<&str> = prose.headings.iter().map(|heading| heading.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "headings share an id: {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_keeps_within_any_text(text in file(), kind in prop::sample::select(KindId::ALL), lang in prop::sample::select(vec!["en", "id"])) {
        let parsed = parse::parse(&input(&text, kind, lang), &text, &settings());
        assert_sound(&text, &parsed.value);
        for diagnostic in &parsed.diagnostics {
            for label in &diagnostic.labels {
                assert_within(&text, label.span, diagnostic.code);
            }
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                assert_within(&text, edit.span, diagnostic.code);
            }
        }
    }

    #[test]
    fn parsing_survives_any_characters(text in any::<String>()) {
        let parsed = parse::parse(&input(&text, KindId::Note, "en"), &text, &settings());
        assert_sound(&text, &parsed.value);
    }

    #[test]
    fn decoding_survives_any_text(text in prop_oneof![front_matter(), any::<String>()]) {
        for node in [data::yaml::parse(&text), data::toml::parse(&text)] {
            match node {
                Ok(node) => assert_within(&text, node.span, "a node"),
                // An error at the end of the text points just past it.
                Err(error) => assert!(error.span.start as usize <= text.len(), "{:?} in {text:?}", error.span),
            }
        }
    }

    #[test]
    fn dates_read_back_what_they_write(text in "-?[0-9]{2,4}X{0,2}(-[0-9X]{2}){0,2}[~?%]?(/([0-9]{4}(-[0-9]{2}){0,2}|\\.\\.)?)?") {
        if let Ok(date) = Edtf::parse(&text) {
            prop_assert_eq!(Edtf::parse(&date.to_string()), Ok(date), "{} from {}", date, text);
            if let (Some(start), Some(end)) = (date.earliest(), date.latest()) {
                prop_assert!(start <= end, "{text}");
            }
        }
    }

    #[test]
    fn days_read_back_what_they_write(year in -9999..=9999i32, month in 1..=12u8, day in 1..=31u8) {
        if let Some(day) = Day::new(year, month, day) {
            let text = day.to_string();
            let date = Edtf::parse(&text);
            prop_assert_eq!(date.as_ref().map(|date| date.earliest()), Ok(Some(day)), "{}", text);
            prop_assert_eq!(date.map(|date| date.to_string()), Ok(text));
        }
    }

    #[test]
    fn dates_survive_any_text(text in any::<String>()) {
        let _ = Edtf::parse(&text);
    }

    #[test]
    fn relative_paths_lead_back(folder in "([a-c]{1,2}/){0,3}", target in "([a-c]{1,2}/){0,3}[a-c]\\.md") {
        let folder = folder.trim_end_matches('/');
        prop_assert_eq!(path::join(folder, &path::relative(folder, &target)), Some(target));
    }

    #[test]
    fn joining_never_climbs_out(folder in "([a-c]/){0,3}", relative in "(\\.\\./|\\./|/|[a-c]/|\\PC){0,6}") {
        if let Some(joined) = path::join(&folder, &relative) {
            prop_assert!(!joined.starts_with('/') && joined.split('/').all(|part| part != ".." && part != "."), "{joined}");
        }
    }

    #[test]
    fn a_sentence_holds_what_it_is_around(text in "([A-Za-zé中。.!? ]|Mr\\. |\u{a0}){0,40}", at in 0..1000usize, length in 0..20usize) {
        let boundary = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(at % (text.len() + 1));
        let within = start..boundary(start + length).max(start);
        let found = sentence::around(&text, within.clone());
        prop_assert!(text.get(found.clone()).is_some(), "{found:?} in {text:?}");
        prop_assert!(found.start <= within.start && within.end <= found.end, "{found:?} around {within:?} in {text:?}");
    }

    #[test]
    fn near_misses_are_near(word in "[a-c]{1,6}", others in prop::collection::vec("[a-c]{1,6}", 0..6)) {
        let near = all_nearest(&word, others.iter().map(String::as_str));
        let distance = |other: &str| strsim::damerau_levenshtein(&word, other);
        let in_reach = |other: &&String| {
            let longer = word.len().max(other.len());
            distance(other) <= (longer / 3).max(1) && distance(other) < longer
        };
        let least = others.iter().filter(in_reach).map(|other| distance(other)).min();
        let expected: Vec<&str> = others.iter().filter(in_reach).map(String::as_str).filter(|other| Some(distance(other)) == least).collect();
        prop_assert_eq!(near, expected);
    }

    #[test]
    fn an_offered_link_changes_no_word(text in body()) {
        let names = "---\ntitle: Kim Jong Un\naliases: [NIS, 中文, actors, https]\n---\n";
        let path = "content/notes/n.md";
        let world = MemoryWorld::new()
            .with("dossier.toml", "languages = [\"en\"]")
            .with("content/actors/kim (1).md", names)
            .with(path, format!("---\ntitle: N\n---\n{text}"));
        let snapshot = Snapshot::take(Arc::new(world.clone()), &Options::default());
        let before = snapshot.graph.by_id("n").map(|ix| snapshot.graph.entity(ix).original()).unwrap();
        for diagnostic in snapshot.diagnostics().iter().filter(|diagnostic| diagnostic.code == "unlinked-mention") {
            let edits: Vec<&_> = diagnostic.fix.iter().flat_map(|fix| &fix.edits).collect();
            let fixed = edit::apply(&load::text(&world, &before.input), &edits).0;
            let after = parse::parse(&input(&fixed, KindId::Note, "en"), &fixed, &settings()).value;
            prop_assert_eq!(&after.prose.plain, &before.prose().plain, "{} from {}", fixed, text);
            prop_assert_eq!(after.prose.links.len(), before.prose().links.len() + 1, "{} from {}", fixed, text);
        }
    }

    #[test]
    fn a_small_dossier_never_panics(files in prop::collection::vec((0..12usize, file()), 0..6)) {
        const PATHS: [&str; 12] = [
            "content/article.md", "content/article.id.md", "content/actors/nis.md", "content/actors/nis.id.md", "content/actors/kim.md",
            "content/claims/x.md", "content/claims/y.md", "content/places/nis.md", "content/places/a.md", "content/routes/r.md",
            "content/sources/s.md", "content/events/e.md",
        ];
        let mut world = MemoryWorld::new().with("dossier.toml", "languages = [\"en\", \"id\"]").with("content/actors/a.png", "");
        for (path, text) in &files {
            world = world.with(PATHS[*path], text);
        }
        let snapshot = Snapshot::take(Arc::new(world.clone()), &Options::default());
        for diagnostic in snapshot.diagnostics() {
            let text_of = |path: &path::InputPath| {
                String::from_utf8(dossier::world::World::read(&world, path).map_or(Vec::new(), |bytes| bytes.to_vec())).unwrap()
            };
            for label in &diagnostic.labels {
                assert_within(&text_of(&label.path), label.span, diagnostic.code);
            }
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                let text = text_of(&edit.path);
                assert_within(&text, edit.span, diagnostic.code);
                let _ = edit::apply(&text, &[edit]);
            }
        }
    }
}

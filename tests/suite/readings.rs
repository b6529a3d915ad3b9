//! Values that parse and are not what their key wants: each is one finding, and a fix says what its author meant, with
//! every word of it, or there is none.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::base::diagnostic::{Diagnostic, Edit};
use dossier::session::{Options, Snapshot};
use dossier::world::edit;
use dossier::world::memory::MemoryWorld;

/// The lines of a file that its slip does not replace, by the folder of its kind.
const REST: [(&str, &[(&str, &str)]); 4] = [
    (
        "claims",
        &[
            ("title", "T"),
            ("summary", "S"),
            ("date", "2020-05-01"),
            ("by", "[kirby]"),
            ("status", "reported"),
            ("sources", "[paper]"),
            ("about", "[najin]"),
        ],
    ),
    (
        "places",
        &[("title", "Beirut"), ("summary", "S"), ("type", "city"), ("coordinates", "[33.8938, 35.5018]")],
    ),
    ("actors", &[("title", "A"), ("summary", "S"), ("type", "person")]),
    (
        "sources",
        &[
            ("title", "A paper"),
            ("summary", "S"),
            ("type", "report"),
            ("url", "https://example.org/x"),
            ("archive", "https://web.archive.org/web/2024/https://example.org/x"),
            ("accessed", "2024-01-01"),
        ],
    ),
];

/// A file of a kind with a slip, which replaces the lines of the same keys.
fn file(folder: &str, slip: &str) -> String {
    let (_, rest) = REST.iter().find(|(other, _)| *other == folder).unwrap();
    let is_replaced = |key: &str| {
        slip.lines().any(|line| line.split(':').next().is_some_and(|name| name.eq_ignore_ascii_case(key)))
    };
    let rest: String = rest
        .iter()
        .filter(|(key, _)| !is_replaced(key))
        .map(|(key, value)| format!("{key}: {value}\n"))
        .collect();
    format!("---\n{slip}\n{rest}---\nA text.\n")
}

/// What is said of each of these files, all in one dossier.
fn found_in(files: &[(String, String)]) -> BTreeMap<String, Vec<Diagnostic>> {
    let rules = [
        "unlinked-mention",
        "orphan-entity",
        "date-in-the-future",
        "duplicate-id",
        "unpublished-file",
        "source-before-claim",
        "contradiction-unacknowledged",
        "status-mismatch",
        "figures-conflict",
        "source-without-archive",
        "missing-alt-text",
        "broken-media",
        "metadata-left",
    ];
    let rules: String = rules.iter().map(|rule| format!("{rule} = \"off\"\n")).collect();
    let actor = |title: &str| format!("---\ntitle: {title}\ntype: organization\n---\n");
    let mut world = MemoryWorld::new()
        .with("dossier.toml", &*format!("[rules]\n{rules}"))
        .with("content/article.md", "---\ntitle: Home\npublished: 2023-11-09\n---\nx\n")
        .with("content/actors/kirby.md", "---\ntitle: John Kirby\ntype: person\n---\n")
        .with(
            "content/actors/hrw.md",
            "---\ntitle: Human Rights Watch\naliases: [HRW]\ntype: organization\n---\n",
        )
        .with("content/actors/reuters.md", &*actor("Reuters"))
        .with("content/actors/vladivostok-customs.md", &*actor("Customs of Vladivostok"))
        .with("content/actors/north-korea.md", &*actor("North Korea"))
        .with("content/places/najin.md", "---\ntitle: Najin\ntype: city\n---\n")
        .with("content/places/dunay.md", "---\ntitle: Dunay\ntype: city\n---\n")
        .with(
            "content/sources/paper.md",
            "---\ntitle: Paper\ntype: report\nurl: https://example.org/paper\n---\n",
        )
        .with("content/sources/b.png", "picture");
    for (path, text) in files {
        world = world.with(path, text.as_str());
    }
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for problem in snapshot.problems() {
        let path = problem.labels.first().map(|label| label.path.to_string()).unwrap_or_default();
        found.entry(path).or_default().push(problem.clone());
    }
    found
}

fn fixed(text: &str, found: &Diagnostic) -> Option<String> {
    let edits: Vec<&Edit> = found.fix.as_ref()?.edits.iter().collect();
    Some(edit::apply(text, &edits).0)
}

/// Values with what a fix makes of them; empty if there must be no fix.
#[rustfmt::skip]
const SLIPS: &[(&str, &str, &str)] = &[
    // Dates.
    ("claims", "date: 13/10/2023", "date: 2023-10-13"),
    ("claims", "date: Oct 13, 2023", "date: 2023-10-13"),
    ("claims", "date: 2020-10-7", "date: 2020-10-07"),
    ("claims", "date: 0000-00-00", ""),
    ("claims", "date: 0000-00-00 00:00:00", ""),
    ("claims", "date: 00/00/0000", ""),
    ("claims", "date: 2020-00-00", "date: 2020"),
    ("claims", "date: unknown", ""),
    ("claims", "date: n.d.", ""),
    ("claims", "date: today", ""),
    ("claims", "date: 07/10/2020", ""),
    ("claims", "date: 2023 or 2024", ""),
    ("claims", "date: 2023-10-13, 2023-10-14", ""),
    ("claims", "date: 1697155200", ""),
    ("claims", "date: 45212", ""),
    ("claims", "date: 31.11.2023", ""),
    ("claims", "date: not before 2023", ""),
    ("claims", "date: after 2023", ""),
    ("claims", "date: before 2023", ""),
    ("claims", "date: 2023 (published)", ""),
    ("claims", "date: 13 October 2023 and 15 November 2023", ""),
    ("claims", "date: {year: 2023, month: 10}", ""),
    // References.
    ("claims", "by: HRW, Reuters", "by: [hrw, reuters]"),
    ("claims", "by: HRW and Reuters", "by: [hrw, reuters]"),
    ("claims", "by: HRW / Reuters", "by: [hrw, reuters]"),
    ("claims", "by: HRW/Reuters", "by: [hrw, reuters]"),
    ("claims", "by: AP/Reuters", ""),
    ("claims", "by: AP / Reuters", ""),
    ("claims", "by: AP, Reuters", ""),
    ("claims", "by: (kirby, hrw)", "by: [kirby, hrw]"),
    ("claims", "by: {kirby, hrw}", "by: [kirby, hrw]"),
    ("claims", "by: [kirby, John Smith]", ""),
    ("claims", "by: [[kirby]]", "by: [kirby]"),
    ("claims", "by: {actor: kirby}", "by: kirby"),
    ("claims", "by: John Kirby", "by: kirby"),
    ("claims", "by: \"[John](../actors/kirby.md)\"", "by: kirby"),
    ("claims", "by: South Korea", ""),
    ("claims", "by: south-korea", ""),
    ("claims", "by: north_korea", "by: north-korea"),
    ("claims", "by: vladivostok-custmos", "by: vladivostok-customs"),
    ("claims", "by: Jhon Kirby", ""),
    ("claims", "by: kirby?", ""),
    ("claims", "by: not kirby", ""),
    ("claims", "by: anonymous", ""),
    ("claims", "sources: https://other.org/2019/paper", ""),
    ("claims", "sources: papre", "sources: paper"),
    ("claims", "about: najin; dunay", "about: [najin, dunay]"),
    // Words of a list.
    ("claims", "status: unconfirmed", ""),
    ("claims", "status: confirmed?", ""),
    ("claims", "status: not confirmed", ""),
    ("claims", "status: uncorroborated", ""),
    ("claims", "status: undisputed", ""),
    ("claims", "status: un-disputed", ""),
    ("claims", "status: unrefuted", ""),
    ("claims", "status: nonconfirmed", ""),
    ("claims", "status: disconfirmed", ""),
    ("claims", "status: not reported", ""),
    ("claims", "status: unverifed", "status: unverified"),
    ("claims", "status: [reported]", "status: reported"),
    // Keys.
    ("claims", "alises: [X]", "aliases: [X]"),
    ("claims", "sumary: A\nsummary: B", ""),
    ("claims", "dates: unknown\ndate: 2020", ""),
    ("claims", "wehn: 2020", "when: 2020"),
    ("claims", "wehn: perhaps", ""),
    ("claims", "resources: [x]", ""),
    // Figures.
    ("claims", "quantities:\n  - {value: 2,750, unit: x}", "quantities:\n  - {value: 2750, unit: x}"),
    ("claims", "quantities:\n  - {value: 1,000,000, unit: x}", "quantities:\n  - {value: 1000000, unit: x}"),
    ("claims", "quantities:\n  - {value: more than 1,000, unit: x}", "quantities:\n  - {value: 1000, comparator: more-than, unit: x}"),
    ("claims", "quantities:\n  - {value: 1.234,56, unit: x}", "quantities:\n  - {value: 1234.56, unit: x}"),
    ("claims", "quantities:\n  - {value: 1,5, unit: x}", "quantities:\n  - {value: 1.5, unit: x}"),
    ("claims", "quantities:\n  - {unit: x, value: 2,750}", "quantities:\n  - {unit: x, value: 2750}"),
    ("claims", "quantities:\n  - {value: 1,234,56, unit: x}", ""),
    ("claims", "quantities:\n  - {from: 3, to: 5, unit: x}", "quantities:\n  - {value: {from: 3, to: 5}, unit: x}"),
    ("claims", "quantities:\n  - {amount: 500}", "quantities:\n  - {value: 500}"),
    ("claims", "quantities:\n  - {amount: 2,750, unit: x}", "quantities:\n  - {value: 2750, unit: x}"),
    ("claims", "quantities:\n  - {500 containers}", "quantities:\n  - {value: 500, unit: containers}"),
    ("claims", "quantities:\n  - 500 containers", "quantities:\n  - {value: 500, unit: containers}"),
    ("claims", "quantities:\n  - {value: 1-2 million, unit: x}", "quantities:\n  - {value: {from: 1000000, to: 2000000}, unit: x}"),
    ("claims", "quantities:\n  - {value: 5, comparator: no more than}", "quantities:\n  - {value: 5, comparator: at-most}"),
    ("claims", "quantities:\n  - {value: 5, comparator: no less than}", "quantities:\n  - {value: 5, comparator: at-least}"),
    ("claims", "quantities:\n  - {value: 5 or 6, unit: x}", ""),
    ("claims", "quantities:\n  - {value: 1.500, unit: x}", ""),
    ("claims", "quantities:\n  - {value: many, unit: x}", ""),
    ("claims", "quantities:\n  - {value: 500 km, unit: miles}", ""),
    ("claims", "quantities:\n  - {value: more than 500, comparator: about}", ""),
    // Places.
    ("places", "coordinates: 33.8938, 35.5018", "coordinates: [33.8938, 35.5018]"),
    ("places", "coordinates: {lat: 33.8938, lon: 35.5018}", "coordinates: [33.8938, 35.5018]"),
    ("places", "coordinates: [33.8938, 35.5018, 20]", ""),
    ("places", "coordinates: 33°53′N", ""),
    ("places", "coordinates: near 33.8938, 35.5018", ""),
    ("places", "country: Lebanon", "country: LB"),
    ("places", "country: Soviet Union", ""),
    ("places", "country: USSR", ""),
    ("places", "country: Yugoslavia", ""),
    ("places", "country: Korea", ""),
    ("places", "country: Somaliland", ""),
    ("places", "country: Turkestan", ""),
    ("places", "country: Lebanon, Syria", ""),
    ("places", "country: Lebanon?", ""),
    ("places", "country: not Lebanon", ""),
    ("places", "country: LBN", "country: LB"),
    ("places", "country: LB - Lebanon", "country: LB"),
    ("places", "country: SY - Lebanon", ""),
    // Addresses.
    ("sources", "url: www.example.org/a", "url: https://www.example.org/a"),
    ("sources", "url: https://example.com/a, https://example.com/b", ""),
    ("sources", "url: https://example.com/a (accessed 2023)", ""),
    ("sources", "url: https://example.com/a b c", ""),
    ("sources", "url: see https://example.com/a", ""),
    ("sources", "url: me@example.org", ""),
    ("sources", "url: example", ""),
    ("sources", "url: https://", ""),
    ("actors", "same_as: https://www.wikidata.org/wiki/Q1, https://en.wikipedia.org/wiki/X", "same_as: [https://www.wikidata.org/wiki/Q1, https://en.wikipedia.org/wiki/X]"),
    // Texts.
    ("sources", "authors: {family: Doe, given: Jane}", "authors: \"Doe, Jane\""),
    ("sources", "authors:\n  - name: Jane Doe", "authors:\n  - Jane Doe"),
    ("sources", "authors:\n  - {family: Doe, given: Jane, role: editor}", ""),
    ("sources", "title: [a, b]", ""),
    ("sources", "title: {a: b}", ""),
    ("actors", "role: {english: spokesman}", "role: {en: spokesman}"),
    ("actors", "role: {spokesman: english}", ""),
    ("actors", "image: {src: ../sources/b.png, alt: Ships, at night}", "image: {src: ../sources/b.png, alt: \"Ships, at night\"}"),
    // Pictures.
    ("sources", "image: b.png", "image: {src: b.png}"),
    ("sources", "image: \"[[b.png]]\"", "image: {src: b.png}"),
    ("sources", "image: [[b.png]]", "image: {src: b.png}"),
    ("sources", "image: \"![[b.png|A ship]]\"", "image: {src: b.png, alt: A ship}"),
    ("sources", "image: \"![A ship](b.png)\"", "image: {src: b.png, alt: A ship}"),
    ("sources", "image: \"![[b.png|300]]\"", ""),
    // Where a value is.
    ("actors", "part_of: {actor: hrw, from: 2019-2021}", "part_of: {actor: hrw, from: 2019, to: 2021}"),
    ("actors", "part_of: {actor: hrw, from: 2019-2021, to: 2022}", ""),
    // Languages.
    ("sources", "language: English", "language: en"),
    ("sources", "language: English, French", ""),
    ("sources", "language: not English", ""),
    // Truths.
    ("claims", "draft: no", "draft: false"),
    ("claims", "draft: not yet", ""),
    ("claims", "draft: \"?\"", ""),
];

/// Files of a list of slips, each in its folder.
fn files<'a>(slips: impl Iterator<Item = (&'a str, String)>) -> Vec<(String, String)> {
    slips
        .enumerate()
        .map(|(number, (folder, slip))| (format!("content/{folder}/file{number:04}.md"), file(folder, &slip)))
        .collect()
}

#[test]
fn each_slip_is_one_finding_with_its_fix() {
    let before = files(SLIPS.iter().map(|(folder, slip, _)| (*folder, (*slip).to_owned())));
    let found = found_in(&before);
    let mut failures = Vec::new();
    let mut after = Vec::new();
    for ((path, text), (folder, slip, wanted)) in before.iter().zip(SLIPS) {
        let all = found.get(path).map_or(&[][..], Vec::as_slice);
        let told = || -> String {
            let told = all.iter().map(|one| format!("\n    [{}] {} | {:?}", one.code, one.message, one.help));
            told.collect()
        };
        let [one] = all else {
            failures.push(format!("{slip:?}: {} findings{}", all.len(), told()));
            continue;
        };
        match (wanted.is_empty(), fixed(text, one)) {
            (true, None) => {}
            (false, Some(new)) => after.push((path.clone(), new, slip, file(folder, wanted))),
            (_, new) => failures.push(format!("{slip:?}: fixed as {new:?}{}", told())),
        }
    }
    // As `check --fix` does, until none is left.
    for _ in 0..3 {
        let files: Vec<(String, String)> =
            after.iter().map(|(path, text, ..)| (path.clone(), text.clone())).collect();
        let found = found_in(&files);
        for (path, text, ..) in &mut after {
            if let Some(new) = found.get(path).and_then(|all| fixed(text, all.first()?)) {
                *text = new;
            }
        }
    }
    let files: Vec<(String, String)> =
        after.iter().map(|(path, text, ..)| (path.clone(), text.clone())).collect();
    let left = found_in(&files);
    for (path, text, slip, wanted) in &after {
        if text != wanted || left.contains_key(path) {
            failures.push(format!("{slip:?}: fixed as {text:?}\n    {:?}", left.get(path)));
        }
    }
    assert!(failures.is_empty(), "{} of {} slips:\n{}", failures.len(), SLIPS.len(), failures.join("\n"));
}

/// The value of each slip of one line, changed so that it says more, or the opposite: whatever is added must be in what
/// the fix writes, or there must be no fix.
#[test]
fn no_fix_drops_a_word() {
    type Change = (&'static str, fn(&str) -> String);
    let changes: [Change; 12] = [
        ("zorblat", |value| format!("{value} zorblat")),
        ("zorblat", |value| format!("zorblat {value}")),
        ("zorblat", |value| format!("{value} (zorblat)")),
        ("zorblat", |value| format!("{value}, zorblat")),
        ("zorblat", |value| format!("{value}/zorblat")),
        ("zorblat", |value| format!("zorblat/{value}")),
        ("77", |value| format!("{value} 77")),
        ("77", |value| format!("{value}-77")),
        ("not", |value| format!("not {value}")),
        ("un", |value| format!("un{value}")),
        ("non", |value| format!("non-{value}")),
        ("?", |value| format!("{value}?")),
    ];
    let values = SLIPS.iter().filter_map(|(folder, slip, _)| {
        let (key, value) = slip.split_once(": ")?;
        let value = value.trim_matches('"');
        let is_word = !slip.contains('\n') && !value.starts_with(['[', '{']);
        is_word.then_some((*folder, key, value))
    });
    let taken = [
        ("claims", "status", "confirmed"),
        ("claims", "status", "disputed"),
        ("claims", "by", "kirby"),
        ("claims", "by", "hrw"),
        ("claims", "date", "2023-10-13"),
        ("claims", "date", "2023"),
        ("claims", "basis", "statement"),
        ("claims", "likelihood", "likely"),
        ("places", "country", "LB"),
        ("sources", "url", "https://example.org/x"),
        ("sources", "language", "en"),
        ("sources", "type", "report"),
        ("sources", "reliability", "A"),
    ];
    let all: Vec<(&str, &str, &str)> = values.chain(taken).collect();
    let mut cases = Vec::new();
    for (folder, key, value) in all {
        for (added, change) in changes {
            cases.push((folder, added, format!("{key}: \"{}\"", change(value))));
        }
    }
    let before = files(cases.iter().map(|(folder, _, slip)| (*folder, slip.clone())));
    let found = found_in(&before);
    let mut failures = Vec::new();
    for ((path, text), (_, added, slip)) in before.iter().zip(&cases) {
        for one in found.get(path).into_iter().flatten() {
            let Some(new) = fixed(text, one) else { continue };
            let line = |text: &str| text.lines().nth(1).unwrap_or_default().to_lowercase();
            // A doubtful date keeps its doubt as EDTF's sign.
            if !line(&new).contains(added) {
                failures.push(format!("{slip} -> {} ({})", line(&new), one.message));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// Settings, each with what a fix makes of it; empty if there must be no fix.
#[test]
fn addresses_in_settings_get_what_they_lack() {
    let security = |contact: &str| format!("[security]\nexpires = \"2099-01-01\"\ncontact = \"{contact}\"\n");
    let base = |address: &str| format!("base_url = \"{address}\"\n");
    let slips = [
        (base("example.org/x"), base("https://example.org/x")),
        (base("www.example.org"), base("https://www.example.org")),
        (base("//example.org/"), base("https://example.org/")),
        (base("https:/example.org/"), base("https://example.org/")),
        (base("<https://example.org/>"), base("https://example.org/")),
        (base("https://example.org/?x=1"), String::new()),
        (base("https://example.org/a site"), String::new()),
        (base("my site"), String::new()),
        (base("me@example.org"), String::new()),
        (base("ftp://example.org"), String::new()),
        (security("me@example.org"), security("mailto:me@example.org")),
        (security("mailto: me@example.org"), security("mailto:me@example.org")),
        (security("<me@example.org>"), security("mailto:me@example.org")),
        (security("example.org/contact"), security("https://example.org/contact")),
        (security("http://example.org/contact"), String::new()),
        (security("me@example.org, you@example.org"), String::new()),
        (security("Ann <me@example.org>"), String::new()),
        (security("me at example.org"), String::new()),
    ];
    let found = |text: &str| {
        let world = MemoryWorld::new()
            .with("dossier.toml", text)
            .with("content/article.md", "---\ntitle: Home\npublished: 2023-11-09\n---\nx\n");
        Snapshot::take(Arc::new(world), &Options::default()).problems().to_vec()
    };
    for (text, wanted) in slips {
        let all = found(&text);
        let [one] = all.as_slice() else { panic!("{text}: {all:?}") };
        assert_eq!(fixed(&text, one).unwrap_or_default(), wanted, "{text}");
        assert!(wanted.is_empty() || found(&wanted).is_empty(), "{wanted}: {:?}", found(&wanted));
    }
}

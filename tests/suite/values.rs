//! Values as people write them: what is fixed, what is left to a person, and that no rule concludes anything from a
//! value that could not be read.

use std::sync::Arc;

use dossier::base::date::Day;
use dossier::base::diagnostic::{Diagnostic, Edit};
use dossier::session::{Options, Snapshot};
use dossier::world::edit;
use dossier::world::memory::MemoryWorld;

const CLAIM: &str =
    "---\ntitle: Kirby says so\ndate: 2023-10-13\nby: [kirby]\nabout: [najin]\nsources: [paper]\n---\n";
const SOURCE: &str = "---\ntitle: The paper\npublished: 2023-10-14\nurl: https://example.org/a\narchive: https://web.archive.org/web/2023/https://example.org/a\n---\n";
const PLACE: &str = "---\ntitle: Najin\ncountry: KP\ncoordinates: [42.226, 130.297]\n---\n";

fn world() -> MemoryWorld {
    MemoryWorld::new()
        .with("dossier.toml", "[rules]\nunlinked-mention = \"off\"\n")
        .with(
            "content/article.md",
            "---\ntitle: Home\npublished: 2023-11-09\n---\n[[said-so]], [[hrw]], [[reuters]], [[kirby]], [[paper]], [[najin]].\n",
        )
        .with("content/actors/kirby.md", "---\ntitle: John Kirby\n---\n")
        .with("content/actors/hrw.md", "---\ntitle: Human Rights Watch\naliases: [HRW]\n---\n")
        .with("content/actors/reuters.md", "---\ntitle: Reuters\n---\n")
        .with("content/actors/iraq.md", "---\ntitle: Iraq\n---\n[[camp-7]] [[north-korea]] [[mario-silva]]\n")
        .with("content/actors/north-korea.md", "---\ntitle: North Korea\n---\n[[iraq]]\n")
        .with("content/actors/mario-silva.md", "---\ntitle: Mario Silva\n---\n")
        .with("content/places/camp-7.md", "---\ntitle: Camp 7\n---\n")
        .with("content/places/najin.md", PLACE)
        .with("content/sources/paper.md", SOURCE)
        .with("content/claims/said-so.md", CLAIM)
}

fn found_in(path: &str, text: &str) -> Arc<Snapshot> {
    Snapshot::take(Arc::new(world().with(path, text)), &Options::default())
}

fn told(found: &[Diagnostic]) -> String {
    let line = |found: &Diagnostic| format!("  [{}] {} | {:?}", found.code, found.message, found.help);
    found.iter().map(line).collect::<Vec<String>>().join("\n")
}

/// Applies all fixes to a file of a dossier until none is left, as `check --fix` does.
pub(super) fn after_fixes(path: &str, text: &str, dossier: impl Fn(&str) -> Arc<Snapshot>) -> String {
    let mut text = text.to_owned();
    for _ in 0..4 {
        let snapshot = dossier(&text);
        let fixes = snapshot.problems().iter().filter_map(|found| found.fix.as_ref());
        let edits: Vec<&Edit> =
            fixes.flat_map(|fix| &fix.edits).filter(|edit| edit.path.as_str() == path).collect();
        if edits.is_empty() {
            break;
        }
        text = edit::apply(&text, &edits).0;
    }
    text
}

fn fixed(path: &str, text: &str) -> String {
    after_fixes(path, text, |text| found_in(path, text))
}

/// Replaces lines of a file. Each has exactly one finding; after the fixes, it is the second line, or as it was.
#[track_caller]
fn check(path: &str, base: &str, line: &str, list: &[(&str, &str)]) {
    let mut failures = Vec::new();
    assert!(base.contains(line), "{line}");
    for (written, wanted) in list {
        let text = base.replacen(line, written, 1);
        let snapshot = found_in(path, &text);
        if snapshot.problems().len() != 1 {
            failures.push(format!(
                "{written:?}: {} findings\n{}",
                snapshot.problems().len(),
                told(snapshot.problems())
            ));
        }
        let wanted = base.replacen(line, if wanted.is_empty() { written } else { wanted }, 1);
        let fixed = fixed(path, &text);
        if fixed != wanted {
            failures.push(format!("{written:?}: fixed as {fixed:?}\n{}", told(snapshot.problems())));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n\n{}", failures.len(), list.len(), failures.join("\n\n"));
}

#[test]
fn lists_of_ids() {
    check(
        "content/claims/said-so.md",
        CLAIM,
        "by: [kirby]",
        &[
            ("by: (kirby, hrw)", "by: [kirby, hrw]"),
            ("by: [kirby، hrw]", "by: [kirby, hrw]"),
            ("by: [kirby，hrw]", "by: [kirby, hrw]"),
            ("by: [kirby hrw]", "by: [kirby, hrw]"),
            ("by: {kirby, hrw}", "by: [kirby, hrw]"),
            ("by: HRW / Reuters", "by: [hrw, reuters]"),
            ("by: HRW/Reuters", "by: [hrw, reuters]"),
            ("by: HRW & Reuters", "by: [hrw, reuters]"),
            ("by:\n  - kirby, hrw", "by:\n  - kirby\n  - hrw"),
            ("by:\n  1. kirby\n  2. hrw", "by:\n  - kirby\n  - hrw"),
            ("by:\n  - kirby\n   - hrw", "by:\n  - kirby\n  - hrw"),
            ("by:\n- kirby\nhrw", "by:\n- kirby\n- hrw"),
            ("by:\n \u{a0}- kirby\n  - hrw", "by:\n  - kirby\n  - hrw"),
            ("by:\n  -\u{a0}kirby\n  - hrw", "by:\n  - kirby\n  - hrw"),
            ("by: [[kirby]]", "by: [kirby]"),
            ("by: [[kirby|John]]", "by: [kirby]"),
            ("by: {actor: kirby}", "by: kirby"),
            ("by: [{actor: kirby}]", "by: [kirby]"),
            ("by: [John](../actors/kirby.md)", "by: kirby"),
            ("By: [kirby]", "by: [kirby]"),
            ("by: John Kirby", "by: kirby"),
            ("by: [kriby]", "by: [kirby]"),
            ("by: kirby;", "by: kirby"),
            ("by: <kirby>", "by: kirby"),
            ("by: (kirby)", "by: kirby"),
            ("by: @kirby", "by: \"kirby\""),
            ("by: [@kirby, @hrw]", "by: [\"kirby\", \"hrw\"]"),
            ("by: “kirby”", "by: kirby"),
            ("by: «kirby»", "by: kirby"),
            ("by: kirby\u{200b}", "by: kirby"),
            ("by: kirby\u{200f}", "by: kirby"),
            ("by: ｋｉｒｂｙ", "by: kirby"),
            ("by: \"![[kirby]]\"", "by: \"kirby\""),
            ("by: john-kirby", "by: kirby"),
            ("by: human-rights-watch", "by: hrw"),
            ("by:\n  - kirby\n  - hrw,", "by:\n  - kirby\n  - hrw"),
            ("by:\n  - kirby\n  - “hrw”", "by:\n  - kirby\n  - hrw"),
            ("by:\n  a) kirby\n  b) hrw", "by:\n  - kirby\n  - hrw"),
            ("by: kirby, hrw, and reuters", "by: [kirby, hrw, reuters]"),
            ("by: kirby; hrw; dan reuters", "by: [kirby, hrw, reuters]"),
            ("by: kirby,hrw,", "by: [kirby, hrw]"),
            ("by: kirby・hrw", "by: [kirby, hrw]"),
            ("by: >\n  kirby, hrw", "by: [kirby, hrw]"),
            ("by: |\n  kirby, hrw", "by: [kirby, hrw]"),
            ("by: #kirby #hrw", "by: [kirby, hrw]"),
        ],
    );
}

#[test]
fn sources_with_what_is_written_beside_them() {
    let at = |locator: &str| format!("sources: {{source: paper, locator: {locator}}}");
    let page = at("p. 4");
    check(
        "content/claims/said-so.md",
        CLAIM,
        "sources: [paper]",
        &[
            ("sources: https://example.org/a", "sources: paper"),
            ("sources: [https://example.org/a/]", "sources: [paper]"),
            ("sources: paper (p. 4)", &page),
            ("sources: paper, p. 4", &page),
            ("sources: paper#page=4", &page),
            ("sources: The paper, p. 4", &page),
            ("sources: \"paper: p. 4\"", &page),
            ("sources: paper: p. 4", &page),
            ("sources: paper, hlm. 12–13", &at("hlm. 12–13")),
            ("sources: paper (00:01:32)", &at("00:01:32")),
            ("sources: [paper, p. 4]", "sources: [{source: paper, locator: p. 4}]"),
            ("sources:\n  - paper, p. 4", "sources:\n  - {source: paper, locator: p. 4}"),
            ("sources:\n  - paper: p. 4", "sources:\n  - {source: paper, locator: p. 4}"),
        ],
    );
    for written in ["sources: https://example.org/b", "sources: paper, 4 May", "sources: paper and p. 4"] {
        let text = CLAIM.replace("sources: [paper]", written);
        assert_eq!(fixed("content/claims/said-so.md", &text), text);
    }
}

#[test]
fn signs_and_comments_of_other_programs_in_front_matter() {
    let path = "content/claims/said-so.md";
    let inner = CLAIM.trim_start_matches("---\n").trim_end_matches("---\n");
    let each = |change: &dyn Fn(&str) -> String| -> String {
        let lines: String = inner.lines().map(|line| change(line) + "\n").collect();
        format!("---\n{lines}---\n")
    };
    let cases = [
        (CLAIM.replace("title:", " title:"), CLAIM.to_owned()),
        (CLAIM.replace("title:", "  title:"), CLAIM.to_owned()),
        (each(&|line| format!("{line};")), CLAIM.to_owned()),
        (each(&|line| format!("{line},")), CLAIM.to_owned()),
        (format!("---\n{CLAIM}"), CLAIM.to_owned()),
        (format!("%YAML 1.2\n{CLAIM}"), CLAIM.to_owned()),
        (CLAIM.replace("title:", "1. title:").replace("date:", "2. date:"), CLAIM.to_owned()),
        (CLAIM.replace("date:", "%% x %%\ndate:"), CLAIM.replace("date:", "# %% x %%\ndate:")),
        (CLAIM.replace("date:", "// x\ndate:"), CLAIM.replace("date:", "# // x\ndate:")),
    ];
    for (written, wanted) in cases {
        let snapshot = found_in(path, &written);
        assert_eq!(snapshot.problems().len(), 1, "{written}\n{}", told(snapshot.problems()));
        assert_eq!(fixed(path, &written), wanted, "{written}\n{}", told(snapshot.problems()));
    }
    // What may be a text is only offered.
    for line in ["-- x", "; x", "x y"] {
        let written = CLAIM.replace("date:", &format!("{line}\ndate:"));
        let snapshot = found_in(path, &written);
        assert_eq!(snapshot.problems().len(), 1, "{written}\n{}", told(snapshot.problems()));
        assert_eq!(fixed(path, &written), written);
    }
    let boxes = CLAIM.replace("by: [kirby]", "by:\n  - [x] kirby\n  - [ ] hrw");
    assert_eq!(fixed(path, &boxes), boxes);
}

#[test]
fn a_figure_is_read_in_the_language_of_its_file() {
    let about = "about: [najin]";
    let line = |figure: &str| format!("{about}\nquantities:\n  - {{value: {figure}, unit: x}}");
    let dossier = |lang: &str, text: &str| {
        let settings = format!("languages = [\"{lang}\"]\n[rules]\nunlinked-mention = \"off\"\n");
        let world = world().with("dossier.toml", settings).with("content/claims/said-so.md", text);
        Snapshot::take(Arc::new(world), &Options::default())
    };
    for (lang, written, wanted) in [
        ("en", "1,234", "1234"),
        ("en", "2 billion", "2000000000"),
        ("en", "1.5m", "1500000"),
        ("id", "1,234", ""),
        ("id", "1.234", ""),
        ("id", "1,25", "1.25"),
        ("id", "2 miliar", "2000000000"),
        ("de", "1,500", ""),
        ("de", "2 Billion", ""),
        ("de", "2 Milliarden", "2000000000"),
        ("es", "1 Trillion", ""),
        ("fr", "2 billion", ""),
        ("en", "nearly 30", ""),
        ("en", "[10, 20]", ""),
        ("en", "two hundred and fifty", ""),
        ("en", "{min: 10, max: 20}", "{from: 10, to: 20}"),
        ("en", "30 or more", "30, comparator: at-least"),
    ] {
        let text = CLAIM.replace(about, &line(written));
        let wanted = CLAIM.replace(about, &line(if wanted.is_empty() { written } else { wanted }));
        let found = dossier(lang, &text);
        assert!(!found.problems().is_empty(), "{lang} {written}");
        let fixed = after_fixes("content/claims/said-so.md", &text, |text| dossier(lang, text));
        assert_eq!(fixed, wanted, "{lang} {written}\n{}", told(found.problems()));
    }
}

#[test]
fn nothing_is_concluded_from_a_text_that_a_slip_keeps_back() {
    let kirby = CLAIM.replace("[kirby]", "[silva]").replace("about:", "draft: maybe\nabout:");
    let world = world()
        .with("content/actors/silva.md", "---\ntitle: Silva\n---\n")
        .with("content/claims/said-so.md", kirby);
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let [one] = snapshot.problems() else { panic!("{}", told(snapshot.problems())) };
    assert!(one.message.contains("`maybe`"), "{}", one.message);
}

#[test]
fn a_link_to_a_file_that_cannot_be_read_is_no_second_finding() {
    let article = "---\ntitle: Home\npublished: 2023-11-09\n---\n[x](claims/said-so.md) [[hrw]], [[reuters]], [[kirby]], [[paper]], [[najin]].\n";
    let utf16: Vec<u8> = CLAIM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let zip = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xdf\xa4\xd2".to_vec();
    for bytes in [utf16, zip] {
        let world = world()
            .with("content/article.md", article)
            .with("content/actors/silva.md", "---\ntitle: Silva\n---\n[[iraq]]")
            .with("content/claims/said-so.md", bytes.clone());
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let codes: Vec<&str> = snapshot.problems().iter().map(|found| found.code).collect();
        let orphan = if bytes.starts_with(b"PK") { &[][..] } else { &["orphan-entity"] };
        assert_eq!(codes, [orphan, &["unreadable-file"]].concat(), "{}", told(snapshot.problems()));
    }
}

#[test]
fn another_name_is_not_taken() {
    let none = [
        "by: AP/Reuters",
        "by: [iran]",
        "by: [south-korea]",
        "by: [maria-silva]",
        "by: [Jhon Kirby]",
        "by: [nobody]",
    ];
    check("content/claims/said-so.md", CLAIM, "by: [kirby]", &none.map(|line| (line, "")));
    let none = ["about: [camp-8]", "about: camp 77", "about: [najim]"];
    check("content/claims/said-so.md", CLAIM, "about: [najin]", &none.map(|line| (line, "")));
    let none = ["sources: https://other.org/2019/paper", "sources: [papers]", "sources: [other/paper]"];
    check("content/claims/said-so.md", CLAIM, "sources: [paper]", &none.map(|line| (line, "")));
    let links =
        [("[[iraq]]", "[[Iran]]"), ("[[camp-7]]", "[[camp-8]]"), ("[[north-korea]]", "[x](south-korea.md)")];
    for (there, written) in links {
        let text = "---\ntitle: Iraq\n---\n[[camp-7]] [[north-korea]] [[mario-silva]] [[iraq]]\n"
            .replace(there, written);
        assert_eq!(fixed("content/actors/iraq.md", &text), text);
    }
}

#[test]
fn words_of_a_list() {
    let slips = [
        ("about: [najin]\nstatus: cofirmed", ""),
        ("about: [najin]\nstatus: unconfirmed", ""),
        ("about: [najin]\nstatus: not confirmed", ""),
        ("about: [najin]\nstatus: confirmed?", ""),
        ("about: [najin]\nstatus: undisputed", ""),
        ("about: [najin]\nstatus: un-disputed", ""),
        ("about: [najin]\nstatus: uncorroborated", ""),
    ];
    // A claim may not be confirmed by one source, so this one word has a finding after its fix.
    check("content/claims/said-so.md", CLAIM, "about: [najin]", &slips[1..]);
    let text = CLAIM.replace("about:", "status: cofirmed\nabout:");
    assert!(fixed("content/claims/said-so.md", &text).contains("status: confirmed\n"));
}

#[test]
fn dates_and_what_is_not_known() {
    let none = [
        "date: 0000-00-00",
        "date: unknown",
        "date: n.d.",
        "date: today",
        "date: 2023 or 2024",
        "date: 2023-10-13, 2023-10-14",
        "date: 31.11.2023",
        "date: 07/10/2020",
    ];
    check("content/claims/said-so.md", CLAIM, "date: 2023-10-13", &none.map(|line| (line, "")));
    check(
        "content/claims/said-so.md",
        CLAIM,
        "date: 2023-10-13",
        &[
            ("date: ?", "date: "),
            ("date: 13/10/2023", "date: 2023-10-13"),
            ("date: 2023-10-1O", "date: 2023-10-10"),
            ("date: l3 October 2023", "date: 2023-10-13"),
            ("date: 13.10.2023 г.", "date: 2023-10-13"),
            ("date: 2023-10-13/14", "date: 2023-10-13/2023-10-14"),
            ("date: night of 13-14 October 2023", "date: 2023-10-13/2023-10-14"),
        ],
    );
    let choices = |line: &str| {
        let snapshot = found_in("content/claims/said-so.md", &CLAIM.replace("date: 2023-10-13", line));
        let found = &snapshot.problems()[0];
        (found.choices.len(), found.help.concat())
    };
    assert_eq!(choices("date: unknown").0, 1);
    assert_eq!(choices("date: 07/10/2020").0, 2);
    assert_eq!(choices("date: 2023 or 2024").0, 2);
    assert!(choices("date: next week").1.contains("leave `date` empty if it is not known"));
}

#[test]
fn addresses() {
    let path = "content/sources/paper.md";
    let right = "url: https://example.org/a";
    check(
        path,
        SOURCE,
        right,
        &[
            ("url: www.example.org", "url: https://www.example.org"),
            ("url: example.org/x", "url: https://example.org/x"),
            ("url: https: //example.org/a", right),
            ("url: “https://example.org/a”", right),
            ("url: <https://example.org/a>", right),
            ("url: doi:10.1000/182", "url: https://doi.org/10.1000/182"),
            ("url: https://example.org/a b.pdf", "url: https://example.org/a%20b.pdf"),
            ("url: https://example.org/a, https://example.org/b", ""),
            ("url: https://example.org/a (accessed 2023)", ""),
            ("url: https://", ""),
            ("url: me@example.org", ""),
            ("url: https://https://example.org/a", right),
            ("url: (https://example.org/a)", right),
            ("url: https://example.org/a,", right),
            ("url: https://example.org/a;", right),
            ("url: https://example.org/a\u{200b}", right),
            ("url: https://user:word@example.org/a", ""),
            ("url: https://example[.]org/a", ""),
            ("url: https://example.org/a…", ""),
            ("url: https://\u{435}xample.org/a", ""),
            ("url: http://localhost:1111/x", ""),
            (
                "url: https://example.org/a\nsame_as: https://example.org/b, https://example.org/c",
                "url: https://example.org/a\nsame_as: [https://example.org/b, https://example.org/c]",
            ),
        ],
    );
}

#[test]
fn countries_and_points() {
    let path = "content/places/najin.md";
    check(
        path,
        PLACE,
        "country: KP",
        &[
            ("country: PRK", "country: KP"),
            ("country: KP - North Korea", "country: KP"),
            ("country: North Korea (KP)", "country: KP"),
            ("country: Republic of Lebanon", "country: LB"),
            ("country: \"[[KP]]\"", "country: KP"),
            ("country: USSR", ""),
            ("country: Soviet Union", ""),
            ("country: Korea", ""),
        ],
    );
    check(
        path,
        PLACE,
        "coordinates: [42.226, 130.297]",
        &[
            ("coordinates: lat: 42.226, lon: 130.297", "coordinates: [42.226, 130.297]"),
            ("coordinates: [42.226, 130.297, 12]", ""),
        ],
    );
}

#[test]
fn figures_in_braces() {
    let about = "about: [najin]";
    let line = |figure: &str| format!("{about}\nquantities:\n  - {{{figure}}}");
    for (written, wanted) in [
        ("value: 2,750, unit: x", "value: 2750, unit: x"),
        ("value: 1,000,000, unit: x", "value: 1000000, unit: x"),
        ("value: 1.234,56, unit: x", "value: 1234.56, unit: x"),
        ("value: 1,5, unit: x", "value: 1.5, unit: x"),
        ("value: more than 1,000, unit: x", "value: 1000, comparator: more-than, unit: x"),
        ("value: 1-2 million", "value: {from: 1000000, to: 2000000}"),
        ("value:1000, unit:x", "value: 1000, unit: x"),
        ("value: 1000, unit: x of: arms", "value: 1000, unit: x, of: arms"),
        ("value: 1000, unit: {en:km}", "value: 1000, unit: {en:km}"),
        ("amount: 500", "value: 500"),
    ] {
        check("content/claims/said-so.md", CLAIM, about, &[(&line(written), &line(wanted))]);
    }
}

#[test]
fn a_text_with_a_slip_in_its_draft_or_embargo_is_not_published() {
    for line in [
        "draft: yes",
        "draft: \"yes\"",
        "draft: maybe",
        "Draft: true",
        "drafts: true",
        "embargo: next week",
        "embargoed: 2099-01-01",
        "summary: >\n  Some words.\n  draft: true",
        "summary: |\n  Some words.\n  embargo: 2099-01-01",
    ] {
        let text = CLAIM.replace("about:", &format!("{line}\nabout:"));
        let snapshot = found_in("content/claims/said-so.md", &text);
        assert_eq!(snapshot.problems().len(), 1, "{line}\n{}", told(snapshot.problems()));
        let builder = snapshot.builder().expect("the theme of the program");
        assert!(builder.files().iter().all(|(path, _)| !path.as_str().contains("said-so")), "{line}");
    }
    for line in [
        "draft: no",
        // Sentences with these words.
        "summary: \"The first draft: on the table, an embargo: 1991\"",
        "summary: >\n  They spoke of the\n  embargo: it was lifted in 1991.",
    ] {
        let snapshot =
            found_in("content/claims/said-so.md", &CLAIM.replace("about:", &format!("{line}\nabout:")));
        let builder = snapshot.builder().expect("the theme of the program");
        assert!(builder.files().iter().any(|(path, _)| path.as_str().contains("said-so")), "{line}");
    }
}

#[test]
fn files_in_other_encodings_are_one_finding() {
    let utf16: Vec<u8> = CLAIM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [&[0xFF, 0xFE], &utf16[..]].concat();
    let latin = CLAIM.replace("says so", "says caf\u{1}").into_bytes();
    let latin: Vec<u8> = latin.into_iter().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect();
    for (bytes, message) in [
        (utf16, "in UTF-16"),
        (with_mark, "in UTF-16"),
        (latin, "in Windows-1252, of old Windows programs: line 2 has `café`"),
    ] {
        let world = world().with("content/claims/said-so.md", bytes);
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let [one] = snapshot.problems() else { panic!("{}", told(snapshot.problems())) };
        assert!(one.message.contains(message), "{}", one.message);
    }
}

#[test]
fn front_matter_of_other_programs_and_places() {
    let path = "content/claims/said-so.md";
    let body = "Body.\n";
    let inner = CLAIM.trim_start_matches("---\n").trim_end_matches("---\n");
    let json = "{\"title\": \"Kirby says so\", \"date\": \"2023-10-13\", \"by\": [\"kirby\"], \"about\": [\"najin\"],\n  \"sources\": [\"paper\"]}";
    let cases = [
        (format!("```yaml\n{CLAIM}{body}"), format!("{CLAIM}{body}")),
        (format!("```yaml\n{CLAIM}```\n{body}"), format!("{CLAIM}{body}")),
        (format!("{}---\n{body}", CLAIM.trim_end_matches("\n---\n")), format!("{CLAIM}{body}")),
        (format!("{json}\n\n{body}"), format!("---\n{json}\n---\n\n{body}")),
        (format!("# Kirby\n{CLAIM}{body}"), format!("{CLAIM}# Kirby\n{body}")),
        (format!("<!-- x -->\n\n{CLAIM}{body}"), format!("{CLAIM}<!-- x -->\n\n{body}")),
        (CLAIM.replace("by:", "---\n---\nby:"), CLAIM.to_owned()),
        (CLAIM.replace("by:", "---\n\n---\nby:"), CLAIM.to_owned()),
        (CLAIM.replace("by:", "---\n\n---\n# who\nby:"), CLAIM.replace("by:", "# who\nby:")),
        (CLAIM.replace('\n', "\r"), CLAIM.to_owned()),
        (format!("---\n{inner}# What happened\n\n{body}"), format!("{CLAIM}# What happened\n\n{body}")),
        (format!("---\n{}", inner.trim_end().trim_end_matches(']')), CLAIM.to_owned()),
    ];
    for (written, wanted) in cases {
        let snapshot = found_in(path, &written);
        assert_eq!(snapshot.problems().len(), 1, "{written}\n{}", told(snapshot.problems()));
        assert_eq!(fixed(path, &written), wanted, "{written}\n{}", told(snapshot.problems()));
    }
    for written in [
        CLAIM.lines().map(|line| format!("> {line}\n")).collect::<String>(),
        CLAIM.replace("by:", "---\n---\ntitle: Another\nby:"),
        "{\"title\": \"K\", \"by\": [\"kirby\"],}\n\nBody\n".to_owned(),
    ] {
        let snapshot = found_in(path, &written);
        assert_eq!(snapshot.problems().len(), 1, "{written}\n{}", told(snapshot.problems()));
        assert_eq!(fixed(path, &written), written);
    }
}

#[test]
fn words_that_yaml_takes_for_something_else() {
    check(
        "content/claims/said-so.md",
        CLAIM,
        "title: Kirby says so",
        &[
            ("title: &Kirby says so", "title: \"&Kirby says so\""),
            ("title: !Kirby says so", "title: \"!Kirby says so\""),
            ("title: !important Kirby", "title: \"!important Kirby\""),
            ("title: Kirby: 1,000\"", "title: \"Kirby: 1,000\""),
            ("title: \"Kirby: by letter\"\"", "title: \"Kirby: by letter\""),
            ("title: |-", "title: \"Said so\""),
            ("title: \"K: x\"aliases: [b]", "title: \"K: x\"\naliases: [b]"),
            ("title: K\naliases: [\"a\", \"b]", "title: K\naliases: [\"a\", \"b\"]"),
            ("title: K\nvia: #hrw", "title: K\nvia: hrw"),
            ("title: K\ndate created: 2023", ""),
        ],
    );
}

#[test]
fn the_day_on_which_a_file_was_made() {
    let day = Day { year: 2023, month: 10, day: 13 };
    let codes = |world: MemoryWorld| {
        let snapshot = Snapshot::take(Arc::new(world), &Options { redact: true, ..Options::default() });
        snapshot.problems().iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(world().made_on(day)), ["date-of-file"]);
    assert!(codes(world().made_on(Day { day: 14, ..day })).is_empty());
    let published = SOURCE.replace("2023-10-14", "2023-10-13");
    assert!(codes(world().with("content/sources/paper.md", published).made_on(day)).is_empty());
    let settings = "[[redact]]\nwords = \"Siti Aminah\"\n";
    assert_eq!(codes(world().with("dossier.toml", settings).made_on(day)), ["date-of-file"]);
}

#[test]
fn a_setting_below_a_table_is_told_where_it_belongs() {
    let settings = "[rules]\nunlinked-mention = \"off\"\ntitle = \"My site\"\n";
    let snapshot = Snapshot::take(Arc::new(world().with("dossier.toml", settings)), &Options::default());
    let [one] = snapshot.problems() else { panic!("{}", told(snapshot.problems())) };
    assert!(one.message.contains("below the line `[rules]`"), "{}", one.message);
    let settings = "[title]\nen = \"T\"\nlanguages = [\"en\"]\n[rules]\nunlinked-mention = \"off\"\n";
    let snapshot = Snapshot::take(Arc::new(world().with("dossier.toml", settings)), &Options::default());
    let [one] = snapshot.problems() else { panic!("{}", told(snapshot.problems())) };
    assert!(one.message.contains("below the line `[title]`"), "{}", one.message);
    let settings = "base_url = \"www.example.org/x\"\n[rules]\nunlinked-mention = \"off\"\n";
    let snapshot = Snapshot::take(Arc::new(world().with("dossier.toml", settings)), &Options::default());
    let [one] = snapshot.problems() else { panic!("{}", told(snapshot.problems())) };
    let fix = one.fix.as_ref().expect("a fix");
    assert_eq!(fix.edits[0].replacement, "\"https://www.example.org/x\"");
}

#[test]
fn authors_as_people_write_them() {
    let one = "authors: Jane Doe";
    let base = SOURCE.replace("title: The paper", &format!("title: The paper\n{one}"));
    let sure = [
        ("authors: Doe, Jane; Roe, John", "authors: [\"Doe, Jane\", \"Roe, John\"]"),
        ("authors: Jane Doe; John Roe; and Max Moe", "authors: [Jane Doe, John Roe, Max Moe]"),
        ("authors: by Jane Doe", one),
        ("authors: Oleh Jane Doe", one),
        ("authors: \"Oleh: Jane Doe\"", one),
        ("authors: [Doe, Jane; Roe, John]", "authors: [\"Doe, Jane\", \"Roe, John\"]"),
    ];
    check("content/sources/paper.md", &base, one, &sure);
    // Several readings, of which a person chooses.
    let choices: [(&str, &[&str]); 25] = [
        ("Peter Müller und Anna Schmidt", &["[Peter Müller, Anna Schmidt]"]),
        ("Иван Иванов и Анна Иванова", &["[Иван Иванов, Анна Иванова]"]),
        ("Agus Wijaya / Dewi Lestari", &["[Agus Wijaya, Dewi Lestari]"]),
        ("Bappenas, BPS, dan KKP", &["[Bappenas, BPS, KKP]"]),
        ("Smith, J., Jones, K., and Lee, S.", &["[\"Smith, J.\", \"Jones, K.\", \"Lee, S.\"]"]),
        ("Reuters, AFP", &["[Reuters, AFP]", "\"Reuters, AFP\""]),
        ("Jane Doe and John Roe", &["[Jane Doe, John Roe]"]),
        ("Jane Doe & John Roe", &["[Jane Doe, John Roe]"]),
        ("Jane Doe dan John Roe", &["[Jane Doe, John Roe]"]),
        ("\"Jane Doe and John Roe\"", &["[Jane Doe, John Roe]"]),
        ("[Jane Doe and John Roe, Max Moe]", &["Jane Doe, John Roe"]),
        ("\n  - Jane Doe and John Roe", &["Jane Doe\n  - John Roe"]),
        ("Jane Doe, John Roe and Max Moe", &["[Jane Doe, John Roe, Max Moe]"]),
        ("Doe, Jane, and John Roe", &["[\"Doe, Jane\", John Roe]"]),
        ("Doe, J. & Roe, M.", &["[\"Doe, J.\", \"Roe, M.\"]"]),
        ("Jane Doe, John Roe", &["[Jane Doe, John Roe]", "\"Jane Doe, John Roe\""]),
        ("Jane Doe, Reuters", &["[Jane Doe, Reuters]", "\"Jane Doe, Reuters\""]),
        ("García Márquez, Gabriel", &["[García Márquez, Gabriel]", "\"García Márquez, Gabriel\""]),
        ("Jane Doe, John Roe, Max Moe", &["[Jane Doe, John Roe, Max Moe]"]),
        ("Doe, Jane, Roe, John", &["[Doe, Jane, Roe, John]", "[\"Doe, Jane\", \"Roe, John\"]"]),
        ("[Doe, Jane]", &["\"Doe, Jane\""]),
        ("[Doe, Jane, Roe, John]", &["\"Doe, Jane\", \"Roe, John\""]),
        (
            "Ministry of Defence, Ukraine",
            &["[Ministry of Defence, Ukraine]", "Ministry of Defence (Ukraine)"],
        ),
        ("\"Jane Doe, Ministry of Defence\"", &["[Jane Doe, Ministry of Defence]"]),
        ("Jane Doe <jane@example.org>", &["Jane Doe"]),
    ];
    for (written, wanted) in choices {
        let text = base.replacen(one, &format!("authors: {written}"), 1);
        let snapshot = found_in("content/sources/paper.md", &text);
        let [found] = snapshot.problems() else { panic!("{written}:\n{}", told(snapshot.problems())) };
        let offered: Vec<&str> =
            found.choices.iter().map(|choice| choice.edits[0].replacement.as_str()).collect();
        assert_eq!(
            (found.code, offered.as_slice(), &found.fix),
            ("unclear-author", wanted, &None),
            "{written}"
        );
    }
    let clear = [
        "Jane Doe",
        "Reuters",
        "[Reuters, AFP]",
        "[Jane Doe, Reuters]",
        "Doe, Jane",
        "\"Doe, Jane\"",
        "[\"Doe\", \"Jane\"]",
        "[\"Doe, Jane\", Reuters]",
        "\"García Márquez, Gabriel\"",
        "van der Berg, Jan Willem",
        "King, Martin Luther, Jr.",
        "Food and Drug Administration",
        "National Aeronautics and Space Administration",
        "Smith & Wesson",
        "Ministry of Defence",
        "山田太郎",
        "\"Healy, Nuala\"",
        "Byron Jones",
        "[Doe, Reuters, Jane]",
        "José Ortega y Gasset",
        "Siti Rahayu, S.H., M.H.",
        "Martin Luther King, Jr.",
        "Rowling, J. K.",
    ];
    for written in clear {
        let text = base.replacen(one, &format!("authors: {written}"), 1);
        let snapshot = found_in("content/sources/paper.md", &text);
        assert!(snapshot.problems().is_empty(), "{written}:\n{}", told(snapshot.problems()));
    }
}

/// What another slip made of a file must not become a text: such a fix is only offered.
#[test]
fn no_fix_takes_keys_into_a_text() {
    let claim = "---\ntitle: Kirby says so\nsummary: He says so.\ndate: 2023-10-13\nby: [kirby]\n\
                 status: reported\nbasis: statement\nabout: [najin]\nsources: [paper]\n---\nText.\n";
    let slips = [
        ("sources: [paper]", "sources:\n  - {source: paper,, locator: \"p. 4\"}", "'{source"),
        ("sources: [paper]", "sources:\n  - {source: paper, locator: \"p. 4\"]", "'{source"),
        ("sources: [paper]", "sources:\n  - {source: paper; locator: \"p. 4\"}", "paper;,"),
        ("status: reported\nbasis", "status: reported basis", "\"reported basis"),
        ("[kirby]\nstatus: reported", "[kirby]\nvia: kirby status: reported", "\"kirby status"),
        ("date: 2023-10-13\nby", "date: 2023-10-13 by", "\"2023-10-13 by"),
        ("summary: He", "summary \"The reporter: who\"\nsummary: He", "\"Kirby says so\n"),
        (
            "sources: [paper]",
            "sources: [paper]\ncorrections\n  - date: 2023-10-21\n    text: x",
            "---\ncorrections",
        ),
        ("title: Kirby says so", "name: Kirby says so", "Said so"),
        ("title: Kirby says so", "aliases: [\"\"Kirby\", The thousand]", "\\\"Kirby"),
        (
            "sources: [paper]",
            "sources: [paper]\nquantities:\n  - {value: 1, of: {en: arms, id; senjata}}",
            "\"arms",
        ),
        ("sources: [paper]", "sources: [paper]\nimage: {src: b.png, alt}", "\"b.png, alt\""),
    ];
    for (old, new, forbidden) in slips {
        let text = claim.replace(old, new);
        assert_ne!(text, claim, "{old}");
        let fixed = fixed("content/claims/said-so.md", &text);
        assert!(!fixed.contains(forbidden), "{text}\n→\n{fixed}");
    }
}

#[test]
fn what_another_program_keeps_back_is_not_published() {
    for line in ["publish: false", "dg-publish: no", "private: true", "visibility: private", "hidden: yes"] {
        let text = format!("---\ntitle: N\n{line}\n---\nText.\n");
        let snapshot = found_in("content/notes/n.md", &text);
        let found: Vec<&str> = snapshot.problems().iter().map(|found| found.code).collect();
        assert_eq!(found, ["unknown-key"], "{line}:\n{}", told(snapshot.problems()));
        assert!(snapshot.map().find(&"notes/n.html".into()).is_none(), "{line}");
    }
    for line in ["publish: true", "private: false", "visibility: public"] {
        let snapshot = found_in("content/notes/n.md", &format!("---\ntitle: N\n{line}\n---\nText.\n"));
        assert!(snapshot.map().find(&"notes/n.html".into()).is_some(), "{line}");
    }
}

#[test]
fn no_name_beside_a_bar_is_lost() {
    check(
        "content/claims/said-so.md",
        CLAIM,
        "by: [kirby]",
        &[
            ("by: kirby|hrw", "by: [kirby, hrw]"),
            ("by: kirby | hrw", "by: [kirby, hrw]"),
            ("by: \"[[kirby|John]], [[hrw|HRW]]\"", "by: [kirby, hrw]"),
        ],
    );
}

#[test]
fn what_has_two_readings_is_not_taken() {
    let lines = [
        ("date: 2023-10-13", "date: 2023-10/11"),
        ("date: 2023-10-13", "date: –2019"),
        ("by: [kirby]", "by: kirby|john"),
        ("date: 2023-10-13", "date: 2023-10-13\nsummary: He says so. #ask Anna"),
    ];
    for (old, new) in lines {
        let text = CLAIM.replace(old, new);
        assert_ne!(text, CLAIM, "{old}");
        let snapshot = found_in("content/claims/said-so.md", &text);
        assert!(!snapshot.problems().is_empty(), "{new}");
        assert!(
            snapshot.problems().iter().all(|found| found.fix.is_none()),
            "{new}:\n{}",
            told(snapshot.problems())
        );
    }
}

#[test]
fn a_file_that_is_no_text_is_one_finding() {
    let files = [
        "{\\rtf1\\ansi Kirby}",
        "PK\u{3}\u{4}word",
        "\n<!DOCTYPE html><title>Kirby</title>",
        "<html>x",
        "%PDF-1.7\n1",
    ];
    for text in files {
        let snapshot = found_in("content/claims/said-so.md", text);
        let found: Vec<&str> = snapshot.problems().iter().map(|found| found.code).collect();
        assert_eq!(found, ["unreadable-file"], "{text}:\n{}", told(snapshot.problems()));
        assert!(snapshot.problems()[0].fix.is_none(), "{text}");
    }
}

#[test]
fn a_grade_with_a_sign_is_not_the_grade() {
    let text = SOURCE.replace("title: The paper", "title: The paper\nreliability: A-");
    let snapshot = found_in("content/sources/paper.md", &text);
    assert!(!snapshot.problems().is_empty());
    assert!(snapshot.problems().iter().all(|found| found.fix.is_none()), "{}", told(snapshot.problems()));
}

#[test]
fn no_fix_takes_another_setting_into_a_text() {
    for slip in ["title = \"T\" ; my site\n", "title = \"T\" -- my site\n"] {
        let dossier =
            |text: &str| Snapshot::take(Arc::new(world().with("dossier.toml", text)), &Options::default());
        let found = dossier(slip);
        assert!(!found.problems().is_empty(), "{slip}");
        assert_eq!(after_fixes("dossier.toml", slip, dossier), slip, "{}", told(found.problems()));
    }
}

#[test]
fn keys_by_another_word_are_one_finding() {
    let path = "content/claims/said-so.md";
    let by: Vec<(&str, &str)> = ["von", "oleh", "author", "speaker", "Oleh", "автор", "por"]
        .into_iter()
        .map(|word| (word, "by: [kirby]"))
        .collect();
    let written: Vec<String> = by.iter().map(|(word, _)| format!("{word}: [kirby]")).collect();
    let list: Vec<(&str, &str)> = written.iter().map(|written| (written.as_str(), "by: [kirby]")).collect();
    check(path, CLAIM, "by: [kirby]", &list);
    check(
        path,
        CLAIM,
        "date: 2023-10-13",
        &[
            ("tanggal: 2023-10-13", "date: 2023-10-13"),
            ("fecha: 2023-10-13", "date: 2023-10-13"),
            ("Datum: 2023-10-13", "date: 2023-10-13"),
        ],
    );
    check(path, CLAIM, "sources: [paper]", &[("sumber: [paper]", "sources: [paper]")]);
    check("content/places/najin.md", PLACE, "country: KP", &[("negara: KP", "country: KP")]);
    // Not over one that is there.
    check(path, CLAIM, "by: [kirby]", &[("by: [kirby]\noleh: [hrw]", "")]);
}

/// The findings of a dossier in two languages, each with its file.
fn found_among(files: &[(&str, &str)]) -> Vec<String> {
    let settings = "languages = [\"en\", \"id\"]\n[rules]\nunlinked-mention = \"off\"\n";
    let world = world()
        .with("dossier.toml", settings)
        .with("content/article.id.md", "---\ntitle: Rumah\n---\n[[said-so]] Tongkang.\n");
    let world = files.iter().fold(world, |world, (path, text)| world.with(path, text));
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let path = |found: &Diagnostic| found.labels.first().map(|label| label.path.to_string());
    snapshot
        .problems()
        .iter()
        .map(|found| format!("{} {}", found.code, path(found).unwrap_or_default()))
        .collect()
}

#[test]
fn a_slip_is_no_finding_about_another_file() {
    assert_eq!(found_among(&[]), Vec::<String>::new());
    let (page, translation) = ("content/pages/about.md", "content/pages/about.id.md");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[(page, "---\ntitle: A\norder: 2\0\n---\n"), (translation, "---\ntitle: B\n---\n")],
            "unreadable-file content/pages/about.md",
        ),
        (
            &[
                ("content/notes/n.md", "---\ntitle: N\ntargets: [{source: article, exact: Home}]\n---\n"),
                (
                    "content/notes/n.id.md",
                    "---\ntitle: N\ntargets: [{source: aritcle, exact: Tongkang}]\n---\n",
                ),
                (
                    "content/article.md",
                    "---\ntitle: H\npublished: 2023-11-09\n---\nHome [[said-so]], [[hrw]], [[reuters]], [[kirby]], [[paper]], [[najin]].\n",
                ),
            ],
            "unresolved-reference content/notes/n.id.md",
        ),
        (
            &[(
                "content/notes/n.md",
                "---\ntitle: N\ntargets:\n  - {source: article, exact: One thing, not two}\n---\n",
            )],
            "invalid-syntax content/notes/n.md",
        ),
        (
            &[(
                "dossier.toml",
                "theme = dark\nlanguages = [\"en\", \"id\"]\n[rules]\nunlinked-mention = \"off\"\nno-rule = \"off\"\n",
            )],
            "invalid-syntax dossier.toml",
        ),
    ];
    for (files, wanted) in cases {
        assert_eq!(found_among(files), [*wanted], "{files:?}");
    }
}

#[test]
fn what_goes_on_and_what_ends_before_it_begins() {
    let path = "content/actors/kirby.md";
    let base = "---\ntitle: John Kirby\npart_of: {actor: hrw}\n---\n";
    let written = |dates: &str| format!("part_of: {{actor: hrw, {dates}}}");
    let list = [
        ("from: sejak 2019", "from: 2019"),
        ("from: since 2019", "from: 2019"),
        ("to: until 2019", "to: 2019"),
        ("to: now", "to: now"),
        ("to: present", "to: present"),
        ("to: sekarang", "to: sekarang"),
        ("from: 2021, to: 2019", "from: 2021, to: 2019"),
        ("from: 2021-05, to: 2021-04-30", "from: 2021-05, to: 2021-04-30"),
    ]
    .map(|(before, after)| (written(before), written(after)));
    let list: Vec<(&str, &str)> = list.iter().map(|(before, after)| (&**before, &**after)).collect();
    check(path, base, "part_of: {actor: hrw}", &list);
    for dates in ["from: 2019, to: 2024", "from: 2023, to: 2023", "from: 2023-05, to: 2023"] {
        let text = base.replace("part_of: {actor: hrw}", &written(dates));
        let snapshot = found_in(path, &text);
        assert!(snapshot.problems().is_empty(), "{dates}: {}", told(snapshot.problems()));
    }
}

#[test]
fn tables_that_are_words_are_told_how_to_write_them() {
    let helps = [
        ("withdrawn: yes", "write `withdrawn: {date: …, why: …}`"),
        ("withdrawn: the witness asked", "write `withdrawn: {date: …, why: …}`"),
        ("corrections: a slip", "write `corrections: {date: …, text: …, corrects: …}`"),
        ("withdrawn: no", "leave `withdrawn` empty if there is nothing to say"),
        ("image: none", "leave `image` empty if there is nothing to say"),
        (
            "image: {alt: A ship}",
            "write the name of a file beside this one, as in `image: {src: b.png}`, or delete the line",
        ),
        ("called: {en = Ms, id = Bu}", "did you mean `{en: Ms, id: Bu}`?"),
        ("summary: {Draft}", "it may mean `\"{Draft}\"` or `Draft`: write the one that is meant"),
        ("embargo: 2026-12-01 09:00", "did you mean `2026-12-01`?"),
        ("embargo: until 1 December 2026", "did you mean `2026-12-01`?"),
        ("type: company", "did you mean `organization`?"),
    ];
    for (line, help) in helps {
        let text = format!("---\ntitle: John Kirby\n{line}\n---\n");
        let snapshot = found_in("content/actors/kirby.md", &text);
        let [found] = snapshot.problems() else { panic!("{line}: {}", told(snapshot.problems())) };
        assert_eq!(found.help.first().map(String::as_str), Some(help), "{line}");
    }
    let helps = [
        ("url: ../x.pdf", "a file beside this one is given with `file: ../x.pdf`"),
        ("url: clip.mp4", "a file beside this one is given with `file: clip.mp4`"),
        ("url: https://ann:secret@example.org/a", "did you mean `https://example.org/a`?"),
        ("type: newspaper", "did you mean `article-newspaper`?"),
    ];
    for (line, help) in helps {
        let text = format!("---\ntitle: The paper\npublished: 2023-10-14\n{line}\n---\n");
        let snapshot = found_in("content/sources/paper.md", &text);
        let [found] = snapshot.problems() else { panic!("{line}: {}", told(snapshot.problems())) };
        assert_eq!(found.help.first().map(String::as_str), Some(help), "{line}");
        assert!(found.fix.is_none(), "{line}");
    }
    let text = CLAIM.replace("---\n", "").replacen("", "---\n", 1)
        + "quantities: [{value: about 3, comparator: at-least, unit: crates}]\n---\n";
    let snapshot = found_in("content/claims/said-so.md", &text);
    let [found] = snapshot.problems() else { panic!("{}", told(snapshot.problems())) };
    assert!(found.help[0].contains("do not agree"), "{:?}", found.help);
}

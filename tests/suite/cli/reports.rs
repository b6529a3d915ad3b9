//! What each report format looks like.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{dossier, run};

/// Two errors, one of which can be fixed, and a warning; non-ASCII before the columns that count.
fn faulty() -> TempDir {
    dossier(&[
        ("dossier.toml", "rules = { orphan-entity = \"off\" }\n"),
        ("content/actors/nis.md", "---\n{title: Żółć, contry: KR}\n---\n"),
        ("content/pages/a, b.md", "---\ntitle: A\ndate: 2023-02-30\n---\n"),
        ("content/stray.md", "---\ntitle: A\n---\n"),
    ])
}

/// What is found in these files by others than the rules, which come and go.
fn report(format: &str) -> String {
    let folder = faulty();
    run(folder.path(), &["check", "--format", format]).out
}

#[test]
fn human() {
    assert_eq!(
        report("human"),
        "\
error[unknown-key]: unknown key `contry`
  ╭▸ content/actors/nis.md:2:15
  │
2 │ {title: Żółć, contry: KR}
  │               ━━━━━━ no such key here
  │
  ╰ help: did you mean `country`?
help: fix available: replace it with `country`
  ╭╴
2 │ {title: Żółć, country: KR}
  ╰╴                +

error[invalid-value]: `2023-02-30` is not a date: 2023-02 has 28 days
  ╭▸ content/pages/a, b.md:3:7
  │
3 │ date: 2023-02-30
  │       ━━━━━━━━━━
  │
  ╰ help: write the day as `2023-10-13`, or leave `date` empty if it is not known

warning[unplaced-file]: `content/stray.md` belongs to no kind, so it has no page
 ╭▸ content/stray.md
 ╰ help: move it into one of `articles/`, `claims/`, `actors/`, `routes/`, `places/`, `events/`, `sources/`, `notes/`, `pages/`

error: 2 errors (1 invalid-value, 1 unknown-key), 1 warning (unplaced-file); 1 can be fixed with `dossier check --fix`
"
    );
}

#[test]
fn short() {
    assert_eq!(
        report("short"),
        "\
content/actors/nis.md:2:15: error[unknown-key]: unknown key `contry`
content/pages/a, b.md:3:7: error[invalid-value]: `2023-02-30` is not a date: 2023-02 has 28 days
content/stray.md:1:1: warning[unplaced-file]: `content/stray.md` belongs to no kind, so it has no page
"
    );
}

#[test]
fn json() {
    let lines = report("json");
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    let range = serde_json::json!({
        "start": { "byte": 22, "line": 2, "column": 15 },
        "end": { "byte": 28, "line": 2, "column": 21 },
    });
    let path = "content/actors/nis.md";
    assert_eq!(
        lines[0],
        serde_json::json!({
            "code": "unknown-key",
            "severity": "error",
            "message": "unknown key `contry`",
            "path": path,
            "range": range,
            "labels": [{ "path": path, "range": range, "message": "no such key here" }],
            "help": ["did you mean `country`?"],
            "fix": {
                "title": "replace it with `country`",
                "edits": [{ "path": path, "range": range, "replacement": "country" }],
            },
            "choices": [],
        })
    );
    assert_eq!(lines[1]["fix"], serde_json::Value::Null);
}

#[test]
fn github() {
    assert_eq!(
        report("github"),
        "\
::error file=content/actors/nis.md,line=2,endLine=2,col=15,endColumn=21,title=unknown-key::unknown key `contry`%0A\
no such key here%0Ahelp: did you mean `country`?
::error file=content/pages/a%2C b.md,line=3,endLine=3,col=7,endColumn=17,title=invalid-value::`2023-02-30` is not \
a date: 2023-02 has 28 days%0Ahelp: write the day as `2023-10-13`, or leave `date` empty if it is not known
::warning file=content/stray.md,line=1,endLine=1,col=1,title=unplaced-file::`content/stray.md` belongs to no kind, \
so it has no page%0Ahelp: move it into one of `articles/`, `claims/`, `actors/`, `routes/`, `places/`, `events/`, \
`sources/`, `notes/`, `pages/`
"
    );
}

#[test]
fn sarif() {
    let document: serde_json::Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), dossier::session::codes().len());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let location = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(
        location["artifactLocation"],
        serde_json::json!({ "uri": "content/pages/a%2C%20b.md", "uriBaseId": "%SRCROOT%" })
    );
    assert_eq!(location["region"]["startLine"], 3);
    let replacement = &results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "country");
    assert_eq!(replacement["deletedRegion"]["startColumn"], 15);
}

#[test]
fn colours_are_for_terminals_or_on_demand() {
    let folder = faulty();
    assert!(!run(folder.path(), &["check"]).out.contains('\u{1b}'));
    assert!(run(folder.path(), &["check", "--color", "always"]).out.contains("\u{1b}["));
}

#[test]
fn thousands_of_findings_are_told_quickly_and_summed_up() {
    let text = |page: usize| {
        let keys: String = (0..45).map(|number| format!("zzzzz{page}x{number}: x\n")).collect();
        format!("---\ntitle: A\n{keys}---\n")
    };
    let pages: Vec<(String, String)> =
        (0..112).map(|page| (format!("content/pages/p{page}.md"), text(page))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = dossier(&files);
    let start = Instant::now();
    let ran = run(folder.path(), &["check"]);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(ran.out.matches("error[unknown-key]").count(), 50);
    let end = "and 4990 more, which `--verbose` shows:\n    4990  unknown-key\n\nerror: 5040 errors (unknown-key)\n";
    assert!(ran.out.ends_with(end), "{}", &ran.out[ran.out.len() - 200..]);
    assert_eq!(run(folder.path(), &["check", "-v"]).out.matches("error[unknown-key]").count(), 5040);
}

//! Runs `tests/spec/**/*.md`: prose, embedded files, and what is expected of them, in the manner of ty's mdtest.
//!
//! `## A heading` starts a case; what stands before the first belongs to every case of the file. A fenced block
//! whose info string is `md claims/x.md` is the file `content/claims/x.md`; `toml dossier.toml` is the settings.
//! After the name, `crlf` ends its lines as Windows does, `escaped` reads `\x80`, `\r`, `\0` and `\u{feff}`, and
//! `repeat=1000` writes it as often.
//!
//! A finding is stated by carets under the place it points at, and part of its message:
//!
//! ````md
//! by: [nsi]
//!      ^^^ error[unresolved-reference] there is no actor `nsi`
//! ````
//!
//! Such lines are no part of the file. Findings without a place on a line that is shown, such as those about a
//! whole file, stand in a block `diagnostics`. Every finding must be stated, and every statement be true.
//!
//! Where a case states a secondary label, as `^^^ see[unresolved-reference] this is a place`, it must state all of
//! them. Further blocks show, in full: `help` how to fix them; `fixed FILE` a file after every fix; `links` where every
//! reference leads; `passages FILE` where each annotation of it stands; `plain FILE` the plain text; `headings FILE`;
//! `facts FILE`.
//!
//! All rules are off but those that a line `Rules: a, b` before the first case names; in `tests/spec/rules/` that is
//! by default the rule that the file is named after. `Rules: all` has them all.
//!
//! `UPDATE=1 cargo test` rewrites what is stated; `SPEC=rules/orphan cargo test` runs some of them.

mod diff;
mod document;
mod expected;
mod show;

use std::path::Path;
use std::sync::Arc;

use dossier::base::date::Day;
use dossier::check::RULES;
use dossier::session::{Options, Snapshot};
use dossier::world::World;
use dossier::world::memory::MemoryWorld;

use document::{Case, Document};

#[test]
fn specs() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spec");
    let only = std::env::var("SPEC").unwrap_or_default();
    let update = std::env::var_os("UPDATE").is_some();
    let mut failures = String::new();
    let mut count = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        if !name.ends_with(".md") || !name.contains(&only) {
            continue;
        }
        count += 1;
        failures.push_str(&run(&path, &name, update));
    }
    assert!(count > 0, "no spec is called `{only}`");
    assert!(failures.is_empty(), "{failures}\nUPDATE=1 rewrites what is stated");
}

/// What a spec becomes that states a part of a message, something wrong, and not everything.
#[test]
fn a_spec_is_held_to_what_it_states() {
    let stated = "# S\n\nRules: claim-without-source, orphan-entity\n\n## One\n\n```md claims/c.md\n---\ntitle: C\n       \
                  ^ error[claim-without-source] no source\n       ^ error[claim-without-source] no claim\nviaa: true\n---\n```\n\n\
                  ```md actors/a.md\n---\ntitle: A\n^^^^^ warning[orphan-entity] `a`\n---\n```\n";
    let found = "# S\n\nRules: claim-without-source, orphan-entity\n\n## One\n\n```md claims/c.md\n---\ntitle: C\n       \
                 ^ error[claim-without-source] no source\nviaa: true\n^^^^ error[unknown-key] unknown key `viaa`\n---\n```\n\n\
                 ```md actors/a.md\n---\ntitle: A\n       ^ warning[orphan-entity] nothing refers to `a`\n---\n```\n";
    assert_eq!(actual("s.md", stated), found);
    assert_eq!(actual("s.md", found), found);
    assert!(diff::diff(stated, found).contains("\n   11 -        ^ error[claim-without-source] no claim\n"));
}

/// Runs a spec; returns how what it states differs from what is.
#[expect(clippy::disallowed_methods, reason = "specs are no part of a dossier")]
fn run(path: &Path, name: &str, update: bool) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let actual = actual(name, &text);
    if actual == text {
        return String::new();
    }
    if update {
        std::fs::write(path, actual).unwrap();
        return String::new();
    }
    format!("\ntests/spec/{name} (- stated, + found)\n{}", diff::diff(&text, &actual))
}

/// A spec as it would read if everything that it states were true.
fn actual(name: &str, text: &str) -> String {
    let document = Document::parse(text);
    let config = settings(&document, name);
    let cases = document.cases.iter().map(|case| rewritten(&document, case, &config));
    document.preamble_text() + &cases.collect::<String>()
}

/// The settings of a spec that brings none: two languages, all files published, and the rules that it is about.
fn settings(document: &Document, name: &str) -> String {
    let own = name.strip_prefix("rules/").and_then(|rest| rest.strip_suffix(".md"));
    let wanted: Vec<&str> = match document.rules() {
        Some(rules) => rules,
        None => own.into_iter().collect(),
    };
    for rule in &wanted {
        let is_known = *rule == "all" || RULES.iter().any(|other| other.code.name == *rule);
        assert!(is_known, "tests/spec/{name}: there is no rule `{rule}`");
    }
    let mut text = String::from(
        "base_url = \"https://example.org/\"\nlanguages = [\"en\", \"id\"]\npublish_files = [\"*\", \"*.html\"]\n\n[rules]\n",
    );
    // The one that cannot be switched off.
    let can_be_off = |rule: &&str| *rule != "output-collision";
    for rule in RULES.iter().map(|rule| rule.code.name).filter(can_be_off) {
        if !wanted.contains(&rule) && !wanted.contains(&"all") {
            text.push_str(&format!("{rule} = \"off\"\n"));
        }
    }
    text
}

/// A case as it would read if everything that it states were true.
fn rewritten(document: &Document, case: &Case, config: &str) -> String {
    let made = Day { year: 2024, month: 1, day: 1 };
    let mut world = MemoryWorld::new().with("dossier.toml", config).made_on(made);
    for block in document.preamble.iter().chain(&case.pieces).filter_map(|piece| piece.file()) {
        world = world.with(&block.path, block.bytes());
    }
    let world: Arc<dyn World> = Arc::new(world);
    let snapshot = Snapshot::take(world, &Options::default());
    expected::rewrite(case, &snapshot)
}

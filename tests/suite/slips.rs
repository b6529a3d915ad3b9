//! What people who do not program write between the `---` of a file or in `dossier.toml`: each slip is one finding, at
//! its line, and where one reading is left, a fix after which the file says what its author meant.

use std::sync::Arc;

use dossier::base::diagnostic::{Diagnostic, Edit};
use dossier::base::lines::Lines;
use dossier::session::{Options, Snapshot};
use dossier::world::edit;
use dossier::world::memory::MemoryWorld;

/// What is expected of a slip.
enum Expected {
    /// The file after the fix.
    Fixed(&'static str),
    /// Several readings are left, or none: no fix.
    Unfixed,
}
use Expected::{Fixed, Unfixed};

fn dossier(path: &str, text: &str) -> Arc<Snapshot> {
    let world = MemoryWorld::new()
        .with("dossier.toml", "[rules]\nunlinked-mention = \"off\"\n")
        .with("content/article.md", "---\ntitle: Home\npublished: 2023-11-09\n---\n[[c]] and [[kirby]].\n")
        .with("content/actors/nis.md", "---\ntitle: NIS\ntype: organization\n---\n")
        .with("content/actors/fbi.md", "---\ntitle: FBI\ntype: organization\n---\n")
        .with("content/sources/s.md", "---\ntitle: S\ntype: document\naccessed: 2024-01-01\narchive: https://web.archive.org/web/2024/https://example.org/\nurl: https://example.org/\n---\n")
        .with("content/sources/kirby.md", "---\ntitle: Briefing\ntype: document\naccessed: 2024-01-01\narchive: https://web.archive.org/web/2024/https://example.org/2\nurl: https://example.org/2\n---\n")
        .with(path, text);
    Snapshot::take(Arc::new(world), &Options::default())
}

fn line_of(text: &str, found: &Diagnostic) -> usize {
    Lines::new(text).position(found.labels[0].span.start as usize).line
}

/// Checks a list of slips in the file `path`, and returns what is not as expected.
fn failures(path: &str, slips: &[(&str, usize, Expected)]) -> Vec<String> {
    let mut failures = Vec::new();
    for (text, line, expected) in slips {
        let snapshot = dossier(path, text);
        let found = snapshot.problems();
        let told = || {
            let told = found.iter().map(|found| {
                let at = &found.labels[0];
                format!(
                    "  {}:{}: [{}] {} | {:?}",
                    at.path,
                    line_of(text, found),
                    found.code,
                    found.message,
                    found.help
                )
            });
            told.collect::<Vec<_>>().join("\n")
        };
        let mut fail = |why: &str| failures.push(format!("{why}\n{text:?}\n{}", told()));
        let [one] = found else {
            fail(&format!("{} findings", found.len()));
            continue;
        };
        if one.labels[0].path.as_str() != path || line_of(text, one) != *line {
            fail(&format!("not at line {line}"));
            continue;
        }
        if one.code == "invalid-syntax"
            && !one.help.last().is_some_and(|help| help.starts_with("`dossier explain "))
        {
            fail("no `explain`");
        }
        let fixed = one.fix.as_ref().map(|fix| {
            let edits: Vec<&Edit> = fix.edits.iter().collect();
            edit::apply(text, &edits).0
        });
        match (expected, fixed) {
            (Fixed(wanted), Some(fixed)) if fixed == *wanted => {
                let again = dossier(path, &fixed);
                if !again.problems().is_empty() {
                    fail(&format!("after the fix: {:?}", again.problems()[0].message));
                }
            }
            (Fixed(wanted), fixed) => fail(&format!("fixed as {fixed:?}\n wanted {wanted:?}")),
            (Unfixed, Some(fixed)) => fail(&format!("fixed as {fixed:?}")),
            (Unfixed, None) => {}
        }
    }
    failures
}

fn assert_all(path: &str, slips: &[(&str, usize, Expected)]) {
    let failures = failures(path, slips);
    assert!(failures.is_empty(), "{} of {} slips:\n\n{}", failures.len(), slips.len(), failures.join("\n\n"));
}

/// The front matter of a claim; its other lines are right.
macro_rules! claims {
    ($($slip:literal @ $line:literal $(=> $fixed:literal)?;)+) => {
        &[$((
            concat!("---\n", $slip, "\ndate: 2020\nby: nis\nsources: [s, kirby]\n---\nThe [[nis]], [[fbi]], [[s]].\n"),
            $line,
            claims!(@expected $($fixed)?),
        ),)+]
    };
    (@expected $fixed:literal) => {
        Fixed(concat!("---\n", $fixed, "\ndate: 2020\nby: nis\nsources: [s, kirby]\n---\nThe [[nis]], [[fbi]], [[s]].\n"))
    };
    (@expected) => { Unfixed };
}

/// Whole files.
macro_rules! files {
    ($($slip:literal @ $line:literal $(=> $fixed:literal)?;)+) => {
        &[$(($slip, $line, files!(@expected $($fixed)?)),)+]
    };
    (@expected $fixed:literal) => { Fixed($fixed) };
    (@expected) => { Unfixed };
}

/// The front matter of a claim whose last lines have the slip.
macro_rules! last {
    ($($slip:literal @ $line:literal $(=> $fixed:literal)?;)+) => {
        &[$((
            concat!("---\ndate: 2020\nby: nis\nsources: [s, kirby]\ntitle: T\n", $slip, "\n---\nThe [[nis]], [[fbi]], [[s]].\n"),
            $line,
            last!(@expected $($fixed)?),
        ),)+]
    };
    (@expected $fixed:literal) => {
        Fixed(concat!("---\ndate: 2020\nby: nis\nsources: [s, kirby]\ntitle: T\n", $fixed, "\n---\nThe [[nis]], [[fbi]], [[s]].\n"))
    };
    (@expected) => { Unfixed };
}

#[test]
fn what_has_been_taken_for_something_else() {
    assert_all(
        "content/claims/c.md",
        last! {
            "summary: The barge left and\ncame back empty." @ 7;
            "summary: The barge left.\nTanya lagi ke Dewi" @ 7;
            "\"summary: He left\"" @ 6 => "summary: He left";
            "“summary: He left in May”" @ 6 => "summary: He left in May";
            "aliases: [\"Friends of the Earth, Kepri\"; Walhi]" @ 6 => "aliases: [\"Friends of the Earth, Kepri\", Walhi]";
            "aliases: [\"Friends of the Earth, Kepri\" Walhi]" @ 6;
            "aliases: [\"Friends of the Earth, Kepri', Walhi]" @ 6 => "aliases: [\"Friends of the Earth, Kepri\", Walhi]";
            "aliases: [\"Friends of the Earth, Kepri, Walhi]" @ 6;
            "aliases: \"Friends of the Earth, Kepri\", Walhi" @ 6;
            "aliases: \"Dunai\", \"Danube\"" @ 6 => "aliases: [\"Dunai\", \"Danube\"]";
            "aliases: [[KKP, \"K, P\"]" @ 6 => "aliases: [KKP, \"K, P\"]";
            "aliases: [KKP, DKP] %%cek%%" @ 6 => "aliases: [KKP, DKP] # %%cek%%";
            "aliases: [\"a\", b] // check" @ 6 => "aliases: [\"a\", b] # // check";
            "aliases: [\"a\", b]>" @ 6 => "aliases: [\"a\", b]";
            "aliases:\n  - A\nTODO ask Dewi" @ 8;
            "aliases: - Uban" @ 6 => "aliases:\n  - Uban";
            "aliases: - Uban\n- Dua" @ 6 => "aliases:\n  - Uban\n  - Dua";
            "summary: \"He said\nnote: we never left.\"" @ 7 => "summary: \"He said\n  note: we never left.\"";
            "summary: |\nphoto: Agus\n  Two pages" @ 7;
            "summary \"The reporter: who found it\"" @ 6 => "summary: \"The reporter: who found it\"";
            "via: fbi\ncorrections\n  - {date: 2021, text: x}" @ 7 => "via: fbi\ncorrections:\n  - {date: 2021, text: x}";
            "corrections:\n  - {date: 2021,, text: x}" @ 7 => "corrections:\n  - {date: 2021, text: x}";
            "corrections:\n  - {date: 2021, text: x]" @ 7 => "corrections:\n  - {date: 2021, text: x}";
            "corrections:\n  - (date: 2021, text: x}" @ 7 => "corrections:\n  - {date: 2021, text: x}";
            "via: fbi status: reported" @ 6 => "via: fbi\nstatus: reported";
            "summary: \"Two\" status: reported" @ 6 => "summary: \"Two\"\nstatus: reported";
            "summary: The status: reported" @ 6;
            "summary: \"Hi\", he said" @ 6 => "summary: '\"Hi\", he said'";
        },
    );
}

#[test]
fn texts_that_need_quotation_marks() {
    assert_all(
        "content/claims/c.md",
        claims! {
            "title: FBI: about 552 tonnes" @ 2 => "title: \"FBI: about 552 tonnes\"";
            "title: Kirby: more: and more" @ 2 => "title: \"Kirby: more: and more\"";
            "title: What they said:" @ 2 => "title: \"What they said:\"";
            "title: @handle says" @ 2 => "title: \"@handle says\"";
            "title: %5 of all" @ 2 => "title: \"%5 of all\"";
            "title: *Asterisk* first" @ 2 => "title: \"*Asterisk* first\"";
            "title: **Bold** first" @ 2 => "title: \"**Bold** first\"";
            "title: `code` first" @ 2 => "title: \"`code` first\"";
            "title: | a bar" @ 2 => "title: \"| a bar\"";
            "title: > 500 dead" @ 2 => "title: \"> 500 dead\"";
            "title: [Updated] Kirby" @ 2 => "title: \"[Updated] Kirby\"";
            "title: {x} and y" @ 2 => "title: \"{x} and y\"";
            "title: , a comma" @ 2 => "title: \", a comma\"";
            "title: - a dash" @ 2 => "title: \"- a dash\"";
            "title: ? a question" @ 2 => "title: \"? a question\"";
            "title: [[foo]] and more" @ 2 => "title: \"[[foo]] and more\"";
            "title: ] closed" @ 2 => "title: \"] closed\"";
            "title: } closed" @ 2 => "title: \"} closed\"";
            "title: {{title}}" @ 2 => "title: \"{{title}}\"";
            "title: \"He said \"hi\" there\"" @ 2 => "title: 'He said \"hi\" there'";
            "title: \"Hi\" he said" @ 2 => "title: '\"Hi\" he said'";
            "title: \"Hi\" and \"ho\"" @ 2 => "title: '\"Hi\" and \"ho\"'";
            "title: \"Hi\": he said" @ 2 => "title: '\"Hi\": he said'";
            "title: 'It's true'" @ 2 => "title: \"It's true\"";
            "title: 'It's \"true\"'" @ 2 => "title: \"It's \\\"true\\\"\"";
            "title: \"Kirby" @ 2 => "title: \"Kirby\"";
            "title: \"Kirby: more" @ 2 => "title: \"Kirby: more\"";
            "title: 'Kirby" @ 2 => "title: \"Kirby\"";
            "title: \"Kirby'" @ 2 => "title: \"Kirby\"";
            "title: 'tis the season" @ 2;
            "title: \"\"Kirby\"\"" @ 2 => "title: \"Kirby\"";
            "title: “Kirby: more”" @ 2 => "title: \"Kirby: more\"";
            "title: „Kirby: mehr“" @ 2 => "title: \"Kirby: mehr\"";
            "title: ‘Kirby: more’" @ 2 => "title: \"Kirby: more\"";
            "title: “Kirby: more\"" @ 2 => "title: \"Kirby: more\"";
            "title: \"Kirby: more”" @ 2 => "title: \"Kirby: more\"";
            "title: “A”: and “B”" @ 2 => "title: \"“A”: and “B”\"";
            "title: «Kirby: plus»" @ 2 => "title: \"«Kirby: plus»\"";
            "title: \"C:\\Users\\x\"" @ 2 => "title: 'C:\\Users\\x'";
            "title: Kirby: he said \"no\"" @ 2 => "title: 'Kirby: he said \"no\"'";
            "title: Kirby: it's \"no\"" @ 2 => "title: \"Kirby: it's \\\"no\\\"\"";
            "title: T\nsummary: a: b" @ 3 => "title: T\nsummary: \"a: b\"";
            "title: T\nsummary: @x and %y" @ 3 => "title: T\nsummary: \"@x and %y\"";
            "title: A: b\nsummary: c: d" @ 2 => "title: \"A: b\"\nsummary: \"c: d\"";
            "title: T\nsummary: a: b\n  and more" @ 3 => "title: T\nsummary: \"a: b\n  and more\"";
            "title: T\nsummary: \"a long\n  text" @ 4 => "title: T\nsummary: \"a long\n  text\"";
            "title: T\naliases: [FBI: x, y]" @ 3 => "title: T\naliases: [\"FBI: x\", y]";
            "title: T\naliases: [@a, b]" @ 3 => "title: T\naliases: [\"@a\", b]";
            "title: T\naliases: [#1, b]" @ 3 => "title: T\naliases: [\"#1\", b]";
            "title: T\naliases: ['It's', b]" @ 3 => "title: T\naliases: [\"It's\", b]";
            "title: T\naliases:\n  - He said: no" @ 4 => "title: T\naliases:\n  - \"He said: no\"";
            "title: T\naliases:\n  - @a\n  - b" @ 4 => "title: T\naliases:\n  - \"@a\"\n  - b";
            "title: T\naliases:\n  - \"a\" b\n  - c" @ 4 => "title: T\naliases:\n  - '\"a\" b'\n  - c";
            "title: 50%: the rest" @ 2 => "title: \"50%: the rest\"";
            "title: “Kirby: more" @ 2 => "title: \"Kirby: more\"";
            "title: Kirby: more # said on Friday" @ 2 => "title: \"Kirby: more\" # said on Friday";
            "title: 'Kirby: he said 'no''" @ 2 => "title: \"Kirby: he said 'no'\"";
            "title: \"Say \"no\"\"" @ 2 => "title: 'Say \"no\"'";
        },
    );
}

#[test]
fn keys_and_colons() {
    assert_all(
        "content/claims/c.md",
        claims! {
            "title:T" @ 2 => "title: T";
            "title:T and more" @ 2 => "title: T and more";
            "title :T" @ 2 => "title: T";
            "title：T" @ 2 => "title: T";
            "title： T" @ 2 => "title: T";
            "title:\u{a0}T" @ 2 => "title: T";
            "title:\u{3000}T" @ 2 => "title: T";
            "title:\u{2009}T and more" @ 2 => "title: T and more";
            "title = T" @ 2 => "title: T";
            "title=T" @ 2 => "title: T";
            "title = \"T\"" @ 2 => "title: \"T\"";
            "title:: T" @ 2 => "title: T";
            "title -> T" @ 2 => "title: T";
            "title => T" @ 2 => "title: T";
            "title; T" @ 2 => "title: T";
            "title – T" @ 2 => "title: T";
            "title — T" @ 2 => "title: T";
            "title - T" @ 2 => "title: T";
            "title T" @ 2 => "title: T";
            "title My text" @ 2 => "title: My text";
            "**title:** T" @ 2 => "title: T";
            "**title**: T" @ 2 => "title: T";
            "*title*: T" @ 2 => "title: T";
            "“title”: T" @ 2 => "title: T";
            "• title: T" @ 2 => "title: T";
            "> title: T" @ 2 => "title: T";
            "title: \"T\"," @ 2 => "title: \"T\"";
            "title: \"T\";" @ 2 => "title: \"T\"";
            "title: 'T'." @ 2 => "title: 'T'";
            "\u{200b}title: T" @ 2 => "title: T";
            "title\u{a0}: T" @ 2 => "title: T";
            "title\u{200b}: T" @ 2 => "title: T";
            "title: T\nsummary = a: b" @ 3 => "title: T\nsummary: \"a: b\"";
            "title：A: b" @ 2 => "title: \"A: b\"";
            "title:A: b" @ 2 => "title: \"A: b\"";
            "title: T\n// a remark" @ 3 => "title: T\n# // a remark";
            "title: T\n<!-- a remark -->" @ 3 => "title: T\n# <!-- a remark -->";
            "title: T\ntitle: T" @ 3 => "title: T";
            "title: T\ntitle = \"T\"" @ 3 => "title: T";
            "title: T\nsummary:\nsummary: x" @ 4 => "title: T\nsummary: x";
            "title: T\nsummary: x\nsummary:" @ 4 => "title: T\nsummary: x";
            "title: T\ntitle: U" @ 3;
            "title: T\nsummary: x\nsummary: y" @ 4;
            "title: T\nwhat is this" @ 3;
        },
    );
}

#[test]
fn lists_and_indentation() {
    assert_all(
        "content/claims/c.md",
        claims! {
            "title: T\naliases: [a, b" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: a, b]" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: [a, b)" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: [\"a\" \"b\"]" @ 3 => "title: T\naliases: [\"a\", \"b\"]";
            "title: T\naliases: [a,, b]" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: [a, b]]" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: [a, b]." @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: [a, b];" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases: ［a, b］" @ 3 => "title: T\naliases: [a, b]";
            "title: T\naliases:\n- a\n-b" @ 5 => "title: T\naliases:\n- a\n- b";
            "title: T\naliases:\n  -a\n  -b" @ 4 => "title: T\naliases:\n  - a\n  - b";
            "title: T\naliases:\n  * a\n  * b" @ 4 => "title: T\naliases:\n  - a\n  - b";
            "title: T\naliases:\n  • a\n  - b" @ 4 => "title: T\naliases:\n  - a\n  - b";
            "title: T\naliases:\n  – a\n  - b" @ 4 => "title: T\naliases:\n  - a\n  - b";
            "title: T\naliases:\n  - a\n - b" @ 5 => "title: T\naliases:\n  - a\n  - b";
            "title: T\naliases:\n  - a\n   - b: c" @ 5 => "title: T\naliases:\n  - a\n  - \"b: c\"";
            "title: T\naliases:\n\t- a\n\t- b" @ 4 => "title: T\naliases:\n  - a\n  - b";
            "title: T\n\tsummary: x" @ 3 => "title: T\nsummary: x";
            "title: T\n summary: x" @ 3 => "title: T\nsummary: x";
            "title: T\n  summary: x" @ 3 => "title: T\nsummary: x";
            "title: T\n\u{a0}summary: x" @ 3 => "title: T\nsummary: x";
            "title: T\nquantities:\nvalue: 1\nunit: a" @ 4 => "title: T\nquantities:\n  value: 1\n  unit: a";
            "title: T\nquantities:\n  - value: 5\n  unit: tonnes" @ 5 => "title: T\nquantities:\n  - value: 5\n    unit: tonnes";
            "title: T\nquantities:\n  - value: 5\n     unit: tonnes" @ 5 => "title: T\nquantities:\n  - value: 5\n    unit: tonnes";
            "title: T\nquantities:\n  - value: 5\n\tunit: tonnes" @ 5 => "title: T\nquantities:\n  - value: 5\n    unit: tonnes";
            "title: T\nquantities:\n  - value: 5\n    unit:tonnes" @ 5 => "title: T\nquantities:\n  - value: 5\n    unit: tonnes";
            "title: T\nquantities:\n  - value = 5\n    unit = tonnes" @ 4 => "title: T\nquantities:\n  - value: 5\n    unit: tonnes";
            "title: T\nquantities:\n  - {value: 5, unit: tonnes" @ 4 => "title: T\nquantities:\n  - {value: 5, unit: tonnes}";
            "title: T\nsummary: |\nA long\ntext" @ 4 => "title: T\nsummary: |\n  A long\n  text";
            "title: T\nsummary: >\nA long text" @ 4 => "title: T\nsummary: >\n  A long text";
            "title: T\nsummary: A long\ntext over lines" @ 4;
            "title: T\nsummary: \"A long\ntext over lines\"" @ 4 => "title: T\nsummary: \"A long\n  text over lines\"";
            "title: T\nquantities: {value: 1, unit: A: b, of: C}" @ 3 => "title: T\nquantities: {value: 1, unit: \"A: b\", of: C}";
            "title: T\nquantities:\n  - {value: 40, unit: {en: barges, id: tongkang, of: sand}" @ 4;
            "title: T\nquantities:\n  - {value: 40, unit: {en: a, b, id: c}}" @ 4 => "title: T\nquantities:\n  - {value: 40, unit: {en: \"a, b\", id: c}}";
            "title: T\nquantities: [{value: 5, unit: {en: t: x}}]" @ 3 => "title: T\nquantities: [{value: 5, unit: {en: \"t: x\"}}]";
            "title: T\nsummary: |\nA long\nstory: of all" @ 4 => "title: T\nsummary: |\n  A long\n  story: of all";
            "title: T\nsummary: x\n- y" @ 4;
            "- title: T" @ 2 => "title: T";
        },
    );
}

/// The hyphen may begin an item, or be the minus sign of a longitude.
#[test]
fn a_hyphen_before_a_number_is_for_a_person_to_read() {
    let text = "---\ntitle: P\ncoordinates:\n  - 41.15\n  -8.61\n---\n[[c]]\n";
    let snapshot = dossier("content/places/p.md", text);
    let mut found = snapshot.problems().iter().filter(|found| found.code == "invalid-syntax");
    let one = found.next().expect("the slip is found");
    assert!(one.fix.is_none(), "{one:?}");
    let read = |choice: &dossier::base::diagnostic::Fix| {
        let edits: Vec<&Edit> = choice.edits.iter().collect();
        edit::apply(text, &edits).0
    };
    let choices: Vec<String> = one.choices.iter().map(read).collect();
    for wanted in ["  - 8.61\n", "  - -8.61\n"] {
        assert!(choices.iter().any(|choice| choice.contains(wanted)), "{wanted}: {choices:?}");
    }
    assert!(one.help.iter().any(|help| help.contains("minus sign")), "{:?}", one.help);
}

#[test]
fn references_in_lists() {
    let slips: &[(&str, usize, Expected)] = files! {
        "---\ntitle: T\ndate: 2020\nby:nis\nsources: s\n---\n[[fbi]]\n" @ 4 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
        "---\ntitle: T\ndate: 2020\nby: [nis, fbi\nsources: s\n---\n" @ 4 => "---\ntitle: T\ndate: 2020\nby: [nis, fbi]\nsources: s\n---\n";
        "---\ntitle: T\ndate: 2020\nby: [[nis]], [[fbi]]\nsources: s\n---\n" @ 4 => "---\ntitle: T\ndate: 2020\nby: [\"[[nis]]\", \"[[fbi]]\"]\nsources: s\n---\n";
        "---\ntitle: T\ndate: 2020\nby:\n  - nis\n  -fbi\nsources: s\n---\n" @ 6 => "---\ntitle: T\ndate: 2020\nby:\n  - nis\n  - fbi\nsources: s\n---\n";
        "---\ntitle: T\ndate: 2020\nby: [nis; fbi]\nsources: s: t\n---\n" @ 5;
        "---\ntitle: @T\ndate: 2020\nby: nis\nsources:\n  - {source: s, locator: p. 4: below}\n---\n[[fbi]]\n" @ 2;
        "---\ntitle: T\ndate: 2020\nby: @nis\nsources: s\n---\n[[fbi]]\n" @ 4;
        "---\ntitle: T\ndate: 2020\nby: *nis\nsources: s\n---\n[[fbi]]\n" @ 4;
    };
    for (text, line, _) in slips {
        let snapshot = dossier("content/claims/c.md", text);
        let [one] = snapshot.problems() else { panic!("{text:?}: {:?}", snapshot.problems()) };
        assert_eq!(line_of(text, one), *line, "{text:?}: {one:?}");
    }
    assert_all("content/claims/c.md", &slips[..4]);
}

#[test]
fn fences() {
    assert_all(
        "content/claims/c.md",
        files! {
            "\n---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "\n\n \n---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "----\ntitle: T\ndate: 2020\nby: nis\nsources: s\n----\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "--\ntitle: T\ndate: 2020\nby: nis\nsources: s\n--\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "—\ntitle: T\ndate: 2020\nby: nis\nsources: s\n—\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "—-\ntitle: T\ndate: 2020\nby: nis\nsources: s\n—-\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "–--\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            " ---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "- - -\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "***\ntitle: T\ndate: 2020\nby: nis\nsources: s\n***\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "```yaml\ntitle: T\ndate: 2020\nby: nis\nsources: s\n```\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n----\n[[fbi]]\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n--\n[[fbi]]\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n—\n[[fbi]]\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n ---\n[[fbi]]\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n----\n[[fbi]]\n\n---\n\nmore\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n\n---\n\nmore\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n\n[[fbi]]\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n[[fbi]]\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n\n[[fbi]]\n\n---\n\nmore\n" @ 6 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n\n[[fbi]]\n\n---\n\nmore\n";
            "---\ntitle: T\nby: nis\n\ndate: 2020\nsources: s\n\n[[fbi]]\n" @ 7 => "---\ntitle: T\nby: nis\n\ndate: 2020\nsources: s\n---\n\n[[fbi]]\n";
            "---title: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "title: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "title: T\ndate: 2020\nby: nis\nsources: s\n\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n\n[[fbi]]\n";
            "\u{feff}\n---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "\u{feff}---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "\u{200b}---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n" @ 1 => "---\ntitle: T\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "---\r\ntitle: A: b\r\ndate: 2020\r\nby: nis\r\nsources: s\r\n---\r\n[[fbi]]\r\n" @ 2 => "---\r\ntitle: \"A: b\"\r\ndate: 2020\r\nby: nis\r\nsources: s\r\n---\r\n[[fbi]]\r\n";
            "\r\n---\r\ntitle: T\r\ndate: 2020\r\nby: nis\r\nsources: s\r\n---\r\n[[fbi]]\r\n" @ 1 => "---\r\ntitle: T\r\ndate: 2020\r\nby: nis\r\nsources: s\r\n---\r\n[[fbi]]\r\n";
            "----\ntitle: A: b\ndate: 2020\nby: nis\nsources: s\n----\n[[fbi]]\n" @ 1 => "---\ntitle: \"A: b\"\ndate: 2020\nby: nis\nsources: s\n---\n[[fbi]]\n";
            "++++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n++++\n[[fbi]]\n" @ 1 => "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n+++\n[[fbi]]\n";
            "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n[[quantities]]\nvalue = 2,5\nunit = \"t\"\n+++\n[[fbi]]\n" @ 7 => "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n[[quantities]]\nvalue = 2.5\nunit = \"t\"\n+++\n[[fbi]]\n";
            "+++\ntitle = T\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n+++\n[[fbi]]\n" @ 2 => "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n+++\n[[fbi]]\n";
            "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\nstatus = \"Reported\"\n+++\n[[fbi]]\n" @ 6 => "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\nstatus = \"reported\"\n+++\n[[fbi]]\n";
            "+++\ntitle: \"T\"\ndate: 2020\nby: \"nis\"\nsources: \"s\"\n+++\n[[fbi]]\n" @ 2 => "+++\ntitle = \"T\"\ndate = 2020\nby = \"nis\"\nsources = \"s\"\n+++\n[[fbi]]\n";
        },
    );
}

#[test]
fn settings() {
    let dossier = |text: &str| {
        let world = MemoryWorld::new()
            .with("dossier.toml", text)
            .with("content/article.md", "---\ntitle: Home\npublished: 2023-11-09\n---\nx\n");
        Snapshot::take(Arc::new(world), &Options::default())
    };
    let slips: &[(&str, usize, Expected)] = files! {
        "title = Kirby" @ 1 => "title = \"Kirby\"";
        "title = The Kirby files" @ 1 => "title = \"The Kirby files\"";
        "title = “Kirby”" @ 1 => "title = \"Kirby\"";
        "title = ‘Kirby’" @ 1 => "title = \"Kirby\"";
        "title = “Kirby\"" @ 1 => "title = \"Kirby\"";
        "title = 'It's'" @ 1 => "title = \"It's\"";
        "title = \"He said \"hi\"\"" @ 1 => "title = 'He said \"hi\"'";
        "title = \"Kirby" @ 1 => "title = \"Kirby\"";
        "title = Kirby\"" @ 1 => "title = \"Kirby\"";
        "title = \"Kirby'" @ 1 => "title = \"Kirby\"";
        "title: \"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title: Kirby" @ 1 => "title = \"Kirby\"";
        "title：\"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title == \"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title => \"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title \"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title = \"Kirby\"," @ 1 => "title = \"Kirby\"";
        "title = \"Kirby\";" @ 1 => "title = \"Kirby\"";
        "title\u{a0}= \"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title =\u{a0}\"Kirby\"" @ 1 => "title = \"Kirby\"";
        "title = \"C:\\Users\\me\"" @ 1 => "title = 'C:\\Users\\me'";
        "title = \"T\"\ndescription = \"Saved in D:\\list\"\n" @ 2 => "title = \"T\"\ndescription = 'Saved in D:\\list'\n";
        "sums = yes" @ 1 => "sums = true";
        "sums = True" @ 1 => "sums = true";
        "sums = FALSE" @ 1 => "sums = false";
        "sums = no" @ 1 => "sums = false";
        "sums: on" @ 1 => "sums = true";
        "languages = [\"en\"]\ntitle]\nen = \"A\"" @ 2 => "languages = [\"en\"]\n[title]\nen = \"A\"";
        "languages = [\"en\"]\n{title}\nen = \"A\"" @ 2 => "languages = [\"en\"]\n[title]\nen = \"A\"";
        "languages = [\"en\"]\n[title}\nen = \"A\"" @ 2 => "languages = [\"en\"]\n[title]\nen = \"A\"";
        "languages = en" @ 1 => "languages = \"en\"";
        "languages = [en, id]" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = en, id" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = \"en\", \"id\"" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = [\"en\", \"id\"" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = \"en\", \"id\"]" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = [\"en\" \"id\"]" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = [“en”, “id”]" @ 1 => "languages = [\"en\", \"id\"]";
        "languages = (\"en\", \"id\")" @ 1 => "languages = [\"en\", \"id\"]";
        "languages:\n  - en\n  - id\n" @ 1 => "languages = [\"en\", \"id\"]\n";
        "[rules\norphan-entity = \"off\"\n" @ 1 => "[rules]\norphan-entity = \"off\"\n";
        "rules]\norphan-entity = \"off\"\n" @ 1 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]:\norphan-entity = \"off\"\n" @ 1 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]\norphan-entity = off\n" @ 2 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]\norphan-entity: off\n" @ 2 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]\norphan-entity = “off”\n" @ 2 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]\norphan-entity = \"off\",\n" @ 2 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]\norphan-entity = \"off\"\n\n[books]\nmost = 3\n\n[rules]\nmissing-asset = \"off\"\n" @ 7 => "[rules]\norphan-entity = \"off\"\nmissing-asset = \"off\"\n\n[books]\nmost = 3\n\n";
        "[rules]\norphan-entity = \"Off\"\n" @ 2 => "[rules]\norphan-entity = \"off\"\n";
        "title = \"T\"\n// a remark\n" @ 2 => "title = \"T\"\n# // a remark\n";
        "[books]\nmost = 1,000\n" @ 2 => "[books]\nmost = 1000\n";
        "title = \"T\"\ntitle = \"T\"\n" @ 2 => "title = \"T\"\n";
        "title = \"T\"\ntitle = \"U\"\n" @ 2;
        "title =\n" @ 1;
        "title = \"T\" // my site" @ 1 => "title = \"T\" # // my site";
        "title = \"T\" ; my site" @ 1;
        "title = \"T\" languages = [\"en\"]" @ 1 => "title = \"T\"\nlanguages = [\"en\"]";
        "title = \"T\", languages = [\"en\"]" @ 1 => "title = \"T\"\nlanguages = [\"en\"]";
        "sums = false languages = [\"en\"]" @ 1 => "sums = false\nlanguages = [\"en\"]";
        "languages = [\"en\", \"id\"]\n[description]\nen = \"x\", id = \"y\"\n" @ 3 => "languages = [\"en\", \"id\"]\n[description]\nen = \"x\"\nid = \"y\"\n";
        "description = \"x\ny\"\n" @ 1 => "description = \"\"\"x\ny\"\"\"\n";
        "description = \"x\" \"y\"" @ 1 => "description = '\"x\" \"y\"'";
        "[verdicts]\nfalse = {rating = 1 label = \"False\"}\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = {rating = 1; label = \"False\"}\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = {rating = 1,, label = \"False\"}\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = {rating == 1, label = \"False\"}\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = {rating: 1, label: False}\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = {rating = 1, label = \"False\"]\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = [rating = 1, label = \"False\"]\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = ｛rating = 1, label = \"False\"｝\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nfalse = {rating = 1, label = \"False\"\n" @ 2 => "[verdicts]\nfalse = { rating = 1, label = \"False\" }\n";
        "[verdicts]\nmostly false = {rating = 2, label = \"Mostly\"}\n" @ 2 => "[verdicts]\n\"mostly false\" = {rating = 2, label = \"Mostly\"}\n";
        "rules\norphan-entity = \"off\"\n" @ 1 => "[rules]\norphan-entity = \"off\"\n";
        "[rules]\n- orphan-entity = \"off\"\n" @ 2 => "[rules]\norphan-entity = \"off\"\n";
        "data = \"none\"" @ 1 => "data = []";
        "books = false" @ 1 => "books = { formats = [] }";
        "name = \"T\"" @ 1 => "title = \"T\"";
        "orphan-entity = \"off\"" @ 1;
        "[books]\nmost = 3\nlicense = \"CC0\"\n" @ 3;
    };
    let mut failures = Vec::new();
    for (text, line, expected) in slips {
        let snapshot = dossier(text);
        let found = snapshot.problems();
        let fixed = found.first().and_then(|found| found.fix.as_ref()).map(|fix| {
            let edits: Vec<&Edit> = fix.edits.iter().collect();
            edit::apply(text, &edits).0
        });
        let is_good = match (found, expected) {
            ([one], Fixed(wanted)) => {
                line_of(text, one) == *line
                    && fixed.as_deref() == Some(*wanted)
                    && dossier(wanted).problems().is_empty()
            }
            ([one], Unfixed) => line_of(text, one) == *line && fixed.is_none(),
            _ => false,
        };
        if !is_good {
            let told: Vec<String> = found
                .iter()
                .map(|found| {
                    format!(
                        "  {:?} {} {:?}",
                        found.labels.first().map(|_| line_of(text, found)),
                        found.message,
                        found.help
                    )
                })
                .collect();
            failures.push(format!("{text:?} -> {fixed:?}\n{}", told.join("\n")));
        }
    }
    assert!(failures.is_empty(), "{} of {} slips:\n\n{}", failures.len(), slips.len(), failures.join("\n\n"));
}

/// The settings are then read as they are after the fix, and every place in a finding is one of the text as it is.
#[test]
fn a_slip_below_a_table_has_its_place_in_the_text() {
    const TABLES: [&str; 12] = [
        "",
        "[description]",
        "[title]",
        "[rules]",
        "[verdicts]",
        "[publish.web]",
        "[publisher]",
        "[security]",
        "[[redact]]",
        "[[allow]]",
        "[title.é]",
        "[unknown]",
    ];
    const LINES: [&str; 13] = [
        "base_url = https://e.org/",
        "_=.",
        "description = a",
        "base_url = \"x\"y",
        "languages = [en]",
        "title: Kirby",
        "é = “a”",
        "x = 1,000",
        "unlinked-mention = off",
        "words = [Kim]",
        "a = { b = c }",
        "date = 2023-13-01",
        "service = folder",
    ];
    let more = LINES.iter().map(|line| format!("en = \"x\"\n{line}"));
    let lines: Vec<String> = LINES.iter().map(|line| (*line).to_owned()).chain(more).collect();
    for (table, line) in TABLES.iter().flat_map(|table| lines.iter().map(move |line| (table, line))) {
        let text = format!("# é\n{table}\n{line}\n");
        let world = MemoryWorld::new()
            .with("dossier.toml", text.as_str())
            .with("content/article.md", "---\ntitle: Home\n---\nx\n");
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let labels = snapshot.diagnostics().iter().flat_map(|found| &found.labels);
        for label in labels.filter(|label| label.path.as_str() == "dossier.toml") {
            assert!(text.get(label.span.range()).is_some(), "{text:?}: {label:?}");
        }
    }
}

#[test]
fn of_the_fixes_of_a_file_only_so_many_are_tried_and_the_others_are_choices() {
    let target = |number| format!("[publish.t{number}]\nservice = \"Folder\"\npath = \"../t{number}\"\n");
    let world = MemoryWorld::new()
        .with("dossier.toml", (0..300).map(target).collect::<String>())
        .with("content/article.md", "---\ntitle: Home\n---\nx\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found = snapshot.problems().iter().filter(|found| found.message.contains("`Folder`"));
    let (sure, others): (Vec<_>, Vec<_>) = found.partition(|found| found.fix.is_some());
    assert_eq!((sure.len(), others.len()), (200, 100));
    assert!(others.iter().all(|found| found.choices.len() == 1));
}

#[test]
fn settings_that_tell_too_much_or_lead_elsewhere_are_errors() {
    let folder = |path: &str| format!("[publish.w]\nservice = \"folder\"\npath = '{path}'\n");
    let branch =
        |name: &str| format!("[publish.w]\nservice = \"git\"\nremote = \"origin\"\nbranch = \"{name}\"\n");
    let errors = |settings: &str| -> Vec<String> {
        let world = MemoryWorld::new()
            .with("dossier.toml", settings)
            .with("content/article.md", "---\ntitle: Home\n---\nx\n");
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let found = snapshot
            .problems()
            .iter()
            .filter(|found| found.labels.iter().all(|at| at.path.as_str() == "dossier.toml"));
        found.map(|found| format!("{} {:?}", found.message, found.help)).collect()
    };
    for (settings, part) in [
        ("base_url = \"https://anna:s3cret@e.org/\"".to_owned(), "password"),
        ("base_url = \"https://e.org/\u{202e}b/\"".to_owned(), "is not an address"),
        ("languages = [\"en\", \"con\"]".to_owned(), "Windows cannot have the folder `con`"),
        ("license = \"javascript:alert(1)\"".to_owned(), "is not the address or the name of a licence"),
        ("license = \"data:text/html,x\"".to_owned(), "is not the address or the name of a licence"),
        (folder("~/site"), "write the whole path"),
        (folder("~"), "write the whole path"),
        (folder("$HOME/site"), "write the whole path"),
        (folder("%USERPROFILE%/site"), "write the whole path"),
        (branch("ghp_abcdefghijklmnopqrstuvwxyz0123456789"), "looks like a credential"),
        (branch("HEAD"), "is not the name of a branch"),
        (branch("FETCH_HEAD"), "is not the name of a branch"),
        (folder("../www") + "prefix = \"a/con\"\n", "Windows cannot"),
    ] {
        let told = errors(&settings);
        // No theme has words in a language that does not exist.
        let told: Vec<String> = told.into_iter().filter(|told| !told.contains("has no words")).collect();
        assert!(told.len() == 1 && told[0].contains(part), "{settings}: {told:?}");
        assert!(!told[0].contains("s3cret") && !told[0].contains("ghp_"), "{told:?}");
    }
    for settings in [
        folder("../www"),
        folder("/home/anna/~site"),
        branch("gh-pages"),
        branch("AHEAD/x"),
        "base_url = \"https://e.org/@anna/\"".to_owned(),
    ] {
        assert_eq!(errors(&settings), [""; 0], "{settings}");
    }
}

#[test]
fn a_list_of_redactions_is_never_quoted() {
    let settings = "redactions = \"../list.toml\"\n";
    for list in ["token = \"s3cret\"\n", "redact = \"s3cret\"\n", "[[redact]]\nwords = \"Wu\"\ns3cret = 1\n"]
    {
        let world = MemoryWorld::new()
            .with("dossier.toml", settings)
            .with("../list.toml", list)
            .with("content/article.md", "---\ntitle: Home\n---\nx\n");
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let told = format!("{:?}", snapshot.problems());
        assert!(told.contains("the list of redactions `../list.toml`, line "), "{told}");
        assert!(!told.contains("s3cret") && !told.contains("token"), "{told}");
    }
}

/// The front matter of an actor; the rest of its dossier is right.
fn found_in_actor(front: &str, settings: &str) -> Vec<(String, String, Option<String>)> {
    let text = format!("---\n{front}\ntype: organization\n---\n");
    let world = MemoryWorld::new()
        .with("dossier.toml", settings)
        .with("content/article.md", "---\ntitle: Home\npublished: 2023-11-09\n---\n[[a]]\n")
        .with("content/actors/a.md", text.as_str());
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found = snapshot.problems().iter().map(|found| {
        let fixed = found.fix.as_ref().map(|fix| {
            let edits: Vec<&Edit> = fix.edits.iter().collect();
            let fixed = edit::apply(&text, &edits).0;
            fixed["---\n".len()..].split("\ntype:").next().unwrap_or_default().to_owned()
        });
        (found.code.to_owned(), found.message.clone(), fixed)
    });
    found.collect()
}

#[test]
fn a_text_that_a_comment_cuts_off_is_quoted() {
    let cut = [
        ("title: Route #4 to the port", "title: \"Route #4 to the port\""),
        ("title: The FBI names suspect #1 as the owner", "title: \"The FBI names suspect #1 as the owner\""),
        ("title: Dock #7", "title: \"Dock #7\""),
        ("title: Posts with #StandWithUs", "title: \"Posts with #StandWithUs\""),
        ("title: It's #1", "title: \"It's #1\""),
        ("title: Say \"no\" to #2", "title: 'Say \"no\" to #2'"),
        ("title: Дело #5", "title: \"Дело #5\""),
        ("title: A\nsummary: Berth #3 of the port", "title: A\nsummary: \"Berth #3 of the port\""),
        ("title: A\nsummary: #StandWithUs, they wrote", "title: A\nsummary: \"#StandWithUs, they wrote\""),
        ("title: A\naliases: Unit #8", "title: A\naliases: \"Unit #8\""),
        ("title: A\naliases:\n  - Unit #8\n  - B", "title: A\naliases:\n  - \"Unit #8\"\n  - B"),
        ("title: A\nrole:\n  en: Suspect #1\n  id: B", "title: A\nrole:\n  en: \"Suspect #1\"\n  id: B"),
    ];
    for (front, fixed) in cut {
        let found = found_in_actor(front, "");
        let [(code, _, fix)] = &found[..] else { panic!("{front:?}: {found:?}") };
        assert_eq!((code.as_str(), fix.as_deref()), ("cut-off-text", Some(fixed)), "{front:?}");
        assert_eq!(found_in_actor(fixed, ""), [], "{fixed:?}");
    }
}

#[test]
fn a_comment_stays_a_comment() {
    let whole = [
        "title: A # said on Friday",
        "title: A  #urgent",
        "title: A   # see below",
        "title: 2023 #1",
        "title: 1,000",
        "title: 2023-10 #later",
        "title: C#",
        "title: Room#4",
        "title: \"Route #4\"",
        "title: \"Route\" #4",
        "title: 'Route #4'",
        "title: >-\n  Route #4",
        "title: A\ncountry: KR #south",
        "title: A\ndraft: false #now",
        "title: A\nsummary: # to be written",
        "title: A\nsummary:  #todo",
        "title: A\naliases: [B, C] #more",
        "title: A\n#summary: x",
    ];
    for front in whole {
        assert_eq!(found_in_actor(front, ""), [], "{front:?}");
    }
}

/// A dossier with keys of another program in 50 files of two kinds.
fn with_foreign_keys(settings: &str, front: &str) -> Arc<Snapshot> {
    let mut world = MemoryWorld::new().with("dossier.toml", settings);
    for number in 0..50 {
        let (folder, more) = if number % 2 == 0 { ("notes", "") } else { ("pages", "x") };
        let text = format!("---\ntitle: T{number}\n{front}---\n{more}\n");
        world = world.with(&format!("content/{folder}/n{number}.md"), text.as_str());
    }
    Snapshot::take(Arc::new(world), &Options::default())
}

#[test]
fn keys_of_another_program_are_one_finding_each() {
    let front = "tags: [a]\ncssclasses: wide\n";
    let of = |settings: &str, front: &str| -> Vec<String> {
        let snapshot = with_foreign_keys(settings, front);
        let found = snapshot.problems().iter().filter(|found| found.code == "unknown-key");
        found.map(|found| found.message.clone()).collect()
    };
    let two = ["unknown key `tags`, in 50 places", "unknown key `cssclasses`, in 50 places"];
    assert_eq!(of("", front), two);
    assert_eq!(of("ignore_keys = [\"tags\"]\n", front), two[1..]);
    assert_eq!(of("ignore_keys = [\"tags\", \"cssclasses\"]\n", front), [""; 0]);
    assert_eq!(of("ignore_keys = [\"*\"]\n", front), [""; 0]);
    // What may be a mistake is not ignored with all others: a near miss, and a key that another kind has.
    assert_eq!(of("ignore_keys = [\"*\"]\n", "drat: true\n").len(), 50);
    assert_eq!(of("ignore_keys = [\"drat\"]\n", "drat: true\n"), [""; 0]);
    assert_eq!(
        of("ignore_keys = [\"*\"]\n", "coordinates: [1, 2]\n"),
        ["unknown key `coordinates`, in 50 places"]
    );
    let snapshot = with_foreign_keys("", front);
    let first = &snapshot.problems()[0];
    assert_eq!(first.labels.len(), 5);
    assert!(first.help.last().is_some_and(|help| help.contains("ignore_keys")), "{first:?}");
    assert!(with_foreign_keys("", "drat: true\n").problems().iter().all(|found| found.fix.is_some()));
}

#[test]
fn what_was_meant_as_markdown_and_is_none_is_told() {
    let path = "content/events/c.md";
    for (body, line, fixed) in [
        (
            "See (the report)[https://example.org/a] of it.\n",
            5,
            "See [the report](https://example.org/a) of it.\n",
        ),
        ("##\u{a0}After\n\nWords.\n", 5, "## After\n\nWords.\n"),
        (
            "> | What | When |\n> | --- |\n> | a | b |\n",
            6,
            "> | What | When |\n> | --- | --- |\n> | a | b |\n",
        ),
        ("Words.\n\n```\ncode\n\nMore words.\n", 7, ""),
    ] {
        let text = format!("---\ntitle: C\ndate: 2023-11\n---\n{body}");
        let snapshot = dossier(path, &text);
        let found: Vec<&Diagnostic> =
            snapshot.problems().iter().filter(|found| found.code == "missed-markup").collect();
        let [one] = found[..] else { panic!("{body:?}: {found:?}") };
        assert_eq!((one.labels[0].path.as_str(), line_of(&text, one)), (path, line), "{body:?}");
        let edits: Vec<&Edit> = one.fix.iter().flat_map(|fix| &fix.edits).collect();
        assert_eq!(edits.is_empty(), fixed.is_empty(), "{body:?}");
        if !fixed.is_empty() {
            assert!(edit::apply(&text, &edits).0.ends_with(&format!("---\n{fixed}")), "{body:?}");
        }
    }
}

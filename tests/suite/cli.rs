//! The program as its users run it: what it prints, what it writes, how it exits.

mod annotate;
mod contributions;
mod documents;
mod examples;
#[cfg(feature = "links")]
mod external;
mod guide;
mod held_back;
mod import;
mod import_evidence;
mod import_libraries;
mod import_maps;
mod import_notes;
mod import_rtf;
mod import_tables;
mod import_texts;
#[cfg(feature = "spreadsheets")]
mod import_workbooks;
#[cfg(not(any(
    feature = "bibliography",
    feature = "cards",
    feature = "links",
    feature = "seals",
    feature = "spreadsheets",
    feature = "stores"
)))]
mod parts;
mod publish;
mod rebuild;
mod rename;
mod reports;
mod rule_pages;
mod seals;
mod strangers;
mod tables;
mod themes;
mod triage;
mod verify;
mod version;

use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run of the program came to.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `dossier` in a folder. What a program without some of its parts says of that is left out.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut ran = run_as_it_is(folder, arguments);
    if let Some((note, rest)) = ran.err.split_once('\n')
        && note.starts_with("note: this program was built without ")
    {
        ran.err = rest.to_owned();
    }
    ran
}

fn run_as_it_is(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for variable in ["GITHUB_WORKSPACE", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    #[track_caller]
    fn expect(self, code: i32, out: &str, err: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (code, out, err));
    }

    /// One line on the standard error, and the code for what could not be carried out.
    #[track_caller]
    fn refuses(self, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        assert!(self.err.starts_with("error: ") && self.err.contains(words), "{}", self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
    }

    /// A wrong argument, which the help speaks of.
    #[track_caller]
    fn refuses_usage(self, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        assert!(self.err.contains(words) && self.err.contains("--help"), "{}", self.err);
    }
}

/// A dossier of these files, and a `dossier.toml` in Indonesian and English unless they hold one.
#[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
fn dossier(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dossier.toml"), "languages = [\"id\", \"en\"]\n").unwrap();
    for (path, content) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
pub fn read(folder: &TempDir, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).unwrap()
}

/// The dossier that `dossier init` makes.
fn example() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "."]).code, 0);
    folder
}

#[test]
fn init_makes_a_dossier_that_is_clean_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["init", "my dossier"]);
    assert_eq!((made.code, made.out.as_str()), (0, ""));
    assert!(made.err.contains("cd \"my dossier\"\n"), "{}", made.err);
    let inside = folder.path().join("my dossier");
    run(&inside, &["check", "--deny", "warnings", "--verbose"]).expect(
        0,
        "checked 18 files: nothing to fix\n",
        "",
    );
    for kind in ["actors", "claims", "events", "notes", "pages", "places", "routes", "sources", "article.md"]
    {
        assert!(inside.join("content").join(kind).exists(), "{kind}");
    }
    let built = run(&inside, &["build"]);
    assert_eq!((built.code, built.out.as_str()), (0, ""), "{}", built.err);
    assert!(inside.join("public/index.html").exists());
}

#[test]
fn init_refuses_a_folder_that_holds_something() {
    let folder = dossier(&[]);
    run(folder.path(), &["init", "."]).refuses("`.` is not empty");
    let file = folder.path().join("dossier.toml");
    run(folder.path(), &["init", file.to_str().unwrap()]).refuses("cannot create a dossier");
}

#[test]
fn new_makes_a_file_of_every_kind_that_the_program_can_read() {
    let folder = dossier(&[]);
    let kinds = ["article", "claim", "actor", "route", "place", "event", "source", "note", "page"];
    for kind in kinds {
        let title = format!("{kind}: “Żółć” & 'co' #1");
        let path = match kind {
            "article" => "content/article.md".to_owned(),
            kind => format!("content/{kind}s/{kind}-zolc-co-1.md"),
        };
        run(folder.path(), &["new", kind, &title]).expect(0, &format!("{path}\n"), "");
    }
    let found = run(folder.path(), &["check", "--format", "short"]).out;
    // Nothing is invented, so the date of the event is still to be given.
    let found = found.replace("event-zolc-co-1.md:4:1: error[missing-field]: `date` is missing", "");
    let of_data = ["invalid-syntax", "invalid-value", "missing-field", "unknown-key", "wrong-type"];
    assert!(!of_data.iter().any(|code| found.contains(code)), "{found}");
    assert!(
        read(&folder, "content/places/place-zolc-co-1.md")
            .starts_with("---\ntitle: \"place: “Żółć” & 'co' #1\"\n")
    );
}

#[test]
fn new_refuses_what_is_taken_or_no_id() {
    let folder = dossier(&[("content/actors/nis.md", "---\ntitle: NIS\nformerly: [kcia]\n---\n")]);
    run(folder.path(), &["new", "claim", "NIS"]).refuses("the id `nis` is taken by `content/actors/nis.md`");
    run(folder.path(), &["new", "claim", "A claim", "--id", "kcia"])
        .refuses("`kcia` is a former id of `nis`");
    run(folder.path(), &["new", "claim", "A claim", "--id", "../x"])
        .refuses("an id is letters, digits and hyphens");
    run(folder.path(), &["new", "claim", "?!"]).refuses("give one with `--id`");
    run(folder.path(), &["new", "claim", "x", "--lang", "fr"]).refuses("`fr` is not a language of the site");
    run(folder.path(), &["new", "clam", "x"]).refuses_usage("'clam'");
}

#[test]
fn new_makes_a_stub_for_a_translation() {
    let folder =
        dossier(&[("content/actors/nis.md", "---\ntitle: Badan Intelijen\nsummary: Apa.\n---\nTeks.\n")]);
    let words = ["new", "actor", "The agency", "--id", "nis", "--lang", "en"];
    run(folder.path(), &words).expect(0, "content/actors/nis.en.md\n", "");
    let stub = read(&folder, "content/actors/nis.en.md");
    assert!(stub.starts_with("---\ntitle: The agency\nsummary:\ntranslated_from: "), "{stub}");
    run(folder.path(), &["translate"]).expect(
        0,
        "current     en  content/actors/nis.en.md\n",
        "0 missing, 0 stale, 0 unrecorded, 1 current\n",
    );
    run(folder.path(), &words).refuses("already has an edition in `en`");
    run(folder.path(), &["new", "actor", "x", "--id", "nsi", "--lang", "en"]).refuses("did you mean `nis`?");
    run(folder.path(), &["new", "place", "x", "--id", "nis", "--lang", "en"]).refuses("is of kind `actor`");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test changes settings as an author would")]
fn a_site_is_not_written_into_the_dossier() {
    let folder = dossier(&[("content/article.md", "---\ntitle: A\n---\n")]);
    for own in [".", "content", "content/new/folder", "themes/x", ".dossier/x", "content/../content/y", "../"]
    {
        run(folder.path(), &["build", "--output", own]).refuses("the dossier's own folders");
    }
    let targets = [".", "content/new", "../"]
        .map(|path| format!("[publish.www]\nservice = \"folder\"\npath = {path:?}\n"));
    let settings = read(&folder, "dossier.toml");
    for target in targets {
        std::fs::write(folder.path().join("dossier.toml"), format!("{settings}\n{target}")).unwrap();
        let publish = ["publish", "--dry-run", "--allow", "base-url"];
        run(folder.path(), &publish).refuses("the dossier's own folders");
    }
    assert!(!folder.path().join("content/new").exists());
    std::fs::write(folder.path().join("dossier.toml"), &settings).unwrap();
    assert_eq!(run(folder.path(), &["build", "--output", "contents/x"]).code, 0);
}

#[test]
fn check_exits_by_what_it_finds() {
    let warning = ("content/stray.md", "---\ntitle: A\n---\n");
    let folder = dossier(&[warning]);
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    assert_eq!(run(folder.path(), &["check", "--deny", "warnings"]).code, 1);
    assert_eq!(run(folder.path(), &["check", "--quiet"]).out, "");
    let folder = dossier(&[warning, ("content/pages/a.md", "no title")]);
    assert_eq!(run(folder.path(), &["check"]).code, 1);
    let quiet = run(folder.path(), &["check", "--quiet", "--format", "short"]).out;
    assert_eq!(quiet, "content/pages/a.md:1:1: error[missing-field]: `title` is missing\n");
}

#[test]
fn a_dossier_is_found_from_within_and_by_its_folder() {
    let folder = dossier(&[("content/pages/a.md", "no title")]);
    let line = "content/pages/a.md:1:1: error[missing-field]: `title` is missing\n";
    run(&folder.path().join("content/pages"), &["check", "--format", "short"]).expect(1, line, "");
    let (above, name) =
        (folder.path().parent().unwrap(), folder.path().file_name().unwrap().to_str().unwrap());
    let words = ["--root", name, "--format", "short", "check"];
    run(above, &words).expect(1, &format!("{name}/{line}"), "");
    let empty = tempfile::tempdir().unwrap();
    run(empty.path(), &["check"]).refuses("there is no `dossier.toml` here or in a folder above");
    run(empty.path(), &["check", "--root", "nowhere"]).refuses("there is no `dossier.toml` in `nowhere`");
}

#[test]
fn fix_mends_what_is_sure_and_leaves_the_rest() {
    let folder = dossier(&[(
        "content/actors/nis.md",
        "---\ntitle: NIS   # the agency\ntpye: agency\ncountry: XX\ndrat: false\n---\n\nWords.\n",
    )]);
    let first = run(folder.path(), &["check", "--fix", "--format", "short"]);
    assert_eq!(first.code, 1);
    assert_eq!(
        first.err,
        "fixed content/actors/nis.md: replace it with `type`\nfixed content/actors/nis.md: replace it with `draft`\n"
    );
    assert!(first.out.contains("`XX` is not a country code"), "{}", first.out);
    let mended = "---\ntitle: NIS   # the agency\ntype: agency\ncountry: XX\ndraft: false\n---\n\nWords.\n";
    assert_eq!(read(&folder, "content/actors/nis.md"), mended);
    let second = run(folder.path(), &["check", "--fix", "--format", "short"]);
    assert_eq!((second.code, second.out.as_str(), second.err.as_str()), (1, first.out.as_str(), ""));
    assert_eq!(read(&folder, "content/actors/nis.md"), mended);
}

#[test]
fn offers_are_taken_up_on_demand() {
    let page = "---\ntitle: P\n---\nThey met in Tokyo.\n";
    let folder =
        dossier(&[("content/pages/p.md", page), ("content/places/tokyo.md", "---\ntitle: Tokyo\n---\n")]);
    run(folder.path(), &["check", "--offers"]).refuses_usage("--fix");
    assert_eq!(run(folder.path(), &["check", "--fix"]).err, "");
    assert_eq!(read(&folder, "content/pages/p.md"), page);
    assert_eq!(
        run(folder.path(), &["check", "--fix", "--offers"]).err,
        "fixed content/pages/p.md: link it\n"
    );
    assert!(read(&folder, "content/pages/p.md").contains("met in [Tokyo](../places/tokyo.md)."));
}

#[test]
fn explain_knows_every_code() {
    let empty = tempfile::tempdir().unwrap();
    let list = run(empty.path(), &["explain"]);
    assert_eq!(list.code, 0);
    for code in dossier::session::codes() {
        assert!(list.out.contains(code.name), "{}", code.name);
        let page = run(empty.path(), &["explain", code.name]);
        assert!(page.code == 0 && page.out.starts_with(&format!("{} ({}", code.name, code.level.word())));
    }
    run(empty.path(), &["explain", "claim-without-sorce"]).refuses("did you mean `claim-without-source`?");
    run(empty.path(), &["explain", "zzz"]).refuses("`dossier explain` lists the codes");
}

#[test]
fn translate_lists_and_records() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\nTeks.\n");
    let folder = dossier(&[
        ("content/pages/a.md", &page("A")),
        ("content/pages/b.md", &page("B")),
        ("content/pages/b.en.md", "---\ntitle: B # keep\n---\n"),
        ("content/pages/c.md", &page("C")),
        ("content/pages/c.en.md", "---\ntitle: C\ntranslated_from: 000000000000 # old\n---\n"),
    ]);
    let list = "missing     en  content/pages/a.en.md\nstale       en  content/pages/c.en.md\n\
                unrecorded  en  content/pages/b.en.md\n";
    run(folder.path(), &["translate"]).expect(0, list, "1 missing, 1 stale, 1 unrecorded, 0 current\n");
    let accept = ["translate", "--accept", "content/pages/c.en.md"];
    run(folder.path(), &accept).expect(0, "recorded content/pages/c.en.md\n", "");
    run(&folder.path().join("content/pages"), &["translate", "--accept", "b.en.md"]).expect(
        0,
        "recorded content/pages/b.en.md\n",
        "",
    );
    let c = read(&folder, "content/pages/c.en.md");
    assert!(c.contains(" # old\n") && !c.contains("000000000000"), "{c}");
    assert!(read(&folder, "content/pages/b.en.md").starts_with("---\ntitle: B # keep\ntranslated_from: "));
    run(folder.path(), &["translate", "--all"]).expect(0, "", "");
    run(folder.path(), &["translate", "--quiet"]).expect(0, "missing     en  content/pages/a.en.md\n", "");
    run(folder.path(), &["translate", "--accept", "content/pages/a.en.md"]).refuses("is not a translation");
}

#[test]
fn schema_is_json_of_the_kind() {
    let empty = tempfile::tempdir().unwrap();
    let schema = run(empty.path(), &["schema", "event"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.out).unwrap();
    assert_eq!(schema["required"], serde_json::json!(["title", "date"]));
    assert!(schema["properties"]["places"].is_object());
    run(empty.path(), &["schema", "thing"]).refuses_usage("'thing'");
}

#[test]
fn completions_are_for_known_shells() {
    let empty = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(empty.path(), &["completions", shell]);
        assert!(script.code == 0 && script.out.contains("translate"), "{shell}");
    }
    run(empty.path(), &["completions", "abacus"]).refuses_usage("'abacus'");
}

#[test]
fn build_writes_nothing_where_there_are_errors() {
    let folder = dossier(&[("content/pages/a.md", "no title")]);
    let built = run(folder.path(), &["build"]);
    assert_eq!((built.code, built.err.as_str()), (1, "nothing was written\n"));
    assert!(!folder.path().join("public").exists());
    let built = run(folder.path(), &["build", "--keep-going", "--output", "out", "--threads", "1"]);
    assert_eq!(built.code, 1, "{}", built.err);
    assert!(folder.path().join("out/a.html").exists());
}

#[test]
fn serve_says_why_it_cannot_listen() {
    // TEST-NET-1 of RFC 5737 is no address of this machine.
    let words = ["serve", "--host", "192.0.2.1", "--port", "1111"];
    run(example().path(), &words).refuses("cannot listen on 192.0.2.1, port 1111");
}

#[test]
fn wrong_arguments_are_a_matter_of_their_own() {
    let empty = tempfile::tempdir().unwrap();
    for words in [&["chekc"][..], &["check", "--format", "xml"], &["rename", "a"], &[]] {
        assert_eq!(run(empty.path(), words).code, 2, "{words:?}");
    }
    let help = run(empty.path(), &["--help"]);
    assert!(help.code == 0 && help.out.contains("Exit codes") && help.err.is_empty());
}

#[test]
fn a_reader_who_leaves_ends_it_quietly() {
    let folder = dossier(&[("content/pages/a.md", "no title")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command
        .current_dir(folder.path())
        .args(["check", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}

/// A packed file of these parts, as documents and spreadsheets are. OpenDocument asks for its first part as it is.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use zip::write::SimpleFileOptions;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

//! The habits of the code, held by tests: which way imports run, how files open, what tables hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use dossier::check::RULES;
use dossier::kinds::keys::{Key, Said, Shape};
use dossier::kinds::{KindId, Role};
use dossier::session::codes;

/// The modules in the order of the pipeline: each imports from those before it only. Those in one group never import
/// each other. A module that is not there yet is no mistake; one that is not listed here is.
const ORDER: [&[&str]; 39] = [
    &["base"],
    &["data"],
    &["geo"],
    &["world", "http"],
    &["seal"],
    &["config"],
    &["metadata"],
    &["redact"],
    &["kinds"],
    &["vocabulary"],
    &["load"],
    &["parse"],
    &["link"],
    &["course"],
    &["evidence"],
    &["site"],
    &["theme"],
    &["locale"],
    &["values"],
    &["check"],
    &["external"],
    &["map"],
    &["exports"],
    &["citation", "search"],
    &["shown"],
    &["draw"],
    &["reader"],
    &["machine"],
    &["pages"],
    &["render"],
    &["outputs"],
    &["emit"],
    &["session"],
    &["untrusted"],
    &["ide", "report"],
    &["import"],
    &["create"],
    &["serve", "publish", "lsp"],
    &["cli"],
];

/// Files longer than this want a reason.
const MOST_LINES: usize = 500;

/// The long files, and why each is one.
const LONG: [(&str, &str); 0] = [];

/// A source file of the program.
struct SourceFile {
    /// Below `src/`.
    name: String,
    text: String,
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own sources")]
fn sources() -> Vec<SourceFile> {
    let top = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let entries = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().map(Result::unwrap);
    let sources = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"));
    sources
        .map(|entry| SourceFile {
            name: entry.path().strip_prefix(&top).unwrap().to_string_lossy().replace('\\', "/"),
            text: std::fs::read_to_string(entry.path()).unwrap(),
        })
        .collect()
}

impl SourceFile {
    /// The folder or file of `src/` that it belongs to: `link`, `config`.
    fn module(&self) -> &str {
        self.name.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Whether it is a folder's face: `link/mod.rs`, or `config.rs` beside `config/`.
    fn is_face(&self) -> bool {
        self.name.ends_with("/mod.rs") || !self.name.contains('/')
    }

    /// Where it stands in the crate: `["link", "anchor", "near"]`.
    fn place(&self) -> Vec<&str> {
        self.name.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect()
    }

    /// Where it stands, and the folders that it stands in.
    fn places(&self) -> impl Iterator<Item = Vec<&str>> {
        let place = self.place();
        (1..=place.len()).map(move |length| place[..length].to_vec())
    }

    /// The paths that it names: those of its `use` that begin with `keyword`, or, with none, all that begin with
    /// `crate` or `super`.
    fn paths(&self, keyword: &str) -> Vec<String> {
        let code: String = self.code().map(|(_, line)| format!("{line}\n")).collect();
        let mut found = Vec::new();
        for statement in code.split(';') {
            let Some(line) =
                statement.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#["))
            else {
                continue;
            };
            let after = |keyword: &str| statement.split_once(keyword).map(|(_, tree)| expanded(tree));
            let is_use = ["use ", "pub use ", "pub(crate) use "].iter().any(|start| line.starts_with(start));
            match (is_use, keyword) {
                (true, "") => found.extend(after("use ").unwrap_or_default()),
                (true, keyword) if line.starts_with(keyword) => {
                    found.extend(after(keyword).unwrap_or_default())
                }
                (false, "") => {
                    for start in ["crate::", "super::"] {
                        let ends = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
                        let hits = statement.match_indices(start).filter(|(at, _)| {
                            !statement[..*at].ends_with(|c: char| c.is_alphanumeric() || c == ':')
                        });
                        found.extend(hits.map(|(at, _)| {
                            statement[at..].split(ends).next().unwrap_or_default().to_owned()
                        }));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Its lines without comments and without the tests at its end, with their numbers. A file of tests has none.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.name.ends_with("/tests.rs");
        let code = self.text.split("#[cfg(test)]\nmod ").next().filter(|_| !tests).unwrap_or_default();
        code.lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The modules that it names after `crate::`, and in which line.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (number, line) in self.code() {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                match rest.strip_prefix('{') {
                    Some(group) => found.extend(group_names(group).map(|name| (number, name))),
                    None => found.push((number, first_name(rest))),
                }
            }
        }
        found
    }
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names in `data, load, base::{id, path}}`.
fn group_names(group: &str) -> impl Iterator<Item = String> {
    let mut depth = 0;
    let parts: Vec<&str> = group
        .split(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0
        })
        .collect();
    parts
        .into_iter()
        .map(|part| first_name(part.trim()))
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|group| group.contains(&module))
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn imports_run_one_way() {
    let mut problems = Vec::new();
    for file in sources().iter().filter(|file| !["lib.rs", "main.rs"].contains(&file.name.as_str())) {
        let module = file.module();
        let Some(own) = rank(module) else {
            problems.push(format!("src/{}: give `{module}` its place in tests/suite/tidy.rs", file.name));
            continue;
        };
        for (number, import) in file.imports() {
            let is_fine = import == module || rank(&import).is_some_and(|other| other < own);
            if !is_fine {
                problems.push(format!("src/{}:{number}: `{module}` imports from `{import}`", file.name));
            }
        }
    }
    assert_none(&problems);
}

/// The folders in which files import in a circle, and why.
const CIRCLES: [(&str, &str); 1] =
    [("kinds", "a value of a fact can be a record of a kind, and a kind says what it says as facts")];

/// Within a folder, its files and folders import from each other in one direction too.
///
/// `mod.rs`, or the file that has the folder's name, is the folder's face: it names what is in the folder, and that may
/// use what the face declares, so the face itself is not counted. A name that the face only hands on (`pub use
/// graph::Graph`) counts as what it is: an import from the file that declares it.
#[test]
fn files_import_one_way() {
    let sources = sources();
    let places: BTreeSet<Vec<&str>> = sources.iter().flat_map(SourceFile::places).collect();
    let mut handed_on: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    let faces = sources.iter().filter(|file| file.is_face());
    let uses: Vec<(Vec<&str>, Vec<String>)> =
        faces.map(|file| (file.place(), file.paths("pub use "))).collect();
    for (face, paths) in &uses {
        for path in paths {
            let names: Vec<&str> = path.split("::").filter(|name| *name != "self").collect();
            if let (Some(first), Some(last)) = (names.first(), names.last()) {
                handed_on.insert([&face[..], &[last]].concat(), [&face[..], &[first]].concat());
            }
        }
    }
    // Of each folder, which of its members imports from which, and where that is written.
    let mut imports: BTreeMap<Vec<&str>, BTreeMap<&str, BTreeMap<String, &str>>> = BTreeMap::new();
    for file in &sources {
        let own = file.place();
        for path in file.paths("") {
            let Some(target) = absolute(&own, &path) else { continue };
            let shared = own.iter().zip(&target).take_while(|(a, b)| *a == *b).count();
            let (Some(from), true) = (own.get(shared), shared > 0) else { continue };
            let member: Vec<&str> = target.iter().take(shared + 1).map(String::as_str).collect();
            let member = handed_on.get(&member).cloned().unwrap_or(member);
            let Some(to) = member.get(shared).filter(|to| *to != from) else { continue };
            if places.contains(&member) {
                let folder = imports.entry(own[..shared].to_vec()).or_default();
                folder.entry(from).or_default().insert((*to).to_owned(), &file.name);
            }
        }
    }
    let mut problems = Vec::new();
    for (folder, imports) in &imports {
        let folder = folder.join("/");
        let circles = imports.keys().filter_map(|start| way(imports, start, start, &mut BTreeSet::new()));
        let circles = circles.map(|circle| format!("src/{folder}: {}", circle.join(" -> ")));
        let circles: Vec<String> = circles.collect();
        match CIRCLES.iter().any(|(name, _)| *name == folder) {
            true if circles.is_empty() => problems.push(format!("src/{folder}: it needs no excuse any more")),
            true => {}
            false => problems.extend(circles),
        }
    }
    assert_none(&problems);
}

/// A way along imports from one member of a folder to another.
fn way(
    imports: &BTreeMap<&str, BTreeMap<String, &str>>,
    from: &str,
    to: &str,
    seen: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    for (next, file) in imports.get(from).into_iter().flatten() {
        if next == to {
            return Some(vec![format!("{from} ({file})"), next.clone()]);
        }
        if seen.insert(next.clone())
            && let Some(rest) = way(imports, next, to, seen)
        {
            return Some([vec![format!("{from} ({file})")], rest].concat());
        }
    }
    None
}

/// A path as it is from the crate's root, seen from the module `own`; `None` if it leads elsewhere.
fn absolute(own: &[&str], path: &str) -> Option<Vec<String>> {
    let mut names = path.split("::").peekable();
    let mut absolute: Vec<String> = match *names.peek()? {
        "crate" => {
            names.next();
            Vec::new()
        }
        "super" | "self" => own.iter().map(|name| (*name).to_owned()).collect(),
        _ => return None,
    };
    while let Some(step) = names.next_if(|name| matches!(*name, "super" | "self")) {
        if step == "super" {
            absolute.pop();
        }
    }
    absolute.extend(names.map(str::to_owned));
    Some(absolute)
}

/// The paths of `a::{b, c::{d, self}}`.
fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        return vec![tree.split_whitespace().next().unwrap_or_default().to_owned()];
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let (mut depth, mut parts, mut start) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(expanded).map(|path| format!("{before}{path}")).collect()
}

#[test]
fn paths_are_understood() {
    assert_eq!(expanded("a::{b, c::{d, self},}"), ["a::b", "a::c::d", "a::c::self"]);
    assert_eq!(expanded("a::b as c"), ["a::b"]);
    let absolute = |path| absolute(&["pages", "special", "matrix"], path).map(|names| names.join("/"));
    assert_eq!(absolute("super::super::head::HeadParts").as_deref(), Some("pages/head/HeadParts"));
    assert_eq!(absolute("crate::shown::Page").as_deref(), Some("shown/Page"));
    assert_eq!(absolute("std::fmt"), None);
}

#[test]
fn groups_of_imports_are_understood() {
    let names = |group: &str| group_names(group).collect::<Vec<_>>();
    assert_eq!(names("data, load};"), ["data", "load"]);
    assert_eq!(names("base::{id, path}, link::Graph};"), ["base", "link"]);
}

/// The only files that call `std::fs`, and why. Everything else goes through `world::dir`, which follows no link.
const TOUCHES_THE_DISK: [(&str, &str); 7] = [
    ("cli/given.rs", "the user names what is imported and compared, and where a key is kept"),
    ("emit/cache.rs", "it reads the running program"),
    ("emit/folder.rs", "the type of the lock"),
    ("untrusted/tree.rs", "the type of permissions"),
    ("shown/reference.rs", "a test reads and writes the theme's README"),
    ("world/dir/checked.rs", "it is what `world::dir` is made of"),
    ("world/dir/mod.rs", "it creates the folder that the user names"),
];

#[test]
fn one_door_leads_to_the_disk() {
    let mut problems = Vec::new();
    let mut used = BTreeSet::new();
    for file in sources().iter().filter(|file| file.name != "world/dir/unix.rs") {
        let is_disk =
            |line: &str| ["std::fs", "File::", "rustix", "walkdir"].iter().any(|word| line.contains(word));
        for (number, line) in file.code().filter(|(_, line)| is_disk(line)) {
            match TOUCHES_THE_DISK.iter().find(|(name, _)| *name == file.name) {
                Some((name, _)) => drop(used.insert(*name)),
                None => problems.push(format!("src/{}:{number}: `{}`", file.name, line.trim())),
            }
        }
    }
    let unused = TOUCHES_THE_DISK.iter().filter(|(name, _)| !used.contains(name));
    problems.extend(unused.map(|(name, _)| format!("src/{name}: it needs no excuse any more")));
    assert_none(&problems);
}

/// XML that others wrote can be made to take minutes, so all of it is read where that is checked first.
#[test]
fn one_reader_of_xml() {
    let mut problems = Vec::new();
    for file in sources().iter().filter(|file| file.name != "base/xml.rs") {
        let calls = file.code().filter(|(_, line)| line.contains("Document::parse"));
        problems.extend(calls.map(|(number, _)| format!("src/{}:{number}: call `base::xml`", file.name)));
    }
    assert_none(&problems);
}

/// The modules that are compiled with an optional part of the program only, as `["publish", "remote"]`.
fn modules_of_parts(files: &[SourceFile]) -> BTreeSet<Vec<String>> {
    let mut modules = BTreeSet::new();
    for file in files {
        let folder: Vec<&str> = file.place().into_iter().filter(|name| *name != "lib").collect();
        let lines: Vec<&str> = file.text.lines().collect();
        for pair in lines.windows(2).filter(|pair| {
            ["#[cfg(feature", "#[cfg(any(feature"].iter().any(|start| pair[0].starts_with(start))
        }) {
            let name =
                pair[1].strip_suffix(';').and_then(|line| line.split_once("mod ")).map(|(_, name)| name);
            modules.extend(
                name.map(|name| folder.iter().chain([&name]).map(|name| (*name).to_owned()).collect()),
            );
        }
    }
    modules
}

/// The tests without the optional parts have the crates of the parts all the same (see `tests/run`), so this holds that
/// only the parts name them.
#[test]
fn crates_of_optional_parts_stay_within_them() {
    let manifest = include_str!("../../Cargo.toml");
    let optional = manifest.lines().filter(|line| line.contains("optional = true"));
    let crates: BTreeSet<String> = optional
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| format!("{}::", name.replace('-', "_")))
        .collect();
    let files = sources();
    let modules = modules_of_parts(&files);
    let is_part =
        |file: &SourceFile| file.places().any(|place| modules.iter().any(|module| place == *module));
    let names = |line: &str, name: &str| {
        line.match_indices(name)
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let (within, outside): (Vec<_>, Vec<_>) = files
        .iter()
        .flat_map(|file| file.code().map(move |(number, line)| (file, number, line)))
        .filter(|(_, _, line)| crates.iter().any(|name| names(line, name)))
        .partition(|(file, _, _)| is_part(file));
    assert!(within.len() > 10, "too few uses of {crates:?} in {modules:?}");
    assert_none(
        &outside
            .iter()
            .map(|(file, number, line)| format!("src/{}:{number}: `{}`", file.name, line.trim()))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_file_says_what_it_holds() {
    let starts_well = |file: &SourceFile| file.text.starts_with("//! ");
    let problems: Vec<String> = sources()
        .iter()
        .filter(|file| !starts_well(file))
        .map(|file| format!("src/{}: open it with a sentence, `//! …`", file.name))
        .collect();
    assert_none(&problems);
}

#[test]
fn files_are_short_or_have_a_reason() {
    let sources = sources();
    let mut problems = Vec::new();
    for file in &sources {
        let lines = file.text.lines().count();
        let is_excused = LONG.iter().any(|(name, _)| *name == file.name);
        if lines > MOST_LINES && !is_excused {
            problems.push(format!("src/{}: {lines} lines; split it, or list it with a reason", file.name));
        }
        if lines <= MOST_LINES && is_excused {
            problems.push(format!("src/{}: {lines} lines; it needs no excuse any more", file.name));
        }
    }
    let is_there = |name: &str| sources.iter().any(|file| file.name == name);
    problems.extend(
        LONG.iter().filter(|(name, _)| !is_there(name)).map(|(name, _)| format!("src/{name} is gone")),
    );
    assert_none(&problems);
}

/// Code is wrapped by rustfmt; its comments are prose, and wrapped at one width.
#[test]
fn comments_are_wrapped() {
    const WIDEST: usize = 120;
    let mut problems = Vec::new();
    for file in &sources() {
        for (number, line) in file.text.lines().enumerate() {
            if line.trim_start().starts_with("//") && line.chars().count() > WIDEST {
                problems.push(format!("src/{}:{}: a comment wider than {WIDEST}", file.name, number + 1));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn nothing_is_left_undone_or_unwrapped() {
    const BANNED: [&str; 5] = ["todo!(", "dbg!(", "unimplemented!(", ".unwrap()", "FIXME"];
    let mut problems = Vec::new();
    for file in sources() {
        for (number, line) in file.code() {
            for word in BANNED.iter().filter(|word| line.contains(**word)) {
                problems.push(format!("src/{}:{number}: `{word}`", file.name));
            }
        }
    }
    assert_none(&problems);
}

/// Roles whose words other formats and languages have too: HTML's `embed`, BibTeX's `publisher`.
const COMMON_WORDS: [Role; 14] = [
    Role::About,
    Role::Actors,
    Role::Between,
    Role::Claims,
    Role::Embed,
    Role::From,
    Role::Mention,
    Role::Places,
    Role::Publisher,
    Role::Relays,
    Role::Source,
    Role::Target,
    Role::To,
    Role::Via,
];

/// Whether the literal behind `before` is compared with a role or a label, or stands for one.
fn is_a_role(line: &str, before: &str) -> bool {
    let before = before.trim_end_matches([' ', '[', '&', '*']);
    ["role ==", "role !=", "label ==", "label !=", "role:", "label:"].iter().any(|end| before.ends_with(end))
        || line.contains("targets(")
}

/// Whether the literal between `before` and `after` names a value that is handed on: `("by", value)`, `"by": value`.
fn names_a_value(before: &str, after: &str) -> bool {
    (before.ends_with('(') && after.starts_with(',')) || after.starts_with(':')
}

#[test]
fn roles_are_written_as_roles() {
    let mut problems = Vec::new();
    for file in sources().iter().filter(|file| file.module() != "kinds") {
        for (number, line) in file.code() {
            for role in Role::ALL {
                let literal = format!("\"{}\"", role.word());
                for (at, _) in line.match_indices(&literal) {
                    let (before, after) = (&line[..at], line[at + literal.len()..].trim_start());
                    let is_fine = match COMMON_WORDS.contains(role) {
                        true => !is_a_role(line, before),
                        false => names_a_value(before, after),
                    };
                    if !is_fine {
                        problems.push(format!("src/{}:{number}: write {literal} as a `Role`", file.name));
                    }
                }
            }
        }
    }
    assert_none(&problems);
}

/// The names of the keys that are said on pages, those of records included.
fn labels(keys: impl Iterator<Item = &'static Key>, names: &mut BTreeSet<&'static str>) {
    for key in keys.filter(|key| !matches!(key.said, Said::Never | Said::InData)) {
        names.insert(key.name);
        if let Shape::Record(keys) | Shape::List(&Shape::Record(keys)) = key.shape {
            labels(keys.iter(), names);
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the theme")]
fn the_theme_has_words_for_every_fact_and_role() {
    let mut names = BTreeSet::new();
    KindId::ALL.iter().for_each(|kind| labels(kind.keys(), &mut names));
    let roles: BTreeSet<&str> = Role::ALL.iter().map(|role| role.word()).collect();
    for lang in ["en", "id"] {
        let path = format!("{}/themes/default/strings/{lang}.toml", env!("CARGO_MANIFEST_DIR"));
        let strings: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let words = |table: &str| strings[table].as_table().unwrap().keys().map(String::as_str).collect();
        let (facts, backlinks): (BTreeSet<&str>, BTreeSet<&str>) = (words("facts"), words("roles"));
        assert_eq!(names.difference(&facts).collect::<Vec<_>>(), [&""; 0], "{lang}: facts");
        assert_eq!(backlinks, roles, "{lang}: roles");
    }
}

#[test]
fn rules_are_sorted_documented_and_specified() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.code.name).collect();
    assert!(names.is_sorted(), "sort RULES by name: {names:?}");
    let top = env!("CARGO_MANIFEST_DIR");
    let mut problems = Vec::new();
    for rule in RULES {
        let name = rule.code.name;
        let file = format!("src/check/rules/{}.rs", name.replace('-', "_"));
        for path in [file, format!("tests/spec/rules/{name}.md")] {
            if !PathBuf::from(format!("{top}/{path}")).is_file() {
                problems.push(format!("{path} is missing"));
            }
        }
    }
    let specs = walkdir::WalkDir::new(format!("{top}/tests/spec/rules")).min_depth(1).sort_by_file_name();
    for spec in specs {
        let name = spec.unwrap().file_name().to_string_lossy().trim_end_matches(".md").to_owned();
        if !names.contains(&name.as_str()) {
            problems.push(format!("tests/spec/rules/{name}.md: there is no such rule"));
        }
    }
    assert_none(&problems);
}

#[test]
fn codes_are_unique_and_explained() {
    let codes = codes();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), codes.len(), "two codes share a name");
    let mut problems = Vec::new();
    for code in codes {
        let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
        if !code.name.chars().all(is_word) {
            problems.push(format!("{}: a code is lower case words joined by hyphens", code.name));
        }
        if code.docs.len() < 200 || !code.docs.contains("\n\nHow to fix: ") {
            problems.push(format!("{}: explain what it means, why it matters, and how to fix it", code.name));
        }
        if code.docs.lines().any(|line| line.chars().count() > 120) {
            problems.push(format!("{}: its docs have a line longer than 120 characters", code.name));
        }
    }
    assert_none(&problems);
}

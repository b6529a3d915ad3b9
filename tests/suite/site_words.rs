//! The words of the site in each language of the default theme: complete, with the plural forms and the blanks that
//! they need, and nothing left in English.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use dossier::base::diagnostic::Severity;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use fancy_regex::Regex;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};

const LANGUAGES: [&str; 12] = ["ar", "de", "en", "es", "fr", "id", "ja", "ko", "pt", "ru", "uk", "zh-Hans"];

/// English words that a language has, too.
const SHARED: [(&str, &str); 11] = [
    ("ar", "EPUB"),
    (
        "de",
        "Code|Depot|EPUB|Film|Information|Interview|Moderation|N|Organisation|Patent|Person|Pipeline|Region|Route|S|\
         Software|Status|Text|Video|W|Winter|{n} MB|{n} kB|{n} km",
    ),
    ("es", "5 – improbable|Actor|Base|E|EPUB|N|S|{n} actor"),
    (
        "fr",
        "5 – improbable|Air|Alliance|Annotations|Article|Articles|Base|Code|Danger|Date|Description|Distance|Distances|\
         Document|E|EPUB|Figure|Film|Identification|Image|Important|Information|Licence|N|Note|Notes|Organisation|Page|\
         Page {n}|Pages|Passage|Port|Question|Rail|S|Source|Sources|Type|Verdict|Village|{n} article|{n} articles|\
         {n} note|{n} notes|{n} page|{n} pages|{n} source|{n} sources",
    ),
    ("id", "Audio|Data|Data:|Depot|EPUB|Film|Media|Status|Video|{n} MB|{n} kB|{n} km"),
    ("ja", "E|EPUB|N|S|W|{n} MB|{n} kB|{n} km"),
    ("ko", "E|EPUB|N|S|W"),
    ("pt", "Base|EPUB|N|S|Status|{n} bytes"),
    ("ru", "EPUB"),
    ("uk", "EPUB"),
    ("zh-Hans", "EPUB|{n} MB|{n} kB"),
];

/// Names in Latin letters that languages of other scripts write so, too.
const NAMES: &str = "A Atom B BibTeX C CSL CSV D E EPUB Earth F FollowTheMoney GeoJSON ICD JSON JavaScript LD LaTeX MB N \
                     Natural PDF S Schema W WGS dossier json kB km org schema GPX KML SHA Dossier RFC minisign";

#[derive(Clone, Debug, Eq, PartialEq)]
enum Word {
    Single(String),
    Plural(BTreeMap<String, String>),
}

impl Word {
    fn texts(&self) -> Vec<&str> {
        match self {
            Word::Single(text) => vec![text],
            Word::Plural(forms) => forms.values().map(String::as_str).collect(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads the theme")]
fn text(lang: &str) -> String {
    let path = format!("{}/themes/default/strings/{lang}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// All words of a language, by their dotted paths.
fn words(lang: &str) -> BTreeMap<String, Word> {
    fn add(table: &toml::Table, path: &str, words: &mut BTreeMap<String, Word>) {
        let is_form = |key: &str| ["zero", "one", "two", "few", "many", "other"].contains(&key);
        for (key, value) in table {
            let path = format!("{path}{key}");
            match value {
                toml::Value::Table(inner)
                    if inner.iter().all(|(key, value)| is_form(key) && value.is_str()) =>
                {
                    let forms =
                        inner.iter().map(|(key, word)| (key.clone(), word.as_str().unwrap().to_owned()));
                    words.insert(path, Word::Plural(forms.collect()));
                }
                toml::Value::Table(inner) => add(inner, &format!("{path}."), words),
                value => {
                    words.insert(path, Word::Single(value.as_str().unwrap().to_owned()));
                }
            }
        }
    }
    let mut words = BTreeMap::new();
    add(&text(lang).parse().unwrap(), "", &mut words);
    words
}

static ENGLISH: LazyLock<BTreeMap<String, Word>> = LazyLock::new(|| words("en"));

fn blanks(word: &str) -> BTreeSet<&str> {
    let parts = word.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

fn rules(lang: &str) -> PluralRules {
    PluralRules::try_new_cardinal((&lang.parse::<Locale>().unwrap()).into()).unwrap()
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// Whether a form is that of one number only, so that a word may say it: “a page”, “two pages”. Nothing counts none.
fn says_its_number(rules: &PluralRules, form: &str) -> bool {
    let numbers = (1..1_000_u64).chain([1_000_000, 2_000_000]);
    numbers.filter(|n| name(rules.category_for(*n)) == form).count() <= 1
}

#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the theme")]
fn the_theme_has_twelve_languages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/strings");
    let files =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.collect();
    assert_eq!(files, LANGUAGES.iter().map(|lang| format!("{lang}.toml")).collect());
    for lang in LANGUAGES.iter().filter(|lang| **lang != "en") {
        let head: String = text(lang).lines().take_while(|line| line.starts_with('#')).collect();
        assert!(head.contains("Seen by a native reader: "), "{lang}: say who has read the file");
    }
}

#[test]
fn every_language_has_every_word() {
    let mut problems = Vec::new();
    for lang in LANGUAGES {
        let own = words(lang);
        let (has, needs): (BTreeSet<_>, BTreeSet<_>) = (own.keys().collect(), ENGLISH.keys().collect());
        problems.extend(needs.difference(&has).map(|path| format!("{lang}: {path} is missing")));
        problems.extend(has.difference(&needs).map(|path| format!("{lang}: nothing reads {path}")));
        for (path, word) in &own {
            let is_blank = |text: &&str| text.trim().is_empty();
            if word.texts().iter().any(is_blank) {
                problems.push(format!("{lang}: {path} is empty"));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn plural_forms_are_those_of_the_language_and_no_others() {
    let mut problems = Vec::new();
    for lang in LANGUAGES {
        let forms: BTreeSet<&str> = rules(lang).categories().map(name).collect();
        for (path, word) in words(lang) {
            let is_plural = matches!(ENGLISH.get(&path), Some(Word::Plural(_)));
            match word {
                Word::Plural(own) if own.keys().map(String::as_str).collect::<BTreeSet<_>>() != forms => {
                    problems.push(format!("{lang}: {path} has {:?} instead of {forms:?}", own.keys()));
                }
                Word::Single(_) if is_plural => problems.push(format!("{lang}: {path} has no plural forms")),
                _ => {}
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn every_word_has_the_blanks_that_the_program_fills() {
    let mut problems = Vec::new();
    for lang in LANGUAGES {
        let rules = rules(lang);
        for (path, word) in words(lang) {
            let Some(english) = ENGLISH.get(&path) else { continue };
            let all: BTreeSet<&str> = english.texts().into_iter().flat_map(blanks).collect();
            let check = |text: &str, may_omit: bool| {
                let found = blanks(text);
                let is_right = found == all
                    || may_omit && all.iter().all(|blank| *blank == "n" || found.contains(blank));
                (!is_right || text.matches('{').count() != found.len())
                    .then(|| format!("{lang}: {path} has {found:?} instead of {all:?}: {text}"))
            };
            match &word {
                Word::Single(text) => problems.extend(check(text, false)),
                Word::Plural(forms) => {
                    let checked =
                        forms.iter().filter_map(|(form, text)| check(text, says_its_number(&rules, form)));
                    problems.extend(checked);
                }
            }
        }
    }
    assert_none(&problems);
}

/// The words of a text in Latin letters that are no names.
fn latin(text: &str) -> Vec<String> {
    let names: BTreeSet<&str> = NAMES.split_whitespace().collect();
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.filter(|word| !names.contains(word)).map(str::to_owned).collect()
}

fn is_latin_script(lang: &str) -> bool {
    matches!(lang, "de" | "en" | "es" | "fr" | "id" | "pt")
}

#[test]
fn no_word_is_left_in_english() {
    let mut problems = Vec::new();
    for (lang, shared) in SHARED {
        let shared: BTreeSet<&str> = shared.split('|').collect();
        let mut met = BTreeSet::new();
        for (path, word) in words(lang) {
            if path == "site.locale" {
                continue;
            }
            let english: Vec<&str> = ENGLISH.get(&path).map(Word::texts).unwrap_or_default();
            for text in word.texts() {
                let plain = blanks(text)
                    .iter()
                    .fold(text.to_owned(), |text, blank| text.replace(&format!("{{{blank}}}"), ""));
                let has_letters = plain.chars().any(char::is_alphabetic);
                if has_letters && english.contains(&text) && !shared.contains(text) {
                    problems.push(format!("{lang}: {path} is English: {text}"));
                }
                if !is_latin_script(lang) {
                    problems.extend(
                        latin(&plain).iter().map(|word| format!("{lang}: {path} has `{word}`: {text}")),
                    );
                }
                met.insert(text.to_owned());
            }
        }
        let unused = shared.iter().filter(|word| !met.contains(**word));
        problems.extend(unused.map(|word| format!("{lang}: take `{word}` out of SHARED")));
    }
    assert_none(&problems);
}

/// A small dossier whose own words are all Greek.
fn dossier(lang: &str) -> MemoryWorld {
    let settings = format!(
        "title = \"Φάκελος\"\nbase_url = \"https://example.org/\"\nlanguages = [\"{lang}\"]\nsocial_cards = []\n"
    );
    let file = |head: &str, text: &str| format!("---\n{head}\n---\n{text}\n");
    MemoryWorld::new()
        .with("dossier.toml", settings)
        .with(
            "content/article.md",
            file(
                "title: Άρθρο\nsummary: Περίληψη.\ndate: 2023-10-13\nbyline: Νίκος\nsources: [s]\n\
                 corrections: [{date: 2023-11-01, text: Λάθος.}]",
                "Ο [[a]] είπε ότι [[c]]. Η πορεία ![[r]] ήταν μεγάλη.\n\n> [!warning]\n> Προσοχή.\n\nΤέλος[^1].\n\n[^1]: Σημείωση.",
            ),
        )
        .with("content/actors/a.md", file("title: Άλφα\ntype: person\naliases: [Αλ, Αλφ]", "Κείμενο."))
        .with("content/actors/b.md", file("title: Βήτα\ntype: media\ncountry: KP", "Κείμενο."))
        .with(
            "content/claims/c.md",
            file(
                "title: Ισχυρισμός\ndate: 2023-10-13\nby: [a]\nvia: [b]\nstatus: disputed\nsources: [s]\ncredibility: 3\n\
                 quantities: [{value: 1000, comparator: more-than, unit: κιβώτια, of: Όπλα}]\n\
                 targets: [{source: article, exact: είπε}]",
                "Κείμενο.",
            ),
        )
        .with(
            "content/claims/d.md",
            file(
                "title: Άρνηση\ndate: 2023-10-14\nby: [b]\nstatus: reported\nsources: [s]\ndenies: [c]\n\
                 quantities: [{value: 5, comparator: at-most, unit: κιβώτια, of: Όπλα}]",
                "Κείμενο.",
            ),
        )
        .with("content/places/p.md", file("title: Πειραιάς\ntype: port\ncountry: GR\ncoordinates: [37.94, 23.64]", "Κ."))
        .with("content/places/q.md", file("title: Χανιά\ntype: city\ncountry: GR\ncoordinates: [35.51, 24.02]", "Κ."))
        .with(
            "content/routes/r.md",
            file(
                "title: Πορεία\nlegs: [{from: p, to: q, mode: sea, departed: 2023-09-01, arrived: 2023-09~, certainty: reported}]",
                "Κείμενο.",
            ),
        )
        .with("content/events/e.md", file("title: Συμβάν\ndate: 2023-21\nplaces: [p]\nactors: [a]", "Κείμενο."))
        .with(
            "content/sources/s.md",
            file(
                "title: Πηγή\ntype: article-newspaper\npublisher: b\npublished: 2023-10-12\nreliability: B\nlanguage: el",
                "Κείμενο.",
            ),
        )
        .with("content/notes/n.md", file("title: Νότα\nmotivation: commenting\ntargets: [{source: article, exact: πορεία}]", "Κ."))
        .with("content/pages/m.md", file("title: Μέθοδος", "Κείμενο [[n]]."))
}

/// What a reader sees or hears of a page: its text, and the attributes that hold words.
fn seen(html: &str) -> Vec<String> {
    static HIDDEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<(script|style)\b.*?</\1>|<code\b.*?</code>|<!--.*?-->").unwrap());
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let names = "aria-label|title|alt|placeholder|label|data-(?:none|like|some|failed|more|one|in|out|reset|play|light|dark)";
        Regex::new(&format!(r#"\s(?:{names})="([^"]*)""#)).unwrap()
    });
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)<[^>]*>").unwrap());
    let html = HIDDEN.replace_all(html, "");
    let spoken = WORDS.captures_iter(&html).map(|found| found.unwrap()[1].to_owned());
    let mut seen: Vec<String> = spoken.collect();
    seen.extend(TAG.replace_all(&html, "\n").lines().map(|line| line.trim().to_owned()));
    seen.retain(|line| !line.is_empty());
    let entities = |line: String| {
        ["&lt;", "&gt;", "&amp;", "&quot;", "&nbsp;"]
            .iter()
            .fold(line, |line, entity| line.replace(entity, " "))
    };
    seen.into_iter().map(entities).collect()
}

#[test]
fn a_dossier_in_any_of_the_languages_shows_no_english() {
    let english: BTreeSet<&str> =
        ENGLISH.values().flat_map(Word::texts).filter(|word| word.len() > 3).collect();
    for lang in LANGUAGES {
        let snapshot = Snapshot::take(Arc::new(dossier(lang)), &Options::default());
        let of_words = |code: &str| matches!(code, "broken-theme" | "invalid-value" | "unknown-key");
        let findings: Vec<String> = snapshot
            .diagnostics()
            .iter()
            .filter(|found| of_words(found.code) || found.severity == Severity::Error)
            .map(|found| found.message.clone())
            .collect();
        assert_eq!(findings, [""; 0], "{lang}");
        let own: BTreeSet<String> = words(lang)
            .values()
            .flat_map(|word| word.texts().iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
            .collect();
        let mut problems = Vec::new();
        let files = super::sites::files_of(&snapshot);
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let mut count = 0;
        for (path, bytes) in pages {
            count += 1;
            for line in seen(std::str::from_utf8(bytes).unwrap()) {
                let is_english = english.contains(line.as_str()) && !own.contains(&line);
                // Addresses are those of the site; the page about the data has names of files.
                if line.starts_with("https://") {
                    continue;
                }
                let is_foreign =
                    !is_latin_script(lang) && path != "evidence/data.html" && !latin(&line).is_empty();
                if lang != "en" && (is_english || is_foreign) {
                    problems.push(format!("{lang}: {path}: {line}"));
                }
            }
        }
        assert!(count > 20, "{lang}: only {count} pages");
        problems.sort();
        problems.dedup();
        assert_none(&problems);
    }
}

/// What is said of the words of a language, and its findings on its code.
fn findings(settings: &str) -> Vec<(Severity, String, String)> {
    let world = MemoryWorld::new()
        .with("dossier.toml", format!("title = \"T\"\n{settings}\n"))
        .with("content/article.md", "---\ntitle: A\n---\nText.\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found =
        snapshot.diagnostics().iter().filter(|found| matches!(found.code, "broken-theme" | "invalid-value"));
    let help = |help: &Vec<String>| help.join(" ");
    found.map(|found| (found.severity, found.message.clone(), help(&found.help))).collect()
}

#[test]
fn a_form_of_a_language_gets_the_words_of_the_language() {
    for tag in [
        "en-GB",
        "en-US",
        "en-AU",
        "pt-BR",
        "pt-PT",
        "es-MX",
        "es-419",
        "fr-CA",
        "fr-CH",
        "de-AT",
        "de-CH",
        "ar-LB",
        "ar-MA",
        "ar-EG",
        "zh",
        "zh-CN",
        "zh-SG",
        "zh-Hans",
        "zh-Hans-CN",
        "ja-JP",
        "ko-KR",
        "ru-KZ",
        "uk-UA",
        "id-ID",
    ] {
        assert_eq!(findings(&format!("languages = [\"{tag}\"]")), [], "{tag}");
    }
    // Another script is not the same to readers.
    for (tag, name) in [
        ("zh-Hant", "Traditional Chinese"),
        ("zh-TW", "Traditional Chinese"),
        ("nl", "Dutch"),
        ("sr", "Serbian"),
    ] {
        let found = findings(&format!("languages = [\"{tag}\"]"));
        let [(Severity::Warning, message, help)] = &found[..] else { panic!("{tag}: {found:?}") };
        assert!(message.starts_with("the theme has no words in"), "{tag}: {message}");
        assert!(message.contains(name), "{tag}: {message}");
        assert!(help.contains("dossier theme words"), "{tag}: {help}");
    }
}

#[test]
fn a_code_that_is_no_language_s_is_an_error_with_the_one_that_is_meant() {
    for (wrong, right) in [
        ("jp", "ja"),
        ("cz", "cs"),
        ("dk", "da"),
        ("ua", "uk"),
        ("kr", "ko"),
        ("gr", "el"),
        ("in", "id"),
        ("cn", "zh"),
        ("vn", "vi"),
        ("iw", "he"),
        ("eng", "en"),
        ("english", "en"),
        ("indonesia", "id"),
        ("Deutsch", "de"),
        ("日本語", "ja"),
    ] {
        for settings in [format!("languages = [\"en\", \"{wrong}\"]"), format!("language = \"{wrong}\"")] {
            let found = findings(&settings);
            let [(Severity::Error, message, help)] = &found[..] else { panic!("{settings}: {found:?}") };
            assert!(message.contains(wrong), "{settings}: {message}");
            assert!(
                help.contains(&format!("`\"{right}\"`")) || help.contains(&format!("`{right}`")),
                "{settings}: {help}"
            );
        }
    }
    let found = findings("languages = [\"qq\"]");
    assert!(matches!(&found[..], [(Severity::Error, message, _)] if message.contains("qq")), "{found:?}");
}

#[test]
fn a_file_or_a_text_in_no_language_names_the_one_that_is_meant() {
    let world = MemoryWorld::new()
        .with(
            "dossier.toml",
            "title = {en: T}\nlanguages = [\"en\", \"ja\"]\n".replace("{en: T}", "{en = \"T\", jp = \"T\"}"),
        )
        .with("content/article.md", "---\ntitle: A\n---\nText.\n")
        .with("content/article.jp.md", "---\ntitle: A\n---\nText.\n")
        .with("content/actors/a.md", "---\ntitle: A\ncalled: {en: the A, jp: A}\n---\nText.\n")
        .with("content/sources/s.md", "---\ntitle: S\nlanguage: jp\n---\nText.\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let said: Vec<String> = snapshot
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{} {} {:?}", found.code, found.message, found.help))
        .collect();
    let about = |what: &str| said.iter().filter(|said| said.contains(what)).count();
    assert_eq!((said.len(), about("`jp`")), (4, 4), "{said:#?}");
    assert_eq!(about("ja"), 4, "{said:#?}");
}

#[test]
fn a_string_table_of_no_language_is_reported() {
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\ntheme = \"own\"\n")
        .with("content/article.md", "---\ntitle: A\n---\nText.\n")
        .with("themes/own/strings/jp.toml", "")
        .with("themes/own/strings/pt-PT.toml", "");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let found = snapshot.diagnostics().iter().filter(|found| found.code == "broken-theme");
    let found: Vec<&str> = found.map(|found| found.message.as_str()).collect();
    assert_eq!(found, ["`themes/own/strings/jp.toml` is named after no language, so nothing reads it"]);
}

#[test]
fn a_language_calls_itself_by_its_own_name() {
    let world = MemoryWorld::new()
        .with(
            "dossier.toml",
            "title = \"T\"\nlanguages = [\"en\", \"ar\", \"ja\", \"id\", \"zh-Hant\", \"pt\", \"ka\"]\n",
        )
        .with("content/article.md", "---\ntitle: A\n---\nText.\n");
    let files = super::sites::files(Arc::new(world));
    let home = String::from_utf8_lossy(&files["index.html"]).into_owned();
    for name in ["English", "العربية", "日本語", "Bahasa Indonesia", "繁體中文", "Português", "ქართული"]
    {
        assert!(home.contains(&format!(">{name}</span>")), "{name}");
    }
}

#[test]
fn the_words_of_another_language_are_written_to_be_filled_in() {
    let folder = tempfile::tempdir().unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test writes its own folder")]
    let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test reads its own folder")]
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    write("dossier.toml", "title = \"T\"\nlanguages = [\"cs\"]\n");
    let run = |arguments: &[&str]| super::cli::run(folder.path(), arguments);

    let ran = run(&["theme", "words", "cs"]);
    assert_eq!((ran.code, ran.out.trim()), (0, "themes/default/strings/cs.toml"), "{}", ran.err);
    let file = read("themes/default/strings/cs.toml");
    let table: toml::Table = file.parse().unwrap();
    assert!(
        file.contains("count = { one = \"\", few = \"\", many = \"\", other = \"\" }  # one: {n} page |"),
        "{file}"
    );
    assert!(
        file.contains("unverified = { label = \"\", about = \"\" }  # label: Unverified | about: In circ"),
        "{file}"
    );
    assert_eq!(table["site"]["locale"].as_str(), Some("cs"));
    assert!(file.contains("home = \"\"  # Home\n") && file.contains("comma = \", \"  # , \n"), "{file}");
    assert!(file.contains("in Czech"), "{file}");
    let said = run(&["check"]).out;
    assert!(said.contains("words in `cs` (Czech), so English ones are used"), "{said}");

    // All but one.
    let filled =
        file.replace("\"\"", "\"slovo\"").replace("home = \"slovo\"  # Home\n", "home = \"\"  # Home\n");
    write("themes/default/strings/cs.toml", &filled);
    let said = run(&["check"]).out;
    assert!(said.contains("no word for `nav.home` in `cs`"), "{said}");
    let ran = run(&["theme", "words", "cs"]);
    assert_eq!(ran.out.trim(), "[nav]\nhome = \"\"  # Home", "{}", ran.err);
    assert_eq!(read("themes/default/strings/cs.toml"), filled);
    write("themes/default/strings/cs.toml", &filled.replace("home = \"\"", "home = \"Domů\""));
    assert!(!run(&["check"]).out.contains("broken-theme"));
    assert_eq!(run(&["theme", "words", "cs"]).out.trim(), "themes/default/strings/cs.toml has every word");

    let ran = run(&["theme", "words", "cz"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `cs`?"), "{}", ran.err);
}

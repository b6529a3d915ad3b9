//! Quotation marks and emphasis in the scripts of the world.

use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use proptest::prelude::*;

/// A dossier in one language with a note for each text.
fn dossier(lang: &str, settings: &str, texts: &[&str]) -> Arc<Snapshot> {
    let settings = format!(
        "languages = [\"{lang}\"]\nsocial_cards = []\nsearch = false\nbooks = {{formats = []}}\n{settings}\n"
    );
    let mut world = MemoryWorld::new().with("dossier.toml", settings);
    for (number, text) in texts.iter().enumerate() {
        world =
            world.with(&format!("content/notes/n{number:03}.md"), format!("---\ntitle: N\n---\n{text}\n"));
    }
    Snapshot::take(Arc::new(world), &Options::default())
}

/// The words of each text, as readers see them.
fn shown(lang: &str, settings: &str, texts: &[&str]) -> Vec<String> {
    let snapshot = dossier(lang, settings, texts);
    let words = |text: &str| text.trim_end().to_owned();
    snapshot.graph.entities.iter().map(|entity| words(&entity.original().prose().plain)).collect()
}

fn one(lang: &str, text: &str) -> String {
    shown(lang, "", &[text]).remove(0)
}

/// The cases of a list: the cells of its lines.
fn cases(list: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split(" | ").map(str::trim).collect())
}

#[test]
fn marks_are_those_of_the_language() {
    let mut wrong = Vec::new();
    for case in cases(include_str!("typography/quotes.txt")) {
        let [lang, written, wanted] = case[..] else { panic!("{case:?}") };
        let (found, wanted) = (one(lang, written), wanted.replace('~', "\u{a0}"));
        if found != wanted {
            wrong.push(format!("{lang}: {written}\n  found  {found}\n  wanted {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// The first paragraph of each text, with its emphasis: `<b>`, `<i>` and `<s>`, and without other elements.
fn emphasised(texts: &[&str]) -> Vec<String> {
    let snapshot = dossier("ja", "", texts);
    let builder = snapshot.builder().unwrap();
    let of = |number: usize| {
        let path = format!("notes/n{number:03}.html").as_str().into();
        let page = builder.bytes(&path, &builder.find(&path).unwrap()).unwrap();
        let page = String::from_utf8(page).unwrap();
        let text =
            page.split("class=\"prose").nth(1).and_then(|text| text.split("<p>").nth(1)).unwrap_or_default();
        let mut shown = String::new();
        for (number, piece) in text.split("</p>").next().unwrap_or_default().split('<').enumerate() {
            let (tag, words) =
                if number == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
            let slash = if tag.starts_with('/') { "/" } else { "" };
            let tag = match tag.trim_start_matches('/') {
                "strong" => "b",
                "em" => "i",
                "del" | "s" => "s",
                _ => "",
            };
            if !tag.is_empty() {
                shown.push_str(&format!("<{slash}{tag}>"));
            }
            shown.push_str(words);
        }
        shown.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'")
    };
    (0..texts.len()).map(of).collect()
}

#[test]
fn emphasis_begins_and_ends_beside_marks_of_chinese_japanese_and_korean() {
    let cases: Vec<Vec<&str>> = cases(include_str!("typography/emphasis.txt")).collect();
    let written: Vec<&str> = cases.iter().map(|case| case[0]).collect();
    let mut wrong = Vec::new();
    for (case, found) in cases.iter().zip(emphasised(&written)) {
        if found != case[1] {
            wrong.push(format!("{}\n  found  {found}\n  wanted {}", case[0], case[1]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Every span of a text leads to the same words in its file.
#[test]
fn spans_beside_emphasis_lead_to_what_is_written() {
    let text = "前**「重要」**です。`「*」`[*「語」*は](https://example.org/**「x」**y)と*「a」*b==**「強調」**です==\n\n[**「名」**]\n\n[**「名」**]: https://example.org/";
    let snapshot = dossier("ja", "", &[text]);
    let (source, prose) =
        (format!("---\ntitle: N\n---\n{text}\n"), snapshot.graph.entities[0].original().prose());
    assert_eq!(prose.plain, "前「重要」です。「*」「語」はと「a」b「強調」です\n「名」\n");
    for segment in &prose.segments {
        let written = &source[segment.source.range()];
        assert!(prose.plain[segment.plain as usize..].starts_with(written), "{written}");
    }
    let targets: Vec<&str> = prose.links.iter().map(|link| link.target.as_str()).collect();
    assert_eq!(targets, ["https://example.org/**「x」**y", "https://example.org/"]);
}

#[test]
fn the_setting_gives_the_text_as_it_is_written() {
    let text = "\"It's\" -- a 'test'... --- and \"**more**\"";
    assert_eq!(shown("en", "", &[text]), ["“It’s” – a ‘test’… — and “more”"]);
    assert_eq!(shown("en", "typography = false", &[text]), ["\"It's\" -- a 'test'... --- and \"more\""]);
    let world = MemoryWorld::new()
        .with(
            "dossier.toml",
            "title = \"The 'T'\"\nlanguages = [\"de\"]\nsocial_cards = []\ntypography = false\n",
        )
        .with("content/article.md", "---\ntitle: Der \"Fall\"\nsummary: Ein 'Fall'\n---\n\"So\".\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().unwrap();
    let path = "index.html".into();
    let page = String::from_utf8(builder.bytes(&path, &builder.find(&path).unwrap()).unwrap()).unwrap();
    assert!(!page.contains(['„', '‚', '‘']), "{page}");
}

#[test]
fn quotations_are_found_whatever_marks_they_have() {
    for (lang, text, exact) in [
        ("fr", "Il a dit \"oui, à Brest\" hier.", "dit \"oui, à Brest\" hier"),
        ("fr", "Il a dit \"oui, à Brest\" hier.", "dit « oui, à Brest » hier"),
        ("fr", "Il a dit \"oui, à Brest\" hier.", "dit «oui, à Brest» hier"),
        ("nl", "Hij zei \"ja, in Delft\" gisteren.", "zei \"ja, in Delft\" gisteren"),
        ("pl", "Mówi 'tak, w Gdyni' wczoraj.", "Mówi 'tak, w Gdyni' wczoraj"),
        ("de", "Er sagte \"ja, in Kiel\" gestern.", "sagte \"ja, in Kiel\" gestern"),
        ("ja", "彼は\"はい\"と**「言った」**です。", "彼は\"はい\"と「言った」です"),
    ] {
        let settings =
            format!("languages = [\"{lang}\"]\nsocial_cards = []\n[rules]\norphan-entity = \"off\"\n");
        let exact = format!("targets:\n  - source: article\n    exact: '{}'\n", exact.replace('\'', "''"));
        let world = MemoryWorld::new()
            .with("dossier.toml", settings)
            .with("content/article.md", format!("---\ntitle: A\n---\n{text}\n"))
            .with("content/notes/n.md", format!("---\ntitle: N\n{exact}---\nN.\n"));
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let found: Vec<_> =
            snapshot.diagnostics().iter().filter(|found| found.code.starts_with("quote")).collect();
        assert!(found.is_empty(), "{lang} {exact}: {found:?}");
    }
}

proptest! {
    /// Where there is nothing to curl and no script that needs other rules, neither changes a byte.
    #[test]
    fn texts_without_marks_do_not_change(text in "([a-zéø0-9 ,;:()*~]|[a-z]\\. ){0,60}") {
        let plain = |settings: &str| shown("en", settings, &[&text]);
        prop_assert_eq!(plain(""), plain("typography = false"));
    }

    /// What has been curled is curled already, and nothing but straight marks changes.
    #[test]
    fn curling_again_changes_nothing(text in "x ([a-z]|[a-z] |[\"'.,()—]|[0-9]|是|ל|“|”){0,30}", lang in "en|de|fr|sv|ru|pl|he|ja") {
        let once = shown(&lang, "typography = true", &[&text]).remove(0);
        prop_assert_eq!(&shown(&lang, "", &[&once]).remove(0), &once);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&once), letters(&text));
    }
}

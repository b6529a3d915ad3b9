//! How annotated passages and the links to their notes stand on a page.

use std::sync::Arc;

use dossier::world::memory::MemoryWorld;

/// The page of an article in which some passages are annotated.
fn page(article: &str, passages: &[&str]) -> String {
    let mut world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\n")
        .with("content/article.md", format!("---\ntitle: Article\n---\n{article}\n"));
    for (number, passage) in passages.iter().enumerate() {
        let claim = format!(
            "---\ntitle: Claim {number}\ntargets:\n  - {{source: article, exact: '{passage}'}}\n---\nWords.\n"
        );
        world = world.with(&format!("content/claims/c{number}.md"), claim);
    }
    let files = super::sites::files(Arc::new(world));
    String::from_utf8(files["index.html"].clone()).unwrap()
}

/// Checks that these parts of a page are there in this order.
fn expect(page: &str, parts: &[&str]) {
    let mut rest = page;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is not where it should be:\n{page}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_link_to_a_note_is_never_within_another_link() {
    for link in [
        "[the treaty of peace](https://example.org/)",
        "[[c1|the treaty of peace]]",
        "[the treaty of peace](claims/c1.md)",
    ] {
        let page = page(&format!("They signed {link} then."), &["treaty", "said no"]);
        expect(&page, &["the <mark ", ">treaty</mark> of peace</a><a class=\"noteref\"", "</a> then."]);
    }
    let task = page("- [ ] the treaty\n- other", &["treaty"]);
    expect(&task, &["<label>", ">treaty</mark></label><a class=\"noteref\""]);
}

/// Code has no marks, so its links come below it, and not only below what follows.
#[test]
fn the_link_to_a_note_on_code_follows_the_code() {
    for before in ["", "First words.\n\n"] {
        let article =
            format!("{before}```\nlet treaty = 1;\n```\n\nThen [words](https://example.org/).\n\nLast ones.");
        let page = page(&article, &["treaty", "Last"]);
        expect(
            &page,
            &["let treaty = 1;", "</pre>", "<p class=\"noterefs\"><a class=\"noteref\"", "<p>Then "],
        );
        expect(&page, &["<p>Then ", ">Last</mark><a class=\"noteref\""]);
    }
}

/// A note interrupts neither its sentence nor a passage, and stands in no heading, table or link.
#[test]
fn a_note_follows_the_sentence_of_its_passage() {
    let page1 = page(
        "They signed the treaty then. They left.\n\nLater *no one came. All* slept.",
        &["the treaty", "one came"],
    );
    expect(
        &page1,
        &[">the treaty</mark><a ", " then.", "<span class=\"noted", "id=\"note-c0-1\"", " They left.</p>"],
    );
    expect(&page1, &[">one came</mark><a ", ". All</em>", " slept.", "<span class=\"noted", "</p>"]);
    let heading = page("## The treaty\n\nWords.\n\n| a |\n| - |\n| said no |\n", &["The treaty", "said no"]);
    expect(
        &heading,
        &[">The treaty</mark>", "</h2>", "<p class=\"noterefs\">", "note-c0-1", "</p>", "<p>Words."],
    );
    expect(&heading, &[">said no</mark>", "</table></div>", "<p class=\"noterefs\">", "note-c1-1"]);
    // A note whose sentence ended within another passage waits for the end of that one's.
    let overlapping = page("They said no. So the treaty ended.", &["said no", "no. So the treaty"]);
    expect(
        &overlapping,
        &["the treaty</mark><a ", " ended.", "id=\"note-c0-1\"", "id=\"note-c1-1\"", "</p>"],
    );
    let across = page("One end. And a start.", &["end. And"]);
    expect(&across, &[">end. And</mark><a ", " a start.", "<span class=\"noted"]);
}

/// Only the last words of a long passage are in its mark, or a figure near its end.
#[test]
fn a_long_passage_is_marked_at_its_end() {
    let long = page(
        "They say that a thousand people came to see it all.",
        &["that a thousand people came to see it all"],
    );
    expect(
        &long,
        &[
            "<span class=\"passage\" id=\"mark-c0-1\">that a thousand people came to </span>",
            "<mark class=\"passage status-",
            "data-of=\"mark-c0-1\">see it all</mark><a ",
        ],
    );
    let page = page(
        "They say that 1,000 people came from afar to see it.",
        &["that 1,000 people came from afar to see it"],
    );
    expect(
        &page,
        &[
            "<span class=\"passage\" id=\"mark-c0-1\">that </span>",
            ">1,000 people</mark>",
            "to see it</span><a ",
        ],
    );
}

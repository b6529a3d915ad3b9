//! Tests of what is missed.

use super::*;

fn found(body: &str) -> Vec<(Missed, &str)> {
    find(body, |_| false).into_iter().map(|(missed, range)| (missed, &body[range])).collect()
}

#[test]
fn slips_are_found_and_what_was_meant_is_known() {
    for (body, missed, meant) in [
        (
            "See (the report)[https://example.org/a].",
            Missed::Link,
            "See [the report](https://example.org/a).",
        ),
        (
            "See (the report)(https://example.org/a).",
            Missed::Link,
            "See [the report](https://example.org/a).",
        ),
        (
            "See [the report]{https://example.org/a}.",
            Missed::Link,
            "See [the report](https://example.org/a).",
        ),
        (
            "See [the report]:(https://example.org/a).",
            Missed::Link,
            "See [the report](https://example.org/a).",
        ),
        (
            "See [the report](<https://example.org/a).",
            Missed::Link,
            "See [the report](https://example.org/a).",
        ),
        (
            "See [the report][https://example.org/a].",
            Missed::Link,
            "See [the report](https://example.org/a).",
        ),
        ("See http;//example.org/a.", Missed::Address, "See http://example.org/a."),
        (
            "See [https://example.org/a the report].",
            Missed::WikiLink,
            "See [the report](https://example.org/a).",
        ),
        ("See nis and [nis]] here.", Missed::Opening, "See nis and [[nis]] here."),
        (
            "See [the report](https://example.org/a.\n",
            Missed::Closing,
            "See [the report](https://example.org/a).\n",
        ),
        ("![](pic.png\n\nText", Missed::Closing, "![](pic.png)\n\nText"),
        ("h2. Heading\n", Missed::Heading, "## Heading\n"),
        ("So ~~it was~ not", Missed::Struck, "So ~~it was~~ not"),
        ("So ~it was~~ not", Missed::Struck, "So ~~it was~~ not"),
        ("##\u{a0}Heading\n", Missed::Heading, "## Heading\n"),
        ("＃＃ Heading\n", Missed::Heading, "## Heading\n"),
        ("A sentence.\n---\n", Missed::Underlined, "A sentence.\n\n---\n"),
        ("So **bold ** words", Missed::Strong, "So **bold**  words"),
        ("So ** bold** words", Missed::Strong, "So  **bold** words"),
        ("| a | b |\n| 1 | 2 |\n", Missed::Rows, "| a | b |\n| --- | --- |\n| 1 | 2 |\n"),
        ("-one\n-two\n", Missed::Items, "- one\n- two\n"),
        ("1.one\n2.two\n", Missed::Items, "1. one\n2. two\n"),
        ("Text:\n• one\n• two\n", Missed::Items, "Text:\n- one\n- two\n"),
    ] {
        let mut text = body.to_owned();
        let found = find(body, |_| false);
        assert!(!found.is_empty(), "{body}");
        for (sort, range) in found.into_iter().rev() {
            assert_eq!(sort, missed, "{body}");
            let written = body[range.clone()].to_owned();
            text.replace_range(range, &super::meant(sort, &written).unwrap());
        }
        assert_eq!(text, meant);
    }
    assert_eq!(found("> (a)[b.md] (c)[d.md]").len(), 2);
    assert_eq!(found("| a | b |\n| --- |\n| 1 | 2 |\n"), [(Missed::Table, "| --- |")]);
    assert_eq!(found("See [the report][agency].\n"), [(Missed::Label, "[the report][agency]")]);
    assert_eq!(found("#Who paid for it\n\nText"), [(Missed::Tag, "#")]);
    assert_eq!(found("He **said so.\n\nText"), [(Missed::Unpaired, "**")]);
    assert_eq!(found("He *said so.\n\nText"), [(Missed::Unpaired, "*")]);
    assert_eq!(found("He ~~said so.\n\nText"), [(Missed::Unpaired, "~~")]);
}

#[test]
fn what_is_meant_as_it_is_is_not_found() {
    for other in [
        "f(x)[0] and (see)[^1] and [a](b)[c.md] and ()[x.md]",
        "# Heading",
        "#\u{a0}",
        "#######\u{a0}x",
        "| a | b |\n| - | - |\n",
        "| a | b |\n|---|---|",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "a | b\n---\n",
        "Words\n---\n",
        "(a)[b c.md]",
        "a | b\n--- | ---\n",
        "[[nis]] and [[a|b]] and [x]: [[y]]",
        "[sic][2] and [a b][agency]\n\n[Agency]: https://example.org/",
        "2 ** 3 ** 4 and **bold** and a**b",
        "**bold** and **more**",
        "-5 degrees\n-6 degrees",
        "-one",
        "1.5 million\n2.5 million",
        "#tag\n",
        "*Without the crew.",
        "a 5* hotel, *.md and *so*",
        "~5 ships, ~~so~~ and ~so~",
        "about ~5 of ~7 ships",
        "[a](b.md\n\"title\") and [a](b.md\n)",
        "see [1](the note",
        "`*a`",
        "h2 is a level, h7. is none, and h2.x",
        "#tag #other words",
        "[https://example.org/](https://example.org/) [https://example.org/ x](https://example.org/)",
        "![alt](<a b.png>) and [x](<a b.md>)",
        "- item.\n---\n",
        "What now?\n---\n",
        "https://example.org/a//b and [x](htps://example.org) and //example.org and and//or",
    ] {
        assert_eq!(found(other), [], "{other}");
    }
}

#[test]
fn a_fence_is_closed_by_as_many_marks() {
    for (block, open) in [
        ("```\na\n```", false),
        ("```\na\n", true),
        ("````\n```", true),
        ("```", true),
        ("~~~ x\na\n~~~~\n", false),
        ("    indented", false),
        ("> ```\n> a\n> ```", false),
    ] {
        assert_eq!(is_open(block.trim_start_matches("> ")), open, "{block}");
    }
}

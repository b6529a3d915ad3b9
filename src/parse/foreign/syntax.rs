//! The sorts of syntax of other programs, and how to write the same here.

/// A syntax that other programs give a meaning to.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Syntax {
    Shortcode,
    Template,
    Container,
    Dataview,
    Contents,
    Import,
    Script,
    Directive,
    Attributes,
    Abbreviation,
    Citation,
    Emoji,
    Change,
    Note,
    Size,
    Markup,
    HalfLink,
    Space,
    AsciiDoc,
    Org,
    Latex,
    BlockReference,
    Subtitle,
}

impl Syntax {
    pub(crate) const ALL: [Syntax; 23] = [
        Syntax::Shortcode,
        Syntax::Template,
        Syntax::Container,
        Syntax::Dataview,
        Syntax::Contents,
        Syntax::Import,
        Syntax::Script,
        Syntax::Directive,
        Syntax::Attributes,
        Syntax::Abbreviation,
        Syntax::Citation,
        Syntax::Emoji,
        Syntax::Change,
        Syntax::Note,
        Syntax::Size,
        Syntax::Markup,
        Syntax::HalfLink,
        Syntax::Space,
        Syntax::AsciiDoc,
        Syntax::Org,
        Syntax::Latex,
        Syntax::BlockReference,
        Syntax::Subtitle,
    ];

    /// What it is, and how to write the same here.
    pub(crate) fn described(self) -> (&'static str, &'static str) {
        match self {
            Syntax::Shortcode => (
                "shortcodes of Hugo and WordPress, such as `{{< figure >}}` or `[gallery]`",
                "write pictures as `![What it shows](file.jpg)`, links as `[words](file.md)`, notes as `> [!note]`",
            ),
            Syntax::Template => (
                "template code, such as `{{ name }}` or `{% if %}` (Jekyll, Jinja, wikis)",
                "write what it stands for, or put it in backticks",
            ),
            Syntax::Container => (
                "containers of other programs, such as `:::note` or `!!! note`",
                "write notes as quotations: `> [!note] Title`, then each line with `> `",
            ),
            Syntax::Dataview => (
                "fields and queries of Dataview, such as `key:: value`",
                "write facts as keys at the top of the file; a query has no result here",
            ),
            Syntax::Contents => (
                "marks for a table of contents, such as `[TOC]`",
                "delete them: long pages have a table of contents",
            ),
            Syntax::Import => {
                ("imports and exports of MDX", "delete them, and write in Markdown what the components show")
            }
            Syntax::Script => {
                ("code of Templater, such as `<% tp.date.now() %>`", "write what it stands for")
            }
            Syntax::Directive => (
                "directives and roles of Sphinx and MyST, such as `.. note::` or `` {ref}`x` ``",
                "write notes as quotations, `> [!note]`, and links as `[words](file.md)`",
            ),
            Syntax::Attributes => (
                "lists of attributes, such as `{: .class}` or `{width=50%}`",
                "delete them; `![What it shows|300](file.jpg)` sets the width of a picture in pixels",
            ),
            Syntax::Abbreviation => (
                "abbreviations, such as `*[NIS]: National Intelligence Service`",
                "write `<abbr title=\"…\">NIS</abbr>`, or explain it where it first occurs",
            ),
            Syntax::Citation => (
                "citations of Pandoc, such as `[@smith2020]`",
                "link to the source instead: `[[smith-2020]]`",
            ),
            Syntax::Emoji => ("codes of emoji, such as `:warning:`", "write the emoji itself"),
            Syntax::Change => (
                "changes in CriticMarkup, such as `{--deleted--}`",
                "accept or reject them: what they delete is on the page, too",
            ),
            Syntax::Note => (
                "footnotes within a text or a description, such as `^[note]` or `![Ship[^1]](ship.jpg)`",
                "write `[^1]` after the words, and `[^1]: note` on a line of its own",
            ),
            Syntax::Size => (
                "sizes of pictures, such as `![Ship](ship.jpg =300x200)`",
                "write the width as `![Ship|300](ship.jpg)`",
            ),
            Syntax::HalfLink => (
                "links with a bracket missing or a space between brackets, such as `[[id]` or `[words] (file.md)`",
                "write `[[id]]` or `[words](file.md)`",
            ),
            Syntax::Space => (
                "marks without their space or with one too many, such as `##Heading`, `- [x]done` or `[^1 ]`",
                "write `## Heading`, `- [x] done`, `[^1]`",
            ),
            Syntax::AsciiDoc => (
                "blocks and macros of AsciiDoc, such as `image::ship.jpg[Ship]` or `[quote, Anna]`",
                "write pictures as `![What it shows](file.jpg)`, links as `[words](file.md)`, quotations as `> words`",
            ),
            Syntax::Org => (
                "blocks and drawers of Org, such as `#+BEGIN_QUOTE` or `:PROPERTIES:`",
                "write quotations as `> words`, and facts as keys at the top of the file",
            ),
            Syntax::Latex => (
                "commands of LaTeX, such as `\\section{…}` or `\\footnote{…}`",
                "write `## Heading`, `**bold**`, `[[source]]`, and footnotes as `[^1]` and `[^1]: note`",
            ),
            Syntax::BlockReference => (
                "references to blocks in Logseq and Roam, such as `((65f0a2b1-…))`",
                "link to the file, `[[id]]`, or quote the words",
            ),
            Syntax::Subtitle => ("codes of subtitles, such as `{\\an8}`", "delete them"),
            Syntax::Markup => (
                "marks of wikis and forums, such as `'''bold'''`, `[b]bold[/b]` or `x^2^`",
                "write `**bold**`, `*italic*`, `<sup>2</sup>` and `[words](https://example.org)`",
            ),
        }
    }
}

//! Renders blocks as HTML.

mod embeds;

use std::fmt::Write;
use std::sync::Arc;

use super::embedded::{self, Embed};
use super::highlight;
use super::marks::{DrawNotes, Marks};
use super::names::Names;
use crate::base::diagnostic::Diagnostic;
use crate::base::markup::{escape, escaped};
use crate::locale::Locale;
use crate::parse::callout;
use crate::parse::prose::{Alignment, Block, Callout, Definition, Inline, Table};
use crate::shown::{Archived, Body, Href, Medium, attributes};

/// The interface strings that a body needs.
pub(crate) struct Words {
    locale: Arc<Locale>,
    names: Names,
    footnotes: String,
    footnote: String,
    back: String,
    note: String,
    table: String,
    code: String,
    callouts: Vec<(&'static str, String)>,
}

impl Words {
    pub(crate) fn comma(&self) -> &str {
        self.locale.comma()
    }

    pub(crate) fn of(locale: &Arc<Locale>, names: Names) -> Words {
        let word = |key: &str| locale.word(&format!("body.{key}")).unwrap_or(key).to_owned();
        Words {
            locale: locale.clone(),
            names,
            footnotes: word("footnotes"),
            footnote: word("footnote"),
            back: word("footnote_back"),
            note: word("note_on"),
            table: word("table"),
            code: word("code"),
            callouts: callout::sorts().map(|sort| (sort, word(sort))).collect(),
        }
    }
}

pub(crate) struct BodyWriter<'a> {
    body: &'a Body,
    root: &'a str,
    words: &'a Words,
    embed: Embed<'a>,
    /// How many embeds have been written.
    embeds: usize,
    marks: Marks<'a>,
    medium: Medium,
    /// The number of levels added to each heading, so that the page's title is the only heading of its level.
    shift: u8,
    /// The number of tables so far.
    tables: usize,
    /// The number of code blocks so far.
    codes: usize,
    /// Whether what is written is in a link, which cannot contain others.
    is_in_link: bool,
    html: String,
    error: Option<Diagnostic>,
}

impl<'a> BodyWriter<'a> {
    /// Makes a writer for `body`. `root` is the relative path from the page to the site's root.
    pub(crate) fn new(
        body: &'a Body,
        root: &'a str,
        words: &'a Words,
        embed: Embed<'a>,
        medium: Medium,
    ) -> BodyWriter<'a> {
        let shift = u8::from(body.prose().headings.iter().any(|heading| heading.level == 1));
        let html = String::with_capacity(body.prose().plain.len() * 2);
        let marks = Marks::of(body, root, &words.locale, &words.note, medium);
        BodyWriter {
            body,
            root,
            words,
            embed,
            embeds: 0,
            marks,
            medium,
            shift,
            tables: 0,
            codes: 0,
            is_in_link: false,
            html,
            error: None,
        }
    }

    /// Returns the HTML.
    ///
    /// # Errors
    /// If an embed or the notes cannot be rendered.
    pub(crate) fn write(mut self, notes: DrawNotes<'_>) -> Result<String, Diagnostic> {
        for (at, block) in self.body.prose().blocks.iter().enumerate() {
            if at > 0 {
                self.html.push('\n');
            }
            self.block(block);
            self.marks.end_block(false, &mut self.html);
        }
        self.footnotes();
        self.marks.end_block(true, &mut self.html);
        match self.error {
            Some(error) => Err(error),
            None => self.marks.with_notes(self.html, notes),
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.html.push('\n');
        }
        // Write line breaks between blocks, not after the last one.
        if !blocks.is_empty() {
            self.html.pop();
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(inlines) => match inlines.as_slice() {
                [Inline::Image(index)] => {
                    let link = &self.body.prose().links[*index as usize];
                    self.figure(*index, &link.description, &link.title);
                }
                _ => {
                    self.html.push_str("<p>");
                    self.paragraph(inlines);
                    self.html.push_str("</p>");
                }
            },
            Block::Plain(inlines) => self.paragraph(inlines),
            Block::Heading(index, inlines) => self.heading(*index, inlines),
            Block::Quote(blocks) => {
                self.html.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.html.push_str("\n</blockquote>");
            }
            Block::Callout(callout) => self.callout(callout),
            Block::Code(language, code) => self.code(language, code),
            Block::List(first, items) => self.list(*first, items),
            Block::Table(table) => self.table(table),
            Block::Definitions(parts) => self.definitions(parts),
            Block::Rule => self.html.push_str("<hr>"),
            Block::Html(html) => self.html.push_str(html),
            Block::Embed(index) => self.embedded(*index),
        }
    }

    /// Writes text that notes may come in.
    fn paragraph(&mut self, inlines: &[Inline]) {
        self.marks.start_paragraph();
        self.inlines(inlines);
        self.marks.end_paragraph(&mut self.html);
    }

    fn wrapped(&mut self, before: &str, inlines: &[Inline], after: &str) {
        self.html.push_str(before);
        self.marks.nest(true);
        self.inlines(inlines);
        self.marks.nest(false);
        self.html.push_str(after);
    }

    fn heading(&mut self, index: u32, inlines: &[Inline]) {
        let heading = &self.body.prose().headings[index as usize];
        let level = (heading.level + self.shift).min(6);
        let id = escaped(&heading.id);
        // An empty heading is not in the table of contents, but links may lead to it.
        if inlines.is_empty() {
            return self.push(format_args!("<div id=\"{id}\"></div>"));
        }
        let anchor = format!("<a class=\"anchor\" href=\"#{id}\" aria-hidden=\"true\" tabindex=\"-1\"></a>");
        let anchor = if self.medium == Medium::Site { &*anchor } else { "" };
        self.wrapped(&format!("<h{level} id=\"{id}\">"), inlines, &format!("{anchor}</h{level}>"));
    }

    fn callout(&mut self, callout: &Callout) {
        let Callout { sort, name, title, fold, blocks } = callout;
        let class = if sort.is_empty() { "note" } else { sort };
        // A book cannot be unfolded on paper.
        let fold = fold.filter(|_| self.medium == Medium::Site);
        let (tag, title_tag) = if fold.is_some() { ("details", "summary") } else { ("blockquote", "p") };
        let open = if fold == Some(true) { " open" } else { "" };
        self.push(format_args!("<{tag} class=\"callout {class}\"{open}>\n<{title_tag} class=\"alert\">"));
        // Another name of the sort, such as `faq`, is the author's word for it, so it stays.
        let word = self.words.callouts.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        match (word, title.is_empty()) {
            (_, false) => self.inlines(title),
            (Some((_, word)), true) => escape(word, &mut self.html),
            (None, true) => escape(&capitalized(name), &mut self.html),
        }
        self.push(format_args!("</{title_tag}>\n"));
        self.blocks(blocks);
        self.push(format_args!("\n</{tag}>"));
    }

    fn code(&mut self, language: &str, code: &str) {
        self.codes += 1;
        let label = self.numbered(&self.words.code, self.codes);
        self.push(format_args!(
            "<pre class=\"code\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><code"
        ));
        if !language.is_empty() {
            let language = escaped(language);
            self.push(format_args!(" class=\"language-{language}\""));
        }
        self.html.push('>');
        match highlight::highlight(language, code) {
            Some(html) => self.html.push_str(&html),
            None => escape(code, &mut self.html),
        }
        self.html.push_str("</code></pre>");
        self.marks.pass(code);
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>]) {
        let tag = if first.is_some() { "ol" } else { "ul" };
        match first {
            Some(first) if first != 1 => self.push(format_args!("<ol start=\"{first}\">\n")),
            _ => self.push(format_args!("<{tag}>\n")),
        }
        for item in items {
            match item.split_first() {
                Some((Block::Plain(inlines) | Block::Paragraph(inlines), rest))
                    if matches!(inlines.first(), Some(Inline::Task(_))) =>
                {
                    // The text of the item labels the checkbox.
                    self.html.push_str("<li class=\"task\"><label>");
                    self.closed(|writer| writer.inlines(inlines), "</label>");
                    // The notes on its passages.
                    self.paragraph(&[]);
                    self.blocks(rest);
                }
                _ => {
                    self.html.push_str("<li>");
                    self.blocks(item);
                }
            }
            self.html.push_str("</li>\n");
        }
        self.push(format_args!("</{tag}>"));
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let label = self.numbered(&self.words.table, self.tables);
        self.push(format_args!(
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table>\n<thead>"
        ));
        self.row(&table.head, &table.alignments, "th");
        self.html.push_str("</thead>");
        if !table.rows.is_empty() {
            self.html.push_str("\n<tbody>\n");
        }
        for row in &table.rows {
            self.row(row, &table.alignments, "td");
            self.html.push('\n');
        }
        self.html.push_str(if table.rows.is_empty() { "\n" } else { "</tbody>\n" });
        self.html.push_str("</table></div>");
    }

    fn row(&mut self, cells: &[Vec<Inline>], alignments: &[Alignment], tag: &str) {
        self.html.push_str("<tr>");
        for (at, cell) in cells.iter().enumerate() {
            let scope = if tag == "th" { " scope=\"col\"" } else { "" };
            let class = match alignments.get(at) {
                Some(Alignment::Start) => " class=\"start\"",
                Some(Alignment::Center) => " class=\"center\"",
                Some(Alignment::End) => " class=\"end\"",
                _ => "",
            };
            self.push(format_args!("<{tag}{scope}{class}>"));
            self.inlines(cell);
            self.push(format_args!("</{tag}>"));
        }
        self.html.push_str("</tr>");
    }

    fn definitions(&mut self, parts: &[Definition]) {
        self.html.push_str("<dl>\n");
        for part in parts {
            match part {
                Definition::Term(inlines) => self.wrapped("<dt>", inlines, "</dt>\n"),
                Definition::Details(blocks) => {
                    self.html.push_str("<dd>");
                    self.blocks(blocks);
                    self.html.push_str("</dd>\n");
                }
            }
        }
        self.html.push_str("</dl>");
    }

    fn footnotes(&mut self) {
        let footnotes = &self.body.prose().footnotes;
        if footnotes.is_empty() {
            return;
        }
        let label = escaped(&self.words.footnotes);
        self.push(format_args!(
            "\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{label}\">\n<ol>\n"
        ));
        for (at, blocks) in footnotes.iter().enumerate() {
            let number = at + 1;
            self.push(format_args!("<li id=\"fn-{number}\">"));
            self.blocks(blocks);
            if at < self.body.prose().mentioned {
                let back = escaped(&self.words.back);
                let arrow = if self.words.locale.direction.is_rtl() { '↪' } else { '↩' };
                self.push(format_args!(
                    " <a class=\"back\" href=\"#fnref-{number}\" role=\"doc-backlink\" aria-label=\"{back}\">{arrow}</a>"
                ));
            }
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol>\n</section>");
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(words) => self.marks.text(words, None, &mut self.html),
            Inline::Code(words) => {
                self.html.push_str("<code>");
                self.closed(|writer| writer.marks.text(words, None, &mut writer.html), "</code>");
            }
            Inline::Math(words, apart) => {
                self.html.push_str(if *apart {
                    "<span class=\"math math-display\">"
                } else {
                    "<span class=\"math\">"
                });
                self.closed(|writer| writer.marks.text(words, None, &mut writer.html), "</span>");
            }
            Inline::Emphasis(inner) => self.wrapped("<em>", inner, "</em>"),
            Inline::Strong(inner) => self.wrapped("<strong>", inner, "</strong>"),
            Inline::Strike(inner) => self.wrapped("<del>", inner, "</del>"),
            Inline::Link(index, inner) => self.link(*index, inner),
            Inline::Image(index) => {
                let link = &self.body.prose().links[*index as usize];
                self.image(*index, &link.description, &link.title);
            }
            Inline::Highlight(starts) => {
                self.marks.nest(*starts);
                self.html.push_str(if *starts { "<mark class=\"highlight\">" } else { "</mark>" });
            }
            Inline::Anchor(index) => {
                let id = escaped(&self.body.prose().anchors[*index as usize].id);
                self.push(format_args!("<span id=\"{id}\"></span>"));
            }
            Inline::Embed(index) => self.embedded_within(*index),
            Inline::Footnote(index, mention) => self.footnote(*index, *mention),
            Inline::Task(done) => {
                self.html.push_str("<input type=\"checkbox\" disabled");
                self.html.push_str(if *done { " checked> " } else { "> " });
            }
            Inline::HardBreak => self.html.push_str("<br>\n"),
            Inline::Html(html) => self.html.push_str(html),
        }
    }

    fn footnote(&mut self, index: u32, mention: u32) {
        let number = index + 1;
        let shown = self.words.locale.ordinal(number);
        let label = escaped(&self.words.footnote.replace("{name}", &shown));
        // The link back leads to the first mention.
        let suffix = if mention == 1 { String::new() } else { format!("-{mention}") };
        self.push(format_args!(
            "<sup class=\"footnote-ref\" id=\"fnref-{number}{suffix}\"><a href=\"#fn-{number}\" role=\"doc-noteref\" aria-label=\"{label}\">{shown}</a></sup>"
        ));
    }

    fn link(&mut self, index: u32, inner: &[Inline]) {
        let body = self.body;
        let (link, href) = (&body.prose().links[index as usize], &body.links[index as usize]);
        let root = self.root;
        let title = titled(&link.title);
        match href {
            Href::Nowhere if title.is_empty() => return self.inlines(inner),
            Href::Nowhere => {
                self.push(format_args!("<span{title}>"));
                return self.wrapped("", inner, "</span>");
            }
            Href::Entity(preview, fragment) => {
                let fragment = fragment.as_ref().map(|f| format!("#{}", escaped(f))).unwrap_or_default();
                let (kind, path) = (preview.kind, escaped(&preview.path));
                self.push(format_args!(
                    "<a class=\"ref ref-{kind}\" href=\"{root}{path}{fragment}\"{title}>"
                ));
                if !link.has_words {
                    // Words of the author's are part of their sentence; a title is not.
                    let (start, end) = self.words.names.marks(&preview.title);
                    self.html.push_str(start);
                    return self.closed(
                        |writer| writer.marks.text(&link.words, Some(&preview.title), &mut writer.html),
                        &format!("{end}</a>"),
                    );
                }
            }
            // The note beside the passage leads there.
            Href::Printed(preview, value) if self.marks.is_noted(&link.words, &preview.path) => {
                self.push(format_args!("<span class=\"value\"{title}>"));
                self.marks.text(&link.words, Some(value), &mut self.html);
                return self.html.push_str("</span>");
            }
            Href::Printed(preview, value) => {
                let (kind, path) = (preview.kind, escaped(&preview.path));
                self.push(format_args!("<a class=\"ref ref-{kind} value\" href=\"{root}{path}\"{title}>"));
                return self
                    .closed(|writer| writer.marks.text(&link.words, Some(value), &mut writer.html), "</a>");
            }
            Href::Fragment(fragment) => {
                let fragment = escaped(fragment);
                self.push(format_args!("<a href=\"#{fragment}\"{title}>"));
            }
            Href::Asset(path, _) => {
                let path = escaped(path);
                self.push(format_args!("<a href=\"{root}{path}\"{title}>"));
            }
            Href::Media(media) => {
                self.push(format_args!("<a href=\"{}\"{title}>", embedded::address(root, media)));
            }
            Href::External(address, archived) => self.external(address, archived.as_ref(), &title),
        }
        // An address that is shown as it is keeps its order.
        let (start, end) = match (href, inner) {
            (Href::External(address, _), [Inline::Text(words)]) => {
                let range = words.start as usize..words.end as usize;
                let words = body.prose().plain.get(range).unwrap_or_default();
                if address.ends_with(words) { self.words.names.marks(words) } else { ("", "") }
            }
            _ => ("", ""),
        };
        self.html.push_str(start);
        self.is_in_link = true;
        self.closed(|writer| writer.inlines(inner), &format!("{end}</a>"));
        self.is_in_link = false;
    }

    /// Writes the start of a link to another site.
    fn external(&mut self, address: &str, archived: Option<&Archived>, title: &str) {
        self.html.push_str("<a class=\"external\" rel=\"external noopener\"");
        attributes(address, archived, &mut self.html);
        self.html.push_str(title);
        self.html.push('>');
    }

    /// Writes content that must not contain links and its end tag, and then the pending links to notes.
    fn closed(&mut self, write: impl FnOnce(&mut Self), end: &str) {
        self.marks.close();
        write(self);
        self.html.push_str(end);
        self.marks.open(&mut self.html);
    }

    /// A name for the region of a table or of code that is unique on the page.
    fn numbered(&self, word: &str, number: usize) -> String {
        let word = escaped(word);
        if number == 1 { word } else { format!("{word} {}", self.words.locale.ordinal(number)) }
    }

    fn push(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.html.write_fmt(arguments);
    }
}

/// The attribute for a title.
fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) }
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

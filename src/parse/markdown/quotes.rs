//! Finds the straight quotation marks of a body that become typographic ones.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::base::html;
use crate::base::id::Lang;
use crate::base::typography::{self, Quotes};

/// Written for a mark that stays as it is, in code, a formula or after a backslash.
const KEPT: char = '\u{fffc}';

/// The places of the marks in the body, in order, each with what takes its place.
pub(super) fn marks(
    body: &str,
    events: &[(Event<'_>, Range<usize>)],
    lang: &Lang,
) -> Vec<(usize, &'static str)> {
    if memchr::memchr2(b'"', b'\'', body.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut reader = Reader {
        body,
        // The outermost is that of the words around the others.
        texts: vec![Text::default()],
        languages: vec![(String::new(), Quotes::of(lang))],
        has_languages: body.contains("lang"),
        marks: Vec::new(),
    };
    for (event, range) in events {
        reader.read(event, range);
    }
    reader.finish();
    reader.marks.sort_unstable();
    reader.marks
}

struct Reader<'b> {
    body: &'b str,
    /// The words of the block, and of the descriptions of the pictures that it is in.
    texts: Vec<Text>,
    /// The open elements of HTML, each with the marks of its language.
    languages: Vec<(String, Option<Quotes>)>,
    has_languages: bool,
    marks: Vec<(usize, &'static str)>,
}

/// What a reader sees, with every straight mark that may become a typographic one.
#[derive(Default)]
struct Text {
    words: String,
    /// The places of these marks: in the words, and in the body; and the marks of the language there.
    places: Vec<(usize, usize, Option<Quotes>)>,
}

impl Reader<'_> {
    fn read(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(text) => self.text(text, range),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.keep(words),
            Event::SoftBreak | Event::HardBreak => self.keep(" "),
            Event::InlineHtml(html) | Event::Html(html) => self.html(html),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Start(Tag::Image { .. }) => self.texts.push(Text::default()),
            Event::End(TagEnd::Image) => {
                self.finish();
                self.texts.pop();
                self.keep("\u{fffc}");
            }
            Event::Start(tag) if is_inline(&tag.to_end()) => {}
            Event::End(tag) if is_inline(tag) => {}
            Event::Start(_) | Event::End(_) | Event::Rule => self.finish(),
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let written = self.body.get(range.clone()).unwrap_or_default();
        // The parser curls a mark unless it is in code or after a backslash.
        if !matches!(written, "\"" | "'") || text == written {
            return self.keep(text);
        }
        let quotes = self.languages.last().and_then(|(_, quotes)| *quotes);
        let Some(current) = self.texts.last_mut() else { return };
        current.places.push((current.words.len(), range.start, quotes));
        current.words.push_str(written);
    }

    /// Adds words whose marks stay as they are.
    fn keep(&mut self, words: &str) {
        let Some(text) = self.texts.last_mut() else { return };
        text.words.extend(words.chars().map(|c| if matches!(c, '"' | '\'') { KEPT } else { c }));
    }

    /// The end of a text.
    fn finish(&mut self) {
        let Some(text) = self.texts.last_mut().map(std::mem::take) else { return };
        let place = |at: usize| {
            let found = text.places.binary_search_by_key(&at, |(at, ..)| *at);
            found.map(|number| text.places[number])
        };
        let found = typography::marks(&text.words, |at| place(at).ok().and_then(|(.., quotes)| quotes));
        self.marks.extend(found.into_iter().filter_map(|(at, mark)| Some((place(at).ok()?.1, mark))));
    }

    /// Follows the languages of elements: `<q lang="fr">`.
    fn html(&mut self, html: &str) {
        if !self.has_languages {
            return;
        }
        for tag in html.match_indices('<').filter_map(|(at, _)| html[at..].split_inclusive('>').next()) {
            let name = |tag: &str| {
                let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tag.len());
                tag[..end].to_ascii_lowercase()
            };
            if let Some(rest) = tag.strip_prefix("</") {
                let name = name(rest);
                if let Some(open) =
                    self.languages.iter().rposition(|(open, _)| !open.is_empty() && *open == name)
                {
                    self.languages.truncate(open);
                }
                continue;
            }
            let name = name(&tag[1..]);
            if name.is_empty() || html::VOID.contains(&&*name) || tag.ends_with("/>") {
                continue;
            }
            let around = self.languages.last().and_then(|(_, quotes)| *quotes);
            let own = lang_of(tag).map(|lang| Lang::parse(&lang).and_then(|lang| Quotes::of(&lang)));
            self.languages.push((name, own.unwrap_or(around)));
        }
    }
}

/// The `lang` of an element, from its start tag.
fn lang_of(tag: &str) -> Option<String> {
    let tag = tag.contains("lang").then(|| html::tag(tag))??;
    let lang = tag.attrs.iter().find(|attribute| &*attribute.name.local == "lang")?;
    Some(lang.value.to_string())
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
    )
}

//! The marks of comments, with those of other programs.

use std::ops::Range;

use crate::base::lines::floor_char_boundary;

/// In bytes.
const LONGEST_MARK: usize = 1000;

/// A comment of another program: its marks.
pub(super) struct Form {
    /// The length of its opening mark, if the text begins with one.
    pub open: fn(&str) -> Option<usize>,
    /// Its closing mark, in the text after the opening one.
    pub close: fn(&str) -> Option<Range<usize>>,
}

/// How other programs write comments. Without its end, each is a text.
pub(super) const FOREIGN: [Form; 15] = [
    // CriticMarkup.
    Form { open: |text| mark(text, "{>>"), close: |text| found(text, "<<}") },
    // kramdown.
    Form { open: |text| mark(text, "{::comment}"), close: kramdown_end },
    // Liquid: a block, and a line.
    Form { open: |text| tag(text, "comment"), close: liquid_end },
    Form { open: liquid_line, close: |text| found(text, "%}") },
    Form { open: jinja, close: |text| found(text, "#}") },
    // MDX and JSX; Hugo, a block and a shortcode; Handlebars, a block and a line; templates of EJS, ERB and JSP.
    Form { open: |text| mark(text, "{/*"), close: |text| found(text, "*/}") },
    Form { open: hugo, close: hugo_end },
    Form { open: |text| shortcode(text, "comment"), close: shortcode_end },
    Form { open: |text| mark(text, "{{!--").or_else(|| mark(text, "{{~!--")), close: handlebars_end },
    Form { open: |text| mark(text, "{{!").or_else(|| mark(text, "{{~!")), close: |text| found(text, "}}") },
    Form { open: |text| mark(text, "<%--"), close: |text| found(text, "--%>") },
    Form { open: |text| mark(text, "<%#"), close: |text| found(text, "%>") },
    // HTML, in which a program or a slip has changed the hyphens.
    Form { open: |text| mark(text, "<! --"), close: |text| found(text, "-->") },
    Form { open: |text| mark(text, "<!—"), close: |text| found(text, "—>") },
    Form { open: |text| mark(text, "<!–"), close: |text| found(text, "–>") },
];

fn mark(text: &str, mark: &str) -> Option<usize> {
    text.starts_with(mark).then_some(mark.len())
}

fn found(text: &str, mark: &str) -> Option<Range<usize>> {
    text.find(mark).map(|at| at..at + mark.len())
}

/// `{:/comment}`, or `{:/}`, which ends whatever is open.
fn kramdown_end(text: &str) -> Option<Range<usize>> {
    let mut ends = text.match_indices("{:/");
    ends.find_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let end = rest.strip_prefix("comment").unwrap_or(rest).strip_prefix('}')?;
        Some(at..text.len() - end.len())
    })
}

/// The length of a tag of Liquid with this name: `{% comment %}`, `{%- comment a note -%}`.
fn tag(text: &str, name: &str) -> Option<usize> {
    let rest = inner(text)?.strip_prefix(name)?;
    let is_whole = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let end = near(rest).find("%}").filter(|_| is_whole)?;
    Some(text.len() - rest.len() + end + "%}".len())
}

/// `{% endcomment %}`, or Markdoc's `{% /comment %}`.
fn liquid_end(text: &str) -> Option<Range<usize>> {
    let mut tags = text.match_indices("{%");
    let end = |text: &str| tag(text, "endcomment").or_else(|| tag(text, "/comment"));
    tags.find_map(|(at, _)| end(&text[at..]).map(|length| at..at + length))
}

/// `{{/* words */}}`, `{{- /* words */ -}}`
fn hugo(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("{{")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start_matches([' ', '\t']).strip_prefix("/*")?;
    Some(text.len() - rest.len())
}

/// `*/}}`, with what may be between.
fn hugo_end(text: &str) -> Option<Range<usize>> {
    let mut ends = text.match_indices("*/");
    ends.find_map(|(at, mark)| {
        let rest = text[at + mark.len()..].trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("}}")?;
        Some(at..text.len() - rest.len())
    })
}

/// The length of a shortcode of Hugo with this name: `{{< comment >}}`, `{{% comment %}}`.
fn shortcode(text: &str, name: &str) -> Option<usize> {
    let inner = text.strip_prefix("{{<").or_else(|| text.strip_prefix("{{%"))?.trim_start();
    let rest = inner.strip_prefix(name)?;
    let is_whole = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let end = near(rest).find("}}").filter(|_| is_whole)?;
    Some(text.len() - rest.len() + end + "}}".len())
}

fn shortcode_end(text: &str) -> Option<Range<usize>> {
    let mut tags = text.match_indices("{{");
    tags.find_map(|(at, _)| shortcode(&text[at..], "/comment").map(|length| at..at + length))
}

/// `--}}`, `--~}}`
fn handlebars_end(text: &str) -> Option<Range<usize>> {
    let mut ends = text.match_indices("}}").map(|(at, mark)| (at, at + mark.len()));
    let (at, end) = ends.find(|(at, _)| text[..*at].trim_end_matches('~').ends_with("--"))?;
    Some(at..end)
}

/// `{% # words %}`
fn liquid_line(text: &str) -> Option<usize> {
    inner(text)?.strip_prefix('#').map(|rest| text.len() - rest.len())
}

/// The beginning of a text, where a mark that began before it has to end: for each of very many marks that do not end,
/// the whole text would be searched.
fn near(text: &str) -> &str {
    &text[..floor_char_boundary(text, LONGEST_MARK)]
}

/// What is in a tag of Liquid.
fn inner(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("{%")?;
    Some(rest.strip_prefix('-').unwrap_or(rest).trim_start())
}

/// `{# words #}`, but not the id of a heading, `{#words}`.
fn jinja(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("{#")?;
    let is_apart = rest.strip_prefix('-').unwrap_or(rest).starts_with(char::is_whitespace);
    let is_closed =
        || near(rest).split_once('}').is_some_and(|(words, _)| words.len() > 1 && words.ends_with('#'));
    (is_apart || is_closed()).then_some("{#".len())
}

/// A comment without its marks. Of HTML's, only the words are cut.
pub(super) fn unmarked(cut: &str) -> &str {
    let cut = cut.trim();
    // One that goes on to the end of the text has no mark there.
    if let Some(rest) = cut.strip_prefix("%%") {
        return rest.strip_suffix("%%").unwrap_or(rest).trim();
    }
    let words = |form: &Form| {
        let rest = &cut[(form.open)(cut)?..];
        Some((form.close)(rest).map_or(rest, |end| &rest[..end.start]))
    };
    FOREIGN.iter().find_map(words).unwrap_or(cut).trim()
}

pub(super) fn has_marks(text: &str) -> bool {
    ["%%", "<!", "<%", "{>>", "{::comment}", "{%", "{#", "{/*", "{{"].iter().any(|mark| text.contains(mark))
}

//! An existing text → an article: plain text, Markdown, or a saved page.

use super::{Imported, candidates, html, plain};
use crate::config::Dialect;
use crate::ide::Refusal;
use crate::ide::scaffold::{self, Request};
use crate::kinds::KindId;
use crate::link::Graph;
use crate::parse::markdown;

/// The maximum length of a first line that is taken as the title, in characters.
const LONGEST_TITLE: usize = 150;

/// The format of a file.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Format {
    /// Plain text.
    Text,
    Markdown,
    /// A saved page.
    Html,
}

impl Format {
    /// The format, from the name of a file.
    pub(crate) fn of(name: &str) -> Format {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("html" | "htm" | "xhtml" | "mhtml") => Format::Html,
            Some("md" | "markdown" | "mdown") => Format::Markdown,
            _ => Format::Text,
        }
    }
}

/// A request to import an article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// The content of the file.
    pub text: &'a str,
    pub format: Format,
    /// The title; by default taken from the text.
    pub title: Option<&'a str>,
    /// The id; by default the article is the home page.
    pub id: Option<&'a str>,
}

/// The article made from a text.
///
/// # Errors
/// If the text is empty, has no title, or the article exists already.
pub(crate) fn import(graph: &Graph, source: &Source<'_>) -> Result<Imported, Refusal> {
    let (found, body) = match source.format {
        Format::Html => {
            let page = html::read(source.text);
            (page.title, page.blocks.join("\n\n"))
        }
        Format::Markdown => from_markdown(source.text),
        Format::Text => from_text(source.text, source.title.is_none()),
    };
    if body.trim().is_empty() {
        return Err(Refusal("there is no text in it".into()));
    }
    let title = source.title.map(str::to_owned).or(found);
    let title = title.ok_or_else(|| Refusal("the text has no title; give one with `--title`".into()))?;
    let request = Request { kind: KindId::Article, title: &title, id: source.id, lang: None };
    let mut file = scaffold::file(graph, &request)?;
    let prose = markdown::parse(&body, 0, graph.default_language(), Dialect::default());
    let paragraphs: Vec<String> = prose.plain.lines().map(str::to_owned).collect();
    let stubs = candidates::stubs(&paragraphs, graph);
    let head = file.content.trim_end().strip_suffix("---").unwrap_or(&file.content);
    file.content = format!("{head}{stubs}---\n\n{}\n", body.trim());
    Ok(Imported { files: vec![file], remarks: Vec::new() })
}

/// Paragraphs are separated by empty lines, or by line ends if there are no empty lines.
fn from_text(text: &str, with_title: bool) -> (Option<String>, String) {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let has_gaps = text.trim().lines().any(|line| line.trim().is_empty());
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match (line.trim().is_empty(), open && has_gaps) {
            (true, _) => open = false,
            (false, true) => {
                if let Some(last) = paragraphs.last_mut() {
                    last.push('\n');
                    last.push_str(&plain(line.trim()));
                }
            }
            (false, false) => {
                paragraphs.push(plain(line.trim()));
                open = true;
            }
        }
    }
    let first = text.trim().lines().next().map(str::trim).unwrap_or_default();
    let is_title = with_title
        && paragraphs.len() > 1
        && paragraphs[0] == plain(first)
        && first.chars().count() < LONGEST_TITLE
        && !first.ends_with(['.', ':', ';', ',']);
    if is_title {
        paragraphs.remove(0);
    }
    (is_title.then(|| first.to_owned()), paragraphs.join("\n\n"))
}

/// The text without its front matter and its first heading, which is the title.
fn from_markdown(text: &str) -> (Option<String>, String) {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (mut title, mut body) = (None, text.as_str());
    for fence in ["---\n", "+++\n"] {
        if let Some((head, rest)) =
            text.strip_prefix(fence).and_then(|rest| rest.split_once(&format!("\n{fence}")))
        {
            let line = head
                .lines()
                .find_map(|line| line.strip_prefix("title:").or_else(|| line.strip_prefix("title =")));
            title = line
                .map(|line| line.trim().trim_matches(['"', '\'']).to_owned())
                .filter(|title| !title.is_empty());
            body = rest;
        }
    }
    let trimmed = body.trim_start();
    if let Some((heading, rest)) =
        trimmed.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, "")))
    {
        title = title.or_else(|| Some(heading.trim().trim_end_matches('#').trim().to_owned()));
        body = rest;
    }
    (title, body.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_kept() {
        assert_eq!(
            from_text("A title\r\n\r\nOne\r\ntwo.\r\n\r\n1. Three*\r\n", true),
            (Some("A title".into()), "One\ntwo.\n\n1\\. Three\\*".into())
        );
        assert_eq!(from_text("One.\nTwo.\n", true), (None, "One.\n\nTwo.".into()));
        assert_eq!(
            from_markdown("---\ntitle: \"T\"\nlayout: x\n---\n\n# H\n\nText *so*.\n"),
            (Some("T".into()), "Text *so*.".into())
        );
        assert_eq!(from_markdown("# H #\n\nText.\n"), (Some("H".into()), "Text.".into()));
    }
}

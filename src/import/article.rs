//! An existing text → an article: plain text, Markdown, or a saved page.

use super::{Imported, candidates, html, plain};
use crate::base::number::letters;
use crate::config::Dialect;
use crate::ide::Refusal;
use crate::ide::scaffold::{self, Request};
use crate::kinds::KindId;
use crate::link::Graph;
use crate::parse::{self, markdown};

/// The maximum length of a first line that is taken as the title, in characters.
const LONGEST_TITLE: usize = 150;

/// The maximum length of a key of MultiMarkdown, in bytes: a longer one is a sentence.
const LONGEST_KEY: usize = 40;

/// The most keys that a remark names.
const MOST_KEYS: usize = 10;

/// The refusal of a file without words.
pub(crate) const NO_TEXT: &str = "there is no text in it";

/// The refusal of a text without a title.
pub(crate) const NO_TITLE: &str = "the text has no title; give one with `--title`";

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
    let Text { title: found, body, mut remarks, waits } = read(source)?;
    let title = source.title.map(str::to_owned).or(found);
    let title = title.ok_or_else(|| Refusal(NO_TITLE.into()))?;
    let request = Request { kind: KindId::Article, title: &title, id: source.id, lang: None };
    let mut file = scaffold::file(graph, &request)?;
    let stubs = stubs(&body, graph);
    let head = file.content.trim_end().strip_suffix("---").unwrap_or(&file.content);
    let draft = match waits {
        Some(line) => {
            remarks.push(format!("a draft: the text has `{line}`; decide when it is published"));
            "draft: true\n"
        }
        None => "",
    };
    file.content = format!("{head}{draft}{stubs}---\n\n{}\n", body.trim());
    Ok(Imported { files: vec![file], remarks })
}

/// What the text may speak of, as comments for a front matter.
pub(super) fn stubs(body: &str, graph: &Graph) -> String {
    let prose = markdown::parse(body, 0, graph.default_language(), Dialect::default());
    let paragraphs: Vec<String> = prose.plain.lines().map(str::to_owned).collect();
    candidates::stubs(&paragraphs, graph)
}

/// A text that was read.
pub(super) struct Text {
    pub title: Option<String>,
    /// In Markdown.
    pub body: String,
    pub remarks: Vec<String>,
    /// What says that it is not published yet.
    pub waits: Option<String>,
}

/// Reads a text.
///
/// # Errors
/// If there are no words in it.
pub(super) fn read(source: &Source<'_>) -> Result<Text, Refusal> {
    let mut remarks = Vec::new();
    let mut unseen = 0;
    let (text, comments) = without_comments(source.text);
    let mut waits = None;
    let (found, body) = match source.format {
        Format::Html => {
            let html::Page { mut document, unseen: hidden, .. } = html::read(source.text);
            unseen = hidden;
            // There is no place for the files of pictures.
            document.pictures.iter_mut().for_each(|(_, content)| content.clear());
            (document.title.take(), document.markdown())
        }
        Format::Markdown => {
            let (head, found, body) = from_markdown(&text);
            waits = release(&head).map(str::to_owned);
            remarks.extend(left_out(&head));
            unseen += comments;
            (found, body)
        }
        Format::Text => {
            unseen += comments;
            // Of CriticMarkup, what is deleted is not meant to be read, either.
            if !parse::comments_of(&text).is_empty() || text.contains("{--") {
                remarks.push("the text has what may be comments, which are text now: look at it".to_owned());
            }
            from_text(&text, source.title.is_none())
        }
    };
    remarks.extend(hidden_parts(unseen));
    if body.trim().is_empty() {
        return Err(Refusal(NO_TEXT.into()));
    }
    Ok(Text { title: found, body, remarks, waits })
}

/// A remark on parts that are not for readers.
pub(super) fn hidden_parts(count: usize) -> Option<String> {
    let parts =
        if count == 1 { "comment, deletion or hidden part" } else { "comments, deletions or hidden parts" };
    (count > 0).then(|| format!("left out: {count} {parts} of the text"))
}

/// The entry of front matter that says, or may say, that the text is not published yet; in JSON, too.
fn release(head: &str) -> Option<&str> {
    let entries = head.lines().flat_map(|line| match line.trim_start().starts_with(['{', '"']) {
        true => line.split(['{', ',', '}']).collect(),
        false => vec![line],
    });
    entries.map(str::trim).find(|entry| {
        let Some((key, value)) = entry.split_once([':', '=']) else { return false };
        let key = key.trim().trim_matches(['"', '\'']);
        let value = value.trim().trim_matches(['"', '\'']);
        // What is in doubt waits.
        match &*key.to_lowercase() {
            "status" | "state" | "visibility" => {
                !matches!(&*value.to_lowercase(), "" | "published" | "public" | "publish")
            }
            "published" | "publicationdate" | "publication_date" | "publication-date" => true,
            _ => parse::may_wait(key, value),
        }
    })
}

/// A remark on the keys of front matter that an article does not get.
fn left_out(head: &str) -> Option<String> {
    let key = |line: &str| {
        let key = line.split([':', '=']).next().filter(|key| key.len() < line.len())?.trim_end();
        let is_key = key.starts_with(char::is_alphabetic)
            && key.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c));
        // A draft stays one, which another remark says.
        let is_kept = ["title", "draft"].iter().any(|kept| key.eq_ignore_ascii_case(kept));
        (is_key && !is_kept).then(|| format!("`{key}`"))
    };
    let keys: Vec<String> = head.lines().filter_map(key).collect();
    let (shown, more) = keys.split_at(keys.len().min(MOST_KEYS));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    let are = if keys.len() == 1 { "a key" } else { "keys" };
    (!keys.is_empty()).then(|| format!("left out: {}{more}, {are} of the front matter", shown.join(", ")))
}

/// A text without the comments that Google Docs writes below it in its downloads as text and Markdown, and how many
/// they are: `[a]` at the words, and `[a]The comment.` at the end.
fn without_comments(text: &str) -> (String, usize) {
    let label = |number: usize| format!("[{}]", letters(number));
    let Some(start) = text.rfind("\n[a]").filter(|start| text[..*start].contains("[a]")) else {
        return (text.to_owned(), 0);
    };
    let (body, comments) = text.split_at(start);
    let count = (0..702).take_while(|number| comments.contains(&format!("\n{}", label(*number)))).count();
    let marked = (0..count).take_while(|number| body.contains(&label(*number))).count();
    if marked < count {
        return (text.to_owned(), 0);
    }
    let body = (0..count).fold(body.to_owned(), |body, number| body.replace(&label(number), ""));
    (body, count)
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

/// The front matter, the title, and the text without these and its first heading, which is the title.
fn from_markdown(text: &str) -> (String, Option<String>, String) {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let of_lines = of_multimarkdown(&text);
    let (head, mut title, mut body) = of_lines.unwrap_or(("", None, text.as_str()));
    let mut front = head.to_owned();
    for (open, close) in
        [("---\n", "---"), ("+++\n", "+++"), ("---json\n", "---"), ("---toml\n", "---"), (";;;\n", ";;;")]
    {
        if let Some((head, rest)) =
            text.strip_prefix(open).and_then(|rest| rest.split_once(&format!("\n{close}\n")))
        {
            let line = head
                .lines()
                .find_map(|line| line.strip_prefix("title:").or_else(|| line.strip_prefix("title =")));
            title = line
                .map(|line| line.trim().trim_matches(['"', '\'']).to_owned())
                .filter(|title| !title.is_empty());
            body = rest;
            head.clone_into(&mut front);
            break;
        }
    }
    let trimmed = body.trim_start();
    if let Some((heading, rest)) =
        trimmed.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, "")))
    {
        title = title.or_else(|| Some(heading.trim().trim_end_matches('#').trim().to_owned()));
        body = rest;
    }
    (front, title, body.trim().to_owned())
}

/// The front matter of MultiMarkdown, which has no marks around it: the first paragraph, if each of its lines is a key
/// and a value, and one of them the title. With the title and the rest of the text.
fn of_multimarkdown(text: &str) -> Option<(&str, Option<String>, &str)> {
    let (head, rest) = text.split_once("\n\n")?;
    let mut title = None;
    for line in head.lines() {
        let (key, value) = line.split_once(": ")?;
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        if key.len() > LONGEST_KEY || !key.chars().all(is_key) {
            return None;
        }
        if key.eq_ignore_ascii_case("title") {
            title = Some(value.trim().to_owned());
        }
    }
    title.is_some().then_some((head, title, rest))
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
            ("title: \"T\"\nlayout: x".into(), Some("T".into()), "Text *so*.".into())
        );
        assert_eq!(from_markdown("# H #\n\nText.\n"), (String::new(), Some("H".into()), "Text.".into()));
    }

    #[test]
    fn what_waits_is_known() {
        for waits in [
            "draft: true",
            "draft = true",
            "isDraft: yes",
            "embargo: 2099-01-01",
            "published: 2099-01-01",
            "publish: false",
            "private: true",
            "status: draft",
            "dg-publish: no",
        ] {
            assert_eq!(release(&format!("title: T\n{waits}\ntags: x")), Some(waits));
        }
        for (text, waits) in [
            ("---json\n{\"title\":\"D\",\"draft\":true}\n---\nx\n", "\"draft\":true"),
            (";;;\n{\"draft\": true}\n;;;\nx\n", "\"draft\": true"),
            ("Title: E\nDraft: true\n\nx\n", "Draft: true"),
        ] {
            assert_eq!(release(&from_markdown(text).0), Some(waits));
        }
        assert_eq!(release(&from_markdown("He said: no draft: true\nx\n").0), None);
        assert_eq!(release("title: T\ndraft: false\npublish: true\nstatus: published\ntags: [draft]"), None);
    }

    #[test]
    fn comments_below_a_text_are_left_out() {
        let text = "It left[a] in October.[b]\n\n[a]Anna told me.\nMore.\n[b]No.\n";
        assert_eq!(without_comments(text), ("It left in October.\n".into(), 2));
        for text in ["A list:\n[a] one\n[b] two\n", "It left[a].\n[a]One.\n[b]Two.\n", "a"] {
            assert_eq!(without_comments(text), (text.to_owned(), 0));
        }
    }
}

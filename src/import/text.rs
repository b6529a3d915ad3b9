//! Texts → items: an article, and a source for each page that it links to.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::article::{self, Format, Source, Text};
use super::brought::{At, Brought, Fact, Item, Remark};
use super::prose::{Block, Document, Run, picture_mark, words};
use super::{first_words, html};
use crate::base::date::Day;
use crate::base::id::Lang;
use crate::config::Dialect;
use crate::data::write::Given;
use crate::ide::Refusal;
use crate::kinds::KindId;
use crate::link::Graph;
use crate::parse::markdown;

/// The pictures that browsers show.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// The maximum length of the title of a source, in characters.
const LONGEST_TITLE: usize = 150;

/// The items of a document of a word processor.
///
/// # Errors
/// If there are no words in it.
pub(super) fn of_document(
    name: &str,
    what: &'static str,
    mut document: Document,
    graph: &Graph,
    today: Day,
) -> Result<Brought, Refusal> {
    if document.title.is_none()
        && let Some(at) = document.blocks.iter().position(|block| matches!(block, Block::Heading(..)))
        && let Block::Heading(_, runs) = document.blocks.remove(at)
    {
        document.title = Some(words(&runs));
    }
    for (number, (end, content)) in document.pictures.iter_mut().enumerate() {
        if !content.is_empty() && !PICTURES.contains(&end.as_str()) {
            content.clear();
            let why = format!("browsers do not show `.{end}`; save it as PNG, and add it");
            document.remarks.push(Remark::left_out(format!("picture {}", number + 1), why, &At::default()));
        }
    }
    let body = document.markdown();
    let mut links: Vec<(String, String)> = Vec::new();
    for note in &document.notes {
        let said = words(note);
        let linked = note.iter().filter_map(|run| run.link.clone());
        let written = addresses(&said);
        links.extend(linked.chain(written).map(|url| (url.clone(), said.replace(&url, ""))));
    }
    links.extend(document.runs().filter_map(|run: &Run| Some((run.link.clone()?, String::new()))));
    let text = Text { title: document.title.take(), body, remarks: Vec::new(), waits: None };
    let mut brought = brought(name, what, text, links, graph, today)?;
    if let Some(article) = brought.items.first_mut() {
        let at = article.at.clone();
        article.pictures = std::mem::take(&mut document.pictures);
        let byline = document.byline.map(|words| ("byline", Given::Words(words)));
        let date = document.date.map(|words| ("date", Given::Bare(words)));
        let facts = byline.into_iter().chain(date);
        article.facts.extend(facts.map(|(key, value)| Fact { key, value, at: at.clone() }));
    }
    brought.remarks.append(&mut document.remarks);
    Ok(brought)
}

/// The items of a text, a Markdown file or a saved page.
///
/// # Errors
/// If there are no words in it, or it has no title.
pub(super) fn of_words(
    name: &str,
    words: &str,
    format: Format,
    graph: &Graph,
    today: Day,
) -> Result<Brought, Refusal> {
    let what = match format {
        Format::Html => return of_page(name, words, graph, today),
        Format::Markdown => "a Markdown file",
        Format::Text => "a text",
    };
    let mut text = article::read(&Source { text: words, format, title: None, id: None })?;
    let (body, pictures) = match format {
        Format::Markdown => without_data(&text.body),
        _ => (std::mem::take(&mut text.body), Vec::new()),
    };
    text.body = body;
    let prose = markdown::parse(&text.body, 0, graph.default_language(), Dialect::default());
    let links = prose.links.iter().map(|link| link.target.to_string());
    let links = links.filter(|link| is_web(link)).map(|link| (link, String::new())).collect();
    let mut brought = brought(name, what, text, links, graph, today)?;
    if let Some(article) = brought.items.first_mut() {
        article.pictures = pictures;
    }
    Ok(brought)
}

/// The items of a saved page, or of one that a word processor wrote.
fn of_page(name: &str, words: &str, graph: &Graph, today: Day) -> Result<Brought, Refusal> {
    let html::Page { mut document, language, unseen } = html::read(words);
    let at = At::default();
    let hidden = article::hidden_parts(unseen).map(|why| Remark::left_out("", why, &at));
    document.remarks.extend(hidden);
    let is_ours = |tag: &String| {
        let known = Lang::parse(tag);
        known.is_none_or(|lang| graph.languages.iter().any(|own| own.serves(&lang) || lang.serves(own)))
    };
    if let Some(tag) = language.filter(|tag| !is_ours(tag)) {
        let why = "the page says that it is in this language, which the dossier does not have";
        document.remarks.push(Remark::doubtful(tag, why, &at));
    }
    of_document(name, "a saved page", document, graph, today)
}

fn brought(
    name: &str,
    what: &'static str,
    text: Text,
    links: Vec<(String, String)>,
    graph: &Graph,
    today: Day,
) -> Result<Brought, Refusal> {
    let Text { title, body, remarks, waits } = text;
    if body.trim().is_empty() {
        return Err(Refusal(article::NO_TEXT.into()));
    }
    let at = At::default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['-', '_'], " ");
    let mut remarks: Vec<Remark> = remarks.into_iter().map(|why| Remark::doubtful("", why, &at)).collect();
    let title = title.unwrap_or_else(|| {
        remarks.push(Remark::doubtful(&stem, "it has no title, so it is called like its file", &at));
        stem.clone()
    });
    let mut article = Item::titled(KindId::Article, &title, at.clone());
    article.key = format!("article {name}");
    article.comments = article::stubs(&body, graph);
    if let Some(line) = waits {
        let why = format!("it becomes a draft, because it has `{line}`; decide when it is published");
        remarks.push(Remark::doubtful(&title, why, &at));
        article.facts.push(Fact { key: "draft", value: Given::Bare("true".to_owned()), at: at.clone() });
    }
    let mut sources: Vec<Item> = Vec::new();
    for (url, said) in links.into_iter().filter(|(url, _)| is_web(url)) {
        let key = format!("source {url}");
        if sources.iter().all(|source| source.key != key) {
            sources.push(source(&url, &said, key, today));
        }
    }
    let urls: Vec<Given> =
        sources.iter().filter_map(|source| Some(source.fact("url")?.value.clone())).collect();
    if !urls.is_empty() {
        article.facts.push(Fact { key: "sources", value: Given::List(urls), at });
    }
    article.text = body;
    let items = std::iter::once(article).chain(sources).collect();
    Ok(Brought { name: name.to_owned(), what, items, remarks, ..Brought::default() })
}

/// A page that a text links to.
fn source(url: &str, said: &str, key: String, today: Day) -> Item {
    let bare = url.split("://").last().unwrap_or(url).trim_end_matches('/');
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or(bare);
    let said = said.trim_matches(|c: char| c.is_whitespace() || ".,;:()<>".contains(c));
    let title = if said.is_empty() { bare.to_owned() } else { first_words(said, LONGEST_TITLE) };
    let at = At::default();
    let fact = |key, value| Fact { key, value, at: At::default() };
    let mut source = Item::titled(KindId::Source, &title, at);
    source.key = key;
    source.facts = vec![
        fact("type", Given::Words("webpage".to_owned())),
        fact("publisher", Given::List(vec![Given::Words(host.to_owned())])),
        fact("url", Given::Words(url.to_owned())),
        fact("accessed", Given::Bare(today.to_string())),
    ];
    source
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// The addresses that are written out in a text.
fn addresses(text: &str) -> Vec<String> {
    let found = text.split_whitespace().filter_map(|word| word.find("http").map(|at| &word[at..]));
    let found = found.map(|word| word.trim_end_matches(['.', ',', ';', ')', '>', ']', '”', '"']));
    found.filter(|word| is_web(word)).map(str::to_owned).collect()
}

/// A text without the pictures that are written into it, and these.
fn without_data(text: &str) -> (String, Vec<(String, Vec<u8>)>) {
    const START: &str = "](data:image/";
    let (mut rest, mut body) = (text, String::new());
    let mut pictures: Vec<(String, Vec<u8>)> = Vec::new();
    while let Some((before, data)) = rest.split_once(START) {
        let end = data.find([')', ' ', '\n']).unwrap_or(data.len());
        let picture = data[..end].split_once(";base64,").and_then(|(kind, content)| {
            let content = BASE64_STANDARD.decode(content).ok()?;
            let end = kind.split('+').next().unwrap_or(kind).replace("jpeg", "jpg");
            Some((end, content)).filter(|(end, _)| PICTURES.contains(&end.as_str()))
        });
        body.push_str(before);
        match picture {
            Some(picture) => {
                body.push_str(&format!("]({}", picture_mark(pictures.len())));
                pictures.push(picture);
                rest = &data[end..];
            }
            None => {
                body.push_str(START);
                rest = data;
            }
        }
    }
    body.push_str(rest);
    (body, pictures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_within_a_text_become_files() {
        let text = "a ![x](data:image/png;base64,AQID) b ![y](data:image/tiff;base64,AQID) ![z](data:image/png;base64,?)";
        let (body, pictures) = without_data(text);
        assert_eq!(pictures, [("png".to_owned(), vec![1, 2, 3])]);
        assert!(body.starts_with(&format!("a ![x]({}) b ![y](data:image/tiff", picture_mark(0))), "{body}");
    }

    #[test]
    fn addresses_are_found_in_words() {
        assert_eq!(
            addresses("See https://a.example/x, and (http://b.example)."),
            ["https://a.example/x", "http://b.example"]
        );
    }
}

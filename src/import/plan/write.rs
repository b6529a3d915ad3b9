//! Items → the texts of files.

use super::Target;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::write::{Given, Place, Syntax};
use crate::ide::translations;
use crate::import::prose::{self, picture_mark};
use crate::import::record::hash;
use crate::metadata;

/// What the name of a file with a line ends with.
const DATA: &str = "geojson";

/// Each text in a value.
pub(super) fn words(given: &Given) -> Vec<&str> {
    match given {
        Given::Words(words) | Given::Bare(words) => vec![words],
        Given::List(items) => items.iter().flat_map(words).collect(),
        Given::Table(entries) => entries.iter().flat_map(|(_, value)| words(value)).collect(),
    }
}

/// The front matter of a new file, and its text.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")? + 1;
    Some((&rest[..end], &rest[end + 4..]))
}

/// The text of a new file, and where each fact is in it.
pub(super) fn file(target: &Target) -> (String, Vec<(Span, &'static str)>) {
    let mut text = "---\n".to_owned();
    let mut spans = Vec::new();
    let mut line = |key: &'static str, value: &Given| {
        let start = text.len();
        match value {
            Given::List(items)
                if items.len() > 1 && items.iter().any(|item| matches!(item, Given::Table(_))) =>
            {
                text += &format!("{key}:\n");
                for item in items {
                    text += &format!("  - {}\n", Syntax::Yaml.written(item, Place::Inside));
                }
            }
            Given::List(items) if items.is_empty() => {}
            Given::List(items) => match items.as_slice() {
                [one @ (Given::Words(_) | Given::Bare(_))] => {
                    text += &format!("{key}: {}\n", Syntax::Yaml.written(one, Place::Line));
                }
                _ => text += &format!("{key}: {}\n", Syntax::Yaml.written(value, Place::Line)),
            },
            value => text += &format!("{key}: {}\n", Syntax::Yaml.written(value, Place::Line)),
        }
        spans.push((Span::new(start, text.len()), key));
    };
    line("title", &Given::Words(target.item.title.clone()));
    let kind = target.item.kind;
    let own = kind.own_keys().iter().map(|key| key.name);
    let all =
        kind.keys().map(|key| key.name).filter(|name| kind.own_keys().iter().all(|own| own.name != *name));
    for key in
        ["summary"].into_iter().chain(own).chain(all.filter(|name| !["title", "summary"].contains(name)))
    {
        if let Some(fact) = target.facts.iter().find(|fact| fact.key == key) {
            line(key, &fact.value);
        }
    }
    for (key, value) in &target.item.kept {
        text += &format!("{}{}\n", Syntax::Yaml.key(key), Syntax::Yaml.written(value, Place::Line));
    }
    text += &target.item.comments;
    text += "---\n";
    let body = with_pictures(target, target.text.as_deref().unwrap_or_default());
    let body = body.trim();
    if !body.is_empty() {
        text += &format!("\n{body}\n");
    }
    (text, spans)
}

/// A text in which the names of its pictures stand.
pub(super) fn with_pictures(target: &Target, text: &str) -> String {
    let pictures = target.item.pictures.iter().enumerate();
    pictures.fold(text.to_owned(), |text, (number, (end, _))| {
        text.replace(&picture_mark(number), &picture_name(target, number, end))
    })
}

/// The name of a file that comes with an item. Data that is another the next time has another name, because no file is
/// overwritten.
fn picture_name(target: &Target, number: usize, end: &str) -> String {
    match target.item.pictures.get(number) {
        Some((_, content)) if end == DATA => {
            format!("{}-{}.{end}", target.id, &hash(&String::from_utf8_lossy(content))[..8])
        }
        _ => format!("{}-{}.{end}", target.id, number + 1),
    }
}

/// Puts the names of files where their marks are.
pub(super) fn name_files(target: &Target, value: &mut Given) {
    match value {
        Given::Words(words) => {
            let pictures = &target.item.pictures;
            let marked = prose::picture_marked(words).and_then(|at| Some((at, pictures.get(at)?)));
            if let Some((number, (end, _))) = marked {
                *words = picture_name(target, number, end);
            }
        }
        Given::Bare(_) => {}
        Given::List(items) => items.iter_mut().for_each(|item| name_files(target, item)),
        Given::Table(entries) => entries.iter_mut().for_each(|(_, value)| name_files(target, value)),
    }
}

/// Its pictures, without what their metadata tells.
pub(super) fn pictures(target: &Target) -> impl Iterator<Item = (InputPath, Vec<u8>)> {
    let there = target.item.pictures.iter().enumerate().filter(|(_, (_, content))| !content.is_empty());
    there.map(|(number, (end, content))| {
        let path = format!("{}/{}", target.path.folder(), picture_name(target, number, end));
        (path.into(), metadata::examine(content).bytes.into_owned())
    })
}

/// The files of its translations.
pub(super) fn translated(target: &Target) -> Vec<(InputPath, String)> {
    let mut files: Vec<(InputPath, String, &str)> = Vec::new();
    for (lang, fact) in &target.item.words {
        let path = translations::path_of(&target.path, lang);
        let at = files.iter().position(|(known, ..)| *known == path).unwrap_or_else(|| {
            files.push((path, "---\n".to_owned(), ""));
            files.len() - 1
        });
        match (fact.key, &fact.value) {
            ("text", Given::Words(words)) => files[at].2 = words.trim(),
            (key, value) => {
                files[at].1 += &format!("{key}: {}\n", Syntax::Yaml.written(value, Place::Line));
            }
        }
    }
    let whole = |(path, head, body): (InputPath, String, &str)| match body {
        "" => (path, head + "---\n"),
        body => (path, format!("{head}---\n\n{body}\n")),
    };
    files.into_iter().map(whole).collect()
}

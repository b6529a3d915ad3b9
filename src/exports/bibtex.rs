//! The sources as BibTeX, in UTF-8, with biblatex's fields for addresses and languages.

use super::{Dossier, Export, beside};
use crate::base::date::Precision;
use crate::config::DataFormat;
use crate::kinds::words::SourceType;
use crate::kinds::{KindId, Source};

/// The BibTeX export.
pub(crate) struct Bibtex;

impl Export for Bibtex {
    fn format(&self) -> DataFormat {
        DataFormat::Bibtex
    }

    fn name(&self, _number: usize) -> &'static str {
        "bibtex"
    }

    fn files(&self, dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)> {
        dossier.has_sources().then(|| (beside("sources.bib"), None)).into_iter().collect()
    }

    fn text(&self, dossier: Dossier<'_>, _number: usize) -> String {
        let mut text = String::new();
        for (_, entity, source) in dossier.graph.all::<Source>() {
            text.push_str(&format!("@{}{{{}", entry_type(source), key(entity.id.as_str())));
            field("title", &format!("{{{}}}", escaped(entity.original().title())), &mut text);
            let authors: Vec<String> = source
                .authors
                .iter()
                // BibTeX would split a name without a comma, so braces make it one word.
                .map(|name| &name.value)
                .map(|name| if name.contains(',') { escaped(name) } else { format!("{{{}}}", escaped(name)) })
                .collect();
            field("author", &authors.join(" and "), &mut text);
            let publisher = if entry_type(source) == "article" { "journal" } else { "publisher" };
            field(
                publisher,
                &escaped(&dossier.publishers(source, dossier.graph.default_language())),
                &mut text,
            );
            if let Some(date) = source.published.as_ref().and_then(|date| date.bound()) {
                let day = date.earliest();
                field("year", &day.year.to_string(), &mut text);
                if matches!(date.precision, Precision::Month | Precision::Day) {
                    field("month", &day.month.to_string(), &mut text);
                }
                if date.precision == Precision::Day {
                    field("day", &day.day.to_string(), &mut text);
                }
            }
            // Addresses are written unescaped; only braces could end them.
            let plain = |url: &str| url.replace('{', "%7B").replace('}', "%7D");
            field("url", &source.url.as_ref().map(|url| plain(url.as_str())).unwrap_or_default(), &mut text);
            let accessed = source.accessed.as_ref().and_then(|date| date.earliest());
            field("urldate", &accessed.map(|day| day.to_string()).unwrap_or_default(), &mut text);
            let archive = source.archive.as_ref().map(|url| plain(url.as_str()));
            field("archiveurl", &archive.unwrap_or_default(), &mut text);
            field("langid", source.language.as_ref().map_or("", |lang| lang.as_str()), &mut text);
            text.push_str("\n}\n");
        }
        text
    }
}

fn entry_type(source: &Source) -> &'static str {
    use SourceType::*;
    match source.r#type {
        Some(Article | ArticleJournal | ArticleMagazine | ArticleNewspaper) => "article",
        Some(Book) => "book",
        Some(Chapter) => "incollection",
        Some(PaperConference) => "inproceedings",
        Some(Report) => "techreport",
        Some(Thesis) => "phdthesis",
        _ => "misc",
    }
}

fn field(name: &str, value: &str, text: &mut String) {
    if !value.is_empty() {
        text.push_str(&format!(",\n  {name} = {{{value}}}"));
    }
}

/// A citation key: the id without characters that BibTeX does not allow.
fn key(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace() && !"{}(),=\"'#%~\\@".contains(*c)).collect()
}

/// Text with the special characters of TeX escaped.
fn escaped(text: &str) -> String {
    let mut tex = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => tex.extend(['\\', c]),
            '\\' => tex.push_str("\\textbackslash{}"),
            '~' => tex.push_str("\\textasciitilde{}"),
            '^' => tex.push_str("\\textasciicircum{}"),
            c if c.is_control() => tex.push(' '),
            c => tex.push(c),
        }
    }
    tex
}

//! The sources as BibTeX, in UTF-8, with biblatex's fields for addresses and languages.

use super::{Dossier, Export, beside};
use crate::base::date::{Edtf, Precision};
use crate::base::person::{self, Person};
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
            let publishers = dossier.publishers(source, dossier.graph.default_language());
            let form = Form::of(source, &publishers);
            text.push_str(&format!("@{}{{{}", form.entry, key(entity.id.as_str())));
            field("title", &format!("{{{}}}", escaped(entity.original().title())), &mut text);
            field("author", &authors(source, &publishers), &mut text);
            field(form.publisher, &escaped(&publishers), &mut text);
            field("type", form.sort, &mut text);
            // What our own import reads again: an entry may be of several types.
            field("entrysubtype", source.r#type.map_or("", |sort| sort.word()), &mut text);
            if let Some(date) = &source.published {
                dates(date.value, &mut text);
            }
            // Addresses are written unescaped; only braces could end them.
            let plain = |url: &str| url.replace('{', "%7B").replace('}', "%7D");
            field("url", &source.url.as_ref().map(|url| plain(url.as_str())).unwrap_or_default(), &mut text);
            let accessed = source.accessed.as_ref().and_then(|date| date.earliest());
            field("urldate", &accessed.map(|day| day.to_string()).unwrap_or_default(), &mut text);
            let archive = source.archive.as_ref().map(|url| plain(url.as_str()));
            field("archiveurl", &archive.unwrap_or_default(), &mut text);
            let language = source.language.as_ref().and_then(|lang| babel(lang.as_str()));
            field("langid", language.unwrap_or_default(), &mut text);
            text.push_str("\n}\n");
        }
        text
    }
}

/// How a source is written as an entry.
struct Form {
    /// The type of the entry.
    entry: &'static str,
    /// The field for who published it.
    publisher: &'static str,
    /// What the field `type` says, which some entries must have.
    sort: &'static str,
}

impl Form {
    /// The form for a type of source. What lacks a field that its entry must have, in BibTeX or in biblatex (3.20,
    /// section
    /// 2.1), is written as one that needs less: so are chapters, whose book nobody names.
    fn of(source: &Source, publishers: &str) -> Form {
        use SourceType::*;
        let (has_author, has_publisher) = (!source.authors.is_empty(), !publishers.is_empty());
        let form = |entry, publisher, sort| Form { entry, publisher, sort };
        match source.r#type {
            Some(Article | ArticleJournal | ArticleMagazine | ArticleNewspaper)
                if has_author && has_publisher =>
            {
                form("article", "journal", "")
            }
            Some(Book) if has_author && has_publisher => form("book", "publisher", ""),
            Some(Report) if has_publisher => form("techreport", "institution", "Report"),
            Some(Thesis) if has_author && has_publisher => form("phdthesis", "school", "Thesis"),
            Some(_) if source.url.is_some() => form("online", "organization", ""),
            _ => form("misc", "organization", ""),
        }
    }
}

/// The authors; without any, the publisher, because every entry needs one.
fn authors(source: &Source, publishers: &str) -> String {
    let family_first = |name: &str| match person::read(name) {
        Some(Person { particle, family, given, dropped, suffix }) => {
            // BibTeX reads words in lower case before the family name as particles of it.
            let before = [dropped, particle, family].into_iter().filter(|part| !part.is_empty());
            let family = before.collect::<Vec<&str>>().join(" ");
            let parts = [family.as_str(), suffix, given].into_iter().filter(|part| !part.is_empty());
            parts.map(escaped).collect::<Vec<String>>().join(", ")
        }
        // BibTeX would split a name without a comma, so braces make it one word.
        None => format!("{{{}}}", escaped(name)),
    };
    let names: Vec<String> = source.authors.iter().map(|name| family_first(&name.value)).collect();
    match names.is_empty() && !publishers.is_empty() {
        true => format!("{{{}}}", escaped(publishers)),
        false => names.join(" and "),
    }
}

/// Writes when something was published: the year and the month, and as `date` what these cannot say, in EDTF.
fn dates(date: Edtf, text: &mut String) {
    let Some(first) = date.bound() else { return };
    let day = first.earliest();
    field("year", &day.year.to_string(), text);
    if matches!(first.precision, Precision::Month | Precision::Day) {
        field("month", &day.month.to_string(), text);
    }
    let is_plain = matches!(date, Edtf::Date(_)) && !first.approximate && !first.uncertain;
    if !is_plain || !matches!(first.precision, Precision::Month | Precision::Year) {
        field("date", &date.without_times().to_string(), text);
    }
}

fn field(name: &str, value: &str, text: &mut String) {
    if !value.is_empty() {
        text.push_str(&format!(",\n  {name} = {{{value}}}"));
    }
}

/// The names of languages in babel, by tag (babel 24, section 1.26).
const BABEL: [(&str, &str); 66] = [
    ("af", "afrikaans"),
    ("am", "amharic"),
    ("ar", "arabic"),
    ("az", "azerbaijani"),
    ("be", "belarusian"),
    ("bg", "bulgarian"),
    ("bn", "bengali"),
    ("bs", "bosnian"),
    ("ca", "catalan"),
    ("cs", "czech"),
    ("cy", "welsh"),
    ("da", "danish"),
    ("de", "ngerman"),
    ("de-AT", "naustrian"),
    ("de-CH", "nswissgerman"),
    ("el", "greek"),
    ("en", "english"),
    ("en-AU", "australian"),
    ("en-CA", "canadian"),
    ("en-GB", "british"),
    ("en-NZ", "newzealand"),
    ("en-US", "american"),
    ("eo", "esperanto"),
    ("es", "spanish"),
    ("et", "estonian"),
    ("eu", "basque"),
    ("fa", "persian"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("ga", "irish"),
    ("gl", "galician"),
    ("he", "hebrew"),
    ("hi", "hindi"),
    ("hr", "croatian"),
    ("hu", "hungarian"),
    ("hy", "armenian"),
    ("id", "indonesian"),
    ("is", "icelandic"),
    ("it", "italian"),
    ("ja", "japanese"),
    ("ka", "georgian"),
    ("km", "khmer"),
    ("ko", "korean"),
    ("la", "latin"),
    ("lo", "lao"),
    ("lt", "lithuanian"),
    ("lv", "latvian"),
    ("mk", "macedonian"),
    ("ms", "malay"),
    ("nb", "norsk"),
    ("nl", "dutch"),
    ("nn", "nynorsk"),
    ("no", "norsk"),
    ("pl", "polish"),
    ("pt", "portuguese"),
    ("pt-BR", "brazilian"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sk", "slovak"),
    ("sl", "slovene"),
    ("sr", "serbian"),
    ("sv", "swedish"),
    ("th", "thai"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
    ("zh", "chinese"),
];

/// The name of a language in babel, by its tag or, without one for that, by the language alone.
fn babel(tag: &str) -> Option<&'static str> {
    let of =
        |tag: &str| BABEL.iter().find(|(other, _)| other.eq_ignore_ascii_case(tag)).map(|(_, name)| *name);
    of(tag).or_else(|| of(tag.split('-').next()?))
}

/// The tag of a language, by its name in babel.
pub(crate) fn babel_tag(name: &str) -> Option<&'static str> {
    let name = match name {
        "usenglish" => "american",
        "ukenglish" => "british",
        "german" => "ngerman",
        name => name,
    };
    BABEL.iter().find(|(_, other)| *other == name).map(|(tag, _)| *tag)
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
            // Two of these would be one other character.
            '-' | '`' | '\'' if tex.ends_with(c) => tex.extend(['{', '}', c]),
            c => tex.push(c),
        }
    }
    tex
}

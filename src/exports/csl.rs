//! The sources as CSL-JSON, the input format of citation processors (Citation Style Language 1.0.2, data
//! schema).

use super::{Dossier, Export, beside};
use crate::base::date::{Edtf, PartialDate, Precision};
use crate::base::id::Lang;
use crate::base::json::Open;
use crate::base::person;
use crate::config::DataFormat;
use crate::kinds::words::SourceType;
use crate::kinds::{KindId, Source};
use crate::link::Entity;

/// The CSL-JSON export.
pub(crate) struct Csl;

impl Export for Csl {
    fn format(&self) -> DataFormat {
        DataFormat::Csl
    }

    fn name(&self, _number: usize) -> &'static str {
        "csl"
    }

    fn files(&self, dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)> {
        dossier.has_sources().then(|| (beside("sources.csl.json"), None)).into_iter().collect()
    }

    fn text(&self, dossier: Dossier<'_>, _number: usize) -> String {
        let mut json = String::new();
        let mut list = Open::array(&mut json);
        for (_, entity, source) in dossier.graph.all::<Source>() {
            list.item(&mut json);
            json.push('\n');
            let original = entity.original();
            item(dossier, entity, source, (&original.input.lang, original.title()), &mut json);
        }
        list.close(&mut json);
        json.push('\n');
        json
    }
}

/// The types that are part of a larger work: their publisher's name is that of the work, a newspaper or a
/// site.
const PARTS: [SourceType; 7] = [
    SourceType::Article,
    SourceType::ArticleJournal,
    SourceType::ArticleMagazine,
    SourceType::ArticleNewspaper,
    SourceType::Post,
    SourceType::PostWeblog,
    SourceType::Webpage,
];

/// A source as an item, in a language and with its title in that language.
pub(crate) fn item(
    dossier: Dossier<'_>,
    entity: &Entity,
    source: &Source,
    (lang, title): (&Lang, &str),
    json: &mut String,
) {
    let mut item = Open::object(json);
    item.text("id", entity.id.as_str(), json);
    // A source without a type is a document.
    item.text("type", source.r#type.map_or("document", |kind| kind.word()), json);
    item.text("title", title, json);
    if !source.authors.is_empty() {
        item.key("author", json);
        authors(source, json);
    }
    let publishers = dossier.publishers(source, lang);
    if !publishers.is_empty() {
        let is_part = source.r#type.is_some_and(|kind| PARTS.contains(&kind));
        item.text(if is_part { "container-title" } else { "publisher" }, &publishers, json);
    }
    let dates = [("issued", &source.published), ("accessed", &source.accessed)];
    for (key, day) in dates {
        if let Some(day) = day {
            item.key(key, json);
            date(**day, json);
        }
    }
    if let Some(url) = &source.url {
        item.text("URL", url.as_str(), json);
    }
    if let Some(archive) = &source.archive {
        item.text("archive_location", archive.as_str(), json);
    }
    if let Some(language) = &source.language {
        item.text("language", language.as_str(), json);
    }
    if let Some(summary) = entity.edition_for(lang).summary() {
        item.text("abstract", summary, json);
    }
    item.close(json);
}

/// `Family, Given` is a person; a name without a comma is kept as it is.
fn authors(source: &Source, json: &mut String) {
    let mut list = Open::array(json);
    for name in &source.authors {
        list.item(json);
        let mut item = Open::object(json);
        match person::read(&name.value) {
            Some(parts) => {
                for (key, part) in [
                    ("family", parts.family),
                    ("given", parts.given),
                    ("non-dropping-particle", parts.particle),
                    ("dropping-particle", parts.dropped),
                    ("suffix", parts.suffix),
                ] {
                    if !part.is_empty() {
                        item.text(key, part, json);
                    }
                }
                if parts.has_comma() {
                    item.key("comma-suffix", json);
                    json.push_str("true");
                }
            }
            None => item.text("literal", name.value.trim(), json),
        }
        item.close(json);
    }
    list.close(json);
}

fn date(date: Edtf, json: &mut String) {
    let (start, end) = match date {
        Edtf::Date(date) => (Some(date), None),
        Edtf::Interval(start, end) => (start, end),
    };
    let known: Vec<PartialDate> = [start, end].into_iter().flatten().collect();
    let parts: Vec<String> = known.iter().copied().map(parts).collect();
    json.push_str(&format!("{{\"date-parts\":[{}]", parts.join(",")));
    if let [PartialDate { precision: Precision::Season(season), .. }] = known[..] {
        json.push_str(&format!(",\"season\":{}", season - 20));
    }
    if known.iter().any(|date| date.approximate || date.uncertain) {
        json.push_str(",\"circa\":true");
    }
    json.push('}');
}

fn parts(date: PartialDate) -> String {
    let day = date.earliest();
    match date.precision {
        Precision::Day => format!("[{},{},{}]", day.year, day.month, day.day),
        Precision::Month => format!("[{},{}]", day.year, day.month),
        Precision::Year | Precision::Season(_) | Precision::Years(_) => format!("[{}]", day.year),
    }
}

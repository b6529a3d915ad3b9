//! CSL-JSON (Citation Style Language 1.0.2), as Zotero and other managers write it, and we ourselves.

use serde_json::{Map, Value};

use super::{Library, Work, doi, named, on_one_line, sort};
use crate::base::person::Person;
use crate::import::brought::{At, Remark};
use crate::kinds::words::SourceType;

/// Markup that titles may have.
const MARKUP: [&str; 6] = ["<i>", "<b>", "<sub>", "<sup>", "<span", "<sc>"];

/// The fields that become keys, or say nothing of the work.
const USED: [&str; 21] = [
    "id",
    "type",
    "title",
    "author",
    "container-title",
    "publisher",
    "issued",
    "accessed",
    "URL",
    "DOI",
    "archive_location",
    "language",
    "abstract",
    "citation-key",
    "citation-label",
    "system_id",
    "categories",
    "title-short",
    "shortTitle",
    "container-title-short",
    "journalAbbreviation",
];

/// The items, if this is such a file.
pub(super) fn items(value: &Value) -> Option<&[Value]> {
    let list = value.as_array().or_else(|| value.get("items").and_then(Value::as_array))?;
    let is_work = |item: &Value| {
        let sort = item.get("type").and_then(Value::as_str).unwrap_or_default();
        let has = |key: &str| item.get(key).is_some();
        SourceType::WORDS.contains(&sort) && has("id") && !has("target") && !has("body")
    };
    list.iter().any(is_work).then_some(list)
}

pub(super) fn read(items: &[Value]) -> Library {
    let mut library = Library::default();
    for (number, item) in items.iter().enumerate() {
        let at = At { item: Some(number + 1), ..At::default() };
        match item.as_object() {
            Some(item) => {
                let work = work(item, at, &mut library);
                library.works.push(work);
            }
            None => library.remarks.push(Remark::left_out("", "it is no entry", &at)),
        }
    }
    library
}

fn work(item: &Map<String, Value>, at: At, library: &mut Library) -> Work {
    for (field, value) in item {
        let is_said = !value.is_null() && value.as_str() != Some("");
        if !USED.contains(&field.as_str()) && is_said {
            library.leave_out(field);
        }
    }
    let words = |key: &str| match item.get(key) {
        Some(Value::String(words)) => on_one_line(words),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let own = words("citation-key");
    let id = words("id");
    let is_citation_key = !own.is_empty() || !id.contains(['/', ':']);
    let key = if own.is_empty() { id } else { own };
    let [container, publisher] = ["container-title", "publisher"].map(words);
    let url = words("URL");
    let location = words("archive_location");
    let is_address = location.starts_with("http://") || location.starts_with("https://");
    if !is_address && !location.is_empty() {
        library.leave_out("archive_location");
    }
    let mut work = Work {
        is_citation_key: is_citation_key && !key.is_empty(),
        sort: sort(&words("type")),
        title: title(&words("title")),
        publisher: if container.is_empty() { publisher } else { container },
        published: date(item.get("issued")),
        accessed: date(item.get("accessed")),
        url: if url.is_empty() { doi(&words("DOI")) } else { url },
        archive: if is_address { location } else { String::new() },
        language: words("language"),
        summary: words("abstract"),
        key,
        ..Work::default()
    };
    if work.key.is_empty() {
        work.key.clone_from(&work.title);
    }
    for author in item.get("author").and_then(Value::as_array).into_iter().flatten() {
        let part = |key: &str| author.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        let (literal, family, given) = (part("literal"), part("family"), part("given"));
        if !literal.is_empty() {
            if literal.contains(',') {
                let why = "what stands before the comma is taken as a family name";
                library.remarks.push(Remark::doubtful(literal, why, &at));
            }
            work.authors.push(literal.to_owned());
        } else if !family.is_empty() || !given.is_empty() {
            work.authors.push(named(&Person {
                particle: part("non-dropping-particle"),
                family,
                given,
                dropped: part("dropping-particle"),
                suffix: part("suffix"),
            }));
        }
    }
    work.at = at;
    work
}

/// A title without the markup that CSL allows in it.
fn title(title: &str) -> String {
    match MARKUP.iter().any(|mark| title.contains(mark)) {
        true => crate::import::html::words(title),
        false => title.to_owned(),
    }
}

/// A date as we write it.
fn date(value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    let words = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let parts = value.get("date-parts").and_then(Value::as_array).into_iter().flatten();
    let circa = match value.get("circa") {
        None | Some(Value::Null | Value::Bool(false)) => "",
        Some(_) => "~",
    };
    let season = value.get("season").and_then(integer).filter(|season| (1..=4).contains(season));
    let mut dates: Vec<String> = parts.filter_map(|part| of_parts(part, season, circa)).collect();
    match dates.len() {
        0 => words("raw").or_else(|| words("literal")).unwrap_or_default(),
        1 => dates.swap_remove(0),
        _ => format!("{}/{}", dates[0], dates[1]),
    }
}

fn of_parts(part: &Value, season: Option<i64>, circa: &str) -> Option<String> {
    let number = |at: usize| part.get(at).and_then(integer);
    let year = number(0)?;
    let year = format!("{}{:04}", if year < 0 { "-" } else { "" }, year.unsigned_abs());
    Some(match (number(1), number(2), season) {
        (Some(month), Some(day), _) => format!("{year}-{month:02}-{day:02}{circa}"),
        (Some(month), None, _) => format!("{year}-{month:02}{circa}"),
        (None, _, Some(season)) => format!("{year}-{}{circa}", 20 + season),
        (None, ..) => format!("{year}{circa}"),
    })
}

/// Zotero writes numbers as words, too.
fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

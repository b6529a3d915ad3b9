//! A table for each kind (CSV, RFC 4180, UTF-8): a row for each entity, a column for each of its facts.
//!
//! A cell that a spreadsheet would treat as a formula gets an apostrophe before it (OWASP, "CSV Injection");
//! numbers do not.

use super::{Dossier, Export, beside};
use crate::base::number;
use crate::config::DataFormat;
use crate::kinds::{Fact, KindId, Value};

/// The CSV export.
pub(crate) struct Csv;

impl Export for Csv {
    fn format(&self) -> DataFormat {
        DataFormat::Csv
    }

    fn name(&self, _number: usize) -> &'static str {
        "csv"
    }

    fn files(&self, dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)> {
        kinds(dossier).map(|kind| (beside(&format!("{}.csv", kind.spec().folder)), Some(kind))).collect()
    }

    fn text(&self, dossier: Dossier<'_>, number: usize) -> String {
        kinds(dossier).nth(number).map(|kind| table(dossier, kind)).unwrap_or_default()
    }
}

/// The kinds that have entities.
fn kinds(dossier: Dossier<'_>) -> impl Iterator<Item = KindId> {
    let mut there = vec![false; KindId::ALL.len()];
    dossier.graph.iter().for_each(|(_, entity)| there[entity.kind as usize] = true);
    KindId::ALL.iter().copied().filter(move |kind| there[*kind as usize])
}

fn table(dossier: Dossier<'_>, kind: KindId) -> String {
    let graph = dossier.graph;
    let of_kind = || graph.iter().map(|(_, entity)| entity).filter(|entity| entity.kind == kind);
    let mut labels: Vec<&'static str> = Vec::new();
    for entity in of_kind() {
        for fact in entity.all_facts().list {
            if !labels.contains(&fact.label) {
                labels.push(fact.label);
            }
        }
    }
    // Sorted alphabetically, so columns do not move when an entity with more facts is added.
    labels.sort_unstable();
    let mut line = Line::default();
    line.cell("id");
    for lang in graph.languages.iter() {
        line.cell(&format!("title_{lang}"));
        line.cell(&format!("summary_{lang}"));
    }
    line.cell("aliases");
    line.cell("page");
    for label in &labels {
        match *label {
            "coordinates" => ["latitude", "longitude"].into_iter().for_each(|label| line.cell(label)),
            label => line.cell(label),
        }
    }
    line.end();
    for entity in of_kind() {
        line.cell(entity.id.as_str());
        for lang in graph.languages.iter() {
            let edition = entity.edition(lang);
            line.cell(edition.map(|edition| edition.title()).unwrap_or_default());
            line.cell(edition.and_then(|edition| edition.summary()).unwrap_or_default());
        }
        let aliases = entity.editions.iter().flat_map(|edition| &edition.parsed.head.common.aliases);
        line.cell(&aliases.map(|alias| alias.as_str()).collect::<Vec<&str>>().join("; "));
        line.cell(&dossier.address(entity));
        let facts = entity.all_facts();
        for label in &labels {
            let mut values =
                facts.list.iter().filter(|fact| fact.label == *label).flat_map(|fact| &fact.values);
            if *label == "coordinates" {
                let point = values.find_map(|value| match value {
                    Value::Point(point) => Some(*point),
                    _ => None,
                });
                line.cell(&point.map(|point| point.lat.to_string()).unwrap_or_default());
                line.cell(&point.map(|point| point.lon.to_string()).unwrap_or_default());
                continue;
            }
            let mut cell = String::new();
            for value in values {
                if !cell.is_empty() {
                    cell.push_str("; ");
                }
                say(dossier, value, &mut cell);
            }
            line.cell(&cell);
        }
        line.end();
    }
    line.text
}

/// Writes a value into one cell: an id, a date in EDTF, text in the default language.
fn say(dossier: Dossier<'_>, value: &Value<'_>, cell: &mut String) {
    match value {
        Value::Text(text) => {
            let default = dossier.graph.default_language();
            cell.push_str(text.get(default, default).0);
        }
        Value::Name(word) | Value::Term(_, word) | Value::Country(word) | Value::Language(word) => {
            cell.push_str(word);
        }
        Value::Date(date) => cell.push_str(&date.value.to_string()),
        Value::Ref(reference, _) => cell.push_str(&reference.id),
        Value::Citation(citation) => {
            cell.push_str(&citation.source.id);
            if let Some(locator) = &citation.locator {
                cell.push_str(&format!(" ({locator})"));
            }
        }
        Value::Url(url) => cell.push_str(url.as_str()),
        Value::Point(point) => cell.push_str(&format!("{} {}", point.lat, point.lon)),
        Value::Verdict(review) => {
            let label = review.label.as_ref().map(|label| dossier.words(label));
            cell.push_str(review.verdict.as_ref().map(|word| word.as_str()).or(label).unwrap_or_default());
        }
        Value::Quantity(quantity) => {
            let comparator = quantity.comparator.map(|comparator| comparator.word());
            let unit = quantity.unit.as_ref().map(|unit| dossier.words(unit));
            let number = quantity.value.to_string();
            let parts: Vec<&str> = [comparator, Some(&number), unit].into_iter().flatten().collect();
            cell.push_str(&parts.join(" "));
        }
        Value::Row(row) => {
            for (at, Fact { label, values }) in row.iter().enumerate() {
                cell.push_str(if at > 0 { ", " } else { "" });
                cell.push_str(label);
                cell.push('=');
                for (at, value) in values.iter().enumerate() {
                    cell.push_str(if at > 0 { "+" } else { "" });
                    say(dossier, value, cell);
                }
            }
        }
    }
}

/// A table, built row by row.
#[derive(Default)]
struct Line {
    text: String,
    started: bool,
}

impl Line {
    fn cell(&mut self, cell: &str) {
        if self.started {
            self.text.push(',');
        }
        self.started = true;
        // All of them are single bytes, so comparing bytes is enough.
        // What begins with an apostrophe already gets another, so that an import can take one away from both.
        let first = cell.trim_start_matches('\'').as_bytes().first();
        let formula =
            matches!(first, Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')) && number::parse(cell).is_none();
        let special = memchr::memchr3(b'"', b',', b'\n', cell.as_bytes()).is_some();
        if !formula && !special && !cell.contains('\r') {
            self.text.push_str(cell);
            return;
        }
        self.text.push('"');
        self.text.push_str(if formula { "'" } else { "" });
        match cell.contains('"') {
            true => self.text.push_str(&cell.replace('"', "\"\"")),
            false => self.text.push_str(cell),
        }
        self.text.push('"');
    }

    fn end(&mut self) {
        self.text.push_str("\r\n");
        self.started = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formula_runs() {
        let mut line = Line::default();
        for cell in ["a,b", "say \"so\"", "=1+1", "-12.5", "-inf", "- a", "@x", "'=a", "two\nlines", ""] {
            line.cell(cell);
        }
        line.end();
        assert_eq!(
            line.text,
            "\"a,b\",\"say \"\"so\"\"\",\"'=1+1\",-12.5,\"'-inf\",\"'- a\",\"'@x\",\"''=a\",\"two\nlines\",\r\n"
        );
    }
}

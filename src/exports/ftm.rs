//! Entities in the FollowTheMoney model (version 4), one JSON object per line, as investigators' tools read
//! them (Aleph, OpenSanctions). Claims are in a separate file, as notes about entities, because they are not
//! facts.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::{Dossier, Export, beside};
use crate::base::date::Edtf;
use crate::base::hash::Fingerprint;
use crate::base::json::{self, Open};
use crate::base::person;
use crate::config::DataFormat;
use crate::kinds::{Fact, KindId, Value};
use crate::link::{Entity, EntityIx, layout};
use crate::vocabulary::{Described, Shape, Term, follow_the_money};

/// The export of the dossier's entities.
pub(crate) struct FollowTheMoney;

/// The export of claims about them.
pub(crate) struct Claims;

impl Export for FollowTheMoney {
    fn format(&self) -> DataFormat {
        DataFormat::Ftm
    }

    fn name(&self, _number: usize) -> &'static str {
        "ftm"
    }

    fn files(&self, _dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)> {
        vec![("entities.ftm.json".to_owned(), None)]
    }

    fn text(&self, dossier: Dossier<'_>, _number: usize) -> String {
        entities(dossier, |described| !is_claim(described))
    }
}

impl Export for Claims {
    fn format(&self) -> DataFormat {
        DataFormat::Ftm
    }

    fn name(&self, _number: usize) -> &'static str {
        "claims"
    }

    fn files(&self, _dossier: Dossier<'_>) -> Vec<(String, Option<KindId>)> {
        vec![(beside("claims.ftm.json"), None)]
    }

    fn text(&self, dossier: Dossier<'_>, _number: usize) -> String {
        entities(dossier, is_claim)
    }
}

/// The schema of statements about entities.
const NOTE: &str = "Note";

/// Properties that accept only entities of some schemata, although our own facts allow others.
const TAKES: [(&str, &[&str]); 1] = [("organization", &["Organization", "PublicBody"])];

fn is_claim(described: &Described) -> bool {
    described.types == [NOTE]
}

/// The dossier, and the ids of its entities in the model.
#[derive(Copy, Clone)]
struct Model<'a> {
    dossier: Dossier<'a>,
    ids: &'a [OnceCell<String>],
}

impl<'a> Model<'a> {
    fn id(&self, ix: EntityIx) -> &'a str {
        let make = || id(self.dossier, self.dossier.graph.entity(ix), "");
        self.ids.get(ix.0 as usize).map_or("", |id| id.get_or_init(make))
    }
}

fn entities(dossier: Dossier<'_>, wanted: impl Fn(&Described) -> bool) -> String {
    let mut lines = String::new();
    let ids: Vec<OnceCell<String>> = vec![OnceCell::new(); dossier.graph.entities.len()];
    let model = Model { dossier, ids: &ids };
    for (ix, entity) in dossier.graph.iter() {
        let Some(described) = described(entity).filter(|described| wanted(described)) else { continue };
        let facts = entity.all_facts();
        let mut own = Properties::default();
        let original = entity.original();
        own.add("name", original.title());
        for edition in &entity.editions {
            let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.as_str());
            for name in [edition.title()].into_iter().chain(aliases).filter(|name| *name != original.title())
            {
                own.add("alias", name);
            }
        }
        own.add("summary", original.summary().unwrap_or_default());
        let mut others: Vec<(&Term, usize, &Value<'_>)> = Vec::new();
        for term in described.terms {
            let of = facts.list.iter().filter(|fact| term.labels().any(|label| label == fact.label));
            for (at, value) in of.flat_map(|fact| &fact.values).enumerate() {
                match term.shape {
                    Shape::Node(..) => others.push((term, at, value)),
                    _ => own.say(model, term, value),
                }
            }
        }
        // The source's own address, otherwise that of our page.
        if !own.has("sourceUrl") {
            own.add("sourceUrl", &dossier.address(entity));
        }
        own.write(model.id(ix), described.types[0], &mut lines);
        for (term, at, value) in others {
            let (Shape::Node([schema, ..], terms), Value::Row(row)) = (&term.shape, value) else { continue };
            apart(model, ix, term, at, (schema, terms), row, &mut lines);
        }
    }
    lines
}

/// Writes the facts that are entities in the model: memberships, legs of routes.
fn apart(
    model: Model<'_>,
    ix: EntityIx,
    term: &Term,
    at: usize,
    (schema, terms): (&&str, &[Term]),
    row: &[Fact<'_>],
    lines: &mut String,
) {
    let (dossier, of) = (model.dossier, model.dossier.graph.entity(ix));
    let mut own = Properties::default();
    if !term.property.is_empty() {
        own.add(term.property, model.id(ix));
    }
    for inner in terms {
        for value in row
            .iter()
            .filter(|fact| inner.labels().any(|label| label == fact.label))
            .flat_map(|fact| &fact.values)
        {
            own.say(model, inner, value);
        }
    }
    own.join("name", " – ");
    // Without an entity to attach to, there is nothing to write.
    let whole = terms.iter().filter(|inner| inner.labels().count() == 1 && inner.is_link());
    if whole.into_iter().all(|inner| own.has(inner.property)) {
        own.add("sourceUrl", &dossier.address(of));
        own.write(
            &id(dossier, of, &format!("{}-{}", term.labels().collect::<Vec<_>>().join("-"), at + 1)),
            schema,
            lines,
        );
    }
}

impl Term {
    /// Whether the entity is a link between the parts of a row.
    fn is_link(&self) -> bool {
        matches!(self.property, "organization" | "startLocation" | "endLocation")
    }
}

/// The values of an entity's properties, without repetitions, in the order added.
#[derive(Default)]
struct Properties {
    list: Vec<(&'static str, Vec<String>)>,
    known: HashSet<(&'static str, String)>,
}

impl Properties {
    fn has(&self, property: &str) -> bool {
        self.list.iter().any(|(name, _)| *name == property)
    }

    fn add(&mut self, property: &'static str, value: &str) {
        let value = value.trim();
        if value.is_empty() || !self.known.insert((property, value.to_owned())) {
            return;
        }
        let at = self.list.iter().position(|(name, _)| *name == property);
        match at {
            Some(at) => self.list[at].1.push(value.to_owned()),
            None => self.list.push((property, vec![value.to_owned()])),
        }
    }

    /// Joins several values into one.
    fn join(&mut self, property: &str, between: &str) {
        for (_, values) in self.list.iter_mut().filter(|(name, _)| *name == property) {
            *values = vec![values.join(between)];
        }
    }

    fn say(&mut self, model: Model<'_>, term: &Term, value: &Value<'_>) {
        let (dossier, property) = (model.dossier, term.property);
        match value {
            Value::Text(text) => self.add(property, dossier.words(text)),
            Value::Name(name) => {
                let person = person::read(name);
                self.add(property, &person.map_or_else(|| (*name).to_owned(), |person| person.plain()));
            }
            Value::Term(_, word) => self.add(property, word),
            Value::Country(code) => self.add(property, &code.to_lowercase()),
            Value::Language(tag) => self.add(property, follow_the_money::language(tag).unwrap_or_default()),
            Value::Date(date) => self.dates(property, ***date, &term.shape),
            Value::Ref(reference, _) => self.link(model, property, &reference.id),
            Value::Citation(citation) => self.link(model, property, &citation.source.id),
            Value::Url(url) => {
                // Addresses for which the model has a property of its own.
                let item = url.as_str().rsplit_once("wikidata.org/wiki/Q").map(|(_, number)| number);
                match item.filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())) {
                    Some(number) => self.add("wikidataId", &format!("Q{number}")),
                    None if url.as_str().contains("wikipedia.org/") => self.add("wikipediaUrl", url.as_str()),
                    None => self.add(property, url.as_str()),
                }
            }
            Value::Point(point) => {
                self.add("latitude", &point.lat.to_string());
                self.add("longitude", &point.lon.to_string());
            }
            Value::Verdict(_) | Value::Quantity(_) | Value::Row(_) => {}
        }
    }

    fn link(&mut self, model: Model<'_>, property: &'static str, id: &str) {
        let Some((ix, entity)) = model.dossier.entity(id) else { return };
        match property {
            // Properties that are names or addresses in the model get the title of the entity that the fact
            // refers to.
            "name" | "location" | "publisher" => self.add(property, entity.original().title()),
            property => {
                let Some(described) = described(entity) else { return };
                let takes = TAKES.iter().find(|(name, _)| *name == property);
                if takes.is_none_or(|(_, schemata)| schemata.contains(&described.types[0])) {
                    self.add(property, model.id(ix));
                }
            }
        }
    }

    fn dates(&mut self, property: &'static str, date: Edtf, shape: &Shape) {
        let (start, end) = match date {
            Edtf::Date(date) => (Some(date), None),
            Edtf::Interval(start, end) => (start, end),
        };
        let date = if matches!(shape, Shape::End) { end } else { start };
        // The model has neither zones nor years of fewer than four digits.
        let date = date.filter(|date| date.earliest().year >= 1000);
        self.add(property, &date.map(|date| date.utc().iso()).unwrap_or_default());
    }

    fn write(self, id: &str, schema: &str, lines: &mut String) {
        let mut line = Open::object(lines);
        line.text("id", id, lines);
        line.text("schema", schema, lines);
        line.key("properties", lines);
        let mut properties = Open::object(lines);
        for (name, values) in &self.list {
            properties.key(name, lines);
            let mut list = Open::array(lines);
            for value in values {
                list.item(lines);
                json::string(value, lines);
            }
            list.close(lines);
        }
        properties.close(lines);
        line.close(lines);
        lines.push('\n');
    }
}

fn described(entity: &Entity) -> Option<&'static Described> {
    follow_the_money::of(entity.data()?.nature()?)
}

/// An id unique among dossiers, in the characters that the model allows.
fn id(dossier: Dossier<'_>, entity: &Entity, part: &str) -> String {
    let own = layout::first_id(dossier.graph, entity);
    let hash = Fingerprint::of_all([dossier.config.base_url.as_bytes(), own.as_bytes(), part.as_bytes()]);
    let plain: String = own.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{}-{}", plain.trim_matches('-'), hash.short(12)).trim_start_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If a value were compared with all before it, this would take minutes.
    #[test]
    fn many_values_of_a_property_are_kept_once() {
        let mut own = Properties::default();
        for number in (0..200_000).chain(0..200_000) {
            own.add("author", &number.to_string());
        }
        assert_eq!(own.list[0].1.len(), 200_000);
    }
}

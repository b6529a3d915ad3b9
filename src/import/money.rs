//! FollowTheMoney, one entity a line: people and organizations, addresses, events, documents, trips, and who belongs to
//! whom. What our own export writes comes in again as it was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::brought::{At, Brought, Fact, Item, Remark, counted, reference};
use super::door;
use crate::data::write::Given;
use crate::ide::Refusal;
use crate::kinds::words::{Certainty, Mode, SourceType};
use crate::kinds::{KindId, Role};
use crate::vocabulary::follow_the_money as model;

/// An entity as a file has it.
struct Entity<'v> {
    value: &'v Value,
    id: &'v str,
    schema: &'v str,
    /// Whether the file is an export of ours.
    is_ours: bool,
    at: At,
}

impl Entity<'_> {
    fn all(&self, property: &str) -> Vec<String> {
        let values = self.value.get("properties").and_then(|properties| properties.get(property));
        let list = match values {
            Some(Value::Array(list)) => list.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        // Nested entities are written instead of their ids.
        let word = |value: &Value| match value {
            Value::String(word) => Some(word.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(inner) => inner.get("id").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        };
        list.iter().filter_map(word).filter(|word| !word.is_empty()).collect()
    }

    fn first(&self, properties: &[&str]) -> Option<String> {
        properties.iter().find_map(|property| self.all(property).into_iter().next())
    }

    fn title(&self) -> String {
        let caption = || self.value.get("caption").and_then(Value::as_str).map(str::to_owned);
        let title = self.first(&["name", "title", "full"]).or_else(caption);
        let of_parts = || {
            let parts = ["street", "city", "country"].map(|part| self.first(&[part]).unwrap_or_default());
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(", ")
        };
        let title = title.or_else(|| self.first(&["fileName"])).unwrap_or_else(of_parts);
        title.split_whitespace().collect::<Vec<&str>>().join(" ")
    }

    /// The id of the page that an entity of our own export is from.
    fn own_id(&self) -> Option<String> {
        let own = || self.is_ours.then(|| Some(self.stem()?.to_owned())).flatten();
        self.page().or_else(own)
    }

    /// The id without its hash, if it is one of ours.
    fn stem(&self) -> Option<&str> {
        let (stem, hash) = self.id.rsplit_once('-')?;
        let is_hash = hash.len() == 12 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        (is_hash && !stem.is_empty()).then_some(stem)
    }

    /// The name of the page that is its address, if the id is made of that.
    fn page(&self) -> Option<String> {
        let stem = self.stem()?;
        self.all("sourceUrl").into_iter().find_map(|url| {
            let name = url.strip_suffix(".html")?.rsplit('/').next()?.to_owned();
            let name = percent_encoding::percent_decode_str(&name).decode_utf8().ok()?.into_owned();
            let plain: String =
                name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
            (plain.trim_matches('-') == stem).then_some(name)
        })
    }
}

/// The kind of an entity, and the type that its schema says.
fn kind(schema: &str) -> Option<(KindId, Option<&'static str>)> {
    Some(match schema {
        "Person" => (KindId::Actor, Some("person")),
        "Organization" | "Company" => (KindId::Actor, Some("organization")),
        "PublicBody" => (KindId::Actor, Some("government")),
        "LegalEntity" => (KindId::Actor, None),
        "Address" => (KindId::Place, None),
        "Event" => (KindId::Event, None),
        "Trip" => (KindId::Route, None),
        "Article" => (KindId::Source, Some("article")),
        "HyperText" => (KindId::Source, Some("webpage")),
        "Document" | "Pages" | "PlainText" | "Workbook" | "Table" | "Image" | "Video" | "Audio" => {
            (KindId::Source, Some("document"))
        }
        _ => return None,
    })
}

/// What says that one belongs to another: the schema, who, and to what.
const TIES: [(&str, &str, &str); 2] =
    [("Membership", "member", "organization"), ("Employment", "employee", "employer")];

/// Properties that become keys.
const USED: &str = "name title full alias weakAlias summary position description country website wikidataId wikipediaUrl member \
organization latitude longitude remarks startDate endDate date location addressEntity involved proof author publisher \
publishedAt retrievedAt sourceUrl language keywords startLocation endLocation role employee employer street city";

/// The entities of lines of JSON, or of a list; `None` if these are not of this model.
///
/// # Errors
/// If a line is damaged, or there are too many.
pub(super) fn read(name: &str, text: &str) -> Result<Option<Brought>, Refusal> {
    let is_entity =
        |value: &Value| value.get("schema").is_some_and(Value::is_string) && value["properties"].is_object();
    let mut values: Vec<(Option<usize>, Value)> = Vec::new();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (number, line) in lines {
        match serde_json::from_str(line) {
            Ok(value) if is_entity(&value) => values.push((Some(number + 1), value)),
            Err(why) if !values.is_empty() => {
                return Err(Refusal(format!("its line {} is cut off or damaged ({why})", number + 1)));
            }
            _ => return Ok(None),
        }
        if let Some(refusal) = door::too_many(values.len()) {
            return Err(refusal);
        }
    }
    let mut entities: Vec<Entity<'_>> = values
        .iter()
        .map(|(line, value)| Entity {
            value,
            id: value["id"].as_str().unwrap_or_default(),
            schema: value["schema"].as_str().unwrap_or_default(),
            is_ours: false,
            at: At { line: *line, ..At::default() },
        })
        .collect();
    let is_ours = entities.iter().any(|entity| entity.page().is_some());
    entities.iter_mut().for_each(|entity| entity.is_ours = is_ours);
    Ok((!entities.is_empty()).then(|| Reader::of(&entities).read(name)))
}

struct Reader<'e> {
    entities: &'e [Entity<'e>],
    /// What becomes an item, by its id.
    items: BTreeMap<&'e str, KindId>,
    /// The trips of a journey of ours, by the address of its page.
    legs: BTreeMap<String, Vec<&'e Entity<'e>>>,
    remarks: Vec<Remark>,
    left: BTreeMap<String, usize>,
}

impl<'e> Reader<'e> {
    fn of(entities: &'e [Entity<'e>]) -> Reader<'e> {
        let mut legs: BTreeMap<String, Vec<&Entity<'_>>> = BTreeMap::new();
        for trip in entities.iter().filter(|entity| entity.schema == "Trip") {
            if let (Some(_), Some(page)) = (trip.own_id(), trip.first(&["sourceUrl"])) {
                legs.entry(page).or_default().push(trip);
            }
        }
        let known = entities.iter().filter_map(|entity| Some((entity.id, kind(entity.schema)?.0)));
        let mut items: BTreeMap<&str, KindId> = known.collect();
        for journey in entities.iter().filter(|entity| entity.schema == "Event") {
            if is_journey(journey, &legs) {
                items.insert(journey.id, KindId::Route);
            }
        }
        Reader { entities, items, legs, remarks: Vec::new(), left: BTreeMap::new() }
    }

    fn read(mut self, name: &str) -> Brought {
        let mut items = Vec::new();
        let mut seen = BTreeSet::new();
        let journeys: BTreeSet<String> = self
            .entities
            .iter()
            .filter(|entity| self.items.get(entity.id) == Some(&KindId::Route) && entity.schema == "Event")
            .filter_map(|journey| journey.first(&["sourceUrl"]))
            .collect();
        for entity in self.entities {
            let is_tie = TIES.iter().any(|(schema, ..)| *schema == entity.schema);
            let is_leg = entity.schema == "Trip"
                && entity.own_id().is_some()
                && entity.first(&["sourceUrl"]).is_some_and(|page| journeys.contains(&page));
            if is_tie || is_leg {
                continue;
            }
            let Some((kind, sort)) = kind(entity.schema) else {
                *self.left.entry(entity.schema.to_owned()).or_default() += 1;
                continue;
            };
            let kind = self.items.get(entity.id).copied().unwrap_or(kind);
            let title = entity.title();
            if title.is_empty() || !seen.insert(entity.id) {
                let why = if title.is_empty() { "it has no name" } else { "another line has the same id" };
                self.remarks.push(Remark::left_out(entity.id, why, &entity.at));
                continue;
            }
            items.push(self.item(entity, kind, sort, &title));
        }
        self.tie(&mut items);
        let at = At::default();
        if !self.left.is_empty() {
            let why = match self.left.contains_key("Note") {
                true => {
                    "a dossier has no place for these; of claims, import the table `claims.csv`, which says who said what"
                }
                false => "a dossier has no place for these",
            };
            self.remarks.push(Remark::left_out(counted(&self.left), why, &at));
        }
        let properties = self.properties();
        if !properties.is_empty() {
            self.remarks.push(Remark::left_out(properties, "there are no keys for these properties", &at));
        }
        Brought {
            name: name.to_owned(),
            what: "FollowTheMoney entities",
            items,
            remarks: self.remarks,
            ..Brought::default()
        }
    }

    /// The properties that have no key, and of how many entities.
    fn properties(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let known = |entity: &&Entity<'_>| kind(entity.schema).is_some();
        for entity in self.entities.iter().filter(known) {
            let properties = entity.value["properties"].as_object().into_iter().flatten();
            for (property, _) in properties.filter(|(name, _)| USED.split(' ').all(|used| used != *name)) {
                *counts.entry(property).or_default() += 1;
            }
        }
        counted(&counts)
    }

    fn item(&mut self, entity: &Entity<'_>, kind: KindId, sort: Option<&'static str>, title: &str) -> Item {
        let own = entity.own_id();
        let mut item = Item::titled(kind, title, entity.at.clone());
        item.key = format!("{} {}", kind.name(), entity.id);
        item.called = vec![entity.id.to_owned()];
        let mut facts = Facts { list: Vec::new(), at: entity.at.clone() };
        let words = |properties: &[&str]| entity.first(properties);
        facts.add("summary", words(&["summary"]).map(Given::Words));
        let aliases =
            ["alias", "weakAlias"].iter().flat_map(|name| entity.all(name)).map(Given::Words).collect();
        facts.add("aliases", list(aliases));
        let country = words(&["country"]).map(|code| Given::Words(code.to_uppercase()));
        match kind {
            KindId::Actor => {
                facts.add("type", sort.map(|sort| Given::Words(sort.to_owned())));
                facts.add("role", words(&["position", "description"]).map(Given::Words));
                facts.add("country", country);
                let item = entity
                    .all("wikidataId")
                    .into_iter()
                    .map(|id| format!("https://www.wikidata.org/wiki/{id}"));
                let pages = ["website", "wikipediaUrl"].iter().flat_map(|name| entity.all(name));
                facts.add("same_as", list(item.chain(pages).map(Given::Words).collect()));
            }
            KindId::Place => {
                facts.add("country", country);
                if let (Some(latitude), Some(longitude)) = (words(&["latitude"]), words(&["longitude"])) {
                    let point = [latitude, longitude].map(Given::Bare);
                    facts.add("coordinates", Some(Given::List(point.into())));
                }
                if own.is_some() {
                    facts.add("type", words(&["remarks"]).map(Given::Words));
                }
            }
            KindId::Event => {
                facts.add("date", dates(entity));
                let places = self.links(entity, "addressEntity");
                let named = || entity.all("location").into_iter().map(Given::Words).collect();
                facts.add("places", list(if places.is_empty() { named() } else { places }));
                facts.add("actors", list(self.links(entity, "involved")));
                facts.add("sources", list(self.links(entity, "proof")));
            }
            KindId::Route => self.journey(entity, &mut facts),
            _ => self.work(entity, sort.filter(|_| own.is_none()), &mut facts),
        }
        item.facts = facts.list;
        item.id = own;
        item
    }

    fn work(&self, entity: &Entity<'_>, sort: Option<&str>, facts: &mut Facts) {
        let words = |properties: &[&str]| entity.first(properties);
        let said = entity.all("keywords").into_iter().find(|word| SourceType::WORDS.contains(&word.as_str()));
        facts.add("type", said.or_else(|| sort.map(str::to_owned)).map(Given::Words));
        facts.add("authors", list(entity.all("author").into_iter().map(Given::Words).collect()));
        facts.add("publisher", list(entity.all("publisher").into_iter().map(Given::Words).collect()));
        facts.add("published", words(&["publishedAt", "date"]).map(|date| Given::Bare(bare_date(&date))));
        facts.add("accessed", words(&["retrievedAt"]).map(|date| Given::Bare(bare_date(&date))));
        let language = words(&["language"]);
        facts.add(
            "language",
            language.map(|code| Given::Words(model::tag(&code).unwrap_or(&code).to_owned())),
        );
        // Without an address of its own, we write that of our page.
        let url = words(&["sourceUrl"]);
        let page = entity.own_id().map(|id| format!("/sources/{id}.html"));
        let is_page = |url: &String| page.as_ref().is_some_and(|page| url.ends_with(page.as_str()));
        facts.add("url", url.filter(|url| !is_page(url)).map(Given::Words));
    }

    fn journey(&mut self, entity: &Entity<'_>, facts: &mut Facts) {
        if entity.schema == "Trip" {
            let leg = self.leg(entity);
            let why = "how it was travelled is not said: by road until you say otherwise, and inferred";
            self.remarks.push(Remark::doubtful(entity.title(), why, &entity.at));
            facts.add("legs", list(leg.into_iter().collect()));
            return;
        }
        facts.add("date", dates(entity));
        facts.add("sources", list(self.links(entity, "proof")));
        let page = entity.first(&["sourceUrl"]).unwrap_or_default();
        let trips = self.legs.get(&page).cloned().unwrap_or_default();
        facts.add("legs", list(trips.into_iter().filter_map(|trip| self.leg(trip)).collect()));
    }

    fn leg(&self, trip: &Entity<'_>) -> Option<Given> {
        let end = |property| self.links(trip, property).into_iter().next();
        let words = trip.all("keywords");
        let word = |known: &[&str]| words.iter().find(|word| known.contains(&word.as_str())).cloned();
        let mode = word(Mode::WORDS);
        let is_said = mode.is_some();
        let mut entries = vec![
            ("from".to_owned(), end("startLocation")?),
            ("to".to_owned(), end("endLocation")?),
            ("mode".to_owned(), Given::Words(mode.unwrap_or_else(|| "road".to_owned()))),
        ];
        for (key, property) in [("departed", "startDate"), ("arrived", "endDate")] {
            let date = trip.first(&[property]).map(|date| Given::Bare(bare_date(&date)));
            entries.extend(date.map(|date| (key.to_owned(), date)));
        }
        for (key, property) in [("carrier", "description"), ("cargo", "summary")] {
            entries.extend(trip.first(&[property]).map(|words| (key.to_owned(), Given::Words(words))));
        }
        let certainty = word(Certainty::WORDS).or_else(|| (!is_said).then(|| "inferred".to_owned()));
        entries.extend(certainty.map(|word| ("certainty".to_owned(), Given::Words(word))));
        Some(Given::Table(entries))
    }

    /// The items that a property leads to.
    fn links(&self, entity: &Entity<'_>, property: &str) -> Vec<Given> {
        let ids = entity.all(property).into_iter().filter(|id| self.items.contains_key(id.as_str()));
        ids.map(|id| reference(&id)).collect()
    }

    /// Gives actors what they belong to.
    fn tie(&mut self, items: &mut [Item]) {
        let by_id: BTreeMap<String, usize> = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Some((item.called.first()?.clone(), at)))
            .collect();
        for entity in self.entities {
            let Some((_, who, whole)) = TIES.iter().find(|(schema, ..)| *schema == entity.schema) else {
                continue;
            };
            let mut is_tied = false;
            for member in entity.all(who).iter().filter_map(|id| by_id.get(id.as_str())) {
                for whole in self.links(entity, whole) {
                    let mut entries = vec![("actor".to_owned(), whole)];
                    entries
                        .extend(entity.first(&["role"]).map(|role| ("role".to_owned(), Given::Words(role))));
                    for (key, property) in [("from", "startDate"), ("to", "endDate")] {
                        let date = entity.first(&[property]).map(|date| Given::Bare(bare_date(&date)));
                        entries.extend(date.map(|date| (key.to_owned(), date)));
                    }
                    let item = &mut items[*member];
                    is_tied = item.kind == KindId::Actor;
                    match item.facts.iter_mut().find(|fact| fact.key == Role::MemberOf.word()) {
                        _ if !is_tied => {}
                        Some(Fact { value: Given::List(list), .. }) => list.push(Given::Table(entries)),
                        _ => item.facts.push(Fact {
                            key: Role::MemberOf.word(),
                            value: Given::List(vec![Given::Table(entries)]),
                            at: entity.at.clone(),
                        }),
                    }
                }
            }
            if !is_tied {
                let why = "the file does not have both of those that it connects";
                self.remarks.push(Remark::left_out(entity.schema, why, &entity.at));
            }
        }
    }
}

struct Facts {
    list: Vec<Fact>,
    at: At,
}

impl Facts {
    fn add(&mut self, key: &'static str, value: Option<Given>) {
        self.list.extend(value.map(|value| Fact { key, value, at: self.at.clone() }));
    }
}

fn list(items: Vec<Given>) -> Option<Given> {
    (!items.is_empty()).then_some(Given::List(items))
}

/// Whether an event is a journey of ours.
fn is_journey(event: &Entity<'_>, legs: &BTreeMap<String, Vec<&Entity<'_>>>) -> bool {
    let page = event.first(&["sourceUrl"]).unwrap_or_default();
    event.own_id().is_some() && (legs.contains_key(&page) || page.contains("/routes/"))
}

/// When it was, or from when to when.
fn dates(entity: &Entity<'_>) -> Option<Given> {
    let start = entity.first(&["startDate", "date"]).map(|date| bare_date(&date));
    let end = entity.first(&["endDate"]).map(|date| bare_date(&date));
    match (start, end) {
        (Some(start), Some(end)) if start != end => Some(Given::Bare(format!("{start}/{end}"))),
        (Some(date), _) => Some(Given::Bare(date)),
        (None, Some(end)) => Some(Given::Bare(format!("../{end}"))),
        (None, None) => None,
    }
}

/// A date, whose time is in UTC in this model.
fn bare_date(date: &str) -> String {
    match date.split_once('T') {
        Some((day, "00:00:00")) => day.to_owned(),
        Some((_, time)) if !time.contains(['Z', '+', '-']) => format!("{date}Z"),
        _ => date.to_owned(),
    }
}

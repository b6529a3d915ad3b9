//! The sheets of Knight Lab's TimelineJS and StoryMapJS, by their columns → events, places and a route.

use super::super::brought::{Fact, Item, Remark};
use super::super::html;
use super::sheet::{Row, Sheet};
use crate::data::reading::HALVES;
use crate::data::write::Given;
use crate::kinds::KindId;

/// The columns of a sheet, by their names.
pub(super) struct Columns<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) header: &'s [String],
}

impl Columns<'_> {
    /// The number of the column that has one of these names.
    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        let is_its = |cell: &String| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name));
        self.header.iter().position(is_its)
    }

    pub(super) fn words<'r>(&self, row: &'r Row, names: &[&str]) -> &'r str {
        self.find(names).map_or("", |column| row.cell(column))
    }

    pub(super) fn fact(&self, key: &'static str, value: Given, row: &Row, names: &[&str]) -> Fact {
        let column = self.find(names);
        let heading = column.and_then(|column| self.header.get(column)).map(String::as_str);
        Fact { key, value, at: self.sheet.at(Some(row.number), column, heading) }
    }
}

const HEADLINE: &[&str] = &["headline"];
const TEXT: &[&str] = &["text"];
const LATITUDE: &[&str] = HALVES[0];
const LONGITUDE: &[&str] = HALVES[1];
const LOCATION: &[&str] = &["location", "location name", "place", "name"];
const YEAR: &[&str] = &["year", "start year"];

/// The items of such a sheet; `None` if it is another.
pub(super) fn read(sheet: &mut Sheet) -> Option<(&'static str, Vec<Item>)> {
    let start = sheet.rows.iter().take(5).position(|row| {
        let has = |names: &[&str]| {
            row.cells.iter().any(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
        };
        has(HEADLINE) && (has(YEAR) || (has(LATITUDE) && has(LONGITUDE)))
    })?;
    let header = sheet.rows[start].cells.clone();
    let columns = Columns { sheet, header: &header };
    let is_map = columns.find(LATITUDE).is_some();
    let mut remarks = Vec::new();
    let mut items = Vec::new();
    let mut stops: Vec<(String, usize)> = Vec::new();
    for row in &sheet.rows[start + 1..] {
        let at = sheet.at(Some(row.number), None, None);
        let sort = columns.words(row, &["type"]).to_lowercase();
        let headline = html::words(columns.words(row, HEADLINE));
        if sort == "title" || sort == "era" {
            let why = match &*sort {
                "title" => "it is the first slide; write its words into the article",
                _ => "an era has no page; make it an event if it should have one",
            };
            remarks.push(Remark::left_out(headline, why, &at));
            continue;
        }
        if headline.is_empty() {
            remarks.push(Remark::left_out(columns.words(row, TEXT), "it has no headline", &at));
            continue;
        }
        let place = is_map.then(|| place(&columns, row, &headline)).flatten();
        let date = date(&columns, row);
        if let (true, None, None) = (is_map, &place, &date) {
            remarks.push(Remark::left_out(headline, "it has no place and no date", &at));
            continue;
        }
        let text = text(&columns, row);
        let is_event = date.is_some() || !is_map;
        if let Some(mut place) = place {
            stops.push((place.title.clone(), row.number));
            if !is_event {
                place.text.clone_from(&text);
            }
            if items.iter().all(|other: &Item| other.key != place.key) {
                items.push(place);
            }
        }
        if is_event {
            let mut event = Item::titled(KindId::Event, &headline, at.clone());
            event.key = format!("event {headline}");
            event.facts.extend(date.map(|date| columns.fact("date", Given::Bare(date), row, YEAR)));
            if let Some((stop, _)) = stops.last().filter(|(_, number)| *number == row.number) {
                let places = Given::List(vec![Given::Words(stop.clone())]);
                event.facts.push(columns.fact("places", places, row, LOCATION));
            }
            event.text = text;
            items.push(event);
        }
        for names in [&["group"][..], &["background"], &["display date"]] {
            let words = columns.words(row, names);
            if !words.is_empty() {
                let fact = columns.fact("", Given::Words(String::new()), row, names);
                remarks.push(Remark::left_out(words, "there is no key for it", &fact.at));
            }
        }
    }
    items.extend(route(sheet, &stops));
    let what = if is_map { "a StoryMapJS sheet" } else { "a TimelineJS sheet" };
    if is_map && stops.len() > 1 {
        let why = "the legs of the route are by road until you say otherwise, and inferred";
        remarks.push(Remark::doubtful("mode", why, &sheet.at(None, None, None)));
    }
    sheet.remarks.extend(remarks);
    Some((what, items))
}

/// `2023-10-13`, or an interval.
fn date(columns: &Columns<'_>, row: &Row) -> Option<String> {
    let one = |year: &[&str], month: &[&str], day: &[&str]| {
        let year = columns.words(row, year);
        let two = |words: &str| format!("{words:0>2}");
        let (month, day) = (columns.words(row, month), columns.words(row, day));
        let year = match (year.len(), year.parse::<i64>()) {
            (0, _) => return None,
            (_, Ok(number)) => format!("{}{:04}", if number < 0 { "-" } else { "" }, number.abs()),
            (_, Err(_)) => year.to_owned(),
        };
        Some(match (month, day) {
            ("", _) => year,
            (month, "") => format!("{year}-{}", two(month)),
            (month, day) => format!("{year}-{}-{}", two(month), two(day)),
        })
    };
    let start = one(YEAR, &["month", "start month"], &["day", "start day"]);
    let start =
        start.or_else(|| Some(columns.words(row, &["date"]).to_owned()).filter(|date| !date.is_empty()))?;
    Some(match one(&["end year"], &["end month"], &["end day"]) {
        Some(end) if end != start => format!("{start}/{end}"),
        _ => start,
    })
}

fn place(columns: &Columns<'_>, row: &Row, headline: &str) -> Option<Item> {
    let (latitude, longitude) = (columns.words(row, LATITUDE), columns.words(row, LONGITUDE));
    if latitude.is_empty() || longitude.is_empty() {
        return None;
    }
    let named = html::words(columns.words(row, LOCATION));
    let title = if named.is_empty() { headline } else { &named };
    let mut place = Item::titled(KindId::Place, title, columns.sheet.at(Some(row.number), None, None));
    place.key = format!("place {title}");
    let point = [latitude, longitude].map(|number| Given::Bare(number.to_owned()));
    place.facts.push(columns.fact("coordinates", Given::List(point.to_vec()), row, LATITUDE));
    Some(place)
}

/// Its text, and its picture or recording as a link.
fn text(columns: &Columns<'_>, row: &Row) -> String {
    let mut text = html::markdown(columns.words(row, TEXT));
    let media = columns.words(row, &["media", "media url"]);
    if media.starts_with("http") && !media.contains([' ', '(', ')', '<', '>']) {
        let caption = html::words(columns.words(row, &["media caption"]));
        let credit = html::words(columns.words(row, &["media credit"]));
        let words: Vec<&str> =
            [caption.as_str(), credit.as_str()].into_iter().filter(|words| !words.is_empty()).collect();
        let words = if words.is_empty() { media.to_owned() } else { words.join(". ") };
        let gap = if text.is_empty() { "" } else { "\n\n" };
        text += &format!("{gap}[{}]({media})", super::super::plain(&words));
    }
    text
}

/// The way from each place to the next.
fn route(sheet: &Sheet, stops: &[(String, usize)]) -> Option<Item> {
    let words = |key: &str, words: &str| (key.to_owned(), Given::Words(words.to_owned()));
    let ways = stops.windows(2).filter(|pair| pair[0].0 != pair[1].0);
    let legs: Vec<Given> = ways
        .map(|pair| {
            let ends = [words("from", &pair[0].0), words("to", &pair[1].0)];
            let how = [words("mode", "road"), words("certainty", "inferred")];
            Given::Table([ends, how].concat())
        })
        .collect();
    let (first, last) = (stops.first()?, stops.last()?);
    let title = format!("{} – {}", first.0, last.0);
    let at = sheet.at(Some(first.1), None, None);
    let mut route = Item::titled(KindId::Route, &title, at.clone());
    route.key = format!("route {title}");
    let is_way = !legs.is_empty();
    route.facts.push(Fact { key: "legs", value: Given::List(legs), at });
    is_way.then_some(route)
}

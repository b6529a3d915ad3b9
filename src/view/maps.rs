//! What of an entity can be drawn: the map of a route with its table of legs, where a place or an event is, and the map
//! of everything.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Download, FactTable, MapView, Page, Value};
use super::{Site, facts};
use crate::base::path::SitePath;
use crate::course::position;
use crate::evidence::quantities::{Measure, unit};
use crate::geo::{Basemap, Course, Detail, LonLat, distance, geodesic};
use crate::kinds::words::{Certainty, Mode};
use crate::kinds::{self, Claim, Event, Leg, Place, Quantity, Role, Route};
use crate::link::{Edition, EntityIx, Target, layout};
use crate::map::{self, Size, Spec, Stop, Words, locator};

/// Kilometres to a nautical mile.
const NAUTICAL_MILE: f64 = 1.852;

impl Site<'_> {
    /// Where the map of everything is.
    pub(super) fn map_path(&self, lang: usize) -> SitePath {
        layout::map(&self.locales[lang].lang, self.graph.default_language())
    }

    /// The map of everything.
    pub(super) fn map_page(&self, lang: usize) -> Page {
        let locale = &self.locales[lang];
        let title = locale.word("map.all").unwrap_or("Map").to_owned();
        let mut page = self.blank(self.map_path(lang), lang, title, |number| Some(self.map_path(number)));
        page.template = "map.html".into();
        page.summary = locale.word("map.all_about").map(str::to_owned);
        page.crumbs = vec![self.shelves[lang].signs.home.clone()];
        let mut spec = Spec {
            key: "map-all".into(),
            title: page.title.clone(),
            description: page.summary.clone().unwrap_or_default(),
            ..Spec::default()
        };
        for (ix, _, place) in self.graph.all::<Place>() {
            let Some(point) = place.coordinates else { continue };
            spec.stops.push(self.stop(ix, [point.lon, point.lat], None, lang, &page.root));
        }
        for (ix, _, route) in self.graph.all::<Route>() {
            let href = format!("{}{}", page.root, self.shelves[lang].cards.get(ix).path);
            self.add_legs(ix, route, lang, Some(&href), &mut spec);
        }
        page.map = self.drawn(&spec, lang, &[Size::WIDE, Size::NARROW]);
        page.draws = true;
        page.downloads = vec![Download { path: "map.geojson".into(), format: "GeoJSON" }];
        page
    }

    /// Adds to an entity's page what can be drawn of it.
    pub(super) fn add_maps(&self, ix: EntityIx, lang: usize, page: &mut Page) {
        let entity = self.graph.entity(ix);
        let data = |extension: &'static str, format: &'static str| Download {
            path: layout::encoded(&layout::data(self.graph, entity, extension)),
            format,
        };
        if let Some(route) = entity.as_kind::<Route>() {
            page.map = self.route_map(ix, lang, "", &[Size::WIDE, Size::NARROW], &page.root, "map");
            page.tables.retain(|table| table.label != "legs");
            if !route.legs.is_empty() {
                page.tables.insert(0, self.legs(ix, route, lang));
            }
            let distances = self.claimed_distances(ix, route, lang);
            page.tables.extend(distances);
            if page.map.is_some() {
                page.downloads = vec![data("geojson", "GeoJSON"), data("gpx", "GPX"), data("kml", "KML")];
            }
        } else if let Some(place) = entity.as_kind::<Place>() {
            let point = place.coordinates.map(|point| [point.lon, point.lat]);
            page.locator = locator(point.as_slice());
            if point.is_some() {
                page.downloads = vec![data("geojson", "GeoJSON")];
            }
        } else if let Some(event) = entity.as_kind::<Event>() {
            let points = event.places.iter().filter_map(|place| position(self.graph, &place.id));
            page.locator = locator(&points.collect::<Vec<LonLat>>());
        }
        page.draws = page.map.is_some() || page.locator.is_some();
    }

    /// The maps of the routes that a text embeds.
    pub(super) fn embedded_maps(&self, edition: &Edition, lang: usize, root: &str) -> BTreeMap<u32, MapView> {
        let links = edition.prose().links.iter().zip(&edition.links).enumerate();
        let embeds = links.filter(|(_, (link, _))| link.usage == crate::parse::prose::LinkUse::Embed);
        let map = |(at, (_, target)): (usize, (_, &Target))| {
            let Target::Entity(ix, _) = target else { return None };
            let card = self.shelves[lang].cards.get(*ix);
            let (href, key) = (format!("{root}{}", card.path), format!("map-{}", at + 1));
            Some((at as u32, self.route_map(*ix, lang, &href, &[Size::COLUMN, Size::NARROW], root, &key)?))
        };
        embeds.filter_map(map).collect()
    }

    /// The map on the card of a route: one `svg` element.
    pub(super) fn card_map(&self, ix: EntityIx, lang: usize, size: &Size) -> Option<String> {
        let map = self.route_map(ix, lang, "", std::slice::from_ref(size), "", "map")?;
        Some(map.svg)
    }

    /// The map of a route. `page` is where its legs are explained: nothing where that is the page that the map is on.
    fn route_map(
        &self,
        ix: EntityIx,
        lang: usize,
        page: &str,
        sizes: &[Size],
        root: &str,
        key: &str,
    ) -> Option<MapView> {
        let entity = self.graph.entity(ix);
        let route = entity.as_kind::<Route>()?;
        let card = self.shelves[lang].cards.get(ix);
        let mut spec = Spec { key: key.to_owned(), insets: true, ..Spec::default() };
        self.add_legs(ix, route, lang, Some(page), &mut spec);
        // Stops in the order of the voyage, each once, with all its numbers.
        let mut numbers: Vec<(EntityIx, LonLat, Vec<usize>)> = Vec::new();
        let mut count = 0;
        let mut last = None;
        for leg in &route.legs {
            for reference in [&leg.from, &leg.to] {
                let Some(stop) = self.graph.by_id(&reference.id) else { continue };
                let Some(at) = position(self.graph, &reference.id).filter(|_| last != Some(stop)) else {
                    continue;
                };
                last = Some(stop);
                count += 1;
                match numbers.iter_mut().find(|(known, ..)| *known == stop) {
                    Some((_, _, all)) => all.push(count),
                    None => numbers.push((stop, at, vec![count])),
                }
            }
        }
        for (stop, at, numbers) in numbers {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            spec.stops.push(self.stop(stop, at, Some(numbers.join(", ")), lang, root));
        }
        let locale = &self.locales[lang];
        spec.title = locale.fill("map.of", &[("title", &card.title)]);
        let legs: Vec<&str> = spec.legs.iter().map(|leg| leg.title.as_str()).collect();
        spec.description = legs.join("; ");
        self.drawn(&spec, lang, sizes)
    }

    fn drawn(&self, spec: &Spec, lang: usize, sizes: &[Size]) -> Option<MapView> {
        let locale = &self.locales[lang];
        let words = Words {
            country: &|code| locale.country(code),
            kilometres: &|km| locale.fill("map.km", &[("n", &locale.number(km))]),
        };
        let svg = map::draw(spec, &words, sizes);
        if svg.is_empty() {
            return None;
        }
        let modes: BTreeSet<&str> = spec.legs.iter().map(|leg| leg.mode).collect();
        let has = |course: Course| spec.legs.iter().any(|leg| leg.line.course == course);
        Some(MapView {
            svg,
            modes: Mode::WORDS.iter().copied().filter(|mode| modes.contains(mode)).collect(),
            reported: spec.legs.iter().any(|leg| !leg.inferred),
            inferred: spec.legs.iter().any(|leg| leg.inferred),
            by_water: has(Course::Seaway),
            shortest: has(Course::Shortest) || has(Course::NoSeaway),
        })
    }

    fn stop(&self, ix: EntityIx, at: LonLat, number: Option<String>, lang: usize, root: &str) -> Stop {
        let card = self.shelves[lang].cards.get(ix);
        Stop { at, label: card.title.clone(), number, href: format!("{root}{}", card.path) }
    }

    /// The legs of a route that can be drawn. Each leads to its row of the table on `page`.
    fn add_legs(&self, ix: EntityIx, route: &Route, lang: usize, page: Option<&str>, spec: &mut Spec) {
        let lines = self.courses.lines(self.graph, ix);
        let locale = &self.locales[lang];
        for (number, (leg, line)) in route.legs.iter().zip(&*lines).enumerate() {
            let Some(line) = line else { continue };
            let name = |reference: &kinds::Ref| {
                let ix = self.graph.by_id(&reference.id);
                ix.map_or_else(|| reference.id.clone(), |ix| self.shelves[lang].cards.get(ix).title.clone())
            };
            let term = |list: &str, word: &str| {
                locale.word(&format!("terms.{list}.{word}.label")).unwrap_or(word).to_owned()
            };
            let values = [
                ("number", (number + 1).to_string()),
                ("from", name(&leg.from)),
                ("to", name(&leg.to)),
                ("mode", term("mode", leg.mode.word())),
                ("certainty", term("certainty", leg.certainty.word())),
                ("distance", self.kilometres(line.direct_km, lang)),
            ];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            spec.legs.push(map::Leg {
                line: line.clone(),
                mode: leg.mode.word(),
                inferred: leg.certainty == Certainty::Inferred,
                title: locale.fill("map.leg", &values),
                href: page.map(|page| format!("{page}#leg-{}", number + 1)),
            });
        }
    }

    /// The legs as a table, which says all that the map shows.
    fn legs(&self, ix: EntityIx, route: &Route, lang: usize) -> FactTable {
        let lines = self.courses.lines(self.graph, ix);
        let columns = vec![
            Role::From.word(),
            Role::To.word(),
            "mode",
            "departed",
            "arrived",
            "carrier",
            "cargo",
            "distance",
            "reported_by",
            Role::Claims.word(),
        ];
        let rows: Vec<Vec<Vec<Value>>> = route
            .legs
            .iter()
            .zip(&*lines)
            .map(|(leg, line)| {
                let mut cells = self.leg_cells(leg, lang);
                let distance = line.iter().flat_map(|line| self.leg_distance(leg, line, lang)).collect();
                cells.insert(7, distance);
                cells
            })
            .collect();
        // What no leg says is no column.
        let said: Vec<usize> =
            (0..columns.len()).filter(|&at| rows.iter().any(|row| !row[at].is_empty())).collect();
        let rows = rows.into_iter().map(|row| {
            let cells = row.into_iter().enumerate().filter(|(at, _)| said.contains(at));
            cells.map(|(_, cell)| cell).collect()
        });
        let rows = rows.collect();
        FactTable { label: "legs", columns: said.iter().map(|&at| columns[at]).collect(), rows }
    }

    fn leg_cells(&self, leg: &Leg, lang: usize) -> Vec<Vec<Value>> {
        let value = |value: kinds::Value<'_>| facts::value(self, &value, lang);
        let claims: Vec<EntityIx> =
            leg.claims.iter().filter_map(|claim| self.graph.by_id(&claim.id)).collect();
        let mut who: Vec<EntityIx> = Vec::new();
        for claim in claims.iter().filter_map(|&claim| self.graph.entity(claim).as_kind::<Claim>()) {
            for by in claim.by.iter().filter_map(|by| self.graph.by_id(&by.id)) {
                if !who.contains(&by) {
                    who.push(by);
                }
            }
        }
        let link =
            |ix: &EntityIx| Value::Link { card: self.shelves[lang].cards.get(*ix).clone(), note: None };
        let term = |list, word| value(kinds::Value::Term(list, word));
        let one = |value: Option<Value>| value.into_iter().collect::<Vec<Value>>();
        vec![
            one(value(kinds::Value::Ref(&leg.from, Role::From))),
            one(value(kinds::Value::Ref(&leg.to, Role::To))),
            [term(Mode::VOCABULARY, leg.mode.word()), term(Certainty::VOCABULARY, leg.certainty.word())]
                .into_iter()
                .flatten()
                .collect(),
            one(leg.departed.as_ref().and_then(|date| value(kinds::Value::Date(date)))),
            one(leg.arrived.as_ref().and_then(|date| value(kinds::Value::Date(date)))),
            one(leg.carrier.as_ref().and_then(|text| value(kinds::Value::Text(text)))),
            one(leg.cargo.as_ref().and_then(|text| value(kinds::Value::Text(text)))),
            who.iter().map(link).collect(),
            claims.iter().map(link).collect(),
        ]
    }

    /// How far it is: from end to end, and along the line where that is longer.
    fn leg_distance(&self, leg: &Leg, line: &crate::geo::Line, lang: usize) -> Vec<Value> {
        let locale = &self.locales[lang];
        let length = |km: f64| {
            let km_text = self.kilometres(km, lang);
            match leg.mode {
                Mode::Sea => {
                    let miles = locale.number(rounded(km / NAUTICAL_MILE));
                    locale.fill("map.km_and_miles", &[("km", &km_text), ("miles", &miles)])
                }
                _ => km_text,
            }
        };
        let text = |text: String| Value::Text { text, lang: None };
        let mut cell = vec![text(locale.fill("map.direct", &[("distance", &length(line.direct_km))]))];
        if line.km > line.direct_km * 1.01 {
            let key = if line.course == Course::Given { "map.along_path" } else { "map.along_water" };
            cell.push(text(locale.fill(key, &[("distance", &length(line.km))])));
        }
        cell
    }

    /// `6,920 km`
    fn kilometres(&self, km: f64, lang: usize) -> String {
        let locale = &self.locales[lang];
        locale.fill("map.km", &[("n", &locale.number(rounded(km)))])
    }

    /// What claims say of distances between the route's stops and other places, beside what they are.
    fn claimed_distances(&self, ix: EntityIx, route: &Route, lang: usize) -> Option<FactTable> {
        let mut claims: BTreeSet<EntityIx> =
            self.graph.incoming(ix).map(|reference| reference.from).collect();
        let stops: BTreeSet<&str> =
            route.legs.iter().flat_map(|leg| [leg.from.id.as_str(), leg.to.id.as_str()]).collect();
        for stop in stops.iter().filter_map(|stop| self.graph.by_id(stop)) {
            let between = self.graph.incoming(stop).filter(|reference| reference.role == Role::Between);
            claims.extend(between.map(|reference| reference.from));
        }
        let mut rows = Vec::new();
        for (claim_ix, claim) in
            claims.iter().filter_map(|&claim| Some((claim, self.graph.entity(claim).as_kind::<Claim>()?)))
        {
            for quantity in &claim.quantities {
                let [from, to] = quantity.between.as_slice() else { continue };
                let about = [from, to].iter().any(|end| stops.contains(end.id.as_str()));
                if !about || !matches!(unit(quantity), Some((Measure::Length, _))) {
                    continue;
                }
                let value = |value: kinds::Value<'_>| facts::value(self, &value, lang);
                let link = Value::Link { card: self.shelves[lang].cards.get(claim_ix).clone(), note: None };
                let by = claim.by.iter().filter_map(|by| value(kinds::Value::Ref(by, Role::By)));
                let ends =
                    [from, to].into_iter().filter_map(|end| value(kinds::Value::Ref(end, Role::Between)));
                rows.push(vec![
                    vec![Value::Text { text: self.stated(quantity, lang), lang: None }],
                    by.collect(),
                    ends.collect(),
                    vec![Value::Text { text: self.computed(&from.id, &to.id, lang), lang: None }],
                    vec![link],
                ]);
            }
        }
        let columns = vec!["stated", Role::By.word(), Role::Between.word(), "computed", "claim"];
        (!rows.is_empty()).then_some(FactTable { label: "distances", columns, rows })
    }

    /// A distance as it is stated, without its ends.
    fn stated(&self, quantity: &Quantity, lang: usize) -> String {
        let bare = Quantity { between: Vec::new(), of: None, ..quantity.clone() };
        facts::figure_text(self, &bare, lang)
    }

    /// The distance between two places, as the crow flies. Of a country without coordinates, the nearest point of its outline counts.
    fn computed(&self, from: &str, to: &str, lang: usize) -> String {
        let locale = &self.locales[lang];
        let country = |id: &str| {
            let place = self.graph.entity(self.graph.by_id(id)?).as_kind::<Place>()?;
            Some(place.country?.code())
        };
        let not_known = || locale.word("map.not_computed").unwrap_or("–").to_owned();
        let border = |point: LonLat, code: &str| {
            let (near, km) = geodesic::nearest(point, Basemap::of(Detail::Fine).outline(code))?;
            let near =
                locale.point(crate::base::point::Point { lat: hundredth(near[1]), lon: hundredth(near[0]) });
            let values =
                [("distance", self.kilometres(km, lang)), ("country", locale.country(code)), ("point", near)];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            Some(locale.fill("map.to_border", &values))
        };
        match (position(self.graph, from), position(self.graph, to)) {
            (Some(a), Some(b)) => self.kilometres(distance(a, b), lang),
            (Some(a), None) => country(to).and_then(|code| border(a, code)).unwrap_or_else(not_known),
            (None, Some(b)) => country(from).and_then(|code| border(b, code)).unwrap_or_else(not_known),
            (None, None) => not_known(),
        }
    }
}

/// To what can be told: to a tenth below 10, to ten above 1000.
fn rounded(number: f64) -> f64 {
    match number {
        n if n < 10.0 => (n * 10.0).round() / 10.0,
        n if n < 1000.0 => n.round(),
        n => (n / 10.0).round() * 10.0,
    }
}

fn hundredth(degrees: f64) -> f64 {
    (degrees * 100.0).round() / 100.0
}

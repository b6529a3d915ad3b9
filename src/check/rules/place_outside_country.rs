//! Reports places whose coordinates are not in their country.

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::point::Point;
use crate::check::{Context, Rule};
use crate::geo::{LonLat, territory};
use crate::kinds::Place;

/// How far inside another country a point may be, in km: the map's borders are that exact, and so are coordinates of
/// a town.
const ACROSS_KM: f64 = 10.0;

/// How far out at sea a town may be, in km: on an island that the map lacks, or in a harbour.
const TOWN_KM: f64 = 50.0;

/// How far out at sea any place may be, in km: 200 nautical miles, the width of an exclusive economic zone, and some
/// more.
const AT_SEA_KM: f64 = 400.0;

/// Types of places that are on land.
const ON_LAND: [&str; 10] =
    ["city", "town", "village", "port", "airport", "station", "depot", "base", "factory", "building"];

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "place-outside-country",
        level: Severity::Warning,
        docs: "\
A place whose `coordinates` are not in its `country`: more than 10 km inside another one, or at sea
and more than 400 km from its coast; 50 km if its `type` is one on land, such as `port`, or if a
likely mistake explains it. Mostly latitude and longitude are in the wrong order, a minus
sign is missing (west and south are negative), or the country is another one.

```yaml
title: Beirut
coordinates: [35.518, 33.903]      # longitude first: a point in the sea north of Cyprus
country: LB
```

Whose an area is can be disputed. The rule takes no side: it accepts every country that claims an
area, such as Crimea, Kashmir or the Western Sahara, a country's dependent territories, such as
Greenland, and the country that a state belonged to until lately, such as South Sudan.

How to fix: correct the coordinates, latitude first, or the country's code. If the point with
latitude and longitude exchanged is in the country, `dossier check --fix` exchanges them.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entity, place) in context.graph.all::<Place>() {
        let (Some(point), Some(country)) = (&place.coordinates, &place.country) else { continue };
        let code = country.code();
        // Nearly every place is where it should be: only the others are worth the search for what was meant.
        let Some(km) = territory::km_from(code, lon_lat(**point)).filter(|km| *km > ACROSS_KM) else {
            continue;
        };
        let mut others = corrections(code, **point);
        let is_on_land = place.r#type.as_ref().is_some_and(|word| ON_LAND.contains(&word.word()));
        let Some(found) = outside(code, km, is_on_land, !others.is_empty(), lon_lat(**point)) else {
            continue;
        };
        let diagnostic = RULE
            .code
            .found(format!("`{}` is not in its country, `{code}`", entity.id))
            .at(entity.path(), point.span, found.place)
            .at(entity.path(), country.span, "")
            .help("correct the coordinates (latitude first; south and west are negative) or the country");
        let fix = |(title, meant): (&str, Point)| {
            let replacement = format!("[{}, {}]", meant.lat, meant.lon);
            Fix::new(title, vec![Edit { path: entity.path().clone(), span: point.span, replacement }])
        };
        // The order of the two is the likeliest mistake, and then the whole of it.
        let is_swap = found.is_sure && others.first().is_some_and(|(title, _)| *title == SWAP);
        let sure = is_swap.then(|| fix(others.remove(0)));
        let mut diagnostic = others.into_iter().map(fix).fold(diagnostic, Diagnostic::choice);
        diagnostic.choices.extend(territory::country_at(lon_lat(**point)).map(|other| {
            let edit =
                Edit { path: entity.path().clone(), span: country.span, replacement: other.to_owned() };
            Fix::new(format!("set `country: {other}`"), vec![edit])
        }));
        diagnostic.fix = sure;
        diagnostics.push(diagnostic);
    }
}

const SWAP: &str = "exchange latitude and longitude";

/// The points in the country that may have been meant, and what was wrong.
fn corrections(code: &str, Point { lat, lon }: Point) -> Vec<(&'static str, Point)> {
    const HEMISPHERE: &str = "change the sign";
    let all = [
        (SWAP, Point { lat: lon, lon: lat }),
        (HEMISPHERE, Point { lat: -lat, lon }),
        (HEMISPHERE, Point { lat, lon: -lon }),
        (HEMISPHERE, Point { lat: -lat, lon: -lon }),
    ];
    // A port is on the coast, which the map knows less exactly than its coordinates.
    let is_near = |point: Point| territory::km_from(code, lon_lat(point)).is_some_and(|km| km <= ACROSS_KM);
    let fits = |point: Point| point.lat.abs() <= 90.0 && is_near(point);
    all.into_iter().filter(|(_, point)| fits(*point)).collect()
}

fn lon_lat(point: Point) -> LonLat {
    [point.lon, point.lat]
}

/// Where a place is instead of in its country.
struct Outside {
    /// In a phrase.
    place: String,
    /// Whether it cannot be in the country's waters.
    is_sure: bool,
}

/// Where a point is that is `km` from a country; `None` if it may be said to be in it. `is_correctable` says that a
/// likely mistake would explain it.
fn outside(code: &str, km: f64, is_on_land: bool, is_correctable: bool, point: LonLat) -> Option<Outside> {
    if let Some(other) = territory::country_at(point) {
        let place = format!("this is in `{other}`, {km:.0} km from `{code}`");
        return (!territory::is_shared(code, other, point)).then_some(Outside { place, is_sure: true });
    }
    if territory::is_disputed(code, point) {
        return None;
    }
    // What is off another country is hardly off this one, if there is a simpler explanation.
    let is_off_another = || territory::nearest_to(point) != Some(code);
    let is_sure = km > AT_SEA_KM || (is_correctable && is_off_another());
    let is_out = is_sure || (km > TOWN_KM && (is_on_land || is_correctable));
    is_out.then(|| Outside { place: format!("this is at sea, {km:.0} km from `{code}`"), is_sure })
}

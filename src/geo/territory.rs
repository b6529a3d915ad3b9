//! Which country a point is in, by the finest level of the base map.

use std::sync::OnceLock;

use super::basemap::Country;
use super::geodesic::nearest;
use super::{Basemap, Bounds, Detail, LonLat, beside};

/// South of this, the land is Antarctica, where borders mean little and outlines run around the pole.
const ANTARCTIC: f64 = -60.0;

/// Territories that belong to another country with a code of its own, or did until lately, or are claimed by it as a
/// whole.
const OF: [(&str, &str); 47] = [
    ("AS", "US"),
    ("AW", "NL"),
    ("AX", "FI"),
    ("AI", "GB"),
    ("BM", "GB"),
    ("CK", "NZ"),
    ("CW", "NL"),
    ("CX", "AU"),
    ("EH", "MA"),
    ("FK", "AR"),
    ("FK", "GB"),
    ("FO", "DK"),
    ("GG", "GB"),
    ("GI", "GB"),
    ("GL", "DK"),
    ("GS", "AR"),
    ("GS", "GB"),
    ("GU", "US"),
    ("HK", "CN"),
    ("HM", "AU"),
    ("IM", "GB"),
    ("IO", "GB"),
    ("IO", "MU"),
    ("JE", "GB"),
    ("KY", "GB"),
    ("MF", "FR"),
    ("BL", "FR"),
    ("MO", "CN"),
    ("MP", "US"),
    ("MS", "GB"),
    ("NC", "FR"),
    ("NF", "AU"),
    ("NU", "NZ"),
    ("PF", "FR"),
    ("PM", "FR"),
    ("PN", "GB"),
    ("PR", "US"),
    ("PS", "IL"),
    ("SH", "GB"),
    ("SS", "SD"),
    ("SX", "NL"),
    ("TC", "GB"),
    ("TF", "FR"),
    ("TW", "CN"),
    ("VG", "GB"),
    ("VI", "US"),
    ("XK", "RS"),
];

/// Territories that the map counts to another country.
const PART_OF: [(&str, &str); 7] =
    [("BQ", "NL"), ("GF", "FR"), ("GP", "FR"), ("MQ", "FR"), ("RE", "FR"), ("SJ", "NO"), ("YT", "FR")];

/// Areas that several countries claim or that borders are disputed in: these countries, west, south, east, north.
/// Roughly: a mistake near them is not reported, so that no side is taken.
const DISPUTED: [(&[&str], [f64; 4]); 18] = [
    // Somaliland, which the map counts to no country, and where Ethiopia's border runs.
    (&["SO", "ET", "DJ"], [41.0, 1.0, 51.6, 11.8]),
    // Baikonur, which Russia rents and the map counts to no country.
    (&["KZ", "RU"], [62.5, 45.3, 64.2, 46.6]),
    // Crimea and the parts of Ukraine that Russia says it annexed in 2022.
    (&["UA", "RU"], [31.0, 44.2, 40.3, 50.2]),
    // Kashmir, the Siachen, Aksai Chin.
    (&["IN", "PK", "CN"], [72.5, 32.2, 80.5, 37.2]),
    // The border of China and India in the Himalaya, Doklam and what China claims of Bhutan.
    (&["IN", "CN", "NP", "BT"], [78.0, 26.5, 97.5, 33.0]),
    // The Golan, the West Bank, Jerusalem, the Gaza Strip, the Shebaa Farms.
    (&["IL", "PS", "SY", "LB", "JO", "EG"], [34.1, 31.1, 36.0, 33.6]),
    // Cyprus.
    (&["CY", "TR", "GB"], [32.2, 34.4, 34.7, 35.8]),
    // The Halaib Triangle and Bir Tawil; Abyei; the Ilemi Triangle.
    (&["EG", "SD"], [33.0, 21.5, 37.5, 24.0]),
    (&["SD", "SS"], [23.5, 8.5, 34.2, 12.5]),
    (&["KE", "SS", "ET"], [34.0, 4.0, 36.1, 5.7]),
    // The Spratly and Paracel Islands, Scarborough Shoal.
    (&["CN", "TW", "VN", "PH", "MY", "BN"], [108.5, 4.0, 119.0, 18.5]),
    // The Senkaku or Diaoyu Islands; Dokdo or Takeshima; the southern Kuril Islands.
    (&["CN", "TW", "JP"], [122.5, 25.0, 125.5, 26.5]),
    (&["KR", "KP", "JP"], [130.5, 36.8, 132.5, 37.8]),
    (&["RU", "JP"], [145.2, 43.0, 149.2, 45.8]),
    // Nagorno-Karabakh and the border around it; Abkhazia and South Ossetia.
    (&["AM", "AZ"], [44.7, 38.7, 47.9, 41.3]),
    (&["GE", "RU"], [39.9, 41.9, 45.0, 43.7]),
    // The Essequibo; the border of French Guiana and Suriname, and of that and Guyana.
    (&["GY", "VE"], [-61.6, 1.1, -57.0, 8.7]),
    (&["GY", "SR", "FR"], [-58.2, 1.7, -53.9, 5.8]),
];

/// The outline of a country.
struct Outline {
    code: &'static str,
    /// A longitude from which all of it is less than half around the Earth.
    middle: f64,
    /// All of it, with longitudes around the middle.
    bounds: Bounds,
    /// Its lines in no particular order, each with its bounding box.
    lines: Vec<(Bounds, &'static [LonLat])>,
}

fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| {
        let map = Basemap::of(Detail::Fine);
        let outline = |country: &'static Country| {
            let middle = country.label[0];
            let lines: Vec<_> = map.outline(&country.code).map(|line| (Bounds::of(line), line)).collect();
            let points = lines.iter().flat_map(|(_, line)| line.iter());
            let points: Vec<LonLat> = points.map(|[lon, lat]| [beside(*lon, middle), *lat]).collect();
            Outline { code: &country.code, middle, bounds: Bounds::of(&points), lines }
        };
        map.countries.iter().map(outline).collect()
    })
}

/// The code of the country whose land a point is on; `None` at sea, in Antarctica, and on land that the map counts to
/// none.
pub(crate) fn country_at(point: LonLat) -> Option<&'static str> {
    let found = outlines().iter().find(|outline| outline.holds(point))?;
    (point[1] > ANTARCTIC).then_some(found.code)
}

/// Whether a point is on the land of a country.
pub(crate) fn is_in(code: &str, point: LonLat) -> bool {
    outlines().iter().find(|outline| outline.code == code).is_some_and(|outline| outline.holds(point))
}

/// The distance in km of a point from a country's land; 0 on it, `None` if the map does not show the country.
pub(crate) fn km_from(code: &str, point: LonLat) -> Option<f64> {
    let code = PART_OF.iter().find(|(part, _)| *part == code).map_or(code, |(_, of)| of);
    let outline = outlines().iter().find(|outline| outline.code == code)?;
    if point[1] <= ANTARCTIC || code == "AQ" {
        return None;
    }
    match outline.holds(point) {
        true => Some(0.0),
        false => nearest(point, outline.lines.iter().map(|(_, line)| *line)).map(|(_, km)| km),
    }
}

/// The country whose land is nearest to a point.
pub(crate) fn nearest_to(point: LonLat) -> Option<&'static str> {
    let near = outlines().iter().filter_map(|outline| Some((km_from(outline.code, point)?, outline.code)));
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, code)| code)
}

/// Whether a point in one country may be said to be in the other: one is the other's territory, or both claim the area.
pub(crate) fn is_shared(code: &str, other: &str, point: LonLat) -> bool {
    let owners = |code: &str| {
        OF.iter().filter(move |(of, _)| *of == code).map(|(_, owner)| *owner).collect::<Vec<_>>()
    };
    let (ours, theirs) = (owners(code), owners(other));
    let is_own =
        ours.contains(&other) || theirs.contains(&code) || ours.iter().any(|owner| theirs.contains(owner));
    is_own || disputed(point).any(|claimants| claimants.contains(&code) && claimants.contains(&other))
}

/// Whether a country is among those that claim the area around a point.
pub(crate) fn is_disputed(code: &str, point: LonLat) -> bool {
    disputed(point).any(|claimants| claimants.contains(&code))
}

fn disputed([lon, lat]: LonLat) -> impl Iterator<Item = &'static [&'static str]> {
    let holds = move |[west, south, east, north]: [f64; 4]| {
        (west..=east).contains(&lon) && (south..=north).contains(&lat)
    };
    DISPUTED.iter().filter(move |(_, area)| holds(*area)).map(|(claimants, _)| *claimants)
}

impl Outline {
    /// Whether a point is inside: a ray to the west crosses the outline an odd number of times. It does not matter
    /// for this in which order the lines are.
    fn holds(&self, point: LonLat) -> bool {
        let point = [beside(point[0], self.middle), point[1]];
        let Bounds { west, south, east, north } = self.bounds;
        if !(west..=east).contains(&point[0]) || !(south..=north).contains(&point[1]) {
            return false;
        }
        let crosses = |pair: &[LonLat]| {
            let ([from, low], [to, high]) = (pair[0], pair[1]);
            let meets = || {
                let from = beside(from, self.middle);
                from + (point[1] - low) / (high - low) * (beside(to, from) - from)
            };
            (low > point[1]) != (high > point[1]) && meets() < point[0]
        };
        let lines = self.lines.iter().filter(|(bounds, _)| (bounds.south..=bounds.north).contains(&point[1]));
        lines.flat_map(|(_, line)| line.windows(2)).filter(|pair| crosses(pair)).count() % 2 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_in_their_countries() {
        for (code, lat, lon) in [
            ("LB", 33.89, 35.50),
            ("MZ", -19.84, 34.84),
            ("RU", 64.73, 177.51),  // Anadyr
            ("RU", 66.16, -169.81), // Uelen, beyond the antimeridian
            ("US", 51.88, -176.65), // Adak
            ("FJ", -16.78, 179.34),
            ("LS", -29.31, 27.48), // within South Africa
            ("ZA", -25.75, 28.19),
            ("GF", 4.94, -52.33),
            ("ID", -6.18, 106.83),
            ("CL", -53.16, -70.91),
        ] {
            assert!(km_from(code, [lon, lat]).is_some_and(|km| km < 3.0), "{code} {lat} {lon}");
        }
        assert_eq!(country_at([104.85, 9.97]), None, "the far end of a ray is in Colombia");
        assert_eq!((country_at([-15.0, 40.0]), country_at([0.0, -85.0])), (None, None));
        assert_eq!(nearest_to([-15.0, 40.0]), Some("PT"));
        assert_eq!((km_from("XX", [0.0, 0.0]), km_from("AQ", [0.0, -80.0])), (None, None));
    }

    #[test]
    fn no_side_is_taken() {
        for (code, lat, lon) in [
            ("UA", 44.61, 33.52), // Sevastopol
            ("RU", 44.61, 33.52),
            ("UA", 48.0, 37.8), // Donetsk
            ("RU", 48.0, 37.8),
            ("IN", 34.08, 74.8), // Srinagar
            ("PK", 34.08, 74.8),
            ("EH", 27.14, -13.19), // Laayoune
            ("MA", 27.14, -13.19),
            ("SO", 9.56, 44.06),  // Hargeysa
            ("IL", 32.11, 35.18), // Ariel
            ("PS", 31.78, 35.23), // Jerusalem
            ("IL", 31.78, 35.23),
            ("CY", 35.34, 33.32),  // Kyrenia
            ("CN", 9.55, 112.89),  // Fiery Cross
            ("PH", 11.05, 114.28), // Thitu
            ("TW", 25.03, 121.56),
            ("CN", 25.03, 121.56),
            ("US", 18.47, -66.11), // San Juan
            ("PR", 18.47, -66.11),
            ("SD", 4.85, 31.58),  // Juba
            ("RS", 42.66, 21.17), // Pristina
            ("XK", 42.66, 21.17),
            ("AR", -51.7, -57.85), // Stanley
            ("GB", -51.7, -57.85),
            ("GY", 6.8, -59.9),
            ("VE", 6.8, -59.9),
            ("KZ", 45.62, 63.32), // Baikonur
        ] {
            let point = [lon, lat];
            let is_there = match (country_at(point), km_from(code, point)) {
                (_, None | Some(0.0)) => true,
                (Some(other), _) => is_shared(code, other, point),
                (None, Some(km)) => km < 10.0 || is_disputed(code, point),
            };
            assert!(is_there, "{code} {lat} {lon}: {:?}", country_at(point));
        }
    }
}

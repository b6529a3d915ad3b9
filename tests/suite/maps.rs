//! Drawn maps: whatever the route, every stop is in the picture, no line runs across all of it, no two names overlap.

use std::sync::Arc;

use dossier::geo::Line;
use dossier::geo::gazetteer::Tongue;
use dossier::map::frame::View;
use dossier::map::{Leg, Size, Spec, Stop, Words, draw};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// What a drawing holds: the names' boxes are not in it, so they are measured as the program measures them.
struct Drawing {
    width: f64,
    height: f64,
    svg: String,
    /// The numbers of the stops whose names have no room.
    key: Vec<(String, usize)>,
}

fn spec(points: &[[f64; 2]], labels: &[&str], modes: &[&'static str]) -> Spec {
    let stop = |(at, point): (usize, &[f64; 2])| Stop {
        at: *point,
        label: labels[at % labels.len()].to_owned(),
        number: Some((at + 1).to_string()),
        count: 1,
        href: format!("places/{at}.html"),
    };
    let leg = |(at, pair): (usize, &[[f64; 2]])| Leg {
        line: Arc::new(Line::between(pair[0], pair[1], false)),
        mode: modes[at % modes.len()],
        inferred: at % 2 == 1,
        number: at + 1,
        notes: vec![format!("September {at} · 1,200 km · Somebody"), "1,200 km".into()],
        title: format!("leg {at}"),
        href: Some(format!("#leg-{at}")),
    };
    Spec {
        key: "map".into(),
        title: "a & b".into(),
        description: "<c>".into(),
        stops: points.iter().enumerate().map(stop).collect(),
        legs: points.windows(2).enumerate().map(leg).collect(),
        insets: true,
        apart: false,
        skipped: false,
    }
}

fn drawings(spec: &Spec) -> Vec<Drawing> {
    let words = Words {
        country: &|code| code.to_owned(),
        kilometres: &|km| format!("{km:.0} km"),
        ordinal: &|number| number.to_string(),
        tongue: Tongue::of("en", true),
    };
    let size = |size: Size| {
        let dossier::map::Drawing { svg, keys } = draw(spec, &words, &[size]);
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
        let panel = |name| document.root_element().attribute(name).unwrap().parse().unwrap();
        let overview = document.root_element().children().find(|node| node.has_tag_name_any("svg"));
        let nested = overview.filter(|node| node.attribute("class").is_none());
        let height =
            nested.map_or_else(|| panel("height"), |node| node.attribute("height").unwrap().parse().unwrap());
        Drawing {
            width: panel("width"),
            height,
            svg: svg.clone(),
            key: keys.into_iter().flat_map(|(_, left)| left.stops).collect(),
        }
    };
    [Size::WIDE, Size::COLUMN, Size::NARROW].map(size).into()
}

/// The nodes of the overview: those of insets are placed in pictures of their own.
fn overview<'a>(document: &'a roxmltree::Document<'a>) -> impl Iterator<Item = roxmltree::Node<'a, 'a>> {
    document
        .descendants()
        .filter(|node| !node.ancestors().any(|node| node.attribute("class") == Some("inset")))
}

trait Named {
    fn has_tag_name_any(&self, name: &str) -> bool;
}

impl Named for roxmltree::Node<'_, '_> {
    fn has_tag_name_any(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn number(node: &roxmltree::Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap_or_else(|| panic!("no `{name}`")).parse().unwrap()
}

fn check(spec: &Spec) {
    for Drawing { width, height, svg, key } in drawings(spec) {
        let document = roxmltree::Document::parse(&svg).unwrap();
        // The lines of one name belong together.
        let mut names: Vec<([f64; 4], Option<roxmltree::NodeId>)> = Vec::new();
        let (mut dots, mut named, mut arrows) = (0, 0, 0);
        let mut places: Vec<[f64; 3]> = Vec::new();
        for node in overview(&document) {
            let class = node.attribute("class").unwrap_or_default();
            let in_stop = || node.parent().is_some_and(|parent| parent.attribute("class") == Some("stop"));
            let in_arrow =
                || node.parent().is_some_and(|parent| parent.attribute("class") == Some("stop apart"));
            if class == "name" && in_arrow() {
                arrows += 1;
            }
            if node.has_tag_name_any("circle") && in_stop() {
                let (x, y) = (number(&node, "cx"), number(&node, "cy"));
                assert!(
                    (0.0..=width).contains(&x) && (0.0..=height).contains(&y),
                    "a stop at {x}, {y} of {width}, {height}"
                );
                dots += 1;
                places.push([x, y, number(&node, "r")]);
            }
            if class == "name" && in_stop() {
                named += 1;
            }
            let in_landmarks = || {
                node.ancestors()
                    .filter_map(|node| node.attribute("class"))
                    .any(|class| class == "landmarks" || class.starts_with("told "))
                    && node.has_tag_name_any("text")
            };
            if node.has_tag_name_any("circle") && !in_stop() && node.attribute("cx").is_some() {
                places.push([number(&node, "cx"), number(&node, "cy"), number(&node, "r")]);
            }
            if ["name", "name key", "far"].contains(&class) || in_landmarks() {
                let font = number(&document.root_element(), "font-size");
                let font = match node.attribute("font-size") {
                    Some(own) => own.parse().unwrap(),
                    None if class == "name key" => font * 0.74,
                    None if in_arrow() => font * 0.86,
                    None => font,
                };
                let wide = dossier::map::labels::width(node.text().unwrap_or_default()) * font;
                let x = number(&node, "x")
                    - match node.attribute("text-anchor") {
                        Some("end") => wide,
                        Some(_) => wide / 2.0,
                        None => 0.0,
                    };
                let y = number(&node, "y");
                let name = [x, y - font * 0.95, x + wide, y + font * 0.3];
                assert!(
                    name[0] >= 0.0 && name[2] <= width + 0.2 && name[1] >= -0.2 && name[3] <= height + 0.2,
                    "{name:?} leaves the picture"
                );
                let water = node.parent().filter(|parent| parent.attribute("class") == Some("water"));
                names.push((name, water.map(|water| water.id())));
            }
        }
        // Every place is a dot or an arrow, and has its name on the map or in the list below it.
        let apart = spec.stops.len() - dots;
        assert!(spec.apart || apart == 0, "{apart} places are not on the map");
        assert_eq!(named + arrows + key.len(), spec.stops.len(), "{key:?}");
        for (number, _) in &key {
            assert!(
                key.iter().filter(|(other, _)| other == number && !number.is_empty()).count() <= 1,
                "{key:?}"
            );
        }
        for (a, _) in &names {
            for [x, y, r] in &places {
                // Half a pixel for rounding, and the part of a line of text above and below its letters.
                let dx = (x - x.clamp(a[0], a[2])).abs();
                let dy = (y - y.clamp(a[1] + 3.0, a[3] - 2.0)).abs();
                assert!(dx.hypot(dy) > r - 1.0, "{a:?} lies on the point {x}, {y}");
            }
        }
        for (at, (a, whole)) in names.iter().enumerate() {
            for (b, _) in names[at + 1..].iter().filter(|(_, other)| whole.is_none() || other != whole) {
                let meets = a[0] < b[2] - 0.2 && b[0] < a[2] - 0.2 && a[1] < b[3] - 0.2 && b[1] < a[3] - 0.2;
                assert!(!meets, "{a:?} and {b:?} overlap");
            }
        }
        let packed = svg.len() / 3;
        assert!(packed < 60_000, "{} bytes", svg.len());
    }
}

/// The part of the points that are in the middle half of the frame: in a rectangle around its middle, of its shape and
/// half its area.
fn in_the_middle(points: &[[f64; 2]], width: f64, height: f64) -> f64 {
    let near = |value: f64, size: f64| (value - size / 2.0).abs() <= size / 2.0 * 0.5_f64.sqrt();
    let inside = points.iter().filter(|[x, y]| near(*x, width) && near(*y, height)).count();
    inside as f64 / points.len() as f64
}

/// The points of a leg stand close together over the Earth, so they do in a picture, unless it tears a line.
fn check_lines(spec: &Spec) {
    let view = View::of(spec);
    for size in [Size::WIDE, Size::NARROW] {
        let frame = view.fit(&size, [40.0, 30.0]);
        for part in
            spec.legs.iter().flat_map(|leg| frame.line(&leg.line.points)).filter(|part| part.len() > 8)
        {
            let steps = part.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]));
            let longest = steps.fold(0.0, f64::max);
            assert!(
                longest < size.width * 0.45,
                "a step of {longest} pixels of {}, by {:?}",
                size.width,
                frame.projection
            );
        }
    }
}

const LABELS: [&str; 8] = [
    "Najin",
    "Tikhoretsk",
    "ميناء رأس عيسى",
    "ท่าเรือแหลมฉบัง",
    "나진항",
    "東京",
    "Port of Vostochny, the port",
    "A",
];
const MODES: [&str; 6] = ["sea", "rail", "road", "air", "river", "pipeline"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_route_is_drawn(
        centre in (-180.0..180.0_f64, -85.0..85.0_f64),
        spread in prop_oneof![0.01..0.5_f64, 0.5..10.0, 10.0..90.0, 90.0..180.0],
        offsets in prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 1..9),
    ) {
        let points: Vec<[f64; 2]> = offsets
            .iter()
            .map(|(x, y)| {
                let lon = dossier::geo::beside(centre.0 + x * spread, 0.0).clamp(-180.0, 180.0);
                [lon, (centre.1 + y * spread * 0.6).clamp(-90.0, 90.0)]
            })
            .collect();
        let spec = spec(&points, &LABELS, &MODES);
        check(&spec);
        check_lines(&spec);
    }
}

/// A dossier's places as they are: most in one region, some of them on a route, a few anywhere.
fn story(region: (f64, f64), spread: f64, near: &[(f64, f64)], far: &[(f64, f64)], legs: usize) -> Spec {
    let place = |(x, y): &(f64, f64)| {
        let lon = dossier::geo::beside(region.0 + x * spread, 0.0);
        [lon, (region.1 + y * spread * 0.6).clamp(-85.0, 85.0)]
    };
    let mut points: Vec<[f64; 2]> = near.iter().map(place).collect();
    let route = points.clone();
    points.extend(far.iter().map(|(lon, lat)| [*lon, *lat]));
    let mut spec = spec(&points, &LABELS, &MODES);
    spec.apart = true;
    spec.legs = self::spec(&route[..legs.min(route.len())], &LABELS, &MODES).legs;
    spec.stops.iter_mut().for_each(|stop| stop.number = None);
    spec
}

/// How many random dossiers are drawn; tests/long/maps asks for more.
fn dossiers() -> u32 {
    std::env::var("MAP_DOSSIERS").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

/// A random dossier: what `story` takes.
type Dossier = ((f64, f64), f64, Vec<(f64, f64)>, Vec<(f64, f64)>, usize);

fn dossier() -> impl Strategy<Value = Dossier> {
    (
        (-180.0..180.0_f64, -60.0..65.0_f64),
        prop_oneof![0.2..2.0_f64, 2.0..12.0, 12.0..40.0],
        prop::collection::vec((-1.0..1.0_f64, -1.0..1.0_f64), 4..14),
        prop::collection::vec((-180.0..180.0_f64, -75.0..80.0_f64), 0..4),
        0..5_usize,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: dossiers(), max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every place has a name, an arrow or a number; nothing lies on anything else or leaves the frame.
    #[test]
    fn the_map_of_any_dossier_is_of_its_story((region, spread, near, far, legs) in dossier()) {
        check(&story(region, spread, &near, &far, legs));
    }
}

/// What matters, the route and most of the places, is in the middle of the frame. Which drawing a reader sees depends
/// on the width of the screen, and what is true of a drawing is true of it at any size.
#[test]
fn the_middle_half_of_any_map_holds_what_matters() {
    let mut runner = TestRunner::deterministic();
    let screens = [(320, Size::NARROW), (390, Size::NARROW), (768, Size::WIDE), (1400, Size::WIDE)];
    let mut shares: Vec<Vec<f64>> = vec![Vec::new(); screens.len()];
    for _ in 0..dossiers() {
        let (region, spread, near, far, legs) = dossier().new_tree(&mut runner).unwrap().current();
        let spec = story(region, spread, &near, &far, legs);
        let mut matters: Vec<[f64; 2]> = spec.stops[..near.len()].iter().map(|stop| stop.at).collect();
        matters.extend(spec.legs.iter().flat_map(|leg| leg.line.points.iter().copied().step_by(8)));
        let view = View::of(&spec);
        for ((_, size), shares) in screens.iter().zip(&mut shares) {
            let frame = view.fit(size, size.room());
            let points: Vec<[f64; 2]> = matters.iter().map(|point| frame.place(*point)).collect();
            shares.push(in_the_middle(&points, frame.size[0], frame.size[1]));
        }
    }
    for ((screen, _), shares) in screens.iter().zip(&mut shares) {
        shares.sort_by(f64::total_cmp);
        let most = shares.iter().filter(|share| **share > 0.5).count();
        let (count, median) = (shares.len(), shares[shares.len() / 2]);
        println!(
            "{screen} px: of {count} maps, {most} have most of what matters in their middle half; median {median:.2}"
        );
        assert!(most * 100 >= count * 95, "{screen} px: {shares:?}");
    }
}

#[test]
fn one_place_far_away_does_not_make_a_map_of_the_world() {
    let near = [(0.0, 0.0), (0.5, 0.2), (-0.7, 0.4), (0.3, -0.6), (1.0, 0.9), (-0.9, -0.8)];
    let spec = story((130.0, 40.0), 6.0, &near, &[(-77.0, 38.9)], 2);
    for Drawing { width, height, svg, .. } in drawings(&spec) {
        let document = roxmltree::Document::parse(&svg).unwrap();
        let arrows: Vec<String> = document
            .descendants()
            .filter(|node| node.attribute("class") == Some("stop apart"))
            .map(|node| node.descendants().filter_map(|text| text.text()).collect())
            .collect();
        assert!(matches!(arrows.as_slice(), [one] if one.contains("km")), "{arrows:?}");
        let dots: Vec<[f64; 2]> = overview(&document)
            .filter(|node| node.has_tag_name_any("circle") && node.attribute("cx").is_some())
            .map(|node| [number(&node, "cx"), number(&node, "cy")])
            .collect();
        let reach = |axis: usize| {
            let all = || dots.iter().map(|dot| dot[axis]);
            all().fold(f64::MIN, f64::max) - all().fold(f64::MAX, f64::min)
        };
        // In one direction they fill the frame.
        assert!(reach(0) > width * 0.5 || reach(1) > height * 0.5, "{dots:?} of {width}, {height}");
    }
}

/// A line whose path nobody knows is an arc between its ends, and no road that somebody took.
#[test]
fn an_unknown_path_is_an_arc() {
    let points = [[130.29, 42.25], [40.125, 45.855]];
    for mode in ["rail", "road", "sea"] {
        for Drawing { svg, .. } in drawings(&spec(&points, &LABELS, &[mode])) {
            assert!(svg.contains(&format!("leg leg-{mode} unknown")), "{svg}");
            assert!(!svg.contains("class=\"ties\"") && !svg.contains("class=\"core\""));
        }
    }
    let mut spec = spec(&[[130.29, 42.25], [132.338, 42.88]], &LABELS, &["sea"]);
    spec.legs[0].line = Arc::new(Line::between([130.29, 42.25], [132.338, 42.88], true));
    assert!(drawings(&spec)[0].svg.contains("leg leg-sea computed"));
}

#[test]
fn the_ends_of_the_earth() {
    let routes: [&[[f64; 2]]; 9] = [
        &[[0.0, 0.0]],
        &[[10.0, 10.0], [10.0, 10.0]],
        &[[0.0, 90.0], [0.0, -90.0]],
        &[[0.0, 90.0], [120.0, 80.0], [-60.0, 85.0]],
        &[[180.0, 10.0], [-180.0, 10.0]],
        &[[179.5, -17.0], [-179.5, -16.0], [178.0, -18.0]],
        &[[0.0, 0.0], [179.9, 0.1]],
        &[[-70.0, -88.0], [110.0, -88.0]],
        &[[130.29, 42.25], [132.338, 42.88], [40.125, 45.855]],
    ];
    for route in routes {
        let spec = spec(route, &LABELS, &MODES);
        check(&spec);
        check_lines(&spec);
    }
}

#[test]
fn five_hundred_legs() {
    let points: Vec<[f64; 2]> =
        (0..501).map(|at| [f64::from(at * 37 % 360) - 180.0, f64::from(at * 53 % 140) - 70.0]).collect();
    let spec = spec(&points, &["Port"], &["sea"]);
    for Drawing { svg, .. } in drawings(&spec) {
        assert!(roxmltree::Document::parse(&svg).is_ok() && svg.len() < 250_000, "{}", svg.len());
    }
}

#[test]
fn nothing_is_no_map() {
    let words = Words {
        country: &|code| code.to_owned(),
        kilometres: &|km| km.to_string(),
        ordinal: &|number| number.to_string(),
        tongue: Tongue::of("en", true),
    };
    assert_eq!(draw(&Spec::default(), &words, &[Size::WIDE]).svg, "");
}

/// The way by water that is offered in the place of a path over land is one.
#[test]
fn what_is_offered_for_a_path_over_land_follows_the_water() {
    use dossier::session::{Options, Snapshot};
    use dossier::world::memory::MemoryWorld;

    let place = |title: &str, at: &str| format!("---\ntitle: {title}\ncoordinates: {at}\n---\n");
    let taken = |route: &str| {
        let world = MemoryWorld::new()
            .with("dossier.toml", "")
            .with("content/places/najin.md", place("Najin", "[42.2, 130.3]"))
            .with("content/places/dunay.md", place("Dunay", "[42.88, 132.35]"))
            .with("content/routes/r.md", route);
        let snapshot = Snapshot::take(std::sync::Arc::new(world), &Options::default());
        let mut all = snapshot.diagnostics().iter();
        all.find(|found| found.code == "sea-leg-on-land")
            .map(|found| (found.message.clone(), found.choices.clone()))
    };
    let route = "---\ntitle: R\nlegs:\n  - {from: najin, to: dunay, mode: sea, path: [[43.9, 130.6]]}\n---\n";
    let (_, choices) = taken(route).unwrap();
    let edits: Vec<&_> = choices[0].edits.iter().collect();
    let mended = dossier::world::edit::apply(route, &edits).0;
    assert_eq!(taken(&mended), None, "{mended}");
}

/// A class that the style sheet of pages hides on every page must not be one of a map: lines of maps were gone for that.
#[test]
#[expect(clippy::disallowed_methods, reason = "it reads the theme of the repository")]
fn no_rule_for_pages_hides_what_a_map_draws() {
    let sheet = |name: &str| {
        let path = format!("{}/themes/default/assets/{name}.css", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    let (pages, maps) = (sheet("style"), sheet("map"));
    let mut hidden = Vec::new();
    for rule in pages.split('}') {
        let Some((selectors, declared)) = rule.rsplit_once('{') else { continue };
        if declared.contains("display: none") || declared.contains("visibility: hidden") {
            hidden.extend(selectors.lines().last().unwrap_or_default().split(',').map(str::trim));
        }
    }
    assert!(
        hidden.contains(&".noted .bare") && hidden.contains(&".noteref"),
        "the sheet is read: {hidden:?}"
    );
    let is_class =
        |selector: &str| selector.starts_with('.') && !selector[1..].contains([' ', '.', ':', '[', '>']);
    let ends = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is_in_maps =
        |class: &str| maps.match_indices(class).any(|(at, _)| ends(maps[at + class.len()..].chars().next()));
    let both: Vec<&&str> =
        hidden.iter().filter(|selector| is_class(selector) && is_in_maps(selector)).collect();
    assert!(both.is_empty(), "{both:?}");
}

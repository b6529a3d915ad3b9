//! The positions and lines of an entity, for the geographic data formats.

use std::collections::BTreeSet;

use crate::course::position;
use crate::geo::antimeridian::cut;
use crate::geo::geodesic::length;
use crate::geo::{Course, LonLat};
use crate::kinds::words::Certainty;
use crate::kinds::{Place, Route};
use crate::link::{EntityIx, layout};
use crate::reader::Site;

/// Positions and lines that belong together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Survey {
    /// The title of what was surveyed.
    pub title: String,
    /// The places, without duplicates.
    pub places: Vec<Position>,
    /// The lines, in the order of travel.
    pub lines: Vec<Segment>,
}

/// The position of a place.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    /// The id of the place.
    pub id: String,
    pub title: String,
    /// Its titles in the other languages of the site, by language.
    pub titles: Vec<(String, String)>,
    /// The address of its page.
    pub url: String,
    pub at: LonLat,
}

/// A leg of a route, or the gaps in its path.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The id of the route.
    pub route: String,
    /// Its number in the route, from 1.
    pub number: usize,
    /// The names of both ends.
    pub title: String,
    /// The ids of both ends.
    pub ends: [String; 2],
    /// The means of transport.
    pub mode: &'static str,
    /// `reported` or `inferred`.
    pub certainty: &'static str,
    /// The start and end dates (EDTF).
    pub dates: [Option<String>; 2],
    /// The address of the route's page.
    pub url: String,
    /// Whether these are the gaps of a leg's path, which is another segment.
    pub is_gap: bool,
    /// How its lines were determined, as a keyword.
    pub course: &'static str,
    /// Its lines, cut at the antimeridian; each has two points at least.
    pub parts: Vec<Vec<LonLat>>,
    /// The distance between the ends of the leg, in km.
    pub direct_km: f64,
    /// The length of its lines, in km.
    pub km: f64,
}

/// How a line was determined, as a keyword.
fn keyword(course: Course) -> &'static str {
    match course {
        Course::Given => "given",
        Course::Seaway => "computed by water",
        Course::Shortest | Course::NoSeaway => "shortest line",
    }
}

/// Lines, cut at the antimeridian. A line between two stops at the same point has two equal points.
fn parts(stretches: &[&[LonLat]]) -> Vec<Vec<LonLat>> {
    let mut parts: Vec<Vec<LonLat>> = stretches.iter().flat_map(|stretch| cut(stretch)).collect();
    if let (true, Some(stretch)) = (parts.is_empty(), stretches.first()) {
        parts.push(stretch.first().into_iter().chain(stretch.last()).copied().collect());
    }
    parts
}

impl Site<'_> {
    /// The positions and lines of an entity, or of all entities if `of` is `None`.
    pub(crate) fn survey(&self, of: Option<EntityIx>) -> Survey {
        let mut survey = Survey::default();
        let mut places = BTreeSet::new();
        match of {
            Some(ix) => {
                survey.title = self.reader(0).preview(ix).title.clone();
                self.add_survey(ix, &mut survey, &mut places);
            }
            None => {
                survey.title = self.reader(0).text(&self.config().title);
                self.graph().iter().for_each(|(ix, _)| self.add_survey(ix, &mut survey, &mut places));
            }
        }
        survey
    }

    fn add_survey(&self, ix: EntityIx, survey: &mut Survey, places: &mut BTreeSet<EntityIx>) {
        let entity = self.graph().entity(ix);
        let mut add = |reference: &str| {
            let place = self.graph().by_id(reference)?;
            let at = position(self.graph(), reference)?;
            if places.insert(place) {
                survey.places.push(self.position_of(place, at));
            }
            Some(self.reader(0).preview(place).title.clone())
        };
        if entity.as_kind::<Place>().is_some() {
            add(entity.id.as_str());
        }
        let Some(route) = entity.as_kind::<Route>() else { return };
        let lines = self.courses().lines(self.graph(), ix);
        for (number, (leg, line)) in route.legs.iter().zip(&*lines).enumerate() {
            let (Some(from), Some(to), Some(line)) = (add(&leg.from.id), add(&leg.to.id), line) else {
                continue;
            };
            let [known, gaps] = line.stretches();
            let gaps_km = gaps.iter().map(|gap| length(gap)).sum::<f64>();
            let segment = Segment {
                route: entity.id.to_string(),
                number: number + 1,
                title: format!("{from} – {to}"),
                ends: [leg.from.id.clone(), leg.to.id.clone()],
                mode: leg.mode.word(),
                certainty: leg.certainty.word(),
                dates: [&leg.departed, &leg.arrived]
                    .map(|date| date.as_ref().map(|date| date.value.to_string())),
                url: self.address(ix),
                is_gap: false,
                course: keyword(line.course),
                parts: parts(&known),
                direct_km: line.direct_km,
                km: line.km - gaps_km,
            };
            let gap = (!gaps.is_empty()).then(|| Segment {
                certainty: Certainty::Inferred.word(),
                is_gap: true,
                course: keyword(Course::Shortest),
                parts: parts(&gaps),
                km: gaps_km,
                ..segment.clone()
            });
            survey.lines.extend([segment].into_iter().filter(|segment| !segment.parts.is_empty()).chain(gap));
        }
    }

    fn position_of(&self, ix: EntityIx, at: LonLat) -> Position {
        let title = |lang: usize| self.reader(lang).preview(ix).title.clone();
        let others = self.locales().iter().enumerate().skip(1);
        Position {
            id: self.graph().entity(ix).id.to_string(),
            title: title(0),
            titles: others.map(|(lang, locale)| (locale.lang.to_string(), title(lang))).collect(),
            url: self.address(ix),
            at,
        }
    }

    fn address(&self, ix: EntityIx) -> String {
        let path = layout::page(self.graph(), self.graph().entity(ix), self.graph().default_language());
        format!("{}{}", self.config().base_url, layout::address(&path))
    }
}

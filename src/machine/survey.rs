//! The positions and lines of an entity, for the geographic data formats.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::course::position;
use crate::geo::{Course, Line, LonLat};
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

/// A leg of a route.
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
    /// The line, and how it was determined.
    pub line: Arc<Line>,
}

impl Segment {
    /// How the line was determined, as a keyword.
    pub(crate) fn course(&self) -> &'static str {
        match self.line.course {
            Course::Given => "given",
            Course::Seaway => "computed by water",
            Course::Shortest | Course::NoSeaway => "shortest line",
        }
    }
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
            survey.lines.push(Segment {
                route: entity.id.to_string(),
                number: number + 1,
                title: format!("{from} – {to}"),
                ends: [leg.from.id.clone(), leg.to.id.clone()],
                mode: leg.mode.word(),
                certainty: leg.certainty.word(),
                dates: [&leg.departed, &leg.arrived]
                    .map(|date| date.as_ref().map(|date| date.value.to_string())),
                url: self.address(ix),
                line: line.clone(),
            });
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

//! The lines of routes' legs, each computed on first use: from the author's path, by water, or the shortest.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use crate::base::path::InputPath;
use crate::geo::track::{self, Track};
use crate::geo::{Line, LonLat};
use crate::kinds::words::Mode;
use crate::kinds::{Leg, LegPath, Place, Route};
use crate::link::{Entity, EntityIx, Graph, Target, file_beside};
use crate::world::World;

/// The lines of a route, one for each leg; `None` if one of its ends is not a place with coordinates.
pub type Lines = Arc<[Option<Arc<Line>>]>;

/// The lines of all routes.
#[derive(Debug, Default)]
pub struct Courses {
    /// The contents of the files that legs name as their paths.
    tracks: BTreeMap<InputPath, Result<Track, String>>,
    routes: BTreeMap<EntityIx, OnceLock<Lines>>,
}

impl Courses {
    /// Reads the files of all paths; lines are computed later.
    pub fn of(graph: &Graph, world: &dyn World) -> Courses {
        let mut courses = Courses::default();
        for (ix, entity, route) in graph.all::<Route>() {
            courses.routes.insert(ix, OnceLock::new());
            for leg in &route.legs {
                let Some(path) = file(graph, entity, leg) else { continue };
                courses.tracks.entry(path).or_insert_with_key(|path| match world.read(path) {
                    Ok(bytes) => track::read(path.as_str(), &bytes),
                    Err(error) => Err(format!("it cannot be read: {error}")),
                });
            }
        }
        courses
    }

    /// The lines of a route.
    pub(crate) fn lines(&self, graph: &Graph, ix: EntityIx) -> Lines {
        let make = || {
            let entity = graph.entity(ix);
            let legs = entity.as_kind::<Route>().map_or(&[][..], |route| &route.legs);
            legs.iter().map(|leg| self.line(graph, entity, leg)).collect()
        };
        self.routes.get(&ix).map_or_else(|| Arc::from([]), |lines| lines.get_or_init(make).clone())
    }

    /// Why a leg's path cannot be used; `None` if it can, or if the leg names no existing file.
    pub(crate) fn trouble(&self, graph: &Graph, entity: &Entity, leg: &Leg) -> Option<String> {
        match &leg.path {
            Some(LegPath::Points(given)) => track::too_long(&points(given)),
            _ => self.tracks.get(&file(graph, entity, leg)?)?.as_ref().err().cloned(),
        }
    }

    fn line(&self, graph: &Graph, entity: &Entity, leg: &Leg) -> Option<Arc<Line>> {
        let (from, to) = (position(graph, &leg.from.id)?, position(graph, &leg.to.id)?);
        let path = self.path(graph, entity, leg).filter(|path| path.points().next().is_some());
        Some(match (path, &leg.path) {
            (Some(path), Some(LegPath::File(_))) => Arc::new(Line::along(from, to, &path)),
            (Some(path), _) => Arc::new(Line::via(from, to, &path)),
            (None, _) => known(from, to, leg.mode == Mode::Sea),
        })
    }

    /// The path that a leg gives, if it can be used.
    pub(crate) fn path(&self, graph: &Graph, entity: &Entity, leg: &Leg) -> Option<Cow<'_, Track>> {
        match leg.path.as_ref()? {
            LegPath::Points(written) => {
                let path = points(written);
                track::too_long(&path).is_none().then_some(Cow::Owned(path))
            }
            LegPath::File(_) => {
                let track = self.tracks.get(&file(graph, entity, leg)?)?;
                track.as_ref().ok().map(Cow::Borrowed)
            }
        }
    }
}

/// The points that an author wrote.
fn points(given: &[crate::base::point::Point]) -> Track {
    Track::of(given.iter().map(|point| [point.lon, point.lat]).collect())
}

fn file(graph: &Graph, entity: &Entity, leg: &Leg) -> Option<InputPath> {
    let Some(LegPath::File(name)) = &leg.path else { return None };
    match file_beside(graph, entity.path(), name) {
        Target::Asset(path) => Some(path),
        _ => None,
    }
}

/// The coordinates of the place with that id.
pub(crate) fn position(graph: &Graph, id: &str) -> Option<LonLat> {
    let place = graph.entity(graph.by_id(id)?).as_kind::<Place>()?;
    place.point().map(|point| [point.lon, point.lat])
}

/// The line between two places, without a path of a leg; `None` if one of them has no coordinates.
pub(crate) fn between(graph: &Graph, from: &str, to: &str, by_sea: bool) -> Option<Arc<Line>> {
    Some(known(position(graph, from)?, position(graph, to)?, by_sea))
}

/// The line between two points, cached across snapshots: it depends only on the points, and finding a sea
/// route takes milliseconds, for which an editor should not wait after each key.
fn known(from: LonLat, to: LonLat, by_sea: bool) -> Arc<Line> {
    type Key = ([u64; 4], bool);
    /// The size of the cache, larger than any one dossier needs.
    const MOST: usize = 20_000;
    static LINES: LazyLock<Mutex<HashMap<Key, Arc<Line>>>> = LazyLock::new(Mutex::default);
    let key = ([from[0], from[1], to[0], to[1]].map(f64::to_bits), by_sea);
    // A thread that panicked while holding the lock had inserted a whole line or none.
    let lines = || LINES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(line) = lines().get(&key) {
        return line.clone();
    }
    let line = Arc::new(Line::between(from, to, by_sea));
    let mut lines = lines();
    if lines.len() >= MOST {
        lines.clear();
    }
    lines.insert(key, line.clone());
    line
}

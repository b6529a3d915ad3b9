//! Recordings and documents: what a page shows of a file, and where a citation leads in it.

use std::collections::{BTreeMap, HashMap};

use super::{Reader, Site};
use crate::base::fragment::{self, Fragment, clock, iso_duration};
use crate::base::hash::hex;
use crate::base::id::Lang;
use crate::base::media::{Format, Sort, format_of, picture};
use crate::base::path::{InputPath, well_formed};
use crate::kinds::{Role, Source};
use crate::link::{Companions, EntityIx, Target, file_beside, layout};
use crate::shown::{CitedPlace, Duration, Located, Media, Track};

/// The source that each file is a copy of.
pub(crate) type Originals = HashMap<InputPath, EntityIx>;

/// The most places that the page of a source lists.
const MOST_PLACES: usize = 200;

impl Site<'_> {
    /// The source that a file is a copy of; the first if several say so.
    fn original(&self, path: &InputPath) -> Option<EntityIx> {
        let originals = self.originals.get_or_init(|| {
            let mut originals = Originals::new();
            for (ix, _, _) in self.graph.all::<Source>() {
                if let Some(path) = self.copy_of(ix) {
                    originals.entry(path).or_insert(ix);
                }
            }
            originals
        });
        originals.get(path).copied()
    }

    /// The published file that is a copy of a source.
    pub(crate) fn copy_of(&self, ix: EntityIx) -> Option<InputPath> {
        let entity = self.graph.entity(ix);
        let file = entity.as_kind::<Source>()?.file.as_ref()?;
        match file_beside(self.graph, entity.path(), file) {
            Target::Asset(path) if self.graph.files.published.contains(&path) => Some(path),
            _ => None,
        }
    }
}

/// Whether a page that embeds a file shows a player or a card, and not a picture.
pub(crate) fn is_media(path: &InputPath) -> bool {
    picture(path.extension()).is_none()
}

/// The path of a file on the site with the fragment that a link to it has.
pub(crate) fn with_fragment(path: &InputPath, fragment: Option<&str>) -> String {
    let encoded = layout::encoded(&layout::asset(path));
    let place = fragment.and_then(|fragment| Fragment::of_link(fragment, format_of(path.extension())?));
    match (place, fragment) {
        (Some(place), _) => format!("{encoded}#{place}"),
        (None, Some(fragment)) if !fragment.is_empty() => format!("{encoded}#{}", well_formed(fragment)),
        _ => encoded,
    }
}

impl Reader<'_> {
    /// The player or the card of a file. `words` are what the author calls it, and `fragment` where it starts.
    /// `None` if the file is not known.
    pub(crate) fn media(
        self,
        path: &InputPath,
        words: Option<&str>,
        fragment: Option<&str>,
    ) -> Option<Media> {
        self.media_of(path, words, fragment, self.site.original(path))
    }

    /// The copy of a source, for its page.
    pub(crate) fn source_media(self, ix: EntityIx) -> Option<Media> {
        let path = self.site.copy_of(ix)?;
        let media = self.media_of(&path, None, None, Some(ix))?;
        Some(Media { source: None, ..media })
    }

    fn media_of(
        self,
        path: &InputPath,
        words: Option<&str>,
        fragment: Option<&str>,
        source: Option<EntityIx>,
    ) -> Option<Media> {
        let copied = self.site.copied(path)?;
        let format = format_of(path.extension());
        let place = fragment.zip(format).and_then(|(fragment, format)| Fragment::of_link(fragment, format));
        let source = source.map(|ix| (ix, self.preview(ix).clone()));
        let foreign = source.as_ref().filter(|_| words.is_none()).filter(|(_, preview)| preview.foreign);
        let companions = Companions::of(&self.graph.assets, &self.graph.languages, path);
        let file = |path: &InputPath| layout::encoded(&layout::asset(path));
        let address = file(path);
        let title = match (words, &source) {
            (Some(words), _) => words.to_owned(),
            (None, Some((_, preview))) => preview.title.clone(),
            (None, None) => path.name().to_owned(),
        };
        let spoken =
            source.as_ref().and_then(|(ix, _)| self.graph.entity(*ix).as_kind::<Source>()?.language.as_ref());
        let pixels =
            copied.extent.pixels.filter(|_| format.is_none_or(|format| format.sort != Sort::Document));
        Some(Media {
            sort: sort(format),
            plays: format.is_some_and(|format| format.is_shown),
            fragment: place.map(|place| format!("#{place}")).unwrap_or_default(),
            place: place.map(|place| match place {
                Fragment::Time(start, _) => self.locale.digits(&clock(start)),
                Fragment::Page(page) => self.locale.number(f64::from(page)),
            }),
            title,
            lang: foreign.map(|(_, preview)| preview.lang.clone()),
            source: source.map(|(_, preview)| preview),
            format: path.extension().unwrap_or_default().to_uppercase(),
            media_type: format.map_or("application/octet-stream", |format| format.media_type),
            duration: copied.extent.seconds.map(|seconds| Duration {
                text: self.locale.digits(&clock(seconds)),
                iso: iso_duration(seconds),
                seconds: seconds as u64,
            }),
            pages: copied.extent.pages,
            width: pixels.map(|size| size.0),
            height: pixels.map(|size| size.1),
            sized: false,
            size: self.locale.size(copied.size),
            bytes: copied.size,
            sha256: hex(&copied.sum),
            cleaned: copied.is_cleaned,
            poster: companions.poster.as_ref().map(file),
            tracks: self.tracks(&companions, spoken),
            transcript: companions.transcript.as_ref().map(file),
            address: self.config.is_hosted().then(|| format!("{}{address}", self.config.base_url)),
            path: address,
        })
    }

    /// The captions of a recording in which `spoken` is spoken, if that is known.
    fn tracks(self, companions: &Companions, spoken: Option<&Lang>) -> Vec<Track> {
        let track = |(path, lang): &(InputPath, Option<Lang>)| {
            let lang = lang.as_ref().or(spoken).unwrap_or(self.graph.default_language());
            let is_foreign = spoken.is_some_and(|spoken| spoken != lang);
            Track {
                path: layout::encoded(&layout::asset(path)),
                kind: if is_foreign { "subtitles" } else { "captions" },
                lang: lang.to_string(),
                label: self.locale.language(lang.as_str()),
                on: is_foreign && *lang == self.locale.lang,
            }
        };
        companions.captions.iter().map(track).collect()
    }

    /// A place that a citation of a source names.
    pub(crate) fn located(self, source: EntityIx, text: &str) -> Located {
        let text = text.to_owned();
        if let Some(path) = self.site.copy_of(source) {
            let place = format_of(path.extension()).and_then(|format| Fragment::of_locator(&text, format));
            let fragment = place.map(|place| format!("#{place}"));
            let path = layout::encoded(&layout::asset(&path));
            let path = fragment.as_ref().map(|fragment| format!("{path}{fragment}"));
            return Located { text, path, address: None, fragment };
        }
        let address = self.opened_at(source, &text).map(|(address, _)| address);
        Located { text, path: None, address, fragment: None }
    }

    /// The address of a source that has no file here, at the place that a citation names.
    fn opened_at(self, source: EntityIx, locator: &str) -> Option<(String, Fragment)> {
        let url = self.graph.entity(source).as_kind::<Source>()?.url.as_ref()?;
        fragment::opened_at(url.as_str(), locator)
    }

    /// The places of a source's file that others cite, in the order of the file.
    pub(crate) fn cited_places(self, source: EntityIx) -> Vec<CitedPlace> {
        let copy = self.site.copy_of(source);
        let format = copy.as_ref().and_then(|path| format_of(path.extension()));
        if copy.is_some() && format.is_none() {
            return Vec::new();
        }
        let place_of = |text: &str| match format {
            Some(format) => Fragment::of_locator(text, format),
            None => self.opened_at(source, text).map(|(_, place)| place),
        };
        let mut places: BTreeMap<(u64, String), (String, Vec<EntityIx>)> = BTreeMap::new();
        for reference in self.graph.incoming(source).filter(|reference| reference.role == Role::Source) {
            for citation in &self.graph.entity(reference.from).common().sources {
                if self.graph.by_id(&citation.source.id) != Some(source) {
                    continue;
                }
                let Some(text) = &citation.locator else { continue };
                let place = place_of(text);
                if format.is_none() && place.is_none() {
                    continue;
                }
                let name = place.as_ref().map_or_else(|| text.clone(), ToString::to_string);
                let start = match place {
                    // In milliseconds, because numbers with a point have no order.
                    Some(Fragment::Time(start, _)) => (start * 1000.0) as u64,
                    Some(Fragment::Page(page)) => u64::from(page),
                    // One that does not say where it is comes last.
                    None => u64::MAX,
                };
                let by = &mut places.entry((start, name)).or_insert_with(|| (text.clone(), Vec::new())).1;
                if !by.contains(&reference.from) {
                    by.push(reference.from);
                }
            }
        }
        let place = |(_, (text, by)): (_, (String, Vec<EntityIx>))| CitedPlace {
            place: self.located(source, &text),
            by: by.into_iter().map(|ix| self.preview(ix).clone()).collect(),
        };
        places.into_iter().take(MOST_PLACES).map(place).collect()
    }
}

/// What a theme calls a sort of file.
fn sort(format: Option<&Format>) -> &'static str {
    match format.map(|format| format.sort) {
        Some(Sort::Video) => "video",
        Some(Sort::Sound) => "sound",
        Some(Sort::Picture) => "picture",
        Some(Sort::Document) => "document",
        Some(Sort::Data) | None => "data",
    }
}

//! Files → entities: an original and its translations become one.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use super::as_of::{Known, known};
use super::entity::{Edition, Entity};
use super::graph::{Misfit, MisfitKind, Withheld};
use super::names::names_in;
use crate::base::date::{Day, Edtf};
use crate::base::id::{EntityId, Lang};
use crate::base::path::{InputPath, folded};
use crate::base::span::Spanned;
use crate::kinds::KindId;
use crate::parse::Head;

/// The entities, and the files that belong to none.
pub(crate) struct Gathered {
    pub entities: Vec<Entity>,
    pub misfits: Vec<Misfit>,
    pub drafts: BTreeSet<String>,
    pub withheld: Vec<Withheld>,
    /// The ids of entities that were not yet known on the day shown.
    pub later: BTreeSet<String>,
}

impl Gathered {
    /// The titles and aliases of what is left out, normalised, each with its id.
    pub(crate) fn names_of_drafts(&self) -> BTreeMap<String, EntityId> {
        let editions = self.withheld.iter().map(|withheld| &withheld.edition);
        let left_out = editions.filter(|edition| self.drafts.contains(&*folded(edition.input.id.as_str())));
        left_out.flat_map(|edition| names_in(edition).map(|name| (name, edition.input.id.clone()))).collect()
    }
}

/// The owner of an id.
struct Place {
    kind: KindId,
    path: InputPath,
    /// `None` for what is left out.
    entity: Option<usize>,
    /// The index of its withheld original.
    withheld: Option<usize>,
}

/// Which files to include.
#[derive(Copy, Clone, Debug)]
pub struct Release {
    /// Whether to show drafts, and files under embargo.
    pub drafts: bool,
    /// The day of the release: an embargo that ends on it is over.
    pub today: Day,
    /// The day as of which the dossier is shown.
    pub as_of: Option<Day>,
}

impl Release {
    /// The future date that an original must wait for.
    fn embargo<'a>(&self, head: &'a Head) -> Option<&'a Spanned<Edtf>> {
        let date = head.data.as_ref()?.release(&head.common)?;
        // A month is over when it ends, and an hour counts as the day: rather too late than too early.
        let is_waiting = match head.common.embargo {
            Some(_) if !date.is_day() || date.has_time() => date.latest().is_none_or(|day| day >= self.today),
            _ => date.earliest().is_some_and(|day| day > self.today),
        };
        is_waiting.then_some(date)
    }
}

/// The ids of the sources that had not been published on the day that is shown: nobody had read what only they have.
fn later_sources(originals: &[File], release: &Release) -> BTreeSet<String> {
    let Some(day) = release.as_of else { return BTreeSet::new() };
    let sources = originals.iter().filter(|file| file.input.kind == KindId::Source);
    let later = sources.filter(|file| matches!(known(&file.parsed, KindId::Source, day), Known::Nothing));
    later.map(|file| folded(file.input.id.as_str()).into_owned()).collect()
}

/// Groups the editions of each entity.
pub(crate) fn gather(files: impl Iterator<Item = File>, languages: &[Lang], release: &Release) -> Gathered {
    let (originals, mut translations): (Vec<File>, Vec<File>) =
        files.partition(|file| file.input.lang == languages[0]);
    let mut gathered = Gathered {
        entities: Vec::with_capacity(originals.len()),
        misfits: Vec::new(),
        drafts: BTreeSet::new(),
        withheld: Vec::new(),
        later: BTreeSet::new(),
    };
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    let waiting = waiting(&originals, release);
    let later = later_sources(&originals, release);
    for mut file in originals {
        let (id, kind) = (file.input.id.clone(), file.input.kind);
        let key = folded(id.as_str()).into_owned();
        if let Some(place) = places.get(&key) {
            let first = place.path.clone();
            gathered.misfits.push(misfit(file, MisfitKind::Duplicate(first)));
            continue;
        }
        let parsed = file.parsed.clone();
        let embargo = release.embargo(&parsed.head);
        let until = embargo.or_else(|| with_its_articles(&parsed.head, &waiting));
        let is_left_out = !release.drafts && (parsed.head.is_draft() || until.is_some());
        let entity = (!is_left_out).then_some(gathered.entities.len());
        let withheld = is_left_out.then_some(gathered.withheld.len());
        places.insert(key.clone(), Place { kind, path: file.input.path.clone(), entity, withheld });
        if is_left_out {
            gathered.drafts.insert(key);
            let until = until.cloned().filter(|_| !parsed.head.is_draft());
            gathered.withheld.push(Withheld { edition: edition(file), until });
            continue;
        }
        let cited = &file.parsed.head.common.sources;
        let is_unread = || {
            kind == KindId::Claim
                && !cited.is_empty()
                && cited.iter().all(|cited| later.contains(&*folded(&cited.source.id)))
        };
        let known = match release.as_of {
            Some(_) if is_unread() => Known::Nothing,
            Some(day) => known(&file.parsed, kind, day),
            None => Known::All,
        };
        match known {
            Known::All => {}
            Known::Then(parsed) => file.parsed = parsed,
            Known::Nothing => {
                let path = file.input.path.clone();
                places.insert(key.clone(), Place { kind, path, entity: None, withheld: None });
                gathered.later.insert(key);
                continue;
            }
        }
        gathered.entities.push(Entity {
            id,
            kind,
            editions: vec![edition(file)],
            embargo: embargo.map(|date| date.value),
            status: None,
            references: Vec::new(),
        });
    }
    let rank = |lang: &Lang| languages.iter().position(|other| other == lang);
    translations.sort_by_key(|file| rank(&file.input.lang));
    for file in translations {
        match places.get(&*folded(file.input.id.as_str())) {
            Some(place) if place.kind == file.input.kind => {
                let Some(at) = place.entity else {
                    if let Some(original) = place.withheld {
                        let until = gathered.withheld[original].until.clone();
                        gathered.withheld.push(Withheld { edition: edition(file), until });
                    }
                    continue;
                };
                if !release.drafts && file.parsed.head.is_draft() {
                    gathered.withheld.push(Withheld { edition: edition(file), until: None });
                    continue;
                }
                let entity: &mut Entity = &mut gathered.entities[at];
                match entity.edition(&file.input.lang) {
                    Some(first) => {
                        let first = first.input.path.clone();
                        gathered.misfits.push(misfit(file, MisfitKind::Duplicate(first)));
                    }
                    None => entity.editions.push(edition(file)),
                }
            }
            _ => gathered.misfits.push(misfit(file, MisfitKind::NoOriginal)),
        }
    }
    gathered.withheld.sort_by(|a, b| a.edition.input.path.cmp(&b.edition.input.path));
    gathered
}

/// The texts that wait for a day, by their [folded] ids, each with its date.
fn waiting(originals: &[File], release: &Release) -> BTreeMap<String, Spanned<Edtf>> {
    let date = |file: &File| {
        let date = release.embargo(&file.parsed.head).filter(|_| !file.parsed.head.is_draft());
        Some((folded(file.input.id.as_str()).into_owned(), date?.clone()))
    };
    originals.iter().filter_map(date).collect()
}

/// The date for which an annotation waits because every text that it is about does.
fn with_its_articles<'a>(
    head: &Head,
    waiting: &'a BTreeMap<String, Spanned<Edtf>>,
) -> Option<&'a Spanned<Edtf>> {
    let targets = head.common.targets.iter().map(|target| waiting.get(&*folded(target.source.id.as_str())));
    targets.collect::<Option<Vec<_>>>()?.into_iter().min_by_key(|date| date.earliest())
}

fn edition(file: File) -> Edition {
    Edition { input: file.input, parsed: file.parsed, links: Vec::new() }
}

fn misfit(file: File, kind: MisfitKind) -> Misfit {
    Misfit { title: file.parsed.head.common.title.clone(), input: file.input, kind }
}

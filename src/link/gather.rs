//! Files → entities: an original and its translations are one.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use super::graph::{Edition, Entity, Misfit, MisfitKind};
use crate::base::id::{EntityId, Lang};
use crate::base::path::InputPath;
use crate::kinds::KindId;

/// The entities, and what became none.
pub struct Gathered {
    pub entities: Vec<Entity>,
    pub misfits: Vec<Misfit>,
    pub drafts: BTreeSet<EntityId>,
}

/// Whose an id is.
struct Place {
    kind: KindId,
    path: InputPath,
    /// `None` for a draft that is left out.
    entity: Option<usize>,
}

/// Brings the editions of each entity together.
pub fn gather(files: Vec<File>, languages: &[Lang], drafts: bool) -> Gathered {
    let (originals, mut translations): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| file.input.lang == languages[0]);
    let mut gathered = Gathered {
        entities: Vec::with_capacity(originals.len()),
        misfits: Vec::new(),
        drafts: BTreeSet::new(),
    };
    let mut places: BTreeMap<EntityId, Place> = BTreeMap::new();
    for file in originals {
        let (id, kind) = (file.input.id.clone(), file.input.kind);
        if let Some(place) = places.get(&id) {
            let first = place.path.clone();
            gathered.misfits.push(misfit(file, MisfitKind::Duplicate(first)));
            continue;
        }
        let is_left_out = file.parsed.head.common.draft && !drafts;
        let entity = (!is_left_out).then_some(gathered.entities.len());
        places.insert(id.clone(), Place { kind, path: file.input.path.clone(), entity });
        if is_left_out {
            gathered.drafts.insert(id);
            continue;
        }
        gathered.entities.push(Entity { id, kind, editions: vec![edition(file)] });
    }
    let rank = |lang: &Lang| languages.iter().position(|other| other == lang);
    translations.sort_by_key(|file| rank(&file.input.lang));
    for file in translations {
        match places.get(&file.input.id) {
            Some(place) if place.kind == file.input.kind => {
                let Some(at) = place.entity else { continue };
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
    gathered
}

fn edition(file: File) -> Edition {
    Edition { input: file.input, parsed: file.parsed, links: Vec::new() }
}

fn misfit(file: File, kind: MisfitKind) -> Misfit {
    Misfit { title: file.parsed.head.common.title.clone(), input: file.input, kind }
}

//! Files → entities: an original and its translations are one.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use super::graph::{Edition, Entity, Misfit, MisfitKind};
use crate::base::id::{EntityId, Lang};
use crate::kinds::KindId;

/// The entities, and what became none.
pub struct Gathered {
    pub entities: Vec<Entity>,
    pub misfits: Vec<Misfit>,
    pub drafts: BTreeSet<EntityId>,
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
    let mut places: BTreeMap<EntityId, (KindId, Option<usize>)> = BTreeMap::new();
    for file in originals {
        let (id, kind) = (file.input.id.clone(), file.input.kind);
        if let Some(&(_, first)) = places.get(&id) {
            let first =
                first.map_or_else(|| file.input.path.clone(), |at| gathered.entities[at].path().clone());
            gathered.misfits.push(misfit(file, MisfitKind::Duplicate(first)));
            continue;
        }
        if file.parsed.head.common.draft && !drafts {
            gathered.drafts.insert(id.clone());
            places.insert(id, (kind, None));
            continue;
        }
        places.insert(id.clone(), (kind, Some(gathered.entities.len())));
        gathered.entities.push(Entity { id, kind, editions: vec![edition(file)] });
    }
    let rank = |lang: &Lang| languages.iter().position(|other| other == lang);
    translations.sort_by_key(|file| rank(&file.input.lang));
    for file in translations {
        match places.get(&file.input.id) {
            Some(&(kind, place)) if kind == file.input.kind => {
                let Some(at) = place else { continue };
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

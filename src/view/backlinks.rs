//! Who refers to an entity: by kind, in which role, and in which sentence.

use std::ops::Range;
use std::sync::{Arc, PoisonError};

use super::Site;
use super::page::{Backlink, BacklinkGroup};
use crate::kinds::{KindId, Role};
use crate::link::{Edition, Entity, EntityIx, Reference, Target};
use crate::locale::Locale;
use crate::site::LONGEST_LIST;
use crate::site::referrers::is_shown;

/// Who refers to an entity, and the references, by their numbers among those that lead to it.
#[derive(Clone)]
pub struct Referrer {
    from: EntityIx,
    kind: KindId,
    references: Range<u32>,
}

/// Those who refer to an entity, in the order in which they are shown.
pub type Referrers = Arc<[Referrer]>;

/// The referrers of an entity that a reader of a language meets, in the order in which they are shown.
pub fn referrers(site: &Site<'_>, ix: EntityIx, lang: usize) -> Referrers {
    let is_long = site.graph.incoming(ix).len() > LONGEST_LIST;
    // Whoever panicked while holding it had inserted a whole list or none.
    let known = || site.referrers.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(list) = is_long.then(|| known().get(&(ix, lang)).cloned()).flatten() {
        return list;
    }
    let list = collect(site, ix, lang);
    if is_long {
        // It goes over many pages, and each would make it again.
        known().insert((ix, lang), list.clone());
    }
    list
}

fn collect(site: &Site<'_>, ix: EntityIx, lang: usize) -> Referrers {
    // References come in the order of those who make them, so that one referrer's stand together.
    let mut list: Vec<Referrer> = Vec::new();
    for (at, reference) in site.graph.incoming(ix).enumerate() {
        let from = site.graph.entity(reference.from);
        if reference.from == ix || !is_shown(from, from.edition_for(&site.locales[lang].lang), reference) {
            continue;
        }
        let at = at as u32;
        match list.last_mut().filter(|last| last.from == reference.from) {
            Some(last) => last.references.end = at + 1,
            None => list.push(Referrer { from: reference.from, kind: from.kind, references: at..at + 1 }),
        }
    }
    let orders = &site.shelves[lang].orders;
    list.sort_by_key(|referrer| (referrer.kind, orders.position(referrer.from)));
    list.into()
}

/// A part of the referrers of an entity, by kind.
pub fn groups(site: &Site<'_>, ix: EntityIx, lang: usize, part: usize) -> Vec<BacklinkGroup> {
    let list = referrers(site, ix, lang);
    let start = (part * LONGEST_LIST).min(list.len());
    let shown = &list[start..list.len().min(start + LONGEST_LIST)];
    let mut groups: Vec<BacklinkGroup> = Vec::new();
    for same in shown.chunk_by(|a, b| a.kind == b.kind) {
        let Some(kind) = same.first().map(|referrer| referrer.kind) else { continue };
        let total = list.iter().filter(|referrer| referrer.kind == kind).count();
        let items = same.iter().map(|referrer| backlink(site, ix, referrer, lang)).collect();
        groups.push(BacklinkGroup { kind: kind.name(), total, items });
    }
    groups
}

fn backlink(site: &Site<'_>, ix: EntityIx, referrer: &Referrer, lang: usize) -> Backlink {
    let from = site.graph.entity(referrer.from);
    let edition = from.edition_for(&site.locales[lang].lang);
    let mut roles: Vec<Role> = Vec::new();
    let mut words = None;
    let range = referrer.references.start as usize..referrer.references.end as usize;
    for reference in site.graph.incoming_at(ix, range).filter(|reference| is_shown(from, edition, reference))
    {
        if !roles.contains(&reference.role) {
            roles.push(reference.role);
        }
        if words.is_none() {
            words =
                sentence(site, edition, reference, lang).map(|words| (words, edition.input.lang.to_string()));
        }
    }
    // To be named in a sentence is no news where a stronger role is known.
    if roles.len() > 1 {
        roles.retain(|role| *role != Role::Mention);
    }
    let words = words.or_else(|| naming_summary(site, referrer.from, site.graph.entity(ix), lang));
    let (sentence, sentence_lang) = words.unzip();
    Backlink {
        card: site.shelves[lang].cards.get(referrer.from).clone(),
        role: role_words(&roles, &site.locales[lang]),
        sentence,
        sentence_lang,
    }
}

/// `says this · mentions this`
fn role_words(roles: &[Role], locale: &Locale) -> String {
    let words = locale.words("roles");
    let word = |role: &Role| {
        let word = words.and_then(|words| words.get(role.word())?.as_str());
        word.unwrap_or(role.word()).to_owned()
    };
    match roles {
        [role] => word(role),
        several => several.iter().map(word).collect::<Vec<String>>().join(" · "),
    }
}

/// The sentence of the body that a reference stands in, as a reader sees it: where a link has no words of its own,
/// with the title that stands for them.
fn sentence(site: &Site<'_>, edition: &Edition, reference: &Reference, lang: usize) -> Option<String> {
    if reference.role == Role::Embed {
        return None;
    }
    let prose = edition.prose();
    let link = prose.links.get(reference.link? as usize)?;
    let sentence = link.sentence.start as usize..link.sentence.end as usize;
    let mut words = String::with_capacity(sentence.len());
    let mut done = sentence.start;
    for (link, target) in prose.links.iter().zip(&edition.links) {
        let (start, end) = (link.words.start as usize, link.words.end as usize);
        let bare = !link.has_words && start >= done && end <= sentence.end && start < end;
        if let (true, Target::Entity(ix, _)) = (bare, target) {
            words.push_str(prose.plain.get(done..start)?);
            words.push_str(&site.shelves[lang].cards.get(*ix).title);
            done = end;
        }
    }
    words.push_str(prose.plain.get(done..sentence.end)?);
    Some(words.trim().to_owned()).filter(|sentence| !sentence.is_empty())
}

/// The summary of a referrer whose front matter refers to the entity, where it names it.
fn naming_summary(site: &Site<'_>, from: EntityIx, entity: &Entity, lang: usize) -> Option<(String, String)> {
    let card = site.shelves[lang].cards.get(from);
    let summary = card.summary.as_ref()?;
    let edition = entity.edition_for(&site.locales[lang].lang);
    let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.as_str());
    let named = aliases.chain([edition.title()]).any(|name| summary.contains(name));
    named.then(|| (summary.clone(), card.lang.clone()))
}

//! Who refers to an entity: by kind, in which role, and in which sentence.

use super::Site;
use super::page::{Backlink, BacklinkGroup};
use crate::kinds::KindId;
use crate::link::{Edition, Entity, EntityIx, Reference, Target};
use crate::locale::Locale;

/// One referrer, while its references are collected.
#[derive(Default)]
struct Referrer {
    roles: Vec<&'static str>,
    sentence: Option<(String, String)>,
}

/// The referrers of an entity, as a reader of a language sees them.
pub fn of(site: &Site<'_>, ix: EntityIx, lang: usize) -> Vec<BacklinkGroup> {
    let entity = site.graph.entity(ix);
    // References come in the order of those who make them, so that one referrer's stand together.
    let mut referrers: Vec<(KindId, u32, EntityIx, Referrer)> = Vec::new();
    for reference in site.graph.incoming(ix) {
        let from = site.graph.entity(reference.from);
        let edition = from.edition_for(&site.locales[lang].lang);
        if reference.from == ix || !shows(from, edition, reference) {
            continue;
        }
        if referrers.last().is_none_or(|(.., last, _)| *last != reference.from) {
            let position = site.shelves[lang].orders.position(reference.from);
            referrers.push((from.kind, position, reference.from, Referrer::default()));
        }
        let Some((.., referrer)) = referrers.last_mut() else { continue };
        if !referrer.roles.contains(&reference.role) {
            referrer.roles.push(reference.role);
        }
        if referrer.sentence.is_none() {
            let sentence = sentence(site, edition, reference, lang);
            referrer.sentence = sentence.map(|sentence| (sentence, edition.input.lang.to_string()));
        }
    }
    referrers.sort_by_key(|(kind, position, ..)| (*kind, *position));
    let mut groups: Vec<BacklinkGroup> = Vec::new();
    for (kind, _, from, mut referrer) in referrers {
        // To be named in a sentence is no news where a stronger role is known.
        if referrer.roles.len() > 1 {
            referrer.roles.retain(|role| *role != "mention");
        }
        let sentence = referrer.sentence.or_else(|| naming_summary(site, from, entity, lang));
        let (sentence, sentence_lang) = sentence.unzip();
        let item = Backlink {
            card: site.shelves[lang].cards.get(from).clone(),
            role: role_words(&referrer.roles, &site.locales[lang]),
            sentence,
            sentence_lang,
        };
        match groups.last_mut().filter(|group| group.kind == kind.name()) {
            Some(group) => group.items.push(item),
            None => groups.push(BacklinkGroup { kind: kind.name(), items: vec![item] }),
        }
    }
    groups
}

/// `says this · mentions this`
fn role_words(roles: &[&str], locale: &Locale) -> String {
    let words = locale.words("roles");
    let word = |role: &&str| words.and_then(|words| words.get(*role)?.as_str()).unwrap_or(*role).to_owned();
    match roles {
        [role] => word(role),
        several => several.iter().map(word).collect::<Vec<String>>().join(" · "),
    }
}

/// Whether a reader of this edition meets the reference: one in a body only in that body.
fn shows(from: &Entity, edition: &Edition, reference: &Reference) -> bool {
    let own = &from.editions[reference.edition as usize];
    let in_words = reference.link.is_some() || reference.role == "target";
    !in_words || own.input.lang == edition.input.lang
}

/// The sentence of the body that a reference stands in, as a reader sees it: where a link has no words of its own,
/// with the title that stands for them.
fn sentence(site: &Site<'_>, edition: &Edition, reference: &Reference, lang: usize) -> Option<String> {
    if reference.role == "embed" {
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

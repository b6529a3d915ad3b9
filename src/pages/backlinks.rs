//! The entities that refer to an entity: by kind, with their role and the sentence that mentions it.

use super::head::{HeadParts, pagination};
use crate::kinds::Role;
use crate::link::{Edition, Entity, EntityIx, Reference, layout};
use crate::locale::Locale;
use crate::machine::Subject;
use crate::reader::{Reader, Referrer};
use crate::shown::{Backlink, BacklinkGroup, Crumb, ReferrersPage};
use crate::site::{LONGEST_LIST, parts};

/// A further page of the entities that refer to an entity; numbers start at 1.
pub(crate) fn page(reader: Reader<'_>, ix: EntityIx, number: usize) -> ReferrersPage {
    let (entity, preview) = (reader.graph.entity(ix), reader.preview(ix));
    let first = reader.page_path(ix);
    let edition = |lang: usize| {
        let reader = reader.in_language(lang);
        let is_there = number < parts(reader.referrer_count(ix));
        is_there.then(|| layout::part(&reader.page_path(ix), number))
    };
    let mut crumbs = reader.crumbs(entity);
    crumbs.push(Crumb { path: preview.path.clone(), title: preview.title.clone() });
    let parts = HeadParts {
        kind: Some(entity.kind.name()),
        crumbs,
        subject: Subject::Referrers(ix),
        ..HeadParts::new("referrers.html", layout::part(&first, number), preview.title.clone(), &edition)
    };
    ReferrersPage {
        head: parts.head(reader),
        backlinks: groups(reader, ix, number),
        pagination: pagination(&first, number, reader.referrer_count(ix)),
    }
}

/// One page of the referrers of an entity, by kind.
pub(crate) fn groups(reader: Reader<'_>, ix: EntityIx, part: usize) -> Vec<BacklinkGroup> {
    let list = reader.referrers(ix);
    let start = (part * LONGEST_LIST).min(list.len());
    let shown = &list[start..list.len().min(start + LONGEST_LIST)];
    let mut groups: Vec<BacklinkGroup> = Vec::new();
    for same in shown.chunk_by(|a, b| a.kind == b.kind) {
        let Some(kind) = same.first().map(|referrer| referrer.kind) else { continue };
        // The list is sorted by kind.
        let before = list.partition_point(|referrer| referrer.kind < kind);
        let total = list.partition_point(|referrer| referrer.kind <= kind) - before;
        let items = same.iter().map(|referrer| backlink(reader, ix, referrer)).collect();
        groups.push(BacklinkGroup { kind: kind.name(), total, items });
    }
    groups
}

fn backlink(reader: Reader<'_>, ix: EntityIx, referrer: &Referrer) -> Backlink {
    let from = reader.graph.entity(referrer.from);
    let edition = from.edition_for(&reader.locale.lang);
    let mut roles: Vec<Role> = Vec::new();
    let mut words = None;
    for reference in reader.references(ix, referrer, edition) {
        if !roles.contains(&reference.role) {
            roles.push(reference.role);
        }
        if words.is_none() {
            words = sentence(reader, edition, reference).map(|words| (words, edition.input.lang.to_string()));
        }
    }
    // A plain mention adds nothing if a stronger role is known.
    if roles.len() > 1 {
        roles.retain(|role| *role != Role::Mention);
    }
    let words = words.or_else(|| naming_summary(reader, referrer.from, reader.graph.entity(ix)));
    let (sentence, sentence_lang) = words.unzip();
    Backlink {
        preview: reader.preview(referrer.from).clone(),
        role: role_words(&roles, reader.locale),
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

/// The sentence of the body that contains a reference, as a reader sees it.
fn sentence(reader: Reader<'_>, edition: &Edition, reference: &Reference) -> Option<String> {
    if reference.role == Role::Embed {
        return None;
    }
    let link = edition.prose().links.get(reference.link? as usize)?;
    let sentence = link.sentence.start as usize..link.sentence.end as usize;
    let words = reader.shown_text(reference.from, edition, sentence);
    Some(words.trim().to_owned()).filter(|sentence| !sentence.is_empty())
}

/// The summary of a referrer, if its front matter refers to the entity and the summary names it.
fn naming_summary(reader: Reader<'_>, from: EntityIx, entity: &Entity) -> Option<(String, String)> {
    let preview = reader.preview(from);
    let summary = preview.summary.as_ref()?;
    let edition = entity.edition_for(&reader.locale.lang);
    let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.as_str());
    let named = aliases.chain([edition.title()]).any(|name| summary.contains(name));
    named.then(|| (summary.clone(), preview.lang.clone()))
}

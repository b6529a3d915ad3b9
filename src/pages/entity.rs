//! The page of an entity.

use std::collections::BTreeSet;

use super::head::{HeadParts, pagination};
use super::{backlinks, body, claim, maps, passages, poster, special, standing, story};
use crate::draw::strip;
use crate::evidence::chronology;
use crate::kinds::{Article, Claim, KindId, Order};
use crate::link::{Edition, Entity, EntityIx, Target, file_beside, layout};
use crate::machine::Subject;
use crate::reader::Reader;
use crate::shown::{
    ArticlePart, ClaimPart, Correction, EntityPage, Flow, Heading, Href, Html, KindPart, Media, Medium,
    Picture, Preview, Withdrawal,
};

/// The reading speed in words per minute.
const WORDS_A_MINUTE: usize = 200;

/// The minimum number of headings for a table of contents.
const TOC_FROM: usize = 3;

/// The minimum number of referrers' dates for a drawing.
const LEAST_DATES: usize = 3;

pub(crate) fn page(reader: Reader<'_>, ix: EntityIx) -> EntityPage {
    let entity = reader.graph.entity(ix);
    let edition = entity.edition_for(&reader.locale.lang);
    let (common, prose) = (entity.common(), edition.prose());
    let path = reader.page_path(ix);
    let root = path.to_root();
    let preview: &Preview = reader.preview(ix);
    let (previous, next) = match layout::is_home(entity) {
        true => (None, None),
        false => reader.orders.neighbours(ix, entity.kind),
    };
    let (facts, mut tables) = reader.facts(entity);
    let mut drawn = maps::of_entity(reader, ix, &root, &mut tables);
    if let KindPart::Route(part) = &mut drawn.part {
        part.story = story::story(reader, ix, &root);
    }
    let body = (!prose.is_empty()).then(|| body::body(reader, ix, edition, &root));
    let draws = drawn.draws || body.as_ref().is_some_and(|body| !body.maps.is_empty());
    let media = reader.source_media(ix);
    let aliases: Vec<String> =
        edition.parsed.head.common.aliases.iter().map(|alias| alias.value.clone()).collect();
    let image = picture(reader, entity, edition);
    let embedded = body.iter().flat_map(|body| &body.links).filter_map(|href| match href {
        Href::Media(media) => Some(&**media),
        _ => None,
    });
    let mut shown: Vec<&Media> = media.iter().chain(embedded).collect();
    let mut seen = BTreeSet::new();
    shown.retain(|media| seen.insert(&media.path));
    let original = &entity.original().input.lang;
    let is_fallback = edition.input.lang != reader.locale.lang;
    let edition_path = |lang: usize| Some(reader.in_language(lang).page_path(ix));
    let is_translated = |lang: usize| entity.edition(&reader.site.locales()[lang].lang).is_some();
    let parts = HeadParts {
        summary: preview.summary.clone(),
        kind: Some(entity.kind.name()),
        crumbs: reader.crumbs(entity),
        is_translated: &is_translated,
        // The page shows the original's text, so the canonical address is the original's page.
        canonical: is_fallback.then(|| {
            let original = layout::encoded(&layout::page(reader.graph, entity, original));
            format!("{}{original}", reader.config.base_url)
        }),
        draws,
        subject: Subject::Entity(ix, &aliases, image.as_ref(), &shown),
        // If the theme has no template of that name, `entity.html` is used.
        ..HeadParts::new(
            format!("{}.html", entity.kind.name()),
            path.clone(),
            preview.title.clone(),
            &edition_path,
        )
    };
    EntityPage {
        head: parts.head(reader),
        of_kind: of_kind(reader, ix, entity).unwrap_or(drawn.part),
        id: entity.id.to_string(),
        fallback: is_fallback.then(|| edition.input.lang.to_string()),
        draft: common.draft,
        embargo: entity.embargo.map(|date| reader.date(date)),
        updated: common.updated.as_ref().map(|date| reader.date(**date)),
        date: preview.date.clone(),
        corrections: corrections(reader, entity),
        withdrawn: common.withdrawn.as_ref().map(|withdrawal| Withdrawal {
            date: reader.date(*withdrawal.date),
            why: withdrawal.why.as_ref().map(|why| reader.text(why)),
        }),
        reading_minutes: body.as_ref().map(|_| prose.words.div_ceil(WORDS_A_MINUTE).max(1)),
        previous: previous.map(|ix| reader.preview(ix).clone()),
        next: next.map(|ix| reader.preview(ix).clone()),
        order_label: (!layout::is_home(entity)).then(|| match entity.kind.spec().order {
            Order::Date => "date",
            Order::Title | Order::Given => "title",
        }),
        poster: poster::path(reader, ix).map(|path| layout::encoded(&path)),
        toc: toc(edition),
        facts,
        tables,
        downloads: drawn.downloads,
        citations: reader.citations(entity),
        passages: passages::of(reader, ix),
        backlinks: backlinks::groups(reader, ix, 0),
        flow: flow_through(reader, ix, &root),
        dates: dates(reader, ix),
        pagination: pagination(&path, 0, reader.referrer_count(ix)),
        aliases,
        image,
        cited_places: reader.cited_places(ix),
        plays: shown.iter().any(|media| media.plays && matches!(media.sort, "video" | "sound")),
        media,
        body,
    }
}

/// The parts that only the pages of articles and of claims have.
fn of_kind(reader: Reader<'_>, ix: EntityIx, entity: &Entity) -> Option<KindPart> {
    if let Some(article) = entity.as_kind::<Article>() {
        let byline = article.byline.as_ref().map(|byline| reader.text(byline));
        let published = entity.date().map(|date| reader.date(**date));
        let standing = standing::of(reader, entity, article);
        return Some(KindPart::Article(Box::new(ArticlePart { byline, published, standing })));
    }
    let claim = entity.as_kind::<Claim>()?;
    Some(KindPart::Claim(Box::new(ClaimPart { evidence: claim::evidence(reader, ix, claim) })))
}

fn corrections(reader: Reader<'_>, entity: &Entity) -> Vec<Correction> {
    let corrections = entity.common().corrections.iter().map(|correction| Correction {
        date: reader.date(*correction.date),
        text: reader.text(&correction.text),
        corrects: reader.previews_at(correction.corrects.iter()),
    });
    corrections.collect()
}

fn toc(edition: &Edition) -> Vec<Heading> {
    let headings = &edition.prose().headings;
    let shift = u8::from(headings.iter().any(|heading| heading.level == 1));
    let toc = headings.iter().filter(|heading| heading.level + shift <= 3).map(|heading| Heading {
        level: heading.level + shift,
        id: heading.id.clone(),
        title: heading.text.clone(),
    });
    Some(toc.collect::<Vec<Heading>>()).filter(|toc| toc.len() >= TOC_FROM).unwrap_or_default()
}

fn picture(reader: Reader<'_>, entity: &Entity, edition: &Edition) -> Option<Picture> {
    let image = entity.common().image.as_ref()?;
    let words = edition.parsed.head.common.image.as_ref().unwrap_or(image);
    let src = image.src.as_ref()?;
    let Target::Asset(path) = file_beside(reader.graph, entity.path(), src) else { return None };
    if reader.medium == Medium::Book && reader.site.is_broken(&path) {
        return None;
    }
    let size = reader.site.size(&path);
    Some(Picture {
        src: layout::encoded(&layout::asset(&path)),
        alt: words.alt.clone().or_else(|| image.alt.clone()).unwrap_or_default(),
        caption: words.caption.clone().or_else(|| image.caption.clone()),
        credit: image.credit.clone(),
        width: size.map(|size| size.0),
        height: size.map(|size| size.1),
    })
}

/// How claims flow through an actor or a source. A book has the lists.
fn flow_through(reader: Reader<'_>, ix: EntityIx, root: &str) -> Option<Flow> {
    let is_through = matches!(reader.graph.entity(ix).kind, KindId::Actor | KindId::Source);
    let flow = || special::flow::around(reader, root, ix);
    (is_through && reader.medium == Medium::Site).then(flow).flatten()
}

/// Draws the dates of the entities that refer to this one, if there are enough.
fn dates(reader: Reader<'_>, ix: EntityIx) -> Option<Html> {
    let referrers = reader.graph.incoming(ix).map(|reference| reference.from).filter(|from| *from != ix);
    let mut referrers: Vec<EntityIx> = referrers.collect();
    // References are sorted by referrer, with one entry per reference.
    referrers.dedup();
    let moment = |from: EntityIx| chronology::of_entity(reader.graph.entity(from)).into_iter().next();
    let moments: Vec<_> = referrers.into_iter().filter_map(moment).collect();
    (moments.len() >= LEAST_DATES).then(|| strip::strip(&moments, reader.locale))?.map(Html)
}

//! The words of a text as its readers see them: with the titles and values that pages show in place of a link's own
//! words.

use std::borrow::Cow;
use std::ops::Range;

use super::Reader;
use crate::link::{Edition, EntityIx, Target};
use crate::parse::prose::{Link, LinkUse};
use crate::values::{Known, in_place_of};

impl Reader<'_> {
    /// The value that a link of a text of `own` asks for, in the language of that text, and the entity that it is of.
    pub(crate) fn printed(
        self,
        own: EntityIx,
        edition: &Edition,
        link: &Link,
        target: &Target,
    ) -> Option<(EntityIx, String)> {
        let (of, name) = target.printed(own).filter(|_| link.usage == LinkUse::Link)?;
        let site = self.site;
        let known = Known { graph: self.graph, evidence: site.evidence(), courses: site.courses() };
        let value = known.value(of, name).ok()?;
        let locale = site.locales().iter().find(|locale| locale.lang == edition.input.lang);
        let locale = locale.map_or(self.locale, |locale| locale);
        let value = value.words(locale, self.graph.default_language());
        let words = if link.has_words { edition.prose().at(&link.words) } else { "" };
        Some((of, in_place_of(words, value, locale)))
    }

    /// A range of the plain text of `own` as pages show it.
    pub(crate) fn shown_text<'e>(
        self,
        own: EntityIx,
        edition: &'e Edition,
        range: Range<usize>,
    ) -> Cow<'e, str> {
        let prose = edition.prose();
        let (mut text, mut done) = (String::new(), range.start);
        // Links are in the order of the text. A text may have very many, so only those of the range are looked at.
        let first = prose.links.partition_point(|link| (link.words.start as usize) < range.start);
        let within = prose.links[first..].iter().take_while(|link| (link.words.start as usize) < range.end);
        for (link, target) in within.zip(edition.links.get(first..).unwrap_or_default()) {
            let (start, end) = (link.words.start as usize, link.words.end as usize);
            if start < done || end > range.end || start >= end {
                continue;
            }
            let shown = match (self.printed(own, edition, link, target), target) {
                (Some((_, value)), _) => Cow::Owned(value),
                (None, Target::Entity(to, _)) if !link.has_words => {
                    Cow::Borrowed(self.preview(*to).title.as_str())
                }
                _ => continue,
            };
            text.push_str(prose.plain.get(done..start).unwrap_or_default());
            text.push_str(&shown);
            done = end;
        }
        let rest = prose.plain.get(done..range.end).unwrap_or_default();
        match done == range.start {
            true => Cow::Borrowed(rest),
            false => Cow::Owned(text + rest),
        }
    }
}

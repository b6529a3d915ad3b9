//! The front matter that all kinds have in common, and the small records that several kinds use.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Value;
use super::keys::{Shape, Table, items, keys};
use crate::base::date::Edtf;
use crate::base::span::{Span, Spanned};
use crate::base::text::Text;
use crate::base::url::Url;
use crate::data::de::with_span;
use crate::data::reading::Sort;
use crate::data::values::from_word;

keys! {
    /// The keys of every kind.
    #[derive(Clone, Debug, Default)]
    pub struct Common {
        /// What it is called.
        title: Option<Spanned<String>> => Never,
        /// What it is, in one or two sentences. Shown wherever others speak of it.
        summary: Option<Spanned<String>> = "" => Never,
        /// Other names by which it is found. Links in double brackets, `[[…]]`, find it by them, too.
        aliases: Vec<Spanned<String>> => Never,
        /// When it was, or was made.
        date: Option<Spanned<Edtf>> => Never,
        /// When it was last changed in a way that readers should know of.
        updated: Option<Spanned<Edtf>> => InData,
        /// What it rests on.
        sources: Vec<Citation> as Source = "" => InData,
        /// A picture.
        image: Option<Image> => Never,
        /// The same thing elsewhere: Wikidata, an official page.
        same_as: Vec<Spanned<Url>> => Last,
        /// Not to be published yet. `--drafts` includes drafts.
        draft: bool => Never,
        /// Left out until that day. An article waits for its `published` date in the same way. `--drafts` includes it.
        embargo: Option<Spanned<Edtf>> => Never,
        /// What was wrong in it after it was published, and what is right.
        corrections: Vec<Correction> => Last,
        /// That it no longer stands, and why. The page says so first.
        withdrawn: Option<Withdrawal> => Last,
        /// The ids that it had before. Each leaves a redirect. `dossier rename` writes it.
        formerly: Vec<Spanned<FormerId>> => Never,
        /// The passages of an article that it is about; see [annotations](#annotations).
        targets: Vec<Target> => Never,
    }
}

keys! {
    /// A correction of what was published.
    #[derive(Clone, Debug)]
    pub struct Correction {
        /// When it was made.
        date: Spanned<Edtf>,
        /// What was wrong, and what is right.
        text: Text,
        /// Other files that it also corrects. Their pages link to it.
        corrects: Vec<Ref> as Corrects,
    }
}

keys! {
    /// That something published no longer stands.
    #[derive(Clone, Debug)]
    pub struct Withdrawal {
        /// Since when.
        date: Spanned<Edtf>,
        /// The reason.
        why: Option<Text>,
    }
}

keys! {
    /// A picture.
    #[derive(Clone, Debug)]
    pub struct Image {
        /// The name of a file beside the one that names it.
        src: Option<Spanned<String>>,
        /// What it shows, for those who do not see it; empty for decoration.
        alt: Option<String>,
        /// A line below it.
        caption: Option<String>,
        /// Who made it, and under which licence.
        credit: Option<String>,
    }
}

keys! {
    /// A passage of an article: a W3C Text Quote Selector
    /// (Web Annotation Data Model, section 4.2.4).
    #[derive(Clone, Debug)]
    pub struct Target {
        /// The article.
        source: Ref as Target,
        /// The words, as a reader sees them: without asterisks and brackets.
        exact: Spanned<String>,
        /// What stands just before them, where they stand there more than once.
        prefix: Option<Spanned<String>>,
        /// What stands just after them.
        suffix: Option<Spanned<String>>,
    }
}

items! {
    Correction = Shape::Record(Correction::KEYS), |record, _| Some(Value::row(record));
    Withdrawal = Shape::Record(Withdrawal::KEYS), |record, _| Some(Value::row(record));
    Image = Shape::Record(Image::KEYS);
    Target = Shape::Record(Target::KEYS);
    FormerId = Shape::FormerId;
    Citation = Shape::Either(&Shape::Ref, &Shape::Record(Locator::KEYS)),
        |citation, _| Some(Value::Citation(citation));
}

/// A former id of an entity. It becomes a file name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FormerId(String);

impl std::ops::Deref for FormerId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for FormerId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FormerId, D::Error> {
        from_word(deserializer, |id| {
            let is_name = |c: char| !c.is_control() && !matches!(c, '/' | '\\');
            match !id.is_empty() && !id.starts_with('.') && id.chars().all(is_name) {
                true => Ok(FormerId(id.to_owned())),
                false => Err(format!(
                    "`{id}` is not an id; write a file's former name, without its folder and `.md`"
                )),
            }
        })
    }
}

/// A reference to an entity, as written in front matter: `nis`, `actors/nis` or `[[nis]]`.
#[derive(Clone, Debug)]
pub struct Ref {
    /// The id, without brackets.
    pub id: String,
    /// The span in the file, including brackets and quotes.
    pub span: Span,
}

/// A source with a locator.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The source.
    pub source: Ref,
    /// The locator: `¶ 13`, `p. 4`, `00:12:30`.
    pub locator: Option<String>,
}

keys! {
    /// A citation that is written as a table.
    pub(crate) struct Locator {
        /// The source.
        source: Ref as Source,
        /// Where in it: `¶ 13`, `p. 4`, `00:12:30`.
        locator: Option<String>,
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ref, D::Error> {
        struct Id(Span);

        impl Visitor<'_> for Id {
            type Value = Ref;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of an entity")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Ref, E> {
                Ref::read(id, self.0).map_err(E::custom)
            }
        }

        with_span(deserializer, Some(Sort::Ref), Id)
    }
}

impl Ref {
    /// Parses `nis`, `actors/nis` or `[[nis]]`.
    fn read(written: &str, span: Span) -> Result<Ref, String> {
        let inner = written.trim();
        let linked = inner.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let linked = linked.filter(|linked| !linked.contains("]]"));
        // A link may lead to a heading; front matter refers to the whole.
        let linked = linked.map(|linked| linked.split('#').next().unwrap_or(linked));
        // Only a link has other words for what it leads to: `nis | fbi` are two.
        let id = linked.map(|linked| linked.split('|').next().unwrap_or(linked)).unwrap_or(inner);
        let id = id.trim().trim_end_matches(".md");
        match (id.is_empty(), id.contains("](")) {
            (true, _) => Err("an empty reference; write the id of an entity".into()),
            (_, true) => Err(format!("`{id}` is a link; write the id of an entity")),
            _ => Ok(Ref { id: id.to_owned(), span }),
        }
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Citation, D::Error> {
        struct Either(Span);

        impl<'de> Visitor<'de> for Either {
            type Value = Citation;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a source, or `{source: …, locator: …}`")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Citation, E> {
                let source = Ref::read(id, self.0).map_err(de::Error::custom)?;
                Ok(Citation { source, locator: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Citation, A::Error> {
                let Locator { source, locator } =
                    Locator::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Citation { source, locator })
            }
        }

        with_span(deserializer, Some(Sort::Citation), Either)
    }
}

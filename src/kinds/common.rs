//! The front matter that every kind has, and the small records that several kinds use.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::base::date::Edtf;
use crate::base::span::{Span, Spanned};
use crate::base::text::Text;
use crate::base::url::Url;
use crate::data::de::with_span;
use crate::data::values::from_word;

/// The keys of every kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Common {
    /// What it is called. Required.
    pub title: Option<Spanned<String>>,
    /// What it is, in one or two sentences: shown wherever others speak of it.
    pub summary: Option<Spanned<String>>,
    /// Other names by which it is found and linked.
    pub aliases: Vec<Spanned<String>>,
    /// When it was, or was made.
    pub date: Option<Spanned<Edtf>>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// The ids that it had before; each leaves a redirect.
    #[serde(deserialize_with = "former_ids")]
    pub formerly: Vec<Spanned<String>>,
    /// A picture.
    pub image: Option<Image>,
    /// Addresses of the same thing elsewhere: Wikidata, an official page.
    pub same_as: Vec<Spanned<Url>>,
    /// Not to be published yet.
    pub draft: bool,
    /// Not to be published before that day.
    pub embargo: Option<Spanned<Edtf>>,
    /// When it was last changed in a way that readers should know of.
    pub updated: Option<Spanned<Edtf>>,
    /// What was wrong in it after it was published, and is right now.
    pub corrections: Vec<Correction>,
    /// That it no longer stands, and why.
    pub withdrawn: Option<Withdrawal>,
    /// The passages of an article that it annotates.
    pub targets: Vec<Target>,
}

/// A correction of what was published.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When it was made.
    pub date: Spanned<Edtf>,
    /// What was wrong, and what is right.
    pub text: Text,
    /// What else it corrects, besides the page that it stands on.
    #[serde(default)]
    pub corrects: Vec<Ref>,
}

/// That something published no longer stands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Since when.
    pub date: Spanned<Edtf>,
    /// The reason.
    #[serde(default)]
    pub why: Option<Text>,
}

/// Reads ids, which become names of files.
fn former_ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Spanned<String>>, D::Error> {
    struct Id(String);

    impl<'de> Deserialize<'de> for Id {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
            from_word(deserializer, |id| {
                let is_name = |c: char| !c.is_control() && !matches!(c, '/' | '\\');
                match !id.is_empty() && !id.starts_with('.') && id.chars().all(is_name) {
                    true => Ok(Id(id.to_owned())),
                    false => Err(format!(
                        "`{id}` is not an id; write a file's former name, without its folder and `.md`"
                    )),
                }
            })
        }
    }

    let ids = Vec::<Spanned<Id>>::deserialize(deserializer)?;
    Ok(ids.into_iter().map(|Spanned { value: Id(value), span }| Spanned { value, span }).collect())
}

/// A reference to an entity, as written in front matter: `nis`, `actors/nis` or `[[nis]]`.
#[derive(Clone, Debug)]
pub struct Ref {
    /// The id, without brackets.
    pub id: String,
    /// Where it is written, brackets and quotes included.
    pub span: Span,
}

/// A source, and the place in it.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The source.
    pub source: Ref,
    /// Where in the source: `¶ 13`, `p. 4`, `00:12:30`.
    pub locator: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// A file beside the one that names it.
    pub src: Option<Spanned<String>>,
    /// What it shows, for those who do not see it; empty for decoration.
    pub alt: Option<String>,
    /// A line below it.
    pub caption: Option<String>,
    /// Who made it, and under which licence.
    pub credit: Option<String>,
}

/// A passage of an article: a W3C Text Quote Selector
/// (Web Annotation Data Model, section 4.2.4).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The article.
    pub source: Ref,
    /// The words, as a reader sees them.
    pub exact: Spanned<String>,
    /// What stands before them, where the words alone are not unique.
    #[serde(default)]
    pub prefix: Option<Spanned<String>>,
    /// What stands after them.
    #[serde(default)]
    pub suffix: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ref, D::Error> {
        let Spanned { value, span } = Spanned::<String>::deserialize(deserializer)?;
        Ref::read(&value, span).map_err(de::Error::custom)
    }
}

impl Ref {
    /// Reads `nis`, `actors/nis` or `[[nis]]`.
    fn read(written: &str, span: Span) -> Result<Ref, String> {
        let inner = written.trim();
        let inner = inner.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(inner);
        let id = inner.split('|').next().unwrap_or_default().trim().trim_end_matches(".md");
        match id.is_empty() {
            true => Err("an empty reference; write the id of an entity".into()),
            false => Ok(Ref { id: id.to_owned(), span }),
        }
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Citation, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            source: Ref,
            #[serde(default)]
            locator: Option<String>,
        }

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
                let full = Full::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Citation { source: full.source, locator: full.locator })
            }
        }

        with_span(deserializer, Either)
    }
}

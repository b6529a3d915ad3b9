//! A source: where something was read, heard or seen.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::words::{Reliability, SourceType};
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Role, Spec, Url};
use crate::base::date::Edtf;
use crate::base::id::Lang;
use crate::base::span::Spanned;

/// A publication, a broadcast, a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    /// What it is, by CSL's item types.
    pub r#type: Option<SourceType>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Vec<Ref>,
    /// When.
    pub published: Option<Spanned<Edtf>>,
    /// When the dossier's authors read it.
    pub accessed: Option<Spanned<Edtf>>,
    /// Where it is on the web.
    pub url: Option<Spanned<Url>>,
    /// An archived copy.
    pub archive: Option<Spanned<Url>>,
    /// The Admiralty code's first half.
    pub reliability: Option<Reliability>,
    /// The language it is in.
    pub language: Option<Lang>,
    /// A copy of it, beside this file.
    pub file: Option<Spanned<String>>,
    /// Whose words it passes on: actors or other sources.
    pub relays: Vec<Ref>,
}

impl Kind for Source {
    const SPEC: Spec = Spec {
        name: "source",
        folder: "sources",
        about: "a publication, document or recording that claims rest on",
        order: Order::Date,
        group: Group::Fact("type"),
        needs_referrer: true,
        template: "summary:\ntype: webpage\n# authors: [Family name, Given name]\n# publisher: id-of-an-actor\npublished: {today}\n\
                   # accessed: {today}\n# url: https://example.org/\n# archive: https://web.archive.org/…\n# reliability: B       # A to F\n# language: id\n",
    };

    const ACT: Option<Act> = Some(Act::Published);

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("type", self.r#type.map(|t| Value::Term(SourceType::VOCABULARY, t.word())));
        facts.add("authors", self.authors.iter().map(|name| Value::Name(name)));
        facts.refs(Role::Publisher, &self.publisher);
        facts.add("published", self.published.as_ref().map(Value::Date));
        facts.refs(Role::Relays, &self.relays);
        facts.add("reliability", self.reliability.map(|r| Value::Term(Reliability::VOCABULARY, r.word())));
        facts.add("language", self.language.as_ref().map(|l| Value::Language(l.as_str())));
        facts.add("url", self.url.as_ref().map(Value::Url));
        facts.add("archive", self.archive.as_ref().map(Value::Url));
        facts.add("accessed", self.accessed.as_ref().map(Value::Date));
        facts.ending(common);
    }

    fn date<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        self.published.as_ref().or(common.date.as_ref())
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Work(self.r#type))
    }
}

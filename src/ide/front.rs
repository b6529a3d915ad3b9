//! Edits of front matter that leave the rest as its author wrote it.

use std::sync::Arc;

use crate::base::diagnostic::{Edit, Fix};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::patch::{Editable, Patch, Step, applied};
use crate::data::write::{Given, Place, Syntax};
use crate::data::{Key, Node, Value, toml, yaml};
use crate::link::Edition;
use crate::load;
use crate::world::World;
use crate::world::edit::apply;

/// A front matter to edit.
pub(crate) struct FrontMatter<'a> {
    path: &'a InputPath,
    text: Arc<str>,
    /// Between the fences; empty if there are none.
    span: Span,
    syntax: Syntax,
}

impl<'a> FrontMatter<'a> {
    /// The front matter of an edition; `None` if it is not a table of keys.
    pub(crate) fn of(world: &dyn World, edition: &'a Edition) -> Option<FrontMatter<'a>> {
        let head = &edition.parsed.head;
        let syntax = if head.toml { Syntax::Toml } else { Syntax::Yaml };
        let text = load::text(world, &edition.input);
        let front = FrontMatter { path: &edition.input.path, text, span: head.span, syntax };
        front.document().is_some().then_some(front)
    }

    fn document(&self) -> Option<Editable<'_>> {
        Editable::parse(self.text.get(self.span.range())?, self.syntax)
    }

    /// The edits that change one value; `None` if there is no such place, or it cannot be changed by itself.
    pub(crate) fn patch(&self, at: &[Step], patch: &Patch) -> Option<Vec<Edit>> {
        let replacements = self.document()?.patch(at, patch)?;
        let start = self.span.range().start;
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let edit = |(span, replacement): (Span, String)| {
            let fenced = format!("---{newline}{replacement}---{newline}{newline}");
            let replacement = if self.has_fences() { replacement } else { fenced };
            Edit { path: self.path.clone(), span: span.shifted(start), replacement }
        };
        Some(replacements.into_iter().map(edit).collect())
    }

    /// The edit that sets several keys, one after the other; `None` if one of them cannot be changed by itself.
    pub(crate) fn set_all(&self, facts: &[(&str, &Given)]) -> Option<Edit> {
        let before = self.text.get(self.span.range())?;
        let mut inner = before.to_owned();
        for (key, given) in facts {
            let at = [Step::Key((*key).to_owned())];
            let replacements =
                Editable::parse(&inner, self.syntax)?.patch(&at, &Patch::Set((*given).clone()))?;
            inner = applied(&inner, &replacements);
        }
        let newline = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let fenced = format!("---{newline}{inner}---{newline}{newline}");
        let replacement = if self.has_fences() { inner } else { fenced };
        Some(Edit { path: self.path.clone(), span: self.span, replacement })
    }

    /// Sets `key` to a word, adding the key if necessary.
    pub(crate) fn set(&self, key: &str, word: &str) -> Option<Vec<Edit>> {
        self.patch(&[Step::Key(key.to_owned())], &Patch::Set(Given::Words(word.to_owned())))
    }

    /// Adds a value to the list at `key`, which may be a single value, empty, or missing.
    pub(crate) fn append(&self, key: &str, given: Given) -> Option<Vec<Edit>> {
        self.patch(&[Step::Key(key.to_owned())], &Patch::Insert(usize::MAX, given))
    }

    /// Where `key` is written; with a number, that item of its list, if it is one.
    pub(crate) fn place(&self, key: &str, item: Option<usize>) -> Option<Span> {
        let document = self.document()?;
        let (key, value): &(Key, Node) = document.entries().iter().find(|(name, _)| &*name.name == key)?;
        let item = item.and_then(|item| match &value.value {
            Value::List(items) => items.get(item),
            _ => None,
        });
        Some(item.map_or(key.span, |item| item.span).shifted(self.span.range().start))
    }

    /// The way to the value at a place of the text: `["legs", 1, "mode"]`.
    pub(crate) fn way_to(&self, at: u32) -> Vec<Step> {
        let inner = at.checked_sub(self.span.start).filter(|_| at < self.span.end);
        let (Some(at), Some(document)) = (inner, self.document()) else { return Vec::new() };
        let mut way = Vec::new();
        let mut entries = document.entries();
        loop {
            let before = entries.iter().rev().find(|(key, _)| key.span.start <= at);
            let Some((key, mut value)) = before.map(|(key, value)| (key, value)) else { return way };
            way.push(Step::Key(key.name.to_string()));
            if key.span.end > at {
                return way;
            }
            while let Value::List(items) = &value.value {
                let Some(item) = items.iter().rposition(|item| item.span.start <= at) else { return way };
                way.push(Step::Item(item));
                value = &items[item];
            }
            match &value.value {
                // The place of a whole table is where it begins.
                Value::Table(inner) if inner.first().is_some_and(|(key, _)| key.span.start < at) => {
                    entries = inner;
                }
                _ => return way,
            }
        }
    }

    /// What it holds; `None` if it does not parse.
    pub(crate) fn node(&self) -> Option<Node> {
        parsed(self.text.get(self.span.range())?, self.syntax)
    }

    /// What it would hold after a fix; `None` if the fix changes anything else.
    pub(crate) fn after(&self, fix: &Fix) -> Option<Node> {
        let is_inside = |edit: &Edit| {
            edit.path == *self.path && self.span.start <= edit.span.start && edit.span.end <= self.span.end
        };
        if !fix.edits.iter().all(is_inside) {
            return None;
        }
        let (text, _) = apply(&self.text, &fix.edits.iter().collect::<Vec<&Edit>>());
        let end = self.span.range().end + text.len() - self.text.len();
        parsed(text.get(self.span.range().start..end)?, self.syntax)
    }

    fn has_fences(&self) -> bool {
        let start = self.text.trim_start_matches('\u{feff}');
        (start.starts_with("---") || start.starts_with("+++")) && self.span.start > 3
    }
}

fn parsed(text: &str, syntax: Syntax) -> Option<Node> {
    match syntax {
        Syntax::Yaml => yaml::parse(text).ok(),
        Syntax::Toml => toml::parse(text).ok(),
    }
}

/// An id or a hash as YAML, in a value or in a list: plain if every program reads it as text.
pub(crate) fn yaml_word(word: &str) -> String {
    Syntax::Yaml.written(&Given::Words(word.to_owned()), Place::Inside)
}

/// `words` as a YAML value on one line: plain if every program reads that as the same text.
pub(crate) fn yaml_words(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<&str>>().join(" ");
    Syntax::Yaml.written(&Given::Words(words), Place::Line)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Options, Snapshot};
    use crate::world::memory::MemoryWorld;

    fn check(front: &str, edit: impl Fn(&FrontMatter<'_>) -> Option<Vec<Edit>>, expected: &str) {
        let world = MemoryWorld::new().with("dossier.toml", "").with("content/actors/nis.md", front);
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let front_matter =
            FrontMatter::of(&**snapshot.world(), snapshot.graph.entities[0].original()).unwrap();
        let edits = edit(&front_matter).unwrap();
        let edits: Vec<&Edit> = edits.iter().collect();
        assert_eq!(apply(front, &edits).0, expected);
    }

    fn append(front: &str, expected: &str) {
        check(front, |front| front.append("formerly", Given::Words("old".into())), expected);
    }

    #[test]
    fn a_list_takes_another_item_in_the_form_it_has() {
        append("---\ntitle: A # a\n---\nx", "---\ntitle: A # a\nformerly: [old]\n---\nx");
        append("---\nformerly: [a, 'b'] # c\n---\n", "---\nformerly: [a, 'b', old] # c\n---\n");
        append("---\nformerly: []\n---\n", "---\nformerly: [old]\n---\n");
        append("---\nformerly: a # c\n---\n", "---\nformerly: [a, old] # c\n---\n");
        append("---\nformerly: # c\ntitle: A\n---\n", "---\nformerly: [old] # c\ntitle: A\n---\n");
        append("---\nformerly: ~\n---\n", "---\nformerly: [old]\n---\n");
        append(
            "---\nformerly:\n  - a\n  - b # c\ntitle: A\n---\n",
            "---\nformerly:\n  - a\n  - b # c\n  - old\ntitle: A\n---\n",
        );
        append("---\r\ntitle: A\r\n---\r\n", "---\r\ntitle: A\r\nformerly: [old]\r\n---\r\n");
        append("---\n{title: A}\n---\n", "---\n{title: A, formerly: [old]}\n---\n");
        append("---\n---\nx", "---\nformerly: [old]\n---\nx");
        append("no front matter", "---\nformerly: [old]\n---\n\nno front matter");
        append("+++\ntitle = 'A'\n[image]\n+++\n", "+++\ntitle = 'A'\nformerly = [\"old\"]\n[image]\n+++\n");
        append("+++\nformerly = ['a']\n+++\n", "+++\nformerly = ['a', \"old\"]\n+++\n");
    }

    #[test]
    fn a_table_is_added_in_the_form_that_others_have() {
        let word = |word: &str| Given::Words(word.into());
        let target = Given::Table(vec![("source".into(), word("article")), ("exact".into(), word("a, b"))]);
        let add = |front: &str, expected: &str| {
            check(front, |front| front.append("targets", target.clone()), expected);
        };
        add(
            "---\ntitle: A # a\n---\nx",
            "---\ntitle: A # a\ntargets:\n  - {source: article, exact: \"a, b\"}\n---\nx",
        );
        add(
            "---\ntargets:\n  - {source: article, exact: x} # c\ntitle: A\n---\n",
            "---\ntargets:\n  - {source: article, exact: x} # c\n  - {source: article, exact: \"a, b\"}\ntitle: A\n---\n",
        );
        add(
            "---\ntargets:\n- source: article\n  exact: x # c\n\ntitle: A\n---\n",
            "---\ntargets:\n- source: article\n  exact: x # c\n- {source: article, exact: \"a, b\"}\n\ntitle: A\n---\n",
        );
        add(
            "---\ntargets: [{source: article, exact: x}]\n---\n",
            "---\ntargets: [{source: article, exact: x}, {source: article, exact: \"a, b\"}]\n---\n",
        );
        add(
            "---\ntargets: {source: article, exact: x}\n---\n",
            "---\ntargets: [{source: article, exact: x}, {source: article, exact: \"a, b\"}]\n---\n",
        );
        add(
            "+++\ntitle = 'A'\n+++\n",
            "+++\ntitle = 'A'\n\n[[targets]]\nsource = \"article\"\nexact = \"a, b\"\n+++\n",
        );
        add(
            "+++\ntargets = [{source = 'article', exact = 'x'}]\n+++\n",
            "+++\ntargets = [{source = 'article', exact = 'x'}, {source = \"article\", exact = \"a, b\"}]\n+++\n",
        );
    }

    #[test]
    fn a_key_is_added_or_replaced() {
        let set = |word: &'static str| move |front: &FrontMatter<'_>| front.set("updated", word);
        check("---\ntitle: A\n---\n", set("abc"), "---\ntitle: A\nupdated: abc\n---\n");
        check("---\nupdated: b # c\n---\n", set("12e4"), "---\nupdated: \"12e4\" # c\n---\n");
        check("---\nupdated:\ntitle: A\n---\n", set("a"), "---\nupdated: a\ntitle: A\n---\n");
    }

    #[test]
    fn a_place_leads_to_a_value() {
        let front =
            "---\ntitle: A\nlegs:\n  - from: a\n    to: b\n  - {from: b, mode: sea}\nby: [x, y]\n---\n";
        let way = |words: &str| {
            let world = MemoryWorld::new().with("dossier.toml", "").with("content/routes/a.md", front);
            let snapshot = Snapshot::take(Arc::new(world), &Options::default());
            let front_matter =
                FrontMatter::of(&**snapshot.world(), snapshot.graph.entities[0].original()).unwrap();
            let at = u32::try_from(front.find(words).unwrap()).unwrap();
            serde_json::to_string(&front_matter.way_to(at)).unwrap()
        };
        for (words, wanted) in [
            ("A\nlegs", r#"["title"]"#),
            ("legs", r#"["legs"]"#),
            ("from: a", r#"["legs",0]"#),
            ("b\n  - {", r#"["legs",0,"to"]"#),
            ("{from", r#"["legs",1]"#),
            ("sea", r#"["legs",1,"mode"]"#),
            ("y]", r#"["by",1]"#),
            ("---\n", "[]"),
        ] {
            assert_eq!(way(words), wanted, "{words}");
        }
    }
}

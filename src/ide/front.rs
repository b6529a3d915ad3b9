//! Edits of front matter that leave the rest as its author wrote it: setting a key, adding an item to a list.

use std::sync::Arc;

use crate::base::diagnostic::Edit;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::{Key, Node, Value, toml, yaml};
use crate::link::Edition;
use crate::load;
use crate::world::World;

/// A front matter to edit.
pub(crate) struct FrontMatter<'a> {
    path: &'a InputPath,
    text: Arc<str>,
    /// Between the fences; empty if there are none.
    span: Span,
    toml: bool,
    entries: Vec<(Key, Node)>,
}

impl<'a> FrontMatter<'a> {
    /// The front matter of an edition; `None` if it is not a table of keys.
    pub(crate) fn of(world: &dyn World, edition: &'a Edition) -> Option<FrontMatter<'a>> {
        let (span, toml) = (edition.parsed.head.span, edition.parsed.head.toml);
        let text = load::text(world, &edition.input);
        let inner = text.get(span.range())?;
        let node = if toml { toml::parse(inner).ok()? } else { yaml::parse(inner).ok()? };
        let entries = match node.value {
            Value::Table(entries) => entries,
            Value::Null => Vec::new(),
            _ => return None,
        };
        Some(FrontMatter { path: &edition.input.path, text, span, toml, entries })
    }

    /// Sets `key` to a word, adding the key if necessary.
    pub(crate) fn set(&self, key: &str, word: &str) -> Edit {
        let word = self.quoted(word);
        match self.entry(key) {
            None => self.add(key, &word),
            Some((key, value)) if value.span.is_empty() => {
                self.edit(self.after_colon(key), format!(" {word}"))
            }
            Some((_, value)) => self.edit(value.span, word),
        }
    }

    /// Adds a word to the list at `key`, which may be a single word, empty, or missing.
    pub(crate) fn append(&self, key: &str, word: &str) -> Edit {
        self.append_item(key, &self.quoted(word))
    }

    /// Adds a table of words to the list at `key`, like [`append`](Self::append).
    pub(crate) fn append_table(&self, key: &str, words: &[(&str, &str)]) -> Edit {
        let newline = self.newline();
        let is_flow =
            self.entry(key).is_some_and(|(_, value)| self.inner()[value.span.range()].starts_with('['));
        if self.toml && !is_flow {
            let lines = words.iter().map(|(name, word)| format!("{name} = {}{newline}", json(word)));
            let table = format!("{newline}[[{key}]]{newline}{}", lines.collect::<String>());
            return self.edit(Span::empty(self.inner().len()), table);
        }
        let sign = if self.toml { " = " } else { ": " };
        let pairs: Vec<String> =
            words.iter().map(|(name, word)| format!("{name}{sign}{}", self.quoted(word))).collect();
        let table = format!("{{{}}}", pairs.join(", "));
        match self.entry(key) {
            // On a line of its own it is easier to read and to extend.
            None if !self.inner().trim_start().starts_with('{') => {
                self.add_as(key, &format!("{newline}  - {table}"), ":")
            }
            _ => self.append_item(key, &table),
        }
    }

    fn append_item(&self, key: &str, word: &str) -> Edit {
        let Some((key, value)) = self.entry(key) else { return self.add(key, &format!("[{word}]")) };
        match &value.value {
            Value::Null if value.span.is_empty() => self.edit(self.after_colon(key), format!(" [{word}]")),
            Value::Null => self.edit(value.span, format!("[{word}]")),
            Value::List(items) => match items.last() {
                None => self.edit(self.after(value.span.range().start, '['), word.to_owned()),
                Some(last) => self.edit(Span::empty(self.end_of(last)), self.next_item(last, word)),
            },
            Value::Scalar(_) | Value::Table(_) => {
                let first = &self.inner()[value.span.range()];
                self.edit(value.span, format!("[{first}, {word}]"))
            }
        }
    }

    /// Replaces the item of a list, keeping its quotation marks.
    pub(crate) fn replace_item(&self, item: Span, from: &str, to: &str) -> Option<Edit> {
        let at = self.text.get(item.range())?.find(from)?;
        let span = Span::new(0, from.len()).shifted(item.start as usize + at);
        Some(Edit { path: self.path.clone(), span, replacement: to.to_owned() })
    }

    /// Where `key` is written; with a number, that item of its list, if it is one.
    pub(crate) fn place(&self, key: &str, item: Option<usize>) -> Option<Span> {
        let (key, value) = self.entry(key)?;
        let item = item.and_then(|item| match &value.value {
            Value::List(items) => items.get(item),
            _ => None,
        });
        Some(self.of_text(item.map_or(key.span, |item| item.span)))
    }

    fn entry(&self, key: &str) -> Option<&(Key, Node)> {
        self.entries.iter().find(|(name, _)| &*name.name == key)
    }

    /// Converts a span of the front matter to one of the text.
    fn of_text(&self, span: Span) -> Span {
        span.shifted(self.span.start as usize)
    }

    fn edit(&self, span: Span, replacement: String) -> Edit {
        Edit { path: self.path.clone(), span: self.of_text(span), replacement }
    }

    fn inner(&self) -> &str {
        &self.text[self.span.range()]
    }

    /// Adds a missing key.
    fn add(&self, key: &str, value: &str) -> Edit {
        self.add_as(key, value, ": ")
    }

    fn add_as(&self, key: &str, value: &str, sign: &str) -> Edit {
        let newline = self.newline();
        if self.span.is_empty() && !self.has_fences() {
            let text = format!("---{newline}{key}{sign}{value}{newline}---{newline}{newline}");
            return self.edit(Span::empty(0), text);
        }
        if self.toml {
            // Before the first table, which would otherwise contain it.
            return self.edit(Span::empty(0), format!("{key} = {value}{newline}"));
        }
        if self.inner().trim_start().starts_with('{') {
            let more = if self.entries.is_empty() { "" } else { ", " };
            return self.edit(self.after(0, '{'), format!("{key}: {value}{more}"));
        }
        let indent = self.entries.first().map_or("", |(first, _)| {
            let line = &self.inner()[..first.span.start as usize];
            let line = &line[line.rfind('\n').map_or(0, |at| at + 1)..];
            if line.trim().is_empty() { line } else { "" }
        });
        self.edit(Span::empty(self.inner().len()), format!("{indent}{key}{sign}{value}{newline}"))
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn has_fences(&self) -> bool {
        let start = self.text.trim_start_matches('\u{feff}');
        (start.starts_with("---") || start.starts_with("+++")) && self.span.start > 3
    }

    /// Another item after the last one of a list, with its separator.
    fn next_item(&self, last: &Node, word: &str) -> String {
        let before = &self.inner()[..last.span.start as usize];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let is_block =
            !self.toml && line.trim_end().ends_with('-') && line.trim_start_matches([' ', '-']).is_empty();
        match is_block {
            true => format!("{}{line}{word}", self.newline()),
            false => format!(", {word}"),
        }
    }

    /// Where an item after `last` starts: after a comment on its line, in a block list.
    fn end_of(&self, last: &Node) -> usize {
        // The span of a block table extends to the next item.
        let end = self.inner()[..last.span.end as usize].trim_end().len().max(last.span.start as usize);
        let rest = &self.inner()[end..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let starts_comment = line.trim_start().starts_with('#') && line.starts_with([' ', '\t']);
        match starts_comment && !self.next_item(last, "").starts_with(',') {
            true => end + line.trim_end().len(),
            false => end,
        }
    }

    /// The position after the colon (or equals sign) of a key.
    fn after_colon(&self, key: &Key) -> Span {
        self.after(key.span.range().end, if self.toml { '=' } else { ':' })
    }

    fn after(&self, from: usize, sign: char) -> Span {
        Span::empty(self.inner()[from..].find(sign).map_or(from, |at| from + at + sign.len_utf8()))
    }

    /// A word as written in a value or in a list.
    fn quoted(&self, word: &str) -> String {
        if self.toml { json(word) } else { yaml_word(word) }
    }
}

/// An id or a hash as YAML, in a value or in a list: plain if every program reads it as text.
pub(crate) fn yaml_word(word: &str) -> String {
    let is_id = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) && !word.starts_with('-');
    // A word that looks like a number could be changed by other programs.
    match is_id && word.parse::<f64>().is_err() {
        true => word.to_owned(),
        false => json(word),
    }
}

/// `words` as a YAML value on one line: plain if that reads back as the same, otherwise in double quotes.
pub(crate) fn yaml_words(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<&str>>().join(" ");
    let node = yaml::parse(&format!("x: {words}\n")).ok();
    match node.as_ref().and_then(|node| node.get("x")).map(|node| &node.value) {
        Some(Value::Scalar(read)) if **read == words && !words.starts_with(['"', '\'']) => words,
        _ => json(&words),
    }
}

/// A JSON string, which is also a valid double-quoted YAML and TOML string.
fn json(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Options, Snapshot};
    use crate::world::edit::apply;
    use crate::world::memory::MemoryWorld;

    fn check(front: &str, edit: impl Fn(&FrontMatter<'_>) -> Edit, expected: &str) {
        let world = MemoryWorld::new().with("dossier.toml", "").with("content/actors/nis.md", front);
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let front_matter =
            FrontMatter::of(&**snapshot.world(), snapshot.graph.entities[0].original()).unwrap();
        assert_eq!(apply(front, &[&edit(&front_matter)]).0, expected);
    }

    fn append(front: &str, expected: &str) {
        check(front, |front| front.append("formerly", "old"), expected);
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
        append("---\n{title: A}\n---\n", "---\n{formerly: [old], title: A}\n---\n");
        append("---\n---\nx", "---\nformerly: [old]\n---\nx");
        append("no front matter", "---\nformerly: [old]\n---\n\nno front matter");
        append("+++\ntitle = 'A'\n[image]\n+++\n", "+++\nformerly = [\"old\"]\ntitle = 'A'\n[image]\n+++\n");
        append("+++\nformerly = ['a']\n+++\n", "+++\nformerly = ['a', \"old\"]\n+++\n");
    }

    #[test]
    fn a_table_is_added_in_the_form_that_others_have() {
        let add = |front: &str, expected: &str| {
            check(
                front,
                |front| front.append_table("targets", &[("source", "article"), ("exact", "a, b")]),
                expected,
            );
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
    fn words_are_quoted_where_yaml_would_misread_them() {
        for plain in ["A plain title", "Kirby, spokesman", "C# & co.", "북한"] {
            assert_eq!(yaml_words(plain), plain);
        }
        for quoted in [
            "a: b", "[a]", "null", "", "a #b", "- a", "\"a\" b", "'a'", "&a", "*a", "@a", "#a", "{a",
            "true: x",
        ] {
            assert!(yaml_words(quoted).starts_with('"'), "{quoted}");
        }
        assert_eq!(yaml_words("two\nlines"), "two lines");
    }
}

//! Changes one value of a YAML or TOML document. Every other byte stays as its author wrote it.
//!
//! A list or a table can be written in many ways, and each goes on differently. So a change is tried in the
//! ways that suit what is there, and the first whose result parses as what was asked is taken.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::node::{Key, Node, Value};
use super::write::{Given, Place, Syntax, quoted};
use super::{toml, yaml};
use crate::base::span::Span;

/// A step from a table or a list to a value in it.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Step {
    /// An item of a list, from 0. A single value counts as a list of one.
    Item(usize),
    /// An entry of a table.
    Key(String),
}

/// A change of a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Patch {
    /// Replaces the value, or adds it with what leads to it.
    Set(Given),
    /// Adds an item to a list: before the item with that number, or at the end.
    Insert(usize, Given),
    /// Removes an entry of a table, or an item of a list.
    Remove,
    /// Moves an item of a list to another place in it.
    Move(usize),
}

/// A document that parses.
pub(crate) struct Document<'a> {
    text: &'a str,
    syntax: Syntax,
    root: Node,
}

/// Texts for spans of the document, which do not overlap.
pub(crate) type Replacements = Vec<(Span, String)>;

impl<'a> Document<'a> {
    /// `None` if the text does not parse, or is not a table of keys.
    pub(crate) fn parse(text: &'a str, syntax: Syntax) -> Option<Document<'a>> {
        let mut root = parse(text, syntax)?;
        if matches!(root.value, Value::Null) {
            root = Node::empty(Span::new(0, text.len()));
        }
        if syntax == Syntax::Yaml {
            tighten(text, &mut root);
        }
        matches!(root.value, Value::Table(_)).then_some(Document { text, syntax, root })
    }

    /// The entries of the document.
    pub(crate) fn entries(&self) -> &[(Key, Node)] {
        match &self.root.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The replacements that change the value at `at`; empty if it is like that already. `None` if there is no
    /// such place, or it is written in a way that cannot be changed by itself, such as an alias.
    pub(crate) fn patch(&self, at: &[Step], patch: &Patch) -> Option<Replacements> {
        let before = Plain::of(&self.root);
        let wanted = before.clone().patched(at, patch)?.settled();
        if wanted == before.settled() {
            return Some(Vec::new());
        }
        let is_wanted = |replacements: &Replacements| {
            let after = parse(&applied(self.text, replacements), self.syntax);
            after.is_some_and(|after| Plain::of(&after).settled() == wanted)
        };
        self.ways(at, patch).into_iter().find(is_wanted)
    }

    /// The ways to write a change, the best one first.
    fn ways(&self, at: &[Step], patch: &Patch) -> Vec<Replacements> {
        let place = self.follow(at);
        match patch {
            Patch::Set(given) => self.set(&place, given),
            Patch::Insert(index, given) if place.missing.is_empty() => self.insert(&place, *index, given),
            Patch::Insert(_, given) => self.set(&place, &Given::List(vec![given.clone()])),
            Patch::Remove if place.missing.is_empty() => self.remove(&place).into_iter().collect(),
            Patch::Move(to) if place.missing.is_empty() => self.reorder(&place, *to).into_iter().collect(),
            Patch::Remove | Patch::Move(_) => Vec::new(),
        }
    }

    fn follow<'p>(&'p self, at: &'p [Step]) -> Found<'p> {
        let mut place = Found { node: &self.root, inside: Vec::new(), missing: at };
        while let [step, rest @ ..] = place.missing {
            let next = match (step, &place.node.value) {
                (Step::Key(key), Value::Table(entries)) => {
                    entries.iter().position(|(name, _)| *name.name == **key).map(|at| (at, &entries[at].1))
                }
                (Step::Item(at), Value::List(items)) => items.get(*at).map(|item| (*at, item)),
                // A single value is a list of one.
                (Step::Item(0), Value::Scalar(_) | Value::Table(_)) => {
                    place.missing = rest;
                    continue;
                }
                _ => None,
            };
            let Some((at, node)) = next else { break };
            place.inside.push((place.node, at));
            (place.node, place.missing) = (node, rest);
        }
        place
    }

    // ---- setting ----

    fn set(&self, place: &Found<'_>, given: &Given) -> Vec<Replacements> {
        match place.missing {
            [] => self.replace(place, given),
            [Step::Key(key), rest @ ..] if matches!(place.node.value, Value::Table(_)) => {
                self.add(place, key, &wrapped(rest, given))
            }
            [Step::Item(_), rest @ ..] if !matches!(place.node.value, Value::Null) => {
                self.insert(place, usize::MAX, &wrapped(rest, given))
            }
            missing => self.replace(place, &wrapped(missing, given)),
        }
    }

    /// Replaces a value that is there, in the quotation marks that it has.
    fn replace(&self, place: &Found<'_>, given: &Given) -> Vec<Replacements> {
        if self.is_section(place.node) {
            return Vec::new();
        }
        let within = if self.is_inside(place) { Place::Inside } else { Place::Line };
        let written = self.syntax.written(given, within);
        let old = &self.text[place.node.span.range()];
        if place.node.span.is_empty() {
            let Some(start) = self.value_start(place) else { return Vec::new() };
            return vec![
                vec![(Span::empty(start), format!(" {written}"))],
                vec![(Span::empty(start), written)],
            ];
        }
        let mut ways = Vec::new();
        if let Given::Words(words) = given {
            let is_plain = !words.contains(|c: char| c.is_control());
            if old.starts_with('"') && !old.starts_with("\"\"\"") {
                ways.push(vec![(place.node.span, quoted(words))]);
            } else if old.starts_with('\'')
                && is_plain
                && (self.syntax == Syntax::Yaml || !words.contains('\''))
            {
                ways.push(vec![(place.node.span, format!("'{}'", words.replace('\'', "''")))]);
            }
        }
        let start = self.value_start(place).unwrap_or(place.node.span.start as usize);
        let end = place.node.span.end as usize;
        let gap = &self.text[start..place.node.span.start as usize];
        if self.syntax == Syntax::Yaml && gap.trim_start().starts_with(['|', '>']) {
            ways.extend(self.in_block(place, gap, given));
            ways.push(vec![(Span::new(start, end), format!(" {written}"))]);
        }
        ways.push(vec![(place.node.span, written.clone())]);
        if gap.contains('\n') {
            // What was written below its key goes beside it.
            ways.push(vec![(Span::new(start, end), format!(" {written}"))]);
        }
        ways
    }

    /// The text of a block (`|`, `>`), with its header and indentation.
    fn in_block(&self, place: &Found<'_>, gap: &str, given: &Given) -> Option<Replacements> {
        let Given::Words(words) = given else { return None };
        let indent = &gap[gap.rfind('\n')? + 1..];
        let newline = self.newline();
        let text = match gap.trim_start().starts_with('>') {
            true => words.clone(),
            false => words.split('\n').collect::<Vec<&str>>().join(&format!("{newline}{indent}")),
        };
        Some(vec![(place.node.span, text)])
    }

    /// Where the value of an entry or an item begins: after its colon, equals sign or hyphen.
    fn value_start(&self, place: &Found<'_>) -> Option<usize> {
        let (container, at) = place.inside.last()?;
        match &container.value {
            Value::Table(entries) => Some(self.after_sign(&entries[*at].0)),
            Value::List(_) => {
                let before =
                    self.text[..place.node.span.start as usize].trim_end_matches([' ', '\t', '\r', '\n']);
                before.ends_with('-').then_some(before.len())
            }
            _ => None,
        }
    }

    /// Adds an entry to a table.
    fn add(&self, place: &Found<'_>, key: &str, given: &Given) -> Vec<Replacements> {
        let Value::Table(entries) = &place.node.value else { return Vec::new() };
        let is_root = place.inside.is_empty();
        let text = &self.text[place.node.span.range()];
        if text.trim_start().starts_with('{') {
            return self.add_inside(place.node, entries, key, given);
        }
        let newline = self.newline();
        let line = self.entry(key, given);
        if self.syntax == Syntax::Toml {
            let own = entries.iter().rev().find(|(_, value)| !self.is_section(value));
            let after = match own {
                Some((key, value)) => self.line_end(self.entry_end(key, value)),
                None if is_root => 0,
                None => self.line_end(place.node.span.end as usize),
            };
            let line =
                format!("{}{}{}", key_of(self.syntax, key), "", self.syntax.written(given, Place::Line));
            let mut ways = vec![self.line_after(after, &line)];
            if let (Given::List(items), true) = (given, is_root)
                && items.iter().all(|item| matches!(item, Given::Table(_)))
            {
                let sections: String = items.iter().map(|item| self.section(key, item)).collect();
                ways.insert(
                    0,
                    vec![(Span::empty(self.text.len()), self.on_new_line(self.text.len(), &sections))],
                );
            }
            return ways;
        }
        let Some((first, _)) = entries.first() else {
            let at = place.node.span.end as usize;
            return vec![vec![(Span::empty(at), self.on_new_line(at, &format!("{line}{newline}")))]];
        };
        let indent = " ".repeat(self.column(first.span.start as usize));
        let line = line.replace('\n', &format!("\n{indent}"));
        if is_root {
            let at = self.text.len();
            return vec![vec![(Span::empty(at), self.on_new_line(at, &format!("{indent}{line}{newline}")))]];
        }
        let (last, value) = entries.last().map(|(key, value)| (key, value)).unwrap_or((first, place.node));
        let at = self.line_end(self.entry_end(last, value));
        vec![vec![(Span::empty(at), format!("{newline}{indent}{line}"))]]
    }

    /// An entry on lines of its own. A list of tables has a line for each of them, which is easier to read and to extend.
    fn entry(&self, key: &str, given: &Given) -> String {
        let newline = self.newline();
        let name = key_of(self.syntax, key);
        match given {
            Given::List(items)
                if self.syntax == Syntax::Yaml
                    && !items.is_empty()
                    && items.iter().all(|item| matches!(item, Given::Table(_))) =>
            {
                let item = |item| format!("{newline}  - {}", self.syntax.written(item, Place::Line));
                format!("{}{}", name.trim_end(), items.iter().map(item).collect::<String>())
            }
            given => format!("{name}{}", self.syntax.written(given, Place::Line)),
        }
    }

    fn add_inside(
        &self,
        table: &Node,
        entries: &[(Key, Node)],
        key: &str,
        given: &Given,
    ) -> Vec<Replacements> {
        let written = format!("{}{}", key_of(self.syntax, key), self.syntax.written(given, Place::Inside));
        match entries.last() {
            Some((last, value)) => {
                vec![vec![(Span::empty(self.entry_end(last, value)), format!(", {written}"))]]
            }
            None => {
                let open = self.text[table.span.range()].find('{').map_or(0, |at| at + 1);
                vec![vec![(Span::empty(table.span.start as usize + open), written)]]
            }
        }
    }

    // ---- lists ----

    fn insert(&self, place: &Found<'_>, index: usize, given: &Given) -> Vec<Replacements> {
        let inside = self.syntax.written(given, Place::Inside);
        let Value::List(items) = &place.node.value else {
            return self.insert_beside(place, index, given);
        };
        let index = index.min(items.len());
        let text = &self.text[place.node.span.range()];
        if let [first, ..] = &items[..]
            && self.is_section(first)
        {
            return self.insert_section(place, items, index, given);
        }
        if let Some(open) = text.find('[').filter(|open| {
            !text.starts_with('-') && text[..*open].trim_start().is_empty() || text.starts_with('&')
        }) {
            let at = match index {
                0 => place.node.span.start as usize + open + 1,
                _ => items[index - 1].span.end as usize,
            };
            let item = match (index, items.is_empty()) {
                (0, true) => inside,
                (0, false) => format!("{inside}, "),
                _ => format!(", {inside}"),
            };
            return vec![vec![(Span::empty(at), item)]];
        }
        let line = self.syntax.written(given, Place::Line);
        let newline = self.newline();
        let Some((start, _)) = items.first().and_then(|first| dash(self.text, first)) else {
            return Vec::new();
        };
        let indent = " ".repeat(self.column(start));
        match index {
            0 => vec![vec![(Span::empty(start), format!("- {line}{newline}{indent}"))]],
            _ => {
                let at = self.line_end(self.item_end(&items[index - 1]));
                vec![vec![(Span::empty(at), format!("{newline}{indent}- {line}"))]]
            }
        }
    }

    /// Makes a list of a single value and another.
    fn insert_beside(&self, place: &Found<'_>, index: usize, given: &Given) -> Vec<Replacements> {
        let inside = self.syntax.written(given, Place::Inside);
        let (Value::Scalar(_) | Value::Table(_)) = &place.node.value else {
            return self.replace(place, &Given::List(vec![given.clone()]));
        };
        let old = &self.text[place.node.span.range()];
        let (first, second) = if index == 0 { (&*inside, old) } else { (old, &*inside) };
        let mut ways = vec![vec![(place.node.span, format!("[{first}, {second}]"))]];
        // The text of a block is written anew beside its key.
        if let (Value::Scalar(words), Some(start)) = (&place.node.value, self.value_start(place)) {
            let old = Given::Words(words.to_string());
            let items = if index == 0 { vec![given.clone(), old] } else { vec![old, given.clone()] };
            let list = self.syntax.written(&Given::List(items), Place::Line);
            ways.push(vec![(Span::new(start, place.node.span.end as usize), format!(" {list}"))]);
        }
        // A table on lines of its own becomes the first item on lines of its own.
        if self.syntax == Syntax::Yaml && matches!(place.node.value, Value::Table(_)) {
            let newline = self.newline();
            let indent = " ".repeat(self.column(place.node.span.start as usize));
            let line = format!("- {}", self.syntax.written(given, Place::Line));
            let old = format!("- {}", old.replace('\n', "\n  "));
            let (first, second) = if index == 0 { (line, old) } else { (old, line) };
            ways.push(vec![(place.node.span, format!("{first}{newline}{indent}{second}"))]);
        }
        ways
    }

    /// Adds `[[key]]` to a list of sections.
    fn insert_section(
        &self,
        place: &Found<'_>,
        items: &[Node],
        index: usize,
        given: &Given,
    ) -> Vec<Replacements> {
        let Some((container, at)) = place.inside.last() else { return Vec::new() };
        let Value::Table(entries) = &container.value else { return Vec::new() };
        let section = self.section(&entries[*at].0.name, given);
        let at = match items.get(index) {
            Some(next) => next.span.start as usize,
            None => self.section_end(&items[items.len() - 1]),
        };
        let text = match index < items.len() {
            true => format!("{}{}", section.trim_start(), self.newline()),
            false => self.on_new_line(at, &section),
        };
        vec![vec![(Span::empty(at), text)]]
    }

    /// A table as a section of its own.
    fn section(&self, key: &str, given: &Given) -> String {
        let newline = self.newline();
        let name = key_of(self.syntax, key);
        let name = name.trim_end_matches(self.syntax.sign());
        let Given::Table(entries) = given else { return String::new() };
        let line = |(key, value): &(String, Given)| {
            format!("{}{}{newline}", key_of(self.syntax, key), self.syntax.written(value, Place::Line))
        };
        format!("{newline}[[{name}]]{newline}{}", entries.iter().map(line).collect::<String>())
    }

    // ---- removing and moving ----

    fn remove(&self, place: &Found<'_>) -> Option<Replacements> {
        let (container, at) = place.inside.last()?;
        // The parts of the container, each from its first byte to its last.
        let parts: Vec<Span> = match &container.value {
            Value::Table(entries) => entries
                .iter()
                .map(|(key, value)| Span::new(key.span.start as usize, self.entry_end(key, value)))
                .collect(),
            Value::List(items) => items.iter().map(|item| item.span).collect(),
            _ => return None,
        };
        let own = parts.get(*at)?;
        if self.is_section(place.node) {
            return Some(vec![(
                Span::new(self.line_start(own.start as usize), self.section_end(place.node)),
                String::new(),
            )]);
        }
        if self.holds_inside(container) {
            let span = match (parts.get(at + 1), at.checked_sub(1).map(|before| parts[before])) {
                (Some(next), _) => Span { start: own.start, end: next.start },
                (None, Some(before)) => Span { start: before.end, end: own.end },
                (None, None) => *own,
            };
            return Some(vec![(span, String::new())]);
        }
        let lines = match &container.value {
            Value::List(_) => self.item_lines(place.node)?,
            _ => Span::new(own.start as usize, self.line_end(own.end as usize)),
        };
        let start = self.line_start(lines.start as usize);
        let next = parts.get(at + 1).map(|next| next.start as usize);
        let span = match (self.text[start..lines.start as usize].trim().is_empty(), next) {
            (true, _) => Span::new(start, self.after_newline(lines.end as usize)),
            // It begins on the line of a hyphen: what follows takes its place.
            (false, Some(next)) if matches!(container.value, Value::Table(_)) => {
                Span::new(lines.start as usize, next)
            }
            _ => lines,
        };
        Some(vec![(span, String::new())])
    }

    fn reorder(&self, place: &Found<'_>, to: usize) -> Option<Replacements> {
        let (container, from) = place.inside.last()?;
        let Value::List(items) = &container.value else { return None };
        if to >= items.len() {
            return None;
        }
        let slots: Vec<Span> = match items.first().is_some_and(|first| self.is_section(first)) {
            true => items
                .iter()
                .map(|item| Span::new(item.span.start as usize, self.section_text_end(item)))
                .collect(),
            false if self.holds_inside(container) => items.iter().map(|item| item.span).collect(),
            false => items.iter().map(|item| self.item_lines(item)).collect::<Option<_>>()?,
        };
        let mut order: Vec<usize> = (0..items.len()).collect();
        let moved = order.remove(*from);
        order.insert(to, moved);
        let slot = |(slot, from): (&Span, usize)| (*slot, self.text[slots[from].range()].to_owned());
        Some(
            slots
                .iter()
                .zip(order)
                .map(slot)
                .filter(|(slot, text)| self.text[slot.range()] != **text)
                .collect(),
        )
    }

    // ---- places in the text ----

    /// Whether a value stands between brackets or braces.
    fn is_inside(&self, place: &Found<'_>) -> bool {
        place.inside.iter().any(|(container, _)| self.holds_inside(container))
    }

    fn holds_inside(&self, container: &Node) -> bool {
        let text = &self.text[container.span.range()];
        let text = match text.strip_prefix('&') {
            Some(named) => named.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start()),
            None => text,
        };
        text.starts_with(['[', '{']) && !self.is_section(container)
    }

    /// Whether a value of TOML is a `[section]`, or the list of its `[[sections]]`.
    fn is_section(&self, node: &Node) -> bool {
        let header = |node: &Node| {
            let (start, end) = (node.span.start as usize, node.span.end as usize);
            self.text[start..end].starts_with('[')
                && self.text[self.line_start(start)..start].trim().is_empty()
                && matches!(node.value, Value::Table(_))
        };
        self.syntax == Syntax::Toml
            && match &node.value {
                Value::List(items) => !items.is_empty() && items.iter().all(header),
                _ => header(node),
            }
    }

    /// Where a section ends: at the header of the next one that is not within it, or at the end.
    fn section_end(&self, section: &Node) -> usize {
        let inner = last_byte(section).max(section.span.end as usize);
        let mut headers = Vec::new();
        self.headers(&self.root, &mut headers);
        headers.into_iter().filter(|start| *start > inner).min().unwrap_or(self.text.len())
    }

    /// Where the text of a section ends, without the blank lines and comments before the next.
    fn section_text_end(&self, section: &Node) -> usize {
        self.line_end(last_byte(section).max(section.span.end as usize))
    }

    fn headers(&self, node: &Node, found: &mut Vec<usize>) {
        let children: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            Value::Table(entries) => entries.iter().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        };
        for child in children {
            if self.is_section(child) {
                found.push(self.line_start(child.span.start as usize));
            }
            self.headers(child, found);
        }
    }

    /// Where an entry ends.
    fn entry_end(&self, key: &Key, value: &Node) -> usize {
        match value.span.is_empty() {
            true => self.after_sign(key),
            false => value.span.end as usize,
        }
    }

    fn item_end(&self, item: &Node) -> usize {
        match item.span.is_empty() {
            true => dash(self.text, item).map_or(item.span.end as usize, |(_, after)| after),
            false => item.span.end as usize,
        }
    }

    /// The lines of an item with a hyphen, without the last line's end.
    fn item_lines(&self, item: &Node) -> Option<Span> {
        let (dash, _) = dash(self.text, item)?;
        Some(Span::new(dash, self.line_end(self.item_end(item))))
    }

    fn after_sign(&self, key: &Key) -> usize {
        after_sign(self.text, self.syntax, key)
    }

    /// The end of the line, if nothing but a comment follows; else `at`.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let line = rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r');
        let is_comment = line.starts_with([' ', '\t']) && line.trim_start().starts_with('#')
            || self.syntax == Syntax::Toml && line.starts_with('#');
        match line.trim().is_empty() || is_comment {
            true => at + line.trim_end().len(),
            false => at,
        }
    }

    fn line_start(&self, at: usize) -> usize {
        line_start(self.text, at)
    }

    /// The place after the white space and the line end at `at`.
    fn after_newline(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        match rest.find('\n').filter(|end| rest[..*end].trim().is_empty()) {
            Some(end) => at + end + 1,
            None => at,
        }
    }

    /// The column of a place: in characters, from 0.
    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    /// A line below the one that ends at `at`; the first line, if that is the beginning.
    fn line_after(&self, at: usize, line: &str) -> Replacements {
        let newline = self.newline();
        match at == 0 {
            true => vec![(Span::empty(0), format!("{line}{newline}"))],
            false => vec![(Span::empty(at), format!("{newline}{line}"))],
        }
    }

    /// `lines`, which begin a line when they are put at `at`.
    fn on_new_line(&self, at: usize, lines: &str) -> String {
        let begins = at == 0 || self.text[..at].ends_with('\n');
        if begins { lines.to_owned() } else { format!("{}{lines}", self.newline()) }
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

fn after_sign(text: &str, syntax: Syntax, key: &Key) -> usize {
    let end = key.span.end as usize;
    let sign = syntax.sign().trim();
    text[end..].find(sign).map_or(end, |at| end + at + sign.len())
}

/// The hyphen of an item of YAML, and the place after it.
fn dash(text: &str, item: &Node) -> Option<(usize, usize)> {
    let mut before = &text[..item.span.start as usize];
    // An anchor, the header of a block and comments can stand between the two.
    loop {
        let start = line_start(before, before.trim_end().len());
        let line = before[start..].trim_end();
        let hyphens = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        let own = line[..hyphens]
            .rfind('-')
            .filter(|at| line[at + 1..].starts_with([' ', '\t']) || line.len() == at + 1);
        match own {
            Some(at) => return Some((start + at, start + at + 1)),
            None if start == 0 => return None,
            None => before = &before[..start],
        }
    }
}

/// Gives lists and tables the span from their first part to their last, or to their closing bracket: the parser's
/// extend to what follows them, and those of lists that are not indented begin and end within the first item.
fn tighten(text: &str, node: &mut Node) {
    let own = node.span.range();
    // The parts of an alias are elsewhere.
    if text[own.clone()].starts_with('*') {
        return;
    }
    let (start, end) = match &mut node.value {
        Value::Null | Value::Scalar(_) => return,
        Value::List(items) => {
            items.iter_mut().for_each(|item| tighten(text, item));
            let [first, ..] = &items[..] else { return close(text, node) };
            let start = match first.span.range().start == own.start {
                true => dash(text, first).map_or(own.start, |(at, _)| at),
                false => own.start,
            };
            let last = &items[items.len() - 1];
            let end = match last.span.is_empty() {
                true => dash(text, last).map_or(own.end, |(_, after)| after),
                false => last.span.range().end,
            };
            (start, end)
        }
        Value::Table(entries) => {
            entries.iter_mut().for_each(|(_, value)| tighten(text, value));
            let Some((key, value)) = entries.last() else { return close(text, node) };
            let end = match value.span.is_empty() {
                true => after_sign(text, Syntax::Yaml, key),
                false => value.span.range().end,
            };
            (own.start, end)
        }
    };
    let opening = text[own.clone()]
        .find(['[', '{'])
        .filter(|_| start == own.start && text[own.clone()].starts_with(['[', '{', '&', '!']));
    let end = match opening {
        Some(_) => closing(text, end).unwrap_or(own.end),
        None => end,
    };
    node.span = Span::new(start, end);
}

/// Ends what is empty at its closing bracket.
fn close(text: &str, node: &mut Node) {
    let own = node.span.range();
    let inner = text[own.clone()].find(['[', '{']).map(|open| own.start + open + 1);
    if let Some(end) = inner.and_then(|inner| closing(text, inner)) {
        node.span = Span::new(own.start, end);
    }
}

/// The place after the bracket or brace that closes after `at`, past commas and comments.
fn closing(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text[at..].find(|c: char| !c.is_whitespace() && c != ',')?;
        match text[at..].chars().next()? {
            ']' | '}' => return Some(at + 1),
            '#' => at += text[at..].find('\n')?,
            _ => return None,
        }
    }
}

/// How far a path could be followed.
struct Found<'p> {
    /// The deepest value on the path.
    node: &'p Node,
    /// The tables and lists that it is in, each with the number of the entry or item.
    inside: Vec<(&'p Node, usize)>,
    /// The steps to what is not there.
    missing: &'p [Step],
}

fn parse(text: &str, syntax: Syntax) -> Option<Node> {
    match syntax {
        Syntax::Yaml => yaml::parse(text).ok(),
        Syntax::Toml => toml::parse(text).ok(),
    }
}

/// The tables and lists around a value that are missing, too.
fn wrapped(missing: &[Step], given: &Given) -> Given {
    missing.iter().rev().fold(given.clone(), |inner, step| match step {
        Step::Key(key) => Given::Table(vec![(key.clone(), inner)]),
        Step::Item(_) => Given::List(vec![inner]),
    })
}

fn key_of(syntax: Syntax, key: &str) -> String {
    syntax.key(key)
}

fn last_byte(node: &Node) -> usize {
    let inner = match &node.value {
        Value::List(items) => items.iter().map(last_byte).max(),
        Value::Table(entries) => {
            entries.iter().map(|(key, value)| last_byte(value).max(key.span.end as usize)).max()
        }
        _ => None,
    };
    inner.unwrap_or(0).max(node.span.end as usize)
}

/// The text after the replacements.
pub(crate) fn applied(text: &str, replacements: &Replacements) -> String {
    let mut sorted: Vec<&(Span, String)> = replacements.iter().collect();
    sorted.sort_by_key(|(span, _)| *span);
    let (mut result, mut done) = (String::with_capacity(text.len()), 0);
    for (span, replacement) in sorted {
        result += &text[done..span.start as usize];
        result += replacement;
        done = span.end as usize;
    }
    result + &text[done..]
}

/// A value without the way in which it is written.
#[derive(Clone, Debug, PartialEq)]
enum Plain {
    Nothing,
    Scalar(String),
    List(Vec<Plain>),
    Table(BTreeMap<String, Plain>),
}

impl Plain {
    fn of(node: &Node) -> Plain {
        match &node.value {
            Value::Null => Plain::Nothing,
            Value::Scalar(words) => Plain::Scalar(words.to_string()),
            Value::List(items) => Plain::List(items.iter().map(Plain::of).collect()),
            Value::Table(entries) => Plain::Table(
                entries.iter().map(|(key, value)| (key.name.to_string(), Plain::of(value))).collect(),
            ),
        }
    }

    fn given(given: &Given) -> Plain {
        let scalar = |words: &str| Plain::Scalar(crate::base::character::allowed(words).into());
        match given {
            Given::Words(words) | Given::Bare(words) => scalar(words),
            Given::List(items) => Plain::List(items.iter().map(Plain::given).collect()),
            Given::Table(entries) => {
                Plain::Table(entries.iter().map(|(key, value)| (key.clone(), Plain::given(value))).collect())
            }
        }
    }

    /// What a change makes of it; `None` if there is no such place.
    fn patched(self, at: &[Step], patch: &Patch) -> Option<Plain> {
        match (at, self) {
            ([], before) => match patch {
                Patch::Set(given) => Some(Plain::given(given)),
                Patch::Insert(index, given) => {
                    let mut items = before.items();
                    items.insert((*index).min(items.len()), Plain::given(given));
                    Some(Plain::List(items))
                }
                Patch::Remove | Patch::Move(_) => None,
            },
            ([Step::Key(key), rest @ ..], before @ (Plain::Table(_) | Plain::Nothing)) => {
                let mut entries = match before {
                    Plain::Table(entries) => entries,
                    _ => BTreeMap::new(),
                };
                let inner = entries.remove(key);
                match (rest, patch) {
                    ([], Patch::Remove) => inner.map(drop)?,
                    _ => drop(
                        entries.insert(key.clone(), inner.unwrap_or(Plain::Nothing).patched(rest, patch)?),
                    ),
                }
                Some(Plain::Table(entries))
            }
            ([Step::Item(at), rest @ ..], before) => {
                let mut items = before.items();
                match (rest, patch) {
                    ([], Patch::Remove) if *at < items.len() => drop(items.remove(*at)),
                    ([], Patch::Move(to)) if *at < items.len() && *to < items.len() => {
                        let moved = items.remove(*at);
                        items.insert(*to, moved);
                    }
                    ([], Patch::Remove | Patch::Move(_)) => return None,
                    _ if *at < items.len() => items[*at] = items[*at].clone().patched(rest, patch)?,
                    _ => items.push(Plain::Nothing.patched(rest, patch)?),
                }
                Some(Plain::List(items))
            }
            _ => None,
        }
    }

    fn items(self) -> Vec<Plain> {
        match self {
            Plain::Nothing => Vec::new(),
            Plain::List(items) => items,
            single => vec![single],
        }
    }

    /// The value in the form that all ways to write it share: a list of one is its item, and what is empty is not there.
    fn settled(self) -> Plain {
        match self {
            Plain::List(items) => {
                let mut items: Vec<Plain> = items.into_iter().map(Plain::settled).collect();
                match items.len() {
                    0 => Plain::Nothing,
                    1 => items.remove(0),
                    _ => Plain::List(items),
                }
            }
            Plain::Table(entries) => {
                let entries = entries.into_iter().map(|(key, value)| (key, value.settled()));
                let entries: BTreeMap<String, Plain> =
                    entries.filter(|(_, value)| *value != Plain::Nothing).collect();
                if entries.is_empty() { Plain::Nothing } else { Plain::Table(entries) }
            }
            single => single,
        }
    }
}

#[cfg(test)]
mod tests;

//! Sets a value, or adds it with what leads to it.

use super::place::{Editable, Found, Replacements, Step};
use crate::base::span::Span;
use crate::data::node::{Key, Node, Value};
use crate::data::write::{Given, Place, Syntax, quoted};

impl Editable<'_> {
    pub(super) fn set(&self, place: &Found<'_>, given: &Given) -> Vec<Replacements> {
        match place.missing {
            [] => self.replace(place, given),
            [Step::Key(key), rest @ ..] if matches!(place.node.value, Value::Table(_)) => {
                self.add(place, key, &wrapped(rest, given))
            }
            [Step::Item(_), rest @ ..] => self.insert(place, usize::MAX, &wrapped(rest, given)),
            missing => self.replace(place, &wrapped(missing, given)),
        }
    }

    /// Replaces a value that is there, in the quotation marks that it has.
    pub(super) fn replace(&self, place: &Found<'_>, given: &Given) -> Vec<Replacements> {
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
    pub(super) fn value_start(&self, place: &Found<'_>) -> Option<usize> {
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
        let (Some((first, _)), Some((last, value))) = (entries.first(), entries.last()) else {
            let at = place.node.span.end as usize;
            return vec![vec![(Span::empty(at), self.on_new_line(at, &format!("{line}{newline}")))]];
        };
        let indent = " ".repeat(self.column(first.span.start as usize));
        let line = line.replace('\n', &format!("\n{indent}"));
        if is_root {
            let at = self.text.len();
            let below = vec![(Span::empty(at), self.on_new_line(at, &format!("{indent}{line}{newline}")))];
            return self.in_hint(key, &line).into_iter().chain([below]).collect();
        }
        let at = self.line_end(self.entry_end(last, value));
        vec![vec![(Span::empty(at), format!("{newline}{indent}{line}"))]]
    }

    /// An entry in the place of the comment that a new file has for it: `# key:`, perhaps with an explanation.
    fn in_hint(&self, key: &str, entry: &str) -> Option<Replacements> {
        let mut start = 0;
        let (line, explained) = self.text.split_inclusive('\n').find_map(|line| {
            let at = start;
            start += line.len();
            let line = line.trim_end();
            let rest =
                line.strip_prefix('#')?.trim_start().strip_prefix(key)?.strip_prefix(':')?.trim_start();
            let is_hint = rest.is_empty() || rest.starts_with('#');
            is_hint.then(|| (Span::new(at, at + line.len()), rest))
        })?;
        let (first, more) = entry.split_at(entry.find(self.newline()).unwrap_or(entry.len()));
        let explained = if explained.is_empty() { String::new() } else { format!(" {explained}") };
        Some(vec![(line, format!("{first}{explained}{more}"))])
    }

    /// An entry on lines of its own. A list of tables has a line for each of them, which is easier to read and to
    /// extend.
    fn entry(&self, key: &str, given: &Given) -> String {
        let newline = self.newline();
        let name = self.syntax.key(key);
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
        let written = format!("{}{}", self.syntax.key(key), self.syntax.written(given, Place::Inside));
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
}

/// The tables and lists around a value that are missing, too.
fn wrapped(missing: &[Step], given: &Given) -> Given {
    missing.iter().rev().fold(given.clone(), |inner, step| match step {
        Step::Key(key) => Given::Table(vec![(key.clone(), inner)]),
        Step::Item(_) => Given::List(vec![inner]),
    })
}

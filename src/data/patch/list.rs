//! Adds, removes and moves the items of a list, and removes entries.

use super::place::{Editable, Found, Replacements, dash};
use crate::base::span::Span;
use crate::data::node::{Node, Value};
use crate::data::write::{Given, Place, Syntax};

impl Editable<'_> {
    pub(super) fn insert(&self, place: &Found<'_>, index: usize, given: &Given) -> Vec<Replacements> {
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
        if self.holds_inside(place.node)
            && let Some(open) = text.find('[')
        {
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
        // The text of a block goes beside its key.
        if let (Value::Scalar(words), Some(start)) = (&place.node.value, self.value_start(place)) {
            let old = Given::Words(words.to_string());
            let items = if index == 0 { vec![given.clone(), old] } else { vec![old, given.clone()] };
            let list = self.syntax.written(&Given::List(items), Place::Line);
            ways.push(vec![(Span::new(start, place.node.span.end as usize), format!(" {list}"))]);
        }
        // A table on lines of its own becomes the first item on lines of its own.
        let newline = self.newline();
        let indent = " ".repeat(self.column(place.node.span.start as usize));
        let line = format!("- {}", self.syntax.written(given, Place::Line));
        let old = format!("- {}", old.replace('\n', "\n  "));
        let (first, second) = if index == 0 { (line, old) } else { (old, line) };
        ways.push(vec![(place.node.span, format!("{first}{newline}{indent}{second}"))]);
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
    pub(super) fn section(&self, key: &str, given: &Given) -> String {
        let newline = self.newline();
        let name = self.syntax.key(key);
        let name = name.trim_end_matches(self.syntax.sign());
        let Given::Table(entries) = given else { return String::new() };
        let line = |(key, value): &(String, Given)| {
            format!("{}{}{newline}", self.syntax.key(key), self.syntax.written(value, Place::Line))
        };
        format!("{newline}[[{name}]]{newline}{}", entries.iter().map(line).collect::<String>())
    }

    pub(super) fn remove(&self, place: &Found<'_>) -> Option<Replacements> {
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
        // Comments are the author's, and stay.
        let indent = " ".repeat(self.column(lines.start as usize));
        let comments = self.comments(Span::new(lines.start as usize, lines.end as usize), place.node);
        let kept: String =
            comments.iter().map(|comment| format!("{indent}{comment}{}", self.newline())).collect();
        let begins_line = self.text[start..lines.start as usize].trim().is_empty();
        let span = match (begins_line, next) {
            (true, _) if self.after_newline(lines.end as usize) == lines.end as usize && !kept.is_empty() => {
                // The last line has no end.
                return Some(vec![(Span::new(start, lines.end as usize), kept.trim_end().to_owned())]);
            }
            (true, _) => Span::new(start, self.after_newline(lines.end as usize)),
            // It begins on the line of a hyphen: what follows takes its place.
            (false, Some(next)) if matches!(container.value, Value::Table(_)) => {
                let kept = if kept.is_empty() { kept } else { format!("{}{indent}", kept.trim_start()) };
                return Some(vec![(Span::new(lines.start as usize, next), kept)]);
            }
            _ => lines,
        };
        Some(vec![(span, if begins_line { kept } else { String::new() })])
    }

    /// The comments in a span that holds `node`, in their order.
    fn comments(&self, span: Span, node: &Node) -> Vec<&str> {
        let mut words = Vec::new();
        word_spans(node, &mut words);
        let is_word = |at: usize| words.iter().any(|word| word.range().contains(&at));
        let mut comments = Vec::new();
        let mut at = span.start as usize;
        let end = span.end as usize;
        while let Some(sign) = self.text[at..end].find('#').map(|found| at + found) {
            let begins = self.syntax == Syntax::Toml || self.text[..sign].ends_with([' ', '\t', '\n']);
            at = sign + 1;
            if begins && !is_word(sign) {
                let line = self.text[sign..end].lines().next().unwrap_or_default();
                comments.push(line.trim_end());
                at = sign + line.len();
            }
        }
        comments
    }

    pub(super) fn reorder(&self, place: &Found<'_>, to: usize) -> Option<Replacements> {
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
}

/// Where the keys and words of a value are written.
fn word_spans(node: &Node, found: &mut Vec<Span>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(_) => found.push(node.span),
        Value::List(items) => items.iter().for_each(|item| word_spans(item, found)),
        Value::Table(entries) => {
            for (key, value) in entries {
                found.push(key.span);
                word_spans(value, found);
            }
        }
    }
}

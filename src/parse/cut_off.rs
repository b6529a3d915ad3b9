//! Texts in front matter that end at a ` #`, because YAML takes the rest of the line for a comment.

use crate::base::date::Edtf;
use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::repair::line::quoted;
use crate::data::{Key, Node, Value};
use crate::kinds::KindId;
use crate::kinds::keys::Shape;

/// A text that ends where a comment seems to begin.
pub(crate) static CUT_OFF_TEXT: Code = Code {
    name: "cut-off-text",
    level: Severity::Warning,
    docs: "\
A text in front matter that is cut off at a space and `#`. In YAML, the rest of the line is a comment there, so
readers do not see it.

```yaml
title: Route #4 to the port       # wrong: the title is \"Route\"
title: \"Route #4 to the port\"     # right
title: Route four  # a comment
```

Nothing at all is left of `by: #nis` and `- #nis`, where an id is written as a tag.

A comment is not meant: that is a `#` with a space after it, or with two spaces before it, or after a date, a number
or an id.

How to fix: put the text in quotation marks, as `dossier check --fix` does before a number or a name (`#4`,
`#StandWithUs`); or, before a comment, write two spaces.",
};

/// Finds the texts that are cut off.
pub(super) fn find(kind: KindId, entries: &[(Key, Node)], text: &str, path: &InputPath) -> Vec<Diagnostic> {
    let mut search = Search { text, path, found: Vec::new() };
    for (key, node) in entries {
        let known = kind.keys().find(|known| known.name == &*key.name);
        if let Some(known) = known {
            search.entry(key, node, known.shape);
        }
    }
    search.found
}

/// The entries of which a comment takes all, each with its line: what they say is not known.
pub(super) fn emptied(
    entries: &[(Key, Node)],
    found: &[Diagnostic],
    text: &str,
) -> Vec<(Box<str>, Box<str>)> {
    let is_empty = |(_, node): &&(Key, Node)| match &node.value {
        Value::List(items) => items.iter().any(|item| matches!(item.value, Value::Null)),
        value => matches!(value, Value::Null),
    };
    let entry_of = |found: &Diagnostic| {
        let place = found.labels.first()?.span;
        let (key, _) = entries.iter().rfind(|(key, _)| key.span.start <= place.start).filter(is_empty)?;
        Some((key.name.clone(), text[place.range()].into()))
    };
    found.iter().filter_map(entry_of).collect()
}

struct Search<'a> {
    text: &'a str,
    path: &'a InputPath,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    fn entry(&mut self, key: &Key, node: &Node, shape: Shape) {
        if matches!(node.value, Value::Null) && holds_reference(shape) {
            self.tag(key.span.range().end);
        }
        // A title that is missing has a finding of its own.
        if matches!(node.value, Value::Null) && holds_text(shape) && &*key.name != "title" {
            let after = &self.text[key.span.range().end..];
            let blank = after.len() - after.trim_start_matches([':', ' ']).len();
            if after.starts_with(": #") {
                self.report(Span::empty(key.span.range().end + blank), "nothing");
            }
            return;
        }
        self.value(node, shape);
    }

    fn value(&mut self, node: &Node, shape: Shape) {
        // Between brackets, a comment would end at the next line, not the value.
        if self.text[node.span.range()].starts_with(['[', '{']) {
            return;
        }
        match (&node.value, shape) {
            (_, Shape::Either(one, other)) => {
                self.value(node, *one);
                self.value(node, *other);
            }
            (Value::List(items), Shape::List(shape)) => {
                for item in items {
                    match item.value {
                        Value::Null if holds_reference(*shape) => self.tag(item.span.range().start),
                        _ => self.value(item, *shape),
                    }
                }
            }
            (_, Shape::List(shape)) => self.value(node, *shape),
            (Value::Table(entries), Shape::Record(keys)) => {
                for (key, node) in entries {
                    if let Some(known) = keys.iter().find(|known| known.name == &*key.name) {
                        self.entry(key, node, known.shape);
                    }
                }
            }
            // By language.
            (Value::Table(entries), Shape::Text) => {
                entries.iter().for_each(|(key, node)| self.entry(key, node, Shape::Words));
            }
            (Value::Scalar(value), Shape::Words | Shape::Text)
                if !is_complete(value)
                    && !self.text[node.span.range()].starts_with(['"', '\'', '|', '>']) =>
            {
                self.report(node.span, &format!("`{value}`"));
            }
            _ => {}
        }
    }

    /// Reports `by: #nis`, which leaves nothing: an id that is written as a tag is a comment.
    fn tag(&mut self, after: usize) {
        let line = self.text[after..].lines().next().unwrap_or_default();
        let before = line.len() - line.trim_start_matches([':', ' ', '-', '\t']).len();
        let Some(word) =
            line[before..].strip_prefix('#').filter(|word| word.starts_with(char::is_alphanumeric))
        else {
            return;
        };
        let word = word.trim_end();
        let mut words: Vec<&str> = Vec::new();
        for (at, word) in word.split_whitespace().map(|word| word.trim_end_matches(',')).enumerate() {
            match word.strip_prefix('#') {
                Some(word) => words.push(word),
                None if at == 0 => words.push(word),
                None => return,
            }
        }
        let span = Span::new(after + before, after + before + 1 + word.len());
        let found = CUT_OFF_TEXT.found(format!("`#{word}` is a comment in YAML, so nothing is left"));
        let found = found.at(self.path, span, "a comment").help("write the id without `#`");
        let written = match words.as_slice() {
            [one] => (*one).to_owned(),
            // Of an item of a list, only a person can make several.
            _ if line[..before].contains('-') => {
                self.found.push(found);
                return;
            }
            several => format!("[{}]", several.join(", ")),
        };
        self.found.push(found.fix(format!("replace it with `{written}`"), self.path, span, written));
    }

    /// Reports a value after which the line goes on with a `#` that begins a word.
    fn report(&mut self, span: Span, left: &str) {
        let (start, end) = (span.range().start, span.range().end);
        let rest = self.text[end..].lines().next().unwrap_or_default();
        let comment = if span.is_empty() { rest } else { rest.strip_prefix(' ').unwrap_or_default() };
        let is_word = comment.strip_prefix('#').is_some_and(|word| word.starts_with(char::is_alphanumeric));
        if !is_word {
            return;
        }
        // A comment of its own may follow.
        let own = [" # ", "  #", "\t#"].into_iter().filter_map(|mark| comment.find(mark)).min();
        let meant = comment[..own.unwrap_or(comment.len())].trim_end();
        let span = Span::new(start, end + rest.len() - comment.len() + meant.len());
        let found = CUT_OFF_TEXT.found(format!("the text is cut off at `#`: what is left is {left}"));
        let found = found.at(self.path, span, "a comment in YAML, from ` #` on");
        let found = found.help("put the text in quotation marks, or write two spaces before a comment");
        let edit = Edit { path: self.path.clone(), span, replacement: quoted(&self.text[span.range()]) };
        let fix = Fix::new("put the text in quotation marks", vec![edit]);
        // What may be a remark for the author's own eyes must not be published unasked.
        let is_sure = may_go_on(&self.text[start..end]) && !meant.split(" #").any(is_remark);
        self.found.push(match is_sure {
            true => Diagnostic { fix: Some(fix), ..found },
            false => found.choice(fix),
        });
    }
}

/// Whether a text up to a `#` is no whole sentence, so it may go on there.
fn may_go_on(text: &str) -> bool {
    !text.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', '。', '…'])
}

/// Whether what follows a `#` may be a remark, and not a number or the tag of a movement.
fn is_remark(after: &str) -> bool {
    let word: String = after.trim_start_matches('#').chars().take_while(|c| c.is_alphanumeric()).collect();
    let is_capital = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let is_note = matches!(word.to_lowercase().as_str(), "todo" | "fixme" | "note" | "check" | "xxx" | "ask");
    let is_number = word.chars().any(char::is_numeric);
    !is_number && (is_note || is_capital || word.starts_with(char::is_lowercase))
}

/// Whether values of a shape are words, or tables or lists of them.
fn holds_text(shape: Shape) -> bool {
    match shape {
        Shape::Words | Shape::Text => true,
        Shape::List(shape) => holds_text(*shape),
        Shape::Either(one, other) => holds_text(*one) || holds_text(*other),
        _ => false,
    }
}

/// Whether values of a shape are references, or lists of them.
fn holds_reference(shape: Shape) -> bool {
    match shape {
        Shape::Ref => true,
        Shape::List(shape) => holds_reference(*shape),
        Shape::Either(one, other) => holds_reference(*one) || holds_reference(*other),
        _ => false,
    }
}

/// Whether a value is whole as it is, so what follows is a comment.
fn is_complete(value: &str) -> bool {
    let is_flag = matches!(value.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no");
    is_flag || value.parse::<f64>().is_ok() || Edtf::parse(value).is_ok()
}

//! The names of a table's columns, as people write them.

use super::Table;
use super::problems::Problem;
use super::row::{ID, TEXT};
use crate::base::near::{is_typo, nearest};
use crate::base::span::Span;
use crate::data::reading::{HALVES, synonyms};

impl Table {
    /// Reads the names of the columns: `Title` is `title`, and `name` was meant so.
    pub(super) fn read_names(&mut self) {
        let mut known: Vec<&'static str> = self.kind.keys().map(|key| key.name).collect();
        known.extend([ID, TEXT]);
        let has_point = known.contains(&"coordinates");
        for at in 0..self.columns.len() {
            let lower = self.columns[at].key.to_lowercase();
            if lower.is_empty() {
                continue;
            }
            let is_free = |name: &&'static str| self.columns.iter().all(|column| column.key != *name);
            let same = known.iter().copied().find(|name| *name == lower);
            let span = self.columns[at].span;
            if has_point && HALVES.iter().any(|half| half.contains(&lower.as_str())) {
                let why = format!(
                    "`{}` is half of a point, which is one column, `coordinates`, with cells such as `42.25, 130.29`",
                    self.columns[at].key
                );
                self.problems.push(Problem::new(why, span));
                self.columns[at].key.clear();
            } else if let Some(name) = same {
                self.columns[at].key = name.to_owned();
            } else if let Some(name) = synonyms(&lower)
                .find(|name| known.contains(name))
                .or_else(|| nearest(&lower, known.iter().copied()).filter(|name| is_typo(&lower, name)))
                .filter(is_free)
            {
                let why = format!("no column is called `{}`; did you mean `{name}`?", self.columns[at].key);
                // The language of the column stays: `name@id`.
                let span = Span { end: span.end.min(span.start + self.columns[at].key.len() as u32), ..span };
                let is_plain = self.text.get(span.range()) == Some(self.columns[at].key.as_str());
                let meant = is_plain.then_some(name);
                self.problems.push(Problem { why, span, meant });
                self.columns[at].key = name.to_owned();
            }
        }
    }
}

//! What a reader of a format found in a file, as plain data: what could be entities, where each is in the file, and
//! what was left out. Readers only make this; [`plan`](super::plan) decides what becomes of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::base::id::Lang;
use crate::data::write::Given;
use crate::kinds::KindId;

/// A file, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Brought {
    /// The name of the file.
    pub name: String,
    /// What the file is: `a spreadsheet`.
    pub what: &'static str,
    pub items: Vec<Item>,
    pub remarks: Vec<Remark>,
    /// Files that several items may show, which [marks](super::marks) in texts call.
    pub files: Vec<Attached>,
    /// Properties of another program that items keep, so the dossier must ignore them.
    pub kept: Vec<String>,
}

/// A file that comes with items.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    /// What marks call it.
    pub called: String,
    /// The kind of an item that shows it, which decides its folder.
    pub kind: KindId,
    pub name: String,
    pub content: Arc<[u8]>,
}

/// Something in a file that could be an entity.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub kind: KindId,
    /// The name by which it is found again when the file is imported again: an id, an address or a title.
    pub key: String,
    /// The id that the file gives it.
    pub id: Option<String>,
    pub title: String,
    /// What the file says of it, by the names of keys.
    pub facts: Vec<Fact>,
    /// What it says in the keys of another program, which stay as they are.
    pub kept: Vec<(String, Given)>,
    /// Its title, summary and text in other languages.
    pub words: Vec<(Lang, Fact)>,
    /// Its text, in Markdown. A mark stands for the name of each picture's file.
    pub text: String,
    /// Its pictures: the end of the name of a file, and its content.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Whether it is its text, which is never left out as a whole.
    pub is_text: bool,
    /// Names that only its file has for it, which [`reference`]s in this file use.
    pub called: Vec<String>,
    /// Lines of comments, for its author.
    pub comments: String,
    pub at: At,
}

/// One thing that a file says of an item.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub key: &'static str,
    pub value: Given,
    pub at: At,
}

/// What begins a reference to another item of the import, which nothing else is.
pub(super) const REFERENCE: char = '\u{2}';

/// A reference to another item by a name that only their file has for it.
pub(super) fn reference(name: &str) -> Given {
    Given::Words(format!("{REFERENCE}{name}"))
}

/// A place in a file.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct At {
    /// In a folder. A plan says by `file` what something becomes.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Counted as a spreadsheet shows it: the first is 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The letters of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The words at the head of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Of a list, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = self.sheet.as_ref().map(|sheet| format!("sheet “{sheet}”"));
        let row = self.row.map(|row| format!("row {row}"));
        let heading = self.heading.as_ref().map(|heading| format!(" “{heading}”")).unwrap_or_default();
        let column = self.column.as_ref().map(|column| format!("column {column}{heading}"));
        let line = self.line.map(|line| format!("line {line}"));
        let item = self.item.map(|item| format!("item {item}"));
        let parts: Vec<String> =
            [self.file.clone(), sheet, row, column, line, item].into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}

/// Something that a person should know of an import.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Remark {
    #[serde(rename = "does")]
    pub sort: Sort,
    /// What it is about, as it is in the file.
    pub what: String,
    pub why: String,
    #[serde(flatten)]
    pub at: At,
}

/// What a remark says.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sort {
    /// It does not come along.
    LeftOut,
    /// It is taken, but somebody should look at it.
    Doubtful,
    /// It was written in another way, and only one thing can have been meant.
    Read,
}

/// What there is several of, with the numbers: `notes (3), tags (1)`.
pub(crate) fn counted<N: fmt::Display>(counts: &BTreeMap<N, usize>) -> String {
    let counted = counts.iter().map(|(name, count)| format!("{name} ({count})"));
    counted.collect::<Vec<String>>().join(", ")
}

impl Remark {
    pub(crate) fn left_out(what: impl Into<String>, why: impl Into<String>, at: &At) -> Remark {
        Remark { sort: Sort::LeftOut, what: what.into(), why: why.into(), at: at.clone() }
    }

    pub(crate) fn read(what: impl Into<String>, why: impl Into<String>, at: &At) -> Remark {
        Remark { sort: Sort::Read, what: what.into(), why: why.into(), at: at.clone() }
    }

    pub(crate) fn doubtful(what: impl Into<String>, why: impl Into<String>, at: &At) -> Remark {
        Remark { sort: Sort::Doubtful, what: what.into(), why: why.into(), at: at.clone() }
    }
}

impl Item {
    /// An item with a title and nothing else.
    pub(crate) fn titled(kind: KindId, title: &str, at: At) -> Item {
        Item {
            kind,
            key: title.to_owned(),
            id: None,
            title: title.to_owned(),
            facts: Vec::new(),
            kept: Vec::new(),
            words: Vec::new(),
            text: String::new(),
            pictures: Vec::new(),
            is_text: kind == KindId::Article,
            called: Vec::new(),
            comments: String::new(),
            at,
        }
    }

    pub(crate) fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key == key)
    }
}

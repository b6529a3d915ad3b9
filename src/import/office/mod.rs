//! Documents of Word (`.docx`), LibreOffice (`.odt`) and most word processors (`.rtf`) → texts.

pub(super) mod docx;
pub(super) mod odt;
pub(super) mod rtf;

use roxmltree::Node;

use super::brought::{At, Remark};
use super::door::{self, Archive};
use crate::ide::Refusal;

/// A part of a document that cannot be used.
fn damaged(part: &str) -> Refusal {
    Refusal(format!("its part `{part}` is damaged; open the document, and save it again"))
}

/// The text of a part, if it is nested no deeper than documents are: readers follow it by calling themselves.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = archive.text(name) else { return Ok(None) };
    match door::is_deep(&text) {
        true => Err(Refusal(format!("its part `{name}` is nested deeper than documents are"))),
        false => Ok(Some(text)),
    }
}

/// An attribute by its name without a namespace, because programs choose their own prefixes.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// Remarks on what was counted and is not carried.
fn counted(comments: usize, deletions: usize, insertions: usize, hidden: usize) -> Vec<Remark> {
    let at = At::default();
    let of = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let left_out = [
        (comments, "comment", "comments", "comments are for those who write"),
        (deletions, "deletion", "deletions", "what was deleted does not come along"),
        (
            hidden,
            "hidden part",
            "hidden parts",
            "what readers of the document do not see does not come along",
        ),
    ];
    let mut remarks: Vec<Remark> = left_out
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many, why)| Remark::left_out(of(count, one, many), why, &at))
        .collect();
    if insertions > 0 {
        let what = of(insertions, "insertion", "insertions");
        let why = "tracked insertions that nobody accepted yet are taken as text; look at them";
        remarks.push(Remark::doubtful(what, why, &at));
    }
    remarks
}

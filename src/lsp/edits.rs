//! Changes of files → what an editor carries out.

use serde_json::{Value as Json, json};

use super::buffers::Buffers;
use super::place::{Encoding, Root, Text};
use crate::base::diagnostic::Edit;
use crate::base::lines::floor_char_boundary;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::world::edit::{Changes, Rewrite};

/// What a client can do with changes.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Powers {
    /// It takes changes with the version of each text.
    pub versions: bool,
    /// It creates, renames and deletes files.
    pub files: bool,
}

/// Where changes lead to, and how positions are counted there.
pub(super) struct Desk<'a> {
    pub root: &'a Root,
    pub buffers: &'a Buffers,
    pub encoding: Encoding,
    pub powers: Powers,
}

impl Desk<'_> {
    /// A `WorkspaceEdit` of some edits; `None` if one of the files cannot be read.
    pub(super) fn of_edits(&self, edits: &[Edit]) -> Option<Json> {
        let mut by_file: Vec<(&InputPath, Vec<Json>)> = Vec::new();
        for edit in edits {
            let text = self.buffers.text(&edit.path)?;
            let range = Text::new(&text, self.encoding).range(edit.span);
            let edit_of = json!({ "range": range, "newText": edit.replacement });
            match by_file.iter_mut().find(|(path, _)| *path == &edit.path) {
                Some((_, known)) => known.push(edit_of),
                None => by_file.push((&edit.path, vec![edit_of])),
            }
        }
        let texts: Vec<(&InputPath, Vec<Json>)> = by_file;
        Some(self.of_texts(&texts, Vec::new()))
    }

    /// A `WorkspaceEdit` of changes.
    ///
    /// # Errors
    /// If the client cannot carry it out, or a file is not text.
    pub(super) fn of_changes(&self, changes: &Changes) -> Result<Json, String> {
        let (mut texts, mut created, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for Rewrite { path, before, after } in &changes.rewrites {
            let uri = self.root.uri(path);
            let text = |bytes: &[u8]| {
                let text = std::str::from_utf8(bytes).map(str::to_owned);
                text.map_err(|_| format!("`{path}` is not text, so an editor cannot write it"))
            };
            match (before, after) {
                (Some(before), Some(after)) => {
                    texts.push((path, vec![self.difference(&text(before)?, &text(after)?)]));
                }
                (None, Some(after)) => {
                    let start = json!({ "line": 0, "character": 0 });
                    let all = json!({ "range": { "start": start, "end": start }, "newText": text(after)? });
                    created.push(json!({ "kind": "create", "uri": uri, "options": { "overwrite": false } }));
                    created.push(json!({ "textDocument": { "uri": uri, "version": null }, "edits": [all] }));
                }
                (Some(_), None) => last.push(json!({ "kind": "delete", "uri": uri })),
                (None, None) => {}
            }
        }
        for (from, to) in &changes.moves {
            let (old, new) = (self.root.uri(from), self.root.uri(to));
            last.push(
                json!({ "kind": "rename", "oldUri": old, "newUri": new, "options": { "overwrite": false } }),
            );
        }
        created.extend(last);
        match created.is_empty() || self.powers.files {
            true => Ok(self.of_texts(&texts, created)),
            false => Err("this editor cannot create or rename files for a language server".to_owned()),
        }
    }

    fn of_texts(&self, texts: &[(&InputPath, Vec<Json>)], files: Vec<Json>) -> Json {
        if !self.powers.versions {
            let changes = texts.iter().map(|(path, edits)| (self.root.uri(path), Json::from(edits.clone())));
            return json!({ "changes": changes.collect::<serde_json::Map<String, Json>>() });
        }
        let text = |(path, edits): &(&InputPath, Vec<Json>)| {
            let version = self.buffers.get(path).map(|buffer| buffer.version);
            json!({ "textDocument": { "uri": self.root.uri(path), "version": version }, "edits": edits })
        };
        let all: Vec<Json> = texts.iter().map(text).chain(files).collect();
        json!({ "documentChanges": all })
    }

    /// One edit that makes a text another: what is the same at both ends stays.
    fn difference(&self, before: &str, after: &str) -> Json {
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
        let start = same(&mut before.bytes().zip(after.bytes()));
        let start = floor_char_boundary(before, start);
        let (old, new) = (&before[start..], &after[start..]);
        let mut end = same(&mut old.bytes().rev().zip(new.bytes().rev()));
        while !old.is_char_boundary(old.len() - end) {
            end -= 1;
        }
        let span = Span::new(start, before.len() - end);
        let range = Text::new(before, self.encoding).range(span);
        json!({ "range": range, "newText": &new[..new.len() - end] })
    }
}

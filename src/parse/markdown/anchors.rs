//! The ids of headings and blocks, and the names of blocks.

use std::ops::Range;

use super::Builder;
use crate::parse::fragments::{self, Fragments};
use crate::parse::prose::{Anchor, Block, Fault, Inline};

impl Builder<'_> {
    /// Reports what a heading has in braces at its end, `{#id .class key=value}`, but for one id.
    pub(super) fn find_lost_attributes(&mut self, heading: &Range<usize>) {
        let text = &self.text[self.start + heading.start..self.start + heading.end];
        let Some(start) = text.rfind('{') else { return };
        let Some(length) = text[start..].find('}') else { return };
        let inner = &text[start + 1..start + length];
        let is_last = text[start + length + 1..].lines().next().unwrap_or_default().trim().is_empty();
        let group = &text[start..start + length + 1];
        let is_read = is_last && !self.prose.plain.trim_end().ends_with(group);
        let is_id = inner.trim().starts_with('#') && !inner.trim().contains([' ', '\t']);
        if is_read && !is_id && !inner.trim().is_empty() {
            self.fault(Fault::AttributesLost, &(heading.start + start..heading.start + start + length + 1));
        }
    }

    /// Takes the name of a block from its end: ` ^name`, as in Obsidian.
    pub(super) fn take_block_name(&mut self, inlines: &mut Vec<Inline>) {
        let is_alone = inlines.len() == 1;
        let Some(Inline::Text(words)) = inlines.last_mut() else { return };
        let text = self.prose.at(words);
        let Some((before, name)) = text.rsplit_once('^') else { return };
        // A small number is more likely an exponent.
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && (name.len() > 2 || name.bytes().any(|b| b.is_ascii_alphabetic()));
        let is_apart = before.ends_with(' ') || (before.is_empty() && is_alone);
        if name.is_empty() || !is_name || !is_apart || words.end as usize != self.prose.plain.len() {
            return;
        }
        let end = words.start as usize + before.trim_end().len();
        self.block_name = Some(name.to_owned());
        words.end = end as u32;
        if words.start == words.end {
            inlines.pop();
        }
        self.prose.plain.truncate(end);
        while let Some(last) = self.prose.segments.last_mut() {
            if (last.plain as usize) < end {
                let length = end - last.plain as usize;
                last.source.end = last.source.end.min(last.source.start + length as u32);
                break;
            }
            self.prose.segments.pop();
        }
    }

    /// Adds a block, and makes it an anchor if it ended with a name.
    pub(super) fn add(&mut self, mut block: Block, blocks: &mut Vec<Block>) {
        let Some(name) = self.block_name.take() else { return blocks.push(block) };
        let anchor = Inline::Anchor(self.prose.anchors.len() as u32);
        self.prose.anchors.push(Anchor { name: format!("^{name}"), id: String::new() });
        if matches!(&block, Block::Paragraph(inlines) if inlines.is_empty()) {
            // A name on its own line is that of the block before it.
            self.prose.places.pop();
            match blocks.pop() {
                Some(before) => block = before,
                None => return blocks.push(Block::Plain(vec![anchor])),
            }
        }
        match &mut block {
            Block::Paragraph(inlines) | Block::Plain(inlines) | Block::Heading(_, inlines)
                if !matches!(inlines.as_slice(), [Inline::Image(_)]) =>
            {
                let at = usize::from(matches!(inlines.first(), Some(Inline::Task(_))));
                match inlines.get(at) {
                    // Further names are at the end: each at the start would move all before it.
                    Some(Inline::Anchor(_)) => inlines.push(anchor),
                    _ => inlines.insert(at, anchor),
                }
            }
            _ => blocks.push(Block::Plain(vec![anchor])),
        }
        blocks.push(block);
    }

    /// Hands out the ids: first those that the author chose, then those of headings, then those of blocks.
    pub(super) fn finish_ids(&mut self) {
        let mut fragments = Fragments::default();
        let mut anchors = Vec::new();
        for (id, span) in std::mem::take(&mut self.html_ids) {
            if !fragments.take(&id) {
                self.prose.faults.push((Fault::IdTaken, span));
            }
            anchors.push(Anchor { name: id.clone(), id });
        }
        let explicit = std::mem::take(&mut self.explicit_ids);
        for (index, (id, range)) in &explicit {
            if !fragments.take(id) {
                self.fault(Fault::IdTaken, range);
                continue;
            }
            self.prose.headings[*index].id.clone_from(id);
        }
        for (index, heading) in self.prose.headings.iter_mut().enumerate() {
            if heading.id.is_empty() {
                let written = explicit.get(&index).map(|(id, _)| id.clone());
                let wanted = written.unwrap_or_else(|| fragments::of_heading(&heading.text));
                heading.id = fragments.unique(&wanted);
            }
        }
        for anchor in &mut self.prose.anchors {
            anchor.id = fragments.unique(&fragments::of_block(&anchor.name[1..]));
        }
        // Blocks come first, because the tree has their indices.
        self.prose.anchors.extend(anchors);
    }
}

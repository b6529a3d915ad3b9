//! HEIC, AVIF, MP4, QuickTime and JPEG XL: boxes (ISO/IEC 14496-12; HEIF, ISO/IEC 23008-12; ISO/IEC 18181-2).
//!
//! Other parts of such a file give the positions of pictures and sounds as numbers of bytes, so nothing is taken
//! out: it is overwritten where it is, and its box becomes free space.

use std::collections::BTreeMap;
use std::ops::Range;

use super::boxes::{Box, boxes};
use super::extent::Extent;
use super::tracks::{self, Tracks};
use super::{Examined, Kept, Tell, Tells, be16, be32, contains, exif, xmp};

/// Top-level boxes that are played or shown.
const STAYS: [&[u8; 4]; 13] = [
    b"ftyp", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"pdin", b"idat", b"jxlc", b"jxlp",
    b"jxll", b"JXL ",
];

/// The extension that content credentials are in (C2PA 2.1, appendix A.5).
const C2PA: &[u8] = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";

/// The extension that XMP is in (ISO 16684-1, annex A).
const XMP: &[u8] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// The boxes of a movie that players read, each with the box that it is in (ISO/IEC 14496-12, table 1; QuickTime File
/// Format). All others in these are blanked.
const PLAYED: [(&[u8; 4], &[&[u8; 4]]); 8] = [
    (b"moov", &[b"mvhd", b"trak", b"mvex", b"pssh", b"cmov", b"udta"]),
    (b"trak", &[b"tkhd", b"mdia", b"edts", b"tapt", b"clip", b"load", b"trgr", b"tref", b"udta"]),
    (b"mdia", &[b"mdhd", b"hdlr", b"minf", b"elng", b"udta"]),
    (b"minf", &[b"vmhd", b"smhd", b"hmhd", b"nmhd", b"sthd", b"gmhd", b"dinf", b"stbl", b"hdlr"]),
    (
        b"stbl",
        &[
            b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss",
            b"stsh", b"padb", b"stdp", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc",
            b"stps",
        ],
    ),
    (b"dinf", &[b"dref"]),
    (b"moof", &[b"mfhd", b"traf", b"pssh"]),
    (
        b"traf",
        &[b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc", b"uuid"],
    ),
];

/// How deep tracks are within a movie; deeper boxes are not looked at.
const DEEPEST: usize = 5;

/// A file that is being cleaned.
struct File {
    bytes: Vec<u8>,
    kept: Kept,
    removed: Tells,
    left: Tells,
    /// The handler of the current track.
    handler: [u8; 4],
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let mut file = File {
        bytes: bytes.to_vec(),
        kept: Kept::default(),
        removed: Tells::default(),
        left: Tells::default(),
        handler: *b"    ",
    };
    let (boxes, end) = boxes(bytes, 0..bytes.len(), true);
    let tracks = tracks::of(bytes, &boxes);
    for media in &tracks.unused {
        if file.bytes[media.clone()].iter().any(|byte| *byte != 0) {
            file.removed.add(Tell::Appended);
            file.bytes[media.clone()].fill(0);
        }
    }
    if tracks.is_unclear {
        file.left.add(Tell::DataTrack);
    }
    for one in &boxes {
        let body = &bytes[one.body.clone()];
        match &one.kind {
            b"moov" | b"moof" => file.movie(one, DEEPEST, &tracks),
            b"meta" if file.has_items(one) => file.items(one),
            b"free" | b"skip" | b"wide" => file.bytes[one.body.clone()].fill(0),
            b"uuid" if body.starts_with(C2PA) => file.left.add(Tell::Credentials),
            kind if STAYS.contains(&kind) => {}
            _ => file.blank(one),
        }
    }
    let behind = bytes.get(end..).unwrap_or_default();
    if behind.iter().any(|byte| *byte != 0) {
        // Something that is not a box, after everything that is played: what phones append.
        match boxes.iter().any(|one| matches!(&one.kind, b"moov" | b"meta" | b"jxlc")) && !is_cut(behind) {
            true => {
                file.bytes.truncate(end);
                file.removed.add(Tell::Appended);
            }
            false => file.left.add(Tell::Damaged),
        }
    }
    Examined { bytes: file.bytes.into(), removed: file.removed, left: file.left }
}

/// The length of a movie, and of its first video track the size and the encoding (ISO/IEC 14496-12, 8.2.2, 8.3.2,
/// 8.5.2, 8.8.2).
pub(super) fn extent(bytes: &[u8]) -> Extent {
    let mut extent = Extent::default();
    let within = |range: Range<usize>| boxes(bytes, range, false).0;
    let find = |list: &[Box], kind: &[u8; 4]| list.iter().find(|one| one.kind == *kind).cloned();
    let top = boxes(bytes, 0..bytes.len(), true).0;
    let Some(movie) = find(&top, b"moov") else { return extent };
    let parts = within(movie.body);
    if let Some(header) = find(&parts, b"mvhd") {
        let body = &bytes[header.body];
        // The second version has longer times.
        let is_long = body.first() == Some(&1);
        let scale = be32(body, if is_long { 20 } else { 12 });
        let long = |at| Some(((be32(body, at)? as u64) << 32) | be32(body, at + 4)? as u64);
        let mut length = if is_long { long(24) } else { be32(body, 16).map(|length| length as u64) };
        // Of a movie in fragments, another box may have the whole length.
        if matches!(length, None | Some(0)) {
            let fragments = find(&parts, b"mvex").and_then(|one| find(&within(one.body), b"mehd"));
            length = fragments.and_then(|one| {
                let body = &bytes[one.body];
                match body.first() {
                    Some(1) => Some(((be32(body, 4)? as u64) << 32) | be32(body, 8)? as u64),
                    _ => be32(body, 4).map(|length| length as u64),
                }
            });
        }
        extent.seconds =
            scale.filter(|scale| *scale > 0).zip(length).map(|(scale, length)| length as f64 / scale as f64);
    }
    for track in parts.iter().filter(|one| one.kind == *b"trak") {
        let parts = within(track.body.clone());
        let Some(media) = find(&parts, b"mdia").map(|one| within(one.body)) else { continue };
        let handler =
            find(&media, b"hdlr").and_then(|one| bytes.get(one.body.start + 8..one.body.start + 12));
        if handler != Some(b"vide") {
            continue;
        }
        if let Some(header) = find(&parts, b"tkhd") {
            let body = &bytes[header.body];
            let after = if body.first() == Some(&1) { 52 } else { 40 };
            // Fixed-point numbers; the first of the matrix is 0 if the picture is turned by a quarter.
            let size = be32(body, after + 36).zip(be32(body, after + 40)).map(|(w, h)| (w >> 16, h >> 16));
            let is_turned = be32(body, after) == Some(0) && be32(body, after + 4).is_some_and(|b| b != 0);
            extent.pixels = size.filter(|size| size.0 > 0 && size.1 > 0);
            extent.pixels = extent.pixels.map(|(w, h)| if is_turned { (h, w) } else { (w, h) });
        }
        let table = find(&media, b"minf").and_then(|one| find(&within(one.body), b"stbl"));
        let table = table.and_then(|one| find(&within(one.body), b"stsd"));
        let name = table.and_then(|one| bytes.get(one.body.start + 12..one.body.start + 16));
        extent.codec = name.map(|name| String::from_utf8_lossy(name).into_owned());
        break;
    }
    extent
}

/// Whether the bytes are a box that goes on behind the end of the file.
fn is_cut(bytes: &[u8]) -> bool {
    bytes
        .get(4..8)
        .is_some_and(|kind| STAYS.iter().any(|known| *known == kind) || matches!(kind, b"moov" | b"meta"))
}

impl File {
    /// Makes a box free space.
    fn blank(&mut self, one: &Box) {
        let body = &self.bytes[one.body.clone()];
        let mut told = Tells::default();
        match &one.kind {
            b"uuid" if body.starts_with(XMP) => xmp::read(&body[XMP.len()..], &mut self.kept, &mut told),
            b"Exif" => exif::read(body.get(4..).unwrap_or_default(), &mut self.kept, &mut told),
            b"xml " => xmp::read(body, &mut self.kept, &mut told),
            b"udta" | b"meta" | b"\xa9xyz" | b"loci" => {}
            _ => told.add(Tell::Text),
        }
        let whole = &self.bytes[one.start..one.body.end];
        for (words, tell) in [
            (&b"\xa9xyz"[..], Tell::Place),
            (b"loci", Tell::Place),
            (b"location", Tell::Place),
            (b"serial", Tell::Serial),
            (b"author", Tell::Name),
            (b"\xa9ART", Tell::Name),
            (b"\xa9aut", Tell::Name),
            (b"model", Tell::Device),
            (b"\xa9mod", Tell::Device),
            (b"software", Tell::Software),
            (b"\xa9too", Tell::Software),
            (b"date", Tell::Dates),
            (b"\xa9day", Tell::Dates),
        ] {
            if contains(whole, words) {
                told.add(tell);
            }
        }
        if told.is_empty() {
            told.add(Tell::Text);
        }
        self.removed.extend(told);
        self.bytes[one.start + 4..one.start + 8].copy_from_slice(b"free");
        self.bytes[one.body.clone()].fill(0);
    }

    /// Cleans a movie, or a part of one.
    fn movie(&mut self, within: &Box, depth: usize, tracks: &Tracks) {
        let played =
            PLAYED.iter().find(|(kind, _)| **kind == within.kind).map_or(&[][..], |(_, played)| played);
        for one in boxes(&self.bytes, within.body.clone(), false).0 {
            match &one.kind {
                b"trak" if tracks.removed.contains(&one.start) => {
                    self.removed.add(Tell::DataTrack);
                    self.blank(&one);
                }
                b"mvhd" | b"tkhd" | b"mdhd" => self.undate(&one),
                b"udta" if played.contains(&b"udta") => {
                    for inner in boxes(&self.bytes, one.body.clone(), false).0 {
                        if !matches!(&inner.kind, b"cprt" | b"\xa9cpy" | b"free") {
                            self.blank(&inner);
                        }
                    }
                }
                b"tref" => {
                    for inner in boxes(&self.bytes, one.body.clone(), false).0 {
                        if &inner.kind != b"free" && !tracks.keeps_all(&self.bytes[inner.body.clone()]) {
                            self.blank(&inner);
                        }
                    }
                }
                b"hdlr" => {
                    let kind = self.bytes.get(one.body.start + 8..one.body.start + 12).unwrap_or_default();
                    if &within.kind == b"mdia" && !tracks::is_perceived(kind) {
                        self.left.add(Tell::DataTrack);
                    }
                    // The name of the part of a program that wrote it.
                    self.clear(one.body.start + 24..one.body.end, Tell::Software);
                }
                b"minf" if depth > 0 => {
                    let parts = boxes(&self.bytes, within.body.clone(), false).0;
                    let handler = parts.iter().find(|part| &part.kind == b"hdlr");
                    let handler =
                        handler.and_then(|one| self.bytes.get(one.body.start + 8..one.body.start + 12));
                    self.handler = handler.and_then(|kind| kind.try_into().ok()).unwrap_or(*b"    ");
                    self.movie(&one, depth - 1, tracks);
                }
                b"dref" => self.references(&one),
                b"stsd" => self.descriptions(&one),
                b"free" | b"skip" | b"wide" => self.bytes[one.body].fill(0),
                b"cmov" => self.left.add(Tell::Unread),
                kind if !played.contains(&kind) => self.blank(&one),
                kind if PLAYED.iter().any(|(outer, _)| *outer == kind) && depth > 0 => {
                    self.movie(&one, depth - 1, tracks);
                }
                _ => {}
            }
        }
    }

    /// Overwrites a part with zeros.
    fn clear(&mut self, range: Range<usize>, tell: Tell) {
        if let Some(part) = self.bytes.get_mut(range).filter(|part| part.iter().any(|byte| *byte != 0)) {
            part.fill(0);
            self.removed.add(tell);
        }
    }

    /// Where the media are: in this file, or in another, of which the path is given (8.7.2).
    fn references(&mut self, list: &Box) {
        for one in boxes(&self.bytes, (list.body.start + 8).min(list.body.end)..list.body.end, false).0 {
            if self.bytes.get(one.body.start + 3).is_some_and(|flags| flags & 1 == 1) {
                self.clear(one.body.start + 4..one.body.end, Tell::LocalPath);
            } else {
                self.left.add(Tell::LocalPath);
            }
        }
    }

    /// How samples are encoded: the name of the encoder, and boxes with other names (8.5.2, 12.1.3, 12.2.3).
    fn descriptions(&mut self, list: &Box) {
        let fields = match &self.handler {
            b"vide" => 78,
            b"soun" => 28,
            _ => return,
        };
        for one in boxes(&self.bytes, (list.body.start + 8).min(list.body.end)..list.body.end, false).0 {
            let inner = one.body.start + fields;
            if inner > one.body.end {
                continue;
            }
            if &self.handler == b"vide" {
                self.clear(one.body.start + 42..one.body.start + 74, Tell::Software);
            }
            for part in boxes(&self.bytes, inner..one.body.end, false).0 {
                match &part.kind {
                    b"name" | b"udta" | b"meta" | b"uuid" => self.blank(&part),
                    b"free" | b"skip" => self.bytes[part.body].fill(0),
                    _ => {}
                }
            }
        }
    }

    /// Takes the times of creation and change out of a header.
    fn undate(&mut self, header: &Box) {
        let length = if self.bytes.get(header.body.start) == Some(&1) { 16 } else { 8 };
        let times = header.body.start + 4..header.body.start + 4 + length;
        if times.end <= header.body.end && self.bytes[times.clone()].iter().any(|byte| *byte != 0) {
            self.removed.add(Tell::Dates);
            self.bytes[times].fill(0);
        }
    }

    fn has_items(&self, meta: &Box) -> bool {
        let parts = boxes(&self.bytes, meta.body.start + 4..meta.body.end, false).0;
        parts.iter().any(|one| &one.kind == b"iinf") && parts.iter().any(|one| &one.kind == b"iloc")
    }

    /// Overwrites the items of a picture that are Exif or XMP.
    fn items(&mut self, meta: &Box) {
        let parts = boxes(&self.bytes, meta.body.start + 4..meta.body.end, false).0;
        let part = |kind: &[u8; 4]| parts.iter().find(|one| one.kind == *kind);
        let data = part(b"idat").map_or(0, |one| one.body.start);
        let kinds = part(b"iinf").map(|one| item_kinds(&self.bytes, one)).unwrap_or_default();
        let places = part(b"iloc").and_then(|one| item_places(&self.bytes, one, data));
        let Some(places) = places else {
            self.left.add(Tell::Damaged);
            return;
        };
        for (id, kind) in kinds {
            let extents = places.get(&id).cloned().unwrap_or_default();
            let is_there = |range: &Range<usize>| self.bytes.get(range.clone()).is_some();
            if extents.is_empty() || !extents.iter().all(is_there) {
                self.left.add(Tell::Damaged);
                continue;
            }
            let content: Vec<u8> =
                extents.iter().flat_map(|range| &self.bytes[range.clone()]).copied().collect();
            let mut kept = Kept::default();
            let (with, nothing, fill) = match kind {
                ItemKind::Exif => {
                    // How far it is from here to the TIFF.
                    let start = be32(&content, 0).unwrap_or(0).saturating_add(4);
                    exif::read(content.get(start..).unwrap_or_default(), &mut kept, &mut self.removed);
                    (exif::minimal(&kept), exif::EMPTY, 0)
                }
                ItemKind::Xmp => {
                    xmp::read(&content, &mut kept, &mut self.removed);
                    (xmp::minimal(&kept), xmp::EMPTY, b' ')
                }
            };
            let before: &[u8] = if matches!(kind, ItemKind::Exif) { &[0; 4] } else { &[] };
            // Nothing can be longer than it was.
            let fits = |block: &Vec<u8>| before.len() + block.len() <= content.len();
            let with = [before, &with.filter(fits).unwrap_or_else(|| nothing.to_vec())].concat();
            let mut with = with.into_iter().chain(std::iter::repeat(fill));
            for range in extents {
                self.bytes[range].iter_mut().for_each(|byte| *byte = with.next().unwrap_or(fill));
            }
        }
    }
}

#[derive(Copy, Clone, Debug)]
enum ItemKind {
    Exif,
    Xmp,
}

/// The items that are metadata, by their numbers.
fn item_kinds(bytes: &[u8], list: &Box) -> Vec<(usize, ItemKind)> {
    let is_long = bytes.get(list.body.start) != Some(&0);
    let entries = boxes(bytes, list.body.start + if is_long { 8 } else { 6 }..list.body.end, false).0;
    let read = |entry: Box| {
        let body = &bytes[entry.body];
        let (id, at) = match body.first()? {
            2 => (be16(body, 4)?, 8),
            3 => (be32(body, 4)?, 10),
            _ => return None,
        };
        match body.get(at..at + 4)? {
            b"Exif" => Some((id, ItemKind::Exif)),
            b"mime" if contains(&body[at..], b"rdf+xml") => Some((id, ItemKind::Xmp)),
            _ => None,
        }
    };
    entries.into_iter().filter_map(read).collect()
}

/// Where each item is in the file (ISO/IEC 14496-12, 8.11.3).
fn item_places(bytes: &[u8], list: &Box, data: usize) -> Option<BTreeMap<usize, Vec<Range<usize>>>> {
    let body = &bytes[list.body.clone()];
    let version = *body.first()?;
    let sizes = be16(body, 4)?;
    let (offset, length, base, index) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15);
    let mut at = 6;
    let mut number = |size: usize| -> Option<usize> {
        let digits = body.get(at..at + size)?;
        at += size;
        digits.iter().try_fold(0_usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))
    };
    let id_size = if version < 2 { 2 } else { 4 };
    let mut places = BTreeMap::new();
    for _ in 0..number(id_size)? {
        let id = number(id_size)?;
        let method = if version > 0 { number(2)? & 15 } else { 0 };
        let reference = number(2)?;
        let base = number(base)?;
        let mut extents = Vec::new();
        for _ in 0..number(2)? {
            if version > 0 {
                number(index)?;
            }
            let (offset, length) = (number(offset)?, number(length)?);
            let from = match method {
                0 => 0,
                1 => data,
                // In another item: no program writes metadata in this way.
                _ => return None,
            };
            let start = from.checked_add(base)?.checked_add(offset)?;
            extents.push(start..start.checked_add(length)?);
        }
        if reference == 0 {
            places.insert(id, extents);
        }
    }
    Some(places)
}

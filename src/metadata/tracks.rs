//! The tracks of a movie, and where in the file their samples are (ISO/IEC 14496-12, 8.3, 8.5 to 8.7).

use std::collections::BTreeSet;
use std::ops::Range;

use super::boxes::{Box, boxes};
use super::{be16, be32, contains};

/// The handlers of tracks that are seen or heard. Others are for programs: positions, movements, exposure, and the
/// time of day.
const PERCEIVED: [&[u8]; 9] =
    [b"vide", b"soun", b"subt", b"text", b"sbtl", b"clcp", b"auxv", b"pict", b"hint"];

/// The most samples that are looked up.
const MOST_SAMPLES: usize = 8 << 20;

/// What of a movie is not played.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// Where the boxes of the tracks begin that nobody sees or hears: of data, and the chapters, whose titles are
    /// samples of a track that another one refers to.
    pub removed: BTreeSet<usize>,
    /// The parts of the media that no other track needs, in order.
    pub unused: Vec<Range<usize>>,
    /// Whether there are chapters that cannot be taken out.
    pub is_unclear: bool,
    /// The numbers of the other tracks.
    kept: BTreeSet<usize>,
}

impl Tracks {
    /// Whether a list of numbers consists of those of tracks that stay.
    pub(super) fn keeps_all(&self, list: &[u8]) -> bool {
        list.len().is_multiple_of(4)
            && (0..list.len()).step_by(4).all(|at| be32(list, at).is_some_and(|id| self.kept.contains(&id)))
    }
}

/// Whether tracks with this handler are seen or heard.
pub(super) fn is_perceived(handler: &[u8]) -> bool {
    PERCEIVED.contains(&handler)
}

struct Track {
    start: usize,
    id: usize,
    is_perceived: bool,
    /// The tracks with its chapters.
    chapters: Vec<usize>,
    /// Where its samples are; `None` if its tables cannot be read.
    samples: Option<Vec<Range<usize>>>,
}

/// The tracks of a file with these boxes.
pub(super) fn of(bytes: &[u8], top: &[Box]) -> Tracks {
    let movies: Vec<&Box> = top.iter().filter(|one| &one.kind == b"moov").collect();
    let parts = movies.first().map(|movie| boxes(bytes, movie.body.clone(), false).0).unwrap_or_default();
    let tracks: Vec<Track> =
        parts.iter().filter(|one| &one.kind == b"trak").map(|one| track(bytes, one)).collect();
    // Samples may also be in fragments, and parts of the media may be pictures.
    let is_simple = movies.len() == 1
        && !top.iter().any(|one| {
            &one.kind == b"moof" || &one.kind == b"meta" && contains(&bytes[one.body.clone()], b"iloc")
        })
        && !parts.iter().any(|one| &one.kind == b"mvex")
        && tracks.iter().all(|track| track.samples.is_some());
    let chapters: BTreeSet<usize> = tracks.iter().flat_map(|track| track.chapters.iter().copied()).collect();
    let is_unclear = !is_simple && !chapters.is_empty();
    let is_removed = |track: &&Track| is_simple && (!track.is_perceived || chapters.contains(&track.id));
    let removed: BTreeSet<usize> = tracks.iter().filter(is_removed).map(|track| track.start).collect();
    let kept: Vec<&Track> = tracks.iter().filter(|track| !removed.contains(&track.start)).collect();
    let media = top.iter().filter(|one| &one.kind == b"mdat").map(|one| one.body.clone());
    let used: Vec<Range<usize>> = kept.iter().filter_map(|track| track.samples.clone()).flatten().collect();
    Tracks {
        unused: if is_simple { unused(media.collect(), used) } else { Vec::new() },
        kept: kept.iter().map(|track| track.id).collect(),
        removed,
        is_unclear,
    }
}

/// What of the media no sample is in.
fn unused(media: Vec<Range<usize>>, mut used: Vec<Range<usize>>) -> Vec<Range<usize>> {
    used.sort_by_key(|range| range.start);
    let mut found = Vec::new();
    for part in media {
        let mut at = part.start;
        let first = used.partition_point(|range| range.start < part.start);
        // Samples in order may still overlap.
        let before = used[..first].iter().map(|range| range.end).max().unwrap_or(0);
        at = at.max(before.min(part.end));
        for range in used[first..].iter().take_while(|range| range.start < part.end) {
            if range.start > at {
                found.push(at..range.start);
            }
            at = at.max(range.end);
        }
        if at < part.end {
            found.push(at..part.end);
        }
    }
    found
}

fn track(bytes: &[u8], track: &Box) -> Track {
    let within = |range: &Range<usize>| boxes(bytes, range.clone(), false).0;
    let find =
        |list: &[Box], kind: &[u8; 4]| list.iter().find(|one| one.kind == *kind).map(|one| one.body.clone());
    let parts = within(&track.body);
    let header = find(&parts, b"tkhd").map(|range| &bytes[range]);
    let id = header.and_then(|header| be32(header, if header.first() == Some(&1) { 20 } else { 12 }));
    let media = find(&parts, b"mdia").map(|range| within(&range)).unwrap_or_default();
    let handler = find(&media, b"hdlr").and_then(|range| bytes.get(range.start + 8..range.start + 12));
    let references = find(&parts, b"tref").map(|range| within(&range)).unwrap_or_default();
    let chapters = find(&references, b"chap").map(|range| &bytes[range]).unwrap_or_default();
    let table = find(&media, b"minf").and_then(|range| find(&within(&range), b"stbl"));
    Track {
        start: track.start,
        id: id.unwrap_or(0),
        is_perceived: handler.is_none_or(is_perceived),
        chapters: (0..chapters.len()).step_by(4).filter_map(|at| be32(chapters, at)).collect(),
        samples: table.and_then(|table| samples(bytes, &within(&table), handler == Some(b"soun"))),
    }
}

/// The ranges of the chunks of a track, from its tables.
fn samples(bytes: &[u8], tables: &[Box], is_sound: bool) -> Option<Vec<Range<usize>>> {
    let table =
        |kind: &[u8; 4]| tables.iter().find(|one| one.kind == *kind).map(|one| &bytes[one.body.clone()]);
    // Encryption puts more into the media.
    if table(b"saio").is_some() {
        return None;
    }
    let offsets: Vec<usize> = match (table(b"stco"), table(b"co64")) {
        (Some(list), _) => {
            (0..be32(list, 4)?.min(list.len() / 4)).map(|at| be32(list, 8 + 4 * at)).collect::<Option<_>>()?
        }
        (None, Some(list)) => (0..be32(list, 4)?.min(list.len() / 8))
            .map(|at| Some(be32(list, 8 + 8 * at)? << 32 | be32(list, 12 + 8 * at)?))
            .collect::<Option<_>>()?,
        (None, None) => return None,
    };
    let sizes = table(b"stsz")?;
    let (same, count) = (be32(sizes, 4)?, be32(sizes, 8)?);
    let size = |sample: usize| if same > 0 { Some(same) } else { be32(sizes, 12 + 4 * sample) };
    // QuickTime may count the samples of a sound in another way than its chunks have bytes.
    let entry = table(b"stsd")?;
    let frame = be16(entry, 32).zip(be16(entry, 34)).map(|(channels, bits)| channels * bits / 8);
    if count > MOST_SAMPLES || is_sound && same > 0 && frame != Some(same) {
        return None;
    }
    // From which chunk on there are how many samples in each.
    let runs = table(b"stsc")?;
    let run = |number: usize| Some((be32(runs, 8 + 12 * number)?, be32(runs, 12 + 12 * number)?));
    let (last, mut number, mut sample) = (be32(runs, 4)?, 0, 0);
    let mut ranges = Vec::with_capacity(offsets.len());
    for (at, start) in offsets.into_iter().enumerate() {
        while number + 1 < last && run(number + 1)?.0 <= at + 1 {
            number += 1;
        }
        let in_chunk = if last == 0 { 0 } else { run(number)?.1 };
        let mut end = start;
        for _ in 0..in_chunk.min(count.checked_sub(sample)?) {
            end = end.checked_add(size(sample)?)?;
            sample += 1;
        }
        ranges.push(start..end);
    }
    (sample == count).then_some(ranges)
}

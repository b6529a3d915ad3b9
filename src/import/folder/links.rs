//! What the links of notes lead to, and how they are written afterwards.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::gather::is_index;
use super::{Flavour, Note, alike};
use crate::base::id::slug;
use crate::base::path::join;
use crate::base::url::scheme;
use crate::import::marks;
use crate::kinds::KindId;
use crate::parse::Prose;
use crate::parse::fragments::of_heading;
use crate::parse::prose::{Link, LinkStyle, LinkUse};

/// A link that does not lead where it led.
pub(super) struct Left {
    pub target: String,
    pub why: &'static str,
}

const NOWHERE: &str = "the link leads nowhere there either; its words stay";
const NO_HEADING: &str = "there is no such heading or block; the link leads to the top";
const TO_DRAFT: &str = "it leads to a draft; its words stay";
const NO_PICTURE: &str = "there is no such file, so nothing is shown";

/// What can be linked to.
pub(super) struct Places<'a> {
    flavour: Flavour,
    notes: &'a [Note],
    /// The originals, by their paths without the end.
    by_path: BTreeMap<String, usize>,
    /// By the last part of their paths, and by other names.
    by_name: BTreeMap<String, Vec<usize>>,
    by_address: BTreeMap<String, usize>,
    files: BTreeMap<String, &'a String>,
    files_by_name: BTreeMap<String, Vec<&'a String>>,
    base: Option<String>,
}

/// What an address leads to.
enum Found<'a> {
    /// To another site, so it stays.
    Elsewhere,
    /// To another page of the site that was not imported.
    Page(String),
    /// To a note, and a place in it; `false` if it has no such place.
    Note(usize, Option<String>, bool),
    File(&'a str),
    Nothing,
}

impl<'a> Places<'a> {
    pub(super) fn of(
        flavour: Flavour,
        notes: &'a [Note],
        files: &'a BTreeSet<String>,
        base: Option<String>,
    ) -> Places<'a> {
        let mut places = Places {
            flavour,
            notes,
            by_path: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_address: BTreeMap::new(),
            files: files.iter().map(|path| (alike(path), path)).collect(),
            files_by_name: BTreeMap::new(),
            base,
        };
        for path in files.iter().filter(|path| !path.starts_with("../")) {
            let name = path.rsplit('/').next().unwrap_or(path);
            places.files_by_name.entry(alike(name)).or_default().push(path);
        }
        for (at, note) in notes.iter().enumerate().filter(|(_, note)| note.lang.is_none()) {
            let stem = note.path.rsplit_once('.').map_or(&*note.path, |(stem, _)| stem);
            let name = stem.rsplit('/').next().unwrap_or(stem);
            places.by_path.insert(alike(stem), at);
            if is_index(name) {
                places.by_path.entry(alike(note.folder())).or_insert(at);
                let folder = note.folder().rsplit('/').next().unwrap_or_default();
                places.by_name.entry(alike(folder)).or_default().push(at);
            }
            places.by_name.entry(alike(name)).or_default().push(at);
            for address in &note.addresses {
                places.by_address.entry(address.clone()).or_insert(at);
            }
        }
        // A name of a file goes before a title or an alias.
        for (at, note) in notes.iter().enumerate().filter(|(_, note)| note.lang.is_none()) {
            for name in note.aliases.iter().chain([&note.title]) {
                places.by_name.entry(alike(name)).or_insert_with(|| vec![at]);
            }
        }
        places
    }

    /// What a link in double brackets leads to.
    fn by_name(&self, from: &Note, target: &str) -> Found<'a> {
        let (name, fragment) = match target.split_once('#') {
            Some((name, fragment)) => (name.trim(), Some(fragment.trim())),
            None => (target.trim(), None),
        };
        if name.is_empty() {
            return self.within(None, from, fragment);
        }
        if let Some(at) = self.note_named(from, name) {
            let note = &self.notes[at];
            let found = self.within(Some(at), note, fragment);
            // The words of a heading are what is written in double brackets.
            let words = fragment.and_then(|fragment| fragment.rsplit('#').next()).unwrap_or_default().trim();
            return match found {
                Found::Note(at, Some(_), true) if note.prose.heading_called(&slug(words)).is_some() => {
                    Found::Note(at, Some(words.to_owned()), true)
                }
                found => found,
            };
        }
        match self.file_named(from, name) {
            Some(file) => Found::File(file),
            None => Found::Nothing,
        }
    }

    /// The note of a name, or of the end of a path: the nearest.
    fn note_named(&self, from: &Note, name: &str) -> Option<usize> {
        let name = name.strip_suffix(".md").unwrap_or(name).trim_start_matches('/');
        let beside = join(from.folder(), name).map(|path| alike(&path));
        let known = |path: &str| self.by_path.get(path).copied();
        let is_relative = name.starts_with('.');
        if let Some(at) = beside.filter(|_| is_relative || name.contains('/')).and_then(|path| known(&path)) {
            return Some(at);
        }
        if let Some(at) = known(&alike(name)) {
            return Some(at);
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        let end = alike(&format!("/{name}"));
        let candidates = self.by_name.get(&alike(last))?.iter().copied();
        let fits = |at: &usize| {
            let path = &self.notes[*at].path;
            let stem = path.rsplit_once('.').map_or(&**path, |(stem, _)| stem);
            !name.contains('/') || alike(&format!("/{stem}")).ends_with(&end)
        };
        let distance = |at: &usize| {
            let note = &self.notes[*at];
            (note.folder() != from.folder(), note.path.matches('/').count(), note.path.clone())
        };
        candidates.filter(fits).min_by_key(distance)
    }

    fn file_named(&self, from: &Note, name: &str) -> Option<&'a str> {
        let beside = join(from.folder(), name).and_then(|path| self.files.get(&alike(&path)));
        let whole = || self.files.get(&alike(name.trim_start_matches('/')));
        let last = alike(name.rsplit('/').next().unwrap_or(name));
        let by_name = || {
            let found = self.files_by_name.get(&last)?;
            found.iter().min_by_key(|path| (path.matches('/').count(), path.len()))
        };
        beside.or_else(whole).or_else(by_name).map(|path| path.as_str())
    }

    /// What an address leads to.
    fn by_address(&self, from: &Note, written: &str) -> Found<'a> {
        let own = self.base.as_deref().and_then(|base| written.strip_prefix(base));
        let own = own.filter(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']));
        if own.is_none() && (scheme(written).is_some() || written.starts_with("//")) {
            return Found::Elsewhere;
        }
        let address = own.unwrap_or(written);
        let (path, fragment) = match address.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (address, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() && own.is_none() {
            return self.within(None, from, fragment);
        }
        let path = decoded(path);
        match self.note_at(from, &path) {
            Some(at) => self.within(Some(at), &self.notes[at], fragment),
            None => match self.file_at(from, &path) {
                Some(file) => Found::File(file),
                None => self.page_at(from, address),
            },
        }
    }

    fn note_at(&self, from: &Note, path: &str) -> Option<usize> {
        let bare = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
        let stem = |path: &str| {
            let path = path.trim_end_matches('/');
            let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown")).unwrap_or(path);
            alike(path)
        };
        let known = |path: Option<String>| self.by_path.get(&stem(&path?)).copied();
        let from_top = || known(Some(bare.unwrap_or(path).to_owned()));
        let beside = || known(join(from.folder(), path)).filter(|_| bare.is_none());
        // Addresses on the site: a page of Quartz is no folder.
        let own = from.addresses.last().map_or("", String::as_str);
        let folder = match self.flavour {
            Flavour::Quartz => own.rsplit_once('/').map_or("", |(folder, _)| folder),
            _ => own,
        };
        let on_site = || {
            let whole = if bare.is_some() { Some(path.to_owned()) } else { join(folder, path) };
            let whole = alike(whole?.trim_matches('/'));
            let whole =
                whole.strip_suffix("/index.html").or_else(|| whole.strip_suffix(".html")).unwrap_or(&whole);
            self.by_address.get(whole).copied()
        };
        let found = beside().or_else(from_top).or_else(on_site);
        let by_name =
            || self.note_named(from, path).filter(|_| self.flavour.is_by_name() || !path.contains('/'));
        found.or_else(by_name)
    }

    fn file_at(&self, from: &Note, path: &str) -> Option<&'a str> {
        let bare = path.trim_start_matches("@/").trim_start_matches('/');
        let beside = join(from.folder(), path).filter(|_| !path.starts_with('/'));
        let own = from.addresses.last().map_or("", String::as_str);
        let on_site = join(own, path).filter(|_| !path.starts_with('/'));
        let candidates = [
            beside,
            Some(bare.to_owned()),
            Some(format!("../static/{bare}")),
            Some(format!("../assets/{bare}")),
            on_site.as_ref().map(|path| format!("../static/{path}")),
            on_site,
        ];
        let known = |path: String| self.files.get(&alike(&path)).map(|path| path.as_str());
        let found = candidates.into_iter().flatten().find_map(known);
        found.or_else(|| self.file_named(from, path).filter(|_| self.flavour.is_by_name()))
    }

    /// A page that the site has and nobody wrote, such as a list of tags.
    fn page_at(&self, from: &Note, address: &str) -> Found<'a> {
        let Some(base) = &self.base else { return Found::Nothing };
        let is_file = address.contains(".md") || address.starts_with('@');
        let own = from.addresses.last().map_or("", String::as_str);
        let whole = match address.starts_with('/') {
            true => Some(address.trim_start_matches('/').to_owned()),
            false => join(own, address),
        };
        match whole.filter(|_| !is_file) {
            Some(whole) => Found::Page(format!("{base}/{whole}")),
            None => Found::Nothing,
        }
    }

    /// A place in a note, or in the same one.
    fn within(&self, at: Option<usize>, note: &Note, fragment: Option<&str>) -> Found<'a> {
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        let found = fragment.map(|fragment| fragment_in(note, &decoded(fragment)));
        let (fragment, is_there) = match found {
            None => (None, true),
            Some(Some(found)) => (Some(found).filter(|found| !found.is_empty()), true),
            Some(None) => (None, false),
        };
        match at {
            Some(at) => Found::Note(at, fragment, is_there),
            None => Found::Note(usize::MAX, fragment, is_there),
        }
    }
}

/// How a place in a note is named here; empty for its top, `None` if there is no such place.
fn fragment_in(note: &Note, written: &str) -> Option<String> {
    let prose: &Prose = &note.prose;
    let last = written.rsplit('#').next().unwrap_or(written).trim();
    if last.starts_with('^') {
        return prose.anchor_named(last).map(|_| last.to_owned());
    }
    if prose.has_fragment(last) {
        return Some(last.to_owned());
    }
    let heading = note.heading.as_deref().or(Some(&note.title));
    let is_of_title = |title: &str| alike(&slug(title)) == alike(&slug(last)) || of_heading(title) == last;
    let found = prose.heading_called(&slug(last)).map(str::to_owned);
    let of_words = || Some(of_heading(last)).filter(|id| prose.has_fragment(id));
    let folded = || prose.fragments().find(|id| alike(id) == alike(last)).map(str::to_owned);
    // Programs differ in the marks that they leave out of the names of headings.
    let bare = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let nearly =
        || prose.fragments().find(|id| bare(id) == bare(last) && !bare(last).is_empty()).map(str::to_owned);
    let title = || heading.filter(|title| is_of_title(title)).map(|_| String::new());
    found.or_else(of_words).or_else(folded).or_else(nearly).or_else(title)
}

fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text)),
        false => Cow::Borrowed(text),
    }
}

/// The text of a note whose links lead to items and files of the import, and what does not lead there. `wanted` gets
/// the files that are shown or linked to, each with the kind of the first note that does.
pub(super) fn rewritten(
    places: &Places<'_>,
    note: &Note,
    wanted: &mut BTreeMap<String, KindId>,
) -> (String, Vec<Left>) {
    let mut left = Vec::new();
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for link in &note.prose.links {
        let found = match link.style {
            LinkStyle::Wiki => places.by_name(note, &link.target),
            LinkStyle::Markdown | LinkStyle::Auto => places.by_address(note, &link.target),
        };
        let mut lose = |why| left.push(Left { target: link.target.clone(), why });
        match found {
            Found::Elsewhere => {}
            Found::Page(address) => edits.extend(retargeted(link, &address, None)),
            Found::Note(at, fragment, is_there) => {
                if !is_there {
                    lose(NO_HEADING);
                }
                let own = fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
                let Some(target) = places.notes.get(at) else {
                    // Within the same note.
                    match own.is_empty() {
                        true => edits.extend(unlinked(&note.body, link)),
                        false => edits.extend(retargeted(link, &own, None)),
                    }
                    continue;
                };
                if target.is_draft && !note.is_draft && link.usage == LinkUse::Link {
                    lose(TO_DRAFT);
                    edits.extend(unlinked(&note.body, link));
                    continue;
                }
                let address = match link.style {
                    LinkStyle::Wiki => format!("{}{own}", marks::id(&target.path)),
                    _ => format!("{}{own}", marks::path(&target.path)),
                };
                edits.extend(retargeted(link, &address, shown(&note.body, link, target)));
            }
            Found::File(path) => {
                wanted.entry(path.to_owned()).or_insert(note.kind);
                let place =
                    link.target.split_once('#').map(|(_, place)| format!("#{place}")).unwrap_or_default();
                let name = path.rsplit('/').next().unwrap_or(path).to_owned();
                let words = (link.style == LinkStyle::Wiki && link.usage == LinkUse::Link && !link.has_words)
                    .then(|| format!("|{name}"));
                edits.extend(retargeted(link, &format!("{}{place}", marks::path(path)), words));
            }
            Found::Nothing => {
                lose(if link.usage == LinkUse::Link { NOWHERE } else { NO_PICTURE });
                edits.extend(unlinked(&note.body, link));
            }
        }
    }
    edits.sort();
    edits.dedup();
    let mut body = String::with_capacity(note.body.len());
    let mut from = 0;
    for (start, end, words) in edits {
        if start < from {
            continue;
        }
        body.push_str(&note.body[from..start]);
        body.push_str(&words);
        from = end;
    }
    body.push_str(&note.body[from..]);
    (body, left)
}

/// The words that a link in double brackets needs so that it reads as before: here, it would show the title.
fn shown(body: &str, link: &Link, target: &Note) -> Option<String> {
    if link.style != LinkStyle::Wiki || link.has_words || link.usage != LinkUse::Link {
        return None;
    }
    let (name, fragment) = link.target.split_once('#').unwrap_or((&link.target, ""));
    let name = name.trim().trim_end_matches(".md").rsplit('/').next().unwrap_or_default();
    if name == target.title && fragment.is_empty() {
        return None;
    }
    let place = fragment.rsplit('#').next().unwrap_or_default();
    let words = match place {
        "" => name.to_owned(),
        block if block.starts_with('^') => name.to_owned(),
        heading => format!("{name} > {heading}"),
    };
    // A bar ends a cell of a table.
    let line = body[..link.span.range().start].rfind('\n').map_or(0, |at| at + 1);
    let is_in_table = body[line..].trim_start_matches([' ', '>']).starts_with('|');
    Some(format!("{}|{words}", if is_in_table { "\\" } else { "" }))
}

/// The change of what a link leads to, and of the words after it.
fn retargeted(link: &Link, address: &str, words: Option<String>) -> Option<(usize, usize, String)> {
    let span = link.target_span?.range();
    Some((span.start, span.end, format!("{address}{}", words.unwrap_or_default())))
}

/// The changes after which only the words of a link are there, and nothing of a picture.
pub(super) fn unlinked(body: &str, link: &Link) -> Vec<(usize, usize, String)> {
    crate::import::unlink::edits(body, link)
}

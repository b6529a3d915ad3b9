//! Folders of notes → items: vaults of Obsidian, and the sources of sites of Hugo, Zola and Quartz. Each note becomes
//! an item, each file that a note shows or links to comes along, and links lead where they led.
//!
//! [`gather`] lists the notes, [`properties`] reads what their front matter says, [`words`] takes out of a text what
//! means nothing here, and [`links`] finds what links lead to.

mod code;
mod gather;
mod html;
pub(crate) mod kept;
mod links;
mod properties;
mod shortcodes;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::brought::{At, Attached, Brought, Fact, Item, Remark, counted};
use super::door::LARGEST_FILE;
use super::mapping::Mapping;
use crate::base::date::Day;
use crate::base::free::FreeNames;
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::data::write::Given;
use crate::ide::Refusal;
use crate::kinds::KindId;
use crate::link::Graph;
use crate::parse::Prose;
use crate::world::World;
use links::Places;

/// The most bytes of files that come along with the notes.
const MOST_ATTACHED: usize = 512 << 20;

/// What a folder is of.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Flavour {
    /// A vault of Obsidian.
    Vault,
    Hugo,
    Zola,
    Quartz,
}

impl Flavour {
    /// Whether links are those of Obsidian: a note is found by its name alone.
    fn is_by_name(self) -> bool {
        matches!(self, Flavour::Vault | Flavour::Quartz)
    }

    fn what(self) -> &'static str {
        match self {
            Flavour::Vault => "a vault of notes",
            Flavour::Hugo => "the source of a site of Hugo",
            Flavour::Zola => "the source of a site of Zola",
            Flavour::Quartz => "the source of a site of Quartz",
        }
    }
}

/// How a folder is to be read.
pub(crate) struct Request<'a> {
    pub flavour: Flavour,
    /// The name of the folder.
    pub name: &'a str,
    pub world: &'a dyn World,
    pub mapping: &'a Mapping,
    pub graph: &'a Graph,
    pub today: Day,
    /// What notes become of which neither their folder nor a property says it.
    pub kind: Option<KindId>,
}

/// A note, as it was read.
struct Note {
    /// Below the folder that holds the notes.
    path: String,
    /// The language, if it is not the first one.
    lang: Option<Lang>,
    kind: KindId,
    id: String,
    /// Whether it becomes the home page.
    is_home: bool,
    title: String,
    /// A heading that became the title.
    heading: Option<String>,
    facts: Vec<Fact>,
    kept: Vec<(String, Given)>,
    is_draft: bool,
    /// The addresses that it has on the site, without slashes around them.
    addresses: Vec<String>,
    /// Other names by which it is linked.
    aliases: Vec<String>,
    body: String,
    prose: Prose,
}

impl Note {
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn at(&self) -> At {
        At { file: Some(self.path.clone()), ..At::default() }
    }
}

/// Counts of what is said once for all notes, and where each is first.
#[derive(Default)]
struct Counts(BTreeMap<(&'static str, String), (usize, At)>);

impl Counts {
    fn add(&mut self, why: &'static str, what: impl Into<String>, at: At) {
        self.0.entry((why, what.into())).or_insert((0, at)).0 += 1;
    }

    /// A remark for each reason, with what it concerns.
    fn remarks(self) -> impl Iterator<Item = Remark> {
        let mut reasons: BTreeMap<&str, (BTreeMap<String, usize>, At)> = BTreeMap::new();
        for ((why, what), (count, at)) in self.0 {
            reasons.entry(why).or_insert_with(|| (BTreeMap::new(), at)).0.insert(what, count);
        }
        reasons.into_iter().map(|(why, (counts, at))| {
            let at = if counts.len() == 1 { at } else { At::default() };
            Remark::left_out(counted(&counts), why, &at)
        })
    }
}

/// The items of a folder of notes.
///
/// # Errors
/// If there are no notes in it, or too many.
pub(crate) fn read(request: &Request<'_>) -> Result<Brought, Refusal> {
    let mut counts = Counts::default();
    let mut remarks = Vec::new();
    let gather::Found { root, mut notes, files, base } = gather::notes(request, &mut counts, &mut remarks)?;
    let bodies: Vec<(String, Vec<links::Left>)>;
    let mut wanted = BTreeMap::new();
    {
        let places = Places::of(request.flavour, &notes, &files, base);
        bodies = notes.iter().map(|note| links::rewritten(&places, note, &mut wanted)).collect();
    }
    for (note, (body, left)) in notes.iter_mut().zip(bodies) {
        note.body = body;
        for links::Left { target, why } in left {
            remarks.push(Remark::left_out(target, why, &note.at()));
        }
    }
    let files = attached(request, &root, wanted, &mut remarks);
    remarks.extend(counts.remarks());
    let items = items(notes);
    let kept = items.iter().flat_map(|item| item.kept.iter().map(|(key, _)| key.clone()));
    let kept: BTreeSet<String> = kept.collect();
    Ok(Brought {
        name: request.name.to_owned(),
        what: request.flavour.what(),
        items,
        remarks,
        files,
        kept: kept.into_iter().collect(),
    })
}

/// The contents of the files that notes show or link to.
fn attached(
    request: &Request<'_>,
    root: &str,
    wanted: BTreeMap<String, KindId>,
    remarks: &mut Vec<Remark>,
) -> Vec<Attached> {
    let mut left = MOST_ATTACHED;
    let mut files = Vec::new();
    let (mut names, mut free) = (BTreeSet::new(), FreeNames::default());
    for (path, kind) in wanted {
        let whole = if root.is_empty() { path.clone() } else { format!("{root}/{path}") };
        let read =
            request.world.read(&InputPath::from(&*whole)).or_else(|why| match path.strip_prefix("../") {
                Some(outside) => request.world.read(&InputPath::from(outside)),
                None => Err(why),
            });
        let refused = match read {
            Err(why) => format!("it cannot be read: {why}"),
            Ok(content) if content.len() as u64 > LARGEST_FILE || content.len() > left => {
                "the files that the notes show are too large together; add it yourself".to_owned()
            }
            Ok(content) => {
                left -= content.len();
                let name = free_name(&path, &mut names, &mut free);
                files.push(Attached { called: path, kind, name, content });
                continue;
            }
        };
        remarks.push(Remark::left_out(path, refused, &At::default()));
    }
    files
}

/// A name for a file that no other has and that needs no escapes in links.
fn free_name(path: &str, names: &mut BTreeSet<String>, free: &mut FreeNames) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let end: String = end.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let stem =
        crate::ide::scaffold::id_of(stem).map_or_else(|_| "file".to_owned(), |id| id.as_str().to_owned());
    let numbered = |number| format!("{stem}-{number}.{end}");
    let name = free.name(&format!("{stem}.{end}"), numbered, |name| !names.contains(name));
    names.insert(name.clone());
    name
}

/// Each note as an item, with its translations.
fn items(notes: Vec<Note>) -> Vec<Item> {
    let (originals, translations): (Vec<Note>, Vec<Note>) =
        notes.into_iter().partition(|note| note.lang.is_none());
    let mut by_id: BTreeMap<(KindId, String), Vec<Note>> = BTreeMap::new();
    for note in translations {
        by_id.entry((note.kind, note.id.clone())).or_default().push(note);
    }
    let item = |mut note: Note| {
        let at = note.at();
        let mut item = Item::titled(note.kind, &note.title, at.clone());
        item.key = format!("note {}", note.path);
        item.id = Some(if note.is_home { "article".to_owned() } else { note.id.clone() });
        item.is_text = true;
        item.called = vec![note.path.clone()];
        item.facts = std::mem::take(&mut note.facts);
        if note.is_draft {
            item.facts.push(Fact { key: "draft", value: Given::Bare("true".to_owned()), at: at.clone() });
        }
        item.kept = std::mem::take(&mut note.kept);
        item.text = std::mem::take(&mut note.body);
        for other in by_id.remove(&(note.kind, note.id.clone())).unwrap_or_default() {
            let Some(lang) = other.lang.clone() else { continue };
            let mut word = |key, words: String| {
                let fact = Fact { key, value: Given::Words(words), at: other.at() };
                item.words.push((lang.clone(), fact));
            };
            word("title", other.title.clone());
            for fact in other.facts.iter().filter(|fact| fact.key == "summary") {
                if let Given::Words(words) = &fact.value {
                    word("summary", words.clone());
                }
            }
            word("text", other.body.clone());
        }
        item
    };
    originals.into_iter().map(item).collect()
}

/// A text that is compared with others: as it is, in small letters.
fn alike(text: &str) -> String {
    crate::base::path::folded(text.trim()).into_owned()
}

/// The content of a file of text.
fn text_of(world: &dyn World, path: &InputPath) -> Result<Arc<str>, String> {
    let bytes = world.read(path).map_err(|why| why.to_string())?;
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8".to_owned())?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").into())
}

//! Reports names of entities that could be links.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use rayon::prelude::*;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::id::Lang;
use crate::base::lines::floor_char_boundary;
use crate::base::script::is_dense;
use crate::base::span::Span;
use crate::check::help::address;
use crate::check::{Context, Rule};
use crate::config::Dialect;
use crate::kinds::KindId;
use crate::link::{Edition, EntityIx, Graph, Target, normalized};
use crate::parse::{Prose, markdown};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unlinked-mention",
        level: Severity::Note,
        docs: "\
A text that mentions an entity without linking to it. A link takes readers to the entity's page, and
that page then shows the sentence that mentions it.

The rule looks for the titles of actors, places and events, and for the aliases of all entities, in
the case in which they are written, if they have at least four letters or consist of capitals
(`NIS`, `G7`). It ignores names that several entities share, names of more than 200 letters, and
mentions in code, headings and links. It reports each entity once per file, at its first mention.

```md
The NIS counted ten shipments.
The [NIS](../actors/nis.md) counted ten shipments.
```

How to fix: make it a link; `dossier check --fix --offers` does. If the words mean something else,
set `unlinked-mention = \"off\"` under `[rules]` in `dossier.toml`, or remove the alias from the
entity.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let names: HashMap<&Lang, Names> =
        graph.languages.iter().filter_map(|lang| Some((lang, Names::of(graph, lang)?))).collect();
    let found: Vec<Vec<Diagnostic>> = graph
        .entities
        .par_iter()
        .enumerate()
        .map(|(at, entity)| {
            let from = EntityIx(at as u32);
            let editions = entity.editions.iter();
            let in_edition = |edition| {
                names.get(&edition_lang(edition)).map(|names| mentions(context, names, from, edition))
            };
            editions.filter_map(in_edition).flatten().collect()
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
}

fn edition_lang(edition: &Edition) -> &Lang {
    &edition.input.lang
}

/// The names to look for in one language.
struct Names {
    searcher: AhoCorasick,
    /// The entity of each name, by the name's number in the searcher.
    owners: Vec<EntityIx>,
}

impl Names {
    fn of(graph: &Graph, lang: &Lang) -> Option<Names> {
        let mut names: Vec<(&str, EntityIx)> = Vec::new();
        // Names that the rule does not look for count too when deciding whether a name is shared.
        let mut owners: HashMap<String, Option<EntityIx>> = HashMap::new();
        let mut known: HashSet<(&str, EntityIx)> = HashSet::new();
        for (ix, entity) in graph.iter() {
            let common = &entity.edition_for(lang).parsed.head.common;
            let is_named = matches!(entity.kind, KindId::Actor | KindId::Place | KindId::Event);
            let title = common.title.iter().map(|title| (title.as_str(), is_named));
            let aliases = common.aliases.iter().map(|alias| (alias.as_str(), true));
            for (name, is_wanted) in title.chain(aliases) {
                let owner = owners.entry(normalized(name)).or_insert(Some(ix));
                if *owner != Some(ix) {
                    *owner = None;
                }
                if is_wanted && is_telling(name.trim()) && known.insert((name.trim(), ix)) {
                    names.push((name.trim(), ix));
                }
            }
        }
        names.retain(|(name, ix)| owners.get(&normalized(name)) == Some(&Some(*ix)));
        let searcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| name))
            .ok()?;
        Some(Names { searcher, owners: names.into_iter().map(|(_, ix)| ix).collect() })
    }

    /// The names in `text` that are whole words, in order.
    fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (EntityIx, Range<usize>)> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let found = self.searcher.find(Input::new(text).range(from..))?;
                if is_word(text, found.range()) {
                    from = found.end();
                    return Some((self.owners[found.pattern().as_usize()], found.range()));
                }
                // A shorter name may start within one that is part of a word.
                from = found.start() + text[found.start()..].chars().next().map_or(1, char::len_utf8);
            }
        })
    }
}

/// The most letters of a name that is looked for: the search is prepared in time that grows with the square of the
/// longest, and a text has longer ones only as links.
const LONGEST_NAME: usize = 200;

/// Whether a name is unlikely to occur by chance.
fn is_telling(name: &str) -> bool {
    let count = name.chars().count();
    if count > LONGEST_NAME {
        return false;
    }
    let is_capital = |c: char| c.is_uppercase() || c.is_ascii_digit();
    // A bracket would end the link early.
    if name.contains(['[', ']']) {
        return false;
    }
    count >= 4
        || count >= 2 && name.contains(char::is_uppercase) && name.chars().all(is_capital)
        || count >= 2 && name.chars().all(is_dense)
}

/// Whether `range` is delimited by non-letters on both sides.
fn is_word(text: &str, range: Range<usize>) -> bool {
    let joins = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => a.is_alphanumeric() && b.is_alphanumeric() && !is_dense(a) && !is_dense(b),
        _ => false,
    };
    let name = &text[range.clone()];
    !joins(text[..range.start].chars().next_back(), name.chars().next())
        && !joins(name.chars().next_back(), text[range.end..].chars().next())
}

fn mentions(context: &Context<'_>, names: &Names, from: EntityIx, edition: &Edition) -> Vec<Diagnostic> {
    let (graph, prose) = (context.graph, edition.prose());
    let mut text = None;
    let mut budget = prose.plain.len().saturating_mul(READ_AGAIN);
    let mut linked: Option<BTreeSet<EntityIx>> = None;
    let mut found = Vec::new();
    for (ix, range) in names.find(&prose.plain) {
        let linked = linked.get_or_insert_with(|| {
            let targets = edition.links.iter().filter_map(|target| match target {
                Target::Entity(ix, _) => Some(*ix),
                _ => None,
            });
            targets.chain([from]).collect()
        });
        if linked.contains(&ix) {
            continue;
        }
        let (entity, name, path) = (graph.entity(ix), &prose.plain[range.clone()], &edition.input.path);
        let link = format!("[{name}]({})", address(path.folder(), entity.path().as_str()));
        let Some(span) = linkable(prose, range).filter(|span| {
            let text = text.get_or_insert_with(|| context.text(edition));
            let reading = (edition_lang(edition), context.config.dialect);
            fits(text, reading, *span, &link, &mut budget)
        }) else {
            continue;
        };
        linked.insert(ix);
        found.push(
            RULE.code
                .found(format!("`{name}` is not linked"))
                .at(path, span, format!("a name of the {} `{}`", entity.kind.name(), entity.id))
                .help(format!("make it a link: `{link}`"))
                .fix("link it", path, span, link),
        );
    }
    found
}

/// Where words of the plain text are in the input, if they may become a link there.
fn linkable(prose: &Prose, range: Range<usize>) -> Option<Span> {
    let at =
        prose.segments.partition_point(|segment| segment.plain as usize <= range.start).checked_sub(1)?;
    prose.source_of(range).filter(|_| prose.segments[at].linkable)
}

/// How many times the length of a text is read again to see whether links fit. Without a limit, a long paragraph with
/// many names in quotation marks would be read as often as it has names; when it is reached, such names are passed
/// over.
const READ_AGAIN: usize = 20;

/// How far before a name an address may begin that the name is part of, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// Whether replacing `span` by a link would leave the words around it unchanged.
fn fits(text: &str, (lang, dialect): (&Lang, Dialect), span: Span, link: &str, budget: &mut usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..span.start as usize), text.get(span.end as usize..)) else {
        return false;
    };
    // With one of these before it, the bracket would mean something else.
    if before.ends_with(['!', '[', ']', '\\', '^']) {
        return false;
    }
    let near = &before[floor_char_boundary(before, before.len().saturating_sub(LONGEST_ADDRESS))..];
    let word_before = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word_before.contains("://") || word_before.contains('@') || after.starts_with('@') {
        return false;
    }
    // Whether these begin or end something depends on what is next to them: only reading it tells.
    const PAIRED: [char; 5] = ['*', '_', '~', '"', '\''];
    if !before.ends_with(PAIRED) && !after.starts_with(PAIRED) {
        return true;
    }
    if *budget == 0 {
        return false;
    }
    let start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let end = after.find("\n\n").unwrap_or(after.len());
    *budget = budget.saturating_sub(2 * (before.len() - start + end));
    let paragraph = |words: &str| {
        let text = format!("{}{words}{}", before[start..].trim_start(), &after[..end]);
        markdown::parse(&text, 0, lang, dialect)
    };
    let (now, then) = (paragraph(&text[span.range()]), paragraph(link));
    now.plain == then.plain && then.links.len() == now.links.len() + 1
}

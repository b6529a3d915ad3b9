//! Reports references to nothing, to a draft, or to an entity of the wrong kind.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::base::date::Edtf;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::id::{bare, slug};
use crate::base::near::{Names, is_same_name};
use crate::base::path::{InputPath, folded};
use crate::base::span::{Span, Spanned};
use crate::check::help::{a_kind, address, any_of, mentions, part_of, several_at};
use crate::check::{Context, Rule};
use crate::data::reading::{self, Syntax, cited, is_locator};
use crate::kinds::keys::{Key, Shape};
use crate::kinds::{KindId, Role, Source};
use crate::link::{
    Edition, Entity, EntityIx, Graph, MOST_NAMESAKES, Reference, Target, Unresolved, normalized,
};
use crate::load::CONTENT;
use crate::parse::prose::LinkStyle;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unresolved-reference",
        level: Severity::Error,
        docs: "\
A reference that does not resolve: no entity has that id or name, the entity is a draft that is left
out, or its kind is not allowed there (`by: [najin]`, where Najin is a place).

On the site such a reference would be a broken link, or a claim without a claimant.

```yaml
by: [nsi]      # wrong: there is no such file
by: [nis]      # right: content/actors/nis.md
```

An id is a file's name without `.md` and without the language. In front matter, write only ids; in a
text, write `[words](../actors/nis.md)`, `[[nis]]`, or a title or an alias:
`[[National Intelligence Service]]`.

How to fix: correct the id (`dossier check --fix` does this where only letters of one id are swapped, doubled or
missing; names that are alike, such as `iran` and `iraq`, are only named), create the entity with
`dossier new`, or remove its `draft: true`. To see the site with its drafts, build with `--drafts`. A
reference to what is scheduled or under embargo is only a note: readers see the words without a link
until that day.",
    },
    check,
};

/// The maximum number of names that are looked up, each of which is compared with every known one.
const MOST_LOOKED_UP: usize = 2_000;

/// The most words of a title that is looked up by likeness.
const MOST_WORDS: usize = 4;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::over(context.graph);
    let mut waiting: HashMap<Cow<'_, str>, &Spanned<Edtf>> = HashMap::new();
    for withheld in context.graph.withheld.iter() {
        if let Some(until) = &withheld.until {
            waiting.entry(folded(withheld.edition.input.id.as_str())).or_insert(until);
        }
    }
    // A name may be the title or an alias that could not be read.
    let may_be_unread = |written: &str| {
        let name = folded(written.split(['#', '|']).next().unwrap_or_default().trim());
        // Of a path, the name of a file that could not be read.
        let file = name.rsplit('/').next().filter(|file| file.ends_with(".md"));
        mentions(&context.unread, &name) || file.is_some_and(|file| mentions(&context.unread, file))
    };
    // Whether a text is a draft is not known where a slip is in that key.
    let withheld = context.graph.withheld.iter().map(|withheld| &withheld.edition);
    let doubtful: HashSet<Cow<'_, str>> = withheld
        .filter(|edition| edition.parsed.head.is_unclear)
        .map(|edition| folded(edition.input.id.as_str()))
        .collect();
    let is_in_doubt = |written: &str| {
        let name = written.split('#').next().unwrap_or(written).trim_end_matches(".md");
        doubtful.contains(&*folded(name.rsplit('/').next().unwrap_or(name)))
    };
    for reference in context.graph.references() {
        let Target::Unresolved(why) = &reference.target else { continue };
        diagnostics.extend(match why {
            Unresolved::NotFound if may_be_unread(&reference.written) => None,
            Unresolved::NotFound => Some(not_found(context, reference, &mut suggestions)),
            Unresolved::WrongKind(found) => Some(wrong_kind(context.graph, reference, *found)),
            // An annotation waits with its article.
            Unresolved::Draft if reference.role == Role::Target => None,
            Unresolved::Draft if is_in_doubt(&reference.written) => None,
            Unresolved::Draft => Some(draft(context, reference, &waiting)),
            _ => None,
        });
    }
}

fn not_found(context: &Context<'_>, reference: &Reference, suggestions: &mut Suggestions<'_>) -> Diagnostic {
    let written = Written::of(context, reference);
    let (graph, name) = (context.graph, written.name);
    let path = graph.path_of(reference);
    let message = match (written.style, reference.role.leads_to()) {
        _ if name.is_empty() => "an empty reference".to_owned(),
        (Some(LinkStyle::Markdown | LinkStyle::Auto), _) => format!("there is no file `{name}`"),
        (_, []) => format!("nothing is called `{name}`"),
        (_, kinds) => {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            format!("there is no {} `{name}`", kinds.join(" or "))
        }
    };
    let diagnostic = RULE.code.found(message).at(path, reference.span, "leads nowhere");
    if let Some((span, meant)) = of_another_program(context, reference, &written) {
        return diagnostic.help(format!("did you mean `{meant}`?")).suggest(true, path, span, meant);
    }
    // A file with the right name must not be replaced by an entity with a similar id.
    if let Some(misfit) = suggestions.misfits.get(&*folded(written.id())) {
        return diagnostic.help(format!("`{misfit}` has no page; fix that first"));
    }
    if let (None, Some(list)) = (written.style, suggestions.as_list(&written, reference.role)) {
        let text = context.text(written.edition);
        let is_toml = written.edition.parsed.head.toml;
        let words: Vec<String> =
            list.iter().map(|id| if is_toml { format!("\"{id}\"") } else { id.clone() }).collect();
        let diagnostic =
            diagnostic.help(format!("several are a list: did you mean `[{}]`?", words.join(", ")));
        let span = with_mark(&text, reference.span);
        return diagnostic.suggest(true, path, span, several_at(&text, span, &words));
    }
    if let Some((span, replacement)) = suggestions.cited(context, &written, reference) {
        let diagnostic = diagnostic.help(format!("did you mean `{replacement}`?"));
        return diagnostic.suggest(true, path, span, replacement);
    }
    let suggested = suggestions.of(&written, reference.role.leads_to());
    let replacements: Vec<String> =
        suggested.found.iter().map(|&ix| written.spelling(graph.entity(ix))).collect();
    let place = written.span(context);
    match replacements.as_slice() {
        [] => diagnostic.help(match reference.role.leads_to() {
            [kind] => {
                format!("correct the id, or create the entity with `dossier new {} \"…\"`", kind.name())
            }
            _ => "correct the name, or create the entity with `dossier new KIND \"…\"`".to_owned(),
        }),
        several => {
            let all = any_of(several.iter().map(String::as_str));
            let diagnostic = diagnostic.help(format!("did you mean {all}?"));
            let fitting = several.iter().filter(|one| written.may_stand(one));
            let choices = place.into_iter().flat_map(|span| fitting.clone().map(move |one| (span, one)));
            choices.fold(diagnostic, |found, (span, one)| found.suggest(suggested.is_sure, path, span, one))
        }
    }
}

/// What a link of Org or of a wiki is in Markdown, and where it is: `[[https://example.org][words]]`,
/// `[[File:ship.jpg|thumb|A ship]]`.
fn of_another_program(
    context: &Context<'_>,
    reference: &Reference,
    written: &Written<'_>,
) -> Option<(Span, String)> {
    let link = &written.edition.prose().links[reference.link? as usize];
    let text = context.text(written.edition);
    let inner = text.get(link.span.range())?.strip_prefix("[[")?.strip_suffix("]]")?;
    if let Some((address, words)) = inner.split_once("][") {
        let is_address = address.contains("://") && !address.contains([' ', ')']);
        return is_address.then(|| (link.span, format!("[{words}]({address})")));
    }
    const PICTURES: [&str; 8] =
        ["File:", "Image:", "Berkas:", "Gambar:", "Datei:", "Fichier:", "Archivo:", "Файл:"];
    let file = PICTURES.iter().find_map(|name| inner.strip_prefix(name))?;
    let mut parts = file.split('|');
    let name = parts.next()?.trim();
    // The last one that is no setting is what it shows.
    let is_setting = |part: &&str| {
        let sizes = part.trim_end_matches("px");
        matches!(
            *part,
            "thumb" | "thumbnail" | "frame" | "frameless" | "left" | "right" | "center" | "none" | "jmpl"
        ) || sizes.len() < part.len() && sizes.bytes().all(|b| b.is_ascii_digit() || b == b'x')
            || ["alt=", "link=", "upright"].iter().any(|start| part.starts_with(start))
    };
    let words = parts.map(str::trim).rfind(|part| !is_setting(part)).unwrap_or_default();
    let paths = context.graph.assets.iter().filter(|path| path.name() == name);
    let [path] = paths.take(2).collect::<Vec<_>>()[..] else { return None };
    let address = address(written.edition.input.path.folder(), path.as_str());
    written.may_stand(&address).then(|| (link.span, format!("![{words}]({address})")))
}

/// The span of a value, with the mark before it that begins a text of several lines: `by: >`.
fn with_mark(text: &str, span: Span) -> Span {
    let before = text[..span.range().start].trim_end();
    let start = before.trim_end_matches(['>', '|', '-', '+']);
    match before[start.len()..].starts_with(['>', '|']) && start.ends_with(": ") {
        true => Span::new(start.len(), span.range().end),
        false => span,
    }
}

fn wrong_kind(graph: &Graph, reference: &Reference, found: EntityIx) -> Diagnostic {
    let entity = graph.entity(found);
    let (is, wanted) = (a_kind(&[entity.kind]), a_kind(reference.role.leads_to()));
    RULE.code
        .found(format!("`{}` is {is}, not {wanted}", reference.written))
        .at(graph.path_of(reference), reference.span, format!("needs {wanted}"))
        .at(entity.path(), entity.head_span(), format!("this is {is}"))
        .help(format!("write the id of {wanted}"))
}

/// `waiting` has the date for which each id waits, [folded].
fn draft(
    context: &Context<'_>,
    reference: &Reference,
    waiting: &HashMap<Cow<'_, str>, &Spanned<Edtf>>,
) -> Diagnostic {
    let written = Written::of(context, reference);
    let name = written.name;
    let by_name = || context.graph.names_of_drafts.get(&normalized(name.trim_end_matches(".md")));
    let until = |id: &str| waiting.get(&*folded(id));
    if let Some(until) = until(written.id()).or_else(|| until(by_name()?.as_str())) {
        let mut found = RULE
            .code
            .found(format!("`{name}` is left out until {}, so nothing links to it yet", until.value))
            .at(context.graph.path_of(reference), reference.span, "a link from that day on");
        found.severity = Severity::Note;
        return found;
    }
    RULE.code
        .found(format!("`{name}` is a draft, so it is left out of the site"))
        .at(context.graph.path_of(reference), reference.span, "leads to a draft")
        .help("remove its `draft: true`, remove the reference, or build with `--drafts`")
}

/// A reference as its author wrote it.
struct Written<'a> {
    edition: &'a Edition,
    /// `None` in front matter.
    style: Option<LinkStyle>,
    /// The name or path, without a fragment.
    name: &'a str,
    place: Span,
}

impl<'a> Written<'a> {
    fn of(context: &Context<'a>, reference: &'a Reference) -> Written<'a> {
        let edition = &context.graph.entity(reference.from).editions[reference.edition as usize];
        let style = reference.link.map(|at| edition.prose().links[at as usize].style);
        let name = match style {
            None => reference.written.as_str(),
            Some(_) => reference.written.split('#').next().unwrap_or_default().trim(),
        };
        Written { edition, style, name, place: reference.span }
    }

    /// Where the name is, if it is written there unchanged.
    fn span(&self, context: &Context<'_>) -> Option<Span> {
        part_of(&context.text(self.edition), self.place, self.name)
    }

    /// The part of the name that may be an id: what follows a path, which an address or `HRW / Reuters` is not.
    fn id(&self) -> &'a str {
        let (folder, id) = self.name.rsplit_once('/').unwrap_or(("", self.name));
        let is_path = match self.style {
            Some(LinkStyle::Markdown | LinkStyle::Auto) => !folder.contains("://"),
            _ => folder.split('/').all(|part| {
                matches!(part, "" | "." | ".." | CONTENT)
                    || KindId::in_folder(part).or(KindId::named(part)).is_some()
            }),
        };
        if is_path { id.trim_end_matches(".md") } else { self.name }
    }

    /// How to write a reference to `entity` in the same style as this one.
    fn spelling(&self, entity: &Entity) -> String {
        match self.style {
            Some(LinkStyle::Markdown | LinkStyle::Auto) => {
                address(self.edition.input.path.folder(), entity.path().as_str())
            }
            _ if self.name.contains('/') && self.id() != self.name => {
                format!("{}/{}", entity.kind.spec().folder, entity.id)
            }
            _ => entity.id.to_string(),
        }
    }

    /// Whether a replacement needs no quotation or escape of its own.
    fn may_stand(&self, replacement: &str) -> bool {
        replacement.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
    }
}

/// What may have been meant by a name.
#[derive(Clone, Default)]
struct Suggested {
    found: Vec<EntityIx>,
    /// Whether nothing else can have been meant.
    is_sure: bool,
}

/// Suggestions for names that do not resolve; each name is looked up once.
struct Suggestions<'a> {
    graph: &'a Graph,
    /// The path of the first file without a page for each id, [folded].
    misfits: HashMap<Cow<'a, str>, &'a InputPath>,
    known: HashMap<(String, &'static [KindId]), Suggested>,
    /// The ids of the entities of some kinds.
    ids: HashMap<&'static [KindId], Names<'a>>,
    /// Their titles.
    titles: HashMap<&'static [KindId], Names<'a>>,
    /// The entities by their titles, each as an id would be made of it.
    slugs: Option<HashMap<String, Vec<EntityIx>>>,
}

impl<'a> Suggestions<'a> {
    fn over(graph: &'a Graph) -> Suggestions<'a> {
        let misfits = graph.misfits.iter().rev();
        let misfits = misfits.map(|misfit| (folded(misfit.input.id.as_str()), &misfit.input.path));
        Suggestions {
            graph,
            known: HashMap::new(),
            ids: HashMap::new(),
            titles: HashMap::new(),
            slugs: None,
            misfits: misfits.collect(),
        }
    }

    fn of(&mut self, written: &Written<'_>, kinds: &'static [KindId]) -> Suggested {
        let key = (written.name.to_owned(), kinds);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        if self.known.len() >= MOST_LOOKED_UP {
            return Suggested::default();
        }
        let found = self.look_up(written, kinds);
        self.known.insert(key, found.clone());
        found
    }

    /// The ids of several entities that are written as one: `HRW, Reuters`. `None` unless each is one entity, and
    /// the key takes a list.
    fn as_list<'b>(&self, written: &Written<'b>, role: Role) -> Option<Vec<String>> {
        let takes_list = |key: &Key| {
            key.role == Some(role) && matches!(key.shape, Shape::List(Shape::Ref | Shape::Either(..)))
        };
        let is_list = KindId::ALL.iter().any(|kind| kind.keys().any(takes_list));
        // What people write between the items of a list; the last only between ids.
        const SEPARATORS: [&str; 17] = [
            ";", ",", "،", "，", "、", "・", " & ", " and ", " dan ", " et ", " und ", " y ", " + ", " / ",
            "/", "|", " ",
        ];
        let inner = written.name.trim();
        let inner = inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(inner);
        let separator = SEPARATORS.into_iter().find(|other| inner.contains(*other))?;
        let id = |name: &str| {
            // `[[kirby|John]]`
            let name = name.trim();
            let linked = name.strip_prefix("[[").map(|link| link.split(['|', ']']).next().unwrap_or(link));
            let name = bare(linked.unwrap_or(name));
            let name = name.as_str();
            let fits = |ix: &EntityIx| {
                role.leads_to().is_empty() || role.leads_to().contains(&self.graph.entity(*ix).kind)
            };
            let named = || {
                let named = self.graph.by_name(name, &written.edition.input.lang);
                let mut fitting = named.filter(fits);
                fitting.next().filter(|_| fitting.next().is_none())
            };
            let named = || if separator == " " { None } else { named() };
            let ix = self.graph.by_id(name).filter(fits).or_else(named)?;
            Some(self.graph.entity(ix).id.to_string()).filter(|id| written.may_stand(id))
        };
        // `kirby, hrw, and reuters`
        let joined = |part: &'b str| {
            let word =
                ["and ", "dan ", "und ", "et ", "y ", "& "].iter().find_map(|word| part.strip_prefix(word));
            word.unwrap_or(part)
        };
        let parts = inner.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(joined);
        let parts: Vec<&str> = parts.collect();
        (is_list && parts.len() > 1).then(|| parts.into_iter().map(id).collect())?
    }

    /// A source whose locator is written as a part of its name, or as an item after it: `paper, p. 4`. What it
    /// replaces, and how it is written as a table.
    fn cited(
        &self,
        context: &Context<'_>,
        written: &Written<'_>,
        reference: &Reference,
    ) -> Option<(Span, String)> {
        if reference.role != Role::Source || written.style.is_some() {
            return None;
        }
        let text = context.text(written.edition);
        let is_source = |ix: &EntityIx| self.graph.entity(*ix).kind == KindId::Source;
        let id = |name: &str| {
            let named = || {
                let mut named = self.graph.by_name(name, &written.edition.input.lang).filter(is_source);
                named.next().filter(|_| named.next().is_none())
            };
            let ix = self.graph.by_id(&bare(name)).filter(is_source).or_else(named)?;
            Some(self.graph.entity(ix).id.to_string())
        };
        let syntax = if written.edition.parsed.head.toml { Syntax::Toml } else { Syntax::Yaml };
        let table = |id: &str, locator: &str| reading::citation(id, locator).written(syntax);
        let place = written.place;
        if let Some((name, locator)) = cited(written.name) {
            // Quotation marks around the text are no part of the table.
            let quoted = text[place.range()].starts_with(['"', '\'']) as usize;
            let is_whole = text[place.range()].len() == written.name.len() + 2 * quoted;
            return is_whole.then(|| Some((place, table(&id(name)?, &locator))))?;
        }
        // `[paper, p. 4]`
        let before =
            text[..place.range().start].trim_end().strip_suffix(',').filter(|_| is_locator(written.name))?;
        let start = before.rfind(['[', ',', '\n'])? + 1;
        let name = before[start..].trim_start();
        let start = before.len() - name.len();
        Some((Span::new(start, place.range().end), table(&id(name)?, written.name)))
    }

    fn look_up(&mut self, written: &Written<'_>, kinds: &'static [KindId]) -> Suggested {
        let graph = self.graph;
        let fits = |ix: &EntityIx| kinds.is_empty() || kinds.contains(&graph.entity(*ix).kind);
        // The right id in a wrong folder, or a name where an id is needed.
        let is_path = matches!(written.style, Some(LinkStyle::Markdown | LinkStyle::Auto));
        let alone = || graph.by_id(&bare(written.id())).filter(|_| !is_path);
        if let Some(ix) = graph.by_id(written.id()).or_else(alone).filter(fits) {
            return Suggested { found: vec![ix], is_sure: true };
        }
        let named = graph.by_name(written.name, &written.edition.input.lang).filter(fits);
        let named: Vec<EntityIx> = named.take(MOST_NAMESAKES).collect();
        if !named.is_empty() {
            return Suggested { is_sure: named.len() == 1, found: named };
        }
        // The address of a source.
        if written.name.contains("://") && kinds.contains(&KindId::Source) {
            let same = |text: &str| text.trim_end_matches('/') == written.name.trim_end_matches('/');
            let has_address = |entity: &Entity| {
                let source = entity.as_kind::<Source>();
                source.and_then(|source| source.url.as_ref()).is_some_and(|url| same(url.value.as_str()))
            };
            let sources = graph.iter().filter(|(_, entity)| has_address(entity)).map(|(ix, _)| ix);
            let found: Vec<EntityIx> = sources.take(MOST_NAMESAKES).collect();
            return Suggested { is_sure: found.len() == 1, found };
        }
        // A title, as an id.
        let slugs = self.slugs.get_or_insert_with(|| {
            let mut slugs: HashMap<String, Vec<EntityIx>> = HashMap::new();
            for (ix, entity) in graph.iter() {
                if let Some(title) = &entity.common().title {
                    slugs.entry(slug(&title.value)).or_default().push(ix);
                }
            }
            slugs
        });
        let titled = slugs.get(written.id()).into_iter().flatten().copied().filter(fits);
        let titled: Vec<EntityIx> = titled.take(MOST_NAMESAKES).collect();
        if !titled.is_empty() && !is_path {
            return Suggested { is_sure: titled.len() == 1, found: titled };
        }
        let ids = self.ids.entry(kinds).or_insert_with(|| {
            let entities =
                graph.entities.iter().filter(|entity| kinds.is_empty() || kinds.contains(&entity.kind));
            Names::new(entities.map(|entity| entity.id.as_str()))
        });
        let id = written.id();
        let near = match id.contains(char::is_whitespace) {
            true => ids.all_nearest(&slug(id)),
            false => ids.all_nearest(id),
        };
        let is_sure = matches!(near.as_slice(), [one] if is_same_name(id, one));
        // A name has few words; what has more is looked up in vain.
        if !near.is_empty() || !(2..=MOST_WORDS).contains(&id.split_whitespace().count()) {
            return Suggested { found: near.into_iter().filter_map(|id| graph.by_id(id)).collect(), is_sure };
        }
        // A title.
        let titles = self.titles.entry(kinds).or_insert_with(|| {
            let entities =
                graph.entities.iter().filter(|entity| kinds.is_empty() || kinds.contains(&entity.kind));
            Names::new(entities.filter_map(|entity| Some(entity.common().title.as_ref()?.value.as_str())))
        });
        let near = titles.all_nearest(id);
        let is_sure = matches!(near.as_slice(), [one] if is_same_name(id, one));
        let named = |title: &str| graph.by_name(title, &written.edition.input.lang).find(fits);
        Suggested { found: near.into_iter().filter_map(named).collect(), is_sure }
    }
}

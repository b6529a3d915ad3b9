//! What a form needs, as plain data made from the one table of keys: the fields of a kind, the values in a file,
//! and the entities that a name may mean.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::base::country::Country;
use crate::base::diagnostic::Fix;
use crate::base::hash::Fingerprint;
use crate::base::id::Lang;
use crate::course;
use crate::data::{Node, Value};
use crate::ide::front::FrontMatter;
use crate::ide::rename;
use crate::kinds::keys::{Key, Presence, Shape};
use crate::kinds::words::Mode;
use crate::kinds::{KindId, Place, Role};
use crate::link::{Edition, Entity, Graph, layout};
use crate::load;
use crate::locale::Locale;
use crate::parse;
use crate::search::words::folded;
use crate::world::World;

/// The most entities that a name is completed to.
const MOST: usize = 12;

/// How many of a kind's own keys a form shows without being asked.
const USUAL: usize = 10;

/// A kind, as a form shows it.
#[derive(Debug, Serialize)]
pub(crate) struct KindForm {
    name: &'static str,
    label: String,
    about: String,
    fields: Vec<Field>,
}

/// A key, as a form shows it.
#[derive(Debug, Serialize)]
struct Field {
    name: &'static str,
    label: String,
    about: String,
    required: bool,
    /// Whether a form shows it without being asked.
    usual: bool,
    shape: Json,
}

/// Every kind, with its fields.
pub(crate) fn kinds(locale: &Locale) -> Vec<KindForm> {
    let form = |kind: &KindId| {
        let word = |what: &str| locale.word(&format!("kinds.{}.{what}", kind.name())).map(str::to_owned);
        KindForm {
            name: kind.name(),
            label: word("singular").unwrap_or_else(|| kind.name().to_owned()),
            about: word("about").unwrap_or_else(|| kind.spec().about.to_owned()),
            fields: fields(*kind, locale),
        }
    };
    KindId::ALL.iter().map(form).collect()
}

/// The fields in the order of a form: what it is called, what is its own, what it rests on, then all else.
fn fields(kind: KindId, locale: &Locale) -> Vec<Field> {
    const FIRST: [&str; 2] = ["title", "summary"];
    let own = kind.own_keys();
    let place = |key: &&'static Key| match own.iter().position(|own| own.name == key.name) {
        _ if FIRST.contains(&key.name) => (0, 0),
        Some(at) => (1, at),
        None if key.name == "sources" => (2, 0),
        None => (3, 0),
    };
    let mut keys: Vec<&'static Key> = kind.keys().collect();
    keys.sort_by_key(place);
    let field = |key: &'static Key| {
        let usual = match place(&key) {
            (1, at) => at < USUAL,
            (part, _) => part < 3,
        };
        Field { usual, ..field(key, kind, locale, kind.requires(key)) }
    };
    keys.into_iter().map(field).collect()
}

/// The codes of all countries.
pub(crate) fn countries() -> Vec<&'static str> {
    Country::all().map(Country::code).collect()
}

fn field(key: &'static Key, kind: KindId, locale: &Locale, required: bool) -> Field {
    let label = locale.word(&format!("facts.{}", key.name)).unwrap_or(key.name);
    let shape = shape_of(key.shape, key, kind, locale);
    let about = without_code(&key.plain());
    Field { name: key.name, label: label.to_owned(), about, required, usual: true, shape }
}

/// The sentences that show no YAML: a form has inputs for that.
fn without_code(about: &str) -> String {
    let sentences = about.split_inclusive(". ");
    sentences.filter(|sentence| !sentence.contains(['{', '['])).collect::<String>().trim_end().to_owned()
}

fn shape_of(shape: Shape, key: &'static Key, kind: KindId, locale: &Locale) -> Json {
    let inner = |inner: &Shape| shape_of(*inner, key, kind, locale);
    let is = |name: &str| json!({ "is": name });
    match shape {
        Shape::Words => is("words"),
        Shape::Text => is("text"),
        Shape::Date => is("date"),
        Shape::Flag => is("flag"),
        Shape::Whole | Shape::Number => is("number"),
        Shape::Ref => {
            let kinds: Vec<&str> =
                key.role.map_or(&[][..], Role::leads_to).iter().map(|kind| kind.name()).collect();
            json!({ "is": "ref", "kinds": kinds })
        }
        Shape::FormerId => is("former"),
        Shape::OneOf(words) => {
            let terms: Vec<Json> = words.iter().map(|word| term(word, key, kind, locale)).collect();
            json!({ "is": "term", "terms": terms })
        }
        Shape::Country => is("country"),
        Shape::Language => is("language"),
        Shape::Url => is("url"),
        Shape::Point => is("point"),
        Shape::Path => is("path"),
        Shape::List(item) => json!({ "is": "list", "of": inner(item) }),
        Shape::Record(keys) => {
            let field = |key: &'static Key| field(key, kind, locale, key.presence == Presence::Required);
            json!({ "is": "record", "fields": keys.iter().map(field).collect::<Vec<Field>>() })
        }
        Shape::Either(one, other) => json!({ "is": "either", "of": [inner(one), inner(other)] }),
    }
}

/// A word of a closed list, with what it means.
fn term(word: &str, key: &Key, kind: KindId, locale: &Locale) -> Json {
    let said = |what: &str| said_of_term(word, what, key, kind, locale);
    json!({ "word": word, "label": said("label").unwrap_or(word), "about": said("about") })
}

/// What the theme says of a word of a closed list: its `label`, or what it is `about`.
pub(crate) fn said_of_term<'l>(
    word: &str,
    what: &str,
    key: &Key,
    kind: KindId,
    locale: &'l Locale,
) -> Option<&'l str> {
    let lists = [key.name.to_owned(), format!("{}-{}", kind.name(), key.name)];
    lists.iter().find_map(|list| locale.word(&format!("terms.{list}.{word}.{what}")))
}

/// An entity, as a form shows it.
#[derive(Debug, Serialize)]
pub(crate) struct EntityForm {
    id: String,
    kind: &'static str,
    title: String,
    /// Where its page is, from the site's root.
    address: String,
    /// How many other entities refer to it.
    referrers: usize,
    files: Vec<FileForm>,
}

/// One edition of an entity.
#[derive(Debug, Serialize)]
struct FileForm {
    path: String,
    lang: String,
    /// The hash of its content, for a change to say what its author saw.
    seen: String,
    /// What the front matter holds, as it is written; nothing if it cannot be read.
    values: Option<Json>,
    /// The text below the front matter, and where it begins, in bytes.
    text: String,
    text_start: usize,
}

/// The form of an entity in one of the site's languages.
pub(crate) fn entity(graph: &Graph, world: &dyn World, id: &str, lang: Option<&str>) -> Option<EntityForm> {
    let ix = graph.by_id(id)?;
    let entity = graph.entity(ix);
    let lang = language(graph, lang);
    Some(EntityForm {
        id: entity.id.as_str().to_owned(),
        kind: entity.kind.name(),
        title: entity.edition_for(lang).title().to_owned(),
        address: layout::encoded(&layout::page(graph, entity, lang)),
        referrers: graph.incoming(ix).count() + rename::half_read_mentions(graph, &entity.id).count(),
        files: entity.editions.iter().map(|edition| file(world, edition)).collect(),
    })
}

/// A language of the site; the default one if there is no such language.
fn language<'g>(graph: &'g Graph, tag: Option<&str>) -> &'g Lang {
    let known = graph.languages.iter().find(|known| Some(known.as_str()) == tag);
    known.unwrap_or_else(|| graph.default_language())
}

fn file(world: &dyn World, edition: &Edition) -> FileForm {
    let text = load::text(world, &edition.input);
    let node = FrontMatter::of(world, edition).and_then(|front| front.node());
    let start = parse::body_start(&text);
    FileForm {
        path: edition.input.path.to_string(),
        lang: edition.input.lang.to_string(),
        seen: Fingerprint::of(&world.read(&edition.input.path).unwrap_or_default()).to_string(),
        values: node.map(|node| values(&node)),
        text: text.get(start..).unwrap_or_default().to_owned(),
        text_start: start,
    }
}

fn values(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(words) => Json::from(&**words),
        Value::List(items) => items.iter().map(values).collect(),
        Value::Table(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.name.to_string(), values(value)));
            Json::Object(entries.collect::<Map<String, Json>>())
        }
    }
}

/// What a fix would make of a front matter: each key whose value would differ, with that value. `None` if the fix
/// changes anything else.
pub(crate) fn meant(front: &FrontMatter<'_>, fix: &Fix) -> Option<Json> {
    let before = values(&front.node()?);
    let Json::Object(mut after) = values(&front.after(fix)?) else { return None };
    for (key, _) in
        before.as_object()?.iter().filter(|(key, _)| !after.contains_key(*key)).collect::<Vec<_>>()
    {
        after.insert(key.clone(), Json::Null);
    }
    after.retain(|key, value| before.get(key) != Some(value));
    Some(Json::Object(after))
}

/// A place, as a map shows it.
#[derive(Debug, Serialize)]
pub(crate) struct Spot {
    id: String,
    title: String,
    /// Latitude and longitude in degrees, if they are known.
    at: Option<[f64; 2]>,
}

/// Every place.
pub(crate) fn spots(graph: &Graph, lang: Option<&str>) -> Vec<Spot> {
    let lang = language(graph, lang);
    let spot = |(_, entity, place): (_, &Entity, &Place)| {
        let title = entity.edition_for(lang).title().to_owned();
        let at = place.point().map(|point| [point.lat, point.lon]);
        Spot { id: entity.id.to_string(), title, at }
    };
    graph.all::<Place>().map(spot).collect()
}

/// The line of a leg that gives no path of its own.
#[derive(Debug, Serialize)]
pub(crate) struct LegLine {
    /// The length of the line, in km.
    km: f64,
    /// The distance between its ends, in km.
    direct_km: f64,
    /// Latitudes and longitudes in degrees, without jumps in longitude.
    points: Vec<[f64; 2]>,
}

/// The line between two places; `None` if one of them has no coordinates.
pub(crate) fn leg_line(graph: &Graph, from: &str, to: &str, mode: &str) -> Option<LegLine> {
    let line = course::between(graph, from, to, mode == Mode::Sea.word())?;
    let points = line.points.iter().map(|[lon, lat]| [*lat, *lon]).collect();
    Some(LegLine { km: line.km, direct_km: line.direct_km, points })
}

/// An entity that a name may mean.
#[derive(Debug, Serialize)]
pub(crate) struct Named {
    pub id: String,
    pub kind: &'static str,
    pub title: String,
    /// The other name that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

/// The entities of these kinds (of any, if there are none) whose title, id or other name begins with the words, then
/// those that have them anywhere. Case and accents make no difference.
pub(crate) fn named(graph: &Graph, words: &str, kinds: &[&str], lang: Option<&str>) -> Vec<Named> {
    let words = folded(words.trim());
    let lang = language(graph, lang);
    let mut found: Vec<(u8, String, Named)> = Vec::new();
    for (_, entity) in graph.iter() {
        if !kinds.is_empty() && !kinds.contains(&entity.kind.name()) {
            continue;
        }
        let title = entity.edition_for(lang).title();
        let best = names(entity)
            .filter_map(|name| Some((rank(&folded(name), &words)?, name)))
            .min_by_key(|(rank, _)| *rank);
        if let Some((rank, name)) = best {
            let alias =
                (folded(name) != folded(title) && name != entity.id.as_str()).then(|| name.to_owned());
            let named = Named {
                id: entity.id.as_str().to_owned(),
                kind: entity.kind.name(),
                title: title.to_owned(),
                alias,
            };
            found.push((rank, folded(title), named));
        }
    }
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found.into_iter().take(MOST).map(|(_, _, named)| named).collect()
}

/// Every name of an entity, in every language, and its id.
fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    let titles = entity.editions.iter().map(|edition| edition.title());
    let aliases = entity
        .editions
        .iter()
        .flat_map(|edition| &edition.parsed.head.common.aliases)
        .map(|alias| alias.value.as_str());
    titles.chain(aliases).chain([entity.id.as_str()])
}

/// How well a name fits words: it is that, begins with it, has a word that does, or has it somewhere.
fn rank(name: &str, words: &str) -> Option<u8> {
    let at = name.find(words)?;
    let begins_word = at == 0 || name[..at].ends_with(|c: char| !c.is_alphanumeric());
    Some(match (at, begins_word) {
        (0, _) if name.len() == words.len() => 0,
        (0, _) => 1,
        (_, true) => 2,
        _ => 3,
    })
}

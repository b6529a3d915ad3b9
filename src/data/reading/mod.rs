//! What people mean by values that they write in another way: one table, [`of`], with a reader for each sort of
//! value.
//!
//! Nothing here is accepted by itself. A value that its key does not take stays an error; what it may mean becomes
//! the fix of that error, or, if it may mean several things, their choice.

pub(crate) mod country;
pub(crate) mod date;
pub(crate) mod number;
mod point;
mod table;
mod term;
mod text;
mod word;

use std::borrow::Cow;

pub(crate) use self::point::HALVES;
pub(crate) use self::term::{synonyms, term};
pub(crate) use self::word::{address, cited, flag, is_file, is_locator, language, misspelt_scheme};
use super::{Key, Node, Value, yaml};
use crate::base::date::Edtf;
use crate::base::span::Span;

/// The sorts of values that people write in ways of their own.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Sort {
    /// A source, perhaps with a locator.
    Citation,
    Country,
    Date,
    /// A number or a range, in a table that has its unit and its comparator.
    Figure,
    Flag,
    Language,
    Number,
    Point,
    /// A table, by its keys.
    Record(&'static [&'static str]),
    Ref,
    Url,
    Words,
}

/// The sorts that a type requests by a name; see [`super::de::wanting`].
const NAMED: [(&str, Sort); 10] = [
    ("$dossier::Citation", Sort::Citation),
    ("$dossier::Country", Sort::Country),
    ("$dossier::Date", Sort::Date),
    ("$dossier::Figure", Sort::Figure),
    ("$dossier::Language", Sort::Language),
    ("$dossier::Number", Sort::Number),
    ("$dossier::Point", Sort::Point),
    ("$dossier::Ref", Sort::Ref),
    ("$dossier::Url", Sort::Url),
    ("$dossier::Words", Sort::Words),
];

impl Sort {
    /// The newtype name by which a type requests it.
    pub(super) fn name(self) -> &'static str {
        NAMED.iter().find(|(_, sort)| *sort == self).map_or("", |(name, _)| name)
    }

    pub(super) fn named(name: &str) -> Option<Sort> {
        NAMED.iter().find(|(other, _)| *other == name).map(|(_, sort)| *sort)
    }
}

/// What a value may mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The value as its key takes it.
    pub value: Plain,
    /// Other keys of its table, which say the rest.
    pub beside: Vec<(&'static str, Plain)>,
    /// What it is in words, to tell it from other readings.
    pub said: String,
    /// Whether it leaves out some of what is written, which only a person can accept.
    pub is_partial: bool,
}

impl Reading {
    fn partial(self) -> Reading {
        Reading { is_partial: true, ..self }
    }
}

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plain {
    Word(String),
    /// A number or a truth, which TOML writes without quotes.
    Bare(String),
    List(Vec<Plain>),
    Table(Vec<(Cow<'static, str>, Plain)>),
}

impl From<Plain> for Reading {
    fn from(value: Plain) -> Reading {
        Reading { value, beside: Vec::new(), said: String::new(), is_partial: false }
    }
}

/// What `node` may mean where its key wants a value of this sort. `text` is what the spans are of, and
/// `lang` the tag of its language, empty if that is not known.
pub(crate) fn of(sort: Sort, node: &Node, text: &str, lang: &str) -> Vec<Reading> {
    let plain = |values: Vec<Plain>| values.into_iter().map(Reading::from).collect();
    let words = |words: Vec<String>| plain(words.into_iter().map(Plain::Word).collect());
    match (&node.value, sort) {
        (Value::Null, _) => Vec::new(),
        (_, Sort::Point) => points(node, lang),
        // `[[x]]` is a list in a list to YAML.
        (Value::List(items), _) if items.len() == 1 => {
            let inner = of(sort, &items[0], text, lang);
            match (&items[0].value, inner.as_slice()) {
                (Value::Scalar(word), []) if sort == Sort::Ref => {
                    let id = word.split(['|', '#']).next().unwrap_or(word);
                    vec![Plain::Word(id.trim().to_owned()).into()]
                }
                (Value::Scalar(word), []) => vec![Plain::Word(word.to_string()).into()],
                _ => inner,
            }
        }
        // `{a, b}` is a table of keys without values to YAML.
        (Value::Table(entries), Sort::Ref | Sort::Url) if is_set(entries) => plain(vec![list_of(entries)]),
        (Value::Table(entries), Sort::Words) if is_set(entries) => {
            plain(table::words_in_braces(entries, text.get(node.span.range())))
        }
        // `{actor: nis}`
        (Value::Table(entries), Sort::Ref) => match entries.as_slice() {
            [(key, Node { value: Value::Scalar(id), .. })] if NAMES.contains(&&*key.name) => {
                words(vec![id.to_string()])
            }
            _ => Vec::new(),
        },
        (Value::Table(entries), Sort::Words) => {
            // `FBI: about 552 tonnes` is a table to YAML.
            let written = text.get(node.span.range());
            let written = written.filter(|text| !text.starts_with(['{', '[']) && !text.contains('\n'));
            let written = || written.map(|text| Plain::Word(text.to_owned()));
            let text = table::person(entries).or_else(written);
            plain(table::by_language(entries).into_iter().chain(text).collect())
        }
        (Value::List(items), Sort::Words) => table::in_one_text(items, node, text),
        // `[10, 20]` are the ends of a range, or two figures.
        (Value::List(items), Sort::Figure) => match items.as_slice() {
            [Node { value: Value::Scalar(from), .. }, Node { value: Value::Scalar(to), .. }] => {
                let range = number::figures(&format!("{from}–{to}"), lang).into_iter().flat_map(figured);
                range.map(Reading::partial).collect()
            }
            _ => Vec::new(),
        },
        // `- paper: p. 4`
        (Value::Table(entries), Sort::Citation) => match entries.as_slice() {
            [(key, Node { value: Value::Scalar(locator), .. })]
                if is_locator(locator) && *key.name != *"locator" =>
            {
                plain(vec![citation(&key.name, locator)])
            }
            _ => of(Sort::Ref, node, text, lang),
        },
        (_, Sort::Citation) => of(Sort::Ref, node, text, lang),
        (Value::Table(entries), Sort::Record(["value", ..])) => {
            plain(table::measured(entries, text, lang).into_iter().collect())
        }
        // A name with a comma in it: `[[Smith, John]]`.
        (Value::List(_), Sort::Ref)
            if text.get(..node.span.range().start).is_some_and(|before| before.ends_with('[')) =>
        {
            let written =
                text.get(node.span.range()).and_then(|list| list.strip_prefix('[')?.strip_suffix(']'));
            words(written.map(|name| name.trim().to_owned()).into_iter().collect())
        }
        (Value::List(_) | Value::Table(_), _) => Vec::new(),
        (Value::Scalar(word), sort) => match sort {
            Sort::Country => match country::of_subdivision(word) {
                Some(code) => vec![Reading::from(Plain::Word(code.to_owned())).partial()],
                None => words(country::read(word).into_iter().map(str::to_owned).collect()),
            },
            Sort::Date => dates(word).collect(),
            Sort::Figure => number::figures(word, lang).into_iter().flat_map(figured).collect(),
            Sort::Flag => plain(word::flag(word).map(|flag| Plain::Bare(flag.into())).into_iter().collect()),
            Sort::Language => words(word::language(word)),
            Sort::Number => plain(number::read(word, lang).into_iter().map(Plain::Bare).collect()),
            Sort::Record(keys) => keys.first().map_or_else(Vec::new, |key| in_record(key, word, lang)),
            Sort::Url => word::urls(as_written(node, text).unwrap_or(word)),
            Sort::Ref => words(word::linked_file(word).into_iter().collect()),
            Sort::Citation | Sort::Point | Sort::Words => Vec::new(),
        },
    }
}

/// What is between the quotation marks of a text, where a backslash may have been read as an escape:
/// `"https:\\a.org\b"`.
fn as_written<'a>(node: &Node, text: &'a str) -> Option<&'a str> {
    let inner = text.get(node.span.range())?.strip_prefix('"')?.strip_suffix('"')?;
    (inner.contains('\\') && !inner.contains('"')).then_some(inner)
}

/// Keys under which people write an id where the id alone is wanted.
const NAMES: [&str; 13] = [
    "id", "name", "actor", "source", "place", "claim", "event", "route", "note", "article", "ref", "link",
    "title",
];

/// A source with a locator.
pub(crate) fn citation(id: &str, locator: &str) -> Plain {
    let entries = [("source", id), ("locator", locator)];
    Plain::Table(entries.map(|(key, word)| (key.into(), Plain::Word(word.to_owned()))).into())
}

fn is_set(entries: &[(Key, Node)]) -> bool {
    !entries.is_empty() && entries.iter().all(|(_, node)| matches!(node.value, Value::Null))
}

fn list_of(entries: &[(Key, Node)]) -> Plain {
    Plain::List(entries.iter().map(|(key, _)| Plain::Word(key.name.to_string())).collect())
}

/// The points that a node may mean. An altitude, after them, is left out.
fn points(node: &Node, lang: &str) -> Vec<Reading> {
    let points = |node: &Node| -> Vec<Reading> {
        let points = in_one_line(node).map(|line| point::read(&line, lang)).unwrap_or_default();
        points.into_iter().map(|point| pair(point).into()).collect()
    };
    match (points(node), &node.value) {
        (whole, Value::List(items)) if whole.is_empty() && items.len() == 3 => {
            let first = Node { span: node.span, value: Value::List(items[..2].to_vec()) };
            points(&first).into_iter().map(Reading::partial).collect()
        }
        (whole, _) => whole,
    }
}

/// A point in a text as it is written in YAML.
pub(crate) fn point_of(text: &str) -> Option<String> {
    let [point] = <[_; 1]>::try_from(point::read(text, "")).ok()?;
    Some(pair(point).written(Syntax::Yaml))
}

/// A picture in the syntax of texts as it is written in YAML, and whether that leaves out a part of it.
pub(crate) fn picture_of(text: &str) -> Option<(String, bool)> {
    let Reading { value, is_partial, .. } = word::picture(text.starts_with("![").then_some(text)?);
    Some((value.written(Syntax::Yaml), is_partial))
}

/// Whether a word means `false`.
pub(crate) fn denies(word: &str) -> bool {
    word::flag(word.trim().trim_matches(['"', '\''])) == Some("false")
}

/// Whether a word says that the value is not known.
pub(crate) fn says_unknown(word: &str) -> bool {
    const UNKNOWN: [&str; 27] = [
        "unknown",
        "unkown",
        "not known",
        "unspecified",
        "undated",
        "no date",
        "n.d",
        "nd",
        "n/a",
        "na",
        "none",
        "nil",
        "tba",
        "tbd",
        "tbc",
        "todo",
        "missing",
        "unclear",
        "?",
        "-",
        "–",
        "...",
        "…",
        "tidak diketahui",
        "belum diketahui",
        "tidak ada",
        "tanpa tanggal",
    ];
    let word = text::plain(word);
    let word = word.trim_matches(['(', ')', '[', ']', '"', '\'']);
    let is_placeholder = |c: char| "?-–—_x0/.:".contains(c);
    UNKNOWN.contains(&word.strip_suffix('.').unwrap_or(word)) || word.chars().all(is_placeholder)
}

/// Several addresses that are written as one value.
pub(crate) fn addresses(node: &Node, text: &str, lang: &str) -> Option<Reading> {
    let Value::Scalar(written) = &node.value else { return None };
    let parts = || written.split([',', ';', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let is_list = parts().count() > 1 && parts().all(|part| part.contains("://") || part.starts_with("www."));
    let separated =
        Node { span: node.span, value: Value::Scalar(parts().collect::<Vec<_>>().join(", ").into()) };
    is_list.then(|| as_list(Some(Sort::Url), &separated, text, lang))?
}

/// Several values that are written as one: `json, csv`. Each is read by itself.
pub(crate) fn as_list(sort: Option<Sort>, node: &Node, text: &str, lang: &str) -> Option<Reading> {
    let Value::Scalar(written) = &node.value else { return None };
    let separator = [';', ','].into_iter().find(|separator| written.contains(*separator))?;
    let item = |part: &str| {
        let node = Node { span: node.span, value: Value::Scalar(part.trim().into()) };
        let readings = sort.map(|sort| of(sort, &node, text, lang)).unwrap_or_default();
        match readings.as_slice() {
            [one] if one.beside.is_empty() => one.value.clone(),
            _ => Plain::Word(part.trim().to_owned()),
        }
    };
    let parts = written.split(separator).filter(|part| !part.trim().is_empty());
    Some(Plain::List(parts.map(item).collect()).into())
}

/// A question that names what a text may mean, as the end of a message; empty if it may mean nothing.
pub(crate) fn did_you_mean(readings: &[Edtf]) -> String {
    let named: Vec<String> = readings.iter().map(|date| format!("`{date}`")).collect();
    if named.is_empty() { String::new() } else { format!("; did you mean {}?", named.join(" or ")) }
}

/// The dates that a text may mean.
fn dates(text: &str) -> impl Iterator<Item = Reading> {
    date::read(text).into_iter().map(|date| Reading {
        said: date::in_words(date),
        is_partial: date::is_doubtful(text, &date),
        ..Plain::Word(date.to_string()).into()
    })
}

fn pair([lat, lon]: [String; 2]) -> Plain {
    Plain::List(vec![Plain::Bare(lat), Plain::Bare(lon)])
}

/// A number or a range, and in keys of their own its comparator and its unit.
fn figured(figure: number::Figure) -> Vec<Reading> {
    let number::Figure { numbers, to, comparator, unit, is_rounded } = figure;
    let beside = || {
        let comparator = comparator.map(|word| ("comparator", Plain::Word(word.to_owned())));
        let unit = (!unit.is_empty()).then(|| ("unit", Plain::Word(unit.clone())));
        comparator.into_iter().chain(unit).collect()
    };
    let value = |number: String| match &to {
        Some(to) => {
            let ends = [("from", Plain::Bare(number)), ("to", Plain::Bare(to.clone()))];
            Plain::Table(ends.map(|(key, end)| (key.into(), end)).into())
        }
        None => Plain::Bare(number),
    };
    let reading = |number| Reading { beside: beside(), is_partial: is_rounded, ..value(number).into() };
    numbers.into_iter().map(reading).collect()
}

/// A table whose first key has what is written instead of the table.
fn in_record(key: &'static str, word: &str, lang: &str) -> Vec<Reading> {
    let figures = number::figures(word, lang).into_iter().filter(|_| key == "value").flat_map(figured);
    let dates = dates(word).filter(|_| key == "date");
    let read = figures.chain(dates).map(|reading| {
        let entries = std::iter::once((key, reading.value)).chain(reading.beside);
        let table = Plain::Table(entries.map(|(key, value)| (key.into(), value)).collect());
        Reading { said: reading.said, ..table.into() }
    });
    let read: Vec<Reading> = read.collect();
    // `books = false`
    if key == "formats" && (denies(word) || says_unknown(word)) {
        return vec![Plain::Table(vec![(key.into(), Plain::List(Vec::new()))]).into()];
    }
    match read.is_empty() {
        true if key == "src" && (says_unknown(word) || denies(word)) => Vec::new(),
        true if key == "src" => vec![word::picture(word)],
        true => vec![Plain::Table(vec![(key.into(), Plain::Word(word.to_owned()))]).into()],
        false => read,
    }
}

/// The parts of a point, however they are nested, in one line: its keys and its numbers.
fn in_one_line(node: &Node) -> Option<String> {
    Some(match &node.value {
        Value::Null => return None,
        Value::Scalar(text) => text.to_string(),
        Value::List(items) => {
            let parts = items.iter().map(in_one_line).collect::<Option<Vec<String>>>()?;
            match parts.as_slice() {
                // To YAML, `[33,9030, 35,5180]` is four numbers.
                [a, b, c, d] if b.len().max(d.len()) > 2 && !parts.concat().contains('.') => {
                    format!("{a},{b}; {c},{d}")
                }
                _ => parts.join("; "),
            }
        }
        Value::Table(entries) => {
            let part = |(key, node): &(Key, Node)| Some(format!("{} {}", key.name, in_one_line(node)?));
            entries.iter().map(part).collect::<Option<Vec<String>>>()?.join("; ")
        }
    })
}

/// The language that a value is written in.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Syntax {
    Yaml,
    Toml,
}

impl Syntax {
    /// What is between a key and its value.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Syntax::Yaml => ": ",
            Syntax::Toml => " = ",
        }
    }
}

impl Plain {
    /// How it is written in one line, alone or within a list.
    pub(crate) fn written(&self, syntax: Syntax) -> String {
        match self {
            Plain::Bare(word) => word.clone(),
            Plain::Word(word) if syntax == Syntax::Yaml && is_plain_in_yaml(word) => word.clone(),
            // A JSON string is one of YAML and of TOML, too.
            Plain::Word(word) => serde_json::Value::from(word.as_str()).to_string(),
            Plain::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.written(syntax)).collect();
                format!("[{}]", items.join(", "))
            }
            Plain::Table(entries) => {
                let entry = |(key, value): &(Cow<'_, str>, Plain)| {
                    format!("{key}{}{}", syntax.sign(), value.written(syntax))
                };
                let open = if syntax == Syntax::Toml { ("{ ", " }") } else { ("{", "}") };
                format!(
                    "{}{}{}",
                    open.0,
                    entries.iter().map(entry).collect::<Vec<String>>().join(", "),
                    open.1
                )
            }
        }
    }

    /// The node that it would be parsed to, all of it at `span`.
    pub(super) fn node(&self, span: Span) -> Node {
        let value = match self {
            Plain::Word(word) | Plain::Bare(word) => Value::Scalar(word.as_str().into()),
            Plain::List(items) => Value::List(items.iter().map(|item| item.node(span)).collect()),
            Plain::Table(entries) => {
                let entry = |(key, value): &(Cow<'_, str>, Plain)| {
                    (Key { name: (&**key).into(), span }, value.node(span))
                };
                Value::Table(entries.iter().map(entry).collect())
            }
        };
        Node { span, value }
    }
}

/// Whether YAML reads the word as it is, within a list, too.
fn is_plain_in_yaml(word: &str) -> bool {
    let list = yaml::parse(&format!("[{word}]")).map(|node| node.value);
    matches!(list, Ok(Value::List(items))
        if matches!(items.as_slice(), [Node { value: Value::Scalar(read), .. }] if **read == *word)
            && !word.starts_with(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_they_would_mean_something_else() {
        let yaml = |word: &str| Plain::Word(word.to_owned()).written(Syntax::Yaml);
        for plain in ["2023-10-13", "199X?", "2023-10-01/..", "https://example.org/a", "KP", "a b"] {
            assert_eq!(yaml(plain), plain);
        }
        for quoted in ["a, b", "a: b", "[a]", "null", "a #b", "\"a\"", "", "{a}"] {
            assert!(yaml(quoted).starts_with('"'), "{quoted}");
        }
        let entries = [("src", Plain::Word("b.png".into())), ("n", Plain::Bare("1".into()))];
        let table = Plain::Table(entries.map(|(key, value)| (key.into(), value)).into());
        assert_eq!(table.written(Syntax::Yaml), "{src: b.png, n: 1}");
        assert_eq!(table.written(Syntax::Toml), "{ src = \"b.png\", n = 1 }");
    }
}

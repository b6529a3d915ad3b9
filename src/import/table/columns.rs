//! What the columns of a table are, by their names in English or Indonesian, by the names of keys, or as
//! `import.toml` says.

use std::collections::BTreeMap;

use crate::base::id::Lang;
use crate::data::reading;
use crate::import::mapping::Mapping;
use crate::kinds::keys::Key;
use crate::kinds::{KindId, Role};
use crate::search::words::folded;

/// What a column holds.
#[derive(Copy, Clone, Debug)]
pub(super) enum Column<'a> {
    Id,
    Title,
    /// The title or the summary in a language other than the first.
    Translated(&'static str, &'a Lang),
    Key(&'static Key),
    Latitude,
    Longitude,
    Body,
    /// What follows from the rest, such as the address of the page.
    Derived,
    /// `import.toml` says to leave it out.
    Dropped,
    Unknown,
}

/// Names of columns that are not the names of keys, in English and in Indonesian.
const NAMES: &[(&str, &[&str])] = &[
    ("id", &["id", "identifier", "kode", "slug"]),
    ("title", &["title", "name", "judul", "nama", "headline", "label", "full name", "nama lengkap"]),
    ("summary", &["summary", "description", "ringkasan", "deskripsi", "keterangan", "abstract", "abstrak"]),
    ("text", &["text", "body", "teks", "isi"]),
    ("latitude", &["latitude", "lat", "lintang"]),
    ("longitude", &["longitude", "lon", "lng", "long", "bujur"]),
    ("date", &["date", "tanggal", "tgl", "waktu", "date said", "day"]),
    (
        Role::By.word(),
        &[
            "speaker",
            "said by",
            "who",
            "who said it",
            "who said so",
            "claimant",
            "pembicara",
            "penutur",
            "oleh",
            "kata",
            "disampaikan oleh",
            "siapa",
            "narasumber",
        ],
    ),
    ("via", &["through", "passed on by", "melalui", "lewat"]),
    ("when", &["when it happened", "kapan terjadi"]),
    ("about", &["subject", "topic", "tentang", "perihal"]),
    (
        "sources",
        &["source", "sumber", "citation", "citations", "reference", "references", "rujukan", "source url"],
    ),
    ("quantities", &["figures", "figure", "quantity", "number", "amount", "angka", "jumlah"]),
    ("type", &["tipe", "jenis", "kategori", "category", "kind of place"]),
    ("role", &["peran", "jabatan", "position", "occupation", "pekerjaan"]),
    ("country", &["negara"]),
    ("part_of", &["member of", "organization", "organisation", "organisasi", "bagian dari", "anggota"]),
    ("coordinates", &["koordinat", "lat long", "latlong", "lat lon", "latlon"]),
    ("within", &["lies in", "region", "wilayah", "terletak di"]),
    ("places", &["place", "where", "location", "venue", "tempat", "lokasi", "di mana"]),
    ("actors", &["participants", "people", "who took part", "peserta", "pelaku", "aktor"]),
    ("authors", &["author", "penulis", "pengarang"]),
    ("publisher", &["published by", "outlet", "medium", "media", "penerbit"]),
    ("published", &["publication date", "date published", "terbit", "tanggal terbit"]),
    ("url", &["link", "address", "web address", "website", "alamat", "tautan"]),
    ("archive", &["archived copy", "archive url", "archive link", "arsip", "salinan arsip"]),
    ("accessed", &["date accessed", "read on", "diakses", "tanggal akses"]),
    ("language", &["bahasa"]),
    ("reliability", &["keandalan"]),
    ("credibility", &["kredibilitas"]),
    ("aliases", &["also known as", "alias", "nama lain", "other names"]),
    ("same_as", &["wikidata", "the same elsewhere", "same as"]),
    ("motivation", &["purpose", "tujuan"]),
];

/// What a kind is called, in both languages.
const KINDS: &[(KindId, &[&str])] = &[
    (KindId::Claim, &["claim", "claims", "klaim", "statement", "statements", "pernyataan"]),
    (KindId::Actor, &["actor", "actors", "aktor", "tokoh", "people", "person", "orang"]),
    (KindId::Event, &["event", "events", "peristiwa", "kejadian", "timeline", "linimasa"]),
    (KindId::Place, &["place", "places", "tempat", "lokasi", "location", "locations"]),
    (KindId::Route, &["route", "routes", "rute", "jalur"]),
    (KindId::Source, &["source", "sources", "sumber", "bibliography", "pustaka"]),
    (KindId::Note, &["note", "notes", "catatan"]),
    (KindId::Article, &["article", "articles", "artikel"]),
    (KindId::Page, &["page", "pages", "halaman"]),
];

/// The kind that a sheet or a file is named after.
pub(in crate::import) fn kind_named(name: &str) -> Option<KindId> {
    let name = plain(name);
    KINDS.iter().find(|(_, names)| names.contains(&&*name)).map(|(kind, _)| *kind)
}

/// A name for comparison.
fn plain(name: &str) -> String {
    let spaced: String = folded(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// What the columns of a table of this kind hold. Of two that would be the same, the first is it.
pub(super) fn columns<'a>(
    header: &[String],
    kind: KindId,
    mapping: &Mapping,
    languages: &'a [Lang],
) -> Vec<Column<'a>> {
    let mut taken: Vec<Column<'a>> = Vec::new();
    for name in header {
        let column = match mapping.column(kind, name) {
            Some("") => Column::Dropped,
            Some(key) => named(key, kind, languages).unwrap_or(Column::Unknown),
            None => named(name, kind, languages).unwrap_or(Column::Unknown),
        };
        let is_free = matches!(column, Column::Dropped | Column::Unknown | Column::Derived)
            || !taken.iter().any(|other| is_same(other, &column));
        taken.push(if is_free { column } else { Column::Unknown });
    }
    taken
}

fn is_same(a: &Column<'_>, b: &Column<'_>) -> bool {
    match (a, b) {
        (Column::Key(a), Column::Key(b)) => a.name == b.name,
        (Column::Translated(a, lang), Column::Translated(b, other)) => a == b && lang == other,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// The column of this name. A name may end with a language: `title_id`, `Title (Indonesian)`.
fn named<'a>(name: &str, kind: KindId, languages: &'a [Lang]) -> Option<Column<'a>> {
    if let Some(column) = bare(&plain(name), name.trim(), kind) {
        return Some(column);
    }
    let name = name.trim().trim_end_matches(')');
    let (stem, tag) = name.rsplit_once(['_', '@', '(', ' '])?;
    let lang = language(tag.trim(), languages)?;
    let column = bare(&plain(stem), stem.trim(), kind)?;
    match column {
        _ if Some(lang) == languages.first() => Some(column),
        Column::Title => Some(Column::Translated("title", lang)),
        Column::Key(key) if key.name == "summary" => Some(Column::Translated("summary", lang)),
        _ => None,
    }
}

fn language<'a>(tag: &str, languages: &'a [Lang]) -> Option<&'a Lang> {
    let called = reading::language(tag);
    let is_its = |lang: &&Lang| {
        lang.as_str().eq_ignore_ascii_case(tag) || called.iter().any(|code| **code == *lang.as_str())
    };
    languages.iter().find(is_its)
}

/// The column of a name without a language.
fn bare(name: &str, written: &str, kind: KindId) -> Option<Column<'static>> {
    let key = |wanted: &str| kind.keys().find(|key| key.name == wanted).map(Column::Key);
    let by_role = || {
        let is_its = |key: &&Key| key.role.is_some_and(|role: Role| role.word() == written);
        kind.own_keys().iter().find(is_its).map(Column::Key)
    };
    let own = kind.keys().map(|key| key.name).find(|key| *key == written);
    if written == "page" {
        return Some(Column::Derived);
    }
    if own.is_none() && kind_named(name) == Some(kind) {
        return Some(Column::Title);
    }
    let meant = NAMES.iter().filter(|(_, names)| names.contains(&name)).map(|(key, _)| *key);
    let nearly = kind.keys().map(|key| key.name).find(|key| *key == name.replace(' ', "_"));
    for wanted in own.into_iter().chain(meant).chain(nearly) {
        let column = match wanted {
            "id" => Some(Column::Id),
            "title" => Some(Column::Title),
            "latitude" => key("coordinates").map(|_| Column::Latitude),
            "longitude" => key("coordinates").map(|_| Column::Longitude),
            "text" => Some(Column::Body),
            // Of a source or an article, the day on which it was published.
            "date" if own.is_none() && key("published").is_some() => key("published"),
            wanted => key(wanted),
        };
        if column.is_some() {
            return column;
        }
    }
    by_role()
}

/// How many columns of a header speak for a kind: those of its own keys, and in all.
pub(super) fn score(
    header: &[String],
    kind: KindId,
    mapping: &Mapping,
    languages: &[Lang],
) -> (usize, usize) {
    let is_own = |column: &Column<'_>| match column {
        Column::Latitude => true,
        Column::Key(key) => {
            let shared = ["date", "type", Role::About.word(), Role::PartOf.word()];
            !shared.contains(&key.name) && kind.own_keys().iter().any(|own| own.name == key.name)
        }
        _ => false,
    };
    let columns = columns(header, kind, mapping, languages);
    let known = columns.iter().filter(|column| !matches!(column, Column::Unknown | Column::Dropped));
    (columns.iter().filter(|column| is_own(column)).count(), known.count())
}

/// The row that names the columns: of the first ones, that with the most names that are known.
pub(super) fn header_of<'r>(
    rows: impl Iterator<Item = &'r [String]>,
    kinds: &[KindId],
    mapping: &Mapping,
    languages: &[Lang],
) -> Option<usize> {
    let known = |row: &[String]| {
        kinds.iter().map(|kind| score(row, *kind, mapping, languages).1).max().unwrap_or_default()
    };
    let mut best: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, row) in rows.enumerate() {
        let known = known(row);
        if known > 0 {
            best.entry(known).or_insert(at);
        }
    }
    best.pop_last().map(|(_, at)| at)
}

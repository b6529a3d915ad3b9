//! The sheet that Bellingcat's auto-archiver works through, by its columns → sources, with their archived copies.

use std::collections::BTreeSet;

use super::super::brought::{Item, Remark};
use super::knight::Columns;
use super::sheet::Sheet;
use crate::data::write::Given;
use crate::kinds::KindId;

const LINK: &[&str] = &["link", "url"];
const ARCHIVE: &[&str] = &["archive location", "archive"];
const STATUS: &[&str] = &["archive status", "status"];
const DATE: &[&str] = &["archive date", "date"];
const HASH: &[&str] = &["hash"];
const TITLE: &[&str] = &["upload title", "title"];
const TIMESTAMP: &[&str] = &["upload timestamp", "timestamp"];

/// Columns of which nothing comes along.
const LEFT: [&str; 8] = [
    "destination folder",
    "thumbnail",
    "thumbnail index",
    "text content",
    "screenshot",
    "perceptual hashes",
    "wacz",
    "replaywebpage",
];

/// The sources of such a sheet; `None` if it is another.
pub(super) fn read(sheet: &mut Sheet) -> Option<(&'static str, Vec<Item>)> {
    let start = sheet.rows.iter().take(5).position(|row| {
        let has = |name: &str| row.cells.iter().any(|cell| cell.trim().eq_ignore_ascii_case(name));
        has("archive location") && has("archive status") && LINK.iter().any(|name| has(name))
    })?;
    let header = sheet.rows[start].cells.clone();
    let columns = Columns { sheet, header: &header };
    let mut remarks = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let mut known = BTreeSet::new();
    for row in &sheet.rows[start + 1..] {
        let at = sheet.at(Some(row.number), None, None);
        let address = columns.words(row, LINK);
        if !address.starts_with("http") {
            remarks.push(Remark::left_out(address, "it is no address", &at));
            continue;
        }
        if !known.insert(address) {
            remarks.push(Remark::left_out(address, "another row has this address", &at));
            continue;
        }
        let named = columns.words(row, TITLE);
        let bare = address.split("://").last().unwrap_or(address).trim_end_matches('/');
        let mut source =
            Item::titled(KindId::Source, if named.is_empty() { bare } else { named }, at.clone());
        source.title = super::one_line(&source.title);
        source.key = format!("source {address}");
        let copy = columns.words(row, ARCHIVE);
        let status = columns.words(row, STATUS);
        if !copy.starts_with("http") {
            let why = match status {
                "" => "it has no archived copy".to_owned(),
                status => format!("it has no archived copy: {status}"),
            };
            remarks.push(Remark::doubtful(address, why, &at));
        }
        let words = |words: &str| Some(Given::Words(words.to_owned())).filter(|_| words.starts_with("http"));
        // When the copy was made, the page was as it was read.
        let day = |words: &str| {
            let day = words.split(['T', ' ']).next().unwrap_or_default();
            Some(Given::Bare(day.to_owned())).filter(|_| !day.is_empty())
        };
        let facts = [
            ("url", words(address), LINK),
            ("archive", words(copy), ARCHIVE),
            ("accessed", day(columns.words(row, DATE)), DATE),
            ("published", day(columns.words(row, TIMESTAMP)), TIMESTAMP),
        ];
        let facts = facts.into_iter().filter_map(|(key, value, names)| Some((key, value?, names)));
        source.facts = facts.map(|(key, value, names)| columns.fact(key, value, row, names)).collect();
        source.text = hash(columns.words(row, HASH));
        items.push(source);
    }
    let has = |name: &&&str| columns.find(&[**name]).is_some();
    let left: Vec<&str> = LEFT.iter().filter(has).copied().collect();
    if !left.is_empty() {
        let why = "there are no keys for these columns";
        remarks.push(Remark::left_out(left.join(", "), why, &sheet.at(None, None, None)));
    }
    sheet.remarks.extend(remarks);
    Some(("a sheet of auto-archiver", items))
}

/// The hash of the copy, as the text of the source: it is the same in every language.
fn hash(words: &str) -> String {
    let (name, digits) = words.rsplit_once(':').unwrap_or(("", words));
    let is_hash = digits.len() >= 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let name = match (name, digits.len()) {
        ("", 64) => "SHA-256",
        ("", 128) => "SHA3-512",
        ("", _) => return String::new(),
        (name, _) => name,
    };
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_hash && is_name { format!("{name}: `{digits}`") } else { String::new() }
}

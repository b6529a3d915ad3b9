//! RIS: lines of a tag and a value.

use super::{Library, Work, doi, on_one_line};
use crate::import::brought::{At, Remark};

/// The types of sources, by those of RIS.
const SORTS: [(&str, &str); 36] = [
    ("ADVS", "motion_picture"),
    ("ART", "graphic"),
    ("BILL", "bill"),
    ("BLOG", "post-weblog"),
    ("BOOK", "book"),
    ("CASE", "legal_case"),
    ("CHAP", "chapter"),
    ("COMP", "software"),
    ("CONF", "paper-conference"),
    ("CPAPER", "paper-conference"),
    ("DATA", "dataset"),
    ("DICT", "entry-dictionary"),
    ("EBOOK", "book"),
    ("ECHAP", "chapter"),
    ("EJOUR", "article-journal"),
    ("ELEC", "webpage"),
    ("ENCYC", "entry-encyclopedia"),
    ("FIGURE", "figure"),
    ("HEAR", "hearing"),
    ("ICOMM", "personal_communication"),
    ("JFULL", "periodical"),
    ("JOUR", "article-journal"),
    ("LEGAL", "legislation"),
    ("MANSCPT", "manuscript"),
    ("MAP", "map"),
    ("MGZN", "article-magazine"),
    ("MPCT", "motion_picture"),
    ("NEWS", "article-newspaper"),
    ("PAMP", "pamphlet"),
    ("PAT", "patent"),
    ("PCOMM", "personal_communication"),
    ("RPRT", "report"),
    ("SOUND", "song"),
    ("STAT", "legislation"),
    ("THES", "thesis"),
    ("VIDEO", "motion_picture"),
];

/// The tag and the value of a line.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let is_tag = tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.trim_start().strip_prefix('-').filter(|_| is_tag && rest.starts_with(' '))?;
    Some((tag, value.trim()))
}

/// Whether a text is such a library.
pub(super) fn is_such(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let first = lines.find(|line| !line.trim().is_empty());
    first.and_then(tagged).is_some_and(|(tag, _)| tag == "TY")
}

pub(super) fn read(text: &str) -> Library {
    let mut library = Library::default();
    let mut open: Option<(At, Vec<(&str, String)>)> = None;
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        match (tagged(line), &mut open) {
            (Some(("TY", value)), _) => {
                let at = At { line: Some(number + 1), ..At::default() };
                if let Some((at, fields)) = open.replace((at, vec![("TY", value.to_owned())])) {
                    add(&fields, at, &mut library);
                }
            }
            (Some(("ER", _)), _) => {
                if let Some((at, fields)) = open.take() {
                    add(&fields, at, &mut library);
                }
            }
            (Some((tag, value)), Some((_, fields))) => fields.push((tag, value.to_owned())),
            // A long value goes on in the next line.
            (None, Some((_, fields))) if !line.trim().is_empty() => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            _ => {}
        }
    }
    if let Some((at, fields)) = open {
        let why = "the file ends within this entry; it may be cut off";
        library.remarks.push(Remark::doubtful("", why, &at));
        add(&fields, at, &mut library);
    }
    library
}

fn add(fields: &[(&str, String)], at: At, library: &mut Library) {
    let mut used = vec!["TY"];
    let mut first = |tags: &[&'static str]| {
        used.extend(tags);
        let of = |tag: &&str| fields.iter().find(|(own, value)| own == tag && !value.is_empty());
        tags.iter().find_map(of).map(|(_, value)| on_one_line(value)).unwrap_or_default()
    };
    let sort = first(&["TY"]);
    let is_part = ["JOUR", "EJOUR", "MGZN", "NEWS", "BLOG", "ELEC"].contains(&sort.as_str());
    let (container, house) = (first(&["T2", "JO", "JF", "JA", "J2"]), first(&["PB"]));
    let own = first(&["ID"]);
    let mut work = Work {
        is_citation_key: !own.is_empty(),
        key: own,
        sort: SORTS.iter().find(|(name, _)| *name == sort).map(|(_, sort)| *sort),
        title: first(&["TI", "T1", "CT", "BT"]),
        publisher: if is_part && !container.is_empty() || house.is_empty() { container } else { house },
        published: date(&first(&["DA", "PY", "Y1"])),
        accessed: date(&first(&["Y2"])),
        url: first(&["UR"]),
        language: first(&["LA"]),
        summary: first(&["AB", "N2"]),
        ..Work::default()
    };
    let doi = doi(&first(&["DO"]));
    if work.url.is_empty() {
        work.url = doi;
    }
    used.extend(["AU", "A1"]);
    let authors = fields.iter().filter(|(tag, value)| ["AU", "A1"].contains(tag) && !value.is_empty());
    work.authors = authors.map(|(_, name)| on_one_line(name)).collect();
    if work.key.is_empty() {
        work.key = if work.url.is_empty() { work.title.clone() } else { work.url.clone() };
    }
    let mut left: Vec<&str> =
        fields.iter().filter(|(_, value)| !value.is_empty()).map(|(tag, _)| *tag).collect();
    left.sort_unstable();
    left.dedup();
    for tag in left.into_iter().filter(|tag| !used.contains(tag)) {
        match tag {
            "L1" | "L2" | "L3" | "L4" => library.leave_out_file(tag),
            tag => library.leave_out(tag),
        }
    }
    work.at = at;
    library.works.push(work);
}

/// `2023/10/13/` → `2023-10-13`
fn date(words: &str) -> String {
    let parts: Vec<&str> = words.split('/').map(str::trim).take(3).filter(|part| !part.is_empty()).collect();
    let is_date = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    match (is_date && words.contains('/'), parts.as_slice()) {
        (true, parts) => parts.iter().map(|part| format!("{part:0>2}")).collect::<Vec<String>>().join("-"),
        (false, _) => words.to_owned(),
    }
}

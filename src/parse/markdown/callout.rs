//! Callouts: quotations whose first line says what they are, as in Obsidian and on GitHub.
//! `> [!warning]- The port` is one with a title that can be folded, and is folded at first.

/// The first line of a callout, up to its title.
pub(super) struct Marker<'a> {
    /// What its author wrote, such as `faq`.
    pub name: &'a str,
    pub sort: &'static str,
    /// What follows the name and a bar, where Obsidian allows settings.
    pub settings: &'a str,
    /// Whether it is open at first, if it can be folded.
    pub fold: Option<bool>,
    /// The number of bytes before the title.
    pub length: usize,
}

/// The sorts of callouts, each with its other names, from Obsidian's documentation
/// (<https://help.obsidian.md/callouts>) and GitHub's. Each has a word of its own, `body.SORT`.
const SORTS: [(&str, &[&str]); 15] = [
    ("note", &[]),
    ("summary", &["abstract", "tldr"]),
    ("info", &[]),
    ("todo", &[]),
    ("tip", &["hint"]),
    ("important", &[]),
    ("success", &["check", "done"]),
    ("question", &["help", "faq"]),
    ("warning", &["attention"]),
    ("caution", &[]),
    ("failure", &["fail", "missing"]),
    ("danger", &["error"]),
    ("bug", &[]),
    ("example", &[]),
    ("quote", &["cite"]),
];

/// The names of all sorts.
pub(crate) fn sorts() -> impl Iterator<Item = &'static str> {
    SORTS.into_iter().map(|(sort, _)| sort)
}

impl Marker<'_> {
    /// Reads the marker with which a quotation's first paragraph starts.
    pub(super) fn of(text: &str) -> Option<Marker<'_>> {
        let inner = text.strip_prefix("[!")?;
        let end = inner.find([']', '\n'])?;
        let rest = inner[end..].strip_prefix(']')?;
        let (name, settings) = inner[..end].split_once('|').unwrap_or((&inner[..end], ""));
        let (name, settings) = (name.trim(), settings.trim());
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        if name.is_empty() || !name.chars().all(is_name) || rest.starts_with(['(', '[', ':']) {
            return None;
        }
        let (fold, rest) = match rest.chars().next() {
            Some('-') => (Some(false), &rest[1..]),
            Some('+') => (Some(true), &rest[1..]),
            _ => (None, rest),
        };
        let title = rest.trim_start_matches([' ', '\t']);
        let lower = name.to_lowercase();
        let is =
            |(sort, others): &(&'static str, &[&str])| *sort == lower || others.contains(&lower.as_str());
        // As in Obsidian, an unknown sort looks like a note, and its name is its title.
        let sort = SORTS.iter().find(|sort| is(sort)).map_or("", |(sort, _)| sort);
        Some(Marker { name, sort, settings, fold, length: text.len() - title.len() })
    }
}

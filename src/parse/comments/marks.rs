//! The marks of comments, with those of other programs.

/// A comment without its marks. Of HTML's, only the words are cut.
pub(super) fn unmarked(cut: &str) -> &str {
    let cut = cut.trim();
    // One that goes on to the end of the text has no mark there.
    let inner = |(open, close): &(&str, &str)| {
        let rest = cut.strip_prefix(open)?;
        Some(rest.strip_suffix(close).unwrap_or(rest))
    };
    [("%%", "%%")].iter().chain(&FOREIGN).find_map(inner).unwrap_or(cut).trim()
}

pub(super) fn has_marks(text: &str) -> bool {
    text.contains("%%") || text.contains("<!") || FOREIGN.iter().any(|(open, _)| text.contains(open))
}

/// How other programs write comments, with their ends: CriticMarkup, kramdown, Liquid and Jinja. Without its end,
/// each is a text. With `<!`, a comment of HTML in which a program or a slip has changed the hyphens.
pub(super) const FOREIGN: [(&str, &str); 8] = [
    ("{>>", "<<}"),
    ("{::comment}", "{:/comment}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{%- comment -%}", "{%- endcomment -%}"),
    ("{# ", " #}"),
    ("<! --", "-->"),
    ("<!—", "—>"),
    ("<!–", "–>"),
];

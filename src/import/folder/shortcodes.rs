//! Shortcodes of Hugo and Zola → Markdown, where it can say the same. Of all others, the words within them stay, and
//! the shortcodes are listed.

use super::code::outside_code;
use super::{Counts, Flavour};
use crate::import::brought::At;
use std::cell::RefCell;

/// What is said of a shortcode that nothing replaces.
const LOST: &str = "shortcodes that mean nothing here; the words within them stay";

/// A shortcode as it is written.
struct Tag<'a> {
    name: &'a str,
    arguments: &'a str,
    is_closing: bool,
    /// Whether nothing closes it.
    is_alone: bool,
    end: usize,
}

/// Replaces the shortcodes of a text.
pub(super) fn replaced(flavour: Flavour, text: &str, at: &At, counts: &mut Counts) -> String {
    let counts = RefCell::new(counts);
    let lost = |name: &str| counts.borrow_mut().add(LOST, name, at.clone());
    let text = outside_code(text, |part| of_part(flavour, part, &lost));
    match flavour {
        // How Hugo shows a shortcode as text.
        Flavour::Hugo => text
            .replace("{{</*", "{{<")
            .replace("*/>}}", ">}}")
            .replace("{{%/*", "{{%")
            .replace("*/%}}", "%}}"),
        _ => text,
    }
}

fn of_part(flavour: Flavour, text: &str, lost: &dyn Fn(&str)) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find(['{']).map(|next| at + next) {
        replaced.push_str(&text[at..start]);
        let Some(tag) = tag(flavour, &text[start..]) else {
            replaced.push('{');
            at = start + 1;
            continue;
        };
        let rest = &text[start + tag.end..];
        at = start + tag.end;
        if tag.is_closing {
            continue;
        }
        let inner = if tag.is_alone { None } else { inner(flavour, tag.name, rest) };
        match markdown(&tag, inner.map(|(inner, _)| inner)) {
            Some(markdown) => {
                replaced.push_str(&markdown);
                at += inner.map_or(0, |(_, length)| length);
            }
            // What is within is read as if nothing were around it.
            None => lost(tag.name),
        }
    }
    replaced + &text[at..]
}

/// The shortcode that a text begins with.
fn tag(flavour: Flavour, text: &str) -> Option<Tag<'_>> {
    let forms: &[(&str, &str)] = match flavour {
        Flavour::Hugo => &[("{{<", ">}}"), ("{{%", "%}}")],
        _ => &[("{{", "}}"), ("{%", "%}")],
    };
    let (open, close) = forms.iter().find(|(open, _)| text.starts_with(open))?;
    let length = text.find(close)?;
    let inner = text[open.len()..length].trim().trim_matches('-').trim();
    if inner.starts_with("/*") {
        return None;
    }
    let is_closing = inner.starts_with('/') || flavour == Flavour::Zola && inner == "end";
    let is_alone = inner.ends_with('/') || flavour == Flavour::Zola && *open == "{{";
    let inner = inner.trim_start_matches('/').trim_end_matches('/').trim();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ':');
    let length_of_name = inner.find(|c| !is_name(c)).unwrap_or(inner.len());
    let (name, arguments) = inner.split_at(length_of_name);
    let is_known = !name.is_empty() && (flavour == Flavour::Hugo || is_closing || arguments.starts_with('('));
    let arguments = arguments.trim().trim_start_matches('(').trim_end_matches(')');
    is_known.then_some(Tag { name, arguments, is_closing, is_alone, end: length + close.len() })
}

/// What is between a shortcode and what closes it, and how long both are.
fn inner<'a>(flavour: Flavour, name: &str, rest: &'a str) -> Option<(&'a str, usize)> {
    let mut at = 0;
    while let Some(start) = rest[at..].find('{').map(|next| at + next) {
        match tag(flavour, &rest[start..]) {
            Some(tag) if tag.is_closing && (tag.name == name || flavour == Flavour::Zola) => {
                return Some((&rest[..start], start + tag.end));
            }
            _ => at = start + 1,
        }
    }
    None
}

/// What a shortcode is in Markdown, if it is one of those that come with the programs or that many sites have.
fn markdown(tag: &Tag<'_>, inner: Option<&str>) -> Option<String> {
    let arguments = arguments(tag.arguments);
    let get = |names: &[&str]| {
        let named =
            |name: &&str| arguments.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        names.iter().find_map(named)
    };
    let first = || arguments.iter().find(|(key, _)| key.is_empty()).map(|(_, value)| value.as_str());
    let link = |address: String| Some(format!("<{address}>"));
    match tag.name {
        "ref" | "relref" => Some(get(&["path"]).or_else(first)?.replace(' ', "%20")),
        "figure" | "img" | "image" | "picture" | "pic" => {
            let source = get(&["src", "path", "url", "link"]).or_else(first)?;
            let alt = get(&["alt", "title", "caption"]).unwrap_or_default().replace(['[', ']'], "");
            let caption = get(&["caption", "title"]).map(|words| format!(" \"{}\"", words.replace('"', "'")));
            Some(format!("![{alt}](<{source}>{})", caption.unwrap_or_default()))
        }
        "youtube" => link(format!("https://www.youtube.com/watch?v={}", get(&["id"]).or_else(first)?)),
        "vimeo" => link(format!("https://vimeo.com/{}", get(&["id"]).or_else(first)?)),
        "x" | "tweet" => match (get(&["user"]), get(&["id"])) {
            (Some(user), Some(id)) => link(format!("https://x.com/{user}/status/{id}")),
            _ => None,
        },
        "instagram" => link(format!("https://www.instagram.com/p/{}/", get(&["id"]).or_else(first)?)),
        "gist" => {
            let mut words = arguments.iter().map(|(_, value)| value.as_str());
            link(format!("https://gist.github.com/{}/{}", words.next()?, words.next()?))
        }
        "highlight" => Some(fenced(get(&["lang"]).or_else(first).unwrap_or_default(), inner?)),
        name if name.contains("mermaid") => Some(fenced("mermaid", inner?)),
        name if name.contains("code") && inner.is_some_and(|inner| !inner.contains("```")) => {
            Some(fenced(get(&["lang", "language"]).unwrap_or_default(), inner?))
        }
        _ => None,
    }
}

fn fenced(language: &str, code: &str) -> String {
    format!("\n```{language}\n{}\n```\n", code.trim_matches('\n'))
}

/// The arguments of a shortcode, each with its name, if it has one: `id="x" class=y "z"`.
fn arguments(text: &str) -> Vec<(String, String)> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start_matches([' ', '\n', '\t', ',']);
    while !rest.is_empty() {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let after = rest[length..].trim_start();
        let (name, value) = match after.strip_prefix('=').filter(|_| length > 0) {
            Some(value) => (&rest[..length], value.trim_start()),
            None => ("", rest),
        };
        let (value, end) = match value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
            Some(quote) => {
                let inner = &value[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                (&inner[..end], &inner[(end + 1).min(inner.len())..])
            }
            None => {
                let end = value.find([' ', '\n', '\t', ',']).unwrap_or(value.len());
                (&value[..end], &value[end..])
            }
        };
        arguments.push((name.to_owned(), value.to_owned()));
        rest = end.trim_start_matches([' ', '\n', '\t', ',']);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_become_what_markdown_can_say() {
        let of = |flavour, text: &str| {
            let mut counts = Counts::default();
            let replaced = replaced(flavour, text, &At::default(), &mut counts);
            (replaced, counts.0.into_keys().map(|(_, name)| name).collect::<Vec<String>>())
        };
        for (text, expected, lost) in [
            ("[a]({{< relref \"/x.md#y\" >}})", "[a](/x.md#y)", &[][..]),
            ("{{< figure src=\"a b.png\" alt=\"A\" >}}", "![A](<a b.png>)", &[]),
            ("{{< youtube w7Ft2ymGmfc >}}", "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>", &[]),
            ("{{< highlight go >}}\nx\n{{< /highlight >}}", "\n```go\nx\n```\n", &[]),
            ("{{% box %}}Words {{< new >}}stay.{{% /box %}}", "Words stay.", &["box", "new"]),
            ("`{{</* ref */>}}` {{ x }}", "`{{< ref >}}` {{ x }}", &[]),
        ] {
            let (replaced, names) = of(Flavour::Hugo, text);
            assert_eq!(
                (replaced.as_str(), names.as_slice()),
                (expected, &*lost.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
            );
        }
        for (text, expected) in [
            ("{{ youtube(id=\"abc\") }}", "<https://www.youtube.com/watch?v=abc>"),
            ("{% quote(author=\"x\") %}Said.{% end %}", "Said."),
            ("{{ no shortcode }}", "{{ no shortcode }}"),
        ] {
            assert_eq!(of(Flavour::Zola, text).0, expected);
        }
    }
}

//! HTML that Markdown can say → Markdown: pictures, links, and what shows other pages.

use super::code::outside_code;
use crate::base::html;

/// Replaces `<img>`, `<a>` and `<iframe>` in a text, so that their addresses are found.
pub(super) fn replaced(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    outside_code(text, of_part)
}

fn of_part(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|next| at + next) {
        let rest = &text[start..];
        replaced.push_str(&text[at..start]);
        match of_tag(rest, is_in_block(text, start)) {
            Some((markdown, length)) => {
                replaced.push_str(&markdown);
                at = start + length;
            }
            None => {
                replaced.push('<');
                at = start + 1;
            }
        }
    }
    replaced + &text[at..]
}

/// Whether a tag is in a block of HTML, in which Markdown is read only after an empty line.
fn is_in_block(text: &str, at: usize) -> bool {
    let block = text[..at].rfind("\n\n").map_or(0, |start| start + 2);
    let first = text[block..].trim_start_matches('\n');
    first.trim_start().starts_with('<') && first.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
        || first.trim_start().starts_with("</")
}

/// What a tag is in Markdown, and how long it is with what it encloses.
fn of_tag(text: &str, is_in_block: bool) -> Option<(String, usize)> {
    let name_end = text[1..].find(|c: char| !c.is_ascii_alphanumeric())? + 1;
    let name = text[1..name_end].to_ascii_lowercase();
    if !["img", "a", "iframe"].contains(&&*name) {
        return None;
    }
    let length = end_of_tag(text)?;
    let tag = html::tag(&text[..length])?;
    let attribute = |name: &str| {
        tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|found| found.value.to_string())
    };
    let address = |name: &str| {
        attribute(name).map(|address| address.trim().replace(' ', "%20").replace(['<', '>'], ""))
    };
    let apart = |markdown: String| match is_in_block {
        true => format!("\n\n{markdown}\n\n"),
        false => markdown,
    };
    match &*name {
        "img" => {
            let source = address("src").filter(|source| !source.is_empty())?;
            let alt = attribute("alt").unwrap_or_default().replace(['[', ']', '\n'], " ");
            // Without quotation marks, the slash that ends the tag is a part of the value.
            let width = attribute("width").map(|width| width.trim_end_matches('/').to_owned());
            let is_number =
                |width: &String| !width.is_empty() && width.bytes().all(|byte| byte.is_ascii_digit());
            let width = width.filter(is_number).map(|width| format!("|{width}"));
            Some((apart(format!("![{alt}{}](<{source}>)", width.unwrap_or_default())), length))
        }
        "a" => {
            let target = address("href").filter(|target| !target.is_empty())?;
            let close = text[length..].find("</a>")?;
            let words = &text[length..length + close];
            let is_plain = !words.contains(['<', '\n', '[', ']']) && !words.trim().is_empty() && !is_in_block;
            is_plain.then(|| (format!("[{words}](<{target}>)"), length + close + "</a>".len()))
        }
        _ => {
            let source = address("src").filter(|source| source.starts_with("http"))?;
            let close = text[length..].find("</iframe>").map_or(0, |close| close + "</iframe>".len());
            Some((apart(format!("<{source}>")), length + close))
        }
    }
}

/// Where a tag ends, whose values may have a `>`.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().take(4096).find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(at + 1),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(open), c) if open == c => {
            quote = None;
            None
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_markdown() {
        for (html, expected) in [
            ("See <a href=\"x y.md\">it</a>.", "See [it](<x%20y.md>)."),
            ("A <img src='a.png' alt=\"A > B\" width=300/> b", "A ![A > B|300](<a.png>) b"),
            ("<p><img src=a.png></p>", "<p>\n\n![](<a.png>)\n\n</p>"),
            ("<iframe src=\"https://v.example/1\"></iframe>", "\n\n<https://v.example/1>\n\n"),
            ("`<img src=a.png>` <b>x</b> 1 < 2", "`<img src=a.png>` <b>x</b> 1 < 2"),
        ] {
            assert_eq!(replaced(html), expected);
        }
    }
}

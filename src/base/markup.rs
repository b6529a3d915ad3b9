//! Escaping and character references of HTML and SVG.

use std::fmt::Write;

use super::escape::escape_into;

/// Appends text to HTML with its special characters escaped, safe within an attribute too.
pub(crate) fn escape(text: &str, html: &mut String) {
    let is_special = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"');
    let write = |byte, html: &mut String| {
        html.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
    };
    escape_into(text, is_special, write, html);
}

/// Text with HTML's special characters escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// Adds markup to a text. Writing to a string cannot fail.
pub(crate) fn push(text: &mut String, markup: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(markup);
}

/// The character reference (`&amp;`, `&#38;`, `&#x26;`) at the start of `html`: its character and its length
/// in bytes. Of the named references, only those for markup and those that typographers and sanitizers write.
pub(crate) fn reference(html: &str) -> Option<(char, usize)> {
    let name = html.strip_prefix('&')?;
    let name = &name[..name.bytes().take(10).position(|byte| byte == b';')?];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((c, name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_markup_in_text_or_in_an_attribute_is_escaped() {
        assert_eq!(escaped("a & <b c=\"d\"> 'é'"), "a &amp; &lt;b c=&quot;d&quot;&gt; 'é'");
    }

    #[test]
    fn references_are_read_with_their_length() {
        for (html, c) in [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&apos;", '\''),
            ("&nbsp;", '\u{a0}'),
            ("&shy;", '\u{ad}'),
            ("&#233;", 'é'),
            ("&#xE9;", 'é'),
            ("&#Xe9;", 'é'),
        ] {
            assert_eq!(reference(&format!("{html} and more;")), Some((c, html.len())), "{html}");
        }
        for html in
            ["amp;", "&amp", "&", "&;", "&other;", "&#;", "&#x;", "&#xd800;", "&#1114112;", "&0123456789;"]
        {
            assert_eq!(reference(html), None, "{html}");
        }
    }
}

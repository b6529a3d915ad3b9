//! XML helpers for the outputs.

use crate::base::character::is_forbidden;

/// Text with XML's special characters escaped, and without the characters that XML 1.0 forbids.
pub(crate) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            c if is_forbidden(c) => {}
            c => xml.push(c),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_what_xml_forbids_is_left_out() {
        assert_eq!(escaped("a & <b> \"c\"\t\r\n"), "a &amp; &lt;b&gt; &quot;c&quot;\t\r\n");
        assert_eq!(
            escaped("\0a\u{1}\u{b}b\u{c}\u{1f}\u{fffe}c\u{ffff}\u{fffd}\u{e000}"),
            "abc\u{fffd}\u{e000}"
        );
    }
}

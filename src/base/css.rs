//! What a style would load: the addresses in CSS, in a style sheet as in the attributes of drawings.

/// The functions and rules of CSS that fetch what they name, `url(…)` aside (CSS Images 4, CSS Values 5), and
/// those of old browsers that run scripts.
const LOADING: [&str; 6] = ["@import", "image-set(", "image(", "src(", "expression(", "-moz-binding"];

/// What a style loads from outside the document that it is in: the first such address, or the rule that
/// would. Data that a style brings with it, of pictures and fonts, is loaded from nowhere.
pub(crate) fn loads(style: &str) -> Option<String> {
    let style = unescaped(style);
    if let Some(found) = LOADING.iter().find(|rule| style.contains(**rule)) {
        return Some((*found).trim_end_matches('(').to_owned());
    }
    style.match_indices("url(").find_map(|(at, function)| {
        let address = style[at + function.len()..].trim_start();
        let address = address.trim_start_matches(['"', '\'']);
        let end = address.find(['"', '\'', ')']).unwrap_or(address.len());
        (!is_within(&address[..end])).then(|| address[..end].trim().to_owned())
    })
}

/// Whether an address stays in the document that it is in: a fragment, or the data of a picture or a font.
/// The data of a drawing do not count: it has addresses of its own.
pub(crate) fn is_within(address: &str) -> bool {
    let address = address.trim_ascii().to_ascii_lowercase();
    address.is_empty()
        || address.starts_with('#')
        || address.strip_prefix("data:").is_some_and(|data| {
            let kind = data.split([';', ',']).next().unwrap_or_default();
            let is_font = kind.starts_with("font/") || kind.contains("font-");
            is_font || kind.strip_prefix("image/").is_some_and(|format| !format.contains("svg"))
        })
}

/// A style with empty comments in place of its comments: something has to separate what is around one.
pub(crate) fn without_comments(style: &str) -> String {
    let mut clean = String::with_capacity(style.len());
    let (mut rest, mut quote) = (style, None);
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if quote.is_none() && rest.starts_with("/*") {
            clean.push_str("/**/");
            rest = rest[2..].find("*/").map_or("", |end| &rest[2 + end + 2..]);
            continue;
        }
        match c {
            '\\' => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            '"' | '\'' if quote.is_none() => quote = Some(c),
            // A string ends at the latest with its line.
            '"' | '\'' | '\n' if quote == Some(c) || c == '\n' => quote = None,
            _ => {}
        }
        clean.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    clean
}

/// A style in lower case with its escapes replaced (CSS Syntax 3, 4.3.7), which may spell any name.
fn unescaped(style: &str) -> String {
    let mut text = String::with_capacity(style.len());
    let mut rest = style.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.extend(c.to_lowercase());
            continue;
        }
        let mut code = 0;
        let mut digits = 0;
        while let Some(digit) = rest.peek().and_then(|c| c.to_digit(16)).filter(|_| digits < 6) {
            code = code * 16 + digit;
            digits += 1;
            rest.next();
        }
        match digits {
            // An escaped line end is nothing, within a string.
            0 => text.extend(rest.next().filter(|c| *c != '\n').into_iter().flat_map(char::to_lowercase)),
            _ => {
                rest.next_if(|c| c.is_ascii_whitespace());
                text.extend(char::from_u32(code).unwrap_or('\u{fffd}').to_lowercase());
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_loads_is_found_however_it_is_spelled() {
        for style in [
            "fill: url(https://host.example/a)",
            "fill:URL( '//host.example/a' )",
            "fill:url(other.svg#a)",
            r"fill:u\72l(//host.example)",
            r"fill:\75\72\6c(//host.example)",
            r"fill:\000075\000072 l(//host.example)",
            r"fill:ur\l(//host.example)",
            // Six digits at most: the `e` after them is a letter.
            r"background:ima\000067e-set('a.png' 1x)",
            "fill:url(/*#*/a.svg)",
            "@import 'a.css'",
            r"@\69mport 'a.css'",
            "background: image-set('a.png' 1x)",
            "background: -webkit-image-set('a.png' 1x)",
            "src: src('a.woff')",
            "width: expression(alert(1))",
            "fill: url(#a); stroke: url(b.svg)",
            "fill: url(data:image/svg+xml,<svg/>)",
            "fill: url(data:text/html,x)",
            "fill: url(blob:x)",
            "fill: url(\\\n//host.example/)",
            "fill: url(",
        ] {
            let expected = style != "fill: url(";
            assert_eq!(loads(style).is_some(), expected, "{style}");
        }
    }

    #[test]
    fn comments_are_taken_out_of_a_style_and_not_of_its_texts() {
        for (style, clean) in [
            ("a/* x */b{}/**/", "a/**/b{}/**/"),
            ("a{content:'/* x */\\'/* y */'}/*z", "a{content:'/* x */\\'/* y */'}/**/"),
            ("a{content:\"x\n}/* y */", "a{content:\"x\n}/**/"),
            ("a\\/* x */\\", "a\\/* x */\\"),
        ] {
            assert_eq!(without_comments(style), clean);
        }
    }

    #[test]
    fn what_stays_in_the_document_is_left_alone() {
        for style in [
            "",
            "fill: url(#gradient)",
            "fill: url( \"#gradient\" ) red",
            "font-family: 'Source Serif'; src: local(Arial)",
            "@font-face { font-family: A; src: url(data:font/woff2;base64,AAAA) }",
            "@font-face { src: url(\"data:application/font-woff;base64,AAAA\") }",
            "background: url(data:image/png;base64,AAAA)",
            "a rain of curls",
        ] {
            assert_eq!(loads(style), None, "{style}");
        }
    }

    #[test]
    fn the_address_is_named_as_the_browser_reads_it() {
        assert_eq!(loads(r"fill:u\72l('\2f/host.example/a')").as_deref(), Some("//host.example/a"));
        assert_eq!(loads("@import 'a'").as_deref(), Some("@import"));
    }
}

//! Sanitises HTML with ammonia: removes everything that could run code, or load anything from another host.

use std::sync::LazyLock;

use ammonia::Builder;

use super::placeholder;
use crate::parse::raw_html;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = raw_html::cleaner();
    // The quotes in a drawing would end the attribute.
    builder.attribute_filter(|element, attribute, value| {
        let is_kept = !placeholder::is_in(value) && raw_html::is_harmless(element, attribute, value);
        is_kept.then(|| value.into())
    });
    builder
});

/// Removes everything that could run code, or load anything from another host.
pub(crate) fn sanitize(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_survives() {
        for dirty in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\" jAvA\tscript:alert(1)\">x</a>",
            "<svg><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
            "<svg onload=alert(1)><animate attributeName=href values=javascript:alert(1) /></svg>",
            "<img src=\"data:text/html,<script>alert(1)</script>\">",
            "<iframe src=https://example.org></iframe><object data=x></object><embed src=x>",
            "<form action=https://example.org><input name=q><button>go</button></form>",
            "<style>@import 'https://example.org'</style><p style=\"background:url(https://example.org)\">x</p>",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        ] {
            let clean = sanitize(dirty);
            for bad in [
                "alert(1)\"",
                "<script",
                "onerror",
                "onload",
                "javascript:",
                "data:",
                "<iframe",
                "<form",
                "style",
                "<animate",
            ] {
                assert!(!clean.contains(bad), "{dirty} → {clean}");
            }
        }
    }

    #[test]
    fn nothing_that_loads_from_elsewhere_survives() {
        for dirty in [
            "<img src=\"//host.example/a.png\" srcset=\"//host.example/a.png 2x\">",
            "<a href=\"/a\" ping=\"https://host.example/\">x</a>",
            "<svg><use href=\"//host.example/a.svg#a\"/><path style=\"fill:url(//host.example/)\"/></svg>",
            "<svg><rect fill=\"url(//host.example/)\"/></svg>",
        ] {
            assert!(!sanitize(dirty).contains("host.example"), "{dirty} → {}", sanitize(dirty));
        }
        assert!(!sanitize("<input type=\"password\">").contains("password"));
        assert!(sanitize("<input>").contains("checkbox"));
    }

    #[test]
    fn what_is_harmless_stays() {
        let clean = "<details><summary>more</summary><kbd>x</kbd> <abbr title=\"y\">z</abbr></details>";
        assert_eq!(sanitize(clean), clean);
        let drawing = "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0h1\" stroke-width=\"2\"></path></svg>";
        assert_eq!(sanitize(drawing), drawing);
    }
}

//! Sanitises HTML with ammonia: removes everything that could run code or load anything.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::placeholder;

/// Drawing elements without scripts, animation, links or foreign content.
const SVG: [&str; 19] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "marker",
];

/// Attributes of drawing elements. None of them takes a URL.
const SVG_ATTRIBUTES: [&str; 42] = [
    "viewBox",
    "xmlns",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "offset",
    "stop-color",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-family",
    "font-weight",
    "dx",
    "dy",
    "preserveAspectRatio",
    "markerWidth",
    "markerHeight",
    "refX",
    "refY",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags([
            "label",
            "section",
            "figure",
            "figcaption",
            "input",
            "aside",
            "time",
            "mark",
            "details",
            "summary",
            "q",
            "small",
        ])
        .add_tags(SVG)
        .add_generic_attributes([
            "class",
            "data-number",
            "data-of",
            "id",
            "lang",
            "dir",
            "title",
            "role",
            "tabindex",
        ])
        .generic_attribute_prefixes(HashSet::from(["aria-"]))
        .add_tag_attributes("a", ["rel", "hreflang"])
        .add_tag_attributes("img", ["loading", "decoding", "width", "height", "alt"])
        .add_tag_attributes("input", ["disabled", "checked"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("th", ["scope", "colspan", "rowspan"])
        // The only form fields allowed are the checkboxes of task lists.
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("type", "checkbox")]))]))
        // The quotes in a drawing would end the attribute.
        .attribute_filter(|_, _, value| (!placeholder::is_in(value)).then(|| value.into()))
        .link_rel(None)
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]));
    for tag in SVG {
        builder.add_tag_attributes(tag, SVG_ATTRIBUTES);
    }
    builder
});

/// Removes everything that could run code or load anything.
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
    fn what_is_harmless_stays() {
        let clean = "<details><summary>more</summary><kbd>x</kbd> <abbr title=\"y\">z</abbr></details>";
        assert_eq!(sanitize(clean), clean);
        let drawing = "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0h1\" stroke-width=\"2\"></path></svg>";
        assert_eq!(sanitize(drawing), drawing);
    }
}

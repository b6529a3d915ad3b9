//! What HTML in a text may contain: nothing that could run code, or load anything from another host.

mod tags;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

pub(crate) use tags::{Cleaned, Tags};

use crate::base::html::{self, Element, Visitor};
use crate::base::{css, url};

/// Attributes whose value is an address, or a list of them.
const ADDRESSES: [&str; 8] = ["src", "href", "xlink:href", "poster", "srcset", "data", "background", "style"];

/// The addresses in HTML: what it shows, plays and links to, if `is_cleaned` only in attributes that stay.
pub(crate) fn addresses(html: &str, is_cleaned: bool) -> Vec<String> {
    struct Addresses(Vec<String>, bool);

    impl Visitor for Addresses {
        fn text(&mut self, _: &str) {}

        fn enter(&mut self, element: &Element<'_>) -> bool {
            for attribute in element.attributes {
                let name = &*attribute.name.local;
                if self.1 && !KEPT.keeps(element.tag, name, &attribute.value) {
                    continue;
                }
                match name {
                    // Pictures of several sizes, and `url(…)`.
                    "srcset" | "style" => self.0.extend(
                        attribute
                            .value
                            .split([',', ' ', '\n', '(', ')', '"', '\''])
                            .filter(|part| part.contains(['.', '/']))
                            .map(str::to_owned),
                    ),
                    _ if ADDRESSES.contains(&name) => self.0.push(attribute.value.trim().to_owned()),
                    _ => {}
                }
            }
            true
        }

        fn leave(&mut self, _: &str) {}
    }

    let mut addresses = Addresses(Vec::new(), is_cleaned);
    html::fragment(html).iter().for_each(|node| html::visit(node, &mut addresses));
    addresses.0
}

/// The ids in HTML.
pub(crate) fn ids(html: &str) -> Vec<String> {
    struct Ids(Vec<String>);

    impl Visitor for Ids {
        fn text(&mut self, _: &str) {}

        fn enter(&mut self, element: &Element<'_>) -> bool {
            self.0.extend(element.attribute("id").filter(|id| !id.is_empty()).map(str::to_owned));
            true
        }

        fn leave(&mut self, _: &str) {}
    }

    let mut ids = Ids(Vec::new());
    if html.contains("id") || html.contains("ID") {
        html::fragment(html).iter().for_each(|node| html::visit(node, &mut ids));
    }
    ids.0
}

/// A video or a sound.
pub(crate) struct Recording {
    /// The address of its file: the first that it names.
    pub source: String,
    /// What it is called.
    pub title: Option<String>,
    /// Whether there are words in it, for browsers that play nothing.
    pub has_words: bool,
}

/// The recording that a piece of HTML is: one `<video>` or `<audio>`, and nothing around it.
pub(crate) fn recording(html: &str) -> Option<Recording> {
    struct Finder {
        depth: usize,
        recordings: usize,
        is_alone: bool,
        has_words: bool,
        source: Option<String>,
        title: Option<String>,
    }

    impl Visitor for Finder {
        fn text(&mut self, text: &str) {
            let has_words = !text.trim().is_empty();
            self.is_alone &= self.depth > 0 || !has_words;
            self.has_words |= has_words;
        }

        fn enter(&mut self, element: &Element<'_>) -> bool {
            let is_recording = matches!(element.tag, "video" | "audio");
            self.is_alone &= is_recording == (self.depth == 0);
            self.recordings += usize::from(is_recording);
            self.depth += 1;
            for attribute in element.attributes {
                let value = attribute.value.trim();
                match &*attribute.name.local {
                    _ if value.is_empty() => {}
                    "src" if is_recording || element.tag == "source" => {
                        self.source.get_or_insert_with(|| value.to_owned());
                    }
                    "title" | "aria-label" if is_recording => {
                        self.title.get_or_insert_with(|| value.to_owned());
                    }
                    _ => {}
                }
            }
            true
        }

        fn leave(&mut self, _: &str) {
            self.depth -= 1;
        }
    }

    if !["<video", "<audio"]
        .iter()
        .any(|tag| html.trim_start().get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
    {
        return None;
    }
    let mut finder =
        Finder { depth: 0, recordings: 0, is_alone: true, has_words: false, source: None, title: None };
    html::fragment(html).iter().for_each(|node| html::visit(node, &mut finder));
    let Finder { recordings, is_alone, has_words, source, title, .. } = finder;
    (is_alone && recordings == 1).then_some(Recording { source: source?, title, has_words })
}

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

/// A cleaner with the elements, attributes and schemes that are kept. Its user adds a filter that asks
/// [`is_harmless`].
pub(crate) fn cleaner() -> Builder<'static> {
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
        .link_rel(None)
        .url_schemes(HashSet::from(url::LINKED));
    for tag in SVG {
        builder.add_tag_attributes(tag, SVG_ATTRIBUTES);
    }
    builder
}

/// Whether the value of an attribute that is kept runs nothing, and loads nothing from another host.
pub(crate) fn is_harmless(element: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "src" => url::is_on_site(value),
        // Stricter than browsers, which ignore fewer characters within a scheme.
        "href" | "cite" => url::unsafe_scheme(value).is_none(),
        _ => !is_svg(element) || css::loads(value).is_none(),
    }
}

/// What [`cleaner`] keeps, in lower case.
struct Kept {
    tags: HashSet<String>,
    of_any: HashSet<String>,
    starts: HashSet<String>,
    of_tags: HashMap<String, HashSet<String>>,
}

static KEPT: LazyLock<Kept> = LazyLock::new(|| {
    let cleaner = cleaner();
    let lower = |names: &HashSet<&'static str>| names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let of_tags = cleaner.clone_tag_attributes();
    Kept {
        tags: lower(&cleaner.clone_tags()),
        of_any: lower(&cleaner.clone_generic_attributes()),
        starts: lower(&cleaner.clone_generic_attribute_prefixes().unwrap_or_default()),
        of_tags: of_tags.iter().map(|(tag, names)| (tag.to_ascii_lowercase(), lower(names))).collect(),
    }
});

/// Whether a name in lower case is that of a drawing element.
pub(crate) fn is_svg(name: &str) -> bool {
    SVG.iter().any(|known| known.eq_ignore_ascii_case(name))
}

impl Kept {
    fn keeps(&self, tag: &str, name: &str, value: &str) -> bool {
        let is_known = self.of_any.contains(name)
            || self.of_tags.get(tag).is_some_and(|names| names.contains(name))
            || self.starts.iter().any(|start| name.starts_with(&**start));
        match name {
            "type" if tag == "input" => value.eq_ignore_ascii_case("checkbox"),
            _ => is_known && is_harmless(tag, name, value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str) -> (String, String) {
        let cleaned = Tags::default().clean(html);
        (cleaned.html, cleaned.removed.join(", "))
    }

    #[test]
    fn what_does_not_end_hides_nothing() {
        for (html, wanted) in [
            ("<script>a</script> <STYLE>b</Style>c", " c"),
            ("<script>a <style>b</style>", "a "),
            ("<plaintext>a<svg><path d=\"M0\"/>", "a"),
            ("<textarea>a<b>b</b></textarea><title>c</title>", "a<b>b</b>c"),
            ("<div class=\"a", "&lt;div class=\"a"),
            ("<b>a</b> < b <3 <!-- c --> <?d?> <!e>", "<b>a</b> &lt; b &lt;3 <!-- c -->  "),
            ("<?php a", "&lt;?php a"),
            ("<", "&lt;"),
            ("<<script>a", "&lt;a"),
            ("<b \"><script>a</script>b\">", "<b \">b\">"),
            ("</ a><b c=\"d\"=\"><script>e\">", "&lt;/ a>&lt;b c=\"d\"=\">e\">"),
            ("<svg><i title=\"</svg>a\">", "<svg></svg>"),
        ] {
            assert_eq!(cleaned(html).0, wanted, "{html}");
        }
    }

    #[test]
    fn only_what_fits_is_passed_on() {
        for (html, wanted) in [
            ("<td>a</td><table><td>b</td></table><td>c", "a<table><td>b</td></table>c"),
            (
                "<table><tr><td>a<td>b<table></td></tr></table></table>",
                "<table><tr><td>a<td>b<table></table></table>",
            ),
            ("<table><table><tr></table><tr>", "<table><table><tr></table>"),
            ("<div><table><td></div>a</td></table></div>", "<div><table><td>a</td></table></div>"),
            (
                "<svg><b>a</b><text>b</text><LinearGradient/></svg></b>",
                "<svg>a<text>b</text><LinearGradient/></svg>",
            ),
            ("</b><br></br><p></p></p>", "<br><p></p>"),
        ] {
            assert_eq!(cleaned(html).0, wanted, "{html}");
        }
    }

    #[test]
    fn each_block_ends_what_it_begins() {
        let mut tags = Tags::default();
        tags.clean("<div>");
        let outer = tags.enter();
        assert_eq!(tags.clean("</div><section><p><b><font>").html, "<section><p><b>");
        assert_eq!(tags.leave(outer), "</b></section>");
        assert_eq!(tags.clean("</b></div>").html, "</div>");
        // A table of the program ends one of HTML.
        tags.clean("<table><tr>");
        tags.begin_table();
        assert_eq!(tags.clean("<td>").html, "");
        tags.clean("<table><td>");
        tags.begin_table();
        assert_eq!(tags.clean("<td>").html, "<td>");
    }

    #[test]
    fn ids_of_what_is_removed_are_none() {
        let html = "<b id=a></b><iframe id=b></iframe>";
        assert_eq!(ids(&cleaned(html).0), ["a"]);
        assert_eq!(ids(html), ["a", "b"]);
    }

    #[test]
    fn addresses_of_what_is_removed_are_none() {
        let html = "<img src=a.png srcset='b.png 2x'><a href=c.csv style='background:url(d.png)'>c</a>\
            <object data=e.csv><embed src=f.csv></object><link href=g.csv><video src=h.mp4 poster=i.jpg></video>\
            <table background=j.png></table><svg><image href=k.png /><use href=l.svg /></svg>";
        assert_eq!(addresses(&cleaned(html).0, true), ["a.png", "c.csv"]);
        assert_eq!(addresses(html, false).len(), 12);
    }

    #[test]
    fn what_is_removed_is_named() {
        let removed = |html: &str| cleaned(html).1;
        assert_eq!(removed("<b>x</b> <!-- y --> <kbd title=\"z\">"), "");
        assert_eq!(
            removed("a</b><td title=x></td>"),
            "`</b>`, which ends nothing, `<td>` outside of a table"
        );
        assert_eq!(removed("<svg>a<text>b</text></svg>"), "words in `<svg>` outside of `<text>`");
        assert_eq!(removed("<b title=a title=b></b c>"), "`c` of `</b>`, an attribute that `<b>` has twice");
        assert_eq!(removed("<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"url(#a)\"/></svg>"), "");
        assert_eq!(removed("<input type=\"checkbox\" checked><a href=\"#a\" aria-label=\"x\">"), "");
        assert_eq!(
            removed("<p onclick=\"x\" style=\"y\"><script>z</script>"),
            "`<script>`, `onclick` of `<p>`, `style` of `<p>`"
        );
        assert_eq!(removed("<img src=\"https://host.example/a.png\">"), "`src` of `<img>`");
        assert_eq!(removed("<img src=\"a.png\"><a href=\"javascript:x\">"), "`href` of `<a>`");
        assert_eq!(removed("<svg><rect fill=\"url(//host.example/)\"/></svg>"), "`fill` of `<rect>`");
        assert_eq!(removed("<input type=\"password\">"), "`type` of `<input>`");
        assert_eq!(removed("<?php echo 1 ?>"), "`<?…?>`");
        assert_eq!(removed("<!ELEMENT br> <![CDATA[x]]> <!-- <? --> <b title=\"<?\">"), "`<!…>`");
        assert_eq!(removed(&"<b>".repeat(100)), "");
        // What is nested too deep is a finding of its own.
        assert_eq!(removed(&"<b>".repeat(300)), "");
    }
}

//! Whether a drawing is only a drawing. Browsers run the scripts of an SVG that is opened by itself, and
//! fetch what it names, so one that can do either is a program and not a picture.
//!
//! The answer errs on the side of caution: only elements that draw are known, and what no XML reader takes
//! as it is (entities, unknown encodings, half a document) counts as active.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use roxmltree::{Attribute, Document, Node};

use super::css;
use super::span::Span;
use super::url::unsafe_scheme;
use super::xml;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The namespaces whose elements act wherever they are in a drawing. Browsers ignore all others, such as
/// those of drawing programs.
const ACTING: [&str; 3] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/XSL/Transform",
];

/// The most that a compressed drawing may take once it is unpacked, in bytes.
const LARGEST: u64 = 64 << 20;

/// The elements of SVG 1.1 and 2 that draw, describe, animate or link, and the flowed text that Inkscape
/// writes.
const ELEMENTS: [&str; 85] = [
    "a",
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "color-profile",
    "cursor",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "flowDiv",
    "flowPara",
    "flowRegion",
    "flowRoot",
    "flowSpan",
    "font",
    "font-face",
    "font-face-format",
    "font-face-name",
    "font-face-src",
    "font-face-uri",
    "g",
    "glyph",
    "glyphRef",
    "hkern",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "missing-glyph",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "solidcolor",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tref",
    "tspan",
    "use",
    "view",
    "vkern",
];

/// What makes a drawing active.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Active {
    /// What it is, as the end of a sentence that begins with the file: "has …" or "is …".
    pub what: String,
    /// Where it is. Empty, and at the start, if the file is compressed or is no text.
    pub span: Span,
}

impl Active {
    fn new(what: impl Into<String>, span: Span) -> Active {
        Active { what: what.into(), span }
    }
}

/// What in an SVG file (or a compressed one, `.svgz`) may run a script or make a request as soon as somebody
/// opens the file; `None` if nothing does. Links to websites are no requests: a reader follows them or does
/// not.
pub(crate) fn active(file: &[u8]) -> Option<Active> {
    let nowhere = Span::empty(0);
    if is_compressed(file) {
        return match unpacked(file, LARGEST) {
            Ok(unpacked) => active(&unpacked).map(|found| Active { span: nowhere, ..found }),
            Err(why) => Some(Active::new(why, nowhere)),
        };
    }
    let Ok(text) = std::str::from_utf8(file) else {
        return Some(Active::new("is not in UTF-8", nowhere));
    };
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    in_text(&text[start..]).map(|found| Active { span: found.span.shifted(start), ..found })
}

fn is_compressed(file: &[u8]) -> bool {
    file.starts_with(&[0x1f, 0x8b])
}

/// The content of a compressed file, of at most `most` bytes.
fn unpacked(file: &[u8], most: u64) -> Result<Vec<u8>, String> {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(file).take(most + 1).read_to_end(&mut unpacked);
    read.map_err(|error| format!("cannot be unpacked: {error}"))?;
    match () {
        () if unpacked.len() as u64 > most => Err("is too large once it is unpacked".to_owned()),
        () if is_compressed(&unpacked) => Err("is compressed more than once".to_owned()),
        () => Ok(unpacked),
    }
}

/// What in a file of XML that is no drawing, such as GPX, may run a script when a browser shows it: style sheets
/// of XSLT, and elements of HTML or SVG. `None` if nothing does. A browser shows a file that is not well-formed
/// up to the error.
pub(crate) fn active_in_data(file: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(file) else { return Some("is not in UTF-8".to_owned()) };
    let document = match xml::parse(text.trim_start_matches('\u{feff}')) {
        Ok(document) => document,
        Err((why, _)) => return Some(format!("cannot be read safely ({why})")),
    };
    document.descendants().find_map(|node| match node.pi() {
        Some(instruction) => instruction
            .target
            .to_ascii_lowercase()
            .starts_with("xml-")
            .then(|| format!("has `<?{}?>`", instruction.target)),
        None => {
            let name = node.tag_name();
            let acts =
                name.namespace().is_some_and(|namespace| namespace == SVG || ACTING.contains(&namespace));
            acts.then(|| format!("has the element `{}` of HTML or SVG", name.name()))
        }
    })
}

fn in_text(text: &str) -> Option<Active> {
    let document = match xml::parse_with_doctype(text) {
        Ok(document) => document,
        Err((why, at)) => {
            return Some(Active::new(format!("cannot be read safely ({why})"), Span::empty(at)));
        }
    };
    in_prolog(&document)
        .or_else(|| document.descendants().find_map(|node| in_node(&node)))
        .map(|(what, span)| Active::new(what, span))
}

type Found = Option<(String, Span)>;

fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// What comes before the first element, and decides how a browser reads the rest.
fn in_prolog(document: &Document<'_>) -> Found {
    let text = document.input_text();
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Some((
            format!("has the root `{}` instead of `svg`", root.tag_name().name()),
            span(root.range()),
        ));
    }
    let mut prolog = text[..root.range().start].to_owned();
    for node in document.root().children().take_while(|node| !node.is_element()) {
        // Of the same length, so that positions stay true.
        prolog.replace_range(node.range(), &" ".repeat(node.range().len()));
    }
    // Entities and default values of attributes: XML readers differ in which they replace.
    if let Some(at) = prolog.find(['[', '%']) {
        return Some(("declares entities or attributes in its DOCTYPE".to_owned(), Span::new(at, at + 1)));
    }
    let declaration = prolog.split_once("?>").map_or("", |(declaration, _)| declaration);
    let encoding =
        declaration.split_once("encoding").map(|(_, rest)| rest.trim_matches([' ', '\t', '\r', '\n', '=']));
    if let Some(encoding) = encoding {
        let quoted = encoding.get(1..).unwrap_or_default();
        let name = quoted.split(['"', '\'']).next().unwrap_or_default();
        let same_as_ascii = ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"];
        if !same_as_ascii.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return Some((format!("says that it is in `{name}` and not in UTF-8"), Span::empty(0)));
        }
    }
    None
}

fn in_node(node: &Node<'_, '_>) -> Found {
    if let Some(instruction) = node.pi() {
        // Style sheets, and those of XSLT. Others, such as those around metadata, do nothing.
        let acts = instruction.target.to_ascii_lowercase().starts_with("xml-");
        return acts.then(|| (format!("has `<?{}?>`", instruction.target), span(node.range())));
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    let namespace = name.namespace().unwrap_or_default();
    let acts = match namespace {
        SVG => !ELEMENTS.contains(&name.name()),
        other => ACTING.contains(&other),
    };
    if acts {
        return Some((format!("has the element `{}`", name.name()), span(node.range())));
    }
    if name.name() == "style" {
        let style: String =
            node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
        if let Some(loads) = css::loads(&style) {
            return Some((format!("has a style that loads `{loads}`"), span(node.range())));
        }
    }
    node.attributes()
        .find_map(|attribute| in_attribute(node, &attribute).map(|what| (what, span(attribute.range()))))
}

fn in_attribute(node: &Node<'_, '_>, attribute: &Attribute<'_, '_>) -> Option<String> {
    let (name, value) = (attribute.name(), attribute.value());
    let lower = name.to_ascii_lowercase();
    if is_handler(&lower) {
        return Some(format!("has the script `{name}`"));
    }
    match lower.as_str() {
        // It changes where every other address leads.
        "base" if attribute.namespace().is_some() => Some(format!("has the base address `{value}`")),
        "src" | "ping" if !value.trim().is_empty() => Some(format!("has the address `{name}=\"{value}\"`")),
        "href" if node.tag_name().name() == "a" => {
            unsafe_scheme(value).is_some().then(|| format!("has a link to `{value}`"))
        }
        "href" => (!css::is_within(value)).then(|| format!("loads `{value}`")),
        // What is animated could become any of the above.
        "attributename" => {
            let animated = lower_local(value);
            let acts = is_handler(&animated)
                || matches!(animated.as_str(), "href" | "src" | "base" | "style" | "ping" | "class");
            acts.then(|| format!("animates `{value}`"))
        }
        _ => css::loads(value).map(|loads| format!("loads `{loads}` in its attribute `{name}`")),
    }
}

fn lower_local(name: &str) -> String {
    name.trim().rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

fn is_handler(lower: &str) -> bool {
    lower.starts_with("on")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn drawing(inside: &str) -> String {
        format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"{}\">{inside}</svg>",
            ACTING[0]
        )
    }

    #[test]
    fn what_acts_is_found_however_it_is_written() {
        for inside in [
            "<script>alert(1)</script>",
            "<script href=\"a.js\"/>",
            "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
            "<h:script>alert(1)</h:script>",
            "<h:iframe src=\"x\"/>",
            "<g><h:img src=\"x\" onerror=\"alert(1)\"/></g>",
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"/>",
            "<foreignObject><p/></foreignObject>",
            "<iframe/>",
            "<handler/>",
            "<audio/>",
            "<g onload=\"alert(1)\"/>",
            "<g ONLOAD=\"alert(1)\"/>",
            "<g xlink:onload=\"alert(1)\"/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a xlink:href=\"javascript:alert(1)\"/>",
            "<a href=\" java&#10;script&#58;alert(1)\"/>",
            "<a href=\"&#9;javascript:alert(1)\"/>",
            "<a href=\"JaVaScRiPt:alert(1)\"/>",
            "<a href=\"data:text/html,x\"/>",
            "<a href=\"vbscript:x\"/>",
            "<a href=\"blob:x\"/>",
            "<a href=\"file:///etc/passwd\"/>",
            "<a ping=\"https://host.example/\" href=\"#a\"/>",
            "<image href=\"https://host.example/a.png\"/>",
            "<image xlink:href=\"//host.example/a.png\"/>",
            "<image href=\"a.png\"/>",
            "<image href=\"data:image/svg+xml,x\"/>",
            "<feImage href=\"https://host.example/\"/>",
            "<use href=\"other.svg#a\"/>",
            "<use href=\"data:image/svg+xml,x#a\"/>",
            "<textPath href=\"other.svg#a\"/>",
            "<linearGradient href=\"other.svg#a\"/>",
            "<rect fill=\"url(https://host.example/#a)\"/>",
            "<rect filter=\"URL('//host.example/#a')\"/>",
            "<rect style=\"fill:u\\72l(//host.example/)\"/>",
            "<rect cursor=\"url(a.cur),auto\"/>",
            "<style>@import url(https://host.example/);</style>",
            "<style>@imp<![CDATA[ort 'a';]]></style>",
            "<style><g>@import 'a';</g></style>",
            "<style>@font-face{src:url(https://host.example/a.woff)}</style>",
            "<a><animate attributeName=\"href\" values=\"javascript:alert(1)\"/></a>",
            "<a><set attributeName=\"xlink:href\" to=\"javascript:alert(1)\"/></a>",
            "<set attributeName=\"onload\" to=\"alert(1)\"/>",
            "<set attributeName=\"style\" to=\"x\"/>",
            "<animate attributeName=\"fill\" values=\"red;url(https://host.example/)\"/>",
            "<g xml:base=\"https://host.example/\"/>",
            "<?xml-stylesheet href=\"a.css\"?>",
            "<g",
            "<g a=1/>",
            "&nbsp;",
            "&undeclared;",
        ] {
            assert!(active(drawing(inside).as_bytes()).is_some(), "{inside}");
        }
        for file in [
            "",
            "no drawing",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<svg/>",
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"alert(1)\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<?xml-stylesheet type=\"text/xsl\" href=\"a.xsl\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<?xml version=\"1.0\" encoding = 'UTF-7'?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/><script/>",
        ] {
            assert!(active(file.as_bytes()).is_some(), "{file}");
        }
        assert!(active(b"<\0s\0v\0g\0").is_some());
        assert!(active(b"\xff\xfe<\0s\0").is_some());
    }

    #[test]
    fn what_only_draws_is_left_alone() {
        for inside in [
            "",
            "<a href=\"https://example.org/\"><text>x</text></a>",
            "<a xlink:href=\"../actors/nis.html#top\"/>",
            "<a href=\"a/b:c\"/>",
            "<g base=\"a\" src=\" \" ping=\"\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<use xlink:href=\"#a\"/>",
            "<rect fill=\"url(#a)\" style=\"stroke:url('#b')\"/>",
            "<style>.a { fill: red } @media print { .a { fill: black } }</style>",
            "<animate attributeName=\"opacity\" values=\"0;1\"/>",
            "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" r:about=\"\"/></metadata>",
            "<i:namedview xmlns:i=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" i:zoom=\"1\"/>",
            "<text>on the run: javascript:alert(1) url(https://host.example)</text>",
            "<?xpacket begin=\"\"?>",
        ] {
            assert_eq!(active(drawing(inside).as_bytes()), None, "{inside}");
        }
        let with_doctype = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- [made] by 100% hand -->\n\
            <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n\
            <svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(active(with_doctype.as_bytes()), None);
    }

    #[test]
    fn it_says_where() {
        let found =
            active("\u{feff}<svg xmlns=\"http://www.w3.org/2000/svg\"><g onload=\"x\"/></svg>".as_bytes());
        let found = found.unwrap();
        assert_eq!((found.what.as_str(), found.span), ("has the script `onload`", Span::new(46, 56)));
        let with_entity = "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let found = active(with_entity.as_bytes()).unwrap();
        assert_eq!(found.span, Span::new(14, 15));
    }

    #[test]
    fn a_compressed_drawing_is_unpacked() {
        let packed = |bytes: &[u8]| {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
            gzip.write_all(bytes).unwrap();
            gzip.finish().unwrap()
        };
        assert_eq!(active(&packed(drawing("<g/>").as_bytes())), None);
        let found = active(&packed(drawing("<script/>").as_bytes())).unwrap();
        assert_eq!((found.what.as_str(), found.span), ("has the element `script`", Span::empty(0)));
        assert!(active(&packed(&packed(drawing("<g/>").as_bytes()))).is_some());
        let whole = packed(drawing("<g/>").as_bytes());
        assert!(active(&whole[..whole.len() / 2]).is_some());
        let (ten, eleven) = (packed(&[b' '; 10]), packed(&[b' '; 11]));
        assert_eq!(unpacked(&ten, 10), Ok(vec![b' '; 10]));
        assert_eq!(unpacked(&eleven, 10), Err("is too large once it is unpacked".to_owned()));
        let twice = unpacked(&packed(&ten), LARGEST);
        assert_eq!(twice, Err("is compressed more than once".to_owned()));
    }

    #[test]
    fn deep_drawings_are_read() {
        let deep = drawing(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)));
        assert_eq!(active(deep.as_bytes()), None);
    }
}

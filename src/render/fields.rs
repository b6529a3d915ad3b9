//! Renders the HTML that is added to a struct's values: the link of a preview, and the value of a fact.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Value;

use super::pieces::PagePieces;
use crate::base::bidi::Direction;
use crate::base::markup::escape;
use crate::shown::{Archived, attributes};

pub(crate) struct Fields<'a>(pub &'a [(&'static str, Value)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("", self.0.len())?;
        for (name, value) in self.0 {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}

fn get<'f>(fields: &'f [(&'static str, Value)], name: &str) -> Option<&'f Value> {
    fields.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
}

/// The value of a field, if it is a string.
pub(crate) fn text<'f>(fields: &'f [(&'static str, Value)], name: &str) -> Option<&'f str> {
    get(fields, name)?.as_str()
}

/// A link to an entity's page.
pub(crate) fn link(preview: &[(&'static str, Value)], pieces: &PagePieces<'_>) -> Value {
    let field = |name| text(preview, name).unwrap_or_default();
    let mut link = String::with_capacity(96 + field("title").len());
    link.push_str("<a class=\"ref ref-");
    link.push_str(field("kind"));
    link.push_str("\" href=\"");
    link.push_str(pieces.root);
    escape(field("path"), &mut link);
    if get(preview, "foreign").and_then(Value::as_bool) == Some(true) {
        link.push_str("\" lang=\"");
        link.push_str(field("lang"));
        // `dir` isolates, as `<bdi>` does.
        link.push_str("\" dir=\"");
        link.push_str(Direction::of(field("lang")).word());
        link.push_str("\">");
        escape(field("title"), &mut link);
    } else {
        link.push_str("\">");
        pieces.names().write(field("title"), &mut link);
    }
    link.push_str("</a>");
    Value::safe_string(&link)
}

/// Renders the value of a fact.
pub(crate) fn fact(value: &[(&'static str, Value)], pieces: &PagePieces<'_>) -> Value {
    let field = |name| text(value, name).unwrap_or_default();
    let mut html = String::new();
    let mut within = |before: &str, text: &str, after: &str| {
        html.push_str(before);
        escape(text, &mut html);
        html.push_str(after);
    };
    match field("type") {
        "term" => return pieces.term(field("vocabulary"), field("word")),
        "text" => match text(value, "lang").filter(|lang| *lang != pieces.lang()) {
            Some(lang) => {
                within("<span lang=\"", lang, "\" dir=\"");
                within("", Direction::of(lang).word(), "\">");
                within("", field("text"), "</span>");
            }
            None => pieces.names().write(field("text"), &mut html),
        },
        "quantity" => within("<span class=\"quantity\">", field("text"), "</span>"),
        "point" => within("<span class=\"point\">", field("text"), "</span>"),
        "country" | "language" => within("", field("text"), ""),
        "url" => {
            html.push_str("<a class=\"external address\" rel=\"external noopener\"");
            attributes(field("href"), archived(value).as_ref(), &mut html);
            html.push('>');
            pieces.names().write(field("text"), &mut html);
            html.push_str("</a>");
        }
        "link" => {
            preview(value, &mut html);
            if let Some(note) = text(value, "note") {
                html.push_str(" <span class=\"with\">");
                escape(note, &mut html);
                html.push_str("</span>");
            }
        }
        "cite" => {
            preview(value, &mut html);
            let part = |name| get(value, "locator")?.get_from_path(name)?.as_str();
            if let Some(locator) = part("text") {
                html.push_str(pieces.comma());
                match part("path") {
                    Some(path) => {
                        html.push_str("<a class=\"locator\" href=\"");
                        html.push_str(pieces.root);
                        escape(path, &mut html);
                        html.push_str("\"><bdi>");
                        escape(locator, &mut html);
                        html.push_str("</bdi></a>");
                    }
                    None => {
                        html.push_str("<bdi class=\"locator\">");
                        escape(locator, &mut html);
                        html.push_str("</bdi>");
                    }
                }
            }
        }
        _ => {}
    }
    Value::safe_string(&html)
}

fn archived(url: &[(&'static str, Value)]) -> Option<Archived> {
    let part = |name| get(url, "archived")?.get_from_path(name)?.as_str().map(str::to_owned);
    Some(Archived { version: part("version")?, date: part("date") })
}

/// Writes a preview's link, and the mark of its status.
fn preview(value: &[(&'static str, Value)], html: &mut String) {
    let part = |name| get(value, "preview")?.get_from_path(name)?.as_str();
    html.push_str(part("link").unwrap_or_default());
    if let Some(mark) = part("mark") {
        html.push(' ');
        html.push_str(mark);
    }
}

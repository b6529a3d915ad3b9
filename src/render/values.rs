//! Serialises a page to the values that its template reads.
//!
//! Tera's own serializer makes the values, and passes through any that are values already. The serializer
//! here wraps it and recognises a few structs of [`shown`](crate::shown) by name, as the serializers of TOML
//! and JSON do for dates and raw text:
//!
//! - a `Preview` becomes a value shared by all pages of the same depth, with the fields `link` and `mark`;
//! - a fact's `Value` gets the field `html`;
//! - `Html` is not escaped;
//! - a `Body` and a `SectionHtml` become the HTML rendered from them.

use std::cell::RefCell;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use tera::{TeraResult, Value};

use super::fields::{Fields, fact, link, text};
use super::pieces::PagePieces;

/// What is rendered for a page before its values are made.
pub(crate) struct PageContext<'a> {
    /// The content shared with other pages.
    pub pieces: PagePieces<'a>,
    /// The HTML of the page's text.
    pub body: Value,
    /// The HTML of the sections bound into it, in order.
    pub sections: RefCell<std::vec::IntoIter<Value>>,
}

impl<'a> PageContext<'a> {
    /// A context with only the shared content.
    pub(crate) fn of(pieces: PagePieces<'a>) -> PageContext<'a> {
        PageContext { pieces, body: Value::none(), sections: RefCell::default() }
    }

    /// Serialises something for a template.
    ///
    /// # Errors
    /// If it cannot be serialised.
    pub(crate) fn value(&self, of: &(impl Serialize + ?Sized)) -> TeraResult<Value> {
        Value::try_from_serializable(&Adapted(of, self))
    }
}

/// A value to serialise, with the content already rendered.
struct Adapted<'a, T: ?Sized>(&'a T, &'a PageContext<'a>);

impl<T: Serialize + ?Sized> Serialize for Adapted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Adapter { inner: serializer, context: self.1 })
    }
}

/// A serializer that wraps another, and passes on everything that it does not treat specially.
struct Adapter<'a, S> {
    inner: S,
    context: &'a PageContext<'a>,
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $method(self, $($argument: $type),*) -> Result<S::Ok, S::Error> {
            self.inner.$method($($argument),*)
        })*
    };
}

impl<'a, S: Serializer> Serializer for Adapter<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Parts<'a, S::SerializeSeq>;
    type SerializeTuple = Parts<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Parts<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Parts<'a, S::SerializeTupleVariant>;
    type SerializeMap = Parts<'a, S::SerializeMap>;
    type SerializeStruct = Struct<'a, S>;
    type SerializeStructVariant = Parts<'a, S::SerializeStructVariant>;

    forward! {
        serialize_bool(v: bool);
        serialize_i8(v: i8);
        serialize_i16(v: i16);
        serialize_i32(v: i32);
        serialize_i64(v: i64);
        serialize_u8(v: u8);
        serialize_u16(v: u16);
        serialize_u32(v: u32);
        serialize_u64(v: u64);
        serialize_f32(v: f32);
        serialize_f64(v: f64);
        serialize_char(v: char);
        serialize_str(v: &str);
        serialize_bytes(v: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Adapted(value, self.context))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        match name {
            "Html" => {
                let html = Value::try_from_serializable(value).map_err(S::Error::custom)?;
                Value::safe_string(html.as_str().unwrap_or_default()).serialize(self.inner)
            }
            "Body" => self.context.body.serialize(self.inner),
            "SectionHtml" => {
                let section = self.context.sections.borrow_mut().next();
                section.ok_or_else(|| S::Error::custom("a section was not drawn"))?.serialize(self.inner)
            }
            _ => self.inner.serialize_newtype_struct(name, &Adapted(value, self.context)),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_variant(name, index, variant, &Adapted(value, self.context))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Parts(self.inner.serialize_seq(len)?, self.context))
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Parts(self.inner.serialize_tuple(len)?, self.context))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Ok(Parts(self.inner.serialize_tuple_struct(name, len)?, self.context))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Ok(Parts(self.inner.serialize_tuple_variant(name, index, variant, len)?, self.context))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Parts(self.inner.serialize_map(len)?, self.context))
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Struct<'a, S>, S::Error> {
        let Adapter { inner, context } = self;
        let what = match name {
            "Preview" => What::Preview { number: 0, known: None },
            "Value" => What::Fact,
            _ => return Ok(Struct::Plain(Parts(inner.serialize_struct(name, len)?, context))),
        };
        Ok(Struct::Collected(Collected { what, fields: Vec::with_capacity(len), inner, context }))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Ok(Parts(self.inner.serialize_struct_variant(name, index, variant, len)?, self.context))
    }
}

/// A compound whose parts are serialised in the same way.
struct Parts<'a, P>(P, &'a PageContext<'a>);

macro_rules! parts {
    ($($trait:ident::$method:ident($($name:ident: $type:ty)?);)*) => {
        $(impl<P: $trait> $trait for Parts<'_, P> {
            type Ok = P::Ok;
            type Error = P::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, $($name: $type,)? value: &T) -> Result<(), P::Error> {
                self.0.$method($($name,)? &Adapted(value, self.1))
            }

            fn end(self) -> Result<P::Ok, P::Error> {
                self.0.end()
            }
        })*
    };
}

parts! {
    SerializeSeq::serialize_element();
    SerializeTuple::serialize_element();
    SerializeTupleStruct::serialize_field();
    SerializeTupleVariant::serialize_field();
    SerializeStructVariant::serialize_field(key: &'static str);
}

impl<P: SerializeMap> SerializeMap for Parts<'_, P> {
    type Ok = P::Ok;
    type Error = P::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), P::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), P::Error> {
        self.0.serialize_value(&Adapted(value, self.1))
    }

    fn end(self) -> Result<P::Ok, P::Error> {
        self.0.end()
    }
}

enum Struct<'a, S: Serializer> {
    /// An ordinary struct.
    Plain(Parts<'a, S::SerializeStruct>),
    /// A struct that is recognised by its name.
    Collected(Collected<'a, S>),
}

impl<S: Serializer> SerializeStruct for Struct<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        match self {
            Struct::Plain(Parts(inner, context)) => inner.serialize_field(key, &Adapted(value, context)),
            Struct::Collected(collected) => collected.field(key, value).map_err(S::Error::custom),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        match self {
            Struct::Plain(Parts(inner, _)) => inner.end(),
            Struct::Collected(collected) => collected.end(),
        }
    }
}

/// Collects the fields of a struct, so that other fields can be computed from them.
struct Collected<'a, S> {
    what: What,
    fields: Vec<(&'static str, Value)>,
    inner: S,
    context: &'a PageContext<'a>,
}

enum What {
    /// A preview, with its value if another page has already made it.
    Preview {
        number: usize,
        known: Option<Value>,
    },
    Fact,
}

impl<S: Serializer> Collected<'_, S> {
    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> TeraResult<()> {
        match (&mut self.what, key) {
            (What::Preview { known: Some(_), .. }, _) => {}
            (What::Preview { number, known }, "number") => {
                let written = Value::try_from_serializable(value)?;
                *number = written.as_u64().unwrap_or_default() as usize;
                *known = self.context.pieces.preview(*number).cloned();
            }
            // These are computed from the other fields.
            (What::Preview { .. }, "link" | "mark") | (What::Fact, "html") => {}
            _ => self.fields.push((key, self.context.value(value)?)),
        }
        Ok(())
    }

    fn end(mut self) -> Result<S::Ok, S::Error> {
        let pieces = &self.context.pieces;
        match self.what {
            What::Preview { known: Some(known), .. } => known.serialize(self.inner),
            What::Preview { number, known: None } => {
                self.fields.push(("link", link(&self.fields, pieces)));
                let status = text(&self.fields, "status");
                let mark = status.map(|status| pieces.term("status", status));
                self.fields.push(("mark", mark.unwrap_or_else(Value::none)));
                let value = Value::try_from_serializable(&Fields(&self.fields)).map_err(S::Error::custom)?;
                pieces.keep_preview(number, value).serialize(self.inner)
            }
            What::Fact => {
                let html = fact(&self.fields, pieces);
                self.fields.push(("html", html));
                Fields(&self.fields).serialize(self.inner)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::locale::Locale;
    use crate::render::pieces::Pieces;
    use crate::render::templates::Templates;
    use crate::shown::{Date, Drawn, Html, Located, Preview, Value as Fact};
    use crate::theme::Theme;
    use crate::world::memory::MemoryWorld;

    fn preview(title: &str) -> Preview {
        Preview {
            number: 0,
            id: "nis".into(),
            kind: "claim",
            path: "claims/nis.html".into(),
            title: title.into(),
            summary: None,
            date: None,
            status: Some("reported"),
            lang: "en".into(),
            foreign: false,
            draft: false,
            link: Drawn,
            mark: Drawn,
        }
    }

    /// Serialises as for a page that is one folder deep.
    fn with_context(check: impl Fn(&PageContext<'_>)) {
        let world = MemoryWorld::new();
        let config = crate::config::read(&world, None).value;
        let theme = Theme::read(&world, &config).value;
        let locales: Vec<Arc<Locale>> =
            config.languages.iter().map(|lang| Arc::new(Locale::read(lang, &theme).value)).collect();
        let templates = Templates::read(&theme, &theme.assets().value, &locales).value.unwrap();
        let pieces = Pieces::new(&[], 1);
        check(&PageContext::of(pieces.of_page("../", &templates.languages[0])));
    }

    fn part<'v>(value: &'v Value, path: &'v str) -> &'v str {
        value.get_from_path(path).and_then(Value::as_str).unwrap()
    }

    #[test]
    fn a_preview_is_made_once_and_shared() {
        with_context(|context| {
            let first = context.value(&preview("One & two")).unwrap();
            assert_eq!(
                part(&first, "link"),
                "<a class=\"ref ref-claim\" href=\"../claims/nis.html\">One &amp; two</a>"
            );
            assert!(part(&first, "mark").starts_with("<span class=\"status status-reported\">"));
            assert!(first.get_from_path("number").is_none());
            // The number identifies the preview, whatever its other fields are.
            let list = context.value(&[Arc::new(preview("Another"))]).unwrap();
            let again = &list.as_array().unwrap()[0];
            assert!(std::ptr::eq(first.as_map().unwrap(), again.as_map().unwrap()));
        });
    }

    #[test]
    fn values_of_facts_and_html_are_ready_to_be_shown() {
        with_context(|context| {
            let html = |value: &Fact| part(&context.value(value).unwrap(), "html").to_owned();
            assert_eq!(html(&Fact::text("1 < 2".into())), "1 &lt; 2");
            let foreign = Fact::Text { text: "kata".into(), lang: Some("id".into()), html: Drawn };
            assert_eq!(html(&foreign), "<span lang=\"id\" dir=\"ltr\">kata</span>");
            let cited = |path: Option<&str>| {
                let locator = Located {
                    text: "p. 3".into(),
                    path: path.map(str::to_owned),
                    address: None,
                    fragment: None,
                };
                Fact::Cite { preview: Arc::new(preview("NIS")), locator: Some(locator), html: Drawn }
            };
            assert!(html(&cited(None)).ends_with(", <bdi class=\"locator\">p. 3</bdi>"));
            let linked = ", <a class=\"locator\" href=\"../sources/a.pdf#page=3\"><bdi>p. 3</bdi></a>";
            assert!(html(&cited(Some("sources/a.pdf#page=3"))).ends_with(linked));
            let date = Date {
                iso: "2023".into(),
                datetime: "2023".into(),
                text: "2023".into(),
                html: Html("<b>".into()),
            };
            let mut tera = tera::Tera::default();
            tera.add_raw_template("page.html", "{{ date.html }} {{ date.text }}").unwrap();
            let mut page = tera::Context::new();
            page.insert_value("date", context.value(&Fact::Date(date)).unwrap());
            assert_eq!(tera.render("page.html", &page).unwrap(), "<b> 2023");
        });
    }
}

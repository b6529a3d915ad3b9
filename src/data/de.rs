//! A serde `Deserializer` over a [`Node`] whose errors carry their location.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::node::{Key, Node, Value};
use super::reading::Sort;
use crate::base::number;
use crate::base::span::{Span, Spanned};

/// A mistake that serde found, with the innermost known location.
#[derive(Debug)]
pub(crate) struct Mistake {
    /// What is wrong.
    pub kind: MistakeKind,
    /// Where it is, once known.
    pub span: Option<Span>,
    /// What was wanted, and where: of the value itself, then of those that it is a part of.
    pub wanted: Vec<(Sort, Span)>,
}

/// The ways in which a value does not fit its type.
#[derive(Debug)]
pub(crate) enum MistakeKind {
    /// A key that the struct does not have.
    UnknownKey(String, &'static [&'static str]),
    /// A word that the vocabulary does not have.
    UnknownWord(String, &'static [&'static str]),
    /// A field that the struct must have.
    MissingField(&'static str),
    /// A type other than the field's.
    Type(String),
    /// An invalid value, described by the code that read it.
    Value(String),
}

impl Mistake {
    fn new(kind: MistakeKind) -> Mistake {
        Mistake { kind, span: None, wanted: Vec::new() }
    }

    /// Notes what was wanted at `span`. Only points, tables and texts can be read better as a whole
    /// than by their parts.
    fn wanting(mut self, sort: Sort, span: Span) -> Mistake {
        self = self.at(span);
        if self.span == Some(span)
            || matches!(sort, Sort::Citation | Sort::Point | Sort::Record(_) | Sort::Words)
        {
            self.wanted.push((sort, span));
        }
        self
    }

    /// What was wanted of the value itself.
    pub(crate) fn sort(&self) -> Option<Sort> {
        let (sort, at) = self.wanted.first()?;
        (self.span == Some(*at)).then_some(*sort)
    }

    fn at(mut self, span: Span) -> Mistake {
        self.span.get_or_insert(span);
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Mistake {}

impl de::Error for Mistake {
    fn custom<T: fmt::Display>(message: T) -> Mistake {
        Mistake::new(MistakeKind::Value(message.to_string()))
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Mistake {
        let found = match unexpected {
            de::Unexpected::Str(text) => format!("`{text}`"),
            de::Unexpected::Seq => "a list".into(),
            de::Unexpected::Map => "a table of keys".into(),
            de::Unexpected::Unit | de::Unexpected::Option => "nothing".into(),
            other => other.to_string(),
        };
        Mistake::new(MistakeKind::Type(format!("expected {expected}, found {found}")))
    }

    fn invalid_length(length: usize, expected: &dyn de::Expected) -> Mistake {
        Mistake::new(MistakeKind::Type(format!("expected {expected}, found {length}")))
    }

    fn unknown_variant(word: &str, expected: &'static [&'static str]) -> Mistake {
        Mistake::new(MistakeKind::UnknownWord(word.to_owned(), expected))
    }

    fn unknown_field(key: &str, expected: &'static [&'static str]) -> Mistake {
        Mistake::new(MistakeKind::UnknownKey(key.to_owned(), expected))
    }

    fn missing_field(field: &'static str) -> Mistake {
        Mistake::new(MistakeKind::MissingField(field))
    }

    fn duplicate_field(field: &'static str) -> Mistake {
        Mistake::new(MistakeKind::Value(format!("the key `{field}` stands twice")))
    }
}

/// The newtype name by which [`Spanned`] requests its span. Other formats ignore it.
const SPANNED: &str = "$dossier::Spanned";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Spanned<T>, D::Error> {
        struct Parts<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Parts<T> {
            type Value = Spanned<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with its span")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
                let missing = || de::Error::custom("a span outside of `data`");
                let start = parts.next_element()?.ok_or_else(missing)?;
                let end = parts.next_element()?.ok_or_else(missing)?;
                let value = parts.next_element()?.ok_or_else(missing)?;
                Ok(Spanned { value, span: Span { start, end } })
            }
        }

        deserializer.deserialize_newtype_struct(SPANNED, Parts(std::marker::PhantomData))
    }
}

/// Deserializes a node as any type.
#[derive(Copy, Clone)]
pub(crate) struct NodeReader<'de>(pub &'de Node);

impl<'de> NodeReader<'de> {
    fn wrong<T>(self, sort: Option<Sort>, visitor: &dyn de::Expected) -> Result<T, Mistake> {
        let message = format!("expected {visitor}, found {}", self.0.describe());
        let mistake = Mistake::new(MistakeKind::Type(message)).at(self.0.span);
        Err(match sort {
            Some(sort) => mistake.wanting(sort, self.0.span),
            None => mistake,
        })
    }

    fn number<T, V>(
        self,
        what: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
        visit: impl FnOnce(T) -> Result<V, Mistake>,
    ) -> Result<V, Mistake> {
        let parsed = match &self.0.value {
            Value::Scalar(text) => ungrouped(text).and_then(|text| parse(&text)),
            _ => None,
        };
        match parsed {
            Some(number) => visit(number).map_err(|error| error.at(self.0.span)),
            None => self.wrong(Some(Sort::Number), &what),
        }
    }
}

/// The number that a scalar stands for; `None` where it is none, or is not finite.
pub(crate) fn number(text: &str) -> Option<f64> {
    ungrouped(text).and_then(|text| number::parse(&text))
}

/// A number without the `_` that may group its digits, as in `1_000`: each `_` must be between two digits.
fn ungrouped(text: &str) -> Option<Cow<'_, str>> {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut groups = text.match_indices('_');
    match groups.all(|(at, _)| at > 0 && is_digit(at - 1) && is_digit(at + 1)) {
        true if text.contains('_') => Some(text.replace('_', "").into()),
        true => Some(text.into()),
        false => None,
    }
}

macro_rules! whole_numbers {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
            self.number("a whole number", |text| text.parse().ok(), |number| visitor.$visit(number))
        })*
    };
}

impl<'de> Deserializer<'de> for NodeReader<'de> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Scalar(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Table(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
        }
        .map_err(|error| error.at(self.0.span))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.0.value {
            Value::Scalar(text) if matches!(&**text, "true" | "True" | "TRUE") => visitor.visit_bool(true),
            Value::Scalar(text) if matches!(&**text, "false" | "False" | "FALSE") => {
                visitor.visit_bool(false)
            }
            _ => self.wrong(Some(Sort::Flag), &"`true` or `false`"),
        }
    }

    whole_numbers! {
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.number("a number", number::parse, |number| visitor.visit_f64(number))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.0.value {
            Value::Scalar(text) => {
                visitor.visit_borrowed_str(text).map_err(|error: Mistake| error.at(self.0.span))
            }
            _ => self.wrong(Some(Sort::Words), &"text"),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.0.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        let Some(sort) = Sort::named(name) else {
            return match name {
                SPANNED => visitor.visit_seq(SpanParts { node: self.0, next: 0 }),
                _ => visitor.visit_newtype_struct(self),
            };
        };
        let read = match sort {
            Sort::Point => self.deserialize_tuple(2, visitor),
            Sort::Country | Sort::Date | Sort::Language | Sort::Url => self.deserialize_str(visitor),
            _ => self.deserialize_any(visitor),
        };
        read.map_err(|mistake| mistake.wanting(sort, self.0.span))
    }

    /// A single value is accepted instead of a list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let one = std::slice::from_ref(self.0);
        let items = match &self.0.value {
            Value::Null => &[],
            Value::List(items) => items.as_slice(),
            Value::Scalar(_) | Value::Table(_) => one,
        };
        visitor.visit_seq(Items(items.iter())).map_err(|error| error.at(self.0.span))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Mistake> {
        match &self.0.value {
            Value::List(items) if items.len() == length => {
                visitor.visit_seq(Items(items.iter())).map_err(|error| error.at(self.0.span))
            }
            Value::List(items) => {
                let count = items.len();
                let message = format!("expected {}, found a list of {count}", &visitor as &dyn de::Expected);
                Err(Mistake::new(MistakeKind::Type(message)).at(self.0.span))
            }
            _ => self.wrong(None, &visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.0.value {
            Value::Table(entries) => visitor
                .visit_map(Entries { entries: entries.iter(), value: None })
                .map_err(|error| error.at(self.0.span)),
            Value::Null => visitor.visit_map(Entries { entries: [].iter(), value: None }),
            _ => self.wrong(None, &"a table of keys"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_map(visitor).map_err(|mistake| mistake.wanting(Sort::Record(fields), self.0.span))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 char bytes byte_buf unit unit_struct tuple_struct enum
    }
}

/// The items of a list.
struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        self.0.next().map(|node| seed.deserialize(NodeReader(node)).map_err(|e| e.at(node.span))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of a table.
struct Entries<'de> {
    entries: std::slice::Iter<'de, (Key, Node)>,
    value: Option<&'de Node>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mistake> {
        let Some((key, node)) = self.entries.next() else { return Ok(None) };
        self.value = Some(node);
        let reader: StrDeserializer<'_, Mistake> = (*key.name).into_deserializer();
        seed.deserialize(reader).map(Some).map_err(|error| error.at(key.span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        match self.value.take() {
            Some(node) => seed.deserialize(NodeReader(node)).map_err(|error| error.at(node.span)),
            None => Err(de::Error::custom("a value before its key")),
        }
    }
}

/// Start, end and value: the fields that [`Spanned`] requests.
struct SpanParts<'de> {
    node: &'de Node,
    next: u8,
}

impl<'de> SeqAccess<'de> for SpanParts<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        self.next += 1;
        match self.next {
            1 => seed.deserialize(self.node.span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(self.node.span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(NodeReader(self.node)).map(Some),
            _ => Ok(None),
        }
    }
}

/// Reads a value of this sort, so that a mistake in it is known to be one where such a value is wanted.
///
/// # Errors
/// Those of the visitor.
pub(crate) fn wanting<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    sort: Sort,
    visitor: V,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_newtype_struct(sort.name(), visitor)
}

/// Reads a value with a visitor made from the value's span: for types written either as a word or as a table.
///
/// # Errors
/// Those of the visitor.
pub(crate) fn with_span<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    sort: Option<Sort>,
    visitor: impl FnOnce(Span) -> V,
) -> Result<V::Value, D::Error> {
    struct Parts<F>(Option<Sort>, F);

    impl<'de, V: Visitor<'de>, F: FnOnce(Span) -> V> Visitor<'de> for Parts<F> {
        type Value = V::Value;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value with its span")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<V::Value, A::Error> {
            let missing = || de::Error::custom("a span outside of `data`");
            let start = parts.next_element()?.ok_or_else(missing)?;
            let end = parts.next_element()?.ok_or_else(missing)?;
            let visitor = (self.1)(Span { start, end });
            parts.next_element_seed(Seed(self.0, visitor))?.ok_or_else(missing)
        }
    }

    /// Visits a value of any type.
    struct Seed<V>(Option<Sort>, V);

    impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Seed<V> {
        type Value = V::Value;

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
            match self.0 {
                Some(sort) => wanting(deserializer, sort, self.1),
                None => deserializer.deserialize_any(self.1),
            }
        }
    }

    deserializer.deserialize_newtype_struct(SPANNED, Parts(sort, visitor))
}

/// The names of the fields of a struct that derives `Deserialize`.
pub(crate) fn fields_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    struct Asker<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Asker<'_> {
        type Error = Mistake;

        fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Mistake> {
            Err(de::Error::custom("only asked for its fields"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _name: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Mistake> {
            *self.0 = fields;
            self.deserialize_any(visitor)
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut fields: &'static [&'static str] = &[];
    // This type is never built: the error only carries the field names out.
    let _ = T::deserialize(Asker(&mut fields));
    fields
}

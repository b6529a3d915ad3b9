//! The keys of front matter. Each is declared once, and everything that the program knows about it is derived
//! from the declaration.
//!
//! `keys!` declares a struct with one entry per key. From an entry it generates the struct's field and its
//! decoder, the fact, the part of the JSON Schema, the line in the template of `dossier new`, and the row in
//! the guide. A declaration becomes plain data, a list of [`Key`]s, so that keys declared elsewhere can be
//! chained to it.

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, Visitor};

use super::{Ref, Role, Value};
use crate::base::country::Country;
use crate::base::date::Edtf;
use crate::base::id::Lang;
use crate::base::point::Point;
use crate::base::span::Spanned;
use crate::base::text::Text;
use crate::base::url::Url;

/// A key of front matter, or of a record in front matter.
#[derive(Copy, Clone, Debug)]
pub struct Key {
    /// Its name as written. The theme's strings use it as the label of the fact.
    pub name: &'static str,
    /// Its documentation: the lines of its doc comment, in the guide's Markdown.
    pub docs: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// Whether it may be missing or empty.
    pub presence: Presence,
    /// The role of the entities that it refers to. [`Role::leads_to`] gives their allowed kinds.
    pub role: Option<Role>,
    /// Where the fact appears.
    pub said: Said,
    /// The value that `dossier new` writes, often empty. Keys without one are written as comments.
    pub start: Option<&'static str>,
}

/// The shape of a value.
#[derive(Copy, Clone, Debug)]
pub enum Shape {
    /// Words.
    Words,
    /// Words, or words for each language.
    Text,
    /// `2023`, `2023-10-13`, `2023-09-01/2023-10-01`
    Date,
    /// `true` or `false`
    Flag,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// The id of an entity.
    Ref,
    /// A former id of an entity: the name of a page, without a folder.
    FormerId,
    /// One of a list of words.
    OneOf(&'static [&'static str]),
    /// Two letters of ISO 3166-1.
    Country,
    /// A BCP 47 tag.
    Language,
    /// An address on the web.
    Url,
    /// Latitude and longitude, in degrees.
    Point,
    /// A list of points, or the name of a file.
    Path,
    /// Any number of values. A single value needs no list.
    List(&'static Shape),
    /// A table of keys.
    Record(&'static [Key]),
    /// Either of two shapes.
    Either(&'static Shape, &'static Shape),
}

impl Shape {
    /// The shape of one value, in a list or by itself.
    pub(crate) fn item(self) -> Shape {
        match self {
            Shape::List(item) => *item,
            single => single,
        }
    }

    /// The keys of the table that a value, or one of a list, may be.
    pub(crate) fn record(self) -> Option<&'static [Key]> {
        match self {
            Shape::Record(keys) => Some(keys),
            Shape::List(item) => item.record(),
            Shape::Either(one, other) => one.record().or_else(|| other.record()),
            _ => None,
        }
    }
}

/// Whether a key may be missing or empty (`key:`).
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Presence {
    /// The key is required.
    Required,
    /// The key may be missing, but must not be empty.
    NotEmpty,
    /// The key may be missing or empty.
    Optional,
}

/// Where the fact of a key appears among the facts of its entity.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Said {
    /// In the order of the keys.
    InOrder,
    /// After the facts of the kind.
    Last,
    /// Not on pages, but in the data exports.
    InData,
    /// Not among the facts. Another part of a page may show it.
    Never,
}

impl Key {
    /// The documentation on one line.
    pub fn about(&self) -> String {
        self.docs.lines().map(str::trim).collect::<Vec<&str>>().join(" ").trim().to_owned()
    }

    /// The documentation without links.
    pub(crate) fn plain(&self) -> String {
        without_links(&self.about())
    }

    /// The first sentence of the documentation, without links and without its full stop.
    pub(crate) fn brief(&self) -> String {
        let about = self.plain();
        about.split(". ").next().unwrap_or(&about).trim_end_matches('.').to_owned()
    }
}

/// The type of a field whose value is in the common part.
#[derive(Copy, Clone, Debug, Default)]
pub struct InCommon;

/// A table of keys: the front matter of a kind, or a record in it. See `keys!`.
pub trait Table {
    /// Its keys, in order.
    const KEYS: &'static [Key];

    /// Calls `each` with the value of each key, in order, or with `None` if the value is in the common part.
    fn each_value<'a>(&'a self, each: &mut dyn FnMut(&'static Key, Option<&'a dyn Says>));
}

/// A value that can be converted to values of a fact.
pub trait Says {
    /// The values of the fact; empty if the key is missing, or has no fact.
    fn values<'a>(&'a self, key: &'static Key) -> Vec<Value<'a>>;
}

/// A type that a key's value can be decoded to: an [`Item`], or an `Option` or a `Vec` of one.
pub(crate) trait Field: Says + DeserializeOwned {
    /// The shape of the value.
    const SHAPE: Shape;
    /// Whether the key may be missing or empty.
    const PRESENCE: Presence;

    /// The value for a missing key; `None` if the key is required.
    fn left_out() -> Option<Self>;
}

/// A type that a single value can be decoded to.
pub(crate) trait Item: DeserializeOwned {
    /// The shape of the value.
    const SHAPE: Shape;
    /// Whether its key may be missing.
    const PRESENCE: Presence = Presence::Required;

    /// The value for a missing key.
    fn left_out() -> Option<Self> {
        None
    }

    /// The value of the fact, if there is one.
    fn value<'a>(&'a self, _key: &'static Key) -> Option<Value<'a>> {
        None
    }
}

impl<T: Item> Says for T {
    fn values<'a>(&'a self, key: &'static Key) -> Vec<Value<'a>> {
        self.value(key).into_iter().collect()
    }
}

impl<T: Item> Says for Option<T> {
    fn values<'a>(&'a self, key: &'static Key) -> Vec<Value<'a>> {
        self.iter().filter_map(|item| item.value(key)).collect()
    }
}

impl<T: Item> Says for Vec<T> {
    fn values<'a>(&'a self, key: &'static Key) -> Vec<Value<'a>> {
        self.iter().filter_map(|item| item.value(key)).collect()
    }
}

impl<T: Item> Field for T {
    const SHAPE: Shape = <T as Item>::SHAPE;
    const PRESENCE: Presence = T::PRESENCE;

    fn left_out() -> Option<T> {
        T::left_out()
    }
}

impl<T: Item> Field for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const PRESENCE: Presence = Presence::Optional;

    fn left_out() -> Option<Option<T>> {
        Some(None)
    }
}

impl<T: Item> Field for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    const PRESENCE: Presence = Presence::Optional;

    fn left_out() -> Option<Vec<T>> {
        Some(Vec::new())
    }
}

/// Declares the shape and the fact value of these types.
macro_rules! items {
    ($($item:ty = $shape:expr $(, |$value:ident, $key:pat_param| $said:expr)?;)+) => {
        $(impl $crate::kinds::keys::Item for $item {
            const SHAPE: $crate::kinds::keys::Shape = $shape;

            $(fn value<'a>(
                &'a self, $key: &'static $crate::kinds::keys::Key,
            ) -> Option<$crate::kinds::Value<'a>> {
                let $value = self;
                $said
            })?
        })+
    };
}
pub(super) use items;

items! {
    String = Shape::Words, |name, _| Some(Value::Name(name));
    Text = Shape::Text, |text, _| Some(Value::Text(text));
    Spanned<Edtf> = Shape::Date, |date, _| Some(Value::Date(date));
    Spanned<Url> = Shape::Url, |url, _| Some(Value::Url(url));
    i32 = Shape::Whole;
    f64 = Shape::Number;
    Ref = Shape::Ref, |reference, key| Some(Value::Ref(reference, key.role?));
    Country = Shape::Country, |country, _| Some(Value::Country(country.code()));
    Lang = Shape::Language, |lang, _| Some(Value::Language(lang.as_str()));
    Point = Shape::Point, |point, _| Some(Value::Point(*point));
}

impl Item for bool {
    const SHAPE: Shape = Shape::Flag;
    const PRESENCE: Presence = Presence::NotEmpty;

    fn left_out() -> Option<bool> {
        Some(false)
    }
}

impl<T: Item> Item for Spanned<T> {
    const SHAPE: Shape = T::SHAPE;

    fn value<'a>(&'a self, key: &'static Key) -> Option<Value<'a>> {
        self.value.value(key)
    }
}

/// Declares a table of keys. An entry has this form:
///
/// ```text
/// /// What the key says: a row of the guide. New files have its first sentence as a comment.
/// by: Vec<Ref> as By = "" => Last,
/// ```
///
/// - `by` is the key and the struct's field. Its type is `Vec<Ref>`: the type's [`Field`] implementation
///   defines the shape of the value and whether the key may be missing.
/// - `as By` gives references their [`Role`].
/// - `= ""` is the value that `dossier new` writes.
/// - `=> Last` sets a [`Said`] other than `InOrder`.
///
/// An entry `date of Common` documents what a common key means for this kind, and sets the position of its
/// fact. The value is in the common part.
macro_rules! keys {
    (
        $(#[$meta:meta])*
        $vis:vis struct $table:ident {
            $($(#[doc = $doc:literal])+ $key:ident $(of $common:ident)? $(: $type:ty)?
                $(as $role:ident)? $(= $start:literal)? $(=> $said:ident)?,)*
        }
    ) => {
        $(#[$meta])*
        $vis struct $table {
            $($(#[doc = $doc])+ pub $key: $crate::kinds::keys::keys!(@type $($type)?),)*
        }

        impl $crate::kinds::keys::Table for $table {
            const KEYS: &'static [$crate::kinds::keys::Key] = &[$($crate::kinds::keys::Key {
                name: $crate::kinds::keys::name(stringify!($key)),
                docs: concat!($($doc, "\n"),+),
                shape: $crate::kinds::keys::keys!(@shape $key $($type)? $(of $common)?),
                presence: $crate::kinds::keys::keys!(@presence $($type)?),
                role: $crate::kinds::keys::keys!(@role $($role)?),
                said: $crate::kinds::keys::keys!(@said $($said)?),
                start: $crate::kinds::keys::keys!(@start $($start)?),
            }),*];

            fn each_value<'a>(
                &'a self,
                each: &mut dyn FnMut(&'static $crate::kinds::keys::Key, Option<&'a dyn $crate::kinds::keys::Says>),
            ) {
                let mut keys = Self::KEYS.iter();
                $(if let Some(key) = keys.next() {
                    each(key, $crate::kinds::keys::keys!(@value self $key $($type)?));
                })*
            }
        }

        impl<'de> serde::Deserialize<'de> for $table {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$table, D::Error> {
                const NAMES: &[&str] = &[$($($crate::kinds::keys::keys!(@name $key $type),)?)*];

                struct Entries;

                impl<'de> serde::de::Visitor<'de> for Entries {
                    type Value = $table;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a table of keys")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$table, A::Error> {
                        $($(let mut $key: Option<$type> = None;)?)*
                        while let Some(found) = map.next_key_seed($crate::kinds::keys::OneOf(NAMES))? {
                            $($(if found == $crate::kinds::keys::keys!(@name $key $type) {
                                if $key.is_some() {
                                    return Err(serde::de::Error::duplicate_field(found));
                                }
                                $key = Some(map.next_value()?);
                                continue;
                            })?)*
                        }
                        Ok($table {
                            $($key: $crate::kinds::keys::keys!(@given $key $($type)?),)*
                        })
                    }
                }

                deserializer.deserialize_struct(stringify!($table), NAMES, Entries)
            }
        }
    };
    (@type $type:ty) => { $type };
    (@type) => { $crate::kinds::keys::InCommon };
    (@given $key:ident $type:ty) => {
        match $key.or_else(<$type as $crate::kinds::keys::Field>::left_out) {
            Some(value) => value,
            None => {
                let name = $crate::kinds::keys::keys!(@name $key $type);
                return Err(serde::de::Error::missing_field(name));
            }
        }
    };
    (@given $key:ident) => { $crate::kinds::keys::InCommon };
    (@name $key:ident $type:ty) => { $crate::kinds::keys::name(stringify!($key)) };
    (@shape $key:ident $type:ty) => { <$type as $crate::kinds::keys::Field>::SHAPE };
    (@shape $key:ident of $common:ident) => {
        $crate::kinds::keys::shape_of(<$common as $crate::kinds::keys::Table>::KEYS, stringify!($key))
    };
    (@presence $type:ty) => { <$type as $crate::kinds::keys::Field>::PRESENCE };
    (@presence) => { $crate::kinds::keys::Presence::Optional };
    (@role $role:ident) => { Some($crate::kinds::Role::$role) };
    (@role) => { None };
    (@said $said:ident) => { $crate::kinds::keys::Said::$said };
    (@said) => { $crate::kinds::keys::Said::InOrder };
    (@start $start:literal) => { Some($start) };
    (@start) => { None };
    (@value $self:ident $key:ident $type:ty) => { Some(&$self.$key) };
    (@value $self:ident $key:ident) => { None };
}
pub(crate) use keys;

/// The name of the key for a field: `type` for `r#type`.
pub(super) const fn name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// The shape of the key called `name`, evaluated at compile time.
pub(super) const fn shape_of(keys: &[Key], name: &str) -> Shape {
    let mut at = 0;
    while at < keys.len() {
        if is_same(keys[at].name.as_bytes(), name.as_bytes()) {
            return keys[at].shape;
        }
        at += 1;
    }
    panic!("the common part has no such key")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([], []) => true,
        ([x, a @ ..], [y, b @ ..]) => *x == *y && is_same(a, b),
        _ => false,
    }
}

/// `[text](address)` → `text`
fn without_links(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some(((before, words), (_, after))) = rest
        .split_once("](")
        .and_then(|(before, after)| Some((before.rsplit_once('[')?, after.split_once(')')?)))
    {
        text.push_str(before);
        text.push_str(words);
        rest = after;
    }
    text + rest
}

/// Decodes a key as one of these names.
pub(super) struct OneOf(pub &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for OneOf {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for OneOf {
    type Value = &'static str;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<&'static str, E> {
        let known = self.0.iter().copied().find(|name| *name == found);
        known.ok_or_else(|| E::unknown_field(found, self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KindId;

    #[test]
    fn descriptions_have_no_links() {
        assert_eq!(without_links("a [b c](d.md#e), [f](g) and [h] (i)"), "a b c, f and [h] (i)");
    }

    fn assert_roles(keys: impl Iterator<Item = &'static Key>) {
        for key in keys {
            match key.shape {
                Shape::Ref | Shape::List(Shape::Ref) => assert!(key.role.is_some(), "{key:?}"),
                Shape::Record(keys) | Shape::List(&Shape::Record(keys)) => assert_roles(keys.iter()),
                Shape::Either(_, &Shape::Record(keys)) => assert_roles(keys.iter()),
                _ => {}
            }
        }
    }

    #[test]
    fn every_reference_has_a_role() {
        KindId::ALL.iter().for_each(|kind| assert_roles(kind.keys()));
    }
}

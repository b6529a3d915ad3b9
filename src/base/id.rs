//! Identifiers, slugs and language tags.

use std::fmt;
use std::sync::Arc;

use icu_locale::{LanguageIdentifier, LocaleExpander};
use unicode_normalization::UnicodeNormalization;

use super::bidi::Direction;
use super::character::is_invisible;
use super::path::{composed, refused_by_windows};

/// A name without what people write around an id: brackets, quotation marks, `@`, `#`, a sign that ends it, and
/// characters that nobody sees; full-width letters as plain ones.
pub(crate) fn bare(name: &str) -> String {
    let name: String = name.nfkc().filter(|c| !is_invisible(*c)).collect();
    let is_around = |c: char| c.is_whitespace() || "<>()[]{}\"'“”„‘’«»`*!@#,;.".contains(c);
    name.trim_matches(is_around).to_owned()
}

/// An entity's id: its file's stem, unique in the dossier.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct EntityId(Arc<str>);

impl EntityId {
    /// The id of a file with this stem: its letters are composed, as in the address of its page.
    pub fn new(stem: &str) -> EntityId {
        EntityId(composed(stem).into())
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses an id for a new file. This is stricter than [`new`](EntityId::new), which accepts what authors
    /// have.
    ///
    /// # Errors
    /// A phrase that says what is wrong with `id`.
    pub(crate) fn parse(id: &str) -> Result<EntityId, String> {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || is_mark(c);
        if id.is_empty() {
            return Err("an id needs a letter or a digit".into());
        }
        if let Some(odd) = id.chars().find(|&c| !fits(c)) {
            return Err(format!("`{id}` holds `{odd}`; an id is letters, digits and hyphens"));
        }
        if !id.starts_with(char::is_alphanumeric) {
            return Err(format!("`{id}` does not start with a letter or a digit"));
        }
        // On many disks, ids that differ only in case are the same file.
        if id.chars().any(char::is_uppercase) {
            return Err(format!("`{id}` has capitals; write `{}`", id.to_lowercase()));
        }
        if id.len() > LONGEST {
            return Err(format!(
                "`{id}` is longer than {LONGEST} bytes, which file names may not be everywhere"
            ));
        }
        if RESERVED.contains(&id) || refused_by_windows(id).is_some() {
            return Err(format!("`{id}` means something else to file systems, servers or YAML"));
        }
        Ok(EntityId::new(id))
    }
}

/// The longest id that the program creates, in bytes: it becomes a file name with an extension.
const LONGEST: usize = 200;

/// Names that a page cannot have: a folder's own page, YAML's null, and the file that says what a folder is for.
const RESERVED: [&str; 3] = ["index", "null", "readme"];

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for EntityId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A language, as its BCP 47 tag in lower case: `id`, `en`, `pt-br`.
#[derive(Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// The language of `tag`, or `None` if it does not have the form of a BCP 47 tag.
    pub fn parse(tag: &str) -> Option<Lang> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let letters = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        (letters && rest).then(|| Lang(tag.to_ascii_lowercase().into()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag as BCP 47 writes it: `pt-BR`, `zh-Hans`.
    pub(crate) fn cased(&self) -> String {
        self.0.parse::<LanguageIdentifier>().map_or_else(|_| self.0.to_string(), |id| id.to_string())
    }

    pub(crate) fn direction(&self) -> Direction {
        Direction::of(&self.0)
    }

    /// Whether what is written in this language can be read by those who read `other`: it is the same language in
    /// the same script, and no other region's. So `en` serves `en-gb`, and `zh-hans` serves `zh-cn` and `zh`, but not
    /// `zh-hant` or `zh-tw`. Where a tag names no script, it is the language's likely one (CLDR).
    pub(crate) fn serves(&self, other: &Lang) -> bool {
        let id = |lang: &Lang| lang.0.parse::<LanguageIdentifier>();
        let (Ok(own), Ok(theirs)) = (id(self), id(other)) else { return self == other };
        own.language == theirs.language
            && likely(&own).script == likely(&theirs).script
            && own.region.is_none_or(|region| theirs.region == Some(region))
            && (own.variants.is_empty() || own.variants == theirs.variants)
    }

    /// Whether its texts have no curled quotation marks, because of its script (ISO 15924).
    pub(crate) fn keeps_straight_quotes(&self) -> bool {
        const SCRIPTS: [&str; 27] = [
            "Adlm", "Arab", "Aran", "Bopo", "Hang", "Hani", "Hans", "Hant", "Hebr", "Hira", "Jpan", "Kana",
            "Khmr", "Kore", "Laoo", "Mand", "Mong", "Mymr", "Nkoo", "Rohg", "Samr", "Syrc", "Talu", "Thaa",
            "Thai", "Tibt", "Yiii",
        ];
        let Ok(id) = self.0.parse::<LanguageIdentifier>() else { return false };
        likely(&id).script.is_some_and(|script| SCRIPTS.contains(&script.as_str()))
    }
}

/// A language with the script in which it is written where the tag says: `zh-Hant` for `zh-tw`.
pub(crate) fn with_script(tag: &str) -> Option<String> {
    let id = likely(&tag.parse().ok()?);
    Some(format!("{}-{}", id.language, id.script?))
}

/// A language with its likely script and region (CLDR) where it names none.
fn likely(id: &LanguageIdentifier) -> LanguageIdentifier {
    static LIKELY: LocaleExpander = LocaleExpander::new_extended();
    let mut id = id.clone();
    LIKELY.maximize(&mut id);
    id
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A fragment or file name made from a heading or a title, as GitHub makes them: lower-case letters and
/// digits of any script, joined by hyphens.
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for c in composed(title).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || is_mark(c) {
            slug.push(c);
        } else if (c.is_whitespace() || c == '-') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether `c` is a combining mark, which belongs to a word in many scripts.
pub(crate) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_every_script() {
        assert_eq!(slug("What is known?"), "what-is-known");
        assert_eq!(slug("Żółć — 북한 ภาษา"), "żółć-북한-ภาษา");
        assert_eq!(slug("?!"), "");
    }

    #[test]
    fn ids_given_by_the_program_are_safe_everywhere() {
        for good in ["nis", "kbs-2023-10-13", "북한", "a_b", "7"] {
            assert!(EntityId::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["", "NIS", "a b", "a.en", "a/b", "-a", "../x", "null", "index", "a|b", "[[a]]", &"x".repeat(300)]
        {
            assert!(EntityId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn words_serve_the_same_language_in_the_same_script() {
        let serves = |own, other| Lang::parse(own).unwrap().serves(&Lang::parse(other).unwrap());
        for (own, other) in [
            ("en", "en"),
            ("en", "en-GB"),
            ("pt", "pt-BR"),
            ("es", "es-419"),
            ("zh-Hans", "zh"),
            ("zh-Hans", "zh-CN"),
            ("zh-Hans", "zh-SG"),
            ("zh", "zh-Hans"),
            ("zh-Hant", "zh-TW"),
            ("sr", "sr-Cyrl-RS"),
        ] {
            assert!(serves(own, other), "{own} {other}");
        }
        for (own, other) in [
            ("zh-Hans", "zh-Hant"),
            ("zh-Hans", "zh-TW"),
            ("zh-Hans", "zh-HK"),
            ("pt-BR", "pt"),
            ("pt-BR", "pt-PT"),
            ("sr", "sr-Latn"),
            ("pa", "pa-Arab"),
            ("en", "fr"),
            ("nb", "nn"),
        ] {
            assert!(!serves(own, other), "{own} {other}");
        }
    }

    #[test]
    fn language_tags_have_a_shape() {
        assert!(Lang::parse("id").is_some() && Lang::parse("pt-BR").is_some());
        assert!(Lang::parse("draft").is_none() && Lang::parse("e").is_none() && Lang::parse("").is_none());
    }
}

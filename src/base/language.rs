//! Which codes of languages are right, and which are meant by those that are not.

use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander};

use super::id::Lang;
use super::names;

/// A code that is right but not what is meant: `kr` is Kanuri, and is written for Korean. Kanuri can be written `knc`.
const RARE: (&str, &str) = ("kr", "ko");

/// What is wrong with the code of `lang`, if anything is.
///
/// Its language must be one of ISO 639, in the shortest code that it has (BCP 47): `jp` is the country's, `in` was
/// Indonesian until 1989, `eng` is written `en`. So must its country: `en-UK` is `en-GB`. Codes of three letters are
/// too many to know, so only those that have a shorter one are wrong. [`RARE`] is wrong, too.
pub(crate) fn fault(lang: &Lang) -> Option<String> {
    let written = lang.as_str();
    match meant(written).as_slice() {
        [one] if canonical(written).is_some_and(|canonical| same(&canonical, one)) => {
            Some(format!("`{written}` is not the code in use: it is `{one}`"))
        }
        [] if is_known(written) => None,
        _ => Some(format!("no language has the code `{written}`")),
    }
}

/// The tags that are meant by one that is wrong; none if it is right, or if it is like no other.
pub(crate) fn meant(tag: &str) -> Vec<String> {
    if same(primary(tag), RARE.0) {
        return vec![RARE.1.to_owned()];
    }
    let canonical = canonical(tag).filter(|canonical| !same(primary(canonical), RARE.0));
    if let Some(canonical) = canonical.filter(|canonical| !same(canonical, tag)) {
        let (written, language) = (primary(tag), primary(&canonical));
        let is_shorter = written.len() > language.len();
        let is_outdated = !names::language_tags().any(|known| known.eq_ignore_ascii_case(written));
        let other_country = written.eq_ignore_ascii_case(language);
        if is_shorter || is_outdated || other_country {
            return vec![canonical];
        }
    }
    if is_known(tag) {
        return Vec::new();
    }
    of_country(primary(tag)).into_iter().collect()
}

/// The main language of the country with this code: `ja` for `jp`.
pub(crate) fn of_country(code: &str) -> Option<String> {
    static LIKELY: LocaleExpander = LocaleExpander::new_extended();
    let mut id: LanguageIdentifier = format!("und-{code}").parse().ok()?;
    LIKELY.maximize(&mut id);
    let is_country = names::country_codes().any(|known| known.eq_ignore_ascii_case(code));
    // The CLDR leaves out countries where English is spoken, because it is what it falls back to.
    is_country.then(|| if id.language.is_unknown() { "en".to_owned() } else { id.language.to_string() })
}

/// Whether a tag is that of a language with a name, perhaps with a script and a country, or nearly one: `private` and
/// `old` also look like tags.
pub(crate) fn is_likely(lang: &Lang) -> bool {
    let mut parts = lang.as_str().split('-');
    let has_name = |part: &str| names::language_tags().any(|known| same(known, part));
    let is_language = |part: &str| has_name(part) || meant(part).iter().any(|tag| has_name(primary(tag)));
    let is_form = |part: &str| {
        let is_country = || names::country_codes().any(|known| same(known, part));
        match part.len() {
            2 => is_country() || same(part, "uk"),
            3 => part.bytes().all(|byte| byte.is_ascii_digit()),
            4 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
            _ => false,
        }
    };
    parts.next().is_some_and(is_language) && parts.all(is_form)
}

fn is_known(tag: &str) -> bool {
    let language = primary(tag);
    language.len() > 2 || names::language_tags().any(|known| known.eq_ignore_ascii_case(language))
}

/// The tag as the CLDR writes it.
fn canonical(tag: &str) -> Option<String> {
    let mut locale: Locale = tag.parse().ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    Some(locale.to_string())
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_like_a_tag_is_none() {
        let is_likely = |tag: &str| is_likely(&Lang::parse(tag).unwrap());
        for tag in ["en", "id", "jp", "pt-BR", "zh-Hant-TW", "es-419", "en-UK", "ind"] {
            assert!(is_likely(tag), "{tag}");
        }
        for tag in ["old", "zz", "zz-private", "en-private", "id-old", "tmp", "en-x-anna"] {
            assert!(Lang::parse(tag).is_none_or(|_| !is_likely(tag)), "{tag}");
        }
    }

    #[test]
    fn a_wrong_code_has_a_near_miss() {
        for (wrong, right) in [
            ("jp", "ja"),
            ("cz", "cs"),
            ("dk", "da"),
            ("ua", "uk"),
            ("kr", "ko"),
            ("gr", "el"),
            ("in", "id"),
            ("iw", "he"),
            ("cn", "zh"),
            ("vn", "vi"),
            ("ir", "fa"),
            ("us", "en"),
            ("gb", "en"),
            ("rs", "sr"),
            ("ge", "ka"),
            ("eng", "en"),
            ("ind", "id"),
            ("jpn", "ja"),
            ("deu", "de"),
            ("en-uk", "en-GB"),
        ] {
            assert_eq!(meant(wrong), [right], "{wrong}");
            assert!(fault(&Lang::parse(wrong).unwrap()).is_some(), "{wrong}");
        }
        assert_eq!(meant("qq"), [""; 0]);
        assert!(fault(&Lang::parse("qq").unwrap()).is_some());
    }

    #[test]
    fn a_right_code_has_no_fault() {
        for tag in [
            "en",
            "id",
            "ar",
            "knc",
            "ar-lb",
            "zh",
            "zh-cn",
            "zh-hans",
            "zh-hant-tw",
            "pt-br",
            "es-419",
            "sr-latn",
            "nb",
            "no",
            "tl",
            "fil",
            "ckb",
            "yue",
            "jv",
            "su",
            "ban",
            "ace",
            "tet",
            "he",
            "uk",
            "se",
            "und",
            "mul",
            "zxx",
        ] {
            assert_eq!(fault(&Lang::parse(tag).unwrap()), None, "{tag}");
        }
    }
}

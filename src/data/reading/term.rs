//! Terms of closed lists as people write them: `no more than`, `unconfirmed`.

use super::number::COMPARED;
use super::text::plain;

/// Words that people write for a term that says nearly the same. Only a person can choose it.
const NEARLY: &[(&str, &str)] = &[
    ("unconfirmed", "unverified"),
    ("not confirmed", "unverified"),
    ("nonconfirmed", "unverified"),
    ("non-confirmed", "unverified"),
    ("not verified", "unverified"),
    ("non-verified", "unverified"),
    ("uncorroborated", "unverified"),
    ("not corroborated", "unverified"),
    ("alleged", "unverified"),
    ("rumour", "unverified"),
    ("rumor", "unverified"),
    ("confirmed?", "unverified"),
    ("unclear", "unverified"),
    ("belum terverifikasi", "unverified"),
    ("belum dikonfirmasi", "unverified"),
    ("disconfirmed", "refuted"),
    ("disproved", "refuted"),
    ("disproven", "refuted"),
    ("fake", "refuted"),
    ("contested", "contradicted"),
    ("told differently", "told-differently"),
    ("rejected", "denied"),
    ("dibantah", "denied"),
    ("claimed", "reported"),
    ("said", "reported"),
    ("terkonfirmasi", "confirmed"),
    // Of actors.
    ("company", "organization"),
    ("ngo", "organization"),
    ("ministry", "agency"),
    ("police", "agency"),
    ("army", "military"),
    ("newspaper", "media"),
    ("broadcaster", "media"),
    // Of sources.
    ("newspaper", "article-newspaper"),
    ("journal", "article-journal"),
    ("magazine", "article-magazine"),
    ("tweet", "post"),
    ("blog", "post-weblog"),
    ("video", "motion_picture"),
    ("film", "motion_picture"),
    ("radio", "broadcast"),
    ("podcast", "broadcast"),
    ("website", "webpage"),
    ("law", "legislation"),
    // Of legs.
    ("ship", "sea"),
    ("boat", "sea"),
    ("laut", "sea"),
    ("train", "rail"),
    ("truck", "road"),
    ("car", "road"),
    ("plane", "air"),
];

/// The term of the list `known` that `word` means, and whether it is sure to.
pub(crate) fn term(word: &str, known: &[&'static str]) -> Option<(&'static str, bool)> {
    let word = plain(word).replace('_', " ");
    let spaced = word.replace('-', " ");
    let of = |term: &str| known.iter().copied().find(|known| *known == term);
    let compared = COMPARED.iter().find(|(said, _)| *said == word || *said == spaced);
    let compared = compared.and_then(|(_, term)| Some((of(term)?, true)));
    compared.or_else(|| {
        let mut nearly = NEARLY.iter().filter(|(said, _)| *said == word || *said == spaced);
        Some((nearly.find_map(|(_, term)| of(term))?, false))
    })
}

/// Keys, and other words for them: in English, and in the languages of many newsrooms.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("src", &["file", "path", "url", "image", "gambar", "foto"]),
    ("image", &["gambar", "foto"]),
    ("from", &["min", "minimum"]),
    ("to", &["max", "maximum"]),
    ("url", &["link", "website", "web", "homepage", "webpage"]),
    ("same_as", &["website", "homepage", "wikipedia", "wikidata"]),
    ("title", &["name", "site_name", "site_title", "sitename"]),
    ("language", &["lang", "bahasa", "sprache", "langue", "idioma", "язык"]),
    ("base_url", &["site_url", "baseurl", "homepage"]),
    ("by", &["author", "claimant", "speaker", "said_by", "oleh", "von", "par", "por", "autor", "автор"]),
    ("authors", &["penulis", "autor", "auteur", "autoren", "auteurs", "autores", "автор", "авторы"]),
    ("country", &["negara", "land", "pays", "país", "pais", "страна", "nation"]),
    ("date", &["when", "day", "tanggal", "datum", "fecha", "дата", "tgl"]),
    ("aliases", &["aka", "also_known_as", "nama_lain", "other_names"]),
    ("sources", &["sumber", "quelle", "quellen", "fuente", "fuentes", "источник", "источники"]),
    ("summary", &["ringkasan", "zusammenfassung", "résumé", "resumen"]),
];

/// The keys for which another word may be used in the same sense.
pub(crate) fn synonyms(word: &str) -> impl Iterator<Item = &'static str> {
    let word = word.to_lowercase();
    SYNONYMS.iter().filter(move |(_, words)| words.contains(&word.as_str())).map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::words::{ActorType, Comparator, Mode, SourceType, Status};

    #[test]
    fn what_is_nearly_a_term_is_never_sure() {
        for &(word, known) in NEARLY {
            assert_eq!(term(word, &[known]), Some((known, false)), "{word}");
        }
        let lists = [Status::WORDS, ActorType::WORDS, SourceType::WORDS, Mode::WORDS];
        for (_, known) in NEARLY {
            assert!(lists.iter().any(|list| list.contains(known)), "{known}");
        }
        assert_eq!(term("No more than", Comparator::WORDS), Some(("at-most", true)));
        assert_eq!(term("no_less-than", Comparator::WORDS), Some(("at-least", true)));
        assert_eq!(term("more than", Status::WORDS), None);
    }
}

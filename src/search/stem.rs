//! Stemming: forms of a word share a stem, such as `shipments` and `shipping`, or *pengiriman* and
//! *mengirimkan*.
//!
//! English, Indonesian and Arabic have a short table each of suffixes and prefixes to remove. A table is data: the
//! index contains it, so the browser stems a query exactly as the program stemmed the text. A stem need not be a
//! word; two words that share one by accident add a wrong result, which is the price of short tables. English follows
//! M. F. Porter, *An algorithm for suffix stripping* (1980), Indonesian F. Z. Tala, *A study of stemming effects on
//! information retrieval in Bahasa Indonesia* (2003), both much shortened, and Arabic the light stemmer of L. S.
//! Larkey and others, *Improving stemming for Arabic information retrieval* (2002): that of Snowball takes the last
//! letter of جمارك for an ending, but not that of الجمارك.
//!
//! Other languages have Snowball's algorithms (<https://snowballstem.org>): here by a crate, in the browser by a
//! script of the same algorithm, which only pages of that language load. They get words without accents, as the
//! search compares them.

use std::borrow::Cow;

use snowball_stemmers_rs::Algorithm;

use crate::base::id::Lang;
use crate::base::json::{self, Open};

/// The stemmer of a language.
pub(crate) enum Stemmer {
    Table(Table),
    Snowball(Algorithm, &'static str),
}

/// Affixes to remove.
pub(crate) struct Table {
    /// The first and the last letter of the script: words with others are not stemmed.
    letters: [char; 2],
    /// A stem must contain one of these; empty: any.
    sounds: &'static str,
    /// Applied in this order; in each step, the first rule that matches.
    steps: &'static [Step],
}

/// Which end of a word a step shortens, and its rules.
enum Step {
    Start(&'static [Rule]),
    End(&'static [Rule]),
}

/// The affix to remove, its replacement, the letters of the rest that may adjoin it (empty: any), and the
/// minimum number of letters in the rest.
type Rule = (&'static str, &'static str, &'static str, usize);

const VOWELS: &str = "aeiou";

/// A stem must contain one of these.
const SOUNDS: &str = "aeiouy";

const INDONESIAN_PREFIXES: &[Rule] = &[
    ("meny", "s", VOWELS, 2),
    ("peny", "s", VOWELS, 2),
    ("meng", "", "", 3),
    ("peng", "", "", 3),
    ("mem", "p", VOWELS, 3),
    ("pem", "p", VOWELS, 3),
    ("mem", "", "", 3),
    ("pem", "", "", 3),
    ("men", "t", VOWELS, 3),
    ("pen", "t", VOWELS, 3),
    ("men", "", "", 3),
    ("pen", "", "", 3),
    ("me", "", "lrwymn", 4),
    ("per", "", "", 3),
    ("ber", "", "", 3),
    ("ter", "", "", 3),
    ("pe", "", "lrwymn", 4),
    ("di", "", "", 3),
    ("ke", "", "", 5),
];

/// The conjunctions and prepositions that are written as one word with what follows. They are removed again and
/// again, so that a word loses the same letters with them as without them, even if its own first letter looks like
/// one of them.
const ARABIC_PARTICLES: Step =
    Step::Start(&[("و", "", "", 3), ("ف", "", "", 3), ("ب", "", "", 3), ("ل", "", "", 3), ("ك", "", "", 3)]);

/// The languages with a stemmer.
static STEMMERS: [(&str, Stemmer); 11] = [
    (
        "en",
        Stemmer::Table(Table {
            letters: ['a', 'z'],
            sounds: SOUNDS,
            steps: &[
                Step::End(&[
                    ("sses", "ss", "", 2),
                    ("ies", "y", "", 2),
                    ("ss", "ss", "", 0),
                    ("us", "us", "", 0),
                    ("s", "", "", 3),
                ]),
                Step::End(&[("ly", "", "", 5)]),
                Step::End(&[("eed", "ee", "", 2), ("ing", "", "", 3), ("ed", "", "", 3)]),
                Step::End(&[("ization", "ize", "", 3), ("isation", "ize", "", 3), ("ation", "", "", 4)]),
                Step::End(&[
                    ("fulness", "ful", "", 3),
                    ("ness", "", "", 4),
                    ("ment", "", "", 4),
                    ("er", "", "", 4),
                ]),
                Step::End(&[
                    ("bb", "b", "", 2),
                    ("dd", "d", "", 2),
                    ("gg", "g", "", 2),
                    ("ll", "l", "", 2),
                    ("mm", "m", "", 2),
                    ("nn", "n", "", 2),
                    ("pp", "p", "", 2),
                    ("rr", "r", "", 2),
                    ("tt", "t", "", 2),
                ]),
                Step::End(&[("y", "i", "bcdfghjklmnpqrstvwxz", 2), ("ee", "ee", "", 0), ("e", "", "", 3)]),
            ],
        }),
    ),
    (
        "id",
        Stemmer::Table(Table {
            letters: ['a', 'z'],
            sounds: SOUNDS,
            steps: &[
                Step::End(&[("kah", "", "", 3), ("lah", "", "", 3), ("pun", "", "", 4)]),
                Step::End(&[("nya", "", "", 3)]),
                Step::End(&[("kan", "", "", 3), ("an", "", "", 3), ("i", "", "", 4)]),
                // *tembak*, because nothing distinguishes *tembak-an* from *temba-kan*.
                Step::End(&[("k", "", VOWELS, 3)]),
                Step::Start(INDONESIAN_PREFIXES),
                Step::Start(INDONESIAN_PREFIXES),
                // `kirim`, because *mengirim* has lost the k.
                Step::Start(&[("k", "", VOWELS, 3)]),
            ],
        }),
    ),
    (
        "ar",
        Stemmer::Table(Table {
            letters: ['\u{621}', '\u{64a}'],
            sounds: "",
            steps: &[
                Step::Start(&[
                    ("وبال", "", "", 3),
                    ("وال", "", "", 3),
                    ("فال", "", "", 3),
                    ("بال", "", "", 3),
                    ("كال", "", "", 3),
                    ("ولل", "", "", 3),
                    ("لل", "", "", 3),
                    ("ال", "", "", 3),
                ]),
                ARABIC_PARTICLES,
                ARABIC_PARTICLES,
                ARABIC_PARTICLES,
                ARABIC_PARTICLES,
                Step::End(&[
                    ("ها", "", "", 3),
                    ("ات", "", "", 3),
                    ("ون", "", "", 3),
                    ("ين", "", "", 3),
                    ("ية", "", "", 3),
                    ("ة", "", "", 3),
                    ("ه", "", "", 3),
                    ("ي", "", "", 3),
                ]),
            ],
        }),
    ),
    ("de", Stemmer::Snowball(Algorithm::German, include_str!("snowball/de.js"))),
    ("es", Stemmer::Snowball(Algorithm::Spanish, include_str!("snowball/es.js"))),
    ("fr", Stemmer::Snowball(Algorithm::French, include_str!("snowball/fr.js"))),
    ("it", Stemmer::Snowball(Algorithm::Italian, include_str!("snowball/it.js"))),
    ("nl", Stemmer::Snowball(Algorithm::Dutch, include_str!("snowball/nl.js"))),
    ("pt", Stemmer::Snowball(Algorithm::Portuguese, include_str!("snowball/pt.js"))),
    ("ru", Stemmer::Snowball(Algorithm::Russian, include_str!("snowball/ru.js"))),
    ("uk", Stemmer::Snowball(Algorithm::Ukrainian, include_str!("snowball/uk.js"))),
];

impl Stemmer {
    /// The stemmer of a language; `None` if it has none.
    pub(crate) fn of(lang: &Lang) -> Option<&'static Stemmer> {
        let primary = lang.as_str().split('-').next();
        STEMMERS.iter().find(|(tag, _)| Some(*tag) == primary).map(|(_, stemmer)| stemmer)
    }

    /// The stem of a word in lower case, as [`words`](super::words) gives it.
    pub(crate) fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match self {
            Stemmer::Table(table) => table.stem(word),
            Stemmer::Snowball(algorithm, _) => snowball_stemmers_rs::Stemmer::create(*algorithm).stem(word),
        }
    }

    /// The script that gives the browser the same stemmer, if it is not in the table of the index.
    pub(crate) fn script(&self) -> Option<&'static str> {
        match self {
            Stemmer::Table(_) => None,
            Stemmer::Snowball(_, script) => Some(script),
        }
    }
}

impl Table {
    fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let [first, last] = self.letters;
        if !word.chars().all(|c| (first..=last).contains(&c)) {
            return word.into();
        }
        let mut stem = word.to_owned();
        for step in self.steps {
            step.apply(&mut stem, self.sounds);
        }
        stem.into()
    }

    /// The table, for the browser: its letters, its sounds, and for each step, 1 for suffixes and 0 for prefixes, and
    /// its rules.
    pub(crate) fn json(&self, json: &mut String) {
        let mut table = Open::object(json);
        let [first, last] = self.letters;
        table.text("letters", &format!("{first}-{last}"), json);
        table.text("sounds", self.sounds, json);
        table.key("steps", json);
        let mut steps = Open::array(json);
        for step in self.steps {
            steps.item(json);
            let (end, rules) = match step {
                Step::Start(rules) => (0, rules),
                Step::End(rules) => (1, rules),
            };
            json.push_str(&format!("[{end},"));
            let mut list = Open::array(json);
            for (cut, put, beside, least) in *rules {
                list.item(json);
                json.push('[');
                for text in [cut, put, beside] {
                    json::string(text, json);
                    json.push(',');
                }
                json.push_str(&format!("{least}]"));
            }
            list.close(json);
            json.push(']');
        }
        steps.close(json);
        table.close(json);
    }
}

impl Step {
    fn apply(&self, word: &mut String, sounds: &str) {
        let (rules, end) = match self {
            Step::Start(rules) => (rules, false),
            Step::End(rules) => (rules, true),
        };
        for (cut, put, beside, least) in *rules {
            let rest = if end { word.strip_suffix(cut) } else { word.strip_prefix(cut) };
            let Some(rest) = rest else { continue };
            let next = if end { rest.chars().next_back() } else { rest.chars().next() };
            let may = beside.is_empty() || next.is_some_and(|next| beside.contains(next));
            let sounds_well = sounds.is_empty() || rest.contains(|c| sounds.contains(c));
            if may && rest.chars().count() >= *least && sounds_well {
                *word = if end { format!("{rest}{put}") } else { format!("{put}{rest}") };
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stemmer;
    use crate::base::id::Lang;

    #[track_caller]
    fn share(lang: &str, words: &str) {
        let lang = Lang::parse(lang).unwrap_or_else(|| panic!("{lang}"));
        let stemmer = Stemmer::of(&lang).unwrap_or_else(|| panic!("{lang}"));
        let stems: Vec<_> = words.split(' ').map(|word| stemmer.stem(word)).collect();
        assert!(stems.iter().all(|stem| *stem == stems[0]), "{words}: {stems:?}");
    }

    #[test]
    fn forms_of_an_english_word_share_a_stem() {
        for words in [
            "ship ships shipped shipping shipment shipments",
            "country countries",
            "condemn condemned condemns condemning condemnation",
            "container containers contain",
            "supply supplies supplied supplying",
            "deny denies denied denying",
            "missile missiles",
            "agree agrees agreed",
            "dispute disputes disputed disputing",
            "reported reportedly reports",
            "document documents documentation",
        ] {
            share("en", words);
        }
    }

    #[test]
    fn forms_of_an_indonesian_word_share_a_stem() {
        for words in [
            "kirim mengirim mengirimkan dikirim pengiriman kiriman pengirim",
            "angkut mengangkut angkutan pengangkutan diangkut",
            "serang menyerang serangan diserang penyerangan",
            "pasok memasok pasokan pemasok",
            "tuduh menuduh tuduhan dituduh",
            "bantah membantah bantahan",
            "lapor melaporkan laporan dilaporkan",
            "senjata persenjataan senjatanya",
            "berlabuh pelabuhan",
            "peluncuran meluncurkan diluncurkan",
            "temu bertemu pertemuan",
            "tembak menembak tembakan ditembakkan",
        ] {
            share("id", words);
        }
    }

    #[test]
    fn an_arabic_word_is_the_same_with_article_and_particles() {
        for words in [
            "جمارك الجمارك والجمارك بالجمارك للجمارك كالجمارك وجمارك بجمارك لجمارك كجمارك وبالجمارك",
            "وزارة الوزارة والوزارة بوزارة وزارات الوزارات للوزارة",
            "لبنان ولبنان بلبنان اللبنانية لبناني",
            "بغداد وبغداد ببغداد وببغداد لبغداد",
            "كوريا وكوريا بكوريا لكوريا",
            "سلاح السلاح والسلاح بسلاح",
        ] {
            share("ar", words);
        }
    }

    #[test]
    fn other_languages_have_their_own_rules() {
        for (lang, words) in [
            ("de", "lieferung lieferungen"),
            ("de-CH", "schiff schiffe schiffen"),
            ("fr", "livraison livraisons"),
            ("es", "contenedor contenedores"),
            ("pt", "navio navios"),
            ("it", "nave navi"),
            ("nl", "schepen schepen"),
            ("ru", "контейнер контейнеры контейнеров контейнерами"),
            ("uk", "порт порту портом"),
        ] {
            share(lang, words);
        }
    }
}

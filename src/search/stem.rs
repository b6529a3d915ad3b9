//! Stemming: forms of a word share a stem, such as `shipments` and `shipping`, or *pengiriman* and
//! *mengirimkan*.
//!
//! Each language has a short table of suffixes and prefixes to remove. A table is data: the index contains
//! it, so the browser stems a query exactly as the program stemmed the text. A stem need not be a word; two
//! words that share one by accident add a wrong result, which is the price of short tables. English follows
//! M. F. Porter, *An algorithm for suffix stripping* (1980), Indonesian F. Z. Tala, *A study of stemming
//! effects on information retrieval in Bahasa Indonesia* (2003), both much shortened.

use crate::base::id::Lang;
use crate::base::json::{self, Open};

/// The stemmer of a language.
pub(crate) struct Stemmer {
    lang: &'static str,
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

static STEMMERS: [Stemmer; 2] = [
    Stemmer {
        lang: "en",
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
    },
    Stemmer {
        lang: "id",
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
    },
];

impl Stemmer {
    /// The stemmer of a language; `None` if it has no table.
    pub(crate) fn of(lang: &Lang) -> Option<&'static Stemmer> {
        let primary = lang.as_str().split('-').next();
        STEMMERS.iter().find(|stemmer| Some(stemmer.lang) == primary)
    }

    /// The stem of a word in lower case. Only words in plain Latin letters are stemmed; others are returned
    /// unchanged.
    pub(crate) fn stem(&self, word: &str) -> String {
        let mut stem = word.to_owned();
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            for step in self.steps {
                step.apply(&mut stem);
            }
        }
        stem
    }

    /// The table, for the browser: for each step, 1 for suffixes and 0 for prefixes, and its rules.
    pub(crate) fn json(&self, json: &mut String) {
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
    }
}

impl Step {
    fn apply(&self, word: &mut String) {
        let (rules, end) = match self {
            Step::Start(rules) => (rules, false),
            Step::End(rules) => (rules, true),
        };
        for (cut, put, beside, least) in *rules {
            let rest = if end { word.strip_suffix(cut) } else { word.strip_prefix(cut) };
            let Some(rest) = rest else { continue };
            let next = if end { rest.chars().next_back() } else { rest.chars().next() };
            let may = beside.is_empty() || next.is_some_and(|next| beside.contains(next));
            if may && rest.len() >= *least && rest.contains(|c| SOUNDS.contains(c)) {
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
        let stems: Vec<String> = words.split(' ').map(|word| stemmer.stem(word)).collect();
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
}

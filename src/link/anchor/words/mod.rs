//! The words that `same` knows, by language: what adds nothing, what is spelled in two ways, what is a number.

mod english;
mod indonesian;
mod others;

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use english::ENGLISH;
use indonesian::INDONESIAN;
use others::{FRENCH, GERMAN, OTHER, RUSSIAN, SPANISH};

/// The words of a language; lists of words are separated by spaces. A language without lists has only the rules that
/// hold for every language.
pub(super) struct Words {
    pub(super) lang: &'static str,
    /// Whether the language has lists.
    pub(super) is_listed: bool,
    /// Words that may be added or left out anywhere.
    needless: &'static str,
    /// Groups of words of which one may be written for another.
    alike: &'static [&'static str],
    /// The same, before a number.
    alike_before_number: &'static str,
    /// The same, after a mark: verbs that say no more than that somebody said it.
    alike_after_mark: &'static str,
    /// Parts of words that are spelled in two ways, as `colour=color`.
    spellings: &'static str,
    months: &'static str,
    /// Verbs of saying, and pronouns that begin a relative clause.
    sayings: &'static str,
    numbers: &'static [(&'static str, Value)],
    /// Words that mean something else with a capital letter.
    capitals: &'static str,
    /// Words that mean the same with a capital letter as without, in any place.
    offices: &'static str,
    /// Parts of words that are spelled in two ways in names, too: of ministries and months, not of people.
    titles: &'static str,
    /// Words that may be names of people.
    surnames: &'static str,
    /// Words that are written together or apart.
    compounds: &'static str,
    /// Words that cannot follow a number that counts them.
    uncounted: &'static str,
    /// Words that may be written twice by a slip; empty: any.
    repeated: &'static str,
    /// Words that mean something else in capital letters.
    acronyms: &'static str,
    pub(super) slips: Limits,
    /// Whether a word is one of the language: a slip is none. Without a list, only long words have slips.
    pub(super) known: Option<fn(&str) -> bool>,
    /// Words that are others with an accent; `None`: every accent may make another word.
    accented: Option<&'static str>,
    /// The minimum number of letters of a word that may be written as several.
    pub(super) joined: usize,
}

static LISTED: [&Words; 6] = [&ENGLISH, &INDONESIAN, &GERMAN, &FRENCH, &SPANISH, &RUSSIAN];

/// The longest lists of a language, taken apart once: each word of a passage is looked up in them.
struct Lists {
    spellings: Vec<(&'static str, &'static str)>,
    /// For each word, the groups that it is in.
    alike: HashMap<&'static str, Vec<usize>>,
}

impl Lists {
    fn of(words: &'static Words) -> Lists {
        let spellings = words.spellings.split(' ').filter_map(|pair| pair.split_once('=')).collect();
        let mut alike: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, group) in words.alike.iter().enumerate() {
            group.split(' ').for_each(|word| alike.entry(word).or_default().push(number));
        }
        Lists { spellings, alike }
    }
}

/// The minimum number of letters of a word that may have a slip of each kind, and how far from its ends a
/// letter may be missing or wrong: endings are grammar.
pub(super) struct Limits {
    pub(super) swapped: usize,
    pub(super) doubled: usize,
    pub(super) missing: usize,
    pub(super) wrong: usize,
    pub(super) edge: usize,
}

/// What a number word does to the number before it.
#[derive(Clone, Copy)]
pub(super) enum Value {
    Unit(u64),
    Times(u64),
    /// *belas*
    Teen,
    Scale(u64),
}

/// The words beside a word.
pub(super) struct Around<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    pub(super) after_next: &'a str,
    pub(super) follows_number: bool,
    pub(super) number_follows: bool,
    /// Whether the word after it has a capital.
    pub(super) after_is_name: bool,
}

/// For words that the language cannot have: they are slips for certain.
pub(super) static IMPOSSIBLE: Limits =
    Limits { swapped: 5, doubled: 5, missing: 6, wrong: usize::MAX, edge: 1 };

pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'à'..='ö' | 'ø'..='ý')
        || matches!(letter, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'і' | 'ї' | 'є')
}

/// In every language, because a quotation may be in another one than its article.
const NEGATIONS: &str = "\
    not no never none nobody nothing nor neither without cannot tidak tak bukan belum jangan tanpa \
    не ни нет нельзя никогда ні немає nunca nadie nada sin ni ne pas non nicht kein keine nie não \
    nem لا لم لن ليس ما غير 不 没 無 无 未 非 안 못";

/// What may stand apart from its word in Indonesian by a slip: *pasca perang*, *di lakukan*.
const INDONESIAN_PREFIXES: &str = "pasca antar di ke se per pe me ter meng peng";

/// Whether a list has a word.
fn has(list: &str, word: &str) -> bool {
    // Most lists lack most words, and that much is found out faster than where words begin.
    memchr::memmem::find(list.as_bytes(), word.as_bytes()).is_some()
        && list.split(' ').any(|each| each == word)
}

/// Words that say nothing by the comma after them where they begin a sentence.
pub(super) fn is_opening(word: &str) -> bool {
    has(
        "yesterday today later recently finally sebelumnya kemudian selanjutnya sementara akhirnya kemarin",
        word,
    ) || is_connective(word)
}

/// Words that say nothing by the commas beside them.
pub(super) fn is_connective(word: &str) -> bool {
    has("however therefore meanwhile moreover furthermore nevertheless namun", word)
}

/// First parts of words whose hyphen says nothing. *Small-business owners* are not small.
pub(super) fn is_loose(word: &str) -> bool {
    has(
        "long short mid well self cross counter multi semi vice air sea land surface to in co re \
         brother sister mother father son daughter",
        word,
    )
}

/// Particles of Japanese after which a comma says nothing.
pub(super) fn is_particle(word: &str) -> bool {
    has("は て で に が を", word)
}

/// Words before which a comma says nothing: some languages always have one there, others never.
pub(super) fn takes_comma(word: &str) -> bool {
    has("because at on during until karena sebab di ke dari pada что чтобы що щоб и і та dass daß ob", word)
}

pub(super) fn is_and(word: &str) -> bool {
    has("and or dan atau serta und oder et ou y o e и или", word)
}

pub(super) fn is_article(word: &str) -> bool {
    has("the a an his her its their my our der die das ein eine le la les un une el los las una", word)
}

pub(super) fn is_negation(word: &str) -> bool {
    has(NEGATIONS, word)
}

/// What denies the sentence that it is in, at any place there.
const DENIALS: &str = "\
    deny denies denied denying false falsely untrue lie lies lied liar myth hoax refuted allegedly supposedly \
    membantah bantah dibantah menyangkal disangkal hoaks bohong dusta mitos diduga konon";

/// What doubts what follows it, beside denials and negations.
const DOUBTS: &str = "\
    if whether unless doubt doubts doubted wrong wrongly only hardly rumour rumor rumours rumors \
    jika kalau bila apakah seandainya andai keliru salah hanya kecuali";

pub(super) fn is_denial(word: &str) -> bool {
    has(DENIALS, word)
}

pub(super) fn is_doubt(word: &str) -> bool {
    has(DOUBTS, word) || is_denial(word) || is_negation(word)
}

/// Words that are cut short, with a full stop or without.
pub(super) fn is_abbreviation(word: &str) -> bool {
    has(
        "tsb dgn utk yg thn dll tgl hlm no dr mr mrs ms st gen col sen rep gov lt prof ca approx bzw ca nr \
         г гг тыс млн млрд руб",
        word,
    )
}

/// Signs of units that are written beside their figure, or apart from it.
pub(super) fn is_unit(word: &str) -> bool {
    has(
        "km kg cm mm ha kw mw gw kwh mwh gwh mph kmh nm ft lbs lb oz kb mb gb tb hz khz mhz ghz ml dl kv hp \
         км кг см мм га квт мвт",
        word,
    )
}

/// What begins a relative clause.
const RELATIVES: &str = "who which whom whose where yang que qui dont quienes";

/// What begins a clause that belongs to the one before it, or to the one after it.
const CLAUSES: &str = "\
    if unless because although though when while whereas after before until since except jika bila kalau \
    kecuali karena sebab meski meskipun walau walaupun ketika saat setelah sebelum sejak если потому когда хотя \
    wenn weil obwohl falls als bevor nachdem si porque aunque cuando quand parce quoique";

/// Words that are written twice for emphasis, or because each has its own part: *what he did did not harm her*.
const EMPHATIC: &str = "\
    very that had so much many far long really more most again over up down out ha no well now there sangat очень \
    дуже muy did do does is was were are has have been what her him you it all one";

/// Parts of words that have ё even where it is written е. Elsewhere it makes another word: *узнаем*, *узнаём*.
const ALWAYS_YO: &str = "\
    еще самолет вертолет полет отчет расчет счет черн партнер актер режиссер шахтер стажер военнопленн учен тверд \
    зелен желт серьезн надежн жестк объем прием подъем заем ребен";

/// Ends of verbs that have ё even where it is written е: *ушел* is *ушёл*.
const ENDS_WITH_YO: [&str; 5] = ["шел", "вел", "нес", "вез", "шедш"];

/// Whether a word of Russian has ё for certain.
pub(super) fn is_always_yo(word: &str) -> bool {
    ALWAYS_YO.split(' ').any(|part| word.starts_with(part))
        || ENDS_WITH_YO.iter().any(|end| word.ends_with(end))
}

pub(super) fn is_relative(word: &str) -> bool {
    has(RELATIVES, word)
}

pub(super) fn begins_clause(word: &str) -> bool {
    has(CLAUSES, word) || is_relative(word)
}

/// The most letters of a word of Indonesian that is commonly doubled for the plural.
const LONGEST_DOUBLED: usize = 7;

/// The fewest letters of a word in a list of all words.
const SHORTEST_KNOWN: usize = 3;

/// Whether words in the script of this letter have enough letters for one of them to be recognised as a slip.
pub(super) fn has_slips(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'à'..='ɏ' | 'а'..='ӿ' | 'α'..='ω')
}

impl Words {
    pub(super) fn of(lang: &str) -> &'static Words {
        let primary = lang.split('-').next().unwrap_or_default();
        LISTED.into_iter().find(|words| words.lang == primary).unwrap_or(&OTHER)
    }

    fn lists(&self) -> &'static Lists {
        static LISTS: LazyLock<HashMap<&str, Lists>> = LazyLock::new(|| {
            let lists = |words: &&'static Words| (words.lang, Lists::of(words));
            LISTED.iter().chain([&&OTHER]).map(lists).collect()
        });
        &LISTS[self.lang]
    }

    /// The word in one of the ways in which it is spelled.
    pub(super) fn spelling(&self, word: &str) -> String {
        let mut word = word.to_owned();
        for (from, to) in &self.lists().spellings {
            // `four` must not become `for`: short words are spelled in one way.
            if word == *from || word.len() > from.len().max(4) && word.contains(from) {
                word = word.replace(from, to);
            }
        }
        // The spelling before 1996: *daß*, *umfaßt*. Between vowels, *Maße* is not *Masse*.
        if self.lang == "de" && word.contains('ß') {
            let next = |at: usize| word[at + 'ß'.len_utf8()..].chars().next();
            let letter = |(at, c): (usize, char)| match c {
                'ß' if !next(at).is_some_and(is_vowel) => "ss".to_owned(),
                c => c.to_string(),
            };
            word = word.char_indices().map(letter).collect();
        }
        word
    }

    /// Whether both are verbs of the sort that stands after a mark and only says that somebody said it.
    pub(super) fn are_sayings(&self, a: &str, b: &str) -> bool {
        has(self.alike_after_mark, a) && has(self.alike_after_mark, b)
    }

    /// Whether *a second* and *per second* are alike before this word.
    pub(super) fn is_period(&self, word: &str) -> bool {
        self.lang == "en" && has("second minute hour day week month year head person", word)
    }

    pub(super) fn are_alike(&self, a: &str, b: &str, number_follows: bool) -> bool {
        let groups = |word: &str| self.lists().alike.get(word).map_or(&[][..], Vec::as_slice);
        let of_a = groups(a);
        !of_a.is_empty() && groups(b).iter().any(|group| of_a.contains(group))
            || number_follows && has(self.alike_before_number, a) && has(self.alike_before_number, b)
    }

    /// Whether one of two words is the other without its accents, in a language that leaves them out.
    pub(super) fn differ_by_accents(&self, a: &str, b: &str) -> bool {
        let plain = |word: &str| -> String {
            let letter = |c: char| match c {
                'ø' => 'o',
                'ł' => 'l',
                'đ' => 'd',
                'ı' => 'i',
                c => c,
            };
            word.nfd().filter(|c| !is_combining_mark(*c)).map(letter).collect()
        };
        let is_plain = |word: &str| word.chars().all(|c| c.is_ascii_alphabetic());
        self.accented.is_some_and(|others| {
            (is_plain(a) || is_plain(b)) && !has(others, a) && !has(others, b) && plain(a) == plain(b)
        })
    }

    /// Whether the language has no such word: in Indonesian, none ends as *diumumkn* does.
    pub(super) fn is_impossible(&self, word: &str) -> bool {
        let mut letters = word.chars().rev();
        self.lang == "id"
            && letters.next() == Some('n')
            && letters.next().is_some_and(|c| !is_vowel(c) && !matches!(c, 'r' | 'n'))
    }

    pub(super) fn is_needless(&self, word: &str, around: &Around<'_>) -> bool {
        match (self.lang, word) {
            ("en", "the") => english::is_needless_article(around),
            ("en", "that") => english::takes_clause(around.before) && english::begins_clause(around),
            ("en", "of") => matches!(around.before, "all" | "both" | "half" | "outside" | "inside"),
            ("en", "on") => around.after.ends_with("day") || self.is_month(around.after),
            ("id", "oleh") => around.before.starts_with("di"),
            ("id", "pada") => around.after == "hari" || around.number_follows || around.after == "tanggal",
            ("id", "hari" | "tanggal") => matches!(around.before, "pada" | "hari") || around.number_follows,
            ("id", "sebesar" | "sebanyak" | "sejumlah" | "ada") => around.number_follows,
            ("id", "supaya") => around.before == "agar",
            ("id", "buah") => around.follows_number,
            _ => has(self.needless, word),
        }
    }

    pub(super) fn is_month(&self, word: &str) -> bool {
        has(self.months, word)
    }

    pub(super) fn is_saying(&self, word: &str) -> bool {
        has(self.sayings, word)
    }

    pub(super) fn is_office(&self, word: &str) -> bool {
        has(self.offices, word)
    }

    /// Whether a word with a capital, which is spelled in two ways, may be a name. The first of a sentence is mostly
    /// none.
    pub(super) fn may_be_name(&self, word: &str, is_first: bool) -> bool {
        let is_title = self.titles.split(' ').any(|part| !part.is_empty() && word.contains(part));
        has(self.surnames, word) || self.is_listed && !is_first && !is_title
    }

    pub(super) fn is_uncounted(&self, word: &str) -> bool {
        has(self.uncounted, word)
    }

    /// Whether a word, given in two ways that differ at most in case, means two things.
    pub(super) fn differ_by_case(&self, key: &str, a: &str, b: &str) -> bool {
        let first = |word: &str| word.starts_with(char::is_uppercase);
        let all = |word: &str| !word.chars().any(char::is_lowercase);
        has(self.capitals, key) && first(a) != first(b) || has(self.acronyms, key) && all(a) != all(b)
    }

    pub(super) fn value(&self, word: &str) -> Option<Value> {
        self.numbers.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }

    /// Words that must stay apart from others: `not able` and `notable`.
    pub(super) fn is_fixed(&self, word: &str) -> bool {
        is_negation(word)
            || matches!(word, "re" | "un" | "in" | "a" | "an" | "now" | "im" | "anti" | "ex" | "pro" | "non")
    }

    /// Whether a word may be written as these parts: one of them is not a word of the language, or a list has it.
    pub(super) fn may_be_torn<'a>(&self, whole: &str, mut parts: impl Iterator<Item = &'a str>) -> bool {
        match self.known {
            _ if has(self.compounds, whole) => true,
            _ if self.lang == "id" => parts.next().is_some_and(|first| has(INDONESIAN_PREFIXES, first)),
            Some(known) => parts.any(|part| part.len() >= SHORTEST_KNOWN && !known(part)),
            None => true,
        }
    }

    pub(super) fn is_compound(&self, word: &str) -> bool {
        has(self.compounds, word)
    }

    /// Whether two words say where, and written together what is done: *di Serang* is a place, *diserang* is
    /// attacked.
    pub(super) fn is_place(&self, first: &str, second: &str) -> bool {
        let is_noun = match first {
            "di" => has(
                "penjara sel bui rantai kubur makam kunci balik karantina gunting serang",
                &second.to_lowercase(),
            ),
            "ke" => has("luar pala", &second.to_lowercase()),
            _ => return false,
        };
        self.lang == "id" && (is_noun || second.starts_with(char::is_uppercase))
    }

    /// Whether a word written twice is a slip.
    pub(super) fn may_repeat(&self, word: &str, is_dense: bool) -> bool {
        match is_dense {
            true => matches!(word, "を" | "が" | "に" | "の"),
            // *kapal kapal* is several ships.
            false if !self.repeated.is_empty() => {
                has(self.repeated, word)
                    || word.len() > LONGEST_DOUBLED
                    || word.len() > 5 && ["me", "ber", "ter"].iter().any(|start| word.starts_with(start))
            }
            false => !is_negation(word) && !has(EMPHATIC, word),
        }
    }

    /// `didn't` is two words.
    pub(super) fn contraction(&self, word: &str) -> Option<(String, &'static str)> {
        let split = |(end, second)| word.strip_suffix(end).map(|first| (first.to_owned(), second));
        match word {
            _ if self.lang != "en" => None,
            "can't" | "cannot" => Some(("can".into(), "not")),
            "won't" => Some(("will".into(), "not")),
            "shan't" => Some(("shall".into(), "not")),
            // Written for *there* and *your*.
            "they're" | "you're" => None,
            _ => [("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'m", "am")]
                .into_iter()
                .find_map(split),
        }
    }

    /// A number without separators of thousands, and with a point before decimals.
    pub(super) fn number(&self, word: &str) -> String {
        // *The 1980's* are *the 1980s*.
        let word = word.replace("'s", "s");
        let word = word.as_str();
        let point = match self.lang {
            "en" => '.',
            "id" | "de" | "es" => ',',
            _ => return word.to_owned(),
        };
        let group = if point == '.' { ',' } else { '.' };
        let (whole, rest) = word.split_once(point).map_or((word, None), |(whole, rest)| (whole, Some(rest)));
        let groups: Vec<&str> = whole.split(group).collect();
        let rest = rest.filter(|rest| *rest != "0");
        let is_grouped = groups.len() > 1 && groups[1..].iter().all(|part| part.len() == 3);
        let whole = if is_grouped { groups.concat() } else { whole.to_owned() };
        rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}"))
    }
}

//! The words that `same` knows, by language: what adds nothing, what is spelled in two ways, what is a number.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The words of a language. A language without lists has only the rules that hold for every language.
pub(super) struct Words {
    pub(super) lang: &'static str,
    /// Whether the language has lists.
    pub(super) is_listed: bool,
    /// Words that may be added or left out anywhere.
    needless: &'static [&'static str],
    /// Groups of words of which one may be written for another.
    alike: &'static [&'static [&'static str]],
    /// The same, before a number.
    alike_before_number: &'static [&'static str],
    /// Parts of words that are spelled in two ways.
    spellings: &'static [(&'static str, &'static str)],
    months: &'static [&'static str],
    /// Verbs of saying, and pronouns that begin a relative clause.
    sayings: &'static [&'static str],
    numbers: &'static [(&'static str, Value)],
    /// Words that mean something else with a capital letter.
    capitals: &'static [&'static str],
    /// Words that mean something else in capital letters.
    acronyms: &'static [&'static str],
    /// `None`: any other letter makes another word.
    pub(super) slips: Option<Limits>,
    /// The pairs of words of which each looks like a slip for the other.
    pub(super) pairs: Option<fn() -> &'static BTreeSet<(&'static str, &'static str)>>,
    /// The minimum number of letters of a word that may be written as several.
    pub(super) joined: usize,
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
    pub(super) follows_number: bool,
    pub(super) number_follows: bool,
}

use Value::{Scale, Teen, Times, Unit};

static ENGLISH: Words = Words {
    lang: "en",
    is_listed: true,
    needless: &["the", "a", "an", "that"],
    alike: &[
        &["was", "were"],
        &["is", "are"],
        &["has", "have"],
        &["a", "an"],
        &["who", "that", "which", "whom"],
        &["while", "whilst"],
        &["among", "amongst"],
        &["toward", "towards"],
        &["amid", "amidst"],
        &["until", "till"],
        &["on", "upon"],
        &["although", "though"],
        &["its", "it's"],
        &["their", "there", "theyre"],
        &["your", "youre"],
        &["whose", "whos"],
        &["affect", "effect"],
        &["gray", "grey"],
        &["program", "programme"],
        &["kilometer", "kilometers", "km"],
        &["kilogram", "kilograms", "kg"],
    ],
    alike_before_number: &["about", "some", "around", "approximately", "roughly", "circa"],
    spellings: &[
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("colour", "color"),
        ("favour", "favor"),
        ("honour", "honor"),
        ("labour", "labor"),
        ("neighbour", "neighbor"),
        ("harbour", "harbor"),
        ("rumour", "rumor"),
        ("behaviour", "behavior"),
        ("armour", "armor"),
        ("endeavour", "endeavor"),
        ("vapour", "vapor"),
        ("vigour", "vigor"),
        ("metre", "meter"),
        ("centre", "center"),
        ("theatre", "theater"),
        ("litre", "liter"),
        ("fibre", "fiber"),
        ("defence", "defense"),
        ("offence", "offense"),
        ("licence", "license"),
        ("travell", "travel"),
        ("cancell", "cancel"),
        ("labell", "label"),
        ("modell", "model"),
        ("signall", "signal"),
        ("fuell", "fuel"),
        ("counsell", "counsel"),
        ("channell", "channel"),
        ("levell", "level"),
        ("shovell", "shovel"),
        ("totall", "total"),
        ("quarrell", "quarrel"),
        ("marshall", "marshal"),
        ("judgement", "judgment"),
        ("catalogue", "catalog"),
        ("dialogue", "dialog"),
        ("goverment", "government"),
        ("enviroment", "environment"),
        ("seperat", "separat"),
        ("definat", "definit"),
        ("definet", "definit"),
        ("existance", "existence"),
        ("independant", "independent"),
        ("occurance", "occurrence"),
        ("accomodat", "accommodat"),
        ("acommodat", "accommodat"),
        ("febuary", "february"),
        ("arguement", "argument"),
        ("prosecuter", "prosecutor"),
        ("adviser", "advisor"),
        ("protestor", "protester"),
        ("survelliance", "surveillance"),
        ("surveilance", "surveillance"),
        ("untill", "until"),
        ("succesful", "successful"),
        ("neccesary", "necessary"),
        ("necessery", "necessary"),
        ("resistence", "resistance"),
        ("maintainance", "maintenance"),
        ("maintenence", "maintenance"),
        ("priviledge", "privilege"),
        ("begining", "beginning"),
        ("commitee", "committee"),
        ("comittee", "committee"),
        ("calender", "calendar"),
        ("responsability", "responsibility"),
        ("allready", "already"),
        ("wich", "which"),
        ("thier", "their"),
        ("teh", "the"),
        ("adn", "and"),
        ("taht", "that"),
        ("wih", "with"),
        ("beleiv", "believ"),
        ("foriegn", "foreign"),
        ("wepon", "weapon"),
        ("vehical", "vehicle"),
        ("intelligance", "intelligence"),
        ("adress", "address"),
        ("agression", "aggression"),
        ("sieze", "seize"),
        ("cemetary", "cemetery"),
    ],
    months: &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ],
    sayings: &[
        "said",
        "says",
        "say",
        "told",
        "tells",
        "claimed",
        "claims",
        "denied",
        "denies",
        "reported",
        "reports",
        "confirmed",
        "confirms",
        "added",
        "adds",
        "stated",
        "states",
        "wrote",
        "writes",
        "accused",
        "accuses",
        "insisted",
        "argued",
        "announced",
        "admitted",
        "alleged",
        "warned",
        "replied",
        "asked",
        "according",
        "who",
        "whom",
        "whose",
        "which",
        "where",
    ],
    numbers: &[
        ("zero", Unit(0)),
        ("one", Unit(1)),
        ("two", Unit(2)),
        ("three", Unit(3)),
        ("four", Unit(4)),
        ("five", Unit(5)),
        ("six", Unit(6)),
        ("seven", Unit(7)),
        ("eight", Unit(8)),
        ("nine", Unit(9)),
        ("ten", Unit(10)),
        ("eleven", Unit(11)),
        ("twelve", Unit(12)),
        ("thirteen", Unit(13)),
        ("fourteen", Unit(14)),
        ("fifteen", Unit(15)),
        ("sixteen", Unit(16)),
        ("seventeen", Unit(17)),
        ("eighteen", Unit(18)),
        ("nineteen", Unit(19)),
        ("twenty", Unit(20)),
        ("thirty", Unit(30)),
        ("forty", Unit(40)),
        ("fifty", Unit(50)),
        ("sixty", Unit(60)),
        ("seventy", Unit(70)),
        ("eighty", Unit(80)),
        ("ninety", Unit(90)),
        ("hundred", Times(100)),
        ("dozen", Times(12)),
        ("thousand", Scale(1_000)),
        ("million", Scale(1_000_000)),
        ("billion", Scale(1_000_000_000)),
        ("trillion", Scale(1_000_000_000_000)),
    ],
    capitals: &[
        "may", "march", "august", "polish", "turkey", "china", "bill", "mark", "will", "bush", "black",
        "brown", "white", "green", "house", "state", "justice", "labour", "labor",
    ],
    acronyms: &["us", "it", "who", "un", "aids"],
    slips: Some(Limits { swapped: 5, doubled: 6, missing: 8, wrong: 9, edge: 2 }),
    pairs: Some(english_pairs),
    joined: 6,
};

static INDONESIAN: Words = Words {
    lang: "id",
    is_listed: true,
    needless: &["bahwa"],
    alike: &[
        &["telah", "sudah"],
        &["tidak", "tak"],
        &["tetapi", "tapi"],
        &["adalah", "ialah"],
        &["untuk", "guna"],
        &["dan", "serta"],
        &["hanya", "cuma"],
        &["karena", "sebab"],
        &["saat", "ketika", "waktu"],
        &["kilometer", "km"],
        &["percent", "persen", "prosen"],
    ],
    alike_before_number: &["sekitar", "kirakira"],
    spellings: &[
        ("ijin", "izin"),
        ("mengunakan", "menggunakan"),
        ("penguna", "pengguna"),
        ("menv", "memv"),
        ("menf", "memf"),
        ("resiko", "risiko"),
        ("aktifit", "aktivit"),
        ("kreatifit", "kreativit"),
        ("produktifit", "produktivit"),
        ("efektifit", "efektivit"),
        ("obyek", "objek"),
        ("subyek", "subjek"),
        ("propinsi", "provinsi"),
        ("praktek", "praktik"),
        ("sistim", "sistem"),
        ("tehnik", "teknik"),
        ("tehnologi", "teknologi"),
        ("analisa", "analisis"),
        ("hakekat", "hakikat"),
        ("hutang", "utang"),
        ("himbau", "imbau"),
        ("isteri", "istri"),
        ("jaman", "zaman"),
        ("jadual", "jadwal"),
        ("jendral", "jenderal"),
        ("karir", "karier"),
        ("komplek", "kompleks"),
        ("konkrit", "konkret"),
        ("kwalitas", "kualitas"),
        ("managemen", "manajemen"),
        ("mentri", "menteri"),
        ("merubah", "mengubah"),
        ("dirubah", "diubah"),
        ("milyar", "miliar"),
        ("trilyun", "triliun"),
        ("trilliun", "triliun"),
        ("nasehat", "nasihat"),
        ("negri", "negeri"),
        ("nopember", "november"),
        ("pebruari", "februari"),
        ("otentik", "autentik"),
        ("paspot", "paspor"),
        ("prosentase", "persentase"),
        ("respon", "respons"),
        ("responss", "respons"),
        ("sekedar", "sekadar"),
        ("silahkan", "silakan"),
        ("standarisasi", "standardisasi"),
        ("supir", "sopir"),
        ("terlanjur", "telanjur"),
        ("nampak", "tampak"),
        ("mengkonsumsi", "mengonsumsi"),
        ("mempengaruhi", "memengaruhi"),
        ("mensukseskan", "menyukseskan"),
        ("mengkonfirmasi", "mengonfirmasi"),
        ("mengkoordinasi", "mengoordinasi"),
        ("menterjemah", "menerjemah"),
        ("mensuplai", "menyuplai"),
        ("nafas", "napas"),
        ("fikir", "pikir"),
        ("kaedah", "kaidah"),
        ("frekwensi", "frekuensi"),
        ("konsekwensi", "konsekuensi"),
        ("kordinasi", "koordinasi"),
        ("kwartal", "kuartal"),
        ("nomer", "nomor"),
        ("terpercaya", "tepercaya"),
        ("sekertaris", "sekretaris"),
        ("seksama", "saksama"),
        ("intelejen", "intelijen"),
        ("apotik", "apotek"),
        ("atlit", "atlet"),
        ("detil", "detail"),
        ("kadaluarsa", "kedaluwarsa"),
        ("disain", "desain"),
        ("pondasi", "fondasi"),
        ("samudera", "samudra"),
        ("syaraf", "saraf"),
    ],
    months: &[
        "januari",
        "februari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    sayings: &[
        "kata",
        "ujar",
        "tutur",
        "ucap",
        "sebut",
        "menurut",
        "mengatakan",
        "menyatakan",
        "berkata",
        "menyebut",
        "membantah",
        "menuduh",
        "melaporkan",
        "mengklaim",
        "menegaskan",
        "mengakui",
        "menambahkan",
        "mengumumkan",
        "menulis",
        "jelas",
        "tegas",
        "ungkap",
        "yang",
    ],
    numbers: &[
        ("nol", Unit(0)),
        ("satu", Unit(1)),
        ("dua", Unit(2)),
        ("tiga", Unit(3)),
        ("empat", Unit(4)),
        ("lima", Unit(5)),
        ("enam", Unit(6)),
        ("tujuh", Unit(7)),
        ("delapan", Unit(8)),
        ("sembilan", Unit(9)),
        ("sepuluh", Unit(10)),
        ("sebelas", Unit(11)),
        ("belas", Teen),
        ("puluh", Times(10)),
        ("ratus", Times(100)),
        ("seratus", Unit(100)),
        ("lusin", Times(12)),
        ("selusin", Unit(12)),
        ("ribu", Scale(1_000)),
        ("seribu", Scale(1_000)),
        ("juta", Scale(1_000_000)),
        ("sejuta", Scale(1_000_000)),
        ("miliar", Scale(1_000_000_000)),
        ("milyar", Scale(1_000_000_000)),
        ("triliun", Scale(1_000_000_000_000)),
    ],
    capitals: &["mei"],
    acronyms: &[],
    slips: Some(Limits { swapped: 6, doubled: 7, missing: 10, wrong: usize::MAX, edge: 3 }),
    pairs: None,
    joined: 6,
};

static OTHER: Words = Words {
    lang: "",
    is_listed: false,
    needless: &[],
    alike: &[],
    alike_before_number: &[],
    spellings: &[],
    months: &[],
    sayings: &[],
    numbers: &[],
    capitals: &[],
    acronyms: &[],
    slips: Some(Limits { swapped: 6, doubled: usize::MAX, missing: usize::MAX, wrong: usize::MAX, edge: 3 }),
    pairs: None,
    joined: 2,
};

fn english_pairs() -> &'static BTreeSet<(&'static str, &'static str)> {
    static PAIRS: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
        include_str!("data/pairs.en.txt").lines().filter_map(|line| line.split_once(' ')).collect()
    });
    &PAIRS
}

pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'à'..='ö' | 'ø'..='ý')
        || matches!(letter, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'і' | 'ї' | 'є')
}

/// In every language, because a quotation may be in another one than its article.
const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "nor",
    "neither",
    "without",
    "cannot",
    "tidak",
    "tak",
    "bukan",
    "belum",
    "jangan",
    "tanpa",
    "не",
    "ни",
    "нет",
    "нельзя",
    "никогда",
    "ні",
    "немає",
    "не",
    "nunca",
    "nadie",
    "nada",
    "sin",
    "ni",
    "ne",
    "pas",
    "non",
    "nicht",
    "kein",
    "keine",
    "nie",
    "não",
    "nem",
    "لا",
    "لم",
    "لن",
    "ليس",
    "ما",
    "غير",
    "不",
    "没",
    "無",
    "无",
    "未",
    "非",
    "안",
    "못",
];

pub(super) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

/// Whether words in the script of this letter have enough letters for one of them to be recognised as a slip.
pub(super) fn has_slips(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'à'..='ɏ' | 'а'..='ӿ' | 'α'..='ω')
}

impl Words {
    pub(super) fn of(lang: &str) -> &'static Words {
        let primary = lang.split('-').next().unwrap_or_default();
        [&ENGLISH, &INDONESIAN].into_iter().find(|words| words.lang == primary).unwrap_or(&OTHER)
    }

    /// The word in one of the ways in which it is spelled.
    pub(super) fn spelling(&self, word: &str) -> String {
        let mut word = word.to_owned();
        for (from, to) in self.spellings {
            // `four` must not become `for`: short words are spelled in one way.
            if word.len() > from.len().max(4) || word == *from {
                word = word.replace(from, to);
            }
        }
        word
    }

    pub(super) fn are_alike(&self, a: &str, b: &str, number_follows: bool) -> bool {
        let both = |group: &[&str]| group.contains(&a) && group.contains(&b);
        let [x, y] = [self.spelling(a), self.spelling(b)];
        let spelled = |group: &[&str]| group.contains(&x.as_str()) && group.contains(&y.as_str());
        self.alike.iter().any(|group| both(group) || spelled(group))
            || number_follows && both(self.alike_before_number)
    }

    pub(super) fn is_needless(&self, word: &str, around: &Around<'_>) -> bool {
        let few = ["few", "little", "lot", "third", "quarter", "half", "fifth", "most", "least"];
        match (self.lang, word) {
            ("en", "a" | "an" | "the") => !few.contains(&around.after) && !few.contains(&around.before),
            ("en", "of") => matches!(around.before, "all" | "both" | "half" | "outside" | "inside"),
            ("en", "on") => around.after.ends_with("day") || self.is_month(around.after),
            ("id", "oleh") => around.before.starts_with("di"),
            ("id", "pada") => around.after == "hari" || around.number_follows || around.after == "tanggal",
            ("id", "hari" | "tanggal") => matches!(around.before, "pada" | "hari") || around.number_follows,
            ("id", "buah") => around.follows_number,
            _ => self.needless.contains(&word),
        }
    }

    pub(super) fn is_month(&self, word: &str) -> bool {
        self.months.contains(&word)
    }

    pub(super) fn is_saying(&self, word: &str) -> bool {
        self.sayings.contains(&word)
    }

    /// Whether a word, given in two ways that differ at most in case, means two things.
    pub(super) fn differ_by_case(&self, key: &str, a: &str, b: &str) -> bool {
        let first = |word: &str| word.starts_with(char::is_uppercase);
        let all = |word: &str| !word.chars().any(char::is_lowercase);
        self.capitals.contains(&key) && first(a) != first(b)
            || self.acronyms.contains(&key) && all(a) != all(b)
    }

    pub(super) fn value(&self, word: &str) -> Option<Value> {
        self.numbers.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }

    pub(super) fn is_known_pair(&self, a: &str, b: &str) -> bool {
        self.pairs.is_some_and(|pairs| pairs().contains(&if a < b { (a, b) } else { (b, a) }))
    }

    /// Words that must stay apart from others: `not able` and `notable`.
    pub(super) fn is_fixed(&self, word: &str) -> bool {
        is_negation(word)
            || matches!(
                word,
                "re" | "un" | "in" | "a" | "an" | "now" | "im" | "anti" | "ex" | "pro" | "co" | "non"
            )
    }

    /// Whether a word written twice is a slip.
    pub(super) fn may_repeat(&self, word: &str, is_dense: bool) -> bool {
        match is_dense {
            true => matches!(word, "を" | "が" | "に" | "の"),
            false => {
                !is_negation(word) && !matches!(word, "very" | "sangat" | "had" | "очень" | "дуже" | "muy")
            }
        }
    }

    /// `didn't` is two words.
    pub(super) fn contraction(&self, word: &str) -> Option<(String, &'static str)> {
        match word {
            _ if self.lang != "en" => None,
            "can't" | "cannot" => Some(("can".into(), "not")),
            "won't" => Some(("will".into(), "not")),
            "shan't" => Some(("shall".into(), "not")),
            _ => word.strip_suffix("n't").map(|verb| (verb.to_owned(), "not")),
        }
    }

    /// A number without separators of thousands, and with a point before decimals.
    pub(super) fn number(&self, word: &str) -> String {
        let point = match self.lang {
            "en" => '.',
            "id" => ',',
            _ => return word.to_owned(),
        };
        let group = if point == '.' { ',' } else { '.' };
        let (whole, rest) = word.split_once(point).map_or((word, None), |(whole, rest)| (whole, Some(rest)));
        let groups: Vec<&str> = whole.split(group).collect();
        let is_grouped = groups.len() > 1 && groups[1..].iter().all(|part| part.len() == 3);
        let whole = if is_grouped { groups.concat() } else { whole.to_owned() };
        rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}"))
    }
}

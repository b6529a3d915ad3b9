//! Names in a text: runs of capitalised words, without the words around them that are none. English and Indonesian.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::{BEFORE_PLACES, CALENDAR};
use crate::base::names::{countries, countries_called, language_name, language_tags};

/// Words that connect the parts of a name.
const WITHIN: [&str; 9] = ["of", "de", "da", "van", "von", "bin", "al", "el", "the"];

/// Articles, and their like in Indonesian.
const ARTICLES: [&str; 7] = ["the", "a", "an", "sang", "si", "para", "sebuah"];

/// Words, each by itself.
type Words = LazyLock<HashSet<&'static str>>;

/// Words at the start of a sentence that belong to no name.
static OPENERS: Words = LazyLock::new(|| {
    "after although and another as at because before besides both but by critics despite during each earlier even every experts \
    few following for four from he her here his how however if in it its investigators last later many meanwhile more most nearly nobody \
    no not now officials on once one only other our out over prosecutors reporters satellite several she since so some still such that \
    their then there these they this those three through to today tomorrow two under until we what when where whether which while who why \
    with within without witnesses yesterday you your \
    adapun agar akhirnya akibatnya antara kapal kota desa warga wali apa atas bagi bahkan bahwa banyak beberapa belum berdasarkan bersama bila bukan dalam dan dengan \
    dia dua empat enam hal hanya hari hingga ia ini itu jadi jika juga kalau kami karena kata kemarin kemudian kepada ketika kini kita \
    lalu lima maka masih mereka menurut meski meskipun namun nanti oleh pada padahal pihak saat saksi salah sampai satu sebagai \
    sebagian sebelum sebelumnya sedangkan sehari sejak sejumlah sekarang selain selama seluruh semua sementara seorang seperti serta setelah \
    setiap sesudah siapa sudah tak tanpa telah tetapi tiga tidak tujuh untuk walaupun yang"
        .split_whitespace().collect()
});

/// Words for what somebody is, before a name; and those that stand beside them.
static TITLES: Words = LazyLock::new(|| {
    "president minister secretary mr mrs ms dr sir lady captain colonel general admiral judge justice senator governor mayor \
    king queen prince princess professor chancellor spokesman spokeswoman spokesperson ambassador director lieutenant sergeant \
    presiden menteri sekretaris bapak ibu pak bu kapten kolonel jenderal laksamana hakim gubernur bupati walikota raja ratu pangeran profesor \
    kanselir bicara jubir menlu menhan wapres sekjen dirjen kapolri duta direktur letnan ketua kepala panglima"
        .split_whitespace().collect()
});
static BESIDE_TITLES: Words = LazyLock::new(|| {
    "prime foreign defence defense deputy vice chief interior finance acting former \
    luar negeri dalam pertahanan perdana wakil keuangan juru besar mantan"
        .split_whitespace()
        .collect()
});

/// Nationalities that no rule makes of the name of a country or a language.
static NATIONALITIES: Words = LazyLock::new(|| {
    "american british soviet european african asian arab western kurdish emirati saudi swiss filipino thai scottish welsh \
    israeli iraqi pakistani kuwaiti qatari omani yemeni bahraini cypriot chechen argentine new-zealander"
        .split_whitespace().collect()
});

/// What languages are called in English.
static LANGUAGES: Words =
    LazyLock::new(|| language_tags().filter_map(|tag| language_name(tag, "en")).collect());

/// Endings that make a nationality of a country.
const ENDINGS: [&str; 7] = ["an", "ian", "n", "ese", "i", "ish", "ene"];

/// A name in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Name {
    pub text: String,
    /// Other spellings of it: a surname alone, an abbreviation.
    pub spellings: Vec<String>,
    /// The paragraphs that it is in, from 1.
    pub paragraphs: Vec<usize>,
    pub count: usize,
    /// How often it is after a word that precedes places.
    pub placed: usize,
    /// Where it is first: its paragraph, from 1, and where in that, in bytes.
    pub place: (usize, usize),
    first: usize,
    /// Whether it is after an article somewhere, as no person is.
    has_article: bool,
}

impl Name {
    /// Whether it is more often a place than not.
    pub(crate) fn is_place(&self) -> bool {
        2 * self.placed > self.count || !countries_called(&self.text).is_empty()
    }
}

/// The names in paragraphs of plain text, the most frequent ones first.
pub(crate) fn names(paragraphs: &[String]) -> Vec<Name> {
    let mut sure: BTreeMap<String, Name> = BTreeMap::new();
    let mut unsure: Vec<(Found, usize)> = Vec::new();
    let mut seen = 0;
    let mut add = |names: &mut BTreeMap<String, Name>, found: Found, at: usize| {
        let Found { text, is_placed, has_article, byte, .. } = found;
        seen += 1;
        let place = (at, byte);
        let new = |text| Name { text, first: seen, place, ..Name::default() };
        let name = names.entry(text.clone()).or_insert_with(|| new(text));
        name.place = name.place.min(place);
        name.count += 1;
        name.placed += usize::from(is_placed);
        name.has_article |= has_article;
        if name.paragraphs.last() != Some(&at) {
            name.paragraphs.push(at);
        }
    };
    for (at, paragraph) in paragraphs.iter().enumerate() {
        // A heading in capitals has no names of its own.
        if !paragraph.chars().any(char::is_lowercase) {
            continue;
        }
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        for mut found in in_words(&words) {
            found.byte = offset(paragraph, words[found.word]);
            match found.is_sure {
                true => add(&mut sure, found, at + 1),
                false => unsure.push((found, at + 1)),
            }
        }
    }
    // What begins a sentence is a name if it is one elsewhere, or a part of one.
    let parts: BTreeSet<String> = sure.keys().flat_map(|name| name.split(' ')).map(str::to_owned).collect();
    for (found, at) in unsure {
        if parts.contains(&found.text) || !countries_called(&found.text).is_empty() {
            add(&mut sure, found, at);
        }
    }
    let mut names = joined(sure.into_values().collect());
    names.sort_by_key(|name| (usize::MAX - name.count, name.first));
    names
}

/// Names of which several are spellings of one: a surname, an abbreviation.
fn joined(names: Vec<Name>) -> Vec<Name> {
    let (mut short, mut whole): (Vec<Name>, Vec<Name>) =
        names.into_iter().partition(|name| !name.text.contains(' '));
    // Somebody is first called by the whole name, then by a part of it.
    let is_person = |name: &Name| !name.has_article && !name.is_place();
    let (mut by_initials, mut by_part) = (Owners::new(), Owners::new());
    for (number, name) in whole.iter().enumerate() {
        let words: Vec<&str> = name.text.split(' ').collect();
        let initials: String =
            words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        if initials.chars().count() > 1 {
            by_initials.entry(initials).or_default().push(number);
        }
        let is_name =
            (2..=3).contains(&words.len()) && words.iter().all(|word| is_capital(word) && !is_acronym(word));
        if is_name && is_person(name) {
            for part in BTreeSet::from([words[0], words[words.len() - 1]]) {
                by_part.entry(part.to_owned()).or_default().push(number);
            }
        }
    }
    short.sort_by_key(|name| name.first);
    let mut apart = Vec::new();
    for name in short {
        let of_initials = by_initials.get(&name.text).into_iter().flatten();
        let of_part = by_part.get(&name.text).into_iter().flatten();
        let of_part = of_part.filter(|owner| is_person(&name) && whole[**owner].first < name.first);
        let owners: BTreeSet<usize> = of_initials.chain(of_part).copied().collect();
        match (owners.first(), owners.len()) {
            (Some(owner), 1) => {
                let owner = &mut whole[*owner];
                owner.count += name.count;
                owner.placed += name.placed;
                owner.first = owner.first.min(name.first);
                owner.place = owner.place.min(name.place);
                owner.paragraphs.extend(&name.paragraphs);
                owner.spellings.push(name.text);
            }
            _ => apart.push(name),
        }
    }
    whole.append(&mut apart);
    for name in &mut whole {
        name.paragraphs.sort_unstable();
        name.paragraphs.dedup();
    }
    whole
}

/// Whole names, by their numbers, for what may be short for them.
type Owners = HashMap<String, Vec<usize>>;

/// Where a part of a text is in it, in bytes.
pub(super) fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// A word without surrounding punctuation.
pub(super) fn bare(word: &str) -> &str {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let inner = inner.strip_suffix("’s").or_else(|| inner.strip_suffix("'s")).unwrap_or(inner);
    // Indonesian adds to names what belongs to somebody or is stressed.
    ["-nya", "-lah", "-pun"].iter().find_map(|end| inner.strip_suffix(end)).unwrap_or(inner)
}

/// Whether a name or a sentence ends with the word.
fn ends(word: &str) -> bool {
    let after = word.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    after.ends_with(['.', ',', ';', ':', '!', '?'])
        || word.ends_with([')', ']', '”', '"'])
        || word.ends_with("’s")
        || word.ends_with("'s")
}

pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().count() > 1
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

fn is_in(list: &HashSet<&str>, word: &str) -> bool {
    list.contains(word.to_lowercase().as_str())
}

/// Whether a word is capitalised without being a name.
fn is_common(word: &str) -> bool {
    let lower = word.to_lowercase();
    CALENDAR.contains_key(lower.as_str()) || BEFORE_PLACES.contains(&lower.as_str())
}

/// Whether a word says of which country or language something is: `Russian`, `Lebanese`.
fn is_nationality(word: &str) -> bool {
    if is_in(&NATIONALITIES, word) {
        return true;
    }
    countries_called(word).is_empty() && (LANGUAGES.contains(word) || OF_COUNTRIES.contains(word))
}

/// The words that are made of the English names of countries: `Lebanese` of `Lebanon`.
static OF_COUNTRIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let is_of = |country: &str, word: &str| {
        let shared = country.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        let rest = word.get(shared..).unwrap_or_default();
        shared >= 4.max(country.len().saturating_sub(3)) && word != country && ENDINGS.contains(&rest)
    };
    let of = |country: &'static str| {
        let stems = (country.len().saturating_sub(3)..=country.len()).filter_map(move |at| country.get(..at));
        let words = stems.flat_map(|stem| ENDINGS.map(|ending| format!("{stem}{ending}")));
        words.filter(move |word| is_of(country, word))
    };
    countries("en").into_iter().flatten().filter(|country| !country.contains(' ')).flat_map(of).collect()
});

/// A name where it stands.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub text: String,
    /// The number of the word in whose run it is, and where that word is in its paragraph, in bytes.
    word: usize,
    byte: usize,
    /// Whether it is after a word that precedes places.
    pub is_placed: bool,
    /// Whether it is surely a name: a word at the start of a sentence may be none.
    pub is_sure: bool,
    has_article: bool,
}

/// Runs of capitalised words.
pub(super) fn in_words(words: &[&str]) -> Vec<Found> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = bare(words[at]);
        let before = at.checked_sub(1).map(|before| words[before]);
        let starts_sentence = before.is_none_or(|before| {
            before.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ':'])
        }) || words[at].starts_with(['"', '“']);
        let is_opener = starts_sentence && is_in(&OPENERS, word);
        if !is_capital(word) || is_common(word) || is_opener || ARTICLES.contains(&&*word.to_lowercase()) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < words.len() && !ends(words[end - 1]) {
            let word = bare(words[end]);
            let joins =
                WITHIN.contains(&word) && words.get(end + 1).is_some_and(|next| is_capital(bare(next)));
            match is_capital(word) && !is_common(word) && !words[end].starts_with(['(', '"', '“']) || joins
            {
                true => end += 1,
                false => break,
            }
        }
        let before = before.map(|word| word.to_lowercase());
        let has_article = before.as_deref() == Some("the");
        // `in the Baltic`
        let before = match before.as_deref() {
            Some("the") => at.checked_sub(2).map(|at| words[at].to_lowercase()),
            _ => before,
        };
        let is_placed = before.is_some_and(|word| BEFORE_PLACES.contains(&word.as_str()));
        let run: Vec<&str> = words[at..end].iter().map(|word| bare(word)).collect();
        for (name, is_whole) in without_titles(&run) {
            let is_single = name.len() == 1;
            let is_none = is_single && (is_nationality(name[0]) || is_in(&TITLES, name[0]));
            if is_none || name.is_empty() {
                continue;
            }
            let is_sure = !is_single || is_acronym(name[0]) || !starts_sentence || !is_whole;
            let is_placed = is_placed && is_whole;
            let text = name.join(" ");
            names.push(Found { text, word: at, byte: 0, is_placed, is_sure, has_article });
        }
        at = end;
    }
    names
}

/// The names in a run of words: without what somebody is, and apart from the country of that. With whether it is the
/// whole run.
fn without_titles<'a>(run: &[&'a str]) -> Vec<(Vec<&'a str>, bool)> {
    let is_beside = |word: &str| is_in(&BESIDE_TITLES, word) || is_nationality(word);
    let length = run.iter().take_while(|word| is_in(&TITLES, word) || is_beside(word)).count();
    let rest = &run[length..];
    let is_titled = run[..length].iter().any(|word| is_in(&TITLES, word));
    let is_company = run[0].eq_ignore_ascii_case("general") && rest.len() < 2;
    // `Bank of Korea Governor` ends with a title, `Secretary of State` goes on with a small letter.
    if !is_titled || rest.is_empty() || is_company || !is_capital(rest[0]) {
        return vec![(run.to_vec(), true)];
    }
    // `Kepala BMKG Dwikorita Karnawati`, `Dr Nuala Healy of University College Cork`
    let of = rest.iter().position(|word| *word == "of");
    if let Some(cut) = if rest.len() > 1 && is_acronym(rest[0]) { Some(1) } else { of } {
        let second = &rest[cut..];
        let second = if second[0] == "of" { &second[1..] } else { second };
        return vec![(rest[..cut].to_vec(), false), (second.to_vec(), false)];
    }
    // `Presiden Rusia Vladimir Putin`
    for count in [2, 1] {
        if rest.len() > count && !countries_called(&rest[..count].join(" ")).is_empty() {
            return vec![(rest[..count].to_vec(), false), (rest[count..].to_vec(), false)];
        }
    }
    vec![(rest.to_vec(), false)]
}

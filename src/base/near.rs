//! Suggestions for misspelt words: finds the known word that is most similar.

use unicode_normalization::UnicodeNormalization;

/// The greatest distance of a word that is still a misspelling, in edits. Longer names differ by more than that,
/// but then they are other names.
const MOST_EDITS: usize = 4;

/// Longer words are misspelt by nobody: comparing two takes time that grows with the product of their lengths.
const MOST_LETTERS: usize = 200;

/// How many pairs of words [`Names`] compares letter by letter, so that many words among many like names take no
/// more than a hundredth of a second.
const MOST_COMPARED: usize = 20_000;

/// The candidate that `word` most likely means, if any is similar enough.
///
/// Similar enough means a Damerau-Levenshtein distance of at most a third of the longer word, and of at most
/// [`MOST_EDITS`]. Ties go to the first candidate, so the answer depends only on the candidates' order.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(word, candidates).first().copied()
}

/// All candidates with the smallest distance to `word`, in their order.
pub fn all_nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut search = Search::new(word);
    candidates.into_iter().for_each(|candidate| search.compare(&Name::new(candidate)));
    search.best
}

/// Whether a word can only be a slip of typing for a word of a closed list. Another letter makes another word
/// (`refused`, `refuted`), and so does a letter at the start (`unconfirmed`).
pub(crate) fn is_typo(word: &str, known: &str) -> bool {
    let least = Least { swapped: 3, doubled: 3, missing: 3, edge: 0 };
    are_close(word, known, |a, b| is_slip(a, b, &least))
}

/// Whether a name can only be a slip of typing for another one. Names of other things are often alike (`mario-silva`
/// and `maria-silva`, `johnson` and `johnston`), so the words must be longer; numbers are no slip.
pub(crate) fn is_same_name(name: &str, known: &str) -> bool {
    let least = Least { swapped: 5, doubled: 6, missing: 9, edge: 2 };
    are_close(name, known, |a, b| is_slip(a, b, &least))
}

/// How many letters the longer of two words has at least if they differ by two that are swapped, by doubled ones, or
/// by one that is missing, which has at least `edge` letters on each side.
struct Least {
    swapped: usize,
    doubled: usize,
    missing: usize,
    edge: usize,
}

fn is_slip(a: &str, b: &str, least: &Least) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let once = |letters: &[char]| {
        let mut once = letters.to_vec();
        once.dedup();
        once
    };
    if once(&short) == once(&long) {
        return long.len() >= least.doubled;
    }
    let start = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let rest = short.len() - start;
    let end = short.iter().rev().zip(long.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    match (long.len() - short.len(), rest - end) {
        (0, 2) => {
            let is_swap = short[start] == long[start + 1] && short[start + 1] == long[start];
            is_swap && long.len() >= least.swapped
        }
        (1, 0) => start > 0 && start.min(end) >= least.edge && long.len() >= least.missing,
        _ => false,
    }
}

/// Whether the words of two names are the same, but for one pair that is `alike`. Case, accents and what separates
/// words do not matter; digits and all other signs do.
fn are_close(a: &str, b: &str, alike: impl Fn(&str, &str) -> bool) -> bool {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '–' | '.');
    let folded = |text: &str| -> String {
        let letters = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
        letters.flat_map(char::to_lowercase).nfc().collect()
    };
    let [a, b] = [folded(a), folded(b)];
    let [x, y]: [Vec<&str>; 2] =
        [&a, &b].map(|text| text.split(is_separator).filter(|word| !word.is_empty()).collect());
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    // `1.5` is not `15`.
    let is_joined = x.concat() == y.concat() && !a.contains(|c: char| c.is_numeric());
    let others: Vec<(&&str, &&str)> = x.iter().zip(&y).filter(|(a, b)| a != b).collect();
    match others.as_slice() {
        [] => x.len() == y.len() || is_joined,
        [(a, b)] if x.len() == y.len() => is_word(a) && is_word(b) && alike(a, b),
        _ => is_joined,
    }
}

/// Many names, each compared with many words.
///
/// Most comparisons end at the length or at the letters of the name, so a lookup costs some nanoseconds for each
/// name of about the same length.
pub(crate) struct Names<'a> {
    /// By the number of characters, each list in the order of the names.
    by_length: Vec<Vec<(usize, Name<'a>)>>,
    /// How many pairs may still be compared letter by letter.
    budget: usize,
}

impl<'a> Names<'a> {
    pub(crate) fn new(names: impl IntoIterator<Item = &'a str>) -> Names<'a> {
        let mut by_length: Vec<Vec<(usize, Name<'a>)>> = Vec::new();
        for (at, name) in names.into_iter().enumerate() {
            let name = Name::new(name);
            if by_length.len() <= name.length {
                by_length.resize_with(name.length + 1, Vec::new);
            }
            by_length[name.length].push((at, name));
        }
        Names { by_length, budget: MOST_COMPARED }
    }

    /// As [`all_nearest`] of these names; nothing once too many were compared.
    pub(crate) fn all_nearest(&mut self, word: &str) -> Vec<&'a str> {
        if self.budget == 0 {
            return Vec::new();
        }
        let mut search = Search::new(word);
        let (from, to) = (search.word.length.saturating_sub(MOST_EDITS), search.word.length + MOST_EDITS);
        let mut found: Vec<(usize, &'a str)> = Vec::new();
        for (at, name) in self.by_length.iter().take(to + 1).skip(from).flatten() {
            if search.compared >= self.budget {
                break;
            }
            let (least, before) = (search.least, search.best.len());
            search.compare(name);
            if search.least < least {
                found.clear();
            }
            if search.least < least || search.best.len() > before {
                found.push((*at, name.written));
            }
        }
        self.budget -= search.compared;
        if self.budget == 0 {
            return Vec::new();
        }
        found.sort_unstable();
        found.into_iter().map(|(_, name)| name).collect()
    }
}

/// A word, and what tells it from others before they are compared letter by letter.
struct Name<'a> {
    written: &'a str,
    /// In characters of its lower case.
    length: usize,
    counts: Counts,
}

/// How often each letter occurs, letters folded to 32.
type Counts = [u8; 32];

impl<'a> Name<'a> {
    fn new(written: &'a str) -> Name<'a> {
        let (mut length, mut counts) = (0, [0u8; 32]);
        for c in written.chars().flat_map(char::to_lowercase) {
            length += 1;
            let count = &mut counts[u32::from(c) as usize % 32];
            *count = count.saturating_add(1);
        }
        Name { written, length, counts }
    }
}

/// A search for the names nearest to a word.
struct Search<'w, 'a> {
    word: Name<'w>,
    lower: String,
    least: usize,
    best: Vec<&'a str>,
    /// How many names were compared letter by letter.
    compared: usize,
}

impl<'w, 'a> Search<'w, 'a> {
    fn new(word: &'w str) -> Search<'w, 'a> {
        Search {
            word: Name::new(word),
            lower: word.to_lowercase(),
            least: usize::MAX,
            best: Vec::new(),
            compared: 0,
        }
    }

    fn compare(&mut self, name: &Name<'a>) {
        let longer = self.word.length.max(name.length);
        if longer > MOST_LETTERS {
            return;
        }
        let limit = (longer / 3).clamp(1, MOST_EDITS).min(self.least);
        if longer > MOST_LETTERS
            || self.word.length.abs_diff(name.length) > limit
            || apart(&self.word.counts, &name.counts) > limit
        {
            return;
        }
        self.compared += 1;
        let distance = strsim::damerau_levenshtein(&self.lower, &name.written.to_lowercase());
        // Two words of one letter each have a distance of one edit, but nothing in common.
        if distance > limit || distance >= longer {
            return;
        }
        if distance < self.least {
            self.least = distance;
            self.best.clear();
        }
        self.best.push(name.written);
    }
}

/// The least number of edits between words with these letters: an edit takes away one letter and adds one.
fn apart(a: &Counts, b: &Counts) -> usize {
    let (mut more, mut less) = (0u32, 0u32);
    for (a, b) in a.iter().zip(b) {
        more += u32::from(a.saturating_sub(*b));
        less += u32::from(b.saturating_sub(*a));
    }
    more.max(less) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("drat", ["draft", "date"]), Some("draft"));
        assert_eq!(nearest("tikhorestk", ["najin", "tikhoretsk"]), Some("tikhoretsk"));
        assert_eq!(nearest("nis", ["kbs-world", "tokyo"]), None);
        assert_eq!(nearest("the-harbour-report-of-may", ["the-harbour-survey-of-may"]), None);
    }

    #[test]
    fn ties_are_all_told() {
        assert_eq!(all_nearest("nsi", ["nis", "nsa", "tokyo", "nsx"]), ["nis", "nsa", "nsx"]);
        assert_eq!(all_nearest("NIS", ["nsi", "nis"]), ["nis"]);
        assert!(all_nearest("", ["tokyo"]).is_empty() && all_nearest("7", ["1", "x"]).is_empty());
    }

    #[test]
    fn a_slip_of_typing_is_no_other_word() {
        for (word, known) in [
            ("drat", "draft"),
            ("By", "by"),
            ("titel", "title"),
            ("sumary", "summary"),
            ("source", "sources"),
            ("publishd", "published"),
            ("cofirmed", "confirmed"),
            ("more than", "more-than"),
            ("al_most", "almost"),
            ("Phillipines", "Philippines"),
            ("very unlikly", "very-unlikely"),
        ] {
            assert!(is_typo(word, known), "{word} {known}");
        }
        for (word, known) in [
            ("unconfirmed", "confirmed"),
            ("not confirmed", "confirmed"),
            ("confirmed?", "confirmed"),
            ("un-disputed", "disputed"),
            ("no more than", "more-than"),
            ("very-unlikely", "very-likely"),
            ("almost-uncertain", "almost-certain"),
            ("resources", "sources"),
            ("nonconfirmed", "confirmed"),
            ("disconfirmed", "confirmed"),
            ("no less than", "less-than"),
            ("refused", "refuted"),
            ("data", "date"),
            ("slavonia", "slovenia"),
        ] {
            assert!(!is_typo(word, known), "{word} {known}");
        }
    }

    #[test]
    fn a_name_that_is_alike_is_another_one() {
        for (name, known) in [
            ("tikhorestk", "tikhoretsk"),
            ("Kim-Jong-Un", "kim-jong-un"),
            ("hasan-nasrallah", "hassan-nasrallah"),
            ("tikhretsk", "tikhoretsk"),
            ("kbs world", "kbs-world"),
            ("petersbrug-2023", "petersburg-2023"),
            ("Café", "cafe"),
            ("kbsworld", "kbs-world"),
            ("harbuor.png", "harbour.png"),
        ] {
            assert!(is_same_name(name, known), "{name} {known}");
        }
        for (name, known) in [
            ("iran", "iraq"),
            ("south-korea", "north-korea"),
            ("kim-jong-il", "kim-jong-un"),
            ("nigeria", "niger"),
            ("slovakia", "slovenia"),
            ("australia", "austria"),
            ("bali", "mali"),
            ("ali-hussein", "ali-hassan"),
            ("mario-silva", "maria-silva"),
            ("camp-8", "camp-7"),
            ("resolution-1874", "resolution-1718"),
            ("strike-2023-10-17", "strike-2023-10-07"),
            ("report-2023", "report-2022"),
            ("paul", "paula"),
            ("johnson", "johnston"),
            ("nsi", "nis"),
            ("west-timor", "east-timor"),
            ("map-2022.png", "map-2023.png"),
            ("options-1", "options"),
            ("claim-13", "claim-12"),
            ("navigation-path", "navigation-tabs"),
            ("main", "min"),
            ("roman", "oman"),
            ("smiths", "smith"),
            ("letter.pdf", "letter.png"),
        ] {
            assert!(!is_same_name(name, known), "{name} {known}");
        }
    }

    proptest! {
        #[test]
        fn many_names_are_searched_as_a_list_is(word in "[a-dA-D]{0,9}", names in prop::collection::vec("[a-dA-D]{0,9}", 0..30)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            prop_assert_eq!(Names::new(names.iter().copied()).all_nearest(&word), all_nearest(&word, names.iter().copied()));
        }

        #[test]
        fn what_is_skipped_is_too_far(word in "[a-z]{1,12}", name in "[a-z]{1,12}") {
            let limit = (word.len().max(name.len()) / 3).clamp(1, MOST_EDITS);
            let distance = strsim::damerau_levenshtein(&word, &name);
            let is_near = distance <= limit && distance < word.len().max(name.len());
            prop_assert_eq!(nearest(&word, [name.as_str()]).is_some(), is_near);
        }
    }
}

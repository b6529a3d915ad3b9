//! Suggestions for misspelt words: finds the known word that is most similar.

/// Longer words are misspelt by nobody: comparing two takes time that grows with the product of their lengths.
const MOST_LETTERS: usize = 200;

/// The candidate that `word` most likely means, if any is similar enough.
///
/// Similar enough means a Damerau-Levenshtein distance of at most a third of the longer word. Ties go to the
/// first candidate, so the answer depends only on the candidates' order.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(word, candidates).first().copied()
}

/// All candidates with the smallest distance to `word`, in their order.
pub fn all_nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let letters = letters(&word);
    let mut least = usize::MAX;
    let mut best = Vec::new();
    if length > MOST_LETTERS {
        return best;
    }
    for candidate in candidates {
        let other = candidate.to_lowercase();
        let other_length = other.chars().count();
        let limit = (length.max(other_length) / 3).max(1).min(least);
        // Each letter that only one word has costs an edit, and one edit removes at most one from each word.
        let other_letters = self::letters(&other);
        let apart = (letters & !other_letters).count_ones().max((other_letters & !letters).count_ones());
        if length.abs_diff(other_length) > limit || apart as usize > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &other);
        // Two words of one letter each have a distance of one edit, but nothing in common.
        if distance > limit || distance >= length.max(other_length) {
            continue;
        }
        if distance < least {
            least = distance;
            best.clear();
        }
        best.push(candidate);
    }
    best
}

/// The set of letters of a word, folded to 64 bits.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("drat", ["draft", "date"]), Some("draft"));
        assert_eq!(nearest("tikhorestk", ["najin", "tikhoretsk"]), Some("tikhoretsk"));
        assert_eq!(nearest("nis", ["kbs-world", "tokyo"]), None);
    }

    #[test]
    fn ties_are_all_told() {
        assert_eq!(all_nearest("nsi", ["nis", "nsa", "tokyo", "nsx"]), ["nis", "nsa", "nsx"]);
        assert_eq!(all_nearest("NIS", ["nsi", "nis"]), ["nis"]);
        assert!(all_nearest("", ["tokyo"]).is_empty() && all_nearest("7", ["1", "x"]).is_empty());
    }
}

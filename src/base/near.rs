//! The near miss: which known word a misspelt one was meant to be.

/// The candidate that `word` most likely meant, if any is near enough.
///
/// Near means a Damerau-Levenshtein distance of at most a third of the longer word; ties go to the
/// first candidate, so the answer depends on the candidates' order alone.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = candidate.chars().count();
        let limit = (length.max(other) / 3).max(1);
        if length.abs_diff(other) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
}

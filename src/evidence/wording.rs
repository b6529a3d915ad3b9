//! What differs between several wordings of the same.

use crate::base::script::is_dense;

/// A part of a wording.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Piece {
    pub text: String,
    /// Whether not all wordings have it.
    pub differs: bool,
}

/// The most words of a wording that are compared; what follows is shown as it is.
const MOST: usize = 300;

/// The wordings in pieces: what all of them have in this order, and what not all of them have.
pub(crate) fn compared(wordings: &[&str]) -> Vec<Vec<Piece>> {
    let words: Vec<Vec<&str>> = wordings.iter().map(|wording| words(wording)).collect();
    let keys: Vec<Vec<String>> =
        words.iter().map(|words| words.iter().take(MOST).map(|word| key(word)).collect()).collect();
    let said = |keys: &[String]| keys.iter().filter(|key| !key.is_empty()).cloned().collect::<Vec<_>>();
    let mut shared = keys.first().map(|keys| said(keys)).unwrap_or_default();
    for other in keys.iter().skip(1) {
        shared = common(&shared, &said(other));
    }
    let pieces = |(words, keys): (&Vec<&str>, &Vec<String>)| {
        let mut rest = shared.iter().peekable();
        let mut pieces: Vec<Piece> = Vec::new();
        // `shared` is in each wording in this order, so taking the first that fits finds all of it.
        let mut differs = Vec::with_capacity(words.len());
        for key in keys {
            let is_shared = key.is_empty() || rest.next_if(|next| *next == key).is_some();
            differs.push(!is_shared);
        }
        for (number, word) in words.iter().enumerate() {
            // A space differs where the words around it do.
            let differs = match word.trim().is_empty() {
                true => {
                    let differs = |at: Option<usize>| at.and_then(|at| differs.get(at)).is_some_and(|is| *is);
                    differs(number.checked_sub(1)) && differs(Some(number + 1))
                }
                false => differs.get(number).is_some_and(|is| *is),
            };
            match pieces.last_mut() {
                Some(last) if last.differs == differs => last.text.push_str(word),
                _ => pieces.push(Piece { text: (*word).to_owned(), differs }),
            }
        }
        pieces
    };
    words.iter().zip(&keys).map(pieces).collect()
}

/// Words, and what is between them. A letter of a script that has no spaces is a word.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let sort = if c.is_whitespace() {
            Sort::Space
        } else if is_dense(c) {
            Sort::Alone
        } else {
            Sort::Letter
        };
        if before.is_some_and(|before| before != sort || sort == Sort::Alone) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(sort);
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum Sort {
    Space,
    /// A letter that is a word.
    Alone,
    Letter,
}

/// What two words have in common that are the same but for their case and the marks around them; nothing for a space.
fn key(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() { word.trim().to_owned() } else { bare.to_lowercase() }
}

/// The longest sequence that two have in common.
fn common(one: &[String], other: &[String]) -> Vec<String> {
    // The length for the rest of each, from each pair of positions on.
    let mut lengths = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            lengths[a][b] = match one[a] == other[b] {
                true => lengths[a + 1][b + 1] + 1,
                false => lengths[a + 1][b].max(lengths[a][b + 1]),
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut found = Vec::new();
    while a < one.len() && b < other.len() {
        if one[a] == other[b] {
            found.push(one[a].clone());
            (a, b) = (a + 1, b + 1);
        } else if lengths[a + 1][b] >= lengths[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wordings, with what differs in brackets.
    fn marked(wordings: &[&str]) -> Vec<String> {
        let mark = |piece: Piece| if piece.differs { format!("[{}]", piece.text) } else { piece.text };
        compared(wordings).into_iter().map(|pieces| pieces.into_iter().map(mark).collect()).collect()
    }

    #[test]
    fn what_differs_is_marked() {
        assert_eq!(
            marked(&["Pyongyang received advice.", "Pyongyang asked for advice"]),
            ["Pyongyang [received] advice.", "Pyongyang [asked for] advice"]
        );
        assert_eq!(marked(&["a b c", "a c", "a b d"]), ["a [b c]", "a [c]", "a [b d]"]);
        assert_eq!(marked(&["the same", "The same"]), ["the same", "The same"]);
        assert_eq!(marked(&["", "all"]), ["", "[all]"]);
        assert!(marked(&[]).is_empty());
    }

    #[test]
    fn letters_without_spaces_are_compared_one_by_one() {
        assert_eq!(marked(&["十月到达", "九月到达"]), ["[十]月到达", "[九]月到达"]);
    }

    #[test]
    fn nothing_of_a_wording_is_lost() {
        for wordings in [["a  b", " b a "], ["«x»  — y", "y — «x»"]] {
            for (pieces, wording) in compared(&wordings).iter().zip(wordings) {
                assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), wording);
            }
        }
    }
}

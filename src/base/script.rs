//! Scripts: how their languages separate words, and what their marks are.

/// Whether a letter belongs to a script without spaces between words: Thai, Lao, Burmese, Khmer, kana,
/// Chinese characters.
pub(crate) fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a letter is Hangul: words are separated by spaces, but a particle is often attached to the word.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Whether a character is Chinese, Japanese or Korean, a mark of their own included: `漢`, `か`, `한`, `「`, `。`, `（`.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character belongs to a script whose texts have no curled quotation marks, but marks of their own or
/// straight ones, which may be part of a word: Hebrew, Arabic and the other scripts from right to left, Thai, Lao,
/// Tibetan, Burmese, Khmer, Mongolian, and those of Chinese, Japanese and Korean.
pub(crate) fn keeps_straight_quotes(c: char) -> bool {
    is_cjk(c)
        || matches!(c, '\u{590}'..='\u{8ff}' | '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{19e0}'..='\u{19ff}'
            | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

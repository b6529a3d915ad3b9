//! A normalised text → words, numbers and marks, in the form in which `same` compares them.

use std::cell::OnceCell;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::words::{self, Words};
use crate::base::number::digit;
use crate::base::script::is_dense;

/// A word, a number or a mark of a normalised text.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// The form in which tokens are compared.
    pub(super) key: String,
    /// Whether a hyphen joins it to the token before it.
    pub(super) follows_hyphen: bool,
    /// The key in one of the ways in which it is spelled; found once the token is compared with another.
    spelling: OnceCell<String>,
}

impl<'a> Token<'a> {
    fn new(text: &'a str, range: Range<usize>, kind: Kind, key: String) -> Token<'a> {
        Token { text, range, kind, key, follows_hyphen: false, spelling: OnceCell::new() }
    }

    pub(super) fn spelling(&self, words: &Words) -> &str {
        self.spelling.get_or_init(|| words.spelling(&self.key))
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Word,
    Number,
    Mark,
}

/// The tokens of a normalised text.
pub(super) fn tokens<'a>(text: &'a str, words: &Words) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    // Where the last hyphen within a word ends.
    let mut hyphen = usize::MAX;
    while let Some((start, c)) = chars.next() {
        if c == ' ' {
            continue;
        }
        let next = text[start + c.len_utf8()..].chars().next();
        let before = text[..start].chars().next_back();
        let is_letter = |c: char| c.is_alphanumeric() || is_mark_of_letter(c);
        let is_minus = c == '-' && next.is_some_and(char::is_numeric) && !before.is_some_and(is_letter);
        let mut end = start + c.len_utf8();
        if (is_letter(c) || is_minus) && !is_dense(c) {
            while let Some((at, c)) = chars.peek().copied() {
                let after = text[at + c.len_utf8()..].chars().next();
                let last = text[..at].chars().next_back();
                let digits = last.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
                let goes_on = is_letter(c) && !is_dense(c)
                    || c == '\''
                        && last.is_some_and(char::is_alphabetic)
                        && after.is_some_and(char::is_alphabetic)
                    || matches!(c, '.' | ',') && digits
                    || c == '.' && is_initial(text, start, at);
                if !goes_on {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            let word = &text[start..end];
            let range = start..end;
            let key = match word.starts_with(char::is_alphabetic) && !word.contains(char::is_numeric) {
                true => key(word).replace('.', ""),
                false => key(word),
            };
            // `Rp25.000` and `Rp 25.000`, `£2m` and `£2 million`.
            let sum = key.strip_prefix("rp").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let is_sum = before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'));
            let short =
                key.strip_suffix('m').filter(|rest| is_sum && rest.ends_with(|c: char| c.is_ascii_digit()));
            if let Some(sum) = sum {
                tokens.push(Token::new(word, range.clone(), Kind::Word, "rp".to_owned()));
                tokens.push(Token::new(word, range, Kind::Number, words.number(sum)));
            } else if let Some(short) = short {
                tokens.push(Token::new(word, range.clone(), Kind::Number, words.number(short)));
                tokens.push(Token::new(word, range, Kind::Word, "million".to_owned()));
            } else if let Some((figure, unit)) = measured(&key) {
                tokens.push(Token::new(word, range.clone(), Kind::Number, words.number(figure)));
                let sign = word.find(char::is_alphabetic).map_or(word, |at| &word[at..]);
                tokens.push(Token::new(sign, range, Kind::Word, unit.to_owned()));
            } else if key.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()) {
                tokens.push(Token::new(word, range, Kind::Number, words.number(&key)));
            } else if let Some((first, second)) = words.contraction(&key) {
                for key in [first, second.to_owned()] {
                    tokens.push(Token::new(word, range.clone(), Kind::Word, key));
                }
            } else {
                // *Jum'at* is *Jumat*, but *the dog's dead* is not about dogs.
                let is_contracted = key.rsplit_once('\'').is_some_and(|(_, end)| contracted(end));
                let key = if is_contracted { key } else { key.replace('\'', "") };
                let token = Token::new(word, range, Kind::Word, key);
                tokens.push(Token { follows_hyphen: hyphen == start, ..token });
            }
            continue;
        }
        let token = |kind: Kind, key: String| {
            Token::new(&text[start..start + c.len_utf8()], start..start + c.len_utf8(), kind, key)
        };
        let are_numbers = before.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric);
        let is_hyphen = c == '-'
            && !are_numbers
            && before.is_some_and(char::is_alphanumeric)
            && next.is_some_and(char::is_alphanumeric);
        match c {
            _ if is_hyphen => hyphen = end,
            '.' if text[start..].starts_with("...") => {
                while chars.next_if(|(_, c)| *c == '.').is_some() {
                    end += 1;
                }
                tokens.push(Token::new(&text[start..end], start..end, Kind::Mark, "…".into()));
            }
            '%' | '٪' => tokens.push(token(Kind::Word, "percent".into())),
            '&' => tokens.push(token(Kind::Word, "and".into())),
            c if is_letter(c) => tokens.push(token(Kind::Word, key(&text[start..end]))),
            c if is_punctuation(c) => tokens.push(token(Kind::Mark, c.nfkc().collect())),
            // A currency, a sign of arithmetic.
            c => tokens.push(token(Kind::Word, c.to_string())),
        }
    }
    words.numbers(&mut tokens)
}

/// `40km`, cut in two.
fn measured(key: &str) -> Option<(&str, &str)> {
    let end = key.find(char::is_alphabetic).filter(|end| *end > 0)?;
    let (figure, unit) = key.split_at(end);
    (figure.ends_with(|c: char| c.is_ascii_digit()) && words::is_unit(unit)).then_some((figure, unit))
}

/// Whether what follows an apostrophe is the end of a word with which it makes two, or a genitive.
pub(super) fn contracted(rest: &str) -> bool {
    let end = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(end, "s" | "d" | "m" | "t" | "re" | "ll" | "ve")
}

/// Whether the full stop at `at` belongs to initials that start at `start`, as in *U.S.*
fn is_initial(text: &str, start: usize, at: usize) -> bool {
    let mut parts = text[start..at].split('.');
    let next = text[at + 1..].chars().next().is_some_and(char::is_alphabetic);
    let are_letters = parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    are_letters && (next || text[start..at].contains('.'))
}

fn is_punctuation(c: char) -> bool {
    let is_plain =
        c.is_ascii_punctuation() && !matches!(c, '+' | '=' | '<' | '>' | '$' | '/' | '~' | '^' | '|');
    is_plain
        || matches!(c, '¡' | '¿' | '·' | '،' | '؛' | '؟' | '۔' | '־' | '׳' | '״')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203e}' | '\u{3000}'..='\u{301f}' | '\u{30fb}')
        || matches!(c, '\u{ff01}' | '\u{ff08}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff61}'..='\u{ff65}')
}

fn is_mark_of_letter(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A word in lower case, without marks that are left out as often as written, and with plain digits.
fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for c in word.nfkc().flat_map(char::to_lowercase) {
        let c = match c {
            'ё' => 'е',
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            'ؤ' | 'ئ' => 'ء',
            '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{5b0}'..='\u{5c7}' => continue,
            c => digit(c).unwrap_or(c),
        };
        key.push(c);
    }
    key
}

/// The most words of a speaker who is named before the verb, or after it.
const LONGEST_SPEAKER: usize = 5;

impl Words {
    /// How many words name the speaker, where one text has *officials said* at its end and the other *according to
    /// officials*.
    pub(super) fn saying(&self, said: &[Token<'_>], according: &[Token<'_>]) -> Option<usize> {
        let [according, to, speaker @ ..] = according else { return None };
        if self.lang != "en" || according.key != "according" || to.key != "to" {
            return None;
        }
        (1..=LONGEST_SPEAKER).find(|&count| {
            let ends =
                |tokens: &[Token<'_>], at: usize| tokens.get(at).is_none_or(|next| next.kind != Kind::Word);
            said.len() > count
                && speaker.len() >= count
                && said[..count].iter().zip(speaker).all(|(a, b)| a.kind == Kind::Word && a.key == b.key)
                && matches!(said[count].key.as_str(), "said" | "says" | "say")
                && ends(said, count + 1)
                && ends(speaker, count)
        })
    }

    /// Numbers in words become numbers, so that "eleven" is 11 and "dua puluh" 20.
    fn numbers<'a>(&self, tokens: &mut Vec<Token<'a>>) -> Vec<Token<'a>> {
        let mut all: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
        // The value so far: what is multiplied next, and the sum of the larger parts.
        let mut open: Option<(u64, u64)> = None;
        let joins: Vec<bool> =
            tokens.iter().map(|token| token.follows_hyphen).skip(1).chain([false]).collect();
        for (token, is_joined) in tokens.drain(..).zip(joins) {
            // *twenty five-tonne trucks* are not 25.
            if is_joined && !token.follows_hyphen {
                open = None;
            }
            let is_small =
                token.kind == Kind::Number && token.key.len() <= 3 && token.key.parse::<u64>().is_ok();
            let value = match token.kind {
                Kind::Word => self.value(&token.key),
                _ => None,
            };
            let next = match (value, open) {
                (Some(words::Value::Unit(unit)), Some((part, sum)))
                    if part % 100 >= 20 && part % 10 == 0 && unit < 10
                        || part == 0
                        || part % 100 == 0 && part >= 100 =>
                {
                    Some((part + unit, sum))
                }
                (Some(words::Value::Times(times)), Some((part, sum))) => {
                    // dua ratus dua puluh
                    let last = if times < 100 { part % 10 } else { part };
                    Some((part - last + last.max(1) * times, sum))
                }
                (Some(words::Value::Teen), Some((part, sum))) => Some((part + 10, sum)),
                (Some(words::Value::Scale(scale)), Some((part, sum))) => {
                    Some((0, sum.saturating_add(part.max(1).saturating_mul(scale))))
                }
                _ => None,
            };
            if let (Some((part, sum)), Some(last)) = (next, all.last_mut()) {
                last.range.end = token.range.end;
                last.key = sum.saturating_add(part).to_string();
                open = next;
                continue;
            }
            open = match value {
                Some(words::Value::Unit(unit)) => Some((unit, 0)),
                Some(words::Value::Times(times)) => Some((times, 0)),
                Some(words::Value::Scale(scale)) => Some((0, scale)),
                Some(words::Value::Teen) => None,
                None if is_small => token.key.parse().ok().map(|value| (value, 0)),
                None => None,
            };
            let key = open.filter(|_| value.is_some()).map(|(part, sum)| (part + sum).to_string());
            all.push(match key {
                Some(key) => Token { kind: Kind::Number, key, ..token },
                None => token,
            });
        }
        all
    }
}

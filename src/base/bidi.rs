//! Text of both writing directions in one line: what the Unicode Bidirectional Algorithm (UAX #9) needs to know
//! of a name that is set into other text.

use std::borrow::Cow;

use icu_locale::LocaleDirectionality;
use icu_properties::CodePointMapData;
use icu_properties::props::BidiClass;

/// The direction in which a script is written.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

use Direction::{LeftToRight, RightToLeft};

impl Direction {
    /// The direction of a language's script. The tag may name the script: `az-arab`.
    pub(crate) fn of(tag: &str) -> Direction {
        static DIRECTIONS: LocaleDirectionality = LocaleDirectionality::new_extended();
        match tag.parse() {
            Ok(id) if DIRECTIONS.is_right_to_left(&id) => RightToLeft,
            _ => LeftToRight,
        }
    }

    /// The value of HTML's `dir`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            LeftToRight => "ltr",
            RightToLeft => "rtl",
        }
    }

    pub(crate) fn is_rtl(self) -> bool {
        self == RightToLeft
    }

    /// The direction of a name within text of this direction. In text from right to left, a name is written so if any
    /// of its letters is, because many Arabic titles begin with a Latin name. Otherwise its first letter decides.
    pub(crate) fn of_name(self, name: &str) -> Direction {
        let mut letters = name.chars().filter_map(strong);
        match self {
            RightToLeft if letters.any(Direction::is_rtl) => RightToLeft,
            RightToLeft => first(name).unwrap_or(self),
            LeftToRight => letters.next().unwrap_or(self),
        }
    }

    /// Whether a text has letters that are written in the other direction than this one.
    pub(crate) fn is_crossed_by(self, text: &str) -> bool {
        let is_latin = text.is_ascii() && self == LeftToRight;
        !is_latin && text.chars().filter_map(strong).any(|letter| letter != self)
    }
}

/// The direction of the first letter that has one: what `dir="auto"` goes by (UAX #9, P2).
pub(crate) fn first(text: &str) -> Option<Direction> {
    text.chars().find_map(strong)
}

fn strong(c: char) -> Option<Direction> {
    match CodePointMapData::<BidiClass>::new().get(c) {
        BidiClass::LeftToRight => Some(LeftToRight),
        BidiClass::RightToLeft | BidiClass::ArabicLetter => Some(RightToLeft),
        _ => None,
    }
}

/// A name for text that has no markup: if it has letters of the other direction than the text `around` it, it is
/// put between the characters that isolate it. In HTML, `<bdi>` does that.
pub(crate) fn isolated(name: &str, around: Direction) -> Cow<'_, str> {
    isolated_as(name, around.of_name(name), around)
}

/// As [`isolated`], for a part of a name of this direction, such as one of its lines.
pub(crate) fn isolated_as(part: &str, direction: Direction, around: Direction) -> Cow<'_, str> {
    if direction == around && !around.is_crossed_by(part) {
        return part.into();
    }
    let start = if direction.is_rtl() { '\u{2067}' } else { '\u{2066}' };
    format!("{start}{part}\u{2069}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_direction_in_which_it_is_read() {
        for (around, name, direction) in [
            (RightToLeft, "الجمارك", RightToLeft),
            (RightToLeft, "S-300 في سوريا", RightToLeft),
            (RightToLeft, "Angara (2)", LeftToRight),
            (RightToLeft, "2023", RightToLeft),
            (LeftToRight, "Angara (2)", LeftToRight),
            (LeftToRight, "الشحنة Angara", RightToLeft),
            (LeftToRight, "Angara الشحنة", LeftToRight),
            (LeftToRight, "דבר (2)", RightToLeft),
            (LeftToRight, "2023", LeftToRight),
        ] {
            assert_eq!(around.of_name(name), direction, "{name} within {}", around.word());
        }
    }

    #[test]
    fn only_what_could_be_misread_is_isolated() {
        assert_eq!(isolated("Angara (2)", LeftToRight), "Angara (2)");
        assert_eq!(isolated("الجمارك 12", RightToLeft), "الجمارك 12");
        assert_eq!(isolated("Angara (2)", RightToLeft), "\u{2066}Angara (2)\u{2069}");
        assert_eq!(isolated("S-300 في سوريا", RightToLeft), "\u{2067}S-300 في سوريا\u{2069}");
        assert_eq!(isolated("דבר", LeftToRight), "\u{2067}דבר\u{2069}");
    }

    #[test]
    fn the_script_decides_on_the_direction_of_a_language() {
        for tag in [
            "ar", "ar-lb", "fa", "he", "ur", "ckb", "ps", "yi", "dv", "sd", "ug", "az-arab", "ms-arab",
            "pa-arab", "ku-arab",
        ] {
            assert!(Direction::of(tag).is_rtl(), "{tag}");
        }
        for tag in ["en", "id", "az", "ku", "pa", "ms", "ja", "ar-latn", "xx"] {
            assert!(!Direction::of(tag).is_rtl(), "{tag}");
        }
    }
}

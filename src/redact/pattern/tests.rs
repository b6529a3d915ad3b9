//! Names that are found however they are written.

use proptest::{collection, prelude::*};

use super::*;

fn finds(words: &str, text: &str, between: Between) -> Option<String> {
    Patterns::of([words]).matches(text, between).next().map(|(_, range)| text[range].to_owned())
}

#[test]
fn words_are_found_however_they_are_written() {
    let space = |text| finds("Siti Aminah", text, Between::Space).is_some();
    assert!(space("said Siti Aminah.") && space("SITI\n  aminah") && space("Siti\u{a0}Ami\u{ad}nahnya"));
    assert!(!space("Siti-Aminah") && !space("Siti A.") && !space("SitiAminah"));
    let any = |text| finds("Siti Aminah", text, Between::Anything).is_some();
    assert!(any("siti-aminah.html") && any("SITI_AMINAH") && any("SitiAminah") && any("S\u{200b}iti Aminah"));
    assert_eq!(finds("Ana", "Anak Ana.", Between::Anything).as_deref(), Some("Ana"));
    assert_eq!(finds("Ana", "Anak", Between::Anything), None);
    assert_eq!(finds("ŠKODA", "škoda", Between::Space).as_deref(), Some("škoda"));
}

#[test]
fn short_words_stand_alone_and_longer_ones_within_others() {
    let finds = |words: &str, text: &str| finds(words, text, Between::Space).is_some();
    assert!(finds("Anan", "an Anan.") && finds("Anan", "(Anan)"));
    assert!(!finds("Anan", "Ananda") && !finds("Anan", "Kanan") && !finds("Anan", "xAnan"));
    assert!(finds("Anand", "Ananda") && finds("An and", "xAn anda"));
    assert!(!finds("An an", "xAn an") && !finds("An an", "An anx") && finds("An an", "An an"));
}

#[test]
fn the_longest_of_those_that_begin_at_a_place_is_found_and_the_search_goes_on_behind_it() {
    let patterns = Patterns::of(["Siti", "Siti Aminah", "Budi"]);
    let text = "Budi, siti aminah, Siti";
    let matches = patterns.matches(text, Between::Space);
    let found: Vec<_> = matches.map(|(number, range)| (number, &text[range])).collect();
    assert_eq!(found, [(2, "Budi"), (1, "siti aminah"), (0, "Siti")]);
    assert!(!patterns.is_empty() && Patterns::of([" "]).is_empty() && Patterns::default().is_empty());
}

#[test]
fn separators_and_invisible_characters_in_a_pattern() {
    let phone = |text| finds("+62 812 3456", text, Between::Anything);
    assert_eq!(phone("tel:+62-812-3456").as_deref(), Some("+62-812-3456"));
    assert_eq!(phone("++628123456"), Some("+628123456".to_owned()));
    assert!(phone("62 812 3456").is_none() && phone("+\u{200b}62\u{ad} 8123456").is_some());
    let initials = |text| finds("A.B.", text, Between::Anything).is_some();
    assert!(initials("by a.b., who") && !initials("A, B or AB"));
    assert!(finds("Ana-Maria", "ANA-\u{ad}MARIA", Between::Space).is_some());
    assert!(finds("Ana-Maria", "Ana Maria", Between::Anything).is_none());
    // Pasted from a web page.
    assert!(finds("Si\u{ad}ti \u{200b}", "siti", Between::Space).is_some());
    assert!(finds("--", "a -- b", Between::Space).is_some() && finds("--", "a b", Between::Space).is_none());
}

proptest! {
    /// A text and a pattern are compared from any letter of the text, 64 letters at a time.
    #[test]
    fn the_bits_from_a_place_are_those_behind_it(
        bits in collection::vec(any::<bool>(), 0..300),
        at in 0..300_usize,
    ) {
        let mut joints = Joints::default();
        bits.iter().for_each(|bit| joints.push(*bit));
        let expected: Vec<bool> = (at..at + 64).map(|at| bits.get(at) == Some(&true)).collect();
        let found = joints.from(at);
        prop_assert_eq!((0..64).map(|bit| found >> bit & 1 == 1).collect::<Vec<_>>(), expected);
    }

    /// The automaton only tells where to look: a search from every letter finds the same.
    #[test]
    fn nothing_is_passed_over(
        words in collection::vec("[abİß+. é\u{301}한王明・-]{1,6}", 1..6),
        text in "[abAİISß+.é\u{301}한王明・\u{1112}\u{1161}\u{ad}\u{200b} \n-]{0,40}",
    ) {
        let patterns = Patterns::of(words.iter().map(String::as_str));
        let everywhere = Patterns { letters_only: None, ..patterns.clone() };
        for between in [Between::Space, Between::Anything] {
            let found: Vec<_> = patterns.matches(&text, between).collect();
            prop_assert_eq!(found, everywhere.matches(&text, between).collect::<Vec<_>>());
        }
    }

    /// It tells only where the letters of a pattern are, with gaps only where the pattern has some.
    #[test]
    fn no_place_is_looked_at_for_nothing(
        words in collection::vec("[ab]{1,80}( [ab]{1,80}){0,2}", 1..3),
        text in "([ab]{1,80}[ -]?){0,6}",
        cut in 0..80_usize,
    ) {
        // A pattern, and one with a gap that it does not have.
        let (before, after) = words[0].split_at(cut.min(words[0].len()));
        let text = format!("{text} {before}{after} {before}-{after}");
        let has = |from: usize, words: &str| {
            let mut rest = text[from..].chars().peekable();
            let mut may_be_apart = false;
            words.chars().all(|c| {
                if c == ' ' {
                    may_be_apart = true;
                    return true;
                }
                let mut is_apart = false;
                while rest.next_if(|c| is_gap(*c, Between::Anything)).is_some() {
                    is_apart = true;
                }
                let goes_on = !is_apart || may_be_apart;
                may_be_apart = false;
                goes_on && rest.next() == Some(c)
            })
        };
        let begins = |at: &usize| text[*at..].starts_with(['a', 'b']) && words.iter().any(|words| has(*at, words));
        let expected: Vec<usize> = (0..text.len()).rev().filter(begins).collect();
        let patterns = Patterns::of(words.iter().map(String::as_str));
        prop_assert_eq!(patterns.starts(&text), expected);
    }
}

#[test]
fn a_name_is_found_however_its_letters_are_written() {
    for (words, text, found) in [
        ("İstanbul", "in ISTANBUL, istanbul'da", "ISTANBUL"),
        ("José Martínez", "JOSE\u{301} MARTI\u{301}NEZ", "JOSE\u{301} MARTI\u{301}NEZ"),
        ("Jose\u{301}", "(José)", "José"),
        ("Jose Martinez", "José Marti\u{301}nez.", "José Marti\u{301}nez"),
        ("محمد", "مُحَمَّد", "مُحَمَّد"),
        ("محمد أحمد", "محـــمد أحمد", "محـــمد أحمد"),
        ("王小明", "他說王小明在那裡", "王小明"),
        ("김철수", "고김철수는", "김철수"),
        ("ＬＥＥ", "Mr Lee.", "Lee"),
        ("Lee", "记者Lee说", "Lee"),
        ("李明", "by李明and", "李明"),
        ("Σοφός", "ΣΟΦΌΣ", "ΣΟΦΌΣ"),
        ("Groß", "GROSS", "GROSS"),
        ("Müller-Lüdenscheidt", "Müller\u{2011}Lu\u{308}denscheidt", "Müller\u{2011}Lu\u{308}denscheidt"),
        ("Müller-Lüdenscheidt", "Müller–Lüdenscheidt", "Müller–Lüdenscheidt"),
        ("O'Brien", "O’Brien", "O’Brien"),
        ("O'Brien", "O`BRIEN", "O`BRIEN"),
        ("Siti \"Tuti\" Aminah", "Siti “Tuti” Aminah", "Siti “Tuti” Aminah"),
        ("Siti „Tuti“ Aminah", "(Siti 'Tuti' Aminah)", "Siti 'Tuti' Aminah"),
        ("Γιώργος Παππάς", "Ο ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ.", "ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ"),
        ("ガガ ダイ", "ｶﾞｶﾞ ﾀﾞｲ", "ｶﾞｶﾞ ﾀﾞｲ"),
        ("王小明", "那王小\n明说", "王小\n明"),
        ("王小明", "王 小　明 李", "王 小　明"),
        ("王明", "名单：王　明", "王　明"),
        ("佐々木", "佐 々 木", "佐 々 木"),
        ("マリア ロペス", "マリア・ロペスは", "マリア・ロペス"),
        ("マリア・ロペス", "マリア ロペスは", "マリア ロペス"),
        ("玛丽·洛佩斯", "玛丽 • 洛佩\r\n斯。", "玛丽 • 洛佩\r\n斯"),
        ("홍 길동", "홍길동은", "홍길동"),
        ("홍길동", "홍 길\n동은", "홍 길\n동"),
        ("สมชาย ใจดี", "นายสมชาย\nใจดี", "สมชาย\nใจดี"),
        ("Siti Aminah", "Siti\u{3164}Aminah", "Siti\u{3164}Aminah"),
        ("Siti Aminah", "Siti\u{200e} A\u{fe0f}minah", "Siti\u{200e} A\u{fe0f}minah"),
    ] {
        let place = finds(words, text, Between::Space);
        assert_eq!(place.as_deref(), Some(found), "{words} in {text}");
    }
    for (words, text) in [
        ("José Martínez", "Jose Martinez"),
        ("이수", "고이수"),
        // "This number".
        ("이수", "이 수"),
        ("王明", "王，明"),
        ("王Lee", "王小Lee"),
        ("기", "김"),
        ("かな", "がな"),
        ("Ana", "Anak"),
    ] {
        let place = finds(words, text, Between::Space);
        assert_eq!(place, None, "{words} in {text}");
    }
}

#[test]
fn what_programs_put_between_words() {
    for gap in
        ["-", "_", "+", ".", ",", "/", "\u{2010}", "\u{2015}", "\0", " \u{200b}", "\u{2060}", "\u{feff}"]
    {
        assert!(finds("Siti Aminah", &format!("siti{gap}aminah"), Between::Anything).is_some(), "{gap:?}");
    }
    assert!(finds("Siti Aminah", "siti:aminah", Between::Anything).is_none());
    assert!(finds("Siti Aminah", "siti.aminah", Between::Space).is_none());
}

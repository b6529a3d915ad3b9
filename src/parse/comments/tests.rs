//! Tests of what is a comment, and what of it is cut.

use super::*;
use crate::base::id::Lang;
use crate::config::Dialect;

fn cleaned(text: &str) -> String {
    clean(text, 0).text.into_owned()
}

#[test]
fn comments_of_other_programs_are_comments() {
    for (text, clean) in [
        ("a {>>x<<} b", "a  b"),
        ("{==a==}{>>x\ny<<}", "{==a==}"),
        ("a\n\n{::comment}\nx\n{:/comment}\n\nb", "a\n\n\nb"),
        ("{% comment %}x{% endcomment %}b", "b"),
        ("{# x #}b", "b"),
        ("a {/* x */} b", "a  b"),
        ("a {/* x\n\nx */}\nb", "a \nb"),
        ("a {{/* x */}} b", "a  b"),
        ("a {{- /* x }} x */ -}} b", "a  b"),
        ("{{< comment >}}\nx\n{{< /comment >}}\nb", "b"),
        ("{{% comment \"y\" %}}x{{% /comment %}}b", "b"),
        ("{% comment %}x{% /comment %}b", "b"),
        ("{{!-- x }} x --}}b", "b"),
        ("{{! x }}b", "b"),
        ("{{!-- x }}b", "b"),
        ("{::comment}x{:/}b{::comment}x{:/comment}c", "bc"),
        ("<%-- x --%>b <%# x %>c", "b c"),
        ("{/* x", "{/* x"),
        ("{{< comments >}}b{{< /comments >}}", "{{< comments >}}b{{< /comments >}}"),
        ("`{/* x */}`", "`{/* x */}`"),
        ("{{ x }} <% y %>", "{{ x }} <% y %>"),
        ("<! -- x -->b", "b"),
        ("<!— x —>b", "b"),
        ("`{>>x<<}` b", "`{>>x<<}` b"),
        ("{>>x", "{>>x"),
        ("## a {#b}", "## a {#b}"),
        ("\\{>>x<<}", "\\{>>x<<}"),
    ] {
        assert_eq!(cleaned(text), clean, "{text}");
    }
}

#[test]
fn comments_are_taken_out_and_code_is_not() {
    for (text, left) in [
        ("a %%b%% c", "a  c"),
        ("mid%%x%%word", "midword"),
        ("a\n\n%%\nb\n\nc\n%%\n\nd", "a\n\n\nd"),
        ("- a\n  %% b\n  c %%\n- d", "- a\n- d"),
        ("> a %%b%%\n> %%\n> c\n> %%\n> d", "> a \n> \n> d"),
        ("| a %%b|c%% | d |\n|--|--|\n%%x%%\n| e | f |", "| a  | d |\n|--|--|\n| e | f |"),
        ("`%%a%%` %%b%% `c`", "`%%a%%`  `c`"),
        ("```\n%%a%%\n```\n%%b%%", "```\n%%a%%\n```\n%%b%%".trim_end_matches("%%b%%")),
        ("    %%a%%\n\nb", "    %%a%%\n\nb"),
        ("\\%\\%a\\%\\%b", "\\%\\%a\\%\\%b"),
        ("\\%%a%%b", "\\%%a"),
        ("%% ` %% and %%`%% `%%c%%`", " and  `%%c%%`"),
        ("%%\n```\n%%\n\na %%b%%", "\na "),
        ("> ```\n> a\n\n%% b %%\nc", "> ```\n> a\n\nc"),
        ("a <!-- b %% --> c %%d%%", "a <!----> c "),
        ("a\n<!-- b\n\nc -->\nd", "a\n<!---->\nd"),
        ("a <!-- b", "a "),
        ("a %% b", "a "),
        ("a <!--> b <!-- c --> d", "a <!--> b <!----> d"),
        ("%%a", ""),
    ] {
        assert_eq!(cleaned(text), left, "{text:?}");
    }
}

#[test]
fn marks_that_may_be_read_in_two_ways_publish_neither() {
    // What stands between pairs of `S` is private in one of the readings.
    for text in [
        "100%% of it. %%SecretS%%",
        "100%% of it. %%SecretS%% and 50%% of that",
        "100%% of it.\n\n%%SecretS%%\n\n50%% of that",
        "**100%%** of it. %%SecretS%%",
        "_100%%_ of it. %%SecretS%%",
        "100 %% of it. %%SecretS%%",
        "5 %% SecretS %% and 6 %% SecretS %% x",
        "100 %% of %% SecretS %% and 50 %% of",
        "100\u{a0}%%, so %% SecretS %% and 50 %%.",
        "From 50 %% to 60 %% of %% SecretS %%, 7 %% more",
        "All %% of 100 %% SecretS %% 50 %% of it",
        "(100%%) %%SecretS%%",
        "100%%: %% SecretS %%",
        "100%%x and %% SecretS %%",
        "5%%x, %% SecretS %% y 6%%z",
        "50%%-60%% of %%SecretS%%",
        "50%%/60%% of it %%SecretS%%, 3%%",
        "%%SecretS 100%% more SecretS%% public",
        "%%SecretS 100%% more SecretS%%",
        "%% SecretS 50%% SecretS 50%% SecretS %%",
        "%%\nSecretS 100%% SecretS\n\nSecretS\n%%\n\nPublic",
        "%% SecretS 100%% SecretS %% public %%",
        "%% one %% two %% SecretS",
        "%%SecretS (see %%SecretS%%) SecretS%%",
        "%%\nSecretS\n\n%%SecretS%%\n\nSecretS\n%%",
        "Word%%SecretS before noon",
        "Word%% SecretS %%SecretS%%",
        "SecretS.%%",
        "%SecretS in 2023%%",
        "%%%% SecretS %%%%",
        "%%%SecretS%%%",
        "%% a <!-- b %% SecretS -->",
        "A list\n\n- 100%% of it\n- %%SecretS%%",
        "> 100%% of it\n>\n> %%SecretS%%",
        "| 100%% | %%SecretS%% |\n|---|---|\n| a | b |",
        "Text %%good%%.\n\n100%% of it. %%SecretS%% <!-- SecretS",
        "१००%% of it. %%SecretS%%",
        "全部100%%。%%SecretS%%",
    ] {
        let left = cleaned(text);
        assert!(!left.contains("SecretS"), "{text:?} gives {left:?}");
        let (left, _) = without(text);
        assert!(!left.contains("SecretS"), "{text:?} in front matter gives {left:?}");
    }
}

#[test]
fn marks_that_are_clear_leave_no_doubt() {
    for (text, left) in [
        ("In 2023 %%which month?%% it left.", "In 2023  it left."),
        ("In 2023%%which month?%% it left.", "In 2023 it left."),
        ("Call %%555-1234%% and %%555-4321%%.", "Call  and ."),
        ("%%of 2023%%\n\n%%\nblock\n%%\n\nEnd", "\n\nEnd"),
        ("%%a%%b%%c%%", "b"),
        ("文字%%秘密%%文字。%%秘密%%", "文字文字。"),
        ("\"%%a%%\" (%%b%%) **%%c%%** “%%d%%”", "\"\" () **** “”"),
        ("Word.%%a%% More.%%b%%", "Word. More."),
        ("`100%%` of it. %%a%%", "`100%%` of it. "),
        ("100% of it. %%50% of it%%", "100% of it. "),
        ("In 2023\n%%\nb\n%%\nit left 5 %%b%% x.", "In 2023\nit left 5  x."),
    ] {
        let clean = clean(text, 0);
        assert_eq!((&*clean.text, clean.doubt), (left, None), "{text:?}");
    }
}

#[test]
fn what_is_clear_stays_though_a_later_mark_is_not() {
    let text = "Public %%a%% words.\n\nMore %%b%% words.\n\nBut 100%% of it.\n\nEnd";
    let clean = clean(text, 0);
    assert_eq!(clean.text, "Public  words.\n\nMore  words.\n\n");
    let at = text.find("%% of").unwrap();
    assert_eq!(clean.doubt, Some(Doubt::Ambiguous(Span::new(at, at + 2))));
}

#[test]
fn spans_lead_to_the_original_text() {
    let text = "---\n---\nSay %%s%%**this** and %%t%%that %%u%% [here %%v%%now](a%%w%%.md) %%x%%.\n\n%%\ny\n%%\n\nEnd.";
    let clean = clean(text, 8);
    let mut prose =
        super::super::markdown::parse(&clean.text, 8, &Lang::parse("en").unwrap(), Dialect::default());
    clean.restore(&mut prose);
    assert!(prose.segments.len() > 5);
    for segment in &prose.segments {
        let source = &text[segment.source.range()];
        assert!(prose.plain[segment.plain as usize..].starts_with(source), "{source:?}");
        assert!(!source.contains('%'), "{source:?}");
    }
    assert_eq!(&text[prose.links[0].span.range()], "[here %%v%%now](a%%w%%.md)");
    assert_eq!(&text[prose.places[1].range()], "End.");
}

//! Pages, and the texts that are made of them.

use super::*;

fn read_as(page: &str) -> (Option<String>, String) {
    let Page { mut document, .. } = read(page);
    (document.title.take(), document.markdown())
}

#[test]
fn an_article_is_found_among_what_is_around_it() {
    let (title, text) = read_as(
        "<!doctype html><title>T &amp; site</title><style>p{}</style><nav><p>Menu</nav><div>Ad</div><article><p>Teaser.</article><article><h1>Ten <i>ships</i></h1>\
         <p>One &mdash; two<br>lines. <a href='https://a.org/x'>A *link*</a>.<p>Second<script>var x = '<p>';</script> <b>paragraph</b>.\
         <ul><li>- item<ol><li>deep</ol></ul><blockquote>Said.</blockquote><h3>More</h3>a<br><br>b<aside>No</aside>\
         <table><tr><th>A<th>B<tr><td>1<td><p>2</p><p>3</p></table><pre>x  <b>y</b>\n z</pre></article><footer>No</footer>",
    );
    assert_eq!(title.as_deref(), Some("Ten ships"));
    assert_eq!(
        text,
        "One — two lines. [A \\*link\\*](https://a.org/x).\n\nSecond **paragraph**.\n\n-   \\- item\n    1.  deep\n\n\
         > Said.\n\n## More\n\na\n\nb\n\n| A | B |\n| --- | --- |\n| 1 | 2 3 |\n\n```\nx  y\n z\n```"
    );
}

#[test]
fn notes_are_found_whoever_wrote_them() {
    let word = "<p>One.<a href=\"#_ftn1\" name=\"_ftnref1\"><span>[1]</span></a></p><div id=ftn1><p><a href=\"#_ftnref1\" name=\"_ftn1\">[1]</a> Said <i>so</i>.</p><p>More.</p></div>";
    let google = "<p>One.<sup><a href=\"#ftnt1\" id=\"ftnt_ref1\">[1]</a></sup></p><hr><div><p><a href=\"#ftnt_ref1\" id=\"ftnt1\">[1]</a> Said <span style=\"font-style:italic\">so</span>.</p><p>More.</p></div>";
    let pandoc = "<p>One.<a href=\"#fn1\" class=\"footnote-ref\" id=\"fnref1\"><sup>1</sup></a></p><aside class=\"footnotes\"><ol><li id=\"fn1\"><p>Said <em>so</em>.</p><p>More.<a href=\"#fnref1\">↩︎</a></p></li></ol></aside>";
    let wiki = "<p>One.<sup id=\"cite_ref-1\"><a href=\"#cite_note-1\">[1]</a></sup></p><ol><li id=\"cite_note-1\"><span><a href=\"#cite_ref-1\">^</a></span> <span>Said <i>so</i>.</span> More.</li></ol>";
    for page in [word, google, pandoc, wiki] {
        assert_eq!(read_as(page).1, "One.[^1]\n\n[^1]: Said *so*. More.", "{page}");
    }
    let jump = "<p><a href=\"#more\">Down</a> there.<a href=\"#gone\" id=\"x\">1</a></p><p id=\"more\">More <a href=\"#x\">up</a>.</p>";
    assert_eq!(read_as(jump).1, "Down there.\n\nMore up.");
}

#[test]
fn lists_of_word_and_google_docs_are_lists() {
    let word = |level: usize, mark: &str, words: &str| {
        format!(
            "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><span style='mso-list:Ignore'>{mark}<span>&nbsp; </span></span>{words}</p>"
        )
    };
    let page = [word(1, "1.", "one"), word(2, "·", "deep"), word(1, "2.", "two")].concat();
    assert_eq!(read_as(&page).1, "1.  one\n    -   deep\n2.  two");
    let google = "<style>.c1{font-weight:700}</style><p class=\"title\">The title</p><h1>Part</h1><ul class=\"lst-kix_a-0 start\"><li>one</li></ul><ul class=\"lst-kix_a-1\"><li class=c2><span class=c1>deep</span></li></ul>\
        <p><a href=\"https://www.google.com/url?q=https://a.org/%3Fx%3D1&amp;sa=D\">link</a></p>";
    let (title, text) = read_as(google);
    assert_eq!(title.as_deref(), Some("The title"));
    assert_eq!(text, "## Part\n\n-   one\n    -   **deep**\n\n[link](https://a.org/?x=1)");
}

#[test]
fn a_page_says_who_wrote_it_and_when() {
    let data = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "S"}, {"@type": ["NewsArticle"], "headline": "H",
        "author": [{"name": "Ann Lee"}, {"name": "Bo"}], "datePublished": "2023-10-13T08:00:00+07:00"}]}"#;
    let page = read(&format!(
        "<html lang=id><head><title>T - S</title><script type=\"application/ld+json\">{data}</script></head><body><p>Text."
    ));
    let said =
        (page.document.title.as_deref(), page.document.byline.as_deref(), page.document.date.as_deref());
    assert_eq!(
        (said, page.language.as_deref()),
        ((Some("H"), Some("Ann Lee, Bo"), Some("2023-10-13")), Some("id"))
    );
    let meta = "<meta property=\"og:title\" content=\"O\"><meta name=author content=\"Ann\"><meta property=\"article:published_time\" content=\"2024-01-02T00:00:00Z\"><p>Text.";
    let page = read(meta);
    let said =
        (page.document.title.as_deref(), page.document.byline.as_deref(), page.document.date.as_deref());
    assert_eq!(said, (Some("O"), Some("Ann"), Some("2024-01-02")));
    let office = "<title>The title</title><meta name=author content='Ann'><p align=center><b>The\ntitle</b></p><p>Ann</p><h1>Part</h1><p>Text.</p><div title=footer><p>1</p></div>";
    assert_eq!(read_as(office), (Some("The title".to_owned()), "## Part\n\nText.".to_owned()));
    let window = read("<title> A  title </title><p>Text");
    assert_eq!(window.document.title.as_deref(), Some("A title"));
}

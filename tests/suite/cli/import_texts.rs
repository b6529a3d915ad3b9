//! `dossier import` of texts: what comes along of a document, what is left out, and what is refused.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use tempfile::TempDir;

use super::{Ran, dossier, packed, read, run};

/// A picture of one pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn png() -> Vec<u8> {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.decode(PNG).unwrap()
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"";

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let footnotes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"-1\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:t>Ann Lee, The long road, https://paper.example/a?b=c.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:styleId=\"Judul\"><w:name w:val=\"Title\"/></w:style>\
         <w:style w:styleId=\"Kop1\"><w:name w:val=\"heading 1\"/></w:style><w:style w:styleId=\"Kop2\"><w:name w:val=\"heading 2\"/></w:style>\
         <w:style w:styleId=\"Eigen\"><w:name w:val=\"My heading\"/><w:basedOn w:val=\"Kop2\"/></w:style>\
         <w:style w:styleId=\"Kutip\"><w:name w:val=\"Quote\"/></w:style></w:styles>"
    );
    let level = |depth: usize, format: &str| {
        format!("<w:lvl w:ilvl=\"{depth}\"><w:numFmt w:val=\"{format}\"/></w:lvl>")
    };
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"7\">{}{}</w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>",
        level(0, "decimal"),
        level(1, "bullet"),
    );
    let relation =
        |id: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"x\" Target=\"{target}\"/>");
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}{}{}</Relationships>",
        relation("rId1", "https://wire.example/2"),
        relation("rId2", "media/image1.png"),
        relation("rId3", "javascript:alert(1)"),
    );
    let comments = format!(
        "<w:comments {W}><w:comment w:id=\"0\"><w:p><w:r><w:t>SECRET</w:t></w:r></w:p></w:comment></w:comments>"
    );
    packed(&[
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", footnotes.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/media/image1.png", &png()),
        ("docProps/core.xml", b"<x>SECRET</x>"),
    ])
}

fn p(style: &str, inner: &str) -> String {
    let style = if style.is_empty() {
        String::new()
    } else {
        format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")
    };
    format!("<w:p>{style}{inner}</w:p>")
}

fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn import(folder: &TempDir, name: &str, bytes: &[u8]) -> Ran {
    std::fs::write(folder.path().join(name), bytes).unwrap();
    run(folder.path(), &["import", name, "--write"])
}

fn body(folder: &TempDir, path: &str) -> String {
    let text = read(folder, path);
    text.split_once("\n---\n").unwrap().1.trim().to_owned()
}

const DOCUMENT: &str = "## Part one\n\nTen **ships** left *Najin* 1. not \\*so\\* \\[x\\] \\%\\%.[^1]\n\n### Within\n\n\
    1.  one\n    -   deep\n2.  two\n\n> Said so.\n\n| A | B\\|C |\n| --- | --- |\n| 1 |  |\n\n\
    See [the wire](https://wire.example/2), and no more. Kept, added.\n\n![A pier](article-1.png)\n\n\
    [^1]: Ann Lee, The long road, https://paper.example/a?b=c.";

#[test]
fn a_document_of_word_keeps_what_its_reader_sees_and_nothing_else() {
    let bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>ships</w:t></w:r>";
    let italic = "<w:r><w:rPr><w:i w:val=\"1\"/><w:b w:val=\"0\"/></w:rPr><w:t>Na</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>jin</w:t></w:r>";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r>";
    let item = |depth: usize, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>{}</w:p>",
            r(words)
        )
    };
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p("", &r(words)));
    let note = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let drawing = "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" descr=\"A pier\"/><a:blip r:embed=\"rId2\"/></wp:inline></w:drawing></w:r>";
    let text = [
        p("Judul", &r("Ten ships")),
        p("Kop1", &r("Part one")),
        p(
            "",
            &format!("{}{bold}{}{italic}{}{note}{hidden}", r("Ten "), r(" left "), r(" 1. not *so* [x] %%.")),
        ),
        p("Eigen", &r("Within")),
        item(0, "one"),
        item(1, "deep"),
        item(0, "two"),
        p("Kutip", &r("Said so.")),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl>", cell("A"), cell("B|C"), cell("1")),
        p(
            "",
            &format!(
                "{}<w:hyperlink r:id=\"rId1\">{}</w:hyperlink>{}<w:hyperlink r:id=\"rId3\">{}</w:hyperlink>{}<w:del><w:r><w:delText>SECRET</w:delText></w:r></w:del>{}<w:ins>{}</w:ins>",
                r("See "),
                r("the wire"),
                r(", and "),
                r("no more"),
                r(". Kept, "),
                "",
                r("added."),
            ),
        ),
        p("", drawing),
    ];
    let folder = dossier(&[]);
    // Its name is not what tells what it is.
    let ran = import(&folder, "report.bin", &docx(&text.concat()));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(body(&folder, "content/article.md"), DOCUMENT);
    let head = read(&folder, "content/article.md");
    assert!(head.starts_with("---\ntitle: Ten ships\n") && !head.contains("SECRET"), "{head}");
    assert_eq!(std::fs::read(folder.path().join("content/article-1.png")).unwrap(), png());
    for line in ["“1 comment”", "“1 deletion”", "“1 hidden part”", "“1 insertion”"] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let sources: Vec<String> = std::fs::read_dir(folder.path().join("content/sources"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(sources.len(), 2, "{sources:?}");
    let paper = sources.iter().find(|source| source.contains("paper.example/a?b=c")).unwrap();
    for line in
        ["title: Ann Lee, The long road\n", "type: webpage\n", "publisher: paper-example\n", "\naccessed: 20"]
    {
        assert!(paper.contains(line), "{paper}");
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
    let again = run(folder.path(), &["import", "report.bin"]);
    assert_eq!((again.code, again.err.as_str()), (0, "there is nothing new to write\n"), "{}", again.out);

    // The document goes on, and so does the article, unless its author changed it.
    let longer = docx(&format!("{}{}", text.concat(), p("", &r("And more."))));
    let ran = import(&folder, "report.bin", &longer);
    assert!(ran.out.contains("“Ten ships”: text\n"), "{}", ran.out);
    let now = body(&folder, "content/article.md");
    assert!(now.contains("\n\nAnd more.\n"), "{}{}\n{now}", ran.out, ran.err);
    let mine = read(&folder, "content/article.md").replace("And more.", "And less.");
    std::fs::write(folder.path().join("content/article.md"), &mine).unwrap();
    let ran = import(&folder, "report.bin", &docx(&text.concat()));
    assert!(ran.out.contains("something else in the dossier, which is kept (1):"), "{}", ran.out);
    assert_eq!(read(&folder, "content/article.md"), mine);
}

#[test]
fn a_document_of_libre_office_gives_the_same_text() {
    let names = ["office", "text", "table", "style", "draw", "svg", "xlink"]
        .map(|name| format!("xmlns:{name}=\"urn:{name}\""));
    let content = format!(
        "<office:document-content {} xmlns:fo=\"urn:fo\"><office:automatic-styles>\
         <style:style style:name=\"T1\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"T2\"><style:text-properties fo:font-style=\"italic\"/></style:style>\
         <style:style style:name=\"P1\" style:parent-style-name=\"Quotations\"/>\
         <text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\"/></text:list-style>\
         <text:list-style style:name=\"L2\"><text:list-level-style-bullet text:level=\"1\"/></text:list-style></office:automatic-styles>\
         <office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>SECRET</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:p text:style-name=\"Title\">Ten ships</text:p><text:h text:outline-level=\"1\">Part one</text:h>\
         <text:p>Ten <text:span text:style-name=\"T1\">ships</text:span> left<text:s/><text:span text:style-name=\"T2\">Najin</text:span> 1. not *so* [x] %%.\
         <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Ann Lee, The long road, https://paper.example/a?b=c.</text:p></text:note-body></text:note>\
         <office:annotation><text:p>SECRET</text:p></office:annotation></text:p><text:h text:outline-level=\"2\">Within</text:h>\
         <text:list text:style-name=\"L1\"><text:list-item><text:p>one</text:p><text:list text:style-name=\"L2\"><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item>\
         <text:list-item><text:p>two</text:p></text:list-item></text:list><text:p text:style-name=\"P1\">Said so.</text:p>\
         <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B|C</text:p></table:table-cell></table:table-row>\
         <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>\
         <text:p>See <text:a xlink:href=\"https://wire.example/2\">the wire</text:a>, and <text:a xlink:href=\"javascript:x\">no more</text:a>. Kept, added.</text:p>\
         <text:p><draw:frame><draw:image xlink:href=\"Pictures/a.png\"/><svg:desc>A pier</svg:desc></draw:frame></text:p>\
         </office:text></office:body></office:document-content>",
        names.join(" "),
    );
    let odt = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("Pictures/a.png", &png()),
    ]);
    let folder = dossier(&[]);
    let ran = import(&folder, "report.odt", &odt);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(body(&folder, "content/article.md"), DOCUMENT);
    assert!(ran.out.contains("“1 comment”") && ran.out.contains("“1 deletion”"), "{}", ran.out);
    assert!(!read(&folder, "content/article.md").contains("SECRET"));
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

#[test]
fn texts_pages_and_pictures_within_markdown_become_articles() {
    let markdown = format!(
        "# Ten ships\n\nSee [the wire](https://wire.example/2).\n\n![A pier](data:image/png;base64,{PNG})\n"
    );
    let page = "<!doctype html><title>x</title><main><h1>Nine ships</h1><p>Read <a href=\"https://wire.example/2\">this</a>.</main>";
    let folder = dossier(&[]);
    assert_eq!(import(&folder, "a.md", markdown.as_bytes()).code, 0);
    assert_eq!(
        body(&folder, "content/article.md"),
        "See [the wire](https://wire.example/2).\n\n![A pier](article-1.png)"
    );
    assert_eq!(std::fs::read(folder.path().join("content/article-1.png")).unwrap(), png());
    assert_eq!(import(&folder, "b.txt", page.as_bytes()).code, 0);
    assert_eq!(body(&folder, "content/articles/nine-ships.md"), "Read [this](https://wire.example/2).");
    // Both name one source.
    assert_eq!(std::fs::read_dir(folder.path().join("content/sources")).unwrap().count(), 1);
    let ran = import(&folder, "notes-of-ann.txt", b"Only words.\nAnd more words.\n");
    assert!(
        ran.out.contains("“notes of ann”: it has no title, so it is called like its file"),
        "{}",
        ran.out
    );
    assert!(folder.path().join("content/articles/notes-of-ann.md").exists());
    let ran = import(&folder, "later.md", b"---\ntitle: Later\ndraft: true\n---\nWords.\n");
    assert!(ran.out.contains("it becomes a draft"), "{}", ran.out);
    assert!(read(&folder, "content/articles/later.md").contains("\ndraft: true\n"));
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

#[test]
fn a_saved_page_keeps_its_text_and_who_wrote_it() {
    let page = format!(
        "<!doctype html><html lang=\"de\"><head><title>Ten ships – Wire</title>\
         <script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"author\": {{\"name\": \"Ann Lee\"}}, \"datePublished\": \"2023-10-13T08:00:00Z\"}}</script></head>\
         <body><header><h1>Wire</h1><nav><a href=\"/\">Home</a></nav></header><article><h1>Ten ships</h1>\
         <p>Ten <strong>ships</strong> left <em>Najin</em>.<a href=\"#n1\" id=\"r1\">1</a></p><h2>Within</h2><ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol>\
         <blockquote><p>Said so.</p></blockquote><table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td><td></td></tr></table>\
         <figure><img src=\"data:image/png;base64,{PNG}\" alt=\"A pier\"><figcaption>SECRET</figcaption></figure><p><img src=\"https://x.example/p.png\"> <del>SECRET</del></p>\
         <p id=\"n1\"><a href=\"#r1\">1</a> Ann Lee, <a href=\"https://paper.example/a\">The long road</a></p></article>\
         <article><p>Another story.</p></article><footer>SECRET</footer></body></html>"
    );
    let folder = dossier(&[]);
    let ran = import(&folder, "page.bin", page.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        body(&folder, "content/article.md"),
        "Ten **ships** left *Najin*.[^1]\n\n## Within\n\n1.  one\n    -   deep\n2.  two\n\n> Said so.\n\n\
         | A | B\\|C |\n| --- | --- |\n| 1 |  |\n\n![A pier](article-1.png)\n\n\
         [^1]: Ann Lee, [The long road](https://paper.example/a)"
    );
    let head = read(&folder, "content/article.md");
    for line in ["\ntitle: Ten ships\n", "\nbyline: Ann Lee\n", "\ndate: 2023-10-13\n"] {
        assert!(head.contains(line), "{line}\n{head}");
    }
    for line in [
        "“pictures (1)”: they are not in the page itself",
        "1 comment, deletion or hidden part",
        "“de”: the page says that it is in this language, which the dossier does not have",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(std::fs::read(folder.path().join("content/article-1.png")).unwrap(), png());
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
    // Pages that are made to take long are read in no time, whatever they say.
    let deep = format!("{}Words.", "<div><table><tr><td>".repeat(20_000));
    let links: String = (0..20_000)
        .map(|n| format!("<a id=\"r{n}\" href=\"#n{n}\">x</a><a id=\"n{n}\" href=\"#r{n}\">y</a>"))
        .collect();
    for (name, page) in [("deep.html", deep), ("links.html", format!("<p>Words.{links}"))] {
        let ran = import(&folder, name, page.as_bytes());
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
    }
}

#[test]
fn code_in_a_list_of_libre_office_stays_in_its_item() {
    let content = "<office:document-content xmlns:office=\"urn:o\" xmlns:text=\"urn:t\" xmlns:style=\"urn:s\"><office:automatic-styles>\
        <style:style style:name=\"P1\" style:parent-style-name=\"Preformatted_20_Text\"/></office:automatic-styles><office:body><office:text>\
        <text:p text:style-name=\"Title\">T</text:p><text:list><text:list-item><text:p>Run this:</text:p><text:p text:style-name=\"P1\">a *b*</text:p><text:p text:style-name=\"P1\"><text:s text:c=\"2\"/>c</text:p></text:list-item>\
        <text:list-item><text:p text:style-name=\"P1\">d</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
    let odt = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    let folder = dossier(&[]);
    let ran = import(&folder, "a.odt", &odt);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        body(&folder, "content/article.md"),
        "-   Run this:\n    ```\n    a *b*\n      c\n    ```\n-   \n    ```\n    d\n    ```"
    );
}

#[test]
fn documents_that_are_broken_or_made_to_do_harm_are_refused() {
    let good = docx(&p("", &r("Words.")));
    let deep = docx(&format!("{}{}{}", "<w:sdt>".repeat(5_000), p("", &r("x")), "</w:sdt>".repeat(5_000)));
    let unclosed = docx("<w:p><w:r>");
    let empty = docx("<w:p/>");
    let locked = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"x"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
    ]);
    let folder = dossier(&[]);
    for (name, bytes, words) in [
        ("cut.docx", &good[..good.len() - 40], "cut off or damaged"),
        ("deep.docx", &deep, "nested deeper than documents are"),
        ("unclosed.docx", &unclosed, "its part `word/document.xml` is damaged"),
        ("empty.docx", &empty, "there is no text in it"),
        ("locked.odt", &locked, "protected by a password"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
    ] {
        import(&folder, name, bytes).refuses(words);
    }
    assert!(!folder.path().join("content").exists() && !folder.path().join("import.lock").exists());
}

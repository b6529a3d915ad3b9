//! `dossier import` of RTF.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use tempfile::TempDir;

use super::{dossier, read, run};

fn import(rtf: &str) -> (TempDir, String) {
    let folder = dossier(&[]);
    std::fs::write(folder.path().join("report.doc"), rtf).unwrap();
    let ran = run(folder.path(), &["import", "report.doc", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (folder, ran.out)
}

const RTF: &str = r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}
{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 heading 2;}{\s3 Quote;}}
{\info{\title Ten ships}{\author SECRET}{\doccomm SECRET}}{\header SECRET\par}
\pard\s1\b Part one\b0\par
\pard\f0 Ten {\b ships} left {\i Najin} \'96 1. not *so* caf\'e9 \u21271? {\f1 \'cc\'ee\'f1\'ea\'e2\'e0}.{\footnote\pard {\chftn } Ann Lee, {\field{\*\fldinst HYPERLINK \x22https://paper.example/a\x22}{\fldrslt the road}}.}{\v SECRET}{\deleted SECRET}\par
{\*\atnid X}{\*\annotation SECRET\par}
\pard\s2 Within\par
{\listtext 1.\tab}\pard\ls1\ilvl0 one\par
{\listtext \u8226?\tab}\pard\ls1\ilvl1 deep\par
{\listtext 2.\tab}\pard\ls1\ilvl0 two\par
\pard\s3 Said so.\par
\trowd\cellx1\cellx2\pard\intbl A\cell B\cell\row\trowd\cellx1\cellx2\pard\intbl 1\cell 2\cell\row
\pard See {\field{\*\fldinst {HYPERLINK \x22https://wire.example/2\x22}}{\fldrslt {\ul the wire}}}, {\revised added}\line and\~more.\par
{\pict\pngblip\picw1 89504e470d0a1a0a0000000d4948445200000001000000010806000000
1f15c4890000000d49444154789c6364f8cf500f00038601805a347d6a0000000049454e44ae426082}\par
}";

#[test]
fn a_document_keeps_what_its_reader_sees_and_nothing_else() {
    let (folder, said) = import(&RTF.replace("\\x22", "\""));
    let article = read(&folder, "content/article.md");
    let (head, body) = article.split_once("\n---\n").unwrap();
    assert!(head.starts_with("---\ntitle: Ten ships\n") && !article.contains("SECRET"), "{article}");
    assert_eq!(
        body.trim(),
        "## Part one\n\nTen **ships** left *Najin* – 1. not \\*so\\* café 北 Москва.[^1]\n\n### Within\n\n\
         1.  one\n    -   deep\n2.  two\n\n> Said so.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n\
         See [the wire](https://wire.example/2), added\\\nand\u{a0}more.\n\n![](article-1.png)\n\n\
         [^1]: Ann Lee, [the road](https://paper.example/a)."
    );
    for line in ["“1 comment”", "“1 deletion”", "“1 hidden part”", "“1 insertion”"] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(folder.path().join("content/sources").read_dir().unwrap().count() == 2);
}

#[test]
fn what_is_cut_off_or_endless_is_refused() {
    for rtf in [
        RTF[..600].to_owned(),
        "{\\rtf1".to_owned(),
        format!("{{\\rtf1 {}", "{".repeat(100_000)),
        "{\\rtf1 }".to_owned(),
    ] {
        let folder = dossier(&[]);
        std::fs::write(folder.path().join("x.rtf"), rtf).unwrap();
        run(folder.path(), &["import", "x.rtf", "--write"]).refuses("cannot import `x.rtf`");
    }
}

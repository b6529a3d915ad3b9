//! What the author meant for nobody: in a text, beside it, in the settings. None of it may leave the machine.

use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use proptest::prelude::*;

use crate::cli::run;
use crate::sites;

/// The mark in the texts below for a private word, and the one for a word that has to be published.
const PRIVATE: char = '¤';
const PUBLIC: char = '¢';

/// A word that no other text contains.
fn word(mark: char, number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    let first = if mark == PRIVATE { "xq" } else { "jv" };
    format!("{first}{}{}kw", letter(number / 26), letter(number))
}

/// A dossier on the disk, with words put in place of the marks.
struct Stage {
    folder: tempfile::TempDir,
    private: Vec<(String, String)>,
    public: Vec<String>,
}

impl Stage {
    fn new() -> Stage {
        Stage { folder: tempfile::tempdir().unwrap(), private: Vec::new(), public: Vec::new() }
    }

    /// Puts a word in place of each mark.
    fn filled(&mut self, place: &str, text: &str) -> String {
        let mut filled = String::new();
        for c in text.chars() {
            match c {
                PRIVATE => {
                    let word = word(PRIVATE, self.private.len());
                    filled.push_str(&word);
                    self.private.push((word, format!("{place}: {text}")));
                }
                PUBLIC => {
                    let word = word(PUBLIC, self.public.len());
                    filled.push_str(&word);
                    self.public.push(word);
                }
                c => filled.push(c),
            }
        }
        filled
    }

    #[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
    fn write(&mut self, path: &str, text: &str) {
        let (path, text) = (self.filled(path, path), self.filled(path, text));
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// Texts with remarks that nobody should read, in every construct that can hold one.
const REMARKS: [&str; 24] = [
    "Words ¢ %%¤%% go ¢ on.",
    "%%\n¤\n\nover many ¤ paragraphs\n%%\n\nThen ¢.",
    "Words <!-- ¤ --> go on ¢.",
    "<!--\n¤\n\n¤\n-->\n\nThen ¢.",
    "- one %%¤%% ¢\n- two <!-- ¤ --> ¢\n  %%\n  ¤\n  %%\n- three ¢",
    "1. one ¢\n\n   %%¤%%\n\n   more ¢\n2. two",
    "> quoted ¢ %%¤%%\n> %%\n> ¤\n> %%\n> and ¢ <!-- ¤ -->",
    "> [!note] Title %%¤%%\n> Words ¢ %%¤%%",
    "| a %%¤%% | b |\n|---|---|\n| c <!-- ¤ --> | ¢ |\n%%¤%%\n| ¢ | %%¤ \\| ¤%% |",
    "## Heading ¢ %%¤%%\n\nWords.\n\nSetext ¢ <!-- ¤ -->\n---\n\nWords.",
    "Words[^1] ¢.\n\n[^1]: A note %%¤%% with ¢.\n    <!-- ¤ -->",
    "**bold %%¤%% ¢** and *italic <!-- ¤ --> ¢*",
    "[a link %%¤%% ¢](https://example.com/ \"title %%¤%%\")",
    "[a link ¢](https://example.com/%%¤%%)",
    "![a picture %%¤%% ¢](shown.png \"%%¤%%\")",
    "[[actor-a|an actor %%¤%% ¢]] %%[[draft-¤]]%%",
    "[ref]: https://example.com/ \"%%¤%%\"\n\n[ref] ¢ <!-- [ref2]: ¤ -->",
    "Between `code` %%¤%% and ``more ` code`` <!-- `¤` --> ¢",
    "```\ncode ¢\n```\n%%\n```\n¤\n```\n%%\n\nAfter ¢.",
    "%%¤ with `backtick%% and ¢ with `code ¢`",
    "<div>\n<!-- ¤ -->\n¢\n</div>\n\n<p title=\"x\">%%¤%%¢</p>",
    "<details><summary>¢ <!-- ¤ --></summary>\n\n%%¤%%\n\n¢\n\n</details>",
    "- [ ] task %%¤%% ¢\n    - deeper\n\n      %%\n      ¤\n      %%\n\n      ¢",
    "Words ¢ $x$ %%¤%% ==marked ¢ %%¤%%== ~~struck <!-- ¤ -->~~",
];

/// Files of which nothing is published, or only what `¢` stands for.
const FILES: [(&str, &str); 44] = [
    (
        "content/article.md",
        "---\n# ¤\ntitle: Title ¢ # ¤\nsummary: |\n  Summary ¢\n  %%¤%%\nbyline: A. Writer # ¤\n---\n\
         Words ¢ about [[actor-a]] and the sea.\n\n![picture ¢](shown.png)\n",
    ),
    (
        "content/actors/actor-a.md",
        "---\ntitle: Actor ¢\ntype: person\nsummary: Somebody ¢ %%¤%%\n\
         aliases: [Another ¢ name] # ¤\n---\nWords ¢.\n",
    ),
    (
        "content/claims/claim-a.md",
        "---\ntitle: Claim ¢\nby: actor-a\nstatus: reported\ndate: 2020\nsources: [source-a]\n---\n%%¤%%\n",
    ),
    ("content/sources/source-a.md", "---\ntitle: Source ¢ # ¤\n---\n%%¤%%\n"),
    (
        "content/notes/redacted.md",
        "---\ntitle: About ¢\n---\nSaid Redacted¤Name to us, in ¢. REDACTED¤NAME again.\n",
    ),
    ("content/notes/unclosed.md", "---\ntitle: Unclosed ¢\n---\nWords ¢.\n\n%%\n¤\n\n[[actor-a]] ¤\n"),
    (
        "content/notes/percent.md",
        "---\ntitle: Percent ¢\nsummary: 100%% of it. %%¤%%\n---\nWords ¢ %%¤%%.\n\n100%% of it. %%¤%%\n\n%% ¤ 5%% ¤ %%\n",
    ),
    ("content/notes/unclosed-html.md", "---\ntitle: Unclosed ¢\n---\nWords ¢.\n\n<!-- ¤\n\n- ¤\n"),
    (
        "content/notes/¤.md",
        "---\ntitle: ¤\nsummary: ¤\naliases: [¤]\nformerly: [id-¤]\ndraft: true\nimage: {src: of-draft.png, alt: ¤}\n\
         ---\n¤ [pdf](of-draft.pdf) [[actor-a]] ![¤](of-draft-too.png)\n",
    ),
    ("content/actors/person-¤.md", "---\ntitle: ¤\ntype: person\ndraft: true\n---\n[[claim-a]] ¤\n"),
    (
        "content/claims/later-¤.md",
        "---\ntitle: ¤\nby: actor-a\nstatus: reported\ndate: 2020\nembargo: 2999-01-01\n---\n¤ [x](of-embargo.pdf)\n",
    ),
    ("content/notes/translated.md", "---\ntitle: ¤\ndraft: true\n---\n¤\n"),
    ("content/notes/translated.id.md", "---\ntitle: ¤\n---\n¤\n"),
    ("content/actors/actor-a.id.md", "---\ntitle: Pelaku ¢ # ¤\n---\nKata ¢ %%¤%% <!-- ¤ -->.\n"),
    ("content/routes/route-¤.md", "---\ntitle: ¤\ndraft: true\nlegs: []\n---\n¤\n"),
    (
        "content/places/place-¤.md",
        "---\ntitle: ¤\ndraft: true\ncoordinates: [12.345678, 98.765432]\n---\n¤\n",
    ),
    (
        "content/sources/source-¤.md",
        "---\ntitle: ¤\ntype: article\nurl: https://example.com/¤\ndraft: true\n---\n¤\n",
    ),
    ("content/notes/of-draft.png", "¤"),
    ("content/notes/of-draft-too.png", "¤"),
    ("content/notes/of-draft.pdf", "¤"),
    ("content/claims/of-embargo.pdf", "¤"),
    ("content/unused-¤.pdf", "¤"),
    ("content/notes/recording-¤.mp3", "¤"),
    ("content/interviews/deep/transcript-¤.txt", "¤"),
    ("content/~$lock-¤.docx", "¤"),
    ("content/.~lock.¤.odt#", "¤"),
    ("content/Thumbs.db", "¤"),
    ("content/notes/desktop.ini", "¤"),
    ("content/notes/n.md.bak", "¤"),
    ("content/notes/n.md~", "¤"),
    ("content/notes/n.md.orig", "¤"),
    ("content/.n.md.swp", "¤"),
    ("content/Map-¤.canvas", "¤"),
    ("content/Base-¤.base", "¤"),
    ("content/notes/n (A's conflicted copy 2024-01-01).md", "---\ntitle: ¤\n---\n¤"),
    ("content/notes/n.sync-conflict-20240101-120000-AAAAAAA.md", "---\ntitle: ¤\n---\n¤"),
    ("content/notes/near.md.txt", "---\ntitle: ¤\n---\n¤"),
    ("content/notes/NEAR.MD", "---\ntitle: ¤\n---\n¤"),
    ("content/README.md", "¤"),
    ("content/.env", "KEY=¤"),
    ("content/.obsidian/workspace.json", "{\"a\": \"¤\"}"),
    (".dossier/previews/¤.json", "{\"title\": \"¤\"}"),
    ("private/notes.md", "¤"),
    ("themes/default/notes-¤.txt", "¤"),
];

/// A picture of one black dot, with a comment and a text that tell something.
fn picture(told: &str) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        bytes.extend((data.len() as u32).to_be_bytes());
        let from = bytes.len();
        bytes.extend(kind);
        bytes.extend(data);
        let mut sum = flate2::Crc::new();
        sum.update(&bytes[from..]);
        bytes.extend(sum.sum().to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    chunk(b"tEXt", format!("Author\0{told}").as_bytes());
    chunk(b"eXIf", format!("MM\0*\0\0\0\x08\0\x01\x01;\0\x02\0\0\0\x06{told}").as_bytes());
    chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1]);
    chunk(b"IEND", &[]);
    bytes
}

/// What is found in a file: its name, its content and that of what is packed in it, in lower case, with the
/// escapes of JSON and of addresses decoded.
fn content(name: &str, bytes: &[u8], all: &mut String) {
    let text = String::from_utf8_lossy(bytes);
    for text in [name, &*text] {
        let _ = writeln!(all, "{}", text.to_lowercase());
        let plain = percent_encoding::percent_decode_str(text).decode_utf8_lossy().to_lowercase();
        let _ = writeln!(all, "{plain}");
        for (at, _) in text.match_indices("\\u") {
            let code = text.get(at + 2..at + 6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            all.extend(code.and_then(char::from_u32));
        }
    }
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut inner = Vec::new();
            file.read_to_end(&mut inner).unwrap();
            content(&name, &inner, all);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
fn folder_content(folder: &Path) -> String {
    let mut all = String::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        match entry.file_type().is_file() {
            true => content(&name, &std::fs::read(entry.path()).unwrap(), &mut all),
            false => content(&name, b"", &mut all),
        }
    }
    all
}

const SETTINGS: &str = "# ¤\ntitle = \"Site ¢\" # ¤\nbase_url = \"https://example.org/\"\nlanguages = [\"en\", \"id\"]\n\
    social_cards = []\nredactions = \"private/redactions.toml\"\nhost_files = true\n\
    [publish.disk]\nservice = \"folder\"\npath = \"www\" # ¤\n";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
fn nothing_private_is_published() {
    let mut stage = Stage::new();
    stage.write("dossier.toml", SETTINGS);
    for (number, remark) in REMARKS.iter().enumerate() {
        let text = format!("---\ntitle: Remark {number}\n---\n{remark}\n");
        stage.write(&format!("content/notes/remark-{number}.md"), &text);
    }
    for (path, text) in FILES {
        stage.write(path, text);
    }
    let told = stage.filled("a picture's metadata", "¤");
    for folder in ["", "notes/"] {
        std::fs::write(stage.folder.path().join(format!("content/{folder}shown.png")), picture(&told))
            .unwrap();
    }
    // The one name that the published texts contain.
    let redacted = stage.private.iter().filter(|(_, place)| place.contains("Redacted"));
    let words: Vec<_> = redacted.map(|(word, _)| format!("\"Redacted{word}Name\"")).collect();
    let list = format!("[[redact]]\nwords = [{}]\n", words.join(", "));
    std::fs::write(stage.folder.path().join("private/redactions.toml"), list).unwrap();
    let machine = stage.folder.path().file_name().unwrap().to_string_lossy().to_lowercase();
    stage.private.push((machine, "the path of the dossier on this machine".to_owned()));

    let ran = run(stage.folder.path(), &["publish", "--allow", "errors"]);
    let errors: Vec<_> =
        ran.out.lines().chain(ran.err.lines()).filter(|line| line.starts_with("error[")).collect();
    let unclosed = "error[unclosed-comment]: a comment begins here and does not end";
    let ambiguous = "error[ambiguous-comment]: `%%` here is either a comment's mark or a percent sign";
    assert_eq!(errors, [ambiguous, ambiguous, unclosed, unclosed], "{}", ran.err);
    let all = folder_content(&stage.folder.path().join("www"));
    let leaked: Vec<_> = stage.private.iter().filter(|(word, _)| all.contains(word.as_str())).collect();
    assert!(leaked.is_empty(), "{} of {} are published: {leaked:#?}", leaked.len(), stage.private.len());
    assert!(stage.private.len() >= 100, "{}", stage.private.len());
    let lost: Vec<_> = stage.public.iter().filter(|word| !all.contains(word.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} of {} are lost", stage.public.len());
}

/// Markdown of all kinds, in which `¢` is a word that everybody may read. Backticks are apart from those of other
/// pieces: together they would be the marks of other code.
const PIECES: [&str; 22] = [
    "¢ ",
    "¢\n",
    "\n\n",
    "\n- ¢",
    "\n  - ¢",
    "\n1. ¢",
    "\n> ¢",
    "\n\n# ¢\n\n",
    "\n\n| ¢ | a |\n|---|---|\n| b | ¢ |\n\n",
    "**¢**",
    "*¢",
    " `¢` ",
    "\n\n```\n¢\n```\n\n",
    "\n\n~~~\n%%¢%%\n~~~\n\n",
    "\n\nCode `%%¢%%` ",
    "[¢](https://example.com/)",
    "\n\n    ¢\n\n",
    "100% of ¢. ",
    " <b>¢</b> ",
    "\n\n<div>¢</div>\n\n",
    "\\%\\%¢ ",
    " ``¢ ` `` ",
];

/// What holds a private word.
const COMMENTS: [&str; 25] = [
    " %%¤%% ",
    " <!-- ¤ --> ",
    "\n\n%%\n¤\n%%\n\n",
    "\n\n<!--\n¤\n\n¤\n-->\n\n",
    "\n- %% ¤ %%\n",
    "\n> %%\n> ¤\n> %%\n",
    " %%`¤%% ",
    " %%<!--¤%% ",
    " <!--%%`¤-->",
    " {#¤#} ",
    " {#- ¤ -#} ",
    "\n\n{#\n¤\n#}\n\n",
    " {::comment}¤{:/} ",
    "\n\n{::comment}\n¤\n{:/comment}\n\n",
    " {%comment%}¤{%endcomment%} ",
    " {% comment a note %}¤{%- endcomment -%} ",
    " {% # ¤ %} ",
    " {>>¤<<} ",
    " {/* ¤ */} ",
    "\n\n{/*\n¤\n\n¤ */}\n\n",
    " {{/* ¤ */}} ",
    "\n\n{{< comment >}}\n¤\n{{< /comment >}}\n\n",
    " {% comment %}¤{% /comment %} ",
    " {{!-- ¤ --}} ",
    " <%-- ¤ --%> ",
];

/// Marks too many, and comments that hold one. Of these only the letters are harmless.
const STRAYS: [&str; 9] = [
    " 100%% ",
    " 100%%. ",
    "**50%%** ",
    " 5%%x ",
    "\n\n7%% of it\n\n",
    "x%% ",
    " %%¤ 100%% ¤%% ",
    " %% ¤ 50%% ¤ %% ",
    "\n\n%%\n¤ 100%% ¤\n\n¤\n%%\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_comment_anywhere_is_published_nowhere(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..24),
        comments in prop::collection::vec((prop::sample::select(&COMMENTS[..]), any::<prop::sample::Index>()), 1..4),
    ) {
        let mut parts: Vec<&str> = pieces.clone();
        for (comment, at) in comments {
            // A comment within code is code: no piece is split, and none begins code that it does not end.
            parts.insert(at.index(parts.len() + 1), comment);
        }
        let mut stage = Stage::new();
        let text = stage.filled("text", &parts.concat());
        let world = MemoryWorld::new()
            .with("dossier.toml", "base_url = \"https://example.org/\"\nsocial_cards = []\n")
            .with("content/article.md", format!("---\ntitle: T\n---\n{text}\n"));
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let mut all = String::new();
        for (path, bytes) in sites::files_of(&snapshot) {
            content(&path, &bytes, &mut all);
        }
        for (word, _) in &stage.private {
            prop_assert!(!all.contains(word.as_str()), "{word} of {text:?}");
        }
        for word in &stage.public {
            prop_assert!(all.contains(word.as_str()), "{word} of {text:?} is lost");
        }
    }

    #[test]
    fn a_mark_too_many_publishes_no_comment(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(&PIECES[..]),
                prop::sample::select(&COMMENTS[..]),
                prop::sample::select(&STRAYS[..]),
            ],
            1..16,
        ),
    ) {
        let mut stage = Stage::new();
        let text = stage.filled("text", &parts.concat());
        let world = MemoryWorld::new().with("content/article.md", format!("---\ntitle: T\n---\n{text}\n"));
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let mut all = String::new();
        for (path, bytes) in sites::files_of(&snapshot) {
            content(&path, &bytes, &mut all);
        }
        for (word, _) in &stage.private {
            prop_assert!(!all.contains(word.as_str()), "{word} of {text:?}");
        }
    }
}

//! What files that are text say beside what they are opened for: who wrote them, with which computer.

use super::{Tell, Tells, contains, names_local_path, office, searchable};

/// How much of a file is looked at for what its format writes at its start.
const HEAD: usize = 64 << 10;

pub(super) fn tells(bytes: &[u8]) -> Tells {
    let mut tells = Tells::default();
    let head = &bytes[..bytes.len().min(HEAD)];
    let starts_line = |words: &[u8]| {
        head.starts_with(words)
            || memchr::memmem::find_iter(head, words).any(|at| at > 0 && head[at - 1] == b'\n')
    };
    // Mails (RFC 5322), alone or in a mailbox.
    let is_mail = starts_line(b"Received: ")
        || starts_line(b"Message-ID: ")
        || starts_line(b"From: ") && (starts_line(b"Subject: ") || starts_line(b"Date: "));
    if is_mail {
        tells.add(Tell::Name);
    }
    // PostScript's comments (DSC 3.0, 5.2).
    if head.starts_with(b"%!PS") && (starts_line(b"%%For:") || starts_line(b"%%Routing:")) {
        tells.add(Tell::Name);
    }
    // An OpenDocument text in one file.
    if contains(head, b"<office:document ") {
        tells.extend(office::tells_of_flat(bytes));
    }
    // QGIS and other programs keep who saved a project last; AutoCAD, too.
    if contains(head, b"<qgis ") && contains(head, b"saveUser") || contains(bytes, b"$LASTSAVEDBY") {
        tells.add(Tell::Name);
    }
    let is_project = contains(head, b"<qgis ") || head.starts_with(b"%!PS") || is_mail;
    if is_project && names_local_path(bytes) {
        tells.add(Tell::LocalPath);
    }
    // Pictures in letters (Netpbm, X) show no comments.
    let is_drawing = matches!(head, [b'P', b'1'..=b'7', b' ' | b'\t' | b'\r' | b'\n', ..]);
    if is_drawing && contains(head, b"\n#")
        || head.strip_prefix(b"/* XPM */").is_some_and(|rest| contains(rest, b"/*"))
        || has_comment(bytes, b"<!--", b"-->")
        || has_comment(bytes, b"%%", b"%%")
    {
        tells.add(Tell::Comments);
    }
    if !searchable::is_searchable(bytes) {
        tells.add(Tell::Unsearchable);
    }
    tells
}

/// Whether a text has a comment with words in it, of markup or, on one line, of Obsidian.
fn has_comment(bytes: &[u8], open: &[u8], close: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, open) {
        rest = &rest[at + open.len()..];
        let Some(end) = memchr::memmem::find(rest, close) else { return false };
        let words = &rest[..end];
        if words.iter().any(u8::is_ascii_alphabetic) && (open != close || !words.contains(&b'\n')) {
            return true;
        }
        // What seems to be an end may be a beginning.
        rest = &rest[if open == close { end } else { end + close.len() }..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_who_wrote_it() {
        let mail = "Received: from a\nFrom: Anna <a@b.example>\nSubject: x\n\nWords.\n";
        let flat = "<?xml version=\"1.0\"?><office:document xmlns:office=\"x\"><office:meta><dc:creator xmlns:dc=\"y\">Anna\
                    </dc:creator></office:meta></office:document>";
        for text in [mail, "%!PS-Adobe-3.0 EPSF\n%%For: Anna\n", flat, "<qgis saveUser=\"anna\">"] {
            assert!(tells(text.as_bytes()).words().contains("names"), "{text}");
        }
        for text in [
            "P3\n# Anna\n1 1\n",
            "/* XPM */\n/* Anna */",
            "<kml><!-- Anna --></kml>",
            "It left. %%Anna%%\n",
            "%%%%Anna%%",
        ] {
            assert!(tells(text.as_bytes()).words().contains("comments"), "{text}");
        }
        for text in [
            "P3\n1 1\n",
            "<!-- --><a/><!---->",
            "100%% of it\n100%% of that\n",
            "%%EOF\n%%EOF",
            "From: A to B\n",
            "a,b\n",
            "%!PS-Adobe-3.0\n",
            "Date: today\n",
            "<office:document xmlns:office=\"x\"/>",
        ] {
            assert!(tells(text.as_bytes()).is_empty(), "{text}");
        }
    }
}

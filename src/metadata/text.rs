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
    if !searchable::is_searchable(bytes) {
        tells.add(Tell::Unsearchable);
    }
    tells
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

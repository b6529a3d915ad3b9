//! What programs leave behind beside the files of authors, told by name.

use std::collections::BTreeSet;

use crate::base::diagnostic::Severity;

/// What a text is that is a draft or a template by its name or folder: Jekyll's `_drafts/`, `story.draft.md`; and how
/// serious that is. Nobody takes a template for a text.
pub(super) fn draft(path: &str) -> Option<(&'static str, Severity)> {
    let lower = path.to_lowercase();
    let mut parts = lower.rsplit('/');
    let name = parts.next().filter(|name| name.ends_with(".md"))?;
    let is_draft = name.split('.').skip(1).any(|part| matches!(part, "draft" | "drafts"));
    let mut folders = parts.map(|folder| match folder {
        "_drafts" => Some(("a draft by its folder", Severity::Warning)),
        "_templates" => Some(("a template by its folder", Severity::Note)),
        _ => None,
    });
    if is_draft {
        Some(("a draft by its name", Severity::Warning))
    } else {
        folders.find_map(|folder| folder)
    }
}

/// Folders, in lower case, that systems and programs make for themselves.
const FOLDERS: [&str; 7] = [
    "__macosx",
    "node_modules",
    "@eadir",
    "#recycle",
    "$recycle.bin",
    "lost+found",
    "system volume information",
];

/// What a program left behind, by its path; and how serious that is.
pub(super) fn leftover(path: &str) -> Option<(&'static str, Severity)> {
    let lower = path.to_lowercase();
    let (folders, lower) = lower.rsplit_once('/').unwrap_or(("", &lower));
    if folders.split('/').any(|folder| FOLDERS.contains(&folder)) {
        return Some(("in a folder that a program made for itself", Severity::Note));
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    if is_conflict(lower) {
        return Some(("a copy that was made of two versions in conflict", Severity::Warning));
    }
    let what = if lower.starts_with("~$") || lower.starts_with(".~lock.") {
        "the lock file of an open document"
    } else if ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", "icon\r"].contains(&lower) {
        "what the system keeps for itself"
    } else if ends(&[
        ".canvas",
        ".base",
        ".excalidraw.md",
        ".code-workspace",
        ".sublime-project",
        ".sublime-workspace",
    ]) {
        "a file of the editor"
    } else if ends(&[
        "~", ".bak", ".tmp", ".temp", ".orig", ".rej", ".swp", ".swo", ".backup", ".old", ".part",
    ]) || is_backup(lower)
    {
        "a backup or an unfinished copy"
    } else {
        return None;
    };
    Some((what, Severity::Note))
}

/// Whether a text, by its name in lower case, says that it is a backup: `story.autosave.md`, `story.bak.md`.
fn is_backup(lower: &str) -> bool {
    let parts = lower.strip_suffix(".md").map(|stem| stem.split('.').skip(1));
    let is_one = |part| matches!(part, "autosave" | "backup" | "bak" | "old" | "orig" | "temp" | "tmp");
    parts.is_some_and(|mut parts| parts.any(is_one))
}

/// The words for a copy, in the languages of file managers, in lower case.
const COPY: [&str; 40] = [
    "copy",
    "copie",
    "copia",
    "cópia",
    "kopie",
    "kopia",
    "kopi",
    "kopio",
    "kopya",
    "kopyası",
    "koopia",
    "kopija",
    "másolat",
    "másolata",
    "αντίγραφο",
    "копия",
    "копію",
    "копія",
    "копие",
    "kópia",
    "salin",
    "salinan",
    "コピー",
    "のコピー",
    "副本",
    "的副本",
    "拷贝",
    "的拷贝",
    "复件",
    "複製",
    "複本",
    "복사본",
    "사본",
    "نسخة",
    "نسخه",
    "עותק",
    "sao",
    "สำเนา",
    "प्रतिलिपि",
    "salinkan",
];

/// The words for a backup, in lower case.
const BACKUP: [&str; 10] = [
    "backup",
    "bak",
    "sicherung",
    "sicherungskopie",
    "sauvegarde",
    "respaldo",
    "cadangan",
    "резервная",
    "備份",
    "备份",
];

/// Words that stand beside those in the name of a copy.
const BESIDE: [&str; 31] = [
    "of",
    "another",
    "st",
    "nd",
    "rd",
    "th",
    "von",
    "weitere",
    "de",
    "autre",
    "otra",
    "di",
    "altra",
    "outra",
    "van",
    "andere",
    "af",
    "av",
    "dari",
    "bản",
    "من",
    "של",
    "файла",
    "pliku",
    "dosyasının",
    "e",
    "ª",
    "a",
    "ke",
    "souboru",
    "yang",
];

/// The words for a conflict.
const CONFLICT: [&str; 13] = [
    "conflict",
    "konflik",
    "konflikt",
    "conflit",
    "conflicto",
    "conflitto",
    "conflito",
    "конфликт",
    "конфлікт",
    "競合",
    "冲突",
    "衝突",
    "충돌",
];

/// The original of which a file is a copy or a backup, if that is beside it: without it, `Statement (2).md` is a name
/// like any other. `names` are those of the folder.
pub(super) fn original<'a>(name: &str, names: &BTreeSet<&'a str>) -> Option<&'a str> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let known = |stem: &str| match extension {
        "" => names.get(stem),
        _ => names.get(&*format!("{stem}.{extension}")),
    };
    let cuts = stem.char_indices().map(|(at, _)| at).skip(1);
    for at in cuts {
        let (before, after) = stem.split_at(at);
        if let Some(found) = known(before).filter(|_| is_mark(after, false)) {
            return Some(found);
        }
        if let Some(found) = known(after).filter(|_| is_mark(before, true)) {
            return Some(found);
        }
    }
    None
}

/// The text of which this one may be a copy, by a name that people give to texts of their own, too: iCloud and Finder
/// add a number (`x 2.md`), OneDrive adds the name of a computer (`x-ANNAS-PC.md`). `names` are those of the folder.
pub(super) fn perhaps_original<'a>(name: &str, names: &BTreeSet<&'a str>) -> Option<&'a str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let is_number = |text: &str| matches!(text.parse::<u8>(), Ok(2..=20)) && !text.starts_with(['0', '+']);
    let is_computer = |text: &str| {
        // A NetBIOS name: fifteen characters, shown in capitals.
        (4..=15).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
            && text.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let cuts = stem.char_indices().filter(|(_, c)| matches!(c, ' ' | '-'));
    let is_added = |(at, c): &(usize, char)| match (c, &stem[at + 1..]) {
        (' ', added) => is_number(added),
        (_, added) => is_computer(added),
    };
    cuts.filter(is_added).find_map(|(at, _)| names.get(&*format!("{}.{extension}", &stem[..at])).copied())
}

/// Whether this, before or after the name of a file, makes the name of a copy: ` (1)`, ` - Copy (2)`, `Copy of `.
fn is_mark(text: &str, is_before: bool) -> bool {
    let lower = text.to_lowercase();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A year does not number a copy.
    let is_count = |text: &str| is_number(text) && text.len() < 3;
    let bracketed = lower.trim_start().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if !is_before && bracketed.is_some_and(is_count) {
        return true;
    }
    if let Some(rest) = lower.strip_prefix("-desktop-").or(lower.strip_prefix("-laptop-")) {
        // OneDrive adds the name of the computer, which Windows makes up.
        return !is_before && rest.len() == 7 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    }
    // A hyphen alone joins the words of a name: `hard-copy.md`.
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    let edge = if is_before { lower.chars().next_back() } else { lower.chars().next() };
    let is_apart = edge.is_some_and(|c| !joins(c) || !c.is_ascii() && c.is_alphanumeric());
    if !is_apart {
        return false;
    }
    let has_conflict = CONFLICT.iter().any(|word| lower.contains(word));
    if has_conflict && !is_before {
        // The programs add the day and often the time: `_conflict-20240101-120000`.
        return lower.chars().filter(char::is_ascii_digit).count() >= 6;
    }
    let mut words = words(&lower);
    let mut names_copy = false;
    let is_known = words.all(|word| {
        let is_copy = COPY.contains(&word) || BACKUP.contains(&word);
        names_copy |= is_copy;
        is_copy || BESIDE.contains(&word) || is_count(word)
    });
    is_known && names_copy
}

/// The runs of letters (with their marks) and those of digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_mark = |c: char| unicode_normalization::char::is_combining_mark(c);
    let pieces =
        text.split(move |c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|piece| !piece.is_empty());
    pieces.flat_map(|piece| {
        let digits = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let tail = piece.trim_end_matches(|c: char| c.is_ascii_digit()).len().max(digits);
        [&piece[..digits], &piece[digits..tail], &piece[tail..]].into_iter().filter(|word| !word.is_empty())
    })
}

/// Whether a name, in lower case, is one that a program gives to one of two versions of a file.
fn is_conflict(lower: &str) -> bool {
    if lower.contains(".sync-conflict-") || lower.contains("(sfconflict ") || lower.contains("(case conflict")
    {
        return true;
    }
    // In brackets, in any language: `(Konflikt-Kopie von Anna 2024-01-01)`.
    let brackets =
        lower.split(['(', '[', '（']).skip(1).filter_map(|rest| rest.split([')', ']', '）']).next());
    brackets.into_iter().any(|inner| {
        let is_copy = COPY.iter().any(|word| inner.contains(word)) || inner.contains("cop");
        let is_in_conflict = CONFLICT.iter().any(|word| inner.contains(word));
        is_copy && is_in_conflict || inner == "conflicted"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy_of(name: &str, original_name: &str) -> bool {
        original(name, &BTreeSet::from([name, original_name])) == Some(original_name)
    }

    #[test]
    fn drafts_are_known_by_their_names() {
        for path in [
            "content/notes/_drafts/a.md",
            "content/a.draft.md",
            "content/a.draft.id.md",
            "content/_Templates/b.md",
        ] {
            assert!(draft(path).is_some(), "{path}");
        }
        for path in
            ["content/notes/drafts/a.md", "content/draft.md", "content/a-draft.md", "content/_drafts/a.csv"]
        {
            assert!(draft(path).is_none(), "{path}");
        }
    }

    #[test]
    fn what_programs_made_for_themselves_is_known_by_its_name_or_folder() {
        for path in [
            "content/notes/__MACOSX/x.md",
            "content/node_modules/x/y.md",
            "content/notes/@eaDir/x.jpg",
            "content/$RECYCLE.BIN/x.md",
            "content/notes/x.excalidraw.md",
            "content/notes/x.autosave.md",
            "content/notes/x.backup.id.md",
            "content/notes/x.md.bak",
        ] {
            assert!(leftover(path).is_some(), "{path}");
        }
        for path in ["content/notes/backup.md", "content/notes/old/x.md", "content/notes/x-backup.md"] {
            assert_eq!(leftover(path), None, "{path}");
        }
    }

    #[test]
    fn copies_are_told_where_their_original_is_beside_them() {
        for name in [
            "x (1).md",
            "x(1).md",
            "x (12).md",
            "x copy.md",
            "x copy 2.md",
            "x Copy.md",
            "x - Copy.md",
            "x - Copy (2).md",
            "x (copy).md",
            "x (another copy).md",
            "x (3rd copy).md",
            "Copy of x.md",
            "Copy (2) of x.md",
            "x_copy.md",
            "x - Kopie.md",
            "x Kopie 2.md",
            "x (weitere Kopie).md",
            "Kopie von x.md",
            "x - Copie.md",
            "Copie de x.md",
            "x (autre copie).md",
            "x - copia.md",
            "Copia de x.md",
            "Copia di x.md",
            "x - Cópia (3).md",
            "Cópia de x.md",
            "Kopie van x.md",
            "x — копия.md",
            "x - Копия (2).md",
            "x — копія.md",
            "Kopia x.md",
            "x - Kopya.md",
            "Salinan x.md",
            "Salinan dari x.md",
            "x - Salin.md",
            "x - コピー.md",
            "xのコピー.md",
            "xのコピー2.md",
            "x - 副本.md",
            "x 副本.md",
            "x副本2.md",
            "x的副本.md",
            "x 拷贝.md",
            "x - 複製.md",
            "x - 복사본.md",
            "x 복사본 2.md",
            "x - نسخة.md",
            "نسخة من x.md",
            "x - עותק.md",
            "x - Bản sao.md",
            "x - สำเนา.md",
            "x backup.md",
            "x (backup 2).md",
            "x_bak.md",
            "x_conflict-20240101-120000.md",
            "x (conflict 2024-01-01).md",
            "x-DESKTOP-AB12CD3.md",
            "x-LAPTOP-0123456.md",
        ] {
            assert!(copy_of(name, "x.md"), "{name}");
            assert_eq!(original(name, &BTreeSet::from([name])), None, "{name} without its original");
        }
        for (name, other) in
            [("summit.en (1).md", "summit.en.md"), ("a b (2).jpg", "a b.jpg"), ("README (1)", "README")]
        {
            assert!(copy_of(name, other), "{name}");
        }
    }

    #[test]
    fn other_names_beside_a_similar_one_are_names() {
        for (name, other) in [
            ("summit (2019).md", "summit.md"),
            ("hard-copy.md", "hard.md"),
            ("x 2.md", "x.md"),
            ("x-1.md", "x.md"),
            ("ukraine (conflict).md", "ukraine.md"),
            ("x copyright.md", "x.md"),
            ("photocopy.md", "photo.md"),
            ("x (copy) of the treaty.md", "x.md"),
            ("x (1).jpg", "x.md"),
            ("x of.md", "x.md"),
            ("copy.md", "x.md"),
            ("x ().md", "x.md"),
            ("x (1.md", "x.md"),
            ("x-DESKTOP-1.md", "x.md"),
            ("of x.md", "x.md"),
        ] {
            assert_eq!(original(name, &BTreeSet::from([name, other])), None, "{name} beside {other}");
        }
    }

    #[test]
    fn other_copies_are_only_supposed() {
        let names = BTreeSet::from(["x.md", "x y.md"]);
        let perhaps = |name: &str| perhaps_original(name, &names);
        for (name, original) in [
            ("x 2.md", "x.md"),
            ("x 13.md", "x.md"),
            ("x y 3.md", "x y.md"),
            ("x-ANNAS-PC.md", "x.md"),
            ("x-MACBOOK2.md", "x.md"),
        ] {
            assert_eq!(perhaps(name), Some(original), "{name}");
        }
        for name in
            ["x 1.md", "x 02.md", "x 2023.md", "x-2.md", "x-pc.md", "x-UAE.md", "z 2.md", "x y.md", "2.md"]
        {
            assert_eq!(perhaps(name), None, "{name}");
        }
    }

    #[test]
    fn conflict_copies_are_told_in_other_languages_and_conflicts_are_not_copies() {
        for name in [
            "x (conflicted copy 2024-01-01).md",
            "x (Anna's conflicted copy 2024-01-01).md",
            "x (Case Conflict 1).md",
            "x.sync-conflict-20240101-120000-ABCDEFG.md",
            "x (Konflikt-Kopie von Anna 2024-01-01).md",
            "x (In Konflikt stehende Kopie von Anna 2024-01-01).md",
            "x (Copie en conflit de Anna 2024-01-01).md",
            "x (Copia en conflicto de Anna 2024-01-01).md",
            "x (Copia in conflitto di Anna 2024-01-01).md",
            "x (Cópia em conflito de Anna 2024-01-01).md",
            "x (conflicterende kopie van Anna).md",
            "x (конфликтующая копия 2024-01-01).md",
            "x (Annaの競合コピー 2024-01-01).md",
            "x (Anna 的冲突副本 2024-01-01).md",
            "x (충돌 사본).md",
            "x (Salinan konflik Anna 2024-01-01).md",
            "x (SFConflict a@b.c 2024-01-01).md",
            "x [conflicted].md",
            "x (Conflicted copy Anna’s iPhone 202401011200).md",
        ] {
            assert!(leftover(name).is_some_and(|(_, severity)| severity == Severity::Warning), "{name}");
        }
        for name in [
            "women in conflict.md",
            "ukraine (conflict).md",
            "x (frozen conflict 2014).md",
            "conflict copy.md",
        ] {
            assert_eq!(leftover(name), None, "{name}");
        }
    }
}

//! Patterns for paths: `photos/*.jpg`.

use super::path::InputPath;

/// Whether a file fits a pattern for what is below its first folder, `content/`.
pub(crate) fn fits_below(pattern: &str, path: &InputPath) -> bool {
    path.as_str().split_once('/').is_some_and(|(_, below)| fits(pattern, below))
}

/// Whether a path fits a pattern: `*` is any part of a name, `?` one character, `**` any number of folders.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    fits_in_turn(&pattern, &path, |part| *part == "**", |part, name| fits_name(part, name))
}

fn fits_name(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    fits_in_turn(&pattern, &name, |c| *c == '*', |want, c| *want == '?' || want == c)
}

/// Matches a list against a pattern in which some items stand for any number of others. After a mismatch only
/// the last of these takes one item more, so the time is at most the product of both lengths.
fn fits_in_turn<P, T>(
    pattern: &[P],
    list: &[T],
    is_any: impl Fn(&P) -> bool,
    fits: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut done, mut last) = (0, 0, None);
    while done < list.len() {
        match pattern.get(at) {
            Some(part) if is_any(part) => {
                last = Some((at, done));
                at += 1;
            }
            Some(part) if fits(part, &list[done]) => {
                at += 1;
                done += 1;
            }
            _ => {
                let Some((any, from)) = last else { return false };
                last = Some((any, from + 1));
                (at, done) = (any + 1, from + 1);
            }
        }
    }
    pattern[at..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_names_and_folders() {
        for (pattern, path) in [
            ("photos/*.jpg", "photos/a.jpg"),
            ("*", "a.jpg"),
            ("**", "a/b/c.jpg"),
            ("**/c.jpg", "c.jpg"),
            ("**/c.jpg", "a/b/c.jpg"),
            ("a/**/c*.j?g", "a/x/y/cé.jpg"),
            ("a*b*c", "a-b-b-c"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("photos/*.jpg", "photos/x/a.jpg"),
            ("*.jpg", "a.JPG"),
            ("", "a"),
            ("a*b*c", "a-b-c-d"),
            ("a/**/c", "a/b"),
            ("?", "ab"),
        ] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
        assert!(!fits(&"*a".repeat(5_000), &"a".repeat(4_000)));
    }
}

//! A diff of two short texts, by lines.

/// The lines around a change that are shown.
const AROUND: usize = 3;

/// The changes from `old` to `new`, each with the lines around it.
pub fn diff(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    // common[i][j] is the length of the longest sequence that old[i..] and new[j..] share.
    let mut common = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = match old[i] == new[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let mut lines: Vec<(char, usize, &str)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', i + 1, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && common[i + 1][j] >= common[i][j + 1] {
            lines.push(('-', i + 1, old[i]));
            i += 1;
        } else {
            lines.push(('+', i + 1, new[j]));
            j += 1;
        }
    }
    let is_near = |at: usize| {
        let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        lines[near].iter().any(|(mark, ..)| *mark != ' ')
    };
    let mut text = String::new();
    let mut was_near = true;
    for (at, (mark, number, line)) in lines.iter().enumerate() {
        if is_near(at) {
            if !was_near {
                text.push_str("      ⋮\n");
            }
            text.push_str(&format!("{number:5} {mark} {line}\n"));
        }
        was_near = is_near(at);
    }
    text
}

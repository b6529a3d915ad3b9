//! Whether text in a theme's colours can be read: the contrast of its variables, in the light and in the dark.

use std::collections::BTreeMap;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::theme::{BROKEN_THEME, Theme};

/// The least contrast of text (WCAG 2.2, level AA, success criterion 1.4.3).
const LEAST: f64 = 4.5;

/// The colours of text on each ground, as `docs/themes.md` lists them.
const ON_PAPER: [&str; 17] = [
    "ink",
    "soft",
    "accent",
    "unverified",
    "reported",
    "computed",
    "disputed",
    "corroborated",
    "confirmed",
    "refuted",
    "withdrawn",
    "sea",
    "rail",
    "road",
    "air",
    "river",
    "pipeline",
];
const ON_WASH: [&str; 7] = ["ink", "soft", "accent", "unverified", "disputed", "corroborated", "refuted"];
const ON_MARK: [&str; 1] = ["ink"];
const ON_MAP: [&str; 8] = ["ink", "map-name", "sea", "rail", "road", "air", "river", "pipeline"];
const ON_WATER: [&str; 3] = ["ink", "map-name", "map-water"];

/// A value of a variable, and where it is written if that is in the theme's own file.
#[derive(Clone)]
struct Written<'t> {
    value: &'t str,
    place: Option<(&'t InputPath, Span)>,
}

/// The values of variables, by their names without the hyphens.
type Variables<'t> = BTreeMap<&'t str, Written<'t>>;

/// The pairs of colours that are too close to each other.
pub(super) fn weak(theme: &Theme) -> Vec<Diagnostic> {
    let (mut light, mut dark) = (Variables::new(), Variables::new());
    for name in ["style.css", "map.css", "theme.css"] {
        let Some((_, file)) = theme.below("assets").find(|(own, _)| *own == name) else { continue };
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        read(text, file.path.as_ref(), &mut light, &mut dark);
    }
    // What is set for the dark alone has more weight, no matter where it is written.
    let mut in_dark = light.clone();
    in_dark.extend(dark);
    let mut found = Vec::new();
    for (scheme, variables) in [("light", &light), ("dark", &in_dark)] {
        let grounds = [
            ("paper", &ON_PAPER[..]),
            ("wash", &ON_WASH),
            ("mark", &ON_MARK),
            ("map-land", &ON_MAP),
            ("map-sea", &ON_WATER),
            ("map-halo", &ON_WATER),
        ];
        for (ground, texts) in grounds {
            for text in texts {
                found.extend(pair(text, ground, scheme, variables));
            }
        }
    }
    found
}

/// What is to be said of one pair.
fn pair(text: &str, ground: &str, scheme: &str, variables: &Variables<'_>) -> Option<Diagnostic> {
    let (above, below) = (resolved(text, variables)?, resolved(ground, variables)?);
    let place = above.place.or(below.place);
    let at = |found: Diagnostic| match place {
        Some((path, span)) => found.at(path, span, ""),
        None => found,
    };
    let (Some(a), Some(b)) = (luminance(above.value), luminance(below.value)) else {
        let unread = if luminance(above.value).is_none() { text } else { ground };
        let value = if luminance(above.value).is_none() { above.value } else { below.value };
        // A default colour is always read, so it is an own one.
        let message = format!("the contrast of `--{unread}: {value}` cannot be computed");
        let found = BROKEN_THEME.found(message).help("write colours as `#rrggbb`");
        return Some(at(Diagnostic { severity: Severity::Warning, ..found }));
    };
    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
    if ratio >= LEAST {
        return None;
    }
    // Rounded down: 4.49 is not 4.5.
    let shown = (ratio * 100.0).floor() / 100.0;
    let message = format!(
        "in the {scheme}, text in `--{text}` ({}) on `--{ground}` ({}) has a contrast of {shown}:1, less than {LEAST}:1",
        above.value, below.value
    );
    let (darker, lighter) = if scheme == "light" { (text, ground) } else { (ground, text) };
    let help = format!("make `--{darker}` darker or `--{lighter}` lighter");
    Some(at(BROKEN_THEME.found(message).help(help)))
}

/// The value of a variable, through others that it is the same as.
fn resolved<'t>(name: &str, variables: &Variables<'t>) -> Option<Written<'t>> {
    let first = variables.get(name)?.clone();
    let mut written = first.clone();
    // Variables that are each other's value have none.
    for _ in 0..8 {
        let Some(other) = written.value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) else {
            return Some(Written { value: written.value, place: first.place.or(written.place) });
        };
        written = variables.get(other.trim())?.clone();
    }
    None
}

/// The relative luminance of a colour in hexadecimal digits, as WCAG 2 defines it.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    let digits: Vec<u32> = digits.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let channels: Vec<u32> = match digits.len() {
        3 => digits.iter().map(|digit| digit * 17).collect(),
        6 => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
        _ => return None,
    };
    let linear = channels.iter().map(|channel| {
        let part = f64::from(*channel) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    Some(linear.zip([0.2126, 0.7152, 0.0722]).map(|(part, weight)| part * weight).sum())
}

/// Reads the variables that a style sheet sets for the whole page on a screen.
fn read<'t>(
    sheet: &'t str,
    path: Option<&'t InputPath>,
    light: &mut Variables<'t>,
    dark: &mut Variables<'t>,
) {
    let mut open: Vec<&str> = Vec::new();
    let (mut start, mut at) = (0, 0);
    let bytes = sheet.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'/' if sheet[at..].starts_with("/*") => {
                at += sheet[at..].find("*/").map_or(sheet.len() - at, |end| end + 2);
                // A comment between declarations is not part of one.
                if sheet[start..at].trim_start().starts_with("/*") {
                    start = at;
                }
                continue;
            }
            quote @ (b'"' | b'\'') => {
                let close = sheet[at + 1..].find(char::from(quote));
                at += close.map_or(sheet.len() - at, |close| close + 2);
                continue;
            }
            b'{' => open.push(sheet[start..at].trim()),
            end @ (b';' | b'}') => {
                let set = sheet[start..at].split_once(':').map(|(name, value)| (name.trim(), value));
                if let (Some((name, value)), Some((rule, around))) = (set, open.split_last())
                    && let Some(name) = name.strip_prefix("--")
                    && rule.starts_with(":root")
                    && !around.iter().any(|around| around.contains("print"))
                {
                    let from = at - value.len() + (value.len() - value.trim_start().len());
                    let value = value.trim();
                    let place = path.map(|path| (path, Span::new(from, from + value.len())));
                    let is_dark =
                        rule.contains("dark") || around.iter().any(|around| around.contains("dark"));
                    let variables = if is_dark { &mut *dark } else { &mut *light };
                    variables.insert(name, Written { value, place });
                }
                if end == b'}' {
                    open.pop();
                }
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += 1;
        start = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::MemoryWorld;

    fn found(sheet: &str) -> Vec<String> {
        let world = MemoryWorld::new()
            .with("dossier.toml", "theme = \"mine\"\n")
            .with("themes/mine/assets/theme.css", sheet);
        let config = crate::config::read(&world, None).value;
        weak(&Theme::read(&world, &config).value).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn the_default_colours_can_be_read() {
        assert_eq!(found(""), [""; 0]);
    }

    #[test]
    fn a_colour_is_judged_where_it_is_used() {
        let light = found("/* : { */ :root { --accent: #888; }");
        assert!(
            light.iter().any(|found| found.starts_with("in the light, text in `--accent` (#888)")),
            "{light:?}"
        );
        assert!(!light.iter().any(|found| found.starts_with("in the dark")), "{light:?}");
        let dark = found("@media screen { :root[data-theme=\"dark\"] { --ink: var(--paper) } }");
        assert!(
            dark.iter().any(|found| found.contains("on `--paper` (#151618) has a contrast of 1:1")),
            "{dark:?}"
        );
        assert_eq!(found("@media print { :root { --soft: #fff } } .x { --ink: #fff }"), [""; 0]);
        let named = found(":root { --ink: black; }");
        assert!(
            named.iter().all(|found| found == "the contrast of `--ink: black` cannot be computed"),
            "{named:?}"
        );
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |a, b| (luminance(a).unwrap() + 0.05) / (luminance(b).unwrap() + 0.05);
        assert!((ratio("#fff", "#000000") - 21.0).abs() < 1e-9);
        assert!((ratio("#ffffff", "#767676") - 4.54).abs() < 0.005);
        assert_eq!(luminance("rgb(0 0 0)"), None);
    }
}

//! Where reports link to: the page of each code in the guide, in terminals that show links (OSC 8).

use std::io::{self, IsTerminal};

/// Where the repository of a released program is; a program built from source has none.
const REPOSITORY: Option<&str> = option_env!("DOSSIER_REPOSITORY");
/// The environment variable with the address of a site made from `docs/`, for those who publish it themselves.
const DOCS: &str = "DOSSIER_DOCS";
/// `0` switches links off, anything else on, as in other programs.
const FORCE: &str = "FORCE_HYPERLINK";

/// Values of `TERM_PROGRAM`, and parts of `TERM`, of terminals that show links.
const PROGRAMS: [&str; 7] = ["ghostty", "Hyper", "iTerm.app", "Tabby", "vscode", "WarpTerminal", "WezTerm"];
const TERMS: [&str; 5] = ["alacritty", "contour", "foot", "ghostty", "kitty"];
/// Variables that only such terminals set.
const SIGNS: [&str; 3] = ["DOMTERM", "KONSOLE_VERSION", "WT_SESSION"];
/// The first release of VTE (GNOME Terminal and others) that shows links.
const VTE: u32 = 5000;

/// The addresses of the pages of codes, before and after the code; `None` if reports should have no links.
pub(super) fn pages() -> Option<(String, &'static str)> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if !is_wanted(&variable, io::stdout().is_terminal()) {
        return None;
    }
    if let Some(docs) = variable(DOCS) {
        return Some((format!("{}/", docs.trim_end_matches('/')), ".html"));
    }
    let version = env!("CARGO_PKG_VERSION");
    REPOSITORY.map(|at| (format!("{at}/blob/v{version}/docs/rules/"), ".md"))
}

fn is_wanted(variable: &dyn Fn(&str) -> Option<String>, is_terminal: bool) -> bool {
    if let Some(force) = variable(FORCE) {
        return force != "0";
    }
    let is = |name: &str, known: &[&str]| variable(name).is_some_and(|value| known.contains(&value.as_str()));
    let term = variable("TERM").unwrap_or_default();
    let shows = is("TERM_PROGRAM", &PROGRAMS)
        || TERMS.iter().any(|known| term.contains(known))
        || SIGNS.iter().any(|name| variable(name).is_some())
        || variable("VTE_VERSION").and_then(|version| version.parse().ok()).is_some_and(|is: u32| is >= VTE);
    is_terminal && shows && ["CI", "NO_COLOR"].iter().all(|name| variable(name).is_none())
}

#[cfg(test)]
mod tests {
    use super::is_wanted;

    #[test]
    fn links_are_for_terminals_that_show_them() {
        let wanted = |variables: &[(&str, &str)], is_terminal| {
            let get = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            is_wanted(&get, is_terminal)
        };
        for shows in [
            ("TERM", "xterm-kitty"),
            ("TERM_PROGRAM", "vscode"),
            ("VTE_VERSION", "7006"),
            ("WT_SESSION", "4f3a"),
        ] {
            assert!(wanted(&[shows], true), "{shows:?}");
            assert!(!wanted(&[shows], false), "{shows:?}");
            for off in [("NO_COLOR", "1"), ("CI", "true"), ("FORCE_HYPERLINK", "0")] {
                assert!(!wanted(&[shows, off], true), "{off:?}");
            }
        }
        for plain in [("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal"), ("VTE_VERSION", "4602")]
        {
            assert!(!wanted(&[plain], true), "{plain:?}");
        }
        assert!(wanted(&[("FORCE_HYPERLINK", "1")], false));
    }
}

//! Reads `robots.txt` (RFC 9309), and the `Crawl-delay` that many hosts add to it.

use std::time::Duration;

use url::Url;

/// How much of a file to read, in bytes: the minimum that RFC 9309, section 2.5, allows.
pub(crate) const BYTE_LIMIT: usize = 500 * 1024;

/// What a host asks of one program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// The shortest pause between two requests that the file asks for.
    pub crawl_delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    /// Of a path and its query, normalised: `*` stands for any text, `$` at the end for the end.
    pattern: String,
    is_allow: bool,
}

/// Whom a group is for. If no group names the program, those for everyone apply.
#[derive(Copy, Clone, PartialEq)]
enum Group {
    Named,
    Everyone,
    Others,
}

impl Robots {
    /// Reads what the file asks of the program whose product token is `name`. Skips bad lines, as the RFC
    /// requires.
    pub(crate) fn parse(file: &[u8], name: &str) -> Robots {
        // A line that is cut off could forbid more than it does.
        let end =
            file.get(..BYTE_LIMIT).map(|start| start.iter().rposition(|byte| *byte == b'\n').unwrap_or(0));
        let file = &file[..end.unwrap_or(file.len())];
        let text = String::from_utf8_lossy(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file));
        let (mut named, mut everyone) = (None, Robots::default());
        let (mut group, mut is_start) = (Group::Others, false);
        for line in text.split(['\n', '\r']) {
            let Some((key, value)) = line.split('#').next().and_then(|line| line.split_once(':')) else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                let agent = group_of(value, name);
                // Lines that follow each other name programs of one group.
                group = match (is_start, group, agent) {
                    (true, Group::Named, _) | (_, _, Group::Named) => Group::Named,
                    (true, Group::Everyone, _) => Group::Everyone,
                    (_, _, agent) => agent,
                };
                is_start = true;
                if group == Group::Named {
                    named.get_or_insert_default();
                }
                continue;
            }
            let robots = match group {
                Group::Named => named.get_or_insert_default(),
                Group::Everyone => &mut everyone,
                Group::Others => &mut Robots::default(),
            };
            match key.as_str() {
                "allow" | "disallow" => {
                    is_start = false;
                    if !value.is_empty() {
                        robots.rules.push(Rule { pattern: normalised(value), is_allow: key == "allow" });
                    }
                }
                "crawl-delay" => {
                    is_start = false;
                    let delay =
                        value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                    robots.crawl_delay = [robots.crawl_delay, delay].into_iter().flatten().min();
                }
                // Sitemaps and what is unknown belong to no group, and end none.
                _ => {}
            }
        }
        named.unwrap_or(everyone)
    }

    /// Whether `url` may be asked for: what the longest pattern says that fits, `Allow` before `Disallow`.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        let path = normalised(url.path());
        let path = match url.query() {
            Some(query) => format!("{path}?{}", encoded(query)),
            None => path,
        };
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        let best = fitting.max_by_key(|rule| (rule.pattern.len(), rule.is_allow));
        path == "/robots.txt" || best.is_none_or(|rule| rule.is_allow)
    }
}

fn group_of(agent: &str, name: &str) -> Group {
    // What follows the product token, such as a version, does not count.
    let token = agent.split(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).next();
    match token {
        Some(token) if token.eq_ignore_ascii_case(name) => Group::Named,
        _ if agent.starts_with('*') => Group::Everyone,
        _ => Group::Others,
    }
}

fn normalised(path: &str) -> String {
    // Many write patterns without the slash that every path begins with.
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("{slash}{}", encoded(path))
}

/// The text with each byte written in one way, so that patterns and paths compare: percent-encoded unless it
/// is printable ASCII, and decoded where it need not be encoded (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.get(..2).and_then(from_hex)).flatten();
        rest = if code.is_some() { &after[2..] } else { after };
        match code {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(byte.into()),
            None if byte.is_ascii_graphic() => out.push(byte.into()),
            _ => out.push_str(&format!("%{:02X}", code.unwrap_or(byte))),
        }
    }
    out
}

fn from_hex(digits: &[u8]) -> Option<u8> {
    // The parser would take a sign, too.
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then(|| std::str::from_utf8(digits).ok())??;
    u8::from_str_radix(digits, 16).ok()
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return !is_whole || rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    if is_whole { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(file: &str, path: &str) -> bool {
        Robots::parse(file.as_bytes(), "dossier")
            .allows(&format!("https://example.org{path}").parse().unwrap())
    }

    #[test]
    fn the_group_that_names_the_program_counts_or_else_that_of_everyone() {
        let file = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Dossier/1.0\nDisallow: /a # why\n\
                    Sitemap: https://example.org/s.xml\nDisallow: /b\nUser-agent: third\nDisallow: /c";
        let allowed = ["/", "/a", "/b", "/c"].map(|path| allows(file, path));
        assert_eq!(allowed, [true, false, false, true]);
        assert!(allows("User-agent: *\nDisallow: /\nUser-agent: dossier", "/"), "a group without rules");
        assert!(allows("User-agent: dossierbot\nDisallow: /", "/"), "a longer name");
        assert!(!allows("User-agent: *\nUser-agent: other\nDisallow: /", "/"), "everyone and another");
        assert!(allows("Disallow: /", "/"), "rules of no group");
        assert!(allows("User-agent: *\nDisallow:", "/"), "an empty rule");
        assert!(
            !allows("\u{feff}USER-AGENT : *\r\n disallow:/a\rDisallow: /b", "/b"),
            "a BOM and all line ends"
        );
    }

    /// The examples of RFC 9309, section 5.2.
    #[test]
    fn the_longest_rule_wins() {
        let file = "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif";
        assert!(allows(file, "/example/page/"));
        assert!(!allows(file, "/example/page/disallowed.gif"));
        assert!(allows("User-agent: *\nDisallow: /a\nAllow: /a", "/a"), "as long: allowed");
        assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
    }

    #[test]
    fn patterns_fit_as_the_rfc_says() {
        let cases = [
            ("/fish", "/fish.html", true),
            ("/fish", "/catfish", false),
            ("fish", "/fish", true),
            ("/fish/", "/fish", false),
            ("/*.php", "/a/b.php?c", true),
            ("/*.php$", "/b.php", true),
            ("/*.php$", "/b.php?c", false),
            ("/a*b*c", "/axxbxxc", true),
            ("/*ab*ab$", "/abab", true),
            ("/*aba*ba$", "/abab", false),
            ("/a$b", "/a$b/c", true),
            ("/?q=*", "/?q=1", true),
            ("/%61%2f", "/a%2F", true),
            ("/a%2f", "/a/", false),
            ("/ä", "/%C3%A4", true),
            ("/100%", "/100%", true),
        ];
        for (pattern, path, expected) in cases {
            let is_allowed = allows(&format!("User-agent: *\nDisallow: {pattern}"), path);
            assert_eq!(!is_allowed, expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_delay_is_in_seconds() {
        let delay = |value| {
            Robots::parse(format!("User-agent: *\nCrawl-delay: {value}").as_bytes(), "dossier").crawl_delay
        };
        assert_eq!(delay("1.5"), Some(Duration::from_millis(1500)));
        assert_eq!(["-1", "soon", "inf", "NaN"].map(delay), [None; 4]);
    }
}

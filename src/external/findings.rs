//! Turns answers into findings about the places where the addresses are written.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::addresses::{Addresses, Mention};
use super::{Answer, Answers, Fault};
use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::span::Span;
use crate::check::help::part_of;
use crate::world::World;

/// Every code that checking links to other sites can report.
pub(crate) static CODES: [&Code; 4] = [&BROKEN, &MOVED, &UNCHECKED, &super::FOUND];

static BROKEN: Code = Code {
    name: "external-link-broken",
    level: Severity::Warning,
    docs: "\
A broken link to another site: the server says that the page is gone (404, 410), there is no host of
that name, the host refuses connections, or browsers warn about its certificate. Only
`dossier check --external` checks this. If a source cannot be opened, nobody can check the claim
that cites it.

```yaml
url: https://example.org/report-2023     # 404
archive: https://web.archive.org/web/20231013190000/https://example.org/report-2023
```

If a source has an `archive`, readers still have the copy, and the finding is only a note: keep the
`url`, because it says where the source was read.

How to fix: look for a copy at `https://web.archive.org/web/*/ADDRESS`, and give its address as the
source's `archive`, or link to it; correct an address that is misspelt.",
};

static MOVED: Code = Code {
    name: "external-link-moved",
    level: Severity::Warning,
    docs: "\
An address on another site that redirects permanently (301 or 308, RFC 9110). When a site is
rebuilt, redirects are the first thing to be lost, and then the link is broken. Temporary redirects
are followed, and not reported.

```yaml
url: http://example.org/report     # redirects permanently to https://example.org/report
```

How to fix: write the new address; `dossier check --external --fix` does this if the page is still
on the same site, or has the same path on another one, and no other page has moved there. If the
address now redirects to the home page of the site, the page is most likely gone: look for a copy.",
};

static UNCHECKED: Code = Code {
    name: "external-link-unchecked",
    level: Severity::Note,
    docs: "\
A link to another site that `dossier check --external` could not check: the host's `robots.txt`
excludes programs, or the server refuses programs (401, 403, 429), has an error (5xx), does not
answer in time, or closes the connection.

```
note: `https://example.org/report` could not be checked: its server answers 403 (Forbidden)
```

This says nothing about the page: many hosts refuse everything except browsers.

How to fix: open the address in a browser; use `--timeout` to wait longer, or run the command again.",
};

/// The findings for `answers`, in the order of the files, which are read from `world`.
pub(crate) fn findings(addresses: &Addresses<'_>, answers: &Answers, world: &dyn World) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (mention, why) in &addresses.nonsense {
        let message = format!("`{}` is not an address: {why}", mention.written);
        found.push(at(BROKEN.found(message), mention).help("correct the address"));
    }
    let shared = shared(answers);
    for (url, mentions) in &addresses.mentions {
        for mention in mentions {
            let site = Site { mention, copy: addresses.copies.get(url).copied(), world };
            match answers.get(url) {
                Some(Answer::Moved(to)) => found.push(site.moved(url, to, shared.contains(to))),
                Some(Answer::Broken(fault)) => found.push(site.broken(url, fault)),
                Some(Answer::Unsure(why)) => found.push(site.unchecked(why)),
                Some(Answer::Good) | None => {}
            }
        }
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found
}

/// Addresses to which several pages redirect: most likely not new addresses, but where the host redirects
/// requests for missing pages.
fn shared(answers: &Answers) -> BTreeSet<&Url> {
    let mut paths: BTreeMap<&Url, BTreeSet<&str>> = BTreeMap::new();
    for (from, answer) in answers {
        if let Answer::Moved(to) = answer {
            paths.entry(to).or_default().insert(from.path().trim_end_matches('/'));
        }
    }
    paths.retain(|_, paths| paths.len() > 1);
    paths.into_keys().collect()
}

fn at(found: Diagnostic, mention: &Mention<'_>) -> Diagnostic {
    found.at(mention.path, mention.span, "")
}

/// A place where a broken or moved address is written.
struct Site<'a> {
    mention: &'a Mention<'a>,
    /// The address of an archived copy.
    copy: Option<&'a str>,
    world: &'a dyn World,
}

impl Site<'_> {
    fn broken(&self, url: &Url, fault: &Fault) -> Diagnostic {
        let Site { mention, copy, .. } = self;
        let written = mention.written;
        let host = url.host_str().unwrap_or_default();
        let found = at(
            BROKEN.found(match fault {
                Fault::NoHost => format!("`{written}` is broken: there is no host `{host}`"),
                Fault::Refused => format!("`{written}` is broken: `{host}` refuses connections"),
                Fault::Certificate(why) => {
                    format!(
                        "browsers warn about `{written}`: the certificate of `{host}` is not valid ({why})"
                    )
                }
                Fault::Gone(status) => format!("`{written}` is gone: its server answers {status}"),
            }),
            mention,
        );
        match (mention.label, copy) {
            (Some("archive"), _) => found.help(
                "save the page again at https://web.archive.org/save, and give the address of the new copy",
            ),
            (Some("url"), Some(copy)) => {
                let found =
                    found.help(format!("you need not do anything: readers have the archived copy, {copy}"));
                Diagnostic { severity: Severity::Note, ..found }
            }
            (_, Some(copy)) => {
                let found = found.help(format!("there is an archived copy: {copy}"));
                self.replacement(copy).map_or(found.clone(), |fix| found.choice(fix))
            }
            (_, None) => found.help(format!("look for a copy: https://web.archive.org/web/*/{written}")),
        }
    }

    fn moved(&self, from: &Url, to: &Url, is_shared: bool) -> Diagnostic {
        let written = self.mention.written;
        if is_home(to) && !is_home(from) {
            let message = format!("`{written}` now redirects to the home page of `{}`", host(to));
            return at(MOVED.found(message), self.mention).help(format!(
                "the page is most likely gone; look for a copy: https://web.archive.org/web/*/{written}"
            ));
        }
        let mut new = to.clone();
        if let (None, Some((_, fragment))) = (new.fragment(), written.split_once('#')) {
            new.set_fragment(Some(fragment));
        }
        let found = at(MOVED.found(format!("`{written}` has moved permanently to `{new}`")), self.mention);
        match self.replacement(new.as_str()) {
            None => found.help("write the new address"),
            Some(fix) if is_same_page(from, to) && !is_shared => Diagnostic { fix: Some(fix), ..found },
            Some(fix) => found.help("check that it is the same page, and write the new address").choice(fix),
        }
    }

    fn unchecked(&self, why: &str) -> Diagnostic {
        let message = format!("`{}` could not be checked: {why}", self.mention.written);
        at(UNCHECKED.found(message), self.mention).help("open it in a browser")
    }

    /// A fix that replaces the written address. `None` if the file spells it differently, or if the new one
    /// could mean something else in YAML, TOML or Markdown.
    fn replacement(&self, new: &str) -> Option<Fix> {
        let Mention { path, span, written, .. } = self.mention;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+=%".contains(c);
        let text = String::from_utf8(self.world.read(path).ok()?.to_vec()).ok()?;
        let span: Span = part_of(&text, *span, written).filter(|_| new.chars().all(is_plain))?;
        let edit = Edit { path: (*path).clone(), span, replacement: new.to_owned() };
        Some(Fix::new(format!("replace it with `{new}`"), vec![edit]))
    }
}

fn is_home(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether both addresses certainly belong to the same page: on the same site, or with the same path on
/// another one.
fn is_same_page(from: &Url, to: &Url) -> bool {
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    host(from) == host(to) || (path(from) == path(to) && from.query() == to.query() && !is_home(to))
}

//! Reports addresses that a browser would execute, and those with a password.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::base::url::{has_password, unsafe_scheme};
use crate::check::{Context, MOST_PLACES, Rule};
use crate::data::reading;
use crate::link::{Target, Unresolved};
use crate::parse::prose::{Link, LinkUse};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unsafe-link",
        level: Severity::Error,
        docs: "\
An address that a browser would execute or load as a page of its own (`javascript:`, `vbscript:`,
`data:`, `blob:`), that opens what is on the reader's own computer (`file:`), or whose scheme is not
one that websites may link to. A dossier often contains text copied from elsewhere. Links to
`http:`, `https:`, `mailto:`, `tel:`, `geo:`, `ftp:`, `magnet:` and others that run nothing are fine, if
there is no password in them (`https://user:password@example.org/`).

The level of this rule changes what is reported, never what is published: on the site such a link
has no target. In front matter, addresses are `http` or `https` (see `invalid-value`).

How to fix: link to a page, `https://…`, or to a file beside yours. Save a picture that is encoded
in its address as a file; it is not shown, and a warning names how many there are.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(encoded_pictures(context));
    for entity in &context.graph.entities {
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                if has_password(&link.target) {
                    let message = "an address has a password in it, which everybody could read";
                    let span = link.target_span.unwrap_or(link.span);
                    let found = RULE.code.found(message).at(&edition.input.path, span, "");
                    let help = "link without it, and replace the password: others may have read it";
                    diagnostics.push(found.help(help));
                }
                if *target == Target::Unresolved(Unresolved::Unsafe) && !is_encoded_picture(link) {
                    let path = &edition.input.path;
                    let found = found(&link.target, path, link.target_span.unwrap_or(link.span));
                    // `htps://example.org`
                    let meant = link.target_span.zip(reading::address(&link.target));
                    diagnostics.extend(found.map(|found| match meant {
                        Some((span, meant)) => {
                            found.help(format!("did you mean `{meant}`?")).suggest(true, path, span, meant)
                        }
                        None if is_on_disk(&link.target) => found.help(
                            "this is a file on your own computer, which readers do not have: copy it beside this text, \
                             and link to its name",
                        ),
                        None => found.help("link to a page, `https://…`, or to a file beside this one"),
                    }));
                }
            }
        }
    }
}

/// Whether an address is a path on somebody's computer: `C:\Users\me\x.pdf`, `file:///home/me/x.pdf`.
fn is_on_disk(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.len() == 1 || scheme.eq_ignore_ascii_case("file")
}

/// Whether a picture is in its own address: `![Ship](data:image/png;base64,…)`.
fn is_encoded_picture(link: &Link) -> bool {
    let is_data = link.target.get(.."data:image/".len());
    link.usage != LinkUse::Link && is_data.is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

/// One finding for all pictures that are in their own address: programs that clip pages leave hundreds.
fn encoded_pictures(context: &Context<'_>) -> Option<Diagnostic> {
    let editions = context.graph.entities.iter().flat_map(|entity| &entity.editions);
    let all = editions.flat_map(|edition| edition.prose().links.iter().map(move |link| (edition, link)));
    let pictures: Vec<_> = all.filter(|(_, link)| is_encoded_picture(link)).collect();
    let message = match pictures.len() {
        0 => return None,
        1 => "a picture is encoded in its own address, and not shown".to_owned(),
        count => format!("{count} pictures are encoded in their own addresses, and not shown"),
    };
    let found = pictures.iter().take(MOST_PLACES).enumerate();
    let found = found.fold(RULE.code.found(message), |found, (number, (edition, link))| {
        let label = if number == 0 { "" } else { "also here" };
        found.at(&edition.input.path, context.first_line(edition, link.span), label)
    });
    let help = "save each as a file beside its text, and write its name; delete those that show nothing, \
                which programs that clip pages leave";
    // Nothing can run in it.
    Some(Diagnostic { severity: Severity::Warning, ..found.help(help) })
}

fn found(address: &str, path: &InputPath, span: Span) -> Option<Diagnostic> {
    let scheme = unsafe_scheme(address)?;
    let diagnostic = RULE.code.found(match scheme.as_str() {
        "javascript" | "vbscript" | "data" | "blob" => {
            format!("a browser may execute a `{scheme}:` address")
        }
        _ => format!("a page may not link to a `{scheme}:` address"),
    });
    Some(diagnostic.at(path, span, ""))
}

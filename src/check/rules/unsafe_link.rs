//! Reports addresses that a browser would execute.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::{Context, Rule};
use crate::link::{Target, Unresolved, unsafe_scheme};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unsafe-link",
        level: Severity::Error,
        docs: "\
An address that a browser would execute, or load as a page of its own: `javascript:`, `vbscript:`
and `data:`. A link must not be able to do that, and a dossier often contains text copied from
elsewhere.

The level of this rule changes what is reported, never what is published: on the site such a link
has no target. In front matter, addresses are `http` or `https` (see `invalid-value`).

How to fix: link to a page, `https://…`, or to a file beside yours. Save a picture that is encoded
in the address as a file.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for entity in &context.graph.entities {
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                if *target == Target::Unresolved(Unresolved::Unsafe) {
                    let span = link.target_span.unwrap_or(link.span);
                    diagnostics.extend(found(&link.target, &edition.input.path, span));
                }
            }
        }
    }
}

fn found(address: &str, path: &InputPath, span: Span) -> Option<Diagnostic> {
    let scheme = unsafe_scheme(address)?;
    let diagnostic = RULE.code.found(format!("a browser may execute a `{scheme}:` address"));
    Some(diagnostic.at(path, span, "").help("link to a page, `https://…`, or to a file beside this one"))
}

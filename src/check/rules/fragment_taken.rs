//! Reports ids that authors chose and that are not free.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "fragment-taken",
        level: Severity::Warning,
        docs: "\
An id that you chose for a heading, `## Cost {#cost}`, or in HTML, `<a id=\"cost\">`, and that something
else on the page has: another heading or element with the same id, or a part of the page itself, such as
`fn-1` for the first footnote. The heading gets a number at its end, so links to the id lead elsewhere.

How to fix: choose another id.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (edition, fault, span) in context.faults() {
        if fault != Fault::IdTaken {
            continue;
        }
        let span = context.first_line(edition, span);
        let found = RULE.code.found("this id is taken").at(&edition.input.path, span, "");
        diagnostics.push(found.help("choose another one; links to it lead to what had it first"));
    }
}

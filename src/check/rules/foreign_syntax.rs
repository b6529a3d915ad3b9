//! Reports syntax of other programs, which is shown as it is written.

use std::collections::HashSet;

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::check::{Context, Rule};
use crate::link::{Target, markdown_target};
use crate::parse::foreign::{Syntax, whole_link};
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "foreign-syntax",
        level: Severity::Warning,
        docs: "\
Syntax of another program, such as a shortcode of Hugo, `{{< figure >}}`, or a field of Dataview,
`key:: value`. It means nothing here, so readers see it as it is written. There is one finding for all
of a sort, and it points at the first places. What is written as code, in backticks, is not meant.

A link with a bracket missing or a space too many, such as `[[id]` or `[words] (file.md)`, is one of them; `--fix`
writes it right where it then leads to something.

How to fix: write in Markdown what it stands for; the help of the finding says how. To switch it off, because
all of it is meant to be read, write `foreign-syntax = \"off\"` under `[rules]` in `dossier.toml`.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for syntax in Syntax::ALL {
        let (name, help) = syntax.described();
        let found = context.grouped(Fault::Foreign(syntax), &RULE.code, |count| {
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            format!("{name}, are shown as they are written: {times}")
        });
        diagnostics.extend(found.map(|found| {
            let found = found.help(help);
            match syntax {
                Syntax::HalfLink => Diagnostic { fix: whole_links(context), ..found },
                _ => found,
            }
        }));
    }
}

/// Completes the links that lead somewhere if they are written as they were meant.
fn whole_links(context: &Context<'_>) -> Option<Fix> {
    let faults = context.faults().filter(|(_, fault, _)| *fault == Fault::Foreign(Syntax::HalfLink));
    let files: HashSet<&str> = context.graph.assets.iter().map(|path| path.name()).collect();
    let edits: Vec<Edit> = faults
        .filter_map(|(edition, _, span)| {
            let text = context.text(edition);
            let written = text.get(span.range())?;
            // Where the words end is not known.
            if written.contains('|') && !written.contains([']', '］']) {
                return None;
            }
            let replacement = whole_link(written);
            let leads = match replacement.trim_start_matches('!').strip_prefix("[[") {
                Some(inner) => {
                    let name = inner.split(['|', '#', ']']).next()?.trim();
                    files.contains(name) || context.graph.by_id(name).is_some()
                }
                None => {
                    let address = replacement.rsplit_once("](")?.1.strip_suffix(')')?;
                    let target = markdown_target(context.graph, edition, address);
                    matches!(target, Target::External(_) | Target::Entity(..) | Target::Asset(_))
                }
            };
            leads.then(|| Edit { path: edition.input.path.clone(), span, replacement })
        })
        .collect();
    (!edits.is_empty()).then(|| Fix::new("write the links as they were meant", edits))
}

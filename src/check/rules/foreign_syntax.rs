//! Reports syntax of other programs, which is shown as it is written.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::parse::foreign::Syntax;
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "foreign-syntax",
        level: Severity::Warning,
        docs: "\
Syntax of another program, such as a shortcode of Hugo, `{{< figure >}}`, or a field of Dataview,
`key:: value`. It means nothing here, so readers see it as it is written. There is one finding for all
of a sort, and it points at the first places. What is written as code, in backticks, is not meant.

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
        diagnostics.extend(found.map(|found| found.help(help)));
    }
}

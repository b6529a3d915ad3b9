//! Reports letters that a program lost or misread before a text came into the dossier.

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::check::{Context, Rule};
use crate::parse::garbled;
use crate::parse::prose::Fault;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "garbled-text",
        level: Severity::Warning,
        docs: "\
Letters that a program lost or misread before the text came here. `D�j�` has U+FFFD in place of letters that a
program could not read: which ones is not in the file any more. `cafÃ©` is `café` in UTF-8, which a program
took for another encoding, Windows-1252 or Windows-1251. There is one finding for all of a sort, and it points
at the first places. What is written as code, in backticks, is not meant.

```md
The cafÃ© in D�n      is published as it is written
```

How to fix: open the file that the text came from as UTF-8, or in the encoding in which it was written, and copy
it again. Misread letters can be replaced by those that they must have been; read what comes out of it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let times = |count| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let lost = context.grouped(Fault::LettersLost, &RULE.code, |count| {
        format!("U+FFFD, which is in place of letters that a program could not read: {}", times(count))
    });
    diagnostics.extend(lost.map(|found| {
        found
            .help("copy the words again from where they come from: the letters are not in this file any more")
    }));
    let mut first = None;
    let mut edits = Vec::new();
    for (edition, _, span) in context.faults().filter(|(_, fault, _)| *fault == Fault::LettersMisread) {
        let text = context.text(edition);
        let written = text.get(span.range()).unwrap_or_default();
        let Some(meant) = garbled::meant(written) else { continue };
        first.get_or_insert_with(|| format!("`{written}` is probably `{meant}`"));
        edits.push(Edit { path: edition.input.path.clone(), span, replacement: meant });
    }
    let misread = context.grouped(Fault::LettersMisread, &RULE.code, |count| {
        let guess = first.map(|first| format!("{first}: ")).unwrap_or_default();
        format!("{guess}letters in UTF-8 that a program read in another encoding, {}", times(count))
    });
    diagnostics.extend(misread.map(|found| {
        found
            .help("copy the text again from a file that is opened as UTF-8, or have the letters replaced")
            .choice(Fix::new("replace the letters by those that were meant", edits))
    }));
}

//! Reports files in which the names that must not be published cannot be searched for.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "redaction-unsearched",
        level: Severity::Warning,
        docs: "\
`[[redact]]` in `dossier.toml` lists names that must not be published, and this file may contain them
where the program cannot look: it is encrypted or damaged, it is no text and of a format that the
program cannot read (such as `.doc`, `.sqlite` or `.rar`), a mail with encoded parts, or a PDF with
attachments, or whose fonts do not say which letters they show. The program reads PDF as far as that
is possible without drawing it, Word, Excel, PowerPoint, OpenDocument and EPUB, archives (ZIP, gzip),
and the texts in pictures' metadata. It cannot read words in a picture, which includes a scan.

How to fix: open the file and search it for the names yourself. Better, save it in a format that can
be read: print the PDF to a new one, remove the password, or convert the document.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.config.redact.is_empty() {
        return;
    }
    for (path, _) in context.telling_files().filter(|(_, told)| told.left.is_unsearchable()) {
        let message = format!("`{path}` cannot be searched for the names that `[[redact]]` lists");
        let found = RULE.code.found(message).at(path, Span::empty(0), "");
        diagnostics.push(found.help("search it yourself, or save it in a format that can be read"));
    }
}

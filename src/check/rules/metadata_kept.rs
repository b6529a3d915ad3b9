//! Lists what is published because the settings keep it.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "metadata-kept",
        level: Severity::Note,
        docs: "\
A file that `keep_metadata` in `dossier.toml` lists, and that tells something beside its content. It
is published as it is, with the place at which a picture was taken, for example, or with the name of
who wrote a document. The note says what kinds of things these are, and not what they say: reports
may be published, too.

```toml
keep_metadata = [\"photos/*.jpg\"]      # paths below `content/`
```

How to fix: if nobody should read that, remove the file from `keep_metadata`. `exiftool FILE` shows
what is in it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, told) in context.telling_files().filter(|(path, _)| context.config.keeps_metadata(path)) {
        let tells = told.removed.with(&told.left).without_search();
        if !tells.is_empty() {
            let message = format!("`{path}` is published with {}", tells.words());
            let found = RULE.code.found(message).at(path, Span::empty(0), "");
            diagnostics
                .push(found.help("`keep_metadata` lists it; remove it there if nobody should read that"));
        }
    }
}

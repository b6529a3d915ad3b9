//! Reports pictures, recordings and documents whose content is not what their names say.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::media::format_of;
use crate::base::span::Span;
use crate::check::{Context, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "broken-media",
        level: Severity::Warning,
        docs: "\
A picture, a video, a sound or a PDF that would be published and cannot be opened: the file is empty, it is
something else than its name says, or it was cut off in the middle, so a part is missing. Most
often a download failed, and what was saved is the page that says so.

```text
clip.mp4      a web page: \"Log in to see this video\"
call.mp3      0 bytes
pier.jpg      a PNG picture: browsers show it, other programs may not
```

Books leave out such a picture, and show its alt text instead.

How to fix: open the file on your computer. If it does not open, get it again, or leave it out. If it
opens, its name has the wrong extension: rename it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, copied) in context.copied_files() {
        let Some(format) = format_of(path.extension()) else { continue };
        let Some(what) = copied.fault(format) else { continue };
        let help = match copied.extent.format {
            Some(found) if found != "html" && found != format.extension => {
                format!("if it opens on your computer, name it `.{found}`; otherwise get it again")
            }
            _ if copied.is_cut => {
                "get it again: the download or the copy broke off; readers would see a part of it".to_owned()
            }
            _ => "open it on your computer; if it does not open, get it again".to_owned(),
        };
        diagnostics.push(RULE.code.found(format!("`{path}` {what}")).at(path, Span::empty(0), "").help(help));
    }
}

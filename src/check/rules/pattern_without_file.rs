//! Reports patterns in the settings that match no file.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::check::{Context, Rule};
use crate::config;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "pattern-without-file",
        level: Severity::Note,
        docs: "\
A pattern of `publish_files` or `keep_metadata` that matches no file of `content/`. Most often the
file was renamed or removed, or the pattern has a slip; then what it was meant for is held back, or
loses its metadata.

```toml
publish_files = [\"data/*.csv\"]      # the CSV files directly in `content/data`
publish_files = [\"data/**\"]         # all files below it
publish_files = [\"*.csv\"]           # without a slash: CSV files in any folder
```

How to fix: correct the pattern, or remove it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let config = context.config;
    for (setting, patterns) in
        [("publish_files", &config.publish_files), ("keep_metadata", &config.keep_metadata)]
    {
        for pattern in patterns {
            if !context.graph.assets.iter().any(|file| pattern.matches(file)) {
                let message = format!("a pattern of `{setting}` matches no file of `content/`");
                let found = RULE.code.found(message);
                diagnostics.push(found.at(&InputPath::from(config::FILE), pattern.span, ""));
            }
        }
    }
}

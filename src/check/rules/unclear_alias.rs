//! Reports `aliases` that are one text and may be several names.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::help::{LIST_MARKS, several_at};
use crate::check::{Context, Rule};
use crate::data::reading::{Plain, Syntax};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unclear-alias",
        level: Severity::Warning,
        docs: "\
One alias that may be several: a text with commas that is no list, or a list in which a line does not end with a
comma. References and search know only the long name, so `[[KKP]]` does not lead there.

```yaml
aliases: KKP, DKP                  # wrong: one alias with a comma in it
aliases: [KKP, DKP]                # right
aliases: \"Friends of the Earth, Kepri\"     # right, for one
```

How to fix: write a list, with quotation marks around a name that has a comma in it.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let editions = context.graph.entities.iter().flat_map(|entity| &entity.editions);
    for edition in editions.filter(|edition| !edition.parsed.head.toml) {
        let aliases = &edition.parsed.head.common.aliases;
        if aliases.is_empty() {
            continue;
        }
        let text = context.text(edition);
        for alias in aliases {
            let Some(written) =
                text.get(alias.span.range()).filter(|text| !text.starts_with(['"', '\'', '|', '>']))
            else {
                continue;
            };
            let is_in_list = text[..alias.span.range().start].trim_end().ends_with(['[', ',', '-']);
            // `(KKP, DKP)`
            let inner = written.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(written);
            let ends_name = |c: char| c == '\n' || !is_in_list && LIST_MARKS.contains(&c);
            let names: Vec<&str> =
                inner.split(ends_name).map(str::trim).filter(|name| !name.is_empty()).collect();
            if names.len() < 2 {
                continue;
            }
            let spelt: Vec<String> =
                names.iter().map(|name| Plain::Word((*name).to_owned()).written(Syntax::Yaml)).collect();
            let list = several_at(&text, alias.span, &spelt);
            let one = serde_json::Value::from(alias.value.as_str()).to_string();
            let path = &edition.input.path;
            let found = RULE
                .code
                .found(format!("`{}` is one alias", alias.value))
                .at(path, alias.span, "")
                .help(format!("it may mean `{list}` or `{one}`: write the one that is meant"));
            diagnostics.push(
                [list, one].iter().fold(found, |found, text| found.suggest(false, path, alias.span, text)),
            );
        }
    }
}

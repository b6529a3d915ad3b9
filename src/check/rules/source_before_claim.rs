//! Reports claims that cite a source older than themselves.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::words::Basis;
use crate::kinds::{Claim, Source};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "source-before-claim",
        level: Severity::Note,
        docs: "\
A claim that was made (`date`) after a source that it cites was published. A source cannot contain
what had not been said yet: one of the dates is wrong, or the source supports something else.

A claim whose `basis` is `analysis` or `document` is not reported, because it may use older
material. The rule reports only what is impossible: a date known to the month may mean any day of
it.

```yaml
date: 2023-11-02
sources: [briefing-2023-10-13]   # published on 2023-10-13
```

By default this is a note, because in many dossiers `date` is when a claim became known.

How to fix: correct one of the dates, or cite the source in which you read the claim.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (_, entity, claim) in graph.all::<Claim>() {
        let Some(date) = &entity.common().date else { continue };
        if matches!(claim.basis, Some(Basis::Analysis | Basis::Computation | Basis::Document)) {
            continue;
        }
        for citation in &entity.common().sources {
            let Some(source) = graph.by_id(&citation.source.id).map(|ix| graph.entity(ix)) else { continue };
            let published = source.as_kind::<Source>().and_then(|source| source.published.as_ref());
            let Some(published) = published.filter(|published| published.is_certainly_before(date.value))
            else {
                continue;
            };
            diagnostics.push(
                RULE.code
                    .found(format!("the claim `{}` was made after its source `{}`", entity.id, source.id))
                    .at(entity.path(), citation.source.span, "cannot contain it yet")
                    .at(entity.path(), date.span, format!("it was made on {}", date.value))
                    .at(source.path(), published.span, format!("published on {}", published.value))
                    .help("correct one of the dates, or cite where it was read"),
            );
        }
    }
}

//! Reports translations whose original does not exist.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::all_nearest;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::help::{MOST_SUGGESTIONS, a_kind, any_of};
use crate::check::{Context, Rule};
use crate::link::{Misfit, MisfitKind};
use crate::load::Input;

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "translation-without-original",
        level: Severity::Error,
        docs: "\
A file such as `claims/containers.en.md`, the English translation of `claims/containers.md`, if that
file does not exist or is in the folder of another kind. Facts are in the original only, so a
translation alone has none, and gets no page.

How to fix: write the original, in the site's default language (the first of `languages` in
`dossier.toml`), or give the translation the name of the file that it translates.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // An original that is there and cannot be read has a finding of its own.
    let is_there = |misfit: &Misfit| context.world.read(&original_of(&misfit.input)).is_ok();
    let misfits = context.graph.misfits.iter();
    let misfits = misfits.filter(|misfit| matches!(misfit.kind, MisfitKind::NoOriginal) && !is_there(misfit));
    for (number, misfit) in misfits.enumerate() {
        diagnostics.push(orphan(context, misfit, number < MOST_SUGGESTIONS));
    }
}

/// The file that a translation is of.
fn original_of(translation: &Input) -> InputPath {
    format!("{}/{}.md", translation.path.folder(), translation.id).into()
}

fn orphan(context: &Context<'_>, misfit: &Misfit, suggest: bool) -> Diagnostic {
    let (graph, input) = (context.graph, &misfit.input);
    let span = misfit.title.as_ref().map_or(Span::empty(0), |title| title.span);
    let found = |message: String| {
        RULE.code.found(message).at(&input.path, span, "a translation without its original")
    };
    if let Some(ix) = graph.by_id(input.id.as_str()) {
        let original = graph.entity(ix);
        let (is, wanted) = (a_kind(&[original.kind]), a_kind(&[input.kind]));
        return found(format!("`{}` is {is}, and this translates {wanted}", original.id))
            .at(original.path(), original.head_span(), format!("this is {is}"))
            .help(format!("move the translation to `{}/`, beside its original", original.path().folder()));
    }
    let wanted = original_of(input);
    let diagnostic = found(format!("there is no `{wanted}`"));
    let ids = graph.entities.iter().filter(|entity| suggest && entity.kind == input.kind);
    let near = all_nearest(input.id.as_str(), ids.map(|entity| entity.id.as_str()));
    match near.is_empty() {
        true => diagnostic.help(format!("write the original, `{wanted}`, in `{}`", graph.default_language())),
        false => diagnostic.help(format!("is it the translation of {}?", any_of(near))),
    }
}

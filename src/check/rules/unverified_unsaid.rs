//! Reports articles that show an unverified claim without saying that it is unverified.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::check::{Context, Rule};
use crate::kinds::words::Status;
use crate::kinds::{Article, Role};
use crate::link::{Edition, EntityIx};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "unverified-unsaid",
        level: Severity::Warning,
        docs: "\
An article that links to, embeds or is marked with a claim of status `unverified`, and does not say
in its text that something in it is not verified. Indonesia's press council requires this: news that
has not been verified must say, in the same article, that it still needs to be (Guidelines for Cyber
Media Reporting, 2012, section 2). The mark beside the passage also says so, but does not reach
people to whom the text is read aloud or passed on.

The rule looks for these words: in Indonesian *belum terverifikasi*, *belum diverifikasi*, *belum
dapat diverifikasi*, *tidak dapat diverifikasi*, *memerlukan verifikasi*, *belum terkonfirmasi*,
*belum dapat dipastikan*; in English: *unverified*, *not verified*, *not been verified*, *cannot be
verified*, *could not be verified*, *not yet verified*, *unconfirmed*, *not been confirmed*. It does
not check texts in other languages.

How to fix: say so in the sentence or at the end of the article; or verify the claim and change its
status.",
    },
    check,
};

/// Phrases that say that something is not verified, by language.
const WORDS: [(&str, &[&str]); 2] = [
    (
        "id",
        &[
            "belum terverifikasi",
            "belum diverifikasi",
            "belum dapat diverifikasi",
            "tidak dapat diverifikasi",
            "memerlukan verifikasi",
            "perlu verifikasi",
            "belum terkonfirmasi",
            "belum dapat dipastikan",
        ],
    ),
    (
        "en",
        &[
            "unverified",
            "not verified",
            "not been verified",
            "not yet verified",
            "cannot be verified",
            "could not be verified",
            "unconfirmed",
            "not been confirmed",
        ],
    ),
];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let unverified = |ix: EntityIx| graph.entity(ix).status == Some(Status::Unverified);
    for (ix, entity, _) in graph.all::<Article>() {
        let silent: Vec<bool> = entity.editions.iter().map(says_nothing).collect();
        if !silent.contains(&true) {
            continue;
        }
        let mut seen: BTreeSet<(u32, EntityIx)> = BTreeSet::new();
        for reference in graph.outgoing(ix).iter().filter(|reference| reference.link.is_some()) {
            let crate::link::Target::Entity(to, _) = reference.target else { continue };
            let edition = reference.edition;
            if !silent[edition as usize] || !unverified(to) || !seen.insert((edition, to)) {
                continue;
            }
            diagnostics.push(
                RULE.code
                    .found(format!(
                        "`{}` shows the unverified claim `{}`, and does not say so",
                        entity.id,
                        graph.entity(to).id
                    ))
                    .at(graph.path_of(reference), reference.span, "its status is `unverified`")
                    .help("say in the text that it is not verified"),
            );
        }
        let marks = graph
            .incoming(ix)
            .filter(|reference| reference.role == Role::Target && unverified(reference.from));
        for reference in marks {
            let claim = graph.entity(reference.from);
            let lang = &claim.editions[reference.edition as usize].input.lang;
            let at = entity.editions.iter().position(|edition| edition.input.lang == *lang);
            if at.is_some_and(|at| silent[at] && seen.insert((at as u32, reference.from))) {
                diagnostics.push(
                    RULE.code
                        .found(format!(
                            "`{}` shows the unverified claim `{}`, and does not say so",
                            entity.id, claim.id
                        ))
                        .at(graph.path_of(reference), reference.span, "marks a passage of it")
                        .help("say in the text that it is not verified"),
                );
            }
        }
    }
}

/// Whether a text, in a language that the rule knows, lacks any such phrase.
fn says_nothing(edition: &Edition) -> bool {
    let primary = edition.input.lang.as_str().split('-').next().unwrap_or_default();
    let Some((_, words)) = WORDS.iter().find(|(lang, _)| *lang == primary) else { return false };
    let text = edition.prose().plain.to_lowercase();
    !words.iter().any(|word| text.contains(word))
}

//! Reports statuses that say more than the dossier's claims and sources do, or something else.

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::span::Spanned;
use crate::check::{Context, Rule};
use crate::evidence::status::{Standing, has_read};
use crate::kinds::words::Status;
use crate::kinds::{Claim, Role};
use crate::link::{Entity, EntityIx, Graph};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "status-mismatch",
        level: Severity::Warning,
        docs: "\
A claim whose `status` does not agree with what the dossier's other claims and its sources say about
it: a claim that somebody denies is `reported`, or a claim that nobody denies is `denied`.

Without `status`, the status follows by itself. The first line that applies decides:

- `computed`: its `basis` is `computation`, a calculation of your own
- `contradicted`: another claim `contradicts` it, or it the other
- `denied`: a claim `denies` it. If the denial is no more than a statement, and the claim has two
  independent origins, it does not count
- `told-differently`: another claim has it from the same origin with another figure, date or wording
- `corroborated`: it has two independent origins
- `reported`: somebody asserts it, or a source has it

You may write a status that says less, such as `reported` instead of `corroborated`, and those that
only a person can judge: `confirmed`, `unverified`, `refuted` and `withdrawn`. `disputed` does not say
how; older dossiers have it.

```yaml
# claims/peskov-no-proof.md
denies: [kirby-1000-containers]
# claims/kirby-1000-containers.md
status: reported          # `denied`
```

How to fix: remove `status`, or write the one that follows; or, if that is wrong, correct the relation
that it follows from.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    for (ix, entity, claim) in graph.all::<Claim>() {
        let Some(written) = claim.written_status().filter(|_| has_read(entity)) else { continue };
        let standing = context.evidence.standing(graph, ix, claim);
        let follows = standing.status();
        // `contradiction-unacknowledged` reports those.
        let is_reported = follows == Status::Contradicted
            && !written.acknowledges_conflict()
            && standing.contradictions.iter().any(|other| !graph.entity(*other).admits_conflict());
        if standing.allows(written.value) || is_reported {
            continue;
        }
        let (word, instead) = (written.word(), follows.word());
        let agrees_with_history = claim.history.last().is_none_or(|last| last.status.value == written.value);
        let (why, other_way) = match follows.acknowledges_conflict() || follows == Status::Computed {
            true => reason(graph, &standing, follows),
            false => missing(entity, written.value),
        };
        let found = RULE.code.found(format!("the claim `{}` is `{word}`, but {why}", entity.id)).at(
            entity.path(),
            written.span,
            format!("`{instead}` follows"),
        );
        let found = labelled(graph, found, ix, &standing, follows);
        let set = replaced(entity, claim, written.value, follows);
        // It is the one conflict that can have been meant.
        let is_sure =
            written.value == Status::Disputed && follows.acknowledges_conflict() && agrees_with_history;
        let found = match is_sure {
            true => Diagnostic { fix: Some(set), ..found },
            false => found.choice(set),
        };
        diagnostics.push(found.help(format!("set `status: {instead}`; or {other_way}")));
    }
}

/// Why a status follows, and what to change where it is wrong that it does.
fn reason(graph: &Graph, standing: &Standing, follows: Status) -> (String, String) {
    let id = |ix: Option<&EntityIx>| ix.map(|ix| graph.entity(*ix).id.to_string()).unwrap_or_default();
    match follows {
        Status::Contradicted => {
            let other = id(standing.contradictions.first());
            let way = "remove `contradicts`, if both can be true";
            (format!("it and `{other}` cannot both be true"), way.to_owned())
        }
        Status::Denied => {
            let denial = standing.denials.iter().find(|denial| denial.has_evidence);
            let denial = id(denial.or(standing.denials.first()).map(|denial| &denial.claim));
            (
                format!("`{denial}` denies it"),
                format!("remove `denies` from `{denial}`, if it rejects something else"),
            )
        }
        Status::ToldDifferently => {
            let other = id(standing.told.as_ref());
            let why = format!("`{other}` has it from the same origin, and tells it differently");
            (why, "distinguish the figures with `of`, if they are of different things".to_owned())
        }
        Status::Computed => (
            "its `basis` is `computation`: it is a calculation of your own".to_owned(),
            "name another `basis`, if somebody else calculated it".to_owned(),
        ),
        _ => ("it was withdrawn".to_owned(), "remove `withdrawn`".to_owned()),
    }
}

/// What a status says that nothing in the dossier does, and what to add where it is right.
fn missing(entity: &Entity, written: Status) -> (String, String) {
    let id = &entity.id;
    let (why, way) = match written {
        Status::Denied => ("no claim denies it", format!("write the claim that does, with `denies: [{id}]`")),
        Status::Contradicted => {
            ("no claim contradicts it", format!("write `contradicts: [{id}]` in the claim that does"))
        }
        Status::ToldDifferently => (
            "no claim has it from the same origin in other words",
            format!("write the claim that does, with `restates: [{id}]`"),
        ),
        Status::Computed => ("its `basis` is not `computation`", "set `basis: computation`".to_owned()),
        _ => (
            "no claim denies or contradicts it",
            format!("write the claim that does, with `denies: [{id}]` or `contradicts: [{id}]`"),
        ),
    };
    (why.to_owned(), way)
}

/// Points at the relations that a status follows from.
fn labelled(
    graph: &Graph,
    mut found: Diagnostic,
    ix: EntityIx,
    standing: &Standing,
    follows: Status,
) -> Diagnostic {
    let (role, words, from): (Role, &str, Vec<EntityIx>) = match follows {
        Status::Denied => {
            (Role::Denies, "denies it", standing.denials.iter().map(|denial| denial.claim).collect())
        }
        Status::Contradicted => (Role::Contradicts, "contradicts it", standing.contradictions.clone()),
        _ => return found,
    };
    let references =
        graph.incoming(ix).filter(|reference| reference.role == role && from.contains(&reference.from));
    for reference in references.take(MOST_SHOWN) {
        found = found.at(graph.path_of(reference), reference.span, words);
    }
    found
}

/// The maximum number of relations labelled.
const MOST_SHOWN: usize = 5;

/// Sets the status wherever the file has the old one as its present status.
fn replaced(entity: &Entity, claim: &Claim, written: Status, follows: Status) -> Fix {
    let last = claim.history.last().map(|entry| &entry.status);
    let places = claim.status.iter().chain(last.filter(|last| last.value == written));
    let edit = |place: &Spanned<Status>| Edit {
        path: entity.path().clone(),
        span: place.span,
        replacement: follows.word().to_owned(),
    };
    Fix::new(format!("set `status: {}`", follows.word()), places.map(edit).collect())
}

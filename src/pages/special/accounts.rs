//! What the accounts of a divergence are called and say: for its page, its picture and links to it.

use crate::evidence::divergence::{Account, Divergence, On};
use crate::evidence::quantities::unit;
use crate::evidence::voices::targets;
use crate::kinds::{KindId, Quantity, Role};
use crate::link::{EntityIx, layout};
use crate::reader::{Reader, capital, figure_text};

/// The name of the page that lists divergences, and of the folder of theirs.
pub(crate) const NAME: &str = "divergence";

/// The subject of a divergence: `North Korean arms to Russia: shipments`.
pub(crate) fn title(reader: Reader<'_>, divergence: &Divergence) -> String {
    let locale = reader.locale;
    let figures = || divergence.accounts.iter().filter_map(|account| account.figure(reader.graph));
    let thing = |account: &Account| {
        let about = targets(reader.graph, account.claim, Role::About);
        let rank = |ix: &&EntityIx| match reader.graph.entity(**ix).kind {
            KindId::Event => 0,
            KindId::Route => 1,
            _ => 2,
        };
        about.iter().min_by_key(rank).map(|ix| reader.called(*ix))
    };
    let first = divergence.accounts.first();
    let subject = match divergence.on {
        On::Figure => {
            // Use the most common wording.
            let of = figures().find_map(|figure| figure.of.as_ref()).map(|of| reader.text(of));
            let name = figures().find_map(|figure| figure.unit.as_ref()).map(|unit| reader.text(unit));
            match (of, name) {
                (Some(of), Some(name)) if figures().next().and_then(unit).is_none() => {
                    Some(locale.fill("special.divergence.figure", &[("of", &of), ("unit", &name)]))
                }
                (None, Some(name)) => Some(match first.and_then(thing) {
                    Some(of) => locale.fill("special.divergence.figure", &[("of", &of), ("unit", &name)]),
                    None => name,
                }),
                (of, name) => of.or(name),
            }
        }
        On::When => {
            first.and_then(thing).map(|thing| locale.fill("special.divergence.when", &[("thing", &thing)]))
        }
        On::Words => None,
    };
    let subject = subject.or_else(|| {
        let title = &reader.preview(first?.claim).title;
        Some(locale.fill("special.divergence.words", &[("title", title)]))
    });
    reader.config.dialect.shown(&capital(&subject.unwrap_or_default()), &locale.lang)
}

/// What an account says: its figure, its dates or its title.
pub(crate) fn said_of(reader: Reader<'_>, on: On, account: &Account) -> String {
    let figure = account.figure(reader.graph).map(|figure| figure_text(reader, figure));
    let when = || account.when(reader.graph).map(|when| reader.locale.date(when));
    let said = match on {
        On::Figure => figure,
        On::When => when(),
        On::Words => None,
    };
    said.unwrap_or_else(|| reader.preview(account.claim).title.clone())
}

pub(crate) fn word(on: On) -> &'static str {
    match on {
        On::Figure => "figure",
        On::When => "when",
        On::Words => "words",
    }
}

/// The places or events that a figure lies between.
pub(crate) fn between(reader: Reader<'_>, figure: Option<&Quantity>) -> Option<String> {
    let [from, to] = figure?.between.as_slice() else { return None };
    let name = |id: &str| {
        let called = reader.called(reader.graph.by_id(id)?);
        Some(reader.locale.isolated(&called).into_owned())
    };
    Some(format!("{} – {}", name(&from.id)?, name(&to.id)?))
}

/// The path of the page of the divergence with this number.
pub(crate) fn path(reader: Reader<'_>, number: usize) -> String {
    let divergence = &reader.site.evidence().divergences[number];
    let file = format!("{NAME}/{}", reader.graph.entity(divergence.name).id);
    layout::encoded(&reader.special_path(&file))
}

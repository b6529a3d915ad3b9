//! Reports figures written by hand that are not those of the claim, the place or the route beside them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::diagnostic::{Code, Diagnostic, Edit, Fix, Severity};
use crate::base::id::Lang;
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::check::figures::{self, Bounds, Written};
use crate::check::{Context, Rule};
use crate::evidence::quantities::{Measure, unit};
use crate::kinds::words::Comparator;
use crate::kinds::{Claim, Place, Quantity, Role, Route};
use crate::link::{Edition, Entity, EntityIx, Target};
use crate::locale::Locale;
use crate::parse::prose::{Link, LinkUse};
use crate::parse::sentence;
use crate::values::{Known, Value, kilometres_between};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "figure-differs",
        level: Severity::Warning,
        docs: "\
A figure in a text that is not the one of the claim, the place or the route which the text links to
beside it:

```md
The depot is [about 210 km](../claims/depot-290-km.md) from the border.    # the claim says 290
From [Tikhoretsk](../places/tikhoretsk.md) it is 291 km to [Kerch](../places/kerch.md).   # 289
```

The data may have changed since the sentence was written, or one of the two is a slip. A figure is
compared if it is in the words of a link to a claim that has a figure in the same unit; and, elsewhere
in a sentence, if it is so near to what is claimed or computed of something that the sentence links to
that hardly anything else is meant. A claim's own title, summary and text are compared with its
`quantities`. A figure may be rounded: 290 km fits 289.4 km, but 289 km does not fit a claim of
290 km, unless it is the claim's own text that says what it was rounded from. Words in quotation
marks are somebody else's and are not compared. In the words of a link to a claim, the number of
independent origins is compared, too.

How to fix: correct the sentence, or the data. Better, let the page print the value, so that text and
data cannot differ: `[about 290 km](../claims/depot-290-km.md#=figure)`; `dossier explain unknown-value`
lists what can be printed. If the figure is another one, say so in other words, or link to the claim
that has it.",
    },
    check,
};

/// The most places of a sentence between which distances are compared.
const MOST_PLACES: usize = 6;

/// The most origins that are looked for in words.
const MOST_ORIGINS: usize = 20;

/// How near to a claim's figure one in the same sentence must be for it to be meant, as a part of it; and to a
/// computed distance.
const NEAR_CLAIMED: f64 = 0.2;
const NEAR_COMPUTED: f64 = 0.1;

/// A number that the dossier knows.
struct Comparable<'a> {
    bounds: Bounds,
    /// Its claim, with the figure; none for what is computed.
    claimed: Option<(&'a Entity, &'a Quantity)>,
    /// In words, for the message.
    says: String,
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Context { graph, evidence, courses, .. } = *context;
    let origins = context.locales.iter().map(|locale| (locale.lang.clone(), counts_of_origins(locale)));
    let checker = Checker { context, known: Known { graph, evidence, courses }, origins: origins.collect() };
    for (ix, entity) in graph.iter() {
        for edition in &entity.editions {
            checker.of_text(ix, edition, diagnostics);
            let common = &edition.parsed.head.common;
            for text in common.title.iter().chain(&common.summary) {
                checker.of_value(entity, edition, text, diagnostics);
            }
        }
    }
}

struct Checker<'a> {
    context: &'a Context<'a>,
    known: Known<'a>,
    /// What each language writes for these numbers of origins.
    origins: BTreeMap<Lang, Vec<(usize, Vec<String>)>>,
}

/// The words for numbers of origins, each in letters and in digits.
fn counts_of_origins(locale: &Locale) -> Vec<(usize, Vec<String>)> {
    let words = |said: String| said.split_whitespace().map(str::to_owned).collect();
    let both = |number: usize| {
        let said = [locale.origins(number), locale.counted("claim.origin_count", number as u64)];
        said.map(|said| (number, words(said)))
    };
    (1..=MOST_ORIGINS).flat_map(both).collect()
}

impl<'a> Checker<'a> {
    /// Compares the figures of a title or a summary with those of its own claim.
    fn of_value(
        &self,
        entity: &'a Entity,
        edition: &Edition,
        text: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let own = own(entity);
        if own.is_empty() {
            return;
        }
        let lang = &edition.input.lang;
        for figure in figures::all(text, lang.as_str()) {
            if let Some(other) = differing(&figure, &own, false) {
                let written = self.context.text(edition);
                let word = &text[figure.range.clone()];
                let at = written.get(text.span.range()).and_then(|value| value.find(word));
                let start = text.span.start as usize + at.unwrap_or(0);
                let span = at.map_or(text.span, |_| Span::new(start, start + word.len()));
                diagnostics.push(self.found(&edition.input.path, span, at.is_some(), word, other, lang));
            }
        }
    }

    /// Compares the figures of a text with what the links of their sentences lead to.
    fn of_text(&self, ix: EntityIx, edition: &'a Edition, diagnostics: &mut Vec<Diagnostic>) {
        let prose = edition.prose();
        let entity = self.context.graph.entity(ix);
        let own = own(entity);
        let lang = &edition.input.lang;
        self.of_origins(ix, edition, diagnostics);
        if own.is_empty() && prose.links.is_empty() {
            return;
        }
        let mut last: Option<(Range<usize>, Vec<Comparable<'a>>)> = None;
        for figure in figures::all(&prose.plain, lang.as_str()) {
            let links =
                || prose.links.iter().zip(&edition.links).filter(|(link, _)| link.usage == LinkUse::Link);
            let is_in = |link: &Link| {
                link.words.start as usize <= figure.range.start && figure.range.end <= link.words.end as usize
            };
            let around = links().find(|(link, _)| is_in(link));
            if around.is_some_and(|(_, target)| target.printed(ix).is_some()) {
                continue;
            }
            let linked = around.and_then(|(link, target)| match target {
                Target::Entity(to, _) if link.has_words => Some(claimed(self.context.graph.entity(*to))),
                _ => None,
            });
            let inside = linked.filter(|linked| !linked.is_empty());
            if let Some(linked) = &inside
                && linked.iter().any(|one| factor(&figure, one).is_some())
            {
                if let Some(other) = differing(&figure, linked, true) {
                    self.report(edition, &figure, other, diagnostics);
                }
                continue;
            }
            if last.as_ref().is_none_or(|(range, _)| !range.contains(&figure.range.start)) {
                let sentence = sentence::around_in(&prose.plain, figure.range.clone());
                let within = links().filter(|(link, _)| sentence.contains(&(link.words.start as usize)));
                let targets = within.filter_map(|(_, target)| match target {
                    Target::Entity(to, _) => Some(*to),
                    _ => None,
                });
                let comparables = self.comparables(entity, targets);
                last = Some((sentence, comparables));
            }
            let Some((_, comparables)) = &last else { continue };
            if let Some(other) = differing(&figure, comparables, false) {
                self.report(edition, &figure, other, diagnostics);
            }
        }
    }

    /// What the figures of a sentence may be: those of its own claim, and of what it links to.
    fn comparables(
        &self,
        entity: &'a Entity,
        targets: impl Iterator<Item = EntityIx>,
    ) -> Vec<Comparable<'a>> {
        let graph = self.context.graph;
        let mut found = own(entity);
        let mut places: Vec<EntityIx> = graph.by_id(entity.id.as_str()).into_iter().collect();
        for to in targets {
            let target = graph.entity(to);
            found.extend(claimed(target));
            if target.as_kind::<Route>().is_some() {
                found.extend(self.of_route(to));
            }
            if !places.contains(&to) {
                places.push(to);
            }
        }
        places.retain(|place| graph.entity(*place).as_kind::<Place>().is_some());
        places.truncate(MOST_PLACES);
        for (at, from) in places.iter().enumerate() {
            let between = graph.incoming(*from).filter(|reference| reference.role == Role::Between);
            for claim in between {
                found.extend(claimed(graph.entity(claim.from)));
            }
            for to in &places[at + 1..] {
                let (from, to) = (graph.entity(*from).id.as_str(), graph.entity(*to).id.as_str());
                let km = kilometres_between(graph, from, to);
                found.extend(km.map(|km| computed(km, format!("from `{from}` to `{to}` it is {km:.0} km"))));
            }
        }
        found
    }

    fn of_route(&self, ix: EntityIx) -> Vec<Comparable<'a>> {
        let id = &self.context.graph.entity(ix).id;
        let names = self.known.names(ix);
        let lengths = names.iter().filter_map(|name| match self.known.value(ix, name).ok()? {
            Value::Distance(km) => Some(computed(km, format!("`{name}` of `{id}` is {km:.0} km"))),
            _ => None,
        });
        lengths.collect()
    }

    /// Compares counts of origins in the words of links to claims.
    fn of_origins(&self, ix: EntityIx, edition: &Edition, diagnostics: &mut Vec<Diagnostic>) {
        let graph = self.context.graph;
        let lang = &edition.input.lang;
        for (link, target) in edition.prose().links.iter().zip(&edition.links) {
            let Target::Entity(to, _) = target else { continue };
            let is_claim = graph.entity(*to).as_kind::<Claim>().is_some();
            if !is_claim || !link.has_words || target.printed(ix).is_some() {
                continue;
            }
            let Some(locale) = self.locale(lang) else { continue };
            let words: Vec<&str> = edition.prose().at(&link.words).split_whitespace().collect();
            let says = |said: &Vec<String>| words.windows(said.len().max(1)).any(|window| window == said);
            let counts = self.origins.get(lang).into_iter().flatten();
            let mut said = counts.filter(|(_, said)| says(said)).peekable();
            if said.peek().is_none() {
                continue;
            }
            let count = self.context.evidence.origins(graph, *to).len();
            if let Some((_, said)) = said.find(|(number, _)| *number != count) {
                let (said, is) = (said.join(" "), locale.origins(count));
                let span = edition.prose().source_of(link.words.start as usize..link.words.end as usize);
                let message = format!("the text says `{said}`, but `{}` has {is}", graph.entity(*to).id);
                let found = RULE.code.found(message).at(&edition.input.path, span.unwrap_or(link.span), "");
                diagnostics
                    .push(found.help("correct the sentence, or let the page print the number: `#=origins`"));
            }
        }
    }

    fn report(
        &self,
        edition: &Edition,
        figure: &Written,
        other: &Comparable<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let prose = edition.prose();
        let word = &prose.plain[figure.range.clone()];
        if let Some(span) = prose.source_of(figure.range.clone()) {
            diagnostics.push(self.found(&edition.input.path, span, true, word, other, &edition.input.lang));
        }
    }

    fn found(
        &self,
        path: &InputPath,
        span: Span,
        is_exact: bool,
        word: &str,
        other: &Comparable<'_>,
        lang: &Lang,
    ) -> Diagnostic {
        let message = format!("the text says `{word}`, but {}", other.says);
        let found = RULE.code.found(message).at(path, span, "");
        let found = found
            .help("correct one of the two, or let the page print the value: `dossier explain unknown-value`");
        let number = other.claimed.map(|(_, quantity)| quantity.value).filter(|value| value.from == value.to);
        match (number, self.locale(lang)) {
            (Some(number), Some(locale)) if is_exact => {
                let number = locale.number(number.from);
                let edit = Edit { path: path.clone(), span, replacement: number.clone() };
                found.choice(Fix::new(format!("write `{number}`"), vec![edit]))
            }
            _ => found,
        }
    }

    fn locale(&self, lang: &Lang) -> Option<&'a Locale> {
        self.context.locales.iter().find(|locale| locale.lang == *lang).map(|locale| &**locale)
    }
}

/// The figures of a claim.
fn claimed(entity: &Entity) -> Vec<Comparable<'_>> {
    let quantities = entity.as_kind::<Claim>().map_or(&[][..], |claim| &claim.quantities);
    let compared = |quantity| {
        let factor = unit(quantity).map_or(1.0, |(_, factor)| factor);
        let value = quantity.value;
        let bounds = Bounds { low: value.from * factor, high: value.to * factor, rounded: 0.0 };
        let says = format!("`{}` has {}", entity.id, value);
        Comparable { bounds, claimed: Some((entity, quantity)), says }
    };
    quantities.iter().map(compared).collect()
}

/// The figures of the claim whose own text is compared. If it is about as much, the text may say what that was rounded
/// from.
fn own(entity: &Entity) -> Vec<Comparable<'_>> {
    let mut own = claimed(entity);
    for one in &mut own {
        if let Some((_, quantity)) = one.claimed
            && quantity.comparator == Some(Comparator::About)
        {
            let factor = unit(quantity).map_or(1.0, |(_, factor)| factor);
            one.bounds.rounded = figures::step(&quantity.value.from.to_string()) * factor / 2.0;
        }
    }
    own
}

fn computed(km: f64, says: String) -> Comparable<'static> {
    let bounds = Bounds { low: km * 1000.0, high: km * 1000.0, rounded: 0.0 };
    Comparable { bounds, claimed: None, says }
}

/// The size of a figure's unit, if it can be compared at all.
fn factor(figure: &Written, other: &Comparable<'_>) -> Option<f64> {
    match other.claimed {
        Some((_, quantity)) => figure.factor(quantity),
        None => {
            figure.measured().filter(|(measure, _)| *measure == Measure::Length).map(|(_, factor)| factor)
        }
    }
}

/// What a figure differs from, if it fits none: the nearest. Unless it `must` fit, it differs only from what it is near
/// to.
fn differing<'c, 'a>(
    figure: &Written,
    comparables: &'c [Comparable<'a>],
    must: bool,
) -> Option<&'c Comparable<'a>> {
    let of_unit: Vec<(&Comparable<'a>, f64)> =
        comparables.iter().filter_map(|other| Some((other, factor(figure, other)?))).collect();
    if of_unit.iter().any(|(other, factor)| figure.fits(other.bounds, *factor)) {
        return None;
    }
    let is_near = |(other, factor): &&(&Comparable<'a>, f64)| {
        let part = if other.claimed.is_some() { NEAR_CLAIMED } else { NEAR_COMPUTED };
        figure.is_near(other.bounds, *factor, part)
    };
    let near = of_unit.iter().find(is_near);
    near.or_else(|| of_unit.first().filter(|_| must)).map(|(other, _)| *other)
}

//! Graph → diagnostics: the rules, one file each, and the table of them.
//!
//! A rule is a [`Code`] with its docs and a function over the [`Context`]. To add one, write its file in
//! [`rules`], its `mod` line, and its line in [`RULES`].

mod contribution;
mod estimates;
mod figures;
pub(crate) mod help;
mod media;
mod quotes;
pub(crate) mod rules;
pub(crate) mod sure;
pub(crate) mod unknown_keys;

pub(crate) use contribution::UNTRUSTED_CHANGE;
pub use rules::RULES;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::bug::{INTERNAL_ERROR, caught};
use crate::base::date::Day;
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::near::{is_typo, nearest};
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::base::timing::timed;
use crate::config::{self, Config, Level};
use crate::course::Courses;
use crate::evidence::Evidence;
use crate::kinds::KindId;
use crate::link::{Edition, Graph};
use crate::locale::Locale;
use crate::metadata::{Copied, Told};
use crate::parse::prose::Fault;
use crate::parse::{FORBIDDEN_CHARACTER, NESTED_TOO_DEEP};
use crate::site::{Route, SiteMap};
use crate::world::World;
use crate::{data, load};

/// The places that one finding for many points at.
pub(crate) const MOST_PLACES: usize = 5;

#[derive(Debug)]
pub struct Rule {
    /// Its name, level and docs.
    pub code: Code,
    /// Adds the rule's findings, made by [`Code::found`].
    pub check: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// Everything that a rule may read.
pub struct Context<'a> {
    /// The dossier.
    pub graph: &'a Graph,
    /// The evidence derived from the graph.
    pub evidence: &'a Evidence,
    /// Its settings.
    pub config: &'a Config,
    /// The words and forms of its languages, in their order.
    pub locales: &'a [Arc<Locale>],
    /// The lines of its routes.
    pub courses: &'a Courses,
    /// What is where on its site.
    pub map: &'a SiteMap,
    /// What is known of the files that may be copied.
    pub copied: &'a BTreeMap<InputPath, Copied>,
    /// The day on which it is checked.
    pub today: Day,
    /// The dossier's files.
    pub world: &'a dyn World,
    /// All that could not be read, [folded](crate::base::path::folded): it may mention anything.
    pub unread: String,
    /// Whether a file by the name of a text is none, so nothing at all is known of what it mentions.
    pub is_blind: bool,
    /// The texts that rules asked for.
    pub texts: Texts,
}

/// Texts that were read again: a file may have thousands of findings that need its text.
#[derive(Default)]
pub struct Texts(Mutex<HashMap<InputPath, Arc<str>>>);

impl Context<'_> {
    /// The copied files that tell something beside their content.
    pub(crate) fn telling_files(&self) -> impl Iterator<Item = (&InputPath, &Told)> {
        let files = self.copied_files().map(|(path, copied)| (path, &copied.told));
        files.filter(|(_, told)| !told.is_empty())
    }

    /// The files that are copied.
    pub(crate) fn copied_files(&self) -> impl Iterator<Item = (&InputPath, &Copied)> {
        self.map.files().iter().filter_map(|(_, route)| match route {
            Route::Input(path) => self.copied.get_key_value(path),
            Route::Page(_) | Route::File(..) => None,
        })
    }

    /// What texts contain that their pages do not show as it was meant, and where.
    pub(crate) fn faults(&self) -> impl Iterator<Item = (&Edition, Fault, Span)> {
        let editions = self.graph.entities.iter().flat_map(|entity| &entity.editions);
        editions.flat_map(|edition| {
            edition.prose().faults.iter().map(move |(fault, span)| (edition, *fault, *span))
        })
    }

    /// One finding for all places of a fault, if there are any: `message` is told how many. It points at the first
    /// places.
    pub(crate) fn grouped(
        &self,
        fault: Fault,
        code: &Code,
        message: impl FnOnce(usize) -> String,
    ) -> Option<Diagnostic> {
        let places = || self.faults().filter(|(_, other, _)| *other == fault);
        let count = places().count();
        let first = places().take(MOST_PLACES).enumerate();
        (count > 0).then(|| {
            first.fold(code.found(message(count)), |found, (number, (edition, _, span))| {
                let label = if number == 0 { "" } else { "also here" };
                found.at(&edition.input.path, self.first_line(edition, span), label)
            })
        })
    }

    /// The first line of a place.
    pub(crate) fn first_line(&self, edition: &Edition, span: Span) -> Span {
        let text = self.text(edition);
        let length = text.get(span.range()).and_then(|text| text.find('\n'));
        length.map_or(span, |length| Span::new(span.start as usize, span.start as usize + length))
    }

    /// The source text of an edition.
    pub(crate) fn text(&self, edition: &Edition) -> Arc<str> {
        let mut texts = self.texts.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.entry(edition.input.path.clone());
        text.or_insert_with(|| load::text(self.world, &edition.input)).clone()
    }
}

/// A name in `[rules]` that is not a rule.
pub(crate) static UNKNOWN_RULE: Code = Code {
    name: "unknown-rule",
    level: Severity::Error,
    docs: "\
A name under `[rules]` in `dossier.toml` that is not a rule, most often a misspelling. The rule that
was meant keeps its default level.

```toml
[rules]
source-without-archive = \"off\"       # `off`, `note`, `warn` or `error`
```

How to fix: correct the name; `dossier explain` lists the rules. Errors in the files themselves,
such as `invalid-syntax`, are not rules, and their level cannot be changed.",
};

/// Runs every rule that can report at severity `least` or above, and gives its findings the level from the
/// settings.
pub fn check(context: &Context<'_>, least: Severity) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if !context.config.has_slip {
        diagnostics.extend(unknown_rules(context.config));
        diagnostics.extend(fixed_rules(context.config));
        diagnostics.extend(unknown_kinds(context.config));
    }
    let found: Vec<Vec<Diagnostic>> = RULES
        .par_iter()
        .map(|rule| {
            let level = level_of(rule.code.name, context.config);
            let gravity = level.map_or(Some(rule.code.level), Level::severity);
            if gravity.is_none_or(|gravity| gravity > least) {
                return Vec::new();
            }
            let mut found = Vec::new();
            let what = || format!("the rule `{}` fails", rule.code.name);
            let bug =
                timed("rule", rule.code.name, || caught(what, || (rule.check)(context, &mut found)).err());
            if let Some(severity) = level.and_then(Level::severity) {
                found.iter_mut().for_each(|diagnostic| diagnostic.severity = severity);
            }
            found.extend(bug);
            found
        })
        .collect();
    // What a file that does not parse says is not known, so no rule speaks of it.
    let settings = InputPath::from(config::FILE);
    let mut unread: BTreeSet<&InputPath> = context.graph.unread().collect();
    unread.extend(context.config.has_slip.then_some(&settings));
    let is_of_unread = |found: &Diagnostic| found.labels.iter().any(|label| unread.contains(&label.path));
    diagnostics.extend(found.into_iter().flatten().filter(|found| !is_of_unread(found)));
    diagnostics
}

/// Rules that are errors whatever the settings say: without them, a file would be missing from the site and
/// nobody would hear of it.
const ALWAYS: [&str; 1] = ["output-collision"];

fn level_of(name: &str, config: &Config) -> Option<Level> {
    let set = config.rules.iter().find(|(rule, _)| rule.value == name).map(|(_, level)| *level);
    set.filter(|_| !ALWAYS.contains(&name))
}

/// The settings of levels that cannot be changed.
fn fixed_rules(config: &Config) -> Vec<Diagnostic> {
    let lowered = |(name, level): &&(Spanned<String>, Level)| {
        ALWAYS.contains(&name.value.as_str()) && *level != Level::Error
    };
    let report = |(name, _): &(Spanned<String>, Level)| {
        let message = format!("`{}` is always an error", name.value);
        let help = "remove this line: without the error, a file would be missing from the site";
        Diagnostic::error(data::INVALID_VALUE.name, message)
            .at(&config::FILE.into(), name.span, "")
            .help(help)
    };
    config.rules.iter().filter(lowered).map(report).collect()
}

fn unknown_rules(config: &Config) -> Vec<Diagnostic> {
    let names = || RULES.iter().map(|rule| rule.code.name);
    let unknown = config.rules.iter().filter(|(name, _)| !names().any(|known| known == name.value));
    unknown
        .map(|(name, _)| {
            let path = config::FILE.into();
            let diagnostic =
                UNKNOWN_RULE.found(format!("there is no rule `{}`", name.value)).at(&path, name.span, "");
            match nearest(name, names()) {
                Some(near) if is_typo(name, near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
                    format!("replace it with `{near}`"),
                    &path,
                    name.span,
                    near,
                ),
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("`dossier explain` lists the rules"),
            }
        })
        .collect()
}

/// Unknown kinds in the settings. This is checked here because the settings are read before kinds are known.
fn unknown_kinds(config: &Config) -> impl Iterator<Item = Diagnostic> {
    let names = || KindId::ALL.iter().map(|kind| kind.name());
    let given = config.social_cards.iter().chain(&config.marks);
    given.filter(|kind| KindId::named(kind).is_none()).map(move |kind| {
        let message = format!("there is no kind `{}`", kind.value);
        let found =
            Diagnostic::error(data::INVALID_VALUE.name, message).at(&config::FILE.into(), kind.span, "");
        match nearest(kind, names()) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(format!("the kinds are {}", names().collect::<Vec<&str>>().join(", "))),
        }
    })
}

/// Every code that the program can report, sorted by name.
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = RULES.iter().map(|rule| &rule.code).collect();
    codes.extend(data::CODES);
    codes.extend(load::CODES);
    codes.push(&FORBIDDEN_CHARACTER);
    codes.push(&NESTED_TOO_DEEP);
    codes.push(&INTERNAL_ERROR);
    codes.push(&UNKNOWN_RULE);
    codes.push(&UNTRUSTED_CHANGE);
    codes.push(&crate::parse::CUT_OFF_TEXT);
    codes.extend([&crate::parse::AMBIGUOUS_COMMENT, &crate::parse::UNCLOSED_COMMENT]);
    codes.sort_by_key(|code| code.name);
    codes
}

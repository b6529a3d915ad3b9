//! For people: what is wrong, the lines in question, and how to fix it, in the style of `rustc`.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};

use super::places::{Place, Places};
use super::tally::{Tally, by_code, counted};
use super::{Options, by_gravity};
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::base::path::InputPath;

/// The default number of findings shown in full.
const MOST_SHOWN: usize = 50;

/// The number shown with `--verbose`. Nobody reads more, and to draw each takes 50 µs.
const MOST_VERBOSE: usize = 10_000;

/// The assumed width of a terminal.
const WIDTH: usize = 100;

/// The maximum number of edits of a fix that are shown, and of bytes of a text that they are spread over.
const MOST_EDITS: usize = 10;
const MOST_EDITED: u32 = 4_000;

/// The maximum number of labels of a finding that are shown: the time to draw them grows with their square.
const MOST_LABELS: usize = 20;

/// Writes the report: findings in full, the rest counted by code, and a summary. The output is styled; the
/// caller's stream removes the styles if they are not wanted.
pub(crate) fn write(
    diagnostics: &[&Diagnostic],
    places: &Places<'_>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = Renderer::styled().term_width(WIDTH).decor_style(DecorStyle::Unicode);
    let sorted = by_gravity(diagnostics);
    let most = options.most.unwrap_or(MOST_SHOWN);
    let shown = match options.verbose {
        true => sorted.len().min(MOST_VERBOSE),
        false => sorted.iter().filter(|d| d.severity != Severity::Note).count().min(most),
    };
    for diagnostic in &sorted[..shown] {
        writeln!(out, "{}\n", renderer.render(&report(diagnostic, places, options)))?;
    }
    let rest = sorted[shown..].iter();
    let (notes, more): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        rest.partition(|diagnostic| diagnostic.severity == Severity::Note && !options.verbose);
    write_more(&more, if options.verbose { "--format short" } else { "--verbose" }, out)?;
    if let Some(line) = notes_line(&notes) {
        writeln!(out, "{}", renderer.render(&[Group::with_title(Level::NOTE.primary_title(line))]))?;
    }
    let tally = Tally::of(diagnostics.iter().copied());
    if let Some((severity, line)) = tally.verdict_by_code(diagnostics) {
        writeln!(out, "{}", renderer.render(&[Group::with_title(level(severity).primary_title(line))]))?;
    }
    Ok(())
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Counts the findings that are not shown in full, by code.
fn write_more(more: &[&Diagnostic], shown_by: &str, out: &mut dyn Write) -> io::Result<()> {
    if more.is_empty() {
        return Ok(());
    }
    writeln!(out, "and {} more, which `{shown_by}` shows:", more.len())?;
    for (code, count) in by_code(more) {
        writeln!(out, "{count:>8}  {code}")?;
    }
    writeln!(out)
}

fn notes_line(notes: &[&Diagnostic]) -> Option<String> {
    let counts: Vec<String> = by_code(notes).iter().map(|(code, count)| format!("{count} {code}")).collect();
    let are = if notes.len() == 1 { "is" } else { "are" };
    let mut line = format!(
        "{} {are} not shown ({}); `--verbose` shows",
        counted(notes.len(), "note"),
        counts.join(", ")
    );
    line += if notes.len() == 1 { " it" } else { " them" };
    let fixable = notes.iter().filter(|note| note.fix.is_some()).count();
    if fixable > 0 {
        line += &format!(", `dossier check --fix --offers` applies {fixable}");
    }
    (!notes.is_empty()).then_some(line)
}

/// A finding for the renderer: the finding itself, then its fix.
fn report<'a>(diagnostic: &'a Diagnostic, places: &Places<'a>, options: &Options) -> Vec<Group<'a>> {
    let mut title = level(diagnostic.severity).primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    if let Some((before, after)) = &options.pages {
        title = title.id_url(format!("{before}{}{after}", diagnostic.code));
    }
    let mut group = Group::with_title(title);
    let (shown, more) = diagnostic.labels.split_at(diagnostic.labels.len().min(MOST_LABELS));
    for path in paths(shown.iter().map(|label| &label.path)) {
        let labels: Vec<&Label> = shown.iter().filter(|label| label.path == *path).collect();
        let excerpt = match speaks_of_whole_file(&labels) {
            true => None,
            false => places.excerpt(path, labels.iter().map(|label| label.span)),
        };
        let Some(excerpt) = excerpt else {
            group = group.element(Origin::path(places.shown(path)));
            continue;
        };
        let annotations = labels.iter().map(|label| {
            let is_primary = std::ptr::eq(*label, &diagnostic.labels[0]);
            let kind = if is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let message = Some(label.message.as_str()).filter(|message| !message.is_empty());
            kind.span(excerpt.within(label.span)).label(message)
        });
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).annotations(annotations);
        group = match places.place(path, labels[0].span).filter(|_| excerpt.is_cut) {
            // The renderer would count columns from where the excerpt starts.
            Some(Place { start, .. }) => {
                let origin = Origin::path(places.shown(path)).line(start.line).char_column(start.column);
                group.element(origin).element(snippet)
            }
            None => group.element(snippet.path(places.shown(path))),
        };
    }
    if !more.is_empty() {
        let are = if more.len() == 1 { "is" } else { "are" };
        let line = format!("{} of this finding {are} not shown", counted(more.len(), "more place"));
        group = group.element(Level::NOTE.message(line));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    let mut groups = vec![group];
    groups.extend(diagnostic.fix.as_ref().and_then(|fix| suggestion(fix, places)));
    groups
}

/// A fix as a patch; `None` if its text is not known. Of a fix with many edits, the first are shown.
fn suggestion<'a>(fix: &'a Fix, places: &Places<'a>) -> Option<Group<'a>> {
    let shown = first_edits(&fix.edits);
    let more = match fix.edits.len() - shown.len() {
        0 => String::new(),
        more => {
            format!(", and {} that {} not shown", counted(more, "edit"), if more == 1 { "is" } else { "are" })
        }
    };
    let title = format!("fix available: {}{more}", normalize_untrusted_str(&fix.title));
    let mut group = Group::with_title(Level::HELP.secondary_title(title));
    for path in paths(shown.iter().map(|edit| &edit.path)) {
        let edits = || shown.iter().filter(|edit| edit.path == *path);
        let excerpt = places.excerpt(path, edits().map(|edit| edit.span))?;
        let patches = edits().map(|edit| Patch::new(excerpt.within(edit.span), edit.replacement.as_str()));
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(places.shown(path));
        group = group.element(snippet.patches(patches));
    }
    Some(group)
}

/// The edits that fit on a screen.
fn first_edits(edits: &[Edit]) -> &[Edit] {
    let Some(first) = edits.first() else { return edits };
    let last = first.span.start.saturating_add(MOST_EDITED);
    let fits = |edit: &&Edit| {
        let is_near = edit.path != first.path || edit.span.end <= last;
        is_near && edit.replacement.len() <= MOST_EDITED as usize
    };
    let count = edits.iter().take(MOST_EDITS).take_while(fits).count();
    &edits[..count]
}

/// Each path once, in the order given.
fn paths<'a>(all: impl Iterator<Item = &'a InputPath>) -> Vec<&'a InputPath> {
    let mut paths = Vec::new();
    for path in all {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// Whether the labels point at nothing in particular.
fn speaks_of_whole_file(labels: &[&Label]) -> bool {
    labels.iter().all(|label| label.span.is_empty() && label.span.start == 0 && label.message.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;

    #[test]
    fn of_many_places_the_first_are_shown() {
        let text = "words\n".repeat(3_000);
        let path = InputPath::from("content/a.md");
        let at = |line: usize| Span::new(6 * line, 6 * line + 5);
        let found = Diagnostic::error("code", "message");
        let found = (0..3_000).fold(found, |found, line| found.at(&path, at(line), "here"));
        let texts = [(path.clone(), text.into())].into();
        let mut out = Vec::new();
        write(&[&found], &Places::new(&texts, ""), &Options::default(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(out.matches("here").count(), MOST_LABELS);
        assert!(out.contains("2980 more places of this finding are not shown"), "{out}");
    }
}

//! A plan in words, for the terminal, and as JSON, for programs and the desk.

use serde_json::{Value as Json, json};

use super::brought::{Remark, Sort};
use super::plan::{Does, Entry, Plan};

/// How many lines of one sort are printed, unless all are asked for.
const MOST: usize = 12;

impl Does {
    fn heading(self) -> &'static str {
        match self {
            Does::New => "new",
            Does::Named => "new, because others name them",
            Does::Changed => "changed in the file since it was imported",
            Does::Same => "there already",
            Does::Yours => "changed by you since, and kept",
            Does::Differs => "something else in the dossier, which is kept",
            Does::Deleted => "deleted by you since, and not made again",
            Does::Gone => "no longer in the file, and kept",
            Does::Unwanted => "left out, as you asked",
        }
    }
}

/// The lines for a person. `prefix` is put before every path of the dossier.
pub(crate) fn words(plan: &Plan, prefix: &str, is_verbose: bool) -> Vec<String> {
    let mut lines: Vec<String> = plan.inputs.iter().map(|(name, what)| format!("{name}: {what}")).collect();
    let are_several = plan.inputs.len() > 1;
    for group in plan.entries.chunk_by(|a, b| a.does == b.does) {
        let does = group.first().map_or(Does::Same, |entry| entry.does);
        lines.push(format!("{} ({}):", does.heading(), group.len()));
        if does == Does::Same && !is_verbose {
            lines.pop();
            lines.push(format!("{}: {}", does.heading(), group.len()));
            continue;
        }
        let most = if is_verbose { group.len() } else { MOST };
        lines.extend(group.iter().take(most).map(|entry| line_of(entry, prefix, are_several)));
        lines.extend(more(group.len(), most));
    }
    for (sort, heading) in
        [(Sort::Read, "read as"), (Sort::Doubtful, "doubtful"), (Sort::LeftOut, "left out")]
    {
        let remarks: Vec<&Remark> = plan.remarks.iter().filter(|remark| remark.sort == sort).collect();
        if remarks.is_empty() {
            continue;
        }
        lines.push(format!("{heading} ({}):", remarks.len()));
        let most = if is_verbose { remarks.len() } else { MOST };
        lines.extend(remarks.iter().take(most).map(|remark| remark_of(remark)));
        lines.extend(more(remarks.len(), most));
    }
    if !plan.warnings.is_empty() {
        let counts: Vec<String> =
            plan.warnings.iter().map(|(code, count)| format!("{code} ({count})")).collect();
        lines.push(format!("`dossier check` will warn of: {}", counts.join(", ")));
    }
    lines
}

fn more(there: usize, shown: usize) -> Option<String> {
    (there > shown).then(|| format!("  … and {} more; `--verbose` lists them all", there - shown))
}

fn line_of(entry: &Entry, prefix: &str, are_several: bool) -> String {
    let keys = if entry.keys.is_empty() { String::new() } else { format!(": {}", entry.keys.join(", ")) };
    let at = entry.at.to_string();
    let from = match (are_several, at.is_empty()) {
        (true, true) => entry.from.clone(),
        (true, false) => format!("{}, {at}", entry.from),
        (false, _) => at,
    };
    let from = if from.is_empty() { String::new() } else { format!(" ← {from}") };
    format!("  {prefix}{} “{}”{keys}{from}", entry.file, entry.title)
}

fn remark_of(remark: &Remark) -> String {
    let at = remark.at.to_string();
    let what = if remark.what.is_empty() { String::new() } else { format!("“{}”: ", remark.what) };
    match at.is_empty() {
        true => format!("  {what}{}", remark.why),
        false => format!("  {at}: {what}{}", remark.why),
    }
}

/// What a plan says, for a program: one object for each thing.
pub(crate) fn json(plan: &Plan) -> Vec<Json> {
    let inputs = plan.inputs.iter().map(|(name, what)| json!({ "does": "read", "from": name, "what": what }));
    let entries = plan.entries.iter().map(|entry| serde_json::to_value(entry).unwrap_or(Json::Null));
    let remarks = plan.remarks.iter().map(|remark| serde_json::to_value(remark).unwrap_or(Json::Null));
    let warnings =
        plan.warnings.iter().map(|(code, count)| json!({ "does": "warn", "code": code, "count": count }));
    inputs.chain(entries).chain(remarks).chain(warnings).collect()
}

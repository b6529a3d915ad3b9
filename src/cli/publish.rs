//! `dossier publish`: uploads the site to a target.

mod seal;
mod trust;

pub(super) use seal::certificates;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use serde_json::json;

use super::build::progress;
use super::console::Console;
use super::locate::Place;
use super::{Exit, Failure, has_errors};
use crate::base::bug::INTERNAL_ERROR;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::SitePath;
use crate::config::Config;
use crate::config::publish::{Host, Target};
use crate::emit::cache::Cache;
use crate::publish::edition::{Difference, Edition};
use crate::publish::git::Branch;
use crate::publish::made::Made;
use crate::publish::plan::Plan;
use crate::publish::run::{Site, headers};
use crate::publish::{self, PublishError};
use crate::session::{self, Options, Snapshot};

/// Publish the site to a target of dossier.toml: upload what changed, delete what is gone
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// The target, a table `[publish.NAME]` in dossier.toml [default: the only one]
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Print what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Return to the previous edition, from the copy kept at the target
    #[arg(long, conflicts_with_all = ["drafts", "base_url", "forget"])]
    rollback: bool,
    /// Upload again what was lost or changed at the target since it was published
    #[arg(long, conflicts_with = "rollback")]
    repair: bool,
    /// Keep no copy of the previous edition at the target, and delete any that is there
    #[arg(long)]
    forget: bool,
    /// Use the theme in this folder, which may be outside of the dossier
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// Include drafts; needs `--allow drafts`
    #[arg(long)]
    drafts: bool,
    /// The address of the published site [default: `base_url` in dossier.toml]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Send your credentials to this server, or write to this folder outside of the dossier, which the target names;
    /// remembered for later runs
    #[arg(long, value_name = "SERVER|DIR")]
    trust: Option<String>,
    /// Sign the edition with the secret key in this file [default: the file that DOSSIER_SIGN_KEY names]
    #[arg(long, value_name = "FILE", conflicts_with = "rollback")]
    sign: Option<PathBuf>,
    /// Publish despite something that would prevent it
    #[arg(long, value_name = "WHAT")]
    allow: Vec<Allowed>,
}

/// What prevents publishing.
#[derive(Copy, Clone, Debug, Eq, PartialEq, ValueEnum)]
enum Allowed {
    /// The dossier has errors
    Errors,
    /// Drafts are included
    Drafts,
    /// The site is built for another address than the target's
    BaseUrl,
    /// Files that this program did not write are in the way: replace them
    Foreign,
    /// dossier.toml asks for a signature: publish without one, and without a time stamp
    Unsigned,
    /// A bug of this program: some files of the site cannot be made
    MissingPages,
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Failure {
        Failure(error.to_string())
    }
}

impl Publish {
    /// Builds and checks the site, plans the upload, and carries it out.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let mut held = Vec::new();
        let exit = self.publish(console, &mut held)?;
        if !held.is_empty() {
            console.say("held back:")?;
        }
        held.iter().try_for_each(|line| console.say(format_args!("  {line}")))?;
        Ok(exit)
    }

    /// Adds to `held` what is not published.
    fn publish(&self, console: &mut Console, held: &mut Vec<String>) -> Result<Exit, Failure> {
        let place = console.themed_place(self.theme.as_deref())?;
        if self.drafts && !self.allows(Allowed::Drafts) {
            let what = "drafts are not published; to publish them, pass `--allow drafts` too";
            return Err(Failure(what.to_owned()));
        }
        let options = Options {
            drafts: self.drafts,
            base_url: self.base_url.clone(),
            signed: self.signs(),
            redact: true,
            as_of: None,
        };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        if self.rollback {
            let target = self.target(snapshot.config())?;
            self.check_trust(target, &place.root, console)?;
            return self.roll_back(target, &place, console);
        }
        let cache = Cache::of(&place.root);
        let mut found = snapshot.problems().to_vec();
        let made = match snapshot.builder() {
            Err(why) => {
                found.extend_from_slice(why);
                None
            }
            Ok(_) if self.is_prevented(&found) => None,
            Ok(builder) => {
                let mut bar = None;
                let begin = |count| {
                    let bar = bar.insert(progress(console, count)).clone();
                    move || bar.inc(1)
                };
                let made = Made::of(builder.with_cache(&cache), begin);
                bar.inspect(ProgressBar::finish_and_clear);
                let (made, failed) = made;
                let is_complete = failed.is_empty();
                found.extend(failed);
                (is_complete || self.allows(Allowed::MissingPages)).then_some(made)
            }
        };
        let shown = if has_errors(&found) { &found[..] } else { &[] };
        let (shown, texts) = session::shown(&**snapshot.world(), shown);
        console.report(&shown, &texts, &place)?;
        let Some(mut made) = made else {
            let is_bug = found.iter().any(|diagnostic| diagnostic.code == INTERNAL_ERROR.name);
            let what = if is_bug { "missing-pages" } else { "errors" };
            console.say(format_args!("nothing was published: fix the errors, or pass `--allow {what}`"))?;
            return Ok(Exit::Found);
        };
        *held = snapshot.held_back();
        let target = self.target(snapshot.config())?;
        self.check_address(target, snapshot.config())?;
        self.check_trust(target, &place.root, console)?;
        match &target.host {
            Host::Git { remote, branch, cname } => {
                let mut opened = Branch::open(&place.root, remote, branch, &target.prefix)?;
                made.extend(opened.extras(cname.as_deref())?).map_err(|path| {
                    Failure(format!(
                        "`content/{path}` differs from the `{path}` that the target's settings ask for; remove one of the two"
                    ))
                })?;
                let are_whole = |seals: &Edition| Ok(opened.differing(seals)?.is_empty());
                self.seal(&mut made, &opened.standing, are_whole, (snapshot.config(), &place), console)?;
                let differing = opened.differing(&made.edition)?;
                let differing = self.repair_or_leave(&mut opened.standing, differing);
                let left = opened.leave_changed(&made.edition, self.repair)?;
                let plan = Plan::of(&opened.standing, &made.edition);
                if self.dry_run {
                    show(&plan, &made.edition, target, console)?;
                    return tell_of_differing(&differing, &left, console);
                }
                self.check_foreign(|| opened.foreign(&plan))?;
                let bar = progress(console, plan.uploads.len());
                let config = snapshot.config();
                let title =
                    config.languages.first().map_or("the site", |lang| config.title.get(lang, lang).0);
                let message = format!("Publish {title}");
                let tell = |done: usize| bar.set_position(done as u64);
                let commit = opened.publish(&plan, &made.edition, &|path| made.bytes(path), &message, &tell);
                bar.finish_and_clear();
                commit?;
                tell_of(&plan, target, console)?;
                tell_of_differing(&differing, &left, console)
            }
            _ => {
                let store = publish::open(target, &place.root, &variable)?;
                let mut site = Site::open(&*store)?;
                let are_whole =
                    |seals: &Edition| Ok(site.differing(seals, &BTreeMap::new(), true)?.is_empty());
                self.seal(&mut made, &site.standing, are_whole, (snapshot.config(), &place), console)?;
                let differing = site.differing(&made.edition, &made.contents, self.repair)?;
                let differing = self.repair_or_leave(&mut site.standing, differing);
                let left = site.leave_changed(&made.edition, self.repair)?;
                let plan = Plan::of(&site.standing, &made.edition);
                if self.dry_run {
                    show(&plan, &made.edition, target, console)?;
                    return tell_of_differing(&differing, &left, console);
                }
                self.check_foreign(|| Ok(site.foreign(&plan)))?;
                let bar = progress(console, plan.uploads.len());
                let keep = target.keep && !self.forget;
                let done = site.publish(&made.edition, &|path| made.bytes(path), keep, &progress_of(&bar));
                bar.finish_and_clear();
                tell_of(&done?, target, console)?;
                tell_of_differing(&differing, &left, console)
            }
        }
    }

    /// With `--repair`, makes the record uncertain of the files that differ, so they are uploaded. Otherwise returns
    /// them.
    fn repair_or_leave(
        &self,
        standing: &mut Edition,
        differing: Vec<(SitePath, Difference)>,
    ) -> Vec<(SitePath, Difference)> {
        if !self.repair {
            return differing;
        }
        standing.files.extend(differing.into_iter().map(|(path, _)| (path, None)));
        Vec::new()
    }

    fn roll_back(&self, target: &Target, place: &Place, console: &mut Console) -> Result<Exit, Failure> {
        match &target.host {
            Host::Git { remote, branch, .. } => {
                let mut opened = Branch::open(&place.root, remote, branch, &target.prefix)?;
                let previous = opened.previous()?;
                let to = &previous.edition;
                let left = opened.leave_changed(to, self.repair)?;
                let plan = Plan::of(&opened.standing, to);
                opened.check_kept(&previous, &plan)?;
                if self.dry_run {
                    show(&plan, to, target, console)?;
                    return tell_of_differing(&[], &left, console);
                }
                self.check_foreign(|| opened.foreign(&plan))?;
                let bar = progress(console, plan.uploads.len());
                let bytes = |path: &SitePath| opened.kept(&previous, path);
                let message = "Return to the previous edition";
                let done = opened.publish(&plan, to, &bytes, message, &progress_of(&bar));
                bar.finish_and_clear();
                done?;
                tell_of(&plan, target, console)?;
                tell_of_differing(&[], &left, console)
            }
            _ => {
                let store = publish::open(target, &place.root, &variable)?;
                let mut site = Site::open(&*store)?;
                let to = site.rollback()?;
                let left = site.leave_changed(&to, self.repair)?;
                let plan = Plan::of(&site.standing, &to);
                if self.dry_run {
                    show(&plan, &to, target, console)?;
                    return tell_of_differing(&[], &left, console);
                }
                self.check_foreign(|| Ok(site.foreign(&plan)))?;
                let bar = progress(console, plan.uploads.len());
                let done = site.roll_back(&progress_of(&bar));
                bar.finish_and_clear();
                tell_of(&done?, target, console)?;
                tell_of_differing(&[], &left, console)
            }
        }
    }

    /// Whether these findings prevent publishing.
    fn is_prevented(&self, found: &[Diagnostic]) -> bool {
        found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).any(|diagnostic| {
            let asked = match diagnostic.code == INTERNAL_ERROR.name {
                true => Allowed::MissingPages,
                false => Allowed::Errors,
            };
            !self.allows(asked)
        })
    }

    fn allows(&self, what: Allowed) -> bool {
        self.allow.contains(&what)
    }

    fn target<'c>(&self, config: &'c Config) -> Result<&'c Target, Failure> {
        let names: Vec<String> = config.targets.iter().map(|target| format!("`{}`", target.name)).collect();
        let names = names.join(", ");
        match (&self.name, &config.targets[..]) {
            (_, []) => {
                let help = "write a table `[publish.NAME]` with a `service`: see docs/publishing.md";
                Err(Failure(format!("dossier.toml names no target to publish to; {help}")))
            }
            (None, [only]) => Ok(only),
            (None, _) => Err(Failure(format!("say which target: {names}"))),
            (Some(name), targets) => targets
                .iter()
                .find(|target| target.name == *name)
                .ok_or_else(|| Failure(format!("there is no target `{name}`; there is {names}"))),
        }
    }

    /// Refuses a site built for another address: its absolute links would lead elsewhere.
    fn check_address(&self, target: &Target, config: &Config) -> Result<(), Failure> {
        if self.allows(Allowed::BaseUrl) {
            return Ok(());
        }
        let base_url = &config.base_url;
        let (what, help) = match &target.base_url {
            Some(theirs) if theirs != base_url => (
                format!("the site is built for `{base_url}`, but the address of the target is `{theirs}`"),
                format!("pass `--base-url {theirs}`, or `--allow base-url`"),
            ),
            None if !config.is_hosted() => (
                format!("the site is built for `{base_url}`, which nobody else can reach"),
                "set `base_url` in dossier.toml, or pass `--base-url` or `--allow base-url`".to_owned(),
            ),
            _ => return Ok(()),
        };
        Err(Failure(format!("{what}; {help}")))
    }

    fn check_foreign(
        &self,
        foreign: impl FnOnce() -> Result<Vec<SitePath>, PublishError>,
    ) -> Result<(), Failure> {
        if self.allows(Allowed::Foreign) {
            return Ok(());
        }
        match foreign()? {
            paths if paths.is_empty() => Ok(()),
            paths => Err(PublishError::Foreign(paths).into()),
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn progress_of(bar: &ProgressBar) -> impl Fn(usize) + Sync {
    |done| bar.set_position(done as u64)
}

/// Names the files that differ at the target, and says how to restore them; and those that stay although they left the
/// site.
fn tell_of_differing(
    differing: &[(SitePath, Difference)],
    left: &[SitePath],
    console: &mut Console,
) -> Result<Exit, Failure> {
    for (path, difference) in differing {
        console.say(format_args!("{:<8} {path}", difference.word()))?;
    }
    if !differing.is_empty() {
        let count = differing.len();
        console.say(format_args!(
            "at the target, {count} files are not as they were published; `--repair` uploads them again"
        ))?;
    }
    for path in left {
        console.say(format_args!("{:<8} {path}", "left"))?;
    }
    if !left.is_empty() {
        console.say(format_args!(
            "at the target, {} files that are no longer in the site were changed by somebody and stay; if nobody needs them, \
             delete them there",
            left.len()
        ))?;
    }
    Ok(if differing.is_empty() && left.is_empty() { Exit::Clean } else { Exit::Found })
}

/// Prints a plan: one line per file, or one JSON object.
fn show(plan: &Plan, edition: &Edition, target: &Target, console: &mut Console) -> Result<Exit, Failure> {
    if console.is_json() {
        let uploads: Vec<_> = plan
            .uploads
            .iter()
            .map(|upload| {
                let headers = headers(&upload.path, upload.hash);
                json!({
                    "path": upload.path,
                    "action": if upload.is_new { "add" } else { "replace" },
                    "content_type": headers.content_type,
                    "cache_control": headers.cache_control,
                })
            })
            .collect();
        let plan = json!({
            "target": target.name,
            "files": edition.files.len(),
            "unchanged": plan.unchanged,
            "uploads": uploads,
            "deletions": plan.deleted().collect::<Vec<_>>(),
        });
        console.print(plan)?;
        return Ok(Exit::Clean);
    }
    for upload in &plan.uploads {
        let action = if upload.is_new { "add" } else { "replace" };
        let headers = headers(&upload.path, upload.hash);
        console.print(format_args!("{action:<8} {}  ({})", upload.path, headers.content_type))?;
    }
    for path in plan.deleted() {
        console.print(format_args!("{:<8} {path}", "delete"))?;
    }
    let (uploads, deletions, unchanged) = (plan.uploads.len(), plan.deleted().count(), plan.unchanged);
    let name = &target.name;
    console.say(format_args!(
        "{name}: {uploads} to upload, {deletions} to delete, {unchanged} unchanged; nothing was done"
    ))?;
    Ok(Exit::Clean)
}

fn tell_of(plan: &Plan, target: &Target, console: &mut Console) -> Result<Exit, Failure> {
    let at = target.base_url.as_deref().map_or(String::new(), |url| format!(" ({url})"));
    let (uploads, deletions, unchanged) = (plan.uploads.len(), plan.deleted().count(), plan.unchanged);
    let name = &target.name;
    console.say(format_args!(
        "{name}{at}: {uploads} files uploaded, {unchanged} unchanged, {deletions} deleted"
    ))?;
    Ok(Exit::Clean)
}

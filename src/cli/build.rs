//! `dossier build`: writes the site to a folder.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::Console;
use super::locate::Place;
use super::{Exit, Failure};
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::timing::{self, timed};
use crate::emit::cache::{self, Cache};
use crate::emit::{EmitError, Emitted, Manner, compare, emit, standing};
use crate::session::{Options, Session, Snapshot, codes, shown, stamp_of};
use crate::world::dir::{self, Dir};
use crate::world::git;

/// Build the site
#[derive(Debug, Args)]
pub(crate) struct Build {
    /// The folder to write to [default: public, in the dossier's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address of the published site [default: `base_url` in dossier.toml]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Use the theme in this folder, which may be outside of the dossier
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Show what was known on that day, with the status it had then
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<Day>,
    /// Write the site even if the dossier has errors, without the files that cannot be made
    #[arg(long)]
    keep_going: bool,
    /// Write nothing: build again in memory, and list every file in the folder that differs
    #[arg(long)]
    verify: bool,
    /// Report how long stages, files, templates, rules and outputs took
    #[arg(long)]
    timings: bool,
    /// How many threads to use [default: one per core]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
}

impl Build {
    /// Reports the findings, and writes the site unless there are errors.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.themed_place(self.theme.as_deref())?;
        let folder = self.output.clone().unwrap_or_else(|| place.root.join("public"));
        refuse_own_files(&folder, &place.root)?;
        if self.timings {
            timing::start();
        }
        let options = Options {
            drafts: self.drafts,
            base_url: self.base_url.clone(),
            as_of: self.as_of,
            redact: true,
            signed: false,
        };
        if self.verify {
            let output = open(&folder, &place.root)?;
            return verify(&output, &folder, &place, &options, console);
        }
        let cache = Cache::of(&place.root);
        let verbose = console.is_verbose();
        let key = |stamp: Fingerprint, program: Option<Fingerprint>| {
            let asked = format!("{verbose} {} {:?}", self.keep_going, folder.canonicalize().ok());
            let program = program?;
            Some(Fingerprint::of_all([stamp.as_bytes(), program.as_bytes(), asked.as_bytes()]))
        };
        if cache.is_there() && !self.timings {
            let ((stamp, world), program) =
                rayon::join(|| stamp_of(place.world.clone(), &options), cache::program);
            let kept = key(stamp, program).and_then(|key| cache.read(key, &codes()));
            if let Some((manifest, found)) = kept
                && let Some(emitted) = standing(&open(&folder, &place.root)?, manifest)?
            {
                let (found, texts) = shown(&*world, &found);
                console.report(&found, &texts, &place)?;
                tell_of(&emitted, &folder, console)?;
                return Ok(if super::has_errors(&found) { Exit::Found } else { Exit::Clean });
            }
        }
        if git::tracks(&place.root, ".dossier") {
            console.say("Git tracks `.dossier/`, which holds what the program keeps for its next run on one computer. Run `git rm -r --cached .dossier`, and add the line `/.dossier/` to `.gitignore`.")?;
        }
        let (session, program) = rayon::join(|| Session::open(place.world.clone(), options), cache::program);
        let snapshot = session.snapshot();
        let found = if console.is_verbose() { snapshot.diagnostics() } else { snapshot.problems() };
        let mut found = found.to_vec();
        let emitted = self.write(&snapshot, || open(&folder, &place.root), &cache, &mut found, console)?;
        let (found, texts) = shown(&**snapshot.world(), &found);
        console.report(&found, &texts, &place)?;
        match &emitted {
            None => console.say("nothing was written")?,
            Some(emitted) => tell_of(emitted, &folder, console)?,
        }
        if let Some((key, manifest)) =
            key(session.stamp(), program).zip(emitted.and_then(|emitted| emitted.manifest))
            && let Err(why) = cache.write(key, manifest, &found)
        {
            console.say(format_args!(
                "cannot write the build cache, so the next build will not be incremental: {why}"
            ))?;
        }
        if self.timings {
            tell_timings(console)?;
        }
        // The process is about to end: freeing a large dossier piece by piece would only cost time.
        std::mem::forget((session, snapshot));
        Ok(if super::has_errors(&found) { Exit::Found } else { Exit::Clean })
    }

    /// Writes the site. `None` if nothing was written; `found` says why.
    fn write(
        &self,
        snapshot: &Snapshot,
        output: impl FnOnce() -> Result<Dir, Failure>,
        cache: &Cache,
        found: &mut Vec<Diagnostic>,
        console: &Console,
    ) -> Result<Option<Emitted>, Failure> {
        let may_write = self.keep_going || !super::has_errors(found);
        let builder = match snapshot.builder() {
            Ok(builder) => builder.with_cache(cache),
            Err(why) => {
                found.extend_from_slice(why);
                return Ok(None);
            }
        };
        if !may_write {
            return Ok(None);
        }
        let output = output()?;
        let files = timed("stage", "outputs", || builder.files());
        let bar = progress(console, files.len());
        let tell = |made: usize| bar.set_position(made as u64);
        let emitted = timed("stage", "draw and write", || {
            let manner = Manner { has_sums: snapshot.config().sums, keeps_going: self.keep_going };
            emit(&output, &files, manner, |path, route| builder.bytes(path, route), tell)
        });
        bar.finish_and_clear();
        let bugs = builder.bugs();
        match emitted {
            Ok(mut emitted) => {
                if !bugs.is_empty() {
                    emitted.manifest = None;
                }
                found.append(&mut emitted.failed);
                found.extend(bugs);
                Ok(Some(emitted))
            }
            Err(EmitError::Content(failed)) => {
                found.extend(failed);
                Ok(None)
            }
            Err(error) => Err(Failure(error.to_string())),
        }
    }
}

/// Builds the site again in memory and compares it with the files in the folder.
fn verify(
    output: &Dir,
    folder: &Path,
    place: &Place,
    options: &Options,
    console: &mut Console,
) -> Result<Exit, Failure> {
    let snapshot = Snapshot::take(place.world.clone(), options);
    let builder = match snapshot.builder() {
        Ok(builder) => builder,
        Err(why) => {
            let (why, texts) = shown(&**snapshot.world(), why);
            console.report(&why, &texts, place)?;
            return Ok(Exit::Found);
        }
    };
    let files = builder.files();
    let sums = snapshot.config().sums;
    let differing = compare(output, &files, sums, |path, route| builder.bytes(path, route))?;
    for (path, how) in &differing {
        console.print(format_args!("{path} {how}"))?;
    }
    let count = files.len();
    let name = folder.display();
    match differing.len() {
        0 => console.say(format_args!("{name}: all {count} files are what a clean build makes"))?,
        n => {
            console.say(format_args!("{name}: {n} of {count} files differ; `dossier build` rewrites them"))?
        }
    }
    Ok(if differing.is_empty() { Exit::Clean } else { Exit::Found })
}

/// How many lines of each group `--timings` prints.
const SLOWEST: usize = 8;

fn tell_timings(console: &mut Console) -> Result<(), Failure> {
    for (group, names) in timing::timings() {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by_key(|(_, (time, _))| std::cmp::Reverse(*time));
        let all = names.len();
        console.print(format_args!("{group}"))?;
        for (name, (time, count)) in names.into_iter().take(SLOWEST) {
            let times = if count > 1 { format!(", {count} times") } else { String::new() };
            console.print(format_args!("{:>10.2} ms  {name}{times}", time.as_secs_f64() * 1e3))?;
        }
        if all > SLOWEST {
            console.print(format_args!("               and {} more", all - SLOWEST))?;
        }
    }
    Ok(())
}

/// Whether a folder is one of the dossier's own, or holds it: a site written there would become part of the
/// dossier, or replace some of it.
pub(super) fn is_own_folder(folder: &Path, root: &Path) -> bool {
    let (Some(folder), Ok(root)) = (resolved(folder), root.canonicalize()) else { return false };
    root.starts_with(&folder)
        || ["content", "themes", ".dossier"].iter().any(|name| folder.starts_with(root.join(name)))
}

/// A folder without links on the way. What is not there yet is where its nearest folder that is there says.
pub(super) fn resolved(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let there = folder.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let folder = match there {
        Some((above, resolved)) => resolved.join(folder.strip_prefix(above).unwrap_or(Path::new(""))),
        None => folder,
    };
    // Without a slash at its end, so that a folder has one name.
    Some(folder.components().collect())
}

/// Opens the folder to write to, and creates it if necessary. Below the dossier, which may be somebody else's, no link
/// is followed on the way there.
fn open(folder: &Path, root: &Path) -> Result<Dir, Failure> {
    let opened = dir::below(folder, root).and_then(|below| match below {
        None => Dir::create(folder),
        Some(path) => Dir::open(root)?.make_folder(&path),
    });
    opened.map_err(|why| {
        let help = match why.kind() {
            io::ErrorKind::NotADirectory => "; name another folder with `--output`",
            _ => "",
        };
        Failure(format!("cannot write to `{}`: {why}{help}", folder.display()))
    })
}

fn refuse_own_files(folder: &Path, root: &Path) -> Result<(), Failure> {
    if is_own_folder(folder, root) {
        let what = format!("`{}` is one of the dossier's own folders, or contains them", folder.display());
        return Err(Failure(format!("{what}; name another folder with `--output`")));
    }
    Ok(())
}

/// A progress bar that counts files.
pub(super) fn progress(console: &Console, files: usize) -> ProgressBar {
    bar(console, files, "files")
}

/// A progress bar, hidden unless standard error is a terminal and `--quiet` is off.
pub(super) fn bar(console: &Console, count: usize, what: &'static str) -> ProgressBar {
    let target =
        if console.is_chatty() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(count as u64), target);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}, {eta} to go");
    bar.with_message(what).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn tell_of(emitted: &Emitted, folder: &Path, console: &mut Console) -> Result<(), Failure> {
    let Emitted { written, unchanged, deleted, foreign, .. } = emitted;
    let name = folder.display();
    console.say(format_args!("{name}: {written} files written, {unchanged} unchanged, {deleted} deleted"))?;
    if let Some((first, others)) = foreign.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        console.say(format_args!(
            "left alone because this program did not write it, or not as it is now: `{first}`{more}"
        ))?;
    }
    Ok(())
}

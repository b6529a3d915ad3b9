//! Changes of texts, and files that are added.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{Plan, Planner, Said};
use crate::base::diagnostic::Edit;
use crate::base::path::{InputPath, join, refused_by_windows, refused_in};
use crate::base::span::Span;
use crate::check::help::address;
use crate::ide::Refusal;
use crate::link::anchor::{Anchoring, Haystack, Quote};
use crate::load::{self, CONTENT};
use crate::world::edit::{Changes, Rewrite};
use crate::world::{LARGEST, passed_over};
use crate::{metadata, parse};

/// The longest name of a file that disks take, in bytes.
const LONGEST_NAME: usize = 255;

impl Planner<'_> {
    pub(super) fn text(
        &self,
        file: &InputPath,
        start: usize,
        was: &str,
        text: &str,
    ) -> Result<Plan, Refusal> {
        let (_, edition) = self.edition(file)?;
        let whole = load::text(&**self.before.world(), &edition.input);
        let body = parse::body_start(&whole);
        let is_there =
            |start: usize| start >= body && whole.get(start..).is_some_and(|rest| rest.starts_with(was));
        // What stands above may have become longer or shorter since.
        let only = || {
            let mut places = whole.get(body..)?.match_indices(was).map(|(at, _)| body + at);
            places.next().filter(|_| !was.is_empty() && places.next().is_none())
        };
        let start = Some(start).filter(|start| is_there(*start)).or_else(only);
        let start = start
            .ok_or_else(|| Refusal(format!("`{file}` has changed since you saw it; look at it again")))?;
        let newline = if whole.contains("\r\n") { "\r\n" } else { "\n" };
        let replacement = text.replace("\r\n", "\n").replace('\n', newline);
        let edit = Edit { path: file.clone(), span: Span::new(start, start + was.len()), replacement };
        self.edits([&edit], Said::of("text", edition.title()))
    }

    pub(super) fn link(&self, file: &InputPath, quote: &Quote<'_>, to: &str) -> Result<Plan, Refusal> {
        let (_, edition) = self.edition(file)?;
        let (_, target) = self.entity(to)?;
        let prose = edition.prose();
        let haystack = Haystack::new(&prose.plain).in_language(edition.input.lang.as_str());
        let words = match haystack.anchor(quote) {
            Anchoring::Anchored(range) => {
                prose.source_of(range.clone()).map(|span| (span, &prose.plain[range]))
            }
            _ => None,
        };
        let (span, words) = words.ok_or_else(|| {
            Refusal("these words are not plain text in one piece there; link them in the text itself".into())
        })?;
        let replacement = format!("[{words}]({})", address(file.folder(), target.path().as_str()));
        let edit = Edit { path: file.clone(), span, replacement };
        let plan = self.edits([&edit], Said::of("link", edition.title()).with(to.to_owned()))?;
        // Within code, or in a link, the brackets would be words.
        let after = Planner { before: &plan.after, trial: self.trial };
        let after =
            after.edition(file).map(|(_, edition)| (edition.prose().plain.clone(), edition.links.len()));
        match after {
            Ok((plain, links)) if plain == prose.plain && links == edition.links.len() + 1 => Ok(plan),
            _ => Err(Refusal("a link cannot stand there; link the words in the text itself".into())),
        }
    }

    pub(super) fn file(&self, path: &InputPath, base64: &str) -> Result<Plan, Refusal> {
        let path = own_path(path)?;
        if self.before.world().read(&path).is_ok() {
            return Err(Refusal(format!("there is a file `{path}` already; give this one another name")));
        }
        let bytes =
            BASE64_STANDARD.decode(base64).map_err(|_| Refusal(format!("`{path}` did not arrive whole")))?;
        if bytes.len() as u64 > LARGEST {
            return Err(Refusal(format!("`{path}` is larger than {} MiB", LARGEST >> 20)));
        }
        let bytes = metadata::examine(&bytes).bytes.into_owned();
        let rewrites = vec![Rewrite { path: path.clone(), before: None, after: Some(bytes.into()) }];
        self.plan(Changes { rewrites, moves: Vec::new() }, Said::of("file", path.name()))
    }
}

/// A path for an author's file that is not there yet.
fn own_path(path: &InputPath) -> Result<InputPath, Refusal> {
    let refused = |why: &str| Refusal(format!("`{path}` cannot be the name of a file: {why}"));
    let joined = join("", path.as_str()).map(InputPath::from).filter(|joined| joined == path);
    let joined = joined.ok_or_else(|| refused("it leads elsewhere"))?;
    let is_hidden = path.as_str().split('/').any(|name| name.starts_with('.'));
    if !path.as_str().starts_with(&format!("{CONTENT}/")) || is_hidden || passed_over(path.as_str()).is_some()
    {
        return Err(refused("it is not a visible file of `content/`"));
    }
    for name in path.as_str().split('/') {
        if name.len() > LONGEST_NAME {
            return Err(refused("it is too long"));
        }
        if let Some(why) = refused_in(name).map(str::to_owned).or_else(|| refused_by_windows(name)) {
            return Err(refused(&why));
        }
    }
    Ok(joined)
}

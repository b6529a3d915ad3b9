//! Decides which files of `content/` are published: those that a published text or the theme refers to, and those
//! that `publish_files` allows. Every way out of the program follows this one decision.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::{Files, Held, Publishing};
use super::graph::Graph;
use super::layout;
use super::resolve::files_of;
use crate::base::path::InputPath;

pub(super) fn files(graph: &Graph, publishing: Arc<Publishing>) -> Files {
    let mut wanted: BTreeMap<InputPath, InputPath> = BTreeMap::new();
    for edition in graph.entities.iter().flat_map(|entity| &entity.editions) {
        for file in files_of(graph, edition) {
            wanted.entry(file).or_insert_with(|| edition.input.path.clone());
        }
    }
    let mut left_out: BTreeMap<InputPath, InputPath> = BTreeMap::new();
    for withheld in graph.withheld.iter() {
        for file in files_of(graph, &withheld.edition) {
            left_out.entry(file).or_insert_with(|| withheld.edition.input.path.clone());
        }
    }
    let mut files = Files { publishing, ..Files::default() };
    for path in graph.assets.iter() {
        match held(&files.publishing, path, &wanted, &left_out) {
            None => drop(files.published.insert(path.clone())),
            Some(held) => drop(files.held.insert(path.clone(), held)),
        }
    }
    files
}

fn held(
    publishing: &Publishing,
    path: &InputPath,
    wanted: &BTreeMap<InputPath, InputPath>,
    left_out: &BTreeMap<InputPath, InputPath>,
) -> Option<Held> {
    let Publishing { patterns, active, theme } = publishing;
    if let Some(what) = active_name(path).map(str::to_owned).or_else(|| active.get(path).cloned())
        && !patterns.iter().any(|pattern| pattern.names(path))
    {
        return Some(Held::Active { what, wanted_by: wanted.get(path).cloned() });
    }
    let is_wanted = wanted.contains_key(path)
        || is_for_hosts(path)
        || is_mentioned(theme, layout::asset(path).as_str())
        || patterns.iter().any(|pattern| pattern.matches(path));
    match (is_wanted, left_out.get(path)) {
        (true, _) => None,
        (false, Some(text)) => Some(Held::With(text.clone())),
        (false, None) => Some(Held::Unused),
    }
}

/// What hosts and browsers look for at the top of a site though nothing refers to it.
pub(crate) fn is_for_hosts(path: &InputPath) -> bool {
    let inner = path.as_str().strip_prefix("content/").unwrap_or_default();
    // Of hidden files, the world lists only those that hosts look for.
    inner.starts_with('.') || matches!(inner, "ads.txt" | "favicon.ico" | "humans.txt" | "llms.txt")
}

/// Whether a theme names a file by its path on the site.
fn is_mentioned(theme: &str, path: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    theme
        .match_indices(path)
        .any(|(at, _)| !theme[..at].ends_with(is_part) && !theme[at + path.len()..].starts_with(is_part))
}

/// What a file is that could run code or change how a host behaves, by its name.
fn active_name(path: &InputPath) -> Option<&'static str> {
    let name = path.name().to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    Some(match (name.as_str(), extension) {
        (
            "_headers" | "_redirects" | "_routes.json" | "_worker.js" | "cname" | ".htaccess" | ".htpasswd",
            _,
        )
        | (".user.ini" | "web.config" | "netlify.toml" | "vercel.json" | "now.json" | "firebase.json", _)
        | ("staticwebapp.config.json" | "_config.yml" | "wrangler.toml" | "php.ini", _) => {
            "is a setting of a host"
        }
        (_, "html" | "htm" | "xhtml" | "xht" | "shtml" | "shtm" | "hta" | "mht" | "mhtml" | "htc") => {
            "is a page of HTML, which can run scripts"
        }
        (_, "js" | "mjs" | "cjs" | "wasm" | "jsx" | "ts" | "swf" | "jar" | "vbs") => "is a program",
        (_, "xml" | "xsl" | "xslt" | "xbl" | "mml" | "mathml" | "rdf" | "atom" | "rss" | "xul") => {
            "is XML, which browsers show as a page that can run scripts"
        }
        (_, extension) if is_of_servers(extension) => "is a program for a server",
        _ => return None,
    })
}

fn is_of_servers(extension: &str) -> bool {
    let php = extension.strip_prefix("php").or_else(|| extension.strip_prefix("pht"));
    php.is_some_and(|rest| rest.len() < 3)
        || matches!(
            extension,
            "phar" | "cgi" | "fcgi" | "pl" | "asp" | "aspx" | "ashx" | "asmx" | "jsp" | "jspx" | "cfm"
        )
}

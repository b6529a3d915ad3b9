//! The links of a dossier to other sites, and where they are written.

use std::collections::BTreeMap;

use url::Url;

use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::config::Config;
use crate::kinds::{Fact, Value};
use crate::link::{Graph, Target};

/// The web addresses that a dossier links to. Addresses on the dossier's own site are not included, because
/// it may not be published yet.
#[derive(Debug, Default)]
pub(crate) struct Addresses<'a> {
    /// Every place where an address is written, by the address without its fragment.
    pub mentions: BTreeMap<Url, Vec<Mention<'a>>>,
    /// The archived copy of an address.
    pub copies: BTreeMap<Url, &'a str>,
    /// Invalid addresses, with the reason.
    pub nonsense: Vec<(Mention<'a>, String)>,
}

/// A place where an address is written.
#[derive(Clone, Debug)]
pub(crate) struct Mention<'a> {
    /// The file.
    pub path: &'a InputPath,
    /// The position in the file.
    pub span: Span,
    /// The address, with its fragment.
    pub written: &'a str,
    /// The label of the fact; `None` for a link in a text.
    pub label: Option<&'static str>,
}

impl<'a> Addresses<'a> {
    /// The addresses in the facts and texts of all entities.
    pub(crate) fn of(graph: &'a Graph, config: &Config) -> Addresses<'a> {
        let mut addresses = Addresses::default();
        for entity in &graph.entities {
            addresses.add_facts(&entity.all_facts().list, entity.path());
            for edition in &entity.editions {
                for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                    let Target::External(written) = target else { continue };
                    let span = link.target_span.unwrap_or(link.span);
                    addresses.add(Mention { path: &edition.input.path, span, written, label: None });
                }
            }
        }
        if config.is_hosted() {
            addresses.mentions.retain(|url, _| !url.as_str().starts_with(&config.base_url));
        }
        addresses
    }

    fn add_facts(&mut self, facts: &[Fact<'a>], path: &'a InputPath) {
        let address = |label: &str| {
            let fact = facts.iter().find(|fact| fact.label == label)?;
            fact.values.iter().find_map(|value| match value {
                Value::Url(url) => Some(url.as_str()),
                _ => None,
            })
        };
        if let (Some(url), Some(copy)) = (address("url"), address("archive"))
            && let Some(Ok(url)) = parsed(url)
        {
            self.copies.insert(url, copy);
        }
        for fact in facts {
            for value in &fact.values {
                match value {
                    Value::Url(url) => {
                        let (span, written) = (url.span, url.as_str());
                        self.add(Mention { path, span, written, label: Some(fact.label) });
                    }
                    Value::Row(row) => self.add_facts(row, path),
                    _ => {}
                }
            }
        }
    }

    fn add(&mut self, mention: Mention<'a>) {
        match parsed(mention.written) {
            Some(Ok(url)) => self.mentions.entry(url).or_default().push(mention),
            Some(Err(why)) => self.nonsense.push((mention, why)),
            None => {}
        }
    }
}

/// The address without its fragment, which is not sent to servers. `None` for addresses that are not web
/// addresses, such as those of e-mail.
fn parsed(written: &str) -> Option<Result<Url, String>> {
    // A browser uses the scheme of the page, and pages should be read over HTTPS.
    let full = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
    let scheme = full.split(':').next().unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let url = Url::parse(&full).map_err(|why| why.to_string());
    Some(url.map(|mut url| {
        url.set_fragment(None);
        url
    }))
}

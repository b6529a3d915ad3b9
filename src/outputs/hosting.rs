//! Configuration files for hosts of static sites: `_headers` and `_redirects`, in the format of Netlify,
//! Cloudflare Pages and others. They are written only if `host_files` is set in dossier.toml.

use super::search::Search;
use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{SitePath, percent_encoded};
use crate::link::layout;
use crate::site::{FileKey, PageId, SiteInput};

/// The policy that the default theme needs, and nothing more (CSP 3): everything comes from the site itself,
/// nothing is inline, and no other page may frame the site.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

pub(crate) struct Hosting;

const HEADERS: &str = "_headers";
const REDIRECTS: &str = "_redirects";

impl Output for Hosting {
    fn name(&self) -> &'static str {
        "host file"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        for (number, file) in [HEADERS, REDIRECTS].into_iter().enumerate().filter(|_| input.config.host_files)
        {
            routes.add(file.into(), FileKey::numbered(number));
        }
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, path: &SitePath, _: FileKey) -> Result<Vec<u8>, Diagnostic> {
        // The path on the host, without a trailing slash. Rules start at the host's root.
        let below =
            builder.site.config().base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        let below = below.map_or("", |(_, path)| path.trim_end_matches('/'));
        let root = if below.is_empty() { String::new() } else { format!("/{below}") };
        let text = if path.as_str() == HEADERS { headers(builder, &root) } else { redirects(builder, &root) };
        Ok(text.into_bytes())
    }
}

fn headers(builder: &SiteBuilder<'_>, root: &str) -> String {
    let mut headers = format!(
        "{root}/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    let assets = builder.assets.paths().map(|(_, asset)| asset.clone());
    // The names of the search's pieces are fingerprints of their content, too.
    let pieces = Search.members(builder).into_iter().map(|(path, _)| path);
    for path in assets.chain(pieces) {
        let path = percent_encoded(path.as_str());
        headers.push_str(&format!("{root}/{path}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    headers
}

fn redirects(builder: &SiteBuilder<'_>, root: &str) -> String {
    let (site, graph) = (&builder.site, builder.site.graph());
    let mut redirects = String::new();
    for (path, page) in site.map().pages() {
        if let PageId::Redirect(ix, _, lang) = page {
            let to = layout::page(graph, graph.entity(*ix), &graph.languages[*lang]);
            let [from, to] = [path, &to].map(|path| percent_encoded(path.as_str()));
            redirects.push_str(&format!("{root}/{from} {root}/{to} 301!\n"));
        }
    }
    redirects
}

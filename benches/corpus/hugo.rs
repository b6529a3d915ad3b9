//! The same dossier as a site of Hugo's, so that the two can be compared: every page shows its facts with links, its
//! text, and who refers to it; lists go over pages of 200; there are a feed and a sitemap.
//!
//! Who refers to a page is found in one pass over all pages, kept for all of them: of the ways that Hugo has this was the
//! quickest; with a taxonomy it took twice the processor's time.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::words::VOCABULARIES;
use super::{Corpus, Entity, Fact, Id};

/// Writes it.
pub fn write(corpus: &Corpus, folder: &Path) -> io::Result<()> {
    let mut config = CONFIG.to_owned();
    if corpus.plan.languages > 1 {
        config += "\n[languages.en]\nweight = 1\n[languages.id]\nweight = 2\n";
    }
    super::write(folder, "hugo.toml", &config)?;
    for (path, text) in LAYOUTS {
        super::write(folder, &format!("layouts/{path}"), text)?;
    }
    super::write(folder, "content/_index.md", &article(corpus))?;
    for entity in corpus.entities() {
        for lang in 0..corpus.plan.languages {
            let path = format!("content/{}/{}{}.md", entity.folder, entity.name, ["", ".id"][lang]);
            super::write(folder, &path, &file(corpus, &entity, lang))?;
        }
    }
    Ok(())
}

fn article(corpus: &Corpus) -> String {
    let mut text = String::from("+++\ntitle = \"Bench\"\ndate = 2023-11-09\n+++\n");
    for number in 0..corpus.counts[0].min(50) {
        // Writing to a string cannot fail.
        let _ = write!(text, "The [record](/claims/{}.html) says so.\n\n", corpus.claim(number).name);
    }
    text
}

fn file(corpus: &Corpus, entity: &Entity, lang: usize) -> String {
    let words = &VOCABULARIES[lang];
    let root = ["", "/id"][lang];
    let mut named: BTreeSet<String> = BTreeSet::new();
    let body = corpus.body(entity, words, |words, to| {
        named.insert(to.name.clone());
        format!("[{words}]({root}/{}/{}.html)", to.folder, to.name)
    });
    let (mut values, mut refs, mut date) = (String::new(), String::new(), String::new());
    for (key, fact) in corpus.facts(entity) {
        let ids = match fact {
            Fact::Plain(value) => {
                let _ = match key {
                    "date" | "published" => writeln!(date, "date = {value}"),
                    _ => writeln!(values, "{key} = {:?}", value),
                };
                continue;
            }
            Fact::Refs(ids) | Fact::Stops(ids) => ids,
        };
        named.extend(ids.iter().map(|id| id.name.clone()));
        let path = |id: &Id| format!("\"/{}/{}\"", id.folder, id.name);
        let _ = writeln!(refs, "{key} = [{}]", ids.iter().map(path).collect::<Vec<_>>().join(", "));
    }
    let named: Vec<String> = named.iter().map(|name| format!("\"{name}\"")).collect();
    format!(
        "+++\ntitle = \"{}\"\ndescription = \"{}\"\n{date}[params]\nlinks = [{}]\n[params.values]\n{values}[params.refs]\n{refs}+++\n\n{body}",
        corpus.title(entity, words),
        corpus.summary(entity, words),
        named.join(", "),
    )
}

const CONFIG: &str = r#"baseURL = "https://example.org/"
title = "Bench"
uglyURLs = true
disableKinds = ["taxonomy", "term"]
[pagination]
pagerSize = 200
[services.rss]
limit = 50
[outputs]
home = ["HTML", "RSS"]
section = ["HTML"]
"#;

const LAYOUTS: [(&str, &str); 5] = [
    ("baseof.html", BASE),
    ("home.html", HOME),
    ("section.html", SECTION),
    ("page.html", PAGE),
    ("_partials/referrers.html", REFERRERS),
];

const BASE: &str = r#"<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
</head>
<body>
<header><nav><a href="/">Home</a>{{ range slice "claims" "actors" "places" "events" "sources" "routes" }} <a href="/{{ . }}/">{{ . }}</a>{{ end }}</nav></header>
<main>
{{ block "main" . }}{{ end }}
</main>
<footer>Made for a measurement.</footer>
</body>
</html>
"#;

const HOME: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
{{ .Content }}{{ end }}
"#;

const SECTION: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $part := .Paginate (.Pages.ByTitle) }}<ul>
{{ range $part.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ with .Params.values.status }}<span>{{ . }}</span>{{ end }} <p>{{ .Description }}</p></li>
{{ end }}</ul>
<nav>{{ with $part.Prev }}<a href="{{ .URL }}">Before</a>{{ end }} {{ with $part.Next }}<a href="{{ .URL }}">After</a>{{ end }}</nav>{{ end }}
"#;

const PAGE: &str = r#"{{ define "main" }}<article>
<nav><a href="/">Home</a> <a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></nav>
<h1>{{ .Title }}</h1>
<p>{{ .Description }}</p>
{{ if not .Date.IsZero }}<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>{{ end }}
<dl>
{{ range $key, $value := .Params.values }}<dt>{{ $key }}</dt><dd>{{ $value }}</dd>
{{ end }}{{ range $key, $ids := .Params.refs }}<dt>{{ $key }}</dt>{{ range $ids }}{{ with site.GetPage . }}<dd><a href="{{ .RelPermalink }}">{{ .Title }}</a></dd>{{ end }}{{ end }}
{{ end }}</dl>
{{ .Content }}
{{ with (partialCached "referrers.html" site site.Language.Lang).Get .File.TranslationBaseName }}<section><h2>Referred to by</h2><ul>
{{ range first 200 . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ with .Params.values.status }}<span>{{ . }}</span>{{ end }} <p>{{ .Description }}</p></li>
{{ end }}</ul></section>{{ end }}
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }} {{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
"#;

const REFERRERS: &str = r#"{{ $found := newScratch }}
{{ range $page := site.RegularPages }}{{ range .Params.links }}{{ $found.Add . (slice $page) }}{{ end }}{{ end }}
{{ return $found }}
"#;

//! Values that are not what a key wants.

use serde::Deserialize;

use super::*;
use crate::base::span::Spanned;

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Sample {
    title: Option<Spanned<String>>,
    draft: bool,
    legs: Vec<Leg>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leg {
    #[expect(dead_code, reason = "read by serde only")]
    from: String,
}

#[test]
fn every_mistake_is_reported_and_the_rest_is_kept() {
    let text = "drat: true\ntitle: Voyage\ndraft: perhaps\nlegs:\n  - from: a\n  - to: b\n";
    let mut diagnostics = Vec::new();
    let node = crate::data::yaml::parse(text).unwrap();
    let source = Document { path: &"x.md".into(), text, syntax: Syntax::Yaml, lang: "en" };
    let sample: Sample = decode(node, &source, Others::NONE, &mut diagnostics);
    let title = sample.title.unwrap();
    assert_eq!((title.value.as_str(), &text[title.span.range()]), ("Voyage", "Voyage"));
    assert_eq!((sample.draft, sample.legs.len()), (false, 1));
    let found: Vec<(&str, &str)> =
        diagnostics.iter().map(|found| (found.code, &text[found.labels[0].span.range()])).collect();
    let wanted = [("unknown-key", "drat"), ("wrong-type", "perhaps"), ("unknown-key", "to")];
    assert_eq!(found, wanted);
}

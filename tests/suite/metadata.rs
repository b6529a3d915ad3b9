//! What leaves: copied files without what they tell beside their content.

use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

/// A drawing that tells who made it, and where on their computer it is.
const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" \
    i:export-filename=\"/home/jane/x.png\"><!-- by Jane --><rect width=\"1\" height=\"1\"/></svg>";

/// The published bytes of `content/x.svg`, and the findings about it.
fn published(settings: &str) -> (String, Vec<&'static str>) {
    let world = MemoryWorld::new()
        .with("dossier.toml", format!("title = \"T\"\nbase_url = \"https://example.org/\"\n{settings}"))
        .with("content/article.md", "---\ntitle: T\n---\n\n![A box](x.svg)\n")
        .with("content/x.svg", DRAWING);
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
    let path = "x.svg".into();
    let bytes =
        builder.bytes(&path, &builder.find(&path).expect("it is published")).expect("it can be copied");
    let codes =
        snapshot.diagnostics().iter().map(|found| found.code).filter(|code| code.starts_with("metadata"));
    (String::from_utf8(bytes).unwrap(), codes.collect())
}

#[test]
fn a_copied_picture_tells_nothing_unless_the_settings_keep_it() {
    let (drawing, findings) = published("");
    assert!(
        !drawing.contains("Jane") && !drawing.contains("/home/") && drawing.contains("<rect"),
        "{drawing}"
    );
    assert!(findings.is_empty(), "{findings:?}");
    let (drawing, findings) = published("keep_metadata = [\"*.svg\"]\n");
    assert_eq!((drawing.as_str(), findings.as_slice()), (DRAWING, &["metadata-kept"][..]));
    assert_eq!(published("keep_metadata = [\"photos/*.svg\"]\n").1, [""; 0]);
}

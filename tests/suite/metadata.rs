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

/// The published bytes of a file beside a recording, if it is published, and the codes of the findings.
fn beside_recording(name: &str, content: &str) -> (Option<String>, Vec<&'static str>) {
    let path = format!("content/{name}");
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\"]\n")
        .with("content/article.md", "---\ntitle: T\n---\n\n![It falls](clip.mp4)\n")
        .with("content/clip.mp4", include_bytes!("../media/clip.mp4"))
        .with(&path, content);
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().unwrap_or_else(|why| panic!("{why:?}"));
    let path = name.into();
    let bytes = builder.find(&path).map(|route| builder.bytes(&path, &route).expect("it can be copied"));
    let codes = snapshot.diagnostics().iter().map(|found| found.code).collect();
    (bytes.map(|bytes| String::from_utf8(bytes).unwrap()), codes)
}

#[test]
fn what_goes_with_a_recording_tells_no_more_than_it_shows() {
    let captions = "WEBVTT - Jane\n\nNOTE by Jane\n\nJane-1\n00:00.000 --> 00:01.000\nIt falls.\n";
    for name in ["clip.vtt", "clip.en.vtt", "clip.pt-BR.vtt"] {
        let (published, findings) = beside_recording(name, captions);
        assert_eq!(published.as_deref(), Some("WEBVTT\n\n00:00.000 --> 00:01.000\nIt falls.\n"), "{name}");
        assert!(!findings.contains(&"metadata-left"), "{name}: {findings:?}");
    }
    for name in ["clip.old.vtt", "clip.zz-private.vtt", "clip.en-private.vtt"] {
        let (published, findings) = beside_recording(name, captions);
        assert_eq!(published, None, "{name}");
        assert!(findings.contains(&"unpublished-file"), "{name}: {findings:?}");
    }
    let voices = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Jane>It falls.\n";
    for (name, content) in [
        ("clip.vtt", voices),
        ("clip.txt", "It falls. %%Jane said so%%\n"),
        ("clip.txt", "It falls. <!-- Jane said so -->\n"),
    ] {
        assert!(beside_recording(name, content).1.contains(&"metadata-left"), "{content}");
    }
    assert!(!beside_recording("clip.txt", "It falls. 100% of it.\n").1.contains(&"metadata-left"));
}

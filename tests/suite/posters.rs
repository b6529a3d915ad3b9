//! Social cards: which pages have one, and what it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

fn built(settings: &str) -> BTreeMap<String, Vec<u8>> {
    let world = MemoryWorld::new()
        .with("dossier.toml", format!("title = \"T\"\nbase_url = \"https://example.org/d/\"\n{settings}"))
        .with(
            "content/article.md",
            "---\ntitle: The voyage\n---\nSee [[a]], [[b]], [[c]], [[d]] and [[nis]].",
        )
        .with(
            "content/claims/a.md",
            "---\ntitle: A ship left\ndate: 2023-10\nby: nis\nstatus: reported\n---\n",
        )
        .with(
            "content/claims/b.md",
            "---\ntitle: 배가 떠났다\ndate: 2023-10\nby: nis\nstatus: reported\n---\n",
        )
        .with("content/claims/d.md", "---\ntitle: 배가 왔다\ndate: 2023-10\nby: nis\nstatus: reported\n---\n")
        .with(
            "content/claims/c.md",
            "---\ntitle: जहाज़ रवाना हुआ\ndate: 2023-10\nby: nis\nstatus: reported\n---\n",
        )
        .with("content/actors/nis.md", "---\ntitle: NIS\ntype: agency\n---\n");
    sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()))
}

fn cards(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().filter(|path| path.starts_with("assets/cards/")).map(String::as_str).collect()
}

#[test]
fn cards_are_drawn_for_what_is_asked_for() {
    let files = built("");
    assert_eq!(cards(&files), ["assets/cards/index.png"]);
    let png = &files["assets/cards/index.png"];
    // PNG specification, third edition, 11.2.1: width and height follow the name of the first chunk.
    assert_eq!((&png[..4], &png[12..24]), (&b"\x89PNG"[..], &b"IHDR\0\0\x04\xb0\0\0\x02\x76"[..]));
    let page = String::from_utf8_lossy(&files["index.html"]);
    assert!(
        page.contains(
            "<meta property=\"og:image\" content=\"https://example.org/d/assets/cards/index.png\">"
        )
    );
    // There are letters for Korean, and none for Hindi: such a page has no card rather than an empty one.
    let files = built("social_cards = [\"article\", \"claim\"]");
    let claims = ["a", "b", "d"].map(|claim| format!("assets/cards/claims/{claim}.png"));
    assert_eq!(cards(&files)[..3], claims);
    assert_eq!(cards(&files)[3..], ["assets/cards/index.png"]);
    // Two that differ in nothing but their titles, in letters that the first typeface lacks, are two pictures.
    assert_ne!(files[&claims[1]], files[&claims[2]]);
    assert_eq!(cards(&built("social_cards = [\"article\", \"actor\", \"claim\"]")).len(), 5);
    let none = built("social_cards = []");
    assert!(cards(&none).is_empty() && !String::from_utf8_lossy(&none["index.html"]).contains("og:image"));
}

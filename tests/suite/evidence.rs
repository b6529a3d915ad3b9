//! What a dossier comes to: chains, origins, divergences, what was known on a day, and what must not be published.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::base::date::Day;
use dossier::evidence::chain::{Join, Leads, Weakest};
use dossier::session::{Options, Snapshot};
use dossier::world::World;
use dossier::world::memory::MemoryWorld;

/// Files by their paths in `content/`, and their front matter.
fn world(files: &[(&str, &str)]) -> MemoryWorld {
    let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\", \"id\"]\n";
    let mut world = MemoryWorld::new().with("dossier.toml", settings);
    for (path, front) in files {
        world = world.with(&format!("content/{path}.md"), format!("---\ntitle: {path}\n{front}\n---\n"));
    }
    world
}

fn snapshot(files: &[(&str, &str)]) -> Arc<Snapshot> {
    Snapshot::take(Arc::new(world(files)), &Options::default())
}

/// The ways of a claim: `afp < ministry = g7`, where `<` cites and `=` speaks for.
fn ways(snapshot: &Snapshot, claim: &str) -> (Vec<String>, Option<Weakest>, usize) {
    let graph = &snapshot.graph;
    let ix = graph.by_id(claim).unwrap();
    let origins = snapshot.evidence().origins(graph, ix);
    let chain = snapshot.evidence().chain(graph, ix, &origins);
    let ways = chain.paths.iter().map(|path| {
        let mut way = String::new();
        for step in &path.steps {
            way.push_str(match step.join {
                Join::Says => "",
                Join::Citing => " < ",
                Join::OnBehalf => " = ",
            });
            let names: Vec<&str> = step.who.iter().map(|ix| graph.entity(*ix).id.as_str()).collect();
            way.push_str(&names.join("+"));
        }
        match path.leads {
            Leads::ToClaimant => way,
            Leads::ToWitness => format!("witness: {way}"),
            Leads::ToMaterial => format!("material: {way}"),
        }
    });
    (ways.collect(), chain.weakest, origins.len())
}

const G7: [(&str, &str); 6] = [
    ("actors/g7", "type: alliance"),
    ("actors/ministry", "type: agency\npart_of: {actor: g7}"),
    ("actors/afp", "type: media"),
    ("actors/tribun", "type: media"),
    ("actors/kbs", "type: media"),
    ("sources/tribun-1", "publisher: tribun\nrelays: [afp]"),
];

#[test]
fn a_chain_is_followed_back_to_whoever_asserts() {
    let mut files = G7.to_vec();
    files.push(("sources/kbs-1", "publisher: kbs\nrelays: ministry"));
    files.push((
        "claims/a",
        "by: g7\nvia: [ministry, afp, tribun]\nsources: [{source: tribun-1, locator: ¶ 3}, kbs-1]",
    ));
    let snapshot = snapshot(&files);
    let (ways, weakest, origins) = ways(&snapshot, "a");
    assert_eq!(ways, ["tribun < afp < ministry = g7", "kbs < ministry = g7"]);
    let ministry = snapshot.graph.by_id("ministry").unwrap();
    assert_eq!((weakest, origins), (Some(Weakest::Bottleneck(ministry)), 1));
}

#[test]
fn those_who_pass_a_claim_on_side_by_side_are_not_put_in_a_row() {
    let files = [
        ("actors/kirby", "type: person"),
        ("actors/kbs", "type: media"),
        ("actors/yonhap", "type: media"),
        ("actors/ap", "type: media"),
        ("actors/independent", "type: media"),
        ("sources/kbs-1", "publisher: kbs\nrelays: kirby"),
        ("sources/yonhap-1", "publisher: yonhap"),
        ("sources/independent-1", "publisher: independent\nrelays: ap"),
        (
            "claims/a",
            "by: kirby\nvia: [kbs, yonhap, ap, independent]\nsources: [kbs-1, yonhap-1, independent-1]",
        ),
    ];
    let snapshot = snapshot(&files);
    let (ways, weakest, origins) = ways(&snapshot, "a");
    assert_eq!(ways, ["kbs < kirby", "yonhap < kirby", "independent < ap < kirby"]);
    let kirby = snapshot.graph.by_id("kirby").unwrap();
    assert_eq!((weakest, origins), (Some(Weakest::SecondHand(kirby)), 1));
}

#[test]
fn a_witness_of_its_own_is_told_apart_and_so_is_what_an_analysis_is_drawn_from() {
    let files = [
        ("actors/office", "type: government"),
        ("actors/spokesman", "type: person\npart_of: {actor: office}"),
        ("actors/institute", "type: organization"),
        ("actors/paper", "type: media"),
        ("sources/study", "publisher: institute"),
        ("sources/paper-1", "publisher: paper\nrelays: [study, afp]"),
        ("sources/paper-2", "publisher: paper\nrelays: spokesman"),
        ("sources/map", "type: dataset"),
        ("claims/a", "by: office\nsources: [paper-2, study, paper-1]"),
        ("claims/b", "by: institute\nbasis: analysis\nsources: [map, study]"),
        ("claims/c", "by: office"),
    ];
    let snapshot = snapshot(&files);
    let (of_a, weakest, origins) = ways(&snapshot, "a");
    assert_eq!(of_a, ["paper < spokesman = office", "witness: institute", "witness: paper < institute"]);
    assert_eq!((weakest, origins), (None, 2));
    let (of_b, weakest, origins) = ways(&snapshot, "b");
    assert_eq!(of_b, ["material: institute", "institute"]);
    let institute = snapshot.graph.by_id("institute").unwrap();
    assert_eq!((weakest, origins), (Some(Weakest::OneVoice(institute)), 1));
    assert_eq!(ways(&snapshot, "c").0, ["office"]);
    assert_eq!(ways(&snapshot, "c").1, Some(Weakest::NoSource));
}

#[test]
fn long_and_circular_relays_end() {
    let mut files: Vec<(String, String)> =
        (0..500).map(|n| (format!("sources/s{n}"), format!("relays: s{}", (n + 1) % 500))).collect();
    files.push(("claims/a".into(), "sources: [s0, s7]".into()));
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, front)| (path.as_str(), front.as_str())).collect();
    let snapshot = snapshot(&files);
    let (ways, _, origins) = ways(&snapshot, "a");
    assert!(ways.len() == 2 && (1..=2).contains(&origins));
}

fn known_on(files: &[(&str, &str)], year: i32, month: u8, day: u8) -> Arc<Snapshot> {
    let options = Options { as_of: Day::new(year, month, day), ..Options::default() };
    Snapshot::take(Arc::new(world(files)), &options)
}

#[test]
fn as_of_a_day_what_came_later_is_not_there() {
    let history = "date: 2023-10-13\nstatus: disputed\nsources: [report, review]\nhistory:\n  - {date: 2023-10-13, status: reported}\n  - {date: 2023-10-17, status: disputed}";
    let files = [
        ("claims/a", history),
        ("claims/b", "date: 2023-10-17\ndenies: a"),
        ("claims/month", "date: 2023-10"),
        ("claims/undated", "status: reported\nsupports: b"),
        ("sources/report", "published: 2023-10-13"),
        ("sources/review", "published: 2023-11-01"),
        ("events/meeting", "date: 2023-11"),
        // Made known only by what was published later.
        ("claims/reprinted", "date: 2023-10-14\nsources: [review]"),
        (
            "pages/about",
            "date: 2024\ncorrections: [{date: 2023-10-16, text: One}, {date: 2023-10-18, text: Two}]",
        ),
    ];
    let ids = |snapshot: &Snapshot| -> Vec<String> {
        snapshot.graph.entities.iter().map(|entity| entity.id.to_string()).collect()
    };
    let then = known_on(&files, 2023, 10, 16);
    assert_eq!(ids(&then), ["a", "month", "undated", "about", "report"]);
    let status = |snapshot: &Snapshot| {
        let claim = snapshot.graph.entity(snapshot.graph.by_id("a").unwrap());
        claim.as_kind::<dossier::kinds::Claim>().unwrap().status.as_ref().unwrap().word()
    };
    let corrections = |snapshot: &Snapshot| {
        snapshot.graph.entity(snapshot.graph.by_id("about").unwrap()).common().corrections.len()
    };
    assert_eq!((status(&then), corrections(&then)), ("reported", 1));
    let later = known_on(&files, 2023, 10, 17);
    assert_eq!((ids(&later).len(), status(&later), corrections(&later)), (6, "disputed", 1));
    assert!(known_on(&files, 2023, 11, 1).graph.by_id("reprinted").is_some());
    // What is found is found in the whole dossier, whatever day is shown.
    let now = Snapshot::take(Arc::new(world(&files)), &Options::default());
    assert_eq!(then.diagnostics(), now.diagnostics());
    let page = &super::sites::files_of(&then)["claims/a.html"];
    assert!(String::from_utf8_lossy(page).contains("As of 16 October 2023"));
}

/// A dossier in which a name must not be published.
fn secret() -> MemoryWorld {
    let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"id\", \"en\"]\npublish_files = [\"*\"]\n\n\
                    [[redact]]\nwords = [\"Siti Aminah\", \"Bu Siti\"]\nwith = {id = \"Narasumber A\", en = \"Source A\"}\n\n\
                    [[redact]]\nwords = \"Jalan Mawar 5\"\n";
    MemoryWorld::new()
        .with("dossier.toml", settings)
        .with("content/article.md", "---\ntitle: Kata Siti Aminah\nsummary: Di Jalan Mawar 5.\n---\nSITI\naminah berkata, dan Bu Siti diam.\n\nBaris.\n")
        .with("content/article.en.md", "---\ntitle: So says Siti Aminah\n---\nSiti\u{a0}Aminah spoke.\n")
        .with("content/data.json", "{\"name\": \"Siti Aminah\"}")
}

fn published(world: MemoryWorld) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let options = Options { redact: true, ..Options::default() };
    let snapshot = Snapshot::take(Arc::new(world), &options);
    let builder = snapshot.builder().ok().unwrap();
    let mut files = BTreeMap::new();
    for (path, route) in builder.files() {
        let bytes = builder.bytes(&path, &route).map_err(|found| found.message)?;
        files.insert(path.to_string(), bytes);
    }
    Ok(files)
}

#[test]
fn what_must_not_be_published_is_replaced() {
    let files = published(secret()).unwrap();
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("index.html").contains("Kata Narasumber A") && text("index.html").contains("█████"));
    assert!(text("en/index.html").contains("Source A spoke."));
    assert!(text("data.json").contains("\"Narasumber A\""));
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("aminah") && !text.contains("mawar"), "{path}");
    }
    // A name over two lines keeps the line end and what indents the second.
    let options = Options { redact: true, ..Options::default() };
    let listed = secret().with("content/notes/n.md", "---\ntitle: N\n---\n- Siti\n      Aminah diam.\n");
    let snapshot = Snapshot::take(Arc::new(listed), &options);
    let bytes = snapshot.world().read(&"content/notes/n.md".into()).unwrap();
    assert!(String::from_utf8_lossy(&bytes).ends_with("- Narasumber A\n       diam.\n"));
    // Lines stay where they are, so that what is found points at them.
    let options = Options { redact: true, ..Options::default() };
    let snapshot = Snapshot::take(Arc::new(secret()), &options);
    let read = |world: &dyn World| {
        let bytes = world.read(&"content/article.md".into()).unwrap();
        String::from_utf8_lossy(&bytes).matches('\n').count()
    };
    assert_eq!(read(&**snapshot.world()), read(&secret()));
}

#[test]
fn what_slips_through_stops_the_build_and_is_not_repeated() {
    let mut picture = b"\x89PNG\r\n\x1a\n....tEXtAuthor\0Siti Aminah".to_vec();
    picture.extend([0; 8]);
    let broken = [
        secret().with("content/photo.png", picture),
        secret().with("content/siti-aminah.pdf", "%PDF"),
        secret().with("content/actors/siti-aminah.md", "---\ntitle: X\n---\n"),
        // Only what is known to be text is changed.
        secret().with("content/list.bin", "Siti Aminah"),
        secret().with("content/notes/n.md", "---\ntitle: N\n---\nJalan *Mawar* 5\n"),
    ];
    for (world, entry) in broken.into_iter().zip([1, 1, 1, 1, 2]) {
        let why = published(world).unwrap_err();
        assert!(
            why.starts_with(&format!("what entry {entry} ")) && !why.to_lowercase().contains("aminah, "),
            "{why}"
        );
        assert!(!why.contains("Mawar 5"), "{why}");
    }
}

#[test]
fn the_list_may_lie_elsewhere_and_must_then_be_there() {
    let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"id\"]\nredactions = \"../home/names.toml\"\n";
    let world = |list: Option<&str>| {
        let world = MemoryWorld::new()
            .with("dossier.toml", settings)
            .with("content/article.md", "---\ntitle: Kata Siti Aminah\n---\n");
        match list {
            Some(list) => world.with("../home/names.toml", list),
            None => world,
        }
    };
    let files = published(world(Some("[[redact]]\nwords = \"Siti Aminah\"\n"))).unwrap();
    assert!(String::from_utf8_lossy(&files["index.html"]).contains("Kata █████"));
    let errors = |list| Snapshot::take(Arc::new(world(list)), &Options::default()).has_errors();
    assert!(!errors(Some("")) && errors(None) && errors(Some("[[redact]]\nword = \"Siti\"\n")));
}

#[test]
fn what_was_refuted_or_withdrawn_supports_nothing() {
    let supporters = |status: &str| {
        let support = format!("by: other\nsupports: a\nstatus: {status}");
        let files = [
            ("actors/nis", "type: agency"),
            ("actors/other", "type: agency"),
            ("claims/a", "by: nis"),
            ("claims/b", &*support),
        ];
        let snapshot = snapshot(&files);
        let graph = &snapshot.graph;
        let claim = graph.by_id("a").unwrap();
        let origins = snapshot.evidence().origins(graph, claim);
        let supporters = snapshot.evidence().supporters(graph, claim, &origins);
        supporters.iter().map(|one| graph.entity(one.claims[0]).id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(supporters("reported"), ["b"]);
    assert_eq!(supporters("disputed"), ["b"]);
    assert!(supporters("refuted").is_empty());
    assert!(supporters("withdrawn").is_empty());
}

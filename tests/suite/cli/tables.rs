//! Tables whose rows are entities: `content/actors.csv` and its like.
#![expect(clippy::disallowed_methods, reason = "the tests write and read files")]

use tempfile::TempDir;

use super::{Ran, dossier, read, run};

const SETTINGS: (&str, &str) = ("dossier.toml", "languages = [\"en\", \"id\"]\n");

const ACTORS: &str = "id,title,type,role@en,role@id,country,part_of,title@id,text,aliases\n\
    kirby,John Kirby,person,spokesman,juru bicara,US,nsc,,\"Spoke, often.\n\nTo [[nsc]].\",Kirby; J. Kirby\n\
    nsc,National Security Council,government,,,USA,,Dewan Keamanan Nasional,,NSC\n";

const CLAIM: (&str, &str) = (
    "content/claims/ten.md",
    "---\ntitle: Ten ships\nby: kirby\ndate: 2023-10-13\nsources: [wire]\n---\n\nSaid [the man](../actors/kirby.md) of [[nsc]].\n",
);

const SOURCES: (&str, &str) = ("content/sources.csv", "id;title;url\nwire;The wire;https://wire.example/\n");

fn whole() -> TempDir {
    dossier(&[SETTINGS, ("content/actors.csv", ACTORS), CLAIM, SOURCES])
}

fn check(folder: &TempDir, more: &[&str]) -> Ran {
    run(folder.path(), &[&["check", "--format", "short"], more].concat())
}

fn write(folder: &TempDir, path: &str, content: &str) {
    std::fs::write(folder.path().join(path), content).unwrap();
}

/// The lines of a report on errors.
fn errors(ran: &Ran) -> Vec<String> {
    ran.out.lines().filter(|line| line.contains(": error[")).map(str::to_owned).collect()
}

#[test]
fn rows_have_pages_references_translations_and_texts_as_files_have() {
    let folder = whole();
    let build = run(folder.path(), &["build"]);
    let found = check(&folder, &[]);
    // `USA` is not the code of a country, and the finding is at its cell.
    assert_eq!(errors(&found).len(), 1, "{}", found.out);
    assert!(found.out.contains("content/actors.csv:5:44: error["), "{}", found.out);
    assert_eq!(build.code, 1, "{}", build.err);
    let fixed = check(&folder, &["--fix"]);
    assert_eq!(fixed.code, 0, "{}{}", fixed.out, fixed.err);
    // Only the cell is another.
    assert_eq!(read(&folder, "content/actors.csv"), ACTORS.replace(",USA,", ",US,"));
    assert_eq!(run(folder.path(), &["build"]).code, 0);
    let page = read(&folder, "public/actors/kirby.html");
    for words in ["John Kirby", "spokesman", "Spoke, often.", "National Security Council", "Ten ships"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(read(&folder, "public/id/actors/kirby.html").contains("juru bicara"));
    assert!(read(&folder, "public/id/actors/nsc.html").contains("Dewan Keamanan Nasional"));
    assert!(read(&folder, "public/claims/ten.html").contains("../actors/kirby.html"));
    assert!(!folder.path().join("public/actors.csv").exists());
}

#[test]
fn findings_name_the_row_and_the_column() {
    let folder = whole();
    let broken = ACTORS.replace(",US,nsc,", ",US,nobody,").replace("government,,,USA", "goverment,,,US");
    write(&folder, "content/actors.csv", &broken);
    let ran = run(folder.path(), &["check"]);
    assert!(ran.out.contains("row 2, column `part_of`"), "{}", ran.out);
    assert!(ran.out.contains("content/actors.csv:2:"), "{}", ran.out);
    for (table, why) in [
        ("title\nx\n", "there is no column `id`"),
        ("id,title\n,x\n", "row 2: it has no id"),
        ("id,title\na,x\na,y\n", "row 3: another row has the id `a`"),
        ("id,title\na b,x\n", "row 2: "),
        ("id,title\na,\"x\n", "this quotation mark is not closed"),
        ("id,title,title\na,x,y\n", "there are two columns `title`"),
        ("id,title\nten,x,z\n", "`z` is in no column"),
    ] {
        write(&folder, "content/notes.csv", table);
        let ran = check(&folder, &[]);
        assert!(ran.out.contains("error[table-row]") && ran.out.contains(why), "{table}\n{}", ran.out);
    }
    write(&folder, "content/notes.csv", "id,title\nten,x\n");
    write(&folder, "content/claims.csv", "id,title\nten,x\n");
    let ran = check(&folder, &[]);
    assert!(
        ran.out.contains("row 2: there is also a file `content/claims/ten.md`, which is used"),
        "{}",
        ran.out
    );
}

#[test]
fn a_renamed_row_changes_in_its_cells_and_in_what_refers_to_it() {
    let folder = whole();
    write(&folder, "content/actors.csv", &ACTORS.replace(",USA,", ",US,"));
    let ran = run(folder.path(), &["rename", "nsc", "council"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let expected = ACTORS
        .replace(",USA,", ",US,")
        .replace(",aliases\n", ",aliases,formerly\n")
        .replace(",US,nsc,", ",US,council,")
        .replace("To [[nsc]]", "To [[council]]")
        .replace("nsc,National", "council,National")
        .replace(",NSC\n", ",NSC,nsc\n");
    assert_eq!(read(&folder, "content/actors.csv"), expected);
    assert!(read(&folder, "content/claims/ten.md").contains("of [[council]]."));
    let ran = check(&folder, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn a_row_moves_out_and_back() {
    let folder = whole();
    let table = ACTORS.replace(",USA,", ",US,");
    write(&folder, "content/actors.csv", &table);
    let ran = run(folder.path(), &["row", "out", "kirby"]);
    ran.expect(0, "content/actors.csv\ncontent/actors/kirby.md\n", "");
    assert_eq!(
        read(&folder, "content/actors/kirby.md"),
        "---\ntitle: John Kirby\ntype: person\ncountry: US\npart_of: [{actor: nsc}]\naliases: [Kirby, J. Kirby]\n\
         role: {en: spokesman, id: juru bicara}\n---\n\nSpoke, often.\n\nTo [[nsc]].\n"
    );
    assert!(!read(&folder, "content/actors.csv").contains("kirby"));
    assert_eq!(check(&folder, &[]).code, 0);
    assert_eq!(run(folder.path(), &["row", "in", "kirby"]).code, 0);
    assert!(!folder.path().join("content/actors/kirby.md").exists());
    let mut lines: Vec<String> = table.split_inclusive('\n').map(str::to_owned).collect();
    let row: String = lines.drain(1..4).collect();
    assert_eq!(read(&folder, "content/actors.csv"), lines.concat() + &row);
    assert_eq!(check(&folder, &[]).code, 0);
    write(&folder, "content/notes.csv", "id,title\n");
    std::fs::create_dir_all(folder.path().join("content/notes")).unwrap();
    write(&folder, "content/notes/n.md", "---\ntitle: \"A # B\" # mine\n---\n");
    run(folder.path(), &["row", "in", "n"]).refuses("has comments in its front matter");
    write(&folder, "content/notes/n.md", "---\ntitle: \"A # B; C\"\nabout: [kirby, nsc]\n---\n");
    assert_eq!(run(folder.path(), &["row", "in", "n"]).code, 0);
    assert_eq!(read(&folder, "content/notes.csv"), "id,title,about\nn,A # B; C,kirby; nsc\n");
    run(folder.path(), &["row", "out", "ten"]).refuses("is not a row of a table");
    run(folder.path(), &["row", "out", "nobody"]).refuses("nothing has the id `nobody`");
}

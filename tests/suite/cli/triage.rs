//! `dossier triage`: what of an article is offered as a name, and what answers come to.
#![expect(clippy::disallowed_methods, reason = "the tests answer the program and look at what was written")]

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{dossier, read, run};

const SETTINGS: (&str, &str) = ("dossier.toml", "languages = [\"en\", \"id\"]\n");

/// Articles written for this test, each with the names in it.
const ARTICLES: [(&str, &[&str]); 5] = [
    (
        "The Rhosus left Batumi on 23 September 2013 with 2,750 tonnes of ammonium nitrate. Its Russian captain, Boris Prokoshev, \
         said that the owner, Igor Grechushkin, had told him to call at Beirut for more cargo.\n\n\
         Lebanese inspectors detained the ship there. Prokoshev and three Ukrainian sailors stayed on board for eleven months. When the \
         Port of Beirut took the cargo off, nobody paid for it. Two judges of the Court of Cassation were told, and Badri Daher, the director \
         of Lebanese Customs, wrote to both.\n\n\
         \"We asked for nothing else,\" Daher told Al Jazeera. The Rhosus sank in February 2018. In Mozambique, the Fábrica de Explosivos said \
         that it had ordered the nitrate through Savaro, a company in London. Yesterday Savaro's lawyers did not answer.",
        &[
            "Rhosus",
            "Batumi",
            "Boris Prokoshev",
            "Igor Grechushkin",
            "Beirut",
            "Port of Beirut",
            "Court of Cassation",
            "Badri Daher",
            "Lebanese Customs",
            "Al Jazeera",
            "Mozambique",
            "Fábrica de Explosivos",
            "Savaro",
            "London",
        ],
    ),
    (
        "North Korea has sent more than 1,000 containers to Russia, White House spokesman John Kirby told reporters on 13 October 2023. American \
         satellites saw the Angara, a Russian ship, at Najin. From there it sailed to Dunay, near Vladivostok.\n\n\
         Foreign Minister Sergei Lavrov denied it. \"There is no proof,\" Lavrov said in Beijing. But South Korea's National Intelligence Service \
         (NIS) counted ten voyages. According to NIS, the shells went by rail to Tikhoretsk, 290 km from the Kerch Strait.\n\n\
         Kim Jong Un met President Vladimir Putin in September. Western experts such as Joost Oliemans believe that Kim wants help for his \
         satellites. The Kremlin did not comment.",
        &[
            "North Korea",
            "Russia",
            "White House",
            "John Kirby",
            "Angara",
            "Najin",
            "Dunay",
            "Vladivostok",
            "Sergei Lavrov",
            "Beijing",
            "South Korea",
            "National Intelligence Service",
            "Tikhoretsk",
            "Kerch Strait",
            "Kim Jong Un",
            "Vladimir Putin",
            "Joost Oliemans",
            "Kremlin",
        ],
    ),
    (
        "After the storm of 3 March, the mayor of Cork, Maeve Doyle, closed Harbour Street. She said that a third of its houses stood under water.\n\n\
         Doyle's deputy, Tom Byrne, disagreed. \"It was never closed,\" he told the Irish Examiner. Residents such as Inês Duarte, a Portuguese \
         cartographer, remember police cars at St Patrick's Bridge.\n\n\
         However, the Office of Public Works measured 1.4 metres at Tivoli. Mr Byrne has asked Dr Nuala Healy of University College Cork for \
         another count. Met Éireann expects rain on Friday.",
        &[
            "Cork",
            "Maeve Doyle",
            "Harbour Street",
            "Tom Byrne",
            "Irish Examiner",
            "Inês Duarte",
            "St Patrick's Bridge",
            "Office of Public Works",
            "Tivoli",
            "Nuala Healy",
            "University College Cork",
            "Met Éireann",
        ],
    ),
    (
        "Kapal Angara meninggalkan Najin pada 12 September 2023 dengan 300 kontainer. Menurut Badan Intelijen Nasional Korea Selatan, kapal itu \
         menuju Dunay, dekat Vladivostok.\n\n\
         Presiden Rusia Vladimir Putin membantahnya. \"Tidak ada bukti,\" kata Putin di Moskwa. Namun juru bicara Gedung Putih, John Kirby, \
         menyebut lebih dari 1.000 kontainer. Menteri Luar Negeri Sergei Lavrov tidak menjawab.\n\n\
         Sementara itu, Kim Jong Un mengunjungi Kosmodrom Vostochny. Setelah kunjungan itu, kata Kirby, kereta api berangkat ke Tikhoretsk. Para \
         ahli di Seoul, seperti Lee Sang-hyun dari Institut Sejong, meragukan jumlahnya.",
        &[
            "Angara",
            "Najin",
            "Badan Intelijen Nasional Korea Selatan",
            "Dunay",
            "Vladivostok",
            "Rusia",
            "Vladimir Putin",
            "Moskwa",
            "Gedung Putih",
            "John Kirby",
            "Sergei Lavrov",
            "Kim Jong Un",
            "Kosmodrom Vostochny",
            "Tikhoretsk",
            "Seoul",
            "Lee Sang-hyun",
            "Institut Sejong",
        ],
    ),
    (
        "Banjir di Semarang merendam 1.200 rumah pada Senin, 5 Februari 2024. Wali kota Hevearita Rahayu mengatakan bahwa pompa di Kali Tenggang \
         tidak bekerja. Ia membantah laporan Suara Merdeka.\n\n\
         Badan Nasional Penanggulangan Bencana (BNPB) menghitung 3.400 pengungsi. Menurut BNPB, tanggul di Genuk jebol lebih dulu. Kepala BMKG \
         Dwikorita Karnawati memperkirakan hujan sampai Kamis.\n\n\
         Sebelumnya, Bapak Slamet Riyadi, warga Kaligawe, sudah melapor kepada Dinas Pekerjaan Umum. \"Kami menunggu dua hari,\" kata Slamet. \
         Gubernur Jawa Tengah belum berkomentar.",
        &[
            "Semarang",
            "Hevearita Rahayu",
            "Kali Tenggang",
            "Suara Merdeka",
            "Badan Nasional Penanggulangan Bencana",
            "Genuk",
            "BMKG",
            "Dwikorita Karnawati",
            "Slamet Riyadi",
            "Kaligawe",
            "Dinas Pekerjaan Umum",
            "Jawa Tengah",
        ],
    ),
];

fn with(article: &str) -> TempDir {
    let text = format!("---\ntitle: T\ndate: 2024-03-01\n---\n\n{article}\n");
    dossier(&[SETTINGS, ("content/article.md", &text)])
}

/// The names that are offered, without the figures.
fn offered(folder: &TempDir) -> Vec<String> {
    let listed = run(folder.path(), &["triage", "--list"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    let names = listed.out.lines().filter(|line| !line.ends_with("— figure"));
    names.map(|line| line.split([' ']).collect::<Vec<&str>>().join(" ")).collect()
}

#[test]
fn names_are_found_in_two_languages_and_little_else() {
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for (article, names) in ARTICLES {
        let lines = offered(&with(article));
        let found: BTreeSet<String> = lines
            .iter()
            .map(|line| line.rsplit_once(" — ").unwrap().0.split(" (also ").next().unwrap().to_owned())
            .collect();
        let names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        right += found.intersection(&names).count();
        wrong.extend(found.difference(&names).cloned());
        missed.extend(names.difference(&found).cloned());
    }
    let (right, all) = (right as f64, (right + missed.len()) as f64);
    let (precision, recall) = (right / (right + wrong.len() as f64), right / all);
    println!("precision {precision:.2}, recall {recall:.2}, wrong {wrong:?}, missed {missed:?}");
    assert!(
        precision > 0.9 && recall > 0.9,
        "precision {precision:.2}, recall {recall:.2}\n{wrong:?}\n{missed:?}"
    );
    for none in [
        "The Rhosus",
        "Russian",
        "Lebanese",
        "Ukrainian",
        "American",
        "Portuguese",
        "Western",
        "Yesterday Savaro",
    ] {
        assert!(!wrong.contains(&none.to_owned()), "{none}");
    }
}

/// Runs `dossier triage` with these answers.
fn answer(folder: &TempDir, answers: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.current_dir(folder.path()).arg("triage");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn answers_make_files_link_mentions_and_mark_figures() {
    let folder = with(
        "John Kirby spoke in Najin. Kirby named the Angara, and the Angara Line.\n\n\
         He saw Rajin from space, with the NIS: more than 1,000 containers.",
    );
    std::fs::create_dir_all(folder.path().join("content/actors")).unwrap();
    std::fs::write(
        folder.path().join("content/actors/nis-of-korea.md"),
        "---\ntitle: National Intelligence Service\n---\n",
    )
    .unwrap();
    let asked = run(folder.path(), &["triage", "--list"]).out;
    let order: Vec<&str> = asked.lines().map(|line| line.split([' ', '(']).next().unwrap()).collect();
    assert_eq!(order, ["John", "Najin", "Angara", "Angara", "Rajin", "NIS", "more"], "{asked}");
    let (code, out, err) = answer(&folder, "a\n?\n\nn\na\n= 2\nnis-of-korea\nc\n");
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("`?` is nothing that the dossier has"), "{err}");
    assert_eq!(
        out,
        "content/actors/john-kirby.md\ncontent/places/najin.md\ncontent/actors/angara-line.md\n\
         content/claims/he-saw-rajin-from-space-with-the-nis-more-than-1000.md\n"
    );
    assert_eq!(
        read(&folder, "content/actors/john-kirby.md"),
        "---\ntitle: John Kirby\naliases: [Kirby]\n---\n"
    );
    assert_eq!(read(&folder, "content/places/najin.md"), "---\ntitle: Najin\naliases: [Rajin]\n---\n");
    assert!(read(&folder, "content/actors/nis-of-korea.md").contains("aliases: [NIS]"));
    let claim = read(&folder, "content/claims/he-saw-rajin-from-space-with-the-nis-more-than-1000.md");
    for line in [
        "  - {value: 1000, comparator: more-than, unit: containers}\n",
        "draft: true   # until these are filled in: date, sources, by\n# date:\n# sources:\n# by:\n",
        "exact: \"more than 1,000 containers\"",
    ] {
        assert!(claim.contains(line), "{line}\n{claim}");
    }
    let article = read(&folder, "content/article.md");
    assert!(
        article.contains(
            "[John Kirby](actors/john-kirby.md) spoke in [Najin](places/najin.md). Kirby named the Angara, and the \
             [Angara Line](actors/angara-line.md)."
        ),
        "{article}"
    );
    assert!(article.contains("with the [NIS](actors/nis-of-korea.md): more"), "{article}");
    let check = run(folder.path(), &["check", "--format", "short"]);
    assert_eq!(check.code, 0, "{}", check.out);
    // What was answered is not asked again.
    assert_eq!(run(folder.path(), &["triage", "--list"]).out.lines().count(), 2);
}

#[test]
fn nothing_is_written_before_the_last_answer() {
    let folder = with("John Kirby spoke in Najin.");
    let (code, _, err) = answer(&folder, "a\n");
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("stopped before the last answer; nothing was done"), "{err}");
    assert!(!folder.path().join("content/actors").exists());
    let (code, out, err) = answer(&folder, "a\nq\n");
    assert_eq!((code, out.as_str()), (0, "content/actors/john-kirby.md\n"), "{err}");
    run(folder.path(), &["triage", "nothing"]).refuses("there is no article `nothing`");
}

//! Indonesian.

use std::sync::LazyLock;

use super::Value::{Scale, Teen, Times, Unit};
use super::{Limits, Words};

pub(super) static INDONESIAN: Words = Words {
    lang: "id",
    is_listed: true,
    needless: "bahwa",
    alike: &[
        "telah sudah",
        "tidak tak",
        "tetapi tapi",
        "adalah ialah",
        "untuk guna",
        "dan serta",
        "hanya cuma",
        "karena sebab",
        "saat ketika waktu",
        "kilometer km",
        "hektar hektare",
        "tersebut itu",
        "telat terlambat",
        "percent persen prosen",
    ],
    alike_before_number: "sekitar kirakira sekira",
    alike_after_mark: "kata ujar tutur ucap katanya ujarnya tuturnya ucapnya",
    spellings: "\
        ijin=izin cabe=cabai truck=truk fery=feri mengunakan=menggunakan penguna=pengguna menv=memv menf=memf resiko=risiko \
        aktifit=aktivit kreatifit=kreativit produktifit=produktivit efektifit=efektivit obyek=objek \
        subyek=subjek propinsi=provinsi praktek=praktik sistim=sistem tehnik=teknik \
        tehnologi=teknologi analisa=analisis hakekat=hakikat hutang=utang himbau=imbau isteri=istri \
        jaman=zaman jadual=jadwal jendral=jenderal karir=karier komplek=kompleks konkrit=konkret \
        kwalitas=kualitas managemen=manajemen mentri=menteri merubah=mengubah dirubah=diubah \
        milyar=miliar trilyun=triliun trilliun=triliun nasehat=nasihat negri=negeri \
        nopember=november pebruari=februari otentik=autentik paspot=paspor prosentase=persentase \
        respon=respons responss=respons sekedar=sekadar silahkan=silakan standarisasi=standardisasi \
        supir=sopir terlanjur=telanjur nampak=tampak mengkonsumsi=mengonsumsi \
        mempengaruhi=memengaruhi mensukseskan=menyukseskan mengkonfirmasi=mengonfirmasi \
        mengkoordinasi=mengoordinasi menterjemah=menerjemah mensuplai=menyuplai nafas=napas \
        fikir=pikir kaedah=kaidah frekwensi=frekuensi konsekwensi=konsekuensi kordinasi=koordinasi \
        kwartal=kuartal nomer=nomor terpercaya=tepercaya sekertaris=sekretaris seksama=saksama \
        intelejen=intelijen apotik=apotek atlit=atlet detil=detail kadaluarsa=kedaluwarsa \
        disain=desain pondasi=fondasi samudera=samudra syaraf=saraf kemaren=kemarin \
        kwitansi=kuitansi yg=yang tsb=tersebut dgn=dengan utk=untuk krn=karena dlm=dalam kpd=kepada thn=tahun \
        sdh=sudah blm=belum tdk=tidak org=orang antri=antre azas=asas faham=paham hapal=hafal hembus=embus ijasah=ijazah \
        jenasah=jenazah kongkrit=konkret lobang=lubang mesjid=masjid negoisasi=negosiasi pasport=paspor \
        rejim=rezim setalah=setelah telpon=telepon tentram=tenteram trampil=terampil perusahan=perusahaan \
        kementrian=kementerian sementra=sementara \
        efektip=efektif aktip=aktif akte=akta",
    months: "januari februari maret april mei juni juli agustus september oktober november desember",
    sayings: "\
        kata ujar tutur ucap sebut menurut mengatakan menyatakan berkata menyebut membantah menuduh \
        melaporkan mengklaim menegaskan mengakui menambahkan mengumumkan menulis jelas tegas ungkap \
        yang",
    numbers: &[
        ("nol", Unit(0)),
        ("satu", Unit(1)),
        ("dua", Unit(2)),
        ("tiga", Unit(3)),
        ("empat", Unit(4)),
        ("lima", Unit(5)),
        ("enam", Unit(6)),
        ("tujuh", Unit(7)),
        ("delapan", Unit(8)),
        ("sembilan", Unit(9)),
        ("sepuluh", Unit(10)),
        ("sebelas", Unit(11)),
        ("belas", Teen),
        ("puluh", Times(10)),
        ("ratus", Times(100)),
        ("seratus", Unit(100)),
        ("lusin", Times(12)),
        ("selusin", Unit(12)),
        ("ribu", Scale(1_000)),
        ("seribu", Scale(1_000)),
        ("juta", Scale(1_000_000)),
        ("sejuta", Scale(1_000_000)),
        ("miliar", Scale(1_000_000_000)),
        ("milyar", Scale(1_000_000_000)),
        ("triliun", Scale(1_000_000_000_000)),
    ],
    capitals: "mei",
    offices: "\
        kementerian menteri presiden pemerintah polisi pengadilan parlemen komisi kedutaan gubernur bupati walikota \
        departemen jaksa internet tentara kepolisian kejaksaan mahkamah",
    surnames: "zaman sopir",
    titles: "negeri menteri provinsi jenderal november februari sekretaris masjid",
    compounds: "\
        narasumber berunjukrasa kerjasama tanggungjawab beritahu terimakasih rumahsakit antarnegara antarkota antarpulau antarwarga antarsuku \
        mancanegara olahraga kacamata matahari daripada barangkali bagaimana kadangkala",
    uncounted: "\
        di ke dari pada oleh untuk dengan dan atau tetapi tapi saat ketika setelah sebelum sejak hingga sampai ia dia \
        mereka kami kita itu ini yang karena lalu telah sudah akan",
    repeated: "\
        yang di ke dari pada oleh untuk dengan dan atau saat ketika setelah sebelum sejak hingga sampai itu ini \
        bahwa dalam adalah karena akan telah sudah para sebuah seorang kepada tentang juga lalu serta ada beberapa",
    acronyms: "",
    slips: Limits { swapped: 5, doubled: 6, missing: 7, wrong: 5, edge: 1 },
    known: Some(known),
    accented: Some(""),
    joined: 6,
};

/// The fewest letters of a root with affixes.
const SHORTEST_ROOT: usize = 4;

/// Particles, possessives and suffixes, in the order in which they are taken off.
const ENDS: [&[&str]; 3] = [&["lah", "kah", "pun", "tah"], &["nya", "ku", "mu"], &["kan", "an", "i"]];

/// Prefixes, each with the letter that the root lost to it: *menyapu* is of *sapu*, *memakai* of *pakai*.
const STARTS: [(&str, &str); 27] = [
    ("di", ""),
    ("ke", ""),
    ("se", ""),
    ("ku", ""),
    ("kau", ""),
    ("ter", ""),
    ("te", ""),
    ("ber", ""),
    ("be", ""),
    ("per", ""),
    ("pe", ""),
    ("me", ""),
    ("meny", "s"),
    ("peny", "s"),
    ("meng", ""),
    ("meng", "k"),
    ("peng", ""),
    ("peng", "k"),
    ("menge", ""),
    ("mem", ""),
    ("mem", "p"),
    ("pem", ""),
    ("pem", "p"),
    ("men", ""),
    ("men", "t"),
    ("pen", ""),
    ("pen", "t"),
];

/// How many prefixes a word has at most: *memperbaiki*, *keberhasilan*.
const MOST_STARTS: usize = 2;

/// Whether a word is in the list, or is one of the list with affixes. Of some that have them only by their letters,
/// this is said too: then nothing is taken for a slip.
fn known(word: &str) -> bool {
    let mut stems = vec![word];
    for ends in ENDS {
        let cut: Vec<&str> =
            stems.iter().flat_map(|stem| ends.iter().filter_map(|end| stem.strip_suffix(end))).collect();
        stems.extend(cut);
    }
    stems.into_iter().any(|stem| is_root(stem, stem.len() == word.len(), MOST_STARTS))
}

/// Whether a stem is in the list, or is with what its prefixes replaced.
fn is_root(stem: &str, is_whole: bool, starts: usize) -> bool {
    static LIST: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("../data/words.id.txt").lines().collect());
    let is_long = is_whole || stem.len() >= SHORTEST_ROOT;
    if is_long && LIST.binary_search(&stem).is_ok() {
        return true;
    }
    starts > 0
        && STARTS.iter().any(|(start, lost)| {
            stem.strip_prefix(start).is_some_and(|rest| is_root(&format!("{lost}{rest}"), false, starts - 1))
        })
}

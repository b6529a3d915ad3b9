//! Indonesian.

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
        sdh=sudah blm=belum tdk=tidak antri=antre azas=asas faham=paham hapal=hafal hembus=embus ijasah=ijazah \
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
    slips: Limits { swapped: 6, doubled: 7, missing: 10, wrong: usize::MAX, edge: 3 },
    known: None,
    accented: Some(""),
    joined: 6,
};

//! The words that made-up texts consist of.

/// The words of a language.
pub struct Vocabulary {
    /// A heading.
    pub known: &'static str,
    /// Any words, in lower case and ASCII.
    pub all: &'static [&'static str],
}

/// English and Indonesian.
pub static VOCABULARIES: [Vocabulary; 2] = [
    Vocabulary {
        known: "What the record holds",
        all: &[
            "ferry", "ledger", "harbour", "clerk", "invoice", "bridge", "signal", "archive", "witness", "letter",
            "inspector", "quay", "barge", "tunnel", "freight", "minister", "audit", "permit", "canal", "storm",
            "pilot", "register", "crane", "warehouse", "border", "passenger", "newspaper", "library", "photograph",
            "court", "treaty", "station", "telegram", "shipment", "customs", "river", "engineer", "village", "report",
            "company", "account", "tariff", "lighthouse", "committee", "survey", "driver", "manifest", "platform",
            "said", "denied", "counted", "carried", "left", "reached", "crossed", "opened", "signed", "measured",
            "wrote", "noted", "repeated", "waited", "returned", "sold", "loaded", "found", "missed", "described",
            "northern", "early", "wooden", "missing", "public", "second", "official", "quiet", "foreign", "empty",
            "the", "before", "after", "without", "near", "between", "against", "across", "from", "with", "under",
            "until", "again", "perhaps", "about", "several", "twelve", "hundred", "every", "another",
        ],
    },
    Vocabulary {
        known: "Yang tercatat",
        all: &[
            "kapal", "pelabuhan", "surat", "saksi", "gudang", "jembatan", "catatan", "menteri", "laporan", "stasiun",
            "sungai", "kereta", "muatan", "perbatasan", "koran", "pengadilan", "perjanjian", "desa", "perusahaan",
            "arsip", "foto", "penumpang", "dermaga", "badai", "nakhoda", "izin", "insinyur", "panitia", "faktur",
            "terowongan", "pejabat", "peti", "jadwal", "rel", "truk", "satelit", "jaksa", "wartawan", "kantor",
            "mengatakan", "membantah", "menghitung", "membawa", "meninggalkan", "mencapai", "menyeberang", "membuka",
            "menulis", "mencatat", "mengulang", "menunggu", "kembali", "menjual", "memuat", "menemukan", "menyebut",
            "utara", "lama", "kosong", "resmi", "asing", "kedua", "hilang", "terbuka", "sunyi", "penuh", "sebelum",
            "sesudah", "tanpa", "dekat", "antara", "melawan", "dari", "dengan", "hingga", "lagi", "mungkin",
            "sekitar", "beberapa", "seratus", "setiap", "lain", "yang", "dan", "untuk", "pada", "oleh",
        ],
    },
];

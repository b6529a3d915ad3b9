//! Languages without lists of what adds nothing: stricter likeness, and the slips that are made most.

use super::Value::{Scale, Unit};
use super::{Limits, Words};

pub(super) static OTHER: Words = PLAIN;

const PLAIN: Words = Words {
    lang: "",
    is_listed: false,
    needless: "",
    alike: &[],
    alike_before_number: "",
    alike_after_mark: "",
    spellings: "",
    months: "",
    sayings: "",
    numbers: &[],
    capitals: "",
    offices: "\
        министерство обороны министр президент правительство армия полиция суд парламент ministerio defensa interior \
        gobierno presidente policía ejército ministère défense gouvernement président police armée parlement",
    titles: "",
    surnames: "weiss gross strauss voss hess preuss",
    uncounted: "",
    compounds: "",
    repeated: "",
    acronyms: "",
    slips: Limits { swapped: 6, doubled: usize::MAX, missing: usize::MAX, wrong: usize::MAX, edge: 3 },
    known: None,
    accented: None,
    joined: 2,
};

pub(super) static GERMAN: Words = Words {
    lang: "de",
    alike: &["das dass daß", "seit seid"],
    alike_after_mark: "sagte so",
    numbers: &[
        ("zwei", Unit(2)),
        ("drei", Unit(3)),
        ("vier", Unit(4)),
        ("fünf", Unit(5)),
        ("sechs", Unit(6)),
        ("sieben", Unit(7)),
        ("acht", Unit(8)),
        ("neun", Unit(9)),
        ("zehn", Unit(10)),
        ("elf", Unit(11)),
        ("zwölf", Unit(12)),
        ("zwoelf", Unit(12)),
        ("dreizehn", Unit(13)),
        ("vierzehn", Unit(14)),
        ("fünfzehn", Unit(15)),
        ("sechzehn", Unit(16)),
        ("siebzehn", Unit(17)),
        ("achtzehn", Unit(18)),
        ("neunzehn", Unit(19)),
        ("zwanzig", Unit(20)),
        ("dreißig", Unit(30)),
        ("vierzig", Unit(40)),
        ("fünfzig", Unit(50)),
        ("hundert", Unit(100)),
    ],
    spellings: "\
        straße=strasse große=grosse größe=grösse außer=ausser maßnahme=massnahme dreißig=dreissig \
        schließe=schliesse heiße=heisse gemäße=gemässe für=fuer tür=tuer ä=ae ö=oe ü=ue",
    ..PLAIN
};

pub(super) static FRENCH: Words = Words {
    lang: "fr",
    // *Neuf* is new, too, and *vingt* may be a part of *quatre-vingt*.
    numbers: &[
        ("deux", Unit(2)),
        ("trois", Unit(3)),
        ("cinq", Unit(5)),
        ("six", Unit(6)),
        ("sept", Unit(7)),
        ("huit", Unit(8)),
        ("onze", Unit(11)),
        ("douze", Unit(12)),
        ("treize", Unit(13)),
        ("quatorze", Unit(14)),
        ("quinze", Unit(15)),
        ("seize", Unit(16)),
    ],
    spellings: "\
        raport=rapport gouvernment=gouvernement comission=commission developement=développement \
        etat=état ecole=école eglise=église evenement=événement évènement=événement etranger=étranger \
        election=élection equipe=équipe enquete=enquête deja=déjà president=président societe=société \
        securite=sécurité independan=indépendan parlment=parlement apparament=apparemment",
    ..PLAIN
};

pub(super) static SPANISH: Words = Words {
    lang: "es",
    numbers: &[
        ("dos", Unit(2)),
        ("tres", Unit(3)),
        ("cuatro", Unit(4)),
        ("cinco", Unit(5)),
        ("seis", Unit(6)),
        ("siete", Unit(7)),
        ("ocho", Unit(8)),
        ("nueve", Unit(9)),
        ("diez", Unit(10)),
        ("once", Unit(11)),
        ("doce", Unit(12)),
        ("trece", Unit(13)),
        ("catorce", Unit(14)),
        ("quince", Unit(15)),
        ("veinte", Unit(20)),
    ],
    spellings: "\
        cion=ción sion=sión xion=xión policia=policía avion=avión camion=camión region=región millon=millón \
        tambien=también segun=según despues=después ademas=además ningun=ningún algun=algún pais=país \
        jamas=jamás detras=detrás traves=través aleman=alemán carcel=cárcel crimenes=crímenes imagenes=imágenes \
        lider=líder dolar=dólar dificil=difícil politic=polític victima=víctima",
    ..PLAIN
};

pub(super) static RUSSIAN: Words = Words {
    lang: "ru",
    alike: &["год г", "года г", "году г"],
    numbers: &[
        ("два", Unit(2)),
        ("двух", Unit(2)),
        ("три", Unit(3)),
        ("трех", Unit(3)),
        ("четыре", Unit(4)),
        ("четырех", Unit(4)),
        ("пять", Unit(5)),
        ("пяти", Unit(5)),
        ("шесть", Unit(6)),
        ("шести", Unit(6)),
        ("семь", Unit(7)),
        ("семи", Unit(7)),
        ("восемь", Unit(8)),
        ("восьми", Unit(8)),
        ("девять", Unit(9)),
        ("девяти", Unit(9)),
        ("десять", Unit(10)),
        ("десяти", Unit(10)),
        ("одиннадцать", Unit(11)),
        ("одиннадцати", Unit(11)),
        ("двенадцать", Unit(12)),
        ("двенадцати", Unit(12)),
        ("тринадцать", Unit(13)),
        ("четырнадцать", Unit(14)),
        ("пятнадцать", Unit(15)),
        ("шестнадцать", Unit(16)),
        ("семнадцать", Unit(17)),
        ("восемнадцать", Unit(18)),
        ("девятнадцать", Unit(19)),
        ("двадцать", Unit(20)),
        ("тридцать", Unit(30)),
        ("сорок", Unit(40)),
        ("пятьдесят", Unit(50)),
        ("сто", Unit(100)),
        ("тысяч", Scale(1_000)),
        ("тысячи", Scale(1_000)),
    ],
    // *Говориться* for *говорится* is the slip that is made most.
    spellings: "\
        ться=тся комиси=комисси програма=программа програму=программу програмы=программы опубликав=опубликов \
        пренадлеж=принадлеж агенств=агентств учавств=участв расчит=рассчит инцендент=инцидент \
        прецендент=прецедент",
    ..PLAIN
};

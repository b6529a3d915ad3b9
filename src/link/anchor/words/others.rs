//! Languages without lists of what adds nothing: stricter likeness, and the slips that are made most.

use super::{Limits, Words};

pub(super) static OTHER: Words = PLAIN;

const PLAIN: Words = Words {
    lang: "",
    is_listed: false,
    needless: "",
    alike: &[],
    alike_before_number: "",
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
    spellings: "\
        straße=strasse große=grosse größe=grösse außer=ausser maßnahme=massnahme dreißig=dreissig \
        schließe=schliesse heiße=heisse gemäße=gemässe für=fuer tür=tuer ä=ae ö=oe ü=ue",
    ..PLAIN
};

pub(super) static FRENCH: Words = Words {
    lang: "fr",
    spellings: "\
        raport=rapport gouvernment=gouvernement comission=commission developement=développement \
        etat=état ecole=école eglise=église evenement=événement évènement=événement etranger=étranger \
        election=élection equipe=équipe enquete=enquête deja=déjà president=président societe=société \
        securite=sécurité independan=indépendan parlment=parlement apparament=apparemment",
    ..PLAIN
};

pub(super) static SPANISH: Words = Words {
    lang: "es",
    spellings: "\
        cion=ción sion=sión xion=xión policia=policía avion=avión camion=camión region=región millon=millón \
        tambien=también segun=según despues=después ademas=además ningun=ningún algun=algún pais=país \
        jamas=jamás detras=detrás traves=través aleman=alemán carcel=cárcel crimenes=crímenes imagenes=imágenes \
        lider=líder dolar=dólar dificil=difícil politic=polític victima=víctima",
    ..PLAIN
};

pub(super) static RUSSIAN: Words = Words {
    lang: "ru",
    spellings: "\
        комиси=комисси програма=программа програму=программу програмы=программы опубликав=опубликов \
        пренадлеж=принадлеж агенств=агентств учавств=участв расчит=рассчит инцендент=инцидент \
        прецендент=прецедент",
    ..PLAIN
};

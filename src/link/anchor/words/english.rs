//! English.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Value::{Scale, Times, Unit};
use super::{Limits, Pairs, Words};

pub(super) static ENGLISH: Words = Words {
    lang: "en",
    is_listed: true,
    needless: "the a an that",
    alike: &[
        "was were",
        "is are",
        "has have",
        "a an",
        "who that which whom",
        "while whilst",
        "among amongst",
        "toward towards",
        "amid amidst",
        "until till",
        "on upon",
        "although though",
        "its it's",
        "their there theyre",
        "your youre",
        "whose whos",
        "affect effect",
        "gray grey",
        "program programme",
        "kilometer kilometers km",
        "kilogram kilograms kg",
    ],
    alike_before_number: "about some around approximately roughly circa",
    spellings: "\
        isation=ization ising=izing ised=ized ises=izes ise=ize yse=yze colour=color favour=favor \
        honour=honor labour=labor neighbour=neighbor harbour=harbor rumour=rumor behaviour=behavior \
        armour=armor endeavour=endeavor vapour=vapor vigour=vigor metre=meter centre=center \
        theatre=theater litre=liter fibre=fiber defence=defense offence=offense licence=license \
        travell=travel cancell=cancel labell=label modell=model signall=signal fuell=fuel \
        counsell=counsel channell=channel levell=level shovell=shovel totall=total quarrell=quarrel \
        judgement=judgment catalogue=catalog dialogue=dialog goverment=government \
        enviroment=environment seperat=separat definat=definit definet=definit existance=existence \
        independant=independent occurance=occurrence accomodat=accommodat acommodat=accommodat \
        febuary=february arguement=argument prosecuter=prosecutor adviser=advisor \
        protestor=protester survelliance=surveillance surveilance=surveillance untill=until \
        succesful=successful neccesary=necessary necessery=necessary resistence=resistance \
        maintainance=maintenance maintenence=maintenance priviledge=privilege begining=beginning \
        commitee=committee comittee=committee calender=calendar responsability=responsibility \
        allready=already wich=which thier=their teh=the adn=and taht=that wih=with beleiv=believ \
        foriegn=foreign wepon=weapon vehical=vehicle intelligance=intelligence adress=address \
        agression=aggression sieze=seize cemetary=cemetery",
    months: "\
        january february march april may june july august september october november december jan \
        feb mar apr jun jul aug sep sept oct nov dec",
    sayings: "\
        said says say told tells claimed claims denied denies reported reports confirmed confirms \
        added adds stated states wrote writes accused accuses insisted argued announced admitted \
        alleged warned replied asked according who whom whose which where",
    numbers: &[
        ("zero", Unit(0)),
        ("one", Unit(1)),
        ("two", Unit(2)),
        ("three", Unit(3)),
        ("four", Unit(4)),
        ("five", Unit(5)),
        ("six", Unit(6)),
        ("seven", Unit(7)),
        ("eight", Unit(8)),
        ("nine", Unit(9)),
        ("ten", Unit(10)),
        ("eleven", Unit(11)),
        ("twelve", Unit(12)),
        ("thirteen", Unit(13)),
        ("fourteen", Unit(14)),
        ("fifteen", Unit(15)),
        ("sixteen", Unit(16)),
        ("seventeen", Unit(17)),
        ("eighteen", Unit(18)),
        ("nineteen", Unit(19)),
        ("twenty", Unit(20)),
        ("thirty", Unit(30)),
        ("forty", Unit(40)),
        ("fifty", Unit(50)),
        ("sixty", Unit(60)),
        ("seventy", Unit(70)),
        ("eighty", Unit(80)),
        ("ninety", Unit(90)),
        ("hundred", Times(100)),
        ("dozen", Times(12)),
        ("thousand", Scale(1_000)),
        ("million", Scale(1_000_000)),
        ("billion", Scale(1_000_000_000)),
        ("trillion", Scale(1_000_000_000_000)),
    ],
    capitals: "\
        may march august polish turkey china bill mark will bush black brown white green house state \
        justice labour labor",
    acronyms: "us it who un aids",
    slips: Some(Limits { swapped: 5, doubled: 6, missing: 8, wrong: 9, edge: 2 }),
    pairs: Some(pairs),
    joined: 6,
};

fn pairs() -> &'static Pairs {
    static PAIRS: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
        include_str!("../data/pairs.en.txt").lines().filter_map(|line| line.split_once(' ')).collect()
    });
    &PAIRS
}

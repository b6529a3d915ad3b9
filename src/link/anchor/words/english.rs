//! English.

use std::sync::LazyLock;

use super::Value::{Scale, Times, Unit};
use super::{Around, Limits, Words, has};

pub(super) static ENGLISH: Words = Words {
    lang: "en",
    is_listed: true,
    needless: "",
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
        "their there they're",
        "your you're",
        "whose who's",
        "cheque check",
        "cheques checks",
        "learnt learned",
        "burnt burned",
        "spelt spelled",
        "dreamt dreamed",
        "leant leaned",
        "spilt spilled",
        "northward northwards",
        "southward southwards",
        "eastward eastwards",
        "westward westwards",
        "forward forwards",
        "backward backwards",
        "onward onwards",
        "inward inwards",
        "outward outwards",
        "upward upwards",
        "downward downwards",
        "homeward homewards",
        "afterward afterwards",
        "kilometer kilometers km",
        "kilogram kilograms kg",
        // Of a man and a woman, one is another person.
        "spokesperson spokesman",
        "spokesperson spokeswoman",
        "spokespeople spokesmen",
        "chairperson chairman chair",
        "chairperson chairwoman chair",
    ],
    alike_before_number: "about some around approximately roughly circa",
    alike_after_mark: "",
    spellings: "\
        isation=ization grey=gray ising=izing ised=ized ises=izes ise=ize yse=yze colour=color favour=favor \
        honour=honor labour=labor neighbour=neighbor harbour=harbor rumour=rumor behaviour=behavior \
        armour=armor endeavour=endeavor vapour=vapor vigour=vigor metre=meter centre=center \
        theatre=theater litre=liter fibre=fiber defence=defense offence=offense licence=license \
        travell=travel cancell=cancel labell=label modell=model signall=signal fuell=fuel \
        counsell=counsel channell=channel levell=level shovell=shovel totall=total quarrell=quarrel \
        judgement=judgment catalogued=cataloged catalogue=catalog jewellery=jewelry programme=program celcius=celsius guerilla=guerrilla monestar=monaster dialogue=dialog goverment=government \
        enviroment=environment seperat=separat definat=definit definet=definit existance=existence \
        independant=independent occurance=occurrence accomodat=accommodat acommodat=accommodat \
        febuary=february arguement=argument prosecuter=prosecutor adviser=advisor \
        protestor=protester survelliance=surveillance surveilance=surveillance untill=until \
        succesful=successful neccesary=necessary necessery=necessary resistence=resistance \
        maintainance=maintenance maintenence=maintenance priviledge=privilege begining=beginning \
        commitee=committee comittee=committee calender=calendar responsability=responsibility \
        allready=already wich=which thier=their teh=the adn=and taht=that wih=with beleiv=believ \
        foriegn=foreign wepon=weapon vehical=vehicle intelligance=intelligence adress=address \
        agression=aggression sieze=seize cemetary=cemetery \
        embassad=ambassad enquir=inquir encyclopaed=encycloped manoeuvr=maneuver haemorrh=hemorrh \
        anaesth=anesth paediatr=pediatr archaeolog=archeolog mould=mold plough=plow smoulder=smolder \
        sceptic=skeptic aluminium=aluminum aeroplane=airplane \
        tyre=tire sattelit=satellit inspecter=inspector goverm=governm wittness=witness witneses=witnesses",
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
    offices: "\
        ministry minister ministers president presidents government army navy police court parliament committee \
        commission embassy ambassador governor mayor senator secretary department prosecutor internet",
    surnames: "gray honor harbor center armor labor color favor mold plow vigor rumor check",
    titles: "ization defense program february",
    compounds: "\
        workforce cooperative cooperatives cooperation cooperate cooperated coordination coordinate coordinated email emails postwar prewar midnight \
        aircraft outside inside percent airbase airbases airstrike airstrikes airfield airspace overnight longtime warplane warplanes warship warships \
        battlefield gunman gunmen newspaper website websites weekend birthday football airport seaport checkpoint \
        checkpoints ceasefire headquarters nationwide worldwide countrywide citywide ongoing offshore onshore \
        eyewitness eyewitnesses loudspeaker gunshot gunshots gunfire shipyard lifeboat lifeboats fishermen \
        healthcare childcare policymaker policymakers lawmaker lawmakers photojournalist mortarfire",
    uncounted: "\
        at in on of from to by with for and or but as after before until near during the a an his her its their he \
        she it they we i this that which who when where was were is are had has",
    repeated: "",
    acronyms: "us it who un aids",
    slips: Limits { swapped: 4, doubled: 5, missing: 5, wrong: 6, edge: 1 },
    known: Some(known),
    accented: Some("expose exposes resume resumes pate pates rose lame mate mates pique sake"),
    joined: 6,
};

fn known(word: &str) -> bool {
    static KNOWN: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("../data/words.en.txt").lines().collect());
    KNOWN.binary_search(&word).is_ok()
}

/// Nouns with which an article, or none, makes a phrase: *in the charge of* somebody is his ward.
const PHRASES: &str = "\
    more most less few little lot third quarter half fifth least last first next question charge office sea prison court \
    hospital school church university college bed town market front command control possession fact future \
    past time place case end point power custody order name view public private work home hand land air war \
    peace law trial sight favour favor course light force effect need danger debt doubt turn way back same \
    number only other one two water contact account reach use hearing action duty base camp jail gaol red black dark \
    clear open field know making running works mix loop zone main round";

/// Nouns in the plural without its ending.
const PLURALS: &str = "children people police troops staff personnel cattle data media";

/// Whether an article adds nothing where it is: before a noun that can have no other sense without it. *The guards*
/// are known; *guards* may be any.
pub(super) fn is_needless_article(around: &Around<'_>) -> bool {
    let is_plural = |word: &str| {
        let has_ending = word.len() > 3
            && word.ends_with('s')
            && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        has_ending && word != "does" || word.ends_with("men") || has(PLURALS, word)
    };
    !around.number_follows
        && !has(PHRASES, around.after)
        && !has("few little half all both and or nor that this these those no any", around.before)
        && !is_plural(around.after)
        && !is_plural(around.after_next)
}

/// Whether the words after *that* begin a clause: *that man* may be a certain one.
pub(super) fn begins_clause(around: &Around<'_>) -> bool {
    around.number_follows
        || around.after_is_name
        || around.after.len() > 3 && around.after.ends_with('s') && !around.after.ends_with("ss")
        || has(
            "the a an his her its their our my your he she it they we i you there this these those no some all many \
             more most several both each every none",
            around.after,
        )
}

/// Whether *that* adds nothing after this word. After a noun, it begins a relative clause.
pub(super) fn takes_clause(word: &str) -> bool {
    has(
        "said say says saying claimed confirmed denied reported stated wrote believed believes announced admitted \
         alleged argued insisted added acknowledged warned feared showed ruled concluded told knew knows hoped \
         thinks suggested declared maintained",
        word,
    )
}

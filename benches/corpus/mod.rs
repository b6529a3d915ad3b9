//! A made-up dossier of any size: the same every time for the same [`Plan`].
//!
//! Its shares are those of a large dossier: 55 % claims, 15 % actors, 10 % events, 10 % sources, 8 % places, 2 % routes;
//! a file has about 4 kB. A few entities are referred to by very many, and most by few, as in life (Zipf's law).
//! `dossier check` finds nothing wrong in it.

pub mod hugo;
mod words;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use words::Vocabulary;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many entities, besides the article.
    pub pages: usize,
    /// Another seed gives another dossier.
    pub seed: u64,
    /// 1: English. 2: Indonesian as well, all of it.
    pub languages: usize,
    /// One more actor, `hub`, that so many claims name.
    pub hub: Option<usize>,
}

impl Plan {
    /// That many pages, in English.
    pub fn of(pages: usize) -> Plan {
        Plan { pages, seed: 1, languages: 1, hub: None }
    }
}

/// A folder of `content/`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Claim,
    Actor,
    Event,
    Source,
    Place,
    Route,
}

/// Each with its folder, the stem of its ids, and its share in percent.
const KINDS: [(Kind, &str, &str, usize); 6] = [
    (Kind::Claim, "claims", "claim", 55),
    (Kind::Actor, "actors", "actor", 15),
    (Kind::Event, "events", "event", 10),
    (Kind::Source, "sources", "source", 10),
    (Kind::Place, "places", "place", 8),
    (Kind::Route, "routes", "route", 2),
];

/// An entity.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Id {
    pub folder: &'static str,
    pub name: String,
}

/// A value in the front matter.
pub enum Fact {
    /// As YAML has it.
    Plain(String),
    /// Entities; the first level of a list.
    Refs(Vec<Id>),
    /// The stops of a voyage.
    Stops(Vec<Id>),
}

/// What is said in the front matter, under its keys.
pub type Facts = Vec<(&'static str, Fact)>;

/// The dossier.
pub struct Corpus {
    plan: Plan,
    counts: [usize; KINDS.len()],
}

impl Corpus {
    /// Plans it. Nothing is held in memory: files are made one by one.
    pub fn new(plan: Plan) -> Corpus {
        let counts = KINDS.map(|(_, _, _, share)| (plan.pages * share / 100).max(2));
        Corpus { plan, counts }
    }

    /// Writes it as a dossier.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        self.files(|path, text| write(folder, path, text))
    }

    /// The files of the dossier: `each` is given the path and the text of one.
    pub fn files(&self, mut each: impl FnMut(&str, &str) -> io::Result<()>) -> io::Result<()> {
        let languages = if self.plan.languages > 1 { "[\"en\", \"id\"]" } else { "[\"en\"]" };
        each(
            "dossier.toml",
            &format!("title = \"Bench\"\nbase_url = \"https://example.org/\"\nlanguages = {languages}\n"),
        )?;
        each("content/article.md", &self.article())?;
        for entity in self.entities() {
            for lang in 0..self.plan.languages {
                let suffix = ["", ".id"][lang];
                let path = format!("content/{}/{}{suffix}.md", entity.folder, entity.name);
                each(&path, &self.dossier_file(&entity, lang))?;
            }
        }
        Ok(())
    }

    /// Every entity.
    pub fn entities(&self) -> impl Iterator<Item = Entity> {
        let all = |at: usize| (0..self.counts[at]).map(move |number| (at, number));
        let hub = self.plan.hub.map(|_| Entity {
            kind: Kind::Actor,
            folder: "actors",
            name: HUB.into(),
            number: 0,
        });
        let entity = |(at, number)| {
            let Id { folder, name } = id(at, number);
            Entity { kind: KINDS[at].0, folder, name, number }
        };
        (0..KINDS.len()).flat_map(all).map(entity).chain(hub)
    }

    /// A claim, counted around.
    pub fn claim(&self, number: usize) -> Id {
        id(0, number % self.counts[0])
    }

    fn article(&self) -> String {
        let mut text = String::from("---\ntitle: Bench\npublished: 2023-11-09\n---\n");
        text += "Some of this is not verified.\n\n";
        for number in 0..self.counts[0].min(50) {
            // Writing to a string cannot fail.
            let _ = write!(text, "The [record](claims/{}.md) says so.\n\n", self.claim(number).name);
        }
        text
    }

    fn dossier_file(&self, entity: &Entity, lang: usize) -> String {
        let words = &words::VOCABULARIES[lang];
        let mut text = String::with_capacity(5 << 10);
        let _ = writeln!(text, "---\ntitle: {}", self.title(entity, words));
        let _ = writeln!(text, "summary: {}", self.summary(entity, words));
        if lang == 0 {
            for (key, fact) in self.facts(entity) {
                let names = |ids: &[Id]| ids.iter().map(|id| id.name.clone()).collect::<Vec<_>>().join(", ");
                let _ = match fact {
                    Fact::Plain(value) => writeln!(text, "{key}: {value}"),
                    Fact::Refs(ids) => writeln!(text, "{key}: [{}]", names(&ids)),
                    Fact::Stops(stops) => {
                        text.push_str("legs:\n");
                        for (at, leg) in stops.windows(2).enumerate() {
                            let (from, to, mode) =
                                (&leg[0].name, &leg[1].name, ["sea", "rail", "road"][at % 3]);
                            let _ = writeln!(text, "  - {{from: {from}, to: {to}, mode: {mode}}}");
                        }
                        Ok(())
                    }
                };
            }
        }
        text.push_str("---\n\n");
        text += &self.body(entity, words, |words, to| format!("[{words}](../{}/{}.md)", to.folder, to.name));
        text
    }

    /// Its title.
    pub fn title(&self, entity: &Entity, words: &Vocabulary) -> String {
        let mut dice = self.dice(entity, 1);
        let title = (0..5).map(|_| dice.one_of(words.all)).collect::<Vec<_>>().join(" ");
        format!("{} {}", capital(&title), entity.number)
    }

    /// Its summary.
    pub fn summary(&self, entity: &Entity, words: &Vocabulary) -> String {
        let mut dice = self.dice(entity, 2);
        let words = (0..14).map(|_| dice.one_of(words.all)).collect::<Vec<_>>().join(" ");
        format!("{}.", capital(&words))
    }

    /// What its front matter says, besides title and summary.
    pub fn facts(&self, entity: &Entity) -> Facts {
        use Fact::{Plain, Refs};
        let mut dice = self.dice(entity, 3);
        let plain = |word: &str| Plain(word.to_owned());
        // What happens is claimed a year later, and published another year later.
        let year = match entity.kind {
            Kind::Event => 2021,
            Kind::Source => 2023,
            _ => 2022,
        };
        let date = Plain(format!("{year}-{:02}-{:02}", 1 + dice.below(10), 1 + dice.below(28)));
        // The first of each list takes its turn, so that nobody is left out; the others are drawn, and some often.
        let refs = |dice: &mut Dice, kind: Kind, more: usize| {
            let at = place_of(kind);
            let mut ids = vec![id(at, entity.number % self.counts[at])];
            for _ in 0..dice.below(more + 1) {
                let drawn = id(at, dice.rank(self.counts[at]));
                if !ids.contains(&drawn) {
                    ids.push(drawn);
                }
            }
            ids
        };
        let mut facts: Facts = Vec::new();
        match entity.kind {
            Kind::Claim => {
                let mut by = refs(&mut dice, Kind::Actor, 2);
                if self.names_hub(entity) {
                    by.push(Id { folder: "actors", name: HUB.into() });
                }
                let mut about = refs(&mut dice, Kind::Place, 1);
                let at = place_of(if entity.number.is_multiple_of(2) { Kind::Event } else { Kind::Route });
                about.push(id(at, entity.number / 2 % self.counts[at]));
                facts.extend([("date", date), ("by", Refs(by)), ("about", Refs(about))]);
                facts.push(("basis", plain(dice.one_of(&["statement", "imagery", "document", "testimony"]))));
                facts.push(("sources", Refs(refs(&mut dice, Kind::Source, 2))));
            }
            Kind::Actor => {
                facts.push(("type", plain(dice.one_of(&["person", "organization", "government", "media"]))));
                facts.push(("country", plain(dice.one_of(&["KR", "ID", "PT", "IE"]))));
                facts.push(("sources", Refs(refs(&mut dice, Kind::Source, 0))));
            }
            Kind::Event => {
                facts.extend([("date", date), ("places", Refs(refs(&mut dice, Kind::Place, 1)))]);
                facts.push(("actors", Refs(refs(&mut dice, Kind::Actor, 2))));
                facts.push(("sources", Refs(refs(&mut dice, Kind::Source, 1))));
            }
            Kind::Source => {
                facts.extend([("type", plain("report")), ("published", date)]);
                facts.push(("publisher", Refs(refs(&mut dice, Kind::Actor, 0))));
                for (key, host) in [("url", "example.com"), ("archive", "archive.example.net")] {
                    facts.push((key, Plain(format!("https://{host}/{}", entity.name))));
                }
            }
            Kind::Place => {
                let (north, east) = PORTS[dice.below(PORTS.len())];
                let near = |dice: &mut Dice, degrees: f64| degrees + dice.below(400) as f64 / 1000.0 - 0.2;
                let (north, east) = (near(&mut dice, north), near(&mut dice, east));
                facts.push(("coordinates", Plain(format!("[{north:.3}, {east:.3}]"))));
                facts.push(("type", plain(dice.one_of(&["port", "city", "station", "depot"]))));
                facts.push(("sources", Refs(refs(&mut dice, Kind::Source, 0))));
            }
            Kind::Route => {
                let at = place_of(Kind::Place);
                let mut stops = vec![id(at, entity.number % self.counts[at])];
                while stops.len() < 4 {
                    let next = id(at, dice.below(self.counts[at]));
                    if stops.last() != Some(&next) {
                        stops.push(next);
                    }
                }
                facts.extend([
                    ("legs", Fact::Stops(stops)),
                    ("sources", Refs(refs(&mut dice, Kind::Source, 1))),
                ]);
            }
        }
        facts
    }

    /// Its text. `link` writes a link with these words.
    pub fn body(
        &self,
        entity: &Entity,
        words: &Vocabulary,
        mut link: impl FnMut(&str, &Id) -> String,
    ) -> String {
        let mut dice = self.dice(entity, 4);
        let mut text = String::with_capacity(5 << 10);
        for paragraph in 0..7 + dice.below(4) {
            if paragraph == 2 {
                let _ = writeln!(text, "## {}\n", words.known);
            }
            let mut column = 0;
            for _ in 0..3 + dice.below(3) {
                let sentence = self.sentence(&mut dice, words, &mut link);
                for word in sentence.split(' ') {
                    // Lines of about a hundred, as an editor folds them.
                    if column > 100 {
                        text.push('\n');
                        column = 0;
                    } else if column > 0 {
                        text.push(' ');
                    }
                    text.push_str(word);
                    column += word.len() + 1;
                }
            }
            text.push_str("\n\n");
        }
        for _ in 0..3 {
            let _ = writeln!(text, "- {}", self.sentence(&mut dice, words, &mut link));
        }
        if dice.below(10) == 0 {
            text.push_str("\n| a | b | c |\n| --- | --- | ---: |\n");
            for row in 0..6 {
                let (a, b) = (dice.one_of(words.all), dice.one_of(words.all));
                let _ = writeln!(text, "| {a} | {b} | {} |", row * 37);
            }
        }
        text
    }

    fn sentence(
        &self,
        dice: &mut Dice,
        words: &Vocabulary,
        link: &mut impl FnMut(&str, &Id) -> String,
    ) -> String {
        let mut sentence: Vec<String> =
            (0..8 + dice.below(11)).map(|_| dice.one_of(words.all).to_owned()).collect();
        sentence[0] = capital(&sentence[0]);
        let within = 1 + dice.below(sentence.len() - 1);
        if dice.below(3) == 0 {
            let at = dice.below(KINDS.len());
            let number =
                if dice.below(2) == 0 { dice.rank(self.counts[at]) } else { dice.below(self.counts[at]) };
            let name = format!("{} {}", sentence[within], dice.one_of(words.all));
            sentence[within] = link(&name, &id(at, number));
        } else if dice.below(5) == 0 {
            sentence[within] = format!("**{}**", sentence[within]);
        }
        sentence.join(" ") + "."
    }

    /// Whether it is one of the claims that name the hub: they are spread evenly.
    pub fn names_hub(&self, entity: &Entity) -> bool {
        let (number, claims) = (entity.number, self.counts[0]);
        let wanted = self.plan.hub.unwrap_or(0).min(claims);
        entity.kind == Kind::Claim && number * wanted / claims != (number + 1) * wanted / claims
    }

    fn dice(&self, entity: &Entity, what: u64) -> Dice {
        let mut dice = Dice(self.plan.seed);
        for part in [entity.kind as u64, entity.number as u64, what, u64::from(entity.name == HUB)] {
            dice.0 = dice.0.rotate_left(17) ^ part;
            dice.next();
        }
        dice
    }
}

/// Ports over all of the world, in degrees north and east: places lie within a day's ride of one, so that there is a way
/// between any two of them by water.
const PORTS: [(f64, f64); 32] = [
    (51.95, 4.05),
    (53.87, 8.60),
    (43.30, 5.30),
    (38.70, -9.20),
    (59.90, 30.20),
    (44.72, 37.83),
    (41.02, 28.95),
    (33.90, 35.52),
    (31.20, 29.88),
    (36.80, 10.25),
    (6.43, 3.38),
    (-33.90, 18.43),
    (-4.05, 39.67),
    (11.60, 43.15),
    (25.27, 55.27),
    (24.83, 66.98),
    (18.95, 72.84),
    (6.95, 79.84),
    (1.26, 103.83),
    (-6.10, 106.88),
    (14.60, 120.95),
    (22.30, 114.17),
    (31.23, 121.49),
    (35.10, 129.04),
    (35.45, 139.65),
    (43.11, 131.89),
    (-33.85, 151.20),
    (33.74, -118.26),
    (49.29, -123.11),
    (9.36, -79.90),
    (40.68, -74.04),
    (-23.96, -46.32),
];

/// The id of the hub.
pub const HUB: &str = "hub";

/// An entity, by its place in the corpus.
pub struct Entity {
    pub kind: Kind,
    pub folder: &'static str,
    pub name: String,
    number: usize,
}

fn place_of(kind: Kind) -> usize {
    KINDS.iter().position(|(other, ..)| *other == kind).unwrap_or_default()
}

fn id(at: usize, number: usize) -> Id {
    let (_, folder, stem, _) = KINDS[at];
    Id { folder, name: format!("{stem}-{number:06}") }
}

fn capital(words: &str) -> String {
    words[..1].to_uppercase() + &words[1..]
}

#[expect(clippy::disallowed_methods, reason = "a benchmark sets its stage")]
fn write(folder: &Path, path: &str, text: &str) -> io::Result<()> {
    let path = folder.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

/// Chance that is the same every time and on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Less than `end`, and the less the likelier, about by Zipf's law: first how many digits, then which.
    fn rank(&mut self, end: usize) -> usize {
        let digits = self.below(end.ilog2() as usize + 2);
        self.below(end.min(1 << digits))
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

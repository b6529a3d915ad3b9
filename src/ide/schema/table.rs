//! The keys of every front matter: their shapes, and what they say.

use crate::kinds::KindId;
use crate::kinds::words::{
    ActorType, Basis, Certainty, Comparator, Credibility, Likelihood, Mode, Motivation, Reliability,
    SourceType, Status,
};

/// What a value looks like.
#[derive(Copy, Clone)]
pub enum Shape {
    /// Words.
    Words,
    /// Words, or words by language.
    Text,
    /// `2023`, `2023-10-13`, `2023-09-01/2023-10-01`
    Date,
    /// `true` or `false`
    Flag,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// An id.
    Ref,
    /// An id that nothing has any more: the name of a page, which no folder is part of.
    FormerId,
    /// The id of a source, or that and a locator.
    Cite,
    /// One of a list.
    OneOf(&'static [&'static str]),
    /// Two letters.
    Country,
    /// A BCP 47 tag.
    Language,
    /// An address on the web.
    Url,
    /// Latitude and longitude.
    Point,
    /// A list of points, or a file.
    Path,
    /// Any number; one may stand alone.
    List(&'static Shape),
    /// A record; its keys, and how many of them (the first ones) must be there.
    Record(&'static [Key], usize),
}

/// A key, its shape, and what it says.
pub struct Key(pub &'static str, pub Shape, pub &'static str);

use Shape::{
    Cite, Country, Date, Flag, Language, List, Number, OneOf, Point, Record, Ref, Text, Url, Whole, Words,
};

const REFS: Shape = List(&Ref);

/// The keys of every kind.
pub const COMMON: &[Key] = &[
    Key("title", Words, "what it is called"),
    Key("summary", Words, "what it is, in one or two sentences; shown wherever others speak of it"),
    Key("aliases", List(&Words), "other names by which it is found and linked"),
    Key("date", Date, "when it was, or was made"),
    Key("sources", List(&Cite), "what it rests on: ids of sources, or {source, locator}"),
    Key("formerly", List(&Shape::FormerId), "the ids that it had before; each leaves a redirect"),
    Key("image", Record(IMAGE, 0), "a picture"),
    Key("same_as", List(&Url), "addresses of the same thing elsewhere"),
    Key("draft", Flag, "not to be published yet"),
    Key("embargo", Date, "not to be published before that day"),
    Key("updated", Date, "when it was last changed in a way that readers should know of"),
    Key(
        "corrections",
        List(&Record(CORRECTION, 2)),
        "what was wrong in it after publication, and is right now",
    ),
    Key("withdrawn", Record(WITHDRAWAL, 1), "that it no longer stands, and why"),
    Key("targets", List(&Record(TARGET, 2)), "the passages of an article that it annotates"),
];

const CORRECTION: &[Key] = &[
    Key("date", Date, "when it was made"),
    Key("text", Text, "what was wrong, and what is right"),
    Key("corrects", REFS, "what else it corrects, besides this page"),
];

const WITHDRAWAL: &[Key] = &[Key("date", Date, "since when"), Key("why", Text, "the reason")];

const IMAGE: &[Key] = &[
    Key("src", Words, "a file beside this one"),
    Key("alt", Words, "what it shows, for those who do not see it"),
    Key("caption", Words, "a line below it"),
    Key("credit", Words, "who made it, and under which licence"),
];

const TARGET: &[Key] = &[
    Key("source", Ref, "the article"),
    Key("exact", Words, "the words, as a reader sees them"),
    Key("prefix", Words, "what stands before them, where the words alone are not unique"),
    Key("suffix", Words, "what stands after them"),
];

const ARTICLE: &[Key] = &[
    Key("byline", Text, "who wrote it"),
    Key("published", Date, "when it was published"),
    Key("based_on", REFS, "the sources that it explains or retells"),
    Key("backstory", REFS, "the pages that say how and why it was made"),
];

const CLAIM: &[Key] = &[
    Key("when", Date, "when what it asserts happened; `date` is when it was asserted"),
    Key("by", REFS, "who asserts it: ids of actors"),
    Key("via", REFS, "who passes it on: ids of actors"),
    Key("about", REFS, "what it is about"),
    Key("status", OneOf(Status::WORDS), "how far it is established"),
    Key(
        "credibility",
        OneOf(Credibility::WORDS),
        "the Admiralty code, 1 (confirmed) to 6 (cannot be judged)",
    ),
    Key("likelihood", OneOf(Likelihood::WORDS), "how likely its speaker says it is, in the words of ICD 203"),
    Key("quantities", List(&Record(QUANTITY, 1)), "the figures in it"),
    Key("basis", OneOf(Basis::WORDS), "what it is based on"),
    Key("supports", REFS, "the claims that it makes more likely"),
    Key("contradicts", REFS, "the claims that cannot be true if it is"),
    Key("denies", REFS, "the claims that it rejects"),
    Key("narrows", REFS, "the claims that it says more exactly"),
    Key("restates", REFS, "the claims that it repeats"),
    Key("supersedes", REFS, "the claims that it replaces"),
    Key("history", List(&Record(HISTORY, 2)), "what it was held to be, and when"),
    Key("part_of", REFS, "the claims that it is a part of"),
    Key("review", Record(REVIEW, 0), "a fact-checker's verdict"),
];

const QUANTITY: &[Key] = &[
    Key("value", Number, "the number"),
    Key("comparator", OneOf(Comparator::WORDS), "how the figure relates to it"),
    Key("unit", Text, "what is counted or measured in"),
    Key("of", Text, "what of"),
    Key(
        "between",
        REFS,
        "the places between which a distance is stated, or the events between which a time is",
    ),
];

const HISTORY: &[Key] = &[
    Key("date", Date, "when"),
    Key("status", OneOf(Status::WORDS), "to what it changed"),
    Key("why", Text, "the reason"),
];

const REVIEW: &[Key] = &[
    Key("verdict", Words, "a verdict of the scale in `dossier.toml`, instead of `rating` and `label`"),
    Key("rating", Number, "on the scale from `worst` to `best`"),
    Key("label", Text, "the verdict in a few words"),
    Key("worst", Number, "the lower end of the scale"),
    Key("best", Number, "the upper end of the scale"),
    Key("by", REFS, "who judged: ids of actors"),
    Key("date", Date, "when"),
    Key("url", Url, "where the verdict was published"),
];

const ACTOR: &[Key] = &[
    Key("type", OneOf(ActorType::WORDS), "what it is"),
    Key("country", Country, "where it belongs: two letters of ISO 3166-1"),
    Key("role", Text, "what it does, in a few words"),
    Key(
        "called",
        Text,
        "what it is called within a sentence, such as \"the White House\"; its title, unless given",
    ),
    Key("part_of", List(&Record(MEMBERSHIP, 1)), "what it is a part or a member of"),
];

const MEMBERSHIP: &[Key] = &[
    Key("actor", Ref, "the whole"),
    Key("role", Text, "as what"),
    Key("from", Date, "since when"),
    Key("to", Date, "until when"),
];

const ROUTE: &[Key] = &[Key("legs", List(&Record(LEG, 3)), "its parts, in the order travelled")];

const LEG: &[Key] = &[
    Key("from", Ref, "the place where it starts"),
    Key("to", Ref, "the place where it ends"),
    Key("mode", OneOf(Mode::WORDS), "the means of transport"),
    Key("carrier", Text, "the ship, train or company"),
    Key("cargo", Text, "what was moved"),
    Key("departed", Date, "when it started"),
    Key("arrived", Date, "when it ended"),
    Key("certainty", OneOf(Certainty::WORDS), "whether a source says so, or the dossier infers it"),
    Key("path", Shape::Path, "the line it followed: points, or a file beside this one"),
    Key("claims", REFS, "the claims that it rests on"),
];

const PLACE: &[Key] = &[
    Key("coordinates", Point, "latitude and longitude, in degrees"),
    Key("type", Words, "what it is: port, city, depot, or any other word"),
    Key("country", Country, "the country it is in: two letters of ISO 3166-1"),
    Key("within", REFS, "the place that it is a part of"),
];

const EVENT: &[Key] = &[
    Key("places", REFS, "where it happened: ids of places"),
    Key("actors", REFS, "who took part: ids of actors"),
];

const SOURCE: &[Key] = &[
    Key("type", OneOf(SourceType::WORDS), "what it is, by the item types of CSL"),
    Key("authors", List(&Words), "who wrote it"),
    Key("publisher", REFS, "who published it: the id of an actor"),
    Key("published", Date, "when it was published"),
    Key("accessed", Date, "when the dossier's authors read it"),
    Key("url", Url, "where it is on the web"),
    Key("archive", Url, "an archived copy"),
    Key("reliability", OneOf(Reliability::WORDS), "the Admiralty code, A (reliable) to F (cannot be judged)"),
    Key("language", Language, "the language it is in"),
    Key("file", Words, "a copy of it, beside this file"),
    Key("relays", REFS, "whose words it passes on: actors or other sources"),
];

const NOTE: &[Key] =
    &[Key("motivation", OneOf(Motivation::WORDS), "why it was made"), Key("about", REFS, "what it is about")];

const PAGE: &[Key] = &[Key("order", Whole, "its position in the menu")];

/// The keys of a kind's own.
pub fn own(kind: KindId) -> &'static [Key] {
    match kind {
        KindId::Article => ARTICLE,
        KindId::Claim => CLAIM,
        KindId::Actor => ACTOR,
        KindId::Route => ROUTE,
        KindId::Place => PLACE,
        KindId::Event => EVENT,
        KindId::Source => SOURCE,
        KindId::Note => NOTE,
        KindId::Page => PAGE,
    }
}

/// A source and a place in it.
pub const CITATION: &[Key] =
    &[Key("source", Ref, "the source"), Key("locator", Words, "where in it: ¶ 13, p. 4, 00:12:30")];

//! The closed lists of words for front matter.

use super::Value;
use super::keys::{Item, Key, Presence, Shape};
use crate::data::values::vocabulary;

vocabulary! {
    /// What an actor is.
    pub enum ActorType: "actor-type" {
        /// A human being.
        Person = "person",
        /// A company, a charity, an institute.
        Organization = "organization" | "organisation",
        /// A state's government.
        Government = "government",
        /// A part of a government: a ministry, a service.
        Agency = "agency",
        /// Armed forces, or a part of them.
        Military = "military",
        /// A newspaper, a broadcaster, a news agency.
        Media = "media",
        /// States acting together.
        Alliance = "alliance",
        /// Anything else that acts.
        Other = "other",
    }
}

vocabulary! {
    /// How far a claim is established.
    pub enum Status: "status" {
        /// Established beyond reasonable doubt.
        Confirmed = "confirmed" | "verified",
        /// Independent sources agree.
        Corroborated = "corroborated",
        /// Somebody named says so.
        Reported = "reported",
        /// Calculated by the dossier's own desk.
        Computed = "computed" | "calculated",
        /// Nobody of standing vouches for it.
        Unverified = "unverified",
        /// Others give other figures, dates or words for it, and all have it from the same origin.
        ToldDifferently = "told-differently",
        /// Somebody denies it.
        Denied = "denied",
        /// It cannot be true if another claim is.
        Contradicted = "contradicted",
        /// There is a conflict, but nothing says with what. Older dossiers have it.
        Disputed = "disputed",
        /// Shown to be false.
        Refuted = "refuted" | "false" | "debunked",
        /// Retracted by the person or body that made it.
        Withdrawn = "withdrawn" | "retracted",
    }
}

impl Status {
    /// Whether the status claims more than that somebody says so.
    pub(crate) fn is_above_reported(self) -> bool {
        matches!(self, Status::Confirmed | Status::Corroborated)
    }

    /// Whether the status admits that other claims conflict with this one.
    pub(crate) fn acknowledges_conflict(self) -> bool {
        use Status::{Contradicted, Denied, Disputed, Refuted, ToldDifferently, Withdrawn};
        matches!(self, ToldDifferently | Denied | Contradicted | Disputed | Refuted | Withdrawn)
    }
}

vocabulary! {
    /// What a claim is based on.
    pub enum Basis: "basis" {
        /// Somebody's word.
        Statement = "statement",
        /// Pictures, from the ground or from orbit.
        Imagery = "imagery",
        /// A document.
        Document = "document",
        /// A witness.
        Testimony = "testimony",
        /// Reasoning over other evidence.
        Analysis = "analysis",
        /// A calculation of the dossier's own desk.
        Computation = "computation" | "calculation",
    }
}

vocabulary! {
    /// The Admiralty code's credibility of an item of information (NATO STANAG 2511).
    pub enum Credibility: "credibility" {
        /// Confirmed by other sources.
        One = "1",
        /// Probably true.
        Two = "2",
        /// Possibly true.
        Three = "3",
        /// Doubtful.
        Four = "4",
        /// Improbable.
        Five = "5",
        /// Truth cannot be judged.
        Six = "6",
    }
}

vocabulary! {
    /// The Admiralty code's reliability of a source (NATO STANAG 2511).
    pub enum Reliability: "reliability" {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Reliability cannot be judged.
        F = "F",
    }
}

vocabulary! {
    /// The words of estimative probability of US Intelligence Community Directive 203, both rows.
    pub enum Likelihood: "likelihood" {
        /// 1 to 5 per cent.
        AlmostNoChance = "almost-no-chance" | "almost no chance" | "remote",
        /// 5 to 20 per cent.
        VeryUnlikely = "very-unlikely" | "very unlikely" | "highly improbable" | "highly-improbable",
        /// 20 to 45 per cent.
        Unlikely = "unlikely" | "improbable",
        /// 45 to 55 per cent.
        RoughlyEvenChance = "roughly-even-chance" | "roughly even chance" | "roughly even odds",
        /// 55 to 80 per cent.
        Likely = "likely" | "probable",
        /// 80 to 95 per cent.
        VeryLikely = "very-likely" | "very likely" | "highly probable" | "highly-probable",
        /// 95 to 99 per cent.
        AlmostCertain = "almost-certain" | "almost certain" | "nearly certain" | "nearly-certain",
    }
}

vocabulary! {
    /// How a figure relates to the number given.
    pub enum Comparator: "comparator" {
        /// The number itself.
        Exactly = "exactly" | "=",
        /// Near the number.
        About = "about" | "around" | "approximately" | "~",
        /// The number or more.
        AtLeast = "at-least" | "at least" | ">=" | "≥",
        /// More than the number.
        MoreThan = "more-than" | "more than" | "over" | ">",
        /// The number or less.
        AtMost = "at-most" | "at most" | "up to" | "<=" | "≤",
        /// Less than the number.
        LessThan = "less-than" | "less than" | "under" | "<",
    }
}

vocabulary! {
    /// How a leg was travelled.
    pub enum Mode: "mode" {
        /// By ship.
        Sea = "sea",
        /// By train.
        Rail = "rail",
        /// By lorry or car.
        Road = "road",
        /// By aircraft.
        Air = "air",
        /// By boat on a river.
        River = "river",
        /// Through a pipe.
        Pipeline = "pipeline",
    }
}

vocabulary! {
    /// Whether a source reports the leg, or the dossier infers it.
    pub enum Certainty: "certainty" {
        /// A source says so.
        Reported = "reported",
        /// The dossier concludes it.
        Inferred = "inferred",
    }
}

vocabulary! {
    /// Why an annotation was made (W3C Web Annotation Vocabulary, section 4.4).
    pub enum Motivation: "motivation" {
        /// To assess.
        Assessing = "assessing",
        /// To find again.
        Bookmarking = "bookmarking",
        /// To classify.
        Classifying = "classifying",
        /// To comment.
        Commenting = "commenting",
        /// To describe.
        Describing = "describing",
        /// To ask for a change, or to correct.
        Editing = "editing",
        /// To highlight.
        Highlighting = "highlighting",
        /// To say what something is.
        Identifying = "identifying",
        /// To link to something related.
        Linking = "linking",
        /// To judge whether it is acceptable.
        Moderating = "moderating",
        /// To ask about it.
        Questioning = "questioning",
        /// To reply.
        Replying = "replying",
        /// To tag.
        Tagging = "tagging",
    }
}

vocabulary! {
    /// What a source is: the item types of the Citation Style Language 1.0.2.
    pub enum SourceType: "source-type" {
        /// An article of no other type.
        Article = "article",
        /// An article in a journal.
        ArticleJournal = "article-journal",
        /// An article in a magazine.
        ArticleMagazine = "article-magazine",
        /// An article in a newspaper, or of a news agency.
        ArticleNewspaper = "article-newspaper",
        /// A bill.
        Bill = "bill",
        /// A book.
        Book = "book",
        /// Radio or television.
        Broadcast = "broadcast",
        /// A chapter of a book.
        Chapter = "chapter",
        /// A classical work.
        Classic = "classic",
        /// A collection.
        Collection = "collection",
        /// Data.
        Dataset = "dataset",
        /// A document of no other type.
        Document = "document",
        /// An entry in a reference work.
        Entry = "entry",
        /// An entry in a dictionary.
        EntryDictionary = "entry-dictionary",
        /// An entry in an encyclopedia.
        EntryEncyclopedia = "entry-encyclopedia",
        /// An event.
        Event = "event",
        /// A figure.
        Figure = "figure",
        /// A picture.
        Graphic = "graphic",
        /// A hearing.
        Hearing = "hearing",
        /// An interview.
        Interview = "interview",
        /// A legal case.
        LegalCase = "legal_case" | "legal-case",
        /// Legislation.
        Legislation = "legislation",
        /// A manuscript.
        Manuscript = "manuscript",
        /// A map.
        Map = "map",
        /// A film.
        MotionPicture = "motion_picture" | "motion-picture",
        /// A musical score.
        MusicalScore = "musical_score" | "musical-score",
        /// A pamphlet.
        Pamphlet = "pamphlet",
        /// A paper at a conference.
        PaperConference = "paper-conference",
        /// A patent.
        Patent = "patent",
        /// A performance.
        Performance = "performance",
        /// An issue of a periodical.
        Periodical = "periodical",
        /// A letter, or a message from person to person.
        PersonalCommunication = "personal_communication" | "personal-communication",
        /// A post in a forum or network.
        Post = "post",
        /// A post in a weblog.
        PostWeblog = "post-weblog",
        /// A regulation.
        Regulation = "regulation",
        /// A report.
        Report = "report",
        /// A review.
        Review = "review",
        /// A review of a book.
        ReviewBook = "review-book",
        /// Software.
        Software = "software",
        /// A song or a recording.
        Song = "song",
        /// A speech, a briefing.
        Speech = "speech",
        /// A standard.
        Standard = "standard",
        /// A thesis.
        Thesis = "thesis",
        /// A treaty.
        Treaty = "treaty",
        /// A page on the web.
        Webpage = "webpage",
    }
}

/// Implements the key traits for the lists, and makes a table of the lists by name.
macro_rules! lists {
    ($($list:ident),+) => {
        $(impl Item for $list {
            const SHAPE: Shape = Shape::OneOf($list::WORDS);
            fn value(&self, _: &'static Key) -> Option<Value<'_>> {
                Some(Value::Term($list::VOCABULARY, self.word()))
            }
        })+

        /// The closed lists by name, each in its order.
        const LISTS: &[(&str, &[&str])] = &[$(($list::VOCABULARY, $list::WORDS)),+];
    };
}

lists! {
    ActorType, Basis, Comparator, Credibility, Likelihood, Mode, Motivation, Reliability, SourceType, Status
}

impl Item for Certainty {
    const SHAPE: Shape = Shape::OneOf(Certainty::WORDS);
    const PRESENCE: Presence = Presence::NotEmpty;

    fn left_out() -> Option<Certainty> {
        Some(Certainty::Reported)
    }

    fn value(&self, _: &'static Key) -> Option<Value<'_>> {
        Some(Value::Term(Certainty::VOCABULARY, self.word()))
    }
}

/// The rank of a word in its list; `None` if the list or the word does not exist.
pub(crate) fn rank(vocabulary: &str, word: &str) -> Option<usize> {
    let (_, words) = LISTS.iter().find(|(name, _)| *name == vocabulary)?;
    words.iter().position(|other| *other == word)
}

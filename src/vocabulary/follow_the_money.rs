//! The FollowTheMoney model, version 4.

use super::{Described, Shape, Term, says, shaped};
use crate::kinds::Nature;
use crate::kinds::words::SourceType;

/// The type for a nature, and the properties for its facts; `None` if the model has no type for it.
pub fn of(nature: Nature) -> Option<&'static Described> {
    use SourceType::*;
    Some(match nature {
        Nature::Story | Nature::Remark | Nature::Correction => return None,
        Nature::Assertion => &ASSERTION,
        Nature::Person => &PERSON,
        Nature::State => const { &Described::new(&["PublicBody"], BODY) },
        Nature::Organization | Nature::Medium => const { &Described::new(&["Organization"], BODY) },
        Nature::Party => const { &Described::new(&["LegalEntity"], BODY) },
        Nature::City | Nature::Country | Nature::Airport | Nature::Place => &PLACE,
        Nature::Event => &EVENT,
        Nature::Journey => &JOURNEY,
        Nature::Work(Some(Article | ArticleJournal | ArticleMagazine | ArticleNewspaper)) => {
            const { &Described::new(&["Article"], WORK) }
        }
        Nature::Work(_) => const { &Described::new(&["HyperText"], WORK) },
    })
}

static ASSERTION: Described = Described::new(
    &["Note"],
    &[
        says("entity", &["by", "via", "about"]),
        says("createdAt", &["date"]),
        says("keywords", &["status", "basis", "credibility", "likelihood"]),
        says("proof", &["sources"]),
    ],
);

static PERSON: Described = Described::new(
    &["Person"],
    &[
        says("position", &["role"]),
        says("country", &["country"]),
        says("website", &["same_as"]),
        shaped("member", &["part_of"], MEMBER),
    ],
);

const BODY: &[Term] = &[
    says("description", &["role"]),
    says("country", &["country"]),
    says("website", &["same_as"]),
    shaped("member", &["part_of"], MEMBER),
];

const MEMBER: Shape = Shape::Node(
    &["Membership"],
    &[
        says("organization", &["part_of"]),
        says("role", &["role"]),
        says("startDate", &["from"]),
        says("endDate", &["to"]),
    ],
);

static PLACE: Described = Described::new(
    &["Address"],
    &[says("latitude", &["coordinates"]), says("country", &["country"]), says("remarks", &["type"])],
);

static EVENT: Described = Described::new(
    &["Event"],
    &[
        says("startDate", &["date"]),
        shaped("endDate", &["date"], Shape::End),
        says("location", &["places"]),
        says("addressEntity", &["places"]),
        says("involved", &["actors"]),
        says("proof", &["sources"]),
    ],
);

static JOURNEY: Described = Described::new(
    &["Event"],
    &[
        says("startDate", &["date"]),
        shaped("endDate", &["date"], Shape::End),
        says("proof", &["sources"]),
        shaped("", &["legs"], LEG),
    ],
);

const LEG: Shape = Shape::Node(
    &["Trip"],
    &[
        says("name", &["from", "to"]),
        says("startLocation", &["from"]),
        says("endLocation", &["to"]),
        says("startDate", &["departed"]),
        says("endDate", &["arrived"]),
        says("summary", &["cargo", "carrier"]),
        // `inferred` is the dossier's own conclusion.
        says("keywords", &["mode", "certainty"]),
    ],
);

const WORK: &[Term] = &[
    says("author", &["authors"]),
    says("publisher", &["publisher"]),
    says("publishedAt", &["published"]),
    says("retrievedAt", &["accessed"]),
    says("sourceUrl", &["url"]),
    says("language", &["language"]),
    says("keywords", &["type"]),
];

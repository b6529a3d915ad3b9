//! schema.org, version 30.

use super::{Described, Shape, Term, links, says};
use crate::kinds::words::SourceType;
use crate::kinds::{Nature, Role};

/// The type for a nature, and the properties for its facts.
pub(crate) fn of(nature: Nature) -> &'static Described {
    match nature {
        Nature::Story => &STORY,
        Nature::Remark => const { &Described { types: &["Comment"], per_edition: true, terms: TEXT } },
        Nature::Correction => {
            const { &Described { types: &["CorrectionComment"], per_edition: true, terms: TEXT } }
        }
        Nature::Assertion => &ASSERTION,
        Nature::Person => &PERSON,
        Nature::State => const { &Described::new(&["GovernmentOrganization"], BODY) },
        Nature::Medium => const { &Described::new(&["NewsMediaOrganization"], BODY) },
        // An actor that is not a person is an organization, because schema.org has no wider term for those
        // who may assert something.
        Nature::Organization | Nature::Party => const { &Described::new(&["Organization"], BODY) },
        Nature::City => const { &Described::new(&["City"], PLACE) },
        Nature::Country => const { &Described::new(&["Country"], PLACE) },
        Nature::Airport => const { &Described::new(&["Airport"], PLACE) },
        Nature::Place => const { &Described::new(&["Place"], PLACE) },
        Nature::Event => &EVENT,
        Nature::Journey => &JOURNEY,
        Nature::Work(kind) => work(kind),
    }
}

fn work(kind: Option<SourceType>) -> &'static Described {
    use SourceType::*;
    match kind {
        Some(ArticleNewspaper) => const { &Described::new(&["NewsArticle"], WORK) },
        Some(ArticleJournal | PaperConference) => const { &Described::new(&["ScholarlyArticle"], WORK) },
        Some(Article | ArticleMagazine) => const { &Described::new(&["Article"], WORK) },
        Some(Post) => const { &Described::new(&["SocialMediaPosting"], WORK) },
        Some(PostWeblog) => const { &Described::new(&["BlogPosting"], WORK) },
        Some(Webpage) => const { &Described::new(&["WebPage"], WORK) },
        Some(Report) => const { &Described::new(&["Report"], WORK) },
        Some(Book) => const { &Described::new(&["Book"], WORK) },
        Some(Dataset) => const { &Described::new(&["Dataset"], WORK) },
        Some(Map) => const { &Described::new(&["Map"], WORK) },
        Some(Thesis) => const { &Described::new(&["Thesis"], WORK) },
        Some(Legislation | Bill | Regulation | Treaty) => const { &Described::new(&["Legislation"], WORK) },
        _ => const { &Described::new(&["CreativeWork"], WORK) },
    }
}

static STORY: Described = Described {
    types: &["BackgroundNewsArticle"],
    per_edition: true,
    terms: &[
        says("creditText", &["byline"]),
        // Its page says "published" before either.
        says("datePublished", &["published", "date"]),
        says("dateModified", &["updated"]),
        links("isBasedOn", &[Role::BasedOn]),
        links("backstory", &[Role::Backstory]),
        says("citation", &["sources"]),
        says("correction", &["corrections"]).shaped(CORRECTION),
        says("sameAs", &["same_as"]),
    ],
};

const TEXT: &[Term] = &[
    says("dateCreated", &["date"]),
    says("dateModified", &["updated"]),
    links("about", &[Role::About]),
    says("citation", &["sources"]),
    says("correction", &["corrections"]).shaped(CORRECTION),
    says("sameAs", &["same_as"]),
];

static ASSERTION: Described = Described::new(
    &["Claim"],
    &[
        links("author", &[Role::By]),
        links("publisher", &[Role::Via]),
        says("dateCreated", &["date"]),
        says("temporalCoverage", &["when"]).shaped(Shape::Span),
        says("creativeWorkStatus", &["status"]),
        links("about", &[Role::About]),
        links(
            "mentions",
            &[Role::Supports, Role::Contradicts, Role::Denies, Role::Narrows, Role::Supersedes],
        ),
        links("isBasedOn", &[Role::Restates]),
        links("isPartOf", &[Role::PartOf]),
        says("appearance", &["sources"]),
        says("correction", &["corrections"]).shaped(CORRECTION),
        says("sameAs", &["same_as"]),
    ],
);

static PERSON: Described = Described::new(
    &["Person"],
    &[
        says("jobTitle", &["role"]),
        says("address", &["country"]).shaped(COUNTRY),
        links("memberOf", &[Role::MemberOf]).shaped(MEMBER),
        says("sameAs", &["same_as"]),
    ],
);

const BODY: &[Term] = &[
    says("disambiguatingDescription", &["role"]),
    says("address", &["country"]).shaped(COUNTRY),
    links("memberOf", &[Role::MemberOf]).shaped(MEMBER),
    says("sameAs", &["same_as"]),
];

const COUNTRY: Shape = Shape::Node(&["PostalAddress"], &[says("addressCountry", &["country"])]);

const MEMBER: Shape = Shape::Node(
    &["OrganizationRole"],
    &[
        links("memberOf", &[Role::MemberOf]),
        says("roleName", &["role"]),
        says("startDate", &["from"]),
        says("endDate", &["to"]),
    ],
);

const PLACE: &[Term] = &[
    says("geo", &["coordinates"]),
    says("address", &["country"]).shaped(COUNTRY),
    links("containedInPlace", &[Role::Within]),
    says("sameAs", &["same_as"]),
];

static EVENT: Described = Described::new(
    &["Event"],
    &[
        says("startDate", &["date"]),
        says("endDate", &["date"]).shaped(Shape::End),
        links("location", &[Role::Places]),
        links("attendee", &[Role::Actors]),
        says("sameAs", &["same_as"]),
    ],
);

static JOURNEY: Described = Described::new(
    &["Trip", "Event"],
    &[
        says("startDate", &["date"]),
        says("endDate", &["date"]).shaped(Shape::End),
        says("subTrip", &["legs"]).shaped(LEG),
        says("sameAs", &["same_as"]),
    ],
);

const LEG: Shape = Shape::Node(
    &["Trip", "Event"],
    &[
        links("tripOrigin", &[Role::From]),
        links("itinerary", &[Role::From, Role::To]),
        says("startDate", &["departed"]),
        says("endDate", &["arrived"]),
        says("description", &["cargo"]),
        // The dossier's own inferences are marked everywhere they are shown.
        says("disambiguatingDescription", &["mode", "certainty"]),
        links("subjectOf", &[Role::Claims]),
    ],
);

const WORK: &[Term] = &[
    says("author", &["authors"]),
    links("publisher", &[Role::Publisher]),
    says("datePublished", &["published"]),
    says("inLanguage", &["language"]),
    says("url", &["url"]),
    says("archivedAt", &["archive"]),
    links("mentions", &[Role::Relays]),
    says("citation", &["sources"]),
    says("correction", &["corrections"]).shaped(CORRECTION),
    says("sameAs", &["same_as"]),
];

/// A correction, in the terms of schema.org.
pub(crate) const CORRECTION: Shape = Shape::Node(
    &["CorrectionComment"],
    &[says("text", &["text"]), says("datePublished", &["date"]), links("about", &[Role::Corrects])],
);

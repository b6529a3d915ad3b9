//! The FollowTheMoney model, version 4.

use super::{Described, Shape, Term, links, says};
use crate::kinds::words::SourceType;
use crate::kinds::{Nature, Role};

/// The type for a nature, and the properties for its facts; `None` if the model has no type for it.
pub(crate) fn of(nature: Nature) -> Option<&'static Described> {
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

/// The languages that the model knows: the tag, and the code of three letters (ISO 639-3).
const LANGUAGES: &str = "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est \
fa:fas fi:fin fil:fil fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz \
km:khm kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld \
nn:nor no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel \
tg:tgk th:tha tk:tuk tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho";

/// The code of a language in the model, by its tag.
pub(crate) fn language(tag: &str) -> Option<&'static str> {
    let primary = tag.split('-').next()?;
    LANGUAGES
        .split(' ')
        .filter_map(|pair| pair.split_once(':'))
        .find(|(tag, _)| *tag == primary)
        .map(|(_, code)| code)
}

/// The tag of a language, by its code in the model.
pub(crate) fn tag(code: &str) -> Option<&'static str> {
    let mut pairs = LANGUAGES.split(' ').filter_map(|pair| pair.split_once(':'));
    pairs.find(|(_, own)| *own == code).map(|(tag, _)| tag)
}

static ASSERTION: Described = Described::new(
    &["Note"],
    &[
        links("entity", &[Role::By, Role::Via, Role::About]),
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
        links("member", &[Role::MemberOf]).shaped(MEMBER),
    ],
);

const BODY: &[Term] = &[
    says("description", &["role"]),
    says("country", &["country"]),
    says("website", &["same_as"]),
    links("member", &[Role::MemberOf]).shaped(MEMBER),
];

const MEMBER: Shape = Shape::Node(
    &["Membership"],
    &[
        links("organization", &[Role::MemberOf]),
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
        says("endDate", &["date"]).shaped(Shape::End),
        links("location", &[Role::Places]),
        links("addressEntity", &[Role::Places]),
        links("involved", &[Role::Actors]),
        says("proof", &["sources"]),
    ],
);

static JOURNEY: Described = Described::new(
    &["Event"],
    &[
        says("startDate", &["date"]),
        says("endDate", &["date"]).shaped(Shape::End),
        says("proof", &["sources"]),
        says("", &["legs"]).shaped(LEG),
    ],
);

const LEG: Shape = Shape::Node(
    &["Trip"],
    &[
        links("name", &[Role::From, Role::To]),
        links("startLocation", &[Role::From]),
        links("endLocation", &[Role::To]),
        says("startDate", &["departed"]),
        says("endDate", &["arrived"]),
        says("summary", &["cargo"]),
        says("description", &["carrier"]),
        // `inferred` marks a conclusion of the dossier itself.
        says("keywords", &["mode", "certainty"]),
    ],
);

const WORK: &[Term] = &[
    says("author", &["authors"]),
    links("publisher", &[Role::Publisher]),
    says("publishedAt", &["published"]),
    says("retrievedAt", &["accessed"]),
    says("sourceUrl", &["url"]),
    says("language", &["language"]),
    says("keywords", &["type"]),
];

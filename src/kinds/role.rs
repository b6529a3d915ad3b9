//! What an entity is to another that refers to it: the roles of references, and what each of them means.

use super::KindId;

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $word:literal to [$($kind:ident),*],)+) => {
        /// What the target of a reference is to the entity that refers to it.
        #[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
        pub enum Role { $($(#[$doc])* $role),+ }

        impl Role {
            /// Every role. Relations between claims are in the order in which a page lists them.
            pub const ALL: &'static [Role] = &[$(Role::$role),+];

            /// The role's key in the theme's words, and the label of the fact that holds its references.
            pub const fn word(self) -> &'static str {
                match self { $(Role::$role => $word),+ }
            }

            /// The kinds that a reference in this role may lead to; any where empty.
            pub const fn leads_to(self) -> &'static [KindId] {
                match self { $(Role::$role => &[$(KindId::$kind),*]),+ }
            }
        }
    };
}

roles! {
    /// An actor who asserts a claim, or judged it.
    By = "by" to [Actor],
    /// An actor who passes a claim on.
    Via = "via" to [Actor],
    /// What a claim or a note is about.
    About = "about" to [],
    /// A claim that cannot be true if this one is.
    Contradicts = "contradicts" to [Claim],
    /// A claim that this one rejects.
    Denies = "denies" to [Claim],
    /// A claim that this one makes more likely.
    Supports = "supports" to [Claim],
    /// A claim that this one states more exactly.
    Narrows = "narrows" to [Claim],
    /// A claim that this one repeats.
    Restates = "restates" to [Claim],
    /// A claim that this one is a part of.
    PartOf = "part_of" to [Claim],
    /// A claim that this one replaces.
    Supersedes = "supersedes" to [Claim],
    /// An actor that this one belongs to. It shares its key and its words with [`Role::PartOf`].
    MemberOf = "part_of" to [Actor],
    /// An end of a distance or of a time that a figure states.
    Between = "between" to [Place, Event],
    /// The place where a leg of a route starts.
    From = "from" to [Place],
    /// The place where a leg of a route ends.
    To = "to" to [Place],
    /// A claim that a leg of a route rests on.
    Claims = "claims" to [Claim],
    /// A place that this one lies in.
    Within = "within" to [Place],
    /// A place where an event happened.
    Places = "places" to [Place],
    /// An actor who took part in an event.
    Actors = "actors" to [Actor],
    /// The publisher of a source.
    Publisher = "publisher" to [Actor],
    /// An actor or a source whose words a source passes on.
    Relays = "relays" to [Actor, Source],
    /// A source that an article retells.
    BasedOn = "based_on" to [Source],
    /// A page that says how an article was made.
    Backstory = "backstory" to [Page],
    /// What a correction corrects besides its own page.
    Corrects = "corrects" to [],
    /// A source that is cited.
    Source = "source" to [Source],
    /// An article of which a passage is annotated.
    Target = "target" to [Article],
    /// What a text links to.
    Mention = "mention" to [],
    /// What a text shows a preview of.
    Embed = "embed" to [],
}

/// What a claim does to another one's credit.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Stance {
    /// It makes it more likely.
    Supports,
    /// It makes it less likely, or takes its place.
    Opposes,
    /// Neither.
    Neutral,
}

impl Role {
    /// What a claim does to another to which it stands in this role; `None` for roles that are no
    /// relation between claims.
    pub(crate) const fn stance(self) -> Option<Stance> {
        match self {
            Role::Supports => Some(Stance::Supports),
            Role::Contradicts | Role::Denies | Role::Supersedes => Some(Stance::Opposes),
            Role::Narrows | Role::Restates | Role::PartOf => Some(Stance::Neutral),
            _ => None,
        }
    }

    /// Whether one claim makes another more likely by it.
    pub(crate) fn supports(self) -> bool {
        self.stance() == Some(Stance::Supports)
    }

    /// Whether one claim is in conflict with another by it.
    pub(crate) fn opposes(self) -> bool {
        self.stance() == Some(Stance::Opposes)
    }

    /// The relations between claims.
    pub(crate) fn relations() -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(|role| role.stance().is_some())
    }

    /// Whether two claims in this relation give their figures of one thing. A part has a figure of its own.
    pub(crate) fn shares_figures(self) -> bool {
        self.stance().is_some() && self != Role::PartOf
    }

    /// What the one who refers is to the target, where that is a role too. The other relations are read from
    /// the target's side by `Graph::incoming`, and named by the words in `relations.theirs`.
    pub(crate) const fn inverse(self) -> Option<Role> {
        match self {
            Role::Contradicts => Some(Role::Contradicts),
            _ => None,
        }
    }

    /// Whether it holds in both directions, whichever of the two states it.
    pub(crate) fn is_mutual(self) -> bool {
        self.inverse() == Some(self)
    }
}

//! The roles of references. A role says what the target is to the entity that refers to it.

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

/// The effect of a claim on the credibility of another.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Stance {
    /// Makes it more likely.
    Supports,
    /// Makes it less likely, or replaces it.
    Opposes,
    /// Has no effect.
    Neutral,
}

impl Role {
    /// The effect of a claim on another claim that it refers to in this role; `None` for roles that are not
    /// relations between claims.
    pub(crate) const fn stance(self) -> Option<Stance> {
        match self {
            Role::Supports => Some(Stance::Supports),
            Role::Contradicts | Role::Denies | Role::Supersedes => Some(Stance::Opposes),
            Role::Narrows | Role::Restates | Role::PartOf => Some(Stance::Neutral),
            _ => None,
        }
    }

    /// Whether a claim in this role makes the other more likely.
    pub(crate) fn supports(self) -> bool {
        self.stance() == Some(Stance::Supports)
    }

    /// Whether a claim in this role conflicts with the other.
    pub(crate) fn opposes(self) -> bool {
        self.stance() == Some(Stance::Opposes)
    }

    /// The relations between claims.
    pub(crate) fn relations() -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(|role| role.stance().is_some())
    }

    /// Whether two claims in this relation give figures for the same thing. A part has its own figure.
    pub(crate) fn shares_figures(self) -> bool {
        self.stance().is_some() && self != Role::PartOf
    }

    /// The role of the referring entity for the target, if that is a role too. For the other relations, use
    /// `Graph::incoming`; their labels from the target's side are in `relations.theirs`.
    pub(crate) const fn inverse(self) -> Option<Role> {
        match self {
            Role::Contradicts => Some(Role::Contradicts),
            _ => None,
        }
    }

    /// Whether the relation holds in both directions, whichever claim states it.
    pub(crate) fn is_mutual(self) -> bool {
        self.inverse() == Some(self)
    }
}

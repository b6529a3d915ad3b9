//! A note: an annotation that belongs to no entity, such as context, a definition or a correction.

use super::keys::keys;
use super::words::Motivation;
use super::{Common, Group, Kind, Nature, Order, Ref, Spec};

keys! {
    /// An annotation of its own.
    #[derive(Clone, Debug, Default)]
    pub struct Note {
        /// Why it was made, in the words of the [W3C](https://www.w3.org/TR/annotation-vocab/#named-individuals).
        motivation: Option<Motivation> = "",
        /// When it was made.
        date of Common,
        /// What it is about.
        about: Vec<Ref> as About = "",
    }
}

impl Kind for Note {
    const SPEC: Spec = Spec {
        name: "note",
        folder: "notes",
        about: "context, a definition, a question: an annotation that belongs to no entity",
        order: Order::Title,
        group: Group::Fact("motivation"),
        needs_referrer: false,
    };

    fn nature(&self) -> Option<Nature> {
        Some(match self.motivation {
            Some(Motivation::Editing) => Nature::Correction,
            _ => Nature::Remark,
        })
    }
}

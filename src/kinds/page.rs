//! A free page: the method, the corrections policy, the people behind it.

use super::keys::keys;
use super::{Group, Kind, Order, Spec};

keys! {
    /// A page that is about the site.
    #[derive(Clone, Debug, Default)]
    pub struct Page {
        /// Its position at the foot of every page. Of many pages, those without one are only in the list.
        order: Option<i32> => Never,
    }
}

impl Kind for Page {
    const SPEC: Spec = Spec {
        name: "page",
        folder: "pages",
        about: "a free page, such as the method or the corrections policy",
        order: Order::Given,
        group: Group::None,
        needs_referrer: false,
    };
}

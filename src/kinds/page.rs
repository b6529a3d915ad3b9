//! A free page: the method, the corrections policy, the people behind it.

use serde::Deserialize;

use super::facts::Facts;
use super::{Common, Group, Kind, Order, Spec};

/// A page that is about the site.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// Its position in the menu; those without one come last.
    pub order: Option<i32>,
}

impl Kind for Page {
    const SPEC: Spec = Spec {
        name: "page",
        folder: "pages",
        about: "a free page, such as the method or the corrections policy",
        order: Order::Given,
        group: Group::None,
        needs_referrer: false,
        template: "summary:\n# order: 1\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.ending(common);
    }
}

//! Pages with little of their own.

use serde::Serialize;

use super::PageHead;

/// The home of a language, where the dossier has no article.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HomePage {
    #[serde(flatten)]
    pub head: PageHead,
}

/// The page for addresses that lead nowhere.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotFoundPage {
    #[serde(flatten)]
    pub head: PageHead,
}

/// The page at the address that an entity had under a former id.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RedirectPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The path of the entity's page.
    pub redirect_to: String,
}

/// The index of the pages about the evidence, which `site.evidence` lists.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OverviewPage {
    #[serde(flatten)]
    pub head: PageHead,
}

/// The search. A script fills it in.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SearchPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The statuses of claims, whose badges the script copies.
    pub statuses: Vec<&'static str>,
}

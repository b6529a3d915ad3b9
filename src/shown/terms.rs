//! What the words mean by which evidence is rated.

use serde::Serialize;

use super::PageHead;

/// What the words mean by which evidence is rated.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TermsPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The closed lists of words.
    pub lists: Vec<TermList>,
    /// The scale of verdicts of the dossier's settings.
    pub verdicts: Vec<Verdict>,
}

/// A closed list of words.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TermList {
    /// The list: `t.terms[vocabulary]`, and `t.facts[vocabulary]` for its name.
    pub vocabulary: &'static str,
    /// Its words.
    pub words: &'static [&'static str],
}

/// A verdict.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Verdict {
    /// Its name.
    pub label: String,
    /// Its rating, as a number written in the page's language; `none` where it is no rating.
    pub rating: Option<String>,
}

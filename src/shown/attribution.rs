//! The attribution graph.

use std::sync::Arc;

use serde::Serialize;

use super::{Html, PageHead, Preview};

/// The attribution graph: who told whom, from the claims to the sources.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AttributionPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// How claims flow from their origins to the sources.
    pub flow: Option<Flow>,
    /// The graph, drawn.
    pub diagram: Html,
    /// The graph as a list.
    pub list: Vec<Onward>,
    /// Whether claims are not drawn one by one, because there are many.
    pub bundled: bool,
    /// Whether the least frequent actors, sources or lines were left out.
    pub trimmed: bool,
}

/// How claims flow from their origins, through who passed them on, to the sources.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Flow {
    /// What the picture shows, in a sentence.
    pub title: String,
    /// The flow, drawn.
    pub drawing: Html,
    /// Its height, in pixels.
    pub height: f64,
    /// The statuses of the claims in it: words of `t.terms.status`.
    pub statuses: Vec<&'static str>,
    /// Whether anybody passes anything on, so that there is something in the second column.
    pub is_passed_on: bool,
    /// Where the whole graph is, if not on this page.
    pub whole: Option<String>,
}

/// A node, and where lines lead from it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Onward {
    /// The node.
    pub from: Node,
    /// The nodes to which it leads; `count` is in how many claims.
    pub to: Vec<Node>,
}

/// A node of the graph.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Node {
    /// The claim, actor or source.
    pub preview: Arc<Preview>,
    /// What it is called.
    pub called: String,
    /// In how many claims it comes up.
    pub count: usize,
}

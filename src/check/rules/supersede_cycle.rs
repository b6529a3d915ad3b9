//! Reports claims that supersede each other in a cycle.

use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::span::Span;
use crate::check::help::all_of;
use crate::check::{Context, Rule};
use crate::kinds::Role;
use crate::link::{EntityIx, Graph, Target};

pub(crate) static RULE: Rule = Rule {
    code: Code {
        name: "supersede-cycle",
        level: Severity::Error,
        docs: "\
Claims that supersede each other in a cycle: the first replaces the second, which replaces the
first. None of them is then the current one, and a reader who follows the notice \"superseded by\"
comes back to the start.

```yaml
# claims/count-november.md
supersedes: [count-october]
# claims/count-october.md
supersedes: [count-november]     # wrong: it came first
```

How to fix: let only the later claim name the earlier one, and remove the other direction.",
    },
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let graph = context.graph;
    let edges = Edges::of(graph);
    for circle in edges.circles() {
        let names = all_of(circle.iter().map(|ix| graph.entity(*ix).id.as_str()));
        let mut diagnostic = RULE.code.found(match circle.as_slice() {
            [_] => format!("{names} supersedes itself"),
            _ => format!("{names} supersede each other in a cycle"),
        });
        for &ix in &circle {
            let inside = edges.from(ix).iter().find(|(to, _)| circle.binary_search(to).is_ok());
            let Some((to, span)) = inside else { continue };
            let message = format!("`{}` supersedes `{}`", graph.entity(ix).id, graph.entity(*to).id);
            diagnostic = diagnostic.at(graph.entity(ix).path(), *span, message);
        }
        diagnostics
            .push(diagnostic.help("let only later claims supersede earlier ones, and remove the rest"));
    }
}

/// Which claims supersede which, and where that is written.
struct Edges {
    lists: Vec<Vec<(EntityIx, Span)>>,
}

impl Edges {
    fn of(graph: &Graph) -> Edges {
        let mut lists = vec![Vec::new(); graph.entities.len()];
        for reference in graph.references().filter(|reference| reference.role == Role::Supersedes) {
            if let Target::Entity(to, _) = reference.target {
                lists[reference.from.0 as usize].push((to, reference.span));
            }
        }
        Edges { lists }
    }

    fn from(&self, ix: EntityIx) -> &[(EntityIx, Span)] {
        &self.lists[ix.0 as usize]
    }

    /// The strongly connected components that contain a cycle, each sorted (Tarjan's algorithm, without
    /// recursion).
    fn circles(&self) -> Vec<Vec<EntityIx>> {
        const NEW: usize = usize::MAX;
        let count = self.lists.len();
        let (mut number, mut low, mut is_open) = (vec![NEW; count], vec![NEW; count], vec![false; count]);
        let (mut next, mut open, mut circles) = (0, Vec::new(), Vec::new());
        for root in 0..count {
            if number[root] != NEW || self.lists[root].is_empty() {
                continue;
            }
            // Each step is a claim and how many of its edges were followed.
            let mut steps = vec![(root, 0)];
            while let Some((at, followed)) = steps.pop() {
                if followed == 0 {
                    (number[at], low[at], is_open[at]) = (next, next, true);
                    next += 1;
                    open.push(at);
                } else {
                    let child = self.lists[at][followed - 1].0.0 as usize;
                    if is_open[child] {
                        low[at] = low[at].min(low[child]);
                    }
                }
                if let Some((to, _)) = self.lists[at].get(followed) {
                    let to = to.0 as usize;
                    steps.push((at, followed + 1));
                    if number[to] == NEW {
                        steps.push((to, 0));
                    }
                    continue;
                }
                if low[at] == number[at] {
                    let start = open.iter().rposition(|&member| member == at).unwrap_or_default();
                    let mut members: Vec<EntityIx> =
                        open.drain(start..).map(|m| EntityIx(m as u32)).collect();
                    members.iter().for_each(|member| is_open[member.0 as usize] = false);
                    members.sort();
                    if members.len() > 1 || self.from(members[0]).iter().any(|(to, _)| *to == members[0]) {
                        circles.push(members);
                    }
                }
            }
        }
        circles.sort();
        circles
    }
}

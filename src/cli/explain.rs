//! `dossier explain`: explains a code in a report.

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::base::diagnostic::Code;
use crate::base::near::nearest;
use crate::{check, external, session};

/// Explain a code, or list all codes
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code, such as `claim-without-source`
    code: Option<String>,
}

impl Explain {
    /// Prints the page of one code, or the table of all codes.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let codes = session::codes();
        let Some(name) = self.code else { return list(&codes, console) };
        let Some(code) = codes.iter().find(|code| code.name == name) else {
            let near = nearest(&name, codes.iter().map(|code| code.name));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`dossier explain` lists the codes".to_owned(),
            };
            return Err(Failure(format!("there is no code `{name}`; {help}")));
        };
        let by_default =
            if is_rule(code) { ", unless `[rules]` in `dossier.toml` says otherwise" } else { "" };
        console.print(format_args!("{} ({}{by_default})\n", code.name, code.level.word()))?;
        console.print(code.docs.trim_end())?;
        Ok(Exit::Clean)
    }
}

fn list(codes: &[&'static Code], console: &mut Console) -> Result<Exit, Failure> {
    let width = codes.iter().map(|code| code.name.len()).max().unwrap_or_default();
    let is_external = |code: &Code| external::CODES.iter().any(|known| known.name == code.name);
    let (rules, others): (Vec<&Code>, Vec<&Code>) = codes.iter().partition(|code| is_rule(code));
    let (external, others): (Vec<&Code>, Vec<&Code>) = others.iter().partition(|code| is_external(code));
    let parts = [
        ("Rules, whose levels `[rules]` in `dossier.toml` can change:", rules),
        ("Always reported:", others),
        ("Reported by `dossier check --external`, which contacts other sites:", external),
    ];
    for (heading, codes) in parts {
        console.print(heading)?;
        for code in codes {
            console.print(format_args!("  {:width$}  {}", code.name, code.level.word()))?;
        }
        console.print("")?;
    }
    console.print("`dossier explain CODE` says what a code means and how to fix it.")?;
    Ok(Exit::Clean)
}

fn is_rule(code: &Code) -> bool {
    check::RULES.iter().any(|rule| rule.code.name == code.name)
}

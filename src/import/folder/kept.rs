//! Properties of another program that notes keep: the settings must ignore them.

use crate::base::path::InputPath;
use crate::config::FILE;
use crate::data::Value;
use crate::data::patch::{Editable, Patch, Step, applied};
use crate::data::write::{Given, Syntax};
use crate::ide::Refusal;
use crate::world::World;
use crate::world::edit::Rewrite;

const KEY: &str = "ignore_keys";

/// The change of the settings after which these keys are ignored; `None` if they are.
///
/// # Errors
/// If the settings are written in a way that cannot be added to.
pub(crate) fn ignored(world: &dyn World, keys: &[String]) -> Result<Option<Rewrite>, Refusal> {
    let path = InputPath::from(FILE);
    let before = world.read(&path).map_err(|why| Refusal(format!("cannot read `{FILE}`: {why}")))?;
    let mut text = String::from_utf8_lossy(&before).into_owned();
    let refused =
        || Refusal(format!("`{KEY}` cannot be added to in `{FILE}`; add `{}` yourself", keys.join("`, `")));
    for key in keys {
        let file = Editable::parse(&text, Syntax::Toml).ok_or_else(refused)?;
        let known = file.entries().iter().find(|(name, _)| &*name.name == KEY).map(|(_, node)| &node.value);
        let known = match known {
            Some(Value::List(items)) => items.iter().map(|item| &item.value).collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        let is_ignored =
            |value: &&Value| matches!(value, Value::Scalar(word) if **word == **key || &**word == "*");
        if known.iter().any(is_ignored) {
            continue;
        }
        let at = [Step::Key(KEY.to_owned())];
        let replacements = file.patch(&at, &Patch::Insert(known.len(), Given::Words(key.clone())));
        text = applied(&text, &replacements.ok_or_else(refused)?);
    }
    let is_changed = text.as_bytes() != &*before;
    Ok(is_changed.then(|| Rewrite { path, before: Some(before), after: Some(text.into_bytes().into()) }))
}

//! Structured text: YAML and TOML, read into one tree that keeps its spans and decoded into plain structs.
//!
//! 1. [`yaml`] or [`toml`] builds a [`Node`] tree, within limits that no input can exceed.
//! 2. [`decode`] turns the tree into any `Deserialize` type and reports *every* mistake in it.

pub mod de;
pub mod decode;
pub mod node;
pub mod toml;
pub mod values;
pub mod yaml;

pub use node::{Key, Node, Value};

use crate::base::diagnostic::{Code, Severity};

/// The text is not well-formed.
pub static INVALID_SYNTAX: Code = Code {
    name: "invalid-syntax",
    level: Severity::Error,
    docs:
        "The front matter, or `dossier.toml`, is not well-formed YAML or TOML, so nothing can be read from it.

The label shows where reading stopped; the mistake is there or just before. Common causes: a title that holds
`: ` and is not in quotes, a tab used to indent YAML, a quote that is not closed, the same key twice.

```yaml
title: Kirby: more than 1,000 containers     # wrong: the colon starts a new key
title: \"Kirby: more than 1,000 containers\"   # right
```",
};

/// A key that no field has.
pub static UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    level: Severity::Error,
    docs: "A key that means nothing here, most often a misspelling of one that does.

A misspelt key is an error and not ignored, because ignoring it would do the opposite of what was meant:
`drat: true` would publish a draft. `dossier schema KIND` lists the keys of a kind.",
};

/// A value of another type than the field has.
pub static WRONG_TYPE: Code = Code {
    name: "wrong-type",
    level: Severity::Error,
    docs:
        "A value of another type than its key takes: text where a number is needed, a list where one value is.

A single value may stand where a list is meant: `by: nis` is `by: [nis]`.",
};

/// A field that must be there.
pub static MISSING_FIELD: Code = Code {
    name: "missing-field",
    level: Severity::Error,
    docs: "A key that must be there is not: every file needs a `title`, a leg needs `from`, `to` and `mode`, and so on.
The message names the key.",
};

/// A value of the right type that makes no sense.
pub static INVALID_VALUE: Code = Code {
    name: "invalid-value",
    level: Severity::Error,
    docs: "A value of the right type that cannot be: a date that the calendar lacks, a latitude beyond 90 degrees, a
country code that ISO 3166-1 does not know, a word that is not in the list of its key. The help says what can be.

Dates are written `2023`, `2023-09`, `2023-10-13`, `2023-09~` (about), `2023?` (uncertain) or
`2023-09-01/2023-10-01` (from/to): the Extended Date/Time Format, levels 0 and 1.",
};

/// All codes of this module.
pub static CODES: [&Code; 5] = [&INVALID_SYNTAX, &INVALID_VALUE, &MISSING_FIELD, &UNKNOWN_KEY, &WRONG_TYPE];

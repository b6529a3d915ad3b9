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
    docs: "The front matter, or `dossier.toml`, is not well-formed YAML or TOML, so nothing can be read from
it.

The label shows where reading stopped; the mistake is there or just before. Common causes: a title that holds `:
` and is not in quotes, a tab used to indent YAML, a quote or a bracket that is not closed, the same key twice,
the line `---` after the last key left out.

```yaml
title: Kirby: more than 1,000 containers     # wrong: the colon starts a new key
title: \"Kirby: more than 1,000 containers\"   # right
```

What would take longer than any author's text is refused too: more than 100,000 values, aliases counted as often
as they are used, or more than 64 levels.

The cure: mend what the label shows, or the line before it. Quotes round the whole value help most often.",
};

/// A key that no field has.
pub static UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    level: Severity::Error,
    docs: "A key that means nothing here, most often a misspelling of one that does, or a key of another
kind.

A misspelt key is an error and not ignored, because ignoring it would do the opposite of what was meant:

```yaml
drat: true      # wrong: would publish a draft
draft: true     # right
```

In a translation, facts are unknown: they stand in the original only, and hold for every language. Words that
differ by language are written there, `role: {id: juru bicara, en: spokesperson}`.

The cure: take the key that the help names; `dossier check --fix` does where it is a near miss. `dossier schema
KIND` lists the keys of a kind.",
};

/// A value of another type than the field has.
pub static WRONG_TYPE: Code = Code {
    name: "wrong-type",
    level: Severity::Error,
    docs: "A value of another type than its key takes: text where a number is needed, a list where one value
is.

```yaml
draft: perhaps                 # wrong: `true` or `false`
title: [NIS, the agency]       # wrong: one title; the others are `aliases`
coordinates: 42.25             # wrong: a latitude and a longitude, `[42.25, 130.29]`
by: nis                        # right: a single value may stand where a list is meant
```

The rest of the file is read all the same, so that one run finds every mistake in it.

The cure: write the value as the message says.",
};

/// A field that must be there.
pub static MISSING_FIELD: Code = Code {
    name: "missing-field",
    level: Severity::Error,
    docs: "A key that must be there is not, so that something has no name, no date or no end.

Every file needs a `title`, an event a `date`; a leg of a route needs `from`, `to` and `mode`; a passage in
`targets` needs `source` and `exact`; a figure needs its `value`. The message names the key.

```yaml
legs:
  - {from: najin, mode: sea}                # wrong: where to?
  - {from: najin, to: dunay, mode: sea}     # right
```

The cure: add the key.",
};

/// A value of the right type that makes no sense.
pub static INVALID_VALUE: Code = Code {
    name: "invalid-value",
    level: Severity::Error,
    docs: "A value of the right type that cannot be: a date that the calendar lacks, a latitude beyond 90
degrees, a country code that ISO 3166-1 does not know, an address that is not on the web, a word that is not in
the list of its key.

Dates are written `2023`, `2023-09`, `2023-10-13`, `2023-09~` (about), `2023?` (uncertain) or
`2023-09-01/2023-10-01` (from/to): the Extended Date/Time Format, levels 0 and 1.

```yaml
date: 13/10/2023           # wrong: which is the month?
date: 2023-10-13           # right
country: UK                # wrong: the code is GB
coordinates: [130.3, 42.2] # wrong: the latitude comes first
status: likely             # wrong: `likelihood: likely`, and a status from its own list
```

The cure: the message or its help says what can be.",
};

/// All codes of this module.
pub static CODES: [&Code; 5] = [&INVALID_SYNTAX, &INVALID_VALUE, &MISSING_FIELD, &UNKNOWN_KEY, &WRONG_TYPE];

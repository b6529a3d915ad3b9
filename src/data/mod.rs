//! Structured text: YAML and TOML, parsed into one tree with spans and decoded into plain structs.
//!
//! 1. [`yaml`] or [`toml`] builds a [`Node`] tree, within fixed limits.
//! 2. [`decode`] turns the tree into any `Deserialize` type and reports *every* mistake in it.
//! 3. [`reading`] says what a value means that is written in another way than its key wants.

pub(crate) mod de;
pub(crate) mod decode;
pub(crate) mod node;
pub(crate) mod reading;
pub mod toml;
pub(crate) mod values;
pub(crate) mod vtt;
pub mod yaml;

pub(crate) use node::{Key, Node, Value};

use crate::base::diagnostic::{Code, Severity};

/// Front matter or settings that are not well-formed YAML or TOML.
pub(crate) static INVALID_SYNTAX: Code = Code {
    name: "invalid-syntax",
    level: Severity::Error,
    docs: "\
The front matter, or `dossier.toml`, is not well-formed YAML or TOML, so nothing can be read from
it.

The label shows where parsing stopped; the mistake is there or just before. Common causes: a title
that contains a colon and a space and is not in quotes, a tab used to indent YAML, a quotation mark
or a bracket that is not closed, the same key twice, a missing line `---` after the last key.

```yaml
title: Kirby: more than 1,000 containers     # wrong: the colon starts a new key
title: \"Kirby: more than 1,000 containers\"   # right
```

Documents beyond these limits are refused too: more than 100,000 values, where an alias counts each
time it is used, or more than 64 levels of nesting.

How to fix: correct the place that the label shows, or the line before it. Quotation marks around
the whole value often help.",
};

/// A key for which there is no field.
pub(crate) static UNKNOWN_KEY: Code = Code {
    name: "unknown-key",
    level: Severity::Error,
    docs: "\
A key that does not exist here, most often a misspelling of one that does, or a key of another kind.

A misspelt key is an error, because ignoring it could do the opposite of what was meant:

```yaml
drat: true      # wrong: would publish a draft
draft: true     # right
```

In a translation, facts are unknown keys: they belong in the original only, and hold for every
language. Where words differ by language, write them there:
`role: {id: juru bicara, en: spokesperson}`.

How to fix: use the key that the help names; `dossier check --fix` does this for a near miss.
`dossier schema KIND` lists the keys of a kind.",
};

/// A value of the wrong type for its field.
pub(crate) static WRONG_TYPE: Code = Code {
    name: "wrong-type",
    level: Severity::Error,
    docs: "\
A value of the wrong type for its key: text instead of a number, or a list instead of one value.

```yaml
draft: perhaps                 # wrong: `true` or `false`
title: [NIS, the agency]       # wrong: one title; the others are `aliases`
coordinates: 42.25             # wrong: a latitude and a longitude, `[42.25, 130.29]`
by: nis                        # right: a single value is allowed instead of a list
```

The rest of the file is still read, so one run finds every mistake in it.

How to fix: write the value as the message says.",
};

/// A required field that is missing.
pub(crate) static MISSING_FIELD: Code = Code {
    name: "missing-field",
    level: Severity::Error,
    docs: "\
A required key is missing, so something has no name, no date or no end.

Every file needs a `title`, an event a `date`; a leg of a route needs `from`, `to` and `mode`; a
passage in `targets` needs `source` and `exact`; a figure needs its `value`. The message names the
key.

```yaml
legs:
  - {from: najin, mode: sea}                # wrong: where to?
  - {from: najin, to: dunay, mode: sea}     # right
```

How to fix: add the key.",
};

/// A value of the right type that is not valid.
pub(crate) static INVALID_VALUE: Code = Code {
    name: "invalid-value",
    level: Severity::Error,
    docs: "\
A value of the right type that is not valid: a date that does not exist, a latitude beyond 90
degrees, a country code that is not in ISO 3166-1, an address that is not on the web, a word that
its key does not allow.

Dates are written `2023`, `2023-09`, `2023-10-13`, `2023-09~` (about), `2023?` (uncertain) or
`2023-09-01/2023-10-01` (from/to): the Extended Date/Time Format, levels 0 and 1.

```yaml
date: 13/10/2023           # wrong: which is the month?
date: 2023-10-13           # right
country: UK                # wrong: the code is GB
coordinates: [130.3, 42.2] # wrong: the latitude comes first
status: likely             # wrong: `likelihood: likely`, and a status from its own list
```

How to fix: write one of the values that the message or its help names. `dossier check --fix` does it
where only one can be meant; of two, such as the days that `07/10/2020` may be, it takes neither.",
};

pub(crate) static CODES: [&Code; 5] =
    [&INVALID_SYNTAX, &INVALID_VALUE, &MISSING_FIELD, &UNKNOWN_KEY, &WRONG_TYPE];

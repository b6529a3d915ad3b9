//! Structured text: YAML and TOML, parsed into one tree with spans and decoded into plain structs.
//!
//! 1. [`yaml`] or [`toml`] builds a [`Node`] tree, within fixed limits.
//! 2. [`decode`] turns the tree into any `Deserialize` type and reports *every* mistake in it.
//! 3. [`reading`] says what a value means that is written in another way than its key wants.

pub(crate) mod de;
pub(crate) mod decode;
pub(crate) mod node;
pub(crate) mod patch;
pub(crate) mod reading;
pub(crate) mod repair;
pub mod toml;
pub(crate) mod values;
pub(crate) mod vtt;
pub(crate) mod write;
pub mod yaml;

pub(crate) use node::{Key, Node, Value};

use crate::base::diagnostic::{Code, Severity};

/// Front matter or settings that are not well-formed YAML or TOML.
pub(crate) static INVALID_SYNTAX: Code = Code {
    name: "invalid-syntax",
    level: Severity::Error,
    docs: "\
The front matter, or `dossier.toml`, is not well-formed YAML or TOML, so the program cannot know what all
of it says. There is one finding for each such file, at the first slip, and no rule says anything about what
is in the file.

```yaml
title: Kirby: more than 1,000 containers     # wrong: the colon starts a new key
title: \"Kirby: more than 1,000 containers\"   # right
title: @handle says                          # wrong: `@ % & * ! | > { [` cannot begin a text
title: \"@handle says\"                        # right
title: “Kirby: more”                         # wrong: curly quotation marks do not count
title: \"Kirby: more\"                         # right
by:nis                                       # wrong: no space after the colon
by: nis                                      # right
aliases: [NIS, the agency                    # wrong: the bracket is not closed
aliases: [NIS, the agency]                   # right
```

Other common slips are a tab or a special space at the start of a line, a key that is there twice, and a
line `---` that is missing, has a dash too many, or comes after an empty line. In `dossier.toml`, every text needs
quotation marks, and a key is followed by an equals sign: `title = \"Kirby\"`.

Documents beyond these limits are refused too: more than 40,000 keys and values, where an alias counts
each time it is used, or more than 64 levels of nesting.

How to fix: do what the help says. `dossier check --fix` does it where only one thing can be meant.",
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

Keys of another program, such as `tags` and `cssclasses`, are one finding each for the whole dossier. To have
them ignored, name them in `dossier.toml`; `\"*\"` stands for all that are not a near miss:

```toml
ignore_keys = [\"tags\", \"cssclasses\", \"position\"]
```

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

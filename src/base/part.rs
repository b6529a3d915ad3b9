//! Optional parts of the program: cargo features, on by default.

/// An optional part.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// References in a citation style.
    Bibliography,
    /// Pictures made of drawings: social cards, and the icon for what takes no SVG.
    Cards,
    /// Asking other hosts whether links are good.
    Links,
    /// Signatures and time stamps of what is published.
    Seals,
    /// Importing spreadsheets.
    Spreadsheets,
    /// Publishing to object stores and servers, and reading a published site.
    Stores,
}

impl Part {
    /// All of them.
    pub(crate) const ALL: [Part; 6] =
        [Part::Bibliography, Part::Cards, Part::Links, Part::Seals, Part::Spreadsheets, Part::Stores];

    /// Whether this program has it.
    pub(crate) const fn is_here(self) -> bool {
        match self {
            Part::Bibliography => cfg!(feature = "bibliography"),
            Part::Cards => cfg!(feature = "cards"),
            Part::Links => cfg!(feature = "links"),
            Part::Seals => cfg!(feature = "seals"),
            Part::Spreadsheets => cfg!(feature = "spreadsheets"),
            Part::Stores => cfg!(feature = "stores"),
        }
    }

    pub(crate) const fn feature(self) -> &'static str {
        match self {
            Part::Bibliography => "bibliography",
            Part::Cards => "cards",
            Part::Links => "links",
            Part::Seals => "seals",
            Part::Spreadsheets => "spreadsheets",
            Part::Stores => "stores",
        }
    }

    /// Whether sites lack something without it.
    pub(crate) const fn is_of_the_site(self) -> bool {
        matches!(self, Part::Bibliography | Part::Cards)
    }

    /// The message for anyone who asks for a part that this program lacks.
    #[cfg(not(all(
        feature = "cards",
        feature = "links",
        feature = "seals",
        feature = "spreadsheets",
        feature = "stores"
    )))]
    pub(crate) fn lacking(self) -> String {
        let feature = self.feature();
        format!(
            "this program was built without `{feature}`; \
             `cargo install --path . --features {feature}` builds one that has it"
        )
    }
}

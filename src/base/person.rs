//! The parts of a person's name, as bibliographies write them.

/// A name with the family name first, taken apart.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Person<'a> {
    /// The words before the family name that belong to it: the *de* of *de Vries, Joey*.
    pub particle: &'a str,
    pub family: &'a str,
    pub given: &'a str,
    /// The words after the given names that belong before the family name: the *von* of *Humboldt, Alexander von*.
    pub dropped: &'a str,
    /// *Jr.*, *III*
    pub suffix: &'a str,
}

/// What follows a name and is no name.
const SUFFIXES: [&str; 10] = ["jr", "jnr", "sr", "snr", "ii", "iii", "iv", "phd", "md", "esq"];

/// Takes a name apart; `None` if it has no comma: then it is kept as it is.
pub(crate) fn read(name: &str) -> Option<Person<'_>> {
    let (family, rest) = name.split_once(',')?;
    let (family, rest) = (family.trim(), rest.trim());
    // `Martin Luther King, Jr.`, `Siti Rahayu, S.H., M.H.`: no given name follows the comma.
    if let Some((given, family)) = family.rsplit_once(' ')
        && rest.split(',').all(|part| is_suffix(part.trim()) || is_degree(part.trim()))
    {
        return Some(Person { family, given: given.trim_end(), suffix: rest, ..Person::default() });
    }
    // `Stewart, Thomas W., Jr.`, `Stewart, Jr., Thomas W.`, `Stewart Jr., Thomas W.`
    let (given, suffix) = match rest.rsplit_once(',').map(|(start, end)| (start.trim(), end.trim())) {
        Some((given, suffix)) if is_suffix(suffix) => (given, suffix),
        Some((suffix, given)) if is_suffix(suffix) => (given, suffix),
        _ => (rest, ""),
    };
    let (family, suffix) = match family.rsplit_once(' ') {
        Some((family, last)) if suffix.is_empty() && is_suffix(last) => (family.trim_end(), last),
        _ => (family, suffix),
    };
    let start = family.split_inclusive(' ').take_while(|word| is_particle(word)).map(str::len).sum::<usize>();
    // A family name is not all particles.
    let (particle, family) = family.split_at(if start == family.len() { 0 } else { start });
    let ends =
        given.rsplit(' ').take_while(|word| is_particle(word)).map(|word| word.len() + 1).sum::<usize>();
    let (given, dropped) = given.split_at(given.len().saturating_sub(ends));
    let (given, dropped) = if given.is_empty() { (dropped, "") } else { (given, dropped) };
    Some(Person { particle: particle.trim(), family, given: given.trim(), dropped: dropped.trim(), suffix })
}

/// Whether a word of a name is a particle: all in lower case, as *van*, *de la*, *al-* and *d’* are.
fn is_particle(word: &str) -> bool {
    let word = word.trim();
    word.chars().any(char::is_alphabetic)
        && word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '\u{2019}' | '-'))
}

/// Academic degrees of Indonesia and of English-speaking countries, without their full stops. As initials of given
/// names, most are rare.
const DEGREES: [&str; 30] = [
    "ba", "bsc", "drph", "edd", "jd", "llb", "llm", "lcm", "ma", "mba", "mh", "mkes", "mkom", "mm", "mpd",
    "mph", "msc", "msi", "mt", "sag", "se", "sh", "sip", "skom", "sos", "spd", "ssi", "ssos", "st", "stp",
];

/// Whether a part of a name is an academic degree: `S.H.`, `M.Sc.`
pub(crate) fn is_degree(part: &str) -> bool {
    part.contains('.') && DEGREES.contains(&part.replace('.', "").to_lowercase().as_str())
}

/// Whether a part of a name is what follows a name, such as `Jr.`
pub(crate) fn is_suffix(part: &str) -> bool {
    SUFFIXES.contains(&part.replace('.', "").to_lowercase().as_str())
}

impl Person<'_> {
    /// Whether a comma separates the suffix from the name.
    pub(crate) fn has_comma(&self) -> bool {
        self.suffix.contains(|c: char| c.is_lowercase() || c == '.')
    }

    /// The name as people say it: `Thomas W. Stewart, Jr.`
    pub(crate) fn plain(&self) -> String {
        let Person { particle, family, given, dropped, suffix } = self;
        let words = [*given, *dropped, *particle, *family];
        let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(" ");
        match (suffix.is_empty(), self.has_comma()) {
            (true, _) => name,
            (false, true) => format!("{name}, {suffix}"),
            (false, false) => format!("{name} {suffix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_parts() {
        for (name, [particle, family, given, dropped, suffix], plain) in [
            ("Doe, Jane", ["", "Doe", "Jane", "", ""], "Jane Doe"),
            ("de Vries, Joey", ["de", "Vries", "Joey", "", ""], "Joey de Vries"),
            ("van der Berg, A. B.", ["van der", "Berg", "A. B.", "", ""], "A. B. van der Berg"),
            ("De Gaulle, Charles", ["", "De Gaulle", "Charles", "", ""], "Charles De Gaulle"),
            ("Humboldt, Alexander von", ["", "Humboldt", "Alexander", "von", ""], "Alexander von Humboldt"),
            ("d’Ormesson, Jean", ["", "d’Ormesson", "Jean", "", ""], "Jean d’Ormesson"),
            ("Stewart, Thomas W., Jr.", ["", "Stewart", "Thomas W.", "", "Jr."], "Thomas W. Stewart, Jr."),
            ("Stewart, Jr., Thomas W.", ["", "Stewart", "Thomas W.", "", "Jr."], "Thomas W. Stewart, Jr."),
            ("King Jr., Martin Luther", ["", "King", "Martin Luther", "", "Jr."], "Martin Luther King, Jr."),
            ("Marcos, Ferdinand, III", ["", "Marcos", "Ferdinand", "", "III"], "Ferdinand Marcos III"),
            ("García Márquez, Gabriel", ["", "García Márquez", "Gabriel", "", ""], "Gabriel García Márquez"),
            ("Martin Luther King, Jr.", ["", "King", "Martin Luther", "", "Jr."], "Martin Luther King, Jr."),
            ("Siti Rahayu, S.H., M.H.", ["", "Rahayu", "Siti", "", "S.H., M.H."], "Siti Rahayu, S.H., M.H."),
            ("Jane Doe, MD", ["", "Doe", "Jane", "", "MD"], "Jane Doe MD"),
            ("Rowling, J. K.", ["", "Rowling", "J. K.", "", ""], "J. K. Rowling"),
            ("hooks, bell", ["", "hooks", "bell", "", ""], "bell hooks"),
            ("Plato,", ["", "Plato", "", "", ""], "Plato"),
            (", Jane", ["", "", "Jane", "", ""], "Jane"),
        ] {
            let person = read(name).unwrap();
            assert_eq!(person, Person { particle, family, given, dropped, suffix }, "{name}");
            assert_eq!(person.plain(), plain);
        }
        assert_eq!((read("Bellingcat"), read("")), (None, None));
    }
}

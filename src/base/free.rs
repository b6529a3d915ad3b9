//! Names that nothing has yet.

use std::collections::HashMap;

/// Makes names that nothing has yet, by a number at the end: `ship-2`. It remembers the numbers that are taken, because
/// thousands of things may want one name, and to ask again for each number before would take time with their square.
#[derive(Debug, Default)]
pub(crate) struct FreeNames {
    /// The number to try next, for each name.
    next: HashMap<String, usize>,
}

impl FreeNames {
    /// `wanted`, or the first of its numbered forms that is free. What is not free must not become so again.
    pub(crate) fn name(
        &mut self,
        wanted: &str,
        numbered: impl Fn(usize) -> String,
        is_free: impl Fn(&str) -> bool,
    ) -> String {
        if is_free(wanted) {
            return wanted.to_owned();
        }
        let next = self.next.entry(wanted.to_owned()).or_insert(2);
        loop {
            let name = numbered(*next);
            *next += 1;
            if is_free(&name) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_name_is_the_first_that_is_free_and_few_are_tried() {
        let mut taken = BTreeSet::from(["a-3".to_owned()]);
        let mut names = FreeNames::default();
        let asked = Cell::new(0);
        for wanted in std::iter::repeat_n(["a", "b"], 500).flatten() {
            let is_free = |name: &str| {
                asked.set(asked.get() + 1);
                !taken.contains(name)
            };
            let name = names.name(wanted, |number| format!("{wanted}-{number}"), is_free);
            assert!(taken.insert(name));
        }
        assert!(taken.contains("a-501") && taken.contains("b-500") && asked.get() < 2_100, "{asked:?}");
    }
}

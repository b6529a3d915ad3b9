//! Sets names into the text of a page. A name may be written in the other direction than the text around it, and
//! then punctuation and figures beside it would move to its wrong side. `<bdi>` isolates it.

use crate::base::bidi::{Direction, first};
use crate::base::markup::escape;

/// How names are set on the pages of a language.
#[derive(Copy, Clone)]
pub(crate) struct Names {
    /// The direction of the pages.
    around: Direction,
    /// Whether the site has texts of both directions. Then any name may be within text of the other one, so all are
    /// isolated. Otherwise only those are that have letters of the other direction.
    is_mixed: bool,
}

impl Names {
    /// For the pages of a language whose direction is `around`, in a site with languages of these directions.
    pub(crate) fn new(around: Direction, mut site: impl Iterator<Item = Direction>) -> Names {
        Names { around, is_mixed: around.is_rtl() || site.any(Direction::is_rtl) }
    }

    /// Writes a name as HTML.
    pub(crate) fn write(self, name: &str, html: &mut String) {
        let (start, end) = self.marks(name);
        html.push_str(start);
        escape(name, html);
        html.push_str(end);
    }

    /// The tags around a name.
    pub(crate) fn marks(self, name: &str) -> (&'static str, &'static str) {
        if !self.is_mixed && !self.around.is_crossed_by(name) {
            return ("", "");
        }
        let direction = self.around.of_name(name);
        // Without `dir`, `<bdi>` goes by the first letter.
        let start = match first(name) {
            Some(first) if first != direction => match direction {
                Direction::LeftToRight => "<bdi dir=\"ltr\">",
                Direction::RightToLeft => "<bdi dir=\"rtl\">",
            },
            _ => "<bdi>",
        };
        (start, "</bdi>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{LeftToRight, RightToLeft};

    #[test]
    fn names_are_isolated_where_directions_meet() {
        let written = |around, site: &[Direction], name: &str| {
            let mut html = String::new();
            Names::new(around, site.iter().copied()).write(name, &mut html);
            html
        };
        let (latin, mixed) = ([LeftToRight], [LeftToRight, RightToLeft]);
        assert_eq!(written(LeftToRight, &latin, "Kim & Co (2)"), "Kim &amp; Co (2)");
        assert_eq!(written(LeftToRight, &latin, "دبي (2)"), "<bdi>دبي (2)</bdi>");
        assert_eq!(written(LeftToRight, &mixed, "Kim (2)"), "<bdi>Kim (2)</bdi>");
        assert_eq!(written(RightToLeft, &mixed, "Kim (2)"), "<bdi>Kim (2)</bdi>");
        assert_eq!(written(RightToLeft, &mixed, "S-300 في"), "<bdi dir=\"rtl\">S-300 في</bdi>");
    }
}

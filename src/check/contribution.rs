//! What the findings about a contribution mean; `untrusted` makes them.

use crate::base::diagnostic::{Code, Severity};

pub(crate) static UNTRUSTED_CHANGE: Code = Code {
    name: "untrusted-change",
    level: Severity::Error,
    docs: "\
Something in a contribution that somebody who maintains the dossier has to look at, because it
decides more than what one page says. `dossier check --untrusted BASE` compares the dossier with
`BASE` and reports

- whatever is outside of `content/`: the theme, styles of citations, scripts, build files, hidden
  files, and files outside of the dossier's folder;
- settings in `dossier.toml`, except `title` and `description`;
- in `content/`, files that are none of: Markdown, pictures, sound, video, PDF, plain text and
  tables, paths and places; so also HTML, scripts, and drawings and PDFs that run something;
- a new page (in `pages/`), or another title or `order` of one: every page has these in its menu;
- links, submodules, files that can be executed, and names with control characters;
- a file of more than 10 MB, more than 200 files, more than 50 MB together, more than 10 deletions;
- files that programs look for at the top of a site, such as `ads.txt`;
- a draft or an embargo that ends earlier, or is deleted;
- a page that the change holds back, as by `draft: true`;
- a comment that is changed or removed, because what it says may become a part of the page;
- whatever is in `BASE` and not on its site, and would be on the site now: a text or a file where it
  was, because a text refers to it, because it belongs to a recording, or because what held it back
  is gone; a copy of it with another name; eight words in a row of it, or the whole of a comment of
  four words, in any text or file. It does not matter where in the repository it was.

How to fix: if you made the contribution, take the change out, and ask for it separately. If you
maintain the dossier, read the change; if it is right, make it yourself.",
};

//! Addresses written without any markup become links, by GitHub's rules (the extension "autolinks" of the
//! [GFM spec](https://github.github.com/gfm/#autolinks-extension-)): `www.`, `http://`, `https://`, `ftp://`
//! and e-mail addresses, without the punctuation after them.
//!
//! In two points these rules are wider, because GitHub's assume a script with spaces: an address may follow a
//! letter that is not ASCII, and ends before the punctuation of such a script.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// The most bytes of a domain, with room for one that is not in ASCII, and of what comes after it. They keep
/// the time linear.
const LONGEST_DOMAIN: usize = 1 << 10;
const LONGEST_PATH: usize = 8 << 10;

/// Events with a link in place of each bare address.
pub(super) struct Addresses<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> {
    events: Peekable<I>,
    body: &'a str,
    /// The places of what every address has: `://`, `@` or `www.`. Sorted.
    marks: Vec<usize>,
    ready: VecDeque<(Event<'a>, Range<usize>)>,
    /// The number of open containers in which words are no links.
    closed: usize,
}

/// An address, by its place in the body.
struct Found {
    range: Range<usize>,
    kind: LinkType,
    /// What is written before it to make a whole address of it.
    before: &'static str,
}

/// Words as the parser gives them.
struct Piece<'a> {
    text: CowStr<'a>,
    range: Range<usize>,
    /// Whether they read as they are written. A piece may be long, and have many addresses.
    is_unchanged: bool,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Addresses<'a, I> {
    pub(super) fn new(events: I, body: &'a str) -> Addresses<'a, I> {
        let bytes = body.as_bytes();
        let schemes = memchr::memmem::find_iter(bytes, b"://");
        let www = memchr::memchr_iter(b'.', bytes)
            .filter_map(|at| at.checked_sub(3))
            .filter(|&at| bytes[at..at + 3].eq_ignore_ascii_case(b"www"));
        let mut marks: Vec<usize> = schemes.chain(memchr::memchr_iter(b'@', bytes)).chain(www).collect();
        marks.sort_unstable();
        Addresses { events: events.peekable(), body, marks, ready: VecDeque::new(), closed: 0 }
    }

    /// Whether words may be a part of an address: its mark is in them, or further on in their line.
    fn may_be_of_address(&self, range: &Range<usize>) -> bool {
        let next = self.marks.partition_point(|mark| *mark < range.start);
        self.marks.get(next).is_some_and(|&mark| {
            mark < range.end
                || (mark - range.end <= LONGEST_DOMAIN
                    && !self.body.as_bytes()[range.end..mark].contains(&b'\n'))
        })
    }

    /// Prepares the events for words: those that begin with `first`, and what belongs to their addresses.
    fn words(&mut self, text: CowStr<'a>, range: Range<usize>) {
        let mut done = range.start;
        let mut run = vec![self.piece(text, range)];
        self.adjacent(&mut run);
        let mut end = end_of(&run);
        // The first piece that is not done.
        let mut first = 0;
        while let Some(mut found) = next_address(self.body, done..end) {
            if found.range.end > end {
                // Emphasis within an address is a part of it.
                self.within(&mut run, found.range.end);
                end = end_of(&run);
                found.range.end = found.range.end.min(end);
            }
            self.pieces(&run[first..], done..found.range.start);
            self.link(&run[first..], &found);
            done = found.range.end;
            first += run[first..].iter().take_while(|piece| piece.range.end <= done).count();
        }
        self.pieces(&run[first..], done..end);
    }

    fn piece(&self, text: CowStr<'a>, range: Range<usize>) -> Piece<'a> {
        let is_unchanged = self.body.get(range.clone()) == Some(&*text);
        Piece { text, range, is_unchanged }
    }

    /// Takes the words that directly follow, if need be after a backslash.
    fn adjacent(&mut self, run: &mut Vec<Piece<'a>>) {
        let body = self.body;
        loop {
            let end = end_of(run);
            let is_next = |(event, range): &(Event<'a>, Range<usize>)| {
                matches!(event, Event::Text(_))
                    && body.get(end..range.start).is_some_and(|gap| matches!(gap, "" | "\\"))
            };
            let Some((Event::Text(text), range)) = self.events.next_if(is_next) else { break };
            run.push(self.piece(text, range));
        }
    }

    /// Takes everything that ends before `limit`, if it is only words and emphasis.
    fn within(&mut self, run: &mut Vec<Piece<'a>>, limit: usize) {
        let is_within = |(event, range): &(Event<'a>, Range<usize>)| match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => range.end <= limit,
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => range.end <= limit,
            Event::Text(_) => range.start < limit,
            _ => false,
        };
        while let Some((event, range)) = self.events.next_if(is_within) {
            match event {
                Event::Text(text) => run.push(self.piece(text, range)),
                // The mark itself, which belongs to the address.
                Event::End(_) => run.push(self.piece(CowStr::Borrowed(""), range.end..range.end)),
                _ => {}
            }
        }
        self.adjacent(run);
    }

    /// Passes on the words within a range.
    fn pieces(&mut self, run: &[Piece<'a>], within: Range<usize>) {
        for Piece { text, range, is_unchanged } in run.iter().take_while(|one| one.range.start < within.end) {
            let part = range.start.max(within.start)..range.end.min(within.end);
            if part.is_empty() {
                continue;
            }
            match self.body.get(part.clone()) {
                Some(words) if *is_unchanged => {
                    self.ready.push_back((Event::Text(CowStr::Borrowed(words)), part));
                }
                // What is not written as it reads, such as `&amp;`, is not divided.
                _ if part.start == range.start => {
                    self.ready.push_back((Event::Text(text.clone()), range.clone()));
                }
                _ => {}
            }
        }
    }

    fn link(&mut self, run: &[Piece<'a>], found: &Found) {
        let words = address(self.body, run, &found.range);
        let target = CowStr::from(format!("{}{words}", found.before));
        let tag = Tag::Link { link_type: found.kind, dest_url: target, title: "".into(), id: "".into() };
        let range = || found.range.clone();
        self.ready.push_back((Event::Start(tag), range()));
        self.ready.push_back((Event::Text(words.into()), range()));
        self.ready.push_back((Event::End(TagEnd::Link), range()));
    }
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for Addresses<'a, I> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        let (event, range) = self.events.next()?;
        if self.marks.is_empty() {
            return Some((event, range));
        }
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                self.closed += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                self.closed = self.closed.saturating_sub(1);
            }
            Event::Text(text) if self.closed == 0 && self.may_be_of_address(&range) => {
                self.words(text, range);
                return self.next();
            }
            _ => {}
        }
        Some((event, range))
    }
}

fn end_of(run: &[Piece<'_>]) -> usize {
    run.last().map_or(0, |piece| piece.range.end)
}

/// An address as its author means it: without the backslashes before `_`, and with `&` for `&amp;`, but with
/// two hyphens where the parser has a dash.
fn address(body: &str, run: &[Piece<'_>], range: &Range<usize>) -> String {
    let mut address = String::with_capacity(range.len());
    let mut done = range.start;
    for Piece { text, range: piece, .. } in run.iter().take_while(|one| one.range.start < range.end) {
        if piece.end < done {
            continue;
        }
        let gap = body.get(done..piece.start.max(done)).unwrap_or_default();
        address.push_str(if gap == "\\" { "" } else { gap });
        let part = piece.start.max(done)..piece.end.min(range.end);
        let written = body.get(part.clone()).unwrap_or_default();
        address.push_str(if written.starts_with('&') && part == *piece { text } else { written });
        done = part.end.max(done);
    }
    address.push_str(body.get(done..range.end).unwrap_or_default());
    address
}

/// The first address that begins in a range of the body. It may end after the range.
fn next_address(body: &str, within: Range<usize>) -> Option<Found> {
    let mut unbroken = 0..0;
    memchr::memchr3_iter(b':', b'@', b'.', &body.as_bytes()[within.clone()])
        .find_map(|at| found_at(body, within.start, within.start + at, &mut unbroken))
}

/// The address that the mark at `at` is a part of, from `from` on.
///
/// `unbroken` is a range that has no end of an address, so what is in it is not looked at for each address again.
fn found_at(body: &str, from: usize, at: usize, unbroken: &mut Range<usize>) -> Option<Found> {
    let (before, rest) = (&body[from..at], &body[at..]);
    match rest.as_bytes()[0] {
        b':' if rest.starts_with("://") => {
            let start = before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
            let scheme = before[start..].to_ascii_lowercase();
            let is_known = matches!(scheme.as_str(), "http" | "https" | "ftp");
            let follows = body[..from + start].chars().next_back();
            if !is_known || follows.is_some_and(|c| c.is_ascii_alphanumeric()) {
                return None;
            }
            let domain = domain_length(&rest[3..])?;
            let start = from + start;
            let length = whole_length(body, start, at + 3 + domain, unbroken)?;
            Some(Found { range: start..start + length, kind: LinkType::Autolink, before: "" })
        }
        b'.' => {
            let start = before.len().checked_sub(3)?;
            if !before.get(start..)?.eq_ignore_ascii_case("www") {
                return None;
            }
            let follows = body[..from + start].chars().next_back();
            let is_inside =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | ':' | '-' | '@' | '=' | '&');
            if follows.is_some_and(is_inside) {
                return None;
            }
            let start = from + start;
            let domain = domain_length(&body[start..]).filter(|length| *length > "www.".len())?;
            let length = whole_length(body, start, start + domain, unbroken)?;
            Some(Found { range: start..start + length, kind: LinkType::Autolink, before: "http://" })
        }
        b'@' => {
            let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
            let start = before.trim_end_matches(is_local).len();
            if start == before.len() || before[..start].ends_with('/') {
                return None;
            }
            let domain =
                rest[1..].find(|c| !is_local(c) || c == '+').map_or(&rest[1..], |end| &rest[1..=end]);
            let domain = domain.trim_end_matches('.');
            let is_domain = domain.contains('.') && !domain.ends_with(['-', '_']) && !domain.contains("..");
            if !is_domain || domain.starts_with('.') {
                return None;
            }
            let end = at + 1 + domain.len();
            let scheme = ["mailto:", "xmpp:"].into_iter().find(|scheme| before[..start].ends_with(scheme));
            Some(match scheme {
                Some(scheme) => {
                    Found { range: from + start - scheme.len()..end, kind: LinkType::Autolink, before: "" }
                }
                None => Found { range: from + start..end, kind: LinkType::Email, before: "" },
            })
        }
        _ => None,
    }
}

/// The length of a domain: at least one letter or digit, and no underscore in its last two parts.
fn domain_length(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(LONGEST_DOMAIN)];
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let domain = text.find(|c| !is_part(c)).map_or(text, |end| &text[..end]);
    let shown = domain.trim_end_matches(['.', '-', '_']);
    let has_underscore = shown.rsplit('.').take(2).any(|part| part.contains('_'));
    (!shown.is_empty() && !has_underscore && !shown.starts_with('.')).then_some(shown.len())
}

/// The length of an address from `start` whose domain ends at `domain`. None if it is too long.
fn whole_length(body: &str, start: usize, domain: usize, unbroken: &mut Range<usize>) -> Option<usize> {
    let reach = body.floor_char_boundary(domain + LONGEST_PATH);
    let known = if unbroken.contains(&domain) { unbroken.end.min(reach) } else { domain };
    let end = match body[known..reach].find(ends_address) {
        Some(end) => known + end,
        None if reach == body.len() => reach,
        None => {
            *unbroken = domain..reach;
            return None;
        }
    };
    Some(domain - start + trimmed(&body[domain..end]))
}

/// White space, `<`, and the punctuation of scripts without spaces.
fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '`' | '“' | '”' | '«' | '»' | '‹' | '›' | '„' | '…' | '、'..='〟' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='､')
}

/// The length of a path without the punctuation that belongs to the sentence.
fn trimmed(path: &str) -> usize {
    // How many more brackets of each sort are closed than opened.
    let surplus = |open: char, close: char| {
        path.chars().map(|c| i32::from(c == close) - i32::from(c == open)).sum::<i32>()
    };
    let mut brackets = [(')', surplus('(', ')')), (']', surplus('[', ']')), ('}', surplus('{', '}'))];
    let mut rest = path;
    while let Some(last) = rest.chars().next_back() {
        let before = &rest[..rest.len() - last.len_utf8()];
        rest = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '|' | '\\' => before,
            // What looks like a reference to a character.
            ';' => {
                let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                name.strip_suffix('&').unwrap_or(before)
            }
            _ => match brackets.iter_mut().find(|(bracket, surplus)| *bracket == last && *surplus > 0) {
                Some((_, surplus)) => {
                    *surplus -= 1;
                    before
                }
                None => break,
            },
        };
    }
    rest.len()
}

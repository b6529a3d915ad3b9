//! The keys that every file must have: what is said if one is missing, and where its value may come from.

use unicode_normalization::UnicodeNormalization;

use super::head::{FrontMatter, key_meant, known_keys};
use super::prose::Heading;
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::span::Span;
use crate::data;
use crate::data::repair;
use crate::load::Input;

/// Whether a key may be meant as `title`: a word for it in another program or language, or one with a slip after it.
fn is_title(key: &str) -> bool {
    const WORDS: [&str; 18] = [
        "title",
        "name",
        "headline",
        "heading",
        "subject",
        "judul",
        "nama",
        "titel",
        "titre",
        "título",
        "titulo",
        "titolo",
        "tytuł",
        "заголовок",
        "название",
        "标题",
        "タイトル",
        "العنوان",
    ];
    let key = key.nfkc().collect::<String>().to_lowercase();
    let first = key.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    WORDS.contains(&key.as_str()) || first == "title"
}

fn is_other_title(key: &str) -> bool {
    key != "title" && is_title(key)
}

impl FrontMatter {
    /// Reports missing keys that every file must have. A key with an invalid value is not missing.
    pub(super) fn demand(
        &self,
        input: &Input,
        text: &str,
        is_original: bool,
        headings: &[Heading],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.head.unread.is_some() {
            return;
        }
        let title = self.head.common.title.as_ref();
        let names: Vec<&'static str> = known_keys(input.kind, is_original);
        // The misspelt key has a finding of its own, and its fix gives what is missing.
        let is_misspelt = |name: &str| {
            let mut unknown = self.keys.iter().filter(|(key, ..)| !names.contains(&&**key));
            unknown.any(|(key, .., has_value)| *has_value && key_meant(key, &names) == Some(name))
        };
        let given = |name: &str| self.keys.iter().find(|(key, ..)| **key == *name);
        let is_blank = title.is_some_and(|title| title.trim().is_empty());
        let has_title = given("title").is_some_and(|(.., has_value)| *has_value)
            || is_misspelt("title")
            || (input.is_document() && title.is_some());
        if is_blank || !has_title {
            // Its title under another name is one slip, so one finding.
            let other = self.keys.iter().find(|(key, .., has_value)| *has_value && is_other_title(key));
            if let Some((_, span, ..)) = other.filter(|_| title.is_none()) {
                let is_of_key = |found: &Diagnostic| {
                    found.code == data::UNKNOWN_KEY.name
                        && found.labels.first().is_some_and(|label| label.span == *span)
                };
                diagnostics.retain(|found| !is_of_key(found));
            }
            diagnostics.push(self.without_title(input, text, headings));
        }
        let has_date = given("date").is_some_and(|(.., has_value)| *has_value) || is_misspelt("date");
        if is_original && input.kind.needs_date() && !has_date {
            let help = match given("date") {
                Some(_) => "write the day after `date:`, as in `date: 2023-10-13`",
                None => "add a line with the day, such as `date: 2023-10-13`",
            };
            diagnostics.push(self.missing(input, "date").help(help));
        }
        let has_no_file = self.head.common.image.as_ref().is_some_and(|image| image.src.is_none())
            && self.head.has_read("image");
        if let Some((_, _, value, _)) = given("image").filter(|_| has_no_file && is_original) {
            let found = Diagnostic::error(data::MISSING_FIELD.name, "`image` names no file");
            let help =
                "write the name of a file beside this one, as in `image: {src: b.png}`, or delete the line";
            diagnostics.push(found.at(&input.path, *value, "no picture").help(help));
        }
        if let Some((_, key, value, false)) = given("embargo") {
            let span = if value.is_empty() { *key } else { *value };
            let found = Diagnostic::error(data::MISSING_FIELD.name, "`embargo` has no date");
            let help =
                "write the day from which it may be published, or delete the line; until then it is left out";
            diagnostics.push(found.at(&input.path, span, "needs a day").help(help));
        }
    }

    fn missing(&self, input: &Input, name: &str) -> Diagnostic {
        let (span, label) = match (self.keys.iter().find(|(key, ..)| **key == *name), self.opening) {
            (Some((_, key, value, _)), _) if value.is_empty() => (*key, "nothing follows it"),
            (Some((_, _, value, _)), _) => (*value, "this means nothing"),
            (None, Some(opening)) => (opening, "not in this front matter"),
            (None, None) => (Span::empty(0), "this file has no front matter"),
        };
        let message = format!("`{name}` is missing");
        Diagnostic::error(data::MISSING_FIELD.name, message).at(&input.path, span, label)
    }

    /// The finding for a missing title, with a title made from what the author wrote elsewhere.
    fn without_title(&self, input: &Input, text: &str, headings: &[Heading]) -> Diagnostic {
        let found = self.missing(input, "title");
        let path = &input.path;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let given = self.keys.iter().find(|(key, ..)| &**key == "title");
        // What YAML takes for a comment or for nothing may be the title.
        if let Some((_, key, value, false)) = given {
            let written = text[value.range()].trim();
            if written.chars().any(char::is_alphabetic) {
                let title =
                    format!("`{written}` means nothing in YAML; a title of that word needs quotation marks");
                let quoted = repair::line::quoted(written);
                return found.help(title).fix("put the title in quotation marks", path, *value, quoted);
            }
            let end =
                text[key.range().end..].find(['\r', '\n']).map_or(text.len(), |at| key.range().end + at);
            let rest = &text[key.range().end..end];
            if let Some(at) = rest.find('#').filter(|at| rest[at + 1..].starts_with(char::is_alphanumeric)) {
                let start = key.range().end + at;
                let span = Span::new(start, start + rest[at..].trim_end().len());
                let help = "a text after ` #` is a comment in YAML; a title that begins with `#` needs quotation marks";
                let quoted = repair::line::quoted(&text[span.range()]);
                return found.help(help).fix("put the title in quotation marks", path, span, quoted);
            }
        }
        // A heading further down is that of a part, not the title of the whole.
        let begins = text[self.body..].trim_start().starts_with('#');
        let mut titles =
            headings.iter().enumerate().filter(|(at, heading)| heading.level == 1 || *at == 0 && begins);
        let heading = titles.next().map(|(_, heading)| heading.text.trim()).filter(|text| !text.is_empty());
        let (title, from) = match heading {
            Some(heading) => (heading.to_owned(), "its first heading"),
            None => (title_of_name(input.id.as_str()), "the file's name"),
        };
        if title.is_empty() {
            return found.help("add a line `title: what it is called`");
        }
        let (sign, title) = (if self.head.toml { " = " } else { ": " }, repair::line::quoted(&title));
        let fix = format!("take the title from {from}");
        // It may be there, in a comment.
        let front = &text[self.head.span.range()];
        let is_title_comment = |line: &str| {
            let content = line.trim_start().strip_prefix('#').map(str::trim_start);
            content.is_some_and(|content| content.starts_with("title:") || content.starts_with("title ="))
        };
        if front.lines().any(is_title_comment) {
            return found.help("remove the `#` before `title`: what follows it is a comment");
        }
        // Its title may be there under another name.
        let mut others = self.keys.iter().filter(|(key, .., has_value)| *has_value && is_other_title(key));
        if let Some((name, key, ..)) = others.next() {
            let found = found.help(format!("did you mean `title` by `{name}`?"));
            let edit = Edit { path: path.clone(), span: *key, replacement: "title".into() };
            return found.choice(Fix::new(format!("write `title` for `{name}`"), vec![edit]));
        }
        let found = found.help(format!("add a line `title{sign}{title}`, after {from}"));
        match (given, self.opening) {
            (Some((_, _, value, _)), _) if !value.is_empty() => found.fix(fix, path, *value, title),
            (Some((_, key, ..)), _) => {
                let after = key.range().end;
                let at = text[after..].find([':', '=']).map_or(after, |at| after + at + 1);
                // An empty block of text, or spaces.
                let line = text[at..].lines().next().unwrap_or_default();
                let old = line.split(" #").next().unwrap_or(line);
                found.fix(fix, path, Span::new(at, at + old.len()), format!(" {title}"))
            }
            // As Obsidian leaves it when the last property is removed.
            (None, Some(_)) if matches!(front.trim(), "{}" | "null" | "~") => {
                found.fix(fix, path, self.head.span, format!("title{sign}{title}{newline}"))
            }
            (None, Some(_)) => {
                let span = Span::empty(self.head.span.range().start);
                found.fix(fix, path, span, format!("title{sign}{title}{newline}"))
            }
            (None, None) => {
                let front = format!("---{newline}title: {title}{newline}---{newline}{newline}");
                found.fix(fix, path, Span::empty(self.body), front)
            }
        }
    }
}

/// A title made from the name of a file: `kirby-barracks` is "Kirby barracks", and `Kirby Barracks` stays.
fn title_of_name(name: &str) -> String {
    if name.contains(char::is_whitespace) || name.chars().any(char::is_uppercase) {
        return name.trim().to_owned();
    }
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

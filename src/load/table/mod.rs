//! Tables whose rows are entities: `content/actors.csv` is read as if each row were a file of `content/actors/`.
//!
//! [`Tables`] is a world in which these files are, so every later stage reads, checks and edits them as files.
//! [`lowered`] turns changes of such files into changes of cells before anything is written, and [`raised`] turns the
//! places of findings into places in the table before anybody reads them; [`Lookup`] does so for any other place.

mod names;
mod problems;
mod row;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use problems::Problem;
pub(super) use problems::problem;
use row::{Column, ID, Text};
use sheet::Sheet;

use super::CONTENT;
use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::base::encoding;
use crate::base::id::EntityId;
use crate::base::path::{InputPath, folded};
use crate::base::span::Span;
use crate::kinds::KindId;
use crate::world::edit::{self, Changes, Rewrite};
use crate::world::{Access, Entry, LARGEST_TEXT, World};

/// The kind of the rows of a table, if that is where a table is: `content/actors.csv`.
pub(crate) fn kind_at(path: &InputPath) -> Option<KindId> {
    let name = path.as_str().strip_prefix(CONTENT)?.strip_prefix('/')?.strip_suffix(".csv")?;
    KindId::in_folder(name)
}

/// Where the table is of the folder of a file: `content/actors.csv` of `content/actors/nis.md`.
pub(crate) fn table_of(path: &InputPath) -> Option<InputPath> {
    let table = InputPath::from(format!("{}.csv", path.folder()));
    (path.extension() == Some("md") && kind_at(&table).is_some()).then_some(table)
}

/// The table of a folder, if it may have one.
pub(crate) fn of_folder(path: &InputPath) -> Option<InputPath> {
    let table = InputPath::from(format!("{path}.csv"));
    kind_at(&table).map(|_| table)
}

/// The folder in which the rows of a table are as files, if this is one.
pub(crate) fn folder_of(path: &InputPath) -> Option<InputPath> {
    kind_at(path)?;
    Some(path.as_str().strip_suffix(".csv")?.into())
}

/// A table that was read.
struct Table {
    kind: KindId,
    text: String,
    sheet: Sheet,
    columns: Vec<Column>,
    /// The number of each row's place among all rows, its language, and its text.
    rows: BTreeMap<InputPath, (usize, Option<String>, Text)>,
    problems: Vec<Problem>,
}

impl Table {
    fn read(path: &InputPath, bytes: &[u8]) -> Table {
        let kind = kind_at(path).unwrap_or(KindId::Note);
        let mut problems = Vec::new();
        let text = match encoding::utf_8(bytes) {
            Ok(text) if text.len() as u64 > LARGEST_TEXT => {
                let why = format!("it is larger than {} MB; split it", LARGEST_TEXT >> 20);
                problems.push(Problem::new(why, Span::empty(0)));
                String::new()
            }
            Ok(text) => text.to_owned(),
            Err(likely) => {
                let message = format!("it is not in UTF-8{likely}; save it as \"CSV UTF-8\"");
                problems.push(Problem::new(message, Span::empty(0)));
                String::new()
            }
        };
        let sheet = Sheet::read(&text).unwrap_or_else(|at| {
            let why = "this quotation mark is not closed".to_owned();
            problems.push(Problem::new(why, Span::new(at, at + 1)));
            Sheet { separator: b',', rows: Vec::new() }
        });
        let columns = sheet.columns();
        let mut table = Table { kind, text, sheet, columns, rows: BTreeMap::new(), problems };
        table.read_names();
        table.find_rows(path);
        table
    }

    fn find_rows(&mut self, path: &InputPath) {
        let Some(folder) = folder_of(path) else { return };
        let Some(id_at) = self.columns.iter().position(|column| column.key == ID) else {
            if self.problems.is_empty() {
                let why = "there is no column `id`, with a name of its own for each row: letters, digits and hyphens";
                self.problems.push(Problem::new(why.to_owned(), Span::empty(0)));
            }
            return;
        };
        let mut names: BTreeSet<String> = BTreeSet::new();
        for column in &self.columns {
            if !column.key.is_empty() && !names.insert(column.name()) {
                let why = format!("there are two columns `{}`", column.name());
                self.problems.push(Problem::new(why, column.span));
            }
        }
        let mut taken = BTreeSet::new();
        for (number, cells) in self.sheet.rows.iter().enumerate().skip(1) {
            if cells.iter().all(|cell| cell.words.is_empty()) {
                continue;
            }
            let first = cells.first().map_or(Span::empty(0), |cell| row::span(&cell.span));
            let cell = cells.get(id_at);
            let place = cell.map_or(first, |cell| row::span(&cell.span));
            let id = cell.map_or("", |cell| cell.words.as_str());
            let mut problem =
                |why: String| self.problems.push(Problem::new(format!("row {}: {why}", number + 1), place));
            if id.is_empty() {
                problem("it has no id, so it has no page".to_owned());
                continue;
            }
            if let Err(why) = EntityId::parse(id) {
                problem(why);
                continue;
            }
            if !taken.insert(folded(id).into_owned()) {
                problem(format!("another row has the id `{id}`"));
                continue;
            }
            if let Some(extra) = cells.get(self.columns.len()).filter(|cell| !cell.words.is_empty()) {
                problem(format!("`{}` is in no column", extra.words));
            }
            for (lang, text) in row::texts(self.kind, &self.columns, cells, &self.text) {
                let path = row::path(folder.as_str(), id, lang.as_deref());
                self.rows.insert(path, (number, lang, text));
            }
        }
    }

    /// The edits of the table after which a row says what a text says.
    fn edits(&self, table: &InputPath, file: &InputPath, after: &str) -> io::Result<Vec<Edit>> {
        let refused = || io::Error::other(format!("`{file}` is a row of `{table}`, which cannot hold this"));
        let (number, lang, text) = self.rows.get(file).ok_or_else(refused)?;
        let cells = row::changed(self.kind, &text.text, after, lang.as_deref()).ok_or_else(refused)?;
        let mut edits = Vec::new();
        let mut more: Vec<(String, String)> = Vec::new();
        for (name, words) in cells {
            match self.columns.iter().position(|column| column.name() == name) {
                Some(column) => edits.push(self.cell(table, *number, column, &words)),
                None => more.push((name, words)),
            }
        }
        // A new key is a new column.
        if let (false, Some(head), Some(last)) = (
            more.is_empty(),
            self.sheet.rows.first().and_then(|row| row.last()),
            self.sheet.rows.get(*number),
        ) {
            let separator = char::from(self.sheet.separator);
            let empty = self.columns.len().saturating_sub(last.len());
            let mut names = String::new();
            let mut words = String::from(separator).repeat(empty);
            for (name, own) in more {
                names.push_str(&format!("{separator}{}", self.sheet.written(&name)));
                words.push_str(&format!("{separator}{}", self.sheet.written(&own)));
            }
            let end = last.last().map_or(head.span.end, |cell| cell.span.end);
            for (at, replacement) in [(head.span.end, names), (end, words)] {
                edits.push(Edit { path: table.clone(), span: Span::empty(at), replacement });
            }
        }
        Ok(edits)
    }

    fn cell(&self, table: &InputPath, number: usize, column: usize, words: &str) -> Edit {
        let row = &self.sheet.rows[number];
        let written = self.sheet.written(words);
        let (span, replacement) = match (row.get(column), row.last()) {
            (Some(cell), _) => (row::span(&cell.span), written),
            (None, Some(last)) => {
                let separators =
                    String::from(char::from(self.sheet.separator)).repeat(column + 1 - row.len());
                (Span::empty(last.span.end), format!("{separators}{written}"))
            }
            (None, None) => (Span::empty(0), written),
        };
        Edit { path: table.clone(), span, replacement }
    }

    /// The place of a row, with the end of its line.
    fn line(&self, number: usize) -> Span {
        let row = &self.sheet.rows[number];
        let start = row.first().map_or(0, |cell| cell.span.start);
        let end = row.last().map_or(start, |cell| cell.span.end);
        let rest = &self.text[end..];
        let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        Span::new(start, end + newline)
    }
}

/// A world in which the rows of tables are files.
pub(crate) struct Tables {
    under: Arc<dyn World>,
    /// Those that were read, with whether they are there.
    tables: Mutex<BTreeMap<InputPath, Option<Arc<Table>>>>,
    /// Once the files were listed: those of their own that rows would be.
    own: OnceLock<BTreeSet<InputPath>>,
}

impl Tables {
    /// The world with the tables in it; itself if they are in it already.
    pub(crate) fn over(world: Arc<dyn World>) -> Arc<dyn World> {
        if world.has_tables() {
            world
        } else {
            Arc::new(Tables { under: world, tables: Mutex::default(), own: OnceLock::new() })
        }
    }

    fn table(&self, path: &InputPath) -> Option<Arc<Table>> {
        let known = || self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = known().get(path) {
            return table.clone();
        }
        let table = self.under.read(path).ok().map(|bytes| Arc::new(Table::read(path, &bytes)));
        known().entry(path.clone()).or_insert(table).clone()
    }

    /// Whether no file of its own is where a row would be.
    fn is_free(&self, path: &InputPath) -> bool {
        match self.own.get() {
            Some(own) => !own.contains(path),
            None => self.under.read(path).is_err(),
        }
    }
}

impl World for Tables {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = self.under.list(folder)?;
        let tables: Vec<Arc<Table>> = entries
            .iter()
            .filter(|entry| entry.access == Access::Inside && kind_at(&entry.path).is_some())
            .filter_map(|entry| self.table(&entry.path))
            .collect();
        if tables.is_empty() {
            return Ok(entries);
        }
        let known: BTreeSet<InputPath> = entries.iter().map(|entry| entry.path.clone()).collect();
        // A file of its own goes before a row.
        let rows = || tables.iter().flat_map(|table| table.rows.keys());
        self.own.get_or_init(|| rows().filter(|path| known.contains(*path)).cloned().collect());
        for table in &tables {
            let new = table.rows.keys().filter(|path| !known.contains(*path));
            entries.extend(new.map(|path| Entry { path: path.clone(), access: Access::Inside }));
        }
        entries.sort();
        Ok(entries)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        let Some(table) = table_of(path).and_then(|table| self.table(&table)) else {
            return self.under.read(path);
        };
        match table.rows.get(path) {
            Some((_, _, text)) if self.is_free(path) => Ok(text.text.as_bytes().into()),
            _ => self.under.read(path),
        }
    }

    fn read_private(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        self.under.read_private(path)
    }

    fn made(&self, path: &InputPath) -> Option<Day> {
        self.under.made(path)
    }

    fn theme(&self) -> Option<&str> {
        self.under.theme()
    }

    fn has_tables(&self) -> bool {
        true
    }

    fn is_row(&self, path: &InputPath) -> bool {
        let table = table_of(path).and_then(|table| self.table(&table));
        table.is_some_and(|table| table.rows.contains_key(path)) && self.is_free(path)
    }

    fn today(&self) -> Day {
        self.under.today()
    }
}

/// The tables that files are rows of, each read once.
pub(crate) struct Lookup<'a> {
    world: &'a dyn World,
    tables: BTreeMap<InputPath, Option<Table>>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn over(world: &'a dyn World) -> Lookup<'a> {
        Lookup { world, tables: BTreeMap::new() }
    }

    /// Where a part of a file is written: in its table, if the file is a row.
    pub(crate) fn written(&mut self, path: &InputPath, span: Span) -> (InputPath, Span) {
        let mut label = Label { path: path.clone(), span, message: String::new() };
        raise_label(self, &mut label);
        (label.path, label.span)
    }

    /// The table of a file that is a row of it, and has no file of its own. What is no row in any table is not read.
    fn of_row(&mut self, file: &InputPath) -> Option<(InputPath, &Table)> {
        self.of(file, None)?;
        let text = self.world.read(file).ok();
        self.of(file, text.as_deref())
    }

    /// The table of a file, if the file is a row of it and says `text`, or there is no file.
    fn of(&mut self, file: &InputPath, text: Option<&[u8]>) -> Option<(InputPath, &Table)> {
        let path = table_of(file)?;
        let read = || self.world.read(&path).ok().map(|bytes| Table::read(&path, &bytes));
        let table = self.tables.entry(path.clone()).or_insert_with(read).as_ref()?;
        let (_, _, own) = table.rows.get(file)?;
        text.is_none_or(|text| text == own.text.as_bytes()).then_some((path, table))
    }
}

/// Changes in which those of rows are changes of cells.
///
/// # Errors
/// If a row cannot hold what it should, or its file should go to another folder.
pub(crate) fn lowered(world: &dyn World, changes: &Changes) -> io::Result<Changes> {
    let mut lookup = Lookup::over(world);
    let mut lowered = Changes::default();
    let mut edits: Vec<Edit> = Vec::new();
    for rewrite in &changes.rewrites {
        let found = rewrite.before.as_ref().and_then(|before| lookup.of(&rewrite.path, Some(before)));
        match (found, &rewrite.after) {
            (Some((path, table)), Some(after)) => {
                edits.extend(table.edits(&path, &rewrite.path, &String::from_utf8_lossy(after))?);
            }
            (Some((path, table)), None) => {
                let span = table.rows.get(&rewrite.path).map(|(number, ..)| table.line(*number));
                edits.extend(span.map(|span| Edit { path, span, replacement: String::new() }));
            }
            (None, _) => lowered.rewrites.push(rewrite.clone()),
        }
    }
    for (from, to) in &changes.moves {
        match lookup.of_row(from) {
            None => lowered.moves.push((from.clone(), to.clone())),
            Some((path, table)) => {
                let refused =
                    || io::Error::other(format!("`{from}` is a row of `{path}`; move it out first"));
                let column = table.columns.iter().position(|column| column.key == ID).ok_or_else(refused)?;
                let (number, lang, _) = table.rows.get(from).ok_or_else(refused)?;
                let stem = to.name().strip_suffix(".md").unwrap_or(to.name());
                let end = lang.as_ref().map(|lang| format!(".{lang}")).unwrap_or_default();
                let id =
                    stem.strip_suffix(&*end).filter(|_| to.folder() == from.folder()).ok_or_else(refused)?;
                edits.push(table.cell(&path, *number, column, id));
            }
        }
    }
    edits.sort_by_key(|edit| (edit.path.clone(), edit.span));
    edits.dedup();
    lowered.rewrites.extend(edit::rewrites(world, &edits)?);
    Ok(lowered)
}

/// Findings whose places in rows are places in their table, and whose fixes change its cells.
pub(crate) fn raised(world: &dyn World, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut lookup = Lookup::over(world);
    let mut raised = found.to_vec();
    for diagnostic in &mut raised {
        let fixes = diagnostic.fix.iter_mut().chain(&mut diagnostic.choices);
        fixes.for_each(|fix| raise_fix(&mut lookup, fix));
        for label in &mut diagnostic.labels {
            raise_label(&mut lookup, label);
        }
    }
    raised
}

fn raise_label(lookup: &mut Lookup<'_>, label: &mut Label) {
    let Some((path, table)) = lookup.of_row(&label.path) else { return };
    let Some((number, _, text)) = table.rows.get(&label.path) else { return };
    let (span, column) = match text.source(label.span) {
        Some((span, column)) => (span, table.columns.get(column).map(Column::name)),
        None => (table.line(*number), None),
    };
    let column = column.map(|name| format!(", column `{name}`")).unwrap_or_default();
    let message = std::mem::take(&mut label.message);
    let after = if message.is_empty() { String::new() } else { format!(": {message}") };
    *label = Label { path, span, message: format!("row {}{column}{after}", number + 1) };
}

fn raise_fix(lookup: &mut Lookup<'_>, fix: &mut Fix) {
    let world = lookup.world;
    let paths: BTreeSet<InputPath> = fix.edits.iter().map(|edit| edit.path.clone()).collect();
    for file in paths {
        let Some((path, table)) = lookup.of_row(&file) else { continue };
        let text = world.read(&file).unwrap_or_default();
        let before = String::from_utf8_lossy(&text).into_owned();
        let (own, others): (Vec<Edit>, Vec<Edit>) =
            std::mem::take(&mut fix.edits).into_iter().partition(|edit| edit.path == file);
        let (after, _) = edit::apply(&before, &own.iter().collect::<Vec<&Edit>>());
        fix.edits = others;
        fix.edits.extend(table.edits(&path, &file, &after).unwrap_or_default());
    }
}

/// The changes that make a file of its own of a row, with its translations; or the other way round.
///
/// # Errors
/// If there is no such row or file, or a table cannot hold it.
pub(crate) fn moved_out(world: &dyn World, path: &InputPath) -> io::Result<Changes> {
    let refused = || io::Error::other(format!("`{path}` is not a row of a table"));
    let mut lookup = Lookup::over(world);
    let (table_path, table) = lookup.of(path, None).ok_or_else(refused)?;
    let (number, ..) = table.rows.get(path).ok_or_else(refused)?;
    let own = table.rows.iter().filter(|(_, (of, ..))| of == number);
    let mut rewrites: Vec<Rewrite> =
        own.map(|(path, (_, _, text))| Rewrite::created(path, text.text.clone())).collect();
    let edit = Edit { path: table_path, span: table.line(*number), replacement: String::new() };
    rewrites.extend(edit::rewrites(world, &[edit])?);
    Ok(Changes { rewrites, moves: Vec::new() })
}

/// The changes that make a row of a file and its translations, each with its path and language.
///
/// # Errors
/// If the kind has no table yet, or it cannot hold what a file says.
pub(crate) fn moved_in(
    world: &dyn World,
    id: &str,
    files: &[(InputPath, Option<String>)],
) -> io::Result<Changes> {
    let refused = |why: &str| io::Error::other(format!("`{id}` cannot become a row: {why}"));
    let path = files.first().and_then(|(path, _)| table_of(path));
    let path = path.ok_or_else(|| refused("its file is in a folder within that of its kind"))?;
    let bytes = world
        .read(&path)
        .map_err(|_| refused(&format!("there is no `{path}`; create it with a column `id`")))?;
    let table = Table::read(&path, &bytes);
    let mut cells = vec![(ID.to_owned(), id.to_owned())];
    let mut rewrites = Vec::new();
    for (file, lang) in files {
        let before = world.read(file)?;
        let text = String::from_utf8_lossy(&before).replace("\r\n", "\n");
        if row::has_comments(&text) {
            return Err(refused(&format!(
                "`{file}` has comments in its front matter, which a table cannot hold"
            )));
        }
        let own = row::changed(table.kind, "---\n---\n", &text, lang.as_deref());
        cells.extend(own.ok_or_else(|| refused(&format!("`{file}` has no front matter in YAML")))?);
        rewrites.push(Rewrite { path: file.clone(), before: Some(before), after: None });
    }
    let mut names: Vec<String> = table.columns.iter().map(Column::name).collect();
    let known = names.len();
    for (name, _) in &cells {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let separator = char::from(table.sheet.separator);
    let mut edits = Vec::new();
    if names.len() > known {
        let more = names[known..].iter().map(|name| format!("{separator}{}", table.sheet.written(name)));
        let end = table.sheet.rows.first().and_then(|row| row.last()).map_or(0, |cell| cell.span.end);
        edits.push(Edit { path: path.clone(), span: Span::empty(end), replacement: more.collect() });
    }
    let word =
        |name: &String| cells.iter().find(|(own, _)| own == name).map_or("", |(_, words)| words.as_str());
    let row: Vec<String> = names.iter().map(|name| table.sheet.written(word(name))).collect();
    let newline = if table.text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if table.text.is_empty() || table.text.ends_with('\n') { "" } else { newline };
    let replacement = format!("{gap}{}{newline}", row.join(&separator.to_string()));
    edits.push(Edit { path, span: Span::empty(table.text.len()), replacement });
    rewrites.extend(edit::rewrites(world, &edits)?);
    Ok(Changes { rewrites, moves: Vec::new() })
}

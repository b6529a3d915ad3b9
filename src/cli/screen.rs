//! The preview's terminal: the findings, redrawn at every change, or plain lines if standard error is not a
//! terminal.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use console::Term;

use super::console::Console;
use super::locate::Place;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::report::{self, Format, Tally, Texts, counted};
use crate::serve::News;

/// How many findings to show in full: the first number that fits.
const MOST: [usize; 8] = [50, 20, 10, 5, 3, 2, 1, 0];

/// Lines that the screen needs in addition to the findings.
const FRAME: usize = 7;

const BOLD: Style = Style::new().bold();
const FAINT: Style = AnsiColor::BrightBlack.on_default();

/// Shows the news of the preview.
pub(crate) struct Screen {
    term: Option<Term>,
    options: report::Options,
    state: Mutex<State>,
}

struct State {
    out: AutoStream<io::Stderr>,
    address: String,
    /// The line about the address for editing.
    desk: Option<String>,
    /// The findings, rendered.
    report: String,
    tally: Option<Tally>,
    /// The files that changed last.
    files: String,
    /// What the last change led to.
    change: String,
    notices: Vec<String>,
}

impl Screen {
    /// The screen of a console.
    pub(crate) fn new(console: &Console, place: &Place) -> Screen {
        let term = Term::stderr();
        let is_drawn = term.features().is_attended() && console.is_chatty();
        let state = State {
            out: console.side(),
            address: String::new(),
            desk: None,
            report: String::new(),
            tally: None,
            files: String::new(),
            change: String::new(),
            notices: Vec::new(),
        };
        let options = console.report_options(place);
        Screen { term: is_drawn.then_some(term), options, state: Mutex::new(state) }
    }

    /// Shows news. If that fails, there is no way left to report it.
    pub(crate) fn show(&self, news: News<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let line = self.take_up(&mut state, &news);
        let _ = match &self.term {
            // Redrawn once the browser has its page, which takes precedence.
            Some(_) if matches!(news, News::Changed { .. }) => Ok(()),
            Some(term) => self.draw(term, &mut state),
            None if self.options.quiet && !matches!(news, News::Started(..) | News::Notice(_)) => Ok(()),
            None => line.map_or(Ok(()), |line| writeln!(state.out, "{line}")),
        };
    }

    /// Records the news, and returns the line to print if nothing is drawn.
    fn take_up(&self, state: &mut State, news: &News<'_>) -> Option<String> {
        match news {
            News::Started(address, desk) => {
                state.address = (*address).to_owned();
                state.desk = desk.map(|desk| format!("{desk} lets you edit it there"));
                let desk = state.desk.as_ref().map_or(String::new(), |desk| format!("\n{desk}"));
                Some(format!("{address} shows the site as it is; press Ctrl-C to stop{desk}"))
            }
            News::Changed { files, took } => {
                state.files = named(files);
                state.change = format!("{}: read after {}", state.files, milliseconds(*took));
                Some(state.change.clone())
            }
            News::Shown { page, took } => {
                state.change = format!("{}: {page} shows it after {}", state.files, milliseconds(*took));
                Some(state.change.clone())
            }
            News::Checked(found, texts) => {
                let tally = Tally::of(*found);
                let verdict = tally.verdict().map_or("nothing to fix".to_owned(), |(_, line)| line);
                let is_news = state.tally.as_ref() != Some(&tally);
                state.tally = Some(tally);
                if let Some(term) = &self.term {
                    state.report = self.report(term, found, texts);
                }
                is_news.then(|| format!("{verdict} (`dossier check` shows more)"))
            }
            News::Notice(what) => {
                let line = format!("note: {what}");
                if !state.notices.contains(&line) {
                    state.notices.push(line.clone());
                }
                Some(line)
            }
        }
    }

    /// The findings in full, as many as fit.
    fn report(&self, term: &Term, found: &[Diagnostic], texts: &Texts) -> String {
        let (rows, columns) = term.size();
        let (room, columns) = (usize::from(rows).saturating_sub(FRAME), usize::from(columns).max(1));
        let mut text = String::new();
        for most in MOST {
            let options = report::Options { most: Some(most), ..self.options.clone() };
            let mut bytes = Vec::new();
            // Writing to memory cannot fail.
            let _ = report::write(Format::Human, found, texts, &options, &mut bytes);
            text = String::from_utf8_lossy(&bytes).into_owned();
            let height = |line: &str| console::measure_text_width(line).div_ceil(columns).max(1);
            if text.lines().map(height).sum::<usize>() <= room {
                break;
            }
        }
        text
    }

    fn draw(&self, term: &Term, state: &mut State) -> io::Result<()> {
        term.clear_screen()?;
        let State { out, address, desk, report, tally, change, notices, .. } = state;
        writeln!(
            out,
            "{BOLD}{address}{BOLD:#} shows the site as it is {FAINT}(press Ctrl-C to stop){FAINT:#}"
        )?;
        if let Some(desk) = desk {
            writeln!(out, "{desk}")?;
        }
        writeln!(out)?;
        write!(out, "{report}")?;
        if tally.as_ref().is_some_and(|tally| tally.verdict().is_none()) {
            writeln!(out, "nothing to fix")?;
        }
        for line in notices {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "{FAINT}{change}{FAINT:#}")?;
        out.flush()
    }
}

/// `content/actors/nis.md`, or how many there are.
fn named(files: &[InputPath]) -> String {
    match files {
        [] => "everything".to_owned(),
        [file] => file.to_string(),
        files => counted(files.len(), "file"),
    }
}

fn milliseconds(time: Duration) -> String {
    match time.as_millis() {
        0..10 => format!("{:.1} ms", time.as_secs_f64() * 1000.0),
        whole => format!("{whole} ms"),
    }
}

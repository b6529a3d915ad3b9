//! Where a command writes: results to standard output, everything else to standard error.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::locate::{self, Place};
use super::{Failure, hyperlink};
use crate::base::diagnostic::Diagnostic;
use crate::config::dossier_around;
use crate::report::{self, Format, Texts};

/// The flags that every command has.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The folder of the dossier [default: the nearest folder upwards that contains dossier.toml]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    root: Option<PathBuf>,
    /// How findings are reported
    #[arg(long, global = true, default_value = "human", value_parser = formats(), help_heading = "Global options")]
    format: Format,
    /// Report only errors, and print no progress messages
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    quiet: bool,
    /// Report everything in full, including notes
    #[arg(long, short, global = true, help_heading = "Global options")]
    verbose: bool,
    /// When to use colours: by default on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    color: Color,
}

#[derive(Copy, Clone, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let words = PossibleValuesParser::new(Format::ALL.map(Format::word));
    words.try_map(|word| Format::named(&word).ok_or("no such format"))
}

/// The two output streams, and the flags that control them.
pub(crate) struct Console {
    root: Option<PathBuf>,
    format: Format,
    quiet: bool,
    verbose: bool,
    color: ColorChoice,
    out: BufWriter<Pipe<AutoStream<Stdout>>>,
    err: Pipe<AutoStream<Stderr>>,
}

impl Console {
    /// The console that the flags ask for.
    pub(crate) fn new(global: Global) -> Console {
        let choice = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let out = Pipe { inner: AutoStream::new(io::stdout(), choice), is_closed: false };
        let err = Pipe { inner: AutoStream::new(io::stderr(), choice), is_closed: false };
        let Global { root, format, quiet, verbose, .. } = global;
        Console { root, format, quiet, verbose, color: choice, out: BufWriter::new(out), err }
    }

    /// Whether a person is there to answer questions: both ends are a terminal, and no service runs it.
    pub(crate) fn is_attended(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal() && std::env::var_os("CI").is_none()
    }

    /// Whether a dossier is named, or the current folder is in one.
    pub(crate) fn is_in_dossier(&self) -> bool {
        self.root.is_some() || std::env::current_dir().is_ok_and(|here| dossier_around(&here).is_some())
    }

    /// The folder of the dossier, if the user named it.
    pub(crate) fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Asks a person for a line; without an answer it is `default`.
    pub(crate) fn ask(&mut self, question: &str, default: &str) -> Result<String, Failure> {
        let hint = if default.is_empty() { String::new() } else { format!(" [{default}]") };
        write!(self.err, "{question}{hint}: ")?;
        self.err.flush()?;
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            return Err(Failure("stopped before the last answer; nothing was done".into()));
        }
        let answer = line.trim();
        Ok(if answer.is_empty() { default } else { answer }.to_owned())
    }

    /// Asks a person for a password, which is not shown.
    pub(crate) fn secret(&mut self, question: &str) -> Result<String, Failure> {
        write!(self.err, "{question}: ")?;
        self.err.flush()?;
        Ok(console::Term::stderr().read_secure_line()?)
    }

    /// The dossier that the command is about.
    pub(crate) fn place(&self) -> Result<Place, Failure> {
        locate::place(self.root.as_deref())
    }

    /// The same, drawn with the theme in a folder that the user names.
    pub(crate) fn themed_place(&self, theme: Option<&Path>) -> Result<Place, Failure> {
        locate::themed(self.root.as_deref(), theme)
    }

    /// Prints a line of the result.
    pub(crate) fn print(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Prints a progress message, unless `--quiet` is given.
    pub(crate) fn say(&mut self, line: impl Display) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.out.flush()?;
        writeln!(self.err, "{line}")
    }

    /// Prints an error. If that fails too, there is no way left to report it.
    pub(crate) fn complain(&mut self, line: impl Display) {
        let _ = self.out.flush();
        let _ = writeln!(self.err, "{line}");
    }

    /// Prints the findings in the format that the user chose.
    pub(crate) fn report(
        &mut self,
        found: &[Diagnostic],
        texts: &Texts,
        place: &Place,
    ) -> Result<(), Failure> {
        let prefix = match self.format {
            Format::Github | Format::Sarif => place.prefix_in_repository(),
            Format::Human | Format::Short | Format::Json => place.prefix(),
        };
        let options = report::Options { prefix, ..self.report_options(place) };
        report::write(self.format, found, texts, &options, &mut self.out)?;
        Ok(())
    }

    /// How much to report, and the prefix that makes paths relative to the current folder.
    pub(crate) fn report_options(&self, place: &Place) -> report::Options {
        let pages = hyperlink::pages().filter(|_| self.color != ColorChoice::Never);
        report::Options {
            verbose: self.verbose,
            quiet: self.quiet,
            most: None,
            prefix: place.prefix(),
            pages,
        }
    }

    /// A separate handle of standard error, for writing while the console is borrowed.
    pub(crate) fn side(&self) -> AutoStream<Stderr> {
        AutoStream::new(io::stderr(), self.color)
    }

    /// Whether the output is for a person who wants more than errors.
    pub(crate) fn is_chatty(&self) -> bool {
        self.format == Format::Human && !self.quiet
    }

    /// Whether the output is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether `--verbose` is given.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether `--quiet` is given.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes out what is still buffered.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A stream whose reader may close it, as `| head` does: later output is dropped without an error.
struct Pipe<W> {
    inner: W,
    is_closed: bool,
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        match self.inner.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(bytes.len())
            }
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.inner.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            other => other,
        }
    }
}

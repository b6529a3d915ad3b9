//! Where a command's words go: results to the standard output, everything else to the standard error.

use std::fmt::Display;
use std::io::{self, BufWriter, Stderr, Stdout, Write};
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::Failure;
use super::locate::{self, Place};
use crate::base::diagnostic::Diagnostic;
use crate::report::{self, Format, Texts};

/// The flags that every command has.
#[derive(Debug, Args)]
pub struct Global {
    /// The folder of the dossier [default: the nearest one upwards that holds dossier.toml]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Global options")]
    root: Option<PathBuf>,
    /// How findings are reported
    #[arg(long, global = true, default_value = "human", value_parser = formats(), help_heading = "Global options")]
    format: Format,
    /// Report errors only, and say nothing of what is done
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    quiet: bool,
    /// Report everything in full, notes too
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

/// The terminal, or whatever stands in for it.
pub struct Console {
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
    pub fn new(global: Global) -> Console {
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

    /// The dossier that the command is about.
    pub fn place(&self) -> Result<Place, Failure> {
        locate::place(self.root.as_deref())
    }

    /// Prints a line of the result.
    pub fn print(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Says what was done, unless the user wants quiet.
    pub fn say(&mut self, line: impl Display) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.out.flush()?;
        writeln!(self.err, "{line}")
    }

    /// Says what went wrong. There is nobody to tell where even this fails.
    pub fn complain(&mut self, line: impl Display) {
        let _ = self.out.flush();
        let _ = writeln!(self.err, "{line}");
    }

    /// Reports what was found in the dossier.
    pub fn report(&mut self, found: &[Diagnostic], texts: &Texts, place: &Place) -> Result<(), Failure> {
        let prefix = match self.format {
            Format::Github | Format::Sarif => place.prefix_in_repository(),
            Format::Human | Format::Short | Format::Json => place.prefix(),
        };
        let options = report::Options { prefix, ..self.report_options(place) };
        report::write(self.format, found, texts, &options, &mut self.out)?;
        Ok(())
    }

    /// How much is to be reported, and how paths are told from where the user stands.
    pub fn report_options(&self, place: &Place) -> report::Options {
        report::Options { verbose: self.verbose, quiet: self.quiet, most: None, prefix: place.prefix() }
    }

    /// The standard error as a stream of its own, for those who write to it while the console is in use.
    pub fn side(&self) -> AutoStream<Stderr> {
        AutoStream::new(io::stderr(), self.color)
    }

    /// Whether a person reads the result, and wants more than errors.
    pub fn is_chatty(&self) -> bool {
        self.format == Format::Human && !self.quiet
    }

    /// Whether a program reads the result.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether everything is to be said.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Whether only the necessary is to be said.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes out what is still held back.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A stream whose reader may leave, as `| head` does: what is written afterwards is dropped.
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

//! Panics in the work on one file, caught and reported as bugs of the program.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::diagnostic::{Code, Diagnostic, Severity};

/// A panic.
pub(crate) static INTERNAL_ERROR: Code = Code {
    name: "internal-error",
    level: Severity::Error,
    docs: "\
The program itself made a mistake while it worked on the named file; the file need not be wrong. The
rest of the dossier is read and checked as usual. The site is not written, so no page goes missing
unnoticed; `dossier build --keep-going` writes all files but the one that cannot be made, and
`dossier publish --allow missing-pages` publishes without it.

How to fix: report it as a bug, with the message and, if possible, the file. Until it is fixed,
changing what is unusual in the file may help.",
};

thread_local! {
    /// How many calls of [`caught`] this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// Where in the program the last panic of this thread was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does some work. If it panics, the finding says so: `what` is a phrase such as "`a.md` cannot be read".
///
/// # Errors
/// If the work panics. The caller must not use what the work may have left half done.
pub(crate) fn caught<T>(what: impl Fn() -> String, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = take_hook();
        set_hook(Box::new(move |panic| match DEPTH.get() {
            0 => default(panic),
            _ => remember(panic),
        }));
    });
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(|| {
        rehearse(&what);
        work()
    }));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(|payload| {
        let place = PLACE.take();
        let message = format!("a bug in this program: {}: {}{place}", what(), words(&*payload));
        INTERNAL_ERROR.found(message).help("report it, with this message and, if possible, the file")
    })
}

/// Panics where `DOSSIER_REHEARSE_BUG` says so, in a debug build: what follows a bug can be tested only with one.
pub(crate) fn rehearse(place: impl Fn() -> String) {
    if cfg!(debug_assertions) && std::env::var("DOSSIER_REHEARSE_BUG").is_ok_and(|asked| asked == place()) {
        panic!("this bug is a rehearsal");
    }
}

fn remember(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(|at| format!(" ({}:{})", short(at.file()), at.line()));
    PLACE.set(place.unwrap_or_default());
}

/// The path from the crate's folder: the folders above are those of the machine that built the program.
fn short(file: &str) -> &str {
    let above = file.rfind("/src/").map_or("", |at| &file[..at]);
    &file[above.rfind('/').map_or(0, |at| at + 1)..]
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("no message").trim().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_finding_that_says_what_and_where() {
        let found = caught(|| "`a.md` cannot be read".to_owned(), || panic!("no\nluck")).unwrap_err();
        assert_eq!(found.code, INTERNAL_ERROR.name);
        assert!(
            found
                .message
                .starts_with("a bug in this program: `a.md` cannot be read: no luck (src/base/bug.rs:"),
            "{}",
            found.message
        );
        assert_eq!(caught(String::new, || 3), Ok(3));
        // The count of calls is as before.
        assert_eq!(DEPTH.get(), 0);
    }

    #[test]
    fn paths_begin_at_the_crate() {
        assert_eq!(
            short("/root/.cargo/registry/src/index/hayagriva-0.10.1/src/csl/mod.rs"),
            "hayagriva-0.10.1/src/csl/mod.rs"
        );
        assert_eq!(short("src/base/bug.rs"), "src/base/bug.rs");
    }
}

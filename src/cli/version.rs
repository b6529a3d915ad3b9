//! `dossier --version`, and `dossier --version --check`: whether there is a newer one. Nothing else asks.

use std::time::Duration;

use super::console::Console;
use super::{Exit, Failure};
use crate::external::ask;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Where the repository of a released program is; `release/build` sets it. A program built from source has none.
const REPOSITORY: Option<&str> = option_env!("DOSSIER_REPOSITORY");
/// The environment variable that names another address, for those who keep releases of their own.
const ELSEWHERE: &str = "DOSSIER_RELEASES";
/// The most bytes that are read: a version has fewer.
const LIMIT: usize = 64;
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints the version, and with `check` whether there is a newer one.
pub(crate) fn print(check: bool, console: &mut Console) -> Result<Exit, Failure> {
    console.print(format_args!("dossier {VERSION}"))?;
    if !check {
        return Ok(Exit::Clean);
    }
    let place = std::env::var(ELSEWHERE).ok().or_else(|| REPOSITORY.map(|at| format!("{at}/releases")));
    let place = place.ok_or_else(|| {
        Failure(format!(
            "this program was built from source, so it does not know where new versions are; \
             `{ELSEWHERE}` can name the address"
        ))
    })?;
    let address = format!("{}/latest/download/VERSION", place.trim_end_matches('/'));
    let found =
        ask(&address, LIMIT, PATIENCE).map_err(|why| Failure(format!("cannot ask {address}: {why}")))?;
    let newest = numbers(&found).ok_or_else(|| Failure(format!("{address} holds no version")))?;
    if numbers(VERSION).is_some_and(|own| own < newest) {
        console.print(format_args!("{} is newer: {place}", dotted(newest)))?;
    } else {
        console.print("there is no newer version")?;
    }
    Ok(Exit::Clean)
}

/// The three numbers of a version.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let numbers: Option<Vec<u32>> = version.trim().split('.').map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn dotted([major, minor, patch]: [u32; 3]) -> String {
    format!("{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(numbers("0.9.0") < numbers("0.10.0") && numbers("0.10.3") < numbers("1.0.0\n"));
        assert_eq!([numbers("1.0"), numbers("v1.0.0"), numbers("<!doctype html>"), numbers("")], [None; 4]);
    }
}

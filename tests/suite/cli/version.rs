//! What the program says of itself: its version, whether there is a newer one, and its manual pages.

use std::path::Path;

use super::run;

const OWN: &str = concat!("dossier ", env!("CARGO_PKG_VERSION"), "\n");

#[test]
fn the_version_is_said_and_nobody_is_asked() {
    for arguments in [["--version"], ["-V"]] {
        run(Path::new("."), &arguments).expect(0, OWN, "");
    }
    assert_eq!(run(Path::new("."), &["--check"]).code, 2);
}

#[cfg(feature = "links")]
mod newer {
    use std::process::Command;

    use super::super::external::Host;
    use super::OWN;

    /// Asks at this address: the exit code, and what is said.
    fn ask(releases: Option<&str>) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["--version", "--check"]).env_remove("DOSSIER_RELEASES");
        if let Some(releases) = releases {
            command.env("DOSSIER_RELEASES", releases);
        }
        let ran = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
    }

    #[test]
    fn a_newer_version_is_named_when_asked_for() {
        let host = Host::start(|_, path| {
            let answer = match path {
                "/next/latest/download/VERSION" => "302\nLocation: /v1000/VERSION",
                "/v1000/VERSION" => "200\n\n\n1000.2.10\n",
                "/same/latest/download/VERSION" => concat!("200\n\n\n", env!("CARGO_PKG_VERSION"), "\n"),
                "/old/latest/download/VERSION" => "200\n\n\n0.0.1\n",
                "/page/latest/download/VERSION" => "200\n\n\n<!doctype html><title>1.0.0</title>",
                _ => "404",
            };
            Some(answer.to_owned())
        });
        let next = format!("{}/next/", host.base);
        assert_eq!(ask(Some(&next)), (0, format!("{OWN}1000.2.10 is newer: {next}\n"), String::new()));
        assert_eq!(host.asked(), ["GET /next/latest/download/VERSION", "GET /v1000/VERSION"]);
        assert_eq!(*host.agent.lock().unwrap(), concat!("dossier/", env!("CARGO_PKG_VERSION")));
        for known in ["same", "old"] {
            let answer = ask(Some(&format!("{}/{known}", host.base)));
            assert_eq!(answer, (0, format!("{OWN}there is no newer version\n"), String::new()));
        }
        for (bad, why) in [("page", "holds no version"), ("gone", "the answer is 404")] {
            let (code, out, err) = ask(Some(&format!("{}/{bad}", host.base)));
            assert_eq!((code, out.as_str()), (2, OWN));
            assert!(err.starts_with("error: ") && err.contains(why) && err.lines().count() == 1, "{err}");
        }
    }

    #[test]
    fn a_program_from_source_says_that_it_knows_no_address() {
        let (code, _, err) = ask(None);
        assert!(code == 2 && err.contains("DOSSIER_RELEASES"), "{err}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Path::new(".");
    let page = run(folder, &["man"]).out;
    assert!(page.contains(".TH dossier 1") && page.contains("dossier\\-build(1)"), "{page}");
    for (words, name) in [(["build", ""], "dossier-build"), (["import", "article"], "dossier-import-article")]
    {
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let page = run(folder, &[&["man"], words.as_slice()].concat()).out;
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
    }
    run(folder, &["man", "no-such-command"]).refuses("there is no command `no-such-command`");
}

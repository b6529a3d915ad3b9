//! `dossier verify`: of a folder, and of a site on a host.
#![expect(clippy::disallowed_methods, reason = "the tests disturb a copy")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;

use super::{example, run};

#[test]
fn a_copy_is_held_against_its_sums_and_against_ours() {
    let folder = example();
    assert_eq!(run(folder.path(), &["build", "--quiet"]).code, 0);
    let public = folder.path().join("public");
    let verify = |arguments: &[&str]| run(folder.path(), &[&["verify"], arguments].concat());
    assert_eq!(verify(&["public"]).code, 0);

    fs::write(public.join("index.html"), "Something else").unwrap();
    let damaged = verify(&["public", "--quiet"]);
    assert_eq!((damaged.code, damaged.out.as_str()), (1, "index.html differs\n"), "{}", damaged.err);
    // Whoever changes a copy may change its list: ours tells.
    let ours = folder.path().join("sums");
    fs::copy(public.join("SHA256SUMS"), &ours).unwrap();
    fs::write(public.join("SHA256SUMS"), "").unwrap();
    assert_eq!(verify(&["public"]).code, 0);
    assert_eq!(verify(&["public", "--against", "sums"]).out, "index.html differs\n");
    fs::write(&ours, "nonsense").unwrap();
    assert_eq!(verify(&["public", "--against", "sums"]).code, 2);
}

#[test]
#[cfg_attr(not(feature = "stores"), ignore = "it needs a store")]
fn a_host_that_has_one_page_no_longer_is_told_of() {
    let folder = example();
    assert_eq!(run(folder.path(), &["build", "--quiet"]).code, 0);
    let base = host(folder.path().join("public"), "about.html");
    let remote = run(folder.path(), &["verify", &base]);
    assert_eq!((remote.code, remote.out.as_str()), (1, "about.html is missing\n"), "{}", remote.err);
    assert_eq!(run(folder.path(), &["verify", "http://127.0.0.1:1/"]).code, 2);
}

/// Serves a folder but for one file, for as long as the tests run.
fn host(folder: PathBuf, gone: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let Some(asked) = lines.next() else { continue };
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let path = asked.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
            let body = fs::read(folder.join(&path)).ok().filter(|_| path != gone);
            let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
            let body = body.unwrap_or_default();
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = (&stream).write_all(head.as_bytes()).and_then(|()| (&stream).write_all(&body));
        }
    });
    base
}

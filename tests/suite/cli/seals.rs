//! Editions that are signed: `dossier key`, `publish --sign`, `verify`. Other programs' seals, and time stamps, are in
//! `tests/servers`.

use std::path::Path;

use tempfile::TempDir;

use super::{Ran, dossier, read, run};

/// A dossier that is to be signed, and a key of its own outside it.
struct Stage {
    folder: TempDir,
    keys: TempDir,
    public: String,
}

const NOTE: &str = "---\ntitle: A note\n---\nWords.\n";

impl Stage {
    fn new() -> Stage {
        let keys = tempfile::tempdir().unwrap();
        let made = run(keys.path(), &["key", "--no-password", "secret.key"]);
        assert_eq!(made.code, 0, "{}", made.err);
        let public = made.out.split('"').nth(1).unwrap().to_owned();
        let settings = format!(
            "base_url = \"https://example.org/\"\nlanguages = [\"en\"]\n[publish.disk]\nservice = \"folder\"\npath = \"www\"\n{}",
            made.out
        );
        let folder = dossier(&[("dossier.toml", &settings), ("content/notes/a.md", NOTE)]);
        Stage { folder, keys, public }
    }

    fn key(&self) -> String {
        self.keys.path().join("secret.key").display().to_string()
    }

    fn publish(&self, more: &[&str]) -> Ran {
        run(self.folder.path(), &[&["publish"], more].concat())
    }

    fn signed(&self) -> Ran {
        self.publish(&["--sign", &self.key()])
    }

    #[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.folder.path().join(path), bytes).unwrap();
    }

    fn exists(&self, path: &str) -> bool {
        self.folder.path().join(path).exists()
    }
}

#[test]
#[cfg_attr(not(feature = "seals"), ignore = "it needs the part")]
#[expect(clippy::disallowed_methods, reason = "a test disturbs a target")]
fn an_edition_is_signed_and_the_next_publication_needs_no_key_if_nothing_changed() {
    let stage = Stage::new();
    stage.publish(&[]).refuses("DOSSIER_SIGN_KEY");
    assert!(!stage.exists("www/index.html"), "nothing was published");
    let dry = stage.publish(&["--dry-run"]);
    assert!(dry.out.contains("add      SHA256SUMS.minisig"), "{} {}", dry.out, dry.err);
    let first = stage.signed();
    assert_eq!(first.code, 0, "{}", first.err);
    let signature = read(&stage.folder, "www/SHA256SUMS.minisig");
    assert!(signature.contains("files of https://example.org/, signed 20"), "{signature}");
    let again = stage.publish(&[]);
    assert!(again.code == 0 && again.err.contains("0 files uploaded"), "{}", again.err);
    assert_eq!(read(&stage.folder, "www/SHA256SUMS.minisig"), signature);
    std::fs::remove_file(stage.folder.path().join("www/SHA256SUMS.minisig")).unwrap();
    let lost = stage.publish(&[]);
    assert!(lost.code == 1 && lost.err.contains("missing  SHA256SUMS.minisig"), "{}", lost.err);
    assert_eq!(stage.publish(&["--repair", "--sign", &stage.key()]).code, 0);
    let signature = read(&stage.folder, "www/SHA256SUMS.minisig");

    stage.write("content/notes/a.md", "---\ntitle: A note\n---\nOther words.\n");
    stage.publish(&[]).refuses("DOSSIER_SIGN_KEY");
    assert_eq!(stage.signed().code, 0);
    assert_ne!(read(&stage.folder, "www/SHA256SUMS.minisig"), signature);
    assert_eq!(stage.publish(&["--rollback"]).code, 0);
    assert_eq!(
        read(&stage.folder, "www/SHA256SUMS.minisig"),
        signature,
        "the old list has its old signature"
    );
    assert_eq!(run(stage.folder.path(), &["verify", "www"]).code, 0);

    stage.write("content/notes/a.md", "---\ntitle: A note\n---\nYet other words.\n");
    let unsigned = stage.publish(&["--allow", "unsigned"]);
    assert!(unsigned.code == 0 && unsigned.err.contains("this edition is not signed"), "{}", unsigned.err);
    assert!(!stage.exists("www/SHA256SUMS.minisig"), "a signature of another list stays nowhere");
    assert!(
        !read(&stage.folder, "www/evidence/data.html").contains("minisig"),
        "nor does the site speak of it"
    );
    let signed = stage.publish(&["--allow", "unsigned", "--sign", &stage.key()]);
    assert!(signed.code == 0 && signed.err.contains("signed with"), "{}", signed.err);
    assert!(stage.exists("www/SHA256SUMS.minisig"), "what can be signed is");
}

#[test]
#[cfg_attr(not(feature = "seals"), ignore = "it needs the part")]
#[expect(clippy::disallowed_methods, reason = "a test disturbs a copy")]
fn one_changed_byte_of_a_copy_is_refused() {
    let stage = Stage::new();
    assert_eq!(stage.signed().code, 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = stage.folder.path().join("www");
    let verify = |more: &[&str]| run(elsewhere.path(), &[&["verify", copy.to_str().unwrap()], more].concat());
    let good = verify(&["--key", &stage.public]);
    assert!(good.code == 0 && good.err.contains("SHA256SUMS.minisig: good: SHA256SUMS of "), "{}", good.err);
    let unknown = verify(&[]);
    assert!(unknown.code == 0 && unknown.err.contains("not checked; it names the key"), "{}", unknown.err);
    for name in ["SHA256SUMS", "SHA256SUMS.minisig", "notes/a.html"] {
        let path = copy.join(name);
        let bytes = std::fs::read(&path).unwrap();
        let mut changed = bytes.clone();
        let at = changed.len() - 3;
        changed[at] ^= 1;
        std::fs::write(&path, changed).unwrap();
        assert_ne!(verify(&["--key", &stage.public]).code, 0, "{name}");
        std::fs::write(&path, bytes).unwrap();
    }
    // A list that fits the changed files has no signature of the author's.
    std::fs::write(copy.join("SHA256SUMS"), "").unwrap();
    let forged = verify(&["--key", &stage.public]);
    assert!(
        forged.code == 1 && forged.out.contains("it is not of this list"),
        "{} {}",
        forged.out,
        forged.err
    );
    std::fs::remove_file(copy.join("SHA256SUMS.minisig")).unwrap();
    let unsigned = verify(&["--key", &stage.public]);
    assert!(unsigned.code == 1 && unsigned.out.contains("nobody signed"), "{}", unsigned.out);
    let stranger = Stage::new();
    stage.publish(&["--repair"]).refuses("DOSSIER_SIGN_KEY");
    assert_eq!(stage.publish(&["--repair", "--sign", &stage.key()]).code, 0);
    // What was lost is restored, and the seals that are whole need no key.
    std::fs::remove_file(copy.join("notes/a.html")).unwrap();
    assert_eq!(stage.publish(&["--repair"]).code, 0);
    assert!(stage.exists("www/notes/a.html"));
    std::fs::write(copy.join("notes/b.html"), "Not ours.").unwrap();
    let more = verify(&["--key", &stage.public]);
    assert!(more.code == 0 && more.err.contains("notes/b.html is not in the list"), "{}", more.err);
    let other = verify(&["--key", &stranger.public]);
    assert!(other.code == 1 && other.out.contains("it was made by the key"), "{}", other.out);
}

#[test]
#[cfg_attr(not(feature = "seals"), ignore = "it needs the part")]
fn what_cannot_be_signed_is_not_published() {
    let stage = Stage::new();
    let stranger = Stage::new();
    stage.publish(&["--sign", &stranger.key()]).refuses("dossier.toml names");
    stage.publish(&["--sign", "dossier.toml"]).refuses("not a secret key");
    stage.publish(&["--sign", "nowhere.key"]).refuses("nowhere.key");
    stage.write("content/SHA256SUMS.minisig", "mine");
    stage.write("content/notes/a.md", "---\ntitle: A note\n---\n[Mine](../SHA256SUMS.minisig).\n");
    let taken = stage.signed();
    assert!(taken.code != 0, "{} {}", taken.out, taken.err);
    assert!(!stage.exists("www/index.html"));
}

#[test]
#[cfg_attr(not(feature = "seals"), ignore = "it needs this part")]
fn a_secret_key_is_never_overwritten_or_made_where_it_would_be_published() {
    let stage = Stage::new();
    let before = read(&stage.keys, "secret.key");
    run(stage.keys.path(), &["key", "--no-password", "secret.key"]).refuses("never overwritten");
    assert_eq!(read(&stage.keys, "secret.key"), before);
    run(stage.folder.path(), &["key", "--no-password", "content/secret.key"])
        .refuses("keep the secret key elsewhere");
    let above = stage.folder.path().join("..").join(stage.keys.path().file_name().unwrap()).join("above.key");
    assert_eq!(run(stage.folder.path(), &["key", "--no-password", above.to_str().unwrap()]).code, 0);
    run(stage.keys.path(), &["key", "other.key"]).refuses("DOSSIER_SIGN_PASSWORD");
    assert!(!stage.keys.path().join("other.key").exists());
    is_private(&stage.keys.path().join("secret.key"));
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
fn is_private(key: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(not(unix))]
fn is_private(_: &Path) {}

#[test]
#[cfg_attr(not(feature = "seals"), ignore = "it needs this part")]
fn settings_of_a_signature_that_cannot_be_used_are_errors() {
    for (settings, said) in [
        ("key = \"RWQ\"", "it is not a public key of minisign"),
        ("key = \"KEY\"\nauthority = \"ftp://example.org\"", "is not the address of an authority"),
        ("key = \"KEY\"\nauthority = \"https://me:secret@example.org/\"", "without a name or a password"),
        ("key = \"KEY\"\ncertificate = \"root.pem\"", "an authority that is not asked"),
        (
            "key = \"KEY\"\nauthority = \"https://example.org\"\ncertificate = \"../no.pem\"",
            "`certificate` of `[signature]`",
        ),
        (
            "key = \"KEY\"\nauthority = \"https://example.org\"\ncertificate = \"dossier.toml\"",
            "there is no certificate in it",
        ),
    ] {
        let stage = Stage::new();
        let settings = settings.replace("KEY", &stage.public);
        stage.write("dossier.toml", format!("languages = [\"en\"]\n[signature]\n{settings}\n"));
        let found = run(stage.folder.path(), &["check"]);
        assert!(found.code == 1 && found.out.contains(said), "{settings}: {} {}", found.out, found.err);
    }
}

#[test]
#[cfg_attr(not(feature = "seals"), ignore = "it needs the part")]
fn the_site_says_how_to_check_a_copy() {
    let stage = Stage::new();
    assert_eq!(run(stage.folder.path(), &["build"]).code, 0);
    let built = read(&stage.folder, "public/evidence/data.html");
    assert!(!built.contains("SHA256SUMS.minisig"), "what is only built is not signed");
    assert_eq!(stage.signed().code, 0);
    let page = read(&stage.folder, "www/evidence/data.html");
    assert!(page.contains(&format!("dossier verify https://example.org/ --key {}", stage.public)), "{page}");
    assert!(page.contains("href=\"../SHA256SUMS.minisig\"") && !page.contains("SHA256SUMS.tsr"));
    assert!(page.contains(&format!("minisign -Vm SHA256SUMS -P {}", stage.public)));
}

//! Signatures that minisign made, and our own.

use super::*;

const LIST: &[u8] = include_bytes!("../../../tests/seals/SHA256SUMS");
const SIGNATURE: &str = include_str!("../../../tests/seals/SHA256SUMS.minisig");
const PUBLIC: &str = include_str!("../../../tests/seals/minisign.pub");

fn nobody() -> Result<String, String> {
    Err("nobody is there".to_owned())
}

#[test]
fn what_minisign_signed_is_good() {
    assert_eq!(check(LIST, SIGNATURE, PUBLIC).as_deref(), Ok("signed for a test"));
    assert_eq!(signer(SIGNATURE).as_deref(), Ok("7E35D447A76F6239"));
    let key = PUBLIC.lines().nth(1).unwrap();
    assert!(check(LIST, SIGNATURE, key).is_ok(), "the key alone");
    assert!(check(&LIST[1..], SIGNATURE, PUBLIC).is_err());
}

#[test]
fn one_changed_letter_of_a_signature_is_no_good_signature() {
    let (first, rest) = SIGNATURE.split_once('\n').unwrap();
    for at in (0..rest.len()).filter(|at| !rest[*at..].starts_with('\n')) {
        let mut bytes = rest.as_bytes().to_vec();
        bytes[at] ^= 2;
        let changed = format!("{first}\n{}", String::from_utf8(bytes).unwrap());
        assert!(check(LIST, &changed, PUBLIC).is_err(), "{changed}");
    }
}

#[test]
fn what_is_signed_is_checked_with_the_public_half() {
    for password in [None, Some("correct horse".to_owned())] {
        let (secret, public) = make(password.clone()).unwrap();
        let given = || password.clone().ok_or_else(|| "no password is needed".to_owned());
        let signature = sign(LIST, &secret, given, &public, "now").unwrap();
        assert_eq!(check(LIST, &signature, &public).as_deref(), Ok("now"));
        assert!(check(LIST, &signature, PUBLIC).unwrap_err().contains("not by 7E35D447A76F6239"));
        let crlf = secret.replace('\n', "\r\n");
        assert!(sign(LIST, &crlf, given, &public, "now").is_ok(), "an editor of Windows saved it");
        let other = sign(LIST, &secret, given, PUBLIC, "now").unwrap_err();
        assert!(other.contains("dossier.toml names 7E35D447A76F6239"), "{other}");
    }
}

#[test]
fn a_key_that_is_none_asks_for_no_password() {
    for text in ["", "secret", PUBLIC, SIGNATURE, "untrusted comment: x\n\u{fffd}\n"] {
        let why = sign(LIST, text, nobody, PUBLIC, "now").unwrap_err();
        assert!(!why.contains("nobody"), "{text}: {why}");
    }
    let (secret, public) = make(Some("right".to_owned())).unwrap();
    assert_eq!(sign(LIST, &secret, nobody, &public, "now").unwrap_err(), "nobody is there");
    assert!(sign(LIST, &secret, || Ok("wrong".to_owned()), &public, "now").is_err());
}

//! Keys and signatures in the format of minisign (<https://jedisct1.github.io/minisign/>).

use std::io::Cursor;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox, SignatureBox};

/// The bytes of a secret key: at their head is `Ed` for Ed25519, and what protects it, `Sc` for scrypt or nothing.
const SECRET: usize = 158;

/// What is written for somebody who has the file and wonders.
const ABOUT_KEY: &str = "dossier's secret key: anyone who has it can sign as you";

/// A new pair: the text of the file with the secret key, and the public key.
///
/// # Errors
/// If the system gives no random numbers.
pub(crate) fn make(password: Option<String>) -> Result<(String, String), String> {
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let pair = pair.map_err(|why| why.to_string())?;
    let secret = pair.sk.to_box(Some(ABOUT_KEY)).map_err(|why| why.to_string())?;
    Ok((secret.into_string(), pair.pk.to_base64()))
}

/// The public key in a text: the key itself, or the file that minisign writes.
///
/// # Errors
/// If it is neither.
pub(crate) fn public(text: &str) -> Result<PublicKey, String> {
    let key = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    PublicKey::from_base64(key).map_err(|_| "it is not a public key of minisign".to_owned())
}

/// Signs `list` with the key in a file's text, whose public half must be `public`. `password` is asked for if the key
/// has one.
///
/// # Errors
/// If the file is no key, the password is wrong, or the key is another.
pub(crate) fn sign(
    list: &[u8],
    secret: &str,
    password: impl FnOnce() -> Result<String, String>,
    public: &str,
    comment: &str,
) -> Result<String, String> {
    let public = self::public(public)?;
    let secret = unlocked(secret, password)?;
    if secret.keynum() != public.keynum() {
        let (ours, theirs) = (number(secret.keynum()), number(public.keynum()));
        return Err(format!("it is the key {ours}, and dossier.toml names {theirs}"));
    }
    let about = format!("signature of the key {}", number(public.keynum()));
    let signed = minisign::sign(Some(&public), &secret, Cursor::new(list), Some(comment), Some(&about));
    Ok(signed.map_err(|why| why.to_string())?.into_string())
}

fn unlocked(text: &str, password: impl FnOnce() -> Result<String, String>) -> Result<SecretKey, String> {
    let text = text.replace("\r\n", "\n");
    let key = BASE64_STANDARD.decode(text.lines().nth(1).unwrap_or_default().trim()).unwrap_or_default();
    match key.get(..4) {
        // Its checksum may be empty, as minisign writes it; the public half shows whether it is whole.
        Some(b"Ed\0\0") if key.len() == SECRET => SecretKey::from_bytes(&key).map_err(|why| why.to_string()),
        Some(b"EdSc") if key.len() == SECRET => {
            SecretKey::from_box(SecretKeyBox::from(text), Some(password()?)).map_err(|why| why.to_string())
        }
        _ => Err("it is not a secret key of minisign".to_owned()),
    }
}

/// Checks a signature of `list`, and returns the comment that is signed with it.
///
/// # Errors
/// If it is none, of another list, or by another key.
pub(crate) fn check(list: &[u8], signature: &str, public: &str) -> Result<String, String> {
    let public = self::public(public)?;
    let signature = read(signature)?;
    if signature.keynum() != public.keynum() {
        let (theirs, ours) = (number(signature.keynum()), number(public.keynum()));
        return Err(format!("it was made by the key {theirs}, not by {ours}"));
    }
    minisign::verify(&public, &signature, Cursor::new(list), true, false, false)
        .map_err(|_| "it is not of this list".to_owned())?;
    signature.trusted_comment().map_err(|why| why.to_string())
}

/// The number of the key that a signature says it was made by.
///
/// # Errors
/// If it is no signature.
pub(crate) fn signer(signature: &str) -> Result<String, String> {
    Ok(number(read(signature)?.keynum()))
}

fn read(signature: &str) -> Result<SignatureBox, String> {
    SignatureBox::from_string(signature).map_err(|_| "it is not a signature of minisign".to_owned())
}

/// As minisign shows it.
fn number(key: &[u8]) -> String {
    key.iter().rev().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests;

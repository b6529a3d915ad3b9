//! What a PDF runs: scripts, programs, and forms that send what is written into them (ISO 32000-2, 12.6.4).

use std::borrow::Cow;

/// The names of actions, and of forms with scripts of their own.
const ACTIONS: [&[u8]; 6] = [b"JavaScript", b"JS", b"Launch", b"SubmitForm", b"ImportData", b"XFA"];

/// Whether there is such a name among the objects of a document.
pub(super) fn acts(objects: &[u8]) -> bool {
    let objects = unescaped(objects);
    memchr::memchr_iter(b'/', &objects).any(|at| {
        ACTIONS.iter().any(|name| {
            let rest = objects[at + 1..].strip_prefix(*name);
            rest.is_some_and(|rest| rest.first().is_none_or(|next| !next.is_ascii_alphanumeric()))
        })
    })
}

/// Objects without the escapes of their names: `/J#61vaScript` (ISO 32000-2, 7.3.5).
fn unescaped(objects: &[u8]) -> Cow<'_, [u8]> {
    if !objects.contains(&b'#') {
        return objects.into();
    }
    let mut plain = Vec::with_capacity(objects.len());
    let mut rest = objects;
    while let Some(at) = memchr::memchr(b'#', rest) {
        plain.extend(&rest[..at]);
        let digit = |at: usize| rest.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        let byte =
            digit(at + 1).zip(digit(at + 2)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        plain.push(byte.unwrap_or(b'#'));
        rest = &rest[at + if byte.is_some() { 3 } else { 1 }..];
    }
    plain.extend(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    #[test]
    fn actions_are_found_however_they_are_written() {
        for objects in [
            "<< /S /JavaScript >>",
            "<</S/#4aavaScript/JS(x)>>",
            "<</AA<</O<</S /Launch/F(x)>>>>>>",
            "<</S/Submit#46orm>>",
            "/XFA[(a)]",
            "/J#53",
        ] {
            assert!(acts(objects.as_bytes()), "{objects}");
        }
        for objects in ["<</S/URI/URI(https://e.org/#JS)>>", "/JSFont /LaunchPad (#) #4", "/Title (Launch)"] {
            assert!(!acts(objects.as_bytes()), "{objects}");
        }
        assert!(runs(b"%PDF-1.4\n<</Encrypt 1 0 R>>") && runs(b"%PDF-1.4\n<</JS 1 0 R>>"));
        assert!(!runs(b"%PDF-1.4\n<</Type/Catalog>>"));
    }
}

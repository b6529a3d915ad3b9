//! A time stamp that OpenSSL made, whole, cut and changed.

use super::*;

const LIST: &[u8] = include_bytes!("../../../tests/seals/SHA256SUMS");
const ANSWER: &[u8] = include_bytes!("../../../tests/seals/SHA256SUMS.tsr");
const ROOT: &[u8] = include_bytes!("../../../tests/seals/root.pem");
const OTHER: &[u8] = include_bytes!("../../../tests/seals/other.pem");

#[test]
fn what_openssl_stamped_is_good() {
    let stamp = check(LIST, ANSWER, Some(ROOT)).unwrap();
    assert_eq!(stamp.time, "2026-11-28T05:54:12Z");
    assert!(stamp.authority.contains("CN=Example time stamps"), "{}", stamp.authority);
    assert!(check(LIST, ANSWER, None).is_ok());
}

#[test]
fn what_does_not_fit_is_refused() {
    let why = |list, answer, roots| check(list, answer, roots).unwrap_err();
    assert_eq!(why(&LIST[1..], ANSWER, Some(ROOT)), "it is not of this list");
    assert!(why(LIST, ANSWER, Some(OTHER)).contains("does not vouch"));
    assert!(why(LIST, ANSWER, Some(b"no certificate")).contains("there is no certificate"));
    assert!(why(LIST, b"<html>", Some(ROOT)).contains("not a time stamp"));
    for end in 0..ANSWER.len() {
        assert!(check(LIST, &ANSWER[..end], Some(ROOT)).is_err(), "cut after {end} bytes");
    }
}

#[test]
fn a_changed_byte_never_makes_it_say_something_else() {
    for at in 0..ANSWER.len() {
        for bit in [1, 0x80] {
            let mut changed = ANSWER.to_vec();
            changed[at] ^= bit;
            if let Ok(stamp) = check(LIST, &changed, Some(ROOT)) {
                assert_eq!(stamp.time, "2026-11-28T05:54:12Z", "byte {at}");
                assert!(stamp.authority.contains("CN=Example time stamps"), "byte {at}");
            }
        }
    }
}

#[test]
fn an_answer_belongs_to_its_question() {
    let why = answers(ANSWER, &question(LIST).unwrap()).unwrap_err();
    assert_eq!(why, "it answers another question");
    let first = question(LIST).unwrap();
    assert_ne!(first, question(LIST).unwrap(), "two questions have two numbers");
    let read = TimeStampReq::from_der(&first).unwrap();
    assert!(
        read.cert_req && read.message_imprint.hashed_message.as_bytes() == Sha256::digest(LIST).as_slice()
    );
}

//! Time stamps (RFC 3161): the question to an authority, and what its answer proves. The authority learns a hash.

use cms::cert::x509::Certificate;
use cms::cert::x509::spki::AlgorithmIdentifierOwned;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignerInfo};
use der::asn1::{Any, AnyRef, Int, ObjectIdentifier, OctetString, SetOfVec};
use der::oid::db::rfc5911::{ID_CONTENT_TYPE, ID_MESSAGE_DIGEST, ID_SIGNED_DATA};
use der::oid::db::rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512};
use der::{Decode, Encode, Reader, SliceReader, Tag, TagNumber, Tagged};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion};

use super::Stamp;

/// What the certificate of an authority is for, `id-kp-timeStamping` (RFC 3161, 2.3), as it is encoded.
const TIME_STAMPING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// The type of what is signed, `id-ct-TSTInfo` (RFC 3161, 2.4.2).
const ID_CT_TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// The bytes of a number that no other question has.
const NONCE: usize = 16;

/// The question for a stamp of `list`.
///
/// # Errors
/// If the system gives no random numbers.
pub(crate) fn question(list: &[u8]) -> Result<Vec<u8>, String> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|why| why.to_string())?;
    // A positive number without leading zeros.
    nonce[0] = nonce[0] & 0x7f | 0x40;
    let asked = Int::new(&nonce).and_then(|nonce| {
        let question = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: Some(Any::null()) },
                hashed_message: OctetString::new(Sha256::digest(list).to_vec())?,
            },
            req_policy: None,
            nonce: Some(nonce),
            cert_req: true,
            extensions: None,
        };
        question.to_der()
    });
    asked.map_err(|why| why.to_string())
}

/// Whether `answer` belongs to `question`.
///
/// # Errors
/// What is wrong with it, or why the authority refused.
pub(crate) fn answers(answer: &[u8], question: &[u8]) -> Result<(), String> {
    let question = TimeStampReq::from_der(question).map_err(|why| why.to_string())?;
    let statement = Token::read(answer)?.statement()?;
    match statement.nonce == question.nonce {
        true => Ok(()),
        false => Err("it answers another question".to_owned()),
    }
}

/// Checks that `answer` is a time stamp of `list`, signed by the key of a certificate in it. With `roots`, certificates
/// in PEM, one of them must vouch for that certificate; without, anybody may have made it.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(list: &[u8], answer: &[u8], roots: Option<&[u8]>) -> Result<Stamp, String> {
    let token = Token::read(answer)?;
    let statement = token.statement()?;
    if digest(statement.imprint.hash_algorithm.oid, list)? != statement.imprint.hashed_message.as_bytes() {
        return Err("it is not of this list".to_owned());
    }
    let roots = roots.map(certificates).transpose()?;
    let signer = token.signer(roots.as_deref(), statement.time)?;
    let time = jiff::Timestamp::from_second(i64::try_from(statement.time.as_secs()).unwrap_or(i64::MAX));
    let time = time.map_err(|_| "its time is none".to_owned())?;
    Ok(Stamp { time: time.to_string(), authority: signer })
}

/// Whether `text` has the certificates, in PEM, of authorities.
///
/// # Errors
/// If it has none, or one that cannot be read.
pub(crate) fn roots(text: &[u8]) -> Result<(), String> {
    let read = certificates(text)?;
    let anchors = read.iter().map(anchor_from_trusted_cert).collect::<Result<Vec<_>, _>>();
    anchors.map(drop).map_err(|_| "a certificate in it is damaged".to_owned())
}

fn certificates(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text).collect();
    let read = read.map_err(|why| format!("it is not in PEM: {why}"))?;
    match read.is_empty() {
        true => Err("there is no certificate in it".to_owned()),
        false => Ok(read),
    }
}

/// The signed part of an answer.
struct Token {
    /// What is signed: a `TSTInfo`, encoded.
    content: Vec<u8>,
    certificates: Vec<CertificateDer<'static>>,
    signers: Vec<SignerInfo>,
}

/// What the authority states (`TSTInfo`).
struct Statement {
    imprint: MessageImprint,
    time: UnixTime,
    nonce: Option<Int>,
}

impl Token {
    fn read(answer: &[u8]) -> Result<Token, String> {
        let is_none = |_| "it is not a time stamp (RFC 3161)".to_owned();
        let answer = TimeStampResp::from_der(answer).map_err(is_none)?;
        let token: ContentInfo = answer.time_stamp_token.ok_or_else(|| {
            let why = answer.status.status_string.iter().flatten().map(|text| text.to_string());
            let why: Vec<String> = why.collect();
            format!("the authority refused ({:?}) {}", answer.status.status, why.join(" ")).trim().to_owned()
        })?;
        if token.content_type != ID_SIGNED_DATA {
            return Err("it is not signed".to_owned());
        }
        token
            .content
            .to_der()
            .and_then(|data| Token::parts(&data))
            .map_err(is_none)?
            .ok_or_else(|| "it states no time".to_owned())
    }

    /// The parts of a `SignedData` (RFC 5652, 5.1), which are read one by one, because some authorities send a
    /// certificate twice. `None` if something else is signed.
    fn parts(data: &[u8]) -> der::Result<Option<Token>> {
        let certificates = Tag::ContextSpecific { constructed: true, number: TagNumber::N0 };
        SliceReader::new(data)?.sequence(|fields| {
            if CmsVersion::decode(fields)? != CmsVersion::V3 {
                return Ok(None);
            }
            let digests = SetOfVec::<AlgorithmIdentifierOwned>::decode(fields)?;
            let signed = EncapsulatedContentInfo::decode(fields)?;
            let mut token = Token { content: Vec::new(), certificates: Vec::new(), signers: Vec::new() };
            while !fields.is_finished() {
                let field = AnyRef::decode(fields)?;
                let mut inner = SliceReader::new(field.value())?;
                if field.tag() == certificates {
                    while !inner.is_finished() {
                        token.certificates.push(AnyRef::decode(&mut inner)?.to_der()?.into());
                    }
                } else if field.tag() == Tag::Set {
                    while !inner.is_finished() {
                        token.signers.push(SignerInfo::decode(&mut inner)?);
                    }
                }
            }
            let Some(content) = signed.econtent.filter(|_| signed.econtent_type == ID_CT_TST_INFO) else {
                return Ok(None);
            };
            if token
                .signers
                .iter()
                .any(|signer| digests.iter().all(|digest| digest.oid != signer.digest_alg.oid))
            {
                return Ok(None);
            }
            token.content = content.decode_as::<OctetString>()?.into_bytes();
            Ok(Some(token))
        })
    }

    /// Its fields are read one by one, because some authorities give parts of a second.
    fn statement(&self) -> Result<Statement, String> {
        let read = || -> der::Result<Statement> {
            let mut outer = SliceReader::new(&self.content)?;
            outer.sequence(|fields| {
                TspVersion::decode(fields)?;
                ObjectIdentifier::decode(fields)?;
                let imprint = MessageImprint::decode(fields)?;
                Int::decode(fields)?;
                let time = AnyRef::decode(fields)?;
                time.tag().assert_eq(Tag::GeneralizedTime)?;
                let time = seconds(time.value()).ok_or_else(|| Tag::GeneralizedTime.value_error())?;
                let mut nonce = None;
                while !fields.is_finished() {
                    let field = AnyRef::decode(fields)?;
                    if field.tag() == Tag::Integer {
                        nonce = Some(field.decode_as()?);
                    }
                }
                Ok(Statement { imprint, time, nonce })
            })
        };
        read().map_err(|_| "what it states cannot be read".to_owned())
    }

    /// The name in the certificate whose key made the signature.
    fn signer(&self, roots: Option<&[CertificateDer<'_>]>, time: UnixTime) -> Result<String, String> {
        let [signed] = self.signers.as_slice() else {
            return Err(format!("{} signed it, instead of one", self.signers.len()));
        };
        let message = self.signed(signed)?;
        let is_signer = |encoded: &&CertificateDer<'_>| {
            let Ok(certificate) = EndEntityCert::try_from(*encoded) else { return false };
            let signature = signed.signature.as_bytes();
            ALL_VERIFICATION_ALGS
                .iter()
                .any(|by| certificate.verify_signature(*by, &message, signature).is_ok())
        };
        let signer = self.certificates.iter().find(is_signer);
        let signer = signer.ok_or("its signature is not by the key of a certificate in it")?;
        if let Some(roots) = roots {
            vouched(signer, roots, &self.certificates, time)?;
        }
        let read = Certificate::from_der(signer).map_err(|why| why.to_string())?;
        Ok(read.tbs_certificate.subject.to_string())
    }

    /// What the signature is over: the attributes, which must be those of the content (RFC 5652, 5.4).
    fn signed(&self, signer: &SignerInfo) -> Result<Vec<u8>, String> {
        let attributes = signer.signed_attrs.as_ref().ok_or("it lacks the attributes that are signed")?;
        let only = |oid: ObjectIdentifier| {
            let attribute = attributes.iter().find(|attribute| attribute.oid == oid)?;
            attribute.values.iter().next().filter(|_| attribute.values.len() == 1)
        };
        let kind = only(ID_CONTENT_TYPE).and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
        let sum = only(ID_MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
        let is_of_the_content = kind == Some(ID_CT_TST_INFO)
            && sum.is_some_and(|sum| {
                digest(signer.digest_alg.oid, &self.content).as_deref() == Ok(sum.as_bytes())
            });
        if !is_of_the_content {
            return Err("its signature is of something else".to_owned());
        }
        attributes.to_der().map_err(|why| why.to_string())
    }
}

/// Whether one of `roots` vouches for `certificate` at that time, as an authority for time.
fn vouched(
    certificate: &CertificateDer<'_>,
    roots: &[CertificateDer<'_>],
    between: &[CertificateDer<'_>],
    time: UnixTime,
) -> Result<(), String> {
    let is_none = |_: webpki::Error| {
        "the certificate that is given does not vouch for its signature; it must be the root certificate of the authority, \
         not the one that it signs with"
            .to_owned()
    };
    let anchors =
        roots.iter().map(anchor_from_trusted_cert).collect::<Result<Vec<_>, _>>().map_err(is_none)?;
    let usage = KeyUsage::required(TIME_STAMPING);
    let end = EndEntityCert::try_from(certificate).map_err(is_none)?;
    let path = end.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, between, time, usage, None, None);
    path.map(drop).map_err(is_none)
}

fn digest(algorithm: ObjectIdentifier, bytes: &[u8]) -> Result<Vec<u8>, String> {
    match algorithm {
        ID_SHA_256 => Ok(Sha256::digest(bytes).to_vec()),
        ID_SHA_384 => Ok(Sha384::digest(bytes).to_vec()),
        ID_SHA_512 => Ok(Sha512::digest(bytes).to_vec()),
        other => Err(format!("it has a hash by {other}; SHA-256, SHA-384 and SHA-512 are accepted")),
    }
}

/// A `GeneralizedTime` as RFC 3161 (2.4.2) writes it, `20261128053000.25Z`.
fn seconds(text: &[u8]) -> Option<UnixTime> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let time = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", whole).ok()?;
    let since = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(u64::try_from(since).ok()?)))
}

#[cfg(test)]
mod tests;

//! Stores on servers, which Apache OpenDAL supports: object stores, SFTP, WebDAV.
//!
//! Credentials come only from the environment and the services' own files, as each service's own tools read
//! them.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use axum::http::{Request, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures_util::{StreamExt as _, TryStreamExt as _};
use opendal::layers::{RetryLayer, TimeoutLayer};
#[cfg(unix)]
use opendal::services::Sftp;
use opendal::services::{Azblob, Gcs, Http, S3, Webdav};
use opendal::{Buffer, ErrorKind, HttpBody, HttpTransport, HttpTransporter, Metadata, Operator};
use opendal_http_transport_reqwest::ReqwestTransport;
use tokio::runtime::Runtime;

use super::PublishError;
use super::store::{Entry, Headers, LARGEST_READ, MOST_LISTED, OWN, PARTS, Store, StoreError, few_enough};
use crate::base::hash::Fingerprint;
use crate::config::publish::{Host, Target};
use crate::http;
use crate::world::dir::larger_than;

/// A store, and the runtime for its requests.
pub(crate) struct Remote {
    operator: Operator,
    runtime: Runtime,
    /// Whether readers could see a file that is partly written: then it is uploaded elsewhere, and renamed.
    writes_in_place: bool,
}

/// The first pause between attempts; each further one is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// How long a request may wait without receiving anything.
const PATIENCE: Duration = Duration::from_secs(60);

impl Remote {
    /// Opens a target without sending requests. `environment` looks up a variable.
    ///
    /// # Errors
    /// If the target's settings or the credentials cannot be used.
    pub(crate) fn open(
        target: &Target,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Remote, PublishError> {
        let unusable =
            |why: String| PublishError::Target(format!("the target `{}` cannot be used: {why}", target.name));
        // The settings have at least one try.
        let retries = usize::from(target.tries) - 1;
        let retry = RetryLayer::new()
            .with_max_times(retries)
            .with_min_delay(FIRST_PAUSE)
            .with_max_delay(LONGEST_PAUSE)
            .with_jitter();
        let service = || operator(target, environment);
        let mut remote =
            Remote::reached(service, |requests| HttpTransporter::new(Patient { requests, retries }))
                .map_err(unusable)?;
        if matches!(target.host, Host::Sftp { .. }) {
            remote.operator = remote.operator.layer(retry);
        }
        remote.writes_in_place = matches!(target.host, Host::Sftp { .. } | Host::WebDav { .. });
        Ok(remote)
    }

    /// A published site, read only, as any reader sees it.
    ///
    /// # Errors
    /// If the address is not valid.
    pub(crate) fn site(address: &str) -> Result<Remote, PublishError> {
        let host = address.find("://").and_then(|at| address[at + 3..].find('/').map(|end| at + 3 + end));
        let (host, folder) = address.split_at(host.unwrap_or(address.len()));
        let service = || Operator::new(Http::default().endpoint(host).root(folder));
        let unusable = |why| PublishError::Target(format!("`{address}` cannot be read: {why}"));
        Remote::reached(service, |requests| HttpTransporter::new(Patient { requests, retries: 0 }))
            .map_err(unusable)
    }

    fn reached(
        service: impl FnOnce() -> opendal::Result<Operator>,
        transport: impl FnOnce(ReqwestTransport) -> HttpTransporter,
    ) -> Result<Remote, String> {
        let runtime = http::runtime().map_err(|why| why.to_string())?;
        let inside = runtime.enter();
        let operator = service().map_err(|why| words(&why).0)?;
        let timeout = TimeoutLayer::new().with_timeout(PATIENCE).with_io_timeout(PATIENCE);
        let context = operator.context().with_http_transport(transport(ReqwestTransport::default()));
        let operator = operator.with_context(context).layer(timeout);
        drop(inside);
        Ok(Remote { operator, runtime, writes_in_place: false })
    }
}

/// Reads no answer of more than [`LARGEST_READ`], and repeats a request if a server is overloaded or does not answer.
/// It repeats single requests and not whole operations: an operation in WebDAV is several requests, and would never
/// succeed on a server that refuses one in three.
struct Patient {
    requests: ReqwestTransport,
    retries: usize,
}

/// The pauses before attempts after the first.
fn pauses() -> impl Iterator<Item = Duration> {
    std::iter::successors(Some(FIRST_PAUSE), |pause| Some((*pause * 2).min(LONGEST_PAUSE)))
}

impl HttpTransport for Patient {
    async fn fetch(&self, request: Request<Buffer>) -> opendal::Result<Response<HttpBody>> {
        let (parts, body) = request.into_parts();
        for pause in pauses().take(self.retries) {
            match self.requests.fetch(Request::from_parts(parts.clone(), body.clone())).await {
                Ok(answer) if matches!(answer.status().as_u16(), 429 | 500 | 502..=504) => {}
                Err(error) if error.is_temporary() => {}
                other => return other.map(|answer| limited(answer, LARGEST_READ)),
            }
            tokio::time::sleep(pause).await;
        }
        let answer = self.requests.fetch(Request::from_parts(parts, body)).await;
        answer.map(|answer| limited(answer, LARGEST_READ))
    }
}

/// An answer that fails when more than `most` bytes arrive: OpenDAL reads lists and messages whole.
fn limited(answer: Response<HttpBody>, most: u64) -> Response<HttpBody> {
    answer.map(|body| {
        body.map_inner(move |parts| {
            let mut read = 0;
            Box::new(parts.map(move |part| {
                let part = part?;
                read += part.len() as u64;
                match read > most {
                    true => Err(opendal::Error::new(ErrorKind::Unexpected, larger_than(most))),
                    false => Ok(part),
                }
            }))
        })
    })
}

fn operator(target: &Target, environment: &dyn Fn(&str) -> Option<String>) -> opendal::Result<Operator> {
    let below = format!("/{}", target.prefix.trim_start_matches('/'));
    match &target.host {
        Host::S3 { bucket, region, endpoint } => {
            let mut s3 = S3::default().bucket(bucket).root(&below);
            if let Some(endpoint) = endpoint {
                s3 = s3.endpoint(endpoint);
            }
            if let Some(region) = region_of(region.as_deref(), endpoint.as_deref(), environment) {
                s3 = s3.region(&region);
            }
            Operator::new(s3)
        }
        Host::Gcs { bucket, endpoint } => {
            let mut gcs = Gcs::default().bucket(bucket).root(&below);
            if let Some(endpoint) = endpoint {
                gcs = gcs.endpoint(endpoint);
            }
            Operator::new(gcs)
        }
        Host::Azure { container, endpoint } => {
            Operator::new(Azblob::default().container(container).endpoint(endpoint).root(&below))
        }
        Host::Sftp { endpoint } => sftp(endpoint, &target.prefix),
        Host::WebDav { endpoint } => {
            let mut dav = Webdav::default().endpoint(endpoint.trim_end_matches('/')).root(&below);
            if let Some(token) = environment("DOSSIER_WEBDAV_TOKEN") {
                dav = dav.token(&token);
            }
            if let Some(user) = environment("DOSSIER_WEBDAV_USER") {
                dav = dav.username(&user);
            }
            if let Some(password) = environment("DOSSIER_WEBDAV_PASSWORD") {
                dav = dav.password(&password);
            }
            Operator::new(dav)
        }
        Host::Folder { .. } | Host::Git { .. } => {
            Err(opendal::Error::new(ErrorKind::Unsupported, "this is no server"))
        }
    }
}

/// The region of a bucket, if it is known without asking. Stores other than Amazon's have none, but their protocol
/// requires one.
fn region_of(
    setting: Option<&str>,
    endpoint: Option<&str>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    let setting = setting.map(str::to_owned).or_else(|| environment("AWS_REGION"));
    setting.or_else(|| endpoint.map(|_| "auto".to_owned()))
}

/// Opens an SFTP server. A relative folder is relative to the server's home folder.
#[cfg(unix)]
fn sftp(endpoint: &str, folder: &str) -> opendal::Result<Operator> {
    Operator::new(Sftp::default().endpoint(endpoint).root(folder).known_hosts_strategy("strict"))
}

/// The crate that runs the system's `ssh` supports only Unix.
#[cfg(not(unix))]
fn sftp(_: &str, _: &str) -> opendal::Result<Operator> {
    let why = "SFTP is not available on this system; publish by WebDAV, or from Linux, macOS or WSL";
    Err(opendal::Error::new(ErrorKind::Unsupported, why))
}

/// The message of an OpenDAL error, without its addresses and headers: a signed address is a credential.
fn words(error: &opendal::Error) -> StoreError {
    let mut text = match error.kind() {
        ErrorKind::PermissionDenied => {
            "access denied: the credentials are missing, wrong or insufficient".to_owned()
        }
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::RateLimited => "too many requests".to_owned(),
        kind if error.message().is_empty() => format!("the server answers with an error ({kind})"),
        _ => error.message().to_owned(),
    };
    let mut cause = error.source();
    while let Some(why) = cause {
        text.push_str(": ");
        text.push_str(&why.to_string());
        cause = why.source();
    }
    let mut plain = String::new();
    for word in text.split_whitespace() {
        let (word, _) = word.split_once('?').filter(|_| word.contains("://")).unwrap_or((word, ""));
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    if let Some((at, _)) = plain.char_indices().nth(400) {
        plain.truncate(at);
    }
    StoreError(plain)
}

/// The MD5 that a store says a file has, in hexadecimal digits.
fn md5(about: &Metadata) -> Option<String> {
    let digits = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if let Some(given) = about.content_md5() {
        return BASE64_STANDARD.decode(given).ok().filter(|bytes| bytes.len() == 16).map(digits);
    }
    let tag = about.etag()?.trim_matches('"').to_ascii_lowercase();
    (tag.len() == 32 && tag.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(tag)
}

/// `None` if the file does not exist.
fn found<T>(result: opendal::Result<T>) -> Result<Option<T>, StoreError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(words(&error)),
    }
}

/// Whether there is no such file, or not even its folder, because a file has the folder's name.
fn is_absent(error: &opendal::Error) -> bool {
    let mut cause = error.source();
    while let Some(why) = cause {
        if why.downcast_ref::<io::Error>().is_some_and(|why| why.kind() == io::ErrorKind::NotADirectory) {
            return true;
        }
        cause = why.source();
    }
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

impl Store for Remote {
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let read = self.runtime.block_on(async {
            let mut parts = self.operator.reader(path).await?.into_stream(..).await?;
            let mut bytes = Vec::new();
            while let Some(part) = parts.try_next().await? {
                if (bytes.len() + part.len()) as u64 > most {
                    return Ok(None);
                }
                for part in part {
                    bytes.extend_from_slice(&part);
                }
            }
            Ok(Some(bytes))
        });
        match found(read)? {
            None => Ok(None),
            Some(Some(bytes)) => Ok(Some(bytes)),
            Some(None) => Err(StoreError(larger_than(most))),
        }
    }

    fn write(&self, path: &str, bytes: Vec<u8>, headers: &Headers) -> Result<(), StoreError> {
        let part = self.writes_in_place.then(|| format!("{OWN}{PARTS}{}", Fingerprint::of(path.as_bytes())));
        let can = self.operator.info().capability();
        let mut write = self.operator.write_with(part.as_deref().unwrap_or(path), bytes);
        if can.write_with_content_type {
            write = write.content_type(headers.content_type);
        }
        if can.write_with_cache_control {
            write = write.cache_control(headers.cache_control);
        }
        self.runtime
            .block_on(async {
                write.await?;
                match &part {
                    Some(part) => self.operator.rename(part, path).await,
                    None => Ok(()),
                }
            })
            .map_err(|error| words(&error))
    }

    fn delete(&self, path: &str) -> Result<(), StoreError> {
        found(self.runtime.block_on(self.operator.delete(path))).map(drop)
    }

    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        let listed = self.runtime.block_on(async {
            let list = self.operator.lister_with(folder).recursive(true).await?;
            let entry = |entry: opendal::Entry| {
                let (path, about) = entry.into_parts();
                Entry { path, length: about.content_length(), md5: md5(&about), is_special: false }
            };
            list.take(MOST_LISTED + 1).map_ok(entry).try_collect::<Vec<Entry>>().await
        });
        few_enough(found(listed)?.unwrap_or_default())
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let copied = self.runtime.block_on(self.operator.copy(from, to));
        match copied {
            Err(error) if error.kind() == ErrorKind::Unsupported => self.copy_through(from, to),
            other => Ok(found(other)?.is_some()),
        }
    }
}

#[cfg(test)]
mod tests;

//! Requests addresses as a polite robot does: it identifies itself, obeys `robots.txt` (RFC 9309), sends a
//! host one request at a time with a pause between them, and stops asking a host that answers with 429.

mod robots;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use reqwest::header::{LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use tokio::sync::{Mutex, Semaphore, mpsc};
use url::Url;

use self::robots::{BYTE_LIMIT, Robots};
use super::{Answer, Answers, Fault, Manners};
use crate::http;

/// The program's name in `robots.txt`.
const NAME: &str = "dossier";
/// The maximum number of hosts visited concurrently.
const HOSTS_AT_ONCE: usize = 16;
/// The maximum number of redirects; browsers follow twice as many.
const MOST_REDIRECTS: usize = 10;
/// The maximum number of redirects of a `robots.txt` (RFC 9309, section 2.3.1.2).
const MOST_ROBOTS_REDIRECTS: usize = 5;
/// The longest pause that a `robots.txt` can request; longer ones would keep a run from ending.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How many hosts to resolve to find out whether name resolution works at all.
const WITNESSES: usize = 3;
/// The maximum length of an address to redirect to, in bytes.
const LONGEST_ADDRESS: usize = 2000;

/// Requests `urls`, which have no fragments, and reports each answer as it arrives. `known` are the answers
/// for other addresses.
///
/// # Errors
/// If no request could be sent, or if no host name could be resolved: then nothing was learnt.
pub(crate) fn visit(
    urls: &[Url],
    known: &Answers,
    manners: &Manners,
    tell: &mut dyn FnMut(&Url, &Answer),
) -> io::Result<Answers> {
    let runtime = http::runtime()?;
    let agent = match &manners.home {
        Some(home) => format!("{NAME}/{} (+{home})", env!("CARGO_PKG_VERSION")),
        None => format!("{NAME}/{}", env!("CARGO_PKG_VERSION")),
    };
    // What follows redirects here sees each of them.
    let client = Client::builder().user_agent(agent).redirect(Policy::none()).timeout(manners.patience);
    let client = client.build().map_err(io::Error::other)?;
    let mut by_host: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    for url in urls {
        by_host.entry(host_of(url)).or_default().push(url.clone());
    }
    let visitor = Arc::new(Visitor { client, manners: manners.clone(), hosts: Lock::default() });
    let answers = runtime.block_on(async {
        let (sender, mut receiver) = mpsc::channel(HOSTS_AT_ONCE);
        let places = Arc::new(Semaphore::new(HOSTS_AT_ONCE));
        for (_, urls) in by_host {
            let (visitor, sender, places) = (visitor.clone(), sender.clone(), places.clone());
            tokio::spawn(async move {
                let Ok(_place) = places.acquire().await else { return };
                for url in urls {
                    let answer = visitor.visit(&url).await;
                    if sender.send((url, answer)).await.is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut answers = Answers::new();
        while let Some((url, answer)) = receiver.recv().await {
            tell(&url, &answer);
            answers.insert(url, answer);
        }
        answers
    });
    // One or two hosts may have vanished, but not all; if only those were requested, a host that was known to
    // be good still resolves.
    let is_nameless = |answer: &Answer| *answer == Answer::Broken(Fault::NoHost);
    if !answers.is_empty() && answers.values().all(is_nameless) && !runtime.block_on(any_has_a_name(known)) {
        return Err(io::Error::other("no host name could be resolved; is this machine online?"));
    }
    Ok(answers)
}

/// Whether the name of one of these hosts resolves. Sends no requests to them.
async fn any_has_a_name(known: &Answers) -> bool {
    let hosts: BTreeSet<&str> = known.keys().filter_map(Url::host_str).collect();
    for host in hosts.into_iter().take(WITNESSES) {
        if tokio::net::lookup_host((host, 443)).await.is_ok() {
            return true;
        }
    }
    false
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

struct Visitor {
    client: Client,
    manners: Manners,
    hosts: Lock<BTreeMap<String, Arc<Mutex<Host>>>>,
}

/// The state of a host. Only the task that holds it may send the host a request.
#[derive(Default)]
struct Host {
    /// The rules of each of its origins, or the answer for all addresses if the rules could not be read.
    robots: BTreeMap<String, Result<Robots, Answer>>,
    /// Whether a request was sent before.
    asked: bool,
    /// The answer for all further addresses, if no more requests may be sent.
    closed: Option<Answer>,
}

impl Host {
    /// Waits before the next request, except before the first.
    async fn pause(&mut self, pause: Duration) {
        if std::mem::replace(&mut self.asked, true) {
            tokio::time::sleep(pause).await;
        }
    }
}

impl Visitor {
    async fn visit(&self, start: &Url) -> Answer {
        let mut at = start.clone();
        // Set while every redirect so far was permanent.
        let mut moved: Option<Url> = None;
        let mut lasting = true;
        for _ in 0..=MOST_REDIRECTS {
            let response = match self.fetch(&at).await {
                Ok(response) => response,
                Err(answer) => return answer,
            };
            let status = response.status();
            let next = match status.is_redirection().then(|| target(&at, &response)).flatten() {
                Some(Ok(next)) => next,
                Some(Err(why)) => return Answer::Unsure(why),
                None => {
                    return match status {
                        StatusCode::NOT_FOUND | StatusCode::GONE => {
                            Answer::Broken(Fault::Gone(status.as_u16()))
                        }
                        _ if !status.is_success() => answers(status),
                        _ => moved.filter(|to| to != start).map_or(Answer::Good, Answer::Moved),
                    };
                }
            };
            lasting &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            if lasting {
                moved = Some(next.clone());
            }
            at = next;
            at.set_fragment(None);
        }
        Answer::Unsure(format!("its server redirects more than {MOST_REDIRECTS} times"))
    }

    /// Sends a `HEAD` request. If the server answers that differently from a reader's request, sends a `GET`
    /// request and ignores the body.
    async fn fetch(&self, url: &Url) -> Result<Response, Answer> {
        match self.ask(Method::HEAD, url).await {
            Ok(response) if response.status().as_u16() < 400 => Ok(response),
            Err(Heard::Nothing(error)) if error.is_connect() || error.is_timeout() => {
                Err(self.trouble(&error))
            }
            Err(Heard::Closed(answer)) => Err(answer),
            Ok(_) | Err(Heard::Nothing(_)) => self.ask(Method::GET, url).await.map_err(|heard| match heard {
                Heard::Closed(answer) => answer,
                Heard::Nothing(error) => self.trouble(&error),
            }),
        }
    }

    async fn ask(&self, method: Method, url: &Url) -> Result<Response, Heard> {
        let host = self
            .hosts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(host_of(url))
            .or_default()
            .clone();
        let mut host = host.lock().await;
        if let Some(answer) = &host.closed {
            return Err(Heard::Closed(answer.clone()));
        }
        let origin = url.origin().ascii_serialization();
        let robots = match host.robots.get(&origin) {
            Some(robots) => robots.clone(),
            None => {
                host.pause(self.manners.pause).await;
                let robots = self.robots(&origin).await;
                host.robots.insert(origin, robots.clone());
                robots
            }
        };
        let robots = robots.map_err(Heard::Closed)?;
        if !robots.allows(url) {
            let why = "the `robots.txt` of its host excludes programs".to_owned();
            return Err(Heard::Closed(Answer::Unsure(why)));
        }
        let wanted = robots.crawl_delay.unwrap_or_default().min(LONGEST_PAUSE);
        host.pause(self.manners.pause.max(wanted)).await;
        let response = self.client.request(method, url.clone()).send().await.map_err(Heard::Nothing)?;
        let status = response.status();
        let has_enough =
            status == StatusCode::SERVICE_UNAVAILABLE && response.headers().contains_key(RETRY_AFTER);
        if has_enough || status == StatusCode::TOO_MANY_REQUESTS {
            let why =
                format!("its host is skipped, because it answered {} to another address", status.as_u16());
            host.closed = Some(Answer::Unsure(why));
            return Err(Heard::Closed(answers(status)));
        }
        Ok(response)
    }

    /// The rules of an origin.
    async fn robots(&self, origin: &str) -> Result<Robots, Answer> {
        let Ok(mut at) = Url::parse(&format!("{origin}/robots.txt")) else { return Ok(Robots::default()) };
        for _ in 0..=MOST_ROBOTS_REDIRECTS {
            let sent = self.client.get(at.clone()).send().await;
            let mut response = sent.map_err(|error| self.trouble(&error))?;
            let status = response.status();
            match status.is_redirection().then(|| target(&at, &response)).flatten() {
                Some(Ok(next)) => at = next,
                Some(Err(_)) => return Ok(Robots::default()),
                None if status.is_success() => {
                    let mut text = Vec::new();
                    while let Some(part) = response.chunk().await.map_err(|error| self.trouble(&error))? {
                        text.extend_from_slice(&part);
                        if text.len() > BYTE_LIMIT {
                            break;
                        }
                    }
                    return Ok(Robots::parse(&text, NAME));
                }
                // If the server cannot say what is allowed, nothing is (RFC 9309, section 2.3.1.4).
                None if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                    let why = format!("the `robots.txt` of its host cannot be read ({})", status.as_u16());
                    return Err(Answer::Unsure(why));
                }
                None => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    /// The answer for a request that failed.
    fn trouble(&self, error: &reqwest::Error) -> Answer {
        if error.is_timeout() {
            let seconds = self.manners.patience.as_secs_f64();
            return Answer::Unsure(format!("its server does not answer within {seconds} seconds"));
        }
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        let mut is_lookup = false;
        while let Some(why) = cause {
            let inner = why.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            let tls = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
            if let Some(rustls::Error::InvalidCertificate(why)) = tls.or_else(|| why.downcast_ref()) {
                return Answer::Broken(Fault::Certificate(why.to_string()));
            }
            let text = why.to_string();
            is_lookup |= text.starts_with("dns error");
            // The system's message if it reaches no name server at all.
            if is_lookup && text.contains("emporary failure") {
                return Answer::Unsure("the name of its host cannot be resolved at present".to_owned());
            }
            if why
                .downcast_ref::<io::Error>()
                .is_some_and(|why| why.kind() == io::ErrorKind::ConnectionRefused)
            {
                return Answer::Broken(Fault::Refused);
            }
            cause = why.source();
        }
        match is_lookup {
            true => Answer::Broken(Fault::NoHost),
            false => Answer::Unsure("the connection to its server fails".to_owned()),
        }
    }
}

/// Why there is no response.
enum Heard {
    /// No request was sent or will be sent; the answer for the address.
    Closed(Answer),
    /// The request failed.
    Nothing(reqwest::Error),
}

fn answers(status: StatusCode) -> Answer {
    Answer::Unsure(match status.canonical_reason() {
        Some(reason) => format!("its server answers {} ({reason})", status.as_u16()),
        None => format!("its server answers {}", status.as_u16()),
    })
}

/// The target of a redirect; `None` if the response does not have one.
fn target(at: &Url, response: &Response) -> Option<Result<Url, String>> {
    let location = String::from_utf8_lossy(response.headers().get(LOCATION)?.as_bytes()).into_owned();
    let next = (location.len() <= LONGEST_ADDRESS).then(|| at.join(&location).ok()).flatten();
    let next = next.filter(|next| matches!(next.scheme(), "http" | "https") && next.has_host());
    Some(next.ok_or_else(|| "its server redirects to something that is not a web address".to_owned()))
}

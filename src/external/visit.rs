//! Asks for addresses, as a polite robot does: it says who it is, keeps to `robots.txt` (RFC 9309), sends a host one request
//! at a time with a pause between, and leaves a host alone that has had enough.

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
use super::{Answer, Answers, Fault};
use crate::http;

/// What `robots.txt` may call the program.
const NAME: &str = "dossier";
/// How many hosts are asked at the same time.
const HOSTS_AT_ONCE: usize = 16;
/// How many redirects are followed; browsers follow twice as many.
const MOST_REDIRECTS: usize = 10;
/// How many redirects of a `robots.txt` are followed (RFC 9309, section 2.3.1.2).
const MOST_ROBOTS_REDIRECTS: usize = 5;
/// The longest pause that a `robots.txt` can ask for: with more, no run would end.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How many hosts are looked up to tell whether any can be.
const WITNESSES: usize = 3;
/// The longest address that a redirect may lead to, in bytes.
const LONGEST_ADDRESS: usize = 2000;

/// How hosts are asked.
#[derive(Clone, Debug)]
pub struct Manners {
    /// How long a host is left in peace between two requests.
    pub pause: Duration,
    /// How long an answer is waited for.
    pub patience: Duration,
    /// Where whoever runs a host learns who asks: the address of the site, where that is known.
    pub home: Option<String>,
}

/// Asks for `urls`, which have no fragments, and tells of each answer as it comes. `known` are the answers to others.
///
/// # Errors
/// Where the system lets nothing be sent, or no host name could be looked up at all: then nothing was learnt.
pub fn visit(
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
    // A name or two may be gone, but not all; and where only those were asked for, one that was there before still is.
    let is_nameless = |answer: &Answer| *answer == Answer::Broken(Fault::NoHost);
    if !answers.is_empty() && answers.values().all(is_nameless) && !runtime.block_on(any_has_a_name(known)) {
        return Err(io::Error::other("no host name could be looked up; is this machine connected?"));
    }
    Ok(answers)
}

/// Whether the name of one of these hosts is known. They are not asked for anything.
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

/// What is known of a host. Whoever holds it may send a request.
#[derive(Default)]
struct Host {
    /// The rules of each of its origins that they were asked for, or what is to be said of all its addresses.
    robots: BTreeMap<String, Result<Robots, Answer>>,
    /// Whether a request was sent.
    asked: bool,
    /// Why nothing more is sent, as what is said of its addresses.
    closed: Option<Answer>,
}

impl Host {
    /// Waits before the next request, unless it is the first.
    async fn pause(&mut self, pause: Duration) {
        if std::mem::replace(&mut self.asked, true) {
            tokio::time::sleep(pause).await;
        }
    }
}

impl Visitor {
    async fn visit(&self, start: &Url) -> Answer {
        let mut at = start.clone();
        // As far as every redirect was for good.
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

    /// Asks whether something is there, without its content. Servers that do not answer that as they would a reader are asked
    /// for the content, which is not read.
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
            let why = "the `robots.txt` of its host asks programs to stay away".to_owned();
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
                format!("its host is left alone, as it answered {} to another address", status.as_u16());
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
                // Who cannot say what is allowed must not be asked (RFC 9309, section 2.3.1.4).
                None if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                    let why = format!("the `robots.txt` of its host cannot be read ({})", status.as_u16());
                    return Err(Answer::Unsure(why));
                }
                None => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    /// What it means that no answer came.
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
            // So says the system where it reaches no name server at all.
            if is_lookup && text.contains("emporary failure") {
                return Answer::Unsure("the name of its host cannot be looked up at present".to_owned());
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
    /// Nothing was sent, or nothing more will be: what is said of the address.
    Closed(Answer),
    /// It did not come.
    Nothing(reqwest::Error),
}

fn answers(status: StatusCode) -> Answer {
    Answer::Unsure(match status.canonical_reason() {
        Some(reason) => format!("its server answers {} ({reason})", status.as_u16()),
        None => format!("its server answers {}", status.as_u16()),
    })
}

/// Where a redirect leads; `None` where it does not say.
fn target(at: &Url, response: &Response) -> Option<Result<Url, String>> {
    let location = String::from_utf8_lossy(response.headers().get(LOCATION)?.as_bytes()).into_owned();
    let next = (location.len() <= LONGEST_ADDRESS).then(|| at.join(&location).ok()).flatten();
    let next = next.filter(|next| matches!(next.scheme(), "http" | "https") && next.has_host());
    Some(next.ok_or_else(|| "its server redirects to what is no address on the web".to_owned()))
}

//! Server-sent events (HTML Living Standard, 9.2): who looks at which page, and what they are told.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::answer::Version;
use super::lock;

/// How long a browser waits before it asks again.
const RETRY: Duration = Duration::from_millis(300);

/// All who listen.
#[derive(Default)]
pub struct Hub {
    listeners: Mutex<Listeners>,
}

#[derive(Default)]
struct Listeners {
    count: u64,
    open: BTreeMap<u64, Listener>,
    closed: bool,
}

/// A browser's tab.
struct Listener {
    /// The path that it asked for.
    page: String,
    /// The version that it shows.
    shows: String,
    events: UnboundedSender<Event>,
}

/// A listener's end of the line. It leaves when this goes.
pub struct Line {
    hub: Arc<Hub>,
    number: u64,
    events: UnboundedReceiver<Event>,
}

/// What is told of a page.
#[derive(Serialize)]
struct News<'a> {
    version: &'a str,
    stale: bool,
    files: Vec<&'a str>,
}

impl Hub {
    /// Takes in somebody who looks at `page` in the version `shows`.
    pub fn listen(self: &Arc<Hub>, page: String, shows: String) -> Line {
        let (sender, events) = unbounded_channel();
        let mut listeners = lock(&self.listeners);
        listeners.count += 1;
        let number = listeners.count;
        if !listeners.closed {
            listeners.open.insert(number, Listener { page, shows, events: sender });
        }
        Line { hub: self.clone(), number, events }
    }

    /// The pages that somebody looks at, the last one opened first.
    pub fn pages(&self) -> Vec<String> {
        let listeners = lock(&self.listeners);
        let mut pages: Vec<String> = Vec::new();
        for listener in listeners.open.values().rev() {
            if !pages.contains(&listener.page) {
                pages.push(listener.page.clone());
            }
        }
        pages
    }

    /// Tells those who look at `page` of its version now, if they show another. Whether anybody did.
    pub fn tell_page(&self, page: &str, version: &Version) -> bool {
        let name = version.name();
        let files = version.files.iter().map(|path| path.as_str()).collect();
        let event = event("page", &News { version: &name, stale: version.stale, files });
        let mut told = false;
        for listener in lock(&self.listeners).open.values_mut().filter(|listener| listener.page == page) {
            if listener.shows != name {
                listener.shows.clone_from(&name);
                // One who has left is taken out when the line goes.
                told |= listener.events.send(event.clone()).is_ok();
            }
        }
        told
    }

    /// Tells those who look at `page` that it is now elsewhere.
    pub fn tell_moved(&self, page: &str, to: &str) {
        let event = event("moved", &to);
        for listener in lock(&self.listeners).open.values().filter(|listener| listener.page == page) {
            let _ = listener.events.send(event.clone());
        }
    }

    /// Tells everybody.
    pub fn tell_all(&self, name: &str, data: &impl Serialize) {
        let event = event(name, data);
        for listener in lock(&self.listeners).open.values() {
            let _ = listener.events.send(event.clone());
        }
    }

    /// Hangs up: lines that stay open would keep the server from ending.
    pub fn close(&self) {
        let mut listeners = lock(&self.listeners);
        listeners.closed = true;
        listeners.open.clear();
    }
}

impl Version {
    /// Its name in the page and on the line.
    pub fn name(&self) -> String {
        let mark = if self.stale { "-stale" } else { "" };
        format!("{}{mark}", self.hash)
    }
}

impl Line {
    /// Tells only this one, at the start.
    pub fn tell(&self, name: &str, data: &impl Serialize) {
        if let Some(listener) = lock(&self.hub.listeners).open.get(&self.number) {
            let _ = listener.events.send(event(name, data));
        }
    }

    /// The answer that stays open.
    pub fn respond(self) -> Response {
        let events = unfold(self, |mut line| async move {
            let event = line.events.recv().await?;
            Some((Ok::<Event, Infallible>(event), line))
        });
        let keep_alive = KeepAlive::new().interval(Duration::from_secs(20));
        Sse::new(events).keep_alive(keep_alive).into_response()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        lock(&self.hub.listeners).open.remove(&self.number);
    }
}

/// An event. JSON has no line breaks, which is what the protocol asks of data.
fn event(name: &str, data: &impl Serialize) -> Event {
    let data = serde_json::to_string(data).unwrap_or_default();
    Event::default().event(name).retry(RETRY).data(data)
}

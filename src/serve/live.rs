//! Server-sent events (HTML Living Standard, 9.2): tracks which browser shows which page, and notifies them.

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

/// The delay before a browser reconnects.
const RETRY: Duration = Duration::from_millis(300);

/// All listeners.
#[derive(Default)]
pub(crate) struct Hub {
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
    /// The path of its page.
    page: String,
    /// The version that it shows.
    shows: String,
    events: UnboundedSender<Event>,
}

/// A listener's connection. Dropping it removes the listener.
pub(crate) struct Line {
    hub: Arc<Hub>,
    number: u64,
    events: UnboundedReceiver<Event>,
}

/// The data of a page event.
#[derive(Serialize)]
struct News<'a> {
    version: &'a str,
    stale: bool,
    files: Vec<&'a str>,
}

impl Hub {
    /// Adds a listener that shows `page` in the version `shows`.
    pub(crate) fn listen(self: &Arc<Hub>, page: String, shows: String) -> Line {
        let (sender, events) = unbounded_channel();
        let mut listeners = lock(&self.listeners);
        listeners.count += 1;
        let number = listeners.count;
        if !listeners.closed {
            listeners.open.insert(number, Listener { page, shows, events: sender });
        }
        Line { hub: self.clone(), number, events }
    }

    /// The pages that are open, the last one opened first.
    pub(crate) fn pages(&self) -> Vec<String> {
        let listeners = lock(&self.listeners);
        let mut pages: Vec<String> = Vec::new();
        for listener in listeners.open.values().rev() {
            if !pages.contains(&listener.page) {
                pages.push(listener.page.clone());
            }
        }
        pages
    }

    /// Notifies the listeners of `page` of its current version, if they show another one. Returns whether any
    /// was notified.
    pub(crate) fn tell_page(&self, page: &str, version: &Version) -> bool {
        let name = version.name();
        let files = version.files.iter().map(|path| path.as_str()).collect();
        let event = event("page", &News { version: &name, stale: version.stale, files });
        let mut told = false;
        for listener in lock(&self.listeners).open.values_mut().filter(|listener| listener.page == page) {
            if listener.shows != name {
                listener.shows.clone_from(&name);
                // A closed listener is removed when its line is dropped.
                told |= listener.events.send(event.clone()).is_ok();
            }
        }
        told
    }

    /// Notifies the listeners of `page` that it has moved.
    pub(crate) fn tell_moved(&self, page: &str, to: &str) {
        let event = event("moved", &to);
        for listener in lock(&self.listeners).open.values().filter(|listener| listener.page == page) {
            let _ = listener.events.send(event.clone());
        }
    }

    /// Notifies all listeners.
    pub(crate) fn tell_all(&self, name: &str, data: &impl Serialize) {
        let event = event(name, data);
        for listener in lock(&self.listeners).open.values() {
            let _ = listener.events.send(event.clone());
        }
    }

    /// Closes all connections, which would otherwise keep the server from ending.
    pub(crate) fn close(&self) {
        let mut listeners = lock(&self.listeners);
        listeners.closed = true;
        listeners.open.clear();
    }
}

impl Version {
    /// The listener's name, used in the page and in requests.
    pub(crate) fn name(&self) -> String {
        let mark = if self.stale { "-stale" } else { "" };
        format!("{}{mark}", self.hash)
    }
}

impl Line {
    /// Notifies only this listener, at the start.
    pub(crate) fn tell(&self, name: &str, data: &impl Serialize) {
        if let Some(listener) = lock(&self.hub.listeners).open.get(&self.number) {
            let _ = listener.events.send(event(name, data));
        }
    }

    /// The response that stays open.
    pub(crate) fn respond(self) -> Response {
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

/// An event. JSON has no line breaks, as the protocol requires.
fn event(name: &str, data: &impl Serialize) -> Event {
    let data = serde_json::to_string(data).unwrap_or_default();
    Event::default().event(name).retry(RETRY).data(data)
}

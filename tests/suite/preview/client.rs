//! A browser as small as it can be: HTTP/1.1 over a socket, and server-sent events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take before it counts as failed. The machine may be slow; nothing waits for so long.
const DEADLINE: Duration = Duration::from_secs(30);

/// A preview that runs. It ends with the value.
pub struct Preview {
    pub port: u16,
    child: Child,
    said: Arc<(Mutex<Vec<String>>, Condvar)>,
}

/// An answer.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Preview {
    /// Starts one on a free port, and waits until it answers.
    pub fn start(folder: &Path, arguments: &[&str]) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.current_dir(folder).args(["serve", "--port", "0"]).args(arguments);
        for variable in ["VISUAL", "EDITOR"] {
            command.env_remove(variable);
        }
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let errors = child.stderr.take().unwrap();
        Preview::listening(child, errors)
    }

    /// Starts `dossier` with these arguments in a terminal, as a person does, and waits until it answers. `script` of
    /// util-linux gives it the terminal. No browser is opened: there is none on its path.
    #[cfg(target_os = "linux")]
    pub fn at_terminal(folder: &Path, home: &Path, arguments: &[&str]) -> Preview {
        let mut child = at_terminal(folder, home, arguments);
        let out = child.stdout.take().unwrap();
        Preview::listening(child, out)
    }

    fn listening(child: Child, out: impl Read + Send + 'static) -> Preview {
        let said: Arc<(Mutex<Vec<String>>, Condvar)> = Arc::default();
        let heard = said.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                heard.0.lock().unwrap().push(line);
                heard.1.notify_all();
            }
        });
        let mut preview = Preview { port: 0, child, said };
        let line = preview.line("http://");
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        preview.port = port.parse().unwrap();
        preview
    }

    /// What it has printed so far.
    pub fn lines(&self) -> Vec<String> {
        self.said.0.lock().unwrap().clone()
    }

    /// Waits for a line that holds `words`.
    #[track_caller]
    pub fn line(&self, words: &str) -> String {
        let end = Instant::now() + DEADLINE;
        let mut lines = self.said.0.lock().unwrap();
        loop {
            if let Some(line) = lines.iter().find(|line| line.contains(words)) {
                return line.clone();
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "`{words}` was never said: {lines:?}");
            lines = self.said.1.wait_timeout(lines, left).unwrap().0;
        }
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &[], "")
    }

    /// Asks, in a connection of its own.
    #[track_caller]
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        ask(self.port, method, path, headers, body)
    }

    /// Opens a page's line.
    pub fn listen(&self, page: &str) -> Events {
        let stream = send(self.port, "GET", &format!("/_dossier/events?page={page}&version="), &[], "");
        Events { lines: BufReader::new(stream), name: String::new() }
    }

    /// Ends it as Ctrl-C does. Whether it did, in time.
    pub fn interrupt(&mut self, within: Duration) -> bool {
        let told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()));
        let end = Instant::now() + within;
        while Instant::now() < end {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            std::thread::yield_now();
        }
        false
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `dossier` with these arguments in a terminal, with a home folder and an environment of its own.
#[cfg(target_os = "linux")]
pub fn at_terminal(folder: &Path, home: &Path, arguments: &[&str]) -> Child {
    let line = [&[env!("CARGO_BIN_EXE_dossier")], arguments].concat().join(" ");
    let mut command = Command::new("/usr/bin/script");
    command.args(["--quiet", "--flush", "--return", "--command", &line, "/dev/null"]).current_dir(folder);
    command.env_clear().env("HOME", home).env("PATH", home).env("SHELL", "/bin/sh").env("TERM", "dumb");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Asks what listens at a port of this computer, in a connection of its own.
#[track_caller]
pub fn ask(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let mut stream = send(port, method, path, headers, body);
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(key, value)| (key.to_lowercase(), value.to_owned())).collect();
    Response { status, headers, body: bytes[end + 4..].to_vec() }
}

fn send(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
    if !headers.iter().any(|(key, _)| *key == "host") {
        request += &format!("host: 127.0.0.1:{port}\r\n");
    }
    for (key, value) in headers {
        request += &format!("{key}: {value}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

/// What is told of a page.
pub struct Events {
    lines: BufReader<TcpStream>,
    name: String,
}

impl Events {
    /// The next event; `None` where the line ends, or there is none until `end`.
    fn next(&mut self, end: Instant) -> Option<(String, String)> {
        while Instant::now() < end {
            let mut line = String::new();
            // Chunks have lines of their own between, which are no fields.
            if self.lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(name) = line.strip_prefix("event: ") {
                self.name = name.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return Some((self.name.clone(), data.trim().to_owned()));
            }
        }
        None
    }

    /// Waits for an event of that name that holds `words`; returns the others that came before.
    #[track_caller]
    pub fn until(&mut self, name: &str, words: &str) -> Vec<(String, String)> {
        let (mut heard, end) = (Vec::new(), Instant::now() + DEADLINE);
        while let Some((other, data)) = self.next(end) {
            if other == name && data.contains(words) {
                return heard;
            }
            heard.push((other, data.chars().take(200).collect::<String>()));
        }
        panic!("no `{name}` with `{words}`: {heard:?}");
    }
}

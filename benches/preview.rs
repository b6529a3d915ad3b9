//! How long a saved file takes to reach the browser: `dossier serve`, asked over its socket.
//!
//!     cargo bench --bench preview [-- PAGES]
//!
//! Measured from before the file is written until (a) the browser is told and (b) it has the changed page.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a benchmark that cannot go on has failed"
)]

#[expect(dead_code, reason = "each benchmark uses a part")]
mod corpus;
mod stage;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often each kind of edit is made.
const ROUNDS: usize = 40;

/// How long anything may take before it counts as failed.
const DEADLINE: Duration = Duration::from_secs(60);

fn main() {
    let (corpus, folder) = stage::dossier();
    let root = folder.path();
    let file = |path: &str| root.join(format!("content/{path}.md"));
    let template = root.join("themes/default/templates/claim.html");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(&template, stage::template(ROUNDS)).unwrap();

    let start = Instant::now();
    let preview = Preview::start(root);
    println!("started after {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let referrers = stage::referrers(&corpus);
    let claim = format!("claims/{}", referrers.first().unwrap());
    let hub = format!("actors/{}", corpus::HUB);
    let mut tab = preview.open(&format!("/{claim}.html"));

    preview.measure("a body", &mut tab, |round| {
        stage::append(&file(&claim), &format!("Round {round}."));
        format!("Round {round}.")
    });
    preview.measure("the title of the hub, on a page that names it", &mut tab, |round| {
        stage::retitle(&file(&hub), &format!("Hub {round} "));
        format!(">Hub {round}<")
    });
    preview.measure("a template", &mut tab, |round| {
        fs::write(&template, stage::template(round)).unwrap();
        format!("Template {round}.")
    });
    preview.measure("twenty files", &mut tab, |round| {
        // The one that is looked at comes last.
        for name in referrers.iter().take(20).rev() {
            stage::append(&file(&format!("claims/{name}")), &format!("More {round}."));
        }
        format!("More {round}.")
    });
    let mut tab = preview.open(&format!("/{hub}.html"));
    preview.measure("the title of the hub, on its own page", &mut tab, |round| {
        stage::retitle(&file(&hub), &format!("Own {round}"));
        format!("Own {round}<")
    });
}

/// A preview that runs. It ends with the value.
struct Preview {
    child: Child,
    /// `127.0.0.1:1111`.
    host: String,
}

/// A page in a browser: its path, and the line on which it is told of changes (server-sent events, HTML Living Standard,
/// 9.2).
struct Tab {
    page: String,
    lines: BufReader<TcpStream>,
}

impl Preview {
    fn start(root: &Path) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["serve", "--port", "0"]).current_dir(root).stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = said.find_map(|line| Some(line.split_once("http://")?.1.to_owned())).unwrap();
        let host = address.split('/').next().unwrap().to_owned();
        // Somebody has to listen, or it would wait for its words to be read.
        std::thread::spawn(move || said.for_each(drop));
        Preview { child, host }
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\nx-dossier: 1\r\nconnection: close\r\n\r\n",
            self.host
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut answer = String::new();
        self.ask(path).read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {}", answer.lines().next().unwrap_or_default());
        answer
    }

    fn open(&self, page: &str) -> Tab {
        let stream = self.ask(&format!("/_dossier/events?page={page}&version="));
        let mut tab = Tab { page: page.to_owned(), lines: BufReader::new(stream) };
        tab.until("page");
        self.get(page);
        tab
    }

    /// Edits again and again. `save` writes files and returns what the page then holds.
    fn measure(&self, what: &str, tab: &mut Tab, mut save: impl FnMut(usize) -> String) {
        let (mut told, mut shown) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
        for round in 0..ROUNDS {
            let start = Instant::now();
            let words = save(round);
            loop {
                tab.until("page");
                let told_after = start.elapsed();
                let page = self.get(&tab.page);
                // Of several files saved together the first may be shown before the last is there.
                if page.contains(&words) {
                    told.push(told_after);
                    shown.push(start.elapsed());
                    break;
                }
                assert!(start.elapsed() < DEADLINE, "the page never said `{words}`");
            }
            // An author reads on; meanwhile the dossier is checked.
            tab.until("findings");
        }
        println!("{what}: told {}; shown {}", stage::middle(&mut told), stage::middle(&mut shown));
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Tab {
    /// Waits for an event of that name.
    fn until(&mut self, name: &str) {
        let mut line = String::new();
        // The lines of chunks stand between, and are no fields.
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if line.strip_prefix("event: ").is_some_and(|event| event.trim() == name) {
                return;
            }
            line.clear();
        }
        panic!("the preview hung up");
    }
}

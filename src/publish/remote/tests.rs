//! Stores as they are reached: servers that answer as a test says.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use opendal::MetadataBuilder;

use super::*;

/// A server that answers one request after the other with these statuses, and then with 200. The answer to an empty
/// one is that it hangs up.
struct Server {
    base: String,
    /// What it was asked for: `GET /a`, and what in the header says who asks.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn answering(statuses: &'static [&'static str]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let server = Server { base, asked: asked.clone() };
        std::thread::spawn(move || {
            let mut statuses = statuses.iter();
            for stream in listener.incoming().map_while(Result::ok) {
                let mut reader = BufReader::new(&stream);
                let head: Vec<String> = (&mut reader)
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty())
                    .map(|line| line.to_ascii_lowercase())
                    .collect();
                let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name));
                let length = header("content-length: ").map_or(0, |length| length.parse().unwrap());
                let mut body = Vec::new();
                reader.take(length).read_to_end(&mut body).unwrap();
                let first = head.first().map_or("", |line| line.trim_end_matches(" http/1.1"));
                let who = header("authorization: ").map_or(String::new(), |who| format!(" by {who}"));
                asked.lock().unwrap().push(format!("{first}{who}"));
                let status = statuses.next().unwrap_or(&"200 OK");
                if !status.is_empty() {
                    let answer =
                        format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
                    (&stream).write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        server
    }

    fn target(&self, tries: u8) -> Target {
        Target { tries, ..target(Host::WebDav { endpoint: self.base.clone() }) }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn target(host: Host) -> Target {
    Target { name: "www".into(), base_url: None, prefix: String::new(), keep: true, tries: 2, host }
}

fn open(target: &Target) -> Remote {
    Remote::open(target, &|_| None).unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn a_busy_server_is_asked_again_as_often_as_the_target_says() {
    for busy in ["429 Too Many Requests", "500 Error", "502 Bad Gateway", "503 Busy", "504 Timeout", ""] {
        let statuses = Vec::leak(vec![busy, "200 OK"]);
        let server = Server::answering(statuses);
        let read = open(&server.target(2)).read("a", 100).unwrap();
        assert_eq!(read.as_deref(), Some(&b"hi"[..]), "{busy}");
        assert_eq!(server.asked(), ["get /a", "get /a"], "{busy}");
    }
    let pauses: Vec<u128> = pauses().take(6).map(|pause| pause.as_millis()).collect();
    assert_eq!(pauses, [200, 400, 800, 1600, 3000, 3000]);
    let server = Server::answering(&["503 Busy", "503 Busy", "200 OK"]);
    assert!(open(&server.target(2)).read("a", 100).is_err());
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_server_that_refuses_is_not_asked_again() {
    for (status, why) in [
        ("403 Forbidden", "access denied: the credentials are missing, wrong or insufficient"),
        ("400 Bad Request", "hi"),
        ("501 Not Implemented", "hi"),
        ("505 Too Old", "hi"),
    ] {
        let server = Server::answering(Vec::leak(vec![status]));
        let refused = open(&server.target(3)).read("a", 100).unwrap_err();
        assert!(refused.0.starts_with(why), "{status}: {refused}");
        assert_eq!(server.asked().len(), 1, "{status}");
    }
    let server = Server::answering(&["404 Not Found"]);
    assert_eq!(open(&server.target(3)).read("a", 100), Ok(None));
    assert_eq!(server.asked().len(), 1);
    // It leads to itself.
    let server = Server::answering(&["302 Found\r\nLocation: /a"; 30]);
    assert!(open(&server.target(3)).read("a", 100).is_err());
    assert_eq!(server.asked().len(), 11);
}

#[test]
fn no_more_is_read_than_is_plausible() {
    let server = Server::answering(&[]);
    let remote = open(&server.target(1));
    assert_eq!(remote.read("a", 2).unwrap().as_deref(), Some(&b"hi"[..]));
    assert!(remote.read("a", 1).unwrap_err().0.starts_with("it is larger than"));
}

#[test]
fn an_answer_ends_where_it_is_no_longer_plausible() {
    let parts = || futures_util::stream::repeat_with(|| Ok(Buffer::from("hi"))).take(4);
    let read = |most| {
        let body = limited(Response::new(HttpBody::new(parts(), None)), most).into_body();
        http::runtime().unwrap().block_on(async move {
            let mut body = body;
            body.to_buffer().await
        })
    };
    assert_eq!(read(8).unwrap().len(), 8);
    assert!(read(7).unwrap_err().to_string().contains("larger than"));
}

#[test]
fn a_store_that_can_copy_does_so_itself() {
    let server = Server::answering(&[]);
    let _ = open(&server.target(1)).copy("a", "b");
    let asked = server.asked();
    assert!(!asked.iter().any(|asked| asked.starts_with("get") || asked.starts_with("put")), "{asked:?}");
    // A host that only shows a site cannot: its file would be read, and there is none.
    let server = Server::answering(&["404 Not Found"]);
    assert_eq!(Remote::site(&server.base).unwrap().copy("a", "b"), Ok(false));
}

#[test]
fn a_site_is_read_below_its_address() {
    for (below, path) in [("", "/a"), ("/", "/a"), ("/x", "/x/a"), ("/x/y/", "/x/y/a")] {
        let server = Server::answering(&[]);
        let read = Remote::site(&format!("{}{below}", server.base)).unwrap().read("a", 100).unwrap();
        assert!(read.is_some());
        assert!(server.asked().iter().all(|asked| asked.ends_with(&format!(" {path}"))), "{below}");
    }
}

#[test]
fn credentials_come_from_the_environment() {
    let server = Server::answering(&[]);
    for (variables, who) in [
        (&[("DOSSIER_WEBDAV_TOKEN", "t")][..], "get /a by bearer t"),
        (&[("DOSSIER_WEBDAV_USER", "u"), ("DOSSIER_WEBDAV_PASSWORD", "p")], "get /a by basic dtpw"),
        (&[], "get /a"),
    ] {
        let environment = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let remote = Remote::open(&server.target(1), &environment).unwrap();
        remote.read("a", 100).unwrap();
        assert_eq!(server.asked(), [who]);
    }
}

#[test]
fn a_server_that_is_not_amazons_has_a_region_too() {
    let others = Some("https://store.example");
    for (setting, endpoint, variable, region) in [
        (None, None, None, None),
        (None, None, Some("eu-south-1"), Some("eu-south-1")),
        (None, others, None, Some("auto")),
        (None, others, Some("eu-south-1"), Some("eu-south-1")),
        (Some("ap-east-1"), others, Some("eu-south-1"), Some("ap-east-1")),
        (Some("ap-east-1"), None, None, Some("ap-east-1")),
    ] {
        let environment = |name: &str| variable.filter(|_| name == "AWS_REGION").map(str::to_owned);
        assert_eq!(region_of(setting, endpoint, &environment).as_deref(), region);
    }
}

#[test]
fn an_error_has_its_causes_and_no_address_that_is_a_credential() {
    let said = |kind, message: &str| words(&opendal::Error::new(kind, message)).0;
    assert_eq!(said(ErrorKind::NotFound, "of ours"), "it does not exist");
    assert_eq!(said(ErrorKind::RateLimited, "of ours"), "too many requests");
    assert!(said(ErrorKind::PermissionDenied, "of ours").starts_with("access denied: "));
    assert_eq!(said(ErrorKind::Unexpected, ""), "the server answers with an error (Unexpected)");
    assert_eq!(said(ErrorKind::Unexpected, "it  is\nfull"), "it is full");
    assert_eq!(said(ErrorKind::Unexpected, "at https://a/b?sig=1 why?"), "at https://a/b why?");
    assert_eq!(said(ErrorKind::Unexpected, &"é".repeat(500)), "é".repeat(400));
    let error = opendal::Error::new(ErrorKind::Unexpected, "no").set_source(io::Error::other("gone"));
    assert_eq!(words(&error).0, "no: gone");
}

#[test]
fn a_file_is_absent_if_its_folder_is_a_file() {
    let error = |kind: ErrorKind| opendal::Error::new(kind, "");
    let caused = |kind: io::ErrorKind| error(ErrorKind::Unexpected).set_source(io::Error::from(kind));
    for absent in
        [error(ErrorKind::NotFound), error(ErrorKind::NotADirectory), caused(io::ErrorKind::NotADirectory)]
    {
        assert_eq!(found(Err::<(), _>(absent)), Ok(None));
    }
    for other in [error(ErrorKind::PermissionDenied), caused(io::ErrorKind::PermissionDenied)] {
        assert!(found(Err::<(), _>(other)).is_err());
    }
}

#[test]
fn an_md5_is_one_that_a_store_gives_as_such_or_a_tag_that_looks_like_one() {
    let digits = "d41d8cd98f00b204e9800998ecf8427e";
    let about = |say: &dyn Fn(&mut MetadataBuilder)| {
        let mut builder = MetadataBuilder::file(0);
        say(&mut builder);
        md5(&builder.build())
    };
    let tagged = |tag: &str| {
        about(&|builder| {
            builder.etag(tag);
        })
    };
    let given = |text: &str| {
        about(&|builder| {
            builder.content_md5(text);
        })
    };
    assert_eq!(tagged(&format!("\"{}\"", digits.to_uppercase())), Some(digits.to_owned()));
    for other in [&digits[1..], &format!("{digits}-2"), &format!("x{}", &digits[1..]), ""] {
        assert_eq!(tagged(other), None, "{other}");
    }
    assert_eq!(given("1B2M2Y8AsgTpgAmY7PhCfg=="), Some(digits.to_owned()));
    for other in ["AAAA", "?", digits] {
        assert_eq!(given(other), None, "{other}");
    }
    assert_eq!(about(&|_| ()), None);
}

/// Opening one sends nothing.
#[cfg(unix)]
#[test]
fn an_sftp_server_is_reached_by_sftp() {
    let endpoint = "ssh://me@host.example:2222".to_owned();
    let remote = open(&target(Host::Sftp { endpoint }));
    assert_eq!(remote.operator.info().scheme(), "sftp");
    assert!(remote.writes_in_place);
}

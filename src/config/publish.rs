//! `[publish.NAME]`: the targets of `publish`. Credentials come from elsewhere: a key or a value here that
//! looks like one is an error, and is not shown.

use serde::Deserialize;

use super::address;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{InputPath, SitePath, refused_by_windows};
use crate::base::span::Spanned;
use crate::data::de::fields_of;
use crate::data::decode::{Document, Others, decode};
use crate::data::values::vocabulary;
use crate::data::{INVALID_VALUE, MISSING_FIELD, Node, Value};

/// A target to publish to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Target {
    /// The author's name for the target.
    pub name: String,
    /// The address at which readers find it, with a slash at the end; `None` allows any.
    pub base_url: Option<String>,
    /// The folder at the target, without a slash at its end; empty for the top.
    pub prefix: String,
    /// Whether the target keeps the files that an edition replaces, for `--rollback`.
    pub keep: bool,
    /// The maximum number of attempts per request.
    pub tries: u8,
    /// The service and its settings.
    pub(crate) host: Host,
}

/// The default number of attempts: with it, a thousand requests to a server that refuses one in three all
/// succeed.
const TRIES: u8 = 10;

/// The service that stores the files.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Host {
    /// Amazon S3, or a compatible store.
    S3 {
        /// The bucket.
        bucket: String,
        /// The bucket's region.
        region: Option<String>,
        /// The store's address, if it is not Amazon's.
        endpoint: Option<String>,
    },
    /// Google Cloud Storage.
    Gcs {
        /// The bucket.
        bucket: String,
        /// The store's address, if it is not Google's.
        endpoint: Option<String>,
    },
    /// Azure Blob Storage.
    Azure {
        /// The container.
        container: String,
        /// The account's address.
        endpoint: String,
    },
    /// A server reached with OpenSSH.
    Sftp {
        /// `ssh://user@host:port`, or a host of `~/.ssh/config`.
        endpoint: String,
    },
    /// A WebDAV server (RFC 4918).
    WebDav {
        /// The server's address.
        endpoint: String,
    },
    /// A folder on this computer.
    Folder {
        /// The path, relative to the dossier's folder.
        path: String,
    },
    /// A branch of a Git repository.
    Git {
        /// The address, or the name of a remote of the dossier's repository.
        remote: String,
        /// The branch.
        branch: String,
        /// The domain, for hosts that read it from a file named `CNAME`.
        cname: Option<String>,
    },
}

impl Host {
    /// The server that the settings choose and that learns a credential of the user's: a password, a token, a
    /// signature. `None` if there is no choice: the service's own server; this computer; and where the user's own
    /// settings decide which server gets what, as those of SSH and Git do.
    pub(crate) fn chosen_server(&self) -> Option<String> {
        match self {
            Host::S3 { endpoint, .. } | Host::Gcs { endpoint, .. } => address::server(endpoint.as_ref()?),
            Host::Azure { endpoint, .. } => {
                // Every account has a server's name of its own; all of them are Microsoft's.
                let is_azure = |server: &String| {
                    server.starts_with("https://") && server.ends_with(".blob.core.windows.net")
                };
                address::server(endpoint).filter(|server| !is_azure(server))
            }
            Host::WebDav { endpoint } => address::server(endpoint),
            Host::Sftp { .. } | Host::Folder { .. } | Host::Git { .. } => None,
        }
    }
}

vocabulary! {
    /// The service of a target.
    pub enum Service: "service" {
        /// Amazon S3 and compatible stores.
        S3 = "s3",
        /// Google Cloud Storage.
        Gcs = "gcs",
        /// Azure Blob Storage.
        Azure = "azblob",
        /// SFTP, by the `ssh` program.
        Sftp = "sftp",
        /// WebDAV.
        WebDav = "webdav",
        /// A folder.
        Folder = "folder",
        /// A Git branch.
        Git = "git",
    }
}

/// A table of `[publish]`, as written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    service: Option<Service>,
    base_url: Option<Spanned<String>>,
    prefix: Option<Spanned<String>>,
    keep: Option<bool>,
    tries: Option<Spanned<u8>>,
    bucket: Option<Spanned<String>>,
    region: Option<Spanned<String>>,
    container: Option<Spanned<String>>,
    endpoint: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    remote: Option<Spanned<String>>,
    branch: Option<Spanned<String>>,
    cname: Option<Spanned<String>>,
}

/// The keys of a target.
pub(super) fn keys() -> &'static [&'static str] {
    fields_of::<Written>()
}

impl Target {
    /// Reads a target. `None` if it cannot be used; `diagnostics` says why.
    pub(super) fn read(
        name: Spanned<String>,
        mut node: Node,
        source: &Document<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Target> {
        let path = source.path;
        let had_secrets = take_secrets(&name, &mut node, diagnostics);
        let found_before = diagnostics.len();
        let written: Written = decode(node, source, Others::NONE, diagnostics);
        let is_understood = !had_secrets && found_before == diagnostics.len();
        let mut are_addresses = true;
        for (field, given) in [
            ("endpoint", &written.endpoint),
            ("bucket", &written.bucket),
            ("region", &written.region),
            ("container", &written.container),
            ("path", &written.path),
            ("remote", &written.remote),
            ("branch", &written.branch),
            ("cname", &written.cname),
        ] {
            let Some((service, given)) = written.service.zip(given.as_ref()) else { continue };
            let Some((what, example)) = is_not(field, service, &given.value) else { continue };
            let message = format!("`{}` is not {what}", given.value.escape_debug());
            let found = Diagnostic::error(INVALID_VALUE.name, message).at(path, given.span, "");
            let found = found.help(format!("write `{field} = \"{example}\"`, for example"));
            diagnostics.push(match field == "path" && address::is_shorthand(&given.value) {
                true => found.help("write the whole path: `~`, `$HOME` and the like are not replaced here"),
                false => found,
            });
            are_addresses = false;
        }
        let mut lacks = |field: &str, example: &str| {
            let message = format!("`[publish.{}]` lacks `{field}`", name.value);
            let found = Diagnostic::error(MISSING_FIELD.name, message).at(path, name.span, "");
            diagnostics.push(found.help(format!("write `{field} = \"{example}\"`")));
        };
        let Some(service) = written.service else {
            if is_understood {
                lacks("service", Service::WORDS.join("` or `").as_str());
            }
            return None;
        };
        let optional = |field: &mut Option<Spanned<String>>| field.take().map(|text| text.value);
        let Written { mut bucket, mut region, mut container, mut endpoint, .. } = written;
        let (mut folder, mut remote, mut branch, mut cname) =
            (written.path, written.remote, written.branch, written.cname);
        let mut needed = |field: &mut Option<Spanned<String>>, name: &str, example: &str| {
            let given = optional(field);
            if given.is_none() {
                lacks(name, example);
            }
            given
        };
        let host = match service {
            Service::S3 => needed(&mut bucket, "bucket", "voyage").map(|bucket| Host::S3 {
                bucket,
                region: optional(&mut region),
                endpoint: optional(&mut endpoint),
            }),
            Service::Gcs => needed(&mut bucket, "bucket", "voyage")
                .map(|bucket| Host::Gcs { bucket, endpoint: optional(&mut endpoint) }),
            Service::Azure => {
                let container = needed(&mut container, "container", "$web");
                let endpoint = needed(&mut endpoint, "endpoint", "https://ACCOUNT.blob.core.windows.net");
                container.zip(endpoint).map(|(container, endpoint)| Host::Azure { container, endpoint })
            }
            Service::Sftp => needed(&mut endpoint, "endpoint", "ssh://user@example.org")
                .map(|endpoint| Host::Sftp { endpoint }),
            Service::WebDav => needed(&mut endpoint, "endpoint", "https://example.org/dav/")
                .map(|endpoint| Host::WebDav { endpoint }),
            Service::Folder => needed(&mut folder, "path", "../www").map(|path| Host::Folder { path }),
            Service::Git => needed(&mut remote, "remote", "origin").map(|remote| Host::Git {
                remote,
                branch: optional(&mut branch).unwrap_or_else(|| "gh-pages".to_owned()),
                cname: optional(&mut cname),
            }),
        };
        for (field, left) in [
            ("bucket", bucket),
            ("region", region),
            ("container", container),
            ("endpoint", endpoint),
            ("path", folder),
            ("remote", remote),
            ("branch", branch),
            ("cname", cname),
        ] {
            let Some(left) = left.filter(|_| host.is_some()) else { continue };
            let message = format!("service `{}` has no setting `{field}`", service.word());
            diagnostics.push(Diagnostic::error(INVALID_VALUE.name, message).at(path, left.span, ""));
        }
        let prefix =
            written.prefix.map(|prefix| checked_prefix(prefix, path, diagnostics)).unwrap_or_default();
        let base_url =
            written.base_url.is_some().then(|| super::base_url::checked(written.base_url, path, diagnostics));
        let keep = written.keep.unwrap_or(true);
        if let Some(none) = written.tries.as_ref().filter(|tries| tries.value == 0) {
            let message = "`tries` must be at least 1";
            diagnostics.push(Diagnostic::error(INVALID_VALUE.name, message).at(path, none.span, ""));
        }
        let tries = written.tries.map_or(TRIES, |tries| tries.value.max(1));
        let host = host.filter(|_| are_addresses)?;
        Some(Target { name: name.value, base_url, prefix, keep, tries, host })
    }
}

/// What a setting must be and is not, with an example; `None` if it is right.
fn is_not(field: &str, service: Service, value: &str) -> Option<(&'static str, &'static str)> {
    let (is_right, what, example) = match (field, service) {
        ("endpoint", Service::Sftp) => {
            (address::is_ssh(value), "a server for `ssh`", "ssh://user@example.org")
        }
        ("endpoint", _) => (address::is_web(value), "the address of a server", "https://example.org/dav/"),
        ("bucket", _) => (address::is_word(value), "the name of a bucket", "voyage"),
        ("container", _) => (address::is_word(value), "the name of a container", "$web"),
        ("region", _) => (address::is_word(value), "the name of a region", "eu-central-1"),
        ("path", _) => (address::is_folder(value), "a folder to publish to", "../www"),
        ("remote", _) => {
            let is_right = address::repository(value).is_some();
            (is_right, "the address of a Git repository", "https://example.org/team/pages.git")
        }
        ("branch", _) => (address::is_branch(value), "the name of a branch", "gh-pages"),
        _ => (address::is_domain(value), "the name of a domain", "www.example.org"),
    };
    (!is_right).then_some((what, example))
}

/// The folder below a target's own, if it is one: it leads nowhere else, and into nothing of Git's or of the
/// program's own.
fn checked_prefix(prefix: Spanned<String>, path: &InputPath, diagnostics: &mut Vec<Diagnostic>) -> String {
    let folder = prefix.value.trim_end_matches('/');
    // A leading slash is the server's root.
    let names = folder.strip_prefix('/').unwrap_or(folder);
    let is_own = |part: &str| [".git", ".dossier"].iter().any(|own| part.eq_ignore_ascii_case(own));
    let is_good = names.is_empty()
        || SitePath::recorded(names).is_some()
            && !names.split('/').any(|name| is_own(name) || refused_by_windows(name).is_some())
            && !folder.contains(|c: char| c.is_control() || matches!(c, '\\' | ':'));
    if !is_good {
        let message = format!("`{}` is not a folder below the target", prefix.value);
        let help = "write the names of folders with `/` between them, without `..` and without names that Windows \
                    cannot have, such as `dossiers/najin`";
        diagnostics.push(Diagnostic::error(INVALID_VALUE.name, message).at(path, prefix.span, "").help(help));
        return String::new();
    }
    folder.to_owned()
}

/// Words that no key may contain, with separators removed.
const SECRET_KEYS: [&str; 8] = ["pass", "pasw", "secret", "token", "credential", "key", "auth", "signature"];

/// Removes what looks like a credential, and reports it without a label, which would show its line.
fn take_secrets(name: &Spanned<String>, node: &mut Node, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Value::Table(entries) = &mut node.value else { return false };
    let before = entries.len();
    entries.retain(|(key, node)| {
        let plain: String = key.name.chars().filter(char::is_ascii_alphanumeric).collect();
        let plain = plain.to_ascii_lowercase();
        let value = match &node.value {
            Value::Scalar(text) => &**text,
            _ => "",
        };
        let is_secret = SECRET_KEYS.iter().any(|word| plain.contains(word)) || holds_secret(value);
        if is_secret {
            let message = format!("`{}` in `[publish.{}]` looks like a credential", key.name, name.value);
            let help = "remove it from `dossier.toml`, and replace it at the service, because others may have read it; \
                        credentials come from the environment or the service's own files: see `docs/publishing.md`";
            diagnostics.push(Diagnostic::error(INVALID_VALUE.name, message).help(help));
        }
        !is_secret
    });
    entries.len() < before
}

/// How tokens of GitHub and GitLab begin.
const TOKENS: [&str; 7] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"];

/// Whether a value contains a credential: a password or a token in an address, an access key of Amazon's, a
/// token of GitHub's or GitLab's, a signed address.
fn holds_secret(value: &str) -> bool {
    let user = value.split_once("://").and_then(|(scheme, rest)| {
        let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
        Some((scheme, user))
    });
    // For SSH, a user name alone is normal; in a web address it is often a token.
    let in_address = user.is_some_and(|(scheme, user)| user.contains(':') || scheme.starts_with("http"));
    let access_key = value.len() == 20 && (value.starts_with("AKIA") || value.starts_with("ASIA"));
    let token = value.len() > 20 && TOKENS.iter().any(|start| value.starts_with(start));
    in_address || access_key || token || value.contains("sig=") || value.contains("-----BEGIN")
}

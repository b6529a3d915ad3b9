//! Which addresses a target may have. Anyone may have written `dossier.toml`, and programs such as `git` and `ssh`
//! take options, and addresses that run commands, where they expect a host: so each form that is allowed is listed
//! here, and everything else is refused.

/// The transports that `git` may use, as its variable `GIT_ALLOW_PROTOCOL` takes them.
pub(crate) const GIT_TRANSPORTS: &str = "file:http:https:ssh";

/// Where the repository is that a Git address names.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Repository {
    /// On this machine: a path or a `file:` address. Git runs a part of itself there.
    Local,
    /// On a server.
    Distant,
}

/// Reads a Git address: `https://…`, `ssh://…`, `user@host:path`, `file://…`, a path, or the name of a remote.
/// `None` if it is none of these, or if a host or a path in it could be taken for an option.
pub(crate) fn repository(address: &str) -> Option<Repository> {
    if !is_argument(address) {
        return None;
    }
    if let Some((scheme, rest)) = address.split_once("://") {
        let authority = rest.split('/').next().unwrap_or_default();
        return match scheme {
            "file" => Some(Repository::Local),
            "http" | "https" | "ssh" => is_authority(authority).then_some(Repository::Distant),
            _ => None,
        };
    }
    // Git takes a colon for the end of a host's name unless a slash comes first.
    let before_slash = address.split('/').next().unwrap_or_default();
    let Some((host, path)) = before_slash.split_once(':') else { return Some(Repository::Local) };
    if cfg!(windows) && host.len() == 1 {
        return Some(Repository::Local);
    }
    // Two colons after a word name a program: `ext::sh -c …`.
    let is_host = is_authority(host) && !path.starts_with(':') && !path.starts_with('-');
    is_host.then_some(Repository::Distant)
}

/// Whether this is the name of a branch, by the rules of `git check-ref-format`.
pub(crate) fn is_branch(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    is_argument(name)
        && name != "@"
        // `HEAD`, `FETCH_HEAD`: with a branch of such a name, Git does not know which of the two is meant.
        && !(name.ends_with("HEAD") && name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        && name.split('/').all(is_part)
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains("@{")
        && !name.contains([' ', '~', '^', ':', '?', '*', '[', '\\'])
}

/// Whether this is a server that `ssh` may be given: `ssh://user@host:port`, `user@host`, or a host of
/// `~/.ssh/config`.
pub(crate) fn is_ssh(address: &str) -> bool {
    let authority = address.strip_prefix("ssh://").unwrap_or(address);
    is_argument(address) && is_authority(authority.strip_suffix('/').unwrap_or(authority))
}

/// Whether this is the address of a server that speaks HTTP, written so that every reader of addresses finds the same
/// server in it.
pub(crate) fn is_web(address: &str) -> bool {
    web(address).is_some()
}

fn web(address: &str) -> Option<url::Url> {
    let is_plain = !address.contains(|c: char| c.is_whitespace() || matches!(c, '\\' | '?' | '#'));
    let url = url::Url::parse(address).ok().filter(|_| is_plain)?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    // A user's name before the server's can look like a server.
    (is_web && url.username().is_empty() && url.password().is_none()).then_some(url)
}

/// The server of a web address, with its scheme and port (RFC 6454): `https://example.org`. `None` if it is on this
/// computer, or if the address is none.
pub(crate) fn server(address: &str) -> Option<String> {
    let url = web(address)?;
    let is_here = match url.host()? {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(number) => number.is_loopback(),
        url::Host::Ipv6(number) => number.is_loopback(),
    };
    (!is_here).then(|| url.origin().ascii_serialization())
}

/// Whether this is one word of letters, digits and `-._$`, as the names of buckets, containers and regions are. Some of
/// these become part of a server's name.
pub(crate) fn is_word(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '$');
    !name.is_empty() && name.chars().all(is_plain)
}

/// Whether this is a domain's name.
pub(crate) fn is_domain(name: &str) -> bool {
    is_authority(name) && !name.contains([':', '@', '[', ']', '%'])
}

/// Whether this is a folder, written in full, outside of what Git keeps for itself: a file there can be a command.
pub(crate) fn is_folder(path: &str) -> bool {
    let mut names = path.split(['/', '\\']);
    !path.is_empty()
        && !is_shorthand(path)
        && !path.contains(char::is_control)
        && !names.any(|name| name.eq_ignore_ascii_case(".git"))
}

/// Whether a shell or another system would read another path in this: `~/site`, `$HOME/site`, `C:\site`. Taken as it
/// is, it is a folder named `~`, and who deletes that folder in a shell deletes all that they have.
pub(crate) fn is_shorthand(path: &str) -> bool {
    let has_drive =
        path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    path.starts_with(['~', '$', '%']) || has_drive && !cfg!(windows)
}

/// Whether no program takes this for an option.
fn is_argument(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-') && !text.contains(char::is_control)
}

/// Whether this is `user@host:port`, of characters that mean nothing to a shell. The user and the port are optional.
fn is_authority(authority: &str) -> bool {
    let is_name = |name: &str| {
        let is_plain =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '+' | '[' | ']' | ':');
        !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain)
    };
    match authority.rsplit_once('@') {
        Some((user, host)) => is_name(user) && is_name(host),
        None => is_name(authority),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_a_repository() {
        for local in ["origin", "pages.git", "../pages.git", "/srv/git/a:b.git", "file:///srv/a.git", "a b/c"]
        {
            assert_eq!(repository(local), Some(Repository::Local), "{local}");
        }
        for distant in [
            "https://example.org/a.git",
            "http://127.0.0.1:8080/a.git",
            "https://x:token@example.org/a.git",
            "ssh://git@example.org:22/a.git",
            "ssh://[::1]/a.git",
            "git@example.org:team/a.git",
            "work:a.git",
        ] {
            assert_eq!(repository(distant), Some(Repository::Distant), "{distant}");
        }
    }

    #[test]
    fn what_could_run_a_command_is_no_repository() {
        for hostile in [
            "",
            "-",
            "--upload-pack=touch RAN",
            "-c",
            "ext::sh -c touch% RAN",
            "ext::touch RAN",
            "fd::7",
            "file::/tmp",
            "foo::bar",
            "remote-helper://x",
            "ext://x",
            "git://example.org/a.git",
            "EXT::touch",
            "ssh://-oProxyCommand=touch RAN/a",
            "ssh://-oProxyCommand=touch/a",
            "ssh://git@-oProxyCommand=touch/a",
            "ssh://-l@example.org/a",
            "ssh://`touch RAN`/a",
            "https:///a",
            "-oProxyCommand=touch:a",
            "git@-oProxyCommand=touch:a",
            "$(touch RAN):a",
            "example.org:--upload-pack=x",
            "a\nb",
            "https://example.org/a\0b",
        ] {
            assert_eq!(repository(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn branches_are_those_that_git_takes() {
        for good in ["gh-pages", "a/b", "über", "v1.2", "a@b"] {
            assert!(is_branch(good), "{good}");
        }
        for bad in [
            "", "-f", "--delete", "a b", "a..b", "a:b", "+a:", "*", "a~1", "a/", "/a", "a//b", ".a",
            "a.lock", "a@{1}", "@", "a\nb", "a.", "a\\b", "a/.b", "a^", "a?", "a[",
        ] {
            assert!(!is_branch(bad), "{bad}");
        }
    }

    #[test]
    fn ssh_gets_a_host_and_no_option() {
        for good in ["target", "me@example.org", "ssh://me@example.org:22", "ssh://example.org/", "web_1"] {
            assert!(is_ssh(good), "{good}");
        }
        for bad in [
            "",
            "-oProxyCommand=touch",
            "ssh://-oProxyCommand=touch",
            "me@-oProxyCommand=x",
            "ssh://-l@a",
            "a b",
            "a;b",
            "`a`",
            "ssh://a/b",
            "http://a",
            "ssh://",
            "a\nb",
        ] {
            assert!(!is_ssh(bad), "{bad}");
        }
    }

    #[test]
    fn the_server_of_an_address() {
        for (address, found) in [
            ("https://Dav.Example.org/files/anna@example.org/", Some("https://dav.example.org")),
            ("https://dav.example.org:443", Some("https://dav.example.org")),
            ("http://dav.example.org", Some("http://dav.example.org")),
            ("https://dav.example.org:8443/a", Some("https://dav.example.org:8443")),
            ("https://localhost.example.org", Some("https://localhost.example.org")),
            ("http://10.0.0.1:9000", Some("http://10.0.0.1:9000")),
            ("http://127.0.0.1:9000/a", None),
            ("http://[::1]:9000", None),
            ("http://localhost:9000", None),
            ("x", None),
        ] {
            assert_eq!(server(address).as_deref(), found, "{address}");
        }
    }

    #[test]
    fn other_settings() {
        assert!(is_web("https://example.org/dav/") && is_web("http://127.0.0.1:1") && !is_web("file:///etc"));
        assert!(!is_web("example.org") && !is_web("gopher://a/") && !is_web("-x"));
        for deceptive in [
            "https://a.example@b.example/",
            "https://a.example\\@b.example/",
            "https://a.example#@b.example/",
            "https://a.example/?@b.example",
            "https://a.exa\tmple/",
        ] {
            assert!(!is_web(deceptive), "{deceptive}");
        }
        assert!(is_word("voyage.example-1") && is_word("$web") && is_word("eu-central-1"));
        assert!(
            !is_word("x@b.example/") && !is_word("a/b") && !is_word("") && !is_word("a b") && !is_word("a:1")
        );
        assert!(is_domain("www.example.org") && !is_domain("a b") && !is_domain("a\nb") && !is_domain("a/b"));
        assert!(!is_domain("a:1") && !is_domain("me@a") && !is_domain(""));
        assert!(is_folder("../www") && !is_folder(".git/hooks") && !is_folder("a\\.GIT") && !is_folder(""));
    }
}

"""Real servers, started here on 127.0.0.1: killed, started again, filled up; and a proxy that puts faults between."""

import contextlib
import http.client
import http.server
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("DOSSIER_BIN", PROJECT / "target/debug/dossier")).absolute()
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
SSHD = shutil.which("sshd", path=PATH)
BIN = pathlib.Path(sys.executable).parent


def free_port():
    with socket.socket() as at:
        at.bind(("127.0.0.1", 0))
        return at.getsockname()[1]


def wait_until(holds, what, seconds=60):
    """Waits for a condition, and for nothing else."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError(f"in {seconds} s not: {what}")
        time.sleep(0.005)


def files(folder):
    """Every file of a folder, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Server:
    """A server's process, which listens on one port however often it is started."""

    def __init__(self, folder, port, *arguments, **environment):
        self.folder, self.port = folder, port
        self.arguments, self.environment = [str(argument) for argument in arguments], environment
        self.start()

    def start(self):
        with open(self.folder / "log", "ab") as log:
            # Python ignores SIGXFSZ, and so do its children if they are left the signals: a file that is too large is an error to them.
            self.process = subprocess.Popen(
                self.arguments, stdout=log, stderr=log, stdin=subprocess.DEVNULL, restore_signals=False,
                env={**os.environ, **self.environment},
            )
        wait_until(self.listens, f"{self.arguments[0]} listens")

    def listens(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.arguments} ended: " + (self.folder / "log").read_text(errors="replace")[-2000:])
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            return True
        return False

    def kill(self):
        """Kills it, and what it started, with SIGKILL: nothing is flushed, closed or said."""
        for process in [*descendants(self.process.pid), self.process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()

    @contextlib.contextmanager
    def full_for_files_over(self, size):
        """As on a disk with no more room than that: what writes beyond gets an error."""
        was = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, was[1]))
        try:
            yield
        finally:
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, was)


def descendants(parent):
    """The processes that it started, and those that they did."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(of) for pid, of in (line.split() for line in listed.splitlines())}
    found = {parent}
    while more := {pid for pid, of in parents.items() if of in found} - found:
        found |= more
    return found - {parent}


def moto(folder):
    """Amazon's S3, as far as moto has it; it keeps headers, and holds everything in memory."""
    port = free_port()
    return Server(folder, port, sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port)


def rclone_s3(folder, key, secret):
    """A store that speaks S3, checks keys and signatures, and keeps its files in `folder/s3`."""
    port = free_port()
    (folder / "s3/voyage").mkdir(parents=True)
    (folder / "rclone.conf").write_text("[disk]\ntype = local\n")
    return Server(
        folder, port, BIN / "rclone", "serve", "s3", "--config", folder / "rclone.conf", "--addr", f"127.0.0.1:{port}",
        "--auth-key", f"{key},{secret}", f"disk:{folder}/s3",
    )  # fmt: skip


# Azurite's own, which everybody knows.
AZURE_ACCOUNT = "devstoreaccount1"
AZURE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def azurite(folder):
    """Azure's blobs, by Microsoft's own stand-in for it; it checks keys, and keeps its files in `folder/azure`."""
    port = free_port()
    program = PROJECT / "tests/servers/node_modules/.bin/azurite-blob"
    return Server(
        folder, port, program, "--disableTelemetry", "--skipApiVersionCheck", "--blobHost", "127.0.0.1",
        "--blobPort", port, "--location", folder / "azure",
    )  # fmt: skip


def google(folder):
    """Google's Cloud Storage, as far as gcp-storage-emulator has it, in memory; it checks no tokens."""
    port = free_port()
    return Server(
        folder, port, BIN / "gcp-storage-emulator", "start", "--host", "127.0.0.1", "--port", port, "--in-memory",
        "--default-bucket", "voyage",
    )  # fmt: skip


def google_tokens(folder):
    """Gives out tokens as Google does to those who work elsewhere; the path of the file of credentials that leads here."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("content-length") or 0))
            text = b'{"access_token": "hunter2-token", "expires_in": 3600, "token_type": "Bearer"}'
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "subject").write_text("me")
    path = folder / "google.json"
    path.write_text(json.dumps({
        "type": "external_account", "audience": "tests", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": f"http://127.0.0.1:{server.server_port}/",
        "credential_source": {"file": str(folder / "subject"), "format": {"type": "text"}},
    }))  # fmt: skip
    return path


def caseless(folder):
    """WebDAV that ignores case, as shares of macOS and Windows do; its files are in `folder/dav`."""
    port = free_port()
    (folder / "dav").mkdir()
    return Server(folder, port, sys.executable, PROJECT / "tests/servers/caseless.py", folder / "dav", port)


def wsgidav(folder, user, password):
    """WebDAV, with a password; its files are in `folder/dav`."""
    port = free_port()
    (folder / "dav").mkdir()
    (folder / "dav.yaml").write_text(
        f'host: 127.0.0.1\nport: {port}\nserver: cheroot\nprovider_mapping: {{"/": "{folder}/dav"}}\n'
        f'simple_dc: {{user_mapping: {{"*": {{{user}: {{password: "{password}"}}}}}}}}\n'
    )
    return Server(folder, port, sys.executable, "-m", "wsgidav.server.server_cli", "--config", folder / "dav.yaml")


def openssh(folder):
    """OpenSSH, with a key, as the user who runs the tests. `folder/ssh/config` has a host `target` for its clients."""
    ssh = folder / "ssh"
    ssh.mkdir(mode=0o700)
    for name in ("host", "user", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ssh / name], check=True)
    shutil.copy(ssh / "user.pub", ssh / "authorized")
    port = free_port()
    (ssh / "sshd").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {ssh}/host\nAuthorizedKeysFile {ssh}/authorized\n"
        "PasswordAuthentication no\nUsePAM no\nStrictModes no\nPidFile none\nSubsystem sftp internal-sftp\n"
    )
    if os.getuid() == 0:
        os.makedirs("/run/sshd", exist_ok=True)
    server = Server(folder, port, SSHD, "-D", "-e", "-f", ssh / "sshd")
    kind, key = (ssh / "host.pub").read_text().split()[:2]
    (ssh / "known").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    (ssh / "config").write_text(
        f"Host target\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {ssh}/user\n  IdentitiesOnly yes\n"
        f"  UserKnownHostsFile {ssh}/known\n"
    )
    return server


class Proxy:
    """Stands before a server, and answers for it as `fault` says: with a status, by hanging up (0), or not at all (`None`)."""

    def __init__(self, port):
        self.count = 0
        self.fault = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # One packet an answer, or the other side waits for the second.
            wbufsize = -1
            disable_nagle_algorithm = True

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                with lock:
                    outer.count += 1
                    self.number = outer.count
                    status = outer.fault(self) if outer.fault else None
                there = http.client.HTTPConnection("127.0.0.1", port)
                try:
                    if status is not None:
                        return self.hang_up() if status == 0 else self.answer(status, [], b"", "0")
                    there.request(self.command, self.path, body, dict(self.headers))
                    answer = there.getresponse()
                    text = answer.read()
                except (OSError, http.client.HTTPException):
                    return self.hang_up()
                finally:
                    there.close()
                length = answer.getheader("content-length") if self.command == "HEAD" else str(len(text))
                self.answer(answer.status, answer.getheaders(), text, length)

            def hang_up(self):
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)

            def answer(self, status, headers, text, length):
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                        self.send_header(name, value)
                if length is not None and status != 204:
                    self.send_header("content-length", length)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(text)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on
            do_PROPFIND = do_MKCOL = do_MOVE = do_COPY = do_OPTIONS = pass_on

            def log_message(self, *_):
                pass

        lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def settle(command, **environment):
    """Has a server read its settings."""
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    if ran.returncode:
        raise ValueError(f"{command}: {ran.stderr[-2000:]}")


def nginx(folder, blocks, port):
    """nginx, with blocks of its `http` context, of which one listens on the port."""
    # The workers of one that root starts are not root, and do not see the folder.
    user = "user root; " if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log stderr;\n"
        "events {}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off;\n{blocks}\n}}\n"
    )
    command = [shutil.which("nginx", path=PATH), "-p", folder, "-c", folder / "nginx.conf"]
    settle([*command, "-t"])
    return Server(folder, port, *command)


def caddy(folder, blocks, port):
    """Caddy, with a Caddyfile of which one block listens on the port."""
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{blocks}")
    command = [shutil.which("caddy", path=PATH)]
    given = ["--config", folder / "Caddyfile", "--adapter", "caddyfile"]
    home = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    settle([*command, "validate", *given], **home)
    return Server(folder, port, *command, "run", *given, **home)

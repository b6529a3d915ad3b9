"""`dossier publish` on real servers, started here: S3 (moto), WebDAV (WsgiDAV), SFTP (OpenSSH), with faults between.

    python tests/servers/test_publish.py      # with what requirements.txt lists, and sshd

`DOSSIER_BIN` names the program. Nothing leaves 127.0.0.1; all lies in folders that are removed.
"""

import http.client
import http.server
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("DOSSIER_BIN", PROJECT / "target/debug/dossier")
SSHD = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin")


def free_port():
    with socket.socket() as at:
        at.bind(("127.0.0.1", 0))
        return at.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not listen")


class Proxy:
    """Stands before a server, and answers for it as `fault` says: a number instead of passing a request on, or `None`."""

    def __init__(self, port):
        self.count = 0
        self.fault = lambda request: None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                outer.count += 1
                self.number = outer.count
                status = outer.fault(self)
                if status == 0:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if status is not None:
                    self.send_response(status)
                    self.send_header("content-length", "0")
                    self.end_headers()
                    return
                there = http.client.HTTPConnection("127.0.0.1", port)
                there.request(self.command, self.path, body, dict(self.headers))
                answer = there.getresponse()
                text = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                        self.send_header(name, value)
                length = answer.getheader("content-length") if self.command == "HEAD" else len(text)
                if length is not None and answer.status != 204:
                    self.send_header("content-length", str(length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(text)
                there.close()

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on
            do_PROPFIND = do_MKCOL = do_MOVE = do_COPY = do_OPTIONS = pass_on

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Publishing(unittest.TestCase):
    """A small dossier, and a server; what all servers have to stand."""

    __test__ = False
    settings = ""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.environment = dict(os.environ)
        self.processes = []
        self.addCleanup(self.stop)
        self.start()
        (self.folder / "d/content/notes").mkdir(parents=True)
        settings = 'base_url = "https://example.org/"\nlanguages = ["en"]\n[publish.web]\n' + self.target()
        (self.folder / "d/dossier.toml").write_text(settings)
        for note in range(20):
            self.note(note, "First.")

    def note(self, number, words):
        (self.folder / f"d/content/notes/n{number}.md").write_text(f"---\ntitle: Note {number}\n---\n{words}\n")

    def spawn(self, arguments, port, **more):
        log = open(self.folder / "log", "ab")
        with open(self.folder / "log", "ab") as log:
            process = subprocess.Popen(list(map(str, arguments)), stdout=log, stderr=log, **more)
        self.processes.append(process)
        wait_for(port, process)
        return process

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait()
        self.processes = []

    def publish(self, *arguments, code=0):
        ran = subprocess.run(
            [PROGRAM, "publish", *arguments],
            cwd=self.folder / "d", env=self.environment, capture_output=True, text=True, timeout=120,
        )
        self.assertEqual(ran.returncode, code, ran.stderr)
        return ran.stderr

    def built(self):
        """What a build holds, by path."""
        site = self.folder / "built"
        shutil.rmtree(site, ignore_errors=True)
        subprocess.run([PROGRAM, "-q", "build", "-o", site], cwd=self.folder / "d", check=True)
        files = (path for path in site.rglob("*") if path.is_file() and ".dossier" not in path.parts)
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}

    def assert_published(self):
        there = {path: held for path, held in self.there().items() if not path.startswith(".dossier/")}
        wanted = self.built()
        self.assertEqual(sorted(there), sorted(wanted))
        self.assertTrue(all(there[path] == wanted[path] for path in wanted))


class Common:
    def test_an_edition_a_change_a_rollback(self):
        self.publish()
        self.assert_published()
        first = self.built()
        self.note(3, "Second.")
        (self.folder / "d/content/notes/n4.md").unlink()
        self.assertIn("deleted", self.publish())
        self.assert_published()
        self.assertIn("web: 0 files uploaded", self.publish())
        self.publish("--rollback")
        there = self.there()
        self.assertTrue(all(there[path] == first[path] for path in first))

    def test_a_killed_run_is_finished_by_the_next(self):
        running = subprocess.Popen(
            [PROGRAM, "publish"], cwd=self.folder / "d", env=self.environment, stderr=subprocess.DEVNULL
        )
        time.sleep(0.4)
        running.kill()
        running.wait()
        self.publish()
        self.assert_published()

    def test_a_wrong_key_is_told_and_never_shown(self):
        self.publish()
        self.spoil_key()
        self.note(1, "Other.")
        said = self.publish(code=2)
        self.assertTrue(said.startswith("error: ") and said.count("\n") == 1, said)
        self.assertNotIn("hunter2", said)


class Faults:
    """What a proxy does to servers that speak HTTP."""

    def test_503_every_third_request(self):
        self.proxy.fault = lambda request: 503 if request.number % 3 == 0 else None
        self.publish()
        self.proxy.fault = lambda request: None
        self.assert_published()

    def test_the_server_goes_away_in_the_middle(self):
        self.publish()
        self.note(4, "Other.")
        before = self.there()
        for number in range(5, 9):
            (self.folder / f"d/content/notes/n{number}.md").unlink()
        gone_from = self.proxy.count + 9
        self.proxy.fault = lambda request: 0 if request.number >= gone_from else None
        self.publish(code=2)
        self.proxy.fault = lambda request: None
        self.assertEqual([path for path in before if path not in self.there()], [], "deleted before all arrived")
        self.publish()
        self.assert_published()

    def test_a_full_disk_is_named_and_nothing_is_deleted(self):
        self.publish()
        before = self.there()
        (self.folder / "d/content/notes/n9.md").unlink()
        full = lambda request: request.command == "PUT" and ".dossier/edition" not in request.path
        self.proxy.fault = lambda request: 507 if full(request) else None
        self.publish("--forget", code=2)
        self.proxy.fault = lambda request: None
        self.assertEqual([path for path in before if path not in self.there()], [])
        self.publish()
        self.assert_published()


class S3(Common, Faults, Publishing):
    """moto, which checks keys once its users exist."""

    def start(self):
        port = free_port()
        self.spawn([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port], port)
        self.proxy = Proxy(port)
        import boto3

        self.client = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
            aws_access_key_id="test", aws_secret_access_key="hunter2",
        )
        self.client.create_bucket(Bucket="voyage")
        self.environment.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="hunter2", AWS_EC2_METADATA_DISABLED="true")

    def target(self):
        return f'service = "s3"\nbucket = "voyage"\nprefix = "site"\nendpoint = "http://127.0.0.1:{self.proxy.port}"\n'

    def there(self):
        listed = self.client.get_paginator("list_objects_v2").paginate(Bucket="voyage", Prefix="site/")
        keys = [entry["Key"] for page in listed for entry in page.get("Contents", [])]
        read = lambda key: self.client.get_object(Bucket="voyage", Key=key)["Body"].read()
        return {key.removeprefix("site/"): read(key) for key in keys}

    def spoil_key(self):
        # moto looks at no signature unless told to; what it then answers is this.
        self.proxy.fault = lambda request: 403

    def test_what_the_store_says_of_a_file(self):
        self.publish()
        head = lambda path: self.client.head_object(Bucket="voyage", Key=f"site/{path}")
        page = head("index.html")
        self.assertEqual(page["ContentType"], "text/html; charset=utf-8")
        self.assertEqual(page["CacheControl"], "public, max-age=0, must-revalidate")
        sheet = next(path for path in self.there() if path.startswith("assets/style") and path.endswith(".css"))
        self.assertEqual(head(sheet)["CacheControl"], "public, max-age=31536000, immutable")
        self.assertEqual(head(sheet)["ContentType"], "text/css; charset=utf-8")

    def test_without_a_key_it_says_so(self):
        for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del self.environment[variable]
        self.environment["HOME"] = str(self.folder)
        self.assertIn("credential", self.publish(code=2))


class WebDav(Common, Faults, Publishing):
    """WsgiDAV, with a password."""

    def start(self):
        port = free_port()
        self.root = self.folder / "dav"
        self.root.mkdir()
        (self.folder / "dav.yaml").write_text(
            f'host: 127.0.0.1\nport: {port}\nserver: cheroot\nprovider_mapping: {{"/": "{self.root}"}}\n'
            'simple_dc: {user_mapping: {"*": {"me": {password: "hunter2"}}}}\n'
        )
        self.spawn([sys.executable, "-m", "wsgidav.server.server_cli", "--config", self.folder / "dav.yaml"], port)
        self.proxy = Proxy(port)
        self.environment.update(DOSSIER_WEBDAV_USER="me", DOSSIER_WEBDAV_PASSWORD="hunter2")

    def target(self):
        return f'service = "webdav"\nprefix = "site"\nendpoint = "http://127.0.0.1:{self.proxy.port}/"\n'

    def there(self):
        site = self.root / "site"
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def spoil_key(self):
        self.environment["DOSSIER_WEBDAV_PASSWORD"] = "hunter2-wrong"


@unittest.skipUnless(SSHD, "sshd is not installed")
class Sftp(Common, Publishing):
    """OpenSSH, with a key, as the user who runs the tests."""

    def start(self):
        self.root = self.folder / "www"
        ssh = self.folder / "ssh"
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
        self.spawn([SSHD, "-D", "-e", "-f", ssh / "sshd"], port)
        kind, key = (ssh / "host.pub").read_text().split()[:2]
        (ssh / "known").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
        self.config = ssh / "config"
        self.config.write_text(
            f"Host target\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {ssh}/user\n  IdentitiesOnly yes\n"
            f"  UserKnownHostsFile {ssh}/known\n"
        )
        # OpenSSH takes its settings from the home of the account, whatever HOME says.
        bin = self.folder / "bin"
        bin.mkdir()
        (bin / "ssh").write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {self.config} "$@"\n')
        (bin / "ssh").chmod(0o755)
        self.environment["PATH"] = f"{bin}:{self.environment['PATH']}"
        self.environment.pop("SSH_AUTH_SOCK", None)

    def target(self):
        return f'service = "sftp"\nendpoint = "target"\nprefix = "{self.root}"\n'

    there = lambda self: {
        path.relative_to(self.root).as_posix(): path.read_bytes() for path in self.root.rglob("*") if path.is_file()
    }

    def spoil_key(self):
        self.config.write_text(self.config.read_text().replace("/user\n", "/other\n"))

    def test_an_unknown_host_is_refused(self):
        (self.config.parent / "known").write_text("")
        self.assertIn("error: cannot read", self.publish(code=2))


if __name__ == "__main__":
    unittest.main()

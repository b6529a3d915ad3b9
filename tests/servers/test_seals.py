"""Signed and stamped editions: with Debian's minisign, and an authority of OpenSSL's on loopback."""

import http.server
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

from servers import PROGRAM

AUTHORITY = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Root for tests
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[mail]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = emailProtection
[tsa]
default_tsa = it
[it]
serial = serial
signer_cert = stamps.pem
certs = stamps.pem
signer_key = stamps.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


def run(*command, code=0, folder, **variables):
    environment = {**os.environ, **variables}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == code, (command, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


class Authority(http.server.BaseHTTPRequestHandler):
    """Answers with `openssl ts`, or with what the test has it say."""

    folder = None
    answers = None
    asked = []

    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        Authority.asked.append((dict(self.headers), asked))
        status, answer = (self.answers or stamp)(self.folder, asked)
        self.send_response(status)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def stamp(folder, asked):
    (folder / "asked.tsq").write_bytes(asked)
    run("openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", "asked.tsq", "-out", "answer.tsr", folder=folder)
    return 200, (folder / "answer.tsr").read_bytes()


def certificate(folder, name, usage, *key):
    run("openssl", "genpkey", *key, "-out", f"{name}.key", folder=folder)
    ask = ["openssl", "req", "-new", "-config", "openssl.cnf", "-key", f"{name}.key"]
    if usage == "root":
        run(*ask, "-x509", "-extensions", usage, "-days", "2", "-out", f"{name}.pem", folder=folder)
        return
    run(*ask, "-subj", f"/CN={name} for tests", "-out", f"{name}.csr", folder=folder)
    run(
        "openssl", "x509", "-req", "-in", f"{name}.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
        "-extfile", "openssl.cnf", "-extensions", usage, "-days", "1", "-out", f"{name}.pem", folder=folder,
    )  # fmt: skip


RSA = ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072")
P384 = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")


class Seals(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.keys = self.folder / "keys"
        self.dossier = self.folder / "dossier"
        self.site = self.dossier / "www"
        self.keys.mkdir()
        (self.dossier / "content/notes").mkdir(parents=True)
        (self.keys / "openssl.cnf").write_text(AUTHORITY)
        (self.keys / "serial").write_text("01\n")
        certificate(self.keys, "root", "root", *P384)
        certificate(self.keys, "stamps", "stamps", *RSA)
        Authority.folder, Authority.answers, Authority.asked = self.keys, None, []
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authority)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.address = f"http://127.0.0.1:{server.server_address[1]}/tsr"
        run("minisign", "-G", "-W", "-p", "public", "-s", "secret", folder=self.keys)
        self.key = (self.keys / "public").read_text().splitlines()[1]
        shutil.copy(self.keys / "root.pem", self.dossier / "root.pem")
        self.settings()
        self.note("Words.")

    def settings(self, more='certificate = "root.pem"'):
        (self.dossier / "dossier.toml").write_text(
            f'base_url = "https://example.org/"\n[publish.disk]\nservice = "folder"\npath = "www"\n'
            f'[signature]\nkey = "{self.key}"\nauthority = "{self.address}"\n{more}\n'
        )

    def note(self, words):
        (self.dossier / "content/notes/a.md").write_text(f"---\ntitle: A note\n---\n{words}\n")

    def publish(self, code=0):
        return run(PROGRAM, "publish", "--sign", self.keys / "secret", code=code, folder=self.dossier)

    def verify(self, code=0):
        return run(PROGRAM, "verify", "www", code=code, folder=self.dossier)

    def openssl(self, code=0):
        return run(
            "openssl", "ts", "-verify", "-data", "SHA256SUMS", "-in", "SHA256SUMS.tsr", "-CAfile", self.keys / "root.pem",
            code=code, folder=self.site,
        )  # fmt: skip

    def minisign(self, code=0):
        return run("minisign", "-V", "-m", "SHA256SUMS", "-P", self.key, code=code, folder=self.site)

    def test_others_agree_and_one_changed_byte_is_refused_by_all(self):
        self.publish()
        said = self.verify()
        self.assertIn("SHA256SUMS.minisig: good", said)
        self.assertIn("SHA256SUMS.tsr: good: 20", said)
        self.assertIn("CN=stamps for tests", said)
        self.openssl()
        self.assertIn("files of https://example.org/, signed 20", self.minisign())
        for name, others in [("SHA256SUMS", (self.openssl, self.minisign)), ("SHA256SUMS.minisig", (self.minisign,))]:
            path = self.site / name
            good = path.read_bytes()
            path.write_bytes(good[:-9] + bytes([good[-9] ^ 1]) + good[-8:])
            self.verify(code=1)
            for other in others:
                other(code=1)
            path.write_bytes(good)
        # The last bytes of a stamp are its signature.
        path = self.site / "SHA256SUMS.tsr"
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        self.verify(code=1)
        self.openssl(code=1)

    def test_the_authority_learns_a_hash_and_no_more(self):
        self.publish()
        [(headers, asked)] = Authority.asked
        self.assertLess(len(asked), 100)
        self.assertNotIn(b"example", asked)
        told = {name.lower() for name in headers}
        self.assertEqual(told - {"accept", "content-type", "content-length", "host", "user-agent"}, set())
        self.publish()
        self.assertEqual(len(Authority.asked), 1, "what did not change is not stamped again")

    def test_a_key_with_a_password_and_one_of_ours_with_minisign(self):
        made = run(PROGRAM, "key", "ours", folder=self.keys, DOSSIER_SIGN_PASSWORD="correct horse")
        self.key = made.split('"')[1]
        self.settings()
        run(PROGRAM, "publish", code=2, folder=self.dossier, DOSSIER_SIGN_KEY=str(self.keys / "ours"))
        run(
            PROGRAM, "publish", folder=self.dossier, DOSSIER_SIGN_KEY=str(self.keys / "ours"),
            DOSSIER_SIGN_PASSWORD="correct horse",
        )  # fmt: skip
        self.minisign()
        self.verify()

    def test_an_answer_that_proves_nothing_publishes_nothing(self):
        _, old = stamp(self.keys, self.question(b"old"))
        certificate(self.keys, "other", "mail", *P384)
        for answers, said in [
            (lambda *_: (500, b""), "500"),
            (lambda *_: (200, b"<html>sign in</html>"), "not a time stamp"),
            (lambda *_: (200, old), "another question"),
            (lambda _, asked: (200, self.refused()), "refused"),
        ]:
            Authority.answers = staticmethod(answers)
            self.assertIn(said, self.publish(code=2))
            self.assertFalse((self.site / "index.html").exists())
        # A certificate for something else, and one that nobody here knows.
        Authority.answers = None
        certificate(self.keys, "root", "root", *P384)
        certificate(self.keys, "stamps", "stamps", *P384)
        self.assertIn("does not vouch", self.publish(code=2))
        self.assertFalse((self.site / "index.html").exists())
        self.settings("")
        self.publish()
        self.assertIn("who that is was not checked", self.verify())

    def question(self, data):
        (self.keys / "data").write_bytes(data)
        run("openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "question.tsq", folder=self.keys)
        return (self.keys / "question.tsq").read_bytes()

    def refused(self):
        (self.keys / "data").write_bytes(b"refused")
        run("openssl", "ts", "-query", "-data", "data", "-sha512", "-out", "question.tsq", folder=self.keys)
        # The authority takes no SHA-512, and openssl writes its refusal.
        (self.keys / "answer.tsr").unlink(missing_ok=True)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", "question.tsq", "-out", "answer.tsr"],
            cwd=self.keys, capture_output=True,
        )  # fmt: skip
        return (self.keys / "answer.tsr").read_bytes()

"""`dossier publish` to real servers (see servers.py), with faults."""

import itertools
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
import urllib.request

import servers
from servers import PROGRAM, files

NOTES = range(5)
# A file that has no room where there is only room for smaller ones.
LARGE, ROOM = "content/notes/large.bin", 100_000


class Publishing:
    """A small dossier and a folder of its own on the server; what all servers have to stand."""

    numbers = itertools.count()

    @classmethod
    def setUpClass(cls):
        cls.common = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.common, True)
        cls.server = cls.serve()
        cls.addClassCleanup(lambda: cls.server.kill())

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.common))
        self.prefix = f"site-{next(self.numbers)}"
        self.environment = dict(os.environ)
        self.prepare()
        self.tries(2)
        for note in NOTES:
            self.note(note, "First.")
        (self.folder / LARGE).write_bytes(b"first" * 40_000)

    def prepare(self):
        pass

    def tries(self, number):
        settings = f'base_url = "https://example.org/"\ndata = []\npublish_files = ["notes/large.bin"]\n[publish.web]\ntries = {number}\n{self.target()}'
        (self.folder / "dossier.toml").write_text(settings)

    def note(self, number, words):
        (self.folder / "content/notes").mkdir(parents=True, exist_ok=True)
        (self.folder / f"content/notes/n{number}.md").write_text(f"---\ntitle: Note {number}\n---\n{words}\n")

    def remove(self, *numbers):
        for number in numbers:
            (self.folder / f"content/notes/n{number}.md").unlink()

    def start(self, *arguments):
        return subprocess.Popen(
            [PROGRAM, "publish", *arguments], cwd=self.folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def publish(self, *arguments, code=0):
        with self.start(*arguments) as running:
            _, said = running.communicate(timeout=120)
        self.assertEqual(running.returncode, code, said)
        return said

    def built(self):
        """What a build holds, by path."""
        site = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "built"
        subprocess.run([PROGRAM, "-q", "build", "-o", site], cwd=self.folder, check=True)
        return {path: held for path, held in files(site).items() if not path.startswith(".dossier/")}

    def assert_published(self):
        there = {path: held for path, held in self.there().items() if not path.startswith(".dossier/")}
        wanted = self.built()
        self.assertEqual(sorted(there), sorted(wanted))
        self.assertEqual([path for path in wanted if there[path] != wanted[path]], [])

    def assert_nothing_was_deleted(self, before):
        self.assertEqual(sorted(before.keys() - self.there().keys()), [])

    def move(self, old, new):
        """Renames a text in two steps, for the sake of disks that ignore case."""
        notes = self.folder / "content/notes"
        (notes / f"{new}.md").parent.mkdir(exist_ok=True)
        (notes / f"{old}.md").rename(notes / "between")
        (notes / "between").rename(notes / f"{new}.md")

    def assert_one_run_publishes_all(self):
        self.publish()
        self.assert_published()
        self.assertIn("web: 0 files uploaded", self.publish())

    def test_a_name_that_changes_in_case_only(self):
        self.publish()
        for old, new in (("n1", "N1"), ("N1", "n1")):
            self.move(old, new)
            self.assert_one_run_publishes_all()

    def test_a_file_becomes_a_folder_and_a_file_again(self):
        folder, file = self.folder / "content/notes/large.bin/large.bin", self.folder / LARGE
        self.publish()
        file.unlink()
        folder.parent.mkdir()
        folder.write_bytes(b"inside")
        settings = self.folder / "dossier.toml"
        settings.write_text(settings.read_text().replace("notes/large.bin", "notes/**/large.bin"))
        self.assert_one_run_publishes_all()
        shutil.rmtree(folder.parent)
        file.write_bytes(b"outside")
        self.assert_one_run_publishes_all()

    def test_what_was_lost_or_changed_there_is_named_and_repaired(self):
        self.publish()
        self.lose("notes/n1.html")
        self.change("notes/n2.html", b"somebody else's")
        before = self.there()
        said = self.publish(code=1)
        self.assertIn("notes/n1.html", said)
        self.assertIn("notes/n2.html", said)
        self.assertEqual(before.get("notes/n1.html"), self.there().get("notes/n1.html"))
        self.publish("--repair")
        self.assert_published()
        self.assertIn("web: 0 files uploaded", self.publish())

    def test_an_edition_a_change_a_rollback(self):
        self.publish()
        self.assert_published()
        first = self.built()
        self.note(3, "Second.")
        self.remove(4)
        self.assertIn("deleted", self.publish())
        self.assert_published()
        self.assertIn("web: 0 files uploaded", self.publish())
        self.publish("--rollback")
        there = self.there()
        self.assertEqual([path for path in first if there.get(path) != first[path]], [])


class Durable:
    """What servers have to stand that keep their files on a disk: those that are killed."""

    def test_a_killed_run_is_finished_by_the_next(self):
        with self.start() as running:
            self.in_the_middle(running.kill)
        self.assertLess(running.returncode, 0)
        self.publish()
        self.assert_published()

    def test_a_run_that_clears_the_way_is_killed_and_finished_by_the_next(self):
        self.publish()
        for note in NOTES:
            self.move(f"n{note}", f"N{note}")
        with self.start() as running:
            self.in_the_middle(running.kill)
        self.assertLess(running.returncode, 0)
        self.assert_one_run_publishes_all()

    def test_a_repair_is_killed_and_finished_by_the_next(self):
        self.publish()
        for note in NOTES:
            self.lose(f"notes/n{note}.html")
        # What is new makes the run long enough.
        for note in range(10, 30):
            self.note(note, "First.")
        with self.start("--repair") as running:
            self.in_the_middle(running.kill)
        self.assertLess(running.returncode, 0)
        self.publish("--repair")
        self.assert_published()
        self.assertIn("web: 0 files uploaded", self.publish())

    def test_a_killed_server_is_started_again_and_the_next_run_finishes(self):
        self.publish()
        before = self.there()
        for note in NOTES:
            self.note(note, "Second.")
        self.remove(4)
        with self.start() as running:
            self.in_the_middle(self.server.kill)
            said = running.stderr.read()
        self.assertEqual(running.returncode, 2, said)
        self.assertIn("error: ", said)
        self.server.start()
        self.assert_nothing_was_deleted(before)
        self.publish()
        self.assert_published()

    def test_a_wrong_key_is_told_and_never_shown(self):
        self.publish()
        before = self.there()
        self.spoil_key()
        self.note(1, "Other.")
        said = self.publish(code=2)
        self.assertTrue(said.startswith("error: ") and said.count("\n") == 1, said)
        self.assertNotIn("hunter2", said)
        self.assertEqual(before, self.there())


class OnDisk:
    """What stands at a server whose files are below `root`."""

    def there(self):
        return files(self.root())

    def lose(self, path):
        (self.root() / path).unlink()

    def change(self, path, held):
        (self.root() / path).write_bytes(held)


class Full:
    def test_a_disk_that_runs_full_names_the_file_and_deletes_nothing(self):
        self.publish()
        before = self.there()
        (self.folder / LARGE).write_bytes(b"other" * 40_000)
        self.note(3, "Second.")
        self.remove(4)
        with self.server.full_for_files_over(ROOM):
            said = self.publish(code=2)
        self.assertIn("large.bin", said)
        self.assert_nothing_was_deleted(before)
        self.publish()
        self.assert_published()


class Proxied:
    """What a proxy does to servers that speak HTTP."""

    def prepare(self):
        self.proxy = servers.Proxy(self.server.port)
        self.addCleanup(self.proxy.server.server_close)
        self.addCleanup(self.proxy.server.shutdown)

    def in_the_middle(self, act):
        """Calls `act` when some requests have come through, before the next one does."""
        last = self.proxy.count + 12
        self.proxy.fault = lambda request: act() if request.number == last else None
        servers.wait_until(lambda: self.proxy.count >= last, "12 requests")

    def test_503_every_third_request(self):
        self.tries(10)
        self.proxy.fault = lambda request: 503 if request.number % 3 == 0 else None
        self.publish()
        self.assert_published()

    def test_the_server_goes_away_in_the_middle(self):
        self.publish()
        before = self.there()
        for note in NOTES:
            self.note(note, "Second.")
        self.remove(0, 1)
        last = self.proxy.count + 9
        self.proxy.fault = lambda request: 0 if request.number > last else None
        self.publish(code=2)
        self.proxy.fault = None
        self.assert_nothing_was_deleted(before)
        self.publish()
        self.assert_published()

    def test_insufficient_storage_is_named_and_nothing_is_deleted(self):
        self.publish()
        before = self.there()
        self.remove(4)
        full = lambda request: request.command in ("PUT", "POST") and "edition" not in request.path
        self.proxy.fault = lambda request: 507 if full(request) else None
        self.publish("--forget", code=2)
        self.proxy.fault = None
        self.assert_nothing_was_deleted(before)
        self.publish()
        self.assert_published()


class Rclone(OnDisk, Durable, Proxied, Publishing, unittest.TestCase):
    """A store that speaks S3, checks keys, and keeps its files on a disk."""

    @classmethod
    def serve(cls):
        return servers.rclone_s3(cls.common, "tester", "hunter2-secret")

    def prepare(self):
        super().prepare()
        self.environment.update(
            AWS_ACCESS_KEY_ID="tester", AWS_SECRET_ACCESS_KEY="hunter2-secret", AWS_EC2_METADATA_DISABLED="true"
        )

    def target(self):
        endpoint = f"http://127.0.0.1:{self.proxy.port}"
        return f'service = "s3"\nbucket = "voyage"\nprefix = "{self.prefix}"\nendpoint = "{endpoint}"\n'

    def root(self):
        return self.common / "s3/voyage" / self.prefix

    def spoil_key(self):
        self.environment["AWS_SECRET_ACCESS_KEY"] = "hunter2-wrong"


class Moto(Proxied, Publishing, unittest.TestCase):
    """S3 with the headers that Amazon's keeps."""

    @classmethod
    def serve(cls):
        server = servers.moto(cls.common)
        import boto3

        cls.client = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{server.port}", region_name="us-east-1",
            aws_access_key_id="test", aws_secret_access_key="hunter2",
        )  # fmt: skip
        cls.client.create_bucket(Bucket="voyage")
        return server

    def prepare(self):
        super().prepare()
        self.environment.update(
            AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="hunter2", AWS_EC2_METADATA_DISABLED="true"
        )

    target = Rclone.target

    def there(self):
        listed = self.client.get_paginator("list_objects_v2").paginate(Bucket="voyage", Prefix=f"{self.prefix}/")
        keys = [entry["Key"] for page in listed for entry in page.get("Contents", [])]
        read = lambda key: self.client.get_object(Bucket="voyage", Key=key)["Body"].read()
        return {key.removeprefix(f"{self.prefix}/"): read(key) for key in keys}

    def lose(self, path):
        self.client.delete_object(Bucket="voyage", Key=f"{self.prefix}/{path}")

    def change(self, path, held):
        self.client.put_object(Bucket="voyage", Key=f"{self.prefix}/{path}", Body=held)

    def test_what_the_store_says_of_a_file(self):
        self.publish()
        head = lambda path: self.client.head_object(Bucket="voyage", Key=f"{self.prefix}/{path}")
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


class Azure(Durable, Proxied, Publishing, unittest.TestCase):
    """Azure Blob Storage, by Azurite, which checks keys and keeps its files on a disk."""

    @classmethod
    def serve(cls):
        server = servers.azurite(cls.common)
        from azure.storage.blob import ContainerClient

        cls.account = f"http://127.0.0.1:{server.port}/{servers.AZURE_ACCOUNT}"
        cls.client = ContainerClient(cls.account, "voyage", credential=servers.AZURE_KEY, retry_total=0)
        cls.client.create_container()
        return server

    def prepare(self):
        super().prepare()
        self.environment.update(
            AZURE_STORAGE_ACCOUNT_NAME=servers.AZURE_ACCOUNT, AZURE_STORAGE_ACCOUNT_KEY=servers.AZURE_KEY
        )

    def target(self):
        endpoint = f"http://127.0.0.1:{self.proxy.port}/{servers.AZURE_ACCOUNT}"
        return f'service = "azblob"\ncontainer = "voyage"\nprefix = "{self.prefix}"\nendpoint = "{endpoint}"\n'

    def there(self):
        names = [blob.name for blob in self.client.list_blobs(name_starts_with=f"{self.prefix}/")]
        return {name.removeprefix(f"{self.prefix}/"): self.client.download_blob(name).readall() for name in names}

    def lose(self, path):
        self.client.delete_blob(f"{self.prefix}/{path}")

    def change(self, path, held):
        self.client.upload_blob(f"{self.prefix}/{path}", held, overwrite=True)

    def spoil_key(self):
        self.environment["AZURE_STORAGE_ACCOUNT_KEY"] = "aHVudGVyMi13cm9uZw=="

    # Azurite writes its list of blobs every few seconds: what is newer is lost if it is killed, which is not so at Azure.
    test_a_killed_server_is_started_again_and_the_next_run_finishes = None


class Google(Proxied, Publishing, unittest.TestCase):
    """Google Cloud Storage, by gcp-storage-emulator, in memory."""

    @classmethod
    def serve(cls):
        cls.credentials = servers.google_tokens(cls.common)
        return servers.google(cls.common)

    def prepare(self):
        super().prepare()
        self.environment["GOOGLE_APPLICATION_CREDENTIALS"] = str(self.credentials)

    def target(self):
        endpoint = f"http://127.0.0.1:{self.proxy.port}"
        return f'service = "gcs"\nbucket = "voyage"\nprefix = "{self.prefix}"\nendpoint = "{endpoint}"\n'

    def ask(self, method, path, held=None):
        url = f"http://127.0.0.1:{self.server.port}/{path}"
        with urllib.request.urlopen(urllib.request.Request(url, held, method=method)) as answer:
            return answer.read()

    def key(self, path):
        return urllib.parse.quote(f"{self.prefix}/{path}", safe="")

    def there(self):
        listed = json.loads(self.ask("GET", f"storage/v1/b/voyage/o?prefix={self.prefix}/"))
        paths = [item["name"].removeprefix(f"{self.prefix}/") for item in listed.get("items", [])]
        return {path: self.ask("GET", f"storage/v1/b/voyage/o/{self.key(path)}?alt=media") for path in paths}

    def lose(self, path):
        self.ask("DELETE", f"storage/v1/b/voyage/o/{self.key(path)}")

    def change(self, path, held):
        self.ask("POST", f"upload/storage/v1/b/voyage/o?uploadType=media&name={self.key(path)}", held)


class WebDav(OnDisk, Durable, Full, Proxied, Publishing, unittest.TestCase):
    """WsgiDAV, with a password."""

    @classmethod
    def serve(cls):
        return servers.wsgidav(cls.common, "me", "hunter2")

    def prepare(self):
        super().prepare()
        self.environment.update(DOSSIER_WEBDAV_USER="me", DOSSIER_WEBDAV_PASSWORD="hunter2")

    def target(self):
        return f'service = "webdav"\nprefix = "{self.prefix}"\nendpoint = "http://127.0.0.1:{self.proxy.port}/"\n'

    def root(self):
        return self.common / "dav" / self.prefix

    def spoil_key(self):
        self.environment["DOSSIER_WEBDAV_PASSWORD"] = "hunter2-wrong"


class Caseless(OnDisk, Proxied, Publishing, unittest.TestCase):
    """WebDAV on a disk that ignores case."""

    @classmethod
    def serve(cls):
        return servers.caseless(cls.common)

    def target(self):
        return f'service = "webdav"\nprefix = "{self.prefix}"\nendpoint = "http://127.0.0.1:{self.proxy.port}/"\n'

    def root(self):
        return self.common / "dav" / self.prefix

    test_killed_while_it_clears_the_way = Durable.test_a_run_that_clears_the_way_is_killed_and_finished_by_the_next
    test_killed_while_it_repairs = Durable.test_a_repair_is_killed_and_finished_by_the_next


class Sftp(OnDisk, Durable, Full, Publishing, unittest.TestCase):
    """OpenSSH, with a key, as the user who runs the tests."""

    @classmethod
    def serve(cls):
        return servers.openssh(cls.common)

    def prepare(self):
        self.config = self.folder / "config"
        shutil.copy(self.common / "ssh/config", self.config)
        # OpenSSH takes its settings from the home of the account, whatever HOME says.
        (self.folder / "bin").mkdir()
        ssh = self.folder / "bin/ssh"
        ssh.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {self.config} "$@"\n')
        ssh.chmod(0o755)
        self.environment["PATH"] = f"{ssh.parent}:{self.environment['PATH']}"
        self.environment.pop("SSH_AUTH_SOCK", None)

    def target(self):
        return f'service = "sftp"\nendpoint = "target"\nprefix = "{self.common}/www/{self.prefix}"\n'

    def root(self):
        return self.common / "www" / self.prefix

    def in_the_middle(self, act):
        """Calls `act` when some files have changed, and before they all have."""
        folder = self.common / "www" / self.prefix
        stamps = lambda: {path: path.stat().st_mtime_ns for path in list(folder.glob("*/*"))}
        before = stamps()
        servers.wait_until(lambda: len(stamps().items() - before.items()) > 3, "files arrive")
        act()

    def spoil_key(self):
        self.config.write_text(self.config.read_text().replace("/user\n", "/other\n"))

    def test_an_unknown_host_is_refused(self):
        (self.folder / "known").write_text("")
        known = f"UserKnownHostsFile {self.folder}/known\n"
        self.config.write_text(self.config.read_text().rsplit("UserKnownHostsFile", 1)[0] + known)
        self.assertIn("error: cannot read", self.publish(code=2))

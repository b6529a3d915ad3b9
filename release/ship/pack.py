"""Packs the programs of all systems."""

import hashlib

from . import deb, extras, folder, manifests, npm, sbom, wheel


def pack(release, programs):
    """Everything that is shipped, as `{name: bytes}`; `programs` are the files of each system."""
    own = next((target for target in programs if target.runs_here), None)
    if own is None:
        raise SystemExit("error: no program of these runs here, so none can write the manual; add the one of this system")
    manuals, completions = extras.manuals(programs[own]), extras.completions(programs[own])
    bytes_of = {target: program.read_bytes() for target, program in programs.items()}
    packed = {}
    for target, program in bytes_of.items():
        packed |= folder.files(release, target, program, manuals, completions)
        packed |= wheel.files(release, target, program)
        packed |= npm.files(release, target, program)
        if target.deb:
            packed |= deb.files(release, target, program, manuals, completions)
    packed |= npm.launcher(release, bytes_of)
    packed |= sbom.files(release, bytes_of)
    packed |= manifests.homebrew(release, packed) | manifests.winget(release, packed) | manifests.image(release, bytes_of)
    packed["VERSION"] = f"{release.version}\n".encode()
    sums = [f"{hashlib.sha256(held).hexdigest()}  {name}" for name, held in sorted(packed.items())]
    packed["SHA256SUMS"] = "\n".join(sums).encode() + b"\n"
    return packed

"""Packages for npm: one with the program for each system, and one whose command starts the one that fits.

npm installs only the package whose `os` and `cpu` are those of the machine; no script runs while installing.
"""

import json

from . import about, archive


def own_name(target):
    return f"{about.NAME}-{'-'.join(target.npm)}"


def manifest(release, **more):
    common = {
        "version": release.version,
        "description": release.summary,
        "license": f"({release.manifest['package']['license']})",
        "repository": {"type": "git", "url": f"git+{release.repository}.git"},
    }
    return json.dumps({"name": more.pop("name"), **common, **more}, indent=2).encode() + b"\n"


def package(release, name, held, programs=()):
    held = {f"package/{path}": content for path, content in {**held, **release.notices}.items()}
    programs = [f"package/{path}" for path in programs]
    return {f"npm/{name}-{release.version}.tgz": archive.tar_gz(held, release.epoch, programs)}


def files(release, target, program):
    """The package with the program for a system."""
    name = own_name(target)
    system, processor = target.npm
    held = {
        "package.json": manifest(release, name=name, os=[system], cpu=[processor], preferUnplugged=True),
        "README.md": f"The program of `{about.NAME}` for {system} on {processor}.\n".encode(),
        f"bin/{target.program}": program,
    }
    return package(release, name, held, [f"bin/{target.program}"])


def launcher(release, targets):
    """The package that users install."""
    held = {
        "package.json": manifest(
            release,
            name=about.NAME,
            keywords=release.manifest["package"]["keywords"],
            bin={"dossier": "bin/dossier.js"},
            engines={"node": ">=16"},
            optionalDependencies={own_name(target): release.version for target in sorted(targets, key=own_name)},
        ),
        "README.md": release.introduction,
        "bin/dossier.js": release.read("release/launcher.js").replace(b"NAME", about.NAME.encode()),
    }
    return package(release, about.NAME, held, ["bin/dossier.js"])

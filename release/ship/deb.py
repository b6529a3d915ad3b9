"""Packages for Debian and its derivatives, packed by their own dpkg-deb."""

import email.utils
import tempfile
from pathlib import Path

from . import archive, extras
from .about import run

# https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: dossier
Source: REPOSITORY
Comment: The licences of what others made, and is in the program, are in
 THIRD-PARTY.txt beside this file; `dossier --licenses` prints them, too.

Files: *
Copyright: 2026 The Dossier developers
License: Expat or Apache-2.0

License: Expat
EXPAT

License: Apache-2.0
 /usr/share/common-licenses/Apache-2.0 has the text.
"""


MAINTAINER = "The Dossier developers <dossier@example.org>"


def changelog(release):
    """Debian's own, which says that this is the version that the other one describes."""
    day = email.utils.formatdate(release.epoch)
    return f"dossier ({release.version}-1) stable; urgency=medium\n\n  * Version {release.version}: see changelog.gz.\n\n -- {MAINTAINER}  {day}\n"


def files(release, target, program, manuals, completions):
    """The package of one system, as `{name: bytes}`."""
    documents = "usr/share/doc/dossier"
    _, mit = release.notices["LICENSE-MIT"].decode().split("\n\n", 2)[1:]
    expat = "\n".join(f" {line or '.'}" for line in mit.strip().split("\n"))
    held = {
        "usr/bin/dossier": program,
        f"{documents}/copyright": COPYRIGHT.replace("REPOSITORY", release.repository).replace("EXPAT", expat).encode(),
        f"{documents}/THIRD-PARTY.txt.gz": archive.gz(release.notices["THIRD-PARTY.txt"]),
        f"{documents}/changelog.gz": archive.gz(release.read("CHANGELOG.md")),
        f"{documents}/changelog.Debian.gz": archive.gz(changelog(release).encode()),
        **{f"usr/share/man/man1/{page}.gz": archive.gz(text) for page, text in manuals.items()},
        **{f"usr/share/{extras.COMPLETIONS[shell]}": text for shell, text in completions.items()},
    }
    size = sum(len(text) for text in held.values()) // 1024
    held["DEBIAN/control"] = f"""\
Package: dossier
Version: {release.version}-1
Architecture: {target.deb}
Maintainer: {MAINTAINER}
Installed-Size: {size}
Recommends: ca-certificates
Suggests: git, openssh-client
Section: web
Priority: optional
Homepage: {release.repository}
Description: compiler for evidence: a cross-linked site from annotated Markdown
 Dossier takes an explainer article and its annotations, written in Markdown,
 and makes a website of them: the article, and a page for every actor, claim,
 route, place, event and source in it. It reports what does not add up.
""".encode()
    name = f"dossier_{release.version}-1_{target.deb}.deb"
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        for path, text in held.items():
            file = tree / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
            file.chmod(0o755 if path == "usr/bin/dossier" else 0o644)
        for place in [tree, *(place for place in tree.rglob("*") if place.is_dir())]:
            place.chmod(0o755)
        # It gives every file this time, and the same bytes each time.
        environment = {"SOURCE_DATE_EPOCH": str(release.epoch)}
        run("dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, Path(folder) / name, environment=environment, stdout=-3)
        return {name: (Path(folder) / name).read_bytes()}

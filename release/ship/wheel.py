"""Wheels for PyPI: https://packaging.python.org/en/latest/specifications/binary-distribution-format/"""

import base64
import hashlib

from . import about, archive


def files(release, target, program):
    """The wheel of one system, as `{name: bytes}`."""
    name = f"{about.NAME.replace('-', '_')}-{release.version}"
    info = f"{name}.dist-info"
    tags = [f"py3-none-{tag}" for tag in target.wheel.split(".")]
    notices = release.notices
    metadata = [
        "Metadata-Version: 2.4",
        f"Name: {about.NAME}",
        f"Version: {release.version}",
        f"Summary: {release.summary}",
        f"Keywords: {','.join(release.manifest['package']['keywords'])}",
        f"License-Expression: {release.manifest['package']['license']}",
        *(f"License-File: {notice}" for notice in notices),
        "Classifier: Environment :: Console",
        "Classifier: Topic :: Internet :: WWW/HTTP :: Site Management",
        "Requires-Python: >=3.8",
        f"Project-URL: Repository, {release.repository}",
        "Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM",
        "",
    ]
    wheel = ["Wheel-Version: 1.0", "Generator: dossier release/build", "Root-Is-Purelib: false", *(f"Tag: {tag}" for tag in tags)]
    script = f"{name}.data/scripts/{target.program}"
    record = f"{info}/RECORD"
    held = {
        script: program,
        f"{info}/METADATA": "\n".join(metadata).encode() + b"\n" + release.introduction,
        f"{info}/WHEEL": "\n".join(wheel).encode() + b"\n",
        **{f"{info}/licenses/{notice}": text for notice, text in notices.items()},
    }
    lines = [f"{path},sha256={digest(held[path])},{len(held[path])}" for path in sorted(held)]
    held[record] = "\n".join([*lines, f"{record},,"]).encode() + b"\n"
    # Readers want the index at the end.
    last = [path for path in held if path.startswith(info)]
    return {f"{name}-py3-none-{target.wheel}.whl": archive.zipped(held, release.epoch, [script], last)}


def digest(held):
    return base64.urlsafe_b64encode(hashlib.sha256(held).digest()).rstrip(b"=").decode()

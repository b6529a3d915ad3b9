#!/usr/bin/env python3
"""Writes THIRD-PARTY.txt, the notices that `dossier --licenses` shows: data.txt, then every crate and the licences' texts.

    licenses/make.py

Of a crate that offers a choice of licences, the text of MIT is given where that is one of them. Crates of all platforms are
listed, as what is shipped is built for all. To be run when Cargo.lock has changed; a test says so.
"""
import json, re, subprocess
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
# Of the crates that hold no text: from which file it is taken. Ours names us, which is left out.
STANDARD = {"MIT": TOP / "LICENSE-MIT", "Apache-2.0": TOP / "LICENSE-APACHE"}
NAMES = re.compile(r"(licen[cs]e|copying|copyright|unlicense|notice)", re.I)
# What such a file is called that has the text of MIT.
MIT = re.compile(r"mit(?!0)", re.I)
ALSO = ["themes/default/assets/source-serif-4-OFL.txt", "src/serve/client/idiomorph-LICENSE.txt",
        "src/search/snowball/LICENSE.txt"]


def crates():
    """Every crate that is part of the program or of a build script, on any platform."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    metadata = json.loads(subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, check=True).stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    seen, open_ = {root}, [root]
    while open_:
        for dependency in nodes[open_.pop()]["deps"]:
            is_used = any(kind["kind"] != "dev" for kind in dependency["dep_kinds"])
            if is_used and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                open_.append(dependency["pkg"])
    packages = [package for package in metadata["packages"] if package["id"] in seen - {root}]
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def texts(package):
    folder = Path(package["manifest_path"]).parent
    licence = package["license"].replace("/", " OR ")
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and NAMES.match(file.name)]
    is_choice = " OR " in licence and " AND " not in licence
    if is_choice and any(MIT.search(file.name) for file in files):
        files = [file for file in files if MIT.search(file.name) or file.name.lower().startswith("notice")]
    if files:
        return [file.read_text(encoding="utf-8", errors="replace") for file in files]
    for name, file in STANDARD.items():
        if name in licence:
            lines = file.read_text(encoding="utf-8").splitlines()
            ours = [number for number, line in enumerate(lines) if line.startswith("Copyright")]
            authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
            if name == "MIT" and ours:
                lines[ours[0]] = f"Copyright (c) {authors}"
            return ["\n".join(lines)]
    if "CC0" in licence:
        return []
    raise SystemExit(f"{package['name']}: no text of {licence}")


def main():
    packages = crates()
    by_text, shown = defaultdict(list), {}
    for package in packages:
        for text in texts(package):
            text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip("\n").split("\n"))
            key = re.sub(r"\W+", " ", text).strip().lower()
            shown.setdefault(key, text)
            name = f"{package['name']} {package['version']}"
            if name not in by_text[key]:
                by_text[key].append(name)
    out = ["Third-party notices: what dossier contains that others made, and its licences.", "", (HERE / "data.txt").read_text().rstrip(), "", "", "Crates", ""]
    out += [f"{p['name']} {p['version']}  {p['license']}  {p['repository'] or ''}".rstrip() for p in packages]
    for file in ALSO:
        out += ["", "", "=" * 100, file, "=" * 100, "", (TOP / file).read_text(encoding="utf-8").strip()]
    for key, names in sorted(by_text.items(), key=lambda item: item[1]):
        lines, line = [], ""
        for name in names:
            if line and len(line) + len(name) > 98:
                lines.append(line)
                line = ""
            line += f"{', ' if line else ''}{name}"
        out += ["", "", "=" * 100, *lines, line, "=" * 100, "", shown[key]]
    (HERE / "THIRD-PARTY.txt").write_text("\n".join(out) + "\n", encoding="utf-8", newline="\n")


main()

"""Editors that are there, with their own clients, against `dossier lsp`: Neovim and Emacs, without a screen.

    DOSSIER_BIN=target/debug/dossier python3 tests/editors/run.py

Needs `nvim` and `emacs` with eglot (Debian: neovim, emacs-nox, elpa-eglot). The last line counts.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FILES = {
    "dossier.toml": 'title = "T"\nlanguages = ["en"]\n',
    "content/article.md": "---\ntitle: The ship\npublished: 2024-05-01\n---\n\nIt left, said [[ana]].\n",
    "content/actors/ana.md": "---\ntitle: Ana Alves\ntype: person\nsummary: A pilot.\n---\n\nShe knows the river.\n",
    "content/claims/dawn.md": "---\ntitle: It left at dawn\nby: ana\ndate: 2024-04-07\nsources: letter\n---\n\nWords.\n",
    "content/sources/letter.md": "---\ntitle: A letter\npublisher: ana\npublished: 2024-04-08\n---\n",
}
EDITORS = {
    "neovim": ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {HERE / 'neovim.lua'}"],
    "emacs": ["emacs", "--batch", "--eval", "(package-initialize)", "-l", str(HERE / "emacs.el")],
}


def passes(name, command):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for path, text in FILES.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        environment = {**os.environ, "DOSSIER_ROOT": str(root), "DOSSIER_BIN": os.path.abspath(os.environ["DOSSIER_BIN"]), "HOME": folder}
        ran = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, timeout=300)
        if ran.returncode != 0:
            print(f"{name}:\n{ran.stdout}{ran.stderr}")
        return ran.returncode == 0


results = [passes(name, command) for name, command in EDITORS.items()]
print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(not all(results))

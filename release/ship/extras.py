"""What the program itself writes for a system: manual pages, and completions for shells."""

import re

from .about import said

# Where each shell's completions are, below `share` of a system.
COMPLETIONS = {
    "bash": "bash-completion/completions/dossier",
    "zsh": "zsh/site-functions/_dossier",
    "fish": "fish/vendor_completions.d/dossier.fish",
}


def manuals(program):
    """The manual pages as `{name: bytes}`: of the program, and of each command that a page names."""
    pages, open_ = {}, [()]
    while open_:
        words = open_.pop()
        page = said(program, "man", *words)
        name = "-".join(["dossier", *words])
        pages[f"{name}.1"] = page
        names = re.findall(rf"^{re.escape(name)}\\?-([a-z-]+)\(1\)", page.decode().replace("\\-", "-"), re.MULTILINE)
        open_ += [(*words, below) for below in names]
    return pages


def completions(program):
    return {shell: said(program, "completions", shell) for shell in COMPLETIONS}

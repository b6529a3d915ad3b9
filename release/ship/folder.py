"""Archives with everything in one folder: unpacked anywhere, the program runs."""

from . import archive


def files(release, target, program, manuals, completions):
    """The archive of one system, as `{name: bytes}`."""
    name = f"dossier-{release.version}-{target.label}"
    held = {
        target.program: program,
        "README.md": release.introduction,
        "CHANGELOG.md": release.read("CHANGELOG.md"),
        **release.notices,
    }
    if not target.is_windows:
        held |= {f"man/man1/{page}": text for page, text in manuals.items()}
        held |= {f"completions/{'_dossier' if shell == 'zsh' else f'dossier.{shell}'}": text for shell, text in completions.items()}
    held = {f"{name}/{path}": text for path, text in held.items()}
    programs = [f"{name}/{target.program}"]
    # Windows opens no tar.xz by a double click.
    if target.is_windows:
        return {f"{name}.zip": archive.zipped(held, release.epoch, programs)}
    return {f"{name}.tar.xz": archive.tar_xz(held, release.epoch, programs)}

"""What other package managers read: where the archives are, and their checksums."""

import hashlib
import time

# Homebrew's words for systems and processors.
BREW = {
    "macos": {"arm": "macos-arm64", "intel": "macos-x86_64"},
    "linux": {"arm": "linux-arm64", "intel": "linux-x86_64"},
}
WINGET = "1.6.0"


def sum_of(held):
    return hashlib.sha256(held).hexdigest()


def homebrew(release, packed):
    """The formula, for those systems that are packed."""
    systems = []
    for system, processors in BREW.items():
        parts = []
        for processor, label in processors.items():
            name = f"dossier-{release.version}-{label}.tar.xz"
            if name in packed:
                parts.append(
                    f'    on_{processor} do\n      url "{release.downloads}/{name}"\n      sha256 "{sum_of(packed[name])}"\n    end\n'
                )
        if parts:
            systems.append(f"  on_{system} do\n{''.join(parts)}  end\n\n")
    formula = f'''class Dossier < Formula
  desc "Compiler for evidence: a cross-linked site from annotated Markdown"
  homepage "{release.repository}"
  version "{release.version}"
  license any_of: ["MIT", "Apache-2.0"]

{"".join(systems)}  def install
    bin.install "dossier"
    man1.install Dir["man/man1/*.1"]
    bash_completion.install "completions/dossier.bash" => "dossier"
    zsh_completion.install "completions/_dossier"
    fish_completion.install "completions/dossier.fish"
  end

  test do
    system bin/"dossier", "init", testpath/"example"
    system bin/"dossier", "--root", testpath/"example", "build"
    assert_path_exists testpath/"example/public/index.html"
  end
end
'''
    return {"homebrew/dossier.rb": formula.encode()}


def winget(release, packed):
    """The three files that winget's list of packages wants of a version."""
    name = f"dossier-{release.version}-windows-x86_64.zip"
    if name not in packed:
        return {}

    def manifest(kind, body):
        return f"""\
# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.{WINGET}.schema.json
PackageIdentifier: Dossier.Dossier
PackageVersion: {release.version}
{body}ManifestType: {kind}
ManifestVersion: {WINGET}
""".encode()

    tags = "".join(f"  - {word}\n" for word in release.manifest["package"]["keywords"])
    return {
        "winget/Dossier.Dossier.yaml": manifest("version", "DefaultLocale: en-US\n"),
        "winget/Dossier.Dossier.locale.en-US.yaml": manifest(
            "defaultLocale",
            f"""\
PackageLocale: en-US
Publisher: The Dossier developers
PackageName: Dossier
PackageUrl: {release.repository}
License: {release.manifest['package']['license']}
LicenseUrl: {release.repository}/blob/v{release.version}/LICENSE-MIT
ShortDescription: {release.summary!r}
Moniker: dossier
Tags:
{tags}""",
        ),
        "winget/Dossier.Dossier.installer.yaml": manifest(
            "installer",
            f"""\
InstallerType: zip
NestedInstallerType: portable
NestedInstallerFiles:
  - RelativeFilePath: dossier-{release.version}-windows-x86_64\\dossier.exe
    PortableCommandAlias: dossier
Commands:
  - dossier
ReleaseDate: {time.strftime("%Y-%m-%d", time.gmtime(release.epoch))}
Installers:
  - Architecture: x64
    InstallerUrl: {release.downloads}/{name}
    InstallerSha256: {sum_of(packed[name]).upper()}
""",
        ),
    }


def image(release, programs):
    """The folder that a container's image is built from: an empty image with the program, which is static, and nothing else."""
    held = {"image/Dockerfile": release.read("release/Dockerfile")}
    for target, program in programs.items():
        if target.deb:
            held[f"image/{target.deb}/dossier"] = program
    return held

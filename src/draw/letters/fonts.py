#!/usr/bin/env python3
"""Makes the typefaces of social cards.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install fonttools brotli
    npm install --prefix /tmp/fonts @fontsource-variable/source-serif-4@5 @fontsource/noto-naskh-arabic@5 \\
        @fontsource/noto-sans-jp@5 @fontsource/noto-sans-kr@5 @fontsource/noto-sans-sc@5
    /tmp/v/bin/python3 src/draw/letters/fonts.py /tmp/fonts

Latin, Cyrillic and Greek are in Source Serif 4, Arabic in Noto Naskh, Chinese, Japanese and Korean in Noto Sans of one weight,
because each is a megabyte or two. The Arabic face has the letters of Source Serif, too: a text whose letters join cannot be
set in two faces (`draw::letters`). Hints are left out: cards are drawn large.
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
SERIF = ["latin", "latin-ext", "cyrillic", "greek"]
SANS = [("noto-sans-jp", "japanese"), ("noto-sans-kr", "korean"), ("noto-sans-sc", "chinese-simplified")]
ARABIC = ("noto-naskh-arabic", "arabic")
# The weight of the faces that have only one.
ONE = 500


def is_rare(point):
    """Whether it is one of the 8,800 syllables of Hangul that no word has: KS X 1001 leaves them out."""
    # The codec writes these as sequences of their parts.
    return 0xAC00 <= point <= 0xD7A3 and len(chr(point).encode("euc_kr")) > 2


def save(font, name):
    """Keeps the letters and what shapes them."""
    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True, name_IDs=[1, 2, 6], name_languages=[0x409])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[point for point in font.getBestCmap() if not is_rare(point)])
    subsetter.subset(font)
    font.flavor = None
    path = HERE / f"{name}.ttf"
    font.save(path)
    print(path.name, len(font.getBestCmap()), "characters", path.stat().st_size, "bytes")


def of_package(modules, package, script):
    return TTFont(modules / f"@fontsource/{package}/files/{package}-{script}-{ONE}-normal.woff2")


def serif(modules, weight):
    """The parts of Source Serif in one weight."""
    for script in SERIF:
        font = TTFont(modules / f"@fontsource-variable/source-serif-4/files/source-serif-4-{script}-wght-normal.woff2")
        yield instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=False)


def merged(modules, fonts):
    """One font of several. The first of those that have a letter gives it."""
    paths = []
    for number, font in enumerate(fonts):
        font.flavor = None
        paths.append(str(modules.parent / f"part-{number}.ttf"))
        font.save(paths[-1])
    return Merger().merge(paths)


def main():
    modules = Path(sys.argv[1]) / "node_modules"
    for weight in (400, 600):
        font = merged(modules, serif(modules, weight))
        font["OS/2"].usWeightClass = weight
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = "Source Serif 4"
        save(font, f"source-serif-4-{weight}")
    arabic = merged(modules, [of_package(modules, *ARABIC), *serif(modules, ONE)])
    save(arabic, f"{ARABIC[0]}-{ONE}")
    for package, script in SANS:
        save(of_package(modules, package, script), f"{package}-{ONE}")


main()

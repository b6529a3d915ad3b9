#!/usr/bin/env python3
"""Makes the typefaces of social cards, and letters.txt, the ranges of characters that they cover.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install fonttools brotli
    npm install --prefix /tmp/fonts @fontsource-variable/source-serif-4@5 @fontsource/noto-naskh-arabic@5 \\
        @fontsource/noto-sans-jp@5 @fontsource/noto-sans-kr@5 @fontsource/noto-sans-sc@5
    /tmp/v/bin/python3 src/outputs/posters/fonts.py /tmp/fonts

Latin, Cyrillic and Greek are in Source Serif 4, Arabic in Noto Naskh, Chinese, Japanese and Korean in Noto Sans of one weight,
because each is a megabyte or two. Hints are left out: cards are drawn large.
"""
import sys
from pathlib import Path
from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
SERIF = ["latin", "latin-ext", "cyrillic", "greek"]
NOTO = [("noto-naskh-arabic", "arabic", (500,)), ("noto-sans-jp", "japanese", (500,)),
        ("noto-sans-kr", "korean", (500,)), ("noto-sans-sc", "chinese-simplified", (500,))]


def is_rare(point):
    """Whether it is one of the 8,800 syllables of Hangul that no word has: KS X 1001 leaves them out."""
    # The codec writes these as sequences of their parts.
    return 0xAC00 <= point <= 0xD7A3 and len(chr(point).encode("euc_kr")) > 2


def save(font, name, covered):
    """Keeps the letters and what shapes them."""
    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True, name_IDs=[1, 2, 6], name_languages=[0x409])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[point for point in font.getBestCmap() if not is_rare(point)])
    subsetter.subset(font)
    font.flavor = None
    covered |= set(font.getBestCmap())
    path = HERE / f"{name}.ttf"
    font.save(path)
    print(path.name, len(font.getBestCmap()), "characters", path.stat().st_size, "bytes")


def main():
    modules = Path(sys.argv[1]) / "node_modules"
    covered = set()
    for weight in (400, 600):
        parts = []
        for script in SERIF:
            font = TTFont(modules / f"@fontsource-variable/source-serif-4/files/source-serif-4-{script}-wght-normal.woff2")
            font = instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=False)
            font.flavor = None
            parts.append(Path(modules.parent) / f"{script}-{weight}.ttf")
            font.save(parts[-1])
        font = Merger().merge([str(part) for part in parts])
        font["OS/2"].usWeightClass = weight
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = "Source Serif 4"
        save(font, f"source-serif-4-{weight}", covered)
    for package, script, weights in NOTO:
        for weight in weights:
            font = TTFont(modules / f"@fontsource/{package}/files/{package}-{script}-{weight}-normal.woff2")
            save(font, f"{package}-{weight}", covered)
    ranges, points = [], sorted(covered)
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    (HERE / "letters.txt").write_text("".join(f"{a:x} {b:x}\n" for a, b in ranges))
    print(len(points), "characters in", len(ranges), "ranges")


main()

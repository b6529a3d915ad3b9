#!/usr/bin/env python3
"""Makes pairs.en.txt: English words of which each looks like a slip for the other, such as casual and causal.

    apt-get download wamerican wbritish && for each in w*.deb; do dpkg -x $each /tmp/words; done
    src/link/anchor/data/make.py /tmp/words

The limits are those of ENGLISH in words.rs. Source: SCOWL 2020.12.07, by Kevin Atkinson; licenses/data.txt.
"""
import re, sys
from pathlib import Path

LISTS = [Path(sys.argv[1]) / "usr/share/dict" / name for name in ("american-english", "british-english")]
WORDS = {word for path in LISTS for word in path.read_text().split() if re.fullmatch("[a-z]+", word)}


def slips(word):
    length = len(word)
    for at in range(1, length - 1) if length >= 5 else []:
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, length) if length >= 6 else []:
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
    for at in range(2, length - 2) if length >= 8 else []:
        yield word[:at] + word[at + 1 :]
    for at in range(2, length - 2) if length >= 9 else []:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            yield word[:at] + letter + word[at + 1 :]


pairs = {tuple(sorted((word, slip))) for word in WORDS for slip in slips(word) if slip in WORDS and slip != word}
lines = [f"{a} {b}\n" for a, b in sorted(pairs)]
(Path(__file__).parent / "pairs.en.txt").write_text("".join(lines), newline="\n")

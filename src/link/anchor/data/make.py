#!/usr/bin/env python3
"""Makes words.en.txt: the words of English, by which a slip of spelling is told from another word.

    apt-get download wamerican-large wbritish-large && for each in w*.deb; do dpkg -x $each /tmp/words; done
    src/link/anchor/data/make.py /tmp/words

Names and possessives are left out. Source: SCOWL 2020.12.07, by Kevin Atkinson; licenses/data.txt.
"""
import re, sys
from pathlib import Path

LISTS = [Path(sys.argv[1]) / "usr/share/dict" / name for name in ("american-english-large", "british-english-large")]
WORDS = {word for path in LISTS for word in path.read_text().split() if re.fullmatch("[a-z]{3,}", word)}
(Path(__file__).parent / "words.en.txt").write_text("".join(f"{word}\n" for word in sorted(WORDS)), newline="\n")

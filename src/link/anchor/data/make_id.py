#!/usr/bin/env python3
"""Makes words.id.txt: the words of Indonesian, by which a slip of spelling is told from another word.

    git clone https://github.com/omwn/omw-data && src/link/anchor/data/make_id.py omw-data/wns/msa

Malay is in it because the two share most of their words: a word too many only leaves a passage unmarked. Source: Wordnet
Bahasa, commit f75be19ec590; licenses/data.txt. more.id.txt has what it lacks of the words of news, written for this.
"""
import re, sys
from pathlib import Path

LISTS = [Path(sys.argv[1]) / f"wn-data-{lang}.tab" for lang in ("ind", "zsm")]
LEMMAS = (line.split("\t")[2] for path in LISTS for line in path.read_text("utf-8").splitlines()[1:])
MORE = Path(__file__).with_name("more.id.txt").read_text("utf-8").split()
WORDS = set(MORE) | {word for lemma in LEMMAS for word in lemma.lower().split(" ") if re.fullmatch("[a-z]{3,}", word)}
Path(__file__).with_name("words.id.txt").write_text("\n".join(sorted(WORDS)) + "\n", "utf-8")

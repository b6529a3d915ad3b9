"""Reads a built site with the tools of those who will read it, not with our own: `check.py SITE ODD`. SITE is the shipped dossier's,
ODD that of `odd/`.

Prints a line for each of them, and one for each fault. The last line counts.
"""

import sys
from pathlib import Path

import annotations
import feeds
import files
import jsonld
import links
import odd

# The most faults of one check that are shown.
MOST = 12


def main():
    site = Path(sys.argv[1])
    strange = Path(sys.argv[2])
    base = "https://example.org/dossiers/najin/"
    checks = {
        "JSON-LD (PyLD, schema.org's vocabulary)": lambda: jsonld.check(site, base),
        "annotations.json (PyLD, W3C context)": lambda: annotations.check(site),
        "dossier.json (jsonschema, its own schema)": lambda: files.schema(site),
        "CSV": lambda: files.tables(site),
        "FollowTheMoney (followthemoney)": lambda: files.money(site),
        "CSL-JSON and BibTeX (citeproc-py, bibtexparser)": lambda: files.citations(site),
        "Atom (feedparser)": lambda: feeds.feeds(site, base),
        "JSON Feed (version 1.1, and beside Atom)": lambda: feeds.json_feeds(site, base),
        "sitemap.xml (libxml2, the schema of sitemaps.org)": lambda: feeds.sitemap(site, base),
        "SHA256SUMS (sha256sum)": lambda: feeds.sums(site),
        "FollowTheMoney, odd (schema.validate, compare)": lambda: odd.money(strange),
        "BibTeX, odd (pybtex, the fields that biblatex requires)": lambda: odd.references(strange),
        "feeds, odd (feedparser)": lambda: odd.feeds(strange),
        "links, from the disk (lychee)": lambda: links.from_disk(site, base),
        "links, below a path of a host (lychee)": lambda: links.below_a_path(site, base),
    }
    passed = failed = 0
    for name, run in checks.items():
        try:
            seen, faults = run()
        except Exception as error:  # noqa: BLE001: what its own reader cannot read is a fault like others
            seen, faults = "cannot be read", [f"{type(error).__name__}: {error}"]
        print(f"{'ok' if not faults else 'FAILED'}  {name}: {seen}")
        for fault in faults[:MOST]:
            print(f"      {fault}")
        if len(faults) > MOST:
            print(f"      and {len(faults) - MOST} more")
        passed, failed = (passed + 1, failed) if not faults else (passed, failed + 1)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Makes the table of countries' names that is built into the program.

    npm install --prefix /tmp/cldr cldr-core@48.2.0 cldr-localenames-full@48.2.0
    src/locale/data/make.py /tmp/cldr

See README.md beside this file.
"""
import json, re, sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = Path(sys.argv[1]) / "node_modules"
CODES = re.search(r'CODES: &str = "(.*?)";', (HERE.parents[1] / "base/country.rs").read_text(), re.S)[1]
CODES = CODES.replace("\\\n", "").split()
PARENTS = json.loads((PACKAGES / "cldr-core/supplemental/parentLocales.json").read_text())
PARENTS = PARENTS["supplemental"]["parentLocales"]["parentLocale"]


def parent(locale):
    return PARENTS.get(locale) or ("-" in locale and locale.rsplit("-", 1)[0]) or "und"


locales = {}
for file in sorted((PACKAGES / "cldr-localenames-full/main").glob("*/territories.json")):
    locale = file.parent.name
    names = json.loads(file.read_text())["main"][locale]["localeDisplayNames"]["territories"]
    locales[locale] = [names.get(code, code) for code in CODES]

lines = ["\t".join(["", *CODES])]
for locale, names in locales.items():
    above = parent(locale)
    while above != "und" and above not in locales:
        above = parent(above)
    cells = ["" if name == over else name for name, over in zip(names, locales.get(above, CODES))]
    if any(cells):
        assert not any("\t" in cell or "\n" in cell for cell in cells)
        lines.append("\t".join([locale, *cells]))
(HERE / "countries.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")

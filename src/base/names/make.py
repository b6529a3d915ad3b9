#!/usr/bin/env python3
"""Makes the tables of names that are built into the program.

    npm install --prefix /tmp/cldr cldr-core@48.2.0 cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 cldr-misc-full@48.2.0
    src/base/names/make.py /tmp/cldr

See README.md beside this file.
"""
import json, re, sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = Path(sys.argv[1]) / "node_modules"
CODES = re.search(r'CODES: &str = "(.*?)";', (HERE.parent / "country.rs").read_text(), re.S)[1]
CODES = CODES.replace("\\\n", "").split()
PARENTS = json.loads((PACKAGES / "cldr-core/supplemental/parentLocales.json").read_text())
PARENTS = PARENTS["supplemental"]["parentLocales"]["parentLocale"]

# The languages whose calendars and names of languages are in the tables. Of two that say the same, the first counts.
LANGUAGES = """en id af ar az bg bn bs ca cs cy da de el es et eu fa fi fil fr ga gl he hi hr hu hy is it ja jv ka kk
ko lt lv mk ms my nl no pl pt ro ru sk sl sq sr su sv sw ta th tr uk ur uz vi zh""".split()


def parent(locale):
    return PARENTS.get(locale) or ("-" in locale and locale.rsplit("-", 1)[0]) or "und"


def write(name, rows):
    assert not any("\t" in cell or "\n" in cell for row in rows for cell in row)
    text = "".join("\t".join(row) + "\n" for row in rows)
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


locales = {}
for file in sorted((PACKAGES / "cldr-localenames-full/main").glob("*/territories.json")):
    locale = file.parent.name
    names = json.loads(file.read_text())["main"][locale]["localeDisplayNames"]["territories"]
    locales[locale] = [names.get(code, code) for code in CODES]

countries = [["", *CODES]]
for locale, names in locales.items():
    above = parent(locale)
    while above != "und" and above not in locales:
        above = parent(above)
    cells = ["" if name == over else name for name, over in zip(names, locales.get(above, CODES))]
    if any(cells):
        countries.append([locale, *cells])
write("countries.tsv", countries)

# Months in full and shortened, and days of the week in full; shortened days of other languages are months of
# English (`mar`, `mer`). Numbers are no names.
calendar = []
for language in LANGUAGES:
    file = PACKAGES / f"cldr-dates-full/main/{language}/ca-gregorian.json"
    gregorian = json.loads(file.read_text())["main"][language]["dates"]["calendars"]["gregorian"]

    def spellings(what, key, widths):
        found = []
        for context in ["format", "stand-alone"]:
            for width in widths:
                word = gregorian[what][context][width][key].lower().rstrip(".")
                if not any(c.isdigit() for c in word) and len(word) > 1 and word not in found:
                    found.append(word)
        return "|".join(found)

    months = [spellings("months", str(at), ["wide", "abbreviated"]) for at in range(1, 13)]
    widths = ["wide", "abbreviated"] if language in ["en", "id"] else ["wide"]
    days = [spellings("days", day, widths) for day in "mon tue wed thu fri sat sun".split()]
    calendar.append([language, *months, *days])
write("calendar.tsv", calendar)

# Languages: all of ISO 639-1, and the others that the CLDR covers well enough to write them.
COVERED = json.loads((PACKAGES / "cldr-core/coverageLevels.json").read_text())["effectiveCoverageLevels"]

def languages_in(locale):
    file = PACKAGES / f"cldr-localenames-full/main/{locale}/languages.json"
    return json.loads(file.read_text())["main"][locale]["localeDisplayNames"]["languages"] if file.exists() else {}

# The CLDR leaves out the word for “language” that these have in their own.
OWN = {"id": "Bahasa Indonesia", "jv": "Basa Jawa", "ms": "Bahasa Melayu"}

def own_name(tag):
    """As a language calls itself, at the start of a line. In titlecase: Georgian has capitals, but not there."""
    parts = tag.split("-")
    names = {}
    for at in range(1, len(parts) + 1):
        names.update(languages_in("-".join(parts[:at])))
    name = OWN.get(tag) or names.get(tag, "")
    return name and name[0].title() + name[1:]

english = languages_in("en")
tags = sorted(tag for tag in english if re.fullmatch("[a-z]{2}(-[A-Z][a-z]+|-[A-Z]{2})?", tag) or tag in COVERED and tag != "und")
languages = [["", *tags], ["own", *map(own_name, tags)]]
for locale in LANGUAGES:
    names = languages_in(locale)
    languages.append([locale, *["" if names.get(tag) == tag else names.get(tag, "") for tag in tags]])
write("languages.tsv", languages)

# Quotation marks: a line for each set of marks, with the locales that have them and whose tag without its end has
# others. The root's are last.
marks = {}
for file in sorted((PACKAGES / "cldr-misc-full/main").glob("*/delimiters.json")):
    locale = file.parent.name
    delimiters = json.loads(file.read_text())["main"][locale]["delimiters"]
    marks[locale] = tuple(delimiters[f"{which}{end}"] for which in ["quotation", "alternateQuotation"] for end in ["Start", "End"])
sets = {}
for locale, own in marks.items():
    above = locale
    while "-" in above:
        above = above.rsplit("-", 1)[0]
        if above in marks:
            break
    if own != (marks["und"] if above == locale else marks.get(above, marks["und"])):
        sets.setdefault(own, []).append(locale.lower())
write("quotes.tsv", [[*own, " ".join(locales)] for own, locales in sorted(sets.items())] + [[*marks["und"], "und"]])

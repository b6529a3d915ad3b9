"""What is odd, in the formats of others: names with particles, years before 1, times with zones, files with spaces. The site is that
of the dossier in `odd/`."""

import json
import re

import feedparser
from bibtexparser import parse_string
from followthemoney import model
from followthemoney.compare import compare
from followthemoney.types import registry
from pybtex.database import parse_file
from pybtex.plugin import find_plugin


def money(site):
    """Every entity is valid as it is, languages and countries are codes of the model, and it compares names."""
    faults, entities = [], {}
    for path in (site / "entities.ftm.json", site / "evidence/claims.ftm.json"):
        for line in path.read_text("utf-8").splitlines():
            raw = json.loads(line)
            try:
                model.get(raw["schema"]).validate(raw)
            except Exception as error:  # noqa: BLE001: its own sort of error, with the reasons
                faults.append(f"{raw['id']}: {getattr(error, 'errors', error)}")
            entities[raw["properties"].get("name", [raw["id"]])[0]] = model.get_proxy(raw, cleaned=True)
            for name, values in raw["properties"].items():
                prop = model.get(raw["schema"]).get(name)
                known = {registry.language: registry.language.names, registry.country: registry.country.names}.get(prop.type)
                faults += [f"{raw['id']}: `{name}` is {value}" for value in values if known is not None and value not in known]
    dates = {date for entity in entities.values() for date in entity.get_type_values(registry.date)}
    faults += [f"no date {date}" for date in ("2023-10-12T18:30:00", "2016-01-01T00:00:00") if date not in dates]
    faults += [f"a date of few digits: {date}" for date in dates if not re.match(r"[1-9]\d{3}", date)]
    ministry = entities["Ministry of Defence"]
    twin = model.get_proxy({"id": "twin", "schema": "PublicBody", "properties": {"name": ["Ministry of Defense"], "country": ["kp"]}})
    other = model.get_proxy({"id": "other", "schema": "PublicBody", "properties": {"name": ["Ministry of Defense"], "country": ["ru"]}})
    if not compare(ministry, twin) > compare(ministry, other):
        faults.append("a namesake in the same country is no nearer than one in another")
    languages = {value for entity in entities.values() for value in entity.get("language", quiet=True)}
    if not {"kor", "eng", "ind", "por", "fas", "deu", "fra", "zho"} <= languages:
        faults.append(f"the languages are {sorted(languages)}")
    return f"{len(entities)} entities", faults


# What an entry must have: biblatex 3.20, section 2.1. A year or a date, and one field of each group.
REQUIRED = {
    "article": ["author", "title", "journal|journaltitle", "year|date"],
    "book": ["author", "title", "year|date"],
    "techreport": ["author", "title", "institution", "year|date"],
    "phdthesis": ["author", "title", "institution|school", "year|date"],
    "online": ["author|editor", "title", "year|date", "url"],
    "misc": ["author|editor", "title", "year|date"],
}
LANGUAGES = {"korean", "british", "indonesian", "brazilian", "persian", "ngerman", "french", "latin", "chinese"}


def references(site):
    """pybtex reads and sets every entry, each has the fields that biblatex requires, names and languages are as they know them."""
    faults, path = [], site / "evidence/sources.bib"
    database = parse_file(str(path), bib_format="bibtex")
    for key, entry in database.entries.items():
        fields = set(entry.fields) | {role for role, persons in entry.persons.items() if persons}
        needed = REQUIRED.get(entry.type)
        if needed is None:
            faults.append(f"{key}: biblatex has no `{entry.type}`")
            continue
        faults += [f"{key}: a `{entry.type}` needs `{name}`" for name in needed if not fields & set(name.split("|"))]
    style = find_plugin("pybtex.style.formatting", "unsrt")()
    entries = [entry.text.render_as("text") for entry in style.format_entries(database.entries.values())]
    if len(entries) != len(database.entries) or not all(entries):
        faults.append(f"pybtex set {len(entries)} of {len(database.entries)} entries")
    if len(parse_string(path.read_text("utf-8")).entries) != len(database.entries):
        faults.append("bibtexparser reads another number of entries than pybtex")
    languages = {entry.fields["langid"] for entry in database.entries.values() if "langid" in entry.fields}
    if languages != LANGUAGES:
        faults.append(f"babel knows {sorted(LANGUAGES)}, and these are {sorted(languages)}")
    persons = database.entries["book"].persons["author"]
    parts = [(p.prelast_names, p.last_names, p.lineage_names, p.first_names) for p in persons]
    wanted = [(["de"], ["Vries"], [], ["Joey"]), ([], ["King"], ["Jr."], ["Martin"]), (["von"], ["Humboldt"], [], ["Alexander"]), ([], ["Marcos"], ["III"], ["Ferdinand"])]
    faults += [f"the name {part} instead of {want}" for part, want in zip(parts, wanted, strict=True) if part != want]
    items = {item["id"]: item for item in json.loads((site / "evidence/sources.csl.json").read_text("utf-8"))}
    if items["report"]["issued"] != {"date-parts": [[2023]], "season": 1}:
        faults.append(f"a spring in CSL-JSON: {items['report']['issued']}")
    return f"{len(database.entries)} entries", faults


def feeds(site):
    """No entry is of a year before 1, times are those in UTC, and ids are those from before the rename."""
    faults = []
    atom = feedparser.parse((site / "atom.xml").read_bytes())
    items = json.loads((site / "feed.json").read_bytes())["items"]
    dates = {entry.title: entry.updated for entry in atom.entries}
    if atom.bozo or "The Ides of March" in dates or dates.get("A moment") != "2023-10-12T18:30:00Z":
        faults.append(f"atom.xml: {dates}")
    ids = {entry.id for entry in atom.entries}
    if ids != {item["id"] for item in items}:
        faults.append("the ids in feed.json are others than in atom.xml")
    if "https://example.org/odd/claims/first.html" not in ids:
        faults.append(f"atom.xml: {sorted(ids)}")
    for path in site.rglob("*.html"):
        faults += [f"{path.name}: {found}" for found in re.findall(r'datetime="(?:-|0000)[^"]*"', path.read_text("utf-8"))]
    return f"{len(ids)} entries", faults

"""The files of data, each read by what it is made for."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import bibtexparser
import jsonschema
from followthemoney import model


def schema(site):
    """`dossier.json` against the schema that is published with it."""
    document = json.loads((site / "dossier.json").read_text("utf-8"))
    rules = json.loads((site / "evidence/dossier.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    faults = [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in jsonschema.Draft202012Validator(rules).iter_errors(document)]
    ids = [entity["id"] for entity in document["entities"]]
    if len(set(ids)) != len(ids):
        faults.append("ids that are not unique")

    def named(value):
        if isinstance(value, list):
            for item in value:
                yield from named(item)
        elif isinstance(value, dict):
            if isinstance(value.get("entity"), str):
                yield value["entity"]
            for item in value.values():
                yield from named(item)

    faults += [f"`{name}` is nobody" for name in sorted(set(named(document)) - set(ids))]
    return f"{len(ids)} entities", faults


def tables(site):
    """Every table has the same number of cells in each line, no cell is a formula, and the ids are those of `dossier.json`."""
    document = json.loads((site / "dossier.json").read_text("utf-8"))
    known = {entity["id"] for entity in document["entities"]}
    seen, faults = set(), []
    for path in sorted((site / "evidence").glob("*.csv")):
        raw = path.read_bytes()
        if b"\n" in raw.replace(b"\r\n", b"") and b'"' not in raw:
            faults.append(f"{path.name}: lines that do not end as RFC 4180 says")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
        head = rows[0]
        for row in rows[1:]:
            if len(row) != len(head):
                faults.append(f"{path.name}: {row[0]} has {len(row)} cells, not {len(head)}")
            for cell in row:
                if cell[:1] in "=+-@\t\r" and cell and not cell.lstrip("-").replace(".", "", 1).isdigit():
                    faults.append(f"{path.name}: {row[0]} has a formula: {cell}")
            seen.add(row[0])
    if seen != known:
        faults.append(f"other ids than in dossier.json: {sorted(seen ^ known)[:5]}")
    return f"{len(seen)} lines", faults


def money(site):
    """FollowTheMoney's own tool validates and aggregates the entities, and every one that is named is there."""
    faults, entities = [], {}
    ftm = Path(sys.executable).with_name("ftm")
    for path in (site / "entities.ftm.json", site / "evidence/claims.ftm.json"):
        ran = subprocess.run([ftm, "validate", "-i", path, "-o", "/dev/null"], capture_output=True, text=True)
        if ran.returncode:
            faults.append(f"{path.name}: ftm validate: {ran.stderr.strip()[-300:]}")
        ran = subprocess.run([ftm, "aggregate", "-i", path, "-o", "-"], capture_output=True, text=True)
        lines = [line for line in path.read_text("utf-8").splitlines() if line]
        if ran.returncode or len(ran.stdout.splitlines()) != len(lines):
            faults.append(f"{path.name}: ftm aggregate: {ran.stderr.strip()[-300:] or 'other entities come out'}")
        for line in lines:
            raw = json.loads(line)
            # What the model would drop without a word: a property it has not, a value that is none.
            entity = model.get_proxy(raw, cleaned=False)
            for name, values in raw["properties"].items():
                if name not in entity.schema.properties:
                    faults.append(f"{raw['id']}: {raw['schema']} has no `{name}`")
                elif len(entity.get(name)) != len(values):
                    faults.append(f"{raw['id']}: `{name}`: of {values} it keeps {entity.get(name)}")
            faults += [f"{raw['id']}: {raw['schema']} wants `{name}`" for name in entity.schema.required if not entity.get(name)]
            entities[entity.id] = entity
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                other = entities.get(value)
                if other is None:
                    faults.append(f"{entity.id}: `{prop.name}` names nobody: {value}")
                elif not other.schema.is_a(prop.range):
                    faults.append(f"{entity.id}: `{prop.name}` takes a {prop.range.name}, not a {other.schema.name}")
    kinds = {entity.schema.name for entity in entities.values()}
    faults += [f"no {name}" for name in ("Trip", "Address", "Membership", "Person", "PublicBody", "Article", "Event", "Note") if name not in kinds]
    return f"{len(entities)} entities", faults


CSL_TYPES = set(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry "
    "entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report "
    "review review-book software song speech standard thesis treaty webpage".split()
)


def citations(site):
    """citeproc-py reads the CSL-JSON and sets every item in a style; bibtexparser reads as many entries."""
    import warnings

    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads((site / "evidence/sources.csl.json").read_text("utf-8"))
    faults = [f"{item['id']}: no type `{item['type']}`" for item in items if item["type"] not in CSL_TYPES]
    with warnings.catch_warnings():
        # What it says of fields that its style does not know.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([{key: value for key, value in item.items() if key != "archive_location"} for item in items])
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = [str(entry) for entry in bibliography.bibliography()]
    if len(entries) != len(items) or not all(entries):
        faults.append(f"citeproc set {len(entries)} of {len(items)} sources")
    library = bibtexparser.parse_string((site / "evidence/sources.bib").read_text("utf-8"))
    faults += [f"bibtexparser: {block.error}" for block in library.failed_blocks]
    if len(library.entries) != len(items):
        faults.append(f"bibtexparser read {len(library.entries)} of {len(items)} entries")
    titles = {entry.key: entry.fields_dict["title"].value for entry in library.entries}
    faults += [f"{key}: no title" for key, title in titles.items() if not title.strip("{}")]
    return f"{len(items)} sources", faults

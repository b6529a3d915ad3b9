"""`annotations.json`: expanded by PyLD with the W3C's own context; nothing may be lost on the way."""

import json
from pathlib import Path

import pyld.jsonld

import jsonld

ANNO = "http://www.w3.org/ns/anno.jsonld"
OA = "http://www.w3.org/ns/oa#"


def keys(value):
    """How many keys there are that say something."""
    if isinstance(value, list):
        return sum(keys(item) for item in value)
    if isinstance(value, dict):
        return sum(keys(item) + 1 for key, item in value.items() if key != "@context")
    return 0


def check(site):
    """The annotations of every article."""
    jsonld.CONTEXTS[ANNO] = json.loads(Path(__file__).with_name("anno.jsonld").read_text("utf-8"))
    faults, count = [], 0
    for path in sorted(site.rglob("annotations.json")):
        name = path.relative_to(site).as_posix()
        document = json.loads(path.read_text("utf-8"))
        expanded = pyld.jsonld.expand(document)
        back = pyld.jsonld.compact(expanded, ANNO)
        if keys(back) != keys(document):
            faults.append(f"{name}: {keys(document)} keys went in, {keys(back)} came out")
        flat = pyld.jsonld.flatten(expanded)
        annotations = [node for node in flat if OA + "Annotation" in node.get("@type", ())]
        count += len(annotations)
        if len(annotations) != document["total"]:
            faults.append(f"{name}: {len(annotations)} annotations, not {document['total']}")
        for node in annotations:
            for key in ("hasBody", "hasTarget", "motivatedBy"):
                if OA + key not in node:
                    faults.append(f"{name}: {node['@id']} has no `{key}`")
    return f"{count} annotations", faults

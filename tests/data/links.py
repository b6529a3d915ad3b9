"""lychee, a link checker of others, follows every link of every page to its file, its id and its words (text fragments)."""

import functools
import http.server
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

LYCHEE = Path(sys.executable).with_name("lychee")


def lychee(inputs, *options):
    """How many links it followed, and what it says of those that lead nowhere."""
    options = ("--include-fragments=full", "--index-files", "index.html", "--no-progress", "--format", "json", *options)
    listed = "\n".join(map(str, inputs))
    ran = subprocess.run([LYCHEE, *options, "--files-from", "-"], input=listed, capture_output=True, text=True)
    # 2 is what it ends with when links are broken.
    if ran.returncode not in (0, 2):
        raise RuntimeError(ran.stderr[-2000:])
    said = json.loads(ran.stdout)
    faults = [
        f"{page}: {fault['url']}: {fault['status']['text']}" for page, found in said["error_map"].items() for fault in found
    ]
    return said["successful"], faults


def from_disk(site, base):
    """As a reader has them who opens the folder. What the pages call by its address on the web is looked for there, too."""
    # 404.html is for hosts, and has absolute paths.
    pages = [path for path in sorted(site.rglob("*.html")) if path != site / "404.html"]
    here = f"{site.resolve().as_uri()}/"
    followed, faults = lychee(pages, "--offline", "--remap", f"^{base}(.*)$ {here}$1")
    return f"{followed} links", faults + too_few(followed, pages) + sees_faults()


def below_a_path(site, base):
    """As a host has them, below a path of its own."""
    mount = urlsplit(base).path

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path):
            return super().translate_path(path.removeprefix(mount)) if path.startswith(mount) else "/nowhere"

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=site)) as server:
        # What hangs up early is no fault of ours.
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_address[1]}{mount}"
        pages = [host + path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
        quick = ("--host-concurrency", "50", "--host-request-interval", "0ms", "--max-retries", "0")
        followed, faults = lychee(pages, *quick, "--include", "^http://127.0.0.1", "--remap", f"^{base}(.*)$ {host}$1")
        server.shutdown()
    return f"{followed} links", faults + too_few(followed, pages)


def too_few(followed, pages):
    return [f"only {followed} links on {len(pages)} pages"] if followed < 10 * len(pages) else []


def sees_faults():
    """What it makes of a page with a link that leads nowhere, one to no id, and one to words that are not there."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        addresses = ("nowhere.html", "#nothing", "#here:~:text=other", "#here:~:text=these%20words")
        page.write_text("<p id=here>these words</p>" + "".join(f'<a href="page.html{a}">' if a[0] == "#" else f'<a href="{a}">' for a in addresses))
        _, faults = lychee([page], "--offline")
    return [] if len(faults) == 3 else [f"of three faults on a page it finds {faults}"]

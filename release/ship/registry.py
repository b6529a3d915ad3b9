"""A registry for npm on 127.0.0.1 that holds the packages of a folder, and no others."""

import base64
import hashlib
import http.server
import io
import json
import tarfile
import threading
import urllib.parse


class Registry:
    def __init__(self, folder):
        self.packages, self.tarballs = {}, {}
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        for file in sorted(folder.glob("*.tgz")):
            self.add(file.name, file.read_bytes())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def add(self, name, held):
        with tarfile.open(fileobj=io.BytesIO(held)) as packed:
            manifest = json.load(packed.extractfile("package/package.json"))
        digest = base64.b64encode(hashlib.sha512(held).digest()).decode()
        manifest["dist"] = {"tarball": f"{self.address}-/{name}", "integrity": f"sha512-{digest}"}
        version = manifest["version"]
        known = self.packages.setdefault(manifest["name"], {"name": manifest["name"], "dist-tags": {}, "versions": {}})
        known["versions"][version] = manifest
        known["dist-tags"]["latest"] = version
        self.tarballs[f"-/{name}"] = held

    def handler(self):
        registry = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = urllib.parse.unquote(self.path.lstrip("/"))
                if path in registry.tarballs:
                    self.answer(200, registry.tarballs[path])
                elif path in registry.packages:
                    self.answer(200, json.dumps(registry.packages[path]).encode())
                else:
                    self.answer(404, b"{}")

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler

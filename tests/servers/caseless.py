"""WsgiDAV in a folder, ignoring case as shares of macOS and Windows do: `python caseless.py FOLDER PORT`."""

import os
import sys

from cheroot import wsgi
from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp


class Caseless(FilesystemProvider):
    def _loc_to_file_path(self, path, environ=None):
        """The name that is there, whatever the case in which it is asked for."""
        place = self.root_folder_path
        for name in path.strip("/").split("/"):
            there = os.listdir(place) if os.path.isdir(place) else []
            same = [other for other in there if other.casefold() == name.casefold()]
            place = os.path.join(place, same[0] if same else name)
        return place.rstrip("/")


if __name__ == "__main__":
    folder, port = sys.argv[1:]
    app = WsgiDAVApp({
        "provider_mapping": {"/": Caseless(folder)},
        "simple_dc": {"user_mapping": {"*": True}},
        "logging": {"enable": False},
    })  # fmt: skip
    wsgi.Server(("127.0.0.1", int(port)), app).start()

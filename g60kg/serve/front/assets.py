"""The assets: scripts, styles and pictures, from the package.

Goes in: the folder that the build wrote. Comes out: for each address a response, read and
compressed once. A name that holds a hash of its content never changes, so that a browser may keep it for
ever.
"""

import mimetypes
import re
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Final

from g60kg.serve.front.coding import coded
from g60kg.serve.values import Response

_HASHED: Final = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.[a-z0-9]+(\.map)?$")
_FOREVER: Final = "public, max-age=31536000, immutable"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


class Assets:
    """The files of a folder, by their path below it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, bool], Response] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The files there are: nothing else is ever read."""
        found = self._folder.rglob("*")
        return frozenset(path.relative_to(self._folder).as_posix() for path in found if path.is_file())

    def get(self, name: str, *, gzip: bool) -> Response | None:
        """Return an asset; None where there is none of this name."""
        if name not in self.names:
            return None
        if (name, gzip) not in self._made:
            self._made[name, gzip] = coded(self._read(name), gzip=gzip)
        return self._made[name, gzip]

    def _read(self, name: str) -> Response:
        body = (self._folder / name).read_bytes()
        tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
        keep = _FOREVER if _HASHED.search(name) else "public, max-age=300"
        kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(body, kind, headers=(("ETag", tag), ("Cache-Control", keep)))

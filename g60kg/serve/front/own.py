"""What the front answers itself: whether it lives and is ready, what it counted, its assets, and refusals.

Goes in: a path. Comes out: a response, made without a worker.
"""

import json
from dataclasses import replace
from html import escape
from typing import Final

from g60kg.serve.front.assets import Assets
from g60kg.serve.front.metrics import Metrics
from g60kg.serve.front.pool import Pool
from g60kg.serve.pages.assets import PREFIX
from g60kg.serve.problem import Refused, problem
from g60kg.serve.values import Response

OPERATION: Final = frozenset(("health", "ready", "metrics"))
"""What is for who operates the server: no rate bounds it, and pages of other hosts may not read it."""
_NEVER: Final = (("Cache-Control", "no-store"),)
_ROBOTS: Final = b"User-agent: *\nDisallow: /sparql\nDisallow: /complete\nDisallow: /search\nDisallow: /why\n"
_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{code} {phrase}</title>
<h1>{phrase}</h1>
<p>{detail}</p>
<p><a href="{base}/">g60kg</a></p>
</html>
"""


class Own:
    """The places that need no worker."""

    def __init__(self, pool: Pool, metrics: Metrics, assets: Assets) -> None:
        self._pool, self._metrics, self._assets = pool, metrics, assets

    def answer(self, path: str, *, gzip: bool) -> tuple[str, Response] | None:
        """Return the name and the response of a place; None for those of workers."""
        if path.startswith(PREFIX):
            found = self._assets.get(path.removeprefix(PREFIX), gzip=gzip)
            return ("assets", found) if found else None
        if path == "/favicon.ico":
            return "assets", self._icon(gzip=gzip)
        if path == "/health":
            return "health", Response(b"the server lives\n", headers=_NEVER)
        if path == "/ready":
            return "ready", self._ready()
        if path == "/metrics":
            return "metrics", self._metrics.response()
        if path == "/robots.txt":
            return "robots", Response(_ROBOTS)
        return None

    def _icon(self, *, gzip: bool) -> Response:
        """Return the icon, for who asks for it at the place that all servers have it."""
        name = next((each for each in self._assets.names if each.startswith("icon")), "")
        found = self._assets.get(name, gzip=gzip)
        if found is None:
            return Response(status=204)
        lasting = tuple(pair for pair in found.headers if pair[0] != "Cache-Control")
        return replace(found, headers=(*lasting, ("Cache-Control", "public, max-age=86400")))

    def _ready(self) -> Response:
        """Say whether a worker has the graph open."""
        staff = self._pool.staff
        ready = bool(staff.idle or self._pool.running)
        said = {"ready": ready, "workers": len(staff.all), "version": staff.version}
        body = json.dumps(said).encode() + b"\n"
        return Response(body, "application/json", 200 if ready else 503, _NEVER)


def refused_page(refused: Refused, accept: str, base: str) -> Response:
    """Return a refusal in plain: as a small page for a browser, else as an object."""
    if "text/html" not in accept:
        return problem(refused)
    status = refused.status
    body = _PAGE.format(
        code=status.value, phrase=status.phrase, detail=escape(refused.detail), base=escape(base)
    )
    return Response(body.encode(), "text/html; charset=utf-8", status.value, refused.headers)

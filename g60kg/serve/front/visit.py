"""One request on its way through the front.

Goes in: an ASGI scope. Comes out: a `Visit`, which gathers what is logged of it.
"""

import time
from dataclasses import dataclass

from g60kg.serve.front.coding import takes_gzip
from g60kg.serve.front.incoming import Scope


@dataclass(slots=True)
class Visit:
    """One request on its way: what is logged of it, and what its response is made with."""

    scope: Scope
    began: float
    client: str
    accept: str = ""
    gzip: bool = False
    route: str = "-"
    work: float = 0.0
    """Seconds that a worker took."""

    @property
    def method(self) -> str:
        """The method, as it was sent."""
        return str(self.scope["method"])

    def header(self, name: bytes) -> str:
        """Return a header, by its name in small letters; empty where it was not sent."""
        return next((value.decode("latin-1") for key, value in self.scope["headers"] if key == name), "")


def visit_of(scope: Scope) -> Visit:
    """Return the visit that begins now."""
    client = scope["client"]
    visit = Visit(scope, time.perf_counter(), client[0] if client else "-")
    for name, value in scope["headers"]:
        if name == b"accept":
            visit.accept = value.decode("latin-1")
        elif name == b"accept-encoding":
            visit.gzip = takes_gzip(value.decode("latin-1"))
    return visit

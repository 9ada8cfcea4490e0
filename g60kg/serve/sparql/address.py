"""Where this server is, as its client sees it.

Goes in: a site and a request. Comes out: absolute IRIs.
Source: RFC 3986, section 5.1 (the base of relative references).
"""

import re
from typing import Final

from g60kg.serve.site import Site
from g60kg.serve.values import Request

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_UNKNOWN: Final = "http://localhost"


def base_of(site: Site, request: Request, path: str = "") -> str:
    """Return the IRI of a path of this server: below `--base`, else on the host that the client named.

    >>> from g60kg.kg import KnowledgeGraph
    >>> from g60kg.store import MemoryStore
    >>> site = Site(KnowledgeGraph(MemoryStore()))
    >>> base_of(site, Request("sparql", headers={"host": "127.0.0.1:8000"}), "/sparql")
    'http://127.0.0.1:8000/sparql'
    """
    if site.base:
        return site.base + path
    host = request.header("host")
    return (f"http://{host}" if _HOST.fullmatch(host) else _UNKNOWN) + path

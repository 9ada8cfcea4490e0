"""Changing the graph by SPARQL: all of a change or nothing, one at a time.

A folder gets a new generation, which the whole server goes over to before the answer is sent; readers of
the one before are not disturbed. Graphs that the request names are written into the text as USING and
USING NAMED before the WHERE of each operation, since the engine has no other way to be told; `DELETE WHERE
{ … }`, which cannot have them, is written as `DELETE { … } WHERE { … }`.

Source: SPARQL 1.1 Protocol, sections 2.2 and 2.2.3.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus

from pyoxigraph import Store as Engine

from g60kg.errors import StoreBusy
from g60kg.serve.problem import Refused, busy
from g60kg.serve.site import Site
from g60kg.serve.sparql.protocol import Asked, base_of
from g60kg.serve.sparql.query import answering, store_of
from g60kg.serve.token import check_token
from g60kg.serve.values import Request, Response
from g60kg.store import MemoryStore
from g60kg.store.guard import refuse_requests
from g60kg.store.lexer import Token, depths, tokens
from g60kg.terms import PREFIXES


def with_dataset(asked: Asked) -> str:
    """Return the text of an update with the dataset that its request names.

    Raises `Refused` (400) where the text names one, too.

    >>> from pyoxigraph import NamedNode
    >>> with_dataset(Asked("update", "DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", (NamedNode("http://e/g"),)))
    'DELETE { ?s ?p 1 } USING <http://e/g> WHERE { ?s ?p 1 }'
    """
    if not asked.has_dataset:
        return asked.text
    words = list(tokens(asked.text))
    if any(word.keyword in ("USING", "WITH") for word in words):
        detail = "the update names its graphs by USING or WITH; do so there or in the request, not in both"
        raise Refused(HTTPStatus.BAD_REQUEST, detail)
    using = _clauses(asked)
    pieces, done = [], 0
    for place, block in _wheres(words):
        pieces += [asked.text[done:place], asked.text[block] if block else "", using]
        done = place
    return "".join((*pieces, asked.text[done:]))


def _clauses(asked: Asked) -> str:
    default = (f"USING {graph} " for graph in asked.default)
    return "".join((*default, *(f"USING NAMED {graph} " for graph in asked.named)))


def _wheres(words: list[Token]) -> Iterator[tuple[int, slice | None]]:
    """Yield where the WHERE of each operation begins; of a DELETE WHERE, also its block, to be repeated."""
    levels = depths(words)
    for number, (word, depth) in enumerate(levels):
        if depth or word.keyword != "WHERE":
            continue
        is_short = number > 0 and words[number - 1].keyword == "DELETE"
        end = next((w.end for w, level in levels[number + 1 :] if not level and w.text == "}"), word.end)
        yield word.start, slice(words[number + 1].start, end) if is_short and end > word.end else None


def change(site: Site, act: Callable[[Engine], None]) -> None:
    """Change the graph; what `act` raises is raised here.

    Raises `Refused` (503) where another change does not end within half of what a request may take.
    """
    store = store_of(site)
    if isinstance(store, MemoryStore):
        store.rewrite(act)
        return
    try:
        with store.exclusive(site.limits.query_seconds / 2):
            # it is no longer what a build made
            store.rewrite(act, about={**store.about, "inputs": "", "is_changed": True})
    except StoreBusy:
        raise busy("another change is being made; try again soon") from None


def update(site: Site, request: Request, asked: Asked) -> Response:
    """Make an update.

    Raises `Refused` (401, 403) without the token, `SparqlError` for one that does not parse or cannot be
    made, `UpdateRefused` for LOAD and SERVICE.
    """
    check_token(site, request)
    text = with_dataset(asked)
    refuse_requests(text)
    base = base_of(site, request, "/sparql")
    with answering(text, "update"):
        change(site, lambda engine: engine.update(text, base_iri=base, prefixes=PREFIXES))
    return Response(status=HTTPStatus.NO_CONTENT)

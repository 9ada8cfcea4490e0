"""Requests to a server: made by SPARQLWrapper, sent by httpx with care, their failures told in one line.

Quads go in updates: in batches, in one operation for each graph.

Reads are made again after a pause where the server was out of reach or busy; writes never. A redirect may
lead a query elsewhere, without credentials; an update only within its own server; neither from https to http,
nor to another scheme. `$G60KG_TIMEOUT` is how many seconds a server may be silent.
"""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from typing import Any, Final, TypeVar
from urllib.parse import urljoin

import httpx
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad
from SPARQLWrapper import POST, SPARQLWrapper

from g60kg.errors import G60Error, SparqlError, StoreError
from g60kg.store.base import has_blank
from g60kg.store.remote.answer import Body, content_type
from g60kg.store.remote.server import Address, Login, graph_url, is_here, origin

_PAUSES: Final = (0.2, 1.0)
_LONGEST_PAUSE: Final = 5.0
_HOPS: Final = 10
_SAFE: Final = {("http", "http"), ("http", "https"), ("https", "https")}
_KEPT: Final = ("Accept", "Content-Type", "User-Agent")
_BUSY: Final = frozenset({429, 502, 503, 504})
_RESULTS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.2"
Parameters = Iterable[tuple[str, str]]
GraphName = NamedNode | BlankNode | DefaultGraph
T = TypeVar("T")


class RefusedError(StoreError):
    """A server's answer other than the one that was asked for; `status` is that of HTTP."""

    def __init__(self, status: int, message: str, mend: str) -> None:
        self.status = status
        super().__init__(message, mend=mend)


class Wire:
    """The connection to one endpoint."""

    def __init__(self, address: Address, timeout: float | None = None) -> None:
        self.address = address
        self.timeout = _timeout() if timeout is None else timeout
        urls = [url for url in (address.graphs, address.update, address.query) if url]
        self._logins = {origin(url): Login(url) for url in urls}
        # No proxy can reach this machine for us; nobody closes what is kept, and no write meets a dead one.
        here = {f"all://{origin(url)[1]}": None for url in urls if is_here(url)}
        each_once = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(timeout=self.timeout, mounts=here, limits=each_once)

    def query(self, form: str, text: str, dataset: Parameters = ()) -> Body:
        """Ask a query of a form; raises `SparqlError` for one that the server does not take."""
        accept = _RESULTS if form in ("select", "ask") else _TRIPLES
        request = self._made(form.upper(), text, [*self.address.extra, *dataset], accept)
        return self._sent(request, _PAUSES, leaves=True)

    def update(self, text: str) -> None:
        """Make an update, once."""
        self._write(self._made("INSERT", text, self.address.extra, "*/*"))

    def put(self, graph: str, triples: bytes, *, whole: bool) -> None:
        """Send N-Triples into a graph: in place of what it holds, or beside it."""
        headers = {"Content-Type": "application/n-triples", "User-Agent": "g60kg"}
        url = graph_url(self.address, graph)
        self._write(httpx.Request("PUT" if whole else "POST", url, headers=headers, content=triples))

    def _made(self, kind: str, text: str, parameters: Parameters, accept: str) -> httpx.Request:
        """Return the request that SPARQLWrapper makes of a text."""
        wrapper = SPARQLWrapper(self.address.query, self.address.update, agent="g60kg")
        wrapper.queryString, wrapper.queryType = text, kind  # which its own parser may mistake
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        made: Any = wrapper._createRequest()
        return httpx.Request(made.get_method(), made.full_url, headers=made.headers, content=made.data)

    def _write(self, request: httpx.Request) -> None:
        with self._sent(request) as answer:
            try:
                answer.read()
            except OSError as error:
                raise self._failed(error) from None

    def _sent(self, request: httpx.Request, pauses: Iterable[float] = (), *, leaves: bool = False) -> Body:
        """Return the answer to a request, made again after each of the pauses where that may help."""
        for pause in (*pauses, None):
            try:
                response = self._followed(request, leaves)
                if response.is_success:
                    return Body(response, self.address.url, self.timeout)
                with closing(response):
                    if pause is None or response.status_code not in _BUSY:
                        raise self._refused(response)
                    asked = response.headers.get("Retry-After", "")
                    pause = min(float(asked), _LONGEST_PAUSE) if asked.isdigit() else pause
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                if pause is None or isinstance(error, httpx.TimeoutException):
                    raise self._failed(error) from None
            time.sleep(pause)
        raise AssertionError

    def _followed(self, request: httpx.Request, leaves: bool) -> httpx.Response:
        """Return the answer to a request, redirected where that is safe; `leaves`: to other servers, too."""
        home = old = origin(str(request.url))
        for left in reversed(range(_HOPS)):
            response = self._client.send(request, auth=self._logins[home], stream=True)
            place = request.url.join(response.headers.get("Location", ""))
            new = origin(str(place))
            strays = new != home and not leaves
            is_safe = (old[0], new[0]) in _SAFE and not strays
            if not (left and is_safe and response.has_redirect_location):
                return response
            response.close()
            kept = {name: request.headers[name] for name in _KEPT if name in request.headers}
            method, data = ("GET", None) if response.status_code == 303 else (request.method, request.content)
            request, old = httpx.Request(method, place, headers=kept, content=data), new
        raise AssertionError

    def _failed(self, error: Exception) -> StoreError:
        """Return what a failure of the connection is to a user."""
        place = self.address.url
        if isinstance(error, httpx.TimeoutException | TimeoutError):
            message = f"{place}: no answer within {self.timeout:g} seconds"
            return StoreError(message, mend="try later, or raise G60KG_TIMEOUT")
        if isinstance(error, httpx.ConnectError) and "refused" in str(error):
            return StoreError(f"{place}: nobody answers there", mend="start the server")
        text = _line(str(error)) or type(error).__name__
        return StoreError(f"{place}: {text}", mend="see that the server runs, and try again")

    def _refused(self, response: httpx.Response) -> G60Error:
        """Return what another status than the one hoped for is to a user."""
        said, place, code = _said(response), self.address.url, response.status_code
        if code in (401, 403):
            mend = "set G60KG_USER and G60KG_PASSWORD, G60KG_TOKEN and G60KG_TOKEN_FOR, or a netrc file"
            return RefusedError(code, f"{place}: access is refused ({code})", mend)
        if response.is_redirect:
            led = _line(urljoin(str(response.url), response.headers.get("Location", "")))
            message = f"{place}: is redirected to {led}, where it is not followed"
            return RefusedError(code, message, "give that URL, if you trust it")
        if code == 400:
            return SparqlError(f"{place}: {said}", mend="the server does not take this text")
        mend = "see the server's log, and try again" if code >= 500 else "give the endpoint's URL"
        return RefusedError(code, f"{place}: answers {code}: {said}", mend)


def _timeout() -> float:
    given = os.environ.get("G60KG_TIMEOUT", "60")
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise StoreError(f"G60KG_TIMEOUT: {given!r} is no number of seconds", mend="write one, such as 60")
    return seconds


def _said(response: httpx.Response) -> str:
    """Return the first words of what a server says of an error."""
    kind = content_type(response)
    try:
        text = next(response.iter_raw(2_000), b"").decode("utf-8", "replace")
    except httpx.HTTPError:
        text = ""
    if kind == "application/problem+json":  # RFC 9457
        try:
            text = str(json.loads(text)["detail"]).replace("\n", " ")
        except (ValueError, KeyError, TypeError):
            text = ""
    first = next(filter(None, map(_line, text.splitlines())), "")
    return first if first and kind != "text/html" else _line(response.reason_phrase) or "no reason"


def _line(text: str) -> str:
    """Return a text as a short line without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()[:200]


def change_texts(remove: Iterable[Quad], add: Iterable[Quad], most: int) -> Iterator[str]:
    """Yield the updates that remove and then add quads: one, where they are no more than `most`.

    Blank nodes may be added, and get new names; raises `StoreError` for one that is to be removed.
    """
    gone, new = list(remove), list(add)
    if any(map(has_blank, gone)):
        raise StoreError("a server has other names for blank nodes", mend="push the whole graph again")
    if len(gone) + len(new) <= most:
        yield from filter(None, [" ;\n".join([*_operations("DELETE", gone), *_operations("INSERT", new)])])
        return
    for verb, quads in (("DELETE", gone), ("INSERT", new)):
        for batch in batches(quads, most):
            yield " ;\n".join(_operations(verb, batch))


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of so many.

    >>> list(batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[GraphName, Iterator[Quad]]]:
    """Yield the quads of each graph, the graphs sorted by name."""
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    return groupby(ordered, lambda quad: quad.graph_name)


def _operations(verb: str, quads: list[Quad]) -> Iterator[str]:
    """Yield one operation for each graph: given several, Virtuoso's DELETE DATA leaves literals behind."""
    for graph, group in by_graph(quads):
        triples = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in group)
        block = triples if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{triples}\n}}"
        yield f"{verb} DATA {{ {block} }}"

"""Requests to a server: made by SPARQLWrapper, sent by httpx with care, their failures told in one line.

Reads are made again after a pause where the server was out of reach or busy; writes never. A redirect may
lead a query elsewhere, without credentials; an update only within its own server; neither from https to http,
nor to another scheme. `$G60KG_TIMEOUT` is how many seconds a server may be silent.
"""

import json
import re
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from typing import Any, Final
from urllib.parse import urljoin

import httpx
from SPARQLWrapper import POST, SPARQLWrapper

from g60kg.errors import G60Error, SparqlError, StoreError
from g60kg.store.remote.answer import Body, content_type
from g60kg.store.remote.server import Address, Login, graph_url, is_here, number_in, origin

_PAUSES: Final = (0.2, 1.0)
_LONGEST_PAUSE: Final = 5.0
_HOPS: Final = 10
_SAFE: Final = {("http", "http"), ("http", "https"), ("https", "https")}
_KEPT: Final = ("Accept", "Content-Type", "User-Agent")
_BUSY: Final = frozenset({429, 502, 503, 504})
_LACKING: Final = frozenset({404, 405, 501})
_RESULTS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.2"
_LOGIN: Final = "set G60KG_USER and G60KG_PASSWORD, G60KG_TOKEN and G60KG_TOKEN_FOR, or a netrc file"
Parameters = Iterable[tuple[str, str]]


class LackingError(StoreError):
    """A server's answer that nothing at an address does what was asked."""


class Wire:
    """The connection to one endpoint."""

    def __init__(self, address: Address, timeout: float | None = None) -> None:
        self.address = address
        self.timeout = number_in("G60KG_TIMEOUT", "60", "seconds", "60", 1e6) if timeout is None else timeout
        urls = [url for url in (address.graphs, address.update, address.query) if url]
        self._logins = {origin(url): Login(url) for url in urls}
        # No proxy can reach this machine for us; nobody closes what is kept, and no write meets a dead one.
        here = {f"all://{httpx.URL(url).netloc.decode()}": None for url in urls if is_here(url)}
        each_once = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(timeout=self.timeout, mounts=here, limits=each_once)

    def query(self, form: str, text: str, dataset: Parameters = ()) -> Body:
        """Ask a query of a form; raises `SparqlError` for one that the server does not take."""
        accept = _RESULTS if form in ("select", "ask") else _TRIPLES
        return self._sent(self._made(form.upper(), text, accept, dataset), _PAUSES, leaves=True)

    def update(self, text: str) -> None:
        """Make an update, once."""
        self._write(self._made("INSERT", text, "*/*"))

    def put(self, graph: str, triples: bytes, *, whole: bool) -> None:
        """Send N-Triples into a graph: in place of what it holds, or beside it."""
        headers = {"Content-Type": "application/n-triples", "User-Agent": "g60kg"}
        url = graph_url(self.address, graph)
        self._write(httpx.Request("PUT" if whole else "POST", url, headers=headers, content=triples))

    def _made(self, kind: str, text: str, accept: str, dataset: Parameters = ()) -> httpx.Request:
        """Return the request that SPARQLWrapper makes of a text."""
        wrapper = SPARQLWrapper(self.address.query, self.address.update, agent="g60kg")
        wrapper.queryString, wrapper.queryType = text, kind  # which its own parser may mistake
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in (*self.address.extra, *dataset):
            wrapper.addParameter(name, value)
        made: Any = wrapper._createRequest()
        return httpx.Request(made.get_method(), made.full_url, headers=made.headers, content=made.data)

    def _write(self, request: httpx.Request) -> None:
        with self._sent(request) as answer:
            answer.read()

    def _sent(self, request: httpx.Request, pauses: Iterable[float] = (), *, leaves: bool = False) -> Body:
        """Return the answer to a request, made again after each of the pauses where that may help."""
        for pause in (*pauses, None):
            try:
                response = self._followed(request, leaves)
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                if pause is None or isinstance(error, httpx.TimeoutException):
                    raise self._failed(error) from None
            else:
                if response.is_success:
                    return Body(response, self.address.url, self.timeout)
                with closing(response):
                    if pause is None or response.status_code not in _BUSY:
                        raise self._refused(response)
                asked = response.headers.get("Retry-After", "")
                pause = min(float(asked), _LONGEST_PAUSE) if asked.isdecimal() else pause
            time.sleep(pause)
        raise AssertionError

    def _followed(self, request: httpx.Request, leaves: bool, hops: int = 0) -> httpx.Response:
        """Return the answer to a request, redirected where that is safe; `leaves`: to other servers, too."""
        old = origin(request.url)
        response = self._client.send(request, auth=self._logins.get(old), stream=True)
        place = request.url.join(response.headers.get("Location", ""))
        new = origin(place)
        is_safe = (old[0], new[0]) in _SAFE and (leaves or new == old) and hops < _HOPS
        if not (is_safe and response.has_redirect_location):
            return response
        response.close()
        kept = {name: request.headers[name] for name in _KEPT if name in request.headers}
        method, data = ("GET", None) if response.status_code == 303 else (request.method, request.content)
        return self._followed(httpx.Request(method, place, headers=kept, content=data), leaves, hops + 1)

    def _failed(self, error: Exception) -> StoreError:
        """Return what a failure of the connection is to a user."""
        message, mend = _line(str(error)) or type(error).__name__, "see that the server runs, and try again"
        if isinstance(error, httpx.TimeoutException):
            message = f"no answer within {self.timeout:g} seconds"
            mend = "try later, or raise G60KG_TIMEOUT"
        elif isinstance(error, httpx.ConnectError) and "refused" in message:
            message, mend = "nobody answers there", "start the server"
        return StoreError(f"{self.address.url}: {message}", mend=mend)

    def _refused(self, response: httpx.Response) -> G60Error:
        """Return what another status than the one hoped for is to a user."""
        code, said, place = response.status_code, _said(response), self.address.url
        if code == 400:
            return SparqlError(f"{place}: {said}", mend="the server does not take this text")
        message, mend = f"answers {code}: {said}", "give the endpoint's URL"
        if code in (401, 403):
            message, mend = f"access is refused ({code})", _LOGIN
        elif response.is_redirect:
            led = _line(urljoin(str(response.url), response.headers.get("Location", "")))
            message = f"is redirected to {led}, where it is not followed"
            mend = "give that URL, if you trust it"
        elif code >= 500:
            mend = "see the server's log, and try again"
        return (LackingError if code in _LACKING else StoreError)(f"{place}: {message}", mend=mend)


def _said(response: httpx.Response) -> str:
    """Return the first words of what a server says of an error."""
    kind, said = content_type(response), list[str]()
    with suppress(httpx.HTTPError, ValueError, KeyError, TypeError):
        text = next(response.iter_raw(2_000), b"").decode("utf-8", "replace")
        # RFC 9457
        said = [str(json.loads(text)["detail"])] if kind == "application/problem+json" else text.splitlines()
    told = (*(said if kind != "text/html" else ()), response.reason_phrase, "no reason")
    return next(filter(None, map(_line, told)))


def _line(text: str) -> str:
    """Return a text as a short line without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()[:200]

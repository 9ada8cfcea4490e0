"""Requests to a server: made by SPARQLWrapper, sent with care, and their failures told in one line.

Reads are made again after a pause where the server was out of reach or busy; writes never.
`$G60KG_TIMEOUT` is how many seconds a server may be silent.
"""

import json
import os
import re
import time
from collections.abc import Iterable
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import OpenerDirector, Request

from SPARQLWrapper import POST, SPARQLWrapper

from g60kg.errors import G60Error, SparqlError, StoreError
from g60kg.store.remote.access import opener_for
from g60kg.store.remote.answer import Body
from g60kg.store.remote.server import Address, graph_url, origin

_PAUSES: Final = (0.2, 1.0)
_LONGEST_PAUSE: Final = 5.0
_BUSY: Final = frozenset({429, 502, 503, 504})
_RESULTS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.2"
Parameters = Iterable[tuple[str, str]]


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
        self._reader = opener_for(address.query, leaves=True)
        places = {origin(url): url for url in (address.update, address.graphs) if url}
        self._writers = {place: opener_for(url, leaves=False) for place, url in places.items()}

    def query(self, form: str, text: str, dataset: Parameters = ()) -> Body:
        """Ask a query of a form; raises `SparqlError` for one that the server does not take."""
        accept = _RESULTS if form in ("select", "ask") else _TRIPLES
        return self._sent(
            self._reader, self._made(form.upper(), text, [*self.address.extra, *dataset], accept), _PAUSES
        )

    def update(self, text: str) -> None:
        """Make an update, once."""
        self._write(self._made("INSERT", text, self.address.extra, "*/*"))

    def put(self, graph: str, triples: bytes, *, whole: bool) -> None:
        """Send N-Triples into a graph: in place of what it holds, or beside it."""
        headers = {"Content-Type": "application/n-triples", "User-Agent": "g60kg"}
        url = graph_url(self.address, graph)
        self._write(Request(url, triples, headers, method="PUT" if whole else "POST"))

    def _made(self, kind: str, text: str, parameters: Parameters, accept: str) -> Request:
        """Return the request that SPARQLWrapper makes of a text."""
        wrapper = SPARQLWrapper(self.address.query, self.address.update, agent="g60kg")
        wrapper.queryString, wrapper.queryType = text, kind  # which its own parser may mistake
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        return wrapper._createRequest()

    def _write(self, request: Request) -> None:
        with self._sent(self._writers[origin(request.full_url)], request) as answer:
            try:
                answer.read()
            except OSError as error:
                raise self._failed(error) from None

    def _sent(self, opener: OpenerDirector, request: Request, pauses: Iterable[float] = ()) -> Body:
        """Return the answer to a request, made again after each of the pauses where that may help."""
        for pause in (*pauses, None):
            try:
                response = opener.open(request, timeout=self.timeout)
                return Body(response, self.address.url, self.timeout)
            except HTTPError as error:
                with error:
                    if pause is None or error.code not in _BUSY:
                        raise self._refused(error) from None
                    said = error.headers.get("Retry-After", "")
                    pause = min(float(said), _LONGEST_PAUSE) if said.isdigit() else pause
            except (OSError, HTTPException) as error:
                if pause is None or isinstance(_reason(error), TimeoutError):
                    raise self._failed(error) from None
            time.sleep(pause)
        raise AssertionError

    def _failed(self, error: Exception) -> StoreError:
        """Return what a failure of the connection is to a user."""
        reason, place = _reason(error), self.address.url
        if isinstance(reason, TimeoutError):
            message = f"{place}: no answer within {self.timeout:g} seconds"
            return StoreError(message, mend="try later, or raise G60KG_TIMEOUT")
        if isinstance(reason, ConnectionRefusedError):
            return StoreError(f"{place}: nobody answers there", mend="start the server")
        text = _line(str(reason)) or type(reason).__name__
        return StoreError(f"{place}: {text}", mend="see that the server runs, and try again")

    def _refused(self, error: HTTPError) -> G60Error:
        """Return what another status than the one hoped for is to a user."""
        said, place, code = _said(error), self.address.url, error.code
        if code in (401, 403):
            mend = "set G60KG_USER and G60KG_PASSWORD, G60KG_TOKEN and G60KG_TOKEN_FOR, or a netrc file"
            return RefusedError(code, f"{place}: access is refused ({code})", mend)
        if code in (301, 302, 303, 307, 308):
            message = f"{place}: is redirected to {_line(error.url)}, where it is not followed"
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


def _reason(error: Any) -> Any:
    """Return what is beneath urllib's own error."""
    return getattr(error, "reason", error)


def _said(error: HTTPError) -> str:
    """Return the first words of what a server says of an error."""
    kind = error.headers.get_content_type()
    try:
        text = error.read(2000).decode("utf-8", "replace") if error.fp else ""
    except (OSError, HTTPException, ValueError):
        text = ""
    if kind == "application/problem+json":  # RFC 9457
        try:
            text = str(json.loads(text)["detail"]).replace("\n", " ")
        except (ValueError, KeyError, TypeError):
            text = ""
    first = next(filter(None, map(_line, text.splitlines())), "")
    return first if first and kind != "text/html" else _line(str(error.reason)) or "no reason"


def _line(text: str) -> str:
    """Return a text as a short line without control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()[:200]

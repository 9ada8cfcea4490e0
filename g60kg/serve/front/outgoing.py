"""Sending a response: with its headers, in parts that the client must take in time; then counted and logged.

Goes in: a `Visit` and its `Response`. Comes out: the messages of ASGI, a count and a line of the log.
"""

import logging
import time
from typing import Any, Final

from g60kg.serve.front.access import AccessLog
from g60kg.serve.front.headers import headers_of
from g60kg.serve.front.metrics import Metrics
from g60kg.serve.front.own import OPERATION, refused_page
from g60kg.serve.front.visit import Visit
from g60kg.serve.problem import FAILED, busy
from g60kg.serve.values import Response

_LOG: Final = logging.getLogger("g60kg.serve")
_PART: Final = 1 << 17
_LARGE: Final = 1 << 20
_HELD: Final = 1 << 29
"""Bytes of large answers that wait for clients to read them; beyond it a further one is refused."""
_UNREAD: Final = busy("too many large answers wait to be read; try again soon", 10)


class Outgoing:
    """What sends responses."""

    def __init__(self, metrics: Metrics, log: AccessLog, base: str) -> None:
        self._metrics, self._log, self._base = metrics, log, base
        self._held = 0

    async def send(self, visit: Visit, response: Response, send: Any) -> None:
        """Send a response; a large one only where not too many wait to be read."""
        size = len(response.body)
        if size < _LARGE:
            await self._send(visit, response, send)
            return
        if self._held + size > _HELD:
            await self._send(visit, refused_page(_UNREAD, visit.accept, self._base), send)
            return
        self._held += size
        try:
            await self._send(visit, response, send)
        finally:
            self._held -= size

    async def _send(self, visit: Visit, response: Response, send: Any) -> None:
        try:
            headers = headers_of(response, shared=visit.route not in OPERATION)
        except ValueError as error:
            _LOG.error("%s: %s", visit.scope["path"], error)
            response = refused_page(FAILED, visit.accept, self._base)
            headers = headers_of(response, shared=False)
        body = response.body
        if response.status not in (204, 304):
            headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        if visit.method == "HEAD":
            body = b""
        for start in range(0, len(body) - _PART, _PART):
            await send({"type": "http.response.body", "body": body[start : start + _PART], "more_body": True})
        last = max(0, (len(body) - 1) // _PART * _PART)
        await send({"type": "http.response.body", "body": body[last:]})
        self.logged(visit, response.status, len(body))

    def refused(self, client: str, status: int) -> None:
        """Count and log what never became a request."""
        self._metrics.count("-", status, 0, 0)
        self._log.put({"client": client, "route": "-", "status": status})

    def logged(self, visit: Visit, status: int, sent: int) -> None:
        """Count and log a request that has its end."""
        seconds = time.perf_counter() - visit.began
        self._metrics.count(visit.route, status, seconds, sent)
        self._log.put(
            {
                "client": visit.client,
                "method": visit.method,
                "path": visit.scope["raw_path"].decode("latin-1"),
                "route": visit.route,
                "status": status,
                "bytes": sent,
                "ms": round(seconds * 1000, 2),
                "work_ms": round(visit.work * 1000, 2),
                **({"cut": True} if visit.scope["connection"].is_lost else {}),
            }
        )

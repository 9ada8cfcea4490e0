"""A worker: a process that holds the graph open and answers one request after the other.

Goes in: over a socket that the front hands it by number, a `Setting`, then requests. Comes out: that it is
ready, and with which version of the graph, then responses, each with that version and the seconds it took. It
ends when its front does, and at once when a request takes longer than it may, also inside the engine.
"""

import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Final

from g60kg.errors import G60Error
from g60kg.kg import KnowledgeGraph
from g60kg.serve.answer import answer
from g60kg.serve.frames import frame, receive, response_parts, values_from
from g60kg.serve.limits import Limits
from g60kg.serve.log import log_lines
from g60kg.serve.site import Site
from g60kg.serve.values import Request
from g60kg.serve.version import version_of
from g60kg.serve.warm import warm

_GRACE: Final = 2.0
"""Seconds beyond its time after which a request ends its worker, where its front has not."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker is told first: where the graph is, and how it is served; `code` is what serves it."""

    store: str
    limits: dict[str, float]
    code: str
    base: str = ""
    writable: bool = False


def main(arguments: list[str]) -> None:
    """Answer requests over the socket of this number until it closes."""
    link = socket.socket(fileno=int(arguments[0]))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    log_lines()
    with suppress(EOFError, ConnectionError):
        setting = Setting(*receive(link))
        limits = Limits(**setting.limits)
        _bound_memory(int(limits.worker_bytes))
        kg = _opened(link, setting.store)
        _serve(
            link,
            Site(kg, limits, setting.base, version_of(kg.store, setting.code), setting.writable),
            setting.code,
        )


def _opened(link: socket.socket, place: str) -> KnowledgeGraph:
    """Open the graph; where that cannot be, tell the front why, and end."""
    try:
        return KnowledgeGraph.open(place)
    except G60Error as error:
        link.sendall(frame(("failed", str(error))))
        raise SystemExit(2) from None


def setting_parts(setting: Setting) -> tuple[Any, ...]:
    """Return a setting as plain values."""
    return tuple(asdict(setting).values())


def _serve(link: socket.socket, site: Site, code: str) -> None:
    link.sendall(frame(("ready", site.version)))
    warm(link, site.kg)
    for parts in values_from(link):
        if parts is None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            continue
        signal.setitimer(signal.ITIMER_REAL, site.limits.query_seconds + _GRACE)
        began = time.perf_counter()
        response = answer(site, Request(*parts))
        seconds = time.perf_counter() - began
        version = version_of(site.kg.store, code) if site.writable else site.version
        link.sendall(frame((*response_parts(response), version, seconds)))


def _bound_memory(size: int) -> None:
    """Bound the memory that the process may write to; what maps files is free."""
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])

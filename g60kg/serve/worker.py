"""A worker: a process that holds the graph open to read and answers one request after the other.

All are forked from one that has imported what they answer with. Goes in, on a socket: frames, each a length
and a plain value: what is served, then requests. Comes out: the number of the process; that it is ready, and
with which version of the graph; then responses, each with that version and the seconds it took. Asked for
nothing, it opens the graph anew, as it is by then. It ends with the socket, and at once when a request takes
longer than it may, also inside the engine. Both ends are of one Python and one package, so `marshal` serves,
which is quick and makes nothing but plain values.
"""

import gc
import marshal
import os
import resource
import signal
import socket
import time
from contextlib import suppress
from dataclasses import asdict, fields
from operator import attrgetter
from struct import Struct
from threading import Timer
from typing import Any, BinaryIO, Final

from g60kg.errors import G60Error
from g60kg.kg import KnowledgeGraph
from g60kg.kg.stages import stored_queries
from g60kg.serve.log import log_lines
from g60kg.serve.site import ROUTES, Site, answer, handler_of, version_of
from g60kg.serve.values import Limits, Request, Service, coded

LENGTH: Final = Struct(">Q")
READY: Final = "ready"
FAILED: Final = "failed"
_GRACE: Final = 2.0
"""Seconds beyond its time after which a request ends its worker, where the front has not."""
_LATER: Final = 10.0
"""Seconds after which the grammar is read: not by each of many versions of a graph that changes often."""
_LAID_OUT: Final = 20_000
"""Claims of a graph that is laid out for questions before one is asked."""
_YOUNG: Final = 20_000
"""Objects made until those in a circle are looked for: more than one answer needs."""
request_parts: Final = attrgetter(*(each.name for each in fields(Request)))


def frame(value: Any) -> bytes:
    """Return a value as a frame.

    >>> from io import BytesIO
    >>> read_frame(BytesIO(frame(("ready", 3))))
    ('ready', 3)
    """
    body = marshal.dumps(value)
    return LENGTH.pack(len(body)) + body


def read_frame(stream: BinaryIO) -> Any:
    """Wait for a frame and return its value; raises `EOFError` where the stream ends."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError("the front has ended")
    return marshal.loads(stream.read(LENGTH.unpack(head)[0]))


def service_parts(service: Service, code: str) -> tuple[Any, ...]:
    """Return what a worker is told first, as plain values; `code` is the digest of what serves."""
    return (service.store, asdict(service.limits), service.base, service.writable, code)


def main() -> None:
    """Import all that answers; then fork a worker for each socket that comes on standard input.

    Nothing is opened here, and no thread runs: neither survives a fork. It ends with its input.
    """
    os.dup2(2, 1)  # what is printed goes to the log
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_IGN)
    log_lines()
    for route in ROUTES:
        handler_of(route)
    gc.freeze()
    with socket.socket(fileno=0) as front:
        while descriptors := socket.recv_fds(front, 1, 1)[1]:
            with socket.socket(fileno=descriptors[0]) as its:
                forked = -1
                with suppress(OSError):  # no more processes: the socket ends, which says so
                    forked = os.fork()
                if forked == 0:
                    front.close()
                    work(its)
                    return


def work(front: socket.socket) -> None:
    """Answer the requests that come on a socket, after what is to be served, until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    requests = front.makefile("rb")
    with suppress(EOFError, ConnectionError):
        front.sendall(frame(os.getpid()))
        store, bounds, base, writable, code = read_frame(requests)
        limits = Limits(**bounds)
        size = int(limits.worker_bytes)
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))  # what maps files is free
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        def opened() -> Site | None:
            stored_queries.cache_clear()  # those of a user's folders may be others by now
            try:
                kg = KnowledgeGraph.open(store, follow=False)
            except G60Error as error:
                front.sendall(frame((FAILED, str(error))))
                return None
            return Site(kg, limits, base, version_of(kg.store, code), writable)

        if (site := opened()) is None:
            raise SystemExit(2)
        gc.set_threshold(_YOUNG)
        front.sendall(frame((READY, site.version)))
        later = _later(site)
        while True:
            if asked := read_frame(requests):
                front.sendall(frame(_answered(site, Request(*asked), code)))
            elif anew := opened():
                later.cancel()
                site.kg.close()
                site, later = anew, _later(anew)
                front.sendall(frame((READY, site.version)))


def _answered(site: Site, request: Request, code: str) -> tuple[Any, ...]:
    """Return the parts of a response, the version of the graph after it, and the seconds it took."""
    signal.setitimer(signal.ITIMER_REAL, site.limits.query_seconds + _GRACE)
    began = time.perf_counter()
    response = coded(answer(site, request), gzip=request.gzip)
    seconds = time.perf_counter() - began
    signal.setitimer(signal.ITIMER_REAL, 0)
    version = version_of(site.kg.store, code) if site.writable else site.version
    headers = tuple((str(name), str(value)) for name, value in response.headers)
    parts = (bytes(response.body), str(response.media_type), int(response.status), headers)
    return (*parts, version, seconds)


def _later(site: Site) -> Timer:
    """Read the lexicon some time later, where no other version of the graph has been opened by then."""

    def read() -> None:
        """Read it, and lay out a small graph for questions; what cannot be read is told to who asks."""
        gc.unfreeze()  # what was there of an earlier version
        with suppress(G60Error):
            from g60kg.kg.stages import lexicon
            from g60kg.serve.pages.asking import laid_out

            lexicon(site.kg.summary.overlays)
            if 0 < site.kg.summary.counts.get("claims", 0) <= _LAID_OUT:
                laid_out(site).exception()
        gc.freeze()  # what is there now stays, and need not be looked through again

    timer = Timer(_LATER, read)
    timer.daemon = True
    timer.start()
    return timer


if __name__ == "__main__":
    main()

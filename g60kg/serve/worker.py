"""A worker: a process that holds the graph open to read and answers one request after the other.

Goes in: on standard input frames, each a length and a plain value: a `Setting`, then requests. Comes out: on
standard output that it is ready, and with which version of the graph, then responses, each with that version
and the seconds it took. It ends with its input, and at once when a request takes longer than it may, also
inside the engine. Both ends are of one Python and one package, so `marshal` serves, which is quick and makes
nothing but plain values.
"""

import gc
import marshal
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from select import select
from struct import Struct
from threading import Thread
from typing import Any, BinaryIO, Final

from g60kg.errors import G60Error
from g60kg.kg import KnowledgeGraph
from g60kg.serve.answer import answer, handlers
from g60kg.serve.coding import coded
from g60kg.serve.limits import Limits
from g60kg.serve.log import log_lines
from g60kg.serve.site import Site, version_of
from g60kg.serve.values import Request, Response

LENGTH: Final = Struct(">Q")
READY: Final = "ready"
FAILED: Final = "failed"
_GRACE: Final = 2.0
"""Seconds beyond its time after which a request ends its worker, where the front has not."""
_LATER: Final = 1.5
"""Seconds after which the grammar is read: who has only come to look need not pay for it."""
_TURN: Final = 0.0005
"""Seconds after which the thread that reads it gives way to a request."""
_YOUNG: Final = 20_000
"""Objects made until those in a circle are looked for: more than one answer needs."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker is told first: where the graph is, and how it is served; `code` is what serves it."""

    store: str
    limits: Limits
    code: str
    base: str = ""
    writable: bool = False

    def parts(self) -> tuple[Any, ...]:
        """Return it as plain values."""
        return (self.store, asdict(self.limits), self.code, self.base, self.writable)


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


def main() -> None:
    """Answer the requests on standard input until it ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed goes to the log, not between the answers
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    log_lines()
    with suppress(EOFError, BrokenPipeError):
        store, limits, *others = read_frame(requests)
        setting = Setting(store, Limits(**limits), *others)
        _bound_memory(int(setting.limits.worker_bytes))
        try:
            kg = KnowledgeGraph.open(setting.store)
        except G60Error as error:
            _send(answers, (FAILED, str(error)))
            raise SystemExit(2) from None
        version = version_of(kg.store, setting.code)
        site = Site(kg, setting.limits, setting.base, version, setting.writable)
        _send(answers, (READY, version))
        _warm(kg)
        while True:
            request = Request(*read_frame(requests))
            _send(answers, _answered(site, request, setting.code))


def _answered(site: Site, request: Request, code: str) -> tuple[Any, ...]:
    """Return the parts of a response, the version of the graph after it, and the seconds it took."""
    signal.setitimer(signal.ITIMER_REAL, site.limits.query_seconds + _GRACE)
    began = time.perf_counter()
    response = coded(answer(site, request), gzip=request.gzip)
    seconds = time.perf_counter() - began
    signal.setitimer(signal.ITIMER_REAL, 0)
    version = version_of(site.kg.store, code) if site.writable else site.version
    return (*_parts(response), version, seconds)


def request_parts(request: Request) -> tuple[Any, ...]:
    """Return a request as plain values."""
    return (
        request.route,
        request.method,
        request.path,
        request.query,
        request.headers,
        request.body,
        request.url,
        request.gzip,
    )


def _parts(response: Response) -> tuple[Any, ...]:
    headers = tuple((str(name), str(value)) for name, value in response.headers)
    return (bytes(response.body), str(response.media_type), int(response.status), headers)


def _send(stream: BinaryIO, value: Any) -> None:
    stream.write(frame(value))
    stream.flush()


def _bound_memory(size: int) -> None:
    """Bound the memory that the process may write to; what maps files is free."""
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _warm(kg: KnowledgeGraph) -> None:
    """Import what answers are made with while no request comes, so that the first ones take no longer."""
    gc.set_threshold(_YOUNG)
    Thread(target=_read_lexicon, args=(kg,), daemon=True).start()
    for _ in handlers():
        if select([sys.stdin.fileno()], [], [], 0)[0]:
            return


def _read_lexicon(kg: KnowledgeGraph) -> None:
    """Read the lexicon; one that cannot be read is told to who asks for an article."""
    time.sleep(_LATER)
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    with suppress(G60Error):
        from g60kg.kg.stages import lexicon

        lexicon(kg.summary.overlays)
    sys.setswitchinterval(turn)
    gc.freeze()  # what is there now stays, and need not be looked through again


if __name__ == "__main__":
    main()

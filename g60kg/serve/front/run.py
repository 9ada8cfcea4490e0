"""Running the front: from a socket and a store to the end of the last request.

Goes in: where to listen, and a `Service`. Comes out: nothing, when a signal has ended it and all that ran has
been answered, or ended in time.
"""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import uvicorn

from g60kg.errors import G60Error
from g60kg.serve.front.access import AccessLog
from g60kg.serve.front.answers import Answers
from g60kg.serve.front.app import Front
from g60kg.serve.front.assets import Assets
from g60kg.serve.front.cache import Cache
from g60kg.serve.front.connection import Connection
from g60kg.serve.front.metrics import Metrics
from g60kg.serve.front.outgoing import Outgoing
from g60kg.serve.front.own import Own
from g60kg.serve.front.places import Places
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.watch import Watch
from g60kg.serve.limits import Limits
from g60kg.serve.log import log_lines
from g60kg.serve.pages.assets import assets_folder
from g60kg.serve.routes import ROUTES
from g60kg.serve.service import Service
from g60kg.serve.version import package_digest
from g60kg.serve.worker import Setting

_TICKS: int = 10
_LAST: float = 2.0
"""Seconds for sending what the end of the work leaves to be sent."""


def serve(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    """Serve on a socket until SIGTERM or SIGINT; `begun` is called when a worker has opened the graph.

    Raises `G60Error` where no worker can start.
    """
    log_lines()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_served(listener, service, begun))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Return the faster event loop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


async def _served(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    limits = service.limits
    setting = Setting(service.store, asdict(limits), package_digest(), service.base, service.writable)
    pool = Pool(setting, int(limits.concurrent) or os.cpu_count() or 1, limits)
    cache = Cache(int(limits.cache_bytes))
    watch = Watch(service.folder, pool.staff, cache)
    metrics, log = Metrics(pool), AccessLog()
    outgoing = Outgoing(metrics, log, service.base)
    front = Front(
        Places(ROUTES),
        Own(pool, metrics, Assets(assets_folder())),
        Answers(pool, cache, watch, metrics, service.base),
        outgoing,
        limits,
        service.base,
    )
    try:
        await pool.staff.renew()
    except G60Error:
        pool.stop()
        raise
    watching = asyncio.ensure_future(watch.run())
    await _Server(_config(front, outgoing, limits), pool, begun).serve([listener])
    watching.cancel()
    log.close()


def _config(front: Front, outgoing: Outgoing, limits: Limits) -> uvicorn.Config:
    bounded = type("Bounded", (Connection,), {"limits": limits, "refused": [outgoing.refused]})
    return uvicorn.Config(
        front,
        http=bounded,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=max(1, int(limits.idle_seconds)),
        timeout_graceful_shutdown=int(limits.stop_seconds + _LAST),
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which looks after its connections, and ends with status 0 at a signal."""

    def __init__(self, config: uvicorn.Config, pool: Pool, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool, self._begun = pool, begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self._begun()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at the first signal; others change nothing."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield

    async def on_tick(self, counter: int) -> bool:
        """Hang up on clients that are too slow."""
        if counter % _TICKS == 0:
            for connection in tuple(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.check(time.monotonic())
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the requests that run end, in time."""
        loop = asyncio.get_running_loop()
        loop.call_later(self._pool.limits.stop_seconds, self._pool.stop)
        await super().shutdown(sockets)
        self._pool.stop()

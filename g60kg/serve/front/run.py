"""Running the front: from a socket and a store to the end of the last request.

A signal ends it: all that runs is answered, or ended in time.
"""

import asyncio
import logging
import os
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from g60kg.serve.front.app import Front
from g60kg.serve.front.connection import Connection
from g60kg.serve.front.log import AccessLog
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.replies import SAFE, answers_kept
from g60kg.serve.limits import Limits, Service
from g60kg.serve.site import package_digest
from g60kg.serve.values import Kept, Response
from g60kg.serve.worker import log_lines
from g60kg.store.manifest import NAME

_LOG: Final = logging.getLogger("g60kg.serve")
_LAST: Final = 2.0
"""Seconds for sending what the end of the work leaves to be sent."""
_PAUSE: Final = 0.5
_PATIENCE: Final = 30.0
_LINE: Final = 8
"""Texts that wait to be read."""
_FILES: Final = 128
"""Files that the server opens beside its connections: its workers' pipes, the log, the store."""


def serve(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    """Serve on a socket until SIGTERM or SIGINT; `begun` is called when a worker can answer.

    Until then every request is told to come again. Raises `G60Error` where no worker can start.
    """
    log_lines()
    service = replace(service, limits=_with_files(service.limits))
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(_served(listener, service, begun))


def _with_files(limits: Limits) -> Limits:
    """Return the limits with no more connections than there may be open files, having asked for enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = int(limits.connections) + _FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return replace(limits, connections=min(limits.connections, max(soft - _FILES, 1)))


async def _served(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    code = package_digest()
    pool = Pool(service, code)
    cache, log = answers_kept(int(service.limits.cache_bytes)), AccessLog()
    readers = Pool(_for_reading(service), code, is_lazy=True)
    watch = _Watch(service.folder, (pool, readers), cache)
    front = Front(service, pool, readers, cache, log, watch.changed)
    server = _Server(_config(front, service), (pool, readers))
    keeping, serving = asyncio.ensure_future(pool.keep()), asyncio.ensure_future(server.serve([listener]))
    first = asyncio.ensure_future(pool.renew())
    tasks = [keeping, first, asyncio.ensure_future(readers.keep())]
    try:
        await asyncio.wait((keeping, first, serving), return_when=asyncio.FIRST_COMPLETED)
        if first.done():
            begun()
            tasks += [asyncio.ensure_future(watch.run())]
        server.should_exit |= keeping.done()
        await serving
        if keeping.done():
            keeping.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for each in (pool, readers):
            each.stop()
        await asyncio.gather(*(worker.gone() for each in (pool, readers) for worker in each.workers))
        log.close()


def _for_reading(service: Service) -> Service:
    """Return the service of the worker that reads texts: one at a time, few in line, in their own time."""
    limits = replace(service.limits, query_seconds=service.limits.read_seconds, concurrent=1, waiting=_LINE)
    return replace(service, limits=limits)


def _config(front: Front, service: Service) -> uvicorn.Config:
    """Return uvicorn's configuration.

    With a base another server stands in front, on this machine or where `$FORWARDED_ALLOW_IPS` says: the
    client is for whom that asks.
    """
    limits, is_behind = service.limits, bool(service.base)
    proxies = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1").replace(" ", "").split(",")
    trusted = frozenset(proxies if is_behind else ())
    bounds = {"limits": limits, "refused": [front.refused], "trusted": trusted}
    return uvicorn.Config(
        front,
        http=type("Bounded", (Connection,), bounds),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        headers=list(SAFE),
        proxy_headers=is_behind,
        forwarded_allow_ips=proxies,
        timeout_keep_alive=max(1, int(limits.idle_seconds)),
        timeout_graceful_shutdown=int(limits.stop_seconds + _LAST),
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which ends with status 0 at a signal."""

    def __init__(self, config: uvicorn.Config, pools: tuple[Pool, ...]) -> None:
        super().__init__(config)
        self._pools = pools

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at the first signal; others change nothing."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the requests that run end, in time."""
        for pool in self._pools:
            asyncio.get_running_loop().call_later(pool.limits.stop_seconds, pool.stop)
        await super().shutdown(sockets)


class _Watch:
    """A look at the manifest of a store's folder, twice a second: whether another build has taken its place.

    A store elsewhere is not watched.
    """

    def __init__(self, folder: Path | None, pools: tuple[Pool, ...], cache: Kept[Response]) -> None:
        self._manifest = folder / NAME if folder else None
        self._pools, self._cache = pools, cache
        self._seen = self._look()

    async def run(self) -> None:
        """Watch, for ever."""
        while self._manifest is not None:
            await asyncio.sleep(_PAUSE)
            seen = self._look()
            if seen is not None and seen != self._seen:
                self._seen = seen
                await self._renew()

    async def changed(self) -> None:
        """Wait until the state of the store that a worker made is served to all."""
        self._seen = self._look()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._renew()

    async def _renew(self) -> None:
        pool = self._pools[0]
        before = pool.version
        await asyncio.gather(*(each.renew() for each in self._pools))
        if pool.version != before:
            self._cache.clear()
            _LOG.info("the store was replaced: %s is served now", pool.version)

    def _look(self) -> tuple[int, int, int] | None:
        """Return what tells one manifest from another; None where there is none now."""
        if self._manifest is None:
            return None
        try:
            found = self._manifest.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

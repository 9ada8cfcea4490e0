"""Running the front: from a socket and a store to the end of the last request.

A signal ends it: all that runs is answered, or ended in time.
"""

import asyncio
import os
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from g60kg.serve.front.app import Front
from g60kg.serve.front.connection import Connection
from g60kg.serve.front.messages import HEADERS_OF, show_pool
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.process import Nursery
from g60kg.serve.limits import Limits, Service
from g60kg.serve.log import LogThread
from g60kg.serve.site import package_digest

_LAST: Final = 2.0
"""Seconds for answering those whose work was ended."""
_LINE: Final = 8
"""Texts that wait to be read."""
_FILES: Final = 128
"""Files that the server opens beside its connections: its workers' pipes, the log, the store."""


def serve(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    """Serve on a socket until SIGTERM or SIGINT; `begun` is called when a worker can answer.

    Until then every request is told to come again. Raises `G60Error` where no worker can start.
    """
    log = LogThread()
    service = replace(service, limits=_with_files(service.limits))
    try:
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            runner.run(_served(listener, service, begun))
    finally:
        log.finish()


def _with_files(limits: Limits) -> Limits:
    """Return the limits with no more connections than there may be open files, having asked for enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = int(limits.connections) + _FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return replace(limits, connections=min(limits.connections, max(soft - _FILES, 1)))


async def _served(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    code, nursery = package_digest(), Nursery()
    # texts are read one at a time, few in line, in their own time
    slow = replace(service.limits, query_seconds=service.limits.read_seconds, concurrent=1, waiting=_LINE)
    pool = Pool(service, code, nursery)
    readers = Pool(replace(service, limits=slow), code, nursery, is_lazy=True)
    show_pool(pool)
    server = _Server(_config(Front(service, pool, readers), service))
    keeping = asyncio.ensure_future(pool.keep())
    keeping.add_done_callback(server.end)
    first = asyncio.ensure_future(pool.first())
    first.add_done_callback(lambda first: None if first.cancelled() else begun())
    tasks = (keeping, first, asyncio.ensure_future(readers.keep()))
    try:
        await server.serve([listener])
        if running := server.server_state.tasks:
            await asyncio.wait(running, timeout=_LAST)
        if keeping.done():
            keeping.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        workers = (*pool.workers, *readers.workers)
        for worker in workers:
            worker.kill()
        await asyncio.gather(nursery.close(), *(worker.ended for worker in workers))


def _config(front: Front, service: Service) -> uvicorn.Config:
    """Return uvicorn's configuration.

    With a base another server stands in front, on this machine or where `$FORWARDED_ALLOW_IPS` says: the
    client is for whom that asks.
    """
    limits, is_behind = service.limits, bool(service.base)
    proxies = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1").replace(" ", "").split(",")
    return uvicorn.Config(
        front,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        headers=list(HEADERS_OF["all"].items()),
        proxy_headers=is_behind,
        forwarded_allow_ips=proxies,
        timeout_keep_alive=max(1, int(limits.idle_seconds)),
        timeout_graceful_shutdown=int(limits.stop_seconds),
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which ends with status 0 at a signal."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at the first signal; others change nothing."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.end)
        yield

    def end(self, *_: object) -> None:
        """Let the requests that run end, and begin no other."""
        self.should_exit = True

"""What is written down of requests: counts, in the format of Prometheus, and a line of JSON for each."""

import asyncio
import sys
import time
from functools import partial
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from g60kg.serve.front.pool import Pool
from g60kg.serve.values import Response
from g60kg.serve.worker import encode, iso

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counts of one server; the pool is asked for its state whenever they are."""

    def __init__(self, pool: Pool) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "g60kg_requests", "Requests answered.", ("route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "g60kg_request_seconds",
            "Seconds from request to response.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._bytes = Counter("g60kg_sent_bytes", "Bytes of bodies sent.", registry=registry)
        self._hits = Counter("g60kg_cache_hits", "Requests answered from the cache.", registry=registry)
        for name, text, value in (
            ("waiting", "Requests that wait for a worker.", lambda: pool.waiting),
            ("running", "Requests that a worker has.", lambda: pool.running),
            ("places", "Requests that may run at one time.", lambda: pool.places),
            ("workers", "Worker processes, idle ones among them.", lambda: len(pool.workers)),
            ("workers_started", "Worker processes started so far.", lambda: pool.started),
        ):
            Gauge(f"g60kg_{name}", text, registry=registry).set_function(value)
        ends = Gauge(
            "g60kg_workers_ended", "Workers that ended with a request.", ("reason",), registry=registry
        )
        for reason in ("time", "crash", "hung up"):
            ends.labels(reason).set_function(partial(pool.killed.__getitem__, reason))

    def count(self, route: str, status: int, seconds: float, sent: int) -> None:
        """Count a request that was answered."""
        self._requests.labels(route, status).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.inc(sent)

    def hit(self) -> None:
        """Count a request that was answered from the cache."""
        self._hits.inc()

    def response(self) -> Response:
        """Return all counts."""
        return Response(generate_latest(self._registry), CONTENT_TYPE_LATEST)


_PAUSE: Final = 0.1
_MOST: Final = 50_000


class AccessLog:
    """A line for each request, written a little later by a thread: who reads the log slowly stops nobody.

    Where too many lines stand, they are left out and counted.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._lost = 0

    def put(self, fields: dict[str, Any]) -> None:
        """Log a request."""
        if len(self._lines) >= _MOST:
            self._lost += 1
        else:
            self._lines.append(encode({"time": iso(time.time()), **fields}) + "\n")

    async def run(self) -> None:
        """Write what stands, again and again."""
        while True:
            await asyncio.sleep(_PAUSE)
            if self._lines:
                await asyncio.to_thread(self._write, self._taken())

    def _taken(self) -> list[str]:
        lines, self._lines = self._lines, []
        if self._lost:
            lines.append(encode({"time": iso(time.time()), "event": f"{self._lost} lines left out"}) + "\n")
            self._lost = 0
        return lines

    def _write(self, lines: list[str]) -> None:
        """Write lines; a log that nobody reads any more stops no request."""
        try:
            sys.stderr.write("".join(lines))
            sys.stderr.flush()
        except (OSError, ValueError):
            return

    def close(self) -> None:
        """Write what stands, at the end."""
        self._write(self._taken())

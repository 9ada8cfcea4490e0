"""What is written down of requests: counts, in the format of Prometheus, and a line of JSON for each."""

import sys
import time
from contextlib import suppress
from functools import partial
from queue import Full, Queue
from threading import Thread
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


_MOST: Final = 50_000
"""Lines that wait to be written; further ones are left out, and counted."""
_LAST: Final = 1.0


def _line(fields: dict[str, Any]) -> str:
    return encode({"time": iso(time.time()), **fields}) + "\n"


class AccessLog:
    """A line for each request, written by a thread: who reads the log slowly, or not, makes nobody wait."""

    def __init__(self) -> None:
        self._lines: Queue[str | None] = Queue(_MOST)
        self._lost = 0
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()

    def put(self, fields: dict[str, Any]) -> None:
        """Log a request."""
        try:
            self._lines.put_nowait(_line(fields))
        except Full:
            self._lost += 1

    def _write(self) -> None:
        with suppress(OSError, ValueError):
            for line in iter(self._lines.get, None):
                sys.stderr.write(line)
                if self._lost:
                    lost, self._lost = self._lost, 0
                    sys.stderr.write(_line({"event": f"{lost} lines left out"}))
                if self._lines.empty():
                    sys.stderr.flush()

    def close(self) -> None:
        """Write what waits, at the end."""
        with suppress(Full):
            self._lines.put_nowait(None)
        self._thread.join(_LAST)

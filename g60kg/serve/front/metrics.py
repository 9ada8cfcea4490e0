"""What is counted, in the format of Prometheus.

Goes in: what happened to requests, and the pool to be asked. Comes out: the text of `/metrics`.
"""

from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from g60kg.serve.front.pool import Pool
from g60kg.serve.values import Response

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counts of one server."""

    def __init__(self, pool: Pool) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "g60kg_requests", "Requests answered.", ("route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "g60kg_request_seconds",
            "Seconds from request to response.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._bytes = Counter("g60kg_sent_bytes", "Bytes of bodies sent.", registry=self.registry)
        self._hits = Counter("g60kg_cache_hits", "Requests answered from the cache.", registry=self.registry)
        self._counts: dict[tuple[str, int], Counter] = {}
        self._times: dict[str, Histogram] = {}
        self._watch(pool)

    def _watch(self, pool: Pool) -> None:
        """Ask the pool for its state whenever the metrics are."""
        for name, text, value in (
            ("waiting", "Requests that wait for a worker.", lambda: pool.waiting),
            ("running", "Requests that a worker has.", lambda: pool.running),
            ("places", "Requests that may run at one time.", lambda: pool.places),
            ("workers", "Worker processes, idle ones among them.", lambda: len(pool.staff.all)),
            ("workers_started", "Worker processes started so far.", lambda: pool.staff.started),
        ):
            Gauge(f"g60kg_{name}", text, registry=self.registry).set_function(value)
        ends = Gauge(
            "g60kg_workers_ended", "Workers that ended with a request.", ("reason",), registry=self.registry
        )
        for reason in ("time", "crash", "hung up", "others wait"):
            ends.labels(reason).set_function(partial(pool.killed.__getitem__, reason))

    def count(self, route: str, status: int, seconds: float, sent: int) -> None:
        """Count a request that was answered."""
        key = (route, status)
        if key not in self._counts:
            self._counts[key] = self._requests.labels(route, status)
        if route not in self._times:
            self._times[route] = self._seconds.labels(route)
        self._counts[key].inc()
        self._times[route].observe(seconds)
        self._bytes.inc(sent)

    def hit(self) -> None:
        """Count a request that was answered from the cache."""
        self._hits.inc()

    def response(self) -> Response:
        """Return all counts."""
        return Response(generate_latest(self.registry), CONTENT_TYPE_LATEST)

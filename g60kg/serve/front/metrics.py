"""What is told of requests: counts, in the format of Prometheus, and a line of the log for each."""

from functools import partial
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from g60kg.serve.front.pool import ENDS, Pool
from g60kg.serve.log import log_fields
from g60kg.serve.values import Response

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_ALL: Final = CollectorRegistry()
_REQUESTS: Final = Counter("g60kg_requests", "Requests answered.", ("route", "status"), registry=_ALL)
_SECONDS: Final = Histogram(
    "g60kg_request_seconds", "Seconds from request to response.", ("route",), buckets=_BUCKETS, registry=_ALL
)
_BYTES: Final = Counter("g60kg_sent_bytes", "Bytes of bodies sent.", registry=_ALL)
HITS: Final = Counter("g60kg_cache_hits", "Requests answered from the cache.", registry=_ALL)


def tell(client: str, status: int, seconds: float, sent: int, *, route: str = "-", **fields: Any) -> None:
    """Count and log a request that has its end."""
    _REQUESTS.labels(route, status).inc()
    _SECONDS.labels(route).observe(seconds)
    _BYTES.inc(sent)
    told = {"client": client, **fields, "route": route, "status": status, "bytes": sent}
    log_fields(told | {"ms": round(seconds * 1000, 2)})


def show_pool(pool: Pool) -> None:
    """Show the state of a pool, as it is whenever the counts are asked for."""
    for name, text, value in (
        ("waiting", "Requests that wait for a worker.", lambda: pool.waiting),
        ("running", "Requests that a worker has.", lambda: pool.running),
        ("places", "Requests that may run at one time.", lambda: pool.places),
        ("workers", "Worker processes, idle ones among them.", lambda: len(pool.workers)),
        ("workers_started", "Worker processes started so far.", lambda: pool.started),
    ):
        Gauge(f"g60kg_{name}", text, registry=_ALL).set_function(value)
    ended = Gauge("g60kg_workers_ended", "Workers that ended with a request.", ("reason",), registry=_ALL)
    for reason in ENDS:
        ended.labels(reason).set_function(partial(pool.killed.__getitem__, reason))


def counts() -> Response:
    """Return all counts."""
    return Response(generate_latest(_ALL), CONTENT_TYPE_LATEST)

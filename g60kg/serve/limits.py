"""What is to be served, and what one client may take: the limits of the server, in one table.

Each limit has a default that keeps the server up; the command line makes an option of each from this table.
"""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

TOKEN: Final = "G60KG_TOKEN"
"""The environment variable that holds the token of who may change the graph."""


def _limit(default: float, unit: str, help: str) -> float:
    value: float = field(default=default, metadata={"unit": unit, "help": help})
    return value


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; see `table` for what each means.

    >>> Limits(query_seconds=5).query_seconds
    5
    """

    query_seconds: float = _limit(
        10, "seconds", "What one request may take; then it is stopped, and answered 504."
    )
    rows: float = _limit(100_000, "rows", "Rows or triples of one answer; a larger one is refused with 422.")
    answer_bytes: float = _limit(32 << 20, "bytes", "Size of one answer; a larger one is refused with 422.")
    query_bytes: float = _limit(64 << 10, "bytes", "Length of one query; a longer one is refused with 413.")
    upload_bytes: float = _limit(
        8 << 20, "bytes", "Size of a body that comes with the token; of others: see query_bytes. Then 413."
    )
    bodies_bytes: float = _limit(
        64 << 20, "bytes", "Size of all bodies that wait or are at work; beyond it 503 with Retry-After."
    )
    read_bytes: float = _limit(
        1 << 20, "bytes", "Size of a text, or its page, to be read at /read; of a larger one: 413."
    )
    read_seconds: float = _limit(
        30, "seconds", "What reading a text may take; then it is stopped, and answered 504."
    )
    head_bytes: float = _limit(
        32 << 10, "bytes", "Size of the headers of a request; refused with 431. Its address: see query_bytes."
    )
    connections: float = _limit(1024, "connections", "Connections at one time; a further one is closed.")
    client_connections: float = _limit(
        128, "connections", "Connections of one address at one time; a further one is closed."
    )
    concurrent: float = _limit(
        0, "requests", "Requests that run at one time; 0: two more than there are processors."
    )
    waiting: float = _limit(256, "requests", "Requests that wait for their turn; then 503 with Retry-After.")
    wait_seconds: float = _limit(
        15, "seconds", "How long a request waits for its turn; then 503 with Retry-After."
    )
    idle_seconds: float = _limit(
        15, "seconds", "How long a client may be silent, or not read; then it is hung up on."
    )
    cache_bytes: float = _limit(
        64 << 20, "bytes", "Answers that last, kept until the graph changes; 0: none are."
    )
    worker_bytes: float = _limit(
        2 << 30, "bytes", "Memory of one worker process; beyond it the request fails with 503."
    )
    stop_seconds: float = _limit(10, "seconds", "How long running requests may go on after SIGTERM.")


@dataclass(frozen=True, slots=True)
class Service:
    """What is served: the store's place (`folder` where it is one), the limits, and where it is served."""

    store: str
    folder: Path | None
    limits: Limits = field(default_factory=Limits)
    base: str = ""
    writable: bool = False


def table() -> tuple[tuple[str, float, str, str], ...]:
    """Return name, default, unit and help of each limit.

    >>> table()[0][:3]
    ('query_seconds', 10.0, 'seconds')
    """
    return tuple(
        (f.name, float(str(f.default)), f.metadata["unit"], f.metadata["help"]) for f in fields(Limits)
    )

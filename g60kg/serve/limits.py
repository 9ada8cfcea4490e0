"""What is to be served, and what one client may take: the limits of the server, in one table.

Each limit has a default that keeps the server up; the command line makes an option of each from this table.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import yaml

TOKEN: Final = "G60KG_TOKEN"
"""The environment variable that holds the token of who may change the graph."""
_ADDRESS: Final = 4096
"""Bytes of an address beside its query."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; see `limits.yaml` for what each means.

    >>> Limits(query_seconds=5).query_seconds
    5
    """

    query_seconds: float = 10
    rows: float = 100_000
    answer_bytes: float = 32 << 20
    query_bytes: float = 64 << 10
    upload_bytes: float = 8 << 20
    bodies_bytes: float = 64 << 20
    read_bytes: float = 1 << 20
    read_seconds: float = 30
    head_bytes: float = 32 << 10
    connections: float = 1024
    client_connections: float = 128
    concurrent: float = 0
    waiting: float = 256
    wait_seconds: float = 15
    idle_seconds: float = 15
    cache_bytes: float = 64 << 20
    worker_bytes: float = 2 << 30
    stop_seconds: float = 10

    @property
    def longest_query(self) -> int:
        """How many bytes a query may take in an address or a form, where each byte may be three."""
        return int(self.query_bytes) * 3 + _ADDRESS


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
    said = yaml.safe_load(Path(__file__).with_name("limits.yaml").read_text("utf-8"))
    return tuple((name, float(default), *said[name]) for name, default in asdict(Limits()).items())

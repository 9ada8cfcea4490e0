"""What a server is to serve: the graph's place, and how.

Goes in: the options of the command line. Comes out: a `Service`, from which the front makes all its parts.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from g60kg.serve.limits import Limits

TOKEN: Final = "G60KG_TOKEN"
"""The environment variable that holds the token of who may change the graph."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is served: the store's place (`folder` where it is one), the limits, and where it is served."""

    store: str
    folder: Path | None
    limits: Limits = field(default_factory=Limits)
    base: str = ""
    writable: bool = False

"""How long a stored query takes on a built store, start-up included, against importing rdflib.

Run as `python benchmarks/startup.py [STORE]`. Prints the median of each and their ratio; at most 1.6 is
what the project holds itself to. The two are run in turns, so that both meet the same load.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

QUERY: Final = ["query", "companies-by-industry", "--industry", "artificial intelligence", "--format", "csv"]
RUNS: Final = 15


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how long a command takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def medians(store: str, runs: int = RUNS) -> tuple[float, float]:
    """Return the medians of the query and of importing rdflib, run in turns."""
    environment = os.environ | {"G60KG_STORE": store}
    main = [sys.executable, "-c", "from g60kg.cli import main; main()"]
    commands = ([*main, *QUERY], [sys.executable, "-c", "import rdflib"])
    times: list[list[float]] = [
        [seconds(command, environment) for command in commands] for _ in range(runs + 1)
    ]
    query, rdflib = (statistics.median(column) for column in zip(*times[1:], strict=True))
    return query, rdflib


def main(arguments: list[str], say: Callable[[str], None] = print) -> None:
    """Measure on a store, or on one built for it."""
    from g60kg import KnowledgeGraph

    with tempfile.TemporaryDirectory() as folder:
        store = arguments[0] if arguments else str(Path(folder) / "store")
        if not arguments:
            KnowledgeGraph.build(store, validate=False)
        query, rdflib = medians(store)
    say(f"query: {query:.3f} s, import rdflib: {rdflib:.3f} s, ratio: {query / rdflib:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])

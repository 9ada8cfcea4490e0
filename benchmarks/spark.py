"""What an archive takes on one machine (`build` and `add`) and on Spark, on the same two cores.

Run: `python -m benchmarks.spark [COUNT [MASTER]]`; prints the seconds of the clock and, since others may use
the machine, of its processors, with all processes that were started (Linux); and the ratio. Both end with a
store that is validated; whether they are equal is said. The articles are those of `benchmarks/archive.py`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.archive import write
from g60kg import KnowledgeGraph

PROGRAM = [sys.executable, "-m", "g60kg"]


def timed(name: str, *commands: Sequence[str | Path]) -> tuple[float, float]:
    """Run commands one after the other; print and return their seconds by the clock and of processors."""
    clock, spent = time.perf_counter(), dict[int, float]()
    for command in commands:
        process = subprocess.Popen([*PROGRAM, *map(str, command)], start_new_session=True, stdout=sys.stderr)
        while process.poll() is None:
            spent |= _spent(process.pid)
            time.sleep(0.1)
    clock, cpu = time.perf_counter() - clock, sum(spent.values())
    print(f"{name:>12}: {clock:8.1f} s, {cpu:8.1f} s of processors", flush=True)
    return clock, cpu


def _spent(session: int) -> dict[int, float]:
    """Return the seconds of processors that each process of a session has taken so far."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session:
            found[int(place.parent.name)] = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return found


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    master = sys.argv[2] if len(sys.argv) > 2 else "local[2]"
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        write(count, room / "texts")
        listed = room / "texts" / "list.jsonl"
        print(f"{count:,} articles")
        start = ["--store", room / "one"]
        one = timed("one machine", [*start, "build"], [*start, "add", "--list", listed])
        asked = ["--engine", "spark", "--master", master, "--input", listed, "--output", room / "out"]
        spark = timed(master, ["build", *asked])
        print(f"{'Spark to one':>12}: {spark[0] / one[0]:8.2f}   {spark[1] / one[1]:8.2f}")
        with KnowledgeGraph.open(room / "one") as mine, KnowledgeGraph.open(room / "out" / "store") as theirs:
            print("equal:", set(mine.store.match()) == set(theirs.store.match()))


if __name__ == "__main__":
    main()

"""The two servers that are compared, each a process.

Goes in: a store. Comes out: for as long as a context lasts, a `Server` that answers, and says what it took.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from urllib.request import urlopen

from g60kg.store import DiskStore


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    name: str
    url: str
    process: int

    def work(self) -> float:
        """Return the seconds that the processor has worked for it, its workers included."""
        ticks = sum(int(fields[11]) + int(fields[12]) for fields in (self._own, *self._children()))
        return ticks / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Wait until it has nothing more to do."""
        before = -1.0
        while (now := self.work()) > before:
            before = now
            time.sleep(0.5)

    def memory(self) -> tuple[float, float, int]:
        """Return the bytes in memory of its front and of its largest worker, and the number of workers."""
        page = os.sysconf("SC_PAGE_SIZE")
        workers = [int(fields[21]) * page for fields in self._children()]
        return int(self._own[21]) * page, max(workers, default=0), len(workers)

    @property
    def _own(self) -> list[str]:
        return _fields(Path(f"/proc/{self.process}/stat"))

    def _children(self) -> list[list[str]]:
        """Return what the kernel says of its workers, and of the process that they are forked from."""
        found = {int(place.parent.name): _fields(place) for place in Path("/proc").glob("[0-9]*/stat")}
        above = {process: int(fields[1]) for process, fields in found.items() if fields}
        return [
            found[process] for process, parent in above.items() if self.process in (parent, above.get(parent))
        ]


def _fields(place: Path) -> list[str]:
    """Return what the kernel says of a process, from its state on; nothing of one that has gone."""
    try:
        return place.read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def ours(store: Path, *options: str) -> Iterator[Server]:
    """Run our server."""
    command = [sys.executable, "-c", "from g60kg.cli import main; main()", "--store", str(store), "serve"]
    port = free_port()
    with _running([*command, "--port", str(port), *options], port) as process:
        server = Server("g60kg serve", f"http://127.0.0.1:{port}", process)
        server.settle()
        yield server


@contextmanager
def oxigraph(store: Path) -> Iterator[Server]:
    """Run Oxigraph's server on the same files."""
    place = DiskStore(store)
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve-read-only", "--location", str(store / place.manifest.quads)]
    port = free_port()
    with _running([*command, "--union-default-graph", "--bind", f"127.0.0.1:{port}"], port) as process:
        yield Server("oxigraph serve", f"http://127.0.0.1:{port}", process)


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[int]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            _await(f"http://127.0.0.1:{port}/")
            yield process.pid
        finally:
            process.terminate()


def _await(url: str) -> None:
    for _ in range(300):
        try:
            urlopen(url, timeout=5).close()
        except OSError as error:
            if getattr(error, "code", None):
                return
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

"""Real servers on loopback, each started for the tests and ended by them.

Goes in: a folder for a server's files. Comes out: the URL that it answers at, for as long as the context
lasts. A server that this machine lacks raises `Lacking`, which says where it would come from.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final
from urllib.error import URLError
from urllib.request import urlopen

from g60kg.store import write_store

TOKEN: Final = "a long text that nobody guesses"
HERE: Final = Path(__file__).parent
VIRTUOSO_ROWS: Final = 1000
"""Virtuoso ends an answer after so many rows; the suite's longest answers have more."""
_INI: Final = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = /
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = {rows}
"""


class Lacking(Exception):  # noqa: N818
    """A server is not on this machine."""


class Unstarted(Exception):  # noqa: N818
    """A server did not start; its port may have been taken meanwhile."""


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Run `oxigraph serve`; it keeps in memory what it is given."""
    program, port = Path(sys.executable).with_name("oxigraph"), free_port()
    if not program.exists():
        raise Lacking("oxigraph: pip install 'g60kg[dev]'")
    url = f"http://127.0.0.1:{port}"
    with running([program, "serve", "--bind", f"127.0.0.1:{port}"], url):
        yield url


@contextmanager
def ours(folder: Path) -> Iterator[str]:
    """Run `g60kg serve` over an empty store, which who has the token `TOKEN` may change."""
    write_store(folder, (), {})
    port, program = free_port(), "from g60kg.cli import main; main()"
    options = ["--port", str(port), "--query-bytes", "8e6", "--writable", "--concurrent", "1"]
    command: list[str | Path] = [sys.executable, "-c", program, "--store", folder, "serve", *options]
    with running(command, f"http://127.0.0.1:{port}/health", G60KG_TOKEN=TOKEN):
        yield f"http://127.0.0.1:{port}/sparql"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Run Virtuoso; its user and password are `dba`, and the port of its SQL is the next."""
    if not shutil.which("virtuoso-t"):
        raise Lacking("Virtuoso: apt-get install virtuoso-opensource-7")
    folder.mkdir(parents=True, exist_ok=True)
    http = next(port for port in iter(free_port, 0) if is_free(port + 1))
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=http + 1, http=http, rows=VIRTUOSO_ROWS))
    with running(["virtuoso-t", "-f", "-c", ini], f"http://127.0.0.1:{http}/sparql"):
        yield f"http://127.0.0.1:{http}/sparql-auth"


@contextmanager
def comunica(quads: Path) -> Iterator[str]:
    """Run Comunica over a file of N-Quads; it reads only."""
    folder = comunica_folder()
    command = ["node", str(HERE / "comunica.mjs"), str(folder), str(quads)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/sparql"
        finally:
            process.kill()


def comunica_folder() -> Path:
    """Return where Comunica is installed; raises `Lacking` where it is not."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("G60KG_COMUNICA") or cache / "g60kg" / "comunica")
    if not shutil.which("node") or not (folder / "node_modules" / "@comunica").is_dir():
        raise Lacking(f"Comunica: npm install --prefix {folder} @comunica/query-sparql@4.5")
    return folder


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of loopback."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def running(command: list[str | Path], url: str, **environment: str) -> Iterator[None]:
    """Run a server until the context ends; it is there once it answers at a URL."""
    words, env = list(map(str, command)), os.environ | environment
    with TemporaryFile() as log, subprocess.Popen(words, stdout=log, stderr=log, env=env) as process:
        try:
            _wait(process, url, log)
            yield
        finally:
            process.kill()


def _wait(process: "subprocess.Popen[bytes]", url: str, log: IO[bytes]) -> None:
    for _ in range(1_200):
        if process.poll() is not None:
            log.seek(0)
            raise Unstarted(f"the server at {url} ended: {log.read().decode()}")
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError) as error:
            if hasattr(error, "code"):
                return
            time.sleep(0.1)
    raise Unstarted(f"the server at {url} did not start")

"""`g60kg serve`."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.errors import G60Error
from g60kg.serve.values import TOKEN, Limits, Service, table
from g60kg.temporary import TemporaryFolder


def _limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each limit of the table."""
    for name, default, unit, text in reversed(table()):
        command = click.option(
            f"--{name.replace('_', '-')}",
            type=click.FloatRange(min=0),
            default=default,
            metavar=unit.upper(),
            help=f"{text}  [default: {default:_.0f}]",
        )(command)
    return command


@click.command(
    epilog=example(
        "g60kg serve",
        "g60kg --store corridor serve --host 0.0.0.0 --port 80 --base https://g60.example.org",
        "G60KG_TOKEN=… g60kg serve --writable",
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8060, show_default=True, help="0: one that is free."
)
@click.option("--base", metavar="URL", default="", help="Where it is served, behind another server.")
@click.option("--writable", is_flag=True, help=f"Take updates from who has the token in ${TOKEN}.")
@_limit_options
@pass_place
def serve(place: Place, /, host: str, port: int, base: str, writable: bool, **limits: float) -> None:
    """Serve the graph over HTTP: SPARQL, the stored queries, linked data, and pages.

    A new build of the store is served as soon as it is there. SIGTERM ends it when what runs is answered.
    The log goes to standard error, a line of JSON for each request.
    """
    try:
        from g60kg.serve.front.run import serve as run
    except ImportError as error:
        message = f"the server needs packages that are not installed ({error.name})"
        raise G60Error(message, mend="pip install 'g60kg[serve]'") from None
    if base and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", base):
        raise G60Error(f"--base {base}: is no address", mend="give it as https://HOST or https://HOST/PATH")
    if writable and not os.environ.get(TOKEN):
        raise G60Error(f"--writable needs a token in ${TOKEN}", mend=f"set {TOKEN} to a long random text")
    given = (Limits(**limits), base.rstrip("/"), writable)
    with _store(place) as (store, folder), _listener(host, port) as listener:
        url = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        run(listener, Service(store, folder, *given), lambda: click.echo(f"serving {store} at {url}"))


def _listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises `G60Error` where it may not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        is_host = (error.errno or 0) < 0  # the codes of getaddrinfo
        mend = "give an address as --host" if is_host else "choose another --port"
        reason = str(error.strerror).partition(" (while")[0]
        raise G60Error(f"cannot listen at {host}, port {port}: {reason}", mend=mend) from None


@contextmanager
def _store(place: Place) -> "Iterator[tuple[str, Path | None]]":
    """Yield the store's place and its folder, which there must be.

    A graph in memory is built in a folder that goes when the server ends.
    """
    from g60kg.kg import KnowledgeGraph
    from g60kg.store import DiskStore

    if place.location != ":memory:":
        store = KnowledgeGraph.open(place.location).store
        folder = store.folder.resolve() if isinstance(store, DiskStore) else None
        yield str(folder or place.location), folder
        return
    with TemporaryFolder("serve") as room:
        KnowledgeGraph.build(room / "store")
        yield str(room / "store"), room / "store"

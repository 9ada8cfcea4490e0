"""Small HTTP servers on loopback that do what real ones should not.

Goes in: a function that answers a request. Comes out: a server with a URL, which notes what it was asked.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs

YES: Final = b'{"head":{},"boolean":true}'
RESULTS: Final = "application/sparql-results+json"


@dataclass
class Asked:
    """A request: its method, path, headers, and the query or update in its body."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The query or update."""
        fields = parse_qs(self.body.decode())
        return "".join(fields.get("query", fields.get("update", [""])))


Answer = Callable[["Handler", Asked], None]


@dataclass
class Faulty:
    """A server that runs, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Hands a request to the function that answers it."""

    protocol_version = "HTTP/1.1"
    answer: Answer
    noted: list[Asked]

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(self.command, self.path, dict(self.headers), self.rfile.read(length))
        type(self).noted.append(asked)
        self.close_connection = True
        type(self).answer(self, asked)

    do_GET = do_PUT = do_POST  # noqa: N815

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def say(self, status: int, body: bytes = b"", type_: str = RESULTS, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in {"Content-Type": type_, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Waits for its threads when it ends."""

    daemon_threads = False


@contextmanager
def serving(answer: Answer) -> Iterator[Faulty]:
    """Run a server that answers so, until the context ends."""
    noted: list[Asked] = []
    handler = type("Answering", (Handler,), {"answer": staticmethod(answer), "noted": noted})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Faulty(f"http://127.0.0.1:{server.server_address[1]}/sparql", noted)
        finally:
            server.shutdown()
            thread.join()


def sound(handler: Handler, asked: Asked) -> None:
    """Answer as an endpoint that holds nothing does."""
    is_ask = asked.text.startswith("ASK")
    handler.say(200, YES if is_ask else b'{"head":{"vars":["g"]},"results":{"bindings":[]}}')


def after_hello(answer: Answer) -> Answer:
    """Be sound at the first question, and answer so after it."""

    def both(handler: Handler, asked: Asked) -> None:
        (sound if asked.text == "ASK {}" else answer)(handler, asked)

    return both

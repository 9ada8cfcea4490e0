"""A chat endpoint on this machine, for tests: what it answers is a function of what it is asked."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Said:
    """A response: a body in parts, each sent when it comes; without a length it ends with the connection."""

    body: Iterable[bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass(frozen=True)
class Request:
    """What a client asked: the path, the headers, and the JSON of the body."""

    path: str
    headers: dict[str, str]
    asked: dict[str, Any]

    @property
    def passage(self) -> str:
        """The passage that is asked about."""
        text: str = self.asked["messages"][-1]["content"]
        return text.rpartition("The passage:\n")[2]


@dataclass
class Served:
    """An endpoint that runs: its address, and the requests that came so far."""

    url: str
    requests: list[Request]


Script = Callable[[Request, int], Said]
"""Gives the response to a request; the number counts the requests from 0."""


@contextmanager
def served(script: Script) -> Iterator[Served]:
    """Run an endpoint that answers by a script, on a free port, until the block ends."""
    lock, requests = threading.Lock(), list[Request]()

    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(data))
            with lock:
                requests.append(request)
                number = len(requests) - 1
            said = script(request, number)
            with suppress(OSError):
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in said.body:
                    self.wfile.write(part)
                    self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}/v1", requests)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def chat(content: object, finish: str = "stop", tokens: tuple[int, int] = (100, 20)) -> Said:
    """Return a response of the chat interface."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    return Said([json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode()])


def recorded(name: str) -> Script:
    """Return a script that gives those claims of a recorded reply whose quotes stand in the passage.

    A claim whose quote stands nowhere comes with the first passage.
    """
    claims = json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")

    def script(request: Request, number: int) -> Said:
        passage = request.passage
        invented = [claim for claim in claims if claim["quote"] not in text and text.startswith(passage[:20])]
        return chat(json.dumps({"claims": [c for c in claims if c["quote"] in passage] + invented}))

    return script


def error(status: int, message: object = "no", **headers: str) -> Script:
    """Return a script that always fails."""
    body = json.dumps({"error": {"message": message}}).encode()
    return lambda *_: Said([body], status, {"Content-Type": "application/json", **headers})

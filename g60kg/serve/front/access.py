"""The access log: a line of JSON for each request, on standard error.

Goes in: what became of a request. Comes out: lines, written a tenth of a second later by a thread, so that
who reads the log slowly never makes a client wait; where too many lines stand, they are left out and counted.
The thread only writes: what it does in Python holds the requests up.
"""

import asyncio
import json
import sys
from typing import Any, Final, TextIO

from g60kg.serve.log import timestamp

_PAUSE: Final = 0.1
_MOST: Final = 50_000
_encode = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: `json.dumps` would make another for each line."""


def _line(fields: dict[str, Any]) -> str:
    return _encode({"time": timestamp(), **fields}) + "\n"


class AccessLog:
    """Lines of JSON that are written a little later."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = sys.stderr if out is None else out
        self._lines: list[str] = []
        self._lost = 0
        self._writing: asyncio.Future[None] | None = None

    def put(self, fields: dict[str, Any]) -> None:
        """Log a request."""
        if len(self._lines) >= _MOST:
            self._lost += 1
            return
        self._lines.append(_line(fields))
        if self._writing is None:
            loop = asyncio.get_running_loop()
            self._writing = loop.create_future()
            loop.call_later(_PAUSE, self._begin)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        lines, self._lines = self._lines, []
        if self._lost:
            lines.append(_line({"event": f"{self._lost} lines left out"}))
            self._lost = 0
        loop.run_in_executor(None, self._write, lines).add_done_callback(self._done)

    def _done(self, _: Any) -> None:
        self._writing = None
        if self._lines:
            self._writing = asyncio.get_running_loop().create_future()
            self._begin()

    def _write(self, lines: list[str]) -> None:
        """Write lines; a log that nobody reads any more stops no request."""
        try:
            self._out.write("".join(lines))
            self._out.flush()
        except (OSError, ValueError):
            return

    def close(self) -> None:
        """Write what stands."""
        lines, self._lines = self._lines, []
        self._write(lines)

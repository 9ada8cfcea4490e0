"""The log: one line of JSON for each request and each event, on standard error."""

import asyncio
import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final

_PAUSE: Final = 0.1
_MOST: Final = 50_000
_encode = json.JSONEncoder(
    ensure_ascii=False
).encode  # made once: `json.dumps` would make another for each line


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {"time": _iso(record.created), "level": record.levelname.lower(), "event": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return _encode(said)


def log_lines() -> None:
    """Write every record from INFO on as a line of JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.raiseExceptions = False
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # what clients do wrong is in the access log
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


class AccessLog:
    """A line for each request, written a little later by a thread: who reads the log slowly stops nobody.

    Where too many lines stand, they are left out and counted.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._lost = 0

    def put(self, fields: dict[str, Any]) -> None:
        """Log a request."""
        if len(self._lines) >= _MOST:
            self._lost += 1
        else:
            self._lines.append(_encode({"time": _iso(time.time()), **fields}) + "\n")

    async def run(self) -> None:
        """Write what stands, again and again."""
        while True:
            await asyncio.sleep(_PAUSE)
            if self._lines:
                await asyncio.to_thread(self._write, self._taken())

    def _taken(self) -> list[str]:
        lines, self._lines = self._lines, []
        if self._lost:
            lines.append(_encode({"time": _iso(time.time()), "event": f"{self._lost} lines left out"}) + "\n")
            self._lost = 0
        return lines

    def _write(self, lines: list[str]) -> None:
        """Write lines; a log that nobody reads any more stops no request."""
        try:
            sys.stderr.write("".join(lines))
            sys.stderr.flush()
        except (OSError, ValueError):
            return

    def close(self) -> None:
        """Write what stands, at the end."""
        self._write(self._taken())


def _iso(seconds: float) -> str:
    """Return a time as ISO 8601 has it, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

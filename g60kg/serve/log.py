"""The log of all processes: a line of JSON for each record, to standard error."""

import json
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Thread
from time import time
from typing import Any, Final

_MOST: Final = 50_000
"""Lines that wait to be written; further ones are left out, and counted in a line of their own."""
_LAST: Final = 1.0
_waiting: SimpleQueue[str | None] = SimpleQueue()
_left_out: Final = [0]
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: `json.dumps` would make another encoder for each line of the log."""


def log_line(created: float, fields: dict[str, Any]) -> str:
    """Return what happened at a time as a line.

    >>> log_line(0.25, {"status": 200})
    '{"time": "1970-01-01T00:00:00.250Z", "status": 200}'
    """
    when = datetime.fromtimestamp(created, UTC).isoformat(timespec="milliseconds")
    return _encode({"time": when.replace("+00:00", "Z"), **fields})


def log_fields(fields: dict[str, Any]) -> None:
    """Log what happens now, where a `LogThread` runs: without a record, which takes longer to make."""
    if _has_room():
        _waiting.put(log_line(time(), fields))


def _has_room() -> bool:
    """Whether a further line may wait; those for which there is no room are counted."""
    is_full = _waiting.qsize() >= _MOST
    _left_out[0] += is_full
    return not is_full


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line."""
        said = {"level": record.levelname.lower(), "event": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return log_line(record.created, said)


def log_lines(handler: logging.Handler | None = None) -> None:
    """Write every record from INFO on to standard error, or hand it to a handler, as a line."""
    handler = handler or logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.raiseExceptions = False
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # what clients do wrong is in the access log
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


class LogThread(logging.Handler):
    """A thread that writes the log: who reads it slowly, or not, makes nobody wait."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()
        log_lines(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record."""
        if _has_room():
            _waiting.put(self.format(record))

    def _write(self) -> None:
        with suppress(OSError, ValueError):  # nobody reads it any more
            for line in iter(_waiting.get, None):
                sys.stderr.write(f"{line}\n")
                if _waiting.empty():
                    self._tell_left_out()
                    sys.stderr.flush()
            self._tell_left_out()

    @staticmethod
    def _tell_left_out() -> None:
        if count := _left_out[0]:
            _left_out[0] -= count
            said = {"level": "warning", "event": f"{count} lines of the log were left out"}
            sys.stderr.write(f"{log_line(time(), said)}\n")

    def finish(self) -> None:
        """Write what waits, at the end, unless nobody reads it."""
        _waiting.put(None)
        self._thread.join(_LAST)

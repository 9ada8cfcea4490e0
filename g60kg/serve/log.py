"""The log of the front and its workers: every record as a line of JSON on standard error."""

import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener
from queue import Queue
from threading import Thread
from typing import Any, Final

_MOST: Final = 50_000
"""Lines that wait to be written; further ones are left out."""
_LAST: Final = 1.0
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: `json.dumps` would make another encoder for each line of the log."""


class _Lines(logging.Formatter):
    """A record as JSON: what is in its `fields`, else its level and message."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"time": time.replace("+00:00", "Z")}
        if fields := getattr(record, "fields", None):
            return _encode(said | fields)
        said |= {"level": record.levelname.lower(), "event": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return _encode(said)


def log_lines(handler: logging.Handler | None = None) -> None:
    """Write every record from INFO on to standard error, or hand it to a handler as a line."""
    handler = handler or logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.raiseExceptions = False
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # what clients do wrong is in the access log
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


class _Listener(QueueListener):
    def enqueue_sentinel(self) -> None:
        """Tell the thread to end, once there is room for that in the line."""
        self.queue.put(None)  # type: ignore[attr-defined]


class LogThread:
    """A thread that writes the log: who reads it slowly, or not, makes nobody wait."""

    def __init__(self) -> None:
        lines: Queue[Any] = Queue(_MOST)
        self._listener = _Listener(lines, logging.StreamHandler(sys.stderr))
        self._listener.start()
        log_lines(QueueHandler(lines))

    def close(self) -> None:
        """Write what waits, at the end, unless nobody reads it."""
        end = Thread(target=self._listener.stop, daemon=True)
        end.start()
        end.join(_LAST)

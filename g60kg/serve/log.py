"""The log: one line of JSON for each request and each event, on standard error.

Goes in: records of Python's logging. Comes out: lines; a trace, where there is one, is a field of its line.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", None)
        said = {"time": timestamp(record.created), "level": record.levelname.lower()}
        said |= fields if isinstance(fields, dict) else {"event": record.getMessage()}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def log_lines() -> None:
    """Write every record from INFO on as a line of JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.raiseExceptions = False
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # what clients do wrong is in the access log
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def timestamp(seconds: float | None = None) -> str:
    """Return a time, or now, as ISO 8601 has it, in UTC."""
    at = datetime.fromtimestamp(time.time() if seconds is None else seconds, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

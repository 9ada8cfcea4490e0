"""Where an answer is written to: it ends the writing once the answer is larger than it may be.

Goes in: the bytes of an answer, piece by piece as the engine writes them. Comes out: the whole answer, or a
`LimitError` as soon as there is too much: the engine then stops where it is, so that a million rows are never
made, neither by the engine nor in Python.

Rows of a table are counted in the bytes. A quick count of what ends or parts rows is never too small; what
stands in a text could make it too large, so that where it goes beyond the limit the texts are cut out and
it is counted again.
"""

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import QueryResultsFormat

from g60kg.errors import LimitError
from g60kg.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class Mark:
    """What there is one of for each row, `spare` times beside; `texts` are what may hold it by accident, up
    to where the answer ends as yet."""

    text: bytes
    spare: int = 0
    texts: re.Pattern[bytes] | None = None


_MARKS: Final = {
    QueryResultsFormat.JSON: Mark(b"},{", -1, re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)),
    QueryResultsFormat.XML: Mark(b"<result>"),
    QueryResultsFormat.CSV: Mark(b"\r\n", 1, re.compile(rb'"[^"]*+"?')),
    QueryResultsFormat.TSV: Mark(b"\n", 1),
}


class Sink:
    """A stream that takes an answer; with `table`, its rows are counted."""

    __slots__ = ("_body", "_bytes", "_counted", "_mark", "_rows", "_seen")

    def __init__(self, limits: Limits, table: QueryResultsFormat | None = None) -> None:
        self._body = bytearray()
        self._bytes, self._rows = limits.answer_bytes, limits.rows
        self._mark = _MARKS[table] if table else None
        self._seen = self._counted = 0

    def write(self, data: bytes) -> int:
        """Take a piece; raises `LimitError` where the answer is too large now."""
        self._body += data
        if len(self._body) > self._bytes:
            raise LimitError(
                f"the answer is larger than {self._bytes:,.0f} bytes", mend="ask for less, or add LIMIT"
            )
        if self._mark:
            self._count(self._mark)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def whole(self) -> bytes:
        """Return the whole answer."""
        return bytes(self._body)

    def _count(self, mark: Mark) -> None:
        self._seen += self._body.count(mark.text, max(self._counted - len(mark.text) + 1, 0))
        self._counted = len(self._body)
        if self._seen - mark.spare <= self._rows:
            return
        if mark.texts:
            self._seen = mark.texts.sub(b"", self._body).count(mark.text)
        if self._seen - mark.spare > self._rows:
            raise too_many(self._rows, "rows")


def too_many(most: float, what: str) -> LimitError:
    """Return the error of an answer with too many rows or triples."""
    return LimitError(f"the answer has more than {most:,.0f} {what}", mend="ask for less, or add LIMIT")

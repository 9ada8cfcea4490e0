"""Queries that end: each is answered in a process of its own, which is ended when its time is over.

The engine sees neither a time limit nor an interrupt while it works, and a process that is ended does.
"""

import math
import multiprocessing
import signal
import warnings
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import TypeVar

from pyoxigraph import Triple

from g60kg.errors import G60Error, LimitError, ParameterError
from g60kg.store.base import Bindings, Row, Selection, Store

T = TypeVar("T")


class BoundedStore:
    """A `Store` over another whose queries take at most `seconds` each.

    Raises `ParameterError` for a time that is none. A query that takes longer is ended and raises
    `LimitError`; one that is interrupted is ended as well. Needs a system that forks.

    >>> from g60kg.store import MemoryStore
    >>> BoundedStore(MemoryStore(), 5).ask("ASK {}")
    True
    """

    def __init__(self, store: Store, seconds: float) -> None:
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < math.inf:
            raise ParameterError(f"no time limit: {seconds!r}", mend="give seconds, more than 0")
        self._store, self._seconds = store, seconds
        self.match, self.graphs, self.apply = store.match, store.graphs, store.apply

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query; see `Store.select`."""

        def answer() -> tuple[tuple[str, ...], list[Row]]:
            selection = self._store.select(text, bindings)
            return selection.columns, list(selection.rows)

        columns, rows = self._apart(answer)
        return Selection(columns, iter(rows))

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query; see `Store.ask`."""
        return self._apart(lambda: self._store.ask(text, bindings))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`."""
        return iter(self._apart(lambda: list(self._store.construct(text, bindings))))

    def _apart(self, work: Callable[[], T]) -> T:
        """Return what a call returns in a process of its own, or raise what it raises there."""
        if "fork" not in multiprocessing.get_all_start_methods():
            raise G60Error("this system ends no query by its time", mend="leave the time limit out")
        answers, end = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=_send, args=(work, end), daemon=True)
        try:
            with warnings.catch_warnings():  # what other threads hold is not needed to read
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            end.close()
            if not answers.poll(self._seconds):
                message = f"the query took longer than {self._seconds:g} s, and was ended"
                raise LimitError(message, mend="ask for less, or give it more time")
            value, error = answers.recv()
        except EOFError as ended:
            raise LimitError("the query was ended from outside", mend="ask for less") from ended
        finally:
            if process.pid is not None:
                process.kill()
                process.join()
            answers.close()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]


def _send(work: Callable[[], object], end: Connection) -> None:
    """Send what a call returns, or the error that it raises."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer: tuple[object, G60Error | None] = work(), None
    except G60Error as error:
        answer = None, error
    end.send(answer)

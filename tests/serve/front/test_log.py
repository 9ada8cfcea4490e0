import io
import json
import logging
import sys
from threading import Event

import pytest

from g60kg.serve.log import LogThread, log_fields


class Slow(io.StringIO):
    """A stream that is not written to before a gate opens."""

    gate = Event()

    def write(self, text: str) -> int:
        self.gate.wait(10)
        return super().write(text)


def test_who_reads_the_log_slowly_makes_nobody_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("handlers", []), ("level", logging.INFO)):
        monkeypatch.setattr(logging.root, name, value)
    monkeypatch.setattr(logging, "raiseExceptions", False)
    monkeypatch.setattr("g60kg.serve.log._MOST", 2)
    monkeypatch.setattr(sys, "stderr", stream := Slow())
    log = LogThread()
    for number in range(9):
        log_fields({"number": number})
    assert stream.getvalue() == ""
    stream.gate.set()
    log.finish()
    *lines, last = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert 2 <= len(lines) <= 4  # those for which there was no room are left out, and told
    assert [line["number"] for line in lines][:2] == [0, 1]
    assert last["event"] == f"{9 - len(lines)} lines of the log were left out"

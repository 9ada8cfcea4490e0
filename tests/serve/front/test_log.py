import io
import json
import sys
from threading import Event

import pytest

from g60kg.serve.front.log import AccessLog


class Slow(io.StringIO):
    """A stream that is not written to before a gate opens."""

    gate = Event()

    def write(self, text: str) -> int:
        self.gate.wait(10)
        return super().write(text)


def test_lines_for_which_there_is_no_room_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("g60kg.serve.front.log._MOST", 2)
    monkeypatch.setattr(sys, "stderr", stream := Slow())
    log = AccessLog()
    for number in range(9):
        log.put({"number": number})
    stream.gate.set()
    log.close()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    lost = sum(int(line["event"].split()[0]) for line in lines if "event" in line)
    assert lost >= 6
    assert lost + sum("number" in line for line in lines) == 9

"""Running the command line in this process."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from g60kg.cli.main import run


class Result(NamedTuple):
    """What a command left: its status, and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in this process, and returns what it left."""

    def call(*arguments: object) -> Result:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call

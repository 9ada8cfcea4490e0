"""Running the command line in this process, and a store that it may read."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from g60kg import KnowledgeGraph
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


def packaged_store(folder: Path) -> Path:
    """Return a store of the packaged graph, built in a folder; not to be changed."""
    KnowledgeGraph.build(folder / "store", validate=False)
    return folder / "store"

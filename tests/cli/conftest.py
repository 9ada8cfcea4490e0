"""Running the command line in this process and in another."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from g60kg import KnowledgeGraph
from g60kg.cli.main import run


@dataclass(frozen=True)
class Result:
    """What a command left: its status, and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the packaged graph; not to be changed."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    KnowledgeGraph.build(folder, validate=False)
    return folder


@pytest.fixture
def g60kg(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on the store, in this process."""
    monkeypatch.setenv("G60KG_STORE", str(store))
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object) -> Result:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


@pytest.fixture
def process(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Return a function that starts a command in a process of its own."""
    monkeypatch.setenv("G60KG_STORE", str(store))

    def start(*arguments: object, **options: object) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", "from g60kg.cli import main; main()", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.PIPE} | options
        return subprocess.Popen(command, **pipes)  # type: ignore[call-overload,no-any-return]

    return start

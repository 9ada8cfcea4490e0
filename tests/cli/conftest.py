"""Running the command line on one store, in this process and in another."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import Run, runner


@pytest.fixture(scope="session")
def store(packaged_store: Path) -> Path:
    """Return a store of the packaged graph; not to be changed."""
    return packaged_store


@pytest.fixture
def g60kg(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on the store, in this process."""
    monkeypatch.setenv("G60KG_STORE", str(store))
    monkeypatch.setenv("COLUMNS", "100")
    return runner(capsys)


@pytest.fixture
def process(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Return a function that starts a command in a process of its own."""
    monkeypatch.setenv("G60KG_STORE", str(store))

    def start(*arguments: object, **options: object) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "g60kg", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.PIPE} | options
        return subprocess.Popen(command, **pipes)  # type: ignore[call-overload,no-any-return]

    return start

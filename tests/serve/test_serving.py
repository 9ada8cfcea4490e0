"""`g60kg serve` as a command: what it needs, and what it says where that is missing."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from g60kg.cli.main import run
from g60kg.serve.values import table

DOCUMENT = Path(__file__).parents[2] / "docs" / "serving.md"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line of a command that cannot be run."""
    assert run(arguments) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.count("\n") == 1
    return found.err


def test_a_port_in_use(capsys: pytest.CaptureFixture[str], served_store: Path, taken: int) -> None:
    line = failed(capsys, "--store", str(served_store), "serve", "--port", str(taken))
    assert "Address already in use; choose another --port" in line


def test_a_host_that_is_none(capsys: pytest.CaptureFixture[str], served_store: Path) -> None:
    line = failed(capsys, "--store", str(served_store), "serve", "--host", "256.1.1.1")
    assert "give an address as --host" in line


def test_no_store(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    line = failed(capsys, "--store", str(tmp_path / "none"), "serve", "--port", "0")
    assert "run `g60kg build` first" in line


def test_writable_without_a_token(
    capsys: pytest.CaptureFixture[str], served_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("G60KG_TOKEN", raising=False)
    line = failed(capsys, "--store", str(served_store), "serve", "--port", "0", "--writable")
    assert "set G60KG_TOKEN" in line


@pytest.mark.parametrize("base", ["example.org", "ftp://example.org", "https://a b", "https://a/?b"])
def test_a_base_that_is_none(capsys: pytest.CaptureFixture[str], served_store: Path, base: str) -> None:
    line = failed(capsys, "--store", str(served_store), "serve", "--port", "0", "--base", base)
    assert "https://HOST" in line


def test_packages_that_are_missing(served_store: Path) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "from g60kg.cli import main; main(['--store', sys.argv[1], 'serve', '--port', '0'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, served_store], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'g60kg[serve]'" in done.stderr


def test_the_help_and_the_document_show_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    run(["serve", "--help"])
    shown = capsys.readouterr().out
    document = DOCUMENT.read_text()
    for name, default, unit, help in table():
        option = f"--{name.replace('_', '-')}"
        assert option in shown
        assert f"| `{option}` | {default:,.0f} {unit} | {help} |" in document

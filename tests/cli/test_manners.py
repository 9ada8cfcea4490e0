"""What a user meets who does not know the command line yet, and who pipes what it prints."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.running import Run

Process = Callable[..., "subprocess.Popen[bytes]"]


@pytest.mark.parametrize(("arguments", "first"), [((), "Usage: g60kg "), (("query",), "Usage: g60kg query ")])
def test_without_arguments_help_stands_as_help(arguments: tuple[str, ...], first: str, g60kg: Run) -> None:
    done = g60kg(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(first)
    assert len(done.err.splitlines()) > 20


@pytest.mark.parametrize("flags", [("--store", "{}"), ("--store={}",)])
def test_the_store_may_be_named_behind_the_command(
    flags: tuple[str, ...], store: Path, g60kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = g60kg("query", "articles")
    monkeypatch.setenv("G60KG_STORE", "/nowhere")
    done = g60kg("query", "articles", *(each.format(store) for each in flags))
    assert (done.status, done.out) == (0, expected.out)


SAID = {
    ("sparql", "question.rq"): "give -f question.rq",
    ("sparql", "SELECT * { ?s a foo:Bar }"): "the prefix foo: at line 1, column 17 is not declared",
    ("query", "companies-by-industry", "--industry", "Wuhu"): "industry wants industry category",
    ("export", "-"): "--format",
    ("export", "-", "--format", "parquet"): "give the path of a folder",
}


@pytest.mark.parametrize(("arguments", "said"), SAID.items())
def test_mistakes_name_the_mend(arguments: tuple[str, ...], said: str, g60kg: Run) -> None:
    done = g60kg(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("path", ["-", "/dev/stdout"])
def test_a_graph_is_piped(path: str, g60kg: Run, process: Process, tmp_path: Path) -> None:
    g60kg("export", tmp_path / "g.nt")
    before = Path("/dev/stdout").lstat()
    with process("export", path, "--format", "ntriples") as piped:
        out, err = piped.communicate()
    assert (piped.returncode, err) == (0, b"")
    assert out == (tmp_path / "g.nt").read_bytes()
    assert sum(1 for _ in parse(out, RdfFormat.N_TRIPLES)) > 1000
    assert Path("/dev/stdout").lstat().st_ino == before.st_ino


def test_a_link_is_followed_and_modes_are_kept(g60kg: Run, tmp_path: Path) -> None:
    held, link = tmp_path / "held.nt", tmp_path / "link.nt"
    held.write_text("old")
    held.chmod(0o640)
    link.symlink_to(held)
    assert g60kg("export", link).status == 0
    assert link.is_symlink()
    assert held.stat().st_mode & 0o777 == 0o640
    assert held.read_text() != "old"


def test_a_pipe_with_a_name_is_written_through(g60kg: Run, process: Process, tmp_path: Path) -> None:
    g60kg("export", tmp_path / "g.nt")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with process("export", pipe, "--format", "ntriples") as piped:
        assert pipe.read_bytes() == (tmp_path / "g.nt").read_bytes()
        piped.communicate()
    assert piped.returncode == 0
    assert pipe.is_fifo()

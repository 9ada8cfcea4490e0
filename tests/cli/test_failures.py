"""What goes wrong is one line on standard error, and a status; never a traceback."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_manners import ENDLESS
from tests.running import Result, Run

Process = Callable[..., "subprocess.Popen[bytes]"]


def failed(result: Result, *parts: str) -> None:
    """Check that a command failed on one line that says all this."""
    assert result.status == 2, result
    assert result.out == ""
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith("g60kg: ")
    for part in parts:
        assert part in result.err, result.err


@pytest.mark.parametrize("command", ["extract", "add"])
def test_an_article_that_cannot_be_used(g60kg: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "news.txt").write_bytes(b"a\nb \xff\xfe")
    failed(g60kg(command, tmp_path / "news.txt"), "news.txt:2: not UTF-8; save the text as UTF-8")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["extract", "absent.txt"], ["absent.txt: cannot be read: No such file", "name a text file"]),
        (["extract", "/"], ["/: is a folder; name a text file"]),
        (["query", "companies-by-industri"], ["no stored query", "nearest: companies-by-industry"]),
        (["queries", "companies-by-industri"], ["no stored query", "nearest: companies-by-industry"]),
        (["query", "companies-by-industry", "--industri", "x"], ["--industri", "'--industry'?"]),
        (
            ["query", "companies-by-industry", "--industry", "biomedcine"],
            ["biomedcine", "nearest: Biomedicine"],
        ),
        (["query", "regions-below", "--limit", "-1"], ["--limit", "-1"]),
        (["query", "regions-below", "--limit", "x"], ["--limit", "'x'"]),
        (["describe", "Songjang District"], ["no entity named", "nearest: Songjiang District"]),
        (["remove", "2023-07-11"], ["no article '2023-07-11'; nearest: 2023-07-11-g60-corridor"]),
        (["sparql", "SELECT *\n{ ?s ?p }"], ["does not parse near line 2, column"]),
        (["sparql", ""], ["no SPARQL query"]),
        (["sparql"], ["give either the query's text, or -f FILE"]),
        (["sparql", "ASK {}", "-f", "x"], ["give either"]),
        (["sparql", "-f", "absent.rq"], ["absent.rq", "No such file"]),
        (["sparql", "INSERT DATA { <a:a> <a:b> 1 }"], ["INSERT is an update; only SELECT"]),
        (["sparql", "LOAD <http://localhost:1/>"], ["LOAD is an update"]),
        (
            ["sparql", "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"],
            ["SERVICE asks another host"],
        ),
        (["sparql", "SELECT * { ?s ?p ?o }", "--format", "turtle"], ["rows cannot be written as turtle"]),
        (["sparql", "DESCRIBE id:wuhu", "--format", "csv"], ["a graph cannot be written as csv"]),
        (["sparql", "ASK {}", "--format", "xml"], ["'xml' is not one of"]),
        (["export", "/", "--format", "nquads"], ["/: is a folder; give the path of a file"]),
        (["export", "/proc/g.nq"], ["/proc/g.nq: cannot be written"]),
        (["export", "g.nq", "--graph", "registri"], ["no graph 'registri' is held; nearest: register"]),
        (["build", "--reasoner", "best"], ["'best' is not one of"]),
        (["--store", "/proc/x", "build"], ["/proc/x"]),
        (["--store", "http://localhost:1/", "articles"], ["http://localhost:1/", "nobody answers there"]),
        (["--store", "/absent", "articles"], ["/absent: no store here; run `g60kg build` first"]),
        (["nonsense"], ["no command 'nonsense'"]),
        (["--nonsense"], ["No such option"]),
        (["serch"], ["no command 'serch'; nearest: search"]),
        (["describe", "purple elephant"], ["no entity named 'purple elephant'; search finds names"]),
        (["sparql", "question.rq"], ["give -f question.rq"]),
        (["sparql", "SELECT * { ?s a foo:Bar }"], ["the prefix foo: at line 1, column 17 is not declared"]),
        (["query", "companies-by-industry", "--industry", "Wuhu"], ["industry wants industry category"]),
        (["export", "-"], ["--format"]),
        (["export", "-", "--format", "parquet"], ["give the path of a folder"]),
        (["build", "--memory", "lots"], ["no amount of memory: 'lots'; write it as 512MB or 2GB"]),
        (["build", "--register", ""], ["the name of a folder is empty; name a folder"]),
        (["sparql", "ASK {}", "--timeout", "0"], ["--timeout"]),
        (["describe", "Songjiang", "District"], ["(District); put a name of several words in quotes"]),
        (["export", "out.csv"], ["its tables are files of a folder: name one, and give --format csv"]),
        (["why", "Wuhu", "属于", "Anhui"], ["no property named '属于'; nearest: 隶属于"]),
        (["sparql", "--timeout", "0.3", ENDLESS], ["longer than 0.3 s, and was ended; ask for less"]),
    ],
)
def test_unusable_input(
    g60kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], parts: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    failed(g60kg(*arguments), *parts)
    assert not os.listdir(tmp_path)


def test_a_query_file_that_is_no_text(g60kg: Run, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"\xff\xfeSELECT")
    failed(g60kg("sparql", "-f", tmp_path / "q.rq"), "q.rq: is not UTF-8; save the query as UTF-8")


def test_a_reader_that_leaves_is_no_failure(process: Process) -> None:
    started = process("sparql", "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 100000")
    assert started.stdout is not None
    started.stdout.readline()
    started.stdout.close()
    assert started.stderr is not None
    assert started.stderr.read() == b""
    assert started.wait() == 0
    for pipe in (started.stdin, started.stderr):
        assert pipe is not None
        pipe.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_a_full_device_is_named(process: Process) -> None:
    with Path("/dev/full").open("wb") as full:
        started = process("sparql", "SELECT * { ?s ?p ?o }", stdout=full)
        _, err = started.communicate()
    assert started.returncode == 2
    assert err == b"g60kg: No space left on device\n"


def test_an_interrupt_is_one_line(process: Process) -> None:
    started = process("sparql", "SELECT * { ?s ?p ?o }", "--format", "jsonl")
    assert started.stdout is not None
    assert started.stdout.read(1)  # it has begun, and soon waits for who reads on
    started.send_signal(signal.SIGINT)
    _, err = started.communicate()
    assert err.lstrip() == b"g60kg: interrupted\n"
    assert started.returncode == 130

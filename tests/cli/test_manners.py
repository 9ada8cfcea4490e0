"""What a user meets who does not know the command line yet, and who pipes what it prints."""

import json
import os
import signal
import subprocess
import sys
import time
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


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


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


def test_search_suggests(g60kg: Run) -> None:
    done = g60kg("search", "Tencnt")
    assert (done.status, done.out) == (0, "")
    assert "no name holds 'Tencnt'; nearest: Tencent" in done.err


def test_numbers_that_json_has_not(g60kg: Run) -> None:
    numbers = " ".join(f'("{each}"^^xsd:double)' for each in ("NaN", "INF", "-INF", "1.5"))
    done = g60kg("sparql", f"SELECT * {{ VALUES (?n) {{ {numbers} }} }}", "--format", "jsonl")

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    rows = [json.loads(line, parse_constant=refuse)["n"] for line in done.out.splitlines()]
    assert rows == ["NaN", "INF", "-INF", 1.5]


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
def test_nobody_reads(closed: str, store: Path) -> None:
    command = f'exec "{sys.executable}" -m g60kg query articles {closed}'
    done = subprocess.run(["sh", "-c", command], env={**os.environ, "G60KG_STORE": str(store)}, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("limit", [(), ("--timeout", "600")])
def test_an_interrupt_ends_a_query_at_work(limit: tuple[str, ...], process: Process) -> None:
    with process("sparql", ENDLESS, *limit) as started:
        while _seconds_at_work(started.pid) < 2.0:  # it has begun: all else takes less
            time.sleep(0.1)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate()
    assert (started.returncode, out, err.strip()) == (130, b"", b"g60kg: interrupted")


def _seconds_at_work(pid: int) -> float:
    """Return the seconds of a processor that a process and those that it started have used."""
    found = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    times = (Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:13] for each in found)
    return sum(int(each) for pair in times for each in pair) / os.sysconf("SC_CLK_TCK")


def test_a_byte_order_mark_is_skipped_everywhere(g60kg: Run, tmp_path: Path) -> None:
    def marked(name: str, text: str) -> Path:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"\ufeff{text}", "utf-8")
        return tmp_path / name

    news = marked("news.txt", "Wuhu signed 12 projects last year.")
    marked("news.yaml", "date: 2024-01-01")
    marked("news.gold.json", '{"article": "news.txt"}')
    replies, register = marked("replies/news.json", '{"claims": []}'), marked("register/own.yaml", "[]")
    overlays = ("--replies", replies.parent, "--register", register.parent)
    (claim,) = map(json.loads, g60kg("extract", news, *overlays).out.splitlines())
    assert news.read_text("utf-8")[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["qualifiers"]["year"] == "2023"  # the metadata were read
    assert g60kg("evaluate", tmp_path).status == 0
    ontology = marked("own.ttl", "<https://w3id.org/x> a <http://www.w3.org/2002/07/owl#Ontology> .")
    assert "syntax" not in g60kg("check", ontology).out + g60kg("check", ontology).err
    assert g60kg("sparql", "-f", marked("q.rq", "ASK { id:wuhu a g60:City }")).out == "true\n"


@pytest.mark.parametrize("written", ["45 billion", "450亿", "45,000,000,000", "45,000,000,000 CNY"])
def test_a_figure_is_named_as_it_is_written(written: str, g60kg: Run) -> None:
    done = g60kg("why", "Tencent Yangtze River Delta AI Advanced Computing Center", "investment", written)
    assert (done.status, done.err) == (0, "")
    assert "“with a total investment of 45 billion yuan”" in done.out


def test_nothing_is_told_from_a_mistake(g60kg: Run) -> None:
    none = g60kg("query", "figures", "--place", "Hangzhou")
    assert (none.status, none.out, none.err) == (0, "", "0 rows\n")
    query = "SELECT * { ?s a g60:Companyy ; g60:partOf id:songjang FILTER(?s != g60:City) # g60:Nothing\n }"
    mistaken = g60kg("sparql", query)
    assert mistaken.out == ""
    assert [line.partition("; nearest: ")[0] for line in mistaken.err.splitlines()] == [
        "g60kg: g60:Companyy is nowhere in the graph",
        "g60kg: id:songjang is nowhere in the graph",
        "0 rows",
    ]
    assert "nearest: g60:Company," in mistaken.err
    assert g60kg("sparql", "SELECT * { id:wuhu a g60:Country }").err == "0 rows\n"

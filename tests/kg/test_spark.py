"""Building on Spark gives what one machine gives, also where a worker is lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from benchmarks.archive import archive
from g60kg import Article, KnowledgeGraph
from g60kg.kg import Overlays
from g60kg.kg.spark import rows
from g60kg.store.base import has_blank
from g60kg.terms import REPEATS_GRAPH
from tests.contract.servers import free_port, running
from tests.running import Run, runner

pytestmark = pytest.mark.skipif(not find_spec("pyspark"), reason="pip install 'g60kg[spark]'")
needs_java = pytest.mark.skipif(not shutil.which("java"), reason="apt-get install openjdk-17-jre-headless")
QUICKER = [
    "--conf=spark.sql.codegen.wholeStage=false",  # tables are small: compiling takes longer than running
    "--conf=spark.sql.codegen.factoryMode=NO_CODEGEN",
    "--conf=spark.sql.shuffle.partitions=2",
    "--conf=spark.executor.memory=1g",
    "--conf=spark.driver.host=127.0.0.1",
    "--conf=spark.ui.enabled=false",
]
SPARK = {  # short-lived: what compiles best and collects on many threads does not pay
    "SPARK_LOCAL_IP": "127.0.0.1",
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
LOOPBACK = os.environ | SPARK


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command in this process."""
    return runner(capsys)


def _command(master: str, source: Path, output: Path, *more: str) -> list[str]:
    program = [sys.executable, "-m", "g60kg", "build", "--engine", "spark", "--master", master]
    return [*program, "--input", str(source), "--output", str(output), *QUICKER, *more]


def _lines(quads: Iterable[object]) -> list[str]:
    return sorted(f"{quad} ." for quad in quads)


def _equal(output: Path, one: KnowledgeGraph) -> None:
    """Hold what Spark made to what one machine made."""
    *parts, last = [part.read_text("utf-8") for part in sorted(output.glob("nquads/*.nq"))]
    wanted = _lines(one.store.match())
    named = "".join(parts).splitlines()
    assert named == sorted(named)
    assert sorted([*named, *last.splitlines()]) == wanted
    assert not any(has_blank(quad) for quad in parse("".join(parts), RdfFormat.N_QUADS))
    with KnowledgeGraph.open(output / "store") as kg:
        assert _lines(kg.store.match()) == wanted
        assert kg.summary.counts == one.summary.counts
        assert kg.summary.contradictions == one.summary.contradictions
        assert kg.summary.added == tuple(sorted(set(kg.summary.added)))
    assert not list(output.parent.glob("*.part"))


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run a master and two workers of one core; give its URL, and one of the workers."""
    import pyspark

    start: list[str | Path] = [Path(pyspark.__file__).parent / "bin" / "spark-class"]
    port, page, name = free_port(), free_port(), "org.apache.spark.deploy"
    master = [
        *start,
        f"{name}.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--webui-port",
        str(page),
    ]
    url = f"http://127.0.0.1:{page}"
    with ExitStack() as stack:
        stack.enter_context(running(master, f"{url}/json", **SPARK))
        workers = []
        for number in range(2):
            options = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--host", "127.0.0.1"]
            room = ["--work-dir", str(folder / f"work-{number}")]
            words = [*map(str, start), f"{name}.worker.Worker", *options, *room, f"spark://127.0.0.1:{port}"]
            log = stack.enter_context((folder / f"worker-{number}.log").open("wb"))
            process = subprocess.Popen(words, stdout=log, stderr=log, env=LOOPBACK, start_new_session=True)
            stack.callback(_end, process)
            workers.append(process)
        for number in range(2):
            _until(lambda: b"registered with master" in (folder / f"worker-{number}.log").read_bytes())  # noqa: B023
        yield f"spark://127.0.0.1:{port}", workers[0]


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # its executor, too
        process.wait()


def _until(is_so: Any, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def _news(folder: Path, made: list[Article]) -> list[Article]:
    """Write texts as lines of JSON, among them what cannot be used; return what can be beside them."""
    wuhu, hefei = "Wuhu covers 6,026 square kilometers.", "Hefei covers 11,445 square kilometers."
    (folder / "beside.txt").write_text("Jiaxing covers 4,223 square kilometers.")
    said = [
        *({"id": each.id, "text": each.text, "date": each.date} for each in made),
        {"id": "wuhu", "text": wuhu, "date": "2024-02-19"},
        {"id": "z-wuhu-again", "text": wuhu},
        {"id": "wuhu", "text": hefei},
        {"title": "Of Hefei", "text": hefei, "date": "19 February"},
        {"file": "beside.txt", "date": "2024-03-01"},
    ]
    lines = [json.dumps(each).encode() for each in said]
    lines += [b'{"text": "\xff"}', b"no JSON", b'{"title": "x"}']
    (folder / "texts.jsonl").write_bytes(b"\n".join(lines))
    beside = Article.from_file(folder / "beside.txt", date="2024-03-01")
    return [Article("wuhu", wuhu, date="2024-02-19"), beside]


@pytest.mark.slow
@pytest.mark.timeout(3600)
@needs_java
def test_a_cluster_that_loses_a_worker_gives_what_one_machine_gives(tmp_path: Path) -> None:
    """What cannot be used is named, and the rest goes in."""
    made = [each.article for each in archive(12)]
    more = _news(tmp_path, made)
    output = tmp_path / "out"
    with _cluster(tmp_path) as (master, worker):
        command = _command(master, tmp_path / "texts.jsonl", output)
        with (tmp_path / "log").open("wb") as log:
            build = subprocess.Popen(command, stdout=log, stderr=log, env=LOOPBACK)
        try:
            _until(lambda: list(tmp_path.glob("*.part/read/_temporary/0/task_*")) or build.poll() is not None)
            assert build.poll() is None, (tmp_path / "log").read_text()
            _end(worker)
            assert build.wait(1800) == 2, (tmp_path / "log").read_text()
        finally:
            build.kill()
            build.wait()
    told = [line for line in (tmp_path / "log").read_text().splitlines() if line.startswith("g60kg: ")]
    assert len(told) == 5
    for words in (
        "not UTF-8",
        "no JSON",
        "no text",
        "another article is named 'wuhu'",
        "'19 February' is no date",
    ):
        assert any(words in line for line in told)
    one = KnowledgeGraph.build()
    assert all(done.error is None for done in one.add_many([*made, *more], jobs=1))
    assert any(one.store.match(graph=REPEATS_GRAPH))
    _equal(output, one)


ROWS = """
import json, sys
from g60kg.kg.spark.rows import rows_of
from g60kg.kg.spark.session import session
with session("local[1]", {}) as spark:
    for place in sys.argv[1:]:
        for row in rows_of(spark, place).collect():
            text = row.content and bytes(row.content).decode()
            print(json.dumps([row.kind, row.name.rpartition("/")[2][-8:], text, row.id, row.date]))
"""


@pytest.mark.slow
@needs_java
def test_tables_and_folders_are_rows_of_texts(tmp_path: Path) -> None:
    import pandas  # takes a second

    for name in ("lake", "folder"):
        (tmp_path / name).mkdir()
    table = pandas.DataFrame([{"id": "wuhu", "text": "Wuhu.", "date": pandas.Timestamp("2024-02-19 10:00")}])
    table.to_parquet(tmp_path / "lake" / "part.parquet")
    (tmp_path / "folder" / "news.txt").write_text("Hefei.")
    (tmp_path / "folder" / "picture.png").write_text("x")
    command = [sys.executable, "-c", ROWS, str(tmp_path / "lake"), str(tmp_path / "folder")]
    done = subprocess.run(command, capture_output=True, text=True, env=LOOPBACK, check=False)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        ["text", ".parquet", "Wuhu.", "wuhu", "2024-02-19"],
        ["file", "news.txt", None, None, None],
    ]


def _read(*given: dict[str, object]) -> list[dict[str, Any]]:
    import pandas

    columns = [each.split()[0] for each in rows.ROW.split(", ")]
    frame = pandas.DataFrame([[row.get(name) for name in columns] for row in given], columns=columns)
    return [row for each in rows.read_rows(Overlays(), [frame]) for row in each.to_dict("records")]


def test_a_worker_reads_files_objects_lines_and_columns(tmp_path: Path) -> None:
    text = "Wuhu covers 6,026 square kilometers."
    (tmp_path / "wuhu.txt").write_text(text)
    (tmp_path / "wuhu.yaml").write_text("title: Of Wuhu\n")
    line = json.dumps({"title": "Of Wuhu", "text": text}).encode()
    start = {"rank": 1}
    found = _read(
        start | {"kind": "file", "name": str(tmp_path / "wuhu.txt")},
        start | {"kind": "object", "name": "s3a://lake/wuhu.txt", "content": text.encode()},
        start | {"kind": "object", "name": "s3a://lake/large.txt"},
        start | {"kind": "json", "name": "a.jsonl", "content": line},
        start | {"kind": "text", "name": "a.parquet", "content": text.encode(), "id": "wuhu"},
    )
    assert [row["id"] for row in found] == ["wuhu", "wuhu", None, "of-wuhu", "wuhu"]
    assert "larger than" in found[2]["error"]
    assert [json.loads(found[place]["article"])["title"] for place in (0, 1, 3)] == [
        "Of Wuhu",
        None,
        "Of Wuhu",
    ]
    claims = [json.loads(claim) for claim in found[4]["claims"]]
    assert [(claim["predicate"], claim["quote"]) for claim in claims] == [("g60:area", text[:-1])]
    assert all(fact in {quad.rpartition(" ")[0] for quad in found[4]["quads"]} for fact in found[4]["facts"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"master": "nonsense"}, "'nonsense' is no master of Spark"),
        ({"master": "spark://127.0.0.1:1"}, "no master of Spark answers at spark://127.0.0.1:1"),
        ({"input": "missing"}, "missing: no such file or folder"),
        ({"output": "."}, "is there already"),
        ({"input": ""}, "--engine spark needs --input PATH and --output PATH"),
        ({"conf": "x"}, "--conf is written NAME=VALUE"),
        ({"reasoner": "owlrl"}, "owlrl does not run on Spark"),
        ({"engine": "local"}, "belong to --engine spark"),
    ],
)
@needs_java
def test_what_cannot_be_is_one_line(
    options: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Wuhu covers 6,026 square kilometers.")
    given = {"engine": "spark", "input": "a.txt", "output": "out", "master": "local[1]"} | options
    result = run("build", *(part for name, value in given.items() for part in (f"--{name}", value)))
    assert (result.status, result.out) == (2, "")
    assert told in result.err
    assert result.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("lacking", ["pyspark", "java"])
def test_what_is_not_installed_is_said(
    lacking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    if lacking == "pyspark":
        monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text("Wuhu covers 6,026 square kilometers.")
    result = run("build", "--engine", "spark", "--input", tmp_path / "a.txt", "--output", tmp_path / "out")
    wanted = {"pyspark": "run pip install 'g60kg[spark]'", "java": "install Java 17"}
    assert result.status == 2
    assert wanted[lacking] in result.err

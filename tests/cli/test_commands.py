"""Every command does what its help says."""

import csv
import io
import json
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from pyoxigraph import RdfFormat, parse

from g60kg import Article, KnowledgeGraph
from g60kg.check import Report
from g60kg.cli.main import COMMANDS, cli
from g60kg.kg import stored_queries
from tests.running import Run

NEWS = "Wuhu covers an area of 6,026 square kilometers with a population of about 3.7 million.\n"


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an article's file, in the folder in which commands are run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(NEWS)
    (tmp_path / "question.rq").write_text("SELECT ?city { ?city a g60:City }")
    (tmp_path / "ontology").symlink_to(Path(__file__).parents[2] / "ontology")
    return tmp_path / "news.txt"


def rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_build_prints_a_summary_and_is_quick_again(g60kg: Run, tmp_path: Path) -> None:
    first = g60kg("--store", tmp_path / "s", "build")
    assert first.status == 0, first
    assert re.search(r"1 articles, \d+ claims, \d+ direct facts, [\d,]+ inferred facts", first.out)
    assert "seconds: read" in first.out
    assert "validation: valid, no contradiction" in first.out
    second = g60kg("--store", tmp_path / "s", "build")
    assert second.out.startswith("nothing changed since the last build")
    assert second.out.splitlines()[1:] == first.out.splitlines()[1:]


def test_extract_prints_claims_with_their_place(g60kg: Run, news: Path) -> None:
    found = rows(g60kg("extract", news, "--date", "2024-02-19").out)
    assert {claim["predicate"] for claim in found} >= {"g60:area", "g60:population"}
    for claim in found:
        assert NEWS[int(str(claim["start"])) : int(str(claim["end"]))] == claim["quote"]
    table = g60kg("extract", news, "--format", "table")
    assert "6026" in table.out


@pytest.mark.usefixtures("unvalidated")
def test_articles_come_and_go(g60kg: Run, news: Path, tmp_path: Path) -> None:
    place = ("--store", tmp_path / "s")
    g60kg(*place, "build", "--reasoner", "compiled")
    undated = g60kg(*place, "add", news)
    assert undated.out == "news: added\n"
    assert "news has no date" in undated.err
    assert "run `g60kg remove news` and add it with --date" in undated.err
    g60kg(*place, "remove", "news")
    dated = g60kg(*place, "add", news, "--date", "2024-02-19")
    assert (dated.out, dated.err) == ("news: added\n", "")
    assert g60kg(*place, "add", news).out == "news: held already\n"
    assert [row["article"] for row in rows(g60kg(*place, "articles").out)] == [
        "2023-07-11-g60-corridor",
        "news",
    ]
    assert g60kg(*place, "remove", "news").out == "news: removed\n"
    assert len(rows(g60kg(*place, "articles").out)) == 1


def test_queries_lists_all_and_shows_one(g60kg: Run) -> None:
    listed = g60kg("queries").out
    apart = g60kg("queries", "--maintainer").out
    for query in stored_queries():
        found = [re.search(rf"^  {query.name}\s", text, re.MULTILINE) for text in (listed, apart)]
        assert [bool(each) for each in found] == [not query.maintainer, query.maintainer], query.name
    shown = g60kg("queries", "companies-by-industry").out
    assert "--industry ENTITY" in shown
    assert "SELECT" in shown


def test_every_stored_query_has_help_and_its_example_runs(g60kg: Run, subtests: pytest.Subtests) -> None:
    for name in stored_queries().names:
        with subtests.test(name):
            query = stored_queries()[name]
            text = g60kg("query", name, "--help")
            assert text.status == 0
            assert query.question.zh in text.out
            assert all(f"--{each.name.replace('_', '-')}" in text.out for each in query.parameters)
            lines = map(str.strip, text.out.splitlines())
            line = next(line for line in lines if line.startswith("g60kg query"))
            answer = g60kg(*shlex.split(line)[1:])
            assert answer.status == 0, answer.err


def test_options_repeated_ids_and_pages(g60kg: Run) -> None:
    ask = ("query", "companies-by-industry", "--industry", "AI", "--industry", "biomedicine")
    whole = rows(g60kg(*ask).out)
    assert {row["industryName"] for row in whole} == {"Artificial intelligence", "Biomedicine"}
    assert rows(g60kg(*ask, "--offset", 1, "--limit", 2).out) == whole[1:3]
    table, ids = (g60kg(*ask, "--format", "table", *more).out for more in ((), ("--ids",)))
    assert "id:tencent" in ids
    assert "id:tencent" not in table
    assert "Tencent" in table
    assert "quote" in table.splitlines()[0]


def test_an_option_that_is_not_there_is_answered_with_those_that_are(g60kg: Run) -> None:
    done = g60kg("query", "along-route", "--rout", "G60 highway")
    assert done.status == 2
    assert "along-route takes --route, --limit, --offset, --ids, --timeout, --format" in done.err


def test_queries_of_a_users_own_are_remembered(g60kg: Run, tmp_path: Path) -> None:
    text = stored_queries()["along-route"].text.replace("What stands along a route?", "Own question?")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.rq").write_text(text, encoding="utf-8")
    mine = ("--queries", tmp_path / "mine")
    assert "no stored query 'own'" in g60kg("query", "own").err
    once = g60kg("query", *mine, "own", "--route", "G60 highway").out
    assert once == g60kg("query", "along-route", "--route", "G60 highway").out
    assert "Own question?" in g60kg("queries", *mine).out
    place = ("--store", tmp_path / "s")
    assert g60kg(*place, "build", *mine).status == 0
    assert g60kg(*place, "query", "own", "--route", "G60 highway").out == once
    assert "Own question?" in g60kg(*place, "queries").out
    assert "no such folder" in g60kg(*place, "query", "--queries", tmp_path / "none", "own").err


def test_the_table_formats(g60kg: Run) -> None:
    ask = ("query", "regions-below", "--region", "Anhui", "--limit", 2)
    as_lines = rows(g60kg(*ask).out)
    assert len(as_lines) == 2
    assert rows(g60kg(*ask, "--format", "jsonl").out) == as_lines
    as_json = json.loads(g60kg(*ask, "--format", "json").out)
    assert len(as_json["results"]["bindings"]) == 2
    as_csv = list(csv.DictReader(io.StringIO(g60kg(*ask, "--format", "csv").out)))
    assert list(as_csv[0]) == as_json["head"]["vars"]
    as_tsv = g60kg(*ask, "--format", "tsv").out.splitlines()
    assert as_tsv[0].split("\t") == [f"?{name}" for name in as_json["head"]["vars"]]
    table = g60kg(*ask, "--format", "table")
    assert len(table.out.splitlines()) == 4
    assert table.err == "2 rows\n"


@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld"])
def test_the_graph_formats(g60kg: Run, form: str) -> None:
    found = g60kg("sparql", "CONSTRUCT { ?s g60:partOf ?o } { ?s g60:partOf ?o }", "--format", form).out
    readers = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    assert len(list(parse(found, readers[form]))) > 10


def test_sparql_from_everywhere(g60kg: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT ?city { ?city a g60:City }"
    given = g60kg("sparql", text).out
    assert "id/wuhu" in given
    assert g60kg("sparql", "-f", "question.rq").out == given
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert g60kg("sparql", "-").out == given


def test_ask_answers_with_the_exit_status(g60kg: Run) -> None:
    yes, no = g60kg("sparql", "ASK { id:wuhu a g60:City }"), g60kg("sparql", "ASK { id:wuhu a g60:Company }")
    assert (yes.status, yes.out) == (0, "true\n")
    assert (no.status, no.out) == (1, "false\n")


def test_describe_and_search(g60kg: Run) -> None:
    text = g60kg("describe", "Songjiang District").out
    assert text.startswith("Songjiang District  松江区\n")
    assert json.loads(g60kg("describe", "松江区", "--format", "json").out)["types"] == ["g60:District"]
    assert rows(g60kg("search", "松江").out)[0]["en"] == "Songjiang District"


def test_rules_are_readable(g60kg: Run) -> None:
    lines = g60kg("rules").out.splitlines()
    assert any(line.startswith("prp-trp: ") and "g60:partOf" in line for line in lines)


def test_a_store_in_memory(g60kg: Run) -> None:
    assert g60kg("--store", ":memory:", "sparql", "ASK { id:wuhu a g60:City }").out == "true\n"


def test_every_command_has_help_with_examples_that_are_commands(
    g60kg: Run, subtests: pytest.Subtests
) -> None:
    for name in COMMANDS:
        with subtests.test(name):
            found = g60kg(name, "--help")
            assert found.status == 0
            lines = [line.strip() for line in found.out.splitlines()]
            examples = [line for line in lines if "g60kg " in line and "Usage" not in line]
            assert examples
            for line in examples:
                words = shlex.split(line.rpartition("| ")[2])
                assert next(word for word in words[1:] if word in COMMANDS) == name


CANDIDATES = "Foo Park is located in Wuhu. Songjang City covers an area of 600 square kilometers.\n"
AREA = {"measure": "area", "value": 6026, "unit": "km2", "comparator": "exact", "of": "Wuhu"}
GOLD = {"article": "news.txt", "statistics": [AREA]}
CHANGING = ("add", "remove", "review")
ELSEWHERE = ("build", "push", "pull", "serve")  # run by tests of their own


def examples() -> list[str]:
    """Return the examples of every command's help, but for those that other tests run."""
    found = []
    for name in set(COMMANDS) - set(ELSEWHERE):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        lines = (command.epilog or "").splitlines()[2:]
        found += [line.strip() for line in lines if "g60kg" in line]
    return sorted(line for line in found if not line.endswith("--help"))


@pytest.fixture(scope="module")
def with_candidates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that holds two candidates more; not to be changed."""
    folder = tmp_path_factory.mktemp("candidates") / "own"
    KnowledgeGraph.build(folder, reasoner="none", validate=False).add(Article("candidates", CANDIDATES))
    return folder


@pytest.fixture
def own(news: Path, g60kg: Run, with_candidates: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with what the examples name, and a store of its own that holds two candidates."""
    folder = news.parent
    for name in ("news", "gold", "my/register"):
        (folder / name).mkdir(parents=True)
    (folder / "news" / "more.txt").write_text("Hefei covers an area of 11,445 square kilometers.")
    (folder / "archive.csv").write_text("file,date\nnews/more.txt,2024-01-01\n")
    (folder / "gold" / "news.txt").write_text(NEWS)
    (folder / "gold" / "news.gold.json").write_text(json.dumps(GOLD))
    shutil.copytree(with_candidates, folder / "own")
    monkeypatch.setenv("G60KG_STORE", str(folder / "own"))
    return folder


def run_example(line: str, g60kg: Run, news: Path) -> None:
    words = shlex.split(line.rpartition("| ")[2])[1:]
    matches = [sorted(map(str, Path().glob(word))) if "*" in word else [word] for word in words]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(news.read_bytes())))
        result = g60kg(*(word for found in matches for word in found))
    assert result.status == 0, result


def is_changing(line: str) -> bool:
    words = shlex.split(line.rpartition("| ")[2])[1:]
    return words[0] in CHANGING or "gold/" in words


def test_the_examples_run(
    g60kg: Run, news: Path, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "g60kg.kg.validate.check_examples", lambda *_: Report.of("frames", ())
    )  # takes longest
    for line in (line for line in examples() if not is_changing(line)):
        with subtests.test(line):
            run_example(line, g60kg, news)


@pytest.mark.usefixtures("own", "unvalidated")
@pytest.mark.parametrize("line", [line for line in examples() if is_changing(line)])
def test_the_examples_that_change_a_store_run(g60kg: Run, news: Path, line: str) -> None:
    run_example(line, g60kg, news)


def test_figures_say_that_what_awaits_confirmation_is_left_out(g60kg: Run, own_store: Path) -> None:
    asked = ("--store", own_store, "query", "figures", "--of", "Songjiang", "--format", "jsonl")
    assert g60kg(*asked).err == ""
    text = "Songjiang's enterprises above designated size had an output of 407.265 billion yuan in 2020."
    KnowledgeGraph.open(own_store).add(Article("output", text, date="2021-03-17"))
    held = g60kg(*asked)
    assert {row["status"] for row in rows(held.out)} == {"accepted"}
    assert held.err == "g60kg: what awaits confirmation is left out; `g60kg review --claims` lists it\n"

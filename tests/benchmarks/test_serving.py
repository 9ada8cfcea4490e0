"""The benchmarks of the server, with few requests."""

from pathlib import Path

import pytest

from benchmarks.serving import CHEAP, MEDIUM, line, measured, path_of, table
from benchmarks.serving_client import Outcome, get, load, percentile
from benchmarks.serving_load import kinds, loaded, report
from benchmarks.serving_servers import ours
from benchmarks.serving_write import PAGE, with_part
from g60kg import KnowledgeGraph


@pytest.mark.slow
def test_both_servers_answer_the_same_and_are_measured(tmp_path: Path) -> None:
    KnowledgeGraph.build(store := tmp_path / "store", validate=False)
    text = measured(store, clients=4, seconds=0.01, runs=1)
    assert text.count("`oxigraph serve`") == 2
    assert text.count("`g60kg serve`") == 3
    assert "| `/page/songjiang` |" in text


@pytest.mark.slow
def test_the_load_is_judged_by_what_was_answered_before(tmp_path: Path) -> None:
    KnowledgeGraph.build(store := tmp_path / "store", validate=False)
    with ours(store, "--query-seconds", "2") as server:
        tally = loaded(server, 100, 8)
        assert len(tally.memory) == 10
        assert tally.wrong == []
        assert sum(sum(each.values()) for each in tally.statuses.values()) == 100
        assert tally.memory[0][2] >= 2
    assert "Lost or answered wrongly: 0." in "\n".join(report(tally))


def test_a_lost_connection_is_an_outcome(tmp_path: Path) -> None:
    KnowledgeGraph.build(store := tmp_path / "store", validate=False)
    with ours(store, "--head-bytes", "100") as server:
        found: list[Outcome] = []
        load(server.url, [get("/health"), get("/health", X="x" * 200)], 6, 2, found.append)
        assert sorted(each.status for each in found) == [200, 200, 200, 431, 431, 431]
        assert "431" not in str(list(table([line("x", server, [get("/health")], 1, 0.01)])))


def test_the_kinds_make_up_a_whole() -> None:
    shares = [kind.share for kind in kinds()]
    assert 0.99 < sum(shares) <= 1
    assert path_of("names", CHEAP["names"]) == "/queries/names?entity=Songjiang&language=zh"
    assert not set(CHEAP) & set(MEDIUM)
    assert percentile([3, 1, 2], 0.5) == 2


def test_a_part_is_put_at_the_end_or_in_its_place() -> None:
    page = PAGE.read_text()
    assert with_part(page, "serving", "x").count("<!-- serving -->") == 1
    assert with_part("a\n", "b", "c") == "a\n\n<!-- b -->\nc\n<!-- /b -->\n"

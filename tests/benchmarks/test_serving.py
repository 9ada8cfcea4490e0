"""The benchmarks of the server, with few requests."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks.serving import CHEAP, line, measured, questions, table
from benchmarks.serving_client import Outcome, get, load, percentile
from benchmarks.serving_load import kinds, loaded, report
from benchmarks.serving_servers import Server, ours
from benchmarks.serving_write import PAGE, with_part
from g60kg import KnowledgeGraph


@pytest.fixture(scope="module")
def server(packaged_store: Path) -> Iterator[Server]:
    """Run our server, once for all that is tried here."""
    options = ("--query-seconds", "30", "--head-bytes", "2000", "--concurrent", "2")
    with ours(packaged_store, *options) as server:
        yield server


@pytest.mark.slow
def test_both_servers_answer_the_same_and_are_measured(
    packaged_store: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.serving.ours", lambda *options: nullcontext(server))
    text = measured(packaged_store, clients=4, runs=1, most=2)
    assert text.count("`oxigraph serve`") == 2
    assert text.count("`g60kg serve`") == 4


@pytest.mark.slow
def test_the_load_is_judged_by_what_was_answered_before(server: Server) -> None:
    tally = loaded(server, 100, 8)
    assert len(tally.memory) == 10
    assert tally.wrong == []
    assert sum(sum(each.values()) for each in tally.statuses.values()) == 100
    assert tally.memory[0][2] >= 2
    assert "Lost or answered wrongly: 0." in "\n".join(report(tally))


@pytest.mark.slow
def test_a_lost_connection_is_an_outcome(server: Server) -> None:
    found: list[Outcome] = []
    load(server.url, [get("/health"), get("/health", X="x" * 4000)], 6, 2, found.append)
    assert sorted(each.status for each in found) == [200, 200, 200, 431, 431, 431]
    assert "431" not in str(list(table([line("x", server, [get("/health")] * 4, 1)])))


def test_the_kinds_make_up_a_whole() -> None:
    shares = [kind.share for kind in kinds()]
    assert 0.99 < sum(shares) <= 1
    assert percentile([3, 1, 2], 0.5) == 2


def test_a_query_is_asked_of_all_that_it_may_be_asked_of(packaged: KnowledgeGraph) -> None:
    found = questions(packaged, CHEAP)
    assert {name for name, _ in found} == set(CHEAP)
    assert ("names", {"entity": "id:songjiang"}) in found
    assert len(found) == len({(name, *values.values()) for name, values in found}) > 500


def test_a_part_is_put_at_the_end_or_in_its_place() -> None:
    page = PAGE.read_text()
    assert with_part(page, "serving", "x").count("<!-- serving -->") == 1
    assert with_part("a\n", "b", "c") == "a\n\n<!-- b -->\nc\n<!-- /b -->\n"

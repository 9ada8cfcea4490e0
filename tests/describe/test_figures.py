"""Figures of one kind make a series, in the order of time, however their articles word the kind."""

import pytest
from pyoxigraph import Literal, NamedNode

from g60kg.describe.figures import Figure, series_of
from g60kg.terms import G60, STATISTIC, UNIT

GIANTS = G60.LittleGiants


def counted(value: str, words: str, concept: NamedNode | None = None, **times: str) -> Figure:
    limits = [(G60[name], Literal(time)) for name, time in times.items()]
    limits.append((G60.countedKind, Literal(words, language="en")))
    return Figure(STATISTIC[value], G60.companyCount, value, "exact", UNIT.NUM, tuple(limits), concept)


@pytest.mark.parametrize(("concept", "count"), [(GIANTS, 1), (None, 0)])
def test_wordings_are_one_kind_where_the_graph_has_a_concept_for_them(
    concept: NamedNode | None, count: int
) -> None:
    found = series_of(
        [
            counted("69", '"little giant" enterprises', concept, year="2022"),
            counted("15", '"little giant" companies', concept, year="2021"),
        ]
    )
    assert len(found) == count
    assert [[each.value for each in series.figures] for series in found] == [["15", "69"]] * count


def test_a_report_stands_for_a_time_that_is_not_said_and_a_year_ends_behind_its_days() -> None:
    found = [
        counted("1105", "firms", year="2025"),
        counted("980", "firms", reportedOn="2025-03-10"),
        counted("840", "firms", reportedOn="2023-07-11"),
    ]
    (series,) = series_of(found)
    assert [each.value for each in series.figures] == ["840", "980", "1105"]


def test_two_values_of_one_time_make_no_trend() -> None:
    found = [
        counted(value, "firms", year=year) for value, year in (("1", "2021"), ("2", "2021"), ("3", "2022"))
    ]
    assert series_of(found) == ()

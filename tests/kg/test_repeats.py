"""Articles that repeat others are found, in whatever order they come and go, and count as one source."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad

from benchmarks.archive import Made, archive
from g60kg import Article, KnowledgeGraph
from g60kg.kg.change import add_all
from g60kg.terms import REPEATS_GRAPH

FACT = "Wuhu signed an agreement with Huzhou."
FILLER = " ".join(f"The {each} one of them came late and had to stand." for each in ("first", "next", "last"))


def repeats(kg: KnowledgeGraph) -> set[Quad]:
    return set(kg.store.match(graph=REPEATS_GRAPH))


def add(kg: KnowledgeGraph, articles: list[Made]) -> None:
    kg.summary, _ = add_all(kg.store, kg.summary, [(each.article, ()) for each in articles])


def test_all_that_repeat_are_found_in_any_order_and_after_any_removal(
    another: Callable[[], KnowledgeGraph],
) -> None:
    made = list(archive(80))
    first = {each.article.id: each.repeats or each.article.id for each in made}
    kg, other = (another() for _ in range(2))
    add(kg, made)
    found = {(str(row.article), str(row.repeats)) for row in kg.dedupe()}
    groups = {name: {name} | {a for pair in found for a in pair if name in pair} for name in first}
    assert all(first[name] in groups[name] for name in first)
    assert all(first[one] == first[two] for one, two in found)
    assert all(0.4 <= float(str(row.share)) <= 1 for row in kg.dedupe())
    shuffled = random.Random(5).sample(made, len(made))
    for start in range(0, len(made), 9):
        add(other, shuffled[start : start + 9])
    assert repeats(other) == repeats(kg) != set()
    gone = [two for _, two in sorted(found)][:4]
    fresh = another()
    add(fresh, [each for each in made if each.article.id not in gone])
    for name in dict.fromkeys(gone):
        other.remove(name)
    assert repeats(other) == repeats(fresh)


def test_the_first_is_that_of_the_earliest_date_and_building_says_the_same(own_store: Path) -> None:
    kg = KnowledgeGraph.open(own_store)
    text = f"{FACT} {FILLER}"
    for name, date in (("b", None), ("c", "2024-02-02"), ("a", "2024-03-03")):
        assert kg.add(Article(name, f"{text} This was {name}.", date=date))
    assert [(str(row.article), str(row.repeats)) for row in kg.dedupe()] == [("a", "c"), ("b", "c")]
    before = repeats(kg)
    assert repeats(KnowledgeGraph.build(own_store, reasoner="none", validate=False)) == before


def test_articles_that_repeat_one_another_are_one_source(changing: KnowledgeGraph) -> None:
    kg = changing

    def sources() -> list[str]:
        rows = kg.query("facts-with-several-sources")
        return [str(row.sources) for row in rows if "cooperatesWith" in str(row.predicate)]

    article = Article("one", f"{FACT} {FILLER}", date="2024-01-01")
    before = sources()
    kg.add(article)
    kg.add(replace(article, id="two", text=f"{article.text} So much for today."))
    assert sources() == before
    kg.add(Article("three", FACT, date="2024-01-01"))
    assert sorted(sources()) == sorted([*before, "2"])


@pytest.mark.parametrize("count", [0, 1])
def test_where_nothing_repeats_the_table_is_empty(count: int, changing: KnowledgeGraph) -> None:
    add(changing, list(archive(count)))
    assert len(changing.dedupe()) == 0

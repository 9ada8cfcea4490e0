"""Facts stand with their layers and with all that supports them."""

from collections.abc import Callable

import pytest

from g60kg.article import Article
from g60kg.describe.entity import entity_of
from g60kg.describe.facts import Fact, Group, groups_of
from g60kg.describe.lookup import Memo, subjects
from g60kg.kg import KnowledgeGraph
from g60kg.store import UNION
from g60kg.terms import G60, ID, RDF


@pytest.fixture(scope="module")
def kg(another: Callable[[], KnowledgeGraph]) -> KnowledgeGraph:
    graph = another()
    graph.add(Article("one", "Tencent is located in Songjiang.", date="2024-01-02"))
    graph.add(Article("two", "Tencent is located in Songjiang.\n", date="2024-01-03"))
    return graph


def group(kg: KnowledgeGraph, slug: str, name: str) -> Group:
    groups = groups_of(kg.store, ID[slug], "out", kg.name, shown=100)
    return next(each for each in groups if each.predicate == G60[name])


def fact(kg: KnowledgeGraph, slug: str, name: str, value: str) -> Fact:
    return next(each for each in group(kg, slug, name).facts if each.object == ID[value])


def test_a_fact_that_two_articles_say_has_both_their_words(kg: KnowledgeGraph) -> None:
    found = fact(kg, "tencent", "locatedIn", "songjiang")
    assert found.layers == ("said",)
    assert [claim.words.article for claim in found.claims] == ["one", "two"]


def test_a_register_fact_has_its_source_and_an_inferred_one_has_none(kg: KnowledgeGraph) -> None:
    assert fact(kg, "songjiang", "partOf", "shanghai").sources == ("Administrative divisions of Shanghai.",)
    inferred = fact(kg, "songjiang", "partOf", "china")
    assert (inferred.layers, inferred.claims, inferred.sources) == (("inferred",), (), ())


def test_what_is_held_comes_before_what_follows(kg: KnowledgeGraph) -> None:
    layers = [each.layers[0] for each in group(kg, "songjiang", "partOf").facts]
    assert layers == sorted(layers, key=["said", "register", "axiom", "inferred"].index)


def test_facts_of_the_same_words_are_one_bundle(kg: KnowledgeGraph) -> None:
    bundles = group(kg, "songjiang", "cooperatesWith").bundles
    assert [len(each.facts) for each in bundles] == [8]
    assert bundles[0].repairs[0].surface == "Matsue"


def test_pages_of_a_group_leave_nothing_out(kg: KnowledgeGraph) -> None:
    def page(skip: int) -> list[object]:
        found = groups_of(kg.store, ID.shanghai, "in", kg.name, shown=7, skip=skip, only=G60.partOf.value)
        return [each.subject for each in found[0].facts]

    whole = [each for skip in range(0, 70, 7) for each in page(skip)]
    assert len(whole) == len(set(whole)) > 20


def test_a_memo_answers_as_its_store_does(kg: KnowledgeGraph) -> None:
    memo = Memo(kg.store)
    claims = subjects(kg.store, RDF.type, G60.Claim)
    assert claims
    for claim in claims:
        for _ in range(2):
            for graph in (UNION, None):
                assert set(memo.match(claim, graph=graph)) == set(kg.store.match(claim, graph=graph))
                assert list(memo.match(claim, RDF.type, G60.Claim, graph)) == list(
                    kg.store.match(claim, RDF.type, G60.Claim, graph)
                )
            assert not list(memo.match(claim, G60.noSuch, None, UNION))


def test_an_entity_has_its_figures_as_series(changing: KnowledgeGraph) -> None:
    graph = changing
    for year, number in (("2019", "900"), ("2021", "1,200"), ("2023", "1,500")):
        text = f"In {year}, Songjiang had {number} artificial intelligence companies."
        graph.add(Article(f"in-{year}", text, date=f"{year}-12-01"))
    found = entity_of(graph.store, ID.songjiang, graph.name)
    assert found is not None
    assert [figure.time for figure in found.series[0].figures][:2] == ["2019", "2021"]
    text = "In 2021, Songjiang had 700 artificial intelligence companies."
    graph.add(Article("other", text, date="2021-12-01"))
    torn = entity_of(graph.store, ID.songjiang, graph.name)
    assert torn is not None
    assert not torn.series


def test_what_nobody_knows_is_none(kg: KnowledgeGraph) -> None:
    assert entity_of(kg.store, ID["no-such-thing"], kg.name) is None

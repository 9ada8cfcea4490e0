"""The command line and the pages show the same values, and the room that has them knows neither."""

import ast
from pathlib import Path

import pytest
from pyoxigraph import Triple

import g60kg.describe
from g60kg.describe.claims import Claimed, claims_about, claims_of, qualified_claims
from g60kg.describe.description import describe
from g60kg.describe.entity import Entity, entity_of
from g60kg.describe.evidence import Supports
from g60kg.describe.search import NameIndex, find, search
from g60kg.kg import KnowledgeGraph
from g60kg.terms import CLAIM, G60, ID, RDF

ROOM = Path(g60kg.describe.__file__).parent


@pytest.fixture(scope="module")
def kg(packaged: KnowledgeGraph) -> KnowledgeGraph:
    return packaged


def shown(entity: Entity) -> set[Claimed]:
    """Return the claims that the page of an entity shows."""
    groups = (*entity.groups, *entity.incoming)
    held = [fact.claims for group in groups for fact in group.facts]
    held += [each.claims for each in (*entity.figures, *entity.limited)]
    return {*entity.qualified, *(claim for claims in held for claim in claims)}


def test_the_room_imports_none_of_those_who_show_its_values() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in ROOM.glob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert "g60kg.store" in named
    assert not {name for name in named if name.startswith(("g60kg.kg", "g60kg.cli", "g60kg.serve"))}


@pytest.mark.parametrize("slug", ["songjiang", "g60-corridor", "tencent", "artificial-intelligence", "haier"])
def test_what_a_page_shows_of_an_entity_stands_in_its_description(kg: KnowledgeGraph, slug: str) -> None:
    entity = entity_of(kg.store, ID[slug], kg.name)
    if entity is None:
        pytest.skip("the packaged graph has no such entity")
    told = {(each.claim, each.quote.text) for each in describe(kg.store, ID[slug]).said}
    assert shown(entity)
    for claim in shown(entity):
        assert (claim.node.value.removeprefix(CLAIM.base), claim.words.quote) in told


def test_the_claims_about_an_entity_that_are_no_facts(kg: KnowledgeGraph) -> None:
    about = claims_about(kg.store, ID["songjiang"])
    qualified = qualified_claims(kg.store, ID["songjiang"])
    assert qualified == tuple(claim for claim in about if not claim.is_fact)
    assert qualified


def test_a_description_says_how_a_figure_is_limited_by_a_change(kg: KnowledgeGraph) -> None:
    claims = {each.claim: dict(each.statement.limits) for each in describe(kg.store, ID["g60-corridor"]).said}
    changed = [
        claim
        for claim in claims_about(kg.store, ID["g60-corridor"])
        if any(name == G60.change for name, _ in claim.limits)
    ]
    assert changed
    for claim in changed:
        (change,) = (term for name, term in claim.limits if name == G60.change)
        assert claims[claim.node.value.removeprefix(CLAIM.base)]["change"] == change.value


def test_the_evidence_of_a_fact_is_that_of_the_claims_that_state_it(kg: KnowledgeGraph) -> None:
    nodes = [quad.subject for quad in kg.store.match(None, RDF.type, G60.Claim)]
    supports = Supports(kg.store)
    plain = [claim for claim in claims_of(kg.store, nodes) if claim.is_fact]
    assert len(plain) > 50
    for claim in plain:
        fact = claim.subject, claim.predicate, claim.object
        graphs = {quad.graph_name for quad in kg.store.match(*fact)}
        said = [each.claim for each in supports.evidence(Triple(*fact)) if each.kind == "said"]
        assert said == [each.node.value for each in supports.claims(fact, graphs)]
        assert claim.node.value in said


def test_a_page_of_hits_is_the_beginning_of_the_rows(kg: KnowledgeGraph) -> None:
    names = NameIndex(kg.store)
    for text in ("zhou", "Matsue City", "松江"):
        hits = [hit.entity.value for hit in find(kg.store, names, text).hits]
        assert hits == [row["entity"] for row in search(kg.store, text).to_dicts()][: len(hits)]
        assert hits

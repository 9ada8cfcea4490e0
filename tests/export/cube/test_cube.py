"""The figures as an RDF Data Cube: its integrity constraints, each of which another graph breaks."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, RdfFormat, Store, parse

from g60kg.export import export_quads
from g60kg.graph import article_quads
from g60kg.terms import FIGURES, G60, ID, PREFIXES, RDF
from tests.export.samples import ARTICLE, FIGURE, FIGURE_PLANNED, QUADS
from tests.graph.test_article import news

TEXT = Path(__file__).with_name("constraints.rq").read_text(encoding="utf-8")
HEAD = "".join(
    f"PREFIX {name}: <{base}>\n"
    for name, base in {
        **PREFIXES,
        "f": FIGURES.base,
        "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    }.items()
)
PARTS = dict(re.findall(r"^## (IC-\d+)\n(.*?)(?=^## IC|\Z)", TEXT, re.MULTILINE | re.DOTALL))
VALUE = NamedNode("http://purl.org/linked-data/sdmx/2009/measure#obsValue")


def cube(quads: list[Quad], folder: Path) -> Store:
    export_quads(quads, folder / "figures.cube.ttl")
    store = Store()
    store.extend(parse(path=folder / "figures.cube.ttl", format=RdfFormat.TURTLE))
    (normalize,) = re.findall(r"^## normalize\n(.*?)(?=^## IC-1$)", TEXT, re.MULTILINE | re.DOTALL)
    store.update(HEAD + normalize)
    return store


def broken(store: Store) -> set[str]:
    found = set()
    for name, part in PARTS.items():
        answer = store.query(HEAD + part.partition("## breaks\n")[0])
        assert isinstance(answer, QueryBoolean)
        found |= {name} if bool(answer) else set()
    return found


@pytest.fixture(scope="module")
def packaged_cube(quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Store:
    return cube(quads, tmp_path_factory.mktemp("cube"))


def test_the_packaged_figures_break_no_integrity_constraint(packaged_cube: Store) -> None:
    assert len(PARTS) == 21
    assert len(list(packaged_cube.quads_for_pattern(None, VALUE, None))) > 10
    assert broken(packaged_cube) == set()


@pytest.mark.parametrize("name", PARTS)
def test_each_constraint_can_be_broken(name: str, packaged_cube: Store) -> None:
    other = Store()
    other.extend(packaged_cube)
    other.update(HEAD + PARTS[name].partition("## breaks\n")[2])
    assert name in broken(other)


def test_hostile_words_stay_as_they_are_and_what_is_planned_is_left_out(tmp_path: Path) -> None:
    store = cube(QUADS, tmp_path)
    (observation,) = store.quads_for_pattern(None, VALUE, None)
    held = {quad.predicate: quad.object for quad in store.quads_for_pattern(observation.subject, None, None)}
    kind = dict(FIGURE.qualifiers)["countedKind"]
    assert held[FIGURES.counted] == Literal(str(kind), language="en")
    assert (held[FIGURES.thing], held[FIGURES.measure]) == (ID.wuhu, G60.count)
    assert held[FIGURES.comparator] == G60.MoreThan
    assert dict(FIGURE_PLANNED.qualifiers)["modality"] == "planned"


def test_two_figures_of_one_cell_are_told_apart_and_a_conversion_counts_no_more(tmp_path: Path) -> None:
    _, _, quads = news("Suzhou covers 500 mu (33.3 hectares). Suzhou covers 600 mu.")
    store = cube(quads, tmp_path)
    orders = {quad.object.value for quad in store.quads_for_pattern(None, FIGURES.order, None)}  # type: ignore[union-attr]
    assert orders == {"1", "2"}
    assert broken(store) == set()


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "a.cube.ttl.gz")
    export_quads(QUADS[::-1], tmp_path / "b.cube.ttl.gz")
    assert (tmp_path / "a.cube.ttl.gz").read_bytes() == (tmp_path / "b.cube.ttl.gz").read_bytes()


def test_every_property_of_an_observation_is_of_the_structure(tmp_path: Path) -> None:
    store = cube([*article_quads(ARTICLE, [FIGURE])], tmp_path)
    (observation,) = store.quads_for_pattern(None, VALUE, None)
    used = {quad.predicate for quad in store.quads_for_pattern(observation.subject, None, None)}
    parts = {
        quad.object
        for quad in store.quads_for_pattern(None, NamedNode(PREFIXES["qb"] + "componentProperty"), None)
    }
    assert used - parts == {RDF.type, NamedNode(PREFIXES["qb"] + "dataSet")}

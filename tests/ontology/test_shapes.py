import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.sparql import Query

from g60kg.check import Report, check_shapes
from g60kg.check import shapes as shapes_check
from g60kg.errors import OntologyError
from g60kg.query import to_rdflib
from g60kg.register import load_register
from g60kg.resources import resource
from g60kg.store import MemoryStore
from g60kg.terms import CURRENCY, G60, INFERRED_GRAPH, PREFIXES, QUDT, RDF, RDFS, SKOS, Namespace, iri
from g60kg.text.lexicon import load_lexicon
from g60kg.triples import Triples, read_triples

FIXTURES = Path(__file__).parent / "fixtures"
CONFORMING = FIXTURES / "conforming.ttl"
VIOLATING = sorted((FIXTURES / "violating").glob("*.ttl"))
SHAPES = resource("ontology", "shapes.ttl")
SH = Namespace(PREFIXES["sh"])


def quads(*paths: Path) -> Iterator[Quad]:
    for path in paths:
        yield from parse(path.read_bytes(), format=RdfFormat.TURTLE)


def expected(path: Path) -> set[tuple[str, str]]:
    lines = re.findall(r"^# breaks: (\S+) (.+)$", path.read_text(), re.MULTILINE)
    return {(rule, node.strip("<>")) for rule, node in lines}


def named(shapes: Triples) -> set[str]:
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    nodes = {node for kind in kinds for node in shapes.typed(kind) if isinstance(node, NamedNode)}
    return {node.value.partition("#")[2] for node in nodes}


def test_the_conforming_graph_conforms() -> None:
    report = check_shapes(quads(CONFORMING))
    assert str(report) == "shapes: nothing wrong"


@pytest.mark.parametrize("path", VIOLATING, ids=lambda path: path.stem)
def test_a_violating_graph_breaks_just_what_it_says(path: Path) -> None:
    findings = check_shapes(quads(CONFORMING, path)).findings
    assert {(finding.rule, finding.place.term) for finding in findings} == expected(path)
    assert all(finding.message and finding.mend for finding in findings)


def test_every_constraint_has_a_violating_graph() -> None:
    shapes = read_triples(SHAPES)
    broken = {rule for path in VIOLATING for rule, _ in expected(path)}
    grouping = {shape for shape in named(shapes) if groups_only(shapes, shape)}
    assert named(shapes) - grouping == broken


def groups_only(shapes: Triples, shape: str) -> bool:
    return not shapes.objects(NamedNode(f"https://w3id.org/g60kg/shapes#{shape}"), SH.message)


def test_every_shape_has_a_node_in_the_conforming_graph() -> None:
    shapes, graph = read_triples(SHAPES), read_triples(CONFORMING)
    classes = {value for _, predicate, value in shapes if predicate == SH.targetClass}
    objects = {value for _, predicate, value in shapes if predicate == SH.targetObjectsOf}
    subjects = {value for _, predicate, value in shapes if predicate == SH.targetSubjectsOf}
    used = {predicate for _, predicate, _ in graph}
    types = {value for _, predicate, value in graph if predicate == RDF.type}
    superclasses = {G60.Place, G60.Event, G60.Concept}
    assert classes - types == superclasses
    assert not (objects | subjects) - used


def test_two_names_are_a_warning_that_fails_nothing() -> None:
    path = FIXTURES / "violating" / "Entity.ttl"
    severities = {
        finding.rule: finding.severity for finding in check_shapes(quads(CONFORMING, path)).findings
    }
    assert severities.pop("entity-one-name") == "warning"
    assert set(severities.values()) == {"error"}


def test_the_inferred_graph_is_left_out() -> None:
    wrong = Quad(NamedNode("http://example.org/x"), RDF.type, G60.Claim, INFERRED_GRAPH)
    assert check_shapes([*quads(CONFORMING), wrong]).ok


def test_a_store_is_checked_like_its_quads(tmp_path: Path) -> None:
    store = MemoryStore()
    store.apply(add=quads(CONFORMING, FIXTURES / "violating" / "Time.ttl"))
    assert check_shapes(store) == check_shapes(quads(CONFORMING, FIXTURES / "violating" / "Time.ttl"))


NO_LIST = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:or 1 ."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [("<a> sh:path .", ":1: "), (NO_LIST, ": no usable shapes: ")],
    ids=["syntax", "shape"],
)
def test_broken_shapes_are_an_error_of_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(text)
    with pytest.raises(OntologyError) as caught:
        check_shapes(quads(CONFORMING), shapes=path)
    assert str(caught.value).startswith(f"{path}{message}")
    assert "\n" not in str(caught.value)


def test_every_unit_that_is_read_fits_a_quantity_kind_and_every_measure_has_one() -> None:
    ontology = read_triples(resource("ontology", "g60.ttl"))
    tables = load_lexicon(load_register())
    read = {unit for unit, _ in tables.figures.numbers.units.values()} | set(
        tables.tables["verify"]["unit_words"]
    )
    fitting = {value for _, predicate, value in ontology if predicate == QUDT.applicableUnit}
    assert {iri(unit) for unit in read if ":" in unit and not unit.startswith(CURRENCY)} <= fitting
    assert fitting == set(ontology.typed(QUDT.Unit))
    kinds = set(ontology.typed(QUDT.QuantityKind))
    for measure in ontology.typed(G60.Measure):
        assert set(ontology.objects(measure, QUDT.hasQuantityKind)) & kinds


@pytest.mark.parametrize(
    ("scheme", "path"), [(G60.Comparators, "g60:comparator"), (G60.Modalities, "g60:modality")]
)
def test_comparators_and_modalities_are_concepts_in_both_languages(scheme: NamedNode, path: str) -> None:
    ontology = read_triples(resource("ontology", "g60.ttl"))
    concepts = list(ontology.subjects(SKOS.inScheme, scheme))
    notations = {value.value for node in concepts for value in ontology.objects(node, SKOS.notation)}
    (listed,) = re.findall(rf"sh:path {path} ;[^.]*?sh:in \(([^)]*)\)", SHAPES.read_text(encoding="utf-8"))
    assert notations == set(re.findall('"([^"]*)"', listed))
    for node in concepts:
        languages = {getattr(value, "language", None) for value in ontology.objects(node, RDFS.label)}
        assert languages == {"en", "zh"}


def test_every_measure_is_one_of_the_data_cube() -> None:
    ontology = read_triples(resource("ontology", "g60.ttl"))
    measures = set(ontology.typed(G60.Measure))
    assert measures
    assert measures == set(ontology.typed(NamedNode(PREFIXES["qb"] + "MeasureProperty")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of pyshacl with rdflib 7.6
def test_the_reference_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks each thing the same few queries, each parsed once here: rdflib takes longest for that."""

    @cache
    def parsed(text: str, names: tuple[tuple[str, Any], ...]) -> Query:
        return translateQuery(parseQuery(text), None, dict(names))

    monkeypatch.setattr(processor, "parseQuery", str)
    monkeypatch.setattr(processor, "translateQuery", lambda text, _, names: parsed(text, (*names.items(),)))
    held = [*quads(CONFORMING, *VIOLATING)]
    graph = rdflib.Graph()
    graph.parse(serialize((quad.triple for quad in held), format=RdfFormat.N_TRIPLES), format="nt")
    for subject, predicate, value in read_triples(resource("ontology", "g60.ttl")):
        if predicate in shapes_check._AXIOMS or (predicate == RDF.type and value in shapes_check._DECLARED):
            graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))  # type: ignore[arg-type]
    _, results, _ = pyshacl.validate(graph, shacl_graph=str(SHAPES), inplace=True, allow_warnings=True)
    assert isinstance(results, rdflib.Graph)
    findings = shapes_check._findings(results, read_triples(SHAPES))
    assert Report.of("shapes", findings) == check_shapes(held)

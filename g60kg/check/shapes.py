"""The shapes check: is the graph well-formed?

Goes in: quads, or a store that holds them. Comes out: a `Report`, one finding for each node and constraint.
How: pySHACL validates all graphs but the inferred one against `ontology/shapes.ttl`; the subclasses of the
ontology are added, since a shape for places is meant for cities too, and its properties, measures and units,
to know them.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.check.report import Finding, Place, Report, Severity
from g60kg.errors import OntologyError
from g60kg.resources import resource
from g60kg.terms import G60, INFERRED_GRAPH, OWL, QUDT, RDF, RDFS, SKOS, curie
from g60kg.triples import SH, Node, Term, Triples, read_triples

if TYPE_CHECKING:
    import rdflib
    from rdflib.query import Result
    from rdflib.term import Node as RdflibNode

    from g60kg.store.base import Store

_SHAPES: Final = "https://w3id.org/g60kg/shapes#"
_DECLARED: Final = (G60.Measure, OWL.ObjectProperty, OWL.DatatypeProperty, QUDT.Unit)
_AXIOMS: Final = (RDFS.subClassOf, SKOS.inScheme, QUDT.hasQuantityKind, QUDT.applicableUnit)


def check_shapes(held: "Iterable[Quad] | Store", *, shapes: str | Path | None = None) -> Report:
    """Check that a graph is well-formed, against the packaged shapes or another file of them.

    Raises `OntologyError` for a file of shapes that cannot be used. Source: SHACL, with SHACL-SPARQL.
    """
    path = Path(shapes or resource("ontology", "shapes.ttl"))
    rules = read_triples(path)
    quads = held if isinstance(held, Iterable) else held.match()
    data = _graph(_data(quads, read_triples(resource("ontology", "g60.ttl"))))
    results = _validate(data, _graph(rules), path)
    return Report.of("shapes", _findings(results, rules))


def _data(quads: Iterable[Quad], ontology: Triples) -> Iterator[tuple[Node, NamedNode, Term]]:
    for quad in quads:
        subject, value = quad.subject, quad.object
        if quad.graph_name != INFERRED_GRAPH and isinstance(subject, Node) and isinstance(value, Term):
            yield subject, quad.predicate, value
    for subject, predicate, value in ontology:
        if predicate in _AXIOMS or (predicate == RDF.type and value in _DECLARED):
            yield subject, predicate, value


def _graph(triples: Iterable[tuple[Node, NamedNode, Term]]) -> "rdflib.Graph":
    """Return an rdflib graph that parses each query once: pySHACL asks one text again for each node."""
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    from g60kg.query import to_rdflib

    class PreparedGraph(rdflib.Graph):
        prepared = staticmethod(cache(prepareQuery))

        def query(self, query_object: Any, *args: Any, **options: Any) -> "Result":
            if isinstance(query_object, str):
                query_object = self.prepared(query_object)
            return super().query(query_object, *args, **options)

    graph = PreparedGraph()
    for subject, predicate, value in triples:
        graph.add((to_rdflib(subject), to_rdflib(predicate), to_rdflib(value)))  # type: ignore[arg-type]
    return graph


def _validate(data: "rdflib.Graph", rules: "rdflib.Graph", path: Path) -> "rdflib.Graph":
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure

    try:
        _, results, text = pyshacl.validate(data, shacl_graph=rules, inplace=True, allow_warnings=True)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise OntologyError(f"no usable shapes: {error}", path=path, mend="correct the shape") from None
    if isinstance(results, ValidationFailure) or not isinstance(results, rdflib.Graph):
        raise OntologyError(f"no usable shapes: {text}", path=path, mend="correct the shape")
    return results


def _findings(results: "rdflib.Graph", rules: Triples) -> Iterator[Finding]:
    import rdflib
    from rdflib.namespace import SH as SHACL

    for result in results.subjects(rdflib.RDF.type, SHACL.ValidationResult):
        named = [results.value(result, each) for each in (SHACL.sourceConstraint, SHACL.sourceShape)]
        shape = next((str(node) for node in named if isinstance(node, rdflib.URIRef)), "")
        focus = _name(results.value(result, SHACL.focusNode))
        grave = results.value(result, SHACL.resultSeverity) != SHACL.Warning
        severity: Severity = "error" if grave else "warning"
        message = str(results.value(result, SHACL.resultMessage))
        path = results.value(result, SHACL.resultPath)
        if isinstance(path, rdflib.URIRef) and message.endswith("no such property"):
            message = f"{message}: {curie(str(path))}"
        rule = shape.removeprefix(_SHAPES)
        yield Finding("shapes", severity, Place(term=focus), rule, message, _mend(rules, NamedNode(shape)))


def _name(focus: "RdflibNode | None") -> str:
    import rdflib

    if isinstance(focus, rdflib.URIRef):
        return curie(str(focus))
    return f'"{focus}"' if isinstance(focus, rdflib.Literal) else "a blank node"


def _mend(rules: Triples, shape: NamedNode) -> str:
    """The description of the shape, or of the one that it belongs to."""
    owners = [node for link in (SH.property, SH.sparql) for node in rules.subjects(link, shape)]
    texts = [text for node in (shape, *owners) for text in rules.objects(node, SH.description)]
    return next((text.value for text in texts if isinstance(text, Literal)), "")

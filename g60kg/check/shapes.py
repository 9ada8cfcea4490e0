"""The shapes check: is the graph well-formed?

pyshacl-turbo, which reports what pySHACL does in a tenth of the time, validates all graphs but the inferred
one against `ontology/shapes.ttl`; the subclasses of the ontology are added, since a shape for places is meant
for cities too, and its properties, measures and units, to know them.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from g60kg.check.report import Finding, Place, Report, Severity
from g60kg.errors import OntologyError
from g60kg.resources import resource
from g60kg.terms import G60, INFERRED_GRAPH, OWL, QUDT, RDF, RDFS, SH, SKOS, curie
from g60kg.triples import Triples, read_triples

if TYPE_CHECKING:
    import rdflib
    from pyshacl_turbo import CompiledShapes

    from g60kg.store.base import Store

_SHAPES: Final = "https://w3id.org/g60kg/shapes#"
_DECLARED: Final = (G60.Measure, OWL.ObjectProperty, OWL.DatatypeProperty, QUDT.Unit)
_AXIOMS: Final = (RDFS.subClassOf, SKOS.inScheme, QUDT.hasQuantityKind, QUDT.applicableUnit)


def check_shapes(
    held: "Iterable[Quad] | Store",
    *,
    shapes: str | Path | None = None,
    nodes: Iterable[NamedNode] | None = None,
) -> Report:
    """Check that a graph is well-formed, against the packaged shapes or another file of them.

    With `nodes`, nothing is said of others. Raises `OntologyError` for a file of shapes that cannot be used.
    Source: SHACL, with SHACL-SPARQL.
    """
    from pyshacl_turbo.rdf import Input

    path = Path(shapes or resource("ontology", "shapes.ttl"))
    quads = held if isinstance(held, Iterable) else held.match()
    said = (quad.triple for quad in quads if quad.graph_name != INFERRED_GRAPH)
    data = serialize(chain(said, _declared()), format=RdfFormat.N_TRIPLES) or b""
    rules, compiled = _compiled(path, path.stat().st_mtime_ns)
    focus = None if nodes is None else [node.value for node in nodes]
    given = Input(data.decode(), "nt", None, {}, preserve_ids=True)  # text alone would go through rdflib
    _, results, text = compiled.validate(given, allow_warnings=True, focus_nodes=focus)
    if isinstance(results, Exception):
        raise OntologyError(f"no usable shapes: {text}", path=path, mend="correct the shape")
    return Report.of("shapes", _findings(results, rules))


@lru_cache(maxsize=2)
def _compiled(path: Path, changed: int) -> tuple[Triples, "CompiledShapes"]:
    from pyshacl_turbo import ReportableRuntimeError, ValidationFailure, compile_shapes

    rules = read_triples(path)
    try:
        return rules, compile_shapes(str(path))
    except (ReportableRuntimeError, ValidationFailure, ValueError) as error:
        raise OntologyError(f"no usable shapes: {error}", path=path, mend="correct the shape") from None


@cache
def _declared() -> tuple[Triple, ...]:
    """Return what the ontology says of its classes and properties, as far as shapes ask for it."""
    found = []
    for subject, predicate, value in read_triples(resource("ontology", "g60.ttl")):
        if predicate in _AXIOMS or (predicate == RDF.type and value in _DECLARED):
            found.append(Triple(subject, predicate, value))
    return tuple(found)


def _findings(results: "rdflib.Graph", rules: Triples) -> Iterator[Finding]:
    import rdflib
    from rdflib.namespace import SH as SHACL

    for result in results.subjects(rdflib.RDF.type, SHACL.ValidationResult):
        named = [results.value(result, each) for each in (SHACL.sourceConstraint, SHACL.sourceShape)]
        shape = next((str(node) for node in named if isinstance(node, rdflib.URIRef)), "")
        node = results.value(result, SHACL.focusNode)
        focus = f'"{node}"' if isinstance(node, rdflib.Literal) else "a blank node"
        focus = curie(str(node)) if isinstance(node, rdflib.URIRef) else focus
        grave = results.value(result, SHACL.resultSeverity) != SHACL.Warning
        severity: Severity = "error" if grave else "warning"
        own = rules.objects(NamedNode(shape), SH.message) if named[0] else ()  # the shape's wins otherwise
        message = next((str(each.value) for each in own if isinstance(each, Literal)), "")
        message = message or str(results.value(result, SHACL.resultMessage))
        path = results.value(result, SHACL.resultPath)
        if isinstance(path, rdflib.URIRef) and message.endswith("no such property"):
            message = f"{message}: {curie(str(path))}"
        rule = shape.removeprefix(_SHAPES)
        yield Finding("shapes", severity, Place(term=focus), rule, message, _mend(rules, NamedNode(shape)))


def _mend(rules: Triples, shape: NamedNode) -> str:
    """The description of the shape, or of the one that it belongs to."""
    owners = [node for link in (SH.property, SH.sparql) for node in rules.subjects(link, shape)]
    texts = [text for node in (shape, *owners) for text in rules.objects(node, SH.description)]
    return next((text.value for text in texts if isinstance(text, Literal)), "")

"""The words of an ontology: labels, definitions, and where each term comes from.

Goes in: the terms. Comes out: faults. An individual outside the ontology's namespace is data, and
named elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.check.ontology.terms import Fault, Terms
from g60kg.check.ontology.vocabularies import is_known
from g60kg.check.profile.rules import RESERVED, STRUCTURE
from g60kg.check.triples import Term
from g60kg.terms import OWL, RDF, RDFS, SCHEMA, SKOS, curie

_LEADS_TO_TERMS: Final = (STRUCTURE | {RDF.type, SCHEMA.domainIncludes, SCHEMA.rangeIncludes}) - {
    OWL.imports,
    OWL.versionIRI,
}


def check_names(terms: Terms) -> Iterator[Fault]:
    """Yield what the words of the terms lack."""
    for node, kind in terms.kinds.items():
        own = terms.is_own(node)
        if own or kind != "individual":
            yield from _label(terms, node, own)
            yield from _defined_by(terms, node, own)
        if not own and kind != "individual" and not is_known(node):
            yield Fault("unknown-term", node)
    yield from _duplicates(terms)
    yield from (Fault("untyped", node) for node in _used(terms) if not terms.triples.objects(node, RDF.type))


def _label(terms: Terms, node: NamedNode, own: bool) -> Iterator[Fault]:
    if not terms.texts(node, RDFS.label, "en"):
        yield Fault("label-en", node)
    if own and not terms.texts(node, RDFS.label, "zh"):
        yield Fault("label-zh", node)
    if own and not terms.texts(node, SKOS.definition, "en"):
        yield Fault("definition-en", node)


def _defined_by(terms: Terms, node: NamedNode, own: bool) -> Iterator[Fault]:
    sources = terms.triples.objects(node, RDFS.isDefinedBy)
    if not sources or (terms.ontology in sources) != own:
        yield Fault("defined-by", node)


def _duplicates(terms: Terms) -> Iterator[Fault]:
    bearers: dict[tuple[str, str], list[NamedNode]] = defaultdict(list)
    for node in terms.kinds:
        for value in terms.triples.objects(node, RDFS.label):
            if isinstance(value, Literal):
                bearers[value.value.casefold(), value.language or ""].append(node)
    for (label, language), nodes in bearers.items():
        for node in nodes[1:]:
            yield Fault("duplicate-label", node, f'"{label}"@{language}, like {curie(nodes[0])}')


def _used(terms: Terms) -> Iterator[NamedNode]:
    """Yield the IRIs that stand where a declared term must stand, each once."""
    seen: set[Term] = set()
    for subject, predicate, value in terms.triples:
        places: list[Term] = [subject, predicate, *([value] if predicate in _LEADS_TO_TERMS else [])]
        for node in places:
            if isinstance(node, NamedNode) and node not in seen and not node.value.startswith(RESERVED):
                seen.add(node)
                yield node

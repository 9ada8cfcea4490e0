"""The register as RDF.

Goes in: a `Register`. Comes out: quads of `graph:register`, in one order: entities with their types,
names, links and facts, and beside each fact a node that says whose fact it is. No node is blank.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.model import content_id
from g60kg.register.entry import Entry, RegisterFact
from g60kg.register.register import Register
from g60kg.terms import DCTERMS, G60, RDF, REGISTER, REGISTER_GRAPH, SKOS, WD, iri

_Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def register_quads(register: Register) -> list[Quad]:
    """Return the quads of the register's graph; the same register gives the same list."""
    return [
        Quad(*statement, REGISTER_GRAPH)
        for entry in register.entries.values()
        for statement in (*_entity(entry), *_facts(entry))
    ]


def _entity(entry: Entry) -> Iterator[_Statement]:
    """Yield what an entity is and what it is called."""
    yield from ((entry.iri, RDF.type, iri(kind)) for kind in entry.types)
    for kind, name, language in entry.labels():
        label = SKOS.prefLabel if kind == "preferred" else SKOS.altLabel
        yield entry.iri, label, Literal(name, language=language)
    for name in dict.fromkeys(repair.name for repair in entry.garbled):
        yield entry.iri, SKOS.hiddenLabel, Literal(name, language="en")
    if entry.wikidata is not None:
        yield entry.iri, SKOS.closeMatch, WD[entry.wikidata]
    for source in dict.fromkeys((entry.source, *entry.more_sources)):
        yield entry.iri, DCTERMS.source, Literal(source)


def _facts(entry: Entry) -> Iterator[_Statement]:
    """Yield each background fact, and the node that carries its source."""
    for fact in entry.facts:
        yield entry.iri, fact.predicate, fact.object
        node = fact_node(entry, fact)
        yield node, RDF.type, G60.RegisterFact
        yield node, RDF.subject, entry.iri
        yield node, RDF.predicate, fact.predicate
        yield node, RDF.object, fact.object
        yield node, DCTERMS.source, Literal(fact.source)


def fact_node(entry: Entry, fact: RegisterFact) -> NamedNode:
    """Return the node of a fact, named by what it states and who says so."""
    parts = [fact.object.value]
    if isinstance(fact.object, Literal):
        parts += [fact.object.datatype.value, fact.object.language or ""]
    return REGISTER[content_id(entry.id, fact.predicate.value, fact.source, *parts)]

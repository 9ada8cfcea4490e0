"""Gathering what is known of an entity.

Goes in: a store and an entity. Comes out: a `Description`, sorted: claims in the order of their
article's text, the rest by name.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.kg.description import Added, Description, Quote, Said, Statement
from g60kg.kg.figures import figure_of, limits_of
from g60kg.kg.labels import Labels, Node
from g60kg.kg.rows import Row, rows_of
from g60kg.model import ORDINARY
from g60kg.store import Store
from g60kg.terms import ARTICLE, CLAIM, G60, INFERRED_GRAPH, RDF, RDFS, SKOS, curie

_CLAIMS: Final = """
SELECT DISTINCT ?claim ?subject ?predicate ?object ?article ?quote ?start ?end ?reader ?basis ?status {
  PATTERN
  ?claim a g60:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    prov:wasQuotedFrom ?article ; oa:hasTarget/oa:hasSelector ?place, ?words .
  ?place oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
  OPTIONAL { ?claim g60:reader ?reader ; g60:basis ?basis ; g60:status ?status }
} ORDER BY ?article ?start ?end ?claim
"""
_ABOUT: Final = _CLAIMS.replace(
    "PATTERN",
    "{ ?claim ?part ?entity } UNION { ?claim rdf:object ?figure . ?figure a g60:Statistic ; ?part ?entity }",
)
_PROPOSED: Final = _CLAIMS.replace("PATTERN", "?claim g60:status g60:Proposed .")
_REGISTER: Final = """
SELECT DISTINCT ?subject ?predicate ?object ?source {
  ?fact a g60:RegisterFact ; ?part ?entity ;
    rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; dcterms:source ?source .
} ORDER BY ?predicate ?subject ?object ?source
"""


def describe(store: Store, entity: NamedNode) -> Description:
    """Return all that a store holds about an entity."""
    labels = Labels(store)
    return Description(
        iri=entity.value,
        names=labels.all_of(entity),
        types=tuple(sorted(set(_types(store, entity)))),
        also=_texts(store, entity, SKOS.altLabel),
        garbled=_texts(store, entity, SKOS.hiddenLabel),
        candidate=any(store.match(entity, G60.status, G60.Candidate)),
        said=tuple(_said(store, entity, labels)),
        register=tuple(_added(store, entity, labels)),
        inferred=tuple(_inferred(store, entity, labels)),
    )


def proposed(store: Store) -> tuple[Said, ...]:
    """Return the claims that await a person's word, in the order of the articles and their texts."""
    return tuple(_claims(store, rows_of(store, _PROPOSED), Labels(store)))


def _types(store: Store, entity: NamedNode) -> Iterator[str]:
    """Yield the types that were held, not those that were inferred."""
    for quad in store.match(entity, RDF.type):
        if quad.graph_name != INFERRED_GRAPH and isinstance(quad.object, NamedNode):
            yield curie(quad.object)


def _texts(store: Store, entity: NamedNode, naming: NamedNode) -> tuple[str, ...]:
    found = (quad.object for quad in store.match(entity, naming))
    return tuple(sorted({value.value for value in found if isinstance(value, Literal)}))


def _said(store: Store, entity: NamedNode, labels: Labels) -> Iterator[Said]:
    """Yield the claims that name an entity, as subject, object or limit."""
    return _claims(store, rows_of(store, _ABOUT, entity), labels)


def _claims(store: Store, rows: Iterable[Row], labels: Labels) -> Iterator[Said]:
    for row in rows:
        figure = figure_of(store, row["object"], labels)
        limits = (*_claim_limits(store, row["claim"], labels), *(figure.limits if figure else ()))
        article = row["article"].value.removeprefix(ARTICLE.base)
        start, end = int(row["start"].value), int(row["end"].value)
        yield Said(
            _statement(row, labels, limits, figure.text if figure else None),
            Quote(article, row["quote"].value, start, end),
            tuple(_repairs(store, row["claim"], labels)),
            row["claim"].value.removeprefix(CLAIM.base),
            row["reader"].value if "reader" in row else ORDINARY[0],
            row["basis"].value if "basis" in row else ORDINARY[1],
            "proposed" if row.get("status") == G60.Proposed else "accepted",
        )


def _claim_limits(store: Store, claim: Node, labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield what limits a claim that is no figure, and how it is meant where it is no plain statement."""
    if isinstance(claim, NamedNode):
        yield from limits_of(store, claim, labels)
        yield from (("modality", labels.of(quad.object)) for quad in store.match(claim, G60.modality))


def _repairs(store: Store, claim: Node, labels: Labels) -> Iterator[str]:
    """Yield the repairs of names that a claim needed, in words."""
    if not isinstance(claim, NamedNode):
        return
    used = (quad.object for quad in store.match(claim, G60.usesRepair))
    for repair in sorted((node for node in used if isinstance(node, NamedNode)), key=str):
        surface, target, reason = (
            next((labels.of(quad.object) for quad in store.match(repair, naming)), "")
            for naming in (G60.surface, G60.repairedTo, RDFS.comment)
        )
        yield f"“{surface}” is {target}: {reason}"


def _added(store: Store, entity: NamedNode, labels: Labels) -> Iterator[Added]:
    for row in rows_of(store, _REGISTER, entity):
        yield Added(_statement(row, labels), labels.of(row["source"]))


def _inferred(store: Store, entity: NamedNode, labels: Labels) -> list[Statement]:
    """Return the inferred facts of an entity, sorted by property and names."""
    quads = [
        *store.match(entity, None, None, INFERRED_GRAPH),
        *store.match(None, None, entity, INFERRED_GRAPH),
    ]
    found = {Statement(labels.of(q.subject), labels.of(q.predicate), labels.of(q.object)) for q in quads}
    return sorted(found, key=lambda fact: (fact.predicate, fact.subject, fact.object))


def _statement(
    row: Row, labels: Labels, limits: tuple[tuple[str, str], ...] = (), value: str | None = None
) -> Statement:
    subject, predicate, text = (labels.of(row[name]) for name in ("subject", "predicate", "object"))
    return Statement(subject, predicate, text if value is None else value, limits)

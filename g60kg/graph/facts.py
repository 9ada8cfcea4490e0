"""Claims to the direct triples of an article, its statistics and its candidates.

A claim that is planned, denied or reported, or only proposed, puts none there. A figure puts one statistic,
whose IRI is its content and not its place in the text; one that the text gives no time bears the article's
date as `g60:reportedOn`. A literal has the datatype that the value's form has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.article import Article
from g60kg.model import TIMES, Claim, Entity, Value, content_id
from g60kg.resources import resource
from g60kg.terms import G60, RDF, SKOS, STATISTIC, XSD, iri
from g60kg.triples import read_triples

Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]
"""A triple, as a plain tuple."""
_TIME: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_OWNER: Final = re.compile(r"^(?:(?:the|its|their|a|an) |.*['’]s? )")
"""Whose a kind is: concepts have their words without it."""
_NUMBERS: Final = frozenset(["rank"])
_TIME_NAMES: Final = frozenset(["year", "date", "reportedOn", "basePeriod"])
_WORDS: Final = frozenset(["countedKind", "ofWhole", "base", "asWritten"])
_DATED: Final = frozenset(["year", "date", "period", "reportedOn"])


def about(node: NamedNode, *values: tuple[NamedNode, NamedNode | Literal | None]) -> Iterator[Fact]:
    """Yield the triples of a node, one for each property that has a value."""
    return ((node, predicate, value) for predicate, value in values if value is not None)


def fact_triples(article: Article, claims: Iterable[Claim]) -> Iterator[Fact]:
    """Yield the triples of an article's graph; some may come twice."""
    for claim in claims:
        for entity in filter(lambda each: each.candidate, _entities(claim)):
            node, label = NamedNode(entity.iri), Literal(entity.label, language=article.language)
            yield from about(node, *((RDF.type, iri(name)) for name in entity.types))
            yield from about(node, (SKOS.prefLabel, label), (G60.status, G60.Candidate))
        if claim.is_fact:
            yield NamedNode(claim.subject.iri), iri(claim.predicate), object_term(claim)
            yield from statistic_triples(claim, article)


def object_term(claim: Claim) -> NamedNode | Literal:
    """Return the object of a claim's triple: an entity, a statistic or a literal."""
    if isinstance(claim.object, Entity):
        return NamedNode(claim.object.iri)
    return statistic(claim) if claim.object.is_figure else value_literal(claim.object)


def statistic(claim: Claim) -> NamedNode:
    """Return the node of a figure: one for each article, subject, measure, value and set of qualifiers."""
    value = claim.object
    assert isinstance(value, Value)
    limits = [
        f"{name}={q.iri if isinstance(q, Entity) else q}"
        for name, q in claim.qualifiers
        if name != "reportedOn"  # that of the article, whoever says so
    ]
    figure = (value.value, value.unit, value.comparator)
    return STATISTIC[content_id(claim.article, claim.subject.iri, claim.predicate, *figure, *limits)]


def _entities(claim: Claim) -> Iterator[Entity]:
    yield claim.subject
    if isinstance(claim.object, Entity):
        yield claim.object
    yield from (value for _, value in (*claim.qualifiers, *claim.context) if isinstance(value, Entity))


def statistic_triples(claim: Claim, article: Article) -> Iterator[Fact]:
    """Yield the triples of a claim's figure; none for another claim."""
    value = claim.object
    if not isinstance(value, Value) or not value.is_figure:
        return
    node, is_dated = statistic(claim), not _DATED.isdisjoint(dict(claim.qualifiers))
    reported = qualifier_literal("reportedOn", article.date, "en") if article.date and not is_dated else None
    yield from about(
        node,
        (RDF.type, G60.Statistic),
        (G60.statisticOf, NamedNode(claim.subject.iri)),
        (G60.measure, iri(claim.predicate)),
        (G60.value, Literal(value.value, datatype=XSD.decimal)),
        (G60.unit, iri(value.unit or "unit:NUM")),
        (G60.comparator, Literal(value.comparator or "exact")),
        (G60.reportedOn, reported),
    )
    yield from limit_triples(node, claim, (*claim.qualifiers, *claim.context), article.language)


def limit_triples(
    node: NamedNode, claim: Claim, limits: Iterable[tuple[str, object]], language: str
) -> Iterator[Fact]:
    """Yield what limits a claim, or what the words beside a figure say of it, as properties of a node.

    A conversion leads to the figure that it converts.
    """
    for name, value in limits:
        if isinstance(value, Value):
            yield node, G60[name], statistic(replace(claim, object=value))
        elif isinstance(value, Entity):
            yield node, G60[name], NamedNode(value.iri)
        elif name != "modality":
            kind = kinds().get(_OWNER.sub("", str(value).lower())) if name == "countedKind" else None
            yield from about(
                node, (G60[name], qualifier_literal(name, str(value), language)), (G60.ofKind, kind)
            )


@cache
def kinds() -> dict[str, NamedNode]:
    """Return the concepts of what figures count, by the words of articles that stand for them.

    >>> kinds()["high-tech enterprises"].value
    'https://w3id.org/g60kg/ontology#HighTechEnterprises'
    """
    held = read_triples(resource("ontology", "g60.ttl"))
    concepts = held.subjects(SKOS.inScheme, G60.CountedKinds)
    named = (each for each in concepts if isinstance(each, NamedNode))
    return {each.value: node for node in named for each in held.objects(node, SKOS.altLabel)}


def value_literal(value: Value) -> Literal:
    """Return the literal of a value.

    >>> value_literal(Value("2016", "xsd:gYear")).datatype.value
    'http://www.w3.org/2001/XMLSchema#gYear'
    """
    datatype = iri(value.datatype)
    if datatype == RDF.langString:
        return Literal(value.value, language=value.language or "en")
    return Literal(value.value, datatype=datatype)


def qualifier_literal(name: str, text: str, language: str) -> Literal:
    """Return the literal of a qualifier: a time, a whole number, a code, or words of the article."""
    if name in _TIME_NAMES:
        return Literal(text, datatype=iri(TIMES[len(text)]) if _TIME.fullmatch(text) else XSD.string)
    if name in _NUMBERS:
        return Literal(text, datatype=XSD.integer)
    if name in _WORDS:
        return Literal(text, language=language)
    return Literal(text)

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

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.article import Article
from g60kg.model import TIMES, Claim, Entity, Value, content_id
from g60kg.resources import resource
from g60kg.terms import G60, RDF, SKOS, STATISTIC, XSD, article_graph, iri
from g60kg.triples import read_triples

_TIME: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_OWNER: Final = re.compile(r"^(?:(?:the|its|their|a|an) |.*['’]s? )")
_NUMBERS: Final = frozenset(["rank"])
_TIME_NAMES: Final = frozenset(["year", "date", "reportedOn", "basePeriod"])
_WORDS: Final = frozenset(["countedKind", "ofWhole", "base", "asWritten"])
_DATED: Final = frozenset(["year", "date", "period", "reportedOn"])


def fact_quads(article: Article, claims: Iterable[Claim]) -> Iterator[Quad]:
    """Yield the quads of an article's graph; some may come twice."""
    graph = article_graph(article.id)
    for claim in claims:
        for entity in _entities(claim):
            if entity.candidate:
                yield from _candidate(entity, article.language, graph)
        if claim.is_fact:
            yield Quad(NamedNode(claim.subject.iri), iri(claim.predicate), object_term(claim), graph)
            yield from statistic_quads(claim, article, graph)


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
    parts = (
        claim.article,
        claim.subject.iri,
        claim.predicate,
        value.value,
        value.unit,
        value.comparator,
        *limits,
    )
    return STATISTIC[content_id(*parts)]


def _entities(claim: Claim) -> Iterator[Entity]:
    yield claim.subject
    if isinstance(claim.object, Entity):
        yield claim.object
    yield from (value for _, value in (*claim.qualifiers, *claim.context) if isinstance(value, Entity))


def _candidate(entity: Entity, language: str, graph: NamedNode) -> Iterator[Quad]:
    node = NamedNode(entity.iri)
    for name in entity.types:
        yield Quad(node, RDF.type, iri(name), graph)
    yield Quad(node, SKOS.prefLabel, Literal(entity.label, language=language), graph)
    yield Quad(node, G60.status, G60.Candidate, graph)


def statistic_quads(claim: Claim, article: Article, graph: NamedNode) -> Iterator[Quad]:
    """Yield the quads of a claim's figure; none for another claim."""
    value = claim.object
    if not isinstance(value, Value) or not value.is_figure:
        return
    node = statistic(claim)
    yield Quad(node, RDF.type, G60.Statistic, graph)
    yield Quad(node, G60.statisticOf, NamedNode(claim.subject.iri), graph)
    yield Quad(node, G60.measure, iri(claim.predicate), graph)
    yield Quad(node, G60.value, Literal(value.value, datatype=XSD.decimal), graph)
    yield Quad(node, G60.unit, iri(value.unit or "unit:NUM"), graph)
    yield Quad(node, G60.comparator, Literal(value.comparator or "exact"), graph)
    yield from limit_quads(node, claim, (*claim.qualifiers, *claim.context), article.language, graph)
    if article.date and _DATED.isdisjoint(dict(claim.qualifiers)):
        yield Quad(node, G60.reportedOn, qualifier_literal("reportedOn", article.date, "en"), graph)


def limit_quads(
    node: NamedNode, claim: Claim, limits: Iterable[tuple[str, object]], language: str, graph: NamedNode
) -> Iterator[Quad]:
    """Yield what limits a claim, or what the words beside a figure say of it, as properties of a node.

    A conversion leads to the figure that it converts.
    """
    for name, value in limits:
        if isinstance(value, Value):
            yield Quad(node, G60[name], statistic(replace(claim, object=value)), graph)
        elif isinstance(value, Entity):
            yield Quad(node, G60[name], NamedNode(value.iri), graph)
        elif name != "modality":
            yield Quad(node, G60[name], qualifier_literal(name, str(value), language), graph)
            concept = kinds().get(_folded(str(value))) if name == "countedKind" else None
            if concept is not None:
                yield Quad(node, G60.ofKind, concept, graph)


@cache
def kinds() -> dict[str, NamedNode]:
    """Return the concepts of what figures count, by the words of articles that stand for them.

    >>> kinds()["high-tech enterprises"].value
    'https://w3id.org/g60kg/ontology#HighTechEnterprises'
    """
    held = read_triples(resource("ontology", "g60.ttl"))
    concepts = [
        each for each in held.subjects(SKOS.inScheme, G60.CountedKinds) if isinstance(each, NamedNode)
    ]
    return {each.value: node for node in concepts for each in held.objects(node, SKOS.altLabel)}


def _folded(words: str) -> str:
    """Return the words of a kind as concepts have them: without whose it is, in small letters."""
    return _OWNER.sub("", words.lower())


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

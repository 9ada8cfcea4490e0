"""An article and its claims to its two graphs, and the ontology's file to its own.

Of a claim stands what was said, where, in which words, who read it and how far that is trusted. Each is a Web
Annotation whose target is those words, by selectors that were checked against the text, and whose body says
in a line what they state. No node is blank. Source: W3C Web Annotation Data Model.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.graph.facts import Fact, about, fact_triples, limit_triples, object_term, statistic_triples
from g60kg.graph.fingerprints import fingerprint
from g60kg.model import Claim, Entity, Repair, Value, content_id
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    DCTERMS,
    G60,
    OA,
    ONTOLOGY_GRAPH,
    PROV,
    RDF,
    RDFS,
    REPAIR,
    SOFTWARE,
    XSD,
    article_graph,
    claims_graph,
    in_graph,
    iri,
)
from g60kg.triples import canonical, read_triples

_AROUND: Final = 32
"""How many characters before and after a quote are kept to find it again."""
_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def article_quads(article: Article, claims: Iterable[Claim]) -> list[Quad]:
    """Return the quads of `graph:article/ID` and `graph:claims/ID`.

    Raises `ArticleError` when a quote is not what stands at its place.
    """
    listed, graph = tuple(claims), claims_graph(article.id)
    claimed = chain(_article(article, graph), *(_claim(claim, article) for claim in listed))
    graphs = {article_graph(article.id): fact_triples(article, listed), graph: claimed}
    quads = {Quad(*fact, name) for name in graphs for fact in graphs[name]}
    held = {quad.subject for quad in quads}
    whole = (quad for quad in quads if quad.predicate != G60.conversionOf or quad.object in held)
    return sorted(whole, key=str)


def _article(article: Article, graph: NamedNode) -> Iterator[Fact]:
    node = ARTICLE[article.id]
    yield from about(
        graph, (RDF.type, PROV.Bundle), (PROV.wasDerivedFrom, node), (PROV.wasAttributedTo, SOFTWARE)
    )
    yield from about(
        node,
        (RDF.type, G60.Article),
        (G60.sha256, Literal(article.sha256)),
        (G60.fingerprint, Literal(fingerprint(article.text))),
        (DCTERMS.language, Literal(article.language)),
        (DCTERMS.title, Literal(article.title, language=article.language) if article.title else None),
        (DCTERMS.date, Literal(article.date, datatype=XSD.date) if article.date else None),
        (DCTERMS.source, NamedNode(article.url) if article.url else None),
        (RDFS.comment, Literal(article.note, language="en") if article.note else None),
    )


def _claim(claim: Claim, article: Article) -> Iterator[Fact]:
    """Yield the triples of a claim: what is said, its target, its repairs."""
    if article.text[claim.start : claim.end] != claim.quote or claim.article != article.id:
        raise ArticleError(f"the quote of claim {claim.id} is not what stands there", path=article.id)
    node = CLAIM[claim.id]
    yield from _statement(node, claim, article.language)
    if not (isinstance(claim.object, Value) and claim.object.is_figure):
        yield from limit_triples(node, claim, claim.qualifiers, article.language)
    elif not claim.is_fact:
        yield from statistic_triples(claim, article)
    yield from _target(node, claim, article)
    for repair in claim.repairs:
        yield from _repair(node, repair)


def _statement(node: NamedNode, claim: Claim, language: str) -> Iterator[Fact]:
    value, modality = claim.object, dict(claim.qualifiers).get("modality")
    yield from about(
        node,
        (RDF.type, G60.Claim),
        (RDF.type, OA.Annotation),
        (OA.motivatedBy, OA.describing),
        (OA.bodyValue, Literal(claim_words(claim))),
        (RDF.subject, NamedNode(claim.subject.iri)),
        (RDF.predicate, iri(claim.predicate)),
        (RDF.object, object_term(claim)),
        (PROV.wasQuotedFrom, ARTICLE[claim.article]),
        (G60.pattern, Literal(claim.pattern)),
        (G60.reader, Literal(claim.reader)),
        (G60.basis, Literal(claim.basis)),
        (G60.status, G60.Accepted if claim.status == "accepted" else G60.Proposed),
        (G60.modality, Literal(modality) if isinstance(modality, str) else None),
        (G60.subjectSurface, Literal(claim.subject.surface, language=language)),
        (G60.objectSurface, Literal(value.surface, language=language) if isinstance(value, Entity) else None),
    )
    for resolution in claim.resolved:
        said = f"{resolution.surface}: {resolution.rule}" if resolution.surface else resolution.rule
        yield node, G60.resolution, Literal(said)


def _target(node: NamedNode, claim: Claim, article: Article) -> Iterator[Fact]:
    target, position, quote = (NamedNode(f"{node.value}/{part}") for part in ("target", "position", "quote"))
    start, end, text = claim.start, claim.end, article.text
    yield node, OA.hasTarget, target
    yield from about(
        target,
        (RDF.type, OA.SpecificResource),
        (OA.hasSource, ARTICLE[article.id]),
        (OA.hasSelector, position),
        (OA.hasSelector, quote),
    )
    yield from about(
        position,
        (RDF.type, OA.TextPositionSelector),
        (OA.start, Literal(str(start), datatype=XSD.nonNegativeInteger)),
        (OA.end, Literal(str(end), datatype=XSD.nonNegativeInteger)),
    )
    yield from about(
        quote,
        (RDF.type, OA.TextQuoteSelector),
        (OA.exact, Literal(claim.quote)),
        (OA.prefix, Literal(text[max(0, start - _AROUND) : start])),
        (OA.suffix, Literal(text[end : end + _AROUND])),
    )


def claim_words(claim: Claim) -> str:
    """Return in a line what a claim states and what limits it: "Songjiang District company count: 121"."""
    value = claim.object
    if isinstance(value, Entity):
        said = value.label
    else:
        unit = (value.unit or "").rpartition(":")[2].removeprefix("CCY_").replace("NUM", "")
        comparator = "" if value.comparator == "exact" else value.comparator
        said = " ".join(part for part in (comparator, value.value, unit) if part)
    limits = [f"{_spaced(n)}: {q if isinstance(q, str) else q.label}" for n, q in claim.qualifiers]
    words = f"{claim.subject.label} {_spaced(claim.predicate.partition(':')[2])}: {said}"
    return f"{words} ({'; '.join(limits)})" if limits else words


def _spaced(name: str) -> str:
    return _INSIDE.sub(" ", name).lower()


def _repair(claim: NamedNode, repair: Repair) -> Iterator[Fact]:
    node = REPAIR[content_id(repair.surface, repair.iri, repair.reason)]
    yield claim, G60.usesRepair, node
    yield from about(
        node,
        (RDF.type, G60.Repair),
        (G60.surface, Literal(repair.surface)),
        (G60.repairedTo, NamedNode(repair.iri)),
        (RDFS.comment, Literal(repair.reason, language="en")),
    )


def ontology_quads(path: Path) -> list[Quad]:
    """Return the quads of `graph:ontology`, sorted; blank nodes as RDFC-1.0 names them.

    Raises `OntologyError` that names file and line for a file that is missing or broken.
    """
    triples = canonical(Triple(*each) for each in read_triples(path))
    quads = (in_graph(triple, ONTOLOGY_GRAPH) for triple in triples)
    return sorted(quads, key=str)

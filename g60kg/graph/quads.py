"""An article and its claims to its two graphs, and the ontology's file to its own.

Of a claim stands what was said, where, in which words, who read it and how far that is trusted. Each is a Web
Annotation whose target is those words, by selectors that were checked against the text, and whose body says
in a line what they state. No node is blank. Source: W3C Web Annotation Data Model.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.graph.facts import fact_quads, limit_quads, object_term, statistic_quads
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
    claims_graph,
    iri,
)
from g60kg.triples import read_triples

_AROUND: Final = 32
"""How many characters before and after a quote are kept to find it again."""
_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def article_quads(article: Article, claims: Iterable[Claim]) -> list[Quad]:
    """Return the quads of `graph:article/ID` and `graph:claims/ID`.

    Raises `ArticleError` when a quote is not what stands at its place.
    """
    listed = tuple(claims)
    quads = {*fact_quads(article, listed), *claim_quads(article, listed)}
    held = {quad.subject for quad in quads}
    whole = (quad for quad in quads if quad.predicate != G60.conversionOf or quad.object in held)
    return sorted(whole, key=str)


def claim_quads(article: Article, claims: Iterable[Claim]) -> Iterator[Quad]:
    """Yield the quads of an article's graph of claims; some may come twice.

    Raises `ArticleError` when a claim's quote is not what stands at its place.
    """
    graph = claims_graph(article.id)
    source = ARTICLE[article.id]
    yield from _article(article, source, graph)
    for claim in claims:
        if article.text[claim.start : claim.end] != claim.quote or claim.article != article.id:
            raise ArticleError(f"the quote of claim {claim.id} is not what stands there", path=article.id)
        node = CLAIM[claim.id]
        yield from _statement(node, claim, article, source, graph)
        yield from _target(node, claim, article, source, graph)
        for repair in claim.repairs:
            yield from _repair(node, repair, graph)


def _article(article: Article, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    yield Quad(graph, RDF.type, PROV.Bundle, graph)
    yield Quad(graph, PROV.wasDerivedFrom, node, graph)
    yield Quad(graph, PROV.wasAttributedTo, SOFTWARE, graph)
    yield Quad(node, RDF.type, G60.Article, graph)
    yield Quad(node, G60.sha256, Literal(article.sha256), graph)
    yield Quad(node, G60.fingerprint, Literal(fingerprint(article.text)), graph)
    yield Quad(node, DCTERMS.language, Literal(article.language), graph)
    if article.title:
        yield Quad(node, DCTERMS.title, Literal(article.title, language=article.language), graph)
    if article.date:
        yield Quad(node, DCTERMS.date, Literal(article.date, datatype=XSD.date), graph)
    if article.url:
        yield Quad(node, DCTERMS.source, NamedNode(article.url), graph)
    if article.note:
        yield Quad(node, RDFS.comment, Literal(article.note, language="en"), graph)


def _statement(
    node: NamedNode, claim: Claim, article: Article, source: NamedNode, graph: NamedNode
) -> Iterator[Quad]:
    yield Quad(node, RDF.type, G60.Claim, graph)
    yield Quad(node, RDF.type, OA.Annotation, graph)
    yield Quad(node, OA.motivatedBy, OA.describing, graph)
    yield Quad(node, OA.bodyValue, Literal(claim_words(claim)), graph)
    yield Quad(node, RDF.subject, NamedNode(claim.subject.iri), graph)
    yield Quad(node, RDF.predicate, iri(claim.predicate), graph)
    yield Quad(node, RDF.object, object_term(claim), graph)
    yield Quad(node, PROV.wasQuotedFrom, source, graph)
    yield Quad(node, G60.pattern, Literal(claim.pattern), graph)
    yield Quad(node, G60.reader, Literal(claim.reader), graph)
    yield Quad(node, G60.basis, Literal(claim.basis), graph)
    yield Quad(node, G60.status, G60.Accepted if claim.status == "accepted" else G60.Proposed, graph)
    yield Quad(node, G60.subjectSurface, Literal(claim.subject.surface, language=article.language), graph)
    if isinstance(claim.object, Entity):
        yield Quad(node, G60.objectSurface, Literal(claim.object.surface, language=article.language), graph)
    for resolution in claim.resolved:
        said = f"{resolution.surface}: {resolution.rule}" if resolution.surface else resolution.rule
        yield Quad(node, G60.resolution, Literal(said), graph)
    yield from _limits(node, claim, article, graph)


def _limits(node: NamedNode, claim: Claim, article: Article, graph: NamedNode) -> Iterator[Quad]:
    modality = dict(claim.qualifiers).get("modality")
    if isinstance(modality, str):
        yield Quad(node, G60.modality, Literal(modality), graph)
    if not (isinstance(claim.object, Value) and claim.object.is_figure):
        yield from limit_quads(node, claim, claim.qualifiers, article.language, graph)
    elif not claim.is_fact:
        yield from statistic_quads(claim, article, graph)


def _target(
    node: NamedNode, claim: Claim, article: Article, source: NamedNode, graph: NamedNode
) -> Iterator[Quad]:
    target, position, quote = (NamedNode(f"{node.value}/{part}") for part in ("target", "position", "quote"))
    yield Quad(node, OA.hasTarget, target, graph)
    yield Quad(target, RDF.type, OA.SpecificResource, graph)
    yield Quad(target, OA.hasSource, source, graph)
    yield Quad(target, OA.hasSelector, position, graph)
    yield Quad(target, OA.hasSelector, quote, graph)
    yield Quad(position, RDF.type, OA.TextPositionSelector, graph)
    yield Quad(position, OA.start, Literal(str(claim.start), datatype=XSD.nonNegativeInteger), graph)
    yield Quad(position, OA.end, Literal(str(claim.end), datatype=XSD.nonNegativeInteger), graph)
    yield Quad(quote, RDF.type, OA.TextQuoteSelector, graph)
    yield Quad(quote, OA.exact, Literal(claim.quote), graph)
    before, after = (
        article.text[max(0, claim.start - _AROUND) : claim.start],
        article.text[claim.end : claim.end + _AROUND],
    )
    yield Quad(quote, OA.prefix, Literal(before), graph)
    yield Quad(quote, OA.suffix, Literal(after), graph)


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


def _repair(claim: NamedNode, repair: Repair, graph: NamedNode) -> Iterator[Quad]:
    node = REPAIR[content_id(repair.surface, repair.iri, repair.reason)]
    yield Quad(claim, G60.usesRepair, node, graph)
    yield Quad(node, RDF.type, G60.Repair, graph)
    yield Quad(node, G60.surface, Literal(repair.surface), graph)
    yield Quad(node, G60.repairedTo, NamedNode(repair.iri), graph)
    yield Quad(node, RDFS.comment, Literal(repair.reason, language="en"), graph)


def ontology_quads(path: Path) -> list[Quad]:
    """Return the quads of `graph:ontology`, sorted; blank nodes as RDFC-1.0 names them.

    Raises `OntologyError` that names file and line for a file that is missing or broken.
    """
    dataset = Dataset(Quad(*triple, ONTOLOGY_GRAPH) for triple in read_triples(path))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)

"""The graph layout of ARCHITECTURE.md, written out: one function per kind of node.

Goes in: IRIs, words and numbers. Comes out: triples, in a stream. Nothing here is random.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from g60kg.model import content_id
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    DCTERMS,
    G60,
    ID,
    OA,
    PROV,
    RDF,
    RDFS,
    REPAIR,
    SKOS,
    STATISTIC,
    UNIT,
    XSD,
)

DECIMAL = XSD.decimal
INTEGER = XSD.integer
YEAR = XSD.gYear
DATE = XSD.date
TYPE = RDF.type


def entity(node: NamedNode, kind: str, english: str, chinese: str) -> Iterator[Triple]:
    """Yield a named thing: its class and its two preferred names."""
    yield Triple(node, TYPE, G60[kind])
    yield Triple(node, SKOS.prefLabel, Literal(english, language="en"))
    yield Triple(node, SKOS.prefLabel, Literal(chinese, language="zh"))


def statistic(
    subject: NamedNode, measure: str, value: int, year: int, industry: NamedNode | None
) -> tuple[Triple, list[Triple]]:
    """Return the direct triple of a figure, and the triples of its node."""
    node = STATISTIC[content_id(subject.value, measure, value, year, industry and industry.value)]
    about = [
        Triple(node, TYPE, G60.Statistic),
        Triple(node, G60.statisticOf, subject),
        Triple(node, G60.measure, G60[measure]),
        Triple(node, G60.value, Literal(str(value), datatype=DECIMAL)),
        Triple(node, G60.unit, UNIT.NUM),
        Triple(node, G60.comparator, Literal("about")),
        Triple(node, G60.year, Literal(str(year), datatype=YEAR)),
    ]
    if industry is not None:
        about.append(Triple(node, G60.industry, industry))
    return Triple(subject, G60[measure], node), about


def article(number: int) -> Iterator[Triple]:
    """Yield the node of an article."""
    node = ARTICLE[f"synthetic-{number}"]
    yield Triple(node, TYPE, G60.Article)
    yield Triple(node, DCTERMS.title, Literal(f"News of the corridor, part {number}", language="en"))
    yield Triple(node, DCTERMS.date, Literal(f"{2016 + number % 9}-{1 + number % 12:02}-11", datatype=DATE))
    yield Triple(node, DCTERMS.language, Literal("en"))
    yield Triple(node, G60.sha256, Literal(content_id(number) * 3))


def claim(fact: Triple, number: int, start: int) -> Iterator[Triple]:
    """Yield the claim node of a direct fact, and its selectors."""
    source = ARTICLE[f"synthetic-{number}"]
    node = CLAIM[content_id(number, start, *fact)]
    yield Triple(node, TYPE, G60.Claim)
    yield Triple(node, RDF.subject, fact.subject)
    yield Triple(node, RDF.predicate, fact.predicate)
    yield Triple(node, RDF.object, fact.object)
    yield Triple(node, PROV.wasQuotedFrom, source)
    yield Triple(node, G60.pattern, Literal("synthetic"))
    yield Triple(node, G60.subjectSurface, Literal(str(fact.subject).rpartition("/")[2].rstrip(">")))
    yield from _selectors(node, source, start)


def _selectors(node: NamedNode, source: NamedNode, start: int) -> Iterator[Triple]:
    target, position, quote = (NamedNode(f"{node.value}/{part}") for part in ("target", "position", "quote"))
    yield Triple(node, OA.hasTarget, target)
    yield Triple(target, TYPE, OA.SpecificResource)
    yield Triple(target, OA.hasSource, source)
    yield Triple(target, OA.hasSelector, position)
    yield Triple(target, OA.hasSelector, quote)
    yield Triple(position, TYPE, OA.TextPositionSelector)
    yield Triple(position, OA.start, Literal(str(start), datatype=INTEGER))
    yield Triple(position, OA.end, Literal(str(start + 60), datatype=INTEGER))
    yield Triple(quote, TYPE, OA.TextQuoteSelector)
    yield Triple(
        quote, OA.exact, Literal(f"the words from {start} on that state the claim {node.value[-12:]}")
    )


def repair(entity_node: NamedNode, surface: str) -> Iterator[Triple]:
    """Yield the node of a repaired name."""
    node = REPAIR[content_id(surface, entity_node.value)]
    yield Triple(node, TYPE, G60.Repair)
    yield Triple(node, G60.surface, Literal(surface))
    yield Triple(node, G60.repairedTo, entity_node)
    yield Triple(node, RDFS.comment, Literal("The name was read as another.", language="en"))


def thing(kind: str, *numbers: int) -> NamedNode:
    """Return the IRI of the thing of a kind that the numbers say.

    >>> thing("park", 3, 1).value
    'https://w3id.org/g60kg/id/park-3-1'
    """
    return ID["-".join((kind, *map(str, numbers)))]

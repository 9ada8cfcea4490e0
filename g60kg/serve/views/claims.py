"""Claims: what an article says, its exact words, and all that was done to read them.

Goes in: a store and the nodes of claims. Comes out: a `Claimed` each. Terms stay terms: a page gives them
their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from g60kg.model import ORDINARY
from g60kg.serve.views.figures import Figure, Limit, figure_of, limits_of
from g60kg.serve.views.reading import literals, nodes, number, text, value
from g60kg.store import Store, Term
from g60kg.terms import ARTICLE, G60, OA, PROV, RDF, RDFS

PLAIN = ""
"""The modality of what is said plainly and of the whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """The exact words of an article, from `start` to `end`, with some words around them."""

    article: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A name that the article garbles: as written, what it is, and why that is known."""

    surface: str
    entity: NamedNode
    reason: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim. `figure` is its object where that is counted or measured.

    `modality` is `planned`, `denied`, `reported`, `partial`, or empty; `resolved` tells by which rules words
    such as "the region" were understood; `reader` and `basis` who read it and how subject and object were
    found, both empty where the parser found them in the clause. `is_proposed` awaits a person's word.
    """

    node: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: Term
    figure: Figure | None
    words: Words
    pattern: str
    modality: str
    limits: tuple[Limit, ...]
    repairs: tuple[Repaired, ...]
    resolved: tuple[str, ...]
    reader: str
    basis: str
    is_proposed: bool

    @property
    def is_fact(self) -> bool:
        """Whether it is accepted, and said plainly and of the whole."""
        return not self.modality and not self.is_proposed


def claim_of(store: Store, node: NamedNode) -> Claimed | None:
    """Return a claim; None for a node that is none."""
    subject, predicate = (_node(store, node, part) for part in (RDF.subject, RDF.predicate))
    said, words = value(store, node, RDF.object), words_of(store, node)
    if subject is None or predicate is None or said is None or words is None:
        return None
    figure = figure_of(store, said)
    read = text(store, node, G60.reader), text(store, node, G60.basis)
    return Claimed(
        node,
        subject,
        predicate,
        said,
        figure,
        words,
        text(store, node, G60.pattern),
        text(store, node, G60.modality) or PLAIN,
        (*limits_of(store, node), *(figure.limits if figure else ())),
        tuple(_repairs(store, node)),
        tuple(each.value for each in literals(store, node, G60.resolution)),
        *(("", "") if read == ORDINARY else read),
        any(store.match(node, G60.status, G60.Proposed)),
    )


def words_of(store: Store, claim: NamedNode) -> Words | None:
    """Return the words that state a claim."""
    article = _node(store, claim, PROV.wasQuotedFrom)
    target = _node(store, claim, OA.hasTarget)
    if article is None or target is None:
        return None
    start = end = 0
    quote, before, after, language = "", "", "", "en"
    for selector in nodes(store, target, OA.hasSelector):
        if exact := literals(store, selector, OA.exact):
            quote, language = exact[0].value, exact[0].language or "en"
            before, after = text(store, selector, OA.prefix), text(store, selector, OA.suffix)
        else:
            start, end = number(store, selector, OA.start), number(store, selector, OA.end)
    return Words(article.value.removeprefix(ARTICLE.base), start, end, quote, before, after, language)


def _repairs(store: Store, claim: NamedNode) -> Iterator[Repaired]:
    for repair in nodes(store, claim, G60.usesRepair):
        entity = _node(store, repair, G60.repairedTo)
        if entity is not None:
            yield Repaired(text(store, repair, G60.surface), entity, text(store, repair, RDFS.comment))


def _node(store: Store, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
    return next(iter(nodes(store, subject, predicate)), None)

"""Claims: what an article says, its exact words, what was done to read them, and how one stands to a graph.

Terms stay terms: who shows them gives them their names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.figures import Figure, Limit, figure_of, limits_of
from g60kg.describe.lookup import Memo, grouped, iris, literals, node, nodes, number, subjects, text, value
from g60kg.model import ORDINARY
from g60kg.resources import query_text
from g60kg.store import UNION, Store, Term
from g60kg.terms import ARTICLE, CLAIM, DCTERMS, G60, OA, PROV, RDF, RDFS, STATISTIC, claims_graph

_MOST_QUALIFIED: Final = 15
_COMPARED: Final = 500
"""So many figures of a thing are compared with one that is read."""


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

    `modality` is `planned`, `denied`, `reported`, `partial`, or empty; `own_limits` are those that are not
    the figure's; `resolved` tells by which rules words such as "the region" were understood; `reader` and
    `basis` who read it and how subject and object were found. `is_proposed` awaits a person's word.
    """

    node: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: Term
    figure: Figure | None
    words: Words
    modality: str
    own_limits: tuple[Limit, ...]
    repairs: tuple[Repaired, ...]
    resolved: tuple[str, ...]
    reader: str
    basis: str
    is_proposed: bool

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What limits it or its figure."""
        return (*self.own_limits, *(self.figure.limits if self.figure else ()))

    @property
    def is_fact(self) -> bool:
        """Whether it is accepted, and said plainly and of the whole."""
        return not self.modality and not self.is_proposed

    @property
    def is_ordinary(self) -> bool:
        """Whether the parser found its subject and object in the clause itself, which needs no telling."""
        return (self.reader, self.basis) == ORDINARY


def claim_of(store: Store, claim: NamedNode) -> Claimed | None:
    """Return a claim; None for a node that is none."""
    subject, predicate = (node(store, claim, part) for part in (RDF.subject, RDF.predicate))
    said, words = value(store, claim, RDF.object), words_of(store, claim)
    if subject is None or predicate is None or said is None or words is None:
        return None
    return Claimed(
        claim,
        subject,
        predicate,
        said,
        figure_of(store, said),
        words,
        text(store, claim, G60.modality),
        tuple(limits_of(store, claim)),
        tuple(
            Repaired(text(store, repair, G60.surface), entity, text(store, repair, RDFS.comment))
            for repair in nodes(store, claim, G60.usesRepair)
            for entity in nodes(store, repair, G60.repairedTo)[:1]
        ),
        tuple(each.value for each in literals(store, claim, G60.resolution)),
        text(store, claim, G60.reader) or ORDINARY[0],
        text(store, claim, G60.basis) or ORDINARY[1],
        any(store.match(claim, G60.status, G60.Proposed, UNION)),
    )


def words_of(store: Store, claim: NamedNode) -> Words | None:
    """Return the words that state a claim."""
    article, target = node(store, claim, PROV.wasQuotedFrom), node(store, claim, OA.hasTarget)
    if article is None or target is None:
        return None
    start = end = 0
    quote = before = after = ""
    for selector in nodes(store, target, OA.hasSelector):
        if exact := literals(store, selector, OA.exact):
            quote = exact[0].value
            before, after = text(store, selector, OA.prefix), text(store, selector, OA.suffix)
        else:
            start, end = number(store, selector, OA.start), number(store, selector, OA.end)
    language = text(store, article, DCTERMS.language) or "en"
    return Words(article.value.removeprefix(ARTICLE.base), start, end, quote, before, after, language)


def claims_of(store: Store, found: Iterable[object]) -> tuple[Claimed, ...]:
    """Return the claims among nodes, each once, in the order of the articles and their texts."""
    store = Memo.over(store)
    claims = [claim for each in iris(found) if (claim := claim_of(store, each))]
    return tuple(sorted(claims, key=lambda each: (each.words.article, each.words.start, each.words.end)))


def claims_about(store: Store, entity: NamedNode, most: int | None = None) -> tuple[Claimed, ...]:
    """Return the claims that name an entity: as subject, object, or what limits them or their figure.

    With `most`, only so many.
    """
    return claims_of(store, islice(claims_naming(store, entity), most))


def qualified_claims(
    store: Store, entity: NamedNode, figures: Iterable[NamedNode] = ()
) -> tuple[Claimed, ...]:
    """Return claims about an entity, or that state one of the figures, which are no facts: of a modality, or
    proposed; of very many some.
    """
    text = query_text("qualified-claims").replace("ENTITY", str(entity))
    rows = islice(store.select(text).rows, _MOST_QUALIFIED)
    stating = (claim for figure in figures for claim in subjects(store, RDF.object, figure))
    found = claims_of(store, (*(row[0] for row in rows), *stating))
    return tuple(claim for claim in found if not claim.is_fact)


def claims_naming(store: Store, entity: NamedNode) -> Iterator[NamedNode]:
    """Yield the nodes of the claims that name an entity, or whose figure does, as found; some twice."""
    seen: set[object] = set()
    for (about,) in store.select("SELECT ?node { ?node ?part ?entity }", {"entity": entity}).rows:
        if isinstance(about, NamedNode) and about not in seen:
            seen.add(about)
            if about.value.startswith(CLAIM.base):
                yield about
            elif about.value.startswith(STATISTIC.base):
                yield from subjects(store, RDF.object, about)


def claims_in(store: Store, article: str, start: int = 0, end: int | None = None) -> tuple[Claimed, ...]:
    """Return the claims of an article, by its id; with `end`, those that begin between two places."""
    graph = claims_graph(article)
    if end is None:
        return claims_of(store, (quad.subject for quad in store.match(None, RDF.type, G60.Claim, graph)))
    path = f"?claim oa:hasTarget/oa:hasSelector/oa:start ?at FILTER(?at >= {start} && ?at < {end})"
    answer = store.select(f"SELECT DISTINCT ?claim {{ GRAPH {graph} {{ {path} }} }}")
    return claims_of(store, (row[0] for row in answer.rows))


def said_with(store: Store, text: str, most: int) -> tuple[Words, ...]:
    """Return words of claims that hold a text, without regard to case, each once, at most so many."""
    wanted = {"wanted": Literal(text.casefold())}
    rows = store.select(query_text("claims-holding"), wanted).rows if text else ()
    claims = (claim for claim, _ in islice(rows, most * 4) if isinstance(claim, NamedNode))
    found = grouped((words.quote, words) for claim in claims if (words := words_of(store, claim)))
    return tuple(alike[0] for alike in found.values())[:most]


def proposed_claims(store: Store) -> tuple[Claimed, ...]:
    """Return the claims that await a person's word."""
    return claims_of(store, (quad.subject for quad in store.match(None, G60.status, G60.Proposed, UNION)))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands to a graph.

    `kind` is `new`, `confirms`, `differs` (`other` is the figure that is held, the newest of them), or
    `open`: it is no plain fact, and waits for a person or for its time.
    """

    kind: str
    other: Figure | None = None

    @property
    def year(self) -> str:
        """The year of the figure that is held, or in which it was reported."""
        return self.other.when[:4] if self.other else ""


def standing(store: Store, claim: Claimed) -> Standing:
    """Return how a claim stands to a graph that does not hold it."""
    if not claim.is_fact:
        return Standing("open")
    if claim.figure is None:
        is_held = any(store.match(claim.subject, claim.predicate, claim.object))
        return Standing("confirms" if is_held else "new")
    held = sorted(_alike(store, claim.subject, claim.figure), key=lambda each: each.order)
    if any(each.number == claim.figure.number for each in held):
        return Standing("confirms")
    return Standing("differs", held[-1]) if held else Standing("new")


def _alike(store: Store, thing: NamedNode, figure: Figure) -> Iterator[Figure]:
    """Yield the figures held of a thing that differ in value and time alone."""
    for quad in islice(store.match(None, G60.statisticOf, thing), _COMPARED):
        each = figure_of(store, quad.subject)
        is_alike = each and (each.measure, each.unit) == (figure.measure, figure.unit) and _same(each, figure)
        if each and is_alike and any(store.match(thing, each.measure, each.node)):
            yield each


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures of a measure have the same limits; beside things, one may lack words."""
    (things, others), (words, other_words) = (
        [{made(term) for _, term in each.kind if isinstance(term, kind)} for each in (one, other)]
        for kind, made in ((NamedNode, str), (Literal, lambda term: term.value.casefold()))
    )
    return things == others and (words == other_words or bool(things and not (words and other_words)))


def figure_before(store: Store, claim: Claimed, year: str) -> Figure | None:
    """Return the last figure held that differs from that of a claim in value and time alone, by a year."""
    found = _alike(store, claim.subject, claim.figure) if claim.figure else ()
    return max((each for each in found if each.when[:4] <= year), key=lambda each: each.order, default=None)

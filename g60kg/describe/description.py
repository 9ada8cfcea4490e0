"""All that is known of an entity in words: what was said, what the register adds, what was inferred."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.claims import Claimed, claims_about
from g60kg.describe.lookup import Names, grouped, held_types, literals, rows_of
from g60kg.model import ORDINARY, Status, read_by
from g60kg.notebook import Shown
from g60kg.resources import query_text
from g60kg.store import Store
from g60kg.terms import CLAIM, G60, INFERRED_GRAPH, SKOS, curie

MOST: Final = 80
"""So many claims are told of an entity."""
MOST_INFERRED: Final = 200
_ALSO: Final = 8
"""So many other names are written in words, the short ones; a value holds them all."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an article that say something, and where they stand."""

    article: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact in words: names of subject, property and object, with what limits it."""

    subject: str
    predicate: str
    object: str
    limits: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        limits = ", ".join(f"{name} {value}" for name, value in self.limits)
        return f"{self.subject} {self.predicate} {self.object}" + (f" ({limits})" if limits else "")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim: what an article states, its words, the repairs that its names needed, and who read it.

    `basis` is how subject and object were found; `status` is `accepted`, or `proposed` until it is confirmed.
    """

    statement: Statement
    quote: Quote
    repairs: tuple[str, ...] = ()
    claim: str = ""
    reader: str = ORDINARY[0]
    basis: str = ORDINARY[1]
    status: Status = "accepted"

    @property
    def note(self) -> str:
        """Who read it and on what basis, with the claim's id where it is to be confirmed; else nothing."""
        read = read_by(self.reader, self.basis)
        parts = [read and f"read by: {read}", f"claim {self.claim}" if self.is_proposed else ""]
        return "; ".join(part for part in parts if part)

    @property
    def is_proposed(self) -> bool:
        """Whether it awaits a person's word, and is no fact of the graph."""
        return self.status == "proposed"


@dataclass(frozen=True, slots=True)
class Added:
    """A fact of the register, with where it comes from."""

    statement: Statement
    source: str


@dataclass(frozen=True, slots=True, repr=False)
class Description(Shown):
    """All that is known of an entity, the three layers apart.

    `said` stands in the order of the articles and their texts, the rest by name. Where there is more than
    `MOST` claims or `MOST_INFERRED` inferences, `is_cut` says so.
    """

    iri: str
    names: Mapping[str, str]
    types: tuple[str, ...]
    also: tuple[str, ...]
    garbled: tuple[str, ...]
    candidate: bool
    said: tuple[Said, ...]
    register: tuple[Added, ...]
    inferred: tuple[Statement, ...]
    is_cut: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return a structure that JSON can hold."""
        return asdict(self)

    def __repr__(self) -> str:
        counts = f"{len(self.said)} said, {len(self.register)} of the register, {len(self.inferred)} inferred"
        return f"<Description {curie(NamedNode(self.iri))}: {counts}>"

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def describe(store: Store, entity: NamedNode) -> Description:
    """Return all that a store holds about an entity."""
    names = Names(store)
    said = said_of(store, claims_about(store, entity, MOST + 1))
    ways = ((entity, None, None, INFERRED_GRAPH), (None, None, entity, INFERRED_GRAPH))
    quads = (quad for way in ways for quad in islice(store.match(*way), MOST_INFERRED + 1))
    found = {Statement(names.of(q.subject), names.of(q.predicate), names.of(q.object)) for q in quads}
    inferred = tuple(sorted(found, key=lambda fact: (fact.predicate, fact.subject, fact.object)))
    return Description(
        iri=entity.value,
        names=names.all_of(entity),
        types=tuple(sorted(map(curie, held_types(store, entity)))),
        also=_texts(store, entity, SKOS.altLabel),
        garbled=_texts(store, entity, SKOS.hiddenLabel),
        candidate=any(store.match(entity, G60.status, G60.Candidate)),
        said=said[:MOST],
        register=tuple(
            Added(Statement(subject, predicate, object_), source)
            for row in rows_of(store, query_text("register-facts"), entity)
            for subject, predicate, object_, source in [map(names.of, row.values())]
        ),
        inferred=inferred[:MOST_INFERRED],
        is_cut=len(said) > MOST or len(inferred) > MOST_INFERRED,
    )


def said_of(store: Store, claims: Iterable[Claimed]) -> tuple[Said, ...]:
    """Return claims in words."""
    called = Names(store).of

    def said(claim: Claimed) -> Said:
        words, figure = claim.words, claim.figure
        limits = claim.own_limits, figure.limits if figure else ()
        own, more = ([(called(name), called(it)) for name, it in part] for part in limits)
        modality = [("modality", claim.modality)] if claim.modality else []
        object_ = str(figure or called(claim.object))
        return Said(
            Statement(called(claim.subject), called(claim.predicate), object_, (*own, *modality, *more)),
            Quote(words.article, words.quote, words.start, words.end),
            tuple(f"“{each.surface}” is {called(each.entity)}: {each.reason}" for each in claim.repairs),
            claim.node.value.removeprefix(CLAIM.base),
            claim.reader,
            claim.basis,
            "proposed" if claim.is_proposed else "accepted",
        )

    return tuple(map(said, claims))


def _texts(store: Store, entity: NamedNode, naming: NamedNode) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.value for each in literals(store, entity, naming)))


def _lines(found: Description) -> Iterator[str]:
    names = [found.names.get("en"), found.names.get("zh")]
    yield "  ".join(name for name in names if name) or found.iri
    yield f"{found.iri}  ({', '.join(found.types) or 'no type'})"
    if found.candidate:
        yield "a candidate: this name is not in the register and awaits review"
    if found.also:
        more = f", and {len(found.also) - _ALSO} more" if len(found.also) > _ALSO else ""
        yield f"also: {', '.join(sorted(found.also, key=len)[:_ALSO])}{more}"
    if found.garbled:
        yield f"garbled in articles: {', '.join(found.garbled)}"
    yield from ("", f"Said: {len(found.said) or 'nothing'}", *_said_lines(found.said))
    yield from ("", f"The register adds: {len(found.register) or 'nothing'}")
    for source in dict.fromkeys(each.source for each in found.register):  # the facts of one source together
        facts = [each.statement for each in found.register if each.source == source]
        yield from (*_grouped(facts, found.names.values()), f"      source: {source}")
    yield from ("", f"Inferred: {len(found.inferred) or 'nothing'}")
    yield from _grouped(found.inferred, found.names.values())
    if found.is_cut:
        yield from ("", f"There is more: at most {MOST} claims and {MOST_INFERRED} inferences are shown.")


def _said_lines(said: tuple[Said, ...]) -> Iterator[str]:
    """Yield each claim with its words and their place, claims of the same words together."""
    for quote, claims in groupby(said, key=lambda each: each.quote):
        held = list(claims)
        yield from (f"  {each.statement}{'  [to confirm]' if each.is_proposed else ''}" for each in held)
        yield f"      “{' '.join(quote.text.split())}”"
        yield f"      {quote.article}, {quote.start}–{quote.end}"
        yield from (f"      repaired: {each}" for each in dict.fromkeys(r for s in held for r in s.repairs))
        yield from (f"      {note}" for note in dict.fromkeys(each.note for each in held) if note)


def _grouped(facts: Iterable[Statement], own: Collection[str]) -> Iterator[str]:
    """Yield facts of the thing with these names, those that differ in the other thing alone on one line."""
    groups = grouped(
        (("", fact.predicate) if fact.subject in own else (fact.predicate, fact.object), fact)
        for fact in facts
    )
    for (predicate, object_), held in groups.items():
        if len(held) == 1:
            yield f"  {held[0]}"
        elif predicate:
            yield f"  {len(held)} {predicate} {object_}: {'; '.join(each.subject for each in held)}"
        else:
            yield f"  {held[0].subject} {object_} {len(held)}: {'; '.join(each.object for each in held)}"

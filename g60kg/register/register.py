"""The register: the known entities, found by any of their names; names that look like another; its RDF.

Nothing is ever merged by likeness: what looks like a name is for a person to choose from.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.model import content_id
from g60kg.register.entry import Entry, Name, fold
from g60kg.terms import (
    DCTERMS,
    G60,
    GEO,
    GEONAMES,
    ID,
    RDF,
    REGISTER,
    REGISTER_GRAPH,
    SCHEMA,
    SKOS,
    WD,
    iri,
)

_Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]
_LOOKED_AT: Final = 60
"""How many names, those that share most pieces, are compared letter by letter."""
_LEAST: Final = 0.8
"""A name as like another as this is near it."""
_OWN: Final = 0.5
"""So like are the words of two near names that few others have."""
_COMMON: Final = 5
"""A word of so many names, such as Group, makes no two of them alike."""


@dataclass(frozen=True)
class Register:
    """Entries by id, sorted; two registers with the same entries are equal."""

    entries: Mapping[str, Entry] = field(repr=False)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that bear this name, right or garbled, in any language; () when none does.

        The name must match whole; case, apostrophes and white space apart, nothing is guessed. Several
        entries mean that the name is ambiguous.
        """
        return self._index.get(fold(name), ())

    def names(self) -> Iterator[Name]:
        """Yield every name of every entry with its kind, and its repair when it is garbled."""
        for entry in self.entries.values():
            yield from entry.names()

    @cached_property
    def _index(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, dict[str, Entry]] = {}
        for name in self.names():
            found.setdefault(fold(name.name), {})[name.entry.id] = name.entry
        return {name: tuple(bearers.values()) for name, bearers in found.items()}


@dataclass(frozen=True, slots=True)
class Near:
    """An entry, the right name of it that is most alike, and how alike: 1 is the same."""

    id: str
    name: str
    likeness: float


class NearNames:
    """The right names of a register, ready to be compared with others.

    Only names that share pieces of three letters with the one asked for are compared with it letter by
    letter, so that the time hardly grows with the register.
    """

    def __init__(self, register: Register) -> None:
        right = (name for name in register.names() if name.kind != "garbled")
        self._names = [(name.entry.id, name.name, fold(name.name)) for name in right]
        words = Counter(word for folded in {each[2] for each in self._names} for word in set(folded.split()))
        self._common = {word for word, count in words.items() if count >= _COMMON}
        self._holding: dict[str, list[int]] = {}
        for number, (_, _, folded) in enumerate(self._names):
            for piece in set(_pieces(folded)):
                self._holding.setdefault(piece, []).append(number)

    def of(self, name: str, count: int = 3) -> tuple[Near, ...]:
        """Return the entries with the names most like this one, at most so many, the likest first."""
        wanted = fold(name)
        best: dict[str, Near] = {}
        shared = Counter(n for piece in set(_pieces(wanted)) for n in self._holding.get(piece, ()))
        ranked = sorted(shared, key=lambda n: (-shared[n] / (len(wanted) + len(self._names[n][2])), n))
        for number in ranked[:_LOOKED_AT]:
            id, spelt, folded = self._names[number]
            likeness = round(SequenceMatcher(None, wanted, folded, autojunk=False).ratio(), 3)
            own = self._own(wanted), self._own(folded)
            is_own = not all(own) or SequenceMatcher(None, *own, autojunk=False).ratio() >= _OWN
            if is_own and likeness >= _LEAST and (id not in best or likeness > best[id].likeness):
                best[id] = Near(id, spelt, likeness)
        return tuple(sorted(best.values(), key=lambda near: (-near.likeness, near.id))[:count])

    def _own(self, folded: str) -> str:
        """Return the words of a name that few others have."""
        return " ".join(word for word in folded.split() if word not in self._common)


def _pieces(folded: str) -> Iterator[str]:
    """Yield the runs of three letters of a name, its ends counted as blanks."""
    padded = f" {folded} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))


def register_quads(register: Register, named: Iterable[str] | None = None) -> list[Quad]:
    """Return the quads of the register's graph; the same register gives the same list.

    Given the IRIs that a graph names, latent entries are left out but those named and what these lead to.
    """
    entries = register.entries.values() if named is None else graph_entries(register, named)
    return [Quad(*statement, REGISTER_GRAPH) for entry in entries for statement in _statements(entry)]


def graph_entries(register: Register, named: Iterable[str]) -> list[Entry]:
    """Return the entries of a graph that names some IRIs: the latent ones only where they are named, or what
    another of them lies in, in the order of the register.
    """
    wanted = {name.removeprefix(ID.base) for name in named}
    waiting = [entry for entry in register.entries.values() if not entry.latent or entry.id in wanted]
    found: set[str] = set()
    while waiting:
        entry = waiting.pop()
        if entry.id not in found:
            found.add(entry.id)
            led = (fact.object.value.removeprefix(ID.base) for fact in entry.facts)
            waiting += [register.entries[id] for id in led if id in register.entries]
    return [entry for entry in register.entries.values() if entry.id in found]


def _statements(entry: Entry) -> Iterator[_Statement]:
    """Yield all that the register's graph says of an entry; a fact has a node that carries its source."""
    yield from ((entry.iri, RDF.type, iri(kind)) for kind in entry.types)
    for kind, name, language in entry.labels():
        label = SKOS.prefLabel if kind == "preferred" else SKOS.altLabel
        yield entry.iri, label, Literal(name, language=language)
    for name in dict.fromkeys(repair.name for repair in entry.garbled):
        yield entry.iri, SKOS.hiddenLabel, Literal(name, language="en")
    if entry.code is not None:
        yield entry.iri, G60.divisionCode, Literal(entry.code)
    if entry.wikidata is not None:
        yield entry.iri, SCHEMA.sameAs, WD[entry.wikidata]
    if entry.geonames is not None:
        yield entry.iri, SCHEMA.sameAs, GEONAMES[f"{entry.geonames}/"]
    if entry.point is not None:
        point = NamedNode(f"{entry.iri.value}#point")
        yield entry.iri, GEO.hasGeometry, point
        yield point, GEO.asWKT, Literal(f"POINT({' '.join(entry.point)})", datatype=GEO.wktLiteral)
    for source in dict.fromkeys((entry.source, *entry.more_sources)):
        yield entry.iri, DCTERMS.source, Literal(source)
    for fact in entry.facts:
        yield entry.iri, fact.predicate, fact.object
        parts = [fact.object.value]
        if isinstance(fact.object, Literal):
            parts += [fact.object.datatype.value, fact.object.language or ""]
        node = REGISTER[content_id(entry.id, fact.predicate.value, fact.source, *parts)]
        yield node, RDF.type, G60.RegisterFact
        yield node, RDF.subject, entry.iri
        yield node, RDF.predicate, fact.predicate
        yield node, RDF.object, fact.object
        yield node, DCTERMS.source, Literal(fact.source)

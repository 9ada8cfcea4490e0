"""The values of the register: frozen, compared by content."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from g60kg.terms import G60, ID

_LIES_IN: Final = frozenset({G60.partOf, G60.locatedIn})

Kind = Choice["preferred", "other", "adjective", "garbled"]


class Place(NamedTuple):
    """A file and a line of it, from 1."""

    path: str
    line: int


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Garbled:
    """A wrong name that stands in texts, and why it is wrong.

    With `where`, the repair holds only in articles whose note has these words.

    >>> repair = Garbled("Matsue", "read as a Japanese city", "machine translation")
    >>> repair.applies_to("A machine translation of a text"), repair.applies_to(None)
    (True, False)
    """

    name: str
    reason: str
    where: str | None = None

    def applies_to(self, note: str | None) -> bool:
        """Whether the repair holds in an article with this note."""
        return self.where is None or self.where.casefold() in (note or "").casefold()


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """A background fact of an entry: what no article needs to say, and who says so."""

    predicate: NamedNode
    object: NamedNode | Literal
    source: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)


class Name(NamedTuple):
    """One name of an entry; `garbled` is its repair when the kind is `garbled`, else None."""

    name: str
    entry: "Entry"
    kind: Kind
    garbled: Garbled | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A known entity: its names in two languages, its repairs and its background facts.

    `types` are CURIEs such as `g60:City`; `en` and `zh` are the preferred names; `more_sources` are those of
    what other files add. Of the things that share a name, a `plain` one is meant where a text says nothing
    else. One that is `latent` is known by its names, and enters the graph where an article names it. `code`
    is that of GB/T 2260, `geonames` the number of GeoNames, `point` degrees east and north, as written.
    """

    id: str
    types: tuple[str, ...]
    en: str
    source: str
    zh: str | None = None
    also: tuple[str, ...] = ()
    also_zh: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    garbled: tuple[Garbled, ...] = ()
    facts: tuple[RegisterFact, ...] = ()
    wikidata: str | None = None
    plain: bool = False
    latent: bool = False
    code: str | None = None
    geonames: int | None = None
    point: tuple[str, str] | None = None
    more_sources: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def iri(self) -> NamedNode:
        """The term of the entity."""
        return ID[self.id]

    def containers(self) -> frozenset[NamedNode]:
        """Return what the register says that it lies in."""
        return frozenset(
            fact.object
            for fact in self.facts
            if fact.predicate in _LIES_IN and isinstance(fact.object, NamedNode)
        )

    def labels(self) -> Iterator[tuple[Kind, str, str]]:
        """Yield the right names as kind, name and language; adjectives are English."""
        yield "preferred", self.en, "en"
        if self.zh is not None:
            yield "preferred", self.zh, "zh"
        yield from (("other", name, "en") for name in self.also)
        yield from (("other", name, "zh") for name in self.also_zh)
        yield from (("adjective", name, "en") for name in self.adjective)

    def names(self) -> Iterator[Name]:
        """Yield every name, the preferred ones first and the garbled ones last."""
        yield from (Name(name, self, kind, None) for kind, name, _ in self.labels())
        yield from (Name(repair.name, self, "garbled", repair) for repair in self.garbled)

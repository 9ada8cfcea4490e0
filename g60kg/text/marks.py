"""What reading a text marks in it: names, figures and times, each with its place in the view."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from g60kg.model import Entity, Repair, Resolution, Value


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written; `others` are its conversion in brackets, or the other end of a range.

    `kind` is what its unit measures (`money`, `area`, …), `fraction` for a part of a whole, or `number`.
    """

    value: Value
    others: tuple[Value, ...] = ()
    kind: str = "number"

    @property
    def values(self) -> tuple[Value, ...]:
        """All values that the words state."""
        return (self.value, *self.others)

    @property
    def is_rank(self) -> bool:
        """Whether it is a place in an order and no amount: "second in Shanghai"."""
        return self.value.datatype == "xsd:integer"


@dataclass(frozen=True, slots=True)
class Time:
    """A year, month or day (ISO 8601), or a period from `start` to `end`.

    `rule` names how a relative one was computed.
    """

    start: str
    end: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the register does not hold and that no head noun types.

    It is an entity only where a pattern says of what class.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked run `start:end` of the view, and what it means; a vague amount means nothing.

    `senses` are the things that a name may stand for, where several bear it and it is not settled which.
    """

    start: int
    end: int
    meaning: Entity | Figure | Time | Name | None
    repair: Repair | None = None
    resolution: Resolution | None = None
    senses: tuple[Entity, ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the entity that it names; empty where it names none."""
        return self.meaning.iri if isinstance(self.meaning, Entity) else ""


def called_again(named: Mark, surface: str, start: int, rule: str) -> Mark:
    """Return the mark of words at a place that stand, by a rule, for an entity named elsewhere."""
    assert isinstance(named.meaning, Entity)
    entity = replace(named.meaning, surface=surface)
    resolution = Resolution(surface, rule, named.start, named.end)
    return Mark(start, start + len(surface), entity, named.repair, resolution)


def merge(*layers: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks of all layers in order, without overlap: the leftmost, then the longest, then the
    first layer's.
    """
    kept: list[Mark] = []
    for mark in sorted(
        (mark for layer in layers for mark in layer), key=lambda mark: (mark.start, -mark.end)
    ):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)

"""The words that are put before the parser, each with what it stands for."""

from dataclasses import dataclass

from g60kg.model import Entity
from g60kg.text.marks import Figure, Mark, Time


@dataclass(frozen=True, slots=True)
class Fed:
    """One word for the parser, `start:end` of the view; `space` follows it or not.

    `marks` are what it stands for: one name, figure or time, or the names of a list. `parts` are the members
    of a list with what the list says they are part of, `based` the place of "Hefei-based", `hidden` the marks
    in brackets right behind. `lemma` is that of the word in the text where another word is put in its place.
    """

    text: str
    space: bool
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    parts: tuple[tuple[Mark, Mark], ...] = ()
    based: Mark | None = None
    hidden: tuple[Mark, ...] = ()
    lemma: str | None = None

    @property
    def figure(self) -> Figure | None:
        """The figure that the word stands for, if it is one."""
        meaning = self.marks[0].meaning if self.marks else None
        return meaning if isinstance(meaning, Figure) else None

    @property
    def time(self) -> Time | None:
        """The time that the word stands for, if it is one."""
        meaning = self.marks[0].meaning if self.marks else None
        return meaning if isinstance(meaning, Time) else None

    @property
    def entities(self) -> tuple[Mark, ...]:
        """The marks of entities that the word stands for."""
        return tuple(mark for mark in self.marks if isinstance(mark.meaning, Entity))

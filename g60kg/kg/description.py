"""What is known of an entity, as values: what was said, what the register adds, what was inferred.

Nothing here reads or decides; `describe` fills these in, `show` writes them as text.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from g60kg.model import ORDINARY, Status, read_by


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


@dataclass(frozen=True, slots=True)
class Description:
    """All that is known of an entity, the three layers apart."""

    iri: str
    names: Mapping[str, str]
    types: tuple[str, ...]
    also: tuple[str, ...]
    garbled: tuple[str, ...]
    candidate: bool
    said: tuple[Said, ...]
    register: tuple[Added, ...]
    inferred: tuple[Statement, ...]

    def to_json(self) -> dict[str, Any]:
        """Return a structure that JSON can hold."""
        return asdict(self)

    def __str__(self) -> str:
        from g60kg.kg.show import description_text

        return description_text(self)

"""What a build did: how much there is, and how long each stage took; a store's manifest keeps it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from g60kg.kg.overlays import Overlays, known_parts


@dataclass(frozen=True, slots=True)
class Summary:
    """The state of a graph and the cost of it.

    `inputs` is the hash of all that went in, or nothing once the graph was changed by hand. `counts`
    and `seconds` are by name, in the order of the stages; `problems` are what validation found and
    `contradictions` what reasoning found, each a line. `added` are the articles that are not from
    the packaged data; `overlays` are the user's folders that it was built with. `notes` are what the build
    met that its user should know of, each a line. `is_changed` says that updates or a pull put quads into it
    that no text says.
    """

    inputs: str = ""
    reasoner: str = "compiled"
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    overlays: Overlays = field(default_factory=Overlays)
    notes: tuple[str, ...] = ()
    is_changed: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether validation found no problem and reasoning no contradiction."""
        return not self.problems and not self.contradictions

    @property
    def amounts(self) -> str:
        """How much there is, on one line; nothing where that is not known."""
        return ", ".join(f"{number:,} {name}" for name, number in self.counts.items())

    def to_json(self) -> dict[str, Any]:
        """Return the form that a manifest keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Summary":
        """Read the form that a manifest keeps; unknown parts are left out."""
        value = {"overlays" if name == "own" else name: part for name, part in value.items()}  # its old name
        known = known_parts(cls, value)
        if "overlays" in known:
            known["overlays"] = Overlays(**known_parts(Overlays, known["overlays"]))
        return cls(**known)

    def __str__(self) -> str:
        seconds = ", ".join(f"{name} {number:.2f}" for name, number in self.seconds.items())
        found = [*self.contradictions, *self.problems]
        verdict = "valid, no contradiction" if self.is_sound else f"{len(found)} problems"
        return "\n".join([self.amounts, f"seconds: {seconds}", f"validation: {verdict}", *found])


class Clock:
    """The seconds of each stage, by name, in the order they ended.

    >>> clock = Clock()
    >>> with clock.stage("extract"):
    ...     pass
    >>> list(clock.seconds)
    ['extract']
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, report: Callable[[str], None] = lambda name: None) -> Iterator[None]:
        """Say that a stage begins, and time it; a name used twice adds up."""
        report(name)
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 4)

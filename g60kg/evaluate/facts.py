"""The facts of a gold file: what a person noted that a text says.

Names are regular expressions, searched for in any name that a claim gives to a thing.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal

Part = Literal["relations", "statistics", "years"]
Names = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RelationFact:
    """A relation between two things; any of the predicates (without prefix) will do."""

    subject: Names
    predicates: tuple[str, ...]
    object: Names

    @property
    def predicate(self) -> str:
        """What it is counted under."""
        return "|".join(self.predicates)

    def to_json(self) -> Any:
        """Return the form of the gold file."""
        return [self.subject.pattern, list(self.predicates), self.object.pattern]


@dataclass(frozen=True, slots=True)
class StatisticFact:
    """A figure: value, unit and comparator, of what, and where it is given for which industry."""

    measure: str
    value: float
    unit: str
    comparator: str
    of: Names
    industry: Names | None
    year: str

    @property
    def predicate(self) -> str:
        """What it is counted under."""
        return self.measure

    def to_json(self) -> Any:
        """Return the form of the gold file."""
        return {
            "measure": self.measure,
            "value": self.value,
            "unit": self.unit,
            "comparator": self.comparator,
            "of": self.of.pattern,
            "industry": self.industry.pattern if self.industry else "",
            "year": self.year,
        }


@dataclass(frozen=True, slots=True)
class YearFact:
    """A time that is said of a thing: a year, or a date's beginning."""

    subject: Names
    year: str

    @property
    def predicate(self) -> str:
        """What it is counted under."""
        return "time"

    def to_json(self) -> Any:
        """Return the form of the gold file."""
        return [self.subject.pattern, self.year]


Fact = RelationFact | StatisticFact | YearFact

"""What a figure was found to state: its measure, and what was stated before it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from g60kg.extract.parser.figures.phrases import Amount
from g60kg.extract.parser.found import Found
from g60kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts or measures, and how.

    `noun` is the token whose phrase may name the holder, `label` the counted kind, `change` says whether the
    figure held before or after a change, `falls` that it is a decline. A share that is `outer` is held by
    whoever the clause speaks of, not by the whole that it is a part of. `follows` is an earlier figure whose
    holder this one has; of a `thing` the noun itself is the holder ("a 12-hectare park"); `basis` is weaker
    than explicit where the measure is only guessed.
    """

    predicate: str
    noun: "Token | None" = None
    label: str | None = None
    industry: Entity | None = None
    change: str | None = None
    falls: bool = False
    outer: bool = False
    follows: "Said | None" = None
    thing: bool = False
    basis: str = "explicit"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that was read, with its holders; those of earlier sentences serve "of these" alone."""

    amount: Amount
    measure: Measure
    holders: tuple[Found, ...]
    verb: "Token | None" = None

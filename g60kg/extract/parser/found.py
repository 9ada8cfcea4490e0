"""What a noun phrase was found to mention, and what a role asks for."""

from dataclasses import dataclass
from typing import Final

from g60kg.extract.marks import Mark
from g60kg.model import Entity, Repair, Resolution

EXPLICIT: Final = "explicit"
DESCRIBED: Final = "described"
INFERRED: Final = "inferred"
WEAKER: Final = (
    EXPLICIT,
    DESCRIBED,
    "listed",
    "figure-before",
    "bound-pronoun",
    "clause-pronoun",
    "sole-pronoun",
    "beside",
    "pronoun",
    "definite",
    INFERRED,
    "topic",
    "above",
    "around",
    "salient",
    "carried",
    "few",
    "unlabelled",
)
"""The bases of mentions and claims, the surest first; a claim stands on the weakest of its own.

Of a figure: the holder of the figure before it, what stands beside the verb, what the clause above speaks
of, what stands around; `few` are two or three of something, `unlabelled` is a figure without a measure. What
is `inferred` follows from the classes of two things, and no word says it.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a token's words mention; `start:end` of the view.

    `basis` says how it was found: named or described here, or carried here by a rule of coreference, whose
    name and antecedent are the `resolution` (positions of the article's text).
    """

    entity: Entity
    token: int
    start: int
    end: int
    basis: str = EXPLICIT
    resolution: Resolution | None = None
    repair: Repair | None = None

    @property
    def is_described(self) -> bool:
        """Whether the text describes the thing and does not name it."""
        return self.basis == DESCRIBED


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a role takes: entities of `kinds` (`A|B`); a bare name as an organization where `unknown`; a thing
    that is `described`; a `product` that the text calls by a common noun; what `carried` coreference gives.
    """

    kinds: str
    unknown: bool = False
    described: bool = False
    product: bool = False
    carried: bool = True
    union: bool = False

    @property
    def each(self) -> frozenset[str]:
        """The kinds, one by one."""
        return frozenset(self.kinds.split("|"))


def of_mark(mark: Mark, token: int) -> Found:
    """Return what a mark names at a token; another name of a thing names it as well."""
    assert isinstance(mark.meaning, Entity)
    return Found(mark.meaning, token, mark.start, mark.end, EXPLICIT, mark.resolution, mark.repair)


def weakest(*bases: str) -> str:
    """Return the weakest of some bases; one that is no basis of mentions is the weakest."""
    return max(bases, key=lambda basis: WEAKER.index(basis) if basis in WEAKER else len(WEAKER))

"""Frames, and what their roles want and find: values.

`frame_files` reads frames, `frame_reading` reads sentences by them, `frame_checks` runs their examples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from g60kg.model import Entity, Repair, Resolution
from g60kg.text.marks import Mark

EXPLICIT: Final = "explicit"
DESCRIBED: Final = "described"
INFERRED: Final = "inferred"
NEAREST: Final = "nearest"
WEAKER: Final = (
    EXPLICIT,
    DESCRIBED,
    "figure-before",
    "bound-pronoun",
    "definite",
    "subject-pronoun",
    "pronoun-figure",
    "topic-figure",
    "place-pronoun",
    "in-place",
    INFERRED,
    "topic",
    "around",
    "pronoun",
    "beside",
    "listed",
    "in-part",
    "salient",
    "carried",
    NEAREST,
    "unlabelled",
)
"""The bases of mentions and claims, the surest first; a claim stands on the weakest of its own.

Those that `data/bases.yaml` accepts stand before those that it does not, so that no end that is to confirm
hides behind one that is sure.
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


TIME: Final = "time"
"""The path of a role that takes the time of the clause."""
SPOKEN_OF: Final = "spoken of"
"""The path of a role that takes what the text speaks of at that place."""
WITHIN: Final = "within"
"""The predicate that the classes of its ends decide: regions are `partOf`, other things `locatedIn`."""


@dataclass(frozen=True, slots=True)
class Role:
    """An argument of a frame: the paths on which it is looked for, the first that leads anywhere counting, or
    every one of them; and what it takes.
    """

    paths: tuple[str, ...]
    wanted: Wanted
    every: bool = False

    @property
    def is_time(self) -> bool:
        """Whether the role takes the time of the clause."""
        return self.paths == (TIME,)


@dataclass(frozen=True, slots=True)
class Template:
    """A claim that a frame makes: the role of its subject, a predicate without prefix, its object (a role, or
    a text in quotes), and qualifiers, each a name and a role or text.
    """

    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claims, as lines, that a frame reads in it: all of them, and no others."""

    text: str
    claims: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What some verbs, nouns or adjectives say of their arguments.

    `object` are nouns of which a verb needs one on the paths `object_at` ("break ground"); `then` are verbs
    of which it needs one as its infinitive ("start to build"). `without` are the paths that must be empty. A
    `dated` claim has the time of its clause. `basis` is weaker than explicit where the frame is not always
    right. With `action_nouns` the verbs' nouns call the frame, too ("the opening of"). `example` and
    `counter_example` prove the frame.
    """

    id: str
    meaning: str
    roles: Mapping[str, Role]
    claims: tuple[Template, ...]
    example: tuple[Example, ...]
    counter_example: tuple[Example, ...]
    path: str
    line: int
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    object_at: tuple[str, ...] = ("object", "subject")
    then: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    dated: bool = False
    basis: str = EXPLICIT
    action_nouns: bool = True


class Frames:
    """Frames by the words that call them."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.all = tuple(frames)
        self.verbs = _by_word((word, frame) for frame in self.all for word in frame.verbs)
        self.nouns = _by_word((word, frame) for frame in self.all for word in frame.nouns)
        self.adjectives = _by_word((word, frame) for frame in self.all for word in frame.adjectives)


def _by_word(pairs: Iterable[tuple[str, Frame]]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for word, frame in pairs:
        found.setdefault(word, []).append(frame)
    return {word: tuple(frames) for word, frames in found.items()}

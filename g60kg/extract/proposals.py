"""What readers propose: frozen values that the verifier turns into claims or refuses.

A reader is anything that gives proposals for an article. A proposal quotes the article, names a subject, a
predicate and an object in words of that quote, and says on what basis the reader took them together. Nothing
here is trusted: `verify` finds every word of it in the text, or says which check failed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from g60kg.article import Article
from g60kg.model import Claim, Entity, Qualifier, Repair, Resolution, Value


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of an article that name a thing, or stand for one named before.

    `name` is what the thing is called, `surface` the words in the quote, `kind` its class without prefix.
    `start` counts code points of the article's text; None where the reader knows the words alone. A reader
    that resolves names itself gives the `entity`; `resolved` is the rule by which words such as "the town"
    lead to a name, with the place of that name. `entry` is the id of the register's entry that a person says
    it is.
    """

    name: str
    surface: str
    kind: str
    start: int | None = None
    entity: Entity | None = None
    resolved: Resolution | None = None
    repair: Repair | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A literal and the words that state it: a figure, a time, or a text.

    `of` is the noun that a figure counts or measures, as the reader understood it.
    """

    value: Value
    surface: str
    start: int | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One claim as a reader proposes it.

    `pattern` is the id of the frame or mechanism that read it, `basis` how subject and object were found (a
    row of `data/bases.yaml`), `qualifiers` what limits it, `modality` among them. `resolved` are rules that a
    qualifier rests on, such as a year that the article's date gave. A reader that `weighs` plans, denials and
    hearsay itself is checked for their words in the quote, any other in the whole clause.
    """

    reader: str
    pattern: str
    quote: str
    subject: Mention
    predicate: str
    object: Mention | Stated
    basis: str
    start: int | None = None
    qualifiers: tuple[tuple[str, Qualifier], ...] = ()
    resolved: tuple[Resolution, ...] = ()
    weighs: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    """A proposal that failed a check: the check's name, and the words that show why."""

    proposal: Proposal
    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verifier made of an article's proposals: claims in the order of the text, and rejections."""

    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]


class Reader(Protocol):
    """Whatever proposes claims for an article."""

    @property
    def name(self) -> str:
        """What a claim's `reader` says: `parser`, `model:NAME` or `recorded`."""

    def propose(self, article: Article) -> Iterable[Proposal]:
        """Return the proposals for an article; the same text gives the same proposals in the same order."""

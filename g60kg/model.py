"""The values that flow between the stages: frozen, compared by content.

Nothing here reads, writes or decides; the stages do. Positions count Unicode code points of the
article's text from 0, end exclusive, and `text[start:end] == quote` always.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from .article import Article as Article


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a claim speaks of: `iri` in full, `types` as CURIEs, `surface` as the text writes it.

    A candidate is a name that looks like an entity and is not in the register.
    """

    iri: str
    label: str
    surface: str
    types: tuple[str, ...]
    candidate: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the form that `extract --format jsonl` prints."""
        value = {"iri": self.iri, "label": self.label, "surface": self.surface, "types": list(self.types)}
        return value | {"candidate": True} if self.candidate else value


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: a plain lexical form and a datatype CURIE; a figure also has `unit` and `comparator`.

    >>> Value("57920000", "xsd:decimal", "unit:NUM", "about").is_figure
    True
    """

    value: str
    datatype: str
    unit: str | None = None
    comparator: str | None = None
    language: str | None = None

    @property
    def is_figure(self) -> bool:
        """Whether the value is counted or measured."""
        return self.unit is not None

    def to_json(self) -> dict[str, Any]:
        """Return the form that `extract --format jsonl` prints, without what is not there."""
        return {key: part for key, part in asdict(self).items() if part is not None}


@dataclass(frozen=True, slots=True)
class Repair:
    """A garbled name and what it is: `surface` as written, the true entity's IRI, and the reason."""

    surface: str
    iri: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """A word such as "the region" that stands for an entity named before, and the rule that says so.

    `start` and `end` are those of the earlier name.
    """

    surface: str
    rule: str
    start: int
    end: int


TIMES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""The datatype of a time by its length: `2016`, `2016-05`, `2016-05-31`."""
Qualifier = Entity | str
Context = tuple[tuple[str, Entity | Value | str], ...]
Status = Literal["accepted", "proposed"]
ORDINARY: Final = ("parser", "explicit")
"""Reader and basis of most claims: the parser found subject and object in the clause itself."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one article says, with the exact words that say it.

    `predicate` is a CURIE. `qualifiers` limit the claim: `year`, `date`, `industry`, `region`,
    `countedKind`, `rank`, `phase`, … sorted by name. With a `modality` (planned, denied,
    reported, or partial: true of a part only) a claim is kept, and puts no direct triple into the graph.

    `reader` is who proposed it (`parser`, `recorded`, `model:NAME`), `basis` how its subject and object were
    found, and `status` says whether that is trusted: `accepted`, or `proposed` until a person confirms it.
    `context` is what the words beside a figure say of it (`ofWhole`, `base`, `conversionOf`, …); it tells no
    two claims apart.
    """

    id: str
    article: str
    pattern: str
    subject: Entity
    predicate: str
    object: Entity | Value
    qualifiers: tuple[tuple[str, Qualifier], ...]
    quote: str
    start: int
    end: int
    repairs: tuple[Repair, ...] = ()
    resolved: tuple[Resolution, ...] = ()
    reader: str = ORDINARY[0]
    basis: str = ORDINARY[1]
    status: Status = "accepted"
    context: Context = ()

    @property
    def is_fact(self) -> bool:
        """Whether it is accepted, and said plainly and of the whole: then it puts a direct triple."""
        return self.status == "accepted" and all(name != "modality" for name, _ in self.qualifiers)

    def to_json(self) -> dict[str, Any]:
        """Return the form that `extract --format jsonl` prints; `context` only where there is any."""
        context = {name: each if isinstance(each, str) else each.to_json() for name, each in self.context}
        return {
            "id": self.id,
            "article": self.article,
            "pattern": self.pattern,
            "subject": self.subject.to_json(),
            "predicate": self.predicate,
            "object": self.object.to_json(),
            "qualifiers": {n: q if isinstance(q, str) else q.to_json() for n, q in self.qualifiers},
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "repairs": list(map(asdict, self.repairs)),
            "resolved": list(map(asdict, self.resolved)),
            "reader": self.reader,
            "basis": self.basis,
            "status": self.status,
        } | ({"context": context} if context else {})


def read_by(reader: str, basis: str) -> str:
    """Return who read a claim and on what basis; nothing for the ordinary case, which needs no telling.

    >>> read_by("parser", "pronoun"), read_by("parser", "explicit")
    ('parser, pronoun', '')
    >>> read_by("recorded", "recorded")
    'recorded'
    """
    if reader == basis:
        return reader
    return "" if (reader, basis) == ORDINARY else f"{reader}, {basis}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact that is said stands: the words of an article, an entry of the register, or the ontology.

    `quote` is the article's text from `start` to `end`; `claim` the IRI of the claim, which `reader` read on
    this `basis`; `source` where the register has it from. With `more` it stands for so many articles more.
    """

    kind: Literal["said", "register", "axiom"]
    article: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    claim: str | None = None
    source: str | None = None
    reader: str | None = None
    basis: str | None = None
    more: int | None = None

    def __str__(self) -> str:
        if self.more is not None:
            return f"and {self.more:,} more articles"
        if self.kind == "said":
            if self.quote is None:
                return f"a record of {self.article}"
            how = read_by(self.reader or ORDINARY[0], self.basis or ORDINARY[1])
            return f"{self.article} says: “{self.quote}” ({self.start}-{self.end}{how and f'; {how}'})"
        if self.kind == "register":
            return f"the register: {self.source}" if self.source else "the register"
        return "the ontology"

    def to_json(self) -> dict[str, Any]:
        """Return what is there, by name."""
        return {name: part for name, part in asdict(self).items() if part is not None}


def content_id(*parts: object) -> str:
    """Return the id of a value that is its content: 20 hexadecimal digits.

    >>> content_id("a", 1) == content_id("a", 1) != content_id("a1")
    True
    """
    joined = "".join([f"{len(text)}:{text}" for text in map(str, parts)])
    return hashlib.sha256(joined.encode()).hexdigest()[:20]

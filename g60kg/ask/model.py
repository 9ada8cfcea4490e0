"""What a question, its reading and its answer are: frozen values. Nothing here reads or decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.ask.words import Idea, ideas

if TYPE_CHECKING:
    from g60kg.query import Rows
    from g60kg.store import Store

Node = NamedNode | BlankNode | Literal


class Sentence(NamedTuple):
    """A sentence of an article as it stands there; `known` are the ids of the things that it names."""

    article: str
    title: str
    date: str
    start: int
    end: int
    text: str
    known: frozenset[str] = frozenset()


class Source(NamedTuple):
    """What is asked: the store, the sentences of its articles, its stored queries and its proofs."""

    store: "Store"
    sentences: tuple[Sentence, ...]
    query: "Callable[..., Rows]"
    why: Callable[[NamedNode, NamedNode, Node], Any]


@dataclass(frozen=True, eq=False)
class Fact:
    """A triple that is held, by ids: what limits it, and the number of the sentence that says it.

    `layer` is `said`, `register` or `inferred`.
    """

    subject: str
    predicate: str
    object: str
    node: Node
    limits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    layer: str = "said"
    where: int | None = None
    source: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """What makes a claim no plain fact: its modality, and that it awaits confirmation."""
        proposed = ("proposed",) if self.limits.get("status") == ("Proposed",) else ()
        return (*self.limits.get("modality", ()), *proposed)

    @property
    def plain(self) -> bool:
        """Whether it is accepted and said without modality."""
        return not self.marks

    @property
    def is_figure(self) -> bool:
        """Whether its object is a figure."""
        return "value" in self.limits

    @property
    def ends(self) -> tuple[str, ...]:
        """The things that it joins."""
        is_thing = isinstance(self.node, NamedNode) and not self.is_figure
        return (self.subject, self.object) if is_thing else (self.subject,)

    @cached_property
    def things(self) -> frozenset[str]:
        """The things that it joins, and those that limit it."""
        limits = (each for name in ("industry", "region") for each in self.limits.get(name, ()))
        return frozenset((*self.ends, *limits))

    @property
    def times(self) -> list[str]:
        """The times that limit it, or its object where that is one."""
        names = ("year", "date", "startDate", "startYear", "endYear")
        found = [time for name in names for time in self.limits.get(name, ())]
        own = self.predicate in (*names, "constructionStart", "completionDate")
        return found or ([self.object] if own else [])


@dataclass(frozen=True)
class Term:
    """A part of a question that was understood: `kind` is thing, idea, number, year, month, word or except.

    `values` are what it may mean: ids of things, names of ideas, numbers; `weight` how much it matters.
    """

    kind: str
    text: str
    values: tuple[str, ...]
    weight: float
    note: str = ""

    def __hash__(self) -> int:
        return hash((self.kind, self.text, self.weight))  # not its values: there may be thousands

    @cached_property
    def meant(self) -> frozenset[str]:
        """The values as a set that is made once: a name may be that of thousands."""
        return frozenset(self.values)

    @cached_property
    def ideas(self) -> list[Idea]:
        """The ideas that it may mean; none where it is something else."""
        return [ideas()[name] for name in self.values] if self.kind == "idea" else []

    @property
    def is_class(self) -> bool:
        """Whether it asks for a class of things."""
        return self.kind == "idea" and all(idea.classes for idea in self.ideas)


@dataclass(frozen=True)
class Question:
    """A question as understood; `unknown` are names of nothing known, `notes` what was mended."""

    text: str
    language: str
    kind: str
    terms: tuple[Term, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    plain: str = ""


class Evidence(NamedTuple):
    """A sentence that says an answer, with its article; without one, the words of the register's entry."""

    text: str
    article: str = ""
    title: str = ""
    date: str = ""
    start: int = 0
    end: int = 0


class Part(NamedTuple):
    """A part of a question: its `text`, the one `value` that it is taken for, and the options there are.

    `kind` is that of its `Term`, or `kind`. Options are pairs of a value and its name.
    """

    kind: str
    text: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Choice:
    """One reading of a question and its answer; `verdict` is `yes`, `no`, `none` or `found`.

    `parts` say how it was understood, `query` is the stored query, as a command, that gives the same. It
    rests on `facts`, and on the sentences of the numbers `quoted`; `number` is one that was found there.
    """

    text: str
    verdict: str = "found"
    evidence: tuple[Evidence, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    query: str = ""
    score: float = 0.0
    facts: tuple[Fact, ...] = ()
    quoted: tuple[int, ...] = ()
    number: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the reading as JSON has it."""
        return {
            "text": self.text,
            "verdict": self.verdict,
            "evidence": [
                {name: part for name, part in each._asdict().items() if part} for each in self.evidence
            ],
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "understood": dict(self.parts),
            "query": self.query,
        }


@dataclass(frozen=True, repr=False)
class Answer:
    """The answer of a question: its readings, the likeliest first, or the nearest questions.

    Where the readings say something else than what was asked they are `known`, and there is no answer.
    """

    question: str
    language: str
    choices: tuple[Choice, ...]
    nearest: tuple[str, ...] = ()
    known: tuple[Choice, ...] = ()
    about: str = ""
    parts: tuple[Part, ...] = ()

    def __repr__(self) -> str:
        return f"<Answer {self.text!r}>"

    @property
    def text(self) -> str:
        """The short answer."""
        return self.choices[0].text

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that say the likeliest answer."""
        return self.choices[0].evidence

    @property
    def rows(self) -> list[dict[str, str]]:
        """The table of the likeliest answer."""
        return [dict(zip(self.choices[0].columns, row, strict=True)) for row in self.choices[0].rows]

    @property
    def found(self) -> bool:
        """Whether there is an answer, and it is not no."""
        return any(choice.verdict in ("found", "yes") for choice in self.choices)

    def __str__(self) -> str:
        from g60kg.ask.wording import to_text

        return to_text(self)

    def _repr_html_(self) -> str:
        from g60kg.ask.wording import to_html

        return to_html(self)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON has it."""
        readings = [choice.to_json() for choice in self.choices]
        answer = {"question": self.question, "answer": self.text, "found": self.found}
        known = [choice.to_json() for choice in self.known]
        return {**answer, "readings": readings, "known": known, "nearest": list(self.nearest)}

"""What a question, its reading and its answer are: frozen values.

Nothing here reads or decides; the other files of the room do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from g60kg.query import Rows
    from g60kg.store import Store

Node = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, as it stands there; `known` are the ids of the things that it names."""

    article: str
    title: str
    date: str
    start: int
    end: int
    text: str
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """What is asked: the store, the sentences of its articles, its stored queries and its proofs."""

    store: "Store"
    sentences: tuple[Sentence, ...]
    query: "Callable[..., Rows]"
    why: Callable[[NamedNode, NamedNode, Node], Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple that is held, and where a claim says it: `limits` by name, `where` the place of its sentence.

    `layer` is `said`, `register` or `inferred`; `plain` whether it is accepted and neither planned nor denied.
    """

    subject: str
    predicate: str
    object: Node
    limits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    layer: str = "said"
    plain: bool = True
    where: int | None = None
    quote: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a question that was understood: `kind` is `thing`, `idea`, `number`, `year`, `month` or `word`.

    `values` are what it may mean: ids of things, names of ideas, numbers; `weight` how much it matters.
    """

    kind: str
    text: str
    values: tuple[str, ...]
    weight: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood; `unknown` are names that nothing is known by, `notes` what was mended in it."""

    text: str
    language: str
    kind: str
    terms: tuple[Term, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    plain: str = ""

    def of(self, *kinds: str) -> tuple[Term, ...]:
        """Return the terms of some kinds."""
        return tuple(term for term in self.terms if term.kind in kinds)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that says an answer, with its article; without one, the words of the register's entry."""

    text: str
    article: str = ""
    title: str = ""
    date: str = ""

    def to_json(self) -> dict[str, str]:
        """Return what is there, by name."""
        parts = {name: getattr(self, name) for name in self.__slots__}
        return {name: part for name, part in parts.items() if part}


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a question and its answer.

    `verdict` is `yes`, `no`, `none` or `found`; `parts` say how the question was understood, `query` the stored
    query, as a command, that gives the same, `rows` the table under the answer.
    """

    text: str
    verdict: str = "found"
    evidence: tuple[Evidence, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    query: str = ""
    score: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the reading as JSON has it."""
        return {
            "text": self.text,
            "verdict": self.verdict,
            "evidence": [each.to_json() for each in self.evidence],
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "understood": dict(self.parts),
            "query": self.query,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a question: its readings, the likeliest first, and where there is none the nearest questions."""

    question: str
    language: str
    choices: tuple[Choice, ...] = ()
    nearest: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The short answer."""
        return self.choices[0].text if self.choices else ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that say the likeliest answer."""
        return self.choices[0].evidence if self.choices else ()

    @property
    def rows(self) -> tuple[dict[str, str], ...]:
        """The table of the likeliest answer, one dictionary a row."""
        first = self.choices[0] if self.choices else Choice("")
        return tuple(dict(zip(first.columns, row, strict=True)) for row in first.rows)

    @property
    def found(self) -> bool:
        """Whether there is an answer, and it is not no."""
        return any(choice.verdict in ("found", "yes") for choice in self.choices)

    def __str__(self) -> str:
        from g60kg.ask.show import to_text

        return to_text(self)

    def _repr_html_(self) -> str:
        from g60kg.ask.show import to_html

        return to_html(self)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON has it."""
        return {
            "question": self.question,
            "answer": self.text,
            "found": self.found,
            "readings": [choice.to_json() for choice in self.choices],
            "nearest": list(self.nearest),
        }

"""How an article was read: what was marked in each sentence, which pattern read what, what gave nothing.

Goes in: an article and a grammar. Comes out: an `Explained`, frozen; positions count the characters of the
article's text. It shows the reading itself (`Grammar.read`, `claims_in`), not an account of it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ..model import Article, Claim, Entity
from ..terms import curie
from .extract import claims_in, extract
from .grammar import Grammar
from .kinds import ORDINAL, VAGUE
from .lines import claim_line, value_text
from .marks import Figure, Mark, Name, Passed, Pronoun, Time
from .reading import Reading, Sentence

Kind = Literal[
    "known", "repaired", "resolved", "candidate", "name", "pronoun", "figure", "vague", "rank", "time"
]
_LEAST_ENTITIES = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that reading marked: what they are, what they mean, and by which rule or for which reason."""

    start: int
    end: int
    words: str
    kind: Kind
    meaning: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a pattern read: the claim as a line, its words, and on what it rests.

    `kept` is False where another claim says the same and more.
    """

    pattern: str
    claim: str
    quote: str
    start: int
    end: int
    rests_on: tuple[str, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence as read; `tried` are the patterns whose words it has."""

    start: int
    end: int
    text: str
    marked: tuple[Marked, ...]
    read: tuple[Read, ...]
    tried: tuple[str, ...]
    is_informative: bool

    @property
    def is_silent(self) -> bool:
        """Whether it looks informative (it holds a figure or two entities) and gave no claim."""
        return self.is_informative and not self.read

    def to_json(self) -> dict[str, Any]:
        """Return the form that `extract --explain --format jsonl` prints."""
        return asdict(self) | {"is_silent": self.is_silent}


@dataclass(frozen=True, slots=True)
class Explained:
    """An article's sentences as read."""

    article: str
    sentences: tuple[ExplainedSentence, ...]

    @property
    def silent(self) -> tuple[ExplainedSentence, ...]:
        """The sentences that look informative and gave no claim."""
        return tuple(sentence for sentence in self.sentences if sentence.is_silent)


def explain(article: Article, grammar: Grammar) -> Explained:
    """Return how an article is read, sentence by sentence."""
    reading = grammar.read(article)
    kept = frozenset(extract(article, grammar))
    return Explained(article.id, tuple(_sentence(each, reading, grammar, kept) for each in reading.sentences))


def _sentence(
    sentence: Sentence, reading: Reading, grammar: Grammar, kept: frozenset[Claim]
) -> ExplainedSentence:
    start, end = reading.view.span(sentence.start, sentence.end)
    marks = list(sentence.at.values())
    claims = dict.fromkeys(claims_in(sentence, reading, grammar) if marks else ())
    return ExplainedSentence(
        start,
        end,
        reading.article.text[start:end],
        tuple(_marked(marks, reading)),
        tuple(_read(claim, claim in kept) for claim in claims),
        tuple(dict.fromkeys(grammar.forms[number][0].id for number in grammar.called(sentence).forms)),
        _is_informative(marks),
    )


def _is_informative(marks: list[Mark]) -> bool:
    entities = {mark.meaning.iri for mark in marks if isinstance(mark.meaning, Entity)}
    has_figure = any(isinstance(mark.meaning, Figure) and mark.code != ORDINAL for mark in marks)
    return has_figure or len(entities) >= _LEAST_ENTITIES


def _read(claim: Claim, kept: bool) -> Read:
    repairs = (f"the repair of {repair.surface!r}: {repair.reason}" for repair in claim.repairs)
    rules = (
        f"the rule {said.rule!r}" + (f" for {said.surface!r}" if said.surface else "")
        for said in claim.resolved
    )
    place = claim.quote, claim.start, claim.end
    return Read(claim.pattern, claim_line(claim), *place, (*repairs, *rules), kept)


def _marked(marks: list[Mark], reading: Reading) -> Iterator[Marked]:
    for mark in marks:
        found = _meaning(mark)
        if found is not None:
            start, end = reading.view.span(mark.start, mark.end)
            yield Marked(start, end, reading.article.text[start:end], *found)


def _meaning(mark: Mark) -> tuple[Kind, str, str | None] | None:
    """Return what a mark is, what it means, and why; None for a word that patterns pass over."""
    meaning = mark.meaning
    if isinstance(meaning, Entity):
        return _entity(meaning, mark)
    if isinstance(meaning, Figure):
        kind: Kind = "rank" if mark.code == ORDINAL else "figure"
        return kind, "; ".join(map(value_text, meaning.values)), None
    if isinstance(meaning, Time):
        return "time", meaning.start + (f" to {meaning.end}" if meaning.end else ""), meaning.rule
    if isinstance(meaning, Name):
        return "name", "no known name, and no head noun: only a pattern can say of what class", None
    if isinstance(meaning, Pronoun):
        return "pronoun", "the subject of the sentence before, where a pattern asks for it", None
    if isinstance(meaning, Passed) or mark.code != VAGUE:
        return None
    return "vague", "a vague amount: no figure", None


def _entity(entity: Entity, mark: Mark) -> tuple[Kind, str, str | None]:
    meaning = f"{curie(entity.iri)} ({', '.join(name.removeprefix('g60:') for name in entity.types)})"
    if mark.resolution is not None:
        return "resolved", meaning, mark.resolution.rule
    if mark.repair is not None:
        return "repaired", meaning, mark.repair.reason
    return ("candidate" if entity.candidate else "known"), meaning, None

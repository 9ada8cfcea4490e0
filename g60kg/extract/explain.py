"""How an article was read: what was marked in each sentence, who proposed what, what was kept or refused.

Goes in: an article and what reads it. Comes out: values, frozen; positions count the characters of the
article's text. It shows the reading itself, not an account of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from g60kg.article import Article
from g60kg.extract.claims import claim_line, value_text
from g60kg.extract.extractor import Extractor
from g60kg.extract.proposals import Rejection
from g60kg.model import Claim, Entity
from g60kg.terms import curie
from g60kg.text.lexicon import Lexicon
from g60kg.text.marks import Figure, Mark, Name, Time

Kind = Literal["known", "repaired", "resolved", "candidate", "name", "figure", "vague", "rank", "time"]
_ENTITIES: Final = ("known", "repaired", "resolved", "candidate")


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
class MarkedSentence:
    """A sentence with what was marked in it."""

    start: int
    end: int
    text: str
    marked: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A claim that was read: its frame, the claim as a line, its words, and on what it rests."""

    pattern: str
    claim: str
    quote: str
    start: int
    end: int
    reader: str
    basis: str
    status: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that failed a check: the check, the words that show why, and what was proposed."""

    pattern: str
    check: str
    reason: str
    quote: str
    proposed: str


@dataclass(frozen=True, slots=True)
class ExplainedSentence(MarkedSentence):
    """A sentence as read."""

    read: tuple[Read, ...]
    refused: tuple[Refused, ...]

    @property
    def is_informative(self) -> bool:
        """Whether it holds a figure or two entities."""
        entities = {each.meaning for each in self.marked if each.kind in _ENTITIES}
        return len(entities) > 1 or any(each.kind == "figure" for each in self.marked)

    @property
    def is_silent(self) -> bool:
        """Whether it looks informative (it holds a figure or two entities) and gave no claim."""
        return self.is_informative and not self.read

    def to_json(self) -> dict[str, Any]:
        """Return the form that `extract --explain --format jsonl` prints."""
        return asdict(self) | {"is_informative": self.is_informative, "is_silent": self.is_silent}


@dataclass(frozen=True, slots=True)
class Explained:
    """An article's sentences as read."""

    article: str
    sentences: tuple[ExplainedSentence, ...]

    @property
    def silent(self) -> tuple[ExplainedSentence, ...]:
        """The sentences that look informative and gave no claim."""
        return tuple(sentence for sentence in self.sentences if sentence.is_silent)


def mark(article: Article, lexicon: Lexicon) -> tuple[MarkedSentence, ...]:
    """Return an article's sentences with the names, figures and times in them; nothing is parsed."""
    annotated, text = lexicon.annotate(article), article.text
    found = []
    for sentence in annotated.sentences:
        marked = []
        for each in annotated.marks_within(*sentence):
            start, end = annotated.view.span(each.start, each.end)
            marked.append(Marked(start, end, text[start:end], *_meaning(each)))
        start, end = annotated.view.span(*sentence)
        found.append(MarkedSentence(start, end, text[start:end], tuple(marked)))
    return tuple(found)


def explain(article: Article, extractor: Extractor) -> Explained:
    """Return how an article is read, sentence by sentence."""
    verified = extractor.verified(article)
    sentences = (
        ExplainedSentence(
            each.start,
            each.end,
            each.text,
            each.marked,
            tuple(_read(claim) for claim in verified.claims if each.start <= claim.start < each.end),
            tuple(refused_of(verified.rejections, each.start, each.end)),
        )
        for each in mark(article, extractor.lexicon)
    )
    return Explained(article.id, tuple(sentences))


def refused_of(rejections: Iterable[Rejection], start: int = 0, end: int | None = None) -> Iterator[Refused]:
    """Yield rejections as values to show; those alone whose quote begins between two places."""
    for rejection in rejections:
        said = rejection.proposal
        at = said.start or 0
        if at >= start and (end is None or at < end):
            thing = said.object
            words = thing.name if not hasattr(thing, "value") else value_text(thing.value)
            proposed = f"{said.subject.name} {said.predicate} {words}"
            yield Refused(said.pattern, rejection.check, rejection.reason, said.quote, proposed)


def _read(claim: Claim) -> Read:
    repairs = (f"the repair of {repair.surface!r}: {repair.reason}" for repair in claim.repairs)
    rules = (
        f"the rule {said.rule!r}" + (f" for {said.surface!r}" if said.surface else "")
        for said in claim.resolved
    )
    place = claim.quote, claim.start, claim.end
    known = claim.reader, claim.basis, claim.status
    return Read(claim.pattern, claim_line(claim), *place, *known, (*repairs, *rules))


def _meaning(mark: Mark) -> tuple[Kind, str, str | None]:
    """Return what a mark is, what it means, and why."""
    meaning = mark.meaning
    if isinstance(meaning, Entity):
        types = ", ".join(name.removeprefix("g60:") for name in meaning.types)
        thing = f"{curie(meaning.iri)} ({types})"
        if mark.resolution is not None:
            return "resolved", thing, mark.resolution.rule
        if mark.repair is not None:
            return "repaired", thing, mark.repair.reason
        return ("candidate" if meaning.candidate else "known"), thing, None
    if isinstance(meaning, Figure):
        kind: Kind = "rank" if meaning.is_rank else "figure"
        return kind, "; ".join(map(value_text, meaning.values)), None
    if isinstance(meaning, Time):
        return "time", meaning.start + (f" to {meaning.end}" if meaning.end else ""), meaning.rule
    if isinstance(meaning, Name):
        return "name", "no known name, and nothing here says of what class", None
    return "vague", "a vague amount: no figure", None

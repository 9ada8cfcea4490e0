"""Words that stand for something named before: "the region", "related enterprises", "it".

Goes in: the text of a view, its entities so far, and `data/grammar/anaphora.yaml`. Comes out: marks that
carry the entity and the rule by which it was found. A pronoun stays open: what it stands for depends on what
a pattern asks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Any, Final

from ..model import Entity
from .kinds import OWNER, PRONOUN, Kinds
from .marks import Mark, Pronoun, called_again
from .scanning import Beginnings, scan
from .words import any_of

_PRONOUN: Final = re.compile(
    r"(?:(?<=[.!?\"] )|(?<=\n)|^)(?P<word>This(?= (?:is|was) ))\b"
    r"|\b(?P<inner>[Ii]t)\b(?! (?:is|was|has been) (?:(?!home|close|next|due|host|near|subject)\w+ )?"
    r"(?:said|reported|expected|possible|clear|important|that|to)\b)"
)
_THERE: Final = re.compile(
    r"\b(?<!\. )there\b(?! (?:is|are|was|were|has|have|had|will|would|may|might|could|can|should)\b)"
)
_THE: Final = re.compile(r"\b[Tt](?:he|his) (?P<words>[a-z][a-z-]*(?: [a-z][a-z-]*){0,2})")
_IT: Final = Beginnings(["it", "this"])
_ITS: Final = Beginnings(["its", "their", "whose"])
_PLACE: Final = Beginnings(["there"])
_ARTICLE: Final = Beginnings(["the ", "this "])
_PLACES: Final = frozenset(
    ["g60:City", "g60:Province", "g60:Municipality", "g60:Country", "g60:IndustryCategory", "g60:Technology"]
)
_TOPIC: Final = re.compile(r"[\"'(]*(?:(?:The|A|An|His) )?")
_FAR: Final = 900
"""So many characters before, a topic is still spoken of."""
_OWN: Final = re.compile(r" (?:of|that|government|level|center|centre|committee|administration)\b")


@dataclass(frozen=True)
class Anaphora:
    """The rows of `anaphora.yaml`, and the expression made of them."""

    rows: tuple[dict[str, Any], ...]
    kinds: Kinds = field(compare=False)
    again: frozenset[str] = frozenset()
    """Nouns that call a thing again by themselves."""
    bare: tuple[str, ...] = ()
    """Nouns that do so without an article, with a capital."""
    titles: tuple[str, ...] = ()
    """What a person is called: whose head somebody is is named aside, and not spoken of."""

    @cached_property
    def _by_word(self) -> dict[str, dict[str, Any]]:
        return {word: row for row in self.rows for word in row["words"]}

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        plain = [word for word, row in self._by_word.items() if "before" not in row]
        bound = [
            f"{any_of([word])} (?={any_of(row['before'])})"
            for word, row in self._by_word.items()
            if "before" in row
        ]
        nouns = any_of(word.removeprefix("the ") for word in plain if word.startswith("the "))
        measured = rf"(?<=the )\d[\d.,]*-[a-z]+(?:-[a-z]+)? (?P<noun>{nouns})"
        bare = rf"(?P<bare>(?-i:{any_of(self.bare)}))(?= [a-z])"
        return re.compile(rf"(?<![\w-])(?:{'|'.join([any_of(plain), *bound, measured, bare])})", re.I)

    @cached_property
    def _begins(self) -> Beginnings:
        return Beginnings([*self._by_word, *self.bare], digits=True)

    @cached_property
    def _titled(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.titles)} (?:of|at|from|with) (?:the )?$")

    def _unless_titled(
        self, text: str, named: Mark, entities: Sequence[Mark], kind: str, topics: frozenset[int]
    ) -> Mark:
        """Return what is named; where that is only whose head somebody is, the last topic of its kind."""
        if self._titled.search(text, max(0, named.start - 40), named.start) is None:
            return named
        codes = self.kinds.codes(kind)
        earlier = (m for m in reversed(entities) if 0 <= named.start - m.end < _FAR and m.start in topics)
        return next((mark for mark in earlier if mark.code in codes), named)

    def marks(self, text: str, spans: Sequence[tuple[int, int]], entities: Sequence[Mark]) -> Iterator[Mark]:
        """Yield the words of a view's text that stand for one of the entities before them."""
        topics = topics_of(text, spans, entities)
        for match in scan(self._expression, self._begins.places(text), text):
            start, end = (
                match.start("noun") if match["noun"] else match.start(),
                match.start() + len(match.group().rstrip()),
            )
            word = text[start:end].lower()
            row = self._by_word[f"the {word}" if match["noun"] or match["bare"] else word]
            if "before" not in row and _OWN.match(text, end):
                continue
            if "after" in row and not _said_before(text, spans, start, row["after"]):
                continue
            noun = word.rpartition(" ")[2]
            named = nearest(self.kinds, entities, spans, start, row["classes"], noun, topics)
            if named is not None and not _described_since(text, named.end, start, noun):
                named = self._unless_titled(text, named, entities, row["classes"], topics)
                yield called_again(named, text[start:end], start, f"{row['rule']} {row['classes']}")

    def tails(self, text: str, spans: Sequence[tuple[int, int]], entities: Sequence[Mark]) -> Iterator[Mark]:
        """Yield the words that repeat the end of a name: "the sci-tech city" for "Hangzhou Future Sci-Tech
        City".
        """
        known: dict[str, Mark] = {}
        topics = topics_of(text, spans, entities)
        waiting = iter(entities)
        entity = next(waiting, None)
        for match in scan(_THE, _ARTICLE.places(text), text):
            while entity is not None and entity.end <= match.start():
                for tail in self._tails(entity):
                    known[tail] = _topic_of_two(known.get(tail), entity, topics)
                entity = next(waiting, None)
            words = match["words"].lower().split(" ")
            for count in range(len(words), 0, -1):
                named = known.get(" ".join(words[:count]))
                end = match.start("words") + len(" ".join(words[:count]))
                if named is not None and not _OWN.match(text, end):
                    yield called_again(named, text[match.start() : end], match.start(), "end of a name")
                    break

    def _tails(self, mark: Mark) -> Iterator[str]:
        """Yield the last words of a name by which it may be called again: its head noun, words before."""
        if not isinstance(mark.meaning, Entity):
            return
        words = mark.meaning.surface.lower().split(" ")
        if mark.resolution is None and not _PLACES.intersection(mark.meaning.types):
            for count in range(1 if words[-1] in self.again else 2, min(4, len(words))):
                yield " ".join(words[-count:])


def nearest(
    kinds: Kinds,
    entities: Sequence[Mark],
    spans: Sequence[tuple[int, int]],
    before: int,
    kind: str,
    noun: str = "",
    topics: frozenset[int] = frozenset(),
) -> Mark | None:
    """Return the last entity of a kind before a position.

    Where its sentence names several, it is the only one of them whose name ends in the noun, or none. One
    that only an aside names gives way to the one that sentences before begin with, of which they speak.
    """
    codes = kinds.codes(kind)
    fitting = (mark for mark in reversed(entities) if mark.end <= before and mark.code in codes)
    last = next(fitting, None)
    if last is None:
        return None
    start = spans[bisect_right(spans, (last.start, 1 << 60)) - 1][0]
    rivals = {_iri(mark): mark for mark in takewhile(lambda mark: mark.start >= start, fitting)}
    if rivals.keys() <= {_iri(last)}:
        if last.start in topics or not noun or not topics:
            return last
        near = takewhile(lambda mark: last.start - mark.start < _FAR, reversed(entities))
        earlier = [m for m in near if m.end <= start and m.code in codes and m.start in topics]
        return _topic_or_last(last, earlier, noun)
    called = [mark for mark in (rivals | {_iri(last): last}).values() if noun and _ends_in(mark, noun)]
    return called[0] if len(called) == 1 else None


def _described_since(text: str, begin: int, end: int, noun: str) -> bool:
    """Tell whether text between a name and its noun describes another thing of that noun: "Zhangjiang grew,
    and a new zone was opened. The zone …".
    """
    kind = rf"(?<!,)(?<! is)(?<! was)(?<! as) (?:an?|another) (?:[a-z-]+ ){{0,4}}?{re.escape(noun)}\b"
    return re.search(kind, text[max(begin, end - _FAR) : end]) is not None


def _said_before(text: str, spans: Sequence[tuple[int, int]], at: int, words: Sequence[str]) -> bool:
    """Tell whether the sentence before the one at a place has one of some words."""
    index = bisect_right(spans, (at, 1 << 60)) - 2
    return index >= 0 and any(word in text[slice(*spans[index])].lower() for word in words)


def _topic_or_last(last: Mark, earlier: Sequence[Mark], noun: str) -> Mark | None:
    """Return the last named, or the topic of sentences before where its name ends in the noun as well."""
    called = [mark for mark in earlier if _ends_in(mark, noun) and _iri(mark) != _iri(last)]
    return called[0] if called else last


def _topic_of_two(known: Mark | None, new: Mark, topics: frozenset[int]) -> Mark:
    """Return which of two that end alike is spoken of: the new one, unless only the other is a topic."""
    if known is None or new.start in topics or known.start not in topics:
        return new
    return known if new.start - known.start < _FAR else new


def topics_of(text: str, spans: Sequence[tuple[int, int]], entities: Sequence[Mark]) -> frozenset[int]:
    """Return where those entities begin with which a sentence begins."""
    starts = {mark.start for mark in entities}
    found = (_TOPIC.match(text, start, end) for start, end in spans)
    return frozenset(match.end() for match in found if match and match.end() in starts)


def _ends_in(mark: Mark, noun: str) -> bool:
    return isinstance(mark.meaning, Entity) and mark.meaning.surface.lower().endswith(noun)


def _iri(mark: Mark) -> str:
    assert isinstance(mark.meaning, Entity)
    return mark.meaning.iri


_POSSESSIVE: Final = re.compile(r"\b(?:[Ii]ts|whose|[Tt]heir)\b(?= [a-zA-Z])")


def possessive_marks(text: str) -> Iterator[Mark]:
    """Yield the pronouns that own what follows: "its output", "whose area"."""
    for match in scan(_POSSESSIVE, _ITS.places(text), text):
        yield Mark(match.start(), match.end(), OWNER, Pronoun(match.group()))


def pronoun_marks(text: str) -> Iterator[Mark]:
    """Yield the pronouns with which a sentence begins."""
    for match in scan(_PRONOUN, _IT.places(text), text):
        group = "word" if match["word"] else "inner"
        yield Mark(match.start(group), match.end(group), PRONOUN, Pronoun(match[group]))


def there_marks(text: str) -> Iterator[Mark]:
    """Yield "there" where it stands for a place: "has its seat there"."""
    for match in scan(_THERE, _PLACE.places(text), text):
        yield Mark(match.start(), match.end(), PRONOUN, Pronoun("there", "in "))


def fits(kinds: Kinds, mark: Mark, kind: str) -> bool:
    """Tell whether a mark is an entity of a kind."""
    return isinstance(mark.meaning, Entity) and mark.code in kinds.codes(kind)

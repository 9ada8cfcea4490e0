"""Phrases: token patterns for text without syntax, such as slogans, themes and verbless lists.

A phrase is a row of items: a word (`a|b` is either), `{role:Kind|Kind}` for a name, `{role}` for up to four
plain words, and `"{role}"` for what stands in quotation marks. What the text speaks of may fill a role, too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from g60kg.extract.parser.frames import Example, Found, Template, Wanted, of_mark
from g60kg.extract.parser.reading import Literal, Qualifiers, SentenceReading, state
from g60kg.model import Entity, Value
from g60kg.text.marks import Mark

_WORD: Final = re.compile(r"\w+(?:[-&']\w+)*|[^\w\s]")
_ITEM: Final = re.compile(r'"\{(?P<quoted>\w+)\}"|\{(?P<role>\w+)(?::(?P<kinds>[\w|]+))?\}|(?P<words>\S+)')
_OPENING: Final = frozenset({'"', "“", "„", "«", "'", "‘"})
_CLOSING: Final = frozenset({'"', "”", "“", "»", "'", "’"})
_STOPS: Final = frozenset({",", ";", ":", ".", "(", ")", "and", *_OPENING, *_CLOSING})
_MOST_WORDS: Final = 4
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a phrase: words, or a role that takes a name of some kinds, plain words, or a quotation."""

    words: frozenset[str] = frozenset()
    role: str | None = None
    kinds: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of items and the claims that it makes; `spoken_of` are the kinds of what the text speaks of, by
    role, and `repeated` is how often the phrase must stand in the sentence.
    """

    id: str
    items: tuple[Item, ...]
    claims: tuple[Template, ...]
    spoken_of: Mapping[str, str]
    repeated: int
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    mark: Mark | None = None


Match = dict[str, Found | Literal]


def read_items_of(phrase: str) -> tuple[Item, ...]:
    """Return the items of a phrase as it is written.

    >>> read_items_of("motto|slogan of")[1].words
    frozenset({'of'})
    """
    items: list[Item] = []
    for match in _ITEM.finditer(phrase):
        if match["quoted"]:
            items.append(Item(role=match["quoted"], quoted=True))
        elif match["role"]:
            items.append(Item(role=match["role"], kinds=match["kinds"]))
        else:
            items.append(Item(words=frozenset(match["words"].lower().split("|"))))
    return tuple(items)


class PhraseReading:
    """Reads sentences by some phrases: a mechanism."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = tuple(phrases)

    def __call__(self, reading: SentenceReading) -> None:
        """Propose what the phrases read in a sentence."""
        pieces = _pieces(reading)
        for phrase in self.phrases:
            matches = list(_matches(reading, phrase, pieces))
            if len(matches) >= phrase.repeated:
                for match in matches:
                    _claim(reading, phrase, match)


def _pieces(reading: SentenceReading) -> list[_Piece]:
    """Return a sentence's words and signs, each name as one."""
    start, end = reading.sentence.span
    text, pieces, done = reading.text.view.text, list[_Piece](), start
    for mark in reading.text.marks_within(start, end):
        if mark.start >= done and isinstance(mark.meaning, Entity):
            pieces += [_Piece(m[0], m.start(), m.end()) for m in _WORD.finditer(text, done, mark.start)]
            pieces.append(_Piece(text[mark.start : mark.end], mark.start, mark.end, mark))
            done = mark.end
    return pieces + [_Piece(m[0], m.start(), m.end()) for m in _WORD.finditer(text, done, end)]


def _matches(reading: SentenceReading, phrase: Phrase, pieces: Sequence[_Piece]) -> Iterator[Match]:
    at = 0
    while at < len(pieces):
        match: Match = {}
        after = _match(reading, phrase.items, pieces, at, match)
        if after is not None:
            yield match
        at = after or at + 1


def _match(
    reading: SentenceReading, items: Sequence[Item], pieces: Sequence[_Piece], at: int, match: Match
) -> int | None:
    """Return where a phrase that begins at a piece ends, its roles put into `match`; None without one."""
    for number, item in enumerate(items):
        following = items[number + 1] if number + 1 < len(items) else None
        found = _item(reading, item, following, pieces, at, match)
        if found is None:
            return None
        at = found
    return at


def _item(
    reading: SentenceReading,
    item: Item,
    following: Item | None,
    pieces: Sequence[_Piece],
    at: int,
    match: Match,
) -> int | None:
    if at >= len(pieces):
        return None
    piece = pieces[at]
    if item.role is None:
        return at + 1 if piece.text.lower() in item.words else None
    if item.quoted:
        return _quotation(reading, item.role, pieces, at, match)
    if item.kinds is None:
        return _plain_words(reading, item.role, following, pieces, at, match)
    if piece.text.lower() == "the":
        return _item(reading, item, following, pieces, at + 1, match)
    if piece.mark is None or not isinstance(piece.mark.meaning, Entity):
        return None
    if not reading.mentions.fits(piece.mark.meaning, item.kinds):
        return None
    match[item.role] = of_mark(piece.mark, 0)
    return at + 1


def _quotation(
    reading: SentenceReading, role: str, pieces: Sequence[_Piece], at: int, match: Match
) -> int | None:
    if pieces[at].text not in _OPENING:
        return None
    for end in range(at + 1, len(pieces)):
        if pieces[end].start - pieces[at].end > _LONGEST:
            return None
        if pieces[end].text in _CLOSING and end > at + 1:
            match[role] = _literal(reading, pieces[at + 1].start, pieces[end - 1].end)
            return end + 1
    return None


def _plain_words(
    reading: SentenceReading,
    role: str,
    following: Item | None,
    pieces: Sequence[_Piece],
    at: int,
    match: Match,
) -> int | None:
    """Take up to four words that stand behind a sign, before the next item's word."""
    if at and pieces[at - 1].text.lower() not in _STOPS:
        return None
    at += pieces[at].text.lower() == "and"
    for end in range(at, min(at + _MOST_WORDS + 1, len(pieces))):
        if following is not None and pieces[end].text.lower() in following.words:
            if not _are_named(reading, pieces[at].start, pieces[end - 1].end):
                return None
            match[role] = _literal(reading, pieces[at].start, pieces[end - 1].end)
            return end if end > at else None
        if pieces[end].mark is not None or pieces[end].text.lower() in _STOPS - {"and"}:
            return None
    return None


def _are_named(reading: SentenceReading, start: int, end: int) -> bool:
    """Tell whether plain words name something, and are no verb or number: "research", not "founded"."""
    words = [token for token in reading.sentence.doc if start <= reading.sentence.word(token).start < end]
    last = words[-1] if words else None
    plain = not any(reading.sentence.word(token).marks or token.tag_ == "CD" for token in words)
    return last is not None and plain and last.tag_ in ("NN", "NNS", "VBG", "NNP", "NNPS")


def _literal(reading: SentenceReading, start: int, end: int) -> Literal:
    return Literal(Value(reading.words(start, end), "rdf:langString", None, None, "en"), start, end)


def _claim(reading: SentenceReading, phrase: Phrase, match: Match) -> None:
    filled = dict(match)
    first = min((each.start for each in match.values()), default=reading.sentence.span[0])
    for role, kinds in phrase.spoken_of.items():
        found = _spoken_of(reading, kinds, first)
        if not found:
            return
        filled[role] = found[0]
    for template in phrase.claims:
        subject, said = filled[template.subject], filled[template.object]
        limits: Qualifiers = {}
        for name, role in template.qualifiers:
            limit = filled[role]
            limits[name] = limit.entity if isinstance(limit, Found) else limit.value.value
        if isinstance(subject, Found):
            state(reading, phrase.id, subject, template.predicate, said, qualifiers=limits)


def _spoken_of(reading: SentenceReading, kinds: str, at: int) -> list[Found]:
    """Return the thing of some kinds that the text speaks of: named before a place, or salient there."""
    doc = reading.sentence.doc
    before = [token for token in doc if reading.sentence.word(token).start < at]
    wanted = Wanted(kinds, carried=False)
    for token in reversed(before):
        found = reading.mentions.named(token, wanted)
        if found:
            return found[-1:]
    here = doc[min(len(before), len(doc) - 1)]
    return reading.coreference.salient(reading.mentions, here, kinds)

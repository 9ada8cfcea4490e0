"""The words that questions are made of: read from `data/ask/`, cut into tokens, found in a text.

Goes in: the files of words, names and kinds, and a text. Comes out: tokens, and the longest phrases known at each
place. English words are compared by their stem, Chinese characters one by one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from unicodedata import normalize

import yaml

from g60kg.resources import resource

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_TOKEN: Final = re.compile(r"[a-z0-9]+(?:[.,+&][a-z0-9]+)*%?|[\u4e00-\u9fff]")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_IRREGULAR: Final = {"built": "build", "founded": "establish", "held": "hold", "won": "win", "began": "begin", "begun": "begin"}
_ENDINGS: Final = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"))


class Token(NamedTuple):
    """A word or character of a text: its key, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Idea:
    """An entry of the words: what it is called in both languages, and what it means in the graph."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    text: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    unit: str = ""
    change: str = ""
    weak: bool = False
    person: bool = False


@cache
def table(name: str) -> Any:
    """Return what a file of `data/ask/` holds."""
    return yaml.safe_load(resource("data", "ask", f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def ideas() -> Mapping[str, Idea]:
    """Return the ideas by name.

    >>> ideas()["population"].measures
    ('population',)
    """
    return {name: _idea(name, entry) for name, entry in table("words").items()}


def _idea(name: str, entry: Mapping[str, Any]) -> Idea:
    parts = {key: tuple(map(str, value)) if isinstance(value, list) else value for key, value in entry.items()}
    return Idea(name, **{"en": (), "zh": (), **parts})


@cache
def _simplified() -> dict[int, str]:
    return {ord(old): new for olds, news in table("traditional") for old, new in zip(olds, news, strict=True)}


def fold(text: str) -> str:
    """Return a text in one form: widths, quotes, case and traditional characters apart, control characters gone.

    >>> fold("嘉興屬於哪個省？")
    '嘉兴属于哪个省?'
    """
    clean = "".join(" " if ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 else letter for letter in text)
    return normalize("NFKC", clean).translate(_PLAIN).translate(_simplified())


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text: words by their stem, numbers without marks, Chinese characters.

    >>> [token.key for token in tokens("1,633 firms signed G60科创")]
    ['1633', 'firm', 'sign', 'g60', '科', '创']
    """
    return [Token(_key(found.group()), *found.span()) for found in _TOKEN.finditer(text.lower().replace("'s", "  "))]


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of a text's tokens."""
    return tuple(token.key for token in tokens(fold(text)))


def _key(word: str) -> str:
    if _GROUPED.fullmatch(word):
        return word.replace(",", "")
    return stem(word) if word.isascii() and word.isalpha() else word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending, so that forms of one word are the same.

    >>> {stem(word) for word in ("invests", "invested", "investing")}, stem("companies") == stem("company")
    ({'invest'}, True)
    """
    word = _IRREGULAR.get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return stem(word[: -len(ending)] + instead)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "lsz" else word
            break
    word = word[:-1] if len(word) > 3 and word.endswith("e") else word
    word = word[:-2] + "er" if word.endswith("tr") and len(word) > 4 else word  # centre, kilometre
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


Phrases = dict[str, list[tuple[tuple[str, ...], set[str]]]]
"""Phrases by their first token: the tokens, and the names of what they mean."""


class Found(NamedTuple):
    """A phrase that was found at tokens `start:end`, and what it means."""

    start: int
    end: int
    means: frozenset[str]


class Lexicon:
    """Phrases, and where they stand in a text: the longest at each place."""

    def __init__(self) -> None:
        self._phrases: Phrases = {}
        self.words: set[str] = set()

    def add(self, phrase: str, meaning: str) -> None:
        """Add a phrase; one that has no token adds nothing."""
        parts = keys(phrase)
        if not parts:
            return
        self.words.update(parts)
        held = self._phrases.setdefault(parts[0], [])
        for each, means in held:
            if each == parts:
                means.add(meaning)
                return
        held.append((parts, {meaning}))
        held.sort(key=lambda entry: -len(entry[0]))

    def find(self, parts: Sequence[str], *, nested: bool = False) -> list[Found]:
        """Return what stands in a row of keys, from left to right; `nested` also what begins inside another."""
        found: list[Found] = []
        at = 0
        while at < len(parts):
            fitting = self._at(parts, at)
            found += fitting if nested else fitting[:1]
            at = at + 1 if nested or not fitting else fitting[0].end
        return found

    def _at(self, parts: Sequence[str], at: int) -> list[Found]:
        held = self._phrases.get(parts[at], ())
        return [
            Found(at, at + len(phrase), frozenset(means))
            for phrase, means in held
            if tuple(parts[at : at + len(phrase)]) == phrase
        ]


@cache
def idea_lexicon() -> Lexicon:
    """Return the words of all ideas, in both languages."""
    lexicon = Lexicon()
    for idea in ideas().values():
        for phrase in (*idea.en, *idea.zh):
            lexicon.add(phrase, idea.name)
    return lexicon


@cache
def text_lexicon() -> Lexicon:
    """Return the words by which articles say the ideas: those of questions, and those of texts alone."""
    lexicon = Lexicon()
    for idea in ideas().values():
        for phrase in (*idea.en, *idea.zh, *idea.text):
            lexicon.add(phrase, idea.name)
    return lexicon


def ideas_of(parts: Iterable[str]) -> frozenset[str]:
    """Return the ideas that a row of keys names, nested ones too.

    >>> "population" in ideas_of(keys("a population of about 57.92 million"))
    True
    """
    return frozenset(name for found in text_lexicon().find(tuple(parts), nested=True) for name in found.means)

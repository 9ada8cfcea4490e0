"""The words of questions: read from `data/ask/`, cut into tokens, found in a text.

English words are compared by their stem, Chinese characters one by one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from unicodedata import normalize

import yaml

from g60kg.resources import resource

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_TOKEN: Final = re.compile(r"[a-z0-9]+(?:[.,+&][a-z0-9]+)*%?|[\u4e00-\u9fff]")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_PLAIN: Final = str.maketrans("’‘“”–—", "''\"\"--")
_ENDINGS: Final = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"))


class Token(NamedTuple):
    """A word or character of a text: its key, its form in a name, and where it stands."""

    key: str
    form: str
    start: int
    end: int


class Found(NamedTuple):
    """A phrase that was found at tokens `start:end`, and what it may mean."""

    start: int
    end: int
    means: frozenset[str]


@dataclass(frozen=True)
class Idea:
    """An entry of the words: what it is called, and what it means in the graph; see `data/ask/words.yaml`."""

    name: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
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


def group(name: str) -> list[str]:
    """Return a set of classes or relations that `data/ask/graph.yaml` names.

    >>> "City" in group("narrow")
    True
    """
    found: list[str] = table("graph")["sets"][name]
    return found


@cache
def form(name: str, *parts: str) -> re.Pattern[str]:
    """Return the expression of what questions ask by their words, filled in with parts.

    >>> bool(form("until_year", "2018").search("what happened before 2018"))
    True
    """
    text = str(table("graph")["asks"][name])
    return re.compile(text.format(*parts) if parts else text, re.I)


@cache
def written(name: str) -> re.Pattern[str]:
    """Return the expression of how articles write what `data/ask/graph.yaml` names.

    >>> written("how_much").search("it cost RMB 45 billion in 2018").group()
    'RMB 45 billion'
    """
    forms: dict[str, str] = table("graph")["written"]
    return re.compile(re.sub(r"\{([a-z]\w*)\}", lambda other: written(other[1]).pattern, forms[name]))


@cache
def ideas() -> Mapping[str, Idea]:
    """Return the ideas by name.

    >>> ideas()["population"].measures
    ('population',)
    """
    found = {}
    for name, entry in table("words").items():
        parts: dict[str, Any] = {
            k: tuple(map(str, v)) if isinstance(v, list) else v for k, v in entry.items()
        }
        found[name] = Idea(name, **parts)
    return found


@cache
def _simplified() -> dict[int, str]:
    return {ord(old): new for pair in table("traditional") for old, new in zip(*pair, strict=True)}


def fold(text: str) -> str:
    """Return a text in one form: widths, quotes and traditional characters apart, control characters gone.

    >>> fold("嘉興屬於哪個省？")
    '嘉兴属于哪个省?'
    """
    clean = "".join(" " if ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 else c for c in text)
    return normalize("NFKC", clean).translate(_PLAIN).translate(_simplified())


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text: words by their stem, numbers without marks, Chinese characters.

    >>> [token.key for token in tokens("1,633 firms signed G60科创")]
    ['1633', 'firm', 'sign', 'g60', '科', '创']
    """
    found = _TOKEN.finditer(text.lower().replace("'s", "  "))
    return [Token(*_read(match.group()), *match.span()) for match in found]


@lru_cache(maxsize=20_000)
def keys(text: str) -> tuple[str, ...]:
    """Return the keys of a text's tokens."""
    return tuple(token.key for token in tokens(fold(text)))


def forms(text: str) -> tuple[str, ...]:
    """Return the tokens of a text as names have them: "headquartered" is not "headquarters"."""
    return tuple(token.form for token in tokens(fold(text)))


@lru_cache(maxsize=20_000)
def _read(word: str) -> tuple[str, str]:
    """Return the key of a word, and its form."""
    if not (word.isascii() and word.isalpha()):
        plain = word.replace(",", "") if _GROUPED.fullmatch(word) else word
        return plain, plain
    return stem(word), _singular(word)


def _singular(word: str) -> str:
    word = table("stop")["irregular"].get(word, word)
    word = re.sub(r"(?<=...)tre(?=s?$)", "ter", word)  # centre, kilometre
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def stem(word: str) -> str:
    """Return a word without its ending, so that forms of one word are the same.

    >>> {stem(word) for word in ("invests", "invested", "investing")}, stem("companies") == stem("company")
    ({'invest'}, True)
    """
    word = _singular(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "lsz" else word
            break
    word = word[:-1] if len(word) > 3 and word.endswith("e") else word
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


class Lexicon:
    """Phrases, and where they stand in a row of keys, or of forms: the longest at each place."""

    def __init__(
        self, pairs: Iterable[tuple[str, str]] = (), read: Callable[[str], tuple[str, ...]] = keys
    ) -> None:
        self._read = read
        self._phrases: dict[str, dict[tuple[str, ...], set[str]]] = {}
        self.words: set[str] = set()
        for phrase, meaning in pairs:
            self.add(phrase, meaning)

    def add(self, phrase: str, meaning: str) -> None:
        """Add a phrase and what it means; one that has no token adds nothing."""
        if parts := self._read(phrase):
            self.words.update(parts)
            self._phrases.setdefault(parts[0], {}).setdefault(parts, set()).add(meaning)

    def find(self, row: Sequence[str], *, nested: bool = False) -> Iterator[Found]:
        """Yield what stands in a row of keys, from left to right; `nested` also what is inside."""
        at = 0
        while at < len(row):
            held = self._phrases.get(row[at], {})
            sizes = sorted({len(phrase) for phrase in held}, reverse=True)
            fitting = [tuple(row[at : at + size]) for size in sizes if tuple(row[at : at + size]) in held]
            for phrase in fitting if nested else fitting[:1]:
                yield Found(at, at + len(phrase), frozenset(held[phrase]))
            at += 1 if nested or not fitting else len(fitting[0])


@cache
def idea_lexicon(*, of_texts: bool = False) -> Lexicon:
    """Return the words of all ideas in both languages; with those by which articles alone say them."""
    extra = {idea.name: idea.text if of_texts else idea.asks for idea in ideas().values()}
    return Lexicon((word, i.name) for i in ideas().values() for word in (*i.en, *i.zh, *extra[i.name]))


def ideas_of(row: Sequence[str]) -> frozenset[str]:
    """Return the ideas that a row of keys of an article names, nested ones too.

    >>> "population" in ideas_of(keys("a population of about 57.92 million"))
    True
    """
    found = idea_lexicon(of_texts=True).find(row, nested=True)
    return frozenset(name for each in found for name in each.means)


def everyday(word: str) -> list[str]:
    """Return the ids of the things that an everyday word of questions stands for.

    >>> everyday("chips"), everyday("Chint")
    (['integrated-circuits'], ['chint-electrics', 'chint-group'])
    """
    named = {thing for thing, names in table("names").items() if keys(word) in map(keys, map(str, names))}
    means = {name for found in idea_lexicon().find(keys(word)) for name in found.means}
    return sorted(named.union(*(ideas()[name].entities for name in means)))


@cache
def translated() -> Lexicon:
    """Return the Chinese words whose English is known, each meaning the keys of it."""
    pairs = table("vocabulary").items()
    return Lexicon((word, key) for word, english in pairs for each in english for key in keys(each))


@cache
def ordinary() -> frozenset[str]:
    """Return the keys of English words that say nothing by themselves."""
    return frozenset(key for word in table("stop")["en"] for key in keys(word))


@cache
def skipped(name: str = "zh_words") -> Lexicon:
    """Return the Chinese words, or the English phrases, that say nothing by themselves."""
    return Lexicon((word, word) for word in table("stop")[name])

"""Other names that a text gives a thing: short forms, names in brackets, "X, better known as Y"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ahocorasick_rs import AhoCorasick

from g60kg.model import Entity
from g60kg.ontology import Ontology
from g60kg.text.candidates import NAME_RUN, candidate
from g60kg.text.marks import Mark, Name, called_again, merge
from g60kg.text.scanning import any_of, find_words

RULE: Final = "other name of a thing"
_SHORT_FORM: Final = "short form of a name"
_SHORT: Final = r"(?=\w{0,8}[A-Z&]\w{0,8}[A-Z\d])[A-Za-z][\w&-]{1,9}"
_WORDS: Final = r"[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}"
_WITHIN: Final = re.compile(rf" \((?P<short>{_SHORT}|{_WORDS})\)$")
_BRACKET: Final = re.compile(rf" \((?:hereinafter )?(?:the )?(?P<short>{_SHORT}|{_WORDS})\)")
_OWN: Final = re.compile(r"[A-Z][a-z]{3,}")
_OR: Final = re.compile(rf", or (?:the )?(?P<short>{_SHORT}|[A-Z][a-z]{{2,7}})(?=[,.;])")


class Aliases:
    """The words that give a thing another name."""

    def __init__(
        self,
        table: Mapping[str, Any],
        ontology: Ontology,
        plain: frozenset[str] = frozenset(),
        closing: frozenset[str] = frozenset(),
    ) -> None:
        self.ontology = ontology
        self.plain, self.closing = plain, closing
        words = any_of(table["other_names"])
        self._known_as = re.compile(rf"(?:,| \()? ?(?:which is |is )?{words} (?:as )?(?:the )?[\"']?")

    def resolve(self, text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Return the marks with other names resolved, and those found that were not marked."""
        bare = [_without_bracket(mark) for mark in self._in_full(text, marks)]
        named: dict[str, Mark] = {}
        before = bare[0][0] if bare else None
        for mark, short in bare:
            self._give(text, mark, short, before, named)
            before = mark
        if not named:
            return tuple(mark for mark, _ in bare)
        settled = [_settled(mark, named) for mark, _ in bare]
        words = list(named)
        unmarked = (
            _again(named[words[number]], words[number], start)
            for number, start, _ in find_words(AhoCorasick(words), text)
            if start >= named[words[number]].end + 2
        )
        return merge(settled, unmarked)

    def _in_full(self, text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
        """Yield the marks with a firm's name as the short form of the one longer name that the text has for
        it: "X" beside "X Group" or "X Co., Ltd.", in a headline also beside "X Precision Industry".
        """
        longer: dict[str, dict[str, Mark]] = {}
        for mark in marks:
            words = _label(mark).split(" ") if self._is_unknown(mark) else []
            for count in range(1, len(words)):
                longer.setdefault(" ".join(words[:count]), {}).setdefault(" ".join(words), mark)
        headline = text.find("\n")
        for mark in marks:
            name = text[mark.start : mark.end]
            same = [
                full
                for label, full in (longer.get(name, {}) if self._is_unknown(mark) else {}).items()
                if mark.end <= headline
                or self.closing.issuperset(label[len(name) :].replace(",", "").split())
            ]
            yield _in_short(mark, same[0], name) if len(same) == 1 else mark

    def _is_unknown(self, mark: Mark) -> bool:
        """Tell whether a mark may name a firm that no register holds, and is no other name of it."""
        firm = mark.meaning
        if not isinstance(firm, Entity):
            return isinstance(firm, Name)
        return firm.candidate and mark.resolution is None and self.ontology.is_a(firm, "Company")

    def _give(
        self, text: str, mark: Mark, short: str | None, before: Mark | None, named: dict[str, Mark]
    ) -> None:
        """Add the other names that the text gives the thing of a mark; "X in PLACE, known as Y" is X."""
        if not isinstance(mark.meaning, Entity) or mark.resolution is not None:
            return
        bracket = _BRACKET.match(text, mark.end) or _OR.match(text, mark.end)
        for other in (short, bracket["short"] if bracket else None):
            if other is not None and _is_short_for(other, mark.meaning.label):
                named[other] = mark
        if (first := self._first_word(mark)) is not None:
            named.setdefault(first, mark)
        known = self._known_as.match(text, mark.end)
        run = NAME_RUN.match(text, known.end()) if known else None
        if run is not None:
            of_place = before is not None and text[before.end : mark.start] in (" in ", " of ", " at ", ", ")
            is_place = self.ontology.is_a(mark.meaning, "Region")
            if before is not None and isinstance(before.meaning, Entity) and of_place and is_place:
                mark = mark if self.ontology.is_a(before.meaning, "Region") else before
            name, _, rest = run.group().split(" and ")[0].removesuffix("'s").partition(" (")
            named |= dict.fromkeys((name, rest.removesuffix(")") or name), mark)

    def _first_word(self, mark: Mark) -> str | None:
        """Return the word by which a company may be called that is named in full, if it is no plain word."""
        assert isinstance(mark.meaning, Entity)
        first, _, rest = mark.meaning.label.partition(" ")
        if not rest or not mark.meaning.candidate or not self.ontology.is_a(mark.meaning, "Company"):
            return None
        return first if _OWN.fullmatch(first) and first not in self.plain else None


def _label(mark: Mark) -> str:
    return mark.meaning.text if isinstance(mark.meaning, Name) else getattr(mark.meaning, "label", "")


def _in_short(mark: Mark, full: Mark, name: str) -> Mark:
    """Return a mark as that of a short form of a longer name, which may be a bare one."""
    if isinstance(full.meaning, Name):
        return replace(mark, meaning=full.meaning)
    return called_again(full, name, mark.start, _SHORT_FORM)


def _settled(mark: Mark, named: Mapping[str, Mark]) -> Mark:
    """Return a mark, of a name that stands for a thing by another of its names, as that thing's."""
    meaning = mark.meaning
    if isinstance(meaning, Entity) and not meaning.candidate:
        return mark
    words = meaning.text if isinstance(meaning, Name) else getattr(meaning, "surface", "")
    known = named.get(words)
    return _again(known, words, mark.start) if known is not None and known.start < mark.start else mark


def _again(known: Mark, words: str, start: int) -> Mark:
    assert isinstance(known.meaning, Entity)
    is_short = known.meaning.label.startswith(f"{words} ")
    return called_again(known, words, start, _SHORT_FORM if is_short else RULE)


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether each word of a short form is one of a name, or has letters that begin such words.

    >>> _is_short_for("BNDES", "National Bank for Economic and Social Development")
    True
    >>> _is_short_for("TU Delft", "Delft University of Technology"), _is_short_for("OVC", "China")
    (True, False)
    """
    words = re.findall(r"[\w-]+", name)
    initials = {word[0].upper() for word in words}
    return short != name and all(word in words or _are_initials(word, initials) for word in short.split())


def _are_initials(word: str, initials: set[str]) -> bool:
    letters = [letter for letter in word if letter.isupper()]
    return len(letters) > 1 and 2 * sum(letter in initials for letter in letters) >= len(letters)


def _without_bracket(mark: Mark) -> tuple[Mark, str | None]:
    """Return a candidate named without the short form in brackets behind it, and that."""
    meaning = mark.meaning
    if not isinstance(meaning, Entity) or not meaning.candidate or mark.resolution is not None:
        return mark, None
    found = _WITHIN.search(meaning.surface)
    if found is None or not _is_short_for(found["short"], meaning.surface[: found.start()]):
        return mark, None
    name = meaning.surface[: found.start()]
    entity = candidate(name, meaning.surface, meaning.types[0].removeprefix("g60:"))
    return replace(mark, meaning=entity), found["short"]

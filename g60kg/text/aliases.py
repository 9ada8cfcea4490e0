"""Other names that a text gives a thing: "X (ABC)" and then "ABC", "X, better known as Y".

Goes in: the marks of names in order. Comes out: the same marks, where each other name leads to the thing,
from the place where the text gives it on.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from g60kg.model import Entity
from g60kg.text.candidates import NAME_RUN, candidate
from g60kg.text.marks import Mark, Name, called_again
from g60kg.text.ontology import Ontology
from g60kg.text.words import any_of, whole_word

RULE: Final = "other name of a thing"
_SHORT: Final = r"(?=\w{0,8}[A-Z&]\w{0,8}[A-Z\d])[A-Za-z][\w&-]{1,9}"
_WORDS: Final = r"[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}"
_WITHIN: Final = re.compile(rf" \((?P<short>{_SHORT}|{_WORDS})\)$")
_BRACKET: Final = re.compile(
    rf" \((?:hereinafter )?(?:the )?(?:(?P<short>{_SHORT}|{_WORDS})"
    r"|[\"'](?:the )?(?P<quoted>[A-Z][\w .&-]{1,40})[\"'])\)"
)
_OWN: Final = re.compile(r"[A-Z][a-z]{3,}")
_OR: Final = re.compile(rf", or (?:the )?(?P<short>{_SHORT}|[A-Z][a-z]{{2,7}})(?=[,.;])")


@dataclass(frozen=True)
class Aliases:
    """The words that give a thing another name."""

    table: Mapping[str, Any]
    ontology: Ontology = field(compare=False)
    plain: frozenset[str] = frozenset()
    """Words that call no company by themselves: heads of names, fields, nationalities."""

    @cached_property
    def _known_as(self) -> re.Pattern[str]:
        words = any_of(self.table["other_names"])
        return re.compile(rf"(?:,| \()? ?(?:which is |is )?{words} (?:as )?(?:the )?[\"']?")

    def resolve(self, text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Return the marks with other names resolved, and those found that were not marked."""
        bare = [_without_bracket(mark) for mark in marks]
        named: dict[str, Mark] = {}
        runs: list[Mark] = []
        for row in range(len(bare)):
            self._give(text, bare, row, named, runs)
        if not named:
            return tuple(mark for mark, _ in bare)
        outside = _outside([mark for mark, _ in bare], runs)
        settled = [self._one(mark, named) for mark in outside]
        return tuple(_with_unmarked(text, settled, named))

    def _give(
        self,
        text: str,
        bare: Sequence[tuple[Mark, str | None]],
        row: int,
        named: dict[str, Mark],
        runs: list[Mark],
    ) -> None:
        """Add the other names that the text gives the thing of one mark to `named`; to `runs`, whole ones."""
        mark, short = bare[row]
        if not isinstance(mark.meaning, Entity) or mark.resolution is not None:
            return
        bracket = _BRACKET.match(text, mark.end) or _OR.match(text, mark.end)
        for other in (short, bracket["short"] if bracket else None):
            if other is not None and _is_short_for(other, mark.meaning.label):
                named[other] = mark
        if bracket and bracket.groupdict().get("quoted"):
            named[bracket["quoted"]] = mark
        if (first := self._first_word(mark)) is not None:
            named.setdefault(first, mark)
        known = self._known_as.match(text, mark.end)
        run = NAME_RUN.match(text, known.end()) if known else None
        if run is not None:
            whole = self._whole(text, bare, row)
            name, _, rest = run.group().split(" and ")[0].removesuffix("'s").partition(" (")
            named[name] = whole
            if rest.endswith(")"):
                named[rest[:-1]] = whole
            runs.append(called_again(whole, name, run.start(), RULE))

    def _first_word(self, mark: Mark) -> str | None:
        """Return the word by which a company may be called that is named in full, if it is no plain word."""
        assert isinstance(mark.meaning, Entity)
        first, _, rest = mark.meaning.label.partition(" ")
        if not rest or not mark.meaning.candidate or not self.ontology.is_a(mark.meaning, "Company"):
            return None
        return first if _OWN.fullmatch(first) and first not in self.plain else None

    def _whole(self, text: str, bare: Sequence[tuple[Mark, str | None]], row: int) -> Mark:
        """Return the thing that is known by another name: "X in PLACE, better known as Y" is X."""
        mark = bare[row][0]
        if row and self.ontology.is_a(mark.meaning, "Region"):
            before = bare[row - 1][0]
            between = text[before.end : mark.start]
            if between in (" in ", " of ", " at ", ", ") and isinstance(before.meaning, Entity):
                return mark if self.ontology.is_a(before.meaning, "Region") else before
        return mark

    @staticmethod
    def _one(mark: Mark, named: Mapping[str, Mark]) -> Mark:
        if isinstance(mark.meaning, Name):
            known = named.get(mark.meaning.text)
        elif isinstance(mark.meaning, Entity) and mark.meaning.candidate:
            known = named.get(mark.meaning.surface)
        else:
            known = None
        if known is None or known.start >= mark.start:
            return mark
        surface = mark.meaning.text if isinstance(mark.meaning, Name) else _surface(mark)
        return called_again(known, surface, mark.start, _rule(known, surface))


def _rule(known: Mark, surface: str) -> str:
    assert isinstance(known.meaning, Entity)
    return "short form of a name" if known.meaning.label.startswith(f"{surface} ") else RULE


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether each word of a short form is one of a name, or has letters that begin such words.

    >>> _is_short_for("BNDES", "National Bank for Economic and Social Development")
    True
    >>> _is_short_for("TU Delft", "Delft University of Technology"), _is_short_for("OVC", "China")
    (True, False)
    """
    words = re.findall(r"[\w-]+", name)
    initials = {word[0].upper() for word in words}
    if short.upper() == "".join(word[0] for word in words if word[0].isupper()):
        return len(short) > 2  # "Innovation Park Artificial Intelligence, or Ipai"
    return short != name and all(word in words or _are_initials(word, initials) for word in short.split())


def _are_initials(word: str, initials: set[str]) -> bool:
    letters = [letter for letter in word if letter.isupper()]
    return len(letters) > 1 and 2 * sum(letter in initials for letter in letters) >= len(letters)


def _outside(marks: Sequence[Mark], runs: Sequence[Mark]) -> Iterator[Mark]:
    """Yield marks in order, in place of those in a run the run itself."""
    waiting = deque(sorted(runs, key=lambda run: run.start))
    done = 0
    for mark in marks:
        while waiting and waiting[0].start < mark.end:
            run = waiting.popleft()
            yield run
            done = run.end
        if mark.start >= done:
            yield mark
    yield from waiting


def _surface(mark: Mark) -> str:
    assert isinstance(mark.meaning, Entity)
    return mark.meaning.surface


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


def _with_unmarked(text: str, marks: Sequence[Mark], named: Mapping[str, Mark]) -> Iterator[Mark]:
    """Yield the marks, and other names that stand unmarked between them."""
    found = [*re.finditer(whole_word(named), text)]
    done, row = 0, 0
    for mark in marks:
        while row < len(found) and found[row].start() < mark.start:
            yield from _unmarked(found[row], done, mark.start, named)
            row += 1
        yield mark
        done = mark.end
    for match in found[row:]:
        yield from _unmarked(match, done, len(text), named)


def _unmarked(match: re.Match[str], done: int, end: int, named: Mapping[str, Mark]) -> Iterator[Mark]:
    known = named[match.group()]
    if match.start() >= max(done, known.end + 2) and match.end() <= end:
        yield called_again(known, match.group(), match.start(), _rule(known, match.group()))

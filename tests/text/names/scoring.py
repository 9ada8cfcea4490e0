"""Marked texts, and how many of their names a lexicon finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from g60kg.model import Entity
from g60kg.text.lexicon import AnnotatedText, Lexicon
from g60kg.text.marks import Mark, Name
from tests.text.names import MARKED
from tests.yamls import read_yaml

_NAME = re.compile(r"\{(?P<name>[^|}]+)\|(?P<kinds>[^=}]+)(?:=(?P<whole>[^}]+))?\}")
_FIELDS = "IndustryCategory|Technology|IndustryScheme"


@dataclass(frozen=True)
class Marked:
    """A name that stands at `start:end` of a text; `whole` is what it is short for."""

    start: int
    end: int
    name: str
    kinds: str
    whole: str | None


@dataclass(frozen=True)
class MarkedText:
    """A text and all the names in it; one that is `held` was not looked at while the rules were written."""

    region: str
    text: str
    names: tuple[Marked, ...]
    held: bool


@dataclass(frozen=True)
class Score:
    """How the marks of a text compare with its names; `found` of them stand where they should,
    `typed` of those are of the right class and, if short for another, lead to it.
    """

    names: int
    found: int
    typed: int
    marks: int
    wrong: tuple[str, ...]

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.names + other.names,
            self.found + other.found,
            self.typed + other.typed,
            self.marks + other.marks,
            self.wrong + other.wrong,
        )

    @property
    def recall(self) -> float:
        """The part of the names that were found."""
        return self.found / self.names

    @property
    def precision(self) -> float:
        """The part of the marks that are names, from their first word to their last."""
        return self.found / self.marks

    @property
    def typing(self) -> float:
        """The part of the names that were found and are of the right class."""
        return self.typed / self.names


def marked_texts() -> Iterator[MarkedText]:
    """Yield the marked texts."""
    rows: list[dict[str, Any]] = read_yaml(MARKED)
    for row in rows:
        plain, names, done = "", [], 0
        for match in _NAME.finditer(row["text"]):
            plain += row["text"][done : match.start()]
            start = len(plain)
            plain += match["name"]
            kinds = match["kinds"].replace(",", "|")
            names.append(Marked(start, len(plain), match["name"], kinds, match["whole"]))
            done = match.end()
        yield MarkedText(row["region"], plain + row["text"][done:], tuple(names), row.get("held", False))


def score(text: MarkedText, annotated: AnnotatedText, lexicon: Lexicon) -> Score:
    """Return how the marks of a text compare with its names."""
    marks = {(mark.start, mark.end): mark for mark in annotated.marks if _is_name(mark, lexicon)}
    wanted = {(name.start, name.end): name for name in text.names}
    found = [span for span in wanted if span in marks]
    typed = [span for span in found if is_right(marks[span], wanted[span], lexicon)]
    wrong = [f"missed {wanted[span].name}" for span in wanted if span not in marks]
    wrong += [f"untyped {wanted[span].name}: {shown(marks[span])}" for span in found if span not in typed]
    wrong += [f"stray {text.text[a:b]}: {shown(marks[a, b])}" for a, b in marks if (a, b) not in wanted]
    return Score(len(wanted), len(found), len(typed), len(marks), tuple(wrong))


def _is_name(mark: Mark, lexicon: Lexicon) -> bool:
    if isinstance(mark.meaning, Entity):
        return not lexicon.is_a(mark.meaning, _FIELDS)
    return isinstance(mark.meaning, Name)


def is_right(mark: Mark, name: Marked, lexicon: Lexicon) -> bool:
    """Tell whether a mark is of the class of a name, and of the thing; a bare name passes for a company."""
    if isinstance(mark.meaning, Name):
        return name.whole is None and name.kinds in ("Company", "Organization")
    assert isinstance(mark.meaning, Entity)
    of_kind = lexicon.is_a(mark.meaning, name.kinds)
    return of_kind and (name.whole is None or mark.meaning.label == name.whole)


def shown(mark: Mark) -> str:
    """Return what a mark means in a few words."""
    if isinstance(mark.meaning, Entity):
        return f"{'|'.join(mark.meaning.types)} {mark.meaning.label}"
    return "name"

"""How plainly a claim is said: plans, denials and hearsay in its clause are its modality.

Goes in: a sentence, and where the claim's words stand in it. Comes out: the modality that the words give it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.verify.places import Run
from g60kg.text.lexicon import Lexicon
from g60kg.text.words import any_of

_LATIN: Final = re.compile(r"[A-Za-z]")
_KINDS: Final = ("denied", "planned", "reported", "partial")


@dataclass(frozen=True)
class Clauses:
    """The words of modality, from `verify.yaml`."""

    lexicon: Lexicon
    words: Mapping[str, Any]

    @cached_property
    def _within(self) -> re.Pattern[str]:
        """Words that speak of the clause in which they stand."""
        return self._any(
            {kind: [*self._listed(kind, "modalities"), *self.words[kind]] for kind in _KINDS[:2]}
        )

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """Words that speak of all that follows them in the sentence."""
        return self._any({kind: self._listed(kind, "governing") for kind in _KINDS[:2]})

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Words that speak of the whole sentence."""
        return self._any(
            {kind: [*self._listed(kind, "modalities"), *self.words[kind]] for kind in _KINDS[2:]}
        )

    def _listed(self, kind: str, table: str) -> list[str]:
        return list(self.words[table].get(kind, ()))

    @staticmethod
    def _any(words: Mapping[str, list[str]]) -> re.Pattern[str]:
        groups = []
        for kind, listed in words.items():
            latin = sorted({word.lower() for word in listed if _LATIN.match(word)})
            other = sorted({word for word in listed if not _LATIN.match(word)})
            parts = [r"(?<![\w-])(?!(?-i:May)\b)" + any_of(latin, end=r"(?![\w-])")] if latin else []
            parts += [any_of(other, end="")] if other else []
            groups += [f"(?P<{kind}>{'|'.join(parts)})"] if parts else []
        return re.compile("|".join(groups), re.I)

    @cached_property
    def _ends(self) -> re.Pattern[str]:
        return re.compile(any_of(self.words["clauses"], end=""))

    def read(self, text: str, sentence: Run) -> "Said":
        """Return the words of modality in a sentence, and where its clauses begin."""
        return Said(
            sentence,
            tuple(found.span() for found in self._ends.finditer(text, *sentence)),
            _found(self._within, text, sentence),
            _found(self._before, text, sentence),
            _found(self._anywhere, text, sentence),
        )


def _found(words: re.Pattern[str], text: str, run: Run) -> tuple[tuple[int, int, str], ...]:
    return tuple((*found.span(), found.lastgroup or "") for found in words.finditer(text, *run))


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence's words of modality, each with its place: of a clause, of what follows, and of the whole."""

    sentence: Run
    cuts: tuple[Run, ...]
    within: tuple[tuple[int, int, str], ...]
    before: tuple[tuple[int, int, str], ...]
    anywhere: tuple[tuple[int, int, str], ...]

    def modality(self, inside: Run, names: tuple[Run, ...]) -> str | None:
        """Return what the words around a claim's object make of it; None for a plain fact.

        Words within the names of the claim say nothing: "New Plan Co".
        """
        first, last = self._clause(inside)
        for start, end, kind in self.within:
            named = any(run[0] <= start and end <= run[1] for run in names)
            if first <= start and end <= last and not named:
                return kind
        for _, end, kind in self.before:
            if end <= inside[0]:
                return kind
        return self.anywhere[0][2] if self.anywhere else None

    def _clause(self, inside: Run) -> Run:
        """Return the clause that holds a run: from the last word that begins one to the next."""
        start, end = self.sentence
        for cut in self.cuts:
            if cut[1] <= inside[0]:
                start = cut[0]
            elif cut[0] >= inside[1]:
                return start, cut[0]
        return start, end

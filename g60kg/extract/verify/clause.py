"""How plainly a claim is said: plans, denials and hearsay in its clause are its modality.

Goes in: a sentence, and where the claim's words stand in it. Comes out: the modality that the words give it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.lexicon import Lexicon
from g60kg.extract.verify.places import Run
from g60kg.extract.words import any_of

_LATIN: Final = re.compile(r"[A-Za-z]")
_KINDS: Final = ("denied", "planned", "reported", "partial")


@dataclass(frozen=True)
class Clauses:
    """The words of modality, from `words.yaml` and `verify.yaml`."""

    lexicon: Lexicon
    words: Mapping[str, Any]

    @cached_property
    def _within(self) -> re.Pattern[str]:
        """Words that speak of the clause in which they stand."""
        return self._any({kind: [*self._listed(kind, "modalities"), *self.words[kind]] for kind in _KINDS[:2]})

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """Words that speak of all that follows them in the sentence."""
        return self._any({kind: self._listed(kind, "governing") for kind in _KINDS[:2]})

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Words that speak of the whole sentence."""
        return self._any({kind: [*self._listed(kind, "modalities"), *self.words[kind]] for kind in _KINDS[2:]})

    def _listed(self, kind: str, table: str) -> list[str]:
        return list(self.lexicon.tables["words"][table].get(kind, ()))

    @staticmethod
    def _any(words: Mapping[str, list[str]]) -> re.Pattern[str]:
        groups = []
        for kind, listed in words.items():
            latin = sorted({word.lower() for word in listed if _LATIN.match(word)})
            other = sorted({word for word in listed if not _LATIN.match(word)})
            parts = [r"(?<![\w-])" + any_of(latin, end=r"(?![\w-])")] if latin else []
            parts += [any_of(other, end="")] if other else []
            groups += [f"(?P<{kind}>{'|'.join(parts)})"] if parts else []
        return re.compile("|".join(groups), re.I)

    @cached_property
    def _ends(self) -> re.Pattern[str]:
        return re.compile(any_of(self.words["clauses"], end=""))

    def modality(self, text: str, sentence: Run, inside: Run, names: tuple[Run, ...]) -> str | None:
        """Return what the words around a claim's object make of it; None for a plain fact.

        Words within the names of the claim say nothing: "New Plan Co".
        """
        start, end = self._clause(text, sentence, inside)
        for found in self._within.finditer(text, start, end):
            if not any(run[0] <= found.start() and found.end() <= run[1] for run in names):
                return found.lastgroup
        governed = self._before.search(text, sentence[0], inside[0])
        if governed:
            return governed.lastgroup
        said = self._anywhere.search(text, *sentence)
        return said.lastgroup if said else None

    def _clause(self, text: str, sentence: Run, inside: Run) -> Run:
        """Return the clause that holds a run: from the last word that begins one to the next."""
        start, end = sentence
        for found in self._ends.finditer(text, *sentence):
            if found.end() <= inside[0]:
                start = found.start()
            elif found.start() >= inside[1]:
                return start, found.start()
        return start, end

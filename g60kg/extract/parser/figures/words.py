"""The words of measures: `data/grammar/measures.yaml`, each list as a set."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class MeasureWords:
    """The tables of `measures.yaml`."""

    table: Mapping[str, Any]

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        flat = {name: words for name, words in self.table.items() if isinstance(words, list)}
        flat |= {f"refused {name}": words for name, words in self.table["refused"].items()}
        return {name: frozenset(words) for name, words in flat.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        """Return a list of words; those that refuse a figure are called `refused NAME`."""
        return self._sets[name]

    @cached_property
    def _measures(self) -> dict[str, str]:
        return {noun: measure for measure, nouns in self.table["nouns"].items() for noun in nouns}

    @cached_property
    def _verbs(self) -> dict[str, str]:
        return {verb: measure for measure, verbs in self.table["verbs"].items() for verb in verbs}

    @cached_property
    def _counted(self) -> dict[str, str]:
        return {noun: measure for measure, nouns in self.table["counted"].items() for noun in nouns}

    def general(self, kind: str) -> str:
        """Return the measure of a kind of figure where nothing names another."""
        return str(self.table["general"][kind])

    def of_noun(self, lemma: str, beside: frozenset[str], kind: str) -> str | None:
        """Return the measure that a noun names for a kind of figure; `beside` are its modifiers."""
        for measure, words in self.table["nouns_with"].get(lemma, {}).items():
            if not beside.isdisjoint(words) and self._fits(measure, kind):
                return str(measure)
        measure = self._measures.get(lemma)
        return measure if measure is not None and self._fits(measure, kind) else None

    def of_verb(self, lemma: str) -> str | None:
        """Return the measure of the money that a verb puts in or takes in."""
        return self._verbs.get(lemma)

    def counting(self, lemma: str) -> str:
        """Return the measure under which a noun is counted."""
        found = self._counted.get(lemma)
        if found is None and lemma.endswith("maker"):
            found = "companyCount"
        return found or self.general("number")

    def held_by(self, measure: str) -> str | None:
        """Return the kinds of things, as `A|B`, that hold a measure where the text only leads to them."""
        kinds = self.table["held_by"].get(measure)
        return "|".join(kinds) if kinds else None

    def _fits(self, measure: str, kind: str) -> bool:
        return measure in self.table["fitting"].get(kind, ())

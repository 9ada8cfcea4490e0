"""What the head noun of a name or a description says of its class: "the district", "… Industrial Park".

Goes in: the tables of head nouns. Comes out: a refusal of a class that the words cannot have.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.verify.refused import Refused
from g60kg.text.lexicon import Lexicon

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class HeadNouns:
    """What the head noun of a name or a description says of its class."""

    lexicon: Lexicon
    words: Mapping[str, Any]

    @cached_property
    def _classes(self) -> Mapping[str, frozenset[str]]:
        """Head nouns, in lower case, with the classes that they may mean."""
        found: dict[str, set[str]] = {}
        tables = self.lexicon.tables["heads"]
        for name, nouns in [*tables["heads"].items(), *tables["appositions"].items()]:
            for noun in nouns:
                found.setdefault(noun.lower(), set()).add(name)
        for noun, name in [*tables["described"].items(), *self.words["described"].items()]:
            found.setdefault(noun.lower(), set()).update(name.split("|"))
        return {noun: frozenset(names) for noun, names in found.items()}

    @cached_property
    def _alike(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(group) for group in self.words["alike"])

    def describes(self, surface: str) -> bool:
        """Tell whether words stand for a name and are none: a pronoun, or a phrase in small letters."""
        words = surface.split(" ")
        if surface.lower() in self.words["pronouns"] or words[0].lower() in self.words["determiners"]:
            return True
        if _CHINESE.match(surface):
            return surface[0] in self.words["determiners"]
        return surface == surface.lower() and surface[0].isdigit()

    def check(self, words: str, kind: str) -> None:
        """Refuse a class that the head noun of the words cannot be."""
        said = self._of(words)
        if said and all(self._are_apart(name, kind) for name in said):
            raise Refused("class", f"{words!r} is {' or '.join(sorted(said))}, not {kind}")

    def _are_apart(self, one: str, other: str) -> bool:
        if any({one, other} <= group for group in self._alike):
            return False
        return self.lexicon.ontology.are_apart(one, other)

    def _of(self, words: str) -> frozenset[str]:
        """Return the classes of a name's head noun: its last words, before "of", a comma or a bracket."""
        tokens: list[str] = []
        for token in re.split(r"[,(]", words, maxsplit=1)[0].lower().split():
            if token in self.words["after_head"] and tokens:
                break
            tokens.append(token)
        for length in (3, 2, 1):
            if len(tokens) >= length:
                found = self._classes.get(" ".join(tokens[-length:]))
                if found is not None:
                    return self._sure(found, tokens[-1])
        return frozenset()

    def _sure(self, found: frozenset[str], last: str) -> frozenset[str]:
        """Leave out what a head noun of companies says where it may end other names: "… Cloud"."""
        if found == {"Company"} and last not in self.words["incorporated"]:
            return frozenset()
        return found

"""The words and kinds of which a form's expression is made.

Goes in: the words of `words.yaml`, the nouns by which things are described, and the kinds. Comes out: the
codes of a kind, the expression of what is described, and whether a word is a verb.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from . import pieces
from .kinds import FIGURES, OWNER, Kinds
from .words import any_of

CONCEPTS: Final = frozenset(["Technology", "IndustryCategory"])
"""Classes whose members a text may describe by any words: "hydrogen fuel cells"."""


class Vocabulary:
    """One set of words and kinds."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        verbs: Iterable[str],
        described: Mapping[str, str],
        kinds: Kinds,
    ) -> None:
        self.words = words
        self.heads = described
        self._kinds = kinds
        self._verbs = frozenset(verbs)

    def codes(self, kind: str) -> str:
        """Return the codes of a kind, as inside a character class."""
        return re.escape(self._kinds.codes(kind))

    def described(self, kind: str) -> str:
        """Return the expression of a thing of a kind that a text describes and does not name:
        "(a) digital satellite factory"; of a field or product, for a kind of those.
        """
        if kind in CONCEPTS:
            return pieces.CONCEPT
        heads = [head for head, name in self.heads.items() if self._kinds.fits((name,), kind)]
        concepts = self.codes("Concept")
        word = rf"(?!(?:{pieces.NOT_DESCRIBED}) )(?:[0-9]+-)?[a-z{concepts}][a-z&-]* "
        behind = (
            r"(?<=\ba )",
            r"(?<=\ban )",
            f"(?<={OWNER} )",
            r"(?<=\bits )",
            r"(?<=\bhis )",
            "(?<='s )",
            r"(?<=\banother )",
        )
        one = rf"(?:{'|'.join(behind)}|(?<=[{FIGURES}] ))(?:{word}){{0,5}}"
        other = rf"(?:(?<=\bthe )|(?<=[a-z] )(?=new ))(?:{word}){{1,5}}"
        return rf"(?<= )(?:{one}|{other})(?:{any_of(heads)})(?!\w)"

    def is_verb(self, name: str) -> bool:
        """Tell whether a macro is a verb, before which auxiliaries may stand."""
        return name in self._verbs

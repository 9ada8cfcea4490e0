"""Words that a form passes over: "also", "has now officially", "is expected to".

Goes in: the text of a view and the words of `data/grammar/words.yaml`. Comes out: marks, so that in a
skeleton each is one character and no form need spell them out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .kinds import AUXILIARY, FILLER
from .marks import Mark, Passed
from .scanning import Beginnings, scan
from .words import any_of


@dataclass(frozen=True)
class PassedOver:
    """Fillers, which may stand anywhere, and auxiliaries, which stand before a verb."""

    fillers: tuple[str, ...]
    auxiliaries: tuple[str, ...]

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\w-])(?:(?P<filler>{any_of(self.fillers)})|{any_of(self.auxiliaries)})(?!-)", re.I
        )

    @cached_property
    def _begins(self) -> Beginnings:
        return Beginnings((*self.fillers, *self.auxiliaries))

    def marks(self, text: str) -> Iterator[Mark]:
        """Yield the words of a view's text that are passed over, in order."""
        for match in scan(self._expression, self._begins.places(text), text):
            code = FILLER if match["filler"] else AUXILIARY
            yield Mark(match.start(), match.end(), code, Passed(match.group().lower()))

"""Forms of patterns to regular expressions over skeletons.

Goes in: a form's tree, the words of `words.yaml` and the codes of kinds. Comes out: an expression with one
group for each slot, and what must be found besides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import joining
from .building import Builder
from .syntax import Form, Gap, Maybe, Sequence, Slot
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression; `groups` leads from its groups to slots, `subject` is that of the first verb's subject,
    `predicated` that of what is one where "be" follows; `earlier` must be found before a match in its clause.
    """

    expression: re.Pattern[str]
    groups: tuple[tuple[str, Slot], ...]
    subject: str | None
    predicated: str | None = None
    earlier: re.Pattern[str] | None = None
    described: Mapping[str, str] = field(default_factory=dict)
    """The expressions of things of a kind that are described, where a list of them is asked for."""
    rest: re.Pattern[str] | None = None
    """What any match has behind free words that it begins with: quick to look for, as they are not."""


class Compiler(Vocabulary):
    """Compiles forms with one set of words and kinds."""

    def compile(self, form: Form, describes: bool = True) -> Compiled:
        """Return the expression of a form; without `describes` for sentences that have no noun by which a
        thing is described.
        """
        builder = Builder(self, describes)
        expression = re.compile(builder.sequence(form.tree, leading=True))
        before = Builder(self, describes)
        earlier = re.compile(before.sequence(form.earlier, leading=True)) if form.earlier else None
        lists = {slot.kind for _, slot in builder.groups if slot.many and slot.described}
        described = {kind: self.described(kind) for kind in lists}
        rest = self._rest(form.tree, describes)
        return Compiled(
            expression, tuple(builder.groups), builder.subject, builder.predicated, earlier, described, rest
        )

    def _rest(self, tree: Sequence, describes: bool) -> re.Pattern[str] | None:
        parts = [part for part in tree.parts if not isinstance(part, Maybe | Gap)]
        if len(parts) < 2 or not joining.begins_freely(parts[0]):
            return None
        behind = tree.parts[tree.parts.index(parts[1]) :]
        return re.compile(Builder(self, describes).sequence(Sequence(behind)))

"""What a sentence must hold wherever a form matches.

Goes in: a form's tree. Comes out: sets, of each of which a sentence has one: of whole words, by which forms
are called, and of tokens, which spare the search for a form that cannot match.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from . import joining, pieces
from .kinds import NAME, OWNER, PRONOUN, Kinds
from .syntax import Either, Macro, Named, Node, Sequence, Sign, Slot, Word
from .vocabulary import CONCEPTS

Needed = list[frozenset[str]]
DESCRIBED: Final = "~"
"""The token of a sentence that has a noun by which a thing can be described."""
SIGNS: Final = "'\"(),:;"
"""Signs that are tokens of their own; the others are words of letters and digits, and codes of marks."""
_OWNERS: Final = ("its", "their", "whose")


@dataclass(frozen=True)
class Needs:
    """The words and kinds of a grammar."""

    macros: Mapping[str, tuple[str, ...]]
    kinds: Kinds

    def words(self, node: Node) -> Needed:
        """Return sets of words; a sentence has a word of each wherever a node matches. None is for what may
        be absent.
        """
        if isinstance(node, Word):
            return _rarest_word(node.text)
        if isinstance(node, Macro) and node.name != pieces.ASIDE_NAME:
            return _any_of([_rarest_word(form) for form in self.macros[node.name]])
        if isinstance(node, Either):
            return _any_of([self.words(option) for option in node.options])
        if isinstance(node, Named):
            return self.words(node.node)
        if isinstance(node, Sequence):
            return [needed for part in node.parts for needed in self.words(part)]
        return []

    def tokens(self, node: Node) -> Needed:
        """Return sets of tokens; a sentence has a token of each, in this order, wherever a node matches."""
        if isinstance(node, Word):
            return [frozenset([OWNER])] if node.text in _OWNERS else _each(node.text.lower())
        if isinstance(node, Macro) and node.name != pieces.ASIDE_NAME:
            return _any_of([_each(form) for form in self.macros[node.name]])
        if isinstance(node, Sign):
            return _of_sign(node.text)
        if isinstance(node, Slot):
            return self._of_slot(node)
        if isinstance(node, Either):
            return [] if _begins_within(node) else _any_of([self.tokens(option) for option in node.options])
        if isinstance(node, Named):
            return self.tokens(node.node)
        if isinstance(node, Sequence):
            return [needed for part in node.parts for needed in self.tokens(part)]
        return []

    def _of_slot(self, slot: Slot) -> Needed:
        """Return the codes that a slot holds; a list of nothing but bare names is none, unless they fit."""
        if slot.kind in pieces.TEXTS or slot.kind == "text":
            return []
        if slot.described and slot.kind in CONCEPTS:
            return []
        codes = {*self.kinds.codes(slot.kind), *(DESCRIBED if slot.described else "")}
        if slot.kind[0].isupper() and not slot.many:
            codes |= {PRONOUN, OWNER}
        return [frozenset(codes | {NAME} if slot.unknown else codes)]


def _any_of(options: list[Needed]) -> Needed:
    """Return what any of several options needs: the tokens of each option's rarest set."""
    if not all(options):
        return []
    return [frozenset().union(*map(rarest, options))]


def rarest(needed: Needed) -> frozenset[str]:
    """Return the smallest set, one without common words before others."""
    return min(needed, key=lambda some: (len(some), not some.isdisjoint(pieces.COMMON)))


def _rarest_word(text: str) -> Needed:
    """Return the longest word of a text that is not common, as the one set that it needs."""
    words = [word for word in joining.words_of(text.lower()) if word not in pieces.COMMON]
    return [frozenset({max(words, key=len)})] if words else []


def _each(text: str) -> Needed:
    """Return the runs of letters and digits of a text, each as a set, in order."""
    return [frozenset([run]) for run in dict.fromkeys(joining.runs_of(text))]


def _of_sign(text: str) -> Needed:
    if text == "'s":
        return [frozenset(["'", OWNER])]
    return [frozenset([text])] if text in SIGNS else []


def _begins_within(node: Either) -> bool:
    """Tell whether an option may begin within a word ("-based"): then each that is a word may."""
    words = (each for each in map(joining.single, node.options) if isinstance(each, Word))
    return any(not word.text[0].isalnum() for word in words)

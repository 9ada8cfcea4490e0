"""How the parts of a form stand beside each other.

Goes in: nodes of a form's tree. Comes out: whether blanks part them, how they begin and end, and the
expressions of signs.
"""

import re
from typing import Final

from . import pieces
from .kinds import OWNER
from .syntax import Either, Gap, Macro, Maybe, Named, Node, Sequence, Sign, Slot, Word

_PLAIN_WORD: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_RUN: Final = re.compile(r"[a-z0-9]+")


def tightness(node: Node) -> set[bool]:
    """Return whether a part stands right behind the one before it, for each way in which it may begin."""
    if isinstance(node, Either):
        return {tight for option in node.options for tight in tightness(option)}
    if isinstance(node, Sequence):
        return tightness(node.parts[0]) if node.parts else {False}
    if isinstance(node, Maybe | Named):
        return tightness(node.node)
    if isinstance(node, Macro):
        return {node.name == pieces.ASIDE_NAME}
    if isinstance(node, Word):
        return {node.text.startswith("-")}
    if isinstance(node, Sign):
        return {node.text in ("'s", ",", ":", ";", ")", "$", '"')}
    return {isinstance(node, Gap)}


def may_be_preposition(node: Node) -> bool:
    """Tell whether a part may begin with a preposition or a comma."""
    first = single(node)
    if isinstance(first, Either):
        return any(may_be_preposition(option) for option in first.options)
    if isinstance(first, Sequence):
        return bool(first.parts) and may_be_preposition(first.parts[0])
    return isinstance(first, Word | Sign) and first.text in {*pieces.FUNCTION, ","}


def owns(node: Node) -> bool:
    """Tell whether a part may begin with "'s", or with anything."""
    first = single(node)
    if isinstance(first, Either):
        return any(owns(option) for option in first.options)
    if isinstance(first, Maybe | Named):
        return owns(first.node)
    if isinstance(first, Sequence):
        return bool(first.parts) and owns(first.parts[0])
    return first == Sign("'s") or isinstance(first, Gap)


def starts_with_comma(node: Node) -> bool:
    """Tell whether a part begins with a comma."""
    first = single(node)
    if isinstance(first, Maybe | Named):
        return starts_with_comma(first.node)
    if isinstance(first, Sequence):
        return bool(first.parts) and starts_with_comma(first.parts[0])
    return isinstance(first, Sign) and first.text == ","


def single(node: Node) -> Node:
    """Return the one part of a sequence that has no other."""
    return single(node.parts[0]) if isinstance(node, Sequence) and len(node.parts) == 1 else node


def begin_apart(nodes: list[Macro | Word]) -> bool:
    """Tell whether no letter may stand before words, since none is the end of another ("-based")."""
    return all(not isinstance(n, Word) or n.text[0].isalnum() for n in nodes)


def is_noun(node: Node) -> bool:
    """Tell whether a part is a slot for things that have names."""
    return isinstance(node, Slot) and node.kind[0].isupper()


def is_open(node: Node) -> bool:
    """Tell whether a part may end in an opening sign, after which no blank stands."""
    if isinstance(node, Either):
        return any(is_open(option) for option in node.options)
    if isinstance(node, Sequence):
        return bool(node.parts) and is_open(node.parts[-1])
    if isinstance(node, Maybe | Named):
        return is_open(node.node)
    if isinstance(node, Gap):
        return node.wide
    return isinstance(node, Sign) and node.text in ('"', "(", "^")


def sign(text: str) -> str:
    """Return the expression of a sign."""
    if text == "'s":
        return rf"(?:'s|'|(?<={OWNER}))(?!\w)"
    if text == "^":
        return r"^[\"' ]*"
    if text == "$":
        return r"[.!?\"' ]*$"
    if text == '"':
        return ' ?"'
    return re.escape(text)


def begins_freely(node: Node) -> bool:
    """Tell whether a part may begin with any words."""
    if isinstance(node, Either):
        return any(begins_freely(option) for option in node.options)
    if isinstance(node, Sequence):
        needed = [part for part in node.parts if not isinstance(part, Maybe)]
        return bool(needed) and begins_freely(needed[0])
    if isinstance(node, Named):
        return begins_freely(node.node)
    return isinstance(node, Slot) and node.kind in pieces.TEXTS


def words_of(text: str) -> list[str]:
    """Return the plain words of a text in lower case, those joined by hyphens as one."""
    return _PLAIN_WORD.findall(text)


def runs_of(text: str) -> list[str]:
    """Return the runs of letters and digits of a text in lower case."""
    return _RUN.findall(text)

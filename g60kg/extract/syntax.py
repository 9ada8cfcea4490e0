r"""The language of patterns, read into a tree.

Goes in: a form such as `{place:Region} <cover> [an area of] {value:area}`. Comes out: nodes.

    word                 the word itself
    {name:Kind}          something marked: a class of the ontology (`Region`, `Company|Park`), a kind of
                         figure (`number`, `money`, `area`, `length`, `percent`, `share`), a time (`year`,
                         `time`, `period`), an `ordinal`
    {name:Kind+}         a list of such things; {name:Kind?} also a name that nothing types, as the first of
                         the classes
    {name:Kind+!}        a list in which no place is said of a member
    {name:Kind~}         also a thing that is described and has no name: "a digital satellite factory"
    {name:words}         up to eight plain words; `adjectives`: up to six; `kind`: the words of what is
                         counted; `phrase`, `clause`: up to the end of it; `quote`: what stands in quotes
    {name=( a b )}       the text of what is matched within
    <name>               a word, a verb or a group of `words.yaml`, in any of its forms; <aside>: what stands
                         between commas
    ( a | b )  [ a ]     either; or nothing
    ...                  up to six plain words; .... anything within the clause
    <verb> && form       the form, where the verb stands before it in the same clause
    @name                a phrase of `phrases.yaml`, as if it were written out in round brackets
    's  , : ; " \( \)    themselves;  ^ and $: the sentence's beginning and end
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from .phrases import expand

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<slot>\{(?P<name>\w+):(?P<kind>[A-Za-z|]+)(?P<flags>[+?~!]*)\})|(?P<named>\{(?P<text>\w+)=\()|<(?P<macro>[^<>]+)>|(?P<gap>\.{3,4})"""
    r"""|(?P<possessive>'s?(?![\w]))|(?P<sign>\\.|[,:;"^$–-](?!\w)|\)\}|[\[\]()|])|(?P<word>[^\s\[\](){}<>|,;:"^$]+)|(?P<bad>\S))"""
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A punctuation mark, a possessive `'s`, or `^` and `$`."""

    text: str


@dataclass(frozen=True, slots=True)
class Macro:
    """A word or verb of `words.yaml`."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to six plain words, or anything within the clause."""

    wide: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """Something to be read, by name."""

    name: str
    kind: str
    many: bool = False
    unknown: bool = False
    described: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The text of what a form within matches, by name."""

    slot: Slot
    node: "Node"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after another."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """It, or nothing."""

    node: "Node"


Node = Word | Sign | Macro | Gap | Slot | Named | Sequence | Either | Maybe
_CLOSING: Final = {"(": ")", "[": "]"}
_NO_PHRASES: Final[Mapping[str, str]] = MappingProxyType({})


def parse_form(form: str) -> Sequence:
    """Return the tree of a form. Raises `ValueError` that says what is wrong.

    >>> parse_form("{x:City} [also] joins").parts[1]
    Maybe(node=Sequence(parts=(Word(text='also'),)))
    """
    tokens = list(_TOKEN.finditer(form.strip()))
    parser = _Parser(iter(tokens))
    node = parser.options(None)
    if not isinstance(node, Sequence):
        return Sequence((node,))
    return node


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying it: its words and its tree; `earlier` is what must come before in the same clause.

    `act` is the act that it says in one voice; empty for a form that stands alone.
    """

    text: str
    tree: Sequence
    earlier: Sequence | None = None
    act: str = ""


def read_form(text: str, phrases: Mapping[str, str] = _NO_PHRASES) -> Form:
    """Return a form, its phrases written out. Raises `ValueError` that says what is wrong.

    >>> read_form("<have> && and {count:number} parks").earlier
    Sequence(parts=(Macro(name='have'),))
    """
    earlier, parted, own = expand(text, phrases).partition(" && ")
    return Form(text, parse_form(own), parse_form(earlier)) if parted else Form(text, parse_form(earlier))


def slots(node: Node) -> Iterator[Slot]:
    """Yield the slots below a node."""
    if isinstance(node, Slot):
        yield node
    elif isinstance(node, Named):
        yield node.slot
        yield from slots(node.node)
    elif isinstance(node, Maybe):
        yield from slots(node.node)
    elif isinstance(node, Sequence | Either):
        for child in node.parts if isinstance(node, Sequence) else node.options:
            yield from slots(child)


class _Parser:
    def __init__(self, tokens: Iterator[re.Match[str]]) -> None:
        self._tokens = tokens

    def options(self, closing: str | None) -> Node:
        """Read sequences parted by `|` up to a closing sign, or to the end."""
        found: list[Node] = []
        parts: list[Node] = []
        for token in self._tokens:
            sign = token["sign"]
            if sign == "|":
                found.append(Sequence(tuple(parts)))
                parts = []
            elif sign in ("]", ")", ")}"):
                if sign != closing:
                    raise ValueError(f"unexpected {sign!r}")
                break
            else:
                parts.append(self._node(token))
        else:
            if closing is not None:
                raise ValueError(f"no closing {closing!r}")
        found.append(Sequence(tuple(parts)))
        return found[0] if len(found) == 1 else Either(tuple(found))

    def _node(self, token: re.Match[str]) -> Node:
        if token["bad"]:
            raise ValueError(f"unexpected {token['bad']!r}")
        if token["slot"]:
            flags = token["flags"]
            return Slot(token["name"], token["kind"], "+" in flags, "?" in flags, "~" in flags, "!" in flags)
        if token["named"]:
            return Named(Slot(token["text"], "text"), self.options(")}"))
        if token["macro"]:
            return Macro(token["macro"].strip())
        if token["gap"]:
            return Gap(token["gap"] == "....")
        if token["word"]:
            return Word(token["word"])
        if token["possessive"]:
            return Sign("'s")
        sign = token["sign"].removeprefix("\\")
        if token["sign"] in _CLOSING:
            inner = self.options(_CLOSING[sign])
            return Maybe(inner) if sign == "[" else inner
        return Sign(sign)

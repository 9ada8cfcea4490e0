"""Patterns: how news states a relation, as values; `loading` reads them from `data/patterns/*.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .syntax import Either, Form, Macro, Maybe, Named, Node, Sequence, Slot
from .syntax import slots as slots_of


@dataclass(frozen=True, slots=True)
class Template:
    """A claim that a pattern makes: slots in braces, CURIEs, or text in quotes."""

    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a template: a slot, or none for a constant; `{plan}`, `the {plan}`, `{count in area}`,
    `{period.end}`.
    """

    slot: str | None
    measured: str = ""
    is_end: bool = False
    is_document: bool = False


@lru_cache(maxsize=4096)
def read_term(term: str) -> Term:
    """Return what a term of a template says."""
    name = term.removeprefix("the ")
    if not name.startswith("{"):
        return Term(None)
    name, _, measured = name.strip("{}").partition(" in ")
    name, _, end = name.partition(".")
    return Term(name, measured, end == "end", term.startswith("the "))


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the claims that the pattern reads in it, each as one line; none for a counter-example."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A relation and the forms in which news states it.

    `context` says where a slot is looked for that a form leaves open; `dated`: the claim bears the time of
    its clause; `unless_known`: a predicate by which the register may place a listed thing elsewhere;
    `with_words`: the sentence must have one of these phrases; `without_words`: it may have none of these
    words; `after_words`: the sentence before must have one of these phrases;
    `yields_to`: patterns that read the same figure more exactly; `claimed`: the slots whose content a claim
    repeats.
    """

    id: str
    meaning: str
    forms: tuple[Form, ...]
    claims: tuple[Template, ...]
    context: Mapping[str, tuple[tuple[str, str], ...]]
    dated: bool
    unless_known: str | None
    with_words: tuple[str, ...]
    without_words: frozenset[str]
    after_words: tuple[str, ...]
    yields_to: frozenset[str]
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]
    claimed: frozenset[str]
    path: str = field(compare=False, default="")
    line: int = field(compare=False, default=0)


def macros(node: Node) -> Iterable[str]:
    """Yield the names of the words that a tree asks for."""
    if isinstance(node, Macro):
        yield node.name
    elif isinstance(node, Maybe | Named):
        yield from macros(node.node)
    elif isinstance(node, Sequence):
        for part in node.parts:
            yield from macros(part)
    elif isinstance(node, Either):
        for option in node.options:
            yield from macros(option)


def kinds_asked(pattern: Pattern) -> Iterable[Slot]:
    """Yield the slots of all forms."""
    for form in pattern.forms:
        yield from slots_of(form.tree)

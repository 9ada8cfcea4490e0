"""By which rule words such as "the region" were understood, as a person reads it.

Goes in: what a claim says of it, `WORDS: RULE, RULE …`, or the rules alone where the article has no words for
the thing. Comes out: a `Resolved`. The own words of the rules are English; the texts `resolved.RULE` say them
in each language, `*` standing for what differs, such as classes. A rule that no text says stands as it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from g60kg.serve.pages.text import text, texts
from g60kg.terms import G60

_BEGIN: Final = "resolved."
_CLASSES: Final = re.compile(r"[A-Z]\w+(\|[A-Z]\w+)*")
Label = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The words of the article, if any; the rule in words; whether these are of the language asked for."""

    surface: str
    rule: str
    translated: bool


def resolved(said: str, language: str, label: Label) -> Resolved:
    """Return what a claim says of how words were understood; `label` names classes.

    >>> resolved("it: salient", "zh", str)
    Resolved(surface='it', rule='文中此处所谈的事物', translated=True)
    """
    surface, _, rules = said.rpartition(": ")
    parts = [(_in_words(rule, language, label), rule) for rule in rules.split(", ")]
    words = text(language, "rules.and").join(found or rule for found, rule in parts)
    return Resolved(surface, words, all(found for found, _ in parts))


def _in_words(rule: str, language: str, label: Label) -> str | None:
    """Return a rule in a language; None for one that no text says."""
    for expression, known in _rules():
        match = expression.fullmatch(rule)
        if match:
            kind = _kinds(match.groupdict().get("kind") or "", language, label)
            return text(language, f"resolved.{known}", kind=kind)
    return None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the rules that the texts know, with their expressions, those without `*` first."""
    known = [key.removeprefix(_BEGIN) for key in texts("en") if key.startswith(_BEGIN)]
    return tuple((_expression(rule), rule) for rule in sorted(known, key=lambda rule: ("*" in rule, rule)))


def _expression(rule: str) -> re.Pattern[str]:
    return re.compile(re.escape(rule).replace(r"\*", r"(?P<kind>[\w|? ]+)"))


def _kinds(kinds: str, language: str, label: Label) -> str:
    """Return classes by their names, as those any of which may be meant; other words as they are."""
    if not _CLASSES.fullmatch(kinds):
        return kinds
    names = (label(G60[name]).removeprefix("g60:") for name in kinds.split("|"))
    return text(language, "kinds.or").join(names)

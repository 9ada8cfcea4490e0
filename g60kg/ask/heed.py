"""Whether a reading answers what was asked: of the thing, of the relation and of the year that a question names.

What fits best may still say something else. Such a reading is no answer; it is what is known instead.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.model import Choice, Term
from g60kg.ask.words import ideas, table

_LEAST: Final = 0.5
"""How far a fact, or what is quoted, has a term that it says."""
_UNKNOWN: Final = 0.9
"""What a word weighs at least that says something of its own."""
Share = Callable[[Term], float]


def heeds(q: Asked, choice: Choice) -> bool:
    """Whether a fact of a reading, or the sentences that it quotes, say what was asked."""
    if choice.verdict != "found":
        return True
    asked = [term for term in q.terms if _is_asked(q, term)]
    said = any(_says(share, asked) for share in _shares(q, choice))
    return said and (not choice.number or _is_of_unit(q, choice.number))


def _is_asked(q: Asked, term: Term) -> bool:
    """Whether an answer must say a term: a thing, a year, a relation or measure, a word of its own."""
    if term.kind in ("thing", "year"):
        return term.weight >= 1
    if term.kind == "word":
        return term.weight >= _UNKNOWN
    meant = [ideas()[name] for name in term.values] if term.kind == "idea" else []
    # "in" says where, and a class is of what is asked for
    is_relation = any(idea.predicates or idea.measures for idea in meant)
    return is_relation and term.weight >= 1 and not any(idea.classes for idea in meant)


def _says(share: Share, asked: list[Term]) -> bool:
    return all(share(term) >= _LEAST for term in asked)


def _shares(q: Asked, choice: Choice) -> Iterator[Share]:
    """Yield how far each fact of a reading has a term, and how far what it quotes has it."""
    for fact in choice.facts:
        yield q.match(fact).covered.__getitem__
    matches = [q.match_sentence(number, near=False) for number in choice.quoted]
    if matches:
        yield lambda term: max(match.covered[term] for match in matches)


def _is_of_unit(q: Asked, number: str) -> bool:
    """Whether a number that is quoted has a unit of the measures that a question asks for."""
    units = table("graph")["units"]
    forms = [units.get(measure) for idea in q.ideas() for measure in idea.measures]
    return not forms or any(form is None or re.search(form, number, re.I) for form in forms)

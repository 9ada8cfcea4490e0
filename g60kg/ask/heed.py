"""Whether a reading answers what was asked: of the thing, of the relation and of the year that a question names.

What fits best may still say something else. Such a reading is no answer; it is what is known instead.
"""

import re
from collections.abc import Callable
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.model import Choice, Term
from g60kg.ask.words import Idea, ideas, keys, table

_LEAST: Final = 0.5
"""How far a fact or a sentence has a thing, year or word that it says."""
_NEAR: Final = 0.3
"""How far it has a relation that it says, or that the sentence before says."""
_TELLING: Final = 0.9
"""What a word weighs at least that says something of its own."""
Share = Callable[[Term], float]


def heeds(q: Asked, choice: Choice) -> bool:
    """Whether a reading says what was asked: each thing, and of one of them all relations and words."""
    items = _items(q, choice)
    if choice.verdict != "found" or not items:
        return True
    things = [term for term in q.of("thing", "year", least=1) if not q.at_home(term)]
    if not all(any(item(term) >= _LEAST for item in items) for term in things):
        return False
    about = [item for item in items if not things or any(item(term) >= _LEAST for term in things)]
    return any(_says_all(q, item) for item in about) and _is_of_unit(q, choice.number)


def _items(q: Asked, choice: Choice) -> list[Share]:
    """Return how far each sentence that a reading quotes has a term; of one that quotes none each fact."""
    if choice.quoted:
        return [_share_in(q, number) for number in choice.quoted]
    return [q.match(fact).covered.__getitem__ for fact in choice.facts]


def _share_in(q: Asked, number: int) -> Share:
    covered = q.match_sentence(number).covered
    alone = q.match_sentence(number, near=False).covered
    facts = [q.match(fact).covered for fact in q.index.facts_in[number]]
    row = f" {' '.join(keys(q.index.sentences[number].text))} "

    def share(term: Term) -> float:
        if term.kind == "thing":
            names = (name for thing in term.values for name in q.index.parts[thing])
            return max(alone[term], float(any(f" {' '.join(name)} " in row for name in names)))
        return max(covered[term], *(each[term] for each in facts)) if facts else covered[term]

    return share


def _says_all(q: Asked, share: Share) -> bool:
    """Whether all relations and words of a question are said; of words that articles have one may be not."""
    relations = [term for term in q.of("idea", least=1) if _is_relation(term)]
    words = [term for term in q.of("word", least=_TELLING) if not _is_loose(term)]
    known = [term for term in words if set(term.values) <= set(q.index.spelt) and relations]
    return all(share(term) >= _NEAR for term in relations) and all(
        share(term) >= _LEAST for term in words if term not in known
    )


def _is_relation(term: Term) -> bool:
    """Whether a term asks for a relation or measure; one that is a class, too, may ask for that."""
    meant: list[Idea] = [ideas()[name] for name in term.values]
    is_relation = any(idea.predicates or idea.measures for idea in meant)
    return is_relation and not any(idea.classes or idea.name in table("graph")["loose"] for idea in meant)


def _is_loose(term: Term) -> bool:
    return {key for word in table("stop")["loose"] for key in keys(word)}.issuperset(term.values)


def _is_of_unit(q: Asked, number: str) -> bool:
    """Whether a number that is quoted has a unit of the measures that a question asks for."""
    units, measured = table("graph")["units"], [idea for idea in q.ideas() if idea.measures]
    measured = [idea for idea in measured if not idea.weak] or measured
    forms = [units.get(measure) for idea in measured for measure in idea.measures]
    return not (number and forms) or any(form is None or re.search(form, number, re.I) for form in forms)

"""Whether a reading answers what was asked: of the thing, the relation and the year that a question names.

What fits best may still say something else. Such a reading is no answer; it is what is known instead.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.compare import compares
from g60kg.ask.model import Choice, Fact, Term
from g60kg.ask.sentences import is_of_another
from g60kg.ask.words import CHINESE, keys, table

_LEAST: Final = 0.5
"""How far a fact or a sentence has a thing, year or word that it says."""
_NEAR: Final = 0.3
"""How far it has a relation that it says, or that the sentence before says."""
_TELLING: Final = 0.9
"""What a word weighs at least that says something of its own."""
Share = Callable[[Term], float]


def heeds(q: Asked, choice: Choice) -> bool:
    """Whether a reading says what was asked: each thing, and of one of them all relations and words."""
    narrow = (replace(term, values=_related(term) or term.values) for term in q.terms)
    q = q.but(terms=tuple(narrow))  # without the classes that the word of a relation stands for, too
    items = _items(q, choice)
    if choice.verdict not in ("found", "yes") or not items or (choice.verdict == "yes" and compares(q)):
        return True
    if choice.verdict == "yes":  # what it is about was seen to
        return all(any(item(term) >= _LEAST for item in items) for term in _words(q))
    if choice.quoted and is_of_another(q, choice.quoted[0]):
        return False
    things = [term for term in q.of("thing", "year", least=1) if not q.at_home(term)]
    things += [t for t in q.of("idea", least=1) if all(idea.entities for idea in t.ideas)]
    limits = [(term, _LEAST) for term in things] + [(term, _NEAR) for term in _places(q)]
    if not all(any(item(term) >= least for item in items) for term, least in limits):
        return False
    about = [item for item in items if not things or any(item(term) >= _LEAST for term in things)]
    relations, known = _relations(q), q.index.known
    words = [  # of those that articles have one may be not said beside a relation, but what is counted
        term
        for term in _words(q)
        if not (relations and known.issuperset(term.values)) or f"how many {term.text}" in q.question.plain
    ]
    return q.is_of_unit(choice.number) and any(
        all(item(term) >= _NEAR for term in relations) and all(item(term) >= _LEAST for term in words)
        for item in about
    )


def is_about(q: Asked, choice: Choice, *, strict: bool = False) -> bool:
    """Whether a reading says anything of the things that a question names; of places at home it need not."""
    places = [] if strict else _places(q)
    items, things = _items(q, choice), [term for term in q.of("thing", least=1) if term not in places]
    return all(any(item(term) >= _LEAST for item in items) for term in things)


def _places(q: Asked) -> list[Term]:
    """Return the places at home that a question names: limits as others are, if less often written."""
    things = q.of("thing", least=1)
    if q.kind == "how_much" and not all(map(q.at_home, things)):  # where it only lies
        return []
    return [term for term in things if q.at_home(term) and q.any_of(term.values, ("Region",))]


def _related(term: Term) -> tuple[str, ...]:
    """Return the relations and measures that a term may mean."""
    return tuple(i.name for i in term.ideas if (i.predicates or i.measures) and not i.classes)


def _items(q: Asked, choice: Choice) -> list[Share]:
    """Return how far each sentence that a reading quotes has a term; of one that quotes none each fact."""
    if choice.quoted:
        return [_share_in(q, number) for number in choice.quoted]
    return [_share_of(q, fact) for fact in choice.facts]


def _share_of(q: Asked, fact: Fact) -> Share:
    covered, also = q.match(fact).covered, set(table("graph")["also"].get(fact.predicate, ()))
    return lambda term: 1.0 if term.kind == "idea" and also & {*term.values} else covered[term]


def _share_in(q: Asked, number: int) -> Share:
    covered = q.match_sentence(number).covered
    alone = q.match_sentence(number, near=False).covered
    facts = [_share_of(q, fact) for fact in q.index.facts_in[number]]
    return lambda term: (
        alone[term] if term.kind == "thing" else max(covered[term], 0, *(f(term) for f in facts))
    )


def _relations(q: Asked) -> list[Term]:
    """Return the relations and measures that a question asks for; "how long" is one."""
    loose = {*table("graph")["loose"]["any"], *table("graph")["loose"].get(q.kind, ())}
    related = [t for t in q.of("idea") if _related(t) and loose.isdisjoint(t.values) and not q.is_when(t)]
    strong = [t for t in related if any(idea.measures and not idea.weak for idea in t.ideas)]
    return strong if q.kind == "how_much" and strong else [term for term in related if term.weight >= 1]


def _words(q: Asked) -> list[Term]:
    """Return the words that must be said: those that say something of their own, and nothing in the graph."""
    loose = {key for word in table("stop")["loose"] for key in keys(word)}
    is_bare = not q.of("idea", least=1)  # then a character that is left over is what is asked
    words = [term for term in q.of("word") if loose.isdisjoint(term.values)]
    parts = ("classes", "predicates", "measures", "entities", "change", "person")
    ideas = q.of("idea", least=1)
    words += [t for t in ideas if not any(getattr(idea, part) for idea in t.ideas for part in parts)]
    return [term for term in words if term.weight >= _TELLING or (is_bare and CHINESE.match(term.text))]

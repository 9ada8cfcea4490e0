"""How well a fact or a sentence answers a question: which of its terms are in it, and how much they weigh.

Goes in: a `Question`, an `Index`, a fact or the number of a sentence. Comes out: a `Match`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.ask.index import Index, local, things_in
from g60kg.ask.model import Fact, Question, Term
from g60kg.ask.words import Idea, ideas, keys

_TIMES: Final = ("year", "date", "startDate", "startYear", "endYear")
_MONTHS: Final = "january february march april may june july august september october november december".split()


@dataclass(frozen=True, slots=True)
class Match:
    """The share of a question that is covered, 0 to 1, and how far each of its terms is."""

    score: float
    covered: dict[Term, float]

    def missing(self, least: float = 0.5) -> list[Term]:
        """Return the telling terms that are not covered."""
        return [term for term, share in self.covered.items() if share < least and term.weight >= 1.0]


def match_fact(question: Question, fact: Fact, index: Index) -> Match:
    """Return how well a fact answers a question, its sentence counting for half."""
    return _match(question, lambda term: _in_fact(term, fact, index))


def match_sentence(question: Question, number: int, index: Index, *, near: bool = True) -> Match:
    """Return how well a sentence answers a question; the sentences around it may name what it speaks of."""
    return _match(question, lambda term: _in_sentence(term, number, index, near=near))


def _match(question: Question, share: Callable[[Term], float]) -> Match:
    covered = {term: share(term) for term in question.terms if term.kind != "except"}
    whole = sum(term.weight for term in covered) + 1.5 * len(question.unknown)
    return Match(sum(term.weight * part for term, part in covered.items()) / whole if whole else 0.0, covered)


def _in_fact(term: Term, fact: Fact, index: Index) -> float:
    inside = {"thing": _thing_in_fact, "idea": _idea_in_fact, "number": _number_in_fact, "year": _year_in_fact}
    own = max((inside[term.kind](value, fact, index) for value in term.values), default=0.0) if term.kind in inside else 0.0
    if term.kind == "month":
        own = _month_in_fact(term, fact, index)
    if own >= 0.5 or fact.where is None or own < 0:
        return max(own, 0.0)
    share = _in_sentence(term, fact.where, index, near=term.kind in ("number", "idea"))
    return max(own, share * (0.5 if term.kind == "thing" else 0.7))


def _month_in_fact(term: Term, fact: Fact, index: Index) -> float:
    times = times_of(fact)
    if any(time[4:7] == f"-{value}" for value in term.values for time in times):
        return 1.0
    written = fact.where is not None and any(index.sentences[fact.where].date[4:7] == f"-{value}" for value in term.values)
    return 0.6 if written and not any(len(time) > 4 for time in times) else 0.0


def _thing_in_fact(thing: str, fact: Fact, index: Index) -> float:
    inside = things_in(fact)
    if thing in inside:
        return 1.0
    return max((index.above.get(each, {}).get(thing, 0.0) for each in inside), default=0.0)


def _idea_in_fact(name: str, fact: Fact, index: Index) -> float:
    idea = ideas()[name]
    if fact.predicate in idea.predicates:
        return 1.0
    if fact.predicate in idea.measures:
        narrows = fact.predicate == "companyCount" and not idea.classes
        return 1.0 if not narrows or any(names_idea(idea, kind) for kind in fact.limits.get("countedKind", ())) else 0.0
    if idea.change and fact.limits.get("change"):
        return 1.0 if idea.change in fact.limits["change"] else -1.0
    counted = fact.limits.get("countedKind", ())
    if counted and names_idea(idea, counted[0]):
        return 1.0
    if idea.entities and any(_thing_in_fact(each, fact, index) >= 0.9 for each in idea.entities):
        return 1.0
    if idea.unit and idea.unit.rpartition("_")[2] in fact.limits.get("unit", ("",))[0]:
        return 1.0
    sides = [fact.subject, *([local(fact.object)] if isinstance(fact.object, NamedNode) else [])]
    return 0.9 if any(is_of(side, idea.classes, index) for side in sides) else 0.0


def is_of(thing: str, classes: Iterable[str], index: Index) -> bool:
    """Whether a thing is of one of some classes."""
    return not index.types.get(thing, set()).isdisjoint(classes)


def names_idea(idea: Idea, text: str) -> bool:
    """Whether an English text names an idea."""
    inside = " ".join(keys(text))
    return any(f" {' '.join(keys(word))} " in f" {inside} " for word in idea.en)


def _number_in_fact(value: str, fact: Fact, _: Index) -> float:
    return 1.0 if value in (fact.limits.get("value", ("",))[0], value.rstrip("%")) and "value" in fact.limits and same_number(value, fact) else 0.0


def same_number(value: str, fact: Fact) -> bool:
    """Whether a figure is of this number."""
    try:
        return float(value.rstrip("%")) == float(fact.limits["value"][0])
    except (KeyError, ValueError):
        return False


def times_of(fact: Fact) -> list[str]:
    """Return the times that a fact is of: those that limit it, or its object where that is one."""
    found = [time for name in _TIMES for time in fact.limits.get(name, ())]
    return found or ([local(fact.object)] if fact.predicate in (*_TIMES, "constructionStart", "completionDate") else [])


def _year_in_fact(year: str, fact: Fact, index: Index) -> float:
    times = times_of(fact)
    if any(time.startswith(year) for time in times):
        return 1.0
    written = fact.where is not None and index.sentences[fact.where].date.startswith(year)
    if written and not any(time[:4].isdigit() and time[:4] != year for time in times):
        return 0.6
    return -1.0 if times and fact.where is not None and year not in index.keys[fact.where] else 0.0


def _in_sentence(term: Term, number: int, index: Index, *, near: bool) -> float:
    if term.kind == "thing":
        return max((_thing_in_sentence(value, number, index, near=near) for value in term.values), default=0.0)
    if term.kind == "idea":
        return _idea_in_sentence(term, number, index) or (0.5 * _idea_in_sentence(term, number - 1, index) if near and _goes_on(number, index) else 0.0)
    if term.kind == "month":
        before = 0.5 if near and _goes_on(number, index) and any(_MONTHS[int(value) - 1] in index.sentences[number - 1].text.lower() for value in term.values) else 0.0
        return before or float(any(_MONTHS[int(value) - 1] in index.sentences[number].text.lower() for value in term.values))
    if term.kind == "year":
        written = 0.5 if any(index.sentences[number].date.startswith(value) for value in term.values) else 0.0
        return 1.0 if any(value in index.keys[number] for value in term.values) else written
    if term.kind == "number":
        inside = any(_number_in_sentence(value, term, number, index) for value in term.values)
        before = near and _goes_on(number, index) and any(_number_in_sentence(value, term, number - 1, index) for value in term.values)
        return 1.0 if inside else 0.7 if before else 0.0
    return float(any(value in index.keys[number] for value in term.values))


def _goes_on(number: int, index: Index) -> bool:
    """Whether a sentence has one before it in its article."""
    return number > 0 and index.sentences[number - 1].article == index.sentences[number].article


def _idea_in_sentence(term: Term, number: int, index: Index) -> float:
    if any(name in index.ideas[number] for name in term.values):
        return 1.0
    entities = [each for name in term.values for each in ideas()[name].entities]
    named = max((_thing_in_sentence(each, number, index, near=False) for each in entities), default=0.0)
    classes = {each for name in term.values for each in ideas()[name].classes}
    of_class = sum(is_of(thing, classes, index) for thing in index.things[number]) if classes else 0
    return max(named, min(of_class, 2) * 0.5)


def _thing_in_sentence(thing: str, number: int, index: Index, *, near: bool) -> float:
    things = index.things[number]
    if thing in things:
        return 1.0
    above = max((index.above.get(each, {}).get(thing, 0.0) for each in things), default=0.0)
    if above or not near:
        return above * 0.8
    if any(_is_like(each, thing, index) for each in things):
        return 0.2
    article = index.sentences[number].article
    around = [at for at in (number - 1, number + 1) if 0 <= at < len(index.sentences) and index.sentences[at].article == article]
    return 0.6 if any(thing in index.things[at] for at in around) else 0.35 if thing in index.home else 0.0


def _is_like(one: str, other: str, index: Index) -> bool:
    """Whether two things are of one kind, so that a sentence about the one is hardly about the other."""
    kinds = {"Company", "City", "Province", "Facility", "Park", "Project", "IndustryCategory", "Agreement", "Plan", "CorridorPhase"}
    return bool(index.types.get(one, set()) & index.types.get(other, set()) & kinds)


def _number_in_sentence(value: str, term: Term, number: int, index: Index) -> bool:
    written = {value, value.rstrip("%"), *keys(term.text)}
    if not written.isdisjoint(index.keys[number]):
        return True
    return any(fact.where == number and same_number(value, fact) for fact in index.figures_in[number])

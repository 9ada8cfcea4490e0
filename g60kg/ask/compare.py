"""Questions that set two things, two times or two versions side by side.

Goes in: a `Question` and an `Index`. Comes out: one choice that answers for each side, and says which is more.
"""

from dataclasses import replace

from pyoxigraph import NamedNode

from g60kg.ask.figures import COUNTS, figure_choices, figure_columns, figure_rows, rate_figures
from g60kg.ask.index import Index, local
from g60kg.ask.match import is_of
from g60kg.ask.model import Choice, Fact, Question, Term
from g60kg.ask.relations import relation_choices
from g60kg.ask.words import ideas
from g60kg.ask.wording import evidence_of, figure_text, listed, measured, parts_of, say, value_text

_PHASE: tuple[str, ...] = ("theme", "memberCity", "covers", "startYear", "launchedBy", "motto")


def comparison(question: Question, index: Index) -> list[Choice]:
    """Return the sides of a question, one beside the other."""
    sides = _sides(question, index)
    if len(sides) >= 2:
        both = [values for values in (_things(side, index) for side in sides)]
        if all(is_of(thing, ("CorridorPhase", "Agreement", "Plan"), index) for things in both for thing in things[:1]) and all(both):
            return [_described(question, index, [things[0] for things in both])]
        found = _figures(question, index, sides) or _counted(question, index, sides)
        return [found] if found else []
    return _series(question, index)


def _things(side: Term, index: Index) -> tuple[str, ...]:
    if side.kind == "thing":
        return side.values
    return tuple(each for name in side.values for each in ideas()[name].entities) if side.kind == "idea" else ()


def _sides(question: Question, index: Index) -> list[Term]:
    """Return the parts of a question that are compared: two months, two years, or two things of one class."""
    for kind in ("month", "year"):
        if len(question.of(kind)) >= 2:
            return list(question.of(kind))
    terms = [term for term in question.terms if _things(term, index) and term.weight >= 0.6]
    for first in terms:
        alike = [term for term in terms if _alike(first, term, index)]
        if len(alike) >= 2:
            return alike
    return []


def _alike(one: Term, other: Term, index: Index) -> bool:
    classes = ("CorridorPhase", "IndustryCategory", "Province", "City", "Company", "Agreement", "Plan", "Park", "Project", "Facility", "District")
    kinds = [{each for thing in _things(term, index) for each in index.types.get(thing, set()) & set(classes)} for term in (one, other)]
    return bool(kinds[0] & kinds[1])


def _part(question: Question, side: Term, sides: list[Term], kind: str) -> Question:
    terms = tuple(term for term in question.terms if term == side or term not in sides)
    return replace(question, kind=kind, terms=tuple(replace(t, weight=max(t.weight, 2.0)) if t == side else t for t in terms))


def _figures(question: Question, index: Index, sides: list[Term]) -> Choice | None:
    """Return the figure of each side, those of one measure, and which is more."""
    for kind in ("how_many", "how_much"):
        rated = [rate_figures(_part(question, side, sides, kind), index) for side in sides]
        rated = [[fact for score, fact in each if score > 0.4] for each in rated]
        if not all(rated):
            continue
        common = set.intersection(*({fact.predicate for fact in each} for each in rated))
        common = common or (set(COUNTS) if all(each[0].predicate in COUNTS for each in rated) else set())
        units = set.intersection(*({fact.limits.get("unit") for fact in each if fact.predicate in common} for each in rated))
        chosen = [next((fact for fact in each if fact.predicate in common and (not units or fact.limits.get("unit") in units)), None) for each in rated]
        facts = [fact for fact in chosen if fact is not None]
        if len(facts) == len(sides) and len({fact.limits["value"] + (fact.quote,) for fact in facts}) > 1:
            return _beside(question, index, facts)
    return None


def _beside(question: Question, index: Index, facts: list[Fact]) -> Choice:
    language = question.language
    told = [f"{measured(fact, index, language)}{say('colon', language)}{figure_text(fact, language)}" for fact in facts]
    values = [float(fact.limits["value"][0]) for fact in facts]
    units = {fact.limits.get("unit") for fact in facts}
    most = facts[values.index(max(values))]
    if len(facts) == 2 and len(units) == 1 and values[0] != values[1]:
        which = measured(most, index, language)
        text = say("more_than_other", language, one=figure_text(most, language), other=figure_text(facts[values.index(min(values))], language), which=which)
        text += say("semicolon", language) + say("semicolon", language).join(told)
    else:
        text = say("semicolon", language).join(told)
    return _choice(question, index, text, facts)


def _counted(question: Question, index: Index, sides: list[Term]) -> Choice | None:
    """Return the things on each side and how many they are."""
    found = [relation_choices(_part(question, side, sides, "how_many"), index)[:1] for side in sides]
    if not all(found):
        return None
    language = question.language
    told, counts = [], []
    for side, choices in zip(sides, found, strict=True):
        told.append(f"{side.text}{say('colon', language)}{choices[0].text}")
        counts.append(len(choices[0].rows))
    text = say("semicolon", language).join(told)
    evidence = tuple(dict.fromkeys(each for choices in found for each in choices[0].evidence))
    rows = tuple(row for choices in found for row in choices[0].rows)
    return Choice(text, evidence=evidence[:4], columns=figure_columns(language), rows=rows, parts=parts_of(question, index), query=found[0][0].query, score=0.8)


def _described(question: Question, index: Index, things: list[str]) -> Choice:
    """Return what distinguishes things: their cities, themes and times."""
    language = question.language
    told, shown = [], []
    for thing in things:
        facts = [fact for fact in index.predicates(thing) if fact.predicate in _PHASE or fact.predicate == "signatory"]
        facts.sort(key=lambda fact: _PHASE.index(fact.predicate) if fact.predicate in _PHASE else 9)
        by_relation: dict[str, list[Fact]] = {}
        for fact in facts:
            by_relation.setdefault(fact.predicate, []).append(fact)
        words = [f"{index.label(name, language)} {_values(same, index, language)}" for name, same in by_relation.items()]
        told.append(f"{index.label(thing, language)}{say('colon', language)}{say('semicolon', language).join(words)}")
        shown += facts
    query = f"g60kg query phase-changes --earlier '{index.label(things[0], 'en')}' --later '{index.label(things[1], 'en')}'"
    return replace(_choice(question, index, "\n".join(told), shown), query=query)


def _values(facts: list[Fact], index: Index, language: str) -> str:
    if isinstance(facts[0].object, NamedNode):
        names = [local(fact.object) for fact in facts]
        count = len(dict.fromkeys(names))
        return listed(names, index, language) if count == 1 else say("total", language, n=count, names=listed(names, index, language))
    return say("comma", language).join(dict.fromkeys(value_text(fact, index, language) for fact in facts))


def _series(question: Question, index: Index) -> list[Choice]:
    """Return the figures of one thing over time, where a question asks how it changed."""
    question = replace(question, terms=_without_change(question))
    for kind in ("how_many", "how_much"):
        choices = [choice for choice in figure_choices(replace(question, kind=kind), index) if choice.score > 0.5]
        several = [choice for choice in choices if len({row[2] for row in choice.rows}) > 1]
        if several or choices:
            return (several or choices)[:1]
    return []


def _without_change(question: Question) -> tuple[Term, ...]:
    """Return the terms without the words for a change, where others say what changed."""
    changing = {term for term in question.of("idea") if all(ideas()[name].measures == ("growth",) or name == "extend" for name in term.values)}
    measured_by = {term for term in question.of("idea") if any(ideas()[name].measures for name in term.values)}
    return tuple(term for term in question.terms if term not in changing) if measured_by - changing else question.terms


def _choice(question: Question, index: Index, text: str, facts: list[Fact]) -> Choice:
    language = question.language
    return Choice(text, evidence=evidence_of(facts, index, language), columns=figure_columns(language), rows=figure_rows(facts, index, language), parts=parts_of(question, index), score=0.85)

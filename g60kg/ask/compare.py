"""Questions that set two things, two times or two versions side by side, and say which is more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.figures import figure_choices, rate_figures
from g60kg.ask.model import Choice, Fact, Term
from g60kg.ask.relations import relation_choices
from g60kg.ask.sentences import sentence_choices
from g60kg.ask.stored import differences
from g60kg.ask.wording import COUNTS, number_of
from g60kg.ask.words import group

_FAIR: Final = 0.15
"""A figure of a side that fits this much less than the best is another."""
_LARGE: Final = 10**4
"""A number from here on counts no things that are set side by side."""
_MOST: Final = 5
"""So many figures are listed where the largest is asked for."""


def difference(q: Asked) -> list[Choice]:
    """Return the difference of a figure before and after, of two years, or of a year and now; with both."""
    if not (q.asks("difference") or q.asks("times")):
        return []
    still = tuple(term for term in _still(q) if not q.is_change(term))
    if q.asks("times"):  # of what it was before
        q = q.but(kind="how_much", terms=still)
    years = sorted(q.of("year"), key=lambda term: term.values)
    facts = [f for each in figure_choices(q)[:1] for f in each.facts if "change" in f.limits]
    if len(facts) != 2 and years:
        rest = tuple(term for term in still if term.kind not in ("year", "month"))
        sides = [q.but(terms=each) for each in (*((*rest, year) for year in years), rest)[:2]]
        rated = [(side, fact) for side in sides for _, fact in rate_figures(side)[:1]]
        facts = [fact for side, fact in rated if not side.match(fact).missing()]
    return _change(q, facts) if len(facts) == 2 else both(q)


def grown(q: Asked) -> tuple[bool, Choice] | None:
    """Return whether a figure has grown, where a question asks that, with its first and last value."""
    if not any("growth" in idea.measures for idea in q.ideas()):
        return None
    facts = [fact for each in _over_time(q)[:1] for fact in each.facts]
    same = [fact for fact in facts if fact.limits.get("unit") == facts[0].limits.get("unit")]
    found = _change(q, [same[0], same[-1]]) if same else []
    return (size_of(same[-1]) > size_of(same[0]), found[0]) if found else None


def _change(q: Asked, facts: list[Fact]) -> list[Choice]:
    """Return how far a figure has changed, from the first to the second; nothing where it has not."""
    before, after = facts
    if (before.subject, before.limits["unit"]) != (after.subject, after.limits["unit"]):
        return []
    told = q.say("from_to", before=q.value(before), after=q.value(after))
    size = _apart(q, before, after)
    if q.asks("times") and number_of(before):
        size = q.say("times", n=f"{number_of(after) / number_of(before):.3g}")
    text = q.say("colon").join((size, told, q.measured(after)))
    return [q.choice(text, facts, 1.2)] if number_of(before) != number_of(after) else []


def _apart(q: Asked, one: Fact, other: Fact) -> str:
    """Return the difference of two figures of one unit."""
    about = "" if all(f.limits["comparator"] == ("exact",) for f in (one, other)) else "about"
    return q.number(f"{abs(number_of(other) - number_of(one)):f}", one.limits["unit"][0], about)


def most(q: Asked) -> list[Choice]:
    """Return the thing of the class asked for that has the most or least of a measure; or what each has."""
    measures, asked = set(q.mean("measures")), q.values("idea")
    if {"superlative", "least"}.intersection(asked) and measures and len(_sides(q)) > 1:
        return comparison(q.but(kind="rank" if "least" in asked else "compare"))
    classes = [each for idea in q.ideas() if not idea.measures for each in idea.classes]
    classes = q.classes if q.kind in ("which", "who") else classes
    classes = [*classes, *(group("placed") if "Project" in classes else ())]
    is_bare = q.kind == "how_many" and all(term.is_class for term in q.of("idea", "thing", least=1))
    if measures == {"companyCount"} and is_bare:
        asked, classes = [*asked, "each_industry"], ["IndustryCategory"]  # of which, it does not say
    if not {"superlative", "least", "each_industry"}.intersection(asked) or not measures or not classes:
        return []
    named = [term for term in q.of("thing", "idea", least=1) if not term.is_class]
    named = [term for term in named if {"superlative", "least"}.isdisjoint(term.values)]
    found: dict[tuple[str, object], list[tuple[Fact, str]]] = defaultdict(list)
    for fact in (each for each in q.index.facts if each.is_figure and each.predicate in measures):
        things = [each for each in sorted(fact.things) if q.index.is_of(each, classes)]
        if things and all(q.match(fact).covered[term] >= 0.5 for term in named):
            found[fact.predicate, fact.limits.get("unit")].append((fact, things[0]))
    if not found:
        return []
    alike = found[max(found, key=lambda each: (len(found[each]), each[0] in COUNTS))]
    ranked = sorted(alike, key=lambda each: size_of(each[0]), reverse="least" not in asked)
    told = [f"{q.label(thing)}{q.say('colon')}{q.value(fact)}" for fact, thing in ranked[:_MOST]]
    text = q.say("semicolon").join(dict.fromkeys(told)) if "each_industry" in asked else told[0]
    return [q.choice(text, [fact for fact, _ in ranked[:_MOST]], 1.0)]


def phases(q: Asked) -> list[Choice]:
    """Return the first or the latest phase of a corridor, where a question asks for that and names none."""
    asked, begun = {*q.values("idea")} & {"first", "last", "afterwards"}, q.index.begun
    if not asked or not begun or "CorridorPhase" not in q.classes or begun.keys() & {*q.values("thing")}:
        return []
    thing = sorted(begun, key=lambda each: begun[each])[0 if "first" in asked else -1]
    facts = [f for f in q.index.facts_of[thing] if f.subject == thing and f.predicate == "phaseOf"]
    text = f"{q.label(thing)}{q.say('colon')}{begun[thing][0]}"
    return [q.choice(text, facts, 1.2)] if q.named <= {each.object for each in facts} else []


def compares(q: Asked) -> bool:
    """Whether a question asks if one thing has more than another, and not more than a number."""
    return bool(q.asks("than")) and not q.of("number", least=1.01)


def comparison(q: Asked) -> list[Choice]:
    """Return the sides of a question, one beside the other; a thing over time where it has but one."""
    sides = _sides(q)
    if len(sides) < 2:
        return _over_time(q) or differences(q)
    described = all(q.index.is_of(each, group("described")) for side in sides for each in _things(side) or "")
    if described and (found := differences(q)):
        return found
    facts = side_figures(q, sides)
    if not facts:
        return _counted(q, sides) or differences(q)
    if q.kind == "rank":
        facts = sorted(facts, key=size_of, reverse="least" not in q.values("idea"))
    told = [f"{q.measured(fact)}{q.say('colon')}{q.value(fact)}" for fact in facts]
    low, *_, high = sorted(facts, key=size_of)
    if size_of(low) < size_of(high) and (q.kind == "compare" or q.asks("difference")):
        values = {"one": q.value(high), "other": q.value(low), "which": q.measured(high)}
        told.insert(0, q.say("more_than_other", by=_apart(q, low, high), **values))
    return [q.choice(q.say("semicolon").join(told), facts, 0.85)]


def both(q: Asked) -> list[Choice]:
    """Return the sides of a question that names several and compares none: "how many in A and in B"."""
    return comparison(q) if len(_sides(q)) > 1 and not q.of("year", "month") else []


def _things(side: Term) -> tuple[str, ...]:
    return side.values if side.kind == "thing" else tuple(e for idea in side.ideas for e in idea.entities)


def _sides(q: Asked) -> list[Term]:
    """Return the parts of a question that are compared: two months, two years, or things of one class."""
    for kind in ("month", "year", "number"):
        terms = [term for term in q.of(kind, least=1) if float(term.values[0]) < _LARGE]
        if len(terms) > 1:
            return terms
    types = {term: [q.index.types[thing] for thing in _things(term)] for term in q.terms}
    classes = {term: set().union(*found).intersection(group("compared")) for term, found in types.items()}
    alike = ([other for other in q.terms if classes[term] & classes[other]] for term in q.terms)
    return next((terms for terms in alike if len(terms) > 1), [])


def _part(q: Asked, side: Term, sides: list[Term], kind: str) -> Asked:
    """Return the question of one side."""
    rest = (term for term in q.terms if term not in sides)
    return q.but(kind=kind, terms=(replace(side, weight=max(side.weight, 2.0)), *rest))


def size_of(fact: Fact) -> tuple[float, int]:
    """Return how large a figure is; of the same number more than it is more, and nearly it is less."""
    signs = {"more than": 1, "at least": 1, "nearly": -1, "less than": -1, "up to": -1}
    return number_of(fact), sum(signs.get(each, 0) for each in fact.limits.get("comparator", ()))


def side_figures(q: Asked, sides: Sequence[Term] = ()) -> list[Fact]:
    """Return the figure of each side, in the order of a question, all of one measure and unit, or none."""
    sides = sorted(sides or _sides(q), key=lambda term: q.question.plain.find(term.text))
    measures = set(q.mean("measures"))
    for kind in ("how_many", "how_much") if measures <= {*COUNTS} else ("how_much", "how_many"):
        found = []
        for rated in (rate_figures(_part(q, side, sides, kind)) for side in sides):
            near = [f for score, f in rated if score > max(0.4, rated[0][0] - _FAIR)]
            alike = ["count" if f.predicate in COUNTS else f.predicate for f in near]  # all counts are
            found.append(
                {(what, f.limits.get("unit")): f for what, f in zip(alike[::-1], near[::-1], strict=True)}
            )
        common = [each for each in next(iter(found), []) if all(each in other for other in found)]
        common.sort(key=lambda each: q.is_in_unit(each[1]))
        facts = [each[common[-1]] for each in found] if common else []
        if facts and len(facts) == len(set(facts)):
            return facts
    return []


def _counted(q: Asked, sides: list[Term]) -> list[Choice]:
    """Return the things on each side and how many they are."""
    found = [each for side in sides for each in relation_choices(_part(q, side, sides, "how_many"))[:1]]
    if len(found) < len(sides) or q.of("year", "month"):
        return []
    told = [f"{side.text}{q.say('colon')}{each.text}" for side, each in zip(sides, found, strict=True)]
    evidence = tuple(dict.fromkeys(each for choice in found for each in choice.evidence))[:4]
    rows, query = tuple(row for choice in found for row in choice.rows), found[0].query
    return [q.choice(q.say("semicolon").join(told), score=0.8, evidence=evidence, rows=rows, query=query)]


def _still(q: Asked) -> tuple[Term, ...]:
    """Return the parts of a question without those that say no more than that something changed."""
    growing = {idea.name for idea in q.ideas() if idea.measures == ("growth",) or idea.name == "extend"}
    return tuple(t for t in q.terms if t.kind != "idea" or not growing.issuperset(t.values))


def _over_time(q: Asked) -> list[Choice]:
    """Return the figures of one thing over time, where a question asks how it changed."""
    rest = _still(q)
    measured = any(idea.measures for term in rest for idea in term.ideas)
    counted = set(q.mean("measures")) <= set(COUNTS)
    for kind in ("how_many", "how_much") if counted else ("how_much", "how_many"):
        found = figure_choices(q.but(kind=kind, terms=rest), newest=False)
        if choices := [each for each in found if each.score > 0.5]:
            return choices[:1]
    return sentence_choices(q.but(terms=rest)) if measured else []

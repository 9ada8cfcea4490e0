"""Questions that set two things, two times or two versions side by side, and say which is more."""

import re
from collections import defaultdict
from typing import Final

from g60kg.ask.asked import Asked, is_class
from g60kg.ask.figures import figure_choices, rate_figures
from g60kg.ask.model import Choice, Fact, Term
from g60kg.ask.relations import relation_choices
from g60kg.ask.sentences import sentence_choices
from g60kg.ask.stored import differences
from g60kg.ask.wording import COUNTS, number_of
from g60kg.ask.words import group, ideas

_THAN: Final = re.compile(
    r"\b(?:more|fewer|less|larger|bigger|higher|longer|greater|smaller|lower|shorter)\b.*\bthan\b|比.*[多少大小高低长短]|[多少大小高低]于",
    re.I,
)


_MOST: Final = 5
"""So many figures are listed where the largest is asked for."""


def difference(q: Asked) -> list[Choice]:
    """Return the difference of a figure before and after, of two years, or of a year and now; with both."""
    if not q.asks("difference"):
        return []
    found, years = figure_choices(q)[:1], q.of("year")
    facts = [fact for each in found for fact in each.facts if "change" in fact.limits]
    if len(facts) != 2 and years:
        rest = tuple(
            t
            for t in q.terms
            if t not in years and not any(ideas()[i].change for i in t.values if i in ideas())
        )
        terms = [(*rest, year) for year in sorted(years, key=lambda each: each.values)]
        sides = [q.but(terms=each) for each in (*terms, rest)[:2]]
        rated = [(side, fact) for side in sides for _, fact in rate_figures(side)[:1]]
        facts = [fact for side, fact in rated if not side.match(fact).missing()]
    is_one = len({(fact.subject, fact.limits["unit"]) for fact in facts}) == 1
    if not is_one or len(set(map(number_of, facts))) != 2:
        return []
    before, after = facts
    about = "" if all(f.limits["comparator"] == ("exact",) for f in facts) else "about"
    size = q.number(f"{number_of(after) - number_of(before):f}", after.limits["unit"][0], about)
    told = q.say("from_to", before=q.value(before), after=q.value(after))
    return [q.choice(q.say("colon").join((size, told, q.measured(after))), facts, 1.2)]


def most(q: Asked) -> list[Choice]:
    """Return the thing of the class asked for that has the most or least of a measure; or what each has."""
    measures, asked = set(q.mean("measures")), q.values("idea")
    classes = [each for idea in q.ideas() if not idea.measures for each in idea.classes]
    if not {"superlative", "least", "each_industry"}.intersection(asked) or not measures or not classes:
        return []
    named = [term for term in q.of("thing", "idea", least=1) if not is_class(term)]
    found: dict[object, list[tuple[Fact, str]]] = defaultdict(list)
    for fact in (each for each in q.index.facts if each.is_figure and each.predicate in measures):
        things = [each for each in sorted(fact.things) if q.index.is_of(each, classes)]
        covered = q.match(fact).covered if things else {}
        if things and all(covered[term] >= 0.5 for term in named):
            found[fact.predicate, fact.limits.get("unit")].append((fact, things[0]))
    if not found:
        return []
    alike, is_down = sorted(found.values(), key=len)[-1], "least" not in asked
    ranked = sorted(alike, key=lambda each: size_of(each[0]), reverse=is_down)
    told = [f"{q.label(thing)}{q.say('colon')}{q.value(fact)}" for fact, thing in ranked[:_MOST]]
    text = q.say("semicolon").join(dict.fromkeys(told)) if "each_industry" in asked else told[0]
    return [q.choice(text, [fact for fact, _ in ranked[:_MOST]], 1.0)]


def compares(q: Asked) -> bool:
    """Whether a question asks if one thing has more than another, and not more than a number."""
    return bool(_THAN.search(q.question.plain)) and not any(term.weight > 1 for term in q.of("number"))


def comparison(q: Asked) -> list[Choice]:
    """Return the sides of a question, one beside the other; a thing over time where it has but one."""
    sides = _sides(q)
    if len(sides) < 2:
        return _over_time(q) or differences(q)
    things = [thing for side in sides for thing in _things(side)[:1]]
    if len(things) == len(sides) and all(q.index.is_of(each, group("described")) for each in things):
        return [_described(q, things)]
    found = _figures(q, sides) or _counted(q, sides)
    return [found] if found else differences(q)


def both(q: Asked) -> list[Choice]:
    """Return the sides of a question that names several and compares none: "how many in A and in B"."""
    return comparison(q) if len(_sides(q)) > 1 and not q.of("year", "month") else []


def _things(side: Term) -> tuple[str, ...]:
    if side.kind != "idea":
        return side.values if side.kind == "thing" else ()
    return tuple(each for name in side.values for each in ideas()[name].entities)


def _sides(q: Asked) -> list[Term]:
    """Return the parts of a question that are compared: two months, two years, or things of one class."""
    for kind in ("month", "year"):
        if len(q.of(kind)) > 1:
            return q.of(kind)
    types = {term: [q.index.types[thing] for thing in _things(term)] for term in q.terms}
    classes = {term: set().union(*found).intersection(group("compared")) for term, found in types.items()}
    alike = ([other for other in q.terms if classes[term] & classes[other]] for term in q.terms)
    return next((terms for terms in alike if len(terms) > 1), [])


def _part(q: Asked, side: Term, sides: list[Term], kind: str) -> Asked:
    """Return the question of one side."""
    rest = (term for term in q.terms if term not in sides)
    return q.but(kind=kind, terms=(side._replace(weight=max(side.weight, 2.0)), *rest))


def is_more(q: Asked) -> tuple[bool, list[Fact], str] | None:
    """Return whether the first side of a question has more than the second, with both figures, as told."""
    sides = sorted(_sides(q), key=lambda term: q.question.plain.find(term.text))
    facts = side_figures(q, sides) if len(sides) == 2 else []
    told = q.say("semicolon").join(map(q.figure, facts))
    return (size_of(facts[0]) > size_of(facts[1]), facts, told) if facts else None


def size_of(fact: Fact) -> tuple[float, int]:
    """Return how large a figure is; of the same number more than it is more, and nearly it is less."""
    signs = {"more than": 1, "at least": 1, "nearly": -1, "less than": -1, "up to": -1}
    return number_of(fact), sum(signs.get(each, 0) for each in fact.limits.get("comparator", ()))


def side_figures(q: Asked, sides: list[Term]) -> list[Fact]:
    """Return the figure of each side, those of one measure and unit; none where one has none."""
    for kind in ("how_many", "how_much"):
        rated = [rate_figures(_part(q, side, sides, kind)) for side in sides]
        measures = [
            {(f.predicate, f.limits.get("unit")): f for score, f in each[::-1] if score > 0.4}
            for each in rated
        ]
        common = [each for each in measures[0] if all(each in other for other in measures)]
        common.sort(key=lambda each: q.is_in_unit(each[1]))
        facts = [each[common[-1]] for each in measures] if common else []
        if facts and len(facts) == len(set(facts)):
            return facts
    return []


def _figures(q: Asked, sides: list[Term]) -> Choice | None:
    """Return the figure of each side, and which is more."""
    facts = side_figures(q, sides)
    if not facts:
        return None
    told = [f"{q.measured(fact)}{q.say('colon')}{q.value(fact)}" for fact in facts]
    low, *_, high = sorted(facts, key=size_of)
    if size_of(low) < size_of(high) and q.kind == "compare":
        values = {"one": q.value(high), "other": q.value(low), "which": q.measured(high)}
        told.insert(0, q.say("more_than_other", **values))
    return q.choice(q.say("semicolon").join(told), facts, 0.85)


def _counted(q: Asked, sides: list[Term]) -> Choice | None:
    """Return the things on each side and how many they are."""
    found = [relation_choices(_part(q, side, sides, "how_many"))[:1] for side in sides]
    if not all(found) or q.of("year", "month"):
        return None
    told = [f"{side.text}{q.say('colon')}{choice.text}" for side, (choice,) in zip(sides, found, strict=True)]
    evidence = tuple(dict.fromkeys(each for (choice,) in found for each in choice.evidence))[:4]
    rows = tuple(row for (choice,) in found for row in choice.rows)
    return q.choice(
        q.say("semicolon").join(told), score=0.8, evidence=evidence, rows=rows, query=found[0][0].query
    )


def _described(q: Asked, things: list[str]) -> Choice:
    """Return what distinguishes things: their cities, themes and times."""
    told, shown = [], []
    for thing in things:
        values: dict[str, dict[str, None]] = defaultdict(dict)
        own = [f for f in q.index.facts_of[thing] if f.subject == thing]
        own = [f for f in own if f.predicate in group("distinguishing")]
        for fact in sorted(own, key=lambda fact: group("distinguishing").index(fact.predicate)):
            values[fact.predicate].setdefault(q.value(fact))
        words = [f"{q.label(name)} {q.several(list(each))}" for name, each in values.items()]
        told.append(f"{q.label(thing)}{q.say('colon')}{q.say('semicolon').join(words)}")
        shown += own
    names = [q.index.label(thing, "en") for thing in things[:2]]
    query = f"g60kg query phase-changes --from '{names[0]}' --to '{names[1]}'"
    return q.choice("\n".join(told), shown, 0.85, query=query)


def _over_time(q: Asked) -> list[Choice]:
    """Return the figures of one thing over time, where a question asks how it changed."""
    growing = [name for name in ideas() if ideas()[name].measures == ("growth",) or name == "extend"]
    changing = [term for term in q.of("idea") if set(term.values).issubset(growing)]
    rest: tuple[Term, ...] = tuple(term for term in q.terms if term not in changing)
    measured = any(ideas()[name].measures for term in rest if term.kind == "idea" for name in term.values)
    rest = rest if measured else q.terms
    counted = set(q.mean("measures")) <= set(COUNTS)
    for kind in ("how_many", "how_much") if counted else ("how_much", "how_many"):
        found = figure_choices(q.but(kind=kind, terms=rest), newest=False)
        choices = [each for each in found if each.score > 0.5]
        several = [choice for choice in choices if len({row[2] for row in choice.rows}) > 1]
        if choices:
            return (several or choices)[:1]
    return sentence_choices(q.but(terms=rest)) if measured else []
